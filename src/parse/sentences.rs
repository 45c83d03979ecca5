//! Sentences: where one statement ends and the next begins.
//!
//! A line break always ends a sentence. Inside a line a full stop ends one
//! unless it belongs to an abbreviation, an initial or a number; the rules look
//! at tokens, so decimals never come into question.

use crate::model::{Segmented, Sentence, SentenceKind, Shape, Span, TokenKind, Tokens};

/// Cuts a text into sentences.
pub fn segment(text: &str) -> Segmented<'_> {
    let mut tokens = Tokens::new(text);
    unwrap(&mut tokens);
    let mut sentences = Vec::with_capacity(text.len() / 100 + 1);
    let mut first = 0;
    let mut paragraph = 0;
    for at in 0..=tokens.len() {
        if tokens.get(at).is_none_or(|t| t.kind == TokenKind::Break) {
            line(&tokens, first, at, paragraph, &mut sentences);
            first = at + 1;
            paragraph += 1;
        }
    }
    Segmented { tokens, sentences }
}

/// Widest line, in bytes, of a text that counts as hard-wrapped.
const WRAP_WIDTH: usize = 100;

/// Drops line breaks that only wrap a paragraph: in a text of short lines, a
/// break after a line that the next word would have made too long.
fn unwrap(tokens: &mut Tokens<'_>) {
    let mut lines = tokens.text.lines().filter(|l| !l.trim().is_empty());
    let Some(width) = lines.try_fold(0, |widest, l| (l.len() <= WRAP_WIDTH).then(|| widest.max(l.len()))) else {
        return;
    };
    if width < 50 {
        return;
    }
    let breaks: Vec<usize> =
        (0..tokens.len()).filter(|i| tokens.get(*i).is_some_and(|t| t.kind == TokenKind::Break)).collect();
    let drop: Vec<usize> = breaks.into_iter().filter(|at| is_wrap(tokens, *at, width)).collect();
    // In a wrapped text the lines run on; a few short paragraphs do not.
    let runs_on = drop.iter().filter(|at| tokens.clean(**at + 1).starts_with(char::is_lowercase)).count();
    if runs_on * 3 < drop.len() {
        return;
    }
    tokens.keep_breaks(|at| drop.binary_search(&at).is_err());
}

/// Whether the break at `at` stands where the next word would not have fitted.
fn is_wrap(tokens: &Tokens<'_>, at: usize, width: usize) -> bool {
    let text = tokens.text;
    let Some(Span { start: end, end: after }) = tokens.get(at).map(|t| t.span()) else { return false };
    let line = &text[text[..end].rfind('\n').map_or(0, |p| p + 1)..end];
    let rest = &text[after..];
    let next = rest.lines().next().unwrap_or("");
    let word = next.split_whitespace().next().unwrap_or("");
    let item = matches!(word, "-" | "*" | "•" | "|") || word.starts_with(['#', '|', '•']) || next.trim().is_empty();
    // A heading or row keeps its line; where a sentence ends with its line, nothing is gained.
    let whole = line.trim_start().starts_with(['#', '|'])
        || line.trim_end().ends_with(['.', '?', '!', ':', '"', '”']) && word.starts_with(char::is_uppercase);
    !item && !whole && !line.trim().is_empty() && line.trim_end().len() + 1 + word.len() > width
}

/// The sentences of the line `first..end`.
fn line(tokens: &Tokens<'_>, first: usize, end: usize, paragraph: usize, out: &mut Vec<Sentence>) {
    if first >= end {
        return;
    }
    let kind = line_kind(tokens, first, end);
    let mut push = |from: usize, to: usize| {
        if from < to {
            out.push(Sentence { span: tokens.span(from, to), first: from, end: to, kind, paragraph });
        }
    };
    if kind == SentenceKind::Row {
        push(first, end);
        return;
    }
    let mut start = first;
    let mut at = if kind == SentenceKind::Bullet { first + 2 } else { first };
    while at < end {
        if let Some(next) = stop(tokens, start, at, end) {
            push(start, next);
            start = next;
            at = next;
        } else {
            at += 1;
        }
    }
    push(start, end);
}

/// What sort of line `first..end` is.
fn line_kind(tokens: &Tokens<'_>, first: usize, end: usize) -> SentenceKind {
    let bars = (first..end).filter(|i| is_symbol(tokens, *i) && tokens.bytes(*i) == b"|").count();
    if (tokens.clean(first) == "|" && bars >= 2) || bars >= 3 {
        return SentenceKind::Row;
    }
    let spaced = tokens.get(first + 1).is_some_and(|t| !t.glued);
    match tokens.clean(first) {
        "#" => return SentenceKind::Heading,
        "-" | "*" | "•" | "·" | "▪" | "●" | "◦" | "‣" | "—" | "✓" | "→" if spaced => {
            return SentenceKind::Bullet;
        }
        _ => {}
    }
    let numbered = tokens.get(first).is_some_and(|t| t.kind == TokenKind::Number)
        && matches!(tokens.clean(first + 1), "." | ")")
        && tokens.get(first + 1).is_some_and(|t| t.glued)
        && tokens.get(first + 2).is_some_and(|t| !t.glued);
    if numbered {
        return SentenceKind::Bullet;
    }
    let last = tokens.clean(end - 1);
    let words = (first..end).filter(|i| tokens.get(*i).is_some_and(|t| t.kind == TokenKind::Word)).count();
    let open = !matches!(last, "." | "?" | "!" | ":" | ";" | "," | "\"" | "'" | ")" | "]" | "…");
    let asks =
        matches!(last, "?" | "!") && words <= 14 && !(first..end - 1).any(|i| matches!(tokens.clean(i), "." | "\""));
    if words > 0 && words <= 24 && (open || asks) && !(first..end).any(|i| is_stop_inside(tokens, first, i, end)) {
        SentenceKind::Heading
    } else {
        SentenceKind::Prose
    }
}

fn is_stop_inside(tokens: &Tokens<'_>, first: usize, at: usize, end: usize) -> bool {
    is_symbol(tokens, at) && tokens.bytes(at) == b"." && stop(tokens, first, at, end).is_some_and(|next| next < end)
}

#[inline]
fn is_symbol(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.kind == TokenKind::Symbol)
}

/// If a sentence that began at `start` ends with the mark at `at`: the first
/// token of the next one.
fn stop(tokens: &Tokens<'_>, start: usize, at: usize, end: usize) -> Option<usize> {
    if !is_symbol(tokens, at) || at == start {
        return None;
    }
    let mark = tokens.bytes(at);
    if !matches!(mark, b"." | b"?" | b"!") && mark != "…".as_bytes() {
        return None;
    }
    // Further marks and everything that closes belong to this sentence.
    let mut next = at + 1;
    while next < end && tokens.get(next).is_some_and(|t| t.glued) && matches!(tokens.clean(next), "." | "?" | "!" | "…")
    {
        next += 1;
    }
    let dots = next - at;
    while next < end && closes(tokens, next, end) {
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
    if mark == b"." && dots == 1 && is_abbreviation(tokens, start, at, next) {
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

/// "…record.Next": a lower-case word before, a capitalised word after.
fn glued_stop(tokens: &Tokens<'_>, start: usize, at: usize, next: usize) -> Option<usize> {
    let before = at.checked_sub(1).filter(|b| *b >= start)?;
    let lower = tokens.get(before).is_some_and(|t| t.kind == TokenKind::Word && t.shape == Shape::Lower)
        && tokens.clean(before).len() > 2;
    let upper = tokens.get(next).is_some_and(|t| t.kind == TokenKind::Word && t.shape == Shape::Title)
        && tokens.clean(next).len() > 1;
    (lower && upper && next == at + 1).then_some(next)
}

/// Whether a sentence can begin with this token.
fn may_begin(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    match token.kind {
        TokenKind::Word => {
            token.shape != Shape::Lower
                || tokens.clean(at).chars().next().is_some_and(|c| !c.is_ascii())
                || is_brand(tokens, at)
        }
        TokenKind::Number => true,
        TokenKind::Symbol => match tokens.clean(at) {
            "\"" | "'" | "(" | "[" | "*" | "_" => at + 1 < end && may_begin(tokens, at + 1, end),
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

/// Whether the full stop at `at` belongs to an abbreviation or initial.
fn is_abbreviation(tokens: &Tokens<'_>, start: usize, at: usize, next: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|b| *b >= start) else { return false };
    let Some(token) = tokens.get(before) else { return false };
    if token.kind != TokenKind::Word || !tokens.get(at).is_some_and(|t| t.glued) {
        return false;
    }
    let word = tokens.clean(before);
    if word.len() == 1 {
        // "U.S." may end a sentence, "T. Rowe" may not.
        let dotted =
            before >= start + 2 && tokens.clean(before - 1) == "." && tokens.get(before).is_some_and(|t| t.glued);
        return if dotted { !begins_usually(tokens, next) } else { token.shape != Shape::Lower };
    }
    let lower = word.to_ascii_lowercase();
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
const NEVER_LAST: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "st", "vs", "fig", "figs", "eq", "sec",
    "approx", "est", "e.g", "i.e", "eg", "ie", "cf", "al", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept",
    "sep", "oct", "nov", "dec", "mt", "ft", "messrs", "hon", "rev", "pp", "vol", "ca", "tues", "thurs", "mon", "wed",
    "thu", "fri",
];

/// Abbreviations that a sentence may end with.
const OFTEN_LAST: &[&str] = &[
    "inc", "corp", "co", "ltd", "llc", "plc", "bros", "cos", "etc", "jr", "sr", "am", "pm", "bn", "mn", "tn", "dept",
    "intl", "mfg", "sa", "ag", "nv",
];

/// Words that begin sentences far more often than names.
fn begins_usually(tokens: &Tokens<'_>, at: usize) -> bool {
    const STARTERS: &[&str] = &[
        "the",
        "a",
        "an",
        "in",
        "on",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "but",
        "and",
        "for",
        "at",
        "as",
        "by",
        "with",
        "after",
        "before",
        "while",
        "when",
        "if",
        "he",
        "she",
        "they",
        "we",
        "our",
        "their",
        "his",
        "her",
        "however",
        "meanwhile",
        "still",
        "yet",
        "analysts",
        "investors",
        "shares",
        "stocks",
        "last",
        "since",
        "both",
        "some",
        "many",
        "more",
        "most",
        "there",
        "then",
        "here",
        "so",
        "under",
        "over",
        "among",
        "despite",
        "during",
        "according",
        "what",
        "who",
        "how",
        "why",
        "now",
        "also",
        "not",
        "no",
        "to",
        "from",
    ];
    match tokens.get(at) {
        Some(t) if t.kind == TokenKind::Word => STARTERS.contains(&tokens.clean(at).to_ascii_lowercase().as_str()),
        Some(_) => matches!(tokens.clean(at), "\"" | "-" | "•" | "#"),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        segment(text).sentences.iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn abbreviations_and_initials() {
        assert_eq!(
            cut("U.S. stocks fell. T. Rowe Price Inc. sold. Shares of Acme Inc. The fund left."),
            ["U.S. stocks fell.", "T. Rowe Price Inc. sold.", "Shares of Acme Inc.", "The fund left."]
        );
        assert_eq!(
            cut("See Fig. 3 for AMD vs. Intel. It rose 3.5% to $1.2 bn."),
            ["See Fig. 3 for AMD vs. Intel.", "It rose 3.5% to $1.2 bn."]
        );
        assert_eq!(cut("It left the U.S. The rest stayed."), ["It left the U.S.", "The rest stayed."]);
    }

    #[test]
    fn quotes_ellipses_and_citations() {
        assert_eq!(
            cut("He said: \u{201c}Sell it.\u{201d} [1] Then he bought\u{2026} Now he waits."),
            ["He said: \u{201c}Sell it.\u{201d} [1]", "Then he bought\u{2026}", "Now he waits."]
        );
        assert_eq!(cut("It rose 4% [1][2]. Then it fell."), ["It rose 4% [1][2].", "Then it fell."]);
        assert_eq!(cut("He left... and came back."), ["He left... and came back."]);
    }

    #[test]
    fn bullets_bold_and_glue() {
        assert_eq!(
            cut("**Prices are high.** Buyers left. - **Next point.** More."),
            ["**Prices are high.**", "Buyers left.", "- **Next point.**", "More."]
        );
        assert_eq!(
            cut("A sum of $45.1 billion-a figure nobody expected.Next came more."),
            ["A sum of $45.1 billion-a figure nobody expected.", "Next came more."]
        );
        assert_eq!(
            cut("Amazon.com Inc. and C3.ai rose \u{1f680} Then more."),
            ["Amazon.com Inc. and C3.ai rose \u{1f680} Then more."]
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The maker of trucks said that it expects its capital spending to rise\nsharply to 100 mln dlrs this year after a weak start. Its rival, which\nsells far more, gave no figure.\nNext.";
        assert_eq!(cut(text).len(), 3);
        assert!(cut(text)[0].ends_with("weak start."));
    }

    #[test]
    fn kinds_of_lines() {
        let text = "# Spending\nWhy Now?\nIt rose 3%.\n- One\n| a | b |\n1. First step";
        let kinds: Vec<_> = segment(text).sentences.iter().map(|s| s.kind).collect();
        use SentenceKind::*;
        assert_eq!(kinds, [Heading, Heading, Prose, Bullet, Row, Bullet]);
    }
}
