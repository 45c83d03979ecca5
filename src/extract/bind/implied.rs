//! Metrics that no phrase names: prices, per-share amounts, multiples, losses,
//! takings, counts.

use crate::extract::figure::{Figure, Form};
use crate::extract::words::Words;
use crate::model::{EntityType, Kind, Metric, Shape, Subject};

use super::bound::Bound;
use super::memory::Memory;
use super::scene::{Scene, Shared};
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
        Some(EntityType::Index) => Metric::IndexMove,
        _ => Metric::PriceMove,
    });
    bound.metric_text = Some(view.surface(share, share + 1).to_string());
    bound.because("metric", "metric.shares_moved", Some(view.span(share, share + 1)));
    true
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

/// "which oversees 47 billion euros": what a firm manages.
pub(super) fn managed(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let verb = lead.checked_sub(1).filter(|i| {
        view.is_one_of(
            *i,
            &["oversees", "manages", "oversee", "manage", "overseeing", "managing", "oversaw", "managed"],
        ) || view.is_one_of(*i, &["runs", "run", "ran"]) && view.is_one_of(i.wrapping_sub(1), &["that", "which", "who"])
            || view.is(*i, "after") && view.is_one_of(i.wrapping_sub(1), &["looks", "look", "looking"])
    });
    // "assets in money-market funds barely budged at $7 trillion"
    let assets = (scene.sentence.first..lead).rev().find(|i| {
        view.is(*i, "assets")
            && view.is_one_of(i + 1, &["in", "of"])
            && (i + 2..(i + 7).min(lead)).any(|n| view.is_one_of(n, &["funds", "fund", "etfs"]))
            && scene.clause(*i) == scene.clause(figure.first)
    });
    let large = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v >= 1e6);
    let Some(at) = verb.or(assets).filter(|_| large) else {
        return false;
    };
    bound.metric = Some(Metric::AssetsUnderManagement);
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.managed", Some(view.span(at, at + 1)));
    // "a manager who oversees $14 billion at Fairhaven Partners": the house's.
    if view.is_one_of(figure.end, &["at", "for"])
        && let Some((house, words)) = proper(scene, figure.end + 1)
    {
        bound.subjects = vec![house];
        bound.evidence.retain(|e| e.field != "subjects");
        bound.because("subjects", "subject.house", Some(view.span(words.0, words.1)));
    }
    true
}

/// The house that stands at a token: a known name, else a run of capitalised words.
fn proper(scene: &Scene<'_>, at: usize) -> Option<(Shared, (usize, usize))> {
    if let Some(name) = scene.names.iter().find(|n| n.first == at) {
        return Some((name.subject.clone(), (name.first, name.end)));
    }
    let view = scene.view;
    let capital = |i: &usize| view.is_word(*i) && matches!(view.shape(*i), Shape::Title | Shape::Upper);
    let end = (at..scene.sentence.end.min(at + 5)).take_while(capital).last()? + 1;
    let name = view.surface(at, end).to_string();
    let subject = Subject {
        canonical: name.clone(),
        name,
        ticker: None,
        exchange: None,
        cik: None,
        kind: EntityType::Company,
        members: None,
    };
    Some((subject.into(), (at, end)))
}

/// "The company lost $18.8 billion last year", "Citigroup earned $14 billion"
pub(super) fn earned(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, memory: &Memory) -> bool {
    let view = scene.view;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let verb = lead.checked_sub(1).filter(|i| {
        view.is_one_of(*i, &["lost", "earned", "netted", "loses", "earns", "made"]) && *i > scene.sentence.first
    });
    let Some(at) = verb.filter(|_| figure.kind == Kind::Money && figure.lo.is_some_and(|v| v >= 1e6)) else {
        return false;
    };
    let main = bound.subjects.is_empty() && memory.main().is_some() && scene.names.iter().all(|n| n.source);
    let company = main || !bound.subjects.is_empty() && bound.subjects.iter().all(|s| s.kind == EntityType::Company);
    let value = view.any_word(
        scene.sentence.first,
        scene.sentence.end,
        &[
            "value",
            "capitalization",
            "capitalisation",
            "cap",
            "market",
            "shareholders",
            "stock",
            "shares",
            "day",
            "selloff",
            "rout",
        ],
    );
    if !company || value {
        return false;
    }
    bound.metric = Some(Metric::NetIncome);
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.earned", Some(view.span(at, at + 1)));
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
    // "Some 8.6 million shares changed hands"
    let volume = figure.kind == Kind::Count
        && figure.unit == Some("shares")
        && (view.any_word(figure.end, figure.end + 6, &["hands", "traded"])
            || view.any_word(scene.sentence.first, figure.first, &["volume", "turnover"]));
    if volume {
        bound.metric = Some(Metric::Volume);
        bound.because("metric", "metric.counted_noun", Some(view.span(figure.first, figure.end)));
        return true;
    }
    if let Some(unit) = figure.unit.filter(|_| figure.kind == Kind::Count) {
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
        // "a gain of 50,000 jobs in November": of the economy, where no company cuts or adds them.
        let economy = unit == "jobs"
            && !scene.names.iter().any(|n| n.subject.kind == EntityType::Company && !n.source)
            && bound.subjects.iter().all(|s| s.kind != EntityType::Company);
        if economy {
            bound.metric = Some(Metric::EconomicIndicator);
            bound.because("metric", "metric.counted_noun", None);
            if bound.subjects.is_empty() {
                let at = (figure.first..figure.end + 3).find(|i| view.is(*i, "jobs"));
                if let Some(at) = at {
                    bound.subjects = vec![super::described::subject(scene, at, at + 1, EntityType::Indicator)];
                    bound.because("subjects", "subject.counted", Some(view.span(at, at + 1)));
                }
            }
            return true;
        }
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
        && figure.unit.is_some_and(|u| matches!(u, "stocks" | "companies" | "issues" | "sectors" | "funds"));
    let part = figure.kind == Kind::Percent
        && view.is(figure.end, "of")
        && bound.evidence.iter().any(|e| e.rule == "subject.counted");
    // "38% of Nasdaq 100 members", "Of the S&P 500 companies that reported, 76%"
    let members = figure.kind == Kind::Percent && {
        let of = scene.names.iter().find(|n| {
            n.first >= figure.end && n.first - figure.end <= 2 && view.is(figure.end, "of")
                || n.first <= scene.sentence.first + 2 && view.is(scene.sentence.first, "of") && n.end < figure.first
        });
        of.is_some_and(|n| {
            (n.end - 1..n.end + 2).any(|i| {
                view.is_one_of(i, &["members", "stocks", "companies", "constituents", "components", "issues", "names"])
            })
        })
    };
    if !(stocks || part || members) {
        return false;
    }
    bound.metric = Some(Metric::Breadth);
    bound.because("metric", "metric.breadth", None);
    true
}

/// "paid $35 billion for Ansys": a deal.
pub(super) fn exchanged(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money {
        return false;
    }
    let verb = |words: Words| {
        (figure.first.saturating_sub(4).max(scene.sentence.first)..figure.first).find(|i| view.is_one_of(*i, words))
    };
    let named = scene.names.iter().any(|n| n.first > figure.end && n.first - figure.end <= 3);
    let paid = (view.is(figure.end, "for") && named)
        .then(|| verb(&["paid", "pay", "pays", "paying", "offered", "offers", "bid"]))
        .flatten();
    let signed = verb(&["signed", "committed", "pledged", "promised"])
        .filter(|at| view.any_word(*at, figure.first, &["for", "to"]));
    // "put $5 billion into the struggling chip maker"
    let put = (view.is(figure.end, "into") && !scene.metrics.iter().any(|m| m.metric == Metric::Capex))
        .then(|| {
            verb(&["put", "sink", "sank", "pour", "poured", "plow", "plowed", "pump", "pumped", "inject", "injected"])
        })
        .flatten();
    // "pour $390 billion into data centers": what is built is capital spending.
    let built = put.is_some()
        && (figure.end + 1..(figure.end + 8).min(scene.sentence.end))
            .take_while(|i| !view.is_one_of(*i, &[",", "."]))
            .any(|i| {
                view.is_one_of(
                    i,
                    &[
                        "datacenters",
                        "infrastructure",
                        "chips",
                        "servers",
                        "factories",
                        "plants",
                        "fabs",
                        "buildings",
                        "gear",
                        "equipment",
                        "capacity",
                        "buildout",
                    ],
                ) || view.is(i, "data") && view.is_one_of(i + 1, &["center", "centers", "centre", "centres"])
                    || view.is(i, "data") && view.is(i + 1, "-")
            });
    let Some(at) = paid.or(signed).or(put) else { return false };
    bound.metric = Some(if built { Metric::Capex } else { Metric::DealCommitment });
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.exchanged", Some(view.span(at, at + 1)));
    true
}
