//! Cells of a row → a line, and the numbers at the ends of pages.

use crate::model::{GridCell, Span};

/// The number at the end or the beginning of a line, and the other words.
pub(super) fn number_at_an_end(line: &str) -> Option<(u32, &str)> {
    let line = line.trim();
    let is_number = |digits: &str| (1..=4).contains(&digits.len()) && !digits.starts_with('0');
    let before = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let (digits, words) = match (&line[before.len()..], &line[..line.len() - behind.len()]) {
        (digits, _) if is_number(digits) => (digits, before),
        (_, digits) if is_number(digits) => (digits, behind),
        _ => return None,
    };
    let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '-' | '–' | '—'));
    digits.parse().ok().map(|number| (number, words))
}

/// A mark before an item of a list.
pub(super) fn is_bullet(cell: &str) -> bool {
    matches!(cell, "•" | "·" | "▪" | "■" | "◦" | "○" | "●" | "–" | "—" | "-" | "*" | "o" | "§")
}

/// "(1)" before a sentence.
pub(super) fn is_note(mark: &str, text: &str) -> bool {
    const SENTENCE: usize = 60;
    let inner = mark.trim_matches(['(', ')', '[', ']', '*', '.', '†']);
    let letters = text.bytes().filter(u8::is_ascii_lowercase).count();
    mark.len() <= 5 && inner.len() <= 2 && text.len() >= SENTENCE && letters * 2 > text.len()
}

/// "Item 7." and "ITEM 1A".
pub(super) fn is_item(cell: &str) -> bool {
    cell.len() <= 12 && cell.get(..4).is_some_and(|w| w.eq_ignore_ascii_case("item"))
}

/// "| Revenue | $1,234 | 5%": a lone sign is joined to its number.
/// Also where each cell begins in the row.
pub(super) fn join(cells: &[&str]) -> (String, Vec<usize>) {
    let mut line = String::with_capacity(cells.iter().map(|c| c.len() + 3).sum());
    let mut starts = Vec::with_capacity(cells.len());
    let mut opened = false;
    for cell in cells {
        let closes = matches!(*cell, ")" | "%" | ")%" | "%)" | "x" | "bps" | "pts");
        if closes && line.ends_with(|c: char| c.is_ascii_digit() || c == ')') {
            starts.push(line.len());
            line.push_str(cell);
            continue;
        }
        let number = cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '$' | '.' | '—' | '-'));
        if !(opened && number) {
            line.push_str(if line.is_empty() { "| " } else { " | " });
        }
        starts.push(line.len());
        opened = matches!(*cell, "$" | "€" | "£" | "¥" | "(" | "$(" | "($" | "US$" | "+");
        if cell.contains('|') { line.push_str(&cell.replace('|', "/")) } else { line.push_str(cell) }
    }
    (line, starts)
}

/// The cells of a line that was joined: a sign and its number are one.
pub(super) fn whole(text: &str, cells: impl Iterator<Item = ((u16, u16), Span)>) -> Vec<GridCell> {
    let mut out: Vec<GridCell> = Vec::new();
    for ((left, right), span) in cells {
        let parted = text.get(..span.start).is_none_or(|before| before.ends_with("| ") || before.ends_with('\n'));
        match out.last_mut() {
            Some(last) if !parted => (last.right, last.span.end) = (right, span.end),
            _ => out.push(GridCell { left, right, span }),
        }
    }
    out
}

/// A space between words.
pub(super) fn push_space(text: &mut String) {
    if !text.is_empty() && !text.ends_with([' ', '\n']) {
        text.push(' ');
    }
}

/// Adds plain text with its white space folded and without control characters.
pub(super) fn push_ascii(to: &mut String, text: &str) {
    for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let bare = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
        if bare.bytes().any(|b| b.is_ascii_control()) {
            to.extend(bare.chars().filter(|c| !c.is_control()));
        } else {
            to.push_str(bare);
        }
        if bare.len() < word.len() {
            push_space(to);
        }
    }
}
