//! Bound: the fields of a figure while they are being filled.

use crate::extract::figure::Figure;
use crate::model::{Direction, Evidence, Kind, Metric, Period, Place, Role, Status};

use super::scene::Shared;

/// A figure's fields.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub kind: Kind,
    /// The value, or the lower end of a range.
    pub size: Option<f64>,
    pub unit: Option<String>,
    pub role: Role,
    pub metric: Option<Metric>,
    pub metric_text: Option<String>,
    pub direction: Direction,
    pub negative_value: bool,
    pub subjects: Vec<Shared>,
    pub collective: bool,
    pub counterparty: Option<String>,
    pub period: Option<Period>,
    pub baseline: Vec<String>,
    pub baseline_inferred: bool,
    pub status: Status,
    pub attribution: Option<String>,
    pub mention: Place,
    pub negated: bool,
    pub hypothetical: bool,
    pub confidence: f64,
    pub evidence: Vec<Evidence>,
}

impl Bound {
    /// Nothing known but the figure.
    pub fn new(figure: &Figure) -> Self {
        Self {
            kind: figure.kind,
            size: figure.lo,
            unit: figure.unit.map(str::to_string),
            role: Role::Amount,
            metric: None,
            metric_text: None,
            direction: figure.sign,
            negative_value: false,
            subjects: Vec::new(),
            collective: false,
            counterparty: None,
            period: None,
            baseline: Vec::new(),
            baseline_inferred: false,
            status: Status::Actual,
            attribution: None,
            mention: Place::Primary,
            negated: false,
            hypothetical: false,
            confidence: 0.0,
            evidence: Vec::with_capacity(8),
        }
    }

    /// What later figures ask of this one; the rest is left out.
    pub fn kept(&self) -> Self {
        Self {
            kind: self.kind,
            size: self.size,
            unit: self.unit.clone(),
            role: self.role,
            metric: self.metric,
            metric_text: self.metric_text.clone(),
            direction: self.direction,
            negative_value: self.negative_value,
            subjects: self.subjects.clone(),
            collective: self.collective,
            counterparty: None,
            period: self.period.clone(),
            baseline: Vec::new(),
            baseline_inferred: self.baseline_inferred,
            status: self.status,
            attribution: None,
            mention: self.mention,
            negated: self.negated,
            hypothetical: self.hypothetical,
            confidence: self.confidence,
            evidence: Vec::new(),
        }
    }

    /// Keeps why a field has its value.
    pub fn because(&mut self, field: &'static str, rule: &'static str, span: Option<crate::model::Span>) {
        self.evidence.push(Evidence {
            field: field.into(),
            rule: rule.into(),
            byte_start: span.map(|s| s.start),
            byte_end: span.map(|s| s.end),
            fact: None,
        });
    }
}
