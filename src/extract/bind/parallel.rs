//! Parallel statements: "Alphabet's range is $175 billion to $185 billion. Meta
//! says $115 billion to $135 billion." What is measured stands once, with the
//! first of them.

use crate::extract::figure::Figure;
use crate::extract::words::Words;
use crate::model::{EntityType, Kind, Status};

use super::bound::Bound;
use super::carry::is_companys;
use super::memory::Memory;
use super::scene::Scene;

/// Words that name no measure of their own between a company and its amount.
const EMPTY: Words = &[
    "'s",
    "’s",
    "'",
    "own",
    "range",
    "figure",
    "number",
    "plan",
    "plans",
    "planned",
    "estimate",
    "forecast",
    "forecasts",
    "guide",
    "guides",
    "guided",
    "guidance",
    "outlook",
    "target",
    "targets",
    "total",
    "tally",
    "bill",
    "budget",
    "budgets",
    "is",
    "was",
    "says",
    "said",
    "expects",
    "expected",
    "sees",
    "projects",
    "projected",
    "anticipates",
    "estimates",
    "stands",
    "stood",
    "comes",
    "came",
    "in",
    "at",
    "to",
    "for",
    "of",
    "follows",
    "followed",
    "with",
    "another",
    "has",
    "penciled",
    "pencilled",
    "calls",
    "called",
    "up",
    "out",
    "will",
    "be",
    "midpoint",
    "intends",
    "aims",
    "about",
    "around",
    "between",
    "the",
    "its",
    "a",
    "now",
    "and",
    "spend",
    "spending",
    "spent",
    ",",
    "-",
];

/// How many times larger or smaller the amounts of one series may be.
const LIKE: f64 = 25.0;

/// The amount before that this one goes on with, of another company.
fn before<'b>(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &Bound,
    before: &'b [Bound],
    memory: &'b Memory,
) -> Option<&'b Bound> {
    let value = figure.lo.filter(|v| *v >= 1e6 && figure.kind == Kind::Money)?;
    let company = !bound.subjects.is_empty()
        && bound.subjects.iter().all(|s| matches!(s.kind, EntityType::Company | EntityType::Group));
    if !company {
        return None;
    }
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let name = scene.names.iter().rfind(|n| n.end <= lead && bound.subjects.contains(&n.subject))?;
    let view = scene.view;
    let empty = lead - name.end <= 6
        && lead > name.end
        && (name.end..lead).all(|i| view.is_one_of(i, EMPTY) || scene.times.iter().any(|t| t.first <= i && i < t.end));
    if !empty {
        return None;
    }
    let own = if before.is_empty() { memory.previous() } else { before };
    own.iter().rev().filter(|b| b.kind == Kind::Money).find(|b| {
        b.metric.is_some_and(is_companys)
            && b.unit == bound.unit
            && b.subjects != bound.subjects
            && b.size.is_some_and(|v| v / value <= LIKE && value / v <= LIKE)
    })
}

/// What the amount before measured is what this one measures.
pub(super) fn parallel(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &mut Bound,
    earlier: &[Bound],
    memory: &Memory,
) -> bool {
    let Some(previous) = before(scene, figure, bound, earlier, memory) else { return false };
    bound.metric = previous.metric;
    bound.because("metric", "metric.parallel", None);
    true
}

/// A parallel statement that is no past one is of the same standing and time.
pub(super) fn same_standing(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, earlier: &[Bound], memory: &Memory) {
    if !bound.evidence.iter().any(|e| e.rule == "metric.parallel") {
        return;
    }
    let Some(previous) = before(scene, figure, bound, earlier, memory) else { return };
    let past = scene.view.any_word(scene.sentence.first, figure.first, &["spent", "was", "came"]);
    if bound.status == Status::Actual && previous.status != Status::Actual && !past {
        bound.status = previous.status;
        bound.because("status", "status.parallel", None);
    }
    if bound.period.is_none()
        && (bound.status == previous.status)
        && let Some(period) = &previous.period
    {
        let mut period = period.clone();
        period.text = None;
        period.inferred = true;
        bound.period = Some(period);
        bound.because("period", "period.parallel", None);
    }
}
