//! Where a clause begins and ends, and what a word is in it.

use crate::extract::classes::Class;
use crate::extract::words::Words;
use crate::lexicon::RotationWord;
use crate::model::Shape;

use super::words::{Reader, Word};

/// Words that are verbs as well as nouns.
const EITHER: Words = &[
    "move",
    "moves",
    "shift",
    "shifts",
    "flow",
    "flows",
    "switch",
    "rush",
    "pivot",
    "tilt",
    "turn",
    "retreat",
    "return",
    "pivots",
    "migration",
    "transition",
    "drift",
    "spread",
    "movement",
    "scramble",
    "leap",
    "jump",
    "swing",
    "swap",
    "dash",
    "change",
    "push",
    "step",
    "lurch",
    "tide",
    "trade",
    "repositioning",
    "switching",
    "pivoting",
    "rebalancing",
];

/// Words that are nouns.
const NOUNS: Words = &[
    "migration",
    "inflow",
    "inflows",
    "outflow",
    "outflows",
    "redemptions",
    "redemption",
    "withdrawals",
    "handoff",
    "guard",
    "influx",
    "movement",
    "exodus",
];

/// What stands before a noun.
const BEFORE_NOUN: Words = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "its",
    "their",
    "'s",
    "-",
    "of",
    "no",
    "any",
    "another",
    "big",
    "massive",
    "notable",
    "quiet",
    "sharp",
    "violent",
    "wholesale",
    "broad",
    "broader",
    "major",
    "clear",
    "style",
    "sector",
    "asset",
    "factor",
    "fund",
    "leadership",
    "capital",
    "dramatic",
    "historic",
    "great",
    "such",
    "in",
    "gradual",
    "sudden",
    "money",
    "net",
    "tactical",
    "strategic",
    "defensive",
    "these",
    "those",
    "'",
    "mass",
    "recent",
    "abrupt",
    "potential",
    "possible",
    "huge",
    "swift",
    "rapid",
    "ongoing",
    "further",
    "similar",
    "long",
    "longer",
];

const DETERMINERS: Words = &[
    "the", "a", "an", "this", "its", "their", "'s", "'", "no", "any", "another", "such", "each", "every", "our", "some",
];

/// Words between commas that belong to no clause.
const ASIDES: Words = &[
    "by",
    "contrast",
    "however",
    "meanwhile",
    "too",
    "though",
    "instead",
    "for",
    "their",
    "part",
    "in",
    "turn",
    "finally",
    "again",
    "of",
    "course",
    "indeed",
    "now",
    "then",
    "moreover",
    "therefore",
    "also",
    "perhaps",
    "quietly",
    "slowly",
    "addition",
];

impl Reader<'_> {
    /// Where the clause that holds token `at` begins.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        let view = self.view;
        let stop = |i: usize| {
            view.is_one_of(
                i,
                &[
                    ";", ":", "—", "while", "as", "because", "although", "though", "but", "after", "before", "when",
                    "whereas", "(", "if", "since",
                ],
            ) && !(view.is(i, "as") && view.is_one_of(i + 1, &["well", "a", "much"]))
        };
        let closed = |i: usize| view.is(i, "(") && (i..at).any(|j| view.is(j, ")"));
        (self.sentence.first..at).rev().find(|i| stop(*i) && !closed(*i)).map_or(self.sentence.first, |i| i + 1)
    }

    /// Where the clause that goes on behind token `at` ends.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        let view = self.view;
        let stop = |i: usize| {
            view.is_one_of(i, &[";", "while", "although", "though", "because", "whereas", "as", "if", "when"])
                && !(view.is(i, "as") && view.is_one_of(i + 1, &["well", "a", "much"]))
                || view.is(i, "which") && i > at && view.is(i - 1, ",")
                || view.is(i, "but")
                    && !self.between_adjectives(i)
                    && !view.is_one_of(i + 1, &["on", "also", "into", "out", "toward", "to", "not"])
                || view.is(i, "\"") && i > at && view.is_one_of(i - 1, &[",", ".", "?", "!"])
        };
        (at..self.sentence.end).find(|i| view.is_a(*i, Class::Stop) && stop(*i)).unwrap_or(self.sentence.end)
    }

    /// ", rotating into X": the subject is the sentence's.
    pub(super) fn participle(&self, word: &Word) -> bool {
        self.view.word(word.first).ends_with("ing")
            && self.view.is_one_of(word.first.wrapping_sub(1), &[",", "by", "and", "or", "while"])
    }

    /// Whether a trigger is used as a noun ("the move from").
    pub(super) fn is_noun_use(&self, word: &Word) -> bool {
        let view = self.view;
        let last = word.end - 1;
        if view.is_one_of(last, NOUNS) {
            return true;
        }
        if !view.is_one_of(last, EITHER) {
            return false;
        }
        let before = word.first.wrapping_sub(1);
        word.first == self.sentence.first
            || view.is_one_of(before, BEFORE_NOUN) && (!view.is(before, "-") || view.glued(before))
            || self.determined(word)
    }

    /// "the week's clearest shift": an article before what describes the noun.
    fn determined(&self, word: &Word) -> bool {
        let view = self.view;
        let mut at = word.first;
        while at > self.sentence.first && word.first - at < 4 {
            at -= 1;
            if view.is_one_of(at, DETERMINERS) {
                return true;
            }
            let acts = self.words.iter().any(|w| {
                w.first <= at
                    && at < w.end
                    && (w.word.is_trigger() || matches!(w.word, RotationWord::Owner | RotationWord::Money))
            });
            let plural = view.word(at).ends_with('s');
            if acts
                || plural
                || !view.is_word(at)
                || view.is_a(at, Class::Auxiliary)
                || view.is_one_of(at, &["to", "who", "that", "they", "it", "and", "i", "we", "you"])
            {
                return false;
            }
        }
        false
    }

    /// "companies that once bought …": what was done before the main verb.
    pub(super) fn once(&self, word: &Word) -> bool {
        self.view.any_word(
            word.first.saturating_sub(4).max(self.sentence.first),
            word.first,
            &["once", "previously", "formerly", "had", "used"],
        ) && self.view.any_word(
            word.first.saturating_sub(6).max(self.sentence.first),
            word.first,
            &["that", "who", "which"],
        )
    }

    /// "higher-yielding but riskier investments".
    pub(super) fn between_adjectives(&self, at: usize) -> bool {
        let acts = |i: usize| self.words.iter().any(|w| w.first == i && w.word.is_trigger());
        let before = at.wrapping_sub(1);
        let noun = self.plural(before)
            || self.names.iter().any(|n| n.end == at)
            || self.words.iter().any(|w| matches!(w.word, RotationWord::Asset | RotationWord::Style) && w.end == at);
        at > self.sentence.first
            && self.view.shape(before) == Shape::Lower
            && !noun
            && !acts(before)
            && self.adjective(at + 1)
            && !acts(at + 1)
    }

    /// Where a short aside that ends before `at` begins: ", by contrast, ".
    pub(super) fn over_aside(&self, at: usize) -> usize {
        let view = self.view;
        if at <= self.sentence.first + 2 || !view.is(at - 1, ",") {
            return at;
        }
        let mut first = at - 1;
        while first > self.sentence.first && view.is_one_of(first - 1, ASIDES) {
            first -= 1;
        }
        let opens = first > self.sentence.first && view.is(first - 1, ",") && first < at - 1;
        if opens { first - 1 } else { at }
    }
}
