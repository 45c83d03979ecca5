//! One file → an item: size limit, unpacking, binary check, sidecar.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::error::SourceError;
use super::item::{Form, Item, Known};
use crate::model::Page;

/// How much is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes of one file (or one JSON line), packed and unpacked.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20 }
    }
}

impl Limits {
    pub(super) fn refuse(self, path: &str, size: Option<u64>) -> SourceError {
        let path = match size {
            Some(size) => format!("{path} ({})", readable(size)),
            None => path.to_string(),
        };
        SourceError::TooLarge { path, limit: readable(self.bytes) }
    }
}

/// A size for reading: whole bytes below 1 KiB, then one decimal at most.
pub(super) fn readable(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} bytes");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    let number = format!("{value:.1}");
    format!("{} {}", number.trim_end_matches(".0"), UNITS[unit])
}

/// Reads a file whole.
///
/// # Errors
/// When it cannot be read, is too large, damaged, empty or no text, or its
/// sidecar is not of its form.
pub fn read_file(path: &Path, given: &str, form: Option<Form>, limits: Limits) -> Result<Item, SourceError> {
    let failed = |source| SourceError::Read { path: given.to_string(), source };
    let file = File::open(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if meta.is_dir() {
        return Err(failed(io::Error::other("it is a folder")));
    }
    if meta.len() > limits.bytes {
        return Err(limits.refuse(given, Some(meta.len())));
    }
    let bytes = read_limited(file, given, limits)?;
    let body = unpack(bytes, given, limits)?;
    check_text(&body, given)?;
    let mut known = read_sidecar(path)?.unwrap_or_default();
    known.form = form.or_else(|| form_of(path));
    Ok(Item { path: given.to_string(), uri: uri_of(path), page: page(format!("file:{given}"), body), known })
}

/// Reads standard input whole.
///
/// # Errors
/// As [`read_file`].
pub fn read_stdin(form: Option<Form>, limits: Limits) -> Result<Item, SourceError> {
    let body = unpack(read_limited(io::stdin().lock(), "-", limits)?, "-", limits)?;
    check_text(&body, "-")?;
    let known = Known { form, ..Known::default() };
    Ok(Item { path: "-".to_string(), uri: "stdin:".to_string(), page: page("file:-".to_string(), body), known })
}

pub(super) fn page(url: String, body: Vec<u8>) -> Page {
    Page { url, status: 200, body, ..Page::default() }
}

fn read_limited(reader: impl Read, given: &str, limits: Limits) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    let read = reader.take(limits.bytes + 1).read_to_end(&mut bytes);
    read.map_err(|source| SourceError::Read { path: given.to_string(), source })?;
    if bytes.len() as u64 > limits.bytes { Err(limits.refuse(given, None)) } else { Ok(bytes) }
}

/// Removes gzip, told by its first bytes; one limit on what comes out.
fn unpack(bytes: Vec<u8>, given: &str, limits: Limits) -> Result<Vec<u8>, SourceError> {
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(bytes);
    }
    let mut body = Vec::new();
    let read = MultiGzDecoder::new(bytes.as_slice()).take(limits.bytes + 1).read_to_end(&mut body);
    read.map_err(|source| SourceError::Unpack { path: given.to_string(), source })?;
    if body.len() as u64 > limits.bytes { Err(limits.refuse(&format!("{given}, unpacked,"), None)) } else { Ok(body) }
}

/// Refuses what is empty or plainly no text.
pub(super) fn check_text(body: &[u8], given: &str) -> Result<(), SourceError> {
    let path = given.to_string();
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(SourceError::Empty { path });
    }
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"PK\x03\x04", "a ZIP file"),
        (b"\x7FELF", "a program"),
        (b"SQLite format 3", "a database"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| body.starts_with(magic)) {
        return Err(SourceError::Binary { path, what });
    }
    let utf16 = body.starts_with(&[0xFE, 0xFF]) || body.starts_with(&[0xFF, 0xFE]);
    let head = &body[..body.len().min(8192)];
    if !utf16 && head.contains(&0) {
        return Err(SourceError::Binary { path, what: "a binary file" });
    }
    Ok(())
}

/// The file's name without `.gz`, in lower case.
pub(super) fn plain_name(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.strip_suffix(".gz").map(str::to_string).unwrap_or(name)
}

fn form_of(path: &Path) -> Option<Form> {
    let name = plain_name(path);
    match name.rsplit_once('.')?.1 {
        "html" | "htm" | "xhtml" => Some(Form::Html),
        "txt" | "text" => Some(Form::Text),
        "md" | "markdown" => Some(Form::Markdown),
        _ => None,
    }
}

/// The sidecar that stands beside a file, if there is one: `x.meta.json`
/// beside `x.html`, `x.txt.gz` and so on.
pub fn sidecar_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let plain = name.strip_suffix(".gz").unwrap_or(name);
    let stem = plain.rsplit_once('.').map_or(plain, |(stem, _)| stem);
    [stem, plain].iter().map(|n| path.with_file_name(format!("{n}.meta.json"))).find(|p| p.is_file())
}

fn read_sidecar(path: &Path) -> Result<Option<Known>, SourceError> {
    const LARGEST: u64 = 1 << 20;
    let Some(sidecar) = sidecar_of(path) else { return Ok(None) };
    let name = sidecar.display().to_string();
    let file = File::open(&sidecar).map_err(|source| SourceError::Read { path: name.clone(), source })?;
    let known = serde_json::from_reader(BufReader::new(file).take(LARGEST));
    known.map(Some).map_err(|e| SourceError::Json { path: name, problem: e.to_string() })
}

/// The same name for a file however its path is written.
pub(super) fn uri_of(path: &Path) -> String {
    let whole = path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf());
    match url::Url::from_file_path(&whole) {
        Ok(url) => url.into(),
        Err(()) => format!("file:{}", whole.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_for_reading() {
        assert_eq!(readable(64 << 20), "64 MiB");
        assert_eq!(readable(200_000_000), "190.7 MiB");
        assert_eq!(readable(12), "12 bytes");
    }

    #[test]
    fn finds_the_sidecar() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        std::fs::write(
            dir.path().join("a.meta.json"),
            r#"{"outlet":"Tape Weekly","published":"2026-02-06","more":1}"#,
        )?;
        std::fs::write(dir.path().join("a.html"), "<p>x</p>")?;
        let item =
            read_file(&dir.path().join("a.html"), "a.html", None, Limits::default()).map_err(io::Error::other)?;
        assert_eq!(item.known.outlet.as_deref(), Some("Tape Weekly"));
        assert_eq!(item.known.form, Some(Form::Html));
        assert_eq!(item.page.url, "file:a.html");
        Ok(())
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert!(matches!(check_text(b" \n", "x"), Err(SourceError::Empty { .. })));
        assert!(matches!(check_text(b"%PDF-1.7 ...", "x"), Err(SourceError::Binary { .. })));
        assert!(matches!(check_text(b"ab\0cd", "x"), Err(SourceError::Binary { .. })));
        assert!(check_text(b"\xFF\xFEa\0b\0", "x").is_ok());
        assert!(check_text(b"caf\xE9", "x").is_ok());
    }
}
