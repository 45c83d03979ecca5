//! JSON Lines input: one record a line → a page and its hints.

use serde_json::{Map, Value};
use thiserror::Error;

use super::{Format, Hints, dates};
use crate::model::Page;

/// What is wrong with a line.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line}: {problem}")]
pub struct LineError {
    /// Its number, counted from 1.
    pub line: usize,
    /// The problem.
    pub problem: String,
}

/// Reads line number `number` of a JSONL input:
/// `{"id", "text" | "html", "published"?, "url"?, "title"?, "outlet"?}`.
///
/// # Errors
/// When the line is no JSON object, lacks `id` or both `text` and `html`, has
/// a field of the wrong type, or a `published` that is no date.
pub fn jsonl_line(line: &str, number: usize) -> Result<(Page, Hints), LineError> {
    read(line).map_err(|problem| LineError { line: number, problem })
}

fn read(line: &str) -> Result<(Page, Hints), String> {
    let value: Value =
        serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|e| format!("not JSON: {e}"))?;
    let Value::Object(record) = value else {
        return Err("not a JSON object; write {\"id\": …, \"text\": …}".into());
    };
    let id = match record.get("id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        Some(_) => return Err("\"id\" must be a string that is not empty".into()),
        None => return Err("\"id\" is missing".into()),
    };
    let (body, format) = match (field(&record, "text")?, field(&record, "html")?) {
        (Some(text), None) => (text, Format::Text),
        (None, Some(html)) => (html, Format::Html),
        (Some(_), Some(_)) => return Err("both \"text\" and \"html\" are given; keep one".into()),
        (None, None) => return Err("\"text\" or \"html\" is missing".into()),
    };
    let published = field(&record, "published")?;
    if let Some(date) = published.as_deref().filter(|d| dates::normalise(d).is_none() && !month_or_year(d)) {
        return Err(format!("\"published\" {date:?} is no date; write YYYY-MM-DD or RFC 3339"));
    }
    let url = field(&record, "url")?;
    // The text is UTF-8 already, whatever a `meta` inside it says.
    let headers = vec![("content-type".to_string(), "; charset=utf-8".to_string())];
    let page =
        Page { url: url.clone().unwrap_or_default(), status: 200, headers, body: body.into_bytes(), fetched: None };
    let hints = Hints {
        doc_id: Some(id),
        url,
        title: field(&record, "title")?,
        published,
        outlet: field(&record, "outlet")?,
        format: Some(format),
        published_source: None,
        filing: None,
    };
    Ok((page, hints))
}

/// "2026-01" or "2026": too coarse for a date of publication, but no mistake;
/// the document stays undated and says why.
fn month_or_year(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    matches!(parts[..], [year] | [year, _] if year.len() == 4)
        && parts.len() <= 2
        && parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
}

/// A text field; absent and null are the same.
fn field(record: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match record.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("\"{name}\" must be a string")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_records() {
        let (page, hints) =
            jsonl_line(r#"{"id":"a1","text":"Fees rose 4%.","published":"2026-02-06","extra":1,"url":null}"#, 1)
                .expect("a record");
        assert_eq!(page.body, b"Fees rose 4%.");
        assert_eq!(
            (hints.doc_id.as_deref(), hints.published.as_deref(), hints.format),
            (Some("a1"), Some("2026-02-06"), Some(Format::Text))
        );
        assert!(jsonl_line(r#"{"id":"a","text":"x","published":"2026-01"}"#, 1).is_ok());
        assert_eq!(jsonl_line(r#"{"id":7,"html":"<p>x"}"#, 1).expect("a record").1.format, Some(Format::Html));
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (line, problem) in [
            ("{", "line 9: not JSON"),
            ("[1]", "not a JSON object"),
            (r#"{"text":"x"}"#, "\"id\" is missing"),
            (r#"{"id":"a"}"#, "\"text\" or \"html\" is missing"),
            (r#"{"id":"a","text":"x","html":"y"}"#, "both"),
            (r#"{"id":"a","text":5}"#, "\"text\" must be a string"),
            (r#"{"id":"a","text":"x","published":"soon"}"#, "is no date"),
        ] {
            let error = jsonl_line(line, 9).expect_err("an error").to_string();
            assert!(error.starts_with("line 9: ") && error.contains(problem), "{error}");
        }
    }
}
