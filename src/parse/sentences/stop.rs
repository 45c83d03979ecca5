//! Stop: whether a mark ends a sentence.

use super::abbreviation::{begins_usually, is_abbreviation, is_exclaimed, is_scale};
use crate::model::{Shape, TokenKind, Tokens};

/// Marks, closing signs and citations behind a full stop that are looked at:
/// what piles up more of them is no sentence.
const PILE: usize = 24;

#[inline]
pub(super) fn is_symbol(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.kind == TokenKind::Symbol)
}

/// If a sentence that began at `start` ends with the mark at `at`: the first
/// token of the next one.
pub(super) fn stop(tokens: &Tokens<'_>, start: usize, at: usize, end: usize) -> Option<usize> {
    if !is_symbol(tokens, at) || at == start {
        return None;
    }
    let mark = tokens.clean(at);
    if !matches!(mark, "." | "?" | "!" | "…") {
        return None;
    }
    // Further marks and everything that closes belong to this sentence.
    let end_of_pile = end.min(at + PILE);
    let mut next = at + 1;
    while next < end_of_pile
        && tokens.get(next).is_some_and(|t| t.glued)
        && matches!(tokens.clean(next), "." | "?" | "!" | "…")
    {
        next += 1;
    }
    let dots = next - at;
    while next < end_of_pile && closes(tokens, next, end) {
        next += 1;
    }
    next = after_citations(tokens, next, end);
    if next >= end {
        return None;
    }
    let following = tokens.get(next)?;
    if following.glued {
        return glued_stop(tokens, start, at, next);
    }
    if !may_begin(tokens, next, end) {
        return None;
    }
    if mark == "." && dots == 1 && is_abbreviation(tokens, start, at, next) || is_exclaimed(tokens, at, next) {
        return None;
    }
    Some(next)
}

/// Closing quotes and brackets, and the end of Markdown emphasis.
fn closes(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let glued = tokens.get(at).is_some_and(|t| t.glued);
    let free_after = at + 1 >= end
        || tokens.get(at + 1).is_some_and(|t| !t.glued || matches!(tokens.clean(at + 1), "*" | "_" | "\"" | ")" | "["));
    glued
        && (matches!(tokens.clean(at), ")" | "]") || (free_after && matches!(tokens.clean(at), "\"" | "'" | "*" | "_")))
}

/// Skips `[1][2]` that stand behind the mark.
fn after_citations(tokens: &Tokens<'_>, mut at: usize, end: usize) -> usize {
    let end = end.min(at + PILE * 3);
    while at + 2 < end
        && tokens.clean(at) == "["
        && tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number)
        && tokens.clean(at + 2) == "]"
    {
        at += 3;
        if at < end && tokens.clean(at) == "." && tokens.get(at).is_some_and(|t| t.glued) {
            at += 1;
        }
    }
    at
}

/// "…record.Next", "…3%.Then": a lower-case word or a figure before, a
/// capitalised word after.
fn glued_stop(tokens: &Tokens<'_>, start: usize, at: usize, next: usize) -> Option<usize> {
    let before = at.checked_sub(1).filter(|b| *b >= start)?;
    let word = tokens.get(before).is_some_and(|t| t.kind == TokenKind::Word && t.shape == Shape::Lower)
        && tokens.clean(before).len() > 2;
    let closed = matches!(tokens.clean(before), "%" | ")" | "]" | "\"") || is_scale(tokens, before);
    let plain = tokens.get(before).is_some_and(|t| t.kind == TokenKind::Number)
        && before > start + 1
        && begins_usually(tokens, next);
    let upper = tokens.get(next).is_some_and(|t| t.kind == TokenKind::Word && t.shape == Shape::Title)
        && tokens.clean(next).len() > 1;
    ((word || closed || plain) && upper && next == at + 1).then_some(next)
}

/// Whether a sentence can begin with this token.
fn may_begin(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let opens = |at: &usize| matches!(tokens.clean(*at), "\"" | "'" | "(" | "[" | "*" | "_");
    let Some(at) = (at..end.min(at + PILE)).find(|at| !opens(at)) else { return false };
    let Some(token) = tokens.get(at) else { return false };
    match token.kind {
        TokenKind::Word => {
            token.shape != Shape::Lower
                || tokens.clean(at).chars().next().is_some_and(|c| !c.is_ascii())
                || is_brand(tokens, at)
        }
        TokenKind::Number => true,
        TokenKind::Symbol => match tokens.clean(at) {
            "-" | "•" | "·" | "#" | "—" | "▪" | "●" => at + 1 < end,
            "$" | "€" | "£" | "¥" | "~" | "+" => true,
            other => !other.is_ascii(),
        },
        TokenKind::Break => false,
    }
}

/// "iPhone", "eBay": lower-case first letter, but a name.
fn is_brand(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.shape == Shape::Mixed)
}
