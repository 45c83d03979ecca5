//! Periods: words for times → normal forms.

mod days;
mod ended;
mod quarters;
mod relative;

use super::calendar::Reference;
use super::opening::may_open;
use super::view::View;
use crate::extract::words::Words;
use days::{day, numeric};
pub(super) use ended::ENDED;
use ended::ended;
use quarters::{fiscal, named_quarter, quarter, year};
use relative::{rate, relative};

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    pub first: usize,
    pub end: usize,
    /// Normal form of RECORDS.
    pub norm: String,
    pub class: TimeClass,
}

/// What sort of time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeClass {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month, quarter, half or year.
    Span,
    /// "this year" and the like.
    This,
    /// "the past 12 months".
    Past,
    /// "since December 2023".
    Since,
    /// "by 2027".
    By,
    /// "annual", "a year".
    Rate,
    /// "year-over-year", "from a year ago".
    Prior,
}

/// The time expression that begins at token `at`, the longest there is.
pub(crate) fn time(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    let found = if view.is_number(at) {
        ended(view, reference, at).or_else(|| numbered(view, reference, at))
    } else {
        worded(view, reference, at)
    }?;
    Some(range(view, reference, &found).unwrap_or(found))
}

/// One that begins with a number; rules for words are not tried.
fn numbered(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    numeric(view, reference, at).or_else(|| quarter(view, reference, at)).or_else(|| year(view, at))
}

/// One that begins with a word.
fn worded(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    led(view, reference, at)
        .or_else(|| over_year(view, at))
        .or_else(|| ended(view, reference, at))
        .or_else(|| named_quarter(view, reference, at))
        .or_else(|| day(view, reference, at))
        .or_else(|| quarter(view, reference, at))
        .or_else(|| relative(view, reference, at))
        .or_else(|| fiscal(view, at))
        .or_else(|| year(view, at))
        .or_else(|| rate(view, at))
}

fn make(first: usize, end: usize, norm: String, class: TimeClass) -> Time {
    Time { first, end, norm, class }
}

/// "since X", "by X", "through X", "from X to Y", "week ended X", "late X".
fn led(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if view.is(at, "since") {
        // "since the start of the year", "since New Year"
        let start = skip(view, at + 1, &["the", "start", "beginning", "turn", "of"]);
        let year = start > at + 2 && view.is(start, "year") && view.is_one_of(start - 1, &["the", "of"]);
        let new = view.is(at + 1, "new") && view.is(at + 2, "year");
        if year || new {
            let end = if new { skip(view, at + 3, &["'s", "day"]) } else { start + 1 };
            let norm = reference.year().map_or_else(|| "this_year".to_string(), |y| y.to_string());
            return Some(make(at, end, norm, TimeClass::This));
        }
        let from = skip(
            view,
            at + 1,
            &["the", "early", "late", "mid", "-", "its", "their", "last", "end", "of", "start", "beginning"],
        );
        let inner = plain(view, reference, from)
            .or_else(|| if from > at + 1 { plain(view, reference, at + 1) } else { None })?;
        return matches!(inner.class, TimeClass::Day | TimeClass::Span)
            .then(|| make(at, inner.end, format!("since:{}", inner.norm), TimeClass::Since));
    }
    if view.is_one_of(at, &["by", "until", "before"]) {
        let mut from = skip(view, at + 1, &["the", "about", "around", "late", "early", "mid", "-"]);
        if view.is_one_of(from, &["end", "close", "start", "beginning"]) && view.is(from + 1, "of") {
            from = skip(view, from + 2, &["the"]);
        }
        if view.is(from, "year") && view.is(from + 1, "-") && view.is(from + 2, "end") || view.is(from, "yearend") {
            let end = if view.is(from, "yearend") { from + 1 } else { from + 3 };
            let year = reference.year().map_or_else(|| "this_year".to_string(), |y| y.to_string());
            return Some(make(at, end, format!("by:{year}"), TimeClass::By));
        }
        let inner = plain(view, reference, from)?;
        // "contradicted by the Q1 surge"
        let passive = at > 0 && view.word(at - 1).ends_with("ed") && inner.norm.len() != 4;
        if passive {
            return None;
        }
        let inner = upcoming(view, reference, inner);
        let due = inner.class == TimeClass::Span || (inner.class == TimeClass::This && from > at + 1);
        return (due && view.is(at, "by")).then(|| make(at, inner.end, format!("by:{}", inner.norm), TimeClass::By));
    }
    if view.is(at, "week") && view.is_one_of(at + 1, &["ended", "ending", "to", "through"]) {
        let inner = day(view, reference, skip(view, at + 2, &["on"]))?;
        return Some(make(at, inner.end, format!("week_ending:{}", inner.norm), TimeClass::Week));
    }
    if view.is_one_of(at, &["late", "early", "mid", "end"]) {
        let from = skip(view, at + 1, &["-", "of", "in"]);
        let inner = plain(view, reference, from).filter(|t| t.class == TimeClass::Span)?;
        return Some(make(at, inner.end, inner.norm, TimeClass::Span));
    }
    None
}

/// "by June" is the next June, where the month stands without a year.
fn upcoming(view: &View<'_>, reference: Reference, time: Time) -> Time {
    let printed = (time.first..time.end).any(|i| view.is_number(i) && view.word(i).len() == 4);
    let (Some(year), Some((said, month))) = (reference.year(), time.norm.split_once('-')) else { return time };
    let past = time.norm.len() == 7 && !month.starts_with('Q') && said.parse::<i16>().is_ok_and(|y| y < year);
    if past && !printed { Time { norm: format!("{year}-{month}"), ..time } } else { time }
}

/// A time expression without a leading word.
fn plain(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if view.is_number(at) {
        return numbered(view, reference, at);
    }
    day(view, reference, at)
        .or_else(|| quarter(view, reference, at))
        .or_else(|| fiscal(view, at))
        .or_else(|| relative(view, reference, at).filter(|t| t.class != TimeClass::Prior))
        .or_else(|| year(view, at))
}

fn skip(view: &View<'_>, mut at: usize, words: Words) -> usize {
    while view.is_one_of(at, words) {
        at += 1;
    }
    at
}

/// "2024-2025", "2026 through 2030", "from late 2026 to 2030".
fn range(view: &View<'_>, reference: Reference, left: &Time) -> Option<Time> {
    if left.class != TimeClass::Span {
        return None;
    }
    let dash = view.is(left.end, "-") && view.glued(left.end) == view.glued(left.end + 1);
    let word = view.is_one_of(left.end, &["to", "through", "thru", "until"]);
    let between =
        view.is(left.end, "and") && (1..=2).any(|b| left.first.checked_sub(b).is_some_and(|i| view.is(i, "between")));
    if !(dash || word || between) {
        return None;
    }
    let from = left.end + 1;
    let short = dash && view.is_number(from) && view.word(from).len() == 2 && left.norm.len() == 4;
    let (norm, end) = if short {
        (format!("{}{}", &left.norm[..2], view.word(from)), from + 1)
    } else {
        let right =
            plain(view, reference, skip(view, from, &["early", "late"])).filter(|t| t.class == TimeClass::Span)?;
        (right.norm, right.end)
    };
    (left.norm < norm).then(|| make(left.first, end, format!("{}..{norm}", left.norm), TimeClass::Span))
}

/// "year-over-year", "YoY", "from a year ago", "quarter-on-quarter".
fn over_year(view: &View<'_>, at: usize) -> Option<Time> {
    let one = |end: usize, norm: &str| Some(make(at, end, norm.to_string(), TimeClass::Prior));
    if view.is_one_of(at, &["yoy"]) {
        return one(at + 1, "yoy");
    }
    if view.is_one_of(at, &["qoq"]) {
        return one(at + 1, "qoq");
    }
    if view.is_one_of(at, &["y", "q"]) && view.is_one_of(at + 1, &["/", "-"]) && view.is(at + 2, view.word(at)) {
        return one(at + 3, if view.is(at, "y") { "yoy" } else { "qoq" });
    }
    for (unit, norm) in [("year", "yoy"), ("quarter", "qoq")] {
        if !view.is(at, unit) {
            continue;
        }
        let mut end = skip(view, at + 1, &["-"]);
        if view.is_one_of(end, &["over", "on"]) {
            end = skip(view, end + 1, &["-"]);
            if view.is(end, unit) {
                return one(end + 1, norm);
            }
        }
    }
    // "the year-ago period", "the year-earlier quarter", "the prior-year period"
    let dash = usize::from(view.is(at + 1, "-"));
    let before = view.is(at, "year")
        && view.is(at + 1, "before")
        && at > 1
        && view.is(at - 1, "the")
        && view.is_one_of(at - 2, &["on", "than", "from", "over"])
        && !view.is(at + 2, "last");
    if before {
        return one(at + 2, "yoy");
    }
    let ago = view.is(at, "year")
        && view.is_one_of(at + 1 + dash, &["ago", "earlier"])
        && !view.is(at.wrapping_sub(1), "a")
        && !view.is(at.wrapping_sub(1), "one");
    let prior = view.is_one_of(at, &["prior", "previous"]) && dash == 1 && view.is(at + 2, "year");
    if ago || prior {
        let end = at + 2 + dash;
        return one(if view.is_one_of(end, &["period", "quarter", "month"]) { end + 1 } else { end }, "yoy");
    }
    if view.is(at, "sequentially") {
        return one(at + 1, "qoq");
    }
    None
}

/// All time expressions of tokens `first..end`, in order, none inside another.
pub(crate) fn times(view: &View<'_>, reference: Reference, first: usize, end: usize) -> Vec<Time> {
    let mut out = Vec::new();
    let mut at = first;
    while at < end {
        match may_open(view, at).then(|| time(view, reference, at)).flatten() {
            Some(time) if time.end <= end && time.end > at => {
                at = time.end;
                out.push(time);
            }
            _ => at += 1,
        }
    }
    out
}
