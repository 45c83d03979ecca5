//! Abbreviations: full stops that end a word, not a sentence.

use crate::model::{Shape, TokenKind, Tokens};

/// Whether the full stop at `at` belongs to an abbreviation or initial.
pub(super) fn is_abbreviation(tokens: &Tokens<'_>, start: usize, at: usize, next: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|b| *b >= start) else { return false };
    let Some(token) = tokens.get(before) else { return false };
    if token.kind != TokenKind::Word || !tokens.get(at).is_some_and(|t| t.glued) {
        return false;
    }
    // "$5B.", "5K.": the letter of a magnitude, no initial.
    if is_scale(tokens, before) {
        return !begins_anew(tokens, next);
    }
    let word = tokens.clean(before);
    if word.len() == 1 {
        // "U.S." may end a sentence, "T. Rowe" may not.
        let dotted =
            before >= start + 2 && tokens.clean(before - 1) == "." && tokens.get(before).is_some_and(|t| t.glued);
        return if dotted { !begins_usually(tokens, next) } else { token.shape != Shape::Lower };
    }
    let lower = word.to_ascii_lowercase();
    // "in Jan. Meta fell", "with the SEC. Tesla fell".
    let capital = tokens.get(next).is_some_and(|t| t.kind == TokenKind::Word && t.shape != Shape::Lower);
    if DAYS.contains(&lower.as_str()) {
        let after_preposition = before > start
            && matches!(
                tokens.clean(before - 1).to_ascii_lowercase().as_str(),
                "in" | "since"
                    | "by"
                    | "until"
                    | "till"
                    | "through"
                    | "last"
                    | "this"
                    | "next"
                    | "early"
                    | "late"
                    | "mid"
            );
        let dated = DAYS.contains(&tokens.clean(next).to_ascii_lowercase().as_str());
        return !(capital && after_preposition && !dated);
    }
    if token.shape == Shape::Upper && matches!(lower.as_str(), "sec" | "est" | "ft") && before > start {
        return !capital;
    }
    if NEVER_LAST.contains(&lower.as_str()) {
        return true;
    }
    if OFTEN_LAST.contains(&lower.as_str()) {
        return !begins_usually(tokens, next);
    }
    matches!(lower.as_str(), "no" | "nos" | "rs" | "rp" | "fr" | "kr" | "dhs" | "p" | "cl" | "par")
        && tokens.get(next).is_some_and(|t| t.kind == TokenKind::Number)
}

/// Abbreviations that a sentence does not end with.
#[rustfmt::skip]
const NEVER_LAST: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "st", "vs", "fig", "figs", "eq", "sec", "approx", "est", "e.g", "i.e", "eg", "ie", "cf", "al", "mt", "ft", "messrs", "hon", "rev", "pp", "vol", "ca",
];

/// Months and days of the week, cut short.
#[rustfmt::skip]
const DAYS: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mon", "tues", "tue", "wed", "thurs", "thu", "fri",
];

/// Abbreviations that a sentence may end with.
const OFTEN_LAST: &[&str] = &[
    "inc", "corp", "co", "ltd", "llc", "plc", "bros", "cos", "etc", "jr", "sr", "am", "pm", "bn", "mn", "tn", "dept",
    "intl", "mfg", "sa", "ag", "nv",
];

/// Words that sentences begin with.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "the", "a", "an", "in", "on", "it", "its", "this", "that", "these", "those", "but", "and", "for", "at", "as",
    "by", "with", "after", "before", "while", "when", "if", "he", "she", "they", "we", "our", "their", "his", "her",
    "however", "meanwhile", "still", "yet", "analysts", "investors", "shares", "stocks", "last", "since", "both",
    "some", "many", "more", "most", "there", "then", "here", "so", "under", "over", "among", "despite", "during",
    "according", "what", "who", "how", "why", "now", "also", "not", "no", "to", "from",
];

/// Whether the word at `at` is a magnitude right behind a number: "5B", "3.5bn".
pub(super) fn is_scale(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let number = at > 0 && tokens.get(at - 1).is_some_and(|t| t.kind == TokenKind::Number);
    let scale = matches!(tokens.clean(at), "B" | "M" | "T" | "K" | "k" | "b" | "m" | "bn" | "mn" | "tn" | "mm" | "MM")
        || matches!(tokens.clean(at), "x" | "X" | "bps" | "bp");
    number && scale && token.glued
}

/// Whether a word with a capital, or what opens a quotation, stands at `at`.
fn begins_anew(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.get(at) {
        Some(t) if t.kind == TokenKind::Word => t.shape != Shape::Lower,
        Some(t) => t.kind == TokenKind::Symbol,
        None => true,
    }
}

/// Whether the mark at `at` belongs to a name: "Yahoo! Inc.", "Yum! Brands".
pub(super) fn is_exclaimed(tokens: &Tokens<'_>, at: usize, next: usize) -> bool {
    if tokens.clean(at) != "!" || next != at + 1 || at == 0 {
        return false;
    }
    let named = tokens.get(at - 1).is_some_and(|t| t.kind == TokenKind::Word && t.shape != Shape::Lower);
    let firm = matches!(
        tokens.clean(next),
        "Inc" | "Corp" | "Co" | "Ltd" | "LLC" | "PLC" | "plc" | "Brands" | "Japan" | "Finance" | "Holdings" | "Group"
    );
    named && firm
}

/// Words that begin sentences far more often than names.
pub(super) fn begins_usually(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.get(at) {
        Some(t) if t.kind == TokenKind::Word => STARTERS.contains(&tokens.clean(at).to_ascii_lowercase().as_str()),
        Some(_) => matches!(tokens.clean(at), "\"" | "-" | "•" | "#"),
        None => true,
    }
}
