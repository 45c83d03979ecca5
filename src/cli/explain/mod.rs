//! `explain`: a claim's sentence, and which rule bound each field by which words.

mod facts;
mod find;
mod show;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::context::Context;
use super::exit::Exit;
use super::output::{Look, Record};
use crate::extract::rules;
use crate::model::Document;

/// Options of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Ids stand in the records (claim_id, rotation_id) and behind each hit of search; their first four or
more characters are enough where they are unique. docs/rules.md lists all rules.

Examples:
  tapecheck explain 1cc6d7b3b5a62af1
  tapecheck explain --format json 1cc6
  tapecheck explain subject.possessive              what a rule does, with an example
  tapecheck explain --file article.html --figure 3  the third figure of a file, nothing stored")]
pub struct ExplainArgs {
    /// Id of a claim, a rotation or a rule
    #[arg(value_name = "ID", required_unless_present = "file")]
    id: Option<String>,
    /// A file instead of the store
    #[arg(long, value_name = "FILE", conflicts_with = "id")]
    file: Option<PathBuf>,
    /// Which figure of the file, counted from 1 [default: 1]
    #[arg(long, value_name = "N", requires = "file")]
    figure: Option<usize>,
    /// Publication date of the file, if it has none, YYYY-MM-DD
    #[arg(long, value_name = "DATE", requires = "file")]
    published: Option<String>,
    /// How to write it [default: table on a terminal, jsonl otherwise]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats that fit one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object on one line.
    Jsonl,
    /// One JSON object, indented.
    Json,
    /// For reading.
    Table,
}

/// A claim or rotation and the document it stands in.
struct Subject {
    record: Record,
    document: Document,
}

/// Runs it.
pub fn run(context: &Context, args: &ExplainArgs) -> anyhow::Result<Exit> {
    let format = args.format.unwrap_or(if context.terminal { Format::Table } else { Format::Jsonl });
    let found = match (&args.file, &args.id) {
        (Some(file), _) => find::in_file(context, file, args.figure.unwrap_or(1), args.published.as_deref())?,
        (None, Some(id)) => match rules::rule(id.trim()) {
            Some(rule) if format == Format::Table => return print(&show::rule(context.width, rule)),
            Some(rule) => return json(format, &facts::rule_json(rule)),
            None => find::in_store(context, id.trim())?,
        },
        (None, None) => None,
    };
    let Some(found) = found else { return Ok(Exit::Nothing) };
    let facts = facts::facts(&found.record, &found.document);
    if format == Format::Table {
        let look = Look { width: context.width, colour: context.colour, markdown: false };
        return print(&show::record(look, &found, &facts));
    }
    json(format, &facts::json(&found.record, &found.document, &facts)?)
}

fn json(format: Format, value: &serde_json::Value) -> anyhow::Result<Exit> {
    print(&if format == Format::Json { serde_json::to_string_pretty(value)? } else { value.to_string() })
}

fn print(text: &str) -> anyhow::Result<Exit> {
    writeln!(io::stdout().lock(), "{text}")?;
    Ok(Exit::Fine)
}
