//! A filing's page → text: paragraphs, bold lines as headings, tables row by
//! row, and where its pages end.

use std::collections::HashSet;

use super::pages::Break;
use super::row::{is_bullet, is_item, is_note, join, number_at_an_end, push_ascii, push_space, whole};
use super::style::{self, Styled};
use crate::model::{Grid, Span};
use crate::parse::compose::push_folded;
use crate::parse::html::is_block;
use crate::parse::xbrl::{Open, Sink, colon};

/// The text of a filing and what its layout tells.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// Lines, each with its line break.
    pub text: String,
    /// Lines in bold letters, or in heading elements.
    pub headings: Vec<(u8, Span)>,
    /// Where pages end.
    pub breaks: Vec<Break>,
    /// Lines that lead elsewhere in the document.
    pub links: Vec<Span>,
    /// Facts and where the text prints them, in the order of the text.
    pub places: Vec<(usize, Span)>,
    /// Its tables.
    pub grid: Grid,
}

/// Reads the text.
#[derive(Debug, Default)]
pub(super) struct TextReader {
    out: Text,
    styled: Styled,
    line: String,
    /// Letters of the line, and how many are bold.
    letters: (usize, usize),
    /// The element that hides, and how many of its name are open inside.
    hidden: Option<(String, usize)>,
    link: bool,
    linked: bool,
    heading: Option<u8>,
    item: bool,
    tables: Vec<Row>,
    /// How many tables have begun.
    begun: u32,
    /// Words beside the numbers at the ends of pages.
    footers: HashSet<String>,
    /// Facts that the line prints.
    marks: Vec<Mark>,
}

/// A fact in a line or row that is being read.
#[derive(Clone, Copy, Debug)]
struct Mark {
    fact: usize,
    start: usize,
    end: Option<usize>,
}

/// A row that is being read: its cells in one text.
#[derive(Debug, Default)]
struct Row {
    text: String,
    cells: Vec<(usize, usize)>,
    /// First and one past the last column of each.
    columns: Vec<(u16, u16)>,
    open: Option<usize>,
    /// Columns that the open cell covers.
    width: u16,
    table: u32,
    marks: Vec<Mark>,
}

/// Where a cell begins in its row, and the columns it covers.
type Shown = (usize, (u16, u16));

/// Tables deeper than this are read as blocks.
const TABLES_MAX: usize = 16;

impl TextReader {
    /// What was read.
    pub fn finish(mut self) -> Text {
        while !self.tables.is_empty() {
            self.end_row();
            self.tables.pop();
        }
        self.flush();
        self.out
    }

    /// A fact begins here.
    pub fn fact_begins(&mut self, fact: usize) {
        if self.hidden.is_none() {
            let (buffer, marks) = self.target();
            marks.push(Mark { fact, start: buffer.len(), end: None });
        }
    }

    /// A fact ends here.
    pub fn fact_ends(&mut self, fact: usize) {
        let (buffer, marks) = self.target();
        if let Some(mark) = marks.iter_mut().rev().find(|m| m.fact == fact && m.end.is_none()) {
            mark.end = Some(buffer.len());
        }
    }

    /// Where text goes now, and the facts in it.
    fn target(&mut self) -> (&mut String, &mut Vec<Mark>) {
        match self.tables.last_mut() {
            Some(row) if row.open.is_some() => (&mut row.text, &mut row.marks),
            // Text between cells is shown before the table.
            _ => (&mut self.line, &mut self.marks),
        }
    }

    /// Keeps a fact's place once it stands in the text.
    fn keep(&mut self, fact: usize, start: usize, end: usize) {
        let Some(piece) = self.out.text.get(start..end) else { return };
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let start = start + (piece.len() - piece.trim_start().len());
            self.out.places.push((fact, Span::new(start, start + trimmed.len())));
        }
    }

    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        let marks = std::mem::take(&mut self.marks);
        let (letters, bold) = std::mem::take(&mut self.letters);
        let linked = std::mem::take(&mut self.linked);
        let item = std::mem::take(&mut self.item);
        line.truncate(line.trim_end().len());
        if !line.is_empty() {
            let mut before = 0;
            if item && !line.starts_with(['•', '-', '–', '*']) {
                line.insert_str(0, "- ");
                before = 2;
            }
            let level = self.heading.or((letters > 0 && bold * 10 >= letters * 9).then_some(3));
            let start = self.put(&line, level.filter(|_| !item), linked);
            for mark in marks {
                let end = (mark.end.unwrap_or(line.len()) + before).min(line.len());
                self.keep(mark.fact, start + mark.start + before, start + end);
            }
        }
        line.clear();
        self.line = line; // its room is used again
    }

    /// Adds a line; where it begins.
    fn put(&mut self, line: &str, heading: Option<u8>, linked: bool) -> usize {
        const LONGEST_HEADING: usize = 250;
        let start = self.out.text.len();
        // The link back to the contents at the head of each page.
        if linked && line.eq_ignore_ascii_case("table of contents") {
            return start;
        }
        self.out.text.push_str(line);
        let span = Span::new(start, self.out.text.len());
        self.out.text.push('\n');
        if let Some(level) = heading.filter(|_| line.len() <= LONGEST_HEADING) {
            self.out.headings.push((level, span));
        }
        if linked {
            self.out.links.push(span);
        }
        start
    }

    /// Ends the line: in a cell, only a space.
    fn break_line(&mut self) {
        match self.cell() {
            Some(text) => push_space(text),
            None => self.flush(),
        }
    }

    fn cell(&mut self) -> Option<&mut String> {
        self.tables.last_mut().filter(|r| r.open.is_some()).map(|r| &mut r.text)
    }

    fn end_cell(&mut self) {
        if let Some(row) = self.tables.last_mut()
            && let Some(start) = row.open.take()
        {
            let end = start + row.text[start..].trim_end().len();
            row.cells.push((start, end));
            let left = row.columns.last().map_or(0, |c| c.1);
            row.columns.push((left, left.saturating_add(row.width.max(1))));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(mut row) = self.tables.last_mut().map(std::mem::take) else { return };
        let (letters, bold) = std::mem::take(&mut self.letters);
        let linked = std::mem::take(&mut self.linked);
        let trimmed = row.cells.iter().zip(&row.columns).map(|((a, b), columns)| {
            let cell = &row.text[*a..*b];
            ((a + cell.len() - cell.trim_start().len(), *columns), cell.trim_start())
        });
        let (places, cells): (Vec<Shown>, Vec<&str>) = trimmed.filter(|(_, c)| !c.is_empty()).unzip();
        let bold = (letters > 0 && bold * 10 >= letters * 9).then_some(3);
        let (line, starts, heading) = match cells.as_slice() {
            [] => (String::new(), Vec::new(), None),
            [only] => ((*only).to_string(), vec![0], bold),
            // A list that is laid out as a table, and an item's number beside its title.
            [mark, text] if is_bullet(mark) => (format!("- {text}"), vec![0, 2], None),
            [mark, text] if is_item(mark) => (format!("{mark} {text}"), vec![0, mark.len() + 1], bold),
            // A footnote below a table is running text.
            [mark, text] if is_note(mark, text) => (format!("{mark} {text}"), vec![0, mark.len() + 1], None),
            _ => {
                let (line, starts) = join(&cells);
                (line, starts, None)
            }
        };
        if !line.is_empty() {
            let start = self.put(&line, heading, linked);
            let columns = places.iter().map(|(_, columns)| *columns);
            let shown = starts.iter().zip(&cells).map(|(at, cell)| Span::new(start + at, start + at + cell.len()));
            if self.out.text.len() > start {
                let line = Span::new(start, start + line.len());
                self.out.grid.push(row.table, line, whole(&self.out.text, columns.zip(shown)));
            }
            for mark in &row.marks {
                let at = places.partition_point(|p| p.0 <= mark.start).max(1) - 1;
                let (Some((place, _)), Some(to), Some(cell)) = (places.get(at), starts.get(at), cells.get(at)) else {
                    continue;
                };
                let inside = |p: usize| p.saturating_sub(*place).min(cell.len());
                let end = mark.end.map_or(cell.len(), inside);
                self.keep(mark.fact, start + to + inside(mark.start), start + to + end);
            }
        }
        row.text.clear();
        row.cells.clear();
        row.columns.clear();
        row.marks.clear();
        if let Some(last) = self.tables.last_mut() {
            *last = row;
        }
    }

    fn page_break(&mut self) {
        self.break_line();
        let at = self.out.text.len();
        if !self.tables.is_empty() || self.out.breaks.last().is_some_and(|b| b.at == at) {
            return;
        }
        let number = self.footer();
        self.out.breaks.push(Break { at: self.out.text.len(), number });
    }

    /// Takes the page's number off its end, with the words beside it where
    /// earlier pages ended in the same.
    fn footer(&mut self) -> Option<u32> {
        const LONGEST: usize = 120;
        let text = &self.out.text;
        let body = text.trim_end();
        let start = body.rfind('\n').map_or(0, |at| at + 1);
        let since = self.out.breaks.last().map_or(0, |b| b.at);
        let line = body.get(start..).filter(|l| start >= since && l.len() <= LONGEST)?;
        let (number, words) = number_at_an_end(line.trim_start_matches("| "))?;
        if words.is_empty() || !self.footers.insert(words.to_string()) {
            self.out.text.truncate(start);
            self.out.headings.retain(|(_, h)| h.start < start);
            self.out.links.retain(|l| l.start < start);
            self.out.places.retain(|(_, p)| p.start < start);
            self.out.grid.cut(start);
        }
        Some(number)
    }
}

impl Sink for TextReader {
    fn open(&mut self, tag: &Open<'_>) {
        if let Some((name, depth)) = &mut self.hidden {
            if name == tag.name {
                *depth += 1;
            }
            return;
        }
        if colon(tag.name).is_some() {
            if tag.name.ends_with(":header") {
                self.hidden = Some((tag.name.to_string(), 1));
            }
            return;
        }
        let look = style::look(tag.name, tag.attrs);
        if look.hidden && !style::is_void(tag.name) {
            self.hidden = Some((tag.name.to_string(), 1));
            return;
        }
        if look.breaks_before {
            self.page_break();
        }
        self.styled.open(tag.name, &look);
        let name = tag.name;
        if name.eq_ignore_ascii_case("a") {
            self.link = look.leads_inside;
        } else if name.eq_ignore_ascii_case("tr") && !self.tables.is_empty() {
            self.end_row();
        } else if (name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th")) && !self.tables.is_empty() {
            self.end_cell();
            if let Some(row) = self.tables.last_mut() {
                row.open = Some(row.text.len());
                row.width = look.columns;
            }
        } else if name.eq_ignore_ascii_case("table") && self.tables.len() < TABLES_MAX {
            if self.tables.is_empty() {
                self.flush();
            } else {
                // What stands before a table inside a cell is a row of its own.
                self.end_row();
            }
            self.begun = self.begun.saturating_add(1);
            self.tables.push(Row { table: self.begun, ..Row::default() });
        } else if name.eq_ignore_ascii_case("li") {
            self.break_line();
            self.item = self.tables.is_empty();
        } else if let Some(level) = style::heading(name) {
            self.break_line();
            self.heading = Some(level);
        } else if name.eq_ignore_ascii_case("hr") && look.is_break {
            self.page_break();
        } else if is_block(name) && !(self.item && self.line.is_empty()) {
            self.break_line();
        }
    }

    fn close(&mut self, name: &str, _at: usize) {
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name {
                *depth -= 1;
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        if colon(name).is_some() {
            return;
        }
        let breaks = self.styled.close(name);
        if name.eq_ignore_ascii_case("a") {
            self.link = false;
        } else if name.eq_ignore_ascii_case("tr") {
            self.end_row();
        } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
            self.end_cell();
        } else if name.eq_ignore_ascii_case("table") && !self.tables.is_empty() {
            self.end_row();
            self.tables.pop();
        } else if style::heading(name).is_some() || name.eq_ignore_ascii_case("li") {
            self.break_line();
            self.heading = None;
            self.item = false;
        } else if is_block(name) {
            self.break_line();
        }
        if breaks {
            self.page_break();
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric).count();
        if letters == 0 && text.bytes().all(|b| b.is_ascii_whitespace()) {
            match self.cell() {
                Some(cell) => push_space(cell),
                None => push_space(&mut self.line),
            }
            return;
        }
        self.letters.0 += letters;
        if self.styled.bold() {
            self.letters.1 += letters;
        }
        self.linked |= self.link;
        let (target, _) = self.target();
        if text.is_ascii() { push_ascii(target, text) } else { push_folded(target, text) }
    }
}
