//! Vocab: a number for each word that any list knows.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::model::Tokens;

/// Number of a word; [`WordId::UNKNOWN`] for words that no list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no list has.
    pub const UNKNOWN: WordId = WordId(0);
}

/// Words in lower case → numbers.
#[derive(Debug, Default)]
pub struct Vocab {
    ids: HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>,
}

/// Longest word that is looked up, in bytes; longer ones are unknown.
const LONGEST: usize = 48;

impl Vocab {
    /// The number of a word (any case), given one if it has none.
    pub fn intern(&mut self, word: &str) -> WordId {
        let next = self.ids.len() as u32 + 1;
        WordId(*self.ids.entry(word.to_lowercase().into_boxed_str()).or_insert(next))
    }

    /// The number of a word (any case).
    pub fn get(&self, word: &str) -> WordId {
        let mut buffer = [0u8; LONGEST];
        if word.len() > LONGEST {
            return WordId::UNKNOWN;
        }
        let found = if word.is_ascii() {
            let lower = &mut buffer[..word.len()];
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            std::str::from_utf8(lower).ok().and_then(|w| self.ids.get(w))
        } else {
            self.ids.get(word.to_lowercase().as_str())
        };
        found.map_or(WordId::UNKNOWN, |id| WordId(*id))
    }

    /// The numbers of all tokens, in order.
    pub fn ids(&self, tokens: &Tokens<'_>) -> Vec<WordId> {
        (0..tokens.len()).map(|i| self.get(tokens.clean(i))).collect()
    }
}

/// FNV-1a over eight bytes at a time: fast on short words; the keys are our
/// own lists, so it need not resist chosen keys.
#[derive(Debug, Default)]
pub struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0 ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
        }
    }
}
