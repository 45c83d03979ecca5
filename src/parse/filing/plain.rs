//! Filings in plain text, as they were until 2001: lines broken at 80 columns,
//! tables drawn with spaces.

use super::pages::Break;
use super::text::Text;
use crate::model::Span;

/// Marks of the old table format; they say nothing to a reader.
const MARKS: &[&str] = &["<TABLE>", "</TABLE>", "<CAPTION>", "<S>", "<C>", "<FN>", "</FN>", "<R>", "</R>"];

/// Reads a plain text.
pub(super) fn read(text: &str) -> Text {
    let mut out = Text::default();
    let mut paragraph = String::new();
    for line in text.lines() {
        let mut line = line.replace('\t', "        ");
        let page = line.contains('\u{c}') || line.trim() == "<PAGE>";
        for mark in MARKS {
            if line.contains(mark) {
                line = line.replace(mark, &" ".repeat(mark.len()));
            }
        }
        let line = line.replace('\u{c}', "").replace("<PAGE>", "");
        let trimmed = line.trim();
        let ruled = !trimmed.is_empty() && trimmed.chars().all(|c| matches!(c, '-' | '=' | '_' | ' ' | '.' | '*'));
        if page || trimmed.is_empty() || ruled {
            end(&mut out, &mut paragraph);
            if page {
                out.breaks.push(Break { at: out.text.len(), number: None });
            }
            continue;
        }
        if let Some(row) = row(trimmed) {
            end(&mut out, &mut paragraph);
            put(&mut out, &row, false);
            continue;
        }
        // A heading stands alone, in capitals or as an item.
        let heading = is_heading(trimmed);
        if heading || line.len() - line.trim_start().len() >= 20 {
            end(&mut out, &mut paragraph);
            put(&mut out, trimmed, heading);
            continue;
        }
        // A word that is broken keeps its hyphen: "long-" "term".
        let broken = paragraph.ends_with('-') && trimmed.starts_with(char::is_lowercase);
        if !paragraph.is_empty() && !broken {
            paragraph.push(' ');
        }
        paragraph.push_str(&trimmed.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    end(&mut out, &mut paragraph);
    out
}

fn end(out: &mut Text, paragraph: &mut String) {
    if !paragraph.is_empty() {
        let line = std::mem::take(paragraph);
        put(out, &line, false);
    }
}

fn put(out: &mut Text, line: &str, heading: bool) {
    let start = out.text.len();
    out.text.push_str(line);
    if heading {
        out.headings.push((3, Span::new(start, out.text.len())));
    }
    out.text.push('\n');
}

/// A line with columns: pieces two spaces apart or behind dots, with a number.
fn row(line: &str) -> Option<String> {
    let dotted = line.replace("....", "  ").replace("...", "  ").replace(" . .", "   ");
    let mut cells: Vec<String> = Vec::new();
    for piece in dotted.split("  ") {
        let piece = piece.trim().trim_matches('.').trim();
        if piece.is_empty() {
            continue;
        }
        let number = piece.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '.'));
        match cells.last_mut() {
            Some(last) if matches!(last.as_str(), "$" | "(" | "$(") && number => last.push_str(piece),
            Some(last) if matches!(piece, ")" | "%" | ")%") && last.ends_with(|c: char| c.is_ascii_digit()) => {
                last.push_str(piece)
            }
            _ => cells.push(piece.replace("$ ", "$")),
        }
    }
    let digits = cells.iter().skip(1).any(|c| c.contains(|c: char| c.is_ascii_digit()));
    let words = cells.iter().all(|c| c.len() < 90);
    (cells.len() >= 2 && digits && words && !line.ends_with('.') || cells.len() >= 3 && words)
        .then(|| format!("| {}", cells.join(" | ")))
}

fn is_heading(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    letters >= 4 && line.len() < 120 && capitals == letters || super::items::begin(line).is_some() && line.len() < 120
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reflows_and_keeps_tables() {
        let text = "ITEM 7.  MANAGEMENT'S DISCUSSION\n\nCapital spending of the com-\npany rose to $12 million\nin 1997.\n\n<TABLE>\n<S>    <C>\n\
            Revenue ......  $  1,234   $  1,100\n   ------\n</TABLE>\n<PAGE>\nMore.\n";
        let read = read(text);
        assert_eq!(
            read.text,
            "ITEM 7.  MANAGEMENT'S DISCUSSION\nCapital spending of the com-pany rose to $12 million in 1997.\n| Revenue | $1,234 | $1,100\nMore.\n"
        );
        assert_eq!((read.breaks.len(), read.headings.len()), (1, 1));
    }
}
