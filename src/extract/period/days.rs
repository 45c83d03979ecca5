//! Days and months: "February 6, 2026", "6 February", "Thursday", "today".

use crate::extract::calendar::{Reference, month_number, weekday};
use crate::extract::view::View;

use super::{Time, TimeClass, make, skip};

/// "February 6, 2026", "6 February", "2026-02-06", "Thursday", "today".
pub(super) fn day(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if let Some(iso) = iso_day(view, at) {
        return Some(iso);
    }
    if let Some(found) = Some(view.word(at)).filter(|w| w.starts_with(char::is_uppercase)).and_then(weekday) {
        // "Thursday, Feb. 5"
        let next = skip(view, at + 1, &[".", ","]);
        if let Some(dated) = month_day(view, reference, next) {
            return Some(make(at, dated.end, dated.norm, TimeClass::Day));
        }
        if at > 0 && view.is(at - 1, "next") {
            return None;
        }
        let norm = reference.weekday(found)?;
        return Some(make(at, at + 1, norm.to_string(), TimeClass::Day));
    }
    if view.is_one_of(at, &["today", "tonight"]) {
        return Some(make(at, at + 1, reference.day()?.to_string(), TimeClass::Day));
    }
    if view.is(at, "yesterday") {
        return Some(make(at, at + 1, reference.days_back(1)?.to_string(), TimeClass::Day));
    }
    month_day(view, reference, at)
}

/// A [`day`] that begins with a number.
pub(super) fn numeric(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    iso_day(view, at).or_else(|| month_day(view, reference, at))
}

fn iso_day(view: &View<'_>, at: usize) -> Option<Time> {
    let part = |i: usize, len: usize| (view.is_number(i) && view.word(i).len() == len).then(|| view.word(i));
    let (year, month) = (part(at, 4)?, part(at + 2, 2)?);
    if !view.is(at + 1, "-") || !view.glued(at + 1) || !view.glued(at + 2) {
        return None;
    }
    let valid = |text: &str, max: u8| text.parse::<u8>().is_ok_and(|n| (1..=max).contains(&n));
    if !valid(month, 12) || !(year.starts_with("19") || year.starts_with("20")) {
        return None;
    }
    match part(at + 4, 2).filter(|d| valid(d, 31) && view.is(at + 3, "-") && view.glued(at + 4)) {
        Some(day) => Some(make(at, at + 5, format!("{year}-{month}-{day}"), TimeClass::Day)),
        None if !view.is(at + 3, "-")
            && !view.is_one_of(at - usize::from(at > 0), &["$"])
            && year < "2100"
            && month.starts_with('0') =>
        {
            Some(make(at, at + 3, format!("{year}-{month}"), TimeClass::Span))
        }
        None => None,
    }
}

/// Month names with day and year.
pub(super) fn month_day(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    // "6 February 2026", "6th of February"
    if let Some(day) = day_number(view, at) {
        let mut next = at + 1;
        if view.is_one_of(next, &["st", "nd", "rd", "th"]) && view.glued(next) {
            next += 1;
        }
        next = skip(view, next, &["of"]);
        if let Some(month) = month(view, next) {
            let end = skip(view, next + 1, &["."]);
            return Some(with_year(view, reference, at, end, month, Some(day)));
        }
        return None;
    }
    let found = month(view, at)?;
    let mut end = at + 1;
    if view.is(end, ".") && view.glued(end) && view.word(at).len() <= 4 {
        end += 1;
    }
    if let Some(day) = day_number(view, end).filter(|_| !view.is(end + 1, "%") && !view.glued(end)) {
        let mut after = end + 1;
        if view.is_one_of(after, &["st", "nd", "rd", "th"]) && view.glued(after) {
            after += 1;
        }
        return Some(with_year(view, reference, at, after, found, Some(day)));
    }
    Some(with_year(view, reference, at, end, found, None))
}

/// A month name; "May", "March" and "Mar" only with a capital.
fn month(view: &View<'_>, at: usize) -> Option<i8> {
    let word = view.word(at);
    if !view.is_word(at) || !word.chars().next().is_some_and(char::is_uppercase) || word.len() < 3 {
        return None;
    }
    let month = month_number(word)?;
    let verb = view.is(at, "may")
        && !(view.is_number(at + 1)
            || (at > 0
                && view.is_one_of(
                    at - 1,
                    &[
                        "in", "since", "of", "last", "by", "early", "late", "mid", "for", "from", "this", "the", "-",
                        "|", "(", "to", "until", "ended", "showed", "on",
                    ],
                ))
            || view.is_one_of(
                at + 1,
                &[
                    "jobs",
                    "jobless",
                    "payrolls",
                    "report",
                    "ism",
                    "'s",
                    "figures",
                    "data",
                    "reading",
                    "was",
                    "inflation",
                ],
            ));
    (!verb).then_some(month)
}

fn day_number(view: &View<'_>, at: usize) -> Option<i8> {
    if !view.is_number(at) || view.word(at).len() > 2 {
        return None;
    }
    view.word(at).parse().ok().filter(|d| (1..=31).contains(d))
}

fn with_year(view: &View<'_>, reference: Reference, at: usize, end: usize, month: i8, day: Option<i8>) -> Time {
    let from = if view.is(end, ",") && view.glued(end) { end + 1 } else { skip(view, end, &["of"]) };
    let class = if day.is_some() { TimeClass::Day } else { TimeClass::Span };
    let (year, end) = match year_number(view, from) {
        Some(year) => (Some(year), from + 1),
        None => (day.map_or_else(|| reference.year_of_month(month), |d| reference.year_of_day(month, d)), end),
    };
    let norm = match (year, day) {
        (Some(year), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(year), None) => format!("{year}-{month:02}"),
        // Without a year the name is all that is known.
        (None, _) => view.surface(at, end).trim_end_matches('.').to_string(),
    };
    make(at, end, norm, class)
}

/// A number that reads as a year.
pub(super) fn year_number(view: &View<'_>, at: usize) -> Option<i16> {
    if !view.is_number(at) || view.word(at).len() != 4 {
        return None;
    }
    view.word(at).parse().ok().filter(|y| (1900..=2100).contains(y))
}
