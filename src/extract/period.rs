//! Periods: words for times → normal forms.

use super::calendar::{Reference, month_number, weekday};
use super::number::number;
use super::opening::may_open;
use super::view::View;

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
    let found = led(view, reference, at)
        .or_else(|| over_year(view, at))
        .or_else(|| day(view, reference, at))
        .or_else(|| quarter(view, reference, at))
        .or_else(|| relative(view, reference, at))
        .or_else(|| fiscal(view, at))
        .or_else(|| year(view, at))
        .or_else(|| rate(view, at))?;
    Some(range(view, reference, &found).unwrap_or(found))
}

fn make(first: usize, end: usize, norm: String, class: TimeClass) -> Time {
    Time { first, end, norm, class }
}

/// "since X", "by X", "through X", "from X to Y", "week ended X", "late X".
fn led(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if view.is_one_of(at, &["since"]) {
        let from = skip(view, at + 1, &["the", "early", "late", "mid", "-", "its", "their", "last", "end", "of", "start", "beginning"]);
        let inner = plain(view, reference, from).or_else(|| if from > at + 1 { plain(view, reference, at + 1) } else { None })?;
        return matches!(inner.class, TimeClass::Day | TimeClass::Span).then(|| make(at, inner.end, format!("since:{}", inner.norm), TimeClass::Since));
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
        let due = inner.class == TimeClass::Span || (inner.class == TimeClass::This && from > at + 1);
        return (due && view.is(at, "by")).then(|| make(at, inner.end, format!("by:{}", inner.norm), TimeClass::By));
    }
    if view.is(at, "week") && view.is_one_of(at + 1, &["ended", "ending"]) {
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

/// A time expression without a leading word.
fn plain(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    day(view, reference, at)
        .or_else(|| quarter(view, reference, at))
        .or_else(|| fiscal(view, at))
        .or_else(|| relative(view, reference, at).filter(|t| t.class != TimeClass::Prior))
        .or_else(|| year(view, at))
}

fn skip(view: &View<'_>, mut at: usize, words: &[&str]) -> usize {
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
    let between = view.is(left.end, "and") && (1..=2).any(|b| left.first.checked_sub(b).is_some_and(|i| view.is(i, "between")));
    if !(dash || word || between) {
        return None;
    }
    let from = left.end + 1;
    let short = dash && view.is_number(from) && view.word(from).len() == 2 && left.norm.len() == 4;
    let (norm, end) = if short {
        (format!("{}{}", &left.norm[..2], view.word(from)), from + 1)
    } else {
        let right = plain(view, reference, skip(view, from, &["early", "late"])).filter(|t| t.class == TimeClass::Span)?;
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
    let ago = view.is(at, "year") && view.is_one_of(at + 1 + dash, &["ago", "earlier"]) && !view.is(at.wrapping_sub(1), "a") && !view.is(at.wrapping_sub(1), "one");
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

/// "February 6, 2026", "6 February", "2026-02-06", "Thursday", "today".
fn day(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if let Some(iso) = iso_day(view, at) {
        return Some(iso);
    }
    if let Some(found) = weekday(view.word(at)).filter(|_| view.word(at).chars().next().is_some_and(char::is_uppercase)) {
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
        None if !view.is(at + 3, "-") && !view.is_one_of(at - usize::from(at > 0), &["$"]) && year < "2100" && month.starts_with('0') => {
            Some(make(at, at + 3, format!("{year}-{month}"), TimeClass::Span))
        }
        None => None,
    }
}

/// Month names with day and year.
fn month_day(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
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
    let verb = view.is(at, "may") && !(view.is_number(at + 1) || (at > 0 && view.is_one_of(at - 1, &["in", "since", "of", "last", "by", "early", "late", "mid", "for", "from", "this", "the", "-", "|", "(", "to", "until", "ended", "showed", "on"])) || view.is_one_of(at + 1, &["jobs", "jobless", "payrolls", "report", "ism", "'s", "figures", "data", "reading", "was", "inflation"]));
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
fn year_number(view: &View<'_>, at: usize) -> Option<i16> {
    if !view.is_number(at) || view.word(at).len() != 4 {
        return None;
    }
    view.word(at).parse().ok().filter(|y| (1900..=2100).contains(y))
}

/// "2026", "2025E", "the year 2026".
fn year(view: &View<'_>, at: usize) -> Option<Time> {
    let year = year_number(view, at)?;
    let glued_before = view.glued(at) && at > 0 && !view.is_one_of(at - 1, &["(", "-", "/", "\"", "'", "[", "—", "|"]);
    let measured = view.is_one_of(at + 1, &["%", "percent", "dollars", "points", "shares", "stocks", "companies", "mln", "million", "billion", "jobs"]) || (view.is(at + 1, "-") && view.glued(at + 1) && view.is_word(at + 2));
    if glued_before || measured {
        return None;
    }
    let end = if view.is_one_of(at + 1, &["e", "f", "a"]) && view.glued(at + 1) { at + 2 } else { at + 1 };
    let from = if at > 0 && view.is_one_of(at - 1, &["calendar", "cy"]) { at - 1 } else { at };
    Some(make(from, end, year.to_string(), TimeClass::Span))
}

/// "fiscal 2026", "FY2026", "FY26", "fiscal year 2026".
fn fiscal(view: &View<'_>, at: usize) -> Option<Time> {
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
fn quarter(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    let fiscal = view.is(at, "fiscal");
    let from = if fiscal { skip(view, at + 1, &["year"]) } else { at };
    let (part, half, mut end) = quarter_name(view, from)?;
    let mut fiscal = fiscal;
    let next = skip(view, end, &["of", "in", ",", "'", "-"]);
    let next = if view.is_one_of(next, &["fiscal", "fy"]) { fiscal = true; skip(view, next + 1, &["year"]) } else { next };
    let mut year = None;
    if let Some(found) = year_number(view, next) {
        year = Some(found);
        end = next + 1;
    } else if view.is_number(next) && view.word(next).len() == 2 && (view.glued(next) || view.is(next - 1, "'")) && next == end + usize::from(view.is(end, "'")) {
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

/// Number of a quarter or half: (1–4, is half, end).
fn quarter_name(view: &View<'_>, at: usize) -> Option<(i16, bool, usize)> {
    let digit = |at: usize, max: i16| view.word(at).parse::<i16>().ok().filter(|n| (1..=max).contains(n) && view.word(at).len() == 1);
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
    let order = match view.word(at).to_ascii_lowercase().as_str() {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" | "final" => 4,
        _ => return None,
    };
    let next = skip(view, at + 1, &["-", "fiscal"]);
    if view.is(next, "quarter") {
        return Some((order, false, next + 1));
    }
    (view.is(next, "half") && order <= 2).then_some((order, true, next + 1))
}

/// "this year", "last week", "the past 12 months", "year to date", "a year ago".
fn relative(view: &View<'_>, reference: Reference, at: usize) -> Option<Time> {
    if let Some(found) = to_date(view, reference, at) {
        return Some(found);
    }
    let from = skip(view, at, &["the"]);
    if view.is(from, "full") && view.is_one_of(skip(view, from + 1, &["-"]), &["year"]) {
        let end = skip(view, from + 1, &["-"]) + 1;
        return Some(make(at, end, this_year(reference, 0), TimeClass::This));
    }
    let shift = match view.word(from).to_ascii_lowercase().as_str() {
        "this" | "current" => 0,
        "last" | "previous" | "prior" | "preceding" => -1,
        "next" | "coming" | "upcoming" => 1,
        "past" | "trailing" => return past(view, reference, at, from),
        "a" | "one" => return ago(view, reference, at, from),
        _ => return None,
    };
    if view.is_number(from + 1) || view.longest(from + 1, crate::lexicon::List::Number).is_some() {
        return if shift < 0 { past(view, reference, at, from) } else { coming(view, reference, at, from) };
    }
    let unit = from + 1;
    let fiscal = view.is(unit, "fiscal");
    let unit = if fiscal { unit + 1 } else { unit };
    if fiscal && view.is(unit, "year") {
        let word = ["last", "this", "next"][(shift + 1) as usize];
        return Some(make(at, unit + 1, format!("{word}_fiscal_year"), TimeClass::This));
    }
    let baseline = shift < 0 && view.is_one_of(from, &["previous", "prior"]) && at > 0 && view.is_one_of(at - 1, &["from", "over", "than", "versus", "vs"]);
    let class = if baseline { TimeClass::Prior } else { TimeClass::This };
    match view.word(unit).to_ascii_lowercase().as_str() {
        "year" => {
            let norm = if baseline { "yoy".to_string() } else { this_year(reference, shift) };
            Some(make(at, unit + 1, norm, class))
        }
        "quarter" => {
            let norm = if baseline { "qoq".to_string() } else { reference.quarter(shift).map_or_else(|| relative_name(shift, "quarter"), |(y, q)| format!("{y}-Q{q}")) };
            Some(make(at, unit + 1, norm, class))
        }
        "month" => {
            let norm = reference.month(shift).map_or_else(|| relative_name(shift, "month"), |(y, m)| format!("{y}-{m:02}"));
            Some(make(at, unit + 1, norm, TimeClass::This))
        }
        "week" => {
            let norm = reference.week_ending(i64::from(-shift)).map_or_else(|| relative_name(shift, "week"), |d| format!("week_ending:{d}"));
            Some(make(at, unit + 1, norm, TimeClass::Week))
        }
        "decade" if shift == 0 => None,
        word => {
            // "this Friday", "last October"
            if let Some(day) = weekday(word) {
                return reference.weekday(day).filter(|_| shift <= 0).map(|d| make(at, unit + 1, d.to_string(), TimeClass::Day));
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
        Some(n) if n.value.fract() == 0.0 && n.value > 0.0 && n.value < 200.0 => (Some(n.value as i64), skip(view, n.end, &["-"])),
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
    view.is_one_of(next, &["ago", "earlier", "before", "prior"]).then(|| make(at, next + 1, norm.to_string(), TimeClass::Prior))
}

fn unit_name<'v>(view: &'v View<'_>, at: usize) -> Option<&'v str> {
    match view.word(at).to_ascii_lowercase().as_str() {
        "day" | "days" => Some("day"),
        "session" | "sessions" => Some("session"),
        "week" | "weeks" => Some("week"),
        "month" | "months" => Some("month"),
        "quarter" | "quarters" => Some("quarter"),
        "year" | "years" => Some("year"),
        "decade" => Some("decade"),
        _ => None,
    }
}

/// "annual", "annually", "a year", "per year", "annualized".
fn rate(view: &View<'_>, at: usize) -> Option<Time> {
    if view.is_one_of(at, &["annual", "annually", "yearly", "annualized", "annualised"]) && !view.is_one_of(at + 1, &["meeting", "report", "filing", "conference", "letter", "shareholder", "general", "results", "recurring"]) {
        return Some(make(at, at + 1, "annual".to_string(), TimeClass::Rate));
    }
    let per = view.is_one_of(at, &["a", "per", "each", "every"]) && view.is(at + 1, "year") && !view.is_one_of(at + 2, &["ago", "earlier", "before", "-", "when", "of", "in", "that", "after", "later"]);
    (per && at > 0).then(|| make(at, at + 2, "annual".to_string(), TimeClass::Rate))
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
