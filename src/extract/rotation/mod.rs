//! Rotation statements: money said to move from one group of assets to another.
//!
//! Each trigger word opens a frame (`frame`, `flow`): what must stand around it,
//! and which words open its sides (`scan`). A side is a list of noun phrases
//! about assets (`phrase`, `group`). Frames that name one side each and belong
//! together become one statement (`join`); then its polarity and status are
//! read (`reality`), its time and its source (`told`). Two price moves side by
//! side are no rotation.

use crate::lexicon::RotationWord;
use crate::model::{Sentence, Status};

mod again;
mod clause;
mod crossing;
mod flow;
mod frame;
mod group;
mod join;
mod lists;
mod mover;
mod object;
mod phrase;
mod pronoun;
mod reality;
mod scan;
mod subject;
mod tail;
mod told;
mod undo;
mod weights;
mod words;

use super::bind::Name;
use super::view::View;
use frame::Move;
use group::Side;
use words::{Reader, Word};

pub(crate) use again::again;
pub(crate) use told::{Told, told};
pub(super) use words::{AUXILIARIES, STOPS};

/// A rotation before it is a record.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Tokens of the words that carry it.
    pub trigger: (usize, usize),
    /// Where money leaves.
    pub from: Side,
    /// Where it goes.
    pub to: Side,
    /// How real it is, and the words and rule that say so.
    pub status: Status,
    pub status_words: Option<(usize, usize, &'static str)>,
    /// It is denied, by these words.
    pub negated: Option<(usize, usize)>,
    /// What made a statement of it.
    pub rule: &'static str,
    /// Behind all of it.
    pub end: usize,
}

/// The rotation statements of a sentence, in the order of their triggers.
pub(crate) fn rotations(view: &View<'_>, sentence: &Sentence, names: &[Name]) -> Vec<Found> {
    let Some(reader) = Reader::new(view, sentence, names) else { return Vec::new() };
    let mut moves = reader.moves();
    moves.extend(reader.crossings(&moves));
    if moves.is_empty() {
        return Vec::new();
    }
    moves.sort_by_key(|m| m.trigger);
    reader.preposed(&mut moves);
    reader.undone(&mut moves);
    reader.join(moves).into_iter().map(|found| reader.real(found)).collect()
}

/// Most triggers looked at in one sentence.
const MOST: usize = 60;

impl Reader<'_> {
    /// What each trigger says.
    fn moves(&self) -> Vec<Move> {
        let mut out: Vec<Move> = Vec::new();
        let mut behind = self.sentence.first;
        let mut tried = 0;
        let mut at = 0;
        while at < self.words.len() && tried < MOST {
            let first = self.words[at].first;
            let here = at..self.words.partition_point(|w| w.first <= first);
            at = here.end;
            let mut triggers: Vec<&Word> =
                self.words[here].iter().filter(|w| w.word.is_trigger() || w.word == RotationWord::Holding).collect();
            let in_side =
                |m: &Move| [&m.from, &m.to].iter().any(|s| s.span.is_some_and(|(a, b)| a <= first && first < b));
            if triggers.is_empty() || first < behind || out.iter().any(in_side) {
                continue;
            }
            tried += 1;
            triggers.sort_by_key(|w| std::cmp::Reverse(w.end));
            let mut best: Option<Move> = None;
            for word in triggers {
                let Some(found) = self.frame(word, self.limit(word)) else { continue };
                if best.as_ref().is_none_or(|b| found.weight() > b.weight()) {
                    best = Some(found);
                }
                // "take profits on" is no taking of profits.
                if word.end > word.first + 1 && best.is_some() {
                    break;
                }
            }
            if let Some(found) = best {
                behind = found.trigger.1;
                out.push(found);
            }
        }
        out
    }

    /// Where a trigger's own words end: at the next trigger, or with its clause.
    fn limit(&self, word: &Word) -> usize {
        let end = self.clause_end(word.end);
        // "the most crowded trades": part of a noun phrase.
        let adjective = |w: &Word| {
            let before = w.first.wrapping_sub(1);
            self.view.is(before, "-") && self.view.glued(w.first)
                || self.view.is_one_of(before, &["toward", "towards", "into", "from"])
                    && !self.view.word(w.first).ends_with("ing")
                || w.end == w.first + 1
                    && self.view.word(w.first).ends_with("ed")
                    && self.view.is_one_of(
                        before,
                        &["most", "more", "the", "a", "an", "its", "their", "of", "from", "into", "to", "toward"],
                    )
        };
        self.words
            .iter()
            .filter(|w| w.word.is_trigger() && w.first >= word.end && w.first < end && !adjective(w))
            .filter(|w| {
                w.first > word.end + 1
                    || !self.view.word(w.first).ends_with("ing")
                        && !self
                            .view
                            .is_one_of(w.first, &["inflows", "outflows", "flows", "redemptions", "pivot", "trade"])
            })
            .filter(|w| !self.compound(w))
            .filter(|w| !self.names.iter().any(|n| n.first <= w.first && w.end <= n.end))
            .filter(|w| self.at(w.first, RotationWord::Asset).is_none())
            .map(|w| w.first)
            .min()
            .unwrap_or(end)
    }

    /// "the tech trade", "the software selling": a noun behind a group.
    fn compound(&self, word: &Word) -> bool {
        let noun =
            &["trade", "trades", "rally", "rush", "spread", "returns", "record", "exposure", "cut", "lead", "draw"];
        word.end == word.first + 1
            && self.view.is_one_of(word.first, noun)
            && (self.names.iter().any(|n| n.end == word.first)
                || self
                    .words
                    .iter()
                    .any(|w| matches!(w.word, RotationWord::Asset | RotationWord::Style) && w.end == word.first))
    }
}
