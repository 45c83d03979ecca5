//! The head noun of what moved.
//!
//! "Renewal rates at Costco slipped" speaks of rates and "Netflix raised its
//! prices by 8%" of prices: a change without a metric word is a move of a
//! share's price only where the thing that moved is traded.

use crate::extract::figure::{Figure, Form};
use crate::lexicon::Part;
use crate::model::Shape;

use super::nouns::{ADVERBS, NO_AGENTS, PREPOSITIONS, STOPS, TRADED, TRANSITIVE};
use super::scene::Scene;
use super::what::Moved;

/// Whether what changed is a plain thing (costs, orders, jobs), not a security,
/// an index, a group of companies or a company.
pub(super) fn plain_thing(scene: &Scene<'_>, figure: &Figure, moved: Option<Moved>) -> bool {
    if figure.form == Form::Multiplier {
        return subject_head(scene, verb_before(scene, figure.first)).is_some_and(|head| is_plain(scene, head));
    }
    // "Online orders were 11% higher"
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let behind = moved.is_some_and(|(_, w)| w.0 == figure.end)
        && lead > scene.sentence.first
        && scene.view.is_one_of(lead - 1, &["were", "was", "are", "is", "came", "ran"]);
    if behind {
        return subject_head(scene, verb_before(scene, lead)).is_some_and(|head| is_plain(scene, head));
    }
    let Some((_, (first, end))) = moved.filter(|(_, w)| w.1 <= figure.first) else { return false };
    if object(scene, first, end, figure) {
        return true;
    }
    let noun = scene.moves.iter().any(|m| m.first == first && m.part == Part::Noun);
    !noun && subject_head(scene, verb_before(scene, first)).is_some_and(|head| is_plain(scene, head))
}

/// The finite verb that leads up to the words of movement: "is down 7%" → "is".
fn verb_before(scene: &Scene<'_>, at: usize) -> usize {
    let mut verb = at;
    while verb > scene.sentence.first
        && (scene.is_verb(verb - 1)
            || scene.view.is_one_of(verb - 1, ADVERBS)
            || scene.view.is_one_of(verb - 1, &["be", "been", "being", "to", "not"])
            || scene.moves.iter().any(|m| m.end == verb && m.part == Part::Verb)
            || scene.view.word(verb - 1).len() > 5 && scene.view.word(verb - 1).ends_with("ing"))
    {
        verb -= 1;
    }
    verb
}

/// The head of the noun phrase in front of a verb, over what hangs on it:
/// "order volume in Europe" → "volume".
fn subject_head(scene: &Scene<'_>, verb: usize) -> Option<usize> {
    let view = scene.view;
    let clause = scene.clause(verb);
    let from = scene.clauses.list.get(clause)?.first;
    let mut head = None;
    let mut words = 0;
    for at in (from..verb).rev().filter(|i| scene.clause(*i) == clause) {
        if scene.times.iter().any(|t| t.first <= at && at < t.end) {
            continue;
        }
        let inner = view.is_one_of(at, &["-", "&", "'s", "/", "the", "a", "an", "its", "their"]);
        if view.is_one_of(at, PREPOSITIONS) {
            // What stands in front of the preposition carries the phrase.
            head = None;
        } else if view.is_word(at) && !view.is_one_of(at, STOPS) && !scene.is_verb(at) {
            head = head.or(Some(at));
        } else if !inner && !scene.in_figure(at) {
            break;
        }
        words += 1;
        if words > 12 {
            break;
        }
    }
    head
}

/// "raised its prices by 8%", "reduce costs 25%": the change is the object's.
fn object(scene: &Scene<'_>, first: usize, end: usize, figure: &Figure) -> bool {
    let view = scene.view;
    let verb = scene.moves.iter().any(|m| m.first == first && m.part == Part::Verb);
    if !verb || !view.is_one_of(first, TRANSITIVE) {
        return false;
    }
    let mut until = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    if until > end && view.is(until - 1, "by") {
        until -= 1;
    }
    let Some(last) = until.checked_sub(1).filter(|l| *l >= end && *l - end <= 5) else { return false };
    let timed = scene.times.iter().any(|t| t.first <= last && last < t.end);
    let broken = (end..=last).any(|i| {
        view.is_one_of(i, STOPS)
            || view.is_one_of(i, PREPOSITIONS)
            || !view.is_word(i) && !view.is_one_of(i, &["-", "'s"])
    });
    !timed && !broken && is_plain(scene, last) && !view.is_one_of(last, ADVERBS)
}

/// "the brewer", "chipmakers": who does something is a company.
pub(super) fn is_agent(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.view.word(at);
    word.len() > 4
        && ["er", "ers", "or", "ors"].iter().any(|e| word.ends_with(e))
        && !scene.view.is_one_of(at, NO_AGENTS)
}

/// Whether a noun is neither a name nor something that is traded or listed.
fn is_plain(scene: &Scene<'_>, at: usize) -> bool {
    let view = scene.view;
    let word = view.word(at);
    let agent = is_agent(scene, at);
    let lower = (view.shape(at) == Shape::Lower || at == scene.sentence.first) && !word.ends_with("ly");
    let measured = scene.metrics.iter().any(|m| m.first <= at && at < m.end);
    lower
        && !agent
        && !measured
        && scene.name_at(at).is_none()
        && !scene.is_verb(at)
        && !view.is_one_of(at, TRADED)
        && !view.is_one_of(at, ADVERBS)
}
