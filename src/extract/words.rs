//! Words: a filter in front of the rules' word lists. Most words of a text
//! stand in none of them, and a rule asks for the same list again and again.

use std::cell::Cell;

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

/// The words of a list as bits: a word whose bit is not set is not in it.
pub(crate) struct Filter([Cell<u64>; PARTS]);

const PARTS: usize = 6;

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// The bit of a word, by [`super::view::key`].
#[inline(always)]
fn bit(key: u64) -> (usize, u64) {
    let hash = key.wrapping_mul(MIX);
    // The upper half picks one of six parts, the bits below one of 64.
    ((((hash >> 38) & 0x3FF) as usize * PARTS) >> 10, 1 << (hash >> 58))
}

impl Filter {
    /// Whether a word with this key may be in the list.
    #[inline(always)]
    pub fn may_have(&self, key: u64) -> bool {
        let (part, bit) = bit(key);
        self.0[part].get() & bit != 0
    }

    #[cold]
    fn fill(&self, words: &[&str]) {
        self.0.iter().for_each(|p| p.set(0));
        for word in words {
            let (part, bit) = bit(super::view::key(word));
            self.0[part].set(self.0[part].get() | bit);
        }
    }
}

/// Words of a list from which on it is a long one; and the most of them.
pub(crate) const LONG: std::ops::RangeInclusive<usize> = 25..=u8::MAX as usize;

const PLACES: usize = 512;

/// Whether `is` holds for a word of a [`LONG`] list; it is asked of those that
/// may have this key.
pub(crate) fn any_in_long(words: Words, key: u64, is: impl Fn(&str) -> bool) -> bool {
    let first = |key: u64| (key.wrapping_mul(MIX) >> 32) as usize % PLACES;
    let (list, place) = told(words);
    LONG_SLOT.with(|slots| {
        let slot = &slots[place % LONG_SLOTS];
        if slot.list.get() != list {
            slot.list.set(list);
            slot.places.iter().for_each(|p| p.set(0));
            for (at, word) in words.iter().enumerate() {
                let mut place = first(super::view::key(word));
                while slot.places[place].get() != 0 {
                    place = (place + 1) % PLACES;
                }
                slot.places[place].set(at as u8 + 1);
            }
        }
        let mut place = first(key);
        while let Some(word) = slot.places[place].get().checked_sub(1) {
            if is(words[word as usize]) {
                return true;
            }
            place = (place + 1) % PLACES;
        }
        false
    })
}

/// A list, told by its place in the program, and its filter.
#[repr(align(64))]
struct Slot {
    list: Cell<(usize, usize)>,
    filter: Filter,
}

const SLOTS: usize = 2048;

/// A long list, and the places of its words by their hash: counted from 1, 0 for none.
struct LongSlot {
    list: Cell<(usize, usize)>,
    places: [Cell<u8>; PLACES],
}

const LONG_SLOTS: usize = 128;

thread_local! {
    static LONG_SLOT: [LongSlot; LONG_SLOTS] =
        const { [const { LongSlot { list: Cell::new((0, 0)), places: [const { Cell::new(0) }; PLACES] } }; LONG_SLOTS] };
    static SLOT: [Slot; SLOTS] =
        const { [const { Slot { list: Cell::new((0, 0)), filter: Filter([const { Cell::new(0) }; PARTS]) } }; SLOTS] };
}

/// Asks the filter of a list, which is made when the list is first asked for. A
/// list that lives as long as the program never changes.
#[inline(always)]
pub(crate) fn filtered<T>(words: Words, ask: impl FnOnce(&Filter) -> T) -> T {
    let (list, place) = told(words);
    SLOT.with(|slots| {
        let slot = &slots[place % SLOTS];
        if slot.list.get() != list {
            slot.filter.fill(words);
            slot.list.set(list);
        }
        ask(&slot.filter)
    })
}

/// What tells a list from others, and a hash of it.
#[inline(always)]
fn told(words: Words) -> ((usize, usize), usize) {
    let list = (words.as_ptr().addr(), words.len());
    (list, ((list.0 as u64 >> 4).wrapping_mul(MIX) >> 40) as usize)
}
