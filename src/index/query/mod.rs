//! The query language: words (stemmed), "exact phrases", `NEAR/5`,
//! `AND OR NOT -`, parentheses and `field:value`.
//!
//! Whatever cannot be read is refused with its place and the reason; nothing
//! is silently read as a plain word.

mod compile;
mod error;
mod field;
mod lexer;
mod numbers;
mod parser;
mod values;

pub(super) use compile::compile;
pub use error::QueryError;
pub use field::{FIELDS, FieldName};
pub use parser::parse;
pub use values::Filter;

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Claims.
    #[default]
    Claims,
    /// Documents.
    Documents,
    /// Rotations.
    Rotations,
}

impl Scope {
    /// The value of the field `record`.
    pub fn record(self) -> &'static str {
        match self {
            Self::Claims => "claim",
            Self::Documents => "document",
            Self::Rotations => "rotation",
        }
    }
}

/// A query, read.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Everything.
    All,
    /// Words that follow one another (stems; one word is a phrase of one).
    Phrase(Vec<String>),
    /// Two words at most so many words apart, in either order.
    Near(String, String, u32),
    /// A field's value.
    Field(Filter),
    /// All of these.
    And(Vec<Node>),
    /// Any of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

impl Node {
    /// The words and phrases that are looked for (not those excluded), as
    /// stems: what is worth marking in a result.
    pub fn wanted(&self) -> Vec<Vec<String>> {
        match self {
            Self::Phrase(words) => vec![words.clone()],
            Self::Near(a, b, _) => vec![vec![a.clone()], vec![b.clone()]],
            Self::And(list) | Self::Or(list) => list.iter().flat_map(Self::wanted).collect(),
            Self::All | Self::Field(_) | Self::Not(_) => Vec::new(),
        }
    }
}
