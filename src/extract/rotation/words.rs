//! The words of a sentence that a rotation statement is made of.

use crate::extract::bind::Name;
use crate::extract::classes::Class;
use crate::extract::view::View;
use crate::extract::words::Words;
use crate::lexicon::{List, Movement, Part, RotationWord};
use crate::model::{EntityType, Sentence};

/// A rotation word of the sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) word: RotationWord,
}

/// A sentence with its rotation words and names.
pub(super) struct Reader<'s> {
    pub(super) view: &'s View<'s>,
    pub(super) sentence: &'s Sentence,
    pub(super) names: &'s [Name],
    pub(super) words: Vec<Word>,
}

/// Verbs that help others.
pub(in crate::extract) const AUXILIARIES: Words = &[
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "has",
    "have",
    "had",
    "having",
    "will",
    "would",
    "could",
    "should",
    "may",
    "might",
    "can",
    "must",
    "do",
    "does",
    "did",
    "'re",
    "'ve",
    "'s",
    "'ll",
    "isn't",
    "aren't",
    "wasn't",
    "weren't",
    "hasn't",
    "haven't",
    "hadn't",
    "won't",
    "wouldn't",
    "don't",
    "doesn't",
    "didn't",
    "can't",
    "couldn't",
    "shouldn't",
    "we're",
    "they're",
    "we've",
    "they've",
    "you're",
    "i'm",
    "ain't",
];

/// Words and signs before which a clause may end: all that
/// [`Reader::clause_end`] asks for.
pub(in crate::extract) const STOPS: Words =
    &[";", "while", "although", "though", "because", "whereas", "as", "if", "when", "which", "but", "\""];

impl<'s> Reader<'s> {
    /// Nothing where no word of the sentence may carry a statement.
    pub(super) fn new(view: &'s View<'s>, sentence: &'s Sentence, names: &'s [Name]) -> Option<Self> {
        let (mut trigger, mut asset) = (false, !names.is_empty());
        for hit in view.hits_in(sentence.first, sentence.end).filter(|h| h.sense.list == List::Rotation) {
            let Some(word) = RotationWord::of(hit.sense) else { continue };
            trigger |= word.is_trigger() || word == RotationWord::Holding;
            asset |= matches!(word, RotationWord::Asset | RotationWord::Style);
        }
        // Addresses are no statements.
        if !trigger || !asset || view.any_word(sentence.first, sentence.end, &["http", "https", "www"]) {
            return None;
        }
        let words = view
            .hits_in(sentence.first, sentence.end)
            .filter(|h| h.sense.list == List::Rotation)
            .filter_map(|h| RotationWord::of(h.sense).map(|word| Word { first: h.first, end: h.end, word }))
            .collect::<Vec<Word>>();
        // The "favor" of "in favor of" carries nothing.
        let marks: Vec<Word> = words
            .iter()
            .filter(|w| matches!(w.word, RotationWord::Source | RotationWord::Target) && w.end > w.first + 1)
            .copied()
            .collect();
        let covered = |w: &Word| w.word.is_trigger() && marks.iter().any(|m| m.first <= w.first && w.end <= m.end);
        let words: Vec<Word> = words.into_iter().filter(|w| !covered(w)).collect();
        Some(Self { view, sentence, names, words })
    }

    /// Where the longest word of a class that begins at `at` ends.
    pub(super) fn at(&self, at: usize, word: RotationWord) -> Option<usize> {
        self.words.iter().filter(|w| w.first == at && w.word == word).map(|w| w.end).max()
    }

    /// The words of a class within tokens `first..end`.
    pub(super) fn of(&self, word: RotationWord, first: usize, end: usize) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(move |w| w.word == word && w.first >= first && w.end <= end)
    }

    /// The name that begins at a token.
    pub(super) fn name(&self, at: usize) -> Option<&'s Name> {
        self.names.iter().filter(|n| n.first == at).max_by_key(|n| n.end)
    }

    /// Over any of `words`.
    pub(super) fn skip(&self, mut at: usize, words: Words) -> usize {
        while at < self.sentence.end && self.view.is_one_of(at, words) {
            at += 1;
        }
        at
    }

    /// Whether a finite verb begins at `at`: one that helps, or one of movement.
    pub(super) fn verb(&self, at: usize) -> bool {
        self.view.is_a(at, Class::Auxiliary)
            || self
                .view
                .hits_at(at)
                .iter()
                .any(|h| h.sense.list == List::Movement && Movement::of(h.sense).is_some_and(|m| m.part == Part::Verb))
    }

    /// "$2.6 billion", "€3bn", "billions of dollars".
    pub(super) fn amount(&self, at: usize) -> bool {
        let view = self.view;
        view.is_one_of(at, &["$", "€", "£", "¥"]) && view.is_number(at + 1)
            || view.is_number(at) && view.begins(at + 1, &[List::Currency])
            || view.is_number(at) && view.begins(at + 1, &[List::Scale])
    }

    /// Whether a word of money or its owners really is one here: not the "funds"
    /// of "technology funds" and not the "money" of "money-market funds".
    pub(super) fn owns(&self, word: &Word) -> bool {
        let view = self.view;
        let last = word.end - 1;
        if view.is_one_of(word.end, &["-"]) && view.glued(word.end)
            || view.is_one_of(word.first, &["money"]) && view.is_one_of(word.end, &["market", "markets"])
        {
            return false;
        }
        if word.end == word.first + 1 && view.is_one_of(last, &["market", "markets"]) {
            return view.is_one_of(word.first.wrapping_sub(1), &["the"]);
        }
        if view.is_one_of(last, &["funds", "fund", "assets", "positions", "bets", "holdings"])
            && word.end == word.first + 1
        {
            let before = word.first.wrapping_sub(1);
            let kind = self.words.iter().any(|w| {
                matches!(w.word, RotationWord::Asset | RotationWord::Style | RotationWord::StyleWord)
                    && w.end == word.first
                    && !view.is(w.first, "the")
            });
            let named = self.names.iter().any(|n| n.end == word.first && n.subject.kind != EntityType::Company);
            // "bank-loan funds"
            let joined = view.is(before, "-") || view.is(before.wrapping_sub(1), "-");
            return !(kind || named || joined);
        }
        // "Investors Title", "traders' favorites"
        !self
            .names
            .iter()
            .any(|n| n.first <= word.first && word.end <= n.end && n.subject.kind != EntityType::AssetClass)
    }

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
        (self.sentence.first..at).rev().find(|i| stop(*i)).map_or(self.sentence.first, |i| i + 1)
    }

    /// Where the clause that goes on behind token `at` ends.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        let view = self.view;
        let stop = |i: usize| {
            view.is_one_of(i, &[";", "while", "although", "though", "because", "whereas", "as", "if", "when"])
                && !(view.is(i, "as") && view.is_one_of(i + 1, &["well", "a", "much"]))
                || view.is(i, "which") && i > at && view.is(i - 1, ",")
                || view.is(i, "but") && !view.is_one_of(i + 1, &["on", "also", "into", "out", "toward", "to", "not"])
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
        let last = view.word(word.end - 1).to_ascii_lowercase();
        if matches!(
            last.as_str(),
            "migration"
                | "inflow"
                | "inflows"
                | "outflow"
                | "outflows"
                | "redemptions"
                | "redemption"
                | "withdrawals"
                | "handoff"
                | "guard"
        ) {
            return true;
        }
        if !matches!(
            last.as_str(),
            "move"
                | "moves"
                | "shift"
                | "shifts"
                | "flow"
                | "flows"
                | "switch"
                | "rush"
                | "pivot"
                | "tilt"
                | "turn"
                | "retreat"
                | "return"
                | "pivots"
                | "migration"
                | "transition"
                | "drift"
                | "spread"
        ) {
            return false;
        }
        let before = word.first.wrapping_sub(1);
        word.first == self.sentence.first
            || view.is_one_of(
                before,
                &[
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
                ],
            ) && (!view.is(before, "-") || view.glued(before))
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
}
