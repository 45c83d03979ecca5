//! Which words mean what? Loads and compiles the word lists.
//!
//! Words are data (`lexicon/*.toml`), composition is code: adding a synonym
//! touches the lists only.

mod cues;
mod entities;
mod figures;
mod files;
mod line_items;
mod listing;
mod publishers;
mod rotations;
pub mod securities;
mod trie;
mod vocab;

pub use cues::{Cue, MetricWords, Movement, Part};
pub use entities::{
    Bare, Cue as EntityCue, Cues as EntityCues, Entities, Entity, EntityId, Firm, Name, Suffix, Symbol, Venue, Written,
};
pub use figures::{CurrencyWord, FigureWords, HedgeWord, NumberWord, ScaleWord, UnitWord};
pub use files::{Files, LexiconError};
pub use line_items::{LineItem, LineItems, normal as normal_label};
pub use listing::{Changes, Listed, Listing};
pub use publishers::publishers;
pub use rotations::RotationWord;
pub use trie::{Hit, List, Sense, Trie};
pub(crate) use vocab::WordHasher;
pub use vocab::{Vocab, WordId};

use crate::model::{Publishers, Tokens};

/// The compiled word lists.
#[derive(Debug, Default)]
pub struct Lexicon {
    vocab: Vocab,
    trie: Trie,
    figures: FigureWords,
    metrics: MetricWords,
    line_items: LineItems,
    entities: Entities,
    publishers: Publishers,
}

impl Lexicon {
    /// The lists as shipped.
    ///
    /// # Errors
    /// Never with the shipped lists (a test compiles them); see [`Lexicon::load`].
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::load(&Files::embedded())
    }

    /// Reads, checks and compiles the lists.
    ///
    /// # Errors
    /// When a list cannot be read, is not of its form, has an empty entry, or
    /// has the same surface twice.
    pub fn load(files: &Files) -> Result<Self, LexiconError> {
        let mut builder = Builder::default();
        let figures = figures::load(files, &mut builder)?;
        let metrics = cues::load(files, &mut builder)?;
        rotations::load(files, &mut builder)?;
        let line_items = LineItems::load(files)?;
        let entities = Entities::load(files, &mut builder)?;
        let publishers = publishers(files)?;
        Ok(Self { vocab: builder.vocab, trie: builder.trie, figures, metrics, line_items, entities, publishers })
    }

    /// Words that figures are made of.
    pub fn figures(&self) -> &FigureWords {
        &self.figures
    }

    /// What the metric words mean.
    pub fn metrics(&self) -> &MetricWords {
        &self.metrics
    }

    /// The rows of statements.
    pub fn line_items(&self) -> &LineItems {
        &self.line_items
    }

    /// The words of a text as numbers.
    pub fn ids(&self, tokens: &Tokens<'_>) -> Vec<WordId> {
        self.vocab.ids(tokens)
    }

    /// The number of one word (any case).
    pub fn id(&self, word: &str) -> WordId {
        self.vocab.get(word)
    }

    /// The named entities.
    pub fn entities(&self) -> &Entities {
        &self.entities
    }

    /// How publishers mark up their pages.
    pub fn publishers(&self) -> &Publishers {
        &self.publishers
    }

    /// The phrases of all lists.
    pub fn trie(&self) -> &Trie {
        &self.trie
    }
}

/// Collects the phrases of the lists while they are read.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    vocab: Vocab,
    trie: Trie,
}

impl Builder {
    /// Adds a surface form, split the way texts are split.
    pub(crate) fn add(&mut self, file: &str, surface: &str, sense: Sense) -> Result<(), LexiconError> {
        let tokens = Tokens::new(surface);
        let words: Vec<WordId> = (0..tokens.len()).map(|i| self.vocab.intern(tokens.clean(i))).collect();
        if words.is_empty() {
            return Err(LexiconError::form(file, format!("empty surface {surface:?}")));
        }
        if self.trie.senses(&words).any(|s| s.list == sense.list && s.index != sense.index) && !sense.list.may_repeat()
        {
            return Err(LexiconError::form(file, format!("surface {surface:?} stands twice")));
        }
        self.trie.insert(&words, sense);
        Ok(())
    }

    /// The form under which two spellings of a surface are the same phrase.
    pub(crate) fn key(surface: &str) -> String {
        let tokens = Tokens::new(surface);
        (0..tokens.len()).map(|i| tokens.clean(i).to_lowercase()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_lists_compile() {
        Lexicon::embedded().expect("the shipped lists are of their form");
    }
}
