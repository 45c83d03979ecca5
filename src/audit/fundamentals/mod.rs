//! What did an issuer spend, earn and raise, quarter by quarter?
//!
//! Filings report periods as they like: a quarter, the year so far, twelve
//! months; under one tag this year and another the next. From the facts of one
//! issuer this makes a series of quarters and years, each point with the
//! filings it came from and how it was derived. What cannot be derived is a
//! point without a value that says what is missing; nothing is interpolated.

mod calendar;
mod measure;
mod observed;
mod periods;
mod point;
mod quarters;
mod series;
mod years;

#[cfg(test)]
mod tests;

pub use measure::Measure;
pub use point::{Derivation, Point, Source, Step};
pub use series::{Question, Series, series};
