//! Writer: records of any number, in the format asked for, as they come.

use std::io::{self, Write};

use serde_json::Value;

use super::columns::columns;
use super::escape::escape;
use super::record::{Record, RecordKind};
use super::table::{Look, records_table};
use crate::cli::args::Format;

/// A record made ready for the writer (in parallel), with its extra fields.
#[derive(Debug)]
pub enum Ready {
    /// A JSON object.
    Line(String),
    /// The cells of a CSV row.
    Row(Vec<String>),
    /// The record itself, for tables: shown together at the end.
    Whole(String, Box<Record>),
}

/// Extra fields of a record: name and value.
pub type Extra<'e> = &'e [(&'static str, Option<&'e str>)];

/// Writes records to stdout.
pub struct Writer<W: Write> {
    out: W,
    format: Format,
    kinds: Vec<RecordKind>,
    look: Look,
    count: u64,
    kept: Vec<(String, Record)>,
    /// stdout is a terminal: raw JSON is escaped there too.
    terminal: bool,
}

impl<W: Write> Writer<W> {
    /// A writer of `kinds`; `extra` names the columns added to each record.
    ///
    /// # Errors
    /// When CSV is asked for several kinds of records, or writing fails.
    pub fn new(
        out: W,
        format: Format,
        kinds: &[RecordKind],
        extra: &[&str],
        look: Look,
        terminal: bool,
    ) -> anyhow::Result<Self> {
        let mut writer = Self { out, format, kinds: kinds.to_vec(), look, count: 0, kept: Vec::new(), terminal };
        match format {
            Format::Csv => {
                let [kind] = kinds else { anyhow::bail!("csv holds one kind of record; choose one with --kind") };
                let heads: Vec<&str> = columns(*kind).iter().chain(extra).copied().collect();
                writer.csv(&heads)?;
            }
            Format::Json => writer.out.write_all(b"[")?,
            _ => {}
        }
        Ok(writer)
    }

    /// Makes a record ready: the costly part, which needs no writer.
    ///
    /// # Errors
    /// When a record cannot be written as JSON.
    pub fn ready(format: Format, record: Record, extra: Extra<'_>) -> serde_json::Result<Ready> {
        Ok(match format {
            Format::Jsonl | Format::Json => Ready::Line(record.json(extra)?),
            Format::Csv => {
                let value = record.value()?;
                let own = columns(record.kind()).iter().map(|name| cell(value.get(name)));
                Ready::Row(own.chain(extra.iter().map(|(_, v)| v.unwrap_or("").to_string())).collect())
            }
            Format::Md | Format::Table => {
                let path = extra.iter().find(|(name, _)| *name == "path").and_then(|(_, v)| *v).unwrap_or("");
                Ready::Whole(path.to_string(), Box::new(record))
            }
        })
    }

    /// Writes one record.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(&mut self, ready: Ready) -> io::Result<()> {
        self.count += 1;
        match ready {
            Ready::Line(line) => {
                let before: &[u8] = match (self.format, self.count) {
                    (Format::Json, 1) => b"\n",
                    (Format::Json, _) => b",\n",
                    _ => b"",
                };
                self.out.write_all(before)?;
                let line = if self.terminal { escape(&line) } else { line };
                self.out.write_all(line.as_bytes())?;
                if self.format == Format::Jsonl { self.out.write_all(b"\n") } else { Ok(()) }
            }
            Ready::Row(row) => self.csv(&row),
            Ready::Whole(path, record) => {
                self.kept.push((path, *record));
                Ok(())
            }
        }
    }

    /// Ends the output and says how many records were written.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> io::Result<u64> {
        match self.format {
            Format::Json => self.out.write_all(if self.count == 0 { b"]\n" } else { b"\n]\n" })?,
            Format::Md | Format::Table => {
                let mut first = true;
                for kind in &self.kinds {
                    if self.kept.iter().any(|(_, r)| r.kind() == *kind) {
                        let gap = if first { "" } else { "\n" };
                        writeln!(self.out, "{gap}{}", records_table(self.look, *kind, &self.kept))?;
                        first = false;
                    }
                }
            }
            Format::Jsonl | Format::Csv => {}
        }
        self.out.flush()?;
        Ok(self.count)
    }

    fn csv<S: AsRef<[u8]>>(&mut self, row: &[S]) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(row).map_err(io::Error::other)?;
        let line = csv.into_inner().map_err(|e| io::Error::other(e.to_string()))?;
        self.out.write_all(&line)
    }
}

/// A value as one cell: text as it is, null empty, lists and objects as JSON.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
