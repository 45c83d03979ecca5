//! A query that cannot be read: where, and why.

use std::fmt;
use std::ops::Range;

/// Why a query was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The query.
    pub query: String,
    /// The bytes at fault.
    pub at: Range<usize>,
    /// What is wrong and what to write instead.
    pub problem: String,
}

impl QueryError {
    pub(super) fn new(query: &str, at: Range<usize>, problem: impl Into<String>) -> Self {
        Self { query: query.to_string(), at, problem: problem.into() }
    }

    /// Column of the first character at fault, counted from 1.
    pub fn column(&self) -> usize {
        self.query.get(..self.at.start).map_or(0, |before| before.chars().count()) + 1
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use unicode_width::UnicodeWidthStr;
        // One line, so that the carets stand under it.
        let line = |text: &str| -> String { text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect() };
        let before = line(self.query.get(..self.at.start).unwrap_or("")).width();
        let wrong = line(self.query.get(self.at.clone()).unwrap_or("")).width().max(1);
        writeln!(f, "cannot read the query at column {}: {}", self.column(), self.problem)?;
        writeln!(f, "  {}", line(&self.query))?;
        write!(f, "  {}{}", " ".repeat(before), "^".repeat(wrong))
    }
}

impl std::error::Error for QueryError {}
