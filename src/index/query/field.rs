//! The fields a query may name, and of which records they are.

use super::Scope;

/// A field of the query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldName {
    /// What the figure measures.
    Metric,
    /// Ticker of a subject, or of a group's member.
    Ticker,
    /// Name of a subject.
    Subject,
    /// Kind of figure, or of document.
    Kind,
    /// What the figure does.
    Role,
    /// Up, down or none.
    Direction,
    /// How real it is.
    Status,
    /// Unit of the value.
    Unit,
    /// Publisher.
    Outlet,
    /// Source in the configuration.
    Source,
    /// What a change is measured from.
    Baseline,
    /// Who says so.
    Attribution,
    /// Where money leaves.
    From,
    /// Where money goes.
    To,
    /// Id of the document.
    Doc,
    /// Fields that are filled.
    Has,
    /// The figure's value.
    Value,
    /// Publication date.
    Published,
    /// The time the figure is about.
    Period,
}

use FieldName as F;

/// Every field by the name written before the colon.
pub const FIELDS: &[(&str, FieldName)] = &[
    ("metric", F::Metric),
    ("ticker", F::Ticker),
    ("subject", F::Subject),
    ("kind", F::Kind),
    ("role", F::Role),
    ("direction", F::Direction),
    ("status", F::Status),
    ("unit", F::Unit),
    ("outlet", F::Outlet),
    ("source", F::Source),
    ("baseline", F::Baseline),
    ("attribution", F::Attribution),
    ("from", F::From),
    ("to", F::To),
    ("doc", F::Doc),
    ("has", F::Has),
    ("value", F::Value),
    ("published", F::Published),
    ("period", F::Period),
];

impl FieldName {
    /// The field of that name, any case.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        FIELDS.iter().find(|(n, _)| *n == name).map(|(_, f)| *f)
    }

    /// The name written before the colon.
    pub fn as_str(self) -> &'static str {
        FIELDS.iter().find(|(_, f)| *f == self).map_or("", |(n, _)| n)
    }

    /// Whether records of that scope have it.
    pub fn is_of(self, scope: Scope) -> bool {
        match self {
            F::Ticker | F::Subject | F::Outlet | F::Source | F::Doc | F::Has | F::Published => true,
            F::Metric | F::Kind => scope != Scope::Rotations,
            F::Status | F::Attribution | F::Period => scope != Scope::Documents,
            F::Role | F::Direction | F::Unit | F::Baseline | F::Value => scope == Scope::Claims,
            F::From | F::To => scope == Scope::Rotations,
        }
    }
}
