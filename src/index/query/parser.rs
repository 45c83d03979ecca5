//! Parser: pieces → a query. Words side by side must all match; AND binds
//! before OR.

use std::ops::Range;

use super::error::QueryError;
use super::field::{FIELDS, FieldName};
use super::lexer::{Lexeme, Piece, lex};
use super::{Node, Scope, values};
use crate::index::nearest;
use crate::index::words::stems_of;

/// Deepest nesting of parentheses and NOT.
const DEEPEST: usize = 40;

/// Reads a query.
///
/// # Errors
/// When any part of it cannot be understood.
pub fn parse(query: &str, scope: Scope) -> Result<Node, QueryError> {
    let mut parser = Parser { query, scope, pieces: lex(query)?, next: 0, depth: 0 };
    if parser.pieces.is_empty() {
        return Ok(Node::All);
    }
    let node = parser.any()?;
    match parser.peek() {
        None => Ok(node),
        Some(rest) => Err(parser.refuse(rest.at.clone(), "there is no parenthesis for this one to close")),
    }
}

struct Parser<'q> {
    query: &'q str,
    scope: Scope,
    pieces: Vec<Lexeme>,
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Lexeme> {
        self.pieces.get(self.next)
    }

    fn take(&mut self) -> Option<Lexeme> {
        let piece = self.pieces.get(self.next).cloned();
        self.next += 1;
        piece
    }

    fn is(&self, piece: &Piece) -> bool {
        self.peek().is_some_and(|l| l.piece == *piece)
    }

    fn refuse(&self, at: Range<usize>, problem: impl Into<String>) -> QueryError {
        QueryError::new(self.query, at, problem)
    }

    /// The bytes of the last piece, for errors at the end.
    fn last(&self) -> Range<usize> {
        self.pieces.last().map_or(0..0, |l| l.at.clone())
    }

    fn any(&mut self) -> Result<Node, QueryError> {
        let mut list = vec![self.all()?];
        while self.is(&Piece::Or) {
            self.next += 1;
            list.push(self.all()?);
        }
        Ok(if list.len() == 1 { list.remove(0) } else { Node::Or(list) })
    }

    fn all(&mut self) -> Result<Node, QueryError> {
        let mut list = vec![self.one()?];
        loop {
            match self.peek().map(|l| &l.piece) {
                None | Some(Piece::Or | Piece::Close) => break,
                Some(Piece::And) => {
                    self.next += 1;
                    list.push(self.one()?);
                }
                Some(_) => list.push(self.one()?),
            }
        }
        Ok(if list.len() == 1 { list.remove(0) } else { Node::And(list) })
    }

    fn one(&mut self) -> Result<Node, QueryError> {
        let Some(lexeme) = self.take() else {
            return Err(self.refuse(self.last(), "something must follow this"));
        };
        let at = lexeme.at;
        if self.depth >= DEEPEST {
            return Err(self.refuse(at, format!("it is nested more than {DEEPEST} deep")));
        }
        match lexeme.piece {
            Piece::Open => {
                if self.is(&Piece::Close) {
                    return Err(self.refuse(at, "there is nothing between these parentheses"));
                }
                self.depth += 1;
                let inner = self.any()?;
                self.depth -= 1;
                if !self.is(&Piece::Close) {
                    return Err(self.refuse(at, "this parenthesis is never closed"));
                }
                self.next += 1;
                self.not_near()?;
                Ok(inner)
            }
            Piece::Minus | Piece::Not => {
                self.depth += 1;
                let inner = self.one()?;
                self.depth -= 1;
                Ok(Node::Not(Box::new(inner)))
            }
            Piece::Quote(text) => {
                let words = stems_of(&text);
                if words.is_empty() {
                    return Err(self.refuse(at, "there is no word or number between these quotes"));
                }
                self.near(words, at)
            }
            Piece::Word(text) => {
                let words = stems_of(&text);
                if words.is_empty() {
                    return Err(self.refuse(at, format!("{text} holds no word or number that could be looked for")));
                }
                self.near(words, at)
            }
            Piece::Field { name, value } => {
                let node = self.field(name, value, at)?;
                self.not_near()?;
                Ok(node)
            }
            Piece::And | Piece::Or | Piece::Near(_) => {
                Err(self.refuse(at, "something must stand before this operator"))
            }
            Piece::Close => Err(self.refuse(at, "there is nothing before this parenthesis")),
        }
    }

    /// Words, and the NEAR that may follow them.
    fn near(&mut self, words: Vec<String>, at: Range<usize>) -> Result<Node, QueryError> {
        let mut left = (words, at);
        let mut list: Vec<Node> = Vec::new();
        while let Some(Lexeme { piece: Piece::Near(distance), at: operator }) = self.peek().cloned() {
            self.next += 1;
            let right = match self.take() {
                Some(Lexeme { piece: Piece::Word(text) | Piece::Quote(text), at }) => (stems_of(&text), at),
                Some(other) => return Err(self.refuse(other.at, "NEAR joins two words")),
                None => return Err(self.refuse(operator, "a word must follow NEAR")),
            };
            let single = |side: &(Vec<String>, Range<usize>)| match side.0.as_slice() {
                [word] => Ok(word.clone()),
                _ => Err(self.refuse(side.1.clone(), "NEAR joins two single words, not phrases")),
            };
            list.push(Node::Near(single(&left)?, single(&right)?, distance));
            left = right;
        }
        Ok(match list.len() {
            0 => Node::Phrase(left.0),
            1 => list.remove(0),
            _ => Node::And(list),
        })
    }

    fn not_near(&self) -> Result<(), QueryError> {
        match self.peek() {
            Some(Lexeme { piece: Piece::Near(_), at }) => Err(self.refuse(at.clone(), "NEAR joins two words")),
            _ => Ok(()),
        }
    }

    fn field(&self, name: Range<usize>, value: Range<usize>, at: Range<usize>) -> Result<Node, QueryError> {
        let word = &self.query[name.clone()];
        let Some(field) = FieldName::parse(word) else {
            let names =
                FIELDS.iter().map(|(n, _)| *n).filter(|n| FieldName::parse(n).is_some_and(|f| f.is_of(self.scope)));
            let hint = match nearest(word, names.clone()) {
                Some(near) => format!("did you mean {near}:?"),
                None => format!("the fields are {}", names.collect::<Vec<_>>().join(", ")),
            };
            let quoted = &self.query[at.clone()];
            let problem =
                format!("there is no field {word:?}; {hint} (to look for the words, write \"{quoted}\" in quotes)");
            return Err(self.refuse(if name.is_empty() { at } else { name }, problem));
        };
        if !field.is_of(self.scope) {
            let scope = self.scope.record();
            let others = [Scope::Claims, Scope::Documents, Scope::Rotations].into_iter().filter(|s| field.is_of(*s));
            let others: Vec<String> = others.map(|s| format!("--in {}s", s.record())).collect();
            return Err(self
                .refuse(name, format!("a {scope} has no {}; it belongs to {}", field.as_str(), others.join(" or "))));
        }
        if value.is_empty() {
            return Err(self.refuse(at, format!("a value must follow {word}: without a space")));
        }
        values::read(self.query, field, value, self.scope).map(Node::Field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> String {
        match parse(query, Scope::Claims) {
            Ok(node) => format!("{node:?}"),
            Err(e) => format!("{}: {}", e.column(), e.problem),
        }
    }

    fn phrase(words: &[&str]) -> Node {
        Node::Phrase(words.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn reads_words_phrases_and_operators() {
        assert_eq!(parse("", Scope::Claims), Ok(Node::All));
        let got = parse("rising capex OR \"free cash\" -AT&T", Scope::Claims);
        let want = Node::Or(vec![
            Node::And(vec![phrase(&["rise"]), phrase(&["capex"])]),
            Node::And(vec![phrase(&["free", "cash"]), Node::Not(Box::new(phrase(&["at", "t"])))]),
        ]);
        assert_eq!(got, Ok(want));
        let near = |a: &str, b: &str| Node::Near(a.into(), b.into(), 5);
        assert_eq!(parse("debt NEAR/5 bonds", Scope::Claims), Ok(near("debt", "bond")));
        assert_eq!(parse("(a OR b) AND NOT c", Scope::Claims), parse("(a OR b) -c", Scope::Claims));
    }

    #[test]
    fn refuses_with_place_and_reason() {
        for (query, want) in [
            (
                "capex tikcer:MSFT",
                "7: there is no field \"tikcer\"; did you mean ticker:? (to look for the words, write \"tikcer:MSFT\" in quotes)",
            ),
            ("(capex", "1: this parenthesis is never closed"),
            ("capex)", "6: there is no parenthesis for this one to close"),
            ("\"capex", "1: this quote is never closed"),
            ("a AND", "3: something must follow this"),
            ("OR a", "1: something must stand before this operator"),
            ("a NEAR b", "3: write NEAR/5 with a number from 1 to 100, or \"near\" in quotes for the word"),
            ("a or b", "3: write OR for the operator, or \"or\" in quotes for the word"),
            ("cap*", "4: wildcards are not understood; words are found in all their forms"),
            ("value>5", "6: comparisons need a field, such as value:>500B or published:>2026-02-01"),
            ("ticker: MSFT", "1: a value must follow ticker: without a space"),
            ("é from:oil", "3: a claim has no from; it belongs to --in rotations"),
            ("$", "1: $ holds no word or number that could be looked for"),
            ("()", "1: there is nothing between these parentheses"),
            ("form:10-K", "1: there is no field \"form\"; the fields are metric, ticker"),
        ] {
            assert!(read(query).starts_with(want), "{query}: {}", read(query));
        }
    }

    #[test]
    fn the_caret_stands_under_the_fault() {
        let said = parse("capex tikcer:X", Scope::Claims).map_err(|e| e.to_string()).err().unwrap_or_default();
        assert!(said.ends_with("\n  capex tikcer:X\n        ^^^^^^"), "{said}");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(query in "[a-z:(\"\\-)<>., éNEAR/5%$0-9“]{0,40}") {
            for scope in [Scope::Claims, Scope::Documents, Scope::Rotations] {
                if let Err(e) = parse(&query, scope) {
                    assert!(!e.to_string().is_empty());
                }
            }
        }
    }
}
