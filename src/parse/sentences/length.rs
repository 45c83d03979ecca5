//! Length: how long a sentence may be. Rules compare the figures, names and
//! verbs of a sentence with one another; a ticker strip of a megabyte that is
//! one line would keep them busy for hours.

use crate::model::{TokenKind, Tokens};

/// Tokens of the longest sentence; a longer one is cut.
pub(super) const LONGEST: usize = 320;

/// Tokens after which a cut may stand.
const USUAL: usize = 220;

/// Where the first part of `first..end` ends: at `end`, or, of an over-long
/// one, behind its best separator.
pub(super) fn cut(tokens: &Tokens<'_>, first: usize, end: usize) -> usize {
    if end - first <= LONGEST {
        return end;
    }
    let places = first + USUAL..first + LONGEST;
    let best = places.clone().max_by_key(|at| (worth(tokens, *at), std::cmp::Reverse(*at)));
    best.filter(|at| worth(tokens, *at) > 0).unwrap_or(places.end)
}

/// How well a sentence is cut before token `at`.
fn worth(tokens: &Tokens<'_>, at: usize) -> u8 {
    let Some(token) = tokens.get(at) else { return 0 };
    let free = !token.glued;
    match tokens.clean(at - 1) {
        "|" | ";" | "\u{2022}" | "\u{b7}" if free || tokens.clean(at - 1) == "|" => 5,
        "." | "?" | "!" if free => 5,
        ":" | "}" | "]" | "/" if free => 4,
        "," if free => 3,
        "," => 2,
        _ if matches!(tokens.clean(at), "and" | "or" | "but" | "while") => 2,
        // Between two words no figure is cut.
        _ if free && token.kind == TokenKind::Word && after_word(tokens, at) => 1,
        _ => 0,
    }
}

fn after_word(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at - 1).is_some_and(|t| t.kind == TokenKind::Word)
}
