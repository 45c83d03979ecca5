//! When a rotation happens, and who says so.

use crate::extract::bind::Scene;
use crate::extract::calendar::bounds;
use crate::extract::period::{Time, TimeClass};
use crate::extract::view::View;
use crate::extract::words::Words;
use crate::model::{Period, Sentence, Shape};

use super::Found;

/// Time and source of a statement, with the tokens they stand in.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub period: Option<(Period, (usize, usize))>,
    pub source: Option<Source>,
}

/// The words, their tokens, and the rule that took them.
type Source = (String, (usize, usize), &'static str);

/// Reads them from the sentence.
pub(crate) fn told(scene: &Scene<'_>, found: &Found) -> Told {
    Told { period: period(scene, found), source: source(scene, scene.sentence).or_else(|| carried(scene)) }
}

/// The time expression nearest to the trigger that belongs to nothing else.
fn period(scene: &Scene<'_>, found: &Found) -> Option<(Period, (usize, usize))> {
    let view = scene.view;
    let inside =
        |t: &Time| [found.from.span, found.to.span].iter().flatten().any(|(a, b)| *a <= t.first && t.end <= *b);
    // "the most since 2022": a record's age; "said on Wednesday": when it was said.
    let other = |t: &Time| {
        let from = t.first.saturating_sub(8).max(scene.sentence.first);
        let record = t.class == TimeClass::Since
            && view.any_word(
                from,
                t.first,
                &[
                    "most",
                    "largest",
                    "biggest",
                    "highest",
                    "first",
                    "lowest",
                    "worst",
                    "best",
                    "least",
                    "steepest",
                    "fastest",
                    "slowest",
                    "strongest",
                    "sharpest",
                ],
            );
        let said = t.class == TimeClass::Day
            && view.any_word(t.first.saturating_sub(2), t.first, &["said", "wrote", "told", "says", "report", "note"]);
        // ", a group that has gained this year": it belongs to what is added.
        let added = t.first > found.end
            && (found.end..t.first)
                .any(|i| view.is(i, ",") && view.is_one_of(i + 1, &["a", "an", "which", "who", "whose"]));
        record || said || added
    };
    let cost = |t: &Time| {
        let (first, end) = (found.trigger.0, found.end);
        if t.first >= end {
            t.first - end
        } else if t.end <= first {
            // One that opens the sentence serves all of it.
            if t.first <= scene.sentence.first + 3 { 3 } else { first - t.end + 2 }
        } else {
            0
        }
    };
    let time = scene
        .times
        .iter()
        .filter(|t| !matches!(t.class, TimeClass::Prior | TimeClass::Rate) && !inside(t) && !other(t))
        .min_by_key(|t| cost(t))?;
    let (start, end) = bounds(&time.norm)
        .map_or((None, None), |(a, b)| (Some(a).filter(|d| !d.is_empty()), Some(b).filter(|d| !d.is_empty())));
    let period = Period {
        text: Some(view.surface(time.first, time.end).to_string()),
        norm: Some(time.norm.clone()),
        start,
        end,
        inferred: false,
    };
    Some((period, (time.first, time.end)))
}

/// Verbs with which somebody is quoted.
const SAYS: Words = &[
    "said",
    "says",
    "say",
    "wrote",
    "writes",
    "noted",
    "notes",
    "told",
    "added",
    "adds",
    "warned",
    "warns",
    "argued",
    "argues",
    "argue",
    "observed",
    "explained",
    "reckons",
    "reckon",
    "expects",
    "expect",
    "recommends",
    "recommended",
    "urged",
    "advised",
    "advises",
    "predicts",
    "predicted",
    "believes",
    "thinks",
    "sees",
    "commented",
    "forecasts",
];

/// The speaker of the sentence before, whose quote this one goes on with.
fn carried(scene: &Scene<'_>) -> Option<Source> {
    let view = scene.view;
    let sentences = &view.text.sentences;
    let here = sentences.partition_point(|s| s.first < scene.sentence.first);
    let before = here.checked_sub(1).and_then(|i| sentences.get(i))?;
    let quoted = view.is(scene.sentence.first, "\"");
    let (words, span, rule) = source(scene, before).filter(|_| quoted)?;
    let quote = view.is(before.first, "\"") && rule != "rotation.according_to";
    quote.then_some((words, span, "rotation.speaker_before"))
}

/// Who says so.
fn source(scene: &Scene<'_>, sentence: &Sentence) -> Option<Source> {
    let view = scene.view;
    let (first, end) = (sentence.first, sentence.end);
    let take = |a: usize, b: usize, rule: &'static str| {
        let words = view.surface(a, b).trim_matches([' ', ',', '“', '”', '"', '*']).to_string();
        (a < b && !words.is_empty()).then_some((words, (a, b), rule))
    };
    let data = &["data", "figures", "flows", "numbers", "survey", "statistics", "surveys"];
    if let Some(at) = (first..end).find(|i| view.is(*i, "according") && view.is(*i + 1, "to")) {
        return take(at + 2, phrase_end(view, sentence, at + 2), "rotation.according_to");
    }
    // "EPFR data show …", "data from EPFR show …"
    if let Some(at) = (first..(first + 10).min(end)).find(|i| {
        view.is_one_of(*i, &["show", "showed", "shows", "suggest", "suggests"]) && view.any_word(first, *i, data)
    }) {
        return take(start_of(view, sentence, at), at, "rotation.data_show");
    }
    let verb = (first..end).find(|i| view.is_one_of(*i, SAYS) && !view.is(*i + 1, "-") && speaks(view, sentence, *i));
    if let Some(at) = verb {
        let before = at.wrapping_sub(1);
        if at > first && view.is_one_of(before, &[",", "\""]) && at >= first + 2 && !aside(view, sentence, at) {
            return take(at + 1, phrase_end(view, sentence, at + 1), "rotation.said_by");
        }
        let start = start_of(view, sentence, at);
        return take(start, at, "rotation.speaker");
    }
    // "Ana Ruiz of Halden Capital described …: “…”"
    let colon = (first..end).find(|i| view.is(*i, ":") && view.is(*i + 1, "\""))?;
    let named = (first..colon)
        .take_while(|i| {
            view.is_word(*i)
                && (view.shape(*i) != Shape::Lower
                    || view.is_one_of(*i, &["of", "at", "strategist", "analyst", "economist", "manager"]))
                || view.is(*i, ".") && view.glued(*i)
        })
        .count();
    (named >= 2).then(|| take(first, first + named, "rotation.speaker")).flatten()
}

/// Whether somebody who may speak stands beside the verb.
fn speaks(view: &View<'_>, sentence: &Sentence, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    if at == sentence.first
        || view.is_one_of(before, &["to", "will", "not", "they", "it", "we", "i", "which", "that", "investors", "the"])
    {
        return false;
    }
    if view.is_one_of(at, &["sees", "expects", "expect", "notes", "say"])
        && view.is_one_of(before, &[",", "\"", "and", "who", "he", "she"])
    {
        return false;
    }
    !view.is_one_of(before, &["he", "she", "who", "and", "also"])
}

/// "Ana Ruiz, a strategist at Halden, said": the comma before the verb closes an aside.
fn aside(view: &View<'_>, sentence: &Sentence, at: usize) -> bool {
    view.is(at - 1, ",")
        && (sentence.first..at - 1).rev().find(|i| view.is(*i, ",")).is_some_and(|c| {
            at - c < 14
                && view.is_word(c + 1)
                && view.is_one_of(
                    c + 1,
                    &[
                        "a",
                        "an",
                        "the",
                        "chief",
                        "head",
                        "senior",
                        "who",
                        "which",
                        "strategist",
                        "analyst",
                        "portfolio",
                        "director",
                        "global",
                        "co",
                        "managing",
                    ],
                )
        })
}

fn start_of(view: &View<'_>, sentence: &Sentence, end: usize) -> usize {
    let mut first = end;
    while first > sentence.first && end - first < 18 {
        let before = first - 1;
        let closing = view.is(before, ",") && first == end;
        let inner = view.is(before, ",") && aside(view, sentence, end);
        if view.is_one_of(before, &[";", "\"", "—", ":", "but", "while", "as", "because", "(", "and", "when"])
            || view.is(before, ",") && !closing && !inner
        {
            break;
        }
        first = before;
    }
    while first < end && view.is_one_of(first, &["still", "however", "meanwhile", "also", ",", "*", "#", "-"]) {
        first += 1;
    }
    first
}

fn phrase_end(view: &View<'_>, sentence: &Sentence, first: usize) -> usize {
    let titles = &[
        "chief",
        "senior",
        "an",
        "a",
        "the",
        "head",
        "analyst",
        "director",
        "portfolio",
        "managing",
        "co",
        "founder",
        "president",
        "global",
        "lead",
        "equity",
        "economist",
        "strategist",
        "who",
    ];
    let mut end = first;
    while end < sentence.end && end - first < 26 {
        let stop = view.is_one_of(end, &[";", "\"", "[", "(", "—", ":"])
            || view.is(end, ".") && !view.glued(end + 1)
            || view.is(end, ",") && (!view.is_one_of(end + 1, titles) || view.is(end + 1, "who"))
            || view.is_one_of(end, &["while", "but", "which", "who", "when", "as", "on", "in", "citing"])
                && end > first
            || view.is(end, "and") && view.shape(end + 1) == Shape::Lower;
        if stop {
            break;
        }
        end += 1;
    }
    end
}
