//! View: a text with everything the rules look at, made once per document.

use super::classes::{Class, classes};
use super::words::{Asked, Listed, PLACE_BITS, Words, asked, place, ready};
use crate::lexicon::{Hit, Lexicon, List, WordId};
use crate::model::{Segmented, Shape, Span, TokenKind, Tokens};

/// A text with its words as numbers and the phrases found in it.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub text: &'a Segmented<'a>,
    pub lexicon: &'a Lexicon,
    pub ids: Vec<WordId>,
    hits: Vec<Hit>,
    /// One per token and one behind the last.
    marks: Vec<Mark>,
    /// The tokens of [`Class::Ended`], in order.
    ended: Vec<u32>,
}

/// What is asked of a token most often.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// See [`key`].
    key: u64,
    /// First of `hits` that begins at this token or later.
    start: u32,
    /// From the lowest: the lists that have a phrase beginning here, one bit
    /// each; the word's [`place`]; [`NUMBER`], [`WORD`], [`GLUED`]; its classes.
    bits: u32,
}

/// Where a word's place begins in the bits of a mark.
const PLACE: u32 = List::COUNT;
/// The token is a number.
const NUMBER: u32 = 1 << (PLACE + PLACE_BITS);
/// The token is a word.
const WORD: u32 = NUMBER << 1;
/// No white space stands before the token.
const GLUED: u32 = NUMBER << 2;
/// Where the classes begin.
const CLASSES: u32 = PLACE + PLACE_BITS + 3;
const _: () = assert!(CLASSES + Class::COUNT <= u32::BITS);

impl Mark {
    /// The [`place`] of the word.
    #[inline(always)]
    fn place(self) -> u32 {
        self.bits >> PLACE & ((1 << PLACE_BITS) - 1)
    }
}

/// A word of any case as a number: its first seven bytes and its length. Up to
/// seven bytes, words with the same key are the same.
#[inline(always)]
pub(super) fn key(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut key = (bytes.len().min(255) as u64) << 56;
    let mut i = 0;
    while i < bytes.len() && i < 7 {
        key |= (bytes[i].to_ascii_lowercase() as u64) << (8 * i);
        i += 1;
    }
    key
}

impl<'a> View<'a> {
    pub fn new(text: &'a Segmented<'a>, lexicon: &'a Lexicon) -> Self {
        let ids = lexicon.ids(&text.tokens);
        let mut hits = Vec::with_capacity(ids.len());
        lexicon.trie().scan(&ids, &mut hits);
        let mut marks = Vec::with_capacity(ids.len() + 1);
        let mut ended = Vec::new();
        let mut next = 0;
        let classes = classes();
        for (at, ((head, lower), token)) in text.tokens.words().zip(text.tokens.list()).enumerate() {
            let start = next as u32;
            let mut bits = 0;
            while let Some(hit) = hits.get(next).filter(|h| h.first == at) {
                bits |= bit(hit.sense.list);
                next += 1;
            }
            let key = head & (u64::MAX >> 8) | (lower.len().min(255) as u64) << 56;
            let class = classes.of(key, lower);
            if class & Class::Ended.bit() != 0 {
                ended.push(at as u32);
            }
            bits |= place(key) << PLACE | class << CLASSES;
            match token.kind {
                TokenKind::Word => bits |= WORD,
                TokenKind::Number => bits |= NUMBER,
                TokenKind::Symbol | TokenKind::Break => {}
            }
            if token.glued && token.kind != TokenKind::Break {
                bits |= GLUED;
            }
            marks.push(Mark { key, start, bits });
        }
        marks.push(Mark { key: 0, start: next as u32, bits: 0 });
        Self { text, lexicon, ids, hits, marks, ended }
    }

    pub fn tokens(&self) -> &Tokens<'a> {
        &self.text.tokens
    }

    /// All phrases found.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The phrases that begin at token `at`, shorter first.
    pub fn hits_at(&self, at: usize) -> &[Hit] {
        match self.marks.get(at..).unwrap_or(&[]) {
            [here, next, ..] => &self.hits[here.start as usize..next.start as usize],
            _ => &[],
        }
    }

    /// Whether a phrase of one of `lists` begins at token `at`.
    #[inline]
    pub fn begins(&self, at: usize, lists: &[List]) -> bool {
        let wanted = lists.iter().fold(0, |all, list| all | bit(*list));
        self.bits(at) & wanted != 0
    }

    /// The phrases that begin in tokens `first..end`.
    pub fn hits_in(&self, first: usize, end: usize) -> impl Iterator<Item = &Hit> {
        let a = self.marks.get(first).map_or(self.hits.len(), |m| m.start as usize);
        let b = self.marks.get(end).map_or(self.hits.len(), |m| m.start as usize);
        self.hits[a..b.max(a)].iter().filter(move |h| h.end <= end)
    }

    /// The longest phrase of `list` at token `at`.
    #[inline]
    pub fn longest(&self, at: usize, list: List) -> Option<&Hit> {
        if !self.begins(at, &[list]) {
            return None;
        }
        self.hits_at(at).iter().rev().find(|h| h.sense.list == list)
    }

    /// The cleaned-up characters of a token.
    pub fn word(&self, at: usize) -> &str {
        self.text.tokens.clean(at)
    }

    /// The bytes of [`Self::word`] with ASCII letters in lower case.
    pub fn lower(&self, at: usize) -> &[u8] {
        self.text.tokens.lower(at)
    }

    /// Whether the token is this word or sign, whatever its case.
    #[inline(always)]
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.mark(at).key == key(word) && (word.len() <= 7 || self.same(at, word))
    }

    /// Whether the token is one of these words.
    #[inline(always)]
    pub fn is_one_of(&self, at: usize, words: impl Listed) -> bool {
        words.few(|word| self.is(at, word)).unwrap_or_else(|| self.is_listed(at, words.words()))
    }

    /// Called, not copied to where it is asked: the rules have to fit the
    /// processor's memory for code.
    #[inline(never)]
    fn is_listed(&self, at: usize, words: Words) -> bool {
        let Some(here) = self.marks.get(at) else { return false };
        match ready(words) {
            Some(list) if !list.may_have(here.place()) => false,
            Some(list) => self.listed(at, here.key, list, words),
            None => self.any_word(at, at + 1, words),
        }
    }

    /// Whether the token is of a class of words.
    #[inline]
    pub fn is_a(&self, at: usize, class: Class) -> bool {
        self.bits(at) >> CLASSES & class.bit() != 0
    }

    /// Whether "ended" or "ending" stands behind `at`, at most `most` tokens away.
    pub fn ends_within(&self, at: usize, most: usize) -> bool {
        let next = self.ended.partition_point(|e| *e as usize <= at);
        self.ended.get(next).is_some_and(|e| *e as usize <= at + most)
    }

    /// Nothing is behind the last token.
    #[inline(always)]
    fn mark(&self, at: usize) -> Mark {
        self.marks.get(at).copied().unwrap_or_default()
    }

    #[inline(always)]
    fn bits(&self, at: usize) -> u32 {
        self.marks.get(at).map_or(0, |m| m.bits)
    }

    #[inline(never)]
    fn listed(&self, at: usize, here: u64, list: &Asked, words: Words) -> bool {
        list.has(words, here, |word| self.same(at, word))
    }

    #[inline(never)]
    fn same(&self, at: usize, word: &str) -> bool {
        self.lower(at).eq_ignore_ascii_case(word.as_bytes())
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.bits(at) & NUMBER != 0
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.bits(at) & WORD != 0
    }

    pub fn shape(&self, at: usize) -> Shape {
        self.text.tokens.get(at).map_or(Shape::Lower, |t| t.shape)
    }

    /// Whether no white space stands before the token; a line break is white space itself.
    pub fn glued(&self, at: usize) -> bool {
        self.bits(at) & GLUED != 0
    }

    pub fn span(&self, first: usize, end: usize) -> Span {
        self.text.tokens.span(first, end)
    }

    /// The document's own characters from token `first` to before token `end`.
    pub fn surface(&self, first: usize, end: usize) -> &'a str {
        self.span(first, end).of(self.text.tokens.text)
    }

    /// Whether one of `words` stands in tokens `first..end`.
    #[inline(never)]
    pub fn any_word(&self, first: usize, end: usize, words: Words) -> bool {
        let first = first.min(self.marks.len());
        let marks = &self.marks[first..end.clamp(first, self.marks.len())];
        let Some(list) = ready(words).or_else(|| asked(words)) else {
            return (first..end).any(|at| words.iter().any(|word| self.is(at, word)));
        };
        let mut marks = marks.iter().enumerate();
        marks.any(|(at, mark)| list.may_have(mark.place()) && self.listed(first + at, mark.key, list, words))
    }
}

/// The bit of a list.
#[inline]
fn bit(list: List) -> u32 {
    1 << list as u32
}
