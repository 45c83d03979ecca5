//! Values of fields: lists, enumerations, ranges of numbers and dates.

use std::ops::Range;

use super::Scope;
use super::error::QueryError;
use super::field::FieldName;
use super::lexer::unquoted;
use super::numbers::number;
use crate::index::words::names_of;
use crate::index::{dates, entries, nearest};
use crate::model::{Direction, Kind, Metric, Role, Status};

/// A field and what it must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Any of these values, exactly.
    Exact(FieldName, Vec<String>),
    /// Any of these runs of words in a name.
    Names(FieldName, Vec<Vec<String>>),
    /// A value that overlaps this range, with one of these units (if any are named).
    Value {
        /// Least.
        lo: Option<Bound>,
        /// Most.
        hi: Option<Bound>,
        /// Units.
        units: Vec<&'static str>,
    },
    /// Published from the first to the last second, in seconds since 1970.
    Published(Option<i64>, Option<i64>),
    /// The period is of this normal form, or lies within these days since 1970.
    Period(String, Option<(i64, i64)>),
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The number.
    pub value: f64,
    /// Whether it belongs to the range.
    pub closed: bool,
}

/// Baselines without an argument.
const BASELINES: &[&str] = &[
    "from_peak",
    "from_low",
    "prior_year",
    "prior_week_close",
    "month_to_date",
    "prior_quarter",
    "prior_close",
    "prior_quarter_end",
    "year_to_date",
];

/// Periods that name no days, and beginnings of those with an argument.
const PERIODS: &[&str] =
    &["this_year", "last_year", "next_year", "last_week", "this_week", "annual", "yoy", "qoq", "ttm"];
const PERIOD_HEADS: &[&str] = &["by:", "since:", "week_ending:", "past_"];

/// Reads the value of `field` at the bytes `at` of `query`.
pub(super) fn read(query: &str, field: FieldName, at: Range<usize>, scope: Scope) -> Result<Filter, QueryError> {
    let text = &query[at.clone()];
    match field {
        FieldName::Value => value(query, at),
        FieldName::Published => published(query, at),
        FieldName::Period => period(query, at),
        FieldName::Subject | FieldName::Outlet | FieldName::Attribution | FieldName::From | FieldName::To => {
            let mut names = Vec::new();
            for (part, place) in parts(text, at.start) {
                let words = names_of(unquoted(part));
                if words.is_empty() {
                    return Err(QueryError::new(
                        query,
                        place,
                        "there is no word or number here that could be looked for",
                    ));
                }
                names.push(words);
            }
            Ok(Filter::Names(field, names))
        }
        _ => {
            let mut list = Vec::new();
            for (part, place) in parts(text, at.start) {
                let part = unquoted(part);
                if part.is_empty() {
                    return Err(QueryError::new(
                        query,
                        place.start..place.end.max(place.start + 1),
                        "a value is missing here",
                    ));
                }
                list.push(exact(field, part, scope).map_err(|problem| QueryError::new(query, place, problem))?);
            }
            Ok(Filter::Exact(field, list))
        }
    }
}

/// The parts of a list with their bytes; commas inside quotes do not part.
fn parts(text: &str, start: usize) -> Vec<(&str, Range<usize>)> {
    let mut list = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (i, c) in text.char_indices() {
        match c {
            '"' | '“' | '”' | '„' => quoted = !quoted,
            ',' if !quoted => {
                list.push((&text[from..i], start + from..start + i));
                from = i + 1;
            }
            _ => {}
        }
    }
    list.push((&text[from..], start + from..start + text.len()));
    list
}

/// One value of a field that has a fixed list of them, or is taken as written.
fn exact(field: FieldName, text: &str, scope: Scope) -> Result<String, String> {
    let lower = text.to_lowercase();
    let among = |known: Vec<&'static str>| match known.iter().find(|k| **k == lower) {
        Some(found) => Ok((*found).to_string()),
        None => {
            let hint = match nearest(&lower, known.iter().copied()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("it is one of {}", known.join(", ")),
            };
            Err(format!("there is no {} {text:?}; {hint}", field.as_str()))
        }
    };
    match field {
        FieldName::Metric => among(Metric::ALL.iter().map(|m| m.as_str()).collect()),
        FieldName::Kind if scope == Scope::Documents => among(entries::KINDS.to_vec()),
        FieldName::Kind => among(Kind::ALL.iter().map(|k| k.as_str()).collect()),
        FieldName::Role => among(Role::ALL.iter().map(|r| r.as_str()).collect()),
        FieldName::Direction => among(Direction::ALL.iter().map(|d| d.as_str()).collect()),
        FieldName::Status => among(Status::ALL.iter().map(|s| s.as_str()).collect()),
        FieldName::Has => among(entries::HAS.to_vec()),
        FieldName::Baseline if ["since:", "vs:", "share_of:"].iter().any(|h| lower.starts_with(h)) => Ok(lower),
        FieldName::Baseline => among(BASELINES.to_vec()),
        FieldName::Ticker => Ok(text.to_uppercase()),
        FieldName::Doc => Ok(text.to_string()),
        _ => Ok(lower),
    }
}

/// The two ends of `a..b`, `>a`, `>=a`, `<a`, `<=a` or `a`, each with its bytes
/// and whether it is closed.
type Ends<'q> = (Option<(&'q str, Range<usize>, bool)>, Option<(&'q str, Range<usize>, bool)>);

fn ends(query: &str, at: Range<usize>) -> Ends<'_> {
    let text = &query[at.clone()];
    let piece = |from: usize, to: usize, closed: bool| (from < to).then(|| (&query[from..to], from..to, closed));
    for (sign, closed) in [(">=", true), ("<=", true), (">", false), ("<", false)] {
        if text.starts_with(sign) {
            let end = piece(at.start + sign.len(), at.end, closed);
            return if sign.starts_with('>') { (end, None) } else { (None, end) };
        }
    }
    match text.find("..") {
        Some(i) => (piece(at.start, at.start + i, true), piece(at.start + i + 2, at.end, true)),
        None => (piece(at.start, at.end, true), piece(at.start, at.end, true)),
    }
}

fn value(query: &str, at: Range<usize>) -> Result<Filter, QueryError> {
    const FORM: &str =
        "write a number such as 500B, 1.5tn, 20%, 30bp or 4x, a range as 10%..20%, or a comparison as >500B";
    let (lo, hi) = ends(query, at.clone());
    if lo.is_none() && hi.is_none() {
        return Err(QueryError::new(query, at, FORM));
    }
    let mut units: Vec<&'static str> = Vec::new();
    let mut bound = |end: Option<(&str, Range<usize>, bool)>| -> Result<Option<Bound>, QueryError> {
        let Some((text, place, closed)) = end else { return Ok(None) };
        let Some(number) = number(text) else {
            return Err(QueryError::new(query, place, format!("{text:?} is no number; {FORM}")));
        };
        if !units.is_empty() && !number.units.is_empty() && units != number.units {
            return Err(QueryError::new(query, place, "the two ends of the range have different units"));
        }
        if units.is_empty() {
            units = number.units.to_vec();
        }
        Ok(Some(Bound { value: number.value, closed }))
    };
    let (lo, hi) = (bound(lo)?, bound(hi)?);
    if let (Some(a), Some(b)) = (lo, hi)
        && a.value > b.value
    {
        return Err(QueryError::new(query, at, "the range runs backwards"));
    }
    Ok(Filter::Value { lo, hi, units })
}

fn published(query: &str, at: Range<usize>) -> Result<Filter, QueryError> {
    const FORM: &str =
        "write 2026, 2026-Q1, 2026-02 or 2026-02-06, a range as 2026-01..2026-03, or a comparison as >2026-02-01";
    let (lo, hi) = ends(query, at.clone());
    if lo.is_none() && hi.is_none() {
        return Err(QueryError::new(query, at, FORM));
    }
    let days = |text: &str, place: Range<usize>| {
        dates::range_of(text)
            .filter(|_| !text.to_lowercase().starts_with("fy"))
            .ok_or_else(|| QueryError::new(query, place, format!("{text:?} is no date; {FORM}")))
    };
    // After a month means after its end; from a month on, from its beginning.
    let from = match lo {
        None => None,
        Some((text, place, closed)) => {
            let (first, last) = days(text, place)?;
            Some(if closed { dates::seconds(first) } else { dates::seconds(last) + 86_400 })
        }
    };
    let to = match hi {
        None => None,
        Some((text, place, closed)) => {
            let (first, last) = days(text, place)?;
            Some(if closed { dates::seconds(last) + 86_399 } else { dates::seconds(first) - 1 })
        }
    };
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(QueryError::new(query, at, "the range runs backwards"));
    }
    Ok(Filter::Published(from, to))
}

fn period(query: &str, at: Range<usize>) -> Result<Filter, QueryError> {
    let text = unquoted(&query[at.clone()]);
    let norm = text.to_lowercase();
    if let Some((first, last)) = dates::range_of(text) {
        return Ok(Filter::Period(norm, Some((dates::days(first), dates::days(last)))));
    }
    if let Some((from, to)) = text.split_once("..")
        && let (Some((first, _)), Some((_, last))) = (dates::range_of(from), dates::range_of(to))
    {
        if first > last {
            return Err(QueryError::new(query, at, "the range runs backwards"));
        }
        return Ok(Filter::Period(norm, Some((dates::days(first), dates::days(last)))));
    }
    if PERIODS.contains(&norm.as_str()) || PERIOD_HEADS.iter().any(|h| norm.starts_with(h)) {
        return Ok(Filter::Period(norm, None));
    }
    let hint = nearest(&norm, PERIODS.iter().copied()).map_or(String::new(), |near| format!("did you mean {near}? "));
    let problem = format!(
        "{text:?} is no period; {hint}write 2026, FY2026, 2025-Q3, 2026-02, a range as 2026..2030, or a form such as yoy, by:2027, since:2023-12"
    );
    Err(QueryError::new(query, at, problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(field: FieldName, text: &str) -> Result<Filter, String> {
        read(text, field, 0..text.len(), Scope::Claims).map_err(|e| format!("{}: {}", e.column(), e.problem))
    }

    #[test]
    fn lists_and_enumerations() {
        assert_eq!(
            filter(FieldName::Ticker, "msft,META"),
            Ok(Filter::Exact(FieldName::Ticker, vec!["MSFT".into(), "META".into()]))
        );
        let names = vec![vec!["magnificent".into(), "seven".into()], vec!["tesla".into()]];
        assert_eq!(
            filter(FieldName::Subject, "\"Magnificent Seven\",Tesla"),
            Ok(Filter::Names(FieldName::Subject, names))
        );
        assert_eq!(
            filter(FieldName::Metric, "capex,capx"),
            Err("7: there is no metric \"capx\"; did you mean capex?".into())
        );
        assert_eq!(filter(FieldName::Ticker, "A,,B"), Err("3: a value is missing here".into()));
    }

    #[test]
    fn ranges() {
        let bound = |value, closed| Some(Bound { value, closed });
        assert_eq!(
            filter(FieldName::Value, ">500B"),
            Ok(Filter::Value { lo: bound(5e11, false), hi: None, units: vec![] })
        );
        assert_eq!(
            filter(FieldName::Value, "10..20%"),
            Ok(Filter::Value { lo: bound(10.0, true), hi: bound(20.0, true), units: vec!["%", "pp"] })
        );
        assert!(filter(FieldName::Value, "20%..10%").is_err_and(|e| e.ends_with("backwards")));
        assert!(filter(FieldName::Value, "1..5x..").is_err());
        assert!(filter(FieldName::Value, "10%..5x").is_err_and(|e| e.contains("different units")));
        assert!(filter(FieldName::Value, ">").is_err());
        assert_eq!(
            filter(FieldName::Published, "1970-01..1970-02"),
            Ok(Filter::Published(Some(0), Some(59 * 86_400 - 1)))
        );
        assert_eq!(filter(FieldName::Published, ">1970-01-01"), Ok(Filter::Published(Some(86_400), None)));
        assert_eq!(filter(FieldName::Published, "<1970-01-02"), Ok(Filter::Published(None, Some(86_399))));
        assert!(filter(FieldName::Published, "yesterday").is_err());
        assert_eq!(filter(FieldName::Period, "1970"), Ok(Filter::Period("1970".into(), Some((0, 364)))));
        assert_eq!(filter(FieldName::Period, "by:2027"), Ok(Filter::Period("by:2027".into(), None)));
        assert!(filter(FieldName::Period, "soon").is_err());
    }
}
