//! Rules: the catalogue of what binds a figure's fields, by phenomenon.
//!
//! The rules themselves are functions in `extract`; each leaves its id in the
//! evidence of what it binds. Here stands what each id means, for `explain` and
//! for `docs/rules.md`. Tests compare the ids with those the code uses, and run
//! each example and near-miss.

mod attribution;
mod baseline;
mod direction;
mod figure;
mod metric;
mod metric_before;
mod period;
mod rotation;
mod status;
mod subject;

/// Date of publication of the examples, which they may rest on.
pub const PUBLISHED: &str = "2026-02-06";

/// A rule that binds a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable id: phenomenon and name.
    pub id: &'static str,
    /// Takes the value over from another figure, sentence or part of the document.
    pub carries: bool,
    /// What it looks for.
    pub does: &'static str,
    /// Why that is evidence.
    pub why: &'static str,
    /// A text in which it binds something; a line break ends a paragraph.
    pub example: &'static str,
    /// A text that looks alike and in which it must not.
    pub near_miss: &'static str,
}

/// Rules that answer the same question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phenomenon {
    /// First part of its rules' ids.
    pub name: &'static str,
    /// As a heading.
    pub heading: &'static str,
    /// The field of the evidence that its rules bind.
    pub field: &'static str,
    /// What its rules have in common.
    pub about: &'static str,
    /// Its rules.
    pub rules: &'static [Rule],
}

/// All phenomena, in the order in which a figure's fields are bound.
pub const PHENOMENA: &[Phenomenon] = &[
    figure::FIGURE,
    subject::SUBJECT,
    metric::METRIC,
    metric_before::METRIC_BEFORE,
    direction::DIRECTION,
    period::PERIOD,
    baseline::BASELINE,
    status::STATUS,
    attribution::ATTRIBUTION,
    rotation::ROTATION,
];

/// All rules.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    PHENOMENA.iter().flat_map(|p| p.rules)
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    let (name, _) = id.split_once('.')?;
    PHENOMENA.iter().filter(|p| p.name == name).flat_map(|p| p.rules).find(|r| r.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_is_found_by_its_id_and_says_something() {
        let mut seen = BTreeSet::new();
        for phenomenon in PHENOMENA {
            for known in phenomenon.rules {
                assert_eq!(rule(known.id), Some(known), "{} stands in the wrong list", known.id);
                assert!(seen.insert(known.id), "{} stands twice", known.id);
                assert!(known.does.len() <= 110 && !known.does.ends_with('.'), "{}: one clause", known.id);
                assert!(known.why.ends_with('.') && known.example != known.near_miss, "{}", known.id);
            }
        }
        assert_eq!([rule("metric"), rule("metric.nothing"), rule("")], [None; 3]);
    }
}
