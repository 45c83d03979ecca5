//! The sides of a rotation: what stands behind a trigger's prepositions.

use crate::extract::words::Words;
use crate::lexicon::RotationWord;
use crate::model::{EntityType, Sentence, SentenceKind, Status, Subject};

use super::Found;
use crate::extract::bind::Name;
use crate::extract::view::View;

/// A rotation word of the sentence.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) word: RotationWord,
}

pub(super) struct Sides<'s> {
    pub(super) view: &'s View<'s>,
    pub(super) sentence: &'s Sentence,
    pub(super) names: &'s [Name],
    pub(super) words: &'s [Word],
}

impl Sides<'_> {
    /// What a trigger says, and how strongly it says so.
    pub(super) fn statement(&self, word: &Word, owner: bool) -> Option<(u8, Found)> {
        let (mut from, mut to) = (Vec::new(), Vec::new());
        let mut at = word.end;
        let end = self.clause_end(word.end);
        // Objects without a preposition.
        let direct = match word.word {
            RotationWord::Leave => Some(&mut from),
            RotationWord::Enter => Some(&mut to),
            _ => None,
        };
        if let Some(side) = direct {
            let first = self.skip(
                word.end,
                &[
                    "of",
                    "on",
                    "their",
                    "its",
                    "the",
                    "up",
                    "in",
                    "to",
                    "concentrated",
                    "buy",
                    "positions",
                    "exposure",
                    "down",
                    "out",
                    "any",
                ],
            );
            if let Some((subjects, next)) = self.group(first, end) {
                *side = subjects;
                at = next;
            }
        } else if self.view.is_one_of(word.first, &["left", "leave", "leaving"])
            && let Some((subjects, next)) = self.group(self.skip(word.end, &["the", "their", "all", "these"]), end)
        {
            from = subjects;
            at = next;
        }
        let gives = self.view.is_one_of(
            word.first,
            &[
                "abandon",
                "abandons",
                "abandoning",
                "abandoned",
                "swap",
                "swapped",
                "swapping",
                "ditch",
                "ditched",
                "ditching",
                "dumped",
                "dumping",
                "dump",
                "trade",
                "trading",
                "selling",
                "sold",
                "exchange",
            ],
        );
        let mut near = !from.is_empty() || !to.is_empty();
        while at < end {
            let Some((side, next)) = self.preposition(at, gives) else {
                at += 1;
                continue;
            };
            match self.group(next, end) {
                Some((subjects, after)) => {
                    let slot = if side == Side::From { &mut from } else { &mut to };
                    if slot.is_empty() {
                        *slot = subjects;
                    }
                    near |= at - word.end <= 6;
                    at = after;
                }
                None => at = next,
            }
        }
        self.subject_side(word, &mut from, &mut to);
        if from.is_empty() && to.is_empty() {
            return None;
        }
        let both = !from.is_empty() && !to.is_empty();
        // Buying or leaving one company is a deal or a move of people.
        let one = |side: &[Subject]| side.iter().all(|s| s.kind == EntityType::Company);
        if !both && one(&from) && one(&to) && matches!(word.word, RotationWord::Leave | RotationWord::Enter) {
            return None;
        }
        // "sell-side analysts", "crop rotation"
        let compound = self.view.is(word.end, "-") && self.view.glued(word.end)
            || self.view.is_one_of(word.first.wrapping_sub(1), &["crop", "job", "tire", "staff", "team"]);
        if compound {
            return None;
        }
        let rank = match word.word {
            RotationWord::Strong => 3 + u8::from(both),
            RotationWord::Weak if both && (owner || is_noun(self.view, word.first)) => 4,
            RotationWord::Weak if near && owner && self.flows(word) => 2,
            RotationWord::Leave | RotationWord::Enter if self.returns(word) => return None,
            RotationWord::Leave | RotationWord::Enter if both => 4,
            // "a wave of buying of cheaper stocks": the noun needs no owner.
            RotationWord::Leave | RotationWord::Enter
                if self.view.is_one_of(word.first, &["buying", "selling"]) && self.view.is(word.end, "of") =>
            {
                2
            }
            RotationWord::Leave | RotationWord::Enter if owner || self.advice(word) || word.end > word.first + 1 => 2,
            _ => return None,
        };
        let rule = match word.word {
            RotationWord::Strong => "rotation.strong",
            RotationWord::Weak => "rotation.moved",
            RotationWord::Leave => "rotation.left",
            _ => "rotation.entered",
        };
        Some((rank, Found { trigger: (word.first, word.end), from, to, status: Status::Actual, negated: false, rule }))
    }

    /// Whether money itself, or its owner, is what moves: it stands close before the trigger.
    fn flows(&self, word: &Word) -> bool {
        self.words.iter().any(|w| {
            w.word == RotationWord::Money && w.end <= word.first && word.first - w.end <= 6
                || w.word == RotationWord::Money && w.first >= word.end && w.first - word.end <= 3
        })
    }

    /// "buy back their stock": a company's own shares are no rotation.
    fn returns(&self, word: &Word) -> bool {
        let view = self.view;
        view.is(word.end, "back")
            || view.any_word(word.end, (word.end + 5).min(self.sentence.end), &["back"])
                && view.any_word(word.end, word.end + 3, &["their", "its", "own"])
    }

    /// "Sell tech": an imperative at the beginning.
    fn advice(&self, word: &Word) -> bool {
        let view = self.view;
        let first = self.sentence.first;
        word.first <= first + 1
            || (self.sentence.kind == SentenceKind::Heading
                && view.is_one_of(word.first, &["selling", "buying", "dumping", "ditching", "abandoning"]))
            || view.is_one_of(word.first, &["preference for", "preference"])
    }

    /// "Utilities attracted inflows": the subject is a side.
    fn subject_side(&self, word: &Word, from: &mut Vec<Subject>, to: &mut Vec<Subject>) {
        let view = self.view;
        let attracts =
            view.is_one_of(word.first, &["attracted", "attracting", "take", "took"]) && word.end > word.first + 1;
        if attracts && to.is_empty() {
            let mut first = word.first;
            while first > self.sentence.first
                && !view.is_one_of(first - 1, &[",", ";", "—", "when", "while", "as", "\""])
                && word.first - first < 10
            {
                first -= 1;
            }
            if let Some((subjects, _)) = self.group(first, word.first) {
                *to = subjects;
            }
        }
        // "The selloff in X … aggressive buying of Y"
        let selloff = (self.sentence.first..word.first).find(|i| {
            view.is_one_of(*i, &["selloff"]) && view.is(*i + 1, "in")
                || view.is(*i, "sell") && view.is(*i + 2, "off") && view.is(*i + 3, "in")
        });
        if let (Some(at), true) = (selloff, from.is_empty() && word.word == RotationWord::Enter) {
            let start = self.skip(at + 1, &["-", "off", "in", "the"]);
            if let Some((subjects, _)) = self.group(start, word.first) {
                *from = subjects;
            }
        }
        // "a defensive rotation": into what the word in front says.
        if word.word == RotationWord::Strong && from.is_empty() && to.is_empty() && word.first > self.sentence.first + 1
        {
            let mut first = word.first;
            while first > self.sentence.first
                && word.first - first < 3
                && view
                    .is_one_of(first - 1, &["defensive", "value", "cyclical", "equity", "small", "-", "cap", "quality"])
            {
                first -= 1;
            }
            if first < word.first && view.is_one_of(first, &["defensive", "value", "cyclical", "small", "quality"]) {
                to.push(self.subject(first, word.first));
            }
        }
        // "adding to winners at the expense of laggards"
        let expense = (word.end..self.sentence.end).find(|i| view.is(*i, "expense") && view.is(*i + 1, "of"));
        if let Some(at) = expense.filter(|_| from.is_empty())
            && let Some((subjects, _)) = self.group(at + 2, self.sentence.end)
        {
            *from = subjects;
        }
    }

    /// The side a preposition at `at` opens.
    pub(super) fn preposition(&self, at: usize, gives: bool) -> Option<(Side, usize)> {
        let view = self.view;
        if view.is(at, "out") && view.is(at + 1, "of") || view.is(at, "away") && view.is(at + 1, "from") {
            return Some((Side::From, at + 2));
        }
        if view.is(at, "from") {
            return Some((Side::From, at + 1));
        }
        if view.is(at, "to")
            && at > 0
            && view.is_one_of(
                at - 1,
                &[
                    "limited",
                    "due",
                    "relative",
                    "compared",
                    "exposure",
                    "according",
                    "thanks",
                    "likely",
                    "tied",
                    "related",
                    "sensitive",
                    "able",
                    "set",
                ],
            )
        {
            return None;
        }
        if view.is_one_of(at, &["into", "toward", "towards", "onto"]) {
            return Some((Side::To, at + 1));
        }
        if view.is(at, "in") && view.is(at + 1, "favor") && view.is(at + 2, "of")
            || view.is(at, "in") && view.is(at + 1, "favour") && view.is(at + 2, "of")
        {
            return Some((Side::To, at + 3));
        }
        if view.is(at, "to") && !view.is_one_of(at + 1, &["be", "buy", "the"])
            || view.is(at, "to") && view.is(at + 1, "the")
        {
            return Some((Side::To, at + 1));
        }
        if gives && view.is(at, "for") {
            return Some((Side::To, at + 1));
        }
        if view.is(at, "on") && view.is_one_of(at.wrapping_sub(1), &["betting", "bet", "bets", "but", "not"]) {
            return Some((if view.is_one_of(at.wrapping_sub(1), &["not"]) { Side::From } else { Side::To }, at + 1));
        }
        None
    }

    pub(super) fn skip(&self, mut at: usize, words: Words) -> usize {
        while self.view.is_one_of(at, words) {
            at += 1;
        }
        at
    }

    /// Where a trigger's clause ends.
    fn clause_end(&self, from: usize) -> usize {
        (from..self.sentence.end)
            .find(|i| {
                self.view.is_one_of(*i, &[";", "while", "although", "because", "but"]) && !self.view.is(*i + 1, "on")
            })
            .unwrap_or(self.sentence.end)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    From,
    To,
}

/// Whether a weak trigger is used as a noun ("the move from").
fn is_noun(view: &View<'_>, at: usize) -> bool {
    at > 0
        && view.is_one_of(
            at - 1,
            &[
                "the",
                "a",
                "this",
                "that",
                "broader",
                "big",
                "massive",
                "has",
                "just",
                "have",
                "is",
                "are",
                "-",
                "notable",
                "quiet",
                "sharp",
                "violent",
                "wholesale",
            ],
        )
}
