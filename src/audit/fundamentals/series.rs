//! A series: the points of a measure for one issuer.

use jiff::civil::Date;

use super::measure::{Measure, Recipe};
use super::observed::{Observed, observed};
use super::point::{Derivation, Point, Step};
use super::{quarters, years};
use crate::model::Fact;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is measured.
    pub measure: Measure,
    /// Whose; facts of others are left aside.
    pub cik: Option<u32>,
    /// Only what was filed by this day: what could be known then.
    pub as_of: Option<Date>,
}

/// All points of a measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Fiscal quarters from the first to the last known, missing ones included.
    pub quarters: Vec<Point>,
    /// Fiscal years.
    pub years: Vec<Point>,
    /// Calendar years.
    pub calendar_years: Vec<Point>,
}

impl Series {
    /// Its points of one length.
    pub fn points(&self, step: Step) -> &[Point] {
        match step {
            Step::Quarter => &self.quarters,
            Step::Year => &self.years,
            Step::CalendarYear => &self.calendar_years,
        }
    }
}

/// The series that the facts of an issuer give.
pub fn series(facts: &[Fact], question: &Question) -> Series {
    match question.measure.recipe() {
        recipe @ Recipe::Tags { .. } => of_tags(facts, &recipe, question),
        Recipe::Sum(a, b) => combined(facts, question, (a, b), 1),
        Recipe::Difference(a, b) => combined(facts, question, (a, b), -1),
    }
}

fn of_tags(facts: &[Fact], recipe: &Recipe, question: &Question) -> Series {
    let seen = observed(facts, recipe, question);
    let blank = blank(question, &seen);
    let mut fiscal = years::fiscal(&[&seen]);
    if fiscal.known.is_empty() {
        // The year is the same for every measure.
        let others = [Measure::Revenue, Measure::NetIncome, Measure::OperatingCashFlow];
        let others: Vec<Observed> = others.iter().map(|m| observed(facts, &m.recipe(), question)).collect();
        fiscal = years::fiscal(&others.iter().collect::<Vec<_>>());
    }
    let quarters = quarters::points(&quarters::quarters(&seen), &seen, &fiscal, &blank);
    let years = years::points(&seen, &fiscal, &quarters, &blank);
    let calendar_years = years::calendar_points(&quarters, &years, &blank);
    Series { quarters, years, calendar_years }
}

fn blank(question: &Question, seen: &Observed) -> Point {
    Point {
        record: "point",
        cik: question.cik,
        metric: question.measure.as_str(),
        step: Step::Quarter,
        start: String::new(),
        end: String::new(),
        fiscal: None,
        calendar: String::new(),
        value: None,
        unit: seen.unit.clone(),
        derivation: Derivation::Missing,
        sources: Vec::new(),
        note: None,
    }
}

/// Two measures, period by period.
fn combined(facts: &[Fact], question: &Question, (a, b): (Measure, Measure), factor: i8) -> Series {
    let of = |measure| series(facts, &Question { measure, ..*question });
    let (first, second) = (of(a), of(b));
    let name = question.measure.as_str();
    let join = |first: &[Point], second: &[Point]| -> Vec<Point> {
        first.iter().map(|p| join_point(p, second, b, factor, name)).collect()
    };
    Series {
        quarters: join(&first.quarters, &second.quarters),
        years: join(&first.years, &second.years),
        calendar_years: join(&first.calendar_years, &second.calendar_years),
    }
}

fn join_point(point: &Point, others: &[Point], other: Measure, factor: i8, name: &'static str) -> Point {
    let mut out = Point { metric: name, ..point.clone() };
    let Some(own) = point.value else { return out };
    let found = others.iter().find(|p| p.start == point.start && p.end == point.end && p.unit == point.unit);
    let Some((found, value)) = found.and_then(|p| p.value.map(|v| (p, v))) else {
        out.value = None;
        out.derivation = Derivation::Missing;
        out.note = Some(format!("{} of this period is not known", other.as_str()));
        return out;
    };
    out.value = if factor > 0 { own.plus(value) } else { own.minus(value) };
    out.derivation = Derivation::Combined;
    out.sources.extend(found.sources.iter().cloned().map(|mut s| {
        s.factor *= factor;
        s
    }));
    out.note = out.note.or_else(|| found.note.clone());
    out
}
