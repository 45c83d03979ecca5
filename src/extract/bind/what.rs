//! What is measured, and which way: the metric where no phrase beside the
//! figure names it, role and direction.

use crate::extract::figure::{Figure, Form};
use crate::model::{Direction, EntityType, Kind, Metric, SentenceKind};

use super::bound::Bound;
use super::carry::is_companys;
use super::clause::Attach;
use super::implied::{
    counted, exchanged, growth, loss, multiple_of, per_share, price, printed_level, relative, shares_moved,
};
use super::memory::Memory;
use super::metric::Chosen;
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
        || relative(scene, figure, bound)
        || exchanged(scene, figure, bound)
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
    let like = previous.unit.as_deref() == figure.unit || previous.kind == figure.kind;
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
    let generic = &["spent", "spend", "spends", "spending", "outlays", "outlay"];
    let companies = bound.subjects.iter().all(|s| matches!(s.kind, EntityType::Company | EntityType::Group));
    if metric == Metric::Spending && memory.capex() && companies && scene.view.is_one_of(chosen.hit.first, generic) {
        metric = Metric::Capex;
    }
    if metric == Metric::Spending && built && figure.kind == Kind::Money {
        metric = Metric::Capex;
    }
    // "erased $500 billion in market value"
    let lost = &[
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
        && scene.view.any_word(first, figure.first, lost)
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
    let reached =
        figure.kind == Kind::Percent && scene.view.is(figure.first.wrapping_sub(1), "to") && figure.hedge.is_none();
    let metric = match (can_move(figure), up_or_down(moved), bound.subjects.first().map(|s| s.kind)) {
        (false, ..) | (true, None, _) => Metric::Other,
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

/// "$1.56 per share and revenue of $560bn, … changes of +119% and +9%,
/// respectively": the changes take their metrics in turn, from the amounts of
/// the sentence, of the sentence before, or from a list of metric words.
pub(super) fn respectively(scene: &Scene<'_>, out: &mut [Bound], previous: &[Bound]) {
    let view = scene.view;
    let Some(at) = (scene.sentence.first..scene.sentence.end).find(|i| view.is(*i, "respectively")) else { return };
    let before = |out: &[Bound], kind: Kind| -> Vec<usize> {
        (0..out.len()).filter(|i| scene.figures[*i].end <= at && out[*i].kind == kind).collect()
    };
    let changes = before(out, Kind::Percent);
    let span = Some(view.span(at, at + 1));
    // "Visa and American Express rose 2% and 3%, respectively": each its own.
    for kind in [Kind::Percent, Kind::Money] {
        let places = before(out, kind);
        let listed = places.first().map(|i| out[*i].subjects.clone()).unwrap_or_default();
        if places.len() >= 2 && listed.len() == places.len() {
            for (place, subject) in places.into_iter().zip(listed) {
                out[place].subjects = vec![subject];
                out[place].collective = false;
                out[place].because("subjects", "subject.respectively", span);
            }
        }
    }
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
