//! Statements that the marks carry whatever the verb is: "out of X and into Y".

use crate::extract::words::Words;
use crate::lexicon::RotationWord;

use super::frame::{Move, Mover, State};
use super::lists::UNMOVED;
use super::scan::Marks;
use super::words::{AUXILIARIES, Reader, Word};

/// Money that flows, not what is thought or held of it.
const LIQUID: Words = &[
    "money",
    "capital",
    "cash",
    "dollars",
    "liquidity",
    "savings",
    "proceeds",
    "flows",
    "billions",
    "trillions",
    "billion",
    "trillion",
    "million",
    "funds",
    "assets",
    "profits",
    "gains",
    "wealth",
    "euros",
    "sums",
    "deposits",
    "attention",
    "focus",
    "powder",
    "reserves",
    "holdings",
    "portfolios",
];

/// What may stand between the verb and its mark.
const ADVERBS: Words = &[
    "back",
    "further",
    "straight",
    "right",
    "instead",
    "even",
    "again",
    "first",
    "en",
    "masse",
    "out",
    "away",
    "over",
    "more",
    "just",
    "deeper",
    "fast",
    "hard",
    "out",
    "down",
    "quickly",
    "once",
    "aggressively",
];

impl Reader<'_> {
    /// The statements of marks that no listed word has taken.
    pub(super) fn crossings(&self, found: &[Move]) -> Vec<Move> {
        let mut out: Vec<Move> = Vec::new();
        if self.purse().is_none() {
            return out;
        }
        let mut at = self.sentence.first + 1;
        while at < self.sentence.end {
            let Some((_, next, _)) = self.mark(at, Marks::default()) else {
                at += 1;
                continue;
            };
            let taken = |m: &Move| m.trigger.0 <= at && at < m.end.max(m.trigger.1 + 1);
            let beside = |m: &Move| {
                [&m.from, &m.to]
                    .iter()
                    .any(|s| s.span.is_some_and(|(first, end)| first >= at && first <= next + 1 && end > next))
            };
            if found.iter().chain(&out).any(|m| taken(m) || beside(m)) {
                at = next;
                continue;
            }
            match self.crossing(at) {
                Some(found) => {
                    at = found.end.max(next);
                    out.push(found);
                }
                None => at = next,
            }
        }
        out
    }

    /// The first word of money or its owners.
    fn purse(&self) -> Option<&Word> {
        self.words.iter().find(|w| matches!(w.word, RotationWord::Money | RotationWord::Owner) && self.owns(w))
    }

    fn crossing(&self, at: usize) -> Option<Move> {
        let view = self.view;
        let mut behind = at;
        while behind > self.sentence.first + 1
            && (view.is_one_of(behind - 1, ADVERBS) || view.word(behind - 1).ends_with("ly"))
        {
            behind -= 1;
        }
        let last = behind - 1;
        if !view.is_word(last) || self.names.iter().any(|n| n.first <= last && last < n.end) {
            return None;
        }
        let held = self
            .words
            .iter()
            .find(|w| matches!(w.word, RotationWord::Money | RotationWord::Owner) && w.end == behind && self.owns(w));
        let limit = self.clause_end(at);
        let (from, to, end) = self.sides(at, limit, Marks::default(), true);
        let both = !from.is_empty() && !to.is_empty();
        let (source, next, strong) = self.mark(at, Marks::default())?;
        let own = if source { &from } else { &to };
        // The mark opens a side itself: "to" of "to shift" does not.
        if own.span.is_none_or(|(first, _)| first > next + 8)
            || self
                .words
                .iter()
                .any(|w| w.first == next && w.word.is_trigger() && !self.is_noun_use(w) && self.name(next).is_none())
            || !(both || strong)
            || from.companies() && to.companies()
        {
            return None;
        }
        let verb = match held {
            Some(held) => self.taker(held)?,
            None => last,
        };
        let word = Word { first: verb, end: verb + 1, word: RotationWord::Motion };
        // "ran out of chips" is no running away.
        let runs = view.is_one_of(verb, &["run", "runs", "ran", "running"]) && view.is_one_of(at, &["out", "into"]);
        if runs
            || view.is_one_of(verb, UNMOVED)
            || self.at(verb, RotationWord::People).is_some()
            || self.inside_name(&word)
        {
            return None;
        }
        let mover = self.mover(&word);
        let liquid =
            held.is_some_and(|w| view.is_one_of(w.end - 1, LIQUID)) || (verb + 1..behind).any(|i| self.amount(i));
        let moves = match (held.is_some(), mover) {
            (_, Mover::Company) => false,
            (true, _) => liquid,
            (false, Mover::Money | Mover::Owner) => self.acts_here(verb),
            _ => both && strong && from.securities() && to.securities(),
        };
        moves.then_some(Move {
            trigger: (if held.is_some() { verb } else { last }, at),
            word: RotationWord::Motion,
            from,
            to,
            state: State::Sure,
            end,
            rule: "rotation.crossing",
            noun: false,
        })
    }

    /// The verb that takes what `held` says along.
    fn taker(&self, held: &Word) -> Option<usize> {
        let view = self.view;
        let mut at = held.first;
        while at > self.sentence.first && held.first - at < 6 {
            at -= 1;
            let quantity = view.is_one_of(
                at,
                &[
                    "some", "more", "much", "the", "their", "its", "his", "her", "of", "a", "an", "extra", "new",
                    "fresh", "most", "part", "half", "record", "amounts", "amount", "lot", "lots", "wall", "wave",
                    "net", "sums", "piles", "that", "all", "idle", "spare", "our", "your",
                ],
            ) || view.is_number(at)
                || view.is_one_of(at, &["$", "€", "£", "¥", "%", "billion", "million", "trillion"])
                || self.adjective(at) && !view.word(at).ends_with("ing") && !self.helper_before(at);
            if !quantity {
                return (view.is_word(at) && !view.is_one_of(at, &["for", "with", "by", "to", "in", "on", "and"]))
                    .then_some(at);
            }
        }
        None
    }

    fn helper_before(&self, at: usize) -> bool {
        self.view.is_one_of(at.wrapping_sub(1), AUXILIARIES)
            || self.at(at.wrapping_sub(1), RotationWord::Owner).is_some()
    }

    /// Whether the money or the owners that stand before a verb are its subject.
    fn acts_here(&self, verb: usize) -> bool {
        let view = self.view;
        let Some(near) = self
            .words
            .iter()
            .rev()
            .find(|w| matches!(w.word, RotationWord::Money | RotationWord::Owner) && w.end <= verb && self.owns(w))
        else {
            return (verb.saturating_sub(4)..verb).any(|i| self.amount(i));
        };
        let helped = view.is_one_of(verb - 1, AUXILIARIES) || view.is_one_of(verb - 1, &["to", "not", "been"]);
        let joined = view.is_one_of(verb - 1, &[",", "and"]) && view.word(verb).ends_with("ing");
        self.helpers(near.end, verb) || helped && verb - near.end <= 8 || joined && verb - near.end <= 12
    }
}
