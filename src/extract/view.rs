//! View: a text with everything the rules look at, made once per document.

use crate::lexicon::{Hit, Lexicon, List, WordId};
use crate::model::{Segmented, Shape, Span, TokenKind, Tokens};

/// A text with its words as numbers and the phrases found in it.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub text: &'a Segmented<'a>,
    pub lexicon: &'a Lexicon,
    pub ids: Vec<WordId>,
    hits: Vec<Hit>,
    /// `starts[i]`: first of `hits` that begins at token `i` or later.
    starts: Vec<u32>,
}

impl<'a> View<'a> {
    pub fn new(text: &'a Segmented<'a>, lexicon: &'a Lexicon) -> Self {
        let ids = lexicon.ids(&text.tokens);
        let mut hits = Vec::with_capacity(ids.len() / 2);
        lexicon.trie().scan(&ids, &mut hits);
        let mut starts = Vec::with_capacity(ids.len() + 1);
        let mut next = 0;
        for at in 0..=ids.len() {
            while hits.get(next).is_some_and(|h| h.first < at) {
                next += 1;
            }
            starts.push(next as u32);
        }
        Self { text, lexicon, ids, hits, starts }
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
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(a), Some(b)) => &self.hits[*a as usize..*b as usize],
            (Some(a), None) => &self.hits[*a as usize..],
            _ => &[],
        }
    }

    /// The phrases that begin in tokens `first..end`.
    pub fn hits_in(&self, first: usize, end: usize) -> impl Iterator<Item = &Hit> {
        let a = self.starts.get(first).map_or(self.hits.len(), |s| *s as usize);
        let b = self.starts.get(end).map_or(self.hits.len(), |s| *s as usize);
        self.hits[a..b.max(a)].iter().filter(move |h| h.end <= end)
    }

    /// The longest phrase of `list` at token `at`.
    pub fn longest(&self, at: usize, list: List) -> Option<&Hit> {
        self.hits_at(at).iter().rev().find(|h| h.sense.list == list)
    }

    /// The cleaned-up characters of a token.
    pub fn word(&self, at: usize) -> &str {
        self.text.tokens.clean(at)
    }

    /// Whether the token is this word or sign, whatever its case.
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// Whether the token is one of these words.
    pub fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let here = self.word(at);
        !here.is_empty() && words.iter().any(|w| here.eq_ignore_ascii_case(w))
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

    /// Whether no white space stands before the token.
    pub fn glued(&self, at: usize) -> bool {
        self.text.tokens.get(at).is_some_and(|t| t.glued)
    }

    pub fn span(&self, first: usize, end: usize) -> Span {
        self.text.tokens.span(first, end)
    }

    /// The document's own characters from token `first` to before token `end`.
    pub fn surface(&self, first: usize, end: usize) -> &'a str {
        self.span(first, end).of(self.text.tokens.text)
    }

    /// Whether one of `words` stands in tokens `first..end`.
    pub fn any_word(&self, first: usize, end: usize, words: &[&str]) -> bool {
        (first..end).any(|i| self.is_one_of(i, words))
    }
}
