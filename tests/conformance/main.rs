//! Agreement with the cases of other programs and standards. The cases are not
//! part of the project: they are looked for in `../shared/data/crawl`, and where
//! they are absent these tests say so and check nothing. What must always hold
//! stands in the tests beside the code.
//!
//! Each count is pinned: a change that loses a case fails, one that wins a
//! case is to raise the number.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod address;
mod charset;
mod copies;
mod feeds;
mod robots;
mod sitemaps;
mod warc;

use std::io::Read;
use std::path::PathBuf;

use serde_json::Value;

/// A file or folder of the cases; `None`, said loudly, where it is absent.
fn cases(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/crawl").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// The rows of a JSON Lines file, packed or not. Runs of NUL in it (holes of a
/// damaged copy) are passed over.
fn rows(path: &std::path::Path) -> Vec<Value> {
    let bytes = std::fs::read(path).expect("the cases can be read");
    let mut text = Vec::new();
    if bytes.starts_with(&[0x1F, 0x8B]) {
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut text).expect("the cases can be unpacked");
    } else {
        text = bytes;
    }
    let lines = text.split(|b| *b == b'\n').map(|l| l.trim_ascii_end());
    let lines = lines.map(|l| &l[l.iter().position(|b| *b != 0).unwrap_or(l.len())..]).filter(|l| !l.is_empty());
    lines.filter_map(|l| serde_json::from_slice(l).ok()).collect()
}

/// A row's text; empty where it has none.
fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row.get(name).and_then(Value::as_str).unwrap_or("")
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for b in text.bytes() {
        let Some(value) = LETTERS.iter().position(|l| *l == b) else { continue };
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}
