//! Periods by their last day: "the 13 weeks ended November 2, 2024", "the year
//! ended December 31, 2023", "nine months ended September 30".

use jiff::ToSpan;
use jiff::civil::Date;

use crate::extract::calendar::Reference;
use crate::extract::classes::Class;
use crate::extract::number::number;
use crate::extract::view::View;
use crate::extract::words::Words;

use super::days::month_day;
use super::{Time, TimeClass, make, skip};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Weeks(i64),
    Months(i64),
}

/// Words between a period's length and its last day.
pub(in crate::extract) const ENDED: Words = &["ended", "ending"];

/// Most tokens of a length, with the words that may stand behind it.
const LONGEST: usize = 64;

/// A period that is told by its length and its last day.
pub(super) fn ended(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if !view.ends_within(at, LONGEST) {
        return None;
    }
    let (length, next) = length(view, at)?;
    if !view.is_a(next, Class::Ended) {
        return None;
    }
    let day = month_day(view, reference, skip(view, next + 1, &["on"])).filter(|t| t.class == TimeClass::Day)?;
    let last = day.norm.parse::<Date>().ok()?;
    Some(make(at, day.end, norm(length, last)?, TimeClass::Span))
}

/// The length, and where the words for it end.
fn length(view: &View<'_>, at: usize) -> Option<(Length, usize)> {
    let named = skip(view, at, &["fiscal"]);
    if view.is_one_of(named, &["quarter", "quarters"]) {
        return Some((Length::Months(3), named + 1));
    }
    if view.is_one_of(named, &["year", "years"]) {
        return Some((Length::Months(12), named + 1));
    }
    if view.is_one_of(at, &["first", "second", "third", "fourth"]) {
        let next = skip(view, at + 1, &["fiscal", "-"]);
        return view.is(next, "quarter").then_some((Length::Months(3), next + 1));
    }
    let count = number(view, at, false).filter(|n| n.value.fract() == 0.0 && (1.0..100.0).contains(&n.value))?;
    let unit = skip(view, count.end, &["-"]);
    let n = count.value as i64;
    let length = match view.lower(unit) {
        b"week" | b"weeks" => Length::Weeks(n),
        b"month" | b"months" => Length::Months(n),
        b"quarters" => Length::Months(3 * n),
        b"year" | b"years" if n == 1 => Length::Months(12),
        _ => return None,
    };
    Some((length, skip(view, unit + 1, &["fiscal", "period", "periods", "quarter", "quarters", "year", "years"])))
}

/// The normal form: a quarter where the middle of the period lies, a year, or
/// the two days.
fn norm(length: Length, last: Date) -> Option<String> {
    match length {
        Length::Weeks(12..=14) | Length::Months(3) => {
            let middle = last.checked_sub(45.days()).ok()?;
            Some(format!("{}-Q{}", middle.year(), (middle.month() - 1) / 3 + 1))
        }
        Length::Weeks(52 | 53) | Length::Months(12) => {
            let calendar = last.month() == 12 && last.day() >= 25 || last.month() == 1 && last.day() <= 3;
            let middle = last.checked_sub(180.days()).ok()?;
            // A retailer's year that ends early in February is named for the year before.
            let named = if last.month() == 2 { last.year() - 1 } else { last.year() };
            Some(if calendar { middle.year().to_string() } else { format!("FY{named}") })
        }
        Length::Weeks(n) => {
            let first = last.checked_sub((7 * n - 1).days()).ok()?;
            Some(format!("{first}..{last}"))
        }
        Length::Months(n) => {
            let next = last.tomorrow().ok()?;
            let first = next.checked_sub(n.months()).ok()?;
            Some(format!("{first}..{last}"))
        }
    }
}
