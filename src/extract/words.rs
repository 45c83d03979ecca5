//! Words: the rules' word lists, made quick to ask. A rule asks for the same list
//! again and again, and most words of a text stand in none.

use std::sync::OnceLock;

use super::view::key;

/// A list of words that a rule asks for: it stands in the program.
pub(crate) type Words = &'static [&'static str];

/// The words of several lists as one; `N` is their number.
pub(crate) const fn joined<const N: usize>(lists: &[Words]) -> [&'static str; N] {
    let mut out = [""; N];
    let (mut next, mut list) = (0, 0);
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            out[next] = lists[list][at];
            next += 1;
            at += 1;
        }
        list += 1;
    }
    out
}

/// What a rule may give as a list: words written out where it asks, or a list
/// with a name.
pub(crate) trait Listed {
    /// All of its words.
    fn words(self) -> Words;
    /// Whether `is` holds for one of so few words that each is asked for by
    /// itself; `None` for a longer list.
    fn few(&self, is: impl Fn(&'static str) -> bool) -> Option<bool>;
}

impl Listed for Words {
    #[inline(always)]
    fn words(self) -> Words {
        self
    }

    #[inline(always)]
    fn few(&self, _: impl Fn(&'static str) -> bool) -> Option<bool> {
        None
    }
}

impl<const N: usize> Listed for &'static [&'static str; N] {
    #[inline(always)]
    fn words(self) -> Words {
        self
    }

    #[inline(always)]
    fn few(&self, is: impl Fn(&'static str) -> bool) -> Option<bool> {
        match self.as_slice() {
            [a] => Some(is(a)),
            [a, b] => Some(is(a) || is(b)),
            _ => None,
        }
    }
}

/// Spreads a number over the upper bits.
#[inline(always)]
pub(crate) fn mix(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Parts of a filter, of 64 bits each.
const PARTS: u32 = 5;

/// Bits that a [`place`] takes.
pub(crate) const PLACE_BITS: u32 = 9;

/// The place of a word, by its key, in every filter: the part, and the bit above it.
#[inline(always)]
pub(crate) fn place(key: u64) -> u32 {
    let hash = mix(key);
    let part = (((hash >> 38) as u32 & 0x3FF) * PARTS) >> 10;
    part | ((hash >> 58) as u32) << 3
}

/// A list that has been asked for, told by its place in the program.
pub(crate) struct Asked {
    list: u64,
    /// A bit for each of its words.
    filter: [u64; PARTS as usize],
    /// Their keys, in the order of the list; of a long list an open table of
    /// keys, each with the word's place in the list, zero keys for free entries.
    keys: Box<[u64]>,
}

impl Asked {
    #[cold]
    fn new(list: u64, words: Words) -> Self {
        let mut filter = [0; PARTS as usize];
        for word in words {
            let place = place(key(word));
            filter[(place & 7) as usize] |= 1 << (place >> 3);
        }
        let mut keys: Vec<u64> = words.iter().map(|w| key(w)).collect();
        if words.len() >= LONG {
            let entries = entries(words);
            let mut table = vec![0; 2 * entries];
            for (at, key) in (0..).zip(keys) {
                let mut entry = first(key, entries);
                while table[2 * entry] != 0 {
                    entry = (entry + 1) % entries;
                }
                table[2 * entry] = key;
                table[2 * entry + 1] = at;
            }
            keys = table;
        }
        Self { list, filter, keys: keys.into_boxed_slice() }
    }

    /// Whether a word with this [`place`] may be in the list.
    #[inline(always)]
    pub fn may_have(&self, place: u32) -> bool {
        self.filter.get((place & 7) as usize).is_some_and(|part| part >> (place >> 3 & 63) & 1 != 0)
    }

    /// Whether the list, which is `words`, has a word with this key that `is`.
    #[inline]
    pub fn has(&self, words: Words, key: u64, is: impl Fn(&str) -> bool) -> bool {
        // Up to seven bytes, words with the same key are the same.
        let same = |at: usize| key >> 56 <= 7 || words.get(at).is_some_and(|word| is(word));
        if words.len() < LONG {
            return self.keys.iter().enumerate().any(|(at, k)| *k == key && same(at));
        }
        let entries = entries(words);
        let mut entry = first(key, entries);
        while let Some([k, at]) = self.keys.get(2 * entry..2 * entry + 2).filter(|e| e[0] != 0) {
            if *k == key && same(*at as usize) {
                return true;
            }
            entry = (entry + 1) % entries;
        }
        false
    }
}

/// Words of a list from which on it is a long one.
const LONG: usize = 25;

/// Entries for a long list: a power of two, at most half of them taken.
fn entries(words: Words) -> usize {
    (2 * words.len()).next_power_of_two()
}

/// The entry at which a key is looked for first.
fn first(key: u64, entries: usize) -> usize {
    (mix(key) >> 32) as usize % entries
}

/// A place for a list, in one line of the processor's memory.
#[repr(align(64))]
struct Slot(OnceLock<Asked>);

/// Places for lists; there are a few hundred lists.
const SLOTS: usize = 4096;

static LISTS: [Slot; SLOTS] = [const { Slot(OnceLock::new()) }; SLOTS];

/// A list as a number, and the slot in which it is looked for first.
#[inline(always)]
fn told(words: Words) -> (u64, usize) {
    let list = words.as_ptr().addr() as u64 ^ (words.len() as u64) << 48;
    (list, (mix(list) >> 52) as usize % SLOTS)
}

/// A list that has been [`asked`] for before and is in its first slot. A list
/// that lives as long as the program never changes.
#[inline(always)]
pub(crate) fn ready(words: Words) -> Option<&'static Asked> {
    let (list, home) = told(words);
    LISTS[home].0.get().filter(|a| a.list == list)
}

/// A list, which is prepared when it is first asked for; none where far more
/// lists are asked for than there are places.
pub(crate) fn asked(words: Words) -> Option<&'static Asked> {
    let (list, home) = told(words);
    let mut slots = (home..home + 64).map(|at| &LISTS[at % SLOTS].0);
    slots.find_map(|slot| Some(slot.get_or_init(|| Asked::new(list, words))).filter(|a| a.list == list))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `N` words of one to thirteen letters.
    fn list<const N: usize>() -> Words {
        let word = |n: usize| &*Box::leak(format!("{n}{}", "longer words".repeat(n % 2)).into_boxed_str());
        Box::leak((0..N).map(word).collect::<Vec<&'static str>>().into_boxed_slice())
    }

    #[test]
    fn a_list_has_its_words_and_no_others() {
        for words in [list::<1>(), list::<7>(), list::<24>(), list::<25>(), list::<900>()] {
            let list = asked(words).expect("a place");
            let has = |word: &str| list.may_have(place(key(word))) && list.has(words, key(word), |w| w == word);
            assert!(words.iter().all(|w| has(w)), "{}", words.len());
            assert!(!has("900") && !has("901longer words") && !has("1longer wordz") && !has(""), "{}", words.len());
        }
    }

    #[test]
    fn lists_that_want_the_same_place_are_told_apart() {
        let lists: Vec<Words> = (0..SLOTS / 4).map(|_| list::<3>()).collect();
        for words in lists.iter().chain(&lists) {
            let list = asked(words).expect("a place");
            assert!(list.list == told(words).0 && list.may_have(place(key("2"))));
            assert!(list.has(words, key("0"), |_| true) && !list.has(words, key("3"), |_| true));
        }
    }
}
