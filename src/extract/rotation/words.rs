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
        let (mut trigger, mut mark, mut purse, mut asset) = (false, false, false, !names.is_empty());
        for hit in view.hits_in(sentence.first, sentence.end).filter(|h| h.sense.list == List::Rotation) {
            let Some(word) = RotationWord::of(hit.sense) else { continue };
            trigger |= word.is_trigger() || word == RotationWord::Holding;
            asset |= matches!(word, RotationWord::Asset | RotationWord::Style);
            mark |= word == RotationWord::Target || word == RotationWord::Source && hit.end > hit.first + 1;
            purse |= matches!(word, RotationWord::Money | RotationWord::Owner);
        }
        trigger |= mark && purse;
        asset = asset || trigger && view.any_word(sentence.first, sentence.end, &["them", "those", "these"]);
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

    /// A sentence without its names: to look back at.
    pub(super) fn plain_words(view: &'s View<'s>, sentence: &'s Sentence) -> Self {
        let words = view
            .hits_in(sentence.first, sentence.end)
            .filter(|h| h.sense.list == List::Rotation)
            .filter_map(|h| RotationWord::of(h.sense).map(|word| Word { first: h.first, end: h.end, word }))
            .collect();
        Self { view, sentence, names: &[], words }
    }

    /// Where the longest word of a class that begins at `at` ends.
    pub(super) fn at(&self, at: usize, word: RotationWord) -> Option<usize> {
        if !self.view.begins(at, &[List::Rotation]) {
            return None;
        }
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
        !self.names.iter().any(|n| {
            n.first <= word.first && word.end <= n.end && n.subject.kind != EntityType::AssetClass && !n.is_group()
        })
    }
}
