//! `schema`, `config` and `completions`: what the program says of itself.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;
use schemars::{Schema, schema_for};
use serde_json::{Value, json};

use super::args::{Args, Format};
use super::context::Context;
use super::exit::Exit;
use super::output::RecordKind;
use super::rows;
use super::settings::Origin;
use crate::model::{Claim, Document, Fact, Mention, Rotation};

/// Prints the JSON Schema of one record, or of all.
pub fn schema(record: Option<RecordKind>) -> anyhow::Result<Exit> {
    let text = match record {
        Some(kind) => serde_json::to_string_pretty(&schema_of(kind))?,
        None => {
            let all =
                RecordKind::ALL.map(|kind| Ok((kind.as_str().to_string(), serde_json::to_value(schema_of(kind))?)));
            let all: serde_json::Map<String, Value> = all.into_iter().collect::<serde_json::Result<_>>()?;
            serde_json::to_string_pretty(&all)?
        }
    };
    writeln!(io::stdout().lock(), "{text}")?;
    Ok(Exit::Fine)
}

/// The schema of a record: every field is always there, null where unknown.
fn schema_of(kind: RecordKind) -> Schema {
    let mut schema = match kind {
        RecordKind::Document => schema_for!(Document),
        RecordKind::Claim => schema_for!(Claim),
        RecordKind::Rotation => schema_for!(Rotation),
        RecordKind::Mention => schema_for!(Mention),
        RecordKind::Fact => schema_for!(Fact),
    };
    let names =
        |s: &Schema| s.get("properties").and_then(Value::as_object).map(|p| p.keys().cloned().collect::<Vec<_>>());
    if let Some(names) = names(&schema) {
        schema.insert("required".to_string(), names.into());
    }
    schema
}

/// Prints each setting and where it came from.
pub fn config(context: &Context, format: Option<Format>) -> anyhow::Result<Exit> {
    let row = |(name, value, origin): (&'static str, String, Origin)| json!({"setting": name, "value": value, "from": origin.as_str()});
    let list: Vec<Value> = context.settings.rows().into_iter().map(row).collect();
    rows::write(context, context.format(format), &["setting", "value", "from"], &list)?;
    Ok(Exit::Fine)
}

/// Prints a completion script.
pub fn completions(shell: Shell) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "tapecheck", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Exit::Fine)
}
