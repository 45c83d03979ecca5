//! Split: the words, numbers and signs of a line.

use unicode_normalization::char::is_combining_mark;

use super::token::{Shape, TokenKind};

/// Calls `emit(start, end, (kind, shape), glued)` for each token of a line.
pub(super) fn split(line: &str, mut emit: impl FnMut(usize, usize, (TokenKind, Shape), bool)) {
    let bytes = line.as_bytes();
    let sign = (TokenKind::Symbol, Shape::Lower);
    let mut glued = false;
    let mut i = 0;
    while i < bytes.len() {
        let (end, what) = match CLASS[bytes[i] as usize] {
            Class::Space => {
                i += 1;
                glued = false;
                continue;
            }
            Class::Letter => word(line, i),
            Class::Digit => (number_end(bytes, i), (TokenKind::Number, Shape::Lower)),
            Class::Sign if bytes[i] == b'\'' => match possessive_end(bytes, i) {
                Some(end) => (end, (TokenKind::Word, if bytes[i + 1] == b'S' { Shape::Upper } else { Shape::Lower })),
                None => (i + 1, sign),
            },
            Class::Sign if bytes[i] == b'*' => match emphasis_end(bytes, i) {
                Some(end) => {
                    i = end;
                    continue;
                }
                None => (i + 1, sign),
            },
            Class::Sign => (i + 1, sign),
            Class::Break => (i + 1, (TokenKind::Break, Shape::Lower)),
            Class::Wide => {
                let Some(c) = line[i..].chars().next() else { break };
                if c.is_whitespace() {
                    i += c.len_utf8();
                    glued = false;
                    continue;
                }
                if c.is_alphabetic() { word(line, i) } else { (i + c.len_utf8(), sign) }
            }
        };
        emit(i, end, what, glued);
        glued = true;
        i = end;
    }
}

/// The end of a run of stars that only emphasises what it touches ("**Meta**
/// +17%"); a bullet, a rule of stars or a product of two numbers is none.
fn emphasis_end(bytes: &[u8], i: usize) -> Option<usize> {
    let end = i + bytes[i..].iter().take(4).take_while(|b| **b == b'*').count();
    let class = |at: Option<&u8>| at.map_or(Class::Space, |b| CLASS[*b as usize]);
    let (before, after) = (class(i.checked_sub(1).and_then(|b| bytes.get(b))), class(bytes.get(end)));
    let open = |class: Class| matches!(class, Class::Space | Class::Break);
    let product = matches!(before, Class::Digit) && matches!(after, Class::Digit);
    (end - i <= 3 && !(open(before) && open(after)) && !product).then_some(end)
}

/// The end of `'s` when it stands at `i` and no letter follows.
fn possessive_end(bytes: &[u8], i: usize) -> Option<usize> {
    let s = matches!(bytes.get(i + 1), Some(b's' | b'S'));
    let free =
        bytes.get(i + 2).is_none_or(|b| !matches!(CLASS[*b as usize], Class::Letter | Class::Digit | Class::Wide));
    let after_word = i > 0 && !matches!(CLASS[bytes[i - 1] as usize], Class::Space | Class::Break);
    (s && free && after_word).then_some(i + 2)
}

/// How many ASCII letters eight bytes, least significant first, begin with, and
/// how many of those are capitals.
#[inline(always)]
fn letters(bytes: u64) -> (usize, usize) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // The highest bit of a byte says yes; no sum runs over into the next byte.
    let small = (bytes | (0x20 * EACH)) & !HIGH;
    let from_a = small + (0x80 - b'a' as u64) * EACH;
    let past_z = small + (0x7F - b'z' as u64) * EACH;
    let letter = from_a & !past_z & !bytes & HIGH;
    let count = (!letter & HIGH).trailing_zeros() / 8;
    let counted = HIGH & 1u64.checked_shl(8 * count).unwrap_or(0).wrapping_sub(1);
    let capitals = letter & counted & !(bytes << 2);
    (count as usize, if capitals == 0 { 0 } else { capitals.count_ones() as usize })
}

/// The word at `start`: its end and how it is written.
fn word(line: &str, start: usize) -> (usize, (TokenKind, Shape)) {
    let bytes = line.as_bytes();
    let (mut upper, mut signs, mut wide) = (0, 0, false);
    let mut i = start;
    while let Some(b) = bytes.get(i) {
        match CLASS[*b as usize] {
            Class::Letter => match bytes[i..].first_chunk::<8>() {
                Some(eight) => {
                    let (letters, capitals) = letters(u64::from_le_bytes(*eight));
                    upper += capitals;
                    i += letters;
                }
                None => {
                    upper += usize::from(b.is_ascii_uppercase());
                    i += 1;
                }
            },
            Class::Wide => match line[i..].chars().next() {
                Some(c) if c.is_alphabetic() || is_combining_mark(c) => {
                    wide = true;
                    i += c.len_utf8();
                }
                _ => break,
            },
            _ if *b == b'\'' => {
                let letter = bytes.get(i + 1).is_some_and(|b| matches!(CLASS[*b as usize], Class::Letter));
                if !letter || possessive_end(bytes, i).is_some() {
                    break;
                }
                signs += 1;
                i += 1;
            }
            _ => break,
        }
    }
    let shape = if wide {
        let capital = line[start..].chars().next().is_some_and(char::is_uppercase);
        if capital { Shape::Title } else { Shape::Lower }
    } else {
        match upper {
            0 => Shape::Lower,
            _ if upper + signs == i - start => Shape::Upper,
            1 if bytes[start].is_ascii_uppercase() => Shape::Title,
            _ => Shape::Mixed,
        }
    };
    (i, (TokenKind::Word, shape))
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let mut i = start + 1;
    while let Some(b) = bytes.get(i) {
        match b {
            b'0'..=b'9' => i += 1,
            b'.' | b',' if bytes.get(i + 1).is_some_and(u8::is_ascii_digit) => i += 2,
            _ => break,
        }
    }
    i
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Break,
    Letter,
    Digit,
    Sign,
    Wide,
}

const CLASS: [Class; 256] = {
    let mut table = [Class::Sign; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b'\n' => Class::Break,
            b' ' | b'\t' | b'\r' | 0..=8 | 11..=12 | 14..=31 | 127 => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            128..=255 => Class::Wide,
            _ => Class::Sign,
        };
        i += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_eight_at_a_time() {
        for text in ["abcdefgh", "ABcd,EFG", "a\u{e9}bcdefg", "Zz@[`{AZ", "azAZ09xy", "@abcdefg", "ZZZZZZZZ"] {
            for at in (0..text.len()).filter(|i| text.is_char_boundary(*i)) {
                let bytes: Vec<u8> = text.bytes().skip(at).chain([b' '; 8]).take(8).collect();
                let run: Vec<u8> = bytes.iter().copied().take_while(u8::is_ascii_alphabetic).collect();
                let word = u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
                assert_eq!(
                    letters(word),
                    (run.len(), run.iter().filter(|b| b.is_ascii_uppercase()).count()),
                    "{text} {at}"
                );
            }
        }
    }
}
