//! Lines → a document's text: NFC, folded white space, one line break between
//! paragraphs, and the spans of its headings.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::model::{CharIndex, Section, Span};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// A paragraph.
    Text,
    /// A heading of that level.
    Heading(u8),
    /// A list item.
    Item,
    /// A table row.
    Row,
}

/// A line of the page, before it becomes text.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its text, white space folded.
    pub text: String,
    /// How many of its bytes stand in links.
    pub linked: usize,
}

/// A text and its headings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Composed {
    /// The text.
    pub text: String,
    headings: Vec<(u8, Span)>,
}

impl Composed {
    /// Joins lines; empty ones and immediate repetitions are left out.
    pub fn from_lines(lines: &[Line]) -> Self {
        let mut out = Self::default();
        let mut last = "";
        for line in lines {
            let folded = line.text.trim();
            if folded.is_empty() || (folded == last && line.kind != LineKind::Row) {
                continue;
            }
            last = folded;
            if !out.text.is_empty() {
                out.text.push('\n');
            }
            let start = out.text.len();
            if line.kind == LineKind::Item && !folded.starts_with(['•', '-', '–', '*']) {
                out.text.push_str("- ");
            }
            push_nfc(&mut out.text, folded);
            if let LineKind::Heading(level) = line.kind {
                out.headings.push((level, Span::new(start, out.text.len())));
            }
        }
        out
    }

    /// A text that is kept as it is, with the headings at these spans.
    pub fn verbatim(text: String, headings: Vec<(u8, Span)>) -> Self {
        Self { text, headings }
    }

    /// The headings as records give them.
    pub fn sections(&self) -> Vec<Section> {
        let index = CharIndex::new(&self.text);
        let section = |&(level, span): &(u8, Span)| Section {
            level,
            char_start: index.chars(span.start),
            char_end: index.chars(span.end),
            byte_start: span.start,
            byte_end: span.end,
        };
        self.headings.iter().map(section).collect()
    }
}

/// Appends `text` in Unicode NFC.
fn push_nfc(to: &mut String, text: &str) {
    if is_nfc(text) {
        to.push_str(text);
    } else {
        to.extend(text.nfc());
    }
}

/// `text` in Unicode NFC.
pub(crate) fn nfc(text: String) -> String {
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

/// Appends `text` with white space folded to single spaces, without soft
/// hyphens and zero-width marks; no space at the very start.
pub(crate) fn push_folded(to: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !to.is_empty() && !to.ends_with([' ', '\n']) {
                to.push(' ');
            }
        } else if !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}') && !c.is_control() {
            to.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: LineKind, text: &str) -> Line {
        Line { kind, text: text.into(), linked: 0 }
    }

    #[test]
    fn joins_lines_and_counts_code_points() {
        let lines = [
            line(LineKind::Heading(2), "Cafe\u{301} €"),
            line(LineKind::Text, "One"),
            line(LineKind::Text, "One"),
            line(LineKind::Item, "Two"),
            line(LineKind::Heading(3), "Three"),
        ];
        let composed = Composed::from_lines(&lines);
        assert_eq!(composed.text, "Café €\nOne\n- Two\nThree");
        let last = &composed.sections()[1];
        assert_eq!((last.level, last.char_start, last.byte_start, last.byte_end), (3, 17, 20, 25));
    }

    #[test]
    fn folds_white_space() {
        let mut out = String::new();
        push_folded(&mut out, "  a\n\u{a0}b\u{ad}c ");
        assert_eq!(out, "a bc ");
    }
}
