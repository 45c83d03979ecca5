//! What stands before a verb as one of its sides.

use crate::extract::words::Words;
use crate::lexicon::RotationWord;

use super::frame::Move;
use super::group::Side;
use super::words::{AUXILIARIES, Reader, Word};

/// Words behind which a subject may begin.
const OPENERS: Words = &[
    ",", "\"", "that", "and", "*", "show", "shows", "showed", "whether", "suggests", "said", "with", "when", "while",
    "how", "why", "where", "data", "as", "of", "—", "after", "because", "but", ":", ";", "before",
];

impl Reader<'_> {
    /// The groups that end right before `at`: the subject of what follows.
    pub(super) fn before(&self, at: usize, rule: &'static str) -> Option<Side> {
        let view = self.view;
        let mut end = self.over_aside(at);
        while end > self.sentence.first
            && (view.is_one_of(end - 1, AUXILIARIES)
                || view.word(end - 1).ends_with("ly")
                || view.is_one_of(end - 1, &["also", "alone", "together", "often"]))
        {
            end -= 1;
        }
        // "a sector that is finding favor": what the clause is about.
        if end > self.sentence.first + 1 && view.is_one_of(end - 1, &["that", "which", "who"]) {
            end = end - 1 - usize::from(view.is(end - 2, ","));
        }
        // ", a fund that …, took in": an inserted description.
        if view.is_one_of(end.wrapping_sub(1), &[","]) && end > self.sentence.first + 3 {
            let open = (self.sentence.first..end - 1).rev().find(|i| view.is(*i, ","))?;
            if end - open > 16 {
                return None;
            }
            end = open;
        }
        if view.is(end.wrapping_sub(1), ")") && self.names.iter().all(|n| n.end != end) {
            end = (self.sentence.first..end).rev().find(|i| view.is(*i, "("))?;
        }
        // A name with its ticker in brackets is no bracket.
        let named = self.names.iter().find(|n| n.end == end).map_or(end, |n| n.first);
        let start = self.clause_start(named).max(end.saturating_sub(16));
        (start..end).find_map(|s| {
            let opens = s == start || view.is_one_of(s - 1, OPENERS) || s == self.sentence.first;
            if !opens || view.is_one_of(s, &["and", ",", "or"]) {
                return None;
            }
            self.side(s, end, true, rule).filter(|(_, next)| *next == end || view.is(*next, "(")).map(|(side, _)| side)
        })
    }

    /// "X and Y are the main beneficiaries of the flight from Z": who gains by
    /// what the trigger at `at` says.
    pub(super) fn gainers(&self, at: usize) -> Option<Side> {
        let view = self.view;
        let mut back = at;
        while back > self.sentence.first && at - back < 6 && !view.is_one_of(back, &["from", "of", "on"]) {
            back -= 1;
        }
        let winners = &["beneficiaries", "beneficiary", "winners", "winner"];
        if view.is(back, "of") && view.is_one_of(back.wrapping_sub(1), winners) {
            let verb = (self.sentence.first..back).rev().find(|i| {
                view.is_one_of(*i, &["is", "are", "was", "were", "been", "become", "became", "look", "looks"])
            })?;
            return (back - verb < 8).then(|| self.before(verb, "rotation.gainer")).flatten();
        }
        let gains = view.is(back, "from")
            && view.is_one_of(
                back.wrapping_sub(1),
                &[
                    "benefit",
                    "benefits",
                    "benefited",
                    "benefiting",
                    "benefitted",
                    "gained",
                    "profited",
                    "gain",
                    "profit",
                ],
            );
        gains.then(|| self.before(back - 1, "rotation.gainer")).flatten()
    }

    /// "Instead of X, funds bought Y": what stands before the clause is left.
    pub(super) fn preposed(&self, moves: &mut [Move]) {
        let view = self.view;
        let first = self.skip(self.sentence.first, &["\"", "*", "-", "•"]);
        let weary = view.is_one_of(first, &["tired", "weary", "wary", "disillusioned", "disenchanted"])
            && view.is_one_of(first + 1, &["of", "with"]);
        let at = match self.at(first, RotationWord::Source) {
            Some(end) if end > first + 1 => end,
            _ if weary => first + 2,
            _ => return,
        };
        let Some(comma) = (at..self.sentence.end.min(at + 14)).find(|i| view.is(*i, ",")) else { return };
        let Some((side, end)) = self.side(at, comma, true, "rotation.whence") else { return };
        let Some(next) = moves.iter_mut().find(|m| m.trigger.0 > comma) else { return };
        if end == comma && next.from.is_empty() && next.trigger.0 - comma < 10 {
            next.from = side;
        }
    }

    /// "Investors in bond funds pulled $2 billion": what they are in is left.
    pub(super) fn owners_in(&self, word: &Word) -> Option<Side> {
        let view = self.view;
        let takes =
            &["pulled", "pull", "pulling", "yanked", "yanking", "withdrew", "withdraw", "redeemed", "withdrawn"];
        let owner = self.of(RotationWord::Owner, self.sentence.first, word.first).find(|w| view.is(w.end, "in"))?;
        if !view.is_one_of(word.first, takes) || word.first - owner.end > 10 {
            return None;
        }
        self.side(owner.end + 1, word.first, true, "rotation.held").map(|(side, _)| side)
    }
}
