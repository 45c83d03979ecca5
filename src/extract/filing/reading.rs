//! Reading: one table from its first line to its last: heads, lines that name a
//! part, rows of numbers.

use super::amount::{self, Amount, Cell};
use super::caption::{self, Caption};
use super::head::Head;
use super::parts::names_part;
use super::tables::{Line, Table};
use crate::lexicon::{LineItem, LineItems};
use crate::model::{GridCell, Span};

/// A number in a row whose line is known.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Place of the row among the sentences.
    pub sentence: usize,
    pub item: LineItem,
    /// The row's label.
    pub label: Span,
    /// The number, from the first sign to the last.
    pub span: Span,
    pub amount: Amount,
    /// What stands above it, with the caption.
    pub head: Head,
    /// Where the time of the head is said.
    pub head_span: Option<Span>,
    /// Of a comparison: the head of the column that is compared.
    pub compared: Option<Head>,
}

/// A table as read.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub caption: Caption,
    pub entries: Vec<Entry>,
    /// Rows of numbers, also those that name no line.
    pub rows: Vec<usize>,
    /// The largest amount of money, for tables that name no scale.
    pub largest: f64,
    /// A currency sign is printed.
    pub dollars: bool,
    /// Numbers in rows, also those that make no claim.
    pub numbers: usize,
    /// Cells with a percent sign.
    pub percents: usize,
}

/// A cell of a head.
#[derive(Clone, Debug)]
struct HeadCell {
    left: u16,
    right: u16,
    head: Head,
    span: Span,
}

struct Reader<'a> {
    text: &'a str,
    items: &'a LineItems,
    out: Reading,
    /// Rows of the head that hold now, the upper first.
    heads: Vec<Vec<HeadCell>>,
    /// A row of numbers came since.
    data: bool,
    /// What the line above the rows names.
    context: Vec<LineItem>,
    /// It names a part of the company.
    part: bool,
    /// First column of the numbers, and one past the last.
    first: u16,
    last: u16,
}

/// Reads a table.
pub(super) fn read(text: &str, table: &Table, items: &LineItems) -> Reading {
    let start = table.first().map_or(0, |l| l.span.start);
    let (first, last) = columns(text, table);
    let mut reader = Reader {
        text,
        items,
        out: Reading { caption: Caption::above(text, start), ..Reading::default() },
        heads: Vec::new(),
        data: false,
        context: Vec::new(),
        part: false,
        first,
        last,
    };
    if first < last {
        table.iter().for_each(|line| reader.line(line));
    } else {
        table.iter().for_each(|line| reader.bare(line));
    }
    reader.out
}

/// Where the numbers of a table stand.
fn columns(text: &str, table: &Table) -> (u16, u16) {
    let (mut first, mut last) = (u16::MAX, 0);
    for line in table {
        let Some((label, rest)) = line.cells.split_first() else { continue };
        if amount::cell(label.span.of(text)) != Cell::Words {
            continue;
        }
        for cell in rest.iter().filter(|c| matches!(amount::cell(c.span.of(text)), Cell::Number(_))) {
            first = first.min(cell.left);
            last = last.max(cell.right);
        }
    }
    (first, last)
}

impl Reader<'_> {
    /// A line of a table without labels: its numbers are nobody's.
    fn bare(&mut self, line: &Line) {
        let number = |c: &GridCell| matches!(amount::cell(c.span.of(self.text)), Cell::Number(_));
        let numbers = line.cells.iter().filter(|c| number(c)).count();
        self.out.numbers += numbers;
        if numbers > 0 {
            self.out.rows.extend(line.sentence);
        }
    }

    fn line(&mut self, line: &Line) {
        let cells: Vec<&GridCell> = line.cells.iter().filter(|c| !c.span.is_empty()).collect();
        let kinds: Vec<Cell> = cells.iter().map(|c| amount::cell(c.span.of(self.text))).collect();
        let numbers = kinds.iter().filter(|k| matches!(k, Cell::Number(_))).count();
        self.out.numbers += numbers;
        let dashes = kinds.contains(&Cell::Dash);
        match (cells.as_slice(), kinds.as_slice()) {
            ([], _) => {}
            ([_], [Cell::Number(_) | Cell::Dash]) => self.out.rows.extend(line.sentence),
            ([only], _) => self.alone(only.span, only),
            ([label, rest @ ..], [Cell::Words, kinds @ ..]) if numbers > 0 => {
                let behind = self.out.entries.len();
                self.row(line, label.span, rest, kinds);
                // Comparisons look at the other columns of their row.
                let found = &mut self.out.entries[behind..];
                compare(found);
            }
            _ if numbers > 0 || dashes => {
                self.data = true;
                // A row without a label, or of a year: nothing says what it measures.
                self.out.rows.extend(line.sentence);
            }
            _ => self.head(&cells),
        }
    }

    /// A line of one cell: a caption, a head over all columns, or what the rows
    /// below belong to.
    fn alone(&mut self, span: Span, cell: &GridCell) {
        const LONGEST: usize = 160;
        let words = span.of(self.text);
        if words.len() > LONGEST {
            return;
        }
        if let Some((power, from, to)) = caption::scale(words) {
            self.out.caption.scale = Some((power, Span::new(span.start + from, span.start + to)));
            self.out.caption.currency = caption::currency(words).or(self.out.caption.currency);
        }
        let head = Head::read(words);
        if head.is_time() && !head.part || head.length.is_some() && !self.data {
            self.begin();
            let right = cell.right.max(cell.left + 1);
            self.heads.push(vec![HeadCell { left: cell.left, right, head, span }]);
        } else if caption::scale(words).is_none() {
            self.context = self.items.find(words);
            self.part = names_part(words);
            self.out.caption.head.outlook |= head.outlook;
        }
    }

    /// Numbers came: the next head is a new one.
    fn begin(&mut self) {
        if self.data {
            self.heads.clear();
            self.data = false;
            self.part = false;
            self.context.clear();
        }
    }

    /// A line of words: a row of the head.
    fn head(&mut self, cells: &[&GridCell]) {
        let read = |cell: &&GridCell| HeadCell {
            left: cell.left,
            right: cell.right,
            head: Head::read(cell.span.of(self.text)),
            span: cell.span,
        };
        let mut row: Vec<HeadCell> = cells.iter().map(read).collect();
        let labelled = row.first().is_some_and(|c| c.right <= self.first);
        let times = row.iter().any(|c| c.head.is_time() || c.head.change);
        // Words beside a label below numbers are a row of words.
        if self.data && labelled && !times {
            return;
        }
        for cell in cells {
            let words = cell.span.of(self.text);
            if let Some((power, from, to)) = caption::scale(words).filter(|_| words.len() < 160) {
                self.out.caption.scale = Some((power, Span::new(cell.span.start + from, cell.span.start + to)));
                self.out.caption.currency = caption::currency(words).or(self.out.caption.currency);
            }
        }
        self.begin();
        if labelled {
            // What stands above the labels holds for all columns.
            let label = row.remove(0);
            let whole =
                HeadCell { left: self.first, right: self.last, head: Head { part: false, ..label.head }, ..label };
            if whole.head.is_time() || whole.head.outlook {
                self.heads.push(vec![whole]);
            }
        }
        self.heads.push(row);
    }

    fn row(&mut self, line: &Line, label: Span, cells: &[&GridCell], kinds: &[Cell]) {
        self.data = true;
        let Some(sentence) = line.sentence else { return };
        self.out.rows.push(sentence);
        let words = label.of(self.text);
        let mut items = self.items.find(words);
        if items.is_empty() && is_continued(words) {
            items.clone_from(&self.context);
        }
        self.out.percents +=
            kinds.iter().filter(|k| matches!(k, Cell::Number(a) if a.unit == amount::Unit::Percent)).count();
        let money = kinds.iter().filter_map(|k| if let Cell::Number(a) = k { Some(a) } else { None });
        for amount in money.filter(|a| a.unit == amount::Unit::Plain) {
            self.out.largest = self.out.largest.max(amount.value);
            self.out.dollars |= amount.currency.is_some();
        }
        if items.is_empty() || self.part {
            return;
        }
        let own = Head::read(words);
        let places = self.places(cells, kinds);
        for ((at, cell), kind) in cells.iter().enumerate().zip(kinds) {
            let Cell::Number(amount) = kind else { continue };
            // A percentage of the same name is a line of its own.
            let percent = items.iter().find(|i| i.percent && amount.unit != amount::Unit::Plain);
            let Some(item) = percent.or_else(|| items.iter().find(|i| fits(i, amount))) else { continue };
            let (mut head, head_span) = self.above(at, &places);
            head.outlook |= own.outlook;
            let start = cell.span.start;
            self.out.entries.push(Entry {
                sentence,
                item: *item,
                label,
                span: Span::new(start + amount.start, start + amount.end),
                amount: amount.clone(),
                head,
                head_span,
                compared: None,
            });
        }
    }

    /// For each row of the head, the cell above each cell of a row: the one that
    /// covers its columns, else by counting.
    fn places(&self, cells: &[&GridCell], kinds: &[Cell]) -> Vec<Vec<Option<usize>>> {
        let shown: Vec<usize> = (0..cells.len()).filter(|i| kinds.get(*i).is_some_and(|k| *k != Cell::Words)).collect();
        let place = |row: &Vec<HeadCell>| {
            let mut out: Vec<Option<usize>> = cells.iter().map(|cell| covering(row, cell)).collect();
            let found: Vec<usize> = shown.iter().filter_map(|i| out[*i]).collect();
            let distinct = found.windows(2).all(|w| w[0] < w[1]);
            let (heads, count) = (row.len(), shown.len());
            let missed = found.len() < count;
            if heads < 2 || !(missed || heads >= count && !distinct) {
                return out;
            }
            let times: Vec<usize> = (0..heads).filter(|h| row[*h].head.is_time() || row[*h].head.change).collect();
            for (order, at) in shown.iter().enumerate() {
                out[*at] = match () {
                    () if times.len() == count => times.get(order).copied(),
                    () if heads == count => Some(order),
                    () if count % heads == 0 => Some(order / (count / heads)),
                    () => out[*at],
                };
            }
            out
        };
        self.heads.iter().map(place).collect()
    }

    /// What stands above a cell.
    fn above(&self, at: usize, places: &[Vec<Option<usize>>]) -> (Head, Option<Span>) {
        let mut head = Head::default();
        let mut span = None;
        for (row, places) in self.heads.iter().zip(places).rev() {
            let Some(found) = places.get(at).copied().flatten().and_then(|p| row.get(p)) else { continue };
            let all = found.left <= self.first && found.right >= self.last;
            if found.head.is_time() {
                span.get_or_insert(found.span);
            }
            // A head over all columns parts nothing.
            if all || row.len() == 1 { head.under(&found.head) } else { head.above(&found.head) }
        }
        // A line alone above the numbers may stand anywhere.
        for row in self.heads.iter().rev().filter(|r| r.len() == 1) {
            head.under(&row[0].head);
            if row[0].head.is_time() {
                span.get_or_insert(row[0].span);
            }
        }
        head.under(&self.out.caption.head);
        (head, span.or(self.out.caption.time))
    }
}

/// The cell of a head that covers most columns of a cell.
fn covering(row: &[HeadCell], cell: &GridCell) -> Option<usize> {
    let over = |c: &HeadCell| i32::from(c.right.min(cell.right)) - i32::from(c.left.max(cell.left));
    let best = (0..row.len()).max_by_key(|h| over(&row[*h]))?;
    (over(&row[best]) > 0).then_some(best)
}

/// Whether a number can be what the line measures.
fn fits(item: &LineItem, amount: &Amount) -> bool {
    match amount.unit {
        amount::Unit::Plain => !item.percent,
        amount::Unit::Percent | amount::Unit::Points => true,
        amount::Unit::Times => false,
    }
}

/// Gives each comparison the latest of the other columns.
fn compare(entries: &mut [Entry]) {
    let mut latest: Option<Head> = None;
    for entry in entries {
        if entry.head.change {
            entry.compared = latest.clone();
        } else if entry.amount.unit == amount::Unit::Plain || entry.item.percent {
            let key = |h: &Head| (h.year, h.quarter, h.day);
            let group = latest.as_ref().is_some_and(|l| l.length == entry.head.length || entry.head.length.is_none());
            if !group || latest.as_ref().is_none_or(|l| key(&entry.head) > key(l)) {
                latest = Some(entry.head.clone());
            }
        }
    }
}

/// "Basic" and "Diluted" go on from the line above.
fn is_continued(label: &str) -> bool {
    matches!(
        crate::lexicon::normal_label(label).as_str(),
        "basic" | "diluted" | "basic and diluted" | "total" | "consolidated" | "consolidated total" | "company total"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::filing::tables::tables;
    use crate::lexicon::Lexicon;
    use crate::model::{Grid, Metric};
    use crate::parse::segment;

    fn entries(text: &str) -> Vec<(Metric, String, Option<i16>, bool)> {
        let lexicon = Lexicon::embedded().expect("the shipped lists compile");
        let segmented = segment(text);
        let found = tables(&segmented, &Grid::default());
        let readings = found.iter().map(|t| read(text, t, lexicon.line_items()));
        readings
            .flat_map(|r| r.entries)
            .map(|e| (e.item.metric, e.span.of(text).to_string(), e.head.year, e.head.change))
            .collect()
    }

    #[test]
    fn rows_under_their_heads() {
        let text = "(In millions)\n| Year Ended December 31,\n| 2024 | 2023 | % Change\n| Purchases of property and equipment | $(1,250) | $(990) | 26%\n\
            | Other assets | 5 | 4 | 25%\nEarnings per share:\n| Basic | $1.20 | $— | N/M\nWeighted-average shares:\n| Basic | 500 | 510 | 2%";
        let found = entries(text);
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[0], (Metric::Capex, "$(1,250)".into(), Some(2024), false));
        assert_eq!(found[1], (Metric::Capex, "$(990)".into(), Some(2023), false));
        assert_eq!((found[2].1.as_str(), found[2].3), ("26%", true));
        assert_eq!(found[3], (Metric::EarningsPerShare, "$1.20".into(), Some(2024), false));
    }

    #[test]
    fn rows_of_a_part_are_not_the_companys() {
        let text = "| 2024 | 2023\nNorthern Mills\n| Net sales | 50 | 40\n| Operating income | 5 | 4\nConsolidated\n| Net sales | 90 | 80";
        assert_eq!(entries(text).iter().map(|e| e.1.as_str()).collect::<Vec<_>>(), ["90", "80"]);
    }
}
