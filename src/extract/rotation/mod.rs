//! Rotation statements: money said to move from one group of assets to another.
//!
//! A trigger word is kept when what stands behind its prepositions reads as a
//! group of assets; weaker triggers also need money or its owners in the
//! sentence, or both sides. Two price moves side by side are no rotation.

use crate::lexicon::{Cue, List, RotationWord};
use crate::model::{Sentence, Status, Subject};

mod groups;
mod sides;

use super::bind::Name;
use super::view::View;
use sides::{Sides, Word};

/// A rotation before it is a record.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub trigger: (usize, usize),
    pub from: Vec<Subject>,
    pub to: Vec<Subject>,
    pub status: Status,
    pub negated: bool,
    pub rule: &'static str,
}

/// The rotation statement of a sentence, if it makes one.
pub(crate) fn rotation(view: &View<'_>, sentence: &Sentence, names: &[Name]) -> Option<Found> {
    let words: Vec<Word> = view
        .hits_in(sentence.first, sentence.end)
        .filter(|h| h.sense.list == List::Rotation)
        .filter_map(|h| RotationWord::of(h.sense).map(|word| Word { first: h.first, end: h.end, word }))
        .collect();
    // Addresses are no statements.
    if words.is_empty() || view.any_word(sentence.first, sentence.end, &["http", "https", "www"]) {
        return None;
    }
    let owner = |except: &Word| {
        words.iter().any(|w| w.word == RotationWord::Money && (w.end <= except.first || w.first >= except.end))
    };
    let sides = Sides { view, sentence, names, words: &words };
    let mut best: Option<(u8, Found)> = None;
    for word in words.iter().filter(|w| !matches!(w.word, RotationWord::Money | RotationWord::Asset)) {
        let Some((rank, found)) = sides.statement(word, owner(word)) else { continue };
        if best.as_ref().is_none_or(|(r, _)| rank > *r) {
            best = Some((rank, found));
        }
    }
    let (_, mut found) = best?;
    reality(view, sentence, &mut found);
    Some(found)
}

/// Status and polarity.
fn reality(view: &View<'_>, sentence: &Sentence, found: &mut Found) {
    let (first, _) = found.trigger;
    let cue = |wanted: Cue, from: usize| {
        view.hits_in(from, sentence.end)
            .any(|h| h.sense.list == List::Cue && Cue::of(h.sense) == Some(wanted) && h.end <= first)
    };
    let near = first.saturating_sub(5).max(sentence.first);
    found.negated =
        (cue(Cue::Negation, near) || view.is(first.wrapping_sub(1), "no") || view.is(first.wrapping_sub(2), "no"))
            && !view.any_word(near, first, &["only", "just"])
            && !view.any_word(first, first + 2, &["not"]);
    let begins = sentence.first;
    found.status = if cue(Cue::Hypothetical, begins) || view.is_one_of(begins, &["should", "if", "when"]) {
        Status::Hypothetical
    } else if view.any_word(
        begins,
        first,
        &[
            "expects", "expect", "expected", "likely", "could", "may", "might", "will", "forecast", "predicts",
            "probable", "creating",
        ],
    ) {
        Status::Projected
    } else if view.any_word(begins, first, &["plan", "plans", "planning", "intends", "intend"]) {
        Status::Planned
    } else {
        Status::Actual
    };
}
