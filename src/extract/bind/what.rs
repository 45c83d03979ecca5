//! What is measured, and which way: the metric where no phrase beside the
//! figure names it, role and direction.

use crate::extract::figure::{Figure, Form};
use crate::lexicon::Part;
use crate::model::{Direction, EntityType, Kind, Metric, SentenceKind};

use super::bound::Bound;
use super::carry::is_companys;
use super::clause::Attach;
use super::flow::flow;
use super::head::plain_thing;
use super::implied::{counted, exchanged, growth, loss, relative, shares_moved};
use super::memory::Memory;
use super::metric::Chosen;
use super::prices::{multiple_of, per_share, price, printed_level, target};
use super::resolve::{can_move, up_or_down};
use super::scene::Scene;

/// A direction and the words (tokens) that give it.
pub(super) type Moved = (Direction, (usize, usize));

/// Sets the metric.
pub(super) fn measure(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &mut Bound,
    chosen: Option<Chosen>,
    moved: Option<Moved>,
    before: &[Bound],
    memory: &Memory,
) {
    let found = printed_level(figure, bound)
        || per_share(scene, figure, bound)
        || continued(scene, figure, bound, before)
        || equal(scene, figure, bound, before)
        || relative(scene, figure, bound)
        || flow(scene, figure, bound)
        || exchanged(scene, figure, bound)
        || target(scene, figure, bound)
        || shares_moved(scene, figure, bound, moved)
        || multiple_of(scene, figure, bound)
        || phrase(scene, figure, bound, chosen, moved, memory)
        || column(scene, figure, bound)
        || price(scene, figure, bound)
        || same_statement(scene, figure, bound, before)
        || growth(scene, figure, bound, moved, memory)
        || loss(scene, figure, bound)
        || counted(scene, figure, bound)
        || restated(figure, bound, moved, memory)
        || listed(scene, figure, bound, memory);
    if !found {
        by_subject(scene, figure, bound, moved);
    }
}

/// "to $70 from $73", "from 40% to 39%": both ends measure the same.
fn continued(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    let view = scene.view;
    let at = figure.first.wrapping_sub(1);
    let Some(previous) = before.last() else { return false };
    let earlier = &scene.figures[before.len() - 1];
    let pair = view.is(at, "from") && view.is(earlier.first.wrapping_sub(1), "to")
        || view.is(at, "to") && view.is(earlier.first.wrapping_sub(1), "from");
    let like = previous.unit == figure.unit || previous.kind == figure.kind;
    if !(pair && like && figure.first - earlier.end <= 3 && previous.metric.is_some_and(|m| m != Metric::Other)) {
        return false;
    }
    bound.metric = previous.metric;
    bound.metric_text = previous.metric_text.clone();
    if bound.subjects.is_empty() {
        bound.subjects = previous.subjects.clone();
    }
    bound.because("metric", "metric.other_end", None);
    true
}

/// "58.31 points, or 0.12%", "12% (up 14% in constant currency)": the same
/// statement once more, in another measure.
fn equal(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
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

/// A metric phrase near enough.
fn phrase(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &mut Bound,
    chosen: Option<Chosen>,
    moved: Option<Moved>,
    memory: &Memory,
) -> bool {
    let Some(chosen) = chosen else { return false };
    // "Profit taking pushed AMD down 5%": what was pushed is the share.
    let caused = bound.evidence.iter().any(|e| e.rule == "subject.caused");
    if caused && moved.is_some() && figure.kind == Kind::Percent && chosen.hit.end <= figure.first {
        return false;
    }
    // A price move needs no word: a weak, far word does not outrank it.
    let price_subject =
        bound.subjects.iter().any(|s| !matches!(s.kind, EntityType::Indicator | EntityType::Government));
    if moved.is_some()
        && figure.kind == Kind::Percent
        && price_subject
        && chosen.score < 6.5
        && chosen.rule == "metric.near"
    {
        return false;
    }
    let mut metric = chosen.hit.metric;
    if metric == Metric::Valuation && figure.kind == Kind::Money {
        metric = Metric::MarketCap;
    }
    // Spending on plants, data centres and chips is capital spending.
    let data_centers = (scene.sentence.first..scene.sentence.end).any(|i| {
        scene.view.is(i, "data")
            && (i + 1..i + 3).any(|n| scene.view.is_one_of(n, &["center", "centers", "centre", "centres"]))
    });
    let built = data_centers
        || scene.view.any_word(
            scene.sentence.first,
            scene.sentence.end,
            &["infrastructure", "datacenters", "servers", "gpus", "fabs", "factories"],
        )
        || scene.metrics.iter().any(|m| m.metric == Metric::Capex);
    // In a text about capital expenditure plain spending by companies is meant so.
    let generic = ["spent", "spend", "spends", "spending", "outlays", "outlay"];
    let companies = bound.subjects.iter().all(|s| matches!(s.kind, EntityType::Company | EntityType::Group));
    if metric == Metric::Spending && memory.capex() && companies && scene.view.is_one_of(chosen.hit.first, &generic) {
        metric = Metric::Capex;
    }
    if metric == Metric::Spending && built && figure.kind == Kind::Money {
        metric = Metric::Capex;
    }
    // "erased $500 billion in market value"
    let lost = [
        "lost",
        "lose",
        "loses",
        "losing",
        "shed",
        "shedding",
        "wiped",
        "wiping",
        "erased",
        "erasing",
        "erase",
        "vaporized",
        "evaporated",
        "wipe",
        "cost",
    ];
    let first = scene.clauses.list.get(scene.clause(figure.first)).map_or(scene.sentence.first, |c| c.first);
    if metric == Metric::MarketCap
        && figure.kind == Kind::Money
        && scene.view.any_word(first, figure.first, &lost)
        && !scene.view.is_one_of(figure.first.wrapping_sub(1), &["to", "at", "of"])
    {
        metric = Metric::MarketValueLoss;
    }
    if metric == Metric::PriceMove && figure.kind == Kind::Money {
        metric = Metric::PriceLevel;
    }
    bound.metric = Some(metric);
    bound.metric_text = Some(scene.view.surface(chosen.hit.first, chosen.hit.end).to_string());
    bound.because("metric", chosen.rule, Some(scene.view.span(chosen.hit.first, chosen.hit.end)));
    true
}

/// The header of the table column, or of the table.
fn column(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    if scene.sentence.kind != SentenceKind::Row {
        return false;
    }
    let column = scene.table.column(scene.view, scene.sentence, figure.first);
    if let Some((metric, first, end)) = column.and_then(|c| c.metric)
        && scene.view.lexicon.metrics().takes(metric, figure.kind)
    {
        bound.metric = Some(metric);
        bound.metric_text = Some(scene.view.surface(first, end).to_string());
        bound.because("metric", "metric.column", Some(scene.view.span(first, end)));
        return true;
    }
    false
}

/// "$725 billion …, a 77% increase", "to $70 from $73", "45 times … 19 times":
/// the same thing as the figure before.
fn same_statement(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    // Of two amounts the one of like size: "$342 million, or $1.46 per share, from $1.6 billion".
    let size = |value: Option<f64>| value.is_some_and(|v| v >= 1e5);
    let place = (0..before.len()).rev().find(|i| {
        figure.kind != Kind::Money || before[*i].kind != Kind::Money || size(scene.figures[*i].lo) == size(figure.lo)
    });
    let Some(place) = place.or_else(|| before.len().checked_sub(1)) else { return false };
    let previous = &before[place];
    let earlier = &scene.figures[place];
    let (a, b) = (scene.clause(earlier.first), scene.clause(figure.first));
    let apart = scene.names.iter().any(|n| n.first >= earlier.end && n.end <= figure.first);
    let near = a == b || scene.clauses.parent(b) == Some(a) || scene.clauses.attach(b) == Attach::Adjunct || !apart;
    let joined = scene.view.is_one_of(figure.first.wrapping_sub(1), &["to", "from"]);
    let compared = match (previous.kind, figure.kind) {
        (Kind::Money | Kind::Count, Kind::Percent) => true,
        (_, Kind::Multiple) if figure.form == Form::Multiplier => true,
        (a, b) if a == b && !matches!(a, Kind::Percent) => true,
        (Kind::Level, Kind::Money | Kind::Count) => true,
        (Kind::Percent, Kind::Percent) => {
            matches!(previous.metric, Some(Metric::InterestRate | Metric::Margin | Metric::EconomicIndicator))
                || scene.view.is(figure.first.wrapping_sub(1), "from")
                || scene.view.is_one_of(figure.first.wrapping_sub(2), &["another", "further"])
                || scene.view.is_one_of(figure.first.wrapping_sub(1), &["another", "then"])
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
    bound.metric = previous.metric;
    bound.metric_text = previous.metric_text.clone();
    if bound.subjects.is_empty() {
        bound.subjects = previous.subjects.clone();
    }
    bound.because("metric", "metric.figure_before", None);
    true
}

/// "- Amazon: $44.2 billion": a list goes on with what was measured before it.
fn listed(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, memory: &Memory) -> bool {
    let large = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v >= 1e6);
    let bare = scene.sentence.kind == SentenceKind::Bullet && scene.metrics.is_empty() && !bound.subjects.is_empty();
    let near = memory.metric_near(scene.sentence.paragraph).filter(|m| is_companys(*m));
    let Some(metric) = near.filter(|_| large && bare) else { return false };
    bound.metric = Some(metric);
    bound.because("metric", "metric.listed", None);
    true
}

/// The first time the figure was printed.
fn restated(figure: &Figure, bound: &mut Bound, moved: Option<Moved>, memory: &Memory) -> bool {
    let Some(same) = memory.same(figure.lo, bound.unit.as_deref(), bound.kind) else { return false };
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

/// A change without a metric word is a move of the subject's price.
fn by_subject(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) {
    // "paring its advance to 1.6%" is a move, "its share rose to 28%" a level.
    let noun = moved.is_some_and(|(_, (first, _))| {
        let part = |part: Part| scene.moves.iter().any(|m| m.first == first && m.part == part);
        let held =
            scene.view.is_one_of(first.wrapping_sub(1), &["its", "their", "the", "a", "an", "this", "'s", "his"]);
        part(Part::Noun) && (held || !part(Part::Verb))
    });
    let reached = figure.kind == Kind::Percent
        && scene.view.is(figure.first.wrapping_sub(1), "to")
        && figure.hedge.is_none()
        && !noun;
    let caused = bound.evidence.iter().any(|e| e.rule == "subject.caused");
    let plain = !caused && plain_thing(scene, figure, moved);
    let metric = match (can_move(figure), up_or_down(moved), bound.subjects.first().map(|s| s.kind)) {
        (false, ..) | (true, None, _) => Metric::Other,
        // "5% of the time", "orders at Deere fell 9%": nothing that has a price.
        _ if plain
            || scene.view.is(figure.end, "of") && scene.view.any_word(figure.end + 1, figure.end + 3, &["time"]) =>
        {
            Metric::Other
        }
        (true, _, Some(EntityType::Index)) => Metric::IndexMove,
        (true, _, Some(EntityType::Sector | EntityType::Group)) => Metric::SectorMove,
        (true, _, Some(EntityType::Indicator)) => Metric::EconomicIndicator,
        (true, _, Some(EntityType::Government)) => Metric::Other,
        // "its share of the market rose to 28%": a level reached is no move.
        (true, ..) if reached => Metric::Other,
        (true, ..) => Metric::PriceMove,
    };
    bound.metric = Some(metric);
    bound.because("metric", "metric.price_by_subject", None);
}
