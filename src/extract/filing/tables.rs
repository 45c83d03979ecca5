//! Tables: the lines that stand together, and the columns of their cells: from
//! the page's layout, else by counting cells.

use crate::model::{Grid, GridCell, Segmented, Sentence, SentenceKind, Span};

/// A line of a table.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its place among the sentences, where it is a row.
    pub sentence: Option<usize>,
    /// Its bytes.
    pub span: Span,
    pub cells: Vec<GridCell>,
}

/// Lines that stand together.
pub(super) type Table = Vec<Line>;

/// Lines of one table that are read.
const LINES_MAX: usize = 4000;

/// Cells of one line that are read.
const CELLS_MAX: usize = 64;

/// The tables of a document, in the order of its text.
pub(super) fn tables(text: &Segmented<'_>, grid: &Grid) -> Vec<Table> {
    if grid.rows.is_empty() { from_text(text) } else { from_grid(text, grid) }
}

fn from_grid(text: &Segmented<'_>, grid: &Grid) -> Vec<Table> {
    let sentences = &text.sentences;
    let mut out: Vec<Table> = Vec::new();
    for group in grid.rows.chunk_by(|a, b| a.table == b.table) {
        for part in group.chunks(LINES_MAX) {
            let line = |row: &crate::model::GridRow| {
                let cells = grid.cells_of(row);
                let at = sentences.partition_point(|s| s.span.start < row.span.start);
                let row_of = |s: &Sentence| {
                    s.span.start == row.span.start && (s.kind == SentenceKind::Row || s.span.end == row.span.end)
                };
                let sentence = sentences.get(at).is_some_and(row_of).then_some(at);
                Line { sentence, span: row.span, cells: cells[..cells.len().min(CELLS_MAX)].to_vec() }
            };
            out.push(part.iter().map(line).collect());
        }
    }
    out
}

/// Rows of the text, with the short lines between them.
fn from_text(text: &Segmented<'_>) -> Vec<Table> {
    let mut out: Vec<Table> = Vec::new();
    let mut open: Table = Vec::new();
    let mut between: Table = Vec::new();
    let mut last = 0;
    for (at, sentence) in text.sentences.iter().enumerate() {
        let words = sentence.span.of(text.tokens.text);
        if sentence.kind == SentenceKind::Row {
            if sentence.paragraph > last + 4 || open.len() >= LINES_MAX {
                between.clear();
                push(&mut out, &mut open);
            }
            open.append(&mut between);
            last = sentence.paragraph;
            let cells = cells(words, sentence.span.start);
            // "| --- | --- |" is drawn, not said.
            if cells.iter().any(|c| c.span.of(text.tokens.text).contains(|c: char| !matches!(c, '-' | ':' | ' ' | '=')))
            {
                open.push(Line { sentence: Some(at), span: sentence.span, cells });
            }
        } else if !open.is_empty() && words.len() <= 80 && between.len() < 3 {
            let cell = GridCell { left: 0, right: 0, span: sentence.span };
            between.push(Line { sentence: None, span: sentence.span, cells: vec![cell] });
        } else {
            between.clear();
            push(&mut out, &mut open);
        }
    }
    push(&mut out, &mut open);
    out
}

fn push(out: &mut Vec<Table>, open: &mut Table) {
    let mut table = std::mem::take(open);
    if table.len() >= 2 {
        align(&mut table);
        out.push(table);
    }
}

/// The cells of a line "| a | b |", numbered.
fn cells(line: &str, start: usize) -> Vec<GridCell> {
    let body = line.trim_end().strip_suffix('|').unwrap_or(line);
    let mut out = Vec::new();
    let mut at = 0;
    for (place, piece) in body.split('|').enumerate() {
        let from = at;
        at += piece.len() + 1;
        // Nothing stands before the first bar.
        if place == 0 && piece.trim().is_empty() {
            continue;
        }
        let left = out.len().min(usize::from(u16::MAX) - 1) as u16;
        let lead = piece.len() - piece.trim_start().len();
        let span = Span::new(start + from + lead, start + from + lead + piece.trim().len());
        if out.len() < CELLS_MAX {
            out.push(GridCell { left, right: left + 1, span });
        }
    }
    out
}

/// Puts heads above the columns they speak of where rows have fewer cells than
/// the widest: a head of half as many stands above two each.
fn align(table: &mut Table) {
    let most = table.iter().map(|l| l.cells.len()).max().unwrap_or(0);
    let Some(columns) = most.checked_sub(1).filter(|c| *c > 0) else { return };
    for line in table.iter_mut().filter(|l| l.sentence.is_some() && l.cells.len() < most) {
        let count = line.cells.len();
        let (label, heads) = if columns % count == 0 {
            (0, count)
        } else if count > 1 && columns % (count - 1) == 0 {
            (1, count - 1)
        } else {
            continue;
        };
        let wide = (columns / heads) as u16;
        for (place, cell) in line.cells.iter_mut().skip(label).enumerate() {
            cell.left = 1 + place as u16 * wide;
            cell.right = cell.left + wide;
        }
    }
    for line in table.iter_mut().filter(|l| l.sentence.is_none()) {
        line.cells.iter_mut().for_each(|c| c.right = most as u16);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::segment;

    #[test]
    fn heads_spread_over_columns() {
        let text = "| Three Months | Six Months\n| 2024 | 2023 | 2024 | 2023\n| Sales | 5 | 4 | 9 | 8\nCosts:\n| Wages | 1 | 1 | 2 | 2\nThe text goes on.";
        let found = tables(&segment(text), &Grid::default());
        assert_eq!(found.len(), 1);
        let columns: Vec<Vec<(u16, u16)>> =
            found[0].iter().map(|l| l.cells.iter().map(|c| (c.left, c.right)).collect()).collect();
        assert_eq!(columns[0], [(1, 3), (3, 5)]);
        assert_eq!(columns[1], [(1, 2), (2, 3), (3, 4), (4, 5)]);
        assert_eq!(columns[2].len(), 5);
        assert_eq!((columns.len(), found[0][3].sentence), (5, None));
    }

    #[test]
    fn empty_cells_keep_their_place() {
        let text = "|  | 2024 |  | 2023 |\n| --- | --- | --- | --- |\n| Sales | 5 |  | 4 |";
        let found = tables(&segment(text), &Grid::default());
        assert_eq!(found[0].len(), 2);
        let places: Vec<&str> = found[0][1].cells.iter().map(|c| c.span.of(text)).collect();
        assert_eq!(places, ["Sales", "5", "", "4"]);
    }
}
