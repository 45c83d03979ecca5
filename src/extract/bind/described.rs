//! Subjects by description: "its industry", "the heavy truck industry", "one
//! group of companies", "initial jobless claims", "43 S&P 500 stocks".
//!
//! They carry no ticker; a wrong subject is worse than none, so the noun must
//! be one that stands for a group or an indicator.

use crate::extract::figure::Figure;
use crate::model::{EntityType, Kind, Metric, Shape, Subject};

use super::scene::Scene;

/// Nouns that stand for a group of companies or securities.
const GROUPS: &[&str] = &[
    "industry", "industries", "companies", "stocks", "group", "groups", "providers", "makers", "firms", "names", "chips", "market", "markets", "funds", "banks", "segment",
    "segments", "retailers", "equities", "cycle", "producers", "suppliers", "manufacturers", "chipmakers", "startups", "issuers", "stock", "sector", "sectors", "peers", "rivals",
    "miners", "insurers", "airlines", "constituents", "trucks", "truck", "constituents", "households", "consumers", "respondents", "managers",
];

/// The words that describe a figure's subject, as a subject.
pub(crate) fn described(scene: &Scene<'_>, figure: &Figure, metric: Option<Metric>) -> Option<(Subject, (usize, usize), &'static str)> {
    if metric == Some(Metric::EconomicIndicator) {
        return indicator(scene, figure);
    }
    breadth(scene, figure).or_else(|| clause_subject(scene, figure))
}

fn subject(scene: &Scene<'_>, first: usize, end: usize, kind: EntityType) -> Subject {
    let name = scene.view.surface(first, end).to_string();
    Subject { canonical: name.clone(), name, ticker: None, exchange: None, cik: None, kind, members: None }
}

/// The indicator's name with what stands before it: "initial jobless claims".
fn indicator(scene: &Scene<'_>, figure: &Figure) -> Option<(Subject, (usize, usize), &'static str)> {
    let view = scene.view;
    let hit = scene.metrics.iter().filter(|m| m.metric == Metric::EconomicIndicator).min_by_key(|m| (scene.clause(m.first) != scene.clause(figure.first), m.first.abs_diff(figure.first)))?;
    let mut first = hit.first;
    while first > scene.sentence.first {
        let before = first - 1;
        let joins = view.is_word(before) && !view.is_one_of(before, &["the", "a", "an", "on", "in", "of", "and", "for", "its", "to", "this", "last", "showed", "that", "as", "with", "further", "meanwhile", "finally", "by", "from", "at", "while", "after", "new"]) || view.is(before, "'s");
        if !joins || crate::extract::calendar::month_number(view.word(before)).is_some() || scene.in_figure(before) || hit.first - before > 3 {
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

/// "70% of software providers", "43 S&P 500 stocks": who is counted.
fn breadth(scene: &Scene<'_>, figure: &Figure) -> Option<(Subject, (usize, usize), &'static str)> {
    let view = scene.view;
    let of = view.is(figure.end, "of");
    if !(figure.kind == Kind::Percent && of || figure.kind == Kind::Count) {
        return None;
    }
    let mut first = if of { figure.end + 1 } else { figure.end };
    while view.is_one_of(first, &["the", "all", "these", "its"]) {
        first += 1;
    }
    let end = noun_phrase_end(scene, first);
    let head = end.checked_sub(1).filter(|h| *h >= first)?;
    let counted = view.is_one_of(head, GROUPS) && !view.is_one_of(head, &["market", "cycle", "segment"]);
    counted.then(|| (subject(scene, first, end, EntityType::Group), (first, end), "subject.counted"))
}

/// The noun phrase in front of the clause's verb, when its head is a group.
fn clause_subject(scene: &Scene<'_>, figure: &Figure) -> Option<(Subject, (usize, usize), &'static str)> {
    let view = scene.view;
    let clause = scene.clauses.list.get(scene.clause(figure.first))?;
    let mut first = clause.first;
    while first < figure.first && (view.is_one_of(first, &["and", "but", "while", "with", "that", "as", "so", "also", "*", "-", ",", "(", "|", "when", "because", "although", "meanwhile", "overall", "he", "she", "said", "says", "told", "noted"]) || !(view.is_word(first) || view.is(first, "#"))) {
        first += 1;
    }
    // Over a leading time ("In that same time, …") or "For comparison, …".
    if view.is_one_of(first, &["in", "for", "over", "during", "since", "on", "by", "at", "after"]) {
        let comma = (first..figure.first).find(|i| view.is(*i, ","))?;
        first = comma + 1;
    }
    let end = noun_phrase_end(scene, first);
    if end >= figure.first || end == first || !scene.is_verb(end) && !view.is_one_of(end, &["which", "that", ",", "(", "|", "of"]) {
        return None;
    }
    let mut begin = first;
    let possessive = view.is_one_of(begin, &["its", "their"]);
    if view.is_one_of(begin, &["the", "a", "an"]) {
        begin += 1;
    }
    let head = if view.is(end, "of") { end - 1 } else { end - 1 };
    let group = view.is_one_of(head, GROUPS);
    // A name inside the phrase speaks for itself, unless it only qualifies the group ("AMZN's industry").
    let named = scene.names.iter().any(|n| n.first >= first && n.end <= end && n.end == end);
    let (begin, end) = if view.is(end, "of") && group { (first, noun_phrase_end(scene, end + 1)) } else { (if possessive { first } else { begin }, end) };
    (group && !named && end - begin <= 8).then(|| (subject(scene, begin, end, EntityType::Group), (begin, end), "subject.described"))
}

/// Where a noun phrase that begins at `first` ends.
fn noun_phrase_end(scene: &Scene<'_>, first: usize) -> usize {
    let view = scene.view;
    let mut end = first;
    while end < scene.sentence.end && end - first < 9 {
        if let Some(name) = scene.name_at(end) {
            end = scene.names[name].end.min(scene.sentence.end);
            continue;
        }
        let word = view.is_word(end) || view.is_one_of(end, &["-", "&", "#", "/"]) && view.glued(end + 1) || view.is_number(end) && (view.is(end.wrapping_sub(1), "#") || scene.in_figure(end) && end > first);
        let stop = view.is_one_of(end, &["of", "in", "on", "at", "for", "from", "to", "with", "by", "as", "that", "which", "who", "and", "or", "now", "also", "currently", "than", "have", "has", "had", "rose", "fell", "this", "generating", "rarely", "still", "already", "might", "cannot"])
            || (scene.is_verb(end) && end > first && !(view.shape(end) == Shape::Title && end == first));
        if !word || stop {
            break;
        }
        end += 1;
    }
    end
}
