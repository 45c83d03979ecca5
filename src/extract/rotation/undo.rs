//! "Have begun to unwind that bet": what was told of before, turned round.

use crate::extract::words::Words;
use crate::lexicon::RotationWord;

use super::frame::{Move, State};
use super::group::Side;
use super::words::Reader;

/// Verbs that take a move back.
const UNDOES: Words = &[
    "unwind",
    "unwinds",
    "unwound",
    "unwinding",
    "reverse",
    "reverses",
    "reversed",
    "reversing",
    "undo",
    "undoes",
    "undid",
    "undoing",
    "undone",
    "unpick",
    "unpicking",
];

/// What a move is called when it is spoken of again.
const AGAIN: Words = &[
    "bet",
    "bets",
    "trade",
    "trades",
    "move",
    "moves",
    "shift",
    "swap",
    "switch",
    "rotation",
    "wager",
    "wagers",
    "position",
    "positions",
];

impl Reader<'_> {
    /// Adds the way back of a move with two sides.
    pub(super) fn undone(&self, moves: &mut Vec<Move>) {
        let view = self.view;
        let Some(done) = moves.iter().find(|m| !m.from.is_empty() && !m.to.is_empty()).cloned() else { return };
        let verb = (done.end..self.sentence.end.saturating_sub(2)).find(|i| {
            view.is_one_of(*i, UNDOES)
                && view.is_one_of(i + 1, &["that", "this", "those", "these", "the", "their", "its"])
                && view.is_one_of(i + 2, AGAIN)
        });
        let Some(verb) = verb else { return };
        if moves.iter().any(|m| m.trigger.0 <= verb && verb < m.end && m.trigger != done.trigger) {
            return;
        }
        moves.push(Move {
            trigger: (verb, verb + 3),
            word: RotationWord::Motion,
            from: Side { rule: "rotation.undone", ..done.to },
            to: Side { rule: "rotation.undone", ..done.from },
            state: State::Sure,
            end: verb + 3,
            rule: "rotation.undone",
            noun: false,
        });
    }
}
