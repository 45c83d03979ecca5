//! Which words mean what? Loads and compiles the word lists.
//!
//! Words are data (`lexicon/*.toml`), composition is code: adding a synonym
//! touches the lists only.

mod files;
mod trie;
mod vocab;

pub use files::{Files, LexiconError};
pub use trie::{Hit, List, Sense, Trie};
pub use vocab::{Vocab, WordId};

use crate::model::Tokens;

/// The compiled word lists.
#[derive(Debug, Default)]
pub struct Lexicon {
    vocab: Vocab,
    trie: Trie,
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
    pub fn load(_files: &Files) -> Result<Self, LexiconError> {
        let builder = Builder::default();
        Ok(Self { vocab: builder.vocab, trie: builder.trie })
    }

    /// The words of a text as numbers.
    pub fn ids(&self, tokens: &Tokens<'_>) -> Vec<WordId> {
        self.vocab.ids(tokens)
    }

    /// The number of one word (any case).
    pub fn id(&self, word: &str) -> WordId {
        self.vocab.get(word)
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
        if self.trie.senses(&words).iter().any(|s| s.list == sense.list && s.index != sense.index)
            && sense.list != List::Entity
        {
            return Err(LexiconError::form(file, format!("surface {surface:?} stands twice")));
        }
        self.trie.insert(&words, sense);
        Ok(())
    }
}
