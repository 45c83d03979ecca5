//! Words: a filter in front of the rules' word lists. Most words of a text
//! stand in none of them, and a rule asks for the same list again and again.

use std::cell::Cell;

/// The words of a list as bits: a word whose bit is not set is not in it.
#[derive(Clone, Copy)]
pub(crate) struct Filter([u64; PARTS]);

const PARTS: usize = 6;

/// The bit of a word, by [`super::view::key`].
#[inline(always)]
fn bit(key: u64) -> (usize, u64) {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    // The upper half picks one of six parts, the bits below one of 64.
    ((((hash >> 38) & 0x3FF) as usize * PARTS) >> 10, 1 << (hash >> 58))
}

impl Filter {
    /// Whether a word with this key may be in the list.
    #[inline(always)]
    pub fn may_have(&self, key: u64) -> bool {
        let (part, bit) = bit(key);
        self.0[part] & bit != 0
    }

    fn new(words: &[&str]) -> Self {
        let mut parts = [0; PARTS];
        for word in words {
            let (part, bit) = bit(super::view::key(word));
            parts[part] |= bit;
        }
        Self(parts)
    }
}

/// A list, told by its place in the program, and its filter.
#[repr(align(64))]
struct Slot {
    list: Cell<(usize, usize)>,
    filter: Cell<Filter>,
}

const SLOTS: usize = 2048;

thread_local! {
    static SLOT: [Slot; SLOTS] =
        const { [const { Slot { list: Cell::new((0, 0)), filter: Cell::new(Filter([0; PARTS])) } }; SLOTS] };
}

/// Asks the filter of a list, which is made when the list is first asked for. A
/// list that lives as long as the program never changes.
#[inline(always)]
pub(crate) fn filtered<T>(words: &'static [&'static str], ask: impl FnOnce(&Filter) -> T) -> T {
    let list = (words.as_ptr().addr(), words.len());
    let place = (list.0 >> 4).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SLOTS.ilog2());
    SLOT.with(|slots| {
        let slot = &slots[place];
        if slot.list.get() != list {
            slot.filter.set(Filter::new(words));
            slot.list.set(list);
        }
        ask(&slot.filter.get())
    })
}
