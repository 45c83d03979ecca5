//! Prices that no phrase names: levels, amounts a share, multiples, targets.

use crate::extract::figure::{Figure, Form};
use crate::model::{EntityType, Kind, Metric};

use super::bound::Bound;
use super::scene::Scene;

/// "crude could lose $15": a move of a price in money.
pub(super) fn price_in_money(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let small = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v < 10_000.0);
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let moved = small
        && lead > 0
        && view.is_one_of(
            lead - 1,
            &[
                "lose", "lost", "loses", "gain", "gained", "gains", "fell", "fall", "rose", "rise", "dropped", "drop",
                "jumped", "slid", "shed", "added", "tumbled", "climbed", "sank", "surged",
            ],
        );
    let traded = bound
        .subjects
        .iter()
        .any(|s| matches!(s.kind, EntityType::Commodity | EntityType::Crypto | EntityType::Etf | EntityType::Currency));
    if !(moved && traded) {
        return false;
    }
    bound.metric = Some(Metric::PriceMove);
    bound.because("metric", "metric.price_in_money", Some(view.span(lead - 1, lead)));
    true
}

/// "initiated coverage of Vertex with a $520 target"
pub(super) fn target(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    if !is_target(scene, figure) {
        return false;
    }
    let view = scene.view;
    bound.metric = Some(Metric::PriceTarget);
    bound.metric_text = Some(view.surface(figure.end, figure.end + 1).to_string());
    bound.because("metric", "metric.target", Some(view.span(figure.end, figure.end + 1)));
    true
}

/// Whether a sentence tells how somebody rates a stock.
pub(super) fn rates(scene: &Scene<'_>) -> bool {
    scene.view.any_word(
        scene.sentence.first,
        scene.sentence.end,
        &[
            "rating",
            "rates",
            "overweight",
            "underweight",
            "outperform",
            "underperform",
            "neutral",
            "upgraded",
            "downgraded",
            "initiated",
            "coverage",
            "objective",
            "bullish",
            "bearish",
            "analyst",
            "analysts",
            "target",
        ],
    )
}

/// "Barclays, which rates the shares \"equal weight\", went to $169 from $142",
/// "Citigroup, which is bullish, has the stock at $260".
fn by_rater(scene: &Scene<'_>, figure: &Figure) -> bool {
    let view = scene.view;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let rater = scene.names.iter().any(|n| n.broker && n.end < lead);
    let others = scene.names.iter().any(|n| n.end < lead && !n.broker && n.subject.kind != EntityType::Company);
    let went = view.is(lead.wrapping_sub(1), "to") && view.is_one_of(lead.wrapping_sub(2), &["went", "moved", "goes"]);
    let has = view.is(lead.wrapping_sub(1), "at")
        && view.is_one_of(lead.wrapping_sub(2), &["stock", "shares", "it"])
        && view.any_word(lead.saturating_sub(5), lead, &["has", "sees", "values", "puts"]);
    rater && !others && (went && rates(scene) || has)
}

/// Whether an amount is what an analyst sees a share at.
pub(super) fn is_target(scene: &Scene<'_>, figure: &Figure) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money || figure.lo.is_none_or(|v| v >= 1e5) {
        return false;
    }
    let rated = view.any_word(
        scene.sentence.first,
        scene.sentence.end,
        &[
            "analyst",
            "analysts",
            "rating",
            "coverage",
            "strategist",
            "buy",
            "overweight",
            "underweight",
            "neutral",
            "shares",
            "stock",
        ],
    );
    // "took $18 off its target, which is now $112"
    let off = view.is_one_of(figure.end, &["off", "from", "to"]) && view.is(figure.end + 2, "target");
    let now = (figure.first.saturating_sub(7).max(scene.sentence.first)..figure.first).any(|i| {
        view.is(i, "target")
            && (view.is_one_of(i + 1, &[",", "is", "of", "to", "at", "now"])
                || view.is_one_of(i + 1, &["on", "for"]) && figure.first - i <= 6)
    }) && view.is_one_of(figure.first - 1, &["now", "is", "of", "to", "at"]);
    (rated || off) && (view.is(figure.end, "target") || off || now) || by_rater(scene, figure)
}

/// "a 93% probability of a rate cut", "the odds at 35%": how likely something is.
pub(super) fn probability(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Percent {
        return false;
    }
    let words = &["probability", "chance", "chances", "odds", "likelihood"];
    let at = (figure.end..figure.end + 2).find(|i| view.is_one_of(*i, words)).or_else(|| {
        (figure.first.saturating_sub(8).max(scene.sentence.first)..figure.first)
            .find(|i| view.is_one_of(*i, words) && view.is_one_of(figure.first - 1, &["at", "to", "of"]))
    });
    let Some(at) = at else { return false };
    let rate = scene.metrics.iter().any(|m| m.metric == Metric::InterestRate)
        || view.any_word(scene.sentence.first, scene.sentence.end, &["rate", "rates"]);
    bound.metric = Some(if rate { Metric::InterestRate } else { Metric::Other });
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.probability", Some(view.span(at, at + 1)));
    // Of whom something is expected; nothing is carried over.
    let bank = scene
        .names
        .iter()
        .rfind(|n| n.subject.kind == EntityType::Government && scene.clause(n.first) == scene.clause(figure.first));
    if let Some(name) = bank {
        bound.subjects = vec![name.subject.clone()];
        bound.because("subjects", "subject.governs", Some(view.span(name.first, name.end)));
    } else if bound.evidence.iter().any(|e| {
        matches!(e.rule.as_ref(), "subject.anaphora" | "subject.carried" | "subject.bond" | "subject.figure_before")
    }) {
        bound.subjects.clear();
    }
    true
}

/// An index or chart level.
pub(super) fn printed_level(figure: &Figure, bound: &mut Bound) -> bool {
    if figure.rule == "figure.target" {
        bound.metric = Some(Metric::PriceTarget);
        bound.because("metric", "metric.target", None);
        return true;
    }
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
    } else if view.any_word(
        figure.first.saturating_sub(4).max(first),
        figure.first,
        &["pay", "paid", "pays", "paying", "offer", "offers", "offered", "bid"],
    ) {
        // "will pay $23.28 a share"
        Metric::PriceLevel
    } else {
        return false;
    };
    bound.metric = Some(metric);
    bound.metric_text = Some(view.surface(figure.end, share + 1).to_string());
    bound.because("metric", "metric.per_share", Some(view.span(figure.end, share + 1)));
    true
}

/// "trades at 36x", "Nvidia, on 25 times, remains": a multiple that something trades on.
pub(super) fn traded_on(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    if figure.kind != Kind::Multiple
        || figure.form != Form::Quantity
        || lead < 2
        || !view.is_one_of(lead - 1, &["at", "on"])
    {
        return false;
    }
    let verb = (lead.saturating_sub(4).max(scene.sentence.first)..lead)
        .find(|i| view.is_one_of(*i, &["trade", "trades", "traded", "trading", "valued", "changes", "sells"]));
    let aside = view.is(lead - 1, "on") && view.is(lead - 2, ",") && !bound.subjects.is_empty();
    let Some(at) = verb.or(aside.then_some(lead - 1)) else { return false };
    bound.metric = Some(Metric::Valuation);
    bound.because("metric", "metric.traded_on", Some(view.span(at, lead)));
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
    let nouns = &["earnings", "sales", "revenue", "ebitda", "ebit", "eps", "book", "profit", "profits", "earning"];
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
            i >= first
                && view.is_one_of(
                    i,
                    &[
                        "to", "at", "above", "below", "past", "near", "between", "around", "touching", "touched",
                        "hitting", "reaching", "topping", "crossing",
                    ],
                )
        })
    });
    let moves = scene.moves.iter().any(|m| scene.clause(m.first) == clause && m.end <= figure.first);
    let close = view.is_one_of(figure.end, &["close", "price", "level", "mark"]);
    // "the $66,400 the token fetched"
    let close =
        close || view.any_word(figure.end, (figure.end + 4).min(scene.sentence.end), &["fetched", "fetches", "fetch"]);
    let touched =
        view.is_one_of(figure.first.wrapping_sub(1), &["touching", "touched", "hitting", "topping", "crossing"]);
    let found = touched || to && (moves || view.any_word(first, figure.first, trades)) || close;
    if found {
        bound.metric = Some(Metric::PriceLevel);
        bound.because("metric", "metric.price", None);
    }
    found
}
