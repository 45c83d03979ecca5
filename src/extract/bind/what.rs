//! What is measured, and which way: the metric where no phrase beside the
//! figure names it, role and direction.

use crate::extract::figure::Figure;
use crate::lexicon::Part;
use crate::model::{Direction, EntityType, Kind, Metric, SentenceKind};

use super::again::{continued, equal, same_statement};
use super::bound::Bound;
use super::carry::is_companys;
use super::flow::flow;
use super::head::plain_thing;
use super::implied::{counted, earned, exchanged, growth, loss, managed, relative, shares_moved};
use super::memory::Memory;
use super::metric::Chosen;
use super::prices::{multiple_of, per_share, price, price_in_money, printed_level, probability, target, traded_on};
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
        || probability(scene, figure, bound)
        || per_share(scene, figure, bound)
        || continued(scene, figure, bound, before)
        || equal(scene, figure, bound, before)
        || relative(scene, figure, bound)
        || flow(scene, figure, bound)
        || exchanged(scene, figure, bound)
        || target(scene, figure, bound)
        || shares_moved(scene, figure, bound, moved)
        || price_in_money(scene, figure, bound)
        || multiple_of(scene, figure, bound)
        || traded_on(scene, figure, bound)
        || phrase(scene, figure, bound, chosen, moved, memory)
        || column(scene, figure, bound)
        || price(scene, figure, bound)
        || same_statement(scene, figure, bound, before)
        || growth(scene, figure, bound, moved, memory)
        || managed(scene, figure, bound)
        || earned(scene, figure, bound)
        || loss(scene, figure, bound)
        || counted(scene, figure, bound)
        || restated(figure, bound, moved, memory)
        || foreseen(scene, figure, bound, memory)
        || hoped(scene, figure, bound, memory)
        || listed(scene, figure, bound, memory);
    if !found {
        by_subject(scene, figure, bound, moved);
    }
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
    // "well under the 70 cents to $1 it projected": earnings of so little are a share's.
    if metric == Metric::NetIncome
        && figure.kind == Kind::Money
        && figure.lo.is_some_and(|v| v < 1000.0)
        && scene.view.is_one_of(chosen.hit.end - 1, &["earnings", "profit", "loss", "income"])
    {
        metric = Metric::EarningsPerShare;
    }
    // "a five-year contract valued at $9.7 billion"
    let deal = metric == Metric::MarketCap
        && figure.kind == Kind::Money
        && scene.view.is_one_of(chosen.hit.first, &["valued", "worth"])
        && scene.view.any_word(
            chosen.hit.first.saturating_sub(8).max(scene.sentence.first),
            chosen.hit.first,
            &[
                "contract",
                "contracts",
                "deal",
                "order",
                "orders",
                "agreement",
                "transaction",
                "acquisition",
                "purchase",
                "takeover",
                "merger",
            ],
        );
    if deal {
        metric = Metric::DealCommitment;
    }
    // Spending on plants, data centres and chips is capital spending.
    let data_centers = || {
        (scene.sentence.first..scene.sentence.end).any(|i| {
            scene.view.is(i, "data")
                && (i + 1..i + 3).any(|n| scene.view.is_one_of(n, &["center", "centers", "centre", "centres"]))
        })
    };
    let built = || {
        scene.metrics.iter().any(|m| m.metric == Metric::Capex)
            || data_centers()
            || scene.view.any_word(
                scene.sentence.first,
                scene.sentence.end,
                &["infrastructure", "datacenters", "servers", "gpus", "fabs", "factories"],
            )
    };
    // In a text about capital expenditure plain spending by companies is meant so.
    let generic = &["spent", "spend", "spends", "spending", "outlays", "outlay"];
    let companies = bound.subjects.iter().all(|s| matches!(s.kind, EntityType::Company | EntityType::Group));
    if metric == Metric::Spending && memory.capex() && companies && scene.view.is_one_of(chosen.hit.first, generic) {
        metric = Metric::Capex;
    }
    if metric == Metric::Spending && figure.kind == Kind::Money && built() {
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

/// "stuck to its $200 billion plan", "guided to $2.34 billion": what was spoken of
/// is planned or foreseen.
fn foreseen(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, memory: &Memory) -> bool {
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
                || view.is_one_of(*i, &["range", "plan"])
                    && view.any_word(i.saturating_sub(3), *i, &["its", "the", "full"]))
                && scene.clause(*i) == scene.clause(figure.first)
        })
        .filter(|_| memory.capex());
    if let Some(at) = budget {
        bound.metric = Some(Metric::Capex);
        bound.because("metric", "metric.foreseen", Some(view.span(at, at + 1)));
        return true;
    }
    let Some(at) = noun.or(guided) else { return false };
    let Some(metric) = near.or(guided.map(|_| Metric::Revenue)) else { return false };
    bound.metric = Some(metric);
    bound.because("metric", "metric.foreseen", Some(view.span(at, at + 1)));
    true
}

/// "Analysts had been hoping for 32.4%.": of what was spoken of before.
fn hoped(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, memory: &Memory) -> bool {
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
