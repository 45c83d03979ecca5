//! May we get it, and did we get it whole? robots.txt, limits, timeouts →
//! [`Page`](crate::model::Page).

mod client;
mod robots;

pub use client::{Client, FetchError};
pub use robots::{Decision, Robots};

/// The name robots.txt groups are matched with.
pub const AGENT: &str = "tapecheck";
