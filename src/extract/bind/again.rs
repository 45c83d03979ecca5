//! Figures that go on with the statement of the figure before: the other end,
//! the same once more, a comparison with it.

use crate::extract::figure::{Figure, Form};
use crate::model::{Kind, Metric, SentenceKind};

use super::bound::Bound;
use super::carry::is_companys;
use super::clause::Attach;
use super::foresight::foreseen_by;
use super::scene::Scene;

/// "to $70 from $73", "from 40% to 39%": both ends measure the same.
pub(super) fn continued(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    let view = scene.view;
    // "to a 5% decline from a 2% decline": over the article.
    let led = |first: usize| first.wrapping_sub(1 + usize::from(view.is_one_of(first.wrapping_sub(1), &["a", "an"])));
    let at = led(figure.first);
    let Some(previous) = before.last() else { return false };
    let earlier = &scene.figures[before.len() - 1];
    let pair = view.is(at, "from") && view.is(led(earlier.first), "to")
        || view.is(at, "to") && view.is(led(earlier.first), "from");
    let like = previous.unit.as_deref() == figure.unit || previous.kind == figure.kind;
    // "10% of fund managers, down from a net 25%": whatever it is, it was so before.
    let mut from = figure.first.wrapping_sub(1);
    while view.is_one_of(from, &["a", "net", "about", "an"]) && from > earlier.end {
        from -= 1;
    }
    let was = view.is(from, "from")
        && view.is_one_of(from.wrapping_sub(1), &["up", "down"])
        && previous.kind == figure.kind
        && previous.unit.as_deref() == figure.unit
        && previous.metric == Some(Metric::Other)
        && previous.role != crate::model::Role::Change;
    if was {
        bound.metric = previous.metric;
        bound.subjects = previous.subjects.clone();
        bound.because("metric", "metric.other_end", None);
        return true;
    }
    if !(pair && like && figure.first - earlier.end <= 3 && previous.metric.is_some_and(|m| m != Metric::Other)) {
        return false;
    }
    bound.metric = previous.metric;
    bound.metric_text = previous.metric_text.clone();
    // A rater that moved its target from one price to another owns neither.
    if bound.subjects.is_empty() || previous.metric == Some(Metric::PriceTarget) {
        bound.subjects = previous.subjects.clone();
    }
    bound.because("metric", "metric.other_end", None);
    true
}

/// "edged up 0.3%, short of the 1.3% Wall Street was looking for": what was
/// foreseen measures what came.
pub(super) fn against_foreseen(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    let Some(previous) = before.last().filter(|b| b.kind == figure.kind && b.metric.is_some_and(is_companys)) else {
        return false;
    };
    let own = scene.metrics.iter().any(|m| m.first >= scene.figures[before.len() - 1].end && m.end <= figure.first);
    let size = previous.size.zip(figure.lo).is_some_and(|(a, b)| a <= 3.0 * b && b <= 3.0 * a);
    let foreseen = foreseen_by(scene, figure).is_some() || size && looked_for(scene, figure);
    if own || figure.unit != previous.unit.as_deref() || !foreseen {
        return false;
    }
    bound.metric = previous.metric;
    bound.metric_text = previous.metric_text.clone();
    if !previous.subjects.is_empty() {
        bound.subjects = previous.subjects.clone();
        bound.because("subjects", "subject.figure_before", None);
    }
    bound.because("metric", "metric.against_foreseen", None);
    true
}

/// "analysts surveyed by LSEG were looking for $2.03".
fn looked_for(scene: &Scene<'_>, figure: &Figure) -> bool {
    let view = scene.view;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let verb = view.is_one_of(lead.wrapping_sub(1), &["expected", "forecast", "predicted", "estimated", "wanted"])
        || view.is(lead.wrapping_sub(1), "for")
            && view.is_one_of(lead.wrapping_sub(2), &["looking", "hoping", "calling", "looked", "hoped", "called"])
        || view.is(lead.wrapping_sub(1), "in") && view.is_one_of(lead.wrapping_sub(2), &["penciled", "pencilled"]);
    let from = lead.saturating_sub(10).max(scene.sentence.first);
    verb && view.any_word(from, lead, &["analysts", "economists", "street", "consensus", "estimates", "forecasters"])
}

/// "58.31 points, or 0.12%", "12% (up 14% in constant currency)": the same
/// statement once more, in another measure.
pub(super) fn equal(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    let Some(previous) = again(scene, figure, before) else { return false };
    let level = previous.metric == Some(Metric::PriceLevel) && figure.kind == Kind::Percent;
    let Some(metric) = previous.metric.filter(|m| !level && *m != Metric::Other) else { return false };
    bound.metric = Some(metric);
    bound.metric_text = previous.metric_text.clone();
    if !previous.subjects.is_empty() {
        bound.subjects = previous.subjects.clone();
        bound.because("subjects", "subject.figure_before", None);
    }
    bound.because("metric", "metric.equal", None);
    true
}

/// The figure before, if this one only says the same again.
pub(super) fn again<'b>(scene: &Scene<'_>, figure: &Figure, before: &'b [Bound]) -> Option<&'b Bound> {
    let view = scene.view;
    let previous = before.last()?;
    let earlier = &scene.figures[before.len() - 1];
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let from = earlier.end.max(earlier.hedge.map_or(0, |(_, end)| if end <= lead { end } else { 0 }));
    let mut at = from;
    while at < lead
        && (scene.times.iter().any(|t| t.first <= at && at < t.end)
            || view.is_one_of(at, &["in", "for", "from", "on", "the"]))
    {
        at += 1;
    }
    let bracket = view.is(at, "(");
    if bracket || view.is(at, ",") {
        at += 1;
    }
    let or = view.is(at, "or") && at + 1 >= lead;
    let inside = bracket
        && (at..lead)
            .all(|i| scene.moves.iter().any(|m| m.first <= i && i < m.end) || view.is_one_of(i, &["or", "also"]))
        && lead - at <= 2;
    (lead >= from && (or && figure.kind != earlier.kind || inside && figure.kind == earlier.kind)).then_some(previous)
}

/// "$725 billion …, a 77% increase", "to $70 from $73", "45 times … 19 times":
/// the same thing as the figure before.
pub(super) fn same_statement(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    // Of two amounts the one of like size: "$342 million, or $1.46 per share, from $1.6 billion".
    let size = |value: Option<f64>| value.is_some_and(|v| v >= 1e5);
    let like = (0..before.len()).rev().find(|i| {
        figure.kind == Kind::Money
            && scene.figures[*i].kind == Kind::Money
            && size(scene.figures[*i].lo) == size(figure.lo)
    });
    let place = like.or_else(|| {
        (0..before.len()).rev().find(|i| {
            figure.kind != Kind::Money
                || scene.figures[*i].kind != Kind::Money
                || size(scene.figures[*i].lo) == size(figure.lo)
        })
    });
    let Some(place) = place.or_else(|| before.len().checked_sub(1)) else { return false };
    let previous = &before[place];
    let earlier = &scene.figures[place];
    let (a, b) = (scene.clause(earlier.first), scene.clause(figure.first));
    let apart = scene.names.iter().any(|n| n.first >= earlier.end && n.end <= figure.first);
    // Each cell of a table row has its own measure.
    if scene.sentence.kind == SentenceKind::Row
        && previous.metric != Some(Metric::Valuation)
        && previous.evidence.iter().any(|e| e.rule == "metric.column")
        && (earlier.end..figure.first).any(|i| scene.view.is(i, "|"))
    {
        return false;
    }
    // A count of sectors is no measure of what each of them did.
    if previous.metric == Some(Metric::Breadth) && figure.kind == Kind::Percent {
        return false;
    }
    // "Oracle, whose cash flow was negative $5.9 billion, raised $18 billion": an aside ends with its comma.
    // But "the yield, which stood at 1.74% in March, has slipped to 1.45%" speaks of one rate.
    let rate = previous.metric == Some(Metric::InterestRate) && figure.kind == Kind::Percent && !apart;
    if scene.clauses.attach(a) == Attach::Relative && a != b && scene.clauses.parent(a) == Some(b) && !rate {
        return false;
    }
    // "although service costs have gone up 15%": a clause of its own.
    let opened = scene.clauses.list.get(b).map_or(0, |c| c.first);
    if a != b
        && figure.kind == Kind::Percent
        && previous.kind == Kind::Money
        && (scene.view.is_one_of(opened, &["although", "though", "because"])
            || scene.view.is_one_of(opened.wrapping_sub(1), &["although", "though", "because"]))
    {
        return false;
    }
    // "saw $3 billion walk out, as the metal tumbled 4.4%"
    let own_move = figure.kind == Kind::Percent
        && previous.kind == Kind::Money
        && a != b
        && [opened, opened.wrapping_sub(1)]
            .iter()
            .any(|i| scene.view.is_one_of(*i, &["as", "while", "whereas", "when", "after"]))
        && scene.moves.iter().any(|m| m.first > opened + 1 && m.end <= figure.first && figure.first - m.end <= 2)
        && !scene.metrics.iter().any(|m| m.first >= opened && m.end <= figure.first);
    if own_move {
        return false;
    }
    let near = a == b || scene.clauses.parent(b) == Some(a) || scene.clauses.attach(b) == Attach::Adjunct || !apart;
    let joined = scene.view.is_one_of(figure.first.wrapping_sub(1), &["to", "from"]);
    let compared = match (previous.kind, figure.kind) {
        (Kind::Money | Kind::Count, Kind::Percent) => true,
        (_, Kind::Multiple) if figure.form == Form::Multiplier => true,
        // "$121 billion so far, more than four times the average"
        (Kind::Money | Kind::Count, Kind::Multiple) => {
            scene.view.is_one_of(figure.end, &["the", "what", "that", "its", "last", "as"])
        }
        (a, b) if a == b && !matches!(a, Kind::Percent) => true,
        (Kind::Level, Kind::Money | Kind::Count) => true,
        (Kind::Percent, Kind::Percent) => {
            matches!(previous.metric, Some(Metric::InterestRate | Metric::Margin | Metric::EconomicIndicator))
                || scene.view.is(figure.first.wrapping_sub(1), "from")
                || scene.view.is_one_of(figure.first.wrapping_sub(2), &["another", "further"])
                || scene.view.is_one_of(figure.first.wrapping_sub(1), &["another", "then"])
                // "to fall between 3% and 4%, against a previous forecast for a decline of 5%"
                || previous.metric.is_some_and(is_companys)
                    && !apart
                    && scene.view.any_word(earlier.end, figure.first, &["against", "versus", "compared"])
                // "45% of sales; in fiscal 2023 it was 15%"
                || !apart
                    && scene.view.is_one_of(figure.first.wrapping_sub(1), &["was", "is", "stood"])
                    && scene.view.is(figure.first.wrapping_sub(2), "it")
                // "up 12% from the previous quarter and up 69% from a year ago"
                || previous.metric.is_some_and(is_companys)
                    && !apart
                    && scene.view.any_word(earlier.end, figure.first, &["and", ","])
                    && scene.view.is_one_of(figure.first.wrapping_sub(1), &["up", "down"])
        }
        (Kind::Percent, Kind::Money) => joined,
        _ => false,
    };
    let useful = previous
        .metric
        .is_some_and(|m| m != Metric::Other && !(m == Metric::PriceLevel && figure.kind == Kind::Percent));
    if !(near && compared && useful) {
        return false;
    }
    // "+34.4% to $39.50": where the price arrived.
    let arrived = figure.kind == Kind::Money
        && previous.kind == Kind::Percent
        && matches!(previous.metric, Some(Metric::PriceMove | Metric::IndexMove | Metric::SectorMove));
    bound.metric = if arrived { Some(Metric::PriceLevel) } else { previous.metric };
    bound.metric_text = previous.metric_text.clone().filter(|_| !arrived);
    if bound.subjects.is_empty() {
        bound.subjects = previous.subjects.clone();
    }
    bound.because("metric", "metric.figure_before", None);
    true
}
