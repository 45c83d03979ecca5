//! Filings in plain text, as they were until 2001: lines broken at 80 columns,
//! tables drawn with spaces.

use super::columns::{self, Piece};
use super::pages::Break;
use super::text::Text;
use crate::model::{GridCell, Span};

/// Marks of the old table format; they say nothing to a reader.
const MARKS: &[&str] = &["<TABLE>", "</TABLE>", "<CAPTION>", "<S>", "<C>", "<FN>", "</FN>", "<R>", "</R>"];

/// A paragraph longer than this parts two tables.
const PARTS: usize = 200;

/// Reads a plain text.
#[derive(Default)]
struct Reader {
    out: Text,
    paragraph: String,
    /// Columns of letters that the paragraph's first line covers.
    covers: (u16, u16),
    lines: usize,
    table: u32,
    /// Between the marks of a table.
    inside: bool,
}

/// Reads a plain text.
pub(super) fn read(text: &str) -> Text {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.line(line);
    }
    reader.end();
    reader.out
}

impl Reader {
    fn line(&mut self, line: &str) {
        let mut line = line.replace('\t', "        ");
        let page = line.contains('\u{c}') || line.trim() == "<PAGE>";
        for mark in MARKS {
            if line.contains(mark) {
                if matches!(*mark, "<TABLE>" | "</TABLE>") {
                    self.end();
                    self.table += 1;
                    self.inside = *mark == "<TABLE>";
                }
                line = line.replace(mark, &" ".repeat(mark.len()));
            }
        }
        let line = line.replace('\u{c}', "").replace("<PAGE>", "");
        let trimmed = line.trim();
        let ruled = !trimmed.is_empty() && trimmed.chars().all(|c| matches!(c, '-' | '=' | '_' | ' ' | '.' | '*'));
        if page || trimmed.is_empty() || ruled {
            self.end();
            if page {
                self.out.breaks.push(Break { at: self.out.text.len(), number: None });
            }
            return;
        }
        let indent = columns::width(&line) - columns::width(line.trim_start());
        if let Some(mut cells) = columns::cells(&line) {
            self.join(&mut cells, indent);
            self.end();
            self.row(&cells);
            return;
        }
        // A heading stands alone, in capitals or as an item.
        let heading = is_heading(trimmed);
        if heading || indent >= 20 {
            self.end();
            self.put(trimmed, heading, Some(covered(indent, trimmed)));
            return;
        }
        if self.inside {
            self.end();
        }
        if self.paragraph.is_empty() {
            self.covers = covered(indent, trimmed);
            self.lines = 0;
        }
        self.lines += 1;
        // A word that is broken keeps its hyphen: "long-" "term".
        let broken = self.paragraph.ends_with('-') && trimmed.starts_with(char::is_lowercase);
        if !self.paragraph.is_empty() && !broken {
            self.paragraph.push(' ');
        }
        self.paragraph.push_str(&trimmed.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    /// A label that began on the line before goes on in the row's first cell.
    fn join(&mut self, cells: &mut [Piece], indent: usize) {
        let begun = usize::from(self.covers.0);
        let Some(label) = cells.first_mut().filter(|_| self.inside && self.lines == 1) else { return };
        let words = label.text.starts_with(char::is_alphabetic);
        let goes_on = words
            && !self.paragraph.is_empty()
            && !self.paragraph.ends_with([':', '.'])
            && (label.text.starts_with(char::is_lowercase) || indent > begun && label.left > self.covers.0);
        if goes_on {
            let begin = std::mem::take(&mut self.paragraph);
            label.text = format!("{begin} {}", label.text);
            label.left = self.covers.0;
        }
    }

    fn end(&mut self) {
        if !self.paragraph.is_empty() {
            let line = std::mem::take(&mut self.paragraph);
            if line.len() > PARTS && !self.inside {
                self.table += 1;
            }
            let covers = (self.lines == 1).then_some(self.covers);
            self.put(&line, false, covers);
        }
    }

    /// A line of its own; one that may head a table has its columns.
    fn put(&mut self, line: &str, heading: bool, covers: Option<(u16, u16)>) {
        let start = self.out.text.len();
        self.out.text.push_str(line);
        let span = Span::new(start, self.out.text.len());
        if heading {
            self.out.headings.push((3, span));
        }
        if let Some((left, right)) = covers {
            self.out.grid.push(self.table, span, [GridCell { left, right, span }]);
        }
        self.out.text.push('\n');
    }

    fn row(&mut self, cells: &[Piece]) {
        let start = self.out.text.len();
        let mut places = Vec::with_capacity(cells.len());
        for cell in cells {
            self.out.text.push_str(if places.is_empty() { "| " } else { " | " });
            let at = self.out.text.len();
            self.out.text.push_str(&cell.text);
            places.push(GridCell { left: cell.left, right: cell.right, span: Span::new(at, self.out.text.len()) });
        }
        self.out.grid.push(self.table, Span::new(start, self.out.text.len()), places);
        self.out.text.push('\n');
    }
}

fn covered(indent: usize, line: &str) -> (u16, u16) {
    let column = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    (column(indent), column(indent + columns::width(line)))
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

    #[test]
    fn labels_go_on_and_columns_stand_under_their_heads() {
        let text = "<TABLE>\n<CAPTION>\n                              Years Ended December 31,\n                              1999            1998\n\
            <S>                           <C>             <C>\nCash flows:\nPurchases of property\n  and equipment ......        (1,250)         (990)\n</TABLE>\n";
        let read = read(text);
        assert_eq!(
            read.text,
            "Years Ended December 31,\n| 1999 | 1998\nCash flows:\n| Purchases of property and equipment | (1,250) | (990)\n"
        );
        let rows: Vec<_> = read.grid.rows.iter().map(|r| (r.table, read.grid.cells_of(r).len())).collect();
        assert_eq!(rows, [(1, 1), (1, 2), (1, 1), (1, 3)]);
        let (head, data) = (read.grid.cells_of(&read.grid.rows[1])[0], read.grid.cells_of(&read.grid.rows[3])[1]);
        assert!(head.left < data.right && data.left < head.right, "{head:?} {data:?}");
    }
}
