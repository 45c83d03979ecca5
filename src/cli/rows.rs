//! Rows: lists that are no records, in every format.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::args::Format;
use super::context::Context;
use super::output::Look;

/// Writes rows of values to stdout. In tables and CSV the columns `shown` are
/// written, elsewhere all fields.
pub fn write<T: Serialize>(context: &Context, format: Format, shown: &[&str], rows: &[T]) -> anyhow::Result<()> {
    let values: Vec<Value> = rows.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let mut out = io::stdout().lock();
    let cells = |value: &Value| -> Vec<String> { shown.iter().map(|name| cell(value.as_object(), name)).collect() };
    match format {
        Format::Jsonl => {
            for value in &values {
                writeln!(out, "{value}")?;
            }
        }
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&values)?)?,
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record(shown)?;
            for value in &values {
                csv.write_record(cells(value))?;
            }
            csv.flush()?;
        }
        Format::Md | Format::Table => {
            let look = Look { width: context.width, colour: context.colour, markdown: format == Format::Md };
            writeln!(out, "{}", look.table(shown, values.iter().map(cells)))?;
        }
    }
    Ok(())
}

fn cell(fields: Option<&Map<String, Value>>, name: &str) -> String {
    match fields.and_then(|f| f.get(name)) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        Some(Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_string(),
        Some(other) => other.to_string(),
    }
}
