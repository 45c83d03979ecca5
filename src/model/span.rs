//! Span: a piece of a document's text.

use std::ops::Range;

/// A half-open range of UTF-8 byte offsets into a document's text.
///
/// Inside the library only byte spans are used; records carry code-point
/// spans as well (see [`CharIndex`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span's text; empty when the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The same span as a `Range`.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Byte offset → code-point offset of one text, with a mark every 64 bytes.
///
/// Code points are the unit of the W3C TextPositionSelector and of Python
/// strings.
#[derive(Debug)]
pub struct CharIndex<'t> {
    text: &'t str,
    /// `marks[i]`: code points that start before byte `i * STEP`; empty for ASCII.
    marks: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> CharIndex<'t> {
    /// Reads the text once; free for pure ASCII.
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut seen = 0u32;
            for block in text.as_bytes().chunks(STEP) {
                marks.push(seen);
                seen += starts(block) as u32;
            }
            marks.push(seen);
        }
        Self { text, marks }
    }

    /// Number of code points that start before `byte`.
    pub fn chars(&self, byte: usize) -> usize {
        if self.marks.is_empty() {
            return byte;
        }
        let byte = byte.min(self.text.len());
        let block = byte / STEP;
        let rest = &self.text.as_bytes()[block * STEP..byte];
        self.marks[block] as usize + starts(rest)
    }
}

/// The bytes with which a code point starts, in at most 64: eight at a time.
fn starts(bytes: &[u8]) -> usize {
    const LOW: u64 = 0x0101_0101_0101_0101;
    // A byte that goes on with a code point has its highest bit set and not the next one.
    let (words, rest) = bytes.as_chunks::<8>();
    let going_on = words.iter().map(|w| u64::from_le_bytes(*w)).map(|w| (w >> 7) & !(w >> 6) & LOW).sum::<u64>();
    let going_on = (going_on.wrapping_mul(LOW) >> 56) as usize + rest.iter().filter(|b| **b & 0xC0 == 0x80).count();
    bytes.len() - going_on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points() {
        let text = format!("é{}€ x", "a".repeat(600));
        let index = CharIndex::new(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.chars(byte), chars);
        }
        assert_eq!(index.chars(text.len()), text.chars().count());
    }
}
