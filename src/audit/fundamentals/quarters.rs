//! Quarters: as reported, or the year so far less what came before.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar;
use super::observed::{Observation, Observed, Span, Tag, days};
use super::periods::{FiscalYears, after, before, is_quarter, length, near};
use super::point::{Derivation, Point, Source, Step};
use crate::model::Decimal;

/// A quarter's value before it becomes a point.
#[derive(Clone, Debug)]
pub(super) struct Quarter {
    pub span: Span,
    pub value: Decimal,
    pub derivation: Derivation,
    pub sources: Vec<Source>,
    pub note: Option<String>,
}

/// All quarters that can be had, one for each, in order.
pub(super) fn quarters(observed: &Observed) -> Vec<Quarter> {
    let mut found: BTreeMap<Date, Quarter> = BTreeMap::new();
    let mut add = |quarter: Quarter| {
        let taken = found.values().any(|q| overlap(q.span, quarter.span) > 20);
        if !taken {
            found.insert(quarter.span.1, quarter);
        }
    };
    for tag in &observed.tags {
        let differences = differences(&[tag]);
        for value in tag.values.values().filter(|v| is_quarter(v.span)) {
            let other = differences.iter().find(|d| near(d.span.1, value.span.1));
            add(Quarter {
                span: value.span,
                value: value.value,
                derivation: Derivation::Reported,
                sources: vec![value.source(&tag.concept, 1)],
                note: other.and_then(|d| disagreement(value, d)),
            });
        }
        differences.into_iter().for_each(&mut add);
    }
    // Of a year in which the tag changed, both tags together.
    let all: Vec<&Tag> = observed.tags.iter().collect();
    if all.len() > 1 {
        differences(&all).into_iter().for_each(&mut add);
    }
    found.into_values().collect()
}

/// Differences of periods that begin on the same day.
fn differences(tags: &[&Tag]) -> Vec<Quarter> {
    let mut starts: BTreeMap<Date, BTreeMap<Date, (&Tag, &Observation)>> = BTreeMap::new();
    for tag in tags {
        for value in tag.values.values() {
            starts.entry(value.span.0).or_default().entry(value.span.1).or_insert((tag, value));
        }
    }
    let mut found = Vec::new();
    for ends in starts.values() {
        let values: Vec<_> = ends.values().copied().collect();
        for (at, (long_tag, long)) in values.iter().enumerate() {
            for (short_tag, short) in &values[..at] {
                let span = (after(short.span.1), long.span.1);
                if !is_quarter(span) {
                    continue;
                }
                let Some(value) = long.value.minus(short.value) else { continue };
                let mixed = long_tag.concept != short_tag.concept;
                found.push(Quarter {
                    span,
                    value,
                    derivation: Derivation::YearToDateDifference,
                    sources: vec![long.source(&long_tag.concept, 1), short.source(&short_tag.concept, -1)],
                    note: mixed.then(|| "the tag changed within the year".to_string()),
                });
            }
        }
    }
    found
}

/// A note where the reported quarter is not what the year so far says.
fn disagreement(reported: &Observation, derived: &Quarter) -> Option<String> {
    let (a, b) = (reported.value.to_f64(), derived.value.to_f64());
    let apart = (a - b).abs();
    (apart > 0.005 * a.abs().max(b.abs()) && apart > 2e6)
        .then(|| format!("the year to date gives {} instead: one of them was restated", derived.value))
}

/// Days that two periods share.
fn overlap(a: Span, b: Span) -> i64 {
    days(a.0.max(b.0), a.1.min(b.1)) + 1
}

/// Points of the quarters, and one without a value for each that is missing
/// between the first and the last.
pub(super) fn points(quarters: &[Quarter], observed: &Observed, years: &FiscalYears, blank: &Point) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    let mut last: Option<Date> = None;
    for quarter in quarters {
        if let Some(last) = last {
            for span in gaps(after(last), quarter.span.0) {
                out.push(Point { note: Some(reason(span, observed)), ..shell(span, years, blank) });
            }
        }
        last = Some(quarter.span.1);
        out.push(Point {
            value: Some(quarter.value),
            derivation: quarter.derivation,
            sources: quarter.sources.clone(),
            note: quarter.note.clone(),
            ..shell(quarter.span, years, blank)
        });
    }
    out
}

fn shell(span: Span, years: &FiscalYears, blank: &Point) -> Point {
    Point {
        step: Step::Quarter,
        start: span.0.to_string(),
        end: span.1.to_string(),
        fiscal: years.quarter(span),
        calendar: calendar::quarter(span),
        ..blank.clone()
    }
}

/// The quarters that fit between two days, of about equal length.
fn gaps(from: Date, to: Date) -> Vec<Span> {
    let room = days(from, to);
    let count = (room as f64 / 91.3).round() as i64;
    if count < 1 {
        return Vec::new();
    }
    let at = |i: i64| from.checked_add(jiff::Span::new().days(room * i / count)).unwrap_or(from);
    (0..count).map(|i| (at(i), before(at(i + 1)))).collect()
}

/// Why a quarter is missing: what is known around it.
fn reason(span: Span, observed: &Observed) -> String {
    let around = observed.tags.iter().flat_map(|t| t.values.values().map(move |v| (t, v)));
    let shortest = around.filter(|(_, v)| days(v.span.0, span.0) >= -10 && days(span.1, v.span.1) >= -10);
    match shortest.min_by_key(|(_, v)| length(v.span)) {
        Some((tag, v)) => format!(
            "no fact gives this quarter or the periods it follows from; {} to {} is {} ({})",
            v.span.0, v.span.1, v.value, tag.concept
        ),
        None => "no fact gives this quarter or the periods it follows from".to_string(),
    }
}
