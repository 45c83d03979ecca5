//! Table: records for reading, in the width of the terminal, or as Markdown.

use comfy_table::presets::{ASCII_MARKDOWN, NOTHING};
use comfy_table::{Attribute, Cell, ContentArrangement, LineStyle, Table, TableStyle};

use super::cells;
use super::escape::escape_line;
use super::record::{Record, RecordKind};

/// Columns set apart by space alone, a line under the heads.
const PLAIN: TableStyle = NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// How a table looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns to fit.
    pub width: usize,
    /// Whether heads may be bold.
    pub colour: bool,
    /// Markdown instead of lines.
    pub markdown: bool,
}

impl Look {
    /// A table of rows under heads.
    pub fn table(self, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
        let mut table = Table::new();
        if self.markdown {
            table.load_style(ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Disabled);
        } else {
            table.load_style(PLAIN);
            table
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(u16::try_from(self.width).unwrap_or(80));
        }
        if self.colour {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        let bold = |h: &&str| if self.colour { Cell::new(h).add_attribute(Attribute::Bold) } else { Cell::new(h) };
        table.set_header(heads.iter().map(bold));
        for row in rows {
            table.add_row(row.iter().map(|cell| Cell::new(self.cell(cell))));
        }
        table.to_string()
    }

    fn cell(self, text: &str) -> String {
        let text = escape_line(text);
        if self.markdown { text.replace('|', "\\|") } else { text }
    }
}

/// A table of records of one kind, each with the path it came from where
/// there are several.
pub fn records_table(look: Look, kind: RecordKind, records: &[(String, Record)]) -> String {
    let paths = records.iter().any(|(path, _)| *path != records[0].0);
    let mut heads: Vec<&str> = match kind {
        RecordKind::Document => vec!["document", "title", "outlet", "published", "characters"],
        RecordKind::Claim => cells::CLAIM_HEADS.to_vec(),
        RecordKind::Rotation => cells::ROTATION_HEADS.to_vec(),
        RecordKind::Mention => vec!["mention", "canonical", "ticker", "type", "role"],
        RecordKind::Fact => cells::FACT_HEADS.to_vec(),
    };
    if paths {
        heads.push("path");
    }
    let rows = records.iter().filter(|(_, r)| r.kind() == kind).map(|(path, record)| {
        let mut row = row(record);
        if paths {
            row.push(short(path));
        }
        row
    });
    look.table(&heads, rows)
}

/// The end of a path, which tells files apart best.
fn short(path: &str) -> String {
    const LONGEST: usize = 20;
    let name = path.rsplit('/').next().unwrap_or(path);
    let length = name.chars().count();
    if length <= LONGEST {
        name.to_string()
    } else {
        format!("…{}", name.chars().skip(length - LONGEST + 1).collect::<String>())
    }
}

fn row(record: &Record) -> Vec<String> {
    match record {
        Record::Document(d) => vec![
            d.doc_id.clone(),
            d.title.clone().unwrap_or_default(),
            d.outlet.clone().unwrap_or_default(),
            d.published.as_deref().map(|p| p.chars().take(10).collect()).unwrap_or_default(),
            d.text.chars().count().to_string(),
        ],
        Record::Claim(c) => cells::claim(c),
        Record::Fact(f) => cells::fact(f),
        Record::Rotation(r) => cells::rotation(r),
        Record::Mention(m) => {
            let word = |v: serde_json::Result<serde_json::Value>| {
                v.ok().and_then(|v| v.as_str().map(str::to_string)).unwrap_or_default()
            };
            let ticker = m.ticker.clone().unwrap_or_default();
            vec![
                m.surface.clone(),
                m.canonical.clone(),
                ticker,
                word(serde_json::to_value(m.kind)),
                word(serde_json::to_value(m.role)),
            ]
        }
    }
}
