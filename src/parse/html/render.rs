//! HTML → lines: headings, paragraphs, list items, table rows.

use super::entities;
use super::tokens::{Tag, Tok, is_block};
use crate::parse::compose::{Line, LineKind, push_folded};

/// A table that is being read.
#[derive(Default)]
struct Table {
    row: Vec<String>,
    cell: Option<String>,
}

/// Turns tokens into lines.
#[derive(Default)]
pub(crate) struct Renderer {
    lines: Vec<Line>,
    text: String,
    linked: usize,
    links: u32,
    heading: Option<u8>,
    item: bool,
    pre: u32,
    tables: Vec<Table>,
}

/// Tables deeper than this are read as plain blocks.
const TABLES_MAX: usize = 16;

impl Renderer {
    /// Takes the next token.
    pub fn feed(&mut self, tok: &Tok<'_>) {
        match tok {
            Tok::Text(text) => self.text(&entities::decode(text)),
            Tok::Raw(_) => {}
            Tok::Open(tag) => self.open(tag),
            Tok::Close(name) => self.close(&lower(name)),
        }
    }

    /// The lines read.
    pub fn finish(mut self) -> Vec<Line> {
        while !self.tables.is_empty() {
            self.end_row();
            self.tables.pop();
        }
        self.flush();
        self.lines
    }

    fn cell(&mut self) -> Option<&mut String> {
        self.tables.last_mut().and_then(|t| t.cell.as_mut())
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 && self.tables.is_empty() {
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    self.flush();
                }
                push_folded(&mut self.text, line);
            }
            return;
        }
        if let Some(cell) = self.cell() {
            return push_folded(cell, text);
        }
        let before = self.text.len();
        push_folded(&mut self.text, text);
        if self.links > 0 {
            self.linked += self.text.len() - before;
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = lower(tag.name);
        match name.as_str() {
            "a" => self.links += 1,
            "table" if self.tables.len() < TABLES_MAX => {
                self.break_line();
                self.tables.push(Table::default());
            }
            "tr" if !self.tables.is_empty() => self.end_row(),
            "td" | "th" if !self.tables.is_empty() => {
                self.end_cell();
                if let Some(table) = self.tables.last_mut() {
                    table.cell = Some(String::new());
                }
            }
            "li" => {
                self.break_line();
                self.item = self.tables.is_empty();
            }
            "pre" => {
                self.break_line();
                self.pre += 1;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.break_line();
                self.heading = name.as_bytes().get(1).map(|b| b - b'0');
            }
            // A paragraph inside a list item goes on with the item.
            "p" | "div" | "span" if self.item && self.text.is_empty() => {}
            _ if is_block(&name) => self.break_line(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" => self.links = self.links.saturating_sub(1),
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            "table" if !self.tables.is_empty() => {
                self.end_row();
                self.tables.pop();
            }
            "pre" => {
                self.break_line();
                self.pre = self.pre.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" => {
                self.break_line();
                self.heading = None;
                self.item = false;
            }
            _ if is_block(name) => self.break_line(),
            _ => {}
        }
    }

    /// Ends a line: of the cell inside a table, else of the page.
    fn break_line(&mut self) {
        match self.cell() {
            Some(cell) => {
                if !cell.is_empty() && !cell.ends_with('\n') {
                    cell.push('\n');
                }
            }
            None => self.flush(),
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        if text.trim().is_empty() {
            return;
        }
        let kind = match (self.heading, self.item) {
            (Some(level), _) => LineKind::Heading(level),
            (None, true) => LineKind::Item,
            (None, false) => LineKind::Text,
        };
        self.item = false;
        self.lines.push(Line { kind, text: text.trim_end().to_string(), linked });
    }

    fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut()
            && let Some(cell) = table.cell.take()
        {
            table.row.push(cell);
        }
    }

    /// Ends a table row. A row of one cell is layout: its lines stand alone.
    fn end_row(&mut self) {
        self.end_cell();
        let Some(row) = self.tables.last_mut().map(|t| std::mem::take(&mut t.row)) else { return };
        let single = row.len() == 1;
        let rendered: Vec<String> = if single {
            row.iter().flat_map(|c| c.lines()).map(|l| l.trim().to_string()).filter(|l| !l.is_empty()).collect()
        } else {
            join_cells(&row).into_iter().collect()
        };
        let outer = self.tables.len().checked_sub(2).and_then(|i| self.tables.get_mut(i)).and_then(|t| t.cell.as_mut());
        match outer {
            Some(cell) => {
                for line in rendered {
                    if !cell.is_empty() && !cell.ends_with('\n') {
                        cell.push('\n');
                    }
                    cell.push_str(&line);
                    cell.push('\n');
                }
            }
            None => {
                for text in rendered {
                    let kind = if text.starts_with("| ") { LineKind::Row } else { LineKind::Text };
                    self.lines.push(Line { kind, text, linked: 0 });
                }
            }
        }
    }
}

/// "| Revenue | $1,234 | 5%": cells of one row, a lone sign joined to its number.
fn join_cells(row: &[String]) -> Option<String> {
    let mut cells: Vec<String> = Vec::new();
    for cell in row {
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "/");
        if cell.is_empty() {
            continue;
        }
        let opens = |c: &str| matches!(c, "$" | "€" | "£" | "¥" | "(" | "$(" | "($" | "US$" | "-" | "+");
        let closes = matches!(cell.as_str(), ")" | "%" | ")%" | "%)" | "x" | "bp" | "bps" | "pts");
        match cells.last_mut() {
            Some(last)
                if opens(last) && cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '$' | '.')) =>
            {
                last.push_str(&cell)
            }
            Some(last) if closes && last.ends_with(|c: char| c.is_ascii_digit() || c == ')') => last.push_str(&cell),
            _ => cells.push(cell),
        }
    }
    (!cells.is_empty()).then(|| format!("| {}", cells.join(" | ")))
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::tokens::Tokens;
    use super::*;
    use crate::parse::compose::Composed;

    fn text(html: &str) -> String {
        let mut renderer = Renderer::default();
        for tok in Tokens::new(html) {
            renderer.feed(&tok);
        }
        Composed::from_lines(&renderer.finish()).text
    }

    #[test]
    fn renders_blocks_lists_and_breaks() {
        let html = "<h2>Fees &amp; tolls</h2><p>One <b>t</b>wo<br>three</p><ul><li><p>four</p><li>five</ul><script>x()</script><style>y</style>six";
        assert_eq!(text(html), "Fees & tolls\nOne two\nthree\n- four\n- five\nsix");
        assert_eq!(text("<pre>a  b\n c</pre>"), "a b\nc");
    }

    #[test]
    fn renders_tables_row_by_row() {
        let html = "<table><thead><tr><th>Item<th>2025</thead><tr><td>Tolls</td><td>$</td><td>1,234</td><td>)</td><td></td></tr></table><p>end";
        assert_eq!(text(html), "| Item | 2025\n| Tolls | $1,234)\nend");
        assert_eq!(text("<table><tr><td><p>One</p><p>Two</p></td></tr></table>"), "One\nTwo");
        let nested = "<table><tr><td><table><tr><td>a</td><td>1</td></tr></table></td></tr></table>";
        assert_eq!(text(nested), "| a | 1");
    }
}
