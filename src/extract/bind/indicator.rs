//! Indicators, bonds and gauges by description: "initial jobless claims",
//! "10-year notes", "MSCI's broadest index of …".

use crate::extract::figure::Figure;
use crate::model::{EntityType, Metric, Shape};

use super::clause::Attach;
use super::described::{Described, subject};
use super::scene::Scene;

/// The indicator's name with what stands before it: "initial jobless claims".
pub(super) fn indicator(scene: &Scene<'_>, figure: &Figure, metric: Metric) -> Option<Described> {
    let view = scene.view;
    // "will reduce GDP by 0.3 percent": what is moved, not what moves it.
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let moved = scene.metrics.iter().find(|m| {
        m.metric == metric
            && m.end < lead
            && m.end + 1 == lead
            && view.is(m.end, "by")
            && scene.moves.iter().any(|v| v.end <= m.first && m.first - v.end <= 4)
    });
    let hit = moved
        .into_iter()
        .chain(&scene.metrics)
        .filter(|m| m.metric == metric)
        .take(if moved.is_some() { 1 } else { usize::MAX })
        .min_by_key(|m| (scene.clause(m.first) != scene.clause(figure.first), m.first))?;
    // "The stock yields 3.6%": what a share pays, no rate.
    if view.is_one_of(hit.end - 1, &["yields", "yield"])
        && view.is_one_of(hit.first.wrapping_sub(1), &["stock", "shares", "share", "it"])
    {
        return None;
    }
    // A duty is laid on somebody; it is not what the figure is about.
    if view.is_one_of(hit.end - 1, &["tariff", "tariffs", "duty", "duties", "levy", "levies"]) {
        return None;
    }
    let mut first = hit.first;
    while first > scene.sentence.first {
        let before = first - 1;
        let joins = view.is_word(before)
            && !view.is_one_of(
                before,
                &[
                    "the",
                    "a",
                    "an",
                    "on",
                    "in",
                    "of",
                    "and",
                    "for",
                    "its",
                    "to",
                    "this",
                    "last",
                    "showed",
                    "that",
                    "as",
                    "with",
                    "further",
                    "meanwhile",
                    "finally",
                    "by",
                    "from",
                    "at",
                    "while",
                    "after",
                    "new",
                ],
            )
            || view.is(before, "'s")
            || metric == Metric::InterestRate
                && (view.is_number(before) || view.is_one_of(before, &["-", "."]))
                && view.glued(before + 1);
        if !joins
            || scene.is_verb(before)
            || scene.moves.iter().any(|m| m.first <= before && before < m.end)
            || crate::extract::calendar::month_number(view.word(before)).is_some()
            || scene.in_figure(before)
            || hit.first - before > 8
        {
            break;
        }
        first = before;
    }
    let mut end = hit.end;
    while end < scene.sentence.end && view.is_one_of(end, &["index", "report", "rate", "reading", "claims", "survey"]) {
        end += 1;
    }
    Some((subject(scene, first, end, EntityType::Indicator), (first, end), "subject.indicator"))
}

/// "Benchmark 10-year notes … to yield 1.786%": the security that yields.
pub(super) fn bond(scene: &Scene<'_>, figure: &Figure) -> Option<Described> {
    let view = scene.view;
    let nouns = &[
        "notes",
        "note",
        "bond",
        "bonds",
        "bill",
        "bills",
        "gilt",
        "gilts",
        "bund",
        "bunds",
        "treasury",
        "treasuries",
    ];
    let here = scene.clause(figure.first);
    let around = scene.clauses.parent(here).filter(|_| scene.clauses.attach(here) == Attach::Relative);
    // "the two-year yield": the maturity names the security.
    let matures =
        |i: usize| view.is_one_of(i, &["yield", "yields"]) && view.is_one_of(i.wrapping_sub(1), &["year", "month"]);
    let is_head = |i: &usize| view.is_one_of(*i, nouns) || matures(*i);
    let places = scene.sentence.first..figure.first;
    let head =
        places.clone().rev().filter(is_head).find(|i| matures(*i) && scene.clause(*i) == here).or_else(|| {
            places.clone().filter(is_head).find(|i| scene.clause(*i) == here || Some(scene.clause(*i)) == around)
        })?;
    let mut first = head;
    while first > scene.sentence.first
        && head - first < 6
        && (view.is_number(first - 1)
            || view.is_one_of(
                first - 1,
                &[
                    "two", "five", "seven", "ten", "thirty", "-", "year", "month", "u", "s", ".", "treasury", "german",
                    "italian", "japanese", "uk", "british",
                ],
            ))
    {
        first -= 1;
    }
    // "yields on Treasuries"
    let on =
        view.is_one_of(first.wrapping_sub(1), &["on"]) && view.is_one_of(first.wrapping_sub(2), &["yield", "yields"]);
    (first < head || on)
        .then(|| (subject(scene, first, head + 1, EntityType::AssetClass), (first, head + 1), "subject.bond"))
}

/// "MSCI's broadest index of Asia-Pacific shares": an index by description.
pub(super) fn gauge(scene: &Scene<'_>, first: usize, end: usize, figure: &Figure) -> Option<Described> {
    let view = scene.view;
    let head = end - 1;
    if !view.is_one_of(head, &["index", "gauge", "benchmark"])
        || scene.names.iter().any(|n| n.end == end && n.subject.kind == EntityType::Index)
    {
        return None;
    }
    if !view.is(end, "of") {
        // "MSCI's European index", "the U.S. benchmark", "its Asia-Pacific gauge"
        let first = first + usize::from(view.is_one_of(first, &["the", "its", "a", "an"]));
        let proper = (first..head)
            .any(|i| view.is_word(i) && view.shape(i) != Shape::Lower && i > scene.sentence.first)
            || view.is(first + 1, "'s");
        let index = scene.names.iter().any(|n| n.first >= first && n.end <= end && n.subject.kind == EntityType::Index);
        return (proper && !index && head > first)
            .then(|| (subject(scene, first, end, EntityType::Index), (first, end), "subject.gauge"));
    }
    let mut last = end;
    while last < figure.first
        && !scene.is_verb(last)
        && !scene.moves.iter().any(|m| m.first == last)
        && !view.is_one_of(last, &[",", "."])
        && last - end < 10
    {
        last += 1;
    }
    Some((subject(scene, first, last, EntityType::Index), (first, last), "subject.gauge"))
}
