//! Bytes → text that remembers which byte of the file each of its bytes came
//! from, for records that point into the file as given.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text of a file.
#[derive(Debug)]
pub(crate) struct SourceText<'b> {
    /// The text.
    pub text: Cow<'b, str>,
    /// (byte of the text, byte of the file): between two of them both run in step.
    shifts: Vec<(usize, usize)>,
    /// Whether places in the text can be led back to the file.
    traced: bool,
    /// Bytes that were no UTF-8 and were read as Windows-1252.
    pub foreign: usize,
}

impl<'b> SourceText<'b> {
    /// Reads bytes: UTF-8, single bytes that are none as Windows-1252; UTF-16
    /// by its mark.
    pub fn new(bytes: &'b [u8]) -> Self {
        let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
        if encoding != UTF_8 {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
            return Self { text, shifts: Vec::new(), traced: false, foreign: 0 };
        }
        if let Ok(text) = std::str::from_utf8(&bytes[mark..]) {
            let shifts = if mark > 0 { vec![(0, mark)] } else { Vec::new() };
            return Self { text: Cow::Borrowed(text), shifts, traced: true, foreign: 0 };
        }
        let mut text = String::with_capacity(bytes.len() + bytes.len() / 64);
        let mut shifts = Vec::new();
        let (mut at, mut foreign) = (mark, 0);
        for chunk in bytes[mark..].utf8_chunks() {
            shifts.push((text.len(), at));
            text.push_str(chunk.valid());
            at += chunk.valid().len();
            for byte in chunk.invalid() {
                shifts.push((text.len(), at));
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0);
                at += 1;
                foreign += 1;
            }
        }
        Self { text: Cow::Owned(text), shifts, traced: true, foreign }
    }

    /// The byte of the file where byte `at` of the text came from.
    pub fn place(&self, at: usize) -> Option<usize> {
        if !self.traced {
            return None;
        }
        let before = self.shifts.partition_point(|(text, _)| *text <= at);
        let (text, file) = before.checked_sub(1).and_then(|i| self.shifts.get(i)).copied().unwrap_or((0, 0));
        Some(file + (at - text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_file() {
        for bytes in [&b"a caf\xE9 b \xC3\xA9 c\x97 end"[..], b"\xEF\xBB\xBFplain end", "é end".as_bytes()] {
            let source = SourceText::new(bytes);
            let at = source.text.find("end").expect("the word");
            let place = source.place(at).expect("a place");
            assert_eq!(&bytes[place..place + 3], b"end");
        }
        let source = SourceText::new(b"caf\xE9 \x97 x");
        assert_eq!((&*source.text, source.foreign), ("café — x", 2));
        let wide: Vec<u8> = std::iter::once(0xFEFF).chain("ab".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let source = SourceText::new(&wide);
        assert_eq!((&*source.text, source.place(1)), ("ab", None));
    }
}
