//! Subjects by description: "its industry", "the heavy truck industry", "one
//! group of companies", "initial jobless claims", "43 S&P 500 stocks".
//!
//! They carry no ticker; a wrong subject is worse than none, so the noun must
//! be one that stands for a group or an indicator.

use crate::extract::figure::Figure;
use crate::model::{EntityType, Kind, Metric, SentenceKind, Shape, Subject};

use super::clause::Attach;
use super::indicator::{bond, gauge, indicator};
use super::scene::{Scene, Shared};
use super::table::cells;

/// Nouns that stand for a group of companies or securities.
const GROUPS: &[&str] = &[
    "industry",
    "industries",
    "companies",
    "stocks",
    "group",
    "groups",
    "providers",
    "makers",
    "firms",
    "names",
    "chips",
    "market",
    "markets",
    "funds",
    "banks",
    "segment",
    "segments",
    "retailers",
    "equities",
    "cycle",
    "producers",
    "suppliers",
    "manufacturers",
    "chipmakers",
    "startups",
    "issuers",
    "issues",
    "sector",
    "sectors",
    "peers",
    "rivals",
    "miners",
    "insurers",
    "airlines",
    "dealers",
    "automakers",
    "carmakers",
    "lenders",
    "builders",
    "homebuilders",
    "exporters",
    "importers",
    "farmers",
    "brokers",
    "refiners",
    "trucks",
    "truck",
    "constituents",
    "households",
    "consumers",
    "respondents",
    "managers",
];

/// People of whom so many per cent are of a mind; as subjects of a clause they only say so.
const PEOPLE: &[&str] = &["allocators", "analysts", "economists", "strategists", "executives", "advisers", "advisors"];

/// The words that describe a figure's subject, as a subject.
pub(crate) fn described(scene: &Scene<'_>, figure: &Figure, metric: Option<Metric>) -> Option<Described> {
    if metric == Some(Metric::InterestRate) {
        return bond(scene, figure).or_else(|| indicator(scene, figure, Metric::InterestRate));
    }
    if metric == Some(Metric::EconomicIndicator) {
        return indicator(scene, figure, Metric::EconomicIndicator);
    }
    row(scene)
        .or_else(|| breadth(scene, figure))
        .or_else(|| gapped(scene, figure))
        .or_else(|| behind(scene, figure))
        .or_else(|| spending(scene, figure))
        .or_else(|| {
            // A clause that hangs on another has its subject there.
            let mut clause = Some(scene.clause(figure.first));
            while let Some(here) = clause {
                let found = clause_subject(scene, figure, here).or_else(|| antecedent(scene, here));
                if found.is_some() {
                    return found;
                }
                let hangs = matches!(scene.clauses.attach(here), Attach::Relative | Attach::Participle);
                clause = scene.clauses.parent(here).filter(|_| hangs);
            }
            None
        })
}

/// The first cell of a table row, when it is a group.
fn row(scene: &Scene<'_>) -> Option<Described> {
    if scene.sentence.kind != SentenceKind::Row {
        return None;
    }
    let (first, end) = *cells(scene.view, scene.sentence).first()?;
    let head = end.checked_sub(1).filter(|h| *h >= first && end - first <= 6)?;
    scene
        .view
        .is_one_of(head, GROUPS)
        .then(|| (subject(scene, first, end, EntityType::Group), (first, end), "subject.row_label"))
}

/// "AI chips, which represent …": the noun in front of "which".
fn antecedent(scene: &Scene<'_>, clause: usize) -> Option<Described> {
    let view = scene.view;
    let here = scene.clauses.list.get(clause)?;
    let which = here.attach == Attach::Relative && view.is_one_of(here.first, &["which", "that", "who"]);
    let end = here.first.checked_sub(1).filter(|e| which && view.is(*e, ","))?;
    let head = end.checked_sub(1)?;
    if !view.is_one_of(head, GROUPS) {
        return None;
    }
    let mut first = head;
    while first > scene.sentence.first
        && head - first < 4
        && view.is_word(first - 1)
        && !view.is_one_of(first - 1, &["in", "of", "on", "the", "by", "to", "for", "with", "and", "from", "at"])
        && !scene.is_verb(first - 1)
    {
        first -= 1;
    }
    Some((subject(scene, first, end, EntityType::Group), (first, end), "subject.antecedent"))
}

/// "the companies spending billions on AI".
fn spending(scene: &Scene<'_>, figure: &Figure) -> Option<Described> {
    let view = scene.view;
    let verb = (1..=2)
        .filter_map(|b| figure.first.checked_sub(b))
        .find(|i| view.is_word(*i) && view.word(*i).ends_with("ing"))?;
    let head = verb.checked_sub(1).filter(|h| *h >= scene.sentence.first && view.is_one_of(*h, GROUPS))?;
    let mut first = head;
    while first > scene.sentence.first
        && head - first < 3
        && view.is_word(first - 1)
        && view.shape(first - 1) == Shape::Lower
        && !view.is_one_of(first - 1, &["in", "of", "on", "the", "by", "to", "for", "with", "and", "from", "at"])
        && !scene.is_verb(first - 1)
    {
        first -= 1;
    }
    Some((subject(scene, first, head + 1, EntityType::Group), (first, head + 1), "subject.spending"))
}

/// A subject, its words (tokens), and the rule.
pub(super) type Described = (Shared, (usize, usize), &'static str);

pub(super) fn subject(scene: &Scene<'_>, first: usize, end: usize, kind: EntityType) -> Shared {
    let name = scene.view.surface(first, end).to_string();
    Subject { canonical: name.clone(), name, ticker: None, exchange: None, cik: None, kind, members: None }.into()
}

/// "70% of software providers", "43 S&P 500 stocks": who is counted.
fn breadth(scene: &Scene<'_>, figure: &Figure) -> Option<Described> {
    let view = scene.view;
    let of = view.is(figure.end, "of");
    if figure.kind == Kind::Percent && !of {
        // "the top 50% rated industries"
        let end = noun_phrase_end(scene, figure.end);
        let head = end.checked_sub(1).filter(|h| *h >= figure.end && h - figure.end <= 2)?;
        let plural = view.is_one_of(head, GROUPS)
            && view.word(head).ends_with('s')
            && view.is_one_of(figure.first.wrapping_sub(1), &["top", "bottom"]);
        return plural.then(|| {
            (subject(scene, figure.first - 1, end, EntityType::Group), (figure.first - 1, end), "subject.top")
        });
    }
    if !(figure.kind == Kind::Percent || figure.kind == Kind::Count) {
        return None;
    }
    let mut first = if of { figure.end + 1 } else { figure.end };
    while view.is_one_of(first, &["the", "all", "these", "its"]) {
        first += 1;
    }
    let mut end = noun_phrase_end(scene, first);
    // "10% of fund managers overweight India": the phrase ends with who is counted.
    let who = |i: usize| view.is_one_of(i, PEOPLE) || view.is_one_of(i, &["managers", "respondents", "investors"]);
    if let Some(last) = (first..end).find(|i| figure.kind == Kind::Percent && who(*i) && i + 1 < end) {
        end = last + 1;
    }
    let head = end.checked_sub(1).filter(|h| *h >= first)?;
    let people = figure.kind == Kind::Percent && view.is_one_of(head, PEOPLE);
    let counted = (view.is_one_of(head, GROUPS) || people) && !view.is_one_of(head, &["market", "cycle", "segment"]);
    counted.then(|| (subject(scene, first, end, EntityType::Group), (first, end), "subject.counted"))
}

/// "… has advanced 20% and its Asia-Pacific gauge 10%": the phrase right before
/// a figure that goes on with the statement of the one before.
fn gapped(scene: &Scene<'_>, figure: &Figure) -> Option<Described> {
    let view = scene.view;
    let end = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let head = end.checked_sub(1).filter(|h| *h > scene.sentence.first)?;
    let index = view.is_one_of(head, &["index", "gauge", "benchmark"]);
    if !(index || view.is_one_of(head, GROUPS)) || scene.names.iter().any(|n| n.end == end) {
        return None;
    }
    let mut first = head;
    while first > scene.sentence.first
        && head - first < 5
        && (view.is_word(first - 1) || view.is_one_of(first - 1, &["-", "'s", "."]))
        && !view.is_one_of(first - 1, &["and", "while", "but", "whereas", "the", "its", "their"])
        && !scene.is_verb(first - 1)
    {
        first -= 1;
    }
    let mut before = first.checked_sub(1)?;
    if view.is_one_of(before, &["the", "its", "their"]) {
        before = before.checked_sub(1)?;
    }
    let listed = view.is_one_of(before, &["and", ",", "while", "whereas", "but"])
        && scene.figures.iter().any(|f| f.end <= before && f.kind == figure.kind);
    let kind = if index { EntityType::Index } else { EntityType::Group };
    listed.then(|| (subject(scene, first, end, kind), (first, end), "subject.gapped"))
}

/// "a 5.27% advance for the Industrial Products sector": the group behind the figure.
fn behind(scene: &Scene<'_>, figure: &Figure) -> Option<Described> {
    let view = scene.view;
    let noun = figure.end;
    let moved = scene.moves.iter().find(|m| m.first == noun).map(|m| m.end)?;
    if !view.is_one_of(moved, &["for", "in"]) {
        return None;
    }
    let first = moved + 1 + usize::from(view.is(moved + 1, "the"));
    let end = noun_phrase_end(scene, first);
    let head = end.checked_sub(1).filter(|h| *h > first)?;
    let group = view.is_one_of(head, GROUPS) && !scene.names.iter().any(|n| n.first >= first && n.end <= end);
    group.then(|| (subject(scene, first, end, EntityType::Group), (first, end), "subject.behind"))
}

/// The noun phrase in front of the clause's verb, when its head is a group.
fn clause_subject(scene: &Scene<'_>, figure: &Figure, clause: usize) -> Option<Described> {
    let view = scene.view;
    let clause = scene.clauses.list.get(clause)?;
    let mut first = clause.first;
    while first < figure.first
        && (view.is_one_of(
            first,
            &[
                "and",
                "but",
                "while",
                "whereas",
                "with",
                "that",
                "as",
                "so",
                "also",
                "*",
                "-",
                ",",
                "(",
                "|",
                "when",
                "because",
                "although",
                "meanwhile",
                "overall",
                "he",
                "she",
                "said",
                "says",
                "told",
                "noted",
            ],
        ) || !(view.is_word(first) || view.is(first, "#")))
    {
        first += 1;
    }
    // Over a leading time ("In that same time, …") or "For comparison, …".
    if view.is_one_of(first, &["in", "for", "over", "during", "since", "on", "by", "at", "after"]) {
        let comma = (first..figure.first).find(|i| view.is(*i, ","))?;
        first = comma + 1;
    }
    let end = noun_phrase_end(scene, first);
    // "Dealers last year sold": a time may stand before the verb.
    let verb = scene.times.iter().find(|t| t.first == end).map_or(end, |t| t.end);
    let acts = scene.is_verb(verb) || view.is_word(end) && view.word(end).ends_with("ing");
    if end >= figure.first || end == first || !acts && !view.is_one_of(end, &["which", "that", ",", "(", "|", "of"]) {
        return None;
    }
    if let Some(found) = gauge(scene, first, end, figure) {
        return Some(found);
    }
    let mut begin = first;
    let possessive = view.is_one_of(begin, &["its", "their"]);
    if view.is_one_of(begin, &["the", "a", "an"]) {
        begin += 1;
    }
    let head = end - 1;
    // "the dollar has shed 9% against a basket"
    let traded = figure.kind == Kind::Percent && scene.moves.iter().any(|m| m.first >= end && m.end <= figure.first);
    if view.is(head, "dollar") && view.is(head.wrapping_sub(1), "the") && begin == head && traded {
        return Some((subject(scene, first, end, EntityType::Currency), (first, end), "subject.described"));
    }
    // "as the metal tumbled 4.4%"
    if view.is_one_of(head, &["metal", "cryptocurrency", "token", "commodity"])
        && view.is(head.wrapping_sub(1), "the")
        && traded
    {
        return Some((subject(scene, first, end, EntityType::Commodity), (first, end), "subject.described"));
    }
    let group = view.is_one_of(head, GROUPS);
    // A name inside the phrase speaks for itself, unless it only qualifies the group ("AMZN's industry").
    let named = scene.names.iter().any(|n| n.first >= first && n.end <= end && n.end == end);
    let (begin, end) = if view.is(end, "of") && group {
        (first, noun_phrase_end(scene, end + 1))
    } else {
        (if possessive { first } else { begin }, end)
    };
    (group && !named && end - begin <= 8)
        .then(|| (subject(scene, begin, end, EntityType::Group), (begin, end), "subject.described"))
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
        let word = view.is_word(end)
            || view.is_one_of(end, &["-", "&", "#", "/"]) && view.glued(end + 1)
            || view.is_number(end) && (view.is(end.wrapping_sub(1), "#") || scene.in_figure(end) && end > first);
        let stop = view.is_one_of(
            end,
            &[
                "of",
                "in",
                "on",
                "at",
                "for",
                "from",
                "to",
                "with",
                "by",
                "as",
                "that",
                "which",
                "who",
                "and",
                "or",
                "now",
                "also",
                "currently",
                "than",
                "have",
                "has",
                "had",
                "rose",
                "fell",
                "this",
                "generating",
                "rarely",
                "still",
                "already",
                "might",
                "cannot",
            ],
        ) || (scene.is_verb(end) && end > first && !(view.shape(end) == Shape::Title && end == first));
        if !word || stop {
            break;
        }
        end += 1;
    }
    end
}
