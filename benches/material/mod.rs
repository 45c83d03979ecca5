//! What the benchmarks read: market-like texts made of the sample corpus and
//! the spec texts.

use std::fs;
use std::path::{Path, PathBuf};

use tapecheck::model::Page;
use tapecheck::parse::{self, Hints};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Lines of market writing of our own: the sample pages and the spec texts.
pub fn lines() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = Vec::new();
    for path in files(&root.join("corpus/sample/site")) {
        if matches!(extension(&path), "html" | "md" | "txt") {
            let page = Page {
                url: format!("file://{}", path.display()),
                status: 200,
                body: fs::read(&path).unwrap_or_default(),
                ..Page::default()
            };
            out.extend(
                parse::document(&page, &Hints::default()).text.lines().filter(|l| l.len() > 40).map(str::to_string),
            );
        }
    }
    for path in files(&root.join("tests/specs")) {
        let Some(spec) = fs::read_to_string(&path).ok().and_then(|t| t.parse::<toml::Table>().ok()) else { continue };
        let examples = spec.get("example").and_then(|e| e.as_array()).into_iter().flatten();
        out.extend(examples.filter_map(|e| e.get("text")?.as_str()).flat_map(str::lines).map(str::to_string));
    }
    out
}

/// A document of about `bytes` bytes: lines in an order that `seed` chooses, with
/// a number of its own in each paragraph.
pub fn document(lines: &[String], seed: u64, bytes: usize) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut text = String::with_capacity(bytes + 800);
    while text.len() < bytes && !lines.is_empty() {
        for _ in 0..3 {
            text.push_str(&lines[next() as usize % lines.len()]);
            text.push(' ');
        }
        text.push_str(&format!("Volume was {}.{} million shares.\n", next() % 900, next() % 10));
    }
    text
}

/// A number of the running process from `/proc/self/status`, in MB; 0 where
/// there is no such file.
pub fn memory(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix(field)?.strip_prefix(':'));
    line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// All files below a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out
}

/// The ending of a file's name; empty for none.
pub fn extension(path: &Path) -> &str {
    path.extension().and_then(|e| e.to_str()).unwrap_or("")
}
