//! Weights: recommended ones, and holdings that are cut or raised.

use crate::lexicon::{List, Movement, Part, RotationWord};
use crate::model::{Direction, EntityType};

use super::frame::{Move, Mover, State};
use super::group::Side;
use super::scan::Marks;
use super::words::{Reader, Word};

impl Reader<'_> {
    /// Sector ratings: "move Energy to Overweight", "cut software to neutral".
    pub(super) fn rated(&self, word: &Word, limit: usize) -> Option<Move> {
        use RotationWord as W;
        let view = self.view;
        if self.words.iter().all(|w| !matches!(w.word, W::Overweight | W::Underweight | W::Neutral)) {
            return None;
        }
        let (side, next) = self.side(word.end, limit, false, "rotation.rating")?;
        if side.subjects.iter().any(|s| matches!(s.kind, EntityType::Company)) {
            return None;
        }
        let to = (next..(next + 6).min(self.sentence.end)).find(|i| view.is(*i, "to"))?;
        let weight = |i: &usize| [W::Overweight, W::Underweight, W::Neutral].iter().any(|w| self.at(*i, *w).is_some());
        let at = (to + 1..(to + 6).min(self.sentence.end)).find(weight)?;
        let up = self.at(at, W::Overweight);
        let down = self.at(at, W::Underweight);
        let even = self.at(at, W::Neutral);
        let end = up.or(down).or(even)?;
        let lower = word.word == W::Reduce || view.any_word(next, to, &["down"]);
        let rises = up.is_some() || even.is_some() && !lower;
        let (from, to) = if rises { (Side::default(), side) } else { (side, Side::default()) };
        Some(Move {
            trigger: (word.first, end),
            word: word.word,
            from,
            to,
            state: State::Sure,
            end,
            rule: "rotation.rating",
            noun: false,
        })
    }

    /// "cut their exposure to X", "raised its energy holdings".
    pub(super) fn weighed(&self, word: &Word, limit: usize) -> Option<Move> {
        let view = self.view;
        let rule = if word.word == RotationWord::Reduce { "rotation.left" } else { "rotation.entered" };
        let held = self
            .of(RotationWord::Holding, word.end, limit.min(word.end + 8))
            .find(|w| !view.any_word(word.end, w.first, &[",", "and", "from", "into"]));
        let (side, next) = match held {
            Some(held) if view.is_one_of(held.end, &["in", "of", "to", "on", "for"]) => {
                self.side(held.end + 1, limit, false, rule)?
            }
            Some(held) => {
                let mut side = Side::default();
                self.held(word.end, held.end, &mut side);
                (Side { rule, ..side }, held.end)
            }
            // "cut software by a third and add insurers"; prices are lifted too.
            None if word.word == RotationWord::Reduce || view.is_one_of(word.first, &["add", "adding"]) => {
                self.side(word.end, limit, false, rule)?
            }
            None => return None,
        };
        let mover = self.mover(word);
        let lone = side.companies();
        if side.is_empty() || mover == Mover::Company {
            return None;
        }
        let (mut from, mut to, end) = self.sides(next, limit, Marks::default(), false);
        // "to 24% from 31%" are no sides; what is held is one.
        if word.word == RotationWord::Reduce { &mut from } else { &mut to }.join(side);
        let both = !from.is_empty() && !to.is_empty();
        let sure = both || !lone && matches!(mover, Mover::Money | Mover::Owner);
        Some(Move {
            trigger: (word.first, held.map_or(word.end, |h| h.end)),
            word: word.word,
            from,
            to,
            state: if sure { State::Sure } else { State::Half },
            end: end.max(next),
            rule,
            noun: false,
        })
    }

    /// "Net exposure to X fell": what is held moves.
    pub(super) fn exposed(&self, word: &Word, limit: usize) -> Option<Move> {
        let view = self.view;
        if !view.is_one_of(word.end, &["to", "in"]) {
            return None;
        }
        let (side, next) = self.side(word.end + 1, limit, true, "rotation.held")?;
        let held = self.owner_near(word, 5) && !side.companies();
        let direction = view.hits_at(next).iter().find_map(|h| {
            let movement = (h.sense.list == List::Movement).then(|| Movement::of(h.sense)).flatten()?;
            (movement.part == Part::Verb).then_some(movement.direction)
        })?;
        let (from, to) = match direction {
            Direction::Down => (side, Side::default()),
            Direction::Up => (Side::default(), side),
            _ => return None,
        };
        Some(Move {
            trigger: (word.first, word.end),
            word: word.word,
            from,
            to,
            state: if held { State::Sure } else { State::Half },
            end: next,
            rule: "rotation.weighed",
            noun: false,
        })
    }
}
