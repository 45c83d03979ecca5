//! Resolve: runs the binding rules over a sentence in their order.

use crate::extract::figure::{Figure, Form};
use crate::lexicon::Cue;
use crate::model::{Direction, EntityType, Kind, Metric, Place, Role, SentenceKind, Span, Subject};

use super::bound::Bound;
use super::memory::Memory;
use super::scene::Scene;
use super::{metric, source, status, subject, when};

/// Binds every figure of a sentence.
pub(crate) fn resolve(scene: &Scene<'_>, memory: &mut Memory) -> Vec<Bound> {
    let mut out: Vec<Bound> = Vec::with_capacity(scene.figures.len());
    let paragraph = scene.sentence.paragraph;
    for figure in scene.figures {
        let bound = bind(scene, figure, &out, memory);
        memory.keep(figure.lo, &bound, paragraph);
        memory.said(&bound.subjects, paragraph);
        out.push(bound);
    }
    if scene.figures.is_empty() {
        if let Some(place) = scene.names.iter().position(|n| !n.source) {
            let probe = subject::leading(scene, place);
            memory.said(&subject::records(scene, &probe), paragraph);
        }
    }
    out
}

fn bind(scene: &Scene<'_>, figure: &Figure, before: &[Bound], memory: &Memory) -> Bound {
    let mut bound = Bound::new(figure);
    let span = |first: usize, end: usize| -> Option<Span> { Some(scene.view.span(first, end)) };
    bound.because("value", figure.rule, span(figure.first, figure.end));
    // Whom.
    if let Some(owners) = subject::owners(scene, figure) {
        bound.subjects = subject::records(scene, &owners.names);
        let (first, last) = (owners.names[0], owners.names[owners.names.len() - 1]);
        bound.because("subjects", owners.rule, span(scene.names[first].first, scene.names[last].end));
    }
    let moved = metric::direction(scene, figure);
    measure(scene, figure, &mut bound, moved, before, memory);
    if bound.subjects.is_empty() {
        if let Some((subjects, rule)) = subject::carried(scene, figure, &bound, before, memory) {
            bound.subjects = subjects;
            bound.because("subjects", rule, None);
        }
    }
    price_metric(figure, &mut bound, moved.map(|(d, _)| d));
    which_way(scene, figure, &mut bound, moved);
    level(figure, &mut bound);
    // When, and from what.
    let time = when::time(scene, figure);
    if let Some(time) = time {
        bound.period = Some(when::period(scene, time, false));
        bound.because("period", "period.clause", span(time.first, time.end));
    } else if bound.role == Role::Change {
        if let Some(prior) = scene.times.iter().find(|t| t.class == crate::extract::period::TimeClass::Prior && matches!(t.norm.as_str(), "yoy" | "qoq") && t.first >= figure.end && t.first - figure.end <= 6) {
            bound.period = Some(when::period(scene, prior, false));
            bound.because("period", "period.comparison", span(prior.first, prior.end));
        }
    }
    let change = bound.role == Role::Change || figure.form == Form::Multiplier;
    let baselines = when::baseline(scene, figure, bound.metric, change, time);
    bound.baseline = baselines.list;
    bound.baseline_inferred = baselines.inferred;
    if let Some(rule) = baselines.rule {
        let words = baselines.words.and_then(|(a, b)| span(a, b));
        bound.because("baseline", rule, words);
    }
    if bound.role == Role::Share {
        if let Some((whole, (first, end))) = when::share_of(scene, figure) {
            bound.baseline.push(format!("share_of:{whole}"));
            bound.because("baseline", "baseline.share_of", span(first, end));
        }
    }
    // How real, and who says so.
    let reality = status::reality(scene, figure, bound.metric);
    bound.status = reality.status;
    bound.negated = reality.negated;
    bound.hypothetical = reality.hypothetical;
    if let Some((first, end)) = reality.words {
        bound.because("status", reality.rule, span(first, end));
    }
    if let Some(source) = source::source(scene, figure) {
        bound.attribution = Some(scene.view.surface(source.first, source.end).trim_matches([' ', ',', '“', '”', '"', '*']).to_string());
        bound.because("attribution", source.rule, span(source.first, source.end));
    }
    bound.collective = collective(scene, figure, &bound);
    bound.mention = match scene.sentence.kind {
        SentenceKind::Heading => Place::Headline,
        _ if memory.same(figure.lo, bound.unit.as_deref(), bound.kind).is_some_and(|b| b.subjects == bound.subjects && b.metric == bound.metric) => Place::Restatement,
        _ => Place::Primary,
    };
    bound.confidence = confidence(&bound);
    bound
}

/// The metric, from words of the sentence, from the figure before it, or from
/// the first time the figure was printed.
fn measure(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<(Direction, (usize, usize))>, before: &[Bound], memory: &Memory) {
    let chosen = metric::metric(scene, figure);
    let price_subject = bound.subjects.iter().any(|s| !matches!(s.kind, EntityType::Indicator | EntityType::Government));
    if let Some(chosen) = chosen {
        // A price move needs no word: a weak, far word does not outrank it.
        let move_here = moved.is_some() && figure.kind == Kind::Percent && price_subject && chosen.score < 6.0;
        if !move_here {
            bound.metric = Some(chosen.hit.metric);
            bound.metric_text = Some(scene.view.surface(chosen.hit.first, chosen.hit.end).to_string());
            bound.because("metric", chosen.rule, Some(scene.view.span(chosen.hit.first, chosen.hit.end)));
            return;
        }
    }
    // "$725 billion …, a 77% increase": the same thing as the figure before.
    if let Some(previous) = before.last() {
        let place = before.len() - 1;
        let same_clause = scene.clause(scene.figures[place].first) == scene.clause(figure.first) || scene.clauses.parent(scene.clause(figure.first)) == Some(scene.clause(scene.figures[place].first));
        let compared = figure.kind == Kind::Percent && previous.kind == Kind::Money || figure.form == Form::Multiplier || figure.kind == previous.kind && figure.kind == Kind::Money;
        if same_clause && compared && previous.metric.is_some() && previous.metric != Some(Metric::PriceLevel) {
            bound.metric = previous.metric;
            bound.metric_text = previous.metric_text.clone();
            if bound.subjects.is_empty() {
                bound.subjects = previous.subjects.clone();
            }
            bound.because("metric", "metric.figure_before", None);
            return;
        }
    }
    if moved.is_none() || bound.subjects.is_empty() {
        if let Some(same) = memory.same(figure.lo, bound.unit.as_deref(), bound.kind) {
            bound.metric = same.metric;
            bound.metric_text = same.metric_text.clone();
            bound.because("metric", "metric.restated", None);
            if bound.subjects.is_empty() {
                bound.subjects = same.subjects.clone();
                bound.because("subjects", "subject.restated", None);
            }
        }
    }
}

/// A change without a metric word is a move of the subject's price.
fn price_metric(figure: &Figure, bound: &mut Bound, moved: Option<Direction>) {
    if bound.metric.is_some() || !matches!(figure.kind, Kind::Percent | Kind::Multiple) && figure.unit.as_deref() != Some("points") {
        if bound.metric.is_none() && figure.kind != Kind::Percent {
            bound.metric = Some(Metric::Other);
            bound.because("metric", "metric.unknown", None);
        }
        return;
    }
    let listed = bound.subjects.first().map(|s| s.kind);
    let metric = match listed {
        Some(EntityType::Index) => Metric::IndexMove,
        Some(EntityType::Sector | EntityType::Group) => Metric::SectorMove,
        Some(EntityType::Indicator) => Metric::EconomicIndicator,
        Some(EntityType::Government | EntityType::Currency) | None if moved.is_none() => Metric::Other,
        _ if moved.is_some() => Metric::PriceMove,
        _ => Metric::Other,
    };
    let metric = if moved.is_none() && figure.form != Form::Multiplier { Metric::Other } else { metric };
    bound.metric = Some(metric);
    bound.because("metric", "metric.price_by_subject", None);
}

/// Role and direction.
fn which_way(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<(Direction, (usize, usize))>) {
    let view = scene.view;
    match bound.kind {
        Kind::Percent => {
            let of = view.is(figure.end, "of") && !view.is_one_of(figure.end + 1, &["the", "its"]) || view.is(figure.end, "of");
            let share = of || matches!(bound.metric, Some(Metric::Margin | Metric::Weight | Metric::Breadth)) && moved.is_none_or(|(_, w)| w.1 != figure.first && w.0 > figure.end + 2);
            let rate = bound.metric == Some(Metric::InterestRate) && bound.unit.as_deref() == Some("%");
            if share && figure.sign == Direction::None {
                bound.role = Role::Share;
                return;
            }
            if rate {
                bound.role = Role::Level;
                if let Some((direction, (_, end))) = moved.filter(|(_, w)| w.1 <= figure.first) {
                    if (end..figure.first).any(|i| view.is(i, "to")) {
                        bound.direction = direction;
                    }
                }
                return;
            }
            if let Some((direction, (first, end))) = moved {
                bound.role = Role::Change;
                bound.direction = direction;
                bound.because("direction", "direction.movement", Some(view.span(first, end)));
            } else if bound.metric == Some(Metric::Other) {
                bound.role = Role::Share;
            }
        }
        Kind::Multiple => {
            bound.role = Role::Ratio;
            if figure.form == Form::Multiplier {
                bound.role = Role::Change;
            } else if let (Some((direction, words)), false) = (moved, bound.metric == Some(Metric::Valuation)) {
                bound.direction = direction;
                bound.because("direction", "direction.movement", Some(view.span(words.0, words.1)));
            }
        }
        _ => {
            // Money moves only where the words say so: "fell to $60,017", "lost $589B", "a $1 trillion loss".
            let Some((direction, (first, end))) = moved else { return };
            let to = end <= figure.first && (end..figure.first).any(|i| view.is_one_of(i, &["to", "by", "above", "below", "past"])) && figure.first - end <= 5 && scene.figures_between(end, figure.first) <= 1;
            let loss = first >= figure.end && first - figure.end <= 3 && view.any_word(first, end, &["loss", "losses", "drop", "decline", "increase", "gain", "cut", "rise", "jump", "reduction"]);
            let lost = end == figure.first && bound.metric.is_none_or(|m| matches!(m, Metric::MarketCap | Metric::MarketValueLoss | Metric::Other));
            if to && !from_value(scene, figure) || loss || lost {
                bound.direction = direction;
                if (loss || lost) && bound.role == Role::Amount {
                    bound.role = Role::Change;
                }
                bound.because("direction", "direction.movement", Some(view.span(first, end)));
            }
            if matches!(bound.metric, Some(Metric::MarketValueLoss)) {
                bound.direction = Direction::Down;
                bound.role = Role::Change;
            }
        }
    }
    bound.negative_value = bound.metric == Some(Metric::FreeCashFlow) && scene.metrics.iter().any(|m| view.is(m.first, "negative") || m.first > 0 && view.is(m.first - 1, "negative"));
}

/// "from $73": the value it moved from has no direction.
fn from_value(scene: &Scene<'_>, figure: &Figure) -> bool {
    figure.first > 0 && scene.view.is_one_of(figure.first - 1, &["from", "than"])
}

/// Prices and targets are levels.
fn level(figure: &Figure, bound: &mut Bound) {
    let price = matches!(bound.metric, Some(Metric::PriceTarget | Metric::PriceLevel));
    if price && matches!(figure.kind, Kind::Money | Kind::Count) {
        bound.kind = Kind::Level;
        bound.role = Role::Level;
    }
}

/// One combined figure over all subjects, or each for itself.
fn collective(scene: &Scene<'_>, figure: &Figure, bound: &Bound) -> bool {
    let group = bound.subjects.iter().any(|s| matches!(s.kind, EntityType::Group | EntityType::Sector | EntityType::AssetClass));
    let many = bound.subjects.len() > 1;
    if !group && !many {
        return false;
    }
    let clause = scene.clause(figure.first);
    if scene.cue_in_clause(Cue::Distributive, clause).is_some() {
        return false;
    }
    let moves = matches!(bound.metric, Some(Metric::PriceMove | Metric::IndexMove | Metric::SectorMove | Metric::RelativePerformance | Metric::PriceLevel | Metric::PriceTarget));
    !moves
}

/// How sure: what is bound, and how it was found.
fn confidence(bound: &Bound) -> f64 {
    let mut score: f64 = 0.95;
    if bound.subjects.is_empty() {
        score -= 0.25;
    }
    if matches!(bound.metric, None | Some(Metric::Other)) {
        score -= 0.25;
    }
    for evidence in &bound.evidence {
        score -= match evidence.rule.as_str() {
            "metric.near" => 0.1,
            "metric.restated" | "metric.figure_before" => 0.05,
            "subject.governs" => 0.03,
            "subject.carried" | "subject.main" | "subject.heading" => 0.2,
            "subject.anaphora" | "subject.restated" => 0.1,
            _ => 0.0,
        };
    }
    (score.clamp(0.05, 0.99) * 100.0).round() / 100.0
}

/// Whether two subject lists name the same.
pub(super) fn is_plural(subjects: &[Subject]) -> bool {
    subjects.len() > 1 || subjects.iter().any(|s| matches!(s.kind, EntityType::Group | EntityType::Sector))
}
