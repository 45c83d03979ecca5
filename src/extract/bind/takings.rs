//! Metrics that a verb of money names: bonds sold, sales brought in, cents
//! earned, a percentage that arrives at an amount.

use crate::extract::figure::Figure;
use crate::model::{Direction, EntityType, Kind, Metric};

use super::bound::Bound;
use super::carry::is_companys;
use super::memory::Memory;
use super::scene::Scene;
use super::what::Moved;

/// "raised $30 billion in the bond market", "sold a sterling bond as part of a
/// haul of $32 billion": what was borrowed.
pub(super) fn bonded(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money || figure.lo.is_none_or(|v| v < 1e6) {
        return false;
    }
    let (first, end) = (scene.sentence.first, scene.sentence.end);
    let verb = (first..figure.first).rev().find(|i| {
        view.is_one_of(
            *i,
            &[
                "raised", "raise", "raises", "raising", "sold", "sell", "selling", "issued", "issuing", "priced",
                "tapped",
            ],
        )
    });
    let Some(verb) =
        verb.filter(|v| scene.clauses.parent(scene.clause(figure.first)).is_none_or(|p| p <= scene.clause(*v)))
    else {
        return false;
    };
    let reach = (figure.end + 8).min(end);
    let Some(noun) = (verb + 1..reach).find(|i| {
        view.is_one_of(*i, &["bond", "bonds", "notes", "debt"]) && scene.clause(*i) <= scene.clause(figure.first)
    }) else {
        return false;
    };
    if figure.first - verb > 14 {
        return false;
    }
    bound.metric = Some(Metric::DebtIssuance);
    bound.metric_text = Some(view.surface(noun, noun + 1).to_string());
    bound.because("metric", "metric.bonded", Some(view.span(noun, noun + 1)));
    true
}

/// "Humira brought in $2.23 billion": what was sold.
pub(super) fn brought_in(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, memory: &Memory) -> bool {
    let view = scene.view;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let large = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v >= 1e5);
    let Some(last) = lead.checked_sub(1).filter(|_| large && lead >= scene.sentence.first + 2) else { return false };
    let two = view
        .is_one_of(last - 1, &["brought", "brings", "bring", "bringing", "raked", "pulled", "took", "rang", "rung"])
        && view.is_one_of(last, &["in", "up"]);
    let one = view.is_one_of(last, &["generated", "generates", "generating", "booked", "grossed"]);
    let company = memory.main().is_some() || bound.subjects.iter().any(|s| s.kind == EntityType::Company);
    let fund = bound.subjects.iter().any(|s| !matches!(s.kind, EntityType::Company));
    if !(one || two) || !company || fund {
        return false;
    }
    let first = if two { last - 1 } else { last };
    bound.metric = Some(Metric::Revenue);
    bound.metric_text = Some(view.surface(first, last + 1).to_string());
    bound.because("metric", "metric.brought_in", Some(view.span(first, last + 1)));
    true
}

/// "it expects to make 73 cents to 76 cents", "nine cents above consensus":
/// cents that a company makes are a share's.
pub(super) fn in_cents(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let cents = figure.kind == Kind::Money
        && figure.lo.is_some_and(|v| v < 100.0)
        && view.any_word(figure.first, figure.end, &["cents", "cent", "$"]);
    if !cents {
        return false;
    }
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let made = lead.checked_sub(1).filter(|i| {
        *i > scene.sentence.first
            && view.is_one_of(*i, &["make", "made", "makes", "earn", "earned", "earns", "earning"])
    });
    const WHOSE: &[&str] =
        &["consensus", "estimates", "expectations", "forecasts", "views", "expected", "forecast", "anticipated"];
    let over =
        view.is_one_of(figure.end, &["above", "ahead", "better", "more", "less", "below", "short", "shy", "under"]);
    let judged = over.then(|| (figure.end + 1..figure.end + 6).find(|i| view.is_one_of(*i, WHOSE))).flatten();
    let company = bound.subjects.iter().all(|s| s.kind == EntityType::Company);
    let Some(at) = made.or(judged).filter(|_| company) else { return false };
    bound.metric = Some(Metric::EarningsPerShare);
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.in_cents", Some(view.span(at, at + 1)));
    if judged.is_some() {
        let up = view.is_one_of(figure.end, &["above", "ahead", "better", "more"]);
        bound.direction = if up { Direction::Up } else { Direction::Down };
        bound.because("direction", "direction.judged", Some(view.span(figure.end, figure.end + 1)));
    }
    true
}

/// "Botox rose 8% to $671 million": what arrives at millions is no price but what
/// the company takes, its sales unless something else was spoken of.
pub(super) fn to_amount(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &mut Bound,
    moved: Option<Moved>,
    memory: &Memory,
) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Percent || moved.is_none() || !view.is(figure.end, "to") {
        return false;
    }
    let next = scene.figures.iter().find(|f| f.first > figure.end);
    let Some(next) = next.filter(|f| f.kind == Kind::Money && f.lo.is_some_and(|v| v >= 1e5)) else { return false };
    let lead = next.hedge.map_or(next.first, |(h, _)| h.min(next.first));
    let company = bound.subjects.iter().all(|s| s.kind == EntityType::Company);
    if lead != figure.end + 1 || !company || bound.subjects.is_empty() && memory.main().is_none() {
        return false;
    }
    let near = memory.metric_near(scene.sentence.paragraph).filter(|m| {
        is_companys(*m) && !matches!(m, Metric::EarningsPerShare | Metric::Margin | Metric::Guidance | Metric::Dividend)
    });
    bound.metric = Some(near.unwrap_or(Metric::Revenue));
    bound.because("metric", "metric.to_amount", Some(view.span(figure.end, next.end)));
    true
}

/// "Management now sees it falling 9%": the measure that was just spoken of.
pub(super) fn it_moves(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &mut Bound,
    moved: Option<Moved>,
    memory: &Memory,
) -> bool {
    let view = scene.view;
    let Some((_, (first, _))) = moved.filter(|(_, w)| figure.kind == Kind::Percent && w.1 <= figure.first) else {
        return false;
    };
    let Some(it) = first.checked_sub(1 + usize::from(view.is_one_of(first.wrapping_sub(1), &["to", "will", "would"])))
    else {
        return false;
    };
    let seen = it > scene.sentence.first
        && view.is_one_of(it, &["it", "them", "that", "this"])
        && view.is_one_of(
            it - 1,
            &[
                "sees",
                "see",
                "saw",
                "expects",
                "expect",
                "forecasts",
                "projects",
                "predicts",
                "reckons",
                "thinks",
                "expected",
                "sent",
                "left",
            ],
        );
    let Some(metric) = memory.metric_near(scene.sentence.paragraph).filter(|m| is_companys(*m)) else { return false };
    if !seen || !scene.metrics.is_empty() {
        return false;
    }
    bound.metric = Some(metric);
    bound.because("metric", "metric.it_moves", Some(view.span(it, it + 1)));
    true
}

/// "bought $324 million of its own stock", "repurchased $2 billion worth of shares".
pub(super) fn own_stock(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let verb = lead.checked_sub(1).filter(|i| {
        view.is_one_of(
            *i,
            &["bought", "buy", "buying", "buys", "purchased", "repurchased", "repurchase", "retired", "acquired"],
        )
    });
    let mut at = figure.end;
    while view.is_one_of(at, &["worth", "of", "'", "in"]) {
        at += 1;
    }
    let own = view.is_one_of(at, &["its", "their"])
        && (view.is_one_of(at + 1, OWN) || view.is(at + 1, "own") && view.is_one_of(at + 2, OWN));
    let Some(verb) = verb.filter(|_| own && figure.kind == Kind::Money) else { return false };
    bound.metric = Some(Metric::Buybacks);
    bound.metric_text = Some(view.surface(verb, verb + 1).to_string());
    bound.because("metric", "metric.own_stock", Some(view.span(verb, verb + 1)));
    true
}

/// What a company buys of itself.
const OWN: &[&str] = &["stock", "shares", "share"];
