//! "Respectively": what stands in a list takes its own name, time, metric and
//! direction in turn.

use crate::extract::period::TimeClass;
use crate::model::{Direction, Kind, Metric};

use super::bound::Bound;
use super::scene::Scene;
use super::when::period;

/// "fell 2%, 3% and 4%, respectively": what one verb moves goes one way.
fn one_way(scene: &Scene<'_>, out: &mut [Bound], at: usize) {
    let places: Vec<usize> =
        (0..out.len()).filter(|i| scene.figures[*i].end <= at && out[*i].kind == Kind::Percent).collect();
    let Some(model) = places.iter().copied().find(|i| out[*i].direction != Direction::None) else { return };
    let (direction, role, metric) = (out[model].direction, out[model].role, out[model].metric);
    for place in places {
        if out[place].direction == Direction::None {
            out[place].direction = direction;
            out[place].role = role;
            if matches!(out[place].metric, None | Some(Metric::Other)) {
                out[place].metric = metric;
            }
            out[place].because("direction", "direction.respectively", Some(scene.view.span(at, at + 1)));
        }
    }
}

/// "$6.1 billion and $9 billion in 2026 and 2027, respectively": each its own time.
fn in_turn(scene: &Scene<'_>, out: &mut [Bound], at: usize) {
    let Some(kind) = out.iter().rev().find(|_| true).map(|b| b.kind) else { return };
    let places: Vec<usize> = (0..out.len()).filter(|i| scene.figures[*i].end <= at && out[*i].kind == kind).collect();
    let times: Vec<_> = scene.times.iter().filter(|t| t.class == TimeClass::Span && t.end <= at).collect();
    if places.len() < 2 || times.len() != places.len() {
        return;
    }
    for (place, time) in places.into_iter().zip(times) {
        out[place].period = Some(period(scene, time, false));
        out[place].because("period", "period.respectively", Some(scene.view.span(time.first, time.end)));
    }
}

/// "$1.56 per share and revenue of $560bn, … changes of +119% and +9%,
/// respectively": the changes take their metrics in turn, from the amounts of
/// the sentence, of the sentence before, or from a list of metric words.
pub(super) fn respectively(scene: &Scene<'_>, out: &mut [Bound], previous: &[Bound]) {
    let view = scene.view;
    let Some(at) = (scene.sentence.first..scene.sentence.end).find(|i| view.is(*i, "respectively")) else { return };
    let before = |out: &[Bound], kind: Kind| -> Vec<usize> {
        (0..out.len()).filter(|i| scene.figures[*i].end <= at && out[*i].kind == kind).collect()
    };
    in_turn(scene, out, at);
    one_way(scene, out, at);
    let changes = before(out, Kind::Percent);
    let span = Some(view.span(at, at + 1));
    // "Visa and American Express rose 2% and 3%, respectively": each its own.
    for kind in [Kind::Percent, Kind::Money] {
        let all = before(out, kind);
        let listed = all.last().map(|i| out[*i].subjects.clone()).unwrap_or_default();
        // Only the last figures belong to the list.
        let Some(skip) = all.len().checked_sub(listed.len()).filter(|_| listed.len() >= 2) else { continue };
        for (place, subject) in all[skip..].iter().zip(listed) {
            out[*place].subjects = vec![subject];
            out[*place].collective = false;
            out[*place].because("subjects", "subject.respectively", span);
        }
    }
    amounts_in_turn(scene, out, at);
    let Some(first) = changes.first().map(|i| scene.figures[*i].first).filter(|_| changes.len() >= 2) else { return };
    let amounts: Vec<Bound> = before(out, Kind::Money).into_iter().map(|i| out[i].clone()).collect();
    let earlier: Vec<Bound> = previous.iter().filter(|b| b.kind == Kind::Money).cloned().collect();
    let models = if amounts.len() == changes.len() { amounts } else { earlier };
    if models.len() == changes.len() {
        for (change, model) in changes.into_iter().zip(models) {
            let bound = &mut out[change];
            bound.metric = model.metric;
            bound.metric_text = model.metric_text;
            bound.subjects = model.subjects;
            bound.because("metric", "metric.respectively", span);
        }
        return;
    }
    // "operating profit and earnings per share, up 28% and 27%, respectively"
    let words: Vec<_> = scene.metrics.iter().filter(|m| m.end <= first && first - m.end <= 12).collect();
    if words.len() >= changes.len() {
        let last = &words[words.len() - changes.len()..];
        for (change, hit) in changes.into_iter().zip(last) {
            let bound = &mut out[change];
            bound.metric = Some(hit.metric);
            bound.metric_text = Some(view.surface(hit.first, hit.end).to_string());
            bound.because("metric", "metric.respectively", span);
        }
    }
}

/// "Net income and cash flow rose to $145 million and $1.2 billion, respectively,
/// from $94 million and $1.1 billion": each list takes the metrics in turn.
fn amounts_in_turn(scene: &Scene<'_>, out: &mut [Bound], at: usize) {
    let money = |i: &usize| out[*i].kind == Kind::Money;
    let first: Vec<usize> = (0..out.len()).filter(|i| scene.figures[*i].end <= at).filter(money).collect();
    let second: Vec<usize> = (0..out.len()).filter(|i| scene.figures[*i].first > at).filter(money).collect();
    let Some(begin) = first.first().map(|i| scene.figures[*i].first) else { return };
    let words: Vec<_> = scene.metrics.iter().filter(|m| m.end <= begin && begin - m.end <= 14).copied().collect();
    if first.len() < 2 || words.len() != first.len() {
        return;
    }
    let again = if second.len() == first.len() { second } else { Vec::new() };
    for (place, hit) in first.into_iter().zip(&words).chain(again.into_iter().zip(&words)) {
        let bound = &mut out[place];
        bound.metric = Some(hit.metric);
        bound.metric_text = Some(scene.view.surface(hit.first, hit.end).to_string());
        bound.because("metric", "metric.respectively", Some(scene.view.span(at, at + 1)));
    }
}
