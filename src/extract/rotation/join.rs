//! Frames of one sentence → its statements.

use crate::lexicon::RotationWord;

use super::Found;
use super::frame::{Move, State};
use super::group::Side;
use super::words::{Reader, Word};
use crate::model::Status;

impl Move {
    /// How much a reading says: of two of the same word the heavier is taken.
    pub(super) fn weight(&self) -> u8 {
        let both = !self.from.is_empty() && !self.to.is_empty();
        4 * u8::from(self.state == State::Sure) + 2 * u8::from(both) + u8::from(self.rule == "rotation.carried")
    }

    /// Which trigger names the pair.
    fn rank(&self) -> u8 {
        match (self.rule, self.word) {
            (_, RotationWord::Strong) => 4,
            ("rotation.carried", _) => 3,
            ("rotation.moved", _) => 2,
            _ => 1,
        }
    }

    fn only_from(&self) -> bool {
        !self.from.is_empty() && self.to.is_empty()
    }

    fn only_to(&self) -> bool {
        self.from.is_empty() && !self.to.is_empty()
    }
}

impl Reader<'_> {
    /// Joins what belongs together, and leaves out what does not stand alone.
    pub(super) fn join(&self, moves: Vec<Move>) -> Vec<Found> {
        let mut out: Vec<Move> = Vec::new();
        for next in moves {
            let Some(last) = out.last_mut() else {
                out.push(next);
                continue;
            };
            if self.together(last, &next) {
                let before = self.once(&Word { first: last.trigger.0, end: last.trigger.1, word: last.word });
                pair(last, next, before);
            } else if !repeats(last, &next) {
                out.push(next);
            }
        }
        out.into_iter()
            .filter(|m| m.state == State::Sure)
            .map(|m| Found {
                trigger: m.trigger,
                from: m.from,
                to: m.to,
                status: Status::Actual,
                status_words: None,
                negated: None,
                rule: m.rule,
                end: m.end,
            })
            .collect()
    }

    /// Whether two frames are the two sides of one move.
    fn together(&self, a: &Move, b: &Move) -> bool {
        let view = self.view;
        let (start, end) = (a.end.min(b.trigger.0), b.trigger.0);
        let (one, other) = (&a.sides().subjects, &b.sides().subjects);
        let same = one.iter().any(|s| other.iter().any(|t| t.canonical == s.canonical));
        let undone = a.rule == "rotation.undone" || b.rule == "rotation.undone";
        let apart = undone
            || same
            || (start..end).any(|i| view.is_one_of(i, &["since", "after", "because", "although"]))
            || (start..end).any(|i| view.is_one_of(i, &[";"]))
            || end - start > 24
            || !view.is(b.trigger.0 - 1, "to")
                && self.denied(a.trigger.0).is_some() != self.denied(b.trigger.0).is_some();
        let word = Word { first: a.trigger.0, end: a.trigger.1, word: a.word };
        let once = self.once(&word) && a.only_to() && b.only_to();
        let opposite = a.only_from() && b.only_to() || a.only_to() && b.only_from();
        // Of two half statements each must speak of securities.
        let weak =
            a.state == State::Half && b.state == State::Half && !(a.sides().securities() || b.sides().securities());
        let joined = end - start <= 12
            || (start..end)
                .any(|i| view.is_one_of(i, &["and", "while", "to", "as", "then", "with", "by", "into", "often"]));
        !apart && (opposite || once) && joined && !weak
    }
}

impl Move {
    fn sides(&self) -> &Side {
        if self.from.is_empty() { &self.to } else { &self.from }
    }
}

/// Makes one statement of two.
fn pair(a: &mut Move, b: Move, once: bool) {
    // "Take profits in X and redeploy into Y": the order stands first.
    let take = b.rank() > a.rank()
        && !(b.state == State::Half && a.state == State::Sure && b.word == RotationWord::Motion)
        || once;
    if once {
        a.from = std::mem::take(&mut a.to);
    }
    let both_ratings = a.rule == "rotation.rating" && b.rule == "rotation.rating";
    a.from.join(b.from);
    a.to.join(b.to);
    if both_ratings {
        a.trigger.1 = b.trigger.1;
    } else if take {
        a.trigger = b.trigger;
        a.word = b.word;
        a.rule = b.rule;
        a.noun = b.noun;
    }
    a.state = State::Sure;
    a.end = a.end.max(b.end);
}

/// Whether `b` says nothing that `a` has not said: the same sides, or one of them.
fn repeats(a: &Move, b: &Move) -> bool {
    let part = |x: &Side, y: &Side| {
        x.subjects.iter().all(|s| y.subjects.iter().any(|t| t.canonical.eq_ignore_ascii_case(&s.canonical)))
    };
    part(&b.from, &a.from) && part(&b.to, &a.to)
}
