//! Relative times: "this year", "the past 12 months", "a year ago", "annually".

use crate::extract::calendar::{Reference, weekday};
use crate::extract::number::number;
use crate::extract::view::View;

use super::days::month_day;
use super::{Time, TimeClass, make, skip};

/// "this year", "last week", "the past 12 months", "year to date", "a year ago".
pub(super) fn relative(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if let Some(found) = to_date(view, reference, at) {
        return Some(found);
    }
    let from = skip(view, at, &["the"]);
    if view.is(from, "full") && view.is_one_of(skip(view, from + 1, &["-"]), &["year"]) {
        let end = skip(view, from + 1, &["-"]) + 1;
        return Some(make(at, end, this_year(reference, 0), TimeClass::This));
    }
    let shift = match view.lower(from) {
        b"this" | b"current" => 0,
        b"last" | b"previous" | b"prior" | b"preceding" => -1,
        b"next" | b"coming" | b"upcoming" => 1,
        b"past" | b"trailing" => return past(view, reference, at, from),
        b"a" | b"one" => return ago(view, reference, at, from),
        _ => return None,
    };
    // "last quarter" holds no number, though a quarter can be one.
    let counted = view.longest(from + 1, crate::lexicon::List::Number).is_some() && !view.is(from + 1, "quarter");
    if view.is_number(from + 1) || counted {
        return if shift < 0 { past(view, reference, at, from) } else { coming(view, reference, at, from) };
    }
    let unit = from + 1;
    let fiscal = view.is(unit, "fiscal");
    let unit = if fiscal { unit + 1 } else { unit };
    if fiscal && view.is(unit, "year") {
        let word = ["last", "this", "next"][(shift + 1) as usize];
        return Some(make(at, unit + 1, format!("{word}_fiscal_year"), TimeClass::This));
    }
    let baseline = shift < 0
        && view.is_one_of(from, &["previous", "prior"])
        && at > 0
        && view.is_one_of(at - 1, &["from", "over", "than", "versus", "vs"]);
    let class = if baseline { TimeClass::Prior } else { TimeClass::This };
    match view.lower(unit) {
        b"year" => {
            let norm = if baseline { "yoy".to_string() } else { this_year(reference, shift) };
            Some(make(at, unit + 1, norm, class))
        }
        b"quarter" => {
            let norm = if baseline {
                "qoq".to_string()
            } else {
                reference.quarter(shift).map_or_else(|| relative_name(shift, "quarter"), |(y, q)| format!("{y}-Q{q}"))
            };
            Some(make(at, unit + 1, norm, class))
        }
        b"month" => {
            let norm =
                reference.month(shift).map_or_else(|| relative_name(shift, "month"), |(y, m)| format!("{y}-{m:02}"));
            Some(make(at, unit + 1, norm, TimeClass::This))
        }
        b"week" => {
            let norm = reference
                .week_ending(i64::from(-shift))
                .map_or_else(|| relative_name(shift, "week"), |d| format!("week_ending:{d}"));
            Some(make(at, unit + 1, norm, TimeClass::Week))
        }
        b"decade" if shift == 0 => None,
        _ => {
            // "this Friday", "last October"
            if let Some(day) = weekday(view.word(unit)) {
                return reference
                    .weekday(day)
                    .filter(|_| shift <= 0)
                    .map(|d| make(at, unit + 1, d.to_string(), TimeClass::Day));
            }
            let found = month_day(view, reference, unit)?;
            (shift <= 0).then(|| make(at, found.end, found.norm, found.class))
        }
    }
}

fn relative_name(shift: i16, unit: &str) -> String {
    format!("{}_{unit}", ["last", "this", "next"][(shift + 1).clamp(0, 2) as usize])
}

fn this_year(reference: Reference, shift: i16) -> String {
    reference.year().map_or_else(|| relative_name(shift, "year"), |y| (y + shift).to_string())
}

/// "year to date", "YTD", "so far this year", "2023 so far".
fn to_date(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if view.is(at, "ytd") {
        return Some(make(at, at + 1, this_year(reference, 0), TimeClass::This));
    }
    if view.is(at, "year") {
        let next = skip(view, at + 1, &["-"]);
        if view.is(next, "to") {
            let last = skip(view, next + 1, &["-"]);
            if view.is(last, "date") {
                return Some(make(at, last + 1, this_year(reference, 0), TimeClass::This));
            }
        }
    }
    if view.is_one_of(at, &["ttm"]) {
        return Some(make(at, at + 1, "ttm".to_string(), TimeClass::Past));
    }
    None
}

/// "the past five years", "last 12 months", "past month", "the trailing twelve months".
fn past(view: &View<'_>, _reference: Reference, at: usize, from: usize) -> Option<Time> {
    let next = skip(view, from + 1, &["-"]);
    let (count, unit) = match number(view, next, false) {
        Some(n) if n.value.fract() == 0.0 && n.value > 0.0 && n.value < 200.0 => {
            (Some(n.value as i64), skip(view, n.end, &["-"]))
        }
        Some(_) => return None,
        None if view.is_one_of(next, &["few", "several", "couple"]) => return None,
        None => (None, next),
    };
    let name = unit_name(view, unit)?;
    let norm = match (count, name) {
        (Some(12), "month") if view.is(from, "trailing") => "ttm".to_string(),
        (None | Some(1), "year") => "past_12_months".to_string(),
        (None | Some(1), name) => format!("past_{name}"),
        (Some(n), name) => format!("past_{n}_{name}s"),
    };
    Some(make(at, unit + 1, norm, TimeClass::Past))
}

/// "the next five years" from the document's year on.
fn coming(view: &View<'_>, reference: Reference, at: usize, from: usize) -> Option<Time> {
    let n = number(view, from + 1, false).filter(|n| n.value.fract() == 0.0 && n.value > 0.0 && n.value < 100.0)?;
    let name = unit_name(view, n.end)?;
    let norm = match (reference.year(), name) {
        (Some(year), "year") if n.value > 1.0 => format!("{year}..{}", year + n.value as i16 - 1),
        (_, name) => format!("next_{}_{name}s", n.value as i64),
    };
    Some(make(at, n.end + 1, norm, TimeClass::Past))
}

/// "a year ago", "one year earlier", "a month ago", "a quarter earlier".
fn ago(view: &View<'_>, _reference: Reference, at: usize, from: usize) -> Option<Time> {
    let name = unit_name(view, from + 1)?;
    let next = skip(view, from + 2, &["-"]);
    let norm = match name {
        "year" => "yoy",
        "quarter" => "qoq",
        _ => return None,
    };
    view.is_one_of(next, &["ago", "earlier", "before", "prior"])
        .then(|| make(at, next + 1, norm.to_string(), TimeClass::Prior))
}

fn unit_name<'v>(view: &'v View<'_>, at: usize) -> Option<&'v str> {
    match view.lower(at) {
        b"day" | b"days" => Some("day"),
        b"session" | b"sessions" => Some("session"),
        b"week" | b"weeks" => Some("week"),
        b"month" | b"months" => Some("month"),
        b"quarter" | b"quarters" => Some("quarter"),
        b"year" | b"years" => Some("year"),
        b"decade" => Some("decade"),
        _ => None,
    }
}

/// "annual", "annually", "a year", "per year", "annualized".
pub(super) fn rate(view: &View<'_>, at: usize) -> Option<Time> {
    if view.is_one_of(at, &["annual", "annually", "yearly", "annualized", "annualised"])
        && !view.is_one_of(
            at + 1,
            &["meeting", "report", "filing", "conference", "letter", "shareholder", "general", "results", "recurring"],
        )
    {
        return Some(make(at, at + 1, "annual".to_string(), TimeClass::Rate));
    }
    let per = view.is_one_of(at, &["a", "per", "each", "every"])
        && view.is(at + 1, "year")
        && !view.is_one_of(at + 2, &["ago", "earlier", "before", "-", "when", "of", "in", "that", "after", "later"]);
    (per && at > 0).then(|| make(at, at + 2, "annual".to_string(), TimeClass::Rate))
}
