//! Points of a series.

use serde::Serialize;

use super::measure::Measure;
use crate::model::Decimal;

/// How long a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A fiscal quarter.
    Quarter,
    /// A fiscal year.
    Year,
    /// The four quarters that lie nearest to a calendar year.
    CalendarYear,
}

/// How a value came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Derivation {
    /// Reported as such.
    Reported,
    /// A longer period less a shorter one that begins on the same day.
    YearToDateDifference,
    /// Quarters added.
    SumOfQuarters,
    /// Two measures added or subtracted.
    Combined,
    /// It cannot be derived; the note says why.
    Missing,
}

impl Derivation {
    /// Its name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::YearToDateDifference => "year_to_date_difference",
            Self::SumOfQuarters => "sum_of_quarters",
            Self::Combined => "combined",
            Self::Missing => "missing",
        }
    }
}

/// A reported value that a point rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The tag.
    pub concept: String,
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
    /// The value.
    pub value: Decimal,
    /// `1` added, `-1` subtracted.
    pub factor: i8,
    /// Accession number of the filing, where known.
    pub accession: Option<String>,
    /// Its form, where known.
    pub form: Option<String>,
    /// Its day, where known.
    pub filed: Option<String>,
    /// What was reported first, where a later filing says otherwise.
    pub first_reported: Option<Decimal>,
}

/// A point of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Always `point`.
    pub record: &'static str,
    /// Whose.
    pub cik: Option<u32>,
    /// Of what.
    pub metric: &'static str,
    /// How long.
    pub step: Step,
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
    /// `FY2025-Q1`, `FY2025`: named after the year in which the fiscal year ends,
    /// or after the one before where that is in the first days of January or February.
    pub fiscal: Option<String>,
    /// `2024-Q3`, `2024`: the calendar period it lies nearest to.
    pub calendar: String,
    /// The value; null when missing.
    pub value: Option<Decimal>,
    /// Currency.
    pub unit: String,
    /// How it came about.
    pub derivation: Derivation,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// What there is to know of it.
    pub note: Option<String>,
}

impl Point {
    /// The measure it belongs to.
    pub fn is_of(&self, measure: Measure) -> bool {
        self.metric == measure.as_str()
    }
}
