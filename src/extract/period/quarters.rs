//! Years, fiscal years, quarters and halves.

use crate::extract::calendar::Reference;
use crate::extract::view::View;

use super::days::year_number;
use super::{Time, TimeClass, make, skip};

/// "2026", "2025E", "the year 2026".
pub(super) fn year(view: &View<'_>, at: usize) -> Option<Time> {
    let year = year_number(view, at)?;
    let glued_before = view.glued(at) && at > 0 && !view.is_one_of(at - 1, &["(", "-", "/", "\"", "'", "[", "—", "|"]);
    let measured = view.is_one_of(
        at + 1,
        &["%", "percent", "dollars", "points", "shares", "stocks", "companies", "mln", "million", "billion", "jobs"],
    ) || (view.is(at + 1, "-") && view.glued(at + 1) && view.is_word(at + 2));
    // "the 2026 Bronco", "the 2025 Form 10-K": the name of a thing.
    let model = at > 0
        && view.is_one_of(at - 1, &["the", "a"])
        && view.is_word(at + 1)
        && view.shape(at + 1) == crate::model::Shape::Title;
    if glued_before || measured || model {
        return None;
    }
    let end = if view.is_one_of(at + 1, &["e", "f", "a"]) && view.glued(at + 1) { at + 2 } else { at + 1 };
    let from = if at > 0 && view.is_one_of(at - 1, &["calendar", "cy"]) { at - 1 } else { at };
    Some(make(from, end, year.to_string(), TimeClass::Span))
}

/// "fiscal 2026", "FY2026", "FY26", "fiscal year 2026".
pub(super) fn fiscal(view: &View<'_>, at: usize) -> Option<Time> {
    let mut next = at;
    if view.is(at, "fy") {
        next += 1;
    } else if view.is(at, "fiscal") {
        next = skip(view, at + 1, &["year", "-"]);
    } else {
        return None;
    }
    if let Some(year) = year_number(view, next) {
        return Some(make(at, next + 1, format!("FY{year}"), TimeClass::Span));
    }
    let next = skip(view, next, &["'"]);
    let short = view.is_number(next) && view.word(next).len() == 2 && (view.is(at, "fy") || next > at + 1);
    short.then(|| make(at, next + 1, format!("FY20{}", view.word(next)), TimeClass::Span))
}

/// "Q3 2025", "third quarter of 2025", "3Q25", "fiscal Q3", "first half of 2026".
pub(super) fn quarter(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    // "its fiscal fourth quarter" is no quarter of the calendar.
    if at > 0 && view.is(at - 1, "fiscal") {
        return None;
    }
    if let Some(months) = first_months(view, reference, at) {
        return Some(months);
    }
    let fiscal = view.is(at, "fiscal");
    let from = if fiscal { skip(view, at + 1, &["year"]) } else { at };
    let (part, half, mut end) = quarter_name(view, from)?;
    let mut fiscal = fiscal;
    let next = skip(view, end, &["of", "in", ",", "'", "-"]);
    let next = if view.is_one_of(next, &["fiscal", "fy"]) {
        fiscal = true;
        skip(view, next + 1, &["year"])
    } else {
        next
    };
    let mut year = None;
    if let Some(found) = year_number(view, next) {
        year = Some(found);
        end = next + 1;
    } else if view.is_number(next)
        && view.word(next).len() == 2
        && (view.glued(next) || view.is(next - 1, "'"))
        && next == end + usize::from(view.is(end, "'"))
    {
        year = view.word(next).parse::<i16>().ok().map(|y| 2000 + y);
        end = next + 1;
    }
    if half {
        let year = year.or(reference.year())?;
        let (a, b) = if part == 1 { ("01", "06") } else { ("07", "12") };
        return Some(make(at, end, format!("{year}-{a}..{year}-{b}"), TimeClass::Span));
    }
    if fiscal {
        let year = year?;
        return Some(make(at, end, format!("FY{year}-Q{part}"), TimeClass::Span));
    }
    let year = match year {
        Some(year) => year,
        // The last such quarter that had begun by the document's date.
        None => {
            let (now, current) = reference.quarter(0)?;
            if part <= current { now } else { now - 1 }
        }
    };
    Some(make(at, end, format!("{year}-Q{part}"), TimeClass::Span))
}

/// "the first six months of 2024", "the first nine months".
fn first_months(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if !view.is(at, "first") || !view.is(at + 2, "months") {
        return None;
    }
    let count = match view.lower(at + 1) {
        b"two" | b"2" => 2,
        b"three" | b"3" => 3,
        b"four" | b"4" => 4,
        b"six" | b"6" => 6,
        b"eight" | b"8" => 8,
        b"nine" | b"9" => 9,
        b"ten" | b"10" => 10,
        _ => return None,
    };
    let of = at + 3 + usize::from(view.is_one_of(at + 3, &["of", "in"]));
    let (year, end) = match year_number(view, of) {
        Some(year) => (year, of + 1),
        None => (reference.year()?, at + 3),
    };
    Some(make(at, end, format!("{year}-01..{year}-{count:02}"), TimeClass::Span))
}

/// "the December quarter": the last such quarter up to the document's date.
pub(super) fn named_quarter(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    let quarter = match view.lower(at) {
        b"march" => 1,
        b"june" => 2,
        b"september" => 3,
        b"december" | b"holiday" => 4,
        _ => return None,
    };
    if !view.is(at + 1, "quarter") || view.is(at + 2, "-") {
        return None;
    }
    let (now, current) = reference.quarter(0)?;
    let year = if quarter <= current { now } else { now - 1 };
    Some(make(at, at + 2, format!("{year}-Q{quarter}"), TimeClass::Span))
}

/// Number of a quarter or half: (1–4, is half, end).
fn quarter_name(view: &View<'_>, at: usize) -> Option<(i16, bool, usize)> {
    let digit = |at: usize, max: i16| {
        view.word(at).parse::<i16>().ok().filter(|n| (1..=max).contains(n) && view.word(at).len() == 1)
    };
    if view.is(at, "q") && view.glued(at + 1) {
        return digit(at + 1, 4).map(|n| (n, false, at + 2));
    }
    if view.is(at, "h") && view.glued(at + 1) {
        return digit(at + 1, 2).map(|n| (n, true, at + 2));
    }
    if view.is(at + 1, "q") && view.glued(at + 1) {
        return digit(at, 4).map(|n| (n, false, at + 2));
    }
    if view.is(at + 1, "h") && view.glued(at + 1) {
        return digit(at, 2).map(|n| (n, true, at + 2));
    }
    let order = match view.lower(at) {
        b"first" => 1,
        b"second" => 2,
        b"third" => 3,
        b"fourth" | b"final" => 4,
        _ => return None,
    };
    let next = skip(view, at + 1, &["-", "fiscal"]);
    if view.is(next, "quarter") {
        return Some((order, false, next + 1));
    }
    (view.is(next, "half") && order <= 2).then_some((order, true, next + 1))
}
