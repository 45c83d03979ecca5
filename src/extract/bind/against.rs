//! Performance against a benchmark.

use crate::extract::figure::Figure;
use crate::extract::words::Words;
use crate::model::{Direction, Kind, Metric, Role};

use super::bound::Bound;
use super::scene::Scene;

/// "beaten the S&P 500 by 20 percentage points": performance against a benchmark.
pub(super) fn relative(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let by = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    if figure.unit != Some("pp") || by == 0 || !view.is(by - 1, "by") {
        return false;
    }
    let clause = scene.clause(figure.first);
    let find = |words: Words| {
        (scene.sentence.first..by).rev().find(|i| scene.clause(*i) == clause && view.is_one_of(*i, words))
    };
    let up = find(&[
        "beaten",
        "beat",
        "beats",
        "beating",
        "outperformed",
        "outperform",
        "outperforming",
        "topped",
        "bested",
    ]);
    let down = find(&[
        "lagged",
        "lagging",
        "trailed",
        "trailing",
        "underperformed",
        "underperform",
        "underperforming",
        "lag",
        "trail",
    ]);
    let (Some(at), way) = (match (up, down) {
        (Some(at), _) => (Some(at), Direction::Up),
        (None, other) => (other, Direction::Down),
    }) else {
        return false;
    };
    bound.metric = Some(Metric::RelativePerformance);
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.direction = way;
    bound.because("metric", "metric.relative", Some(view.span(at, at + 1)));
    true
}

/// "up 62% this year, three times the gain of the Stoxx 600": against a benchmark.
pub(super) fn times_another(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    let view = scene.view;
    let Some(previous) = before.last().filter(|b| figure.kind == Kind::Multiple && b.role == Role::Change) else {
        return false;
    };
    let price = matches!(
        previous.metric,
        Some(Metric::PriceMove | Metric::IndexMove | Metric::SectorMove | Metric::RelativePerformance)
    );
    let at = figure.end + usize::from(view.is(figure.end, "the"));
    let gain = view
        .is_one_of(at, &["gain", "gains", "rise", "return", "advance", "increase", "loss", "drop", "decline", "fall"]);
    let of = view.is_one_of(at + 1, &["of", "in", "for"]);
    let other = scene.names.iter().find(|n| n.first > at + 1 && n.first <= at + 4);
    let Some(other) = other.filter(|_| price && gain && of) else { return false };
    bound.metric = Some(Metric::RelativePerformance);
    bound.because("metric", "metric.times_another", Some(view.span(at, other.end)));
    bound.subjects = previous.subjects.clone();
    bound.because("subjects", "subject.figure_before", None);
    true
}
