//! View: a text with everything the rules look at, made once per document.

use super::words::{LONG, Words, any_in_long, filtered};
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
}

/// What is asked of a token most often.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// See [`key`].
    key: u64,
    /// First of `hits` that begins at this token or later.
    start: u32,
    /// The lists that have a phrase beginning here, one bit each.
    lists: u32,
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
        let mut next = 0;
        for (at, (head, lower)) in text.tokens.words().enumerate() {
            let start = next as u32;
            let mut lists = 0;
            while let Some(hit) = hits.get(next).filter(|h| h.first == at) {
                lists |= bit(hit.sense.list);
                next += 1;
            }
            let len = lower.len().min(255) as u64;
            marks.push(Mark { key: head & (u64::MAX >> 8) | len << 56, start, lists });
        }
        marks.push(Mark { key: 0, start: next as u32, lists: 0 });
        Self { text, lexicon, ids, hits, marks }
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
        self.marks.get(at).is_some_and(|m| lists.iter().any(|list| m.lists & bit(*list) != 0))
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
    #[inline]
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.marks.get(at).map_or(0, |m| m.key) == key(word) && (word.len() <= 7 || self.same(at, word))
    }

    /// Whether the token is one of these words.
    #[inline]
    pub fn is_one_of(&self, at: usize, words: Words) -> bool {
        let here = self.key_at(at);
        here != 0 && filtered(words, |filter| filter.may_have(here)) && self.listed(at, here, words)
    }

    #[inline(always)]
    fn key_at(&self, at: usize) -> u64 {
        self.marks.get(at).map_or(0, |m| m.key)
    }

    #[inline(never)]
    fn listed(&self, at: usize, here: u64, words: Words) -> bool {
        if LONG.contains(&words.len()) {
            return any_in_long(words, here, |word| key(word) == here && (word.len() <= 7 || self.same(at, word)));
        }
        let len = (here >> 56) as usize;
        // Most words differ in length or in one of the first two letters.
        let near = |a: u8, b: u8| (a ^ b) & !0x20 == 0;
        words.iter().any(|w| match w.as_bytes() {
            word if word.len() != len => false,
            [one] => one.to_ascii_lowercase() == here as u8,
            [one, two, ..] => near(*one, here as u8) && near(*two, (here >> 8) as u8) && self.same(at, w),
            [] => false,
        })
    }

    #[inline(never)]
    fn same(&self, at: usize, word: &str) -> bool {
        self.lower(at).eq_ignore_ascii_case(word.as_bytes())
    }

    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.text.tokens.get(at).map(|t| t.kind)
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Number)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word)
    }

    pub fn shape(&self, at: usize) -> Shape {
        self.text.tokens.get(at).map_or(Shape::Lower, |t| t.shape)
    }

    /// Whether no white space stands before the token; a line break is white space itself.
    pub fn glued(&self, at: usize) -> bool {
        self.text.tokens.get(at).is_some_and(|t| t.glued && t.kind != TokenKind::Break)
    }

    pub fn span(&self, first: usize, end: usize) -> Span {
        self.text.tokens.span(first, end)
    }

    /// The document's own characters from token `first` to before token `end`.
    pub fn surface(&self, first: usize, end: usize) -> &'a str {
        self.span(first, end).of(self.text.tokens.text)
    }

    /// Whether one of `words` stands in tokens `first..end`.
    pub fn any_word(&self, first: usize, end: usize, words: Words) -> bool {
        let here = |at: usize| self.key_at(at);
        filtered(words, |filter| {
            (first..end).any(|i| here(i) != 0 && filter.may_have(here(i)) && self.listed(i, here(i), words))
        })
    }
}

/// The bit of a list.
#[inline]
fn bit(list: List) -> u32 {
    1 << list as u32
}
