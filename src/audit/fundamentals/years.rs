//! Fiscal years, and years of the calendar for comparing issuers.

use std::collections::BTreeMap;

use super::calendar;
use super::observed::{Observed, Span};
use super::periods::{FiscalYears, is_year, near};
use super::point::{Derivation, Point, Step};

/// The fiscal years that yearly reports tell of, for any tag.
pub(super) fn fiscal(observed: &[&Observed]) -> FiscalYears {
    let mut known: Vec<Span> = Vec::new();
    let values = observed.iter().flat_map(|o| &o.tags).flat_map(|t| t.values.values());
    for value in values.filter(|v| v.yearly && is_year(v.span)) {
        if !known.iter().any(|k| near(k.1, value.span.1)) {
            known.push(value.span);
        }
    }
    known.sort();
    FiscalYears { known }
}

/// One point for each fiscal year: as reported, else its four quarters.
pub(super) fn points(observed: &Observed, years: &FiscalYears, quarters: &[Point], blank: &Point) -> Vec<Point> {
    let mut out: BTreeMap<Span, Point> = BTreeMap::new();
    for tag in &observed.tags {
        for value in tag.values.values().filter(|v| v.yearly && is_year(v.span)) {
            if out.keys().any(|k| near(k.1, value.span.1)) {
                continue;
            }
            let point = Point {
                value: Some(value.value),
                derivation: Derivation::Reported,
                sources: vec![value.source(&tag.concept, 1)],
                ..shell(value.span, blank)
            };
            out.insert(value.span, point);
        }
    }
    for year in &years.known {
        if !out.keys().any(|k| near(k.1, year.1)) {
            let name = FiscalYears::year(*year);
            let four: Vec<&Point> =
                quarters.iter().filter(|q| q.fiscal.as_deref().is_some_and(|f| f.starts_with(&name))).collect();
            if !four.is_empty() {
                out.insert(*year, sum(&four, shell(*year, blank)));
            }
        }
    }
    out.into_values().collect()
}

fn shell(span: Span, blank: &Point) -> Point {
    Point {
        step: Step::Year,
        start: span.0.to_string(),
        end: span.1.to_string(),
        fiscal: Some(FiscalYears::year(span)),
        calendar: calendar::year(span),
        ..blank.clone()
    }
}

/// One point for each calendar year: the four quarters whose middles lie in it.
pub(super) fn calendar_points(quarters: &[Point], years: &[Point], blank: &Point) -> Vec<Point> {
    let mut groups: BTreeMap<i16, Vec<&Point>> = BTreeMap::new();
    for quarter in quarters {
        if let Some(year) = quarter.calendar.split('-').next().and_then(|y| y.parse().ok()) {
            groups.entry(year).or_default().push(quarter);
        }
    }
    let mut out = Vec::new();
    for (year, four) in groups {
        let Some(span) = calendar::whole(year) else { continue };
        let ends = |p: &&Point| p.end.parse().is_ok_and(|end| near(end, span.1)) && p.value.is_some();
        let shell = Point { step: Step::CalendarYear, fiscal: None, calendar: year.to_string(), ..shell(span, blank) };
        out.push(match years.iter().find(ends) {
            // The fiscal year is the calendar's.
            Some(own) => Point {
                value: own.value,
                derivation: own.derivation,
                sources: own.sources.clone(),
                note: own.note.clone(),
                ..shell
            },
            None => Point {
                start: four.first().map_or(shell.start.clone(), |q| q.start.clone()),
                end: four.last().map_or(shell.end.clone(), |q| q.end.clone()),
                ..sum(&four, shell)
            },
        });
    }
    out
}

/// Four quarters added; without a value when one is missing.
fn sum(quarters: &[&Point], shell: Point) -> Point {
    let there: Vec<&&Point> = quarters.iter().filter(|q| q.value.is_some()).collect();
    if there.len() != 4 {
        let note = format!("{} of its four quarters are known", there.len());
        return Point { note: Some(note), ..shell };
    }
    let value = there.iter().filter_map(|q| q.value).try_fold(crate::model::Decimal::default(), |a, b| a.plus(b));
    Point {
        value,
        derivation: Derivation::SumOfQuarters,
        sources: there.iter().flat_map(|q| q.sources.clone()).collect(),
        ..shell
    }
}
