//! What a figure measures.
//!
//! A metric phrase is chosen by its place: "$5 billion in revenue", "revenue of
//! $5 billion", "revenue rose 5%", "a 9% weight"; crossing another figure or
//! leaving the clause costs.

use crate::extract::classes::Class;
use crate::extract::figure::Figure;
use crate::model::{Kind, Metric};

use super::clause::Attach;
use super::scene::{MetricHit, Scene};

/// A metric chosen, and by which rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chosen {
    pub hit: MetricHit,
    pub rule: &'static str,
    pub score: f64,
}

/// The best metric phrase for a figure, if one is near enough.
pub(crate) fn metric(scene: &Scene<'_>, figure: &Figure) -> Option<Chosen> {
    let kind = figure.kind;
    scene
        .metrics
        .iter()
        .filter(|m| {
            (scene.view.lexicon.metrics().takes(m.metric, kind) || m.metric == Metric::Valuation && kind == Kind::Money)
                && (m.end <= figure.first || m.first >= figure.end)
        })
        .filter_map(|m| score(scene, figure, m))
        .filter(|c| c.score > 2.0)
        .max_by(|a, b| a.score.total_cmp(&b.score).then(b.hit.first.cmp(&a.hit.first)))
}

fn score(scene: &Scene<'_>, figure: &Figure, hit: &MetricHit) -> Option<Chosen> {
    let kind = figure.kind;
    let after = hit.first >= figure.end;
    let (from, to) = if after { (figure.end, hit.first) } else { (hit.end, figure.first) };
    let gap = to - from;
    // "an hour that cost $8": the verb names a price, not spending.
    if hit.metric == Metric::Spending
        && hit.end - hit.first == 1
        && scene.view.is_one_of(hit.first, &["cost", "costs"])
        && hit.end == figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first))
    {
        return None;
    }
    // "provisions for bad loans": what is set aside is not borrowed.
    if hit.metric == Metric::DebtIssuance
        && scene.view.any_word(
            hit.first.saturating_sub(4).max(scene.sentence.first),
            hit.first,
            &["provision", "provisions", "reserves", "losses", "write-offs", "charge"],
        )
    {
        return None;
    }
    // "in short order"
    if scene.view.is(hit.first, "order") && scene.view.is(hit.first.wrapping_sub(1), "short") {
        return None;
    }
    // "$8.8 billion at list prices": a price is no such sum.
    if matches!(hit.metric, Metric::PriceLevel | Metric::PriceMove)
        && kind == Kind::Money
        && figure.lo.is_some_and(|v| v >= 1e7)
    {
        return None;
    }
    // "$125 billion worth of goods" says what kind of thing, not what it is worth.
    if scene.view.is(hit.first, "worth") && scene.view.is(hit.end, "of") && hit.end - hit.first == 1 {
        return None;
    }
    // "of stocks" and "of the index" name what a share is a share of only right behind the figure.
    if scene.view.is(hit.first, "of") && hit.first != figure.end {
        return None;
    }
    // "tripled in value": the shares did, not the capitalisation.
    if kind != Kind::Money && scene.view.is(hit.first, "in") && scene.view.is(hit.first + 1, "value") {
        return None;
    }
    let gap = gap
        - scene
            .times
            .iter()
            .filter(|t| t.first >= from && t.end <= to)
            .map(|t| t.end - t.first)
            .sum::<usize>()
            .min(gap);
    let gap = if !after && leads(scene, figure, hit) { gap.min(4) } else { gap };
    let mut score = 10.0 - 0.35 * gap as f64 - inside_phrase(scene, hit);
    let mut rule = "metric.near";
    let other = scene.figures_between(from, to) as f64;
    score -= 3.5 * other;
    let (a, b) = (scene.clause(figure.first), scene.clause(hit.first));
    if a != b {
        score -= crossing(scene, a, b);
    }
    if after {
        // "$5 billion in revenue", "$5 billion on capital expenditures", "20% revenue growth"
        // What moves a percentage does not measure it: "fell 24% on earnings".
        let cause = figure.kind == Kind::Percent
            && (from..to).any(|i| {
                scene.view.is_one_of(
                    i,
                    &["on", "after", "following", "as", "amid", "ahead", "because", "since", "before", "for"],
                )
            });
        if cause {
            return None;
        }
        let linked = (from..to).all(|i| scene.view.is_one_of(i, LINKS) || (scene.view.is_word(i) && gap <= 4));
        // "27% of revenue on research": the whole is not what is measured.
        if figure.kind == Kind::Percent && scene.view.is(figure.end, "of") && gap <= 4 {
            let led = scene
                .metrics
                .iter()
                .any(|m| m.metric != hit.metric && m.end <= figure.first && leads(scene, figure, m));
            score -= if led { 8.0 } else { 6.5 };
        }
        if gap == 0 || (gap <= 6 && linked && other == 0.0) {
            score += 4.0;
            rule = "metric.follows";
        } else {
            score -= 2.5;
        }
        if stopped(scene, from, to) || scene.view.any_word(from, to, &["and", "or", "but"]) {
            score -= 5.0;
        }
    } else {
        // "revenue of $5 billion", "revenue rose 5% to $5 billion"
        if scene.view.is_one_of(
            hit.end,
            &[
                "of", "at", "to", "by", "was", "were", "is", "are", "near", ":", "|", "(", "totaling", "totalled",
                "totaled",
            ],
        ) {
            score += 2.0;
            rule = "metric.of";
        }
        if stopped(scene, from, to) {
            score -= 2.0;
        }
    }
    // Weak words that are often something else.
    if weak(hit, scene) {
        score -= 4.0;
    }
    if hit.metric == Metric::Spending
        && hit.end - hit.first == 1
        && scene.metrics.iter().any(|m| m.metric == Metric::Capex)
    {
        score -= 6.0;
    }
    if kind == Kind::Multiple && hit.metric == Metric::Valuation {
        score += 3.0;
    }
    // "outperformed by 3 points" is relative; "outperforming the index's 1.78% gain" is not.
    if hit.metric == Metric::RelativePerformance
        && !scene.view.is_one_of(figure.first.wrapping_sub(1), &["by", "about", "nearly", "than", "over"])
        && figure.unit != Some("pp")
    {
        return None;
    }
    if hit.metric == Metric::EarningsPerShare && (scene.view.is(hit.end - 1, "share")) && hit.end - hit.first == 2 {
        // "a share" only behind the figure.
        if !after || gap > 1 {
            return None;
        }
        score -= 1.0;
    }
    Some(Chosen { hit: *hit, rule, score })
}

const LINKS: &[&str] = &[
    "in",
    "on",
    "of",
    "for",
    "from",
    "worth",
    "the",
    "its",
    "their",
    "a",
    "an",
    "additional",
    "new",
    "to",
    "for",
    "annual",
    "quarterly",
    "total",
    "record",
    "planned",
    "combined",
    "-",
    "'s",
    "as",
    "toward",
    "towards",
    "more",
];

/// "Net sales for the quarter ended November 2 decreased 3.2%": the phrase is the
/// subject of the clause's verb, however much stands between.
fn leads(scene: &Scene<'_>, figure: &Figure, hit: &MetricHit) -> bool {
    let view = scene.view;
    let clause = scene.clause(figure.first);
    let here = |at: usize| scene.clause(at) == clause;
    let verb = |at: usize| scene.is_verb(at) && here(at);
    let Some(first) = (hit.end..figure.first).find(|i| verb(*i)) else { return false };
    let behind = hit.first == scene.sentence.first
        || !view.is_one_of(hit.first - 1, &["of", "in", "on", "for", "to", "with", "by", "from", "at", "and", "into"]);
    here(hit.first)
        && behind
        && !(scene.clauses.list.get(clause).map_or(hit.first, |c| c.first)..hit.first).any(verb)
        && !scene.metrics.iter().any(|m| m.first >= first && m.end <= figure.first)
        && scene.figures_between(hit.end, figure.first) == 0
}

/// "the interest rate on a vehicle loan": the loan only qualifies the rate.
fn inside_phrase(scene: &Scene<'_>, hit: &MetricHit) -> f64 {
    let head = scene.metrics.iter().any(|m| {
        m.end < hit.first
            && hit.first - m.end <= 6
            && m.metric != hit.metric
            && scene.view.is_one_of(m.end, &["on", "of", "for", "in", "from"])
            && !(m.end..hit.first).any(|i| {
                scene.is_verb(i) || scene.in_figure(i) || scene.view.is_one_of(i, &[",", "and", "to", "by", "with"])
            })
    });
    if head { 3.5 } else { 0.0 }
}

/// Cost of binding across clauses.
fn crossing(scene: &Scene<'_>, figure: usize, hit: usize) -> f64 {
    let attach = scene.clauses.attach(figure);
    // "bigger buybacks this year: Apple at $90 billion"
    let first = scene.clauses.list.get(figure).map_or(0, |c| c.first);
    if first > 0 && scene.view.is(first - 1, ":") && hit + 1 == figure {
        return 1.5;
    }
    if scene.clauses.parent(figure) == Some(hit) {
        return match attach {
            Attach::Participle | Attach::Paren => 1.5,
            Attach::Relative => 3.0,
            _ => 4.0,
        };
    }
    if scene.clauses.parent(hit) == Some(figure) {
        return 4.0;
    }
    5.0
}

/// Whether a comma or semicolon stands between.
pub(super) fn stopped(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|i| scene.view.is_a(i, Class::Break) && !scene.view.is(i, "-"))
}

fn weak(hit: &MetricHit, scene: &Scene<'_>) -> bool {
    let single = hit.end - hit.first == 1;
    single
        && (matches!(
            std::str::from_utf8(scene.view.lower(hit.first)).unwrap_or(""),
            "buy"
                | "offer"
                | "order"
                | "bid"
                | "close"
                | "support"
                | "entry"
                | "demand"
                | "units"
                | "users"
                | "customers"
                | "cost"
                | "costs"
                | "notes"
                | "premium"
                | "discount"
                | "multiple"
                | "infrastructure"
                | "spread"
                | "deal"
                | "listing"
                | "worth"
                | "assets"
                | "flows"
                | "investment"
                | "outlook"
                | "guidance"
                | "forecast"
                | "duty"
                | "output"
                | "jobs"
                | "concentration"
                | "volume"
                | "offering"
                | "funding"
                | "commitment"
                | "payout"
                | "spend"
                | "production"
                | "capacity"
                | "valuation"
                | "exports"
                | "imports"
        ) || (hit.metric == Metric::EconomicIndicator && scene.view.is(hit.first, "the")))
}
