//! Token: the word, number or sign that every later stage works on.
//!
//! One token stream feeds the extractor and the index: text is cleaned with the
//! `tokenizers` crate's normalised strings (typographic quotes, dashes, minus
//! signs, odd spaces, zero-width characters, full-width forms, ligatures,
//! accents) and split into words inside its pre-tokenised strings, so that each
//! token knows the exact bytes of the document's text it stands for.

use tokenizers::PreTokenizedString;
use tokenizers::normalizer::Range as In;

use super::span::Span;
use super::split::split;
use super::typography::{Shifts, clean_up, clean_up_simple};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes ("don't"); `'s` stands alone.
    Word,
    /// Digits with inner separators ("1,234.5").
    Number,
    /// One sign.
    Symbol,
    /// A line break.
    Break,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// "capital", and everything that is no word.
    Lower,
    /// "Capital".
    Title,
    /// "CAPEX", and single capitals.
    Upper,
    /// "iPhone", "NetApp".
    Mixed,
}

/// A word, number, sign or line break.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    start: u32,
    end: u32,
    clean_start: u32,
    clean_end: u32,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
    /// No white space before it.
    pub glued: bool,
}

impl Token {
    /// Its bytes in the document's text.
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Bytes of its cleaned-up characters.
    pub fn clean_len(&self) -> usize {
        (self.clean_end - self.clean_start) as usize
    }
}

/// The token stream of one text.
#[derive(Debug)]
pub struct Tokens<'t> {
    /// The document's text.
    pub text: &'t str,
    clean: String,
    /// `clean` with ASCII letters in lower case and [`PAD`] zero bytes behind:
    /// words are compared and looked up here, eight bytes at a time.
    lower: Vec<u8>,
    list: Vec<Token>,
}

/// Bytes that can be read behind the last word.
const PAD: usize = 8;

impl<'t> Tokens<'t> {
    /// Splits `text` (at most 4 GiB; what lies beyond is left out).
    pub fn new(text: &'t str) -> Self {
        let text = cut(text, u32::MAX as usize - 1);
        let mut tokens = Self {
            text,
            clean: String::with_capacity(text.len()),
            lower: Vec::with_capacity(text.len() + PAD),
            list: Vec::with_capacity(text.len() / 3),
        };
        let mut at = 0;
        let mut shifts = Shifts::new();
        for line in text.split_inclusive('\n') {
            tokens.line(line, at, &mut shifts);
            at += line.len();
        }
        tokens.lower.extend_from_slice(tokens.clean.as_bytes());
        tokens.lower.make_ascii_lowercase();
        tokens.lower.extend_from_slice(&[0; PAD]);
        tokens
    }

    /// One line: its clean-up and its words. A line that needs no clean-up
    /// maps to itself.
    fn line(&mut self, line: &str, at: usize, shifts: &mut Shifts) {
        if line.is_ascii() {
            let base = self.clean.len();
            self.clean.push_str(line);
            split(line, |start, end, (kind, shape), glued| {
                self.list.push(Token {
                    start: (at + start) as u32,
                    end: (at + end) as u32,
                    clean_start: (base + start) as u32,
                    clean_end: (base + end) as u32,
                    kind,
                    shape,
                    glued,
                });
            });
            return;
        }
        let base = self.clean.len();
        if clean_up_simple(line, &mut self.clean, shifts) {
            let mut seen = 0;
            let mut shift = 0;
            let mut there = |clean: usize| {
                while let Some((_, further)) = shifts.get(seen).filter(|(from, _)| *from <= clean) {
                    shift = *further;
                    seen += 1;
                }
                (at + clean + shift) as u32
            };
            split(&self.clean[base..], |start, end, (kind, shape), glued| {
                self.list.push(Token {
                    start: there(start),
                    end: there(end),
                    clean_start: (base + start) as u32,
                    clean_end: (base + end) as u32,
                    kind,
                    shape,
                    glued,
                });
            });
            return;
        }
        let mut pre = PreTokenizedString::from(line);
        // Neither closure fails: both errors of this crate come from the closure.
        let _ = pre.normalize(|n| {
            clean_up(n);
            Ok(())
        });
        let list = &mut self.list;
        let clean = &mut self.clean;
        let _ = pre.split(|_, n| {
            let base = clean.len();
            clean.push_str(n.get());
            split(n.get(), |start, end, (kind, shape), glued| {
                let Some(range) = n.convert_offsets(In::Normalized(start..end)) else { return };
                list.push(Token {
                    start: (at + range.start) as u32,
                    end: (at + range.end) as u32,
                    clean_start: (base + start) as u32,
                    clean_end: (base + end) as u32,
                    kind,
                    shape,
                    glued,
                });
            });
            Ok([n])
        });
    }

    /// Drops the line breaks for which `keep` says no (lines that were only
    /// wrapped); `keep` is given the break's place.
    pub fn keep_breaks(&mut self, mut keep: impl FnMut(usize) -> bool) {
        let mut at = 0;
        self.list.retain(|t| {
            at += 1;
            t.kind != TokenKind::Break || keep(at - 1)
        });
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All tokens.
    pub fn list(&self) -> &[Token] {
        &self.list
    }

    /// The token at `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<&Token> {
        self.list.get(i)
    }

    /// The cleaned-up characters of token `i` in their own case; empty past the end.
    pub fn clean(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |t| &self.clean[t.clean_start as usize..t.clean_end as usize])
    }

    /// The bytes of [`Self::clean`].
    pub fn bytes(&self, i: usize) -> &[u8] {
        self.list.get(i).map_or(&[], |t| &self.clean.as_bytes()[t.clean_start as usize..t.clean_end as usize])
    }

    /// The bytes of [`Self::clean`] with ASCII letters in lower case.
    pub fn lower(&self, i: usize) -> &[u8] {
        self.list.get(i).map_or(&[], |t| &self.lower[t.clean_start as usize..t.clean_end as usize])
    }

    /// [`Self::lower`] of all tokens, in order, each behind its first eight bytes
    /// as a number: least significant first, zeros behind a shorter word.
    pub fn words(&self) -> impl Iterator<Item = (u64, &[u8])> {
        self.list.iter().map(|t| {
            let (from, len) = (&self.lower[t.clean_start as usize..], t.clean_len());
            (eight(from, len), &from[..len])
        })
    }

    /// The cleaned-up characters from token `first` to before token `end`,
    /// with the white space between them.
    pub fn clean_range(&self, first: usize, end: usize) -> &str {
        match (self.list.get(first), end.checked_sub(1).and_then(|e| self.list.get(e))) {
            (Some(a), Some(b)) if first < end => &self.clean[a.clean_start as usize..b.clean_end as usize],
            _ => "",
        }
    }

    /// The bytes of the text from token `first` to before token `end`.
    pub fn span(&self, first: usize, end: usize) -> Span {
        match (self.list.get(first), end.checked_sub(1).and_then(|e| self.list.get(e))) {
            (Some(a), Some(b)) if first < end => Span::new(a.start as usize, b.end as usize),
            _ => Span::default(),
        }
    }

    /// The first token that ends after `byte`.
    pub fn at_byte(&self, byte: usize) -> usize {
        self.list.partition_point(|t| (t.end as usize) <= byte)
    }
}

/// The first `len`, at most eight, of `bytes` as a number; reads eight where
/// there are so many.
#[inline]
fn eight(bytes: &[u8], len: usize) -> u64 {
    let word = bytes.first_chunk::<8>().map_or(0, |b| u64::from_le_bytes(*b));
    if len >= 8 { word } else { word & ((1 << (8 * len)) - 1) }
}

/// The longest prefix of at most `max` bytes.
fn cut(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let mut end = max;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = Tokens::new(text);
        (0..tokens.len()).map(|i| tokens.clean(i).to_string()).collect()
    }

    #[test]
    fn splits_words_numbers_and_signs() {
        assert_eq!(
            words("Meta's $725bn, a 1,234.5% don't"),
            ["Meta", "'s", "$", "725", "bn", ",", "a", "1,234.5", "%", "don't"]
        );
        assert_eq!(words("billion-a figure.\nQ3"), ["billion", "-", "a", "figure", ".", "\n", "Q", "3"]);
    }

    #[test]
    fn cleans_typography_and_maps_back() {
        let text =
            "Nestl\u{e9}\u{2019}s \u{2212}1.66\u{a0}% pro\u{fb01}t \u{200b}ro\u{200b}se \u{ff11}\u{ff12}% o\u{301}";
        let tokens = Tokens::new(text);
        assert_eq!(words(text), ["Nestle", "'s", "-", "1.66", "%", "profit", "rose", "12", "%", "o"]);
        let back: Vec<&str> = tokens.list().iter().map(|t| t.span().of(text)).collect();
        assert_eq!(
            back,
            [
                "Nestl\u{e9}",
                "\u{2019}s",
                "\u{2212}",
                "1.66",
                "%",
                "pro\u{fb01}t",
                "ro\u{200b}se",
                "\u{ff11}\u{ff12}",
                "%",
                "o"
            ]
        );
    }

    /// The clean-up of simple lines is that of all lines.
    #[test]
    fn simple_lines_are_cleaned_up_alike() {
        let simple = "\u{201c}Nestl\u{e9}\u{2019}s\u{201d} \u{2013} \u{20ac}1.2\u{a0}bn \u{2026} \u{ff11}\u{ff12}%\u{2029}caf\u{e9}";
        let quick = Tokens::new(simple);
        // A zero-width sign sends the line the other way.
        let other = format!("{simple} \u{200b}");
        let slow = Tokens::new(&other);
        assert!(quick.len() > 10);
        for i in 0..quick.len() {
            assert_eq!((quick.clean(i), quick.list()[i].span()), (slow.clean(i), slow.list()[i].span()));
        }
    }

    #[test]
    fn shapes() {
        let tokens = Tokens::new("Apple apple AAPL iPhone NetApp X");
        let shapes: Vec<Shape> = tokens.list().iter().map(|t| t.shape).collect();
        assert_eq!(shapes, [Shape::Title, Shape::Lower, Shape::Upper, Shape::Mixed, Shape::Mixed, Shape::Upper]);
    }
}
