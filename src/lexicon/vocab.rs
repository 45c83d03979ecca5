//! Vocab: a number for each word that any list knows.

use std::hash::Hasher;

use crate::model::Tokens;

/// Number of a word; [`WordId::UNKNOWN`] for words that no list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no list has.
    pub const UNKNOWN: WordId = WordId(0);
}

/// Words in lower case → numbers: an open table whose slots carry the word's
/// first letters, so that most words of a text are settled by one look.
#[derive(Debug, Default)]
pub struct Vocab {
    /// Their count is a power of two.
    slots: Vec<Slot>,
    /// All words, one behind the other.
    text: Vec<u8>,
    /// `ends[n]`: where word `n` ends, and word `n + 1` begins.
    ends: Vec<u32>,
}

/// A word: its first eight bytes, its length, and its number; 0 for none.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    head: u64,
    len: u32,
    id: u32,
}

/// Longest word that is looked up, in bytes; longer ones are unknown.
const LONGEST: usize = 48;

impl Vocab {
    /// The number of a word (any case), given one if it has none.
    pub fn intern(&mut self, word: &str) -> WordId {
        let lower = word.to_lowercase();
        let known = self.find(lower.as_bytes());
        if known != WordId::UNKNOWN {
            return known;
        }
        if self.ends.is_empty() {
            self.ends.push(0);
        }
        self.text.extend_from_slice(lower.as_bytes());
        self.ends.push(self.text.len() as u32);
        // At most half full, so that a look ends soon.
        if self.ends.len() * 2 > self.slots.len() {
            self.slots = vec![Slot::default(); (self.slots.len() * 2).max(1 << 10)];
            (1..self.ends.len() as u32).for_each(|id| self.place(id));
        } else {
            self.place(self.ends.len() as u32 - 1);
        }
        WordId(self.ends.len() as u32 - 1)
    }

    /// The number of a word (any case).
    pub fn get(&self, word: &str) -> WordId {
        if word.len() > LONGEST {
            return WordId::UNKNOWN;
        }
        if !word.is_ascii() {
            return self.find(word.to_lowercase().as_bytes());
        }
        let mut buffer = [0u8; LONGEST];
        let lower = &mut buffer[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        self.find(lower)
    }

    /// The numbers of all tokens, in order.
    pub fn ids(&self, tokens: &Tokens<'_>) -> Vec<WordId> {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        let id = |(i, (head, lower)): (usize, (u64, &[u8]))| {
            let long = lower.len() > 8 && (lower.len() > LONGEST || !lower.is_ascii());
            if head & HIGH != 0 || long {
                return self.get(tokens.clean(i));
            }
            self.probe(head, lower)
        };
        tokens.words().enumerate().map(id).collect()
    }

    fn place(&mut self, id: u32) {
        let word = self.word(id);
        let slot = Slot { head: head(word), len: word.len() as u32, id };
        let last = self.slots.len() - 1;
        let mut at = hash(slot.head, word) as usize & last;
        while self.slots[at].id != 0 {
            at = (at + 1) & last;
        }
        self.slots[at] = slot;
    }

    fn find(&self, lower: &[u8]) -> WordId {
        self.probe(head(lower), lower)
    }

    #[inline]
    fn probe(&self, head: u64, lower: &[u8]) -> WordId {
        let Some(last) = self.slots.len().checked_sub(1) else { return WordId::UNKNOWN };
        let mut at = hash(head, lower) as usize & last;
        loop {
            let slot = self.slots[at];
            let same = slot.head == head && slot.len as usize == lower.len();
            if slot.id == 0 || same && (lower.len() <= 8 || self.word(slot.id) == lower) {
                return WordId(slot.id);
            }
            at = (at + 1) & last;
        }
    }

    fn word(&self, id: u32) -> &[u8] {
        &self.text[self.ends[id as usize - 1] as usize..self.ends[id as usize] as usize]
    }
}

/// The first eight bytes, zeros behind a shorter word.
fn head(word: &[u8]) -> u64 {
    match word.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => word.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte)),
    }
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// Hash of a word, whose first eight bytes are given as well: of those, its
/// last eight, and its length.
#[inline]
fn hash(head: u64, word: &[u8]) -> u64 {
    let mut hash = (head ^ word.len() as u64).wrapping_mul(MIX);
    if word.len() > 8 {
        let last = word.last_chunk::<8>().map_or(0, |b| u64::from_le_bytes(*b));
        hash = (hash.rotate_left(23) ^ last).wrapping_mul(MIX);
    }
    hash ^ (hash >> 29)
}

/// Multiplies eight bytes at a time: fast on short words; the keys are our own
/// lists, so it need not resist chosen keys.
#[derive(Debug, Default)]
pub struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            self.write_u64(head(chunk));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(MIX).rotate_left(23);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers() {
        let words: Vec<String> = (0..3000).map(|n| format!("{}word{n}", "Long-".repeat(n % 4))).collect();
        let mut vocab = Vocab::default();
        assert_eq!(vocab.get("word1"), WordId::UNKNOWN);
        let ids: Vec<WordId> = words.iter().map(|w| vocab.intern(w)).collect();
        for (word, id) in words.iter().zip(&ids) {
            assert_eq!((vocab.get(word), vocab.get(&word.to_uppercase()), vocab.intern(word)), (*id, *id, *id));
        }
        let tokens = Tokens::new("WORD4 \u{c9}tude word");
        vocab.intern("\u{e9}tude");
        vocab.intern("word");
        assert_eq!(vocab.ids(&tokens), [vocab.get("word"), WordId::UNKNOWN, vocab.get("etude"), vocab.get("word")]);
        assert_ne!(vocab.get("\u{c9}tude"), WordId::UNKNOWN);
    }
}
