//! Classes: the words of lists that rules ask of every token, told once per token.

use std::sync::LazyLock;

use super::bind::{BREAKS, LINKS, VERBS};
use super::figures::STARTS;
use super::opening::KNOWN;
use super::period::ENDED;
use super::rotation::{AUXILIARIES, STOPS};
use super::view::key;
use super::words::{Words, mix};

/// A list that is asked of every token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A figure may begin with it.
    Figure,
    /// A time expression may begin with it.
    Time,
    /// A finite verb.
    Verb,
    /// A clause may begin with it.
    Link,
    /// A clause may begin behind it.
    Break,
    /// A verb that helps others.
    Auxiliary,
    /// A clause with a rotation may end before it.
    Stop,
    /// A period is told by its last day.
    Ended,
}

/// The words of each class.
const LISTS: [(Class, Words); Class::COUNT as usize] = [
    (Class::Figure, STARTS),
    (Class::Time, KNOWN),
    (Class::Verb, VERBS),
    (Class::Link, LINKS),
    (Class::Break, BREAKS),
    (Class::Auxiliary, AUXILIARIES),
    (Class::Stop, STOPS),
    (Class::Ended, ENDED),
];

impl Class {
    pub const COUNT: u32 = 8;

    /// Its bit in what [`Classes::of`] tells.
    #[inline(always)]
    pub fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// All words of the lists: an open table, found by their keys.
pub(crate) struct Classes {
    /// See [`key`]; 0 for none.
    keys: [u64; ENTRIES],
    words: [(&'static str, u32); ENTRIES],
}

/// Entries of the table: a power of two, about a third of them taken.
const ENTRIES: usize = 1024;

/// Words of all lists together that the table has room for.
const MOST: usize = ENTRIES / 2;

const _: () = {
    let (mut list, mut all) = (0, 0);
    while list < LISTS.len() {
        all += LISTS[list].1.len();
        list += 1;
    }
    assert!(all <= MOST);
};

/// The table.
pub(crate) fn classes() -> &'static Classes {
    static TABLE: LazyLock<Box<Classes>> = LazyLock::new(|| Box::new(Classes::new()));
    &TABLE
}

impl Classes {
    fn new() -> Self {
        let mut out = Self { keys: [0; ENTRIES], words: [("", 0); ENTRIES] };
        for (class, words) in LISTS {
            for word in words {
                let mut at = first(key(word));
                while out.keys[at] != 0 && !out.words[at].0.eq_ignore_ascii_case(word) {
                    at = (at + 1) % ENTRIES;
                }
                out.keys[at] = key(word);
                out.words[at] = (word, out.words[at].1 | class.bit());
            }
        }
        out
    }

    /// The bits of the classes of a word with this key, which is `lower` in lower case.
    #[inline]
    pub fn of(&self, key: u64, lower: &[u8]) -> u32 {
        let mut at = first(key);
        while self.keys[at] != 0 {
            let (word, bits) = self.words[at];
            if self.keys[at] == key && (lower.len() <= 7 || word.as_bytes().eq_ignore_ascii_case(lower)) {
                return bits;
            }
            at = (at + 1) % ENTRIES;
        }
        0
    }
}

/// Where a key is looked for first.
#[inline(always)]
fn first(key: u64) -> usize {
    (mix(key) >> 32) as usize % ENTRIES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_classes_and_no_others() {
        let all: Vec<&str> = LISTS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        for word in all.iter().chain(&["nothing", "increasingly", "expectedly"]) {
            let bits = classes().of(key(word), word.as_bytes());
            for (class, words) in LISTS {
                assert_eq!(bits & class.bit() != 0, words.contains(word), "{word}");
            }
        }
    }
}
