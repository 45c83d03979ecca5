//! Segmented: a text cut into sentences.

use super::span::Span;
use super::token::Tokens;

/// What sort of line a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentenceKind {
    /// Running text.
    Prose,
    /// A heading or title.
    Heading,
    /// A list item.
    Bullet,
    /// A table row.
    Row,
}

/// A sentence, heading, bullet or table row.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Its bytes, without surrounding white space.
    pub span: Span,
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// What sort of line it is.
    pub kind: SentenceKind,
    /// Number of its paragraph (text line), counted from 0.
    pub paragraph: usize,
}

/// A text, its tokens and its sentences in order.
#[derive(Debug)]
pub struct Segmented<'t> {
    /// The tokens (and with them the text).
    pub tokens: Tokens<'t>,
    /// The sentences; they do not overlap.
    pub sentences: Vec<Sentence>,
}
