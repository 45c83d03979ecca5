//! Binding: what each figure says.

use crate::model::{Direction, Evidence, Kind, Metric, Period, Place, Role, Status, Subject};

use super::figure::Figure;

/// A figure's fields.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub kind: Kind,
    pub role: Role,
    pub metric: Option<Metric>,
    pub metric_text: Option<String>,
    pub direction: Direction,
    pub negative_value: bool,
    pub subjects: Vec<Subject>,
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
            evidence: Vec::new(),
        }
    }
}
