//! What is measured, and which way: the metric where no phrase beside the
//! figure names it, role and direction.

use crate::extract::figure::Figure;
use crate::lexicon::Part;
use crate::model::{Direction, EntityType, Kind, Metric, SentenceKind};

use super::again::{against_foreseen, continued, equal, same_statement};
use super::against::{relative, times_another};
use super::bound::Bound;
use super::echo::{foreseen, headed, hoped, listed, restated};
use super::flow::{flow, flow_goes_on, traded_by};
use super::head::plain_thing;
use super::implied::{counted, earned, exchanged, growth, loss, managed, shares_moved};
use super::memory::Memory;
use super::metric::Chosen;
use super::parallel::parallel;
use super::prices::{multiple_of, per_share, price, price_in_money, printed_level, probability, target, traded_on};
use super::resolve::{can_move, up_or_down};
use super::scene::Scene;
use super::takings::{bonded, brought_in, in_cents, it_moves, own_stock, to_amount};

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
        || in_cents(scene, figure, bound)
        || own_stock(scene, figure, bound)
        || it_moves(scene, figure, bound, moved, memory)
        || continued(scene, figure, bound, before)
        || equal(scene, figure, bound, before)
        || against_foreseen(scene, figure, bound, before)
        || relative(scene, figure, bound)
        || times_another(scene, figure, bound, before)
        || flow(scene, figure, bound)
        || traded_by(scene, figure, bound)
        || flow_goes_on(scene, figure, bound, before, memory)
        || weight_in(scene, figure, bound)
        || held(scene, figure, bound, before)
        || exchanged(scene, figure, bound)
        || target(scene, figure, bound)
        || shares_moved(scene, figure, bound, moved)
        || price_in_money(scene, figure, bound)
        || multiple_of(scene, figure, bound)
        || traded_on(scene, figure, bound)
        || managed(scene, figure, bound)
        || phrase(scene, figure, bound, chosen, moved, memory)
        || column(scene, figure, bound)
        || price(scene, figure, bound)
        || same_statement(scene, figure, bound, before)
        || growth(scene, figure, bound, moved, memory)
        || bonded(scene, figure, bound)
        || brought_in(scene, figure, bound, memory)
        || to_amount(scene, figure, bound, moved, memory)
        || earned(scene, figure, bound, memory)
        || loss(scene, figure, bound)
        || counted(scene, figure, bound)
        || restated(figure, bound, moved, memory)
        || foreseen(scene, figure, bound, memory)
        || hoped(scene, figure, bound, memory)
        || listed(scene, figure, bound, memory)
        || parallel(scene, figure, bound, before, memory)
        || headed(scene, figure, bound, before, memory);
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
    // "trades at a discount of 26% and would gain 15%": the verb beside the figure says more.
    if chosen.hit.metric == Metric::Valuation
        && figure.kind == Kind::Percent
        && chosen.hit.end <= figure.first
        && moved
            .is_some_and(|(_, (first, end))| first >= chosen.hit.end && end <= figure.first && figure.first - end <= 2)
        && scene.figures_between(chosen.hit.first.saturating_sub(3), figure.first) > 0
    {
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
    // "For its part, Amazon has committed $118 billion" among others' capital spending
    if metric == Metric::DealCommitment
        && scene.view.is_one_of(chosen.hit.first, &["committed", "commit", "earmarked", "commits"])
        && memory.capex()
        && memory.metric_near(scene.sentence.paragraph) == Some(Metric::Capex)
        && !scene.view.is_one_of(figure.end, &["to", "for"])
    {
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

/// "trimmed technology to 18% of their portfolios", "their exposure to energy
/// doubled to 6%": how much of what is held lies in something.
fn held(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Percent {
        return false;
    }
    let mut at = figure.end + 1;
    while view.is_one_of(at, &["their", "its", "the", "his", "her", "our", "total", "client", "a", "typical"]) {
        at += 1;
    }
    let of = view.is(figure.end, "of")
        && view.is_one_of(at, &["portfolio", "portfolios", "holdings", "allocation", "allocations", "assets"])
        && !view.is_one_of(at + 1, &["under", "in"]);
    // "cut bullion from 12% to 9% of assets"
    let later = view.is(figure.end, "to")
        && view.is(figure.first.wrapping_sub(1), "from")
        && scene.figures.iter().any(|f| {
            f.first == figure.end + 1
                && view.is(f.end, "of")
                && (f.end + 1..f.end + 4)
                    .any(|i| view.is_one_of(i, &["portfolio", "portfolios", "holdings", "assets", "allocation"]))
        });
    let exposure = (scene.sentence.first.max(figure.first.saturating_sub(10))..figure.first)
        .rev()
        .find(|i| view.is_one_of(*i, &["exposure", "allocation", "weighting"]) && view.is_one_of(i + 1, &["to", "in"]))
        .filter(|i| scene.clause(*i) == scene.clause(figure.first));
    let goes_on = view.is(figure.first.wrapping_sub(1), "from")
        && before.last().is_some_and(|b| b.evidence.iter().any(|e| e.rule == "metric.held"));
    let goes_on = goes_on
        || of
            && view.is(figure.first.wrapping_sub(1), "to")
            && before.last().is_some_and(|b| b.evidence.iter().any(|e| e.rule == "metric.held"));
    if !(of || later || exposure.is_some() || goes_on) {
        return false;
    }
    let what = match exposure {
        Some(at) => scene.names.iter().find(|n| n.first > at && n.end <= figure.first),
        // "keeps 18% of his portfolio in financials"
        None if of && view.is(at + 1, "in") => scene.names.iter().find(|n| n.first > at + 1 && n.first <= at + 4),
        None => scene.names.iter().rfind(|n| {
            n.end < figure.first
                && figure.first - n.end <= 3
                && view.is_one_of(figure.first - 1, &["to", "at", "from", "by"])
                && !matches!(n.subject.kind, EntityType::Government)
        }),
    };
    bound.metric = Some(Metric::Weight);
    let word = exposure.unwrap_or(if of { at } else { figure.first - 1 });
    bound.because("metric", "metric.held", Some(view.span(word, word + 1)));
    if let Some(name) = what {
        bound.subjects = vec![name.subject.clone()];
        bound.because("subjects", "subject.held", Some(view.span(name.first, name.end)));
    } else if let Some(last) = before.last().filter(|_| goes_on) {
        bound.subjects = last.subjects.clone();
    }
    true
}

/// "Eli Lilly, 12% of XLV": how much of a fund or index a name makes up.
fn weight_in(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Percent || !view.is(figure.end, "of") || figure.first == 0 {
        return false;
    }
    let at = figure.end + 1 + usize::from(view.is(figure.end + 1, "the"));
    let fund =
        scene.names.iter().find(|n| n.first == at && matches!(n.subject.kind, EntityType::Etf | EntityType::Index));
    let aside = view.is_one_of(figure.first - 1, &[",", "(", "at"]) || figure.hedge.is_some();
    let Some(fund) = fund.filter(|n| aside && view.is_one_of(n.end, &[",", ".", ")", ";", "and"])) else {
        return false;
    };
    let holder = scene.names.iter().rfind(|n| {
        n.end < figure.first
            && figure.first - n.end <= 3
            && matches!(n.subject.kind, EntityType::Company | EntityType::Sector)
    });
    let Some(holder) = holder else { return false };
    bound.metric = Some(Metric::Weight);
    bound.because("metric", "metric.weight_in", Some(view.span(fund.first, fund.end)));
    bound.subjects = vec![holder.subject.clone()];
    bound.because("subjects", "subject.weight_in", Some(view.span(holder.first, holder.end)));
    true
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
        // "its June peak of $187"
        (false, ..)
            if figure.kind == Kind::Money
                && figure.lo.is_some_and(|v| v < 1e5)
                && scene.view.is_one_of(figure.first.wrapping_sub(1), &["of", "at"])
                && scene.view.is_one_of(
                    figure.first.wrapping_sub(2),
                    &["peak", "high", "low", "record", "bottom", "trough", "close", "top"],
                ) =>
        {
            Metric::PriceLevel
        }
        // "| Bitcoin | $68,132 |"
        (false, _, Some(EntityType::Crypto | EntityType::Commodity | EntityType::Index))
            if figure.kind == Kind::Money && figure.lo.is_some_and(|v| v < 1e6) =>
        {
            Metric::PriceLevel
        }
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
