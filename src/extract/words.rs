//! Words: the rules' word lists, made quick to ask. A rule asks for the same list
//! again and again, and most words of a text stand in none.

use std::cell::{Cell, RefCell};

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
const PARTS: u32 = 6;

/// Bits that a [`place`] takes.
pub(crate) const PLACE_BITS: u32 = 9;

/// The place of a word, by its key, in every filter: the part, and the bit above it.
#[inline(always)]
pub(crate) fn place(key: u64) -> u32 {
    let hash = mix(key);
    let part = (((hash >> 38) as u32 & 0x3FF) * PARTS) >> 10;
    part | ((hash >> 58) as u32) << 3
}

/// A list that has been asked for: told by its place in the program, with a bit
/// set for each of its words.
#[repr(align(64))]
pub(crate) struct Asked {
    list: Cell<u64>,
    filter: [Cell<u64>; PARTS as usize],
    /// Where its keys begin in [`KEYS`].
    keys: Cell<u32>,
}

impl Asked {
    /// Whether a word with this [`place`] may be in the list.
    #[inline(always)]
    pub fn may_have(&self, place: u32) -> bool {
        self.filter.get((place & 7) as usize).is_some_and(|part| part.get() >> (place >> 3 & 63) & 1 != 0)
    }

    /// What [`stands_in`] is given.
    pub fn keys(&self) -> u32 {
        self.keys.get()
    }

    #[cold]
    fn fill(&self, list: u64, words: Words) {
        self.filter.iter().for_each(|p| p.set(0));
        for word in words {
            let place = place(key(word));
            let part = &self.filter[(place & 7) as usize];
            part.set(part.get() | 1 << (place >> 3));
        }
        KEYS.with_borrow_mut(|keys| {
            let from = keys.len();
            self.keys.set(from as u32);
            if words.len() < LONG {
                keys.extend(words.iter().map(|w| key(w)));
                return;
            }
            let entries = entries(words);
            keys.resize(from + 2 * entries, 0);
            for (at, word) in words.iter().enumerate() {
                let mut entry = first(key(word), entries);
                while keys[from + 2 * entry] != 0 {
                    entry = (entry + 1) % entries;
                }
                keys[from + 2 * entry] = key(word);
                keys[from + 2 * entry + 1] = at as u64;
            }
        });
        self.list.set(list);
    }
}

/// Whether a list has a word with this key that `is`; `from` is what
/// [`Asked::keys`] says of it.
#[inline]
pub(crate) fn stands_in(words: Words, from: u32, key: u64, is: impl Fn(&str) -> bool) -> bool {
    // Up to seven bytes, words with the same key are the same.
    let same = |at: usize| key >> 56 <= 7 || words.get(at).is_some_and(|word| is(word));
    KEYS.with_borrow(|keys| {
        let keys = keys.get(from as usize..).unwrap_or(&[]);
        if words.len() < LONG {
            return keys.iter().take(words.len()).enumerate().any(|(at, k)| *k == key && same(at));
        }
        let entries = entries(words);
        let mut entry = first(key, entries);
        while let Some([k, at]) = keys.get(2 * entry..2 * entry + 2).filter(|e| e[0] != 0) {
            if *k == key && same(*at as usize) {
                return true;
            }
            entry = (entry + 1) % entries;
        }
        false
    })
}

/// Words of a list from which on its keys are found by their hash: entries of a
/// key and the word's place in the list, a zero key where there is none.
const LONG: usize = 25;

/// Entries for a long list: a power of two, at most half of them taken.
fn entries(words: Words) -> usize {
    (2 * words.len()).next_power_of_two()
}

/// The entry at which a key is looked for first.
fn first(key: u64, entries: usize) -> usize {
    (mix(key) >> 32) as usize % entries
}

/// Places for lists; there are a few hundred lists.
const SLOTS: usize = 2048;

thread_local! {
    static SLOT: [Asked; SLOTS] = const {
        [const {
            Asked { list: Cell::new(0), filter: [const { Cell::new(0) }; PARTS as usize], keys: Cell::new(0) }
        }; SLOTS]
    };
    static KEYS: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// A list as a number, and the slot in which it is looked for first.
#[inline(always)]
fn told(words: Words) -> (u64, usize) {
    let list = words.as_ptr().addr() as u64 ^ (words.len() as u64) << 48;
    (list, (mix(list) >> 53) as usize % SLOTS)
}

/// What a look at a list tells of a word.
pub(crate) enum Look {
    /// It is not in the list.
    Absent,
    /// It may be; [`Asked::keys`] of the list.
    Perhaps(u32),
    /// The list is not in its first slot: it has to be [`asked`].
    Elsewhere,
}

/// Looks for a word in a list by its [`place`].
#[inline(always)]
pub(crate) fn look(words: Words, place: u32) -> Look {
    let (list, home) = told(words);
    SLOT.with(
        #[inline(always)]
        |slots| match &slots[home] {
            slot if slot.list.get() != list => Look::Elsewhere,
            slot if slot.may_have(place) => Look::Perhaps(slot.keys.get()),
            _ => Look::Absent,
        },
    )
}

/// Asks a list, which is prepared when it is first asked for; `ask` is called
/// once. A list that lives as long as the program never changes.
#[inline(always)]
pub(crate) fn asked<T>(words: Words, ask: impl Fn(&Asked) -> T) -> T {
    let (list, home) = told(words);
    SLOT.with(
        #[inline(always)]
        |slots| if slots[home].list.get() == list { ask(&slots[home]) } else { elsewhere(slots, words, ask) },
    )
}

/// Asks a list that is not in its first slot.
#[inline(never)]
fn elsewhere<T>(slots: &[Asked; SLOTS], words: Words, ask: impl Fn(&Asked) -> T) -> T {
    ask(prepared(slots, words))
}

fn prepared(slots: &[Asked; SLOTS], words: Words) -> &Asked {
    let (list, home) = told(words);
    for step in 0..64 {
        let slot = &slots[(home + step) % SLOTS];
        if slot.list.get() == list {
            return slot;
        }
        if slot.list.get() == 0 {
            slot.fill(list, words);
            return slot;
        }
    }
    // Far more lists than places: begin again.
    slots.iter().for_each(|s| s.list.set(0));
    KEYS.with_borrow_mut(Vec::clear);
    slots[home].fill(list, words);
    &slots[home]
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
            let has = |word: &str| {
                asked(words, |a| a.may_have(place(key(word))) && stands_in(words, a.keys(), key(word), |w| w == word))
            };
            assert!(words.iter().all(|w| has(w)), "{}", words.len());
            assert!(!has("900") && !has("901longer words") && !has("1longer wordz") && !has(""), "{}", words.len());
        }
    }

    #[test]
    fn more_lists_than_places_are_still_told_apart() {
        let lists: Vec<Words> = (0..SLOTS + 500).map(|_| list::<3>()).collect();
        for words in lists.iter().chain(&lists) {
            let has = |word: &str| {
                asked(words, |a| a.may_have(place(key(word))) && stands_in(words, a.keys(), key(word), |_| true))
            };
            assert!(has("0") && has("2") && !has("3"));
        }
    }
}
