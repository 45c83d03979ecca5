//! Metrics that no phrase names: prices, per-share amounts, multiples, losses,
//! takings, counts.

use crate::extract::figure::{Figure, Form};
use crate::model::{Direction, EntityType, Kind, Metric};

use super::bound::Bound;
use super::memory::Memory;
use super::scene::Scene;
use super::what::Moved;

/// "its stock has more than tripled", "shares jumped 10%": the price, whatever
/// else the sentence speaks of.
pub(super) fn shares_moved(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) -> bool {
    let view = scene.view;
    let verb = match (figure.form, moved) {
        (Form::Multiplier, _) => figure.first,
        (_, Some((_, (first, _)))) if figure.kind == Kind::Percent && first < figure.first => first,
        // "shares slid $14.50"
        (_, Some((_, (first, end))))
            if figure.kind == Kind::Money && end == figure.first && figure.lo.is_some_and(|v| v < 10_000.0) =>
        {
            first
        }
        _ => return false,
    };
    let clause = scene.clause(verb);
    let first = scene.clauses.list.get(clause).map_or(scene.sentence.first, |c| c.first);
    let Some(share) = (first..verb).rev().find(|i| view.is_one_of(*i, &["stock", "shares", "stocks"])) else {
        return false;
    };
    let other = scene.metrics.iter().any(|m| m.first >= share && m.end <= figure.first)
        || scene.metrics.iter().any(|m| {
            m.first >= figure.end && m.first - figure.end <= 2 && scene.clause(m.first) == scene.clause(figure.first)
        });
    if other
        || verb - share > 6
        || share > 0 && view.is_one_of(share - 1, &["outstanding", "market", "of", "in"]) && !view.is(share, "shares")
    {
        return false;
    }
    let kind = bound.subjects.first().map(|s| s.kind);
    bound.metric = Some(match kind {
        Some(EntityType::Sector | EntityType::Group) => Metric::SectorMove,
        _ => Metric::PriceMove,
    });
    bound.metric_text = Some(view.surface(share, share + 1).to_string());
    bound.because("metric", "metric.shares_moved", Some(view.span(share, share + 1)));
    true
}

/// An index or chart level.
pub(super) fn printed_level(figure: &Figure, bound: &mut Bound) -> bool {
    if !matches!(figure.rule, "figure.index_level" | "figure.chart_level") {
        return false;
    }
    bound.metric = Some(Metric::PriceLevel);
    bound.because("metric", "metric.level", None);
    true
}

/// "$1.46 per diluted share": earnings per share, unless a dividend or a price is spoken of.
pub(super) fn per_share(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let small = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v < 10_000.0);
    if !small || !view.is_one_of(figure.end, &["per", "a", "each"]) {
        return false;
    }
    let Some(share) = (figure.end + 1..figure.end + 4).find(|i| view.is(*i, "share")) else { return false };
    let (first, end) = (scene.sentence.first, scene.sentence.end);
    let paid =
        view.any_word(first, figure.first, &["dividend", "dividends", "payout", "distribution", "distributions"])
            || view.any_word(share, (share + 4).min(end), &["dividend"]);
    let priced = view.any_word(
        first,
        figure.first,
        &[
            "closed", "traded", "trading", "price", "priced", "offer", "offered", "tender", "acquire", "buy", "bid",
            "paid", "pay", "sold", "sell", "opened", "target", "shares", "stock",
        ],
    );
    let earned =
        view.any_word(first, figure.first, &["earnings", "earned", "profit", "eps", "loss", "income", "net", "lost"])
            || !priced;
    let metric = if paid {
        Metric::Dividend
    } else if earned {
        Metric::EarningsPerShare
    } else {
        return false;
    };
    bound.metric = Some(metric);
    bound.metric_text = Some(view.surface(figure.end, share + 1).to_string());
    bound.because("metric", "metric.per_share", Some(view.span(figure.end, share + 1)));
    true
}

/// "40 times the consensus earnings", "3 times sales": a valuation.
pub(super) fn multiple_of(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Multiple
        || figure.form != Form::Quantity
        || view.is_one_of(figure.end, &["more", "greater", "higher", "larger", "faster", "that", "what", "as"])
    {
        return false;
    }
    let nouns = &["earnings", "sales", "revenue", "ebitda", "book", "profit", "profits", "earning"];
    let Some(at) = (figure.end..(figure.end + 6).min(scene.sentence.end))
        .take_while(|i| view.is_word(*i) || view.is_one_of(*i, &["-", "'s"]) || view.is_number(*i))
        .find(|i| view.is_one_of(*i, nouns))
    else {
        return false;
    };
    bound.metric = Some(Metric::Valuation);
    bound.metric_text = Some(view.surface(figure.end, at + 1).to_string());
    bound.because("metric", "metric.multiple_of", Some(view.span(figure.end, at + 1)));
    true
}

/// A share price, index level or coin price: an amount without magnitude word
/// where something trades, closes, or moves to it.
pub(super) fn price(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let small = figure.kind == Kind::Money
        && figure.lo.is_some_and(|v| v < 1_000_000.0)
        && figure.hi.is_none_or(|v| v < 1_000_000.0);
    let quoted = bound.subjects.iter().any(|s| {
        matches!(
            s.kind,
            EntityType::Company
                | EntityType::Etf
                | EntityType::Crypto
                | EntityType::Commodity
                | EntityType::Index
                | EntityType::AssetClass
                | EntityType::Currency
        )
    });
    if !small
        || !quoted
        || view.is_one_of(figure.end, &["a", "per"])
            && view.is_one_of(figure.end + 1, &["month", "year", "user", "seat", "hour"])
    {
        return false;
    }
    let clause = scene.clause(figure.first);
    let first = scene.clauses.list.get(clause).map_or(scene.sentence.first, |c| c.first);
    let trades = &[
        "closed", "close", "closing", "traded", "trades", "trading", "opened", "settled", "finished", "ended",
        "priced", "changed",
    ];
    let to = (1..=4).any(|b| {
        figure.first.checked_sub(b).is_some_and(|i| {
            i >= first && view.is_one_of(i, &["to", "at", "above", "below", "past", "near", "between", "around"])
        })
    });
    let moves = scene.moves.iter().any(|m| scene.clause(m.first) == clause && m.end <= figure.first);
    let close = view.is_one_of(figure.end, &["close", "price", "level", "mark"]);
    let found = to && (moves || view.any_word(first, figure.first, trades)) || close;
    if found {
        bound.metric = Some(Metric::PriceLevel);
        bound.because("metric", "metric.price", None);
    }
    found
}

/// A company "grows": its revenue, unless something else was spoken of.
pub(super) fn growth(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &mut Bound,
    moved: Option<Moved>,
    memory: &Memory,
) -> bool {
    let Some((_, (first, end))) = moved.filter(|_| figure.kind == Kind::Percent) else { return false };
    let grows =
        scene.view.any_word(first, end, &["growth", "grew", "grow", "grows", "growing", "grown", "deceleration"])
            || scene.view.any_word(first.saturating_sub(4), first, &["growth"]);
    let company = bound.subjects.iter().all(|s| s.kind == EntityType::Company);
    if !grows || !company {
        return false;
    }
    let near = memory.metric_near(scene.sentence.paragraph).filter(|m| {
        matches!(
            m,
            Metric::Revenue
                | Metric::NetIncome
                | Metric::EarningsPerShare
                | Metric::Capex
                | Metric::FreeCashFlow
                | Metric::Backlog
        )
    });
    bound.metric = Some(near.unwrap_or(Metric::Revenue));
    bound.metric_text = Some(scene.view.surface(first, end).to_string());
    bound.because("metric", "metric.growth", Some(scene.view.span(first, end)));
    true
}

/// "a $1 trillion loss in software stocks": value lost by the market.
pub(super) fn loss(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money {
        return false;
    }
    let lost = (figure.end..(figure.end + 5).min(scene.sentence.end))
        .find(|i| view.is_one_of(*i, &["loss", "wipeout", "rout", "selloff", "losses"]));
    let Some(at) =
        lost.filter(|at| !(figure.end..*at).any(|i| view.is_one_of(i, &[",", "and", "net", "operating", "quarterly"])))
    else {
        return quarter(scene, figure, bound);
    };
    let group = bound
        .subjects
        .iter()
        .any(|s| matches!(s.kind, EntityType::Sector | EntityType::Group | EntityType::Index | EntityType::Crypto));
    let market = view.any_word(
        scene.sentence.first,
        scene.sentence.end,
        &["single", "market", "stock", "shares", "shareholders", "day", "selloff"],
    );
    bound.metric = Some(if group || market { Metric::MarketValueLoss } else { Metric::NetIncome });
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.loss", Some(view.span(at, at + 1)));
    true
}

/// "an $81 billion quarter", "generated nearly $60 billion": revenue.
fn quarter(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let named = view.is_one_of(figure.end, &["quarter"]) && figure.lo.is_some_and(|v| v > 1e6);
    let verb = (figure.first.saturating_sub(5)..figure.first)
        .find(|i| view.is_one_of(*i, &["generated", "generates", "generate", "generating", "raked"]));
    let Some(at) = verb.or(named.then_some(figure.end)) else { return false };
    bound.metric = Some(Metric::Revenue);
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.takings", Some(view.span(at, at + 1)));
    true
}

/// "43 stocks are down", "70% of providers admit": how many of a group.
pub(super) fn counted(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if let Some(unit) = figure.unit.as_deref().filter(|_| figure.kind == Kind::Count) {
        let made = matches!(
            unit,
            "MW" | "GW"
                | "gigawatts"
                | "megawatts"
                | "gigawatt"
                | "megawatt"
                | "TWh"
                | "GWh"
                | "MWh"
                | "vehicles"
                | "cars"
                | "units"
                | "deliveries"
                | "barrels"
                | "wafers"
                | "chips"
                | "GPUs"
                | "tons"
                | "tonnes"
                | "trucks"
                | "SUVs"
                | "phones"
                | "smartphones"
                | "servers"
                | "subscribers"
                | "users"
                | "customers"
                | "members"
                | "stores"
                | "locations"
                | "restaurants"
                | "aircraft"
                | "planes"
                | "jets"
                | "homes"
                | "data centers"
                | "data centres"
                | "bpd"
                | "barrels per day"
                | "barrels a day"
                | "satellites"
                | "racks"
                | "employees"
                | "workers"
                | "square feet"
        );
        let bought = unit == "shares"
            && view.any_word(
                scene.sentence.first,
                scene.sentence.end,
                &["buyback", "buybacks", "repurchase", "repurchases", "repurchased", "repurchasing"],
            );
        let points = unit == "points" && bound.subjects.iter().any(|s| s.kind == EntityType::Index);
        if made || bought || points {
            bound.metric = Some(if points {
                Metric::IndexMove
            } else if bought {
                Metric::Buybacks
            } else {
                Metric::UnitsOrCapacity
            });
            bound.because("metric", "metric.counted_noun", None);
            return true;
        }
    }
    let stocks = figure.kind == Kind::Count
        && figure.unit.as_deref().is_some_and(|u| matches!(u, "stocks" | "companies" | "issues" | "sectors" | "funds"));
    let part = figure.kind == Kind::Percent
        && view.is(figure.end, "of")
        && bound.evidence.iter().any(|e| e.rule == "subject.counted");
    if !(stocks || part) {
        return false;
    }
    bound.metric = Some(Metric::Breadth);
    bound.because("metric", "metric.breadth", None);
    true
}

/// "paid $35 billion for Ansys": a deal. "put $22 billion into funds": a flow.
pub(super) fn exchanged(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money {
        return false;
    }
    let verb = |words: &'static [&'static str]| {
        (figure.first.saturating_sub(4).max(scene.sentence.first)..figure.first).find(|i| view.is_one_of(*i, words))
    };
    let named = scene.names.iter().any(|n| n.first > figure.end && n.first - figure.end <= 3);
    let paid = verb(&["paid", "pay", "pays", "paying", "offered", "offers", "bid"])
        .filter(|_| view.is(figure.end, "for") && named);
    let funds = view.any_word(figure.end, (figure.end + 8).min(scene.sentence.end), &["funds", "fund", "etfs", "etf"]);
    let put = verb(&["put", "poured", "pulled", "yanked", "withdrew", "plowed", "added", "moved", "shoveled"])
        .filter(|_| funds && view.is_one_of(figure.end, &["into", "from", "out", "in"]));
    let (at, metric) = match (paid, put) {
        (_, Some(at)) => (at, Metric::FundFlow),
        (Some(at), _) => (at, Metric::DealCommitment),
        _ => return false,
    };
    bound.metric = Some(metric);
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.exchanged", Some(view.span(at, at + 1)));
    true
}

/// "beaten the S&P 500 by 20 percentage points": performance against a benchmark.
pub(super) fn relative(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let by = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    if figure.unit.as_deref() != Some("pp") || by == 0 || !view.is(by - 1, "by") {
        return false;
    }
    let clause = scene.clause(figure.first);
    let find = |words: &'static [&'static str]| {
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
