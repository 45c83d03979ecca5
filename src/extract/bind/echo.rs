//! Metrics from what the document has said before: a plan or a hope spoken of
//! again, a list that goes on, a title that names the measure, a figure
//! printed twice.

use crate::extract::figure::Figure;
use crate::extract::view::View;
use crate::lexicon::{List, MetricWords};
use crate::model::{Direction, EntityType, Kind, Metric, Sentence, SentenceKind};

use super::bound::Bound;
use super::carry::is_companys;
use super::memory::Memory;
use super::scene::Scene;
use super::what::Moved;

/// The one measure that a title or heading names.
pub(crate) fn measure_named(view: &View<'_>, sentence: &Sentence) -> Option<Metric> {
    let mut measures = view
        .hits_in(sentence.first, sentence.end)
        .filter(|h| h.sense.list == List::Metric)
        .filter_map(|h| MetricWords::of(h.sense))
        .filter(|m| is_companys(*m));
    measures.next().filter(|first| measures.all(|m| m == *first))
}

/// "stuck to its $200 billion plan", "guided to $2.34 billion": what was spoken of
/// is planned or foreseen.
pub(super) fn foreseen(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, memory: &Memory) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money || figure.lo.is_none_or(|v| v < 1e6) {
        return false;
    }
    let noun = (figure.end..figure.end + 2)
        .find(|i| view.is_one_of(*i, &["plan", "budget", "program", "programme", "forecast", "guidance", "outlook"]));
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let guided = lead
        .checked_sub(2)
        .filter(|i| view.is_one_of(*i, &["guided", "guides", "guiding"]) && view.is_one_of(i + 1, &["to", "for"]));
    let near =
        memory.metric_near(scene.sentence.paragraph).filter(|m| is_companys(*m) && *m != Metric::EarningsPerShare);
    // "revised its budget to between $91 billion and $93 billion" in a text about capital spending
    let budget = (scene.sentence.first..figure.first)
        .rev()
        .find(|i| {
            (view.is(*i, "budget")
                || view.is_one_of(*i, &["range", "plan", "forecast", "guidance", "outlook"])
                    && view.any_word(i.saturating_sub(3), *i, &["its", "the", "full", "own"]))
                && scene.clause(*i) == scene.clause(figure.first)
        })
        .filter(|i| {
            let spoken = memory.topic() == Some(Metric::Capex)
                || memory.metric_near(scene.sentence.paragraph) == Some(Metric::Capex);
            memory.capex() && (spoken || view.is_one_of(*i, &["budget", "range", "plan"]))
        });
    if let Some(at) = budget {
        bound.metric = Some(Metric::Capex);
        bound.because("metric", "metric.foreseen", Some(view.span(at, at + 1)));
        return true;
    }
    // "He puts the 2026 bill at $490 billion"
    let bill = (scene.sentence.first..lead)
        .rev()
        .find(|i| view.is_one_of(*i, &["bill", "tab", "tally", "total", "sum"]) && lead - i <= 4)
        .filter(|i| {
            view.is(lead - 1, "at")
                && view.any_word(scene.sentence.first, *i, &["puts", "put", "pegs", "pegged", "sees"])
        });
    let Some(at) = noun.or(guided).or(bill) else { return false };
    let Some(metric) = near.or(guided.map(|_| Metric::Revenue)) else { return false };
    // "stuck with its $200 billion plan" in a text about capital spending
    let planned = memory.capex() && view.is_one_of(at, &["plan", "budget", "program", "programme"]);
    let metric = if planned { Metric::Capex } else { metric };
    bound.metric = Some(metric);
    bound.because("metric", "metric.foreseen", Some(view.span(at, at + 1)));
    true
}

/// "Analysts had been hoping for 32.4%.": of what was spoken of before.
pub(super) fn hoped(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, memory: &Memory) -> bool {
    let view = scene.view;
    let first = scene.sentence.first;
    let who = view.is_one_of(first, &["analysts", "economists", "investors", "consensus"])
        || view.is(first, "wall") && view.is(first + 1, "street")
        || view.is(first, "the") && view.is_one_of(first + 1, &["street", "consensus"]);
    let foresaw = view.any_word(
        first,
        figure.first,
        &[
            "expected",
            "hoping",
            "hoped",
            "looking",
            "forecast",
            "penciled",
            "predicted",
            "estimated",
            "wanted",
            "was",
            "called",
            "stood",
            "sat",
        ],
    );
    if !who || !foresaw || !scene.metrics.is_empty() || !matches!(figure.kind, Kind::Money | Kind::Percent) {
        return false;
    }
    let Some(metric) = memory.metric_near(scene.sentence.paragraph).filter(|m| is_companys(*m)) else { return false };
    bound.metric = Some(metric);
    bound.because("metric", "metric.hoped", Some(view.span(first, first + 1)));
    if bound.subjects.is_empty()
        && let Some(last) = memory.last(scene.sentence.paragraph)
    {
        bound.subjects = last.to_vec();
        bound.because("subjects", "subject.carried", None);
    }
    true
}

/// "- Amazon: $44.2 billion": a list goes on with what was measured before it.
pub(super) fn listed(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, memory: &Memory) -> bool {
    let large = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v >= 1e6);
    let bare = scene.sentence.kind == SentenceKind::Bullet && scene.metrics.is_empty() && !bound.subjects.is_empty();
    let near = memory.metric_near(scene.sentence.paragraph).filter(|m| is_companys(*m));
    let Some(metric) = near.filter(|_| large && bare) else { return false };
    bound.metric = Some(metric);
    bound.because("metric", "metric.listed", None);
    true
}

/// "Microsoft $123B, Meta $125B" under a title that speaks of capital
/// spending: large amounts of companies without a word of their own.
pub(super) fn headed(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound], memory: &Memory) -> bool {
    let large = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v >= 1e7);
    let Some(topic) = memory.topic().filter(|m| {
        large && *m != Metric::EarningsPerShare && !scene.metrics.iter().any(|m| m.metric != Metric::EconomicIndicator)
    }) else {
        return false;
    };
    let view = scene.view;
    let company = !bound.subjects.is_empty()
        && bound.subjects.iter().all(|s| matches!(s.kind, EntityType::Company | EntityType::Group));
    let verbs = (scene.sentence.first..figure.first)
        .filter(|i| scene.is_verb(*i) && !view.is_one_of(*i, &["is", "was", "plans", "expects", "combined"]))
        .count();
    let total = view.any_word(scene.sentence.first, figure.first, &["total", "combined"]);
    let same = before.last().is_some_and(|b| b.metric == Some(topic));
    if verbs > 0 && !same || !(company || total || same) {
        return false;
    }
    bound.metric = Some(topic);
    bound.because("metric", "metric.headed", None);
    true
}

/// The first time the figure was printed.
pub(super) fn restated(figure: &Figure, bound: &mut Bound, moved: Option<Moved>, memory: &Memory) -> bool {
    let same = memory.same(figure.lo, bound.unit.as_deref(), bound.kind);
    let Some(same) = same.filter(|s| s.metric.is_some_and(|m| m != Metric::Other)) else { return false };
    let fits = bound.subjects.is_empty() || bound.subjects == same.subjects;
    if !fits
        || bound.subjects.is_empty()
            && moved.is_none_or(|(d, _)| d != same.direction)
            && same.direction != Direction::None
    {
        return false;
    }
    bound.metric = same.metric;
    bound.metric_text = same.metric_text.clone();
    bound.because("metric", "metric.restated", None);
    if bound.subjects.is_empty() {
        bound.subjects = same.subjects.clone();
        bound.because("subjects", "subject.restated", None);
    }
    same.metric.is_some()
}
