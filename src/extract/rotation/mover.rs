//! Who moves, and what is moved: money, its owners, a company, or neither.

use crate::extract::classes::Class;
use crate::extract::words::Words;
use crate::lexicon::RotationWord;
use crate::model::{EntityType, Shape};

use super::frame::Mover;
use super::group::Side;
use super::phrase::Phrase;
use super::words::{Reader, Word};

/// Money that is no more than earned: it moves only as an object.
const EARNED: Words = &[
    "gains",
    "profits",
    "bid",
    "bids",
    "weight",
    "position",
    "holding",
    "stake",
    "stakes",
    "risk",
    "attention",
    "focus",
    "favor",
    "favour",
    "commitments",
    "reserves",
    "deposits",
    "investments",
    "interest",
];

impl Reader<'_> {
    /// Who stands before the trigger, in its clause.
    pub(super) fn mover(&self, word: &Word) -> Mover {
        let view = self.view;
        let start = self.clause_start(word.first);
        let near = self.words.iter().rev().find(|w| {
            matches!(w.word, RotationWord::Money | RotationWord::Owner)
                && w.end <= word.first
                && w.first >= start
                && word.first - w.end <= 16
                && self.owns(w)
                && !(w.word == RotationWord::Money && view.is_one_of(w.end - 1, EARNED))
        });
        let company = self.names.iter().rev().find(|n| {
            n.end <= word.first
                && n.first >= start
                && n.subject.kind == EntityType::Company
                && self.helpers(n.end, word.first)
        });
        let firm = word.first > start && {
            let mut at = word.first;
            while at > start && self.helper(at - 1) {
                at -= 1;
            }
            at > start
                && view.is_one_of(
                    at - 1,
                    &[
                        "company",
                        "firm",
                        "retailer",
                        "chipmaker",
                        "automaker",
                        "bank",
                        "management",
                        "giant",
                        "maker",
                        "manufacturer",
                        "startup",
                        "it",
                        "consumers",
                        "shoppers",
                        "workers",
                        "customers",
                        "executives",
                        "founder",
                        "chief",
                        "government",
                        "farmers",
                        "employees",
                        "users",
                        "companies",
                    ],
                )
                && !(view.is(at - 1, "it") && self.money_around())
        };
        // "Cloud giants are pouring billions into …": what a group of companies spends.
        let group = self.names.iter().any(|n| {
            n.is_group()
                && n.end <= word.first
                && n.first >= start
                && self.helpers(n.end, word.first)
                && !self.words.iter().any(|w| w.word == RotationWord::Owner && w.end == n.end)
        });
        let passive = view.is_one_of(word.first.wrapping_sub(1), &["was", "were", "is", "are", "been", "being", "be"])
            && self.past(word);
        if near.is_none() && group && !passive && !self.is_noun_use(word) {
            return Mover::Company;
        }
        let Some(near) = near else {
            let mut at = word.first;
            while at > start && self.helper(at - 1) {
                at -= 1;
            }
            // "$6 billion was pulled"
            let goes_on = at > start && view.is_one_of(at - 1, &["and", "then"]);
            let back = if goes_on { start } else { at.saturating_sub(4).max(start) };
            if (back..at).any(|i| self.amount(i)) {
                return Mover::Money;
            }
            return match company.is_some() || firm {
                true => Mover::Company,
                false if self.person(word, start) => Mover::Person,
                false => Mover::Nobody,
            };
        };
        if company.is_some_and(|n| n.first >= near.end)
            || firm && near.end < word.first && !self.helpers(near.end, word.first)
        {
            return Mover::Company;
        }
        // "the fund's manager moved": another's verb stands between.
        let subject = self.words.iter().any(|w| w.word == RotationWord::Owner && w.first == near.first);
        if subject { Mover::Owner } else { Mover::Money }
    }

    /// "she", or a name that is no known company's, right before the verb.
    fn person(&self, word: &Word, start: usize) -> bool {
        let mut at = word.first;
        while at > start && self.helper(at - 1) {
            at -= 1;
        }
        let Some(before) = at.checked_sub(1).filter(|b| *b >= start) else { return false };
        let name = self.view.shape(before) == Shape::Title
            && !self.view.word(before).ends_with('s')
            && self.names.iter().all(|n| !(n.first <= before && before < n.end));
        name || self.view.is_one_of(before, &["he", "she", "i", "we"])
    }

    fn helper(&self, at: usize) -> bool {
        self.view.is_a(at, Class::Auxiliary)
            || self.view.word(at).ends_with("ly")
            || self.view.is_one_of(
                at,
                &[
                    "also", "now", "just", "already", "still", "not", "to", "never", "plans", "begun", "started",
                    "been", "even", "wants", "agreed", "since", "once",
                ],
            )
    }

    pub(super) fn helpers(&self, first: usize, end: usize) -> bool {
        (first..end).all(|i| self.helper(i))
    }

    /// Whether an owner of money stands at most `most` tokens before the trigger.
    pub(super) fn owner_near(&self, word: &Word, most: usize) -> bool {
        self.words.iter().any(|w| {
            matches!(w.word, RotationWord::Owner | RotationWord::Money)
                && w.end <= word.first
                && word.first - w.end <= most
                && self.owns(w)
        })
    }

    /// Whether money, holdings or their owners are the object in tokens `first..end`.
    pub(super) fn owned(&self, first: usize, end: usize) -> bool {
        self.words.iter().any(|w| {
            matches!(w.word, RotationWord::Money | RotationWord::Owner | RotationWord::Holding)
                && w.first >= first
                && w.end <= end
                && (self.owns(w) || w.word == RotationWord::Holding)
        }) || (first..end).any(|i| self.amount(i))
            || self.view.any_word(first, end, &["holdings", "positions", "gains", "profits"])
    }

    /// "part of her bank holdings", "money in bonds": the object says where it comes from.
    pub(super) fn held(&self, first: usize, end: usize, from: &mut Side) {
        let view = self.view;
        let words = self.words.iter().filter(|w| {
            matches!(w.word, RotationWord::Holding | RotationWord::Money) && w.first >= first && w.end <= end
        });
        for held in words {
            let kind = self.words.iter().any(|w| {
                matches!(w.word, RotationWord::Asset | RotationWord::Style) && w.end == held.first && w.first >= first
            }) || self.names.iter().any(|n| n.end == held.first && n.first >= first);
            if kind {
                let of = (first..held.first).rev().find(|i| view.is(*i, "of"));
                let begin =
                    of.map_or_else(|| self.skip(first, &["some", "more", "much", "extra", "up", "down"]), |o| o + 1);
                let core = self.skip(begin, &["the", "its", "their", "his", "her", "our"]);
                let phrase =
                    Phrase { first: begin, core, head: held.end, end: held.end, named: Vec::new(), next: held.end };
                let plain = (core..held.first)
                    .all(|i| self.view.is_word(i) || self.view.is_one_of(i, &["-", ".", "&"]))
                    && !self.view.any_word(core, held.first, &["of", "by", "in", "to", "and", "for", "on"]);
                if core < held.first && plain {
                    *from = self.single(&phrase, "rotation.held");
                    return;
                }
            }
            // "put money in X" says where it goes, "money in X" where it is.
            if view.is(held.end, "in")
                && held.end < end
                && let Some((side, _)) =
                    self.side(held.end + 1, end.max(held.end + 8).min(self.sentence.end), false, "rotation.held")
            {
                *from = side;
                return;
            }
        }
    }

    /// "Money that sat in X … is moving into Y": where it was.
    pub(super) fn where_it_was(&self, word: &Word, from: &mut Side) {
        if !from.is_empty() {
            return;
        }
        let start = self.clause_start(word.first);
        // "Money that sat in X", "traders who feasted on X"
        let mut held = self.of(RotationWord::Money, start, word.first).filter(|w| self.owns(w));
        let mut owners = self.of(RotationWord::Owner, start, word.first);
        let money = held.next().map(|w| (w.end, false)).or_else(|| {
            owners.find(|w| self.view.is(w.end, "who") && !self.helpers(w.end + 1, word.first)).map(|w| (w.end, true))
        });
        let Some((behind, who)) = money else { return };
        let mark = (behind..word.first).find(|i| {
            self.view.is_one_of(*i, &["in", "from", "inside"])
                || self.view.is(*i, "of") && self.view.is(i.wrapping_sub(1), "out")
                || who && self.view.is_one_of(*i, &["on", "into"])
        });
        if let Some((side, _)) = mark.and_then(|m| self.side(m + 1, word.first, true, "rotation.was_in")) {
            *from = side;
        }
    }

    /// "Crypto … is not where the money is going": where it goes.
    pub(super) fn where_it_goes(&self, word: &Word, to: &mut Side) {
        let view = self.view;
        let Some(at) = (self.sentence.first..word.first).rev().find(|i| view.is(*i, "where")) else { return };
        let mut verb = at;
        while verb > self.sentence.first && (view.is(verb - 1, "not") || view.is_a(verb - 1, Class::Auxiliary)) {
            verb -= 1;
        }
        if !to.is_empty() || verb == at || word.first - at > 8 {
            return;
        }
        let pronoun = view.is_one_of(verb.wrapping_sub(1), &["it", "that", "they", "this", "it's", "that's"])
            || view.is_one_of(verb, &["it's", "that's"]);
        let side = if pronoun {
            self.side(self.sentence.first, verb, true, "rotation.where").map(|(s, _)| s)
        } else {
            self.before(verb, "rotation.where")
        };
        *to = side.unwrap_or_default();
    }

    /// "it has moved", said of money before.
    pub(super) fn pronoun(&self, word: &Word) -> bool {
        let mut at = word.first;
        while at > self.sentence.first && self.helper(at - 1) {
            at -= 1;
        }
        at > self.sentence.first && self.view.is_one_of(at - 1, &["it", "that", "they", "this", "it's", "they're"])
            || self.view.is_one_of(at, &["it's", "they're"])
    }

    /// Whether money or its owners are spoken of here or shortly before.
    pub(super) fn money_around(&self) -> bool {
        let first = self.sentence.first.saturating_sub(40);
        self.view.any_word(
            first,
            self.sentence.end,
            &[
                "money",
                "capital",
                "investors",
                "investor",
                "traders",
                "cash",
                "managers",
                "leadership",
                "flows",
                "wall",
                "market",
                "inflows",
                "funds",
            ],
        )
    }
}
