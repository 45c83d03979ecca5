//! Lexer: a query's text → words, quotes, signs and `field:` heads.

use std::ops::Range;

use super::error::QueryError;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Open,
    Close,
    Minus,
    And,
    Or,
    Not,
    Near(u32),
    Quote(String),
    Word(String),
    /// `name:` and what follows it up to the next space, quotes included.
    Field {
        name: Range<usize>,
        value: Range<usize>,
    },
}

/// A piece and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub piece: Piece,
    pub at: Range<usize>,
}

/// Longest query, in bytes.
const LONGEST: usize = 4096;

const QUOTES: &[char] = &['"', '“', '”', '„'];

/// Cuts a query into pieces.
pub(super) fn lex(query: &str) -> Result<Vec<Lexeme>, QueryError> {
    if query.len() > LONGEST {
        return Err(QueryError::new(query, 0..1, format!("it is longer than {LONGEST} bytes")));
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        let start = at;
        let piece = match c {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '(' => {
                at += 1;
                Piece::Open
            }
            ')' => {
                at += 1;
                Piece::Close
            }
            '-' | '−' | '–'
                if query[at + c.len_utf8()..].chars().next().is_some_and(|n| !n.is_whitespace() && n != ')') =>
            {
                at += c.len_utf8();
                Piece::Minus
            }
            c if QUOTES.contains(&c) => {
                at = quote_end(query, at)?;
                Piece::Quote(unquoted(&query[start..at]).to_string())
            }
            _ => {
                at = bare_end(query, at)?;
                bare(query, start..at)?
            }
        };
        pieces.push(Lexeme { piece, at: start..at });
    }
    Ok(pieces)
}

/// One past the closing quote of the quote that opens at `at`.
fn quote_end(query: &str, at: usize) -> Result<usize, QueryError> {
    let open = query[at..].chars().next().map_or(1, char::len_utf8);
    match query[at + open..].find(QUOTES) {
        Some(i) => {
            let close = at + open + i;
            Ok(close + query[close..].chars().next().map_or(1, char::len_utf8))
        }
        None => Err(QueryError::new(query, at..at + open, "this quote is never closed")),
    }
}

/// The text between quotes.
pub(super) fn unquoted(text: &str) -> &str {
    text.strip_prefix(QUOTES).unwrap_or(text).strip_suffix(QUOTES).unwrap_or(text)
}

/// One past a run without spaces and parentheses; quotes inside may hold both.
fn bare_end(query: &str, start: usize) -> Result<usize, QueryError> {
    let mut at = start;
    while let Some(c) = query[at..].chars().next() {
        if c.is_whitespace() || c == '(' || c == ')' {
            break;
        }
        if QUOTES.contains(&c) {
            // Only a field's value goes on into a quote.
            if !query[start..at].contains(':') {
                break;
            }
            at = quote_end(query, at)?;
        } else {
            at += c.len_utf8();
        }
    }
    Ok(at)
}

fn bare(query: &str, at: Range<usize>) -> Result<Piece, QueryError> {
    let text = &query[at.clone()];
    let refuse = |problem: String| Err(QueryError::new(query, at.clone(), problem));
    match text {
        "AND" | "&&" => {
            return if text == "AND" {
                Ok(Piece::And)
            } else {
                refuse("write AND, or nothing: all words must match".into())
            };
        }
        "OR" => return Ok(Piece::Or),
        "NOT" => return Ok(Piece::Not),
        "and" | "or" | "not" => {
            return refuse(format!(
                "write {} for the operator, or \"{text}\" in quotes for the word",
                text.to_uppercase()
            ));
        }
        _ => {}
    }
    if let Some(distance) = text.strip_prefix("NEAR") {
        let number = distance.strip_prefix('/').and_then(|n| n.parse().ok()).filter(|n| (1..=100).contains(n));
        return match number {
            Some(number) => Ok(Piece::Near(number)),
            None => refuse("write NEAR/5 with a number from 1 to 100, or \"near\" in quotes for the word".into()),
        };
    }
    if let Some(colon) = text.find(':') {
        return Ok(Piece::Field { name: at.start..at.start + colon, value: at.start + colon + 1..at.end });
    }
    if let Some((i, c)) = text.char_indices().find(|(_, c)| "*?~^|!{}[]=<>\\".contains(*c)) {
        let reason = match c {
            '*' | '?' => "wildcards are not understood; words are found in all their forms",
            '<' | '>' | '=' => "comparisons need a field, such as value:>500B or published:>2026-02-01",
            '|' => "write OR",
            '!' => "write NOT or -",
            '[' | ']' | '{' | '}' => "write ranges as value:10%..20%",
            _ => "this sign has no meaning here; put it in quotes",
        };
        return Err(QueryError::new(query, at.start + i..at.start + i + c.len_utf8(), reason));
    }
    if text.starts_with('+') {
        return refuse("no + is needed: all words must match".into());
    }
    Ok(Piece::Word(text.to_string()))
}
