//! JSON Lines: one document a line, `{"id","text"|"html","published"?,"url"?,…}`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;

use super::error::SourceError;
use super::file::{Limits, page};
use super::item::{Form, Item, Known};

/// A line of a JSON Lines file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The file, as given.
    pub path: String,
    /// The same name however the path is written.
    pub uri: String,
    /// Counted from 1.
    pub number: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads a file line by line, in bounded memory.
pub struct Lines {
    path: String,
    uri: String,
    reader: Box<dyn BufRead + Send>,
    number: usize,
    limits: Limits,
    ended: bool,
    whole: bool,
}

impl Lines {
    /// Opens a file, unpacking gzip.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path, given: &str, limits: Limits) -> Result<Self, SourceError> {
        let failed = |source| SourceError::Read { path: given.to_string(), source };
        let mut reader = BufReader::new(File::open(path).map_err(failed)?);
        let packed = reader.fill_buf().map_err(failed)?.starts_with(&[0x1F, 0x8B]);
        let reader: Box<dyn BufRead + Send> =
            if packed { Box::new(BufReader::new(MultiGzDecoder::new(reader))) } else { Box::new(reader) };
        Ok(Self::new(reader, given, super::file::uri_of(path), limits))
    }

    /// Standard input.
    pub fn stdin(limits: Limits) -> Self {
        Self::new(Box::new(BufReader::new(io::stdin())), "-", "stdin:".to_string(), limits)
    }

    fn new(reader: Box<dyn BufRead + Send>, given: &str, uri: String, limits: Limits) -> Self {
        Self { path: given.to_string(), uri, reader, number: 0, limits, ended: false, whole: false }
    }

    /// Takes the file as one record when it is one, over whatever many lines.
    pub(super) fn read_whole(&mut self) {
        self.whole = true;
    }

    /// The whole file when it is one JSON value; otherwise it is read by lines.
    fn one_value(&mut self) -> Result<Option<Line>, SourceError> {
        let mut bytes = Vec::new();
        let read = (&mut self.reader).take(self.limits.bytes + 1).read_to_end(&mut bytes);
        read.map_err(|source| SourceError::Unpack { path: self.path.clone(), source })?;
        if bytes.len() as u64 > self.limits.bytes {
            self.ended = true;
            return Err(self.limits.refuse(&self.path, None));
        }
        if serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_ok() {
            self.ended = true;
            return Ok(Some(Line { path: self.path.clone(), uri: self.uri.clone(), number: 1, bytes }));
        }
        self.reader = Box::new(io::Cursor::new(bytes));
        Ok(None)
    }

    /// Skips the rest of a line that is too long.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let end = buffer.iter().position(|b| *b == b'\n');
            let used = end.map_or(buffer.len(), |e| e + 1);
            self.reader.consume(used);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Line, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if std::mem::take(&mut self.whole) {
            match self.one_value() {
                Ok(None) => {}
                found => return found.transpose(),
            }
        }
        while !self.ended {
            let mut bytes = Vec::new();
            self.number += 1;
            let read = (&mut self.reader).take(self.limits.bytes + 1).read_until(b'\n', &mut bytes);
            let place = || format!("{}:{}", self.path, self.number);
            match read {
                Ok(0) => self.ended = true,
                Ok(n) if n as u64 > self.limits.bytes => {
                    let refused = self.limits.refuse(&place(), None);
                    self.ended = self.skip_line().is_err();
                    return Some(Err(refused));
                }
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => {
                    return Some(Ok(Line {
                        path: self.path.clone(),
                        uri: self.uri.clone(),
                        number: self.number,
                        bytes,
                    }));
                }
                Err(source) => {
                    self.ended = true;
                    return Some(Err(SourceError::Unpack { path: place(), source }));
                }
            }
        }
        None
    }
}

#[derive(Deserialize)]
struct Record {
    id: Option<Id>,
    text: Option<String>,
    html: Option<String>,
    #[serde(flatten)]
    known: Rest,
}

#[derive(Deserialize)]
struct Rest {
    url: Option<String>,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    author: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

/// The document a line holds.
///
/// # Errors
/// When the line is no JSON object, or has neither `text` nor `html`.
pub fn item_of_line(line: Line) -> Result<Item, SourceError> {
    let place = format!("{}:{}", line.path, line.number);
    let problem = |problem: String| SourceError::Json { path: place.clone(), problem };
    let record: Record = serde_json::from_slice(&line.bytes).map_err(|e| problem(e.to_string()))?;
    let (body, form) = match (record.html, record.text) {
        (Some(html), _) => (html, Form::Html),
        (None, Some(text)) => (text, Form::Text),
        (None, None) => return Err(problem("the record has neither \"text\" nor \"html\"".to_string())),
    };
    let id = match record.id {
        Some(Id::Text(id)) => Some(id),
        Some(Id::Number(id)) => Some(id.to_string()),
        None => None,
    };
    let fragment = id.clone().unwrap_or_else(|| format!("line-{}", line.number));
    let Rest { url, title, published, outlet, author } = record.known;
    let known = Known { id, url, title, published, outlet, author, form: Some(form), ..Known::default() };
    let address = known.url.clone().unwrap_or_else(|| format!("file:{}#{fragment}", line.path));
    Ok(Item { path: line.path, uri: format!("{}#{fragment}", line.uri), page: page(address, body.into_bytes()), known })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(json: &str) -> Result<Item, SourceError> {
        item_of_line(Line { path: "a.jsonl".into(), uri: "file:///a.jsonl".into(), number: 3, bytes: json.into() })
    }

    #[test]
    fn reads_a_record() -> Result<(), SourceError> {
        let item = item(r#"{"id":7,"text":"Shares rose 3%.","published":"2026-02-06","extra":[1]}"#)?;
        assert_eq!((item.known.id.as_deref(), item.known.form), (Some("7"), Some(Form::Text)));
        assert_eq!(item.uri, "file:///a.jsonl#7");
        Ok(())
    }

    #[test]
    fn says_where_a_line_is_wrong() {
        let said = item(r#"{"id":"a"}"#).map_err(|e| e.to_string());
        assert_eq!(said, Err("cannot use a.jsonl:3: the record has neither \"text\" nor \"html\"".to_string()));
        assert!(item("[1").is_err());
    }

    #[test]
    fn skips_a_line_over_the_limit() {
        let text = format!("{{\"a\":\"{}\"}}\n\n{{\"b\":1}}\n", "x".repeat(100));
        let lines = Lines::new(Box::new(io::Cursor::new(text.into_bytes())), "a", "a".into(), Limits { bytes: 40 });
        let got: Vec<Result<usize, &str>> = lines.map(|l| l.map(|l| l.number).map_err(|e| e.reason())).collect();
        assert_eq!(got, [Err("too large"), Ok(3)]);
    }
}
