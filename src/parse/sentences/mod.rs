//! Sentences: where one statement ends and the next begins.
//!
//! A line break always ends a sentence. Inside a line a full stop ends one
//! unless it belongs to an abbreviation, an initial or a number; the rules look
//! at tokens, so decimals never come into question. What goes on without end is
//! cut, so that no rule ever looks at more than [`length::LONGEST`] tokens.

mod abbreviation;
mod length;
mod stop;

use crate::model::{Segmented, Sentence, SentenceKind, Span, TokenKind, Tokens};
use stop::{is_symbol, stop};

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
        let mut from = from;
        let mut kind = kind;
        while from < to {
            let end = length::cut(tokens, from, to);
            out.push(Sentence { span: tokens.span(from, end), first: from, end, kind, paragraph });
            from = end;
            // What follows of an over-long row stands in no column that is known.
            if kind == SentenceKind::Row {
                kind = SentenceKind::Prose;
            }
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
            ["Prices are high.", "Buyers left.", "- **Next point.", "More."]
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
    fn magnitudes_and_acronyms_end_sentences() {
        for whole in [
            "The mill paid $5B. Harbor fees fell 3%.",
            "He paid $3.5M. Dover rose 2%.",
            "The cap is $2T. Kiel is next.",
            "Sales hit 5K. Oslo gained.",
            "It cost $7bn. Bergen paid.",
            "It rose 4% in Jan. Kiel fell 5%.",
            "It filed with the SEC. Dover did not.",
            "It trades at 12x. Oslo does not.",
            "Costs rose 3%.Then they fell 4%.",
            "It fell (by 3%).Oslo rose.",
            "It sold 3,400.The rest stayed.",
            "It cost $5B.Kiel paid.",
        ] {
            assert_eq!(cut(whole).len(), 2, "{whole}: {:?}", cut(whole));
        }
    }

    #[test]
    fn initials_dates_and_exclaimed_names_do_not() {
        for whole in [
            "J. P. Dover and B. Kiel agreed to 5 terms.",
            "It rose on Jan. 5 and in Feb. 2026 again.",
            "The paper of Mon. Feb. 9 said so.",
            "The Dec. Retail report was weak.",
            "Yahoo! Inc. rose 5%.",
            "Yum! Brands fell 2% after Q3.",
            "See SEC. 12 of the act.",
            "Kiel vs. Oslo was played 5 times.",
            "It cost $5B. in all.",
            "It runs on Node.js and version 2.Beta of it.",
        ] {
            assert_eq!(cut(whole).len(), 1, "{whole}: {:?}", cut(whole));
        }
        assert_eq!(cut("Is it Yahoo! Then sell.").len(), 2);
    }

    #[test]
    fn endless_sentences_are_cut_between_figures() {
        let text = "Fees rose 3% to $4.5 billion and ".repeat(200);
        let parts = cut(&text);
        assert!(parts.len() > 5, "{}", parts.len());
        assert!(parts.iter().all(|p| !p.ends_with(['$', '.', '3', '4', '5'])), "{parts:?}");
        let longest = segment(&text).sentences.iter().map(|s| s.end - s.first).max();
        assert!(longest.is_some_and(|n| n <= length::LONGEST));
        let row = format!("| Fees |{}", " 3% |".repeat(400));
        let kinds: Vec<_> = segment(&row).sentences.iter().map(|s| s.kind).collect();
        assert_eq!(kinds.first(), Some(&SentenceKind::Row));
        assert!(kinds.len() > 2 && kinds[1..].iter().all(|k| *k == SentenceKind::Prose));
        // A long sentence of the ordinary kind stays whole.
        assert_eq!(cut(&format!("It owns {} mills.", "a mill, ".repeat(70))).len(), 1);
    }

    #[test]
    fn piles_of_marks_end_soon() {
        for pile in [".", "*", "* ", ".[1]", ". \"", "?!", ".)", "[1]", "(", "!\""] {
            let text = pile.repeat(200_000 / pile.len());
            let began = std::time::Instant::now();
            segment(&text);
            assert!(began.elapsed().as_secs() < 10, "{pile}");
        }
    }

    #[test]
    fn kinds_of_lines() {
        let text = "# Spending\nWhy Now?\nIt rose 3%.\n- One\n| a | b |\n1. First step";
        let kinds: Vec<_> = segment(text).sentences.iter().map(|s| s.kind).collect();
        use SentenceKind::*;
        assert_eq!(kinds, [Heading, Heading, Prose, Bullet, Row, Bullet]);
    }
}
