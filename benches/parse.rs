//! Pages a second: the extraction library alone, and whole documents.
//!
//! Reads the pages in `../shared/data/pages` where they are, else generated ones.

use std::io::Read;
use std::path::Path;
use std::time::Instant;

use tapecheck::model::Page;
use tapecheck::parse::{self, Hints};

const ROUNDS: usize = 3;

fn main() {
    let pages = shared().unwrap_or_else(generated);
    let bytes: usize = pages.iter().map(String::len).sum();
    println!("{} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
    // Alternating rounds, the best of each: neither side profits from a quiet machine.
    let (mut alone, mut whole) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        alone = alone.min(seconds(&pages, library));
        whole = whole.min(seconds(&pages, document));
    }
    let rate = |s: f64| pages.len() as f64 / s;
    println!("library alone    {:>7.1} pages/s", rate(alone));
    println!("parse::document  {:>7.1} pages/s", rate(whole));
    println!("ratio            {:>7.2}", alone / whole);
}

fn seconds(pages: &[String], read: fn(&str) -> usize) -> f64 {
    let start = Instant::now();
    let chars: usize = pages.iter().map(|p| read(p)).sum();
    std::hint::black_box(chars);
    start.elapsed().as_secs_f64()
}

/// The library with the options that give its best text, and its own metadata.
fn library(html: &str) -> usize {
    let html = html.to_string();
    let read = move || {
        let options = trafilatura::Options::default()
            .with_fallback(true)
            .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
        trafilatura::extract(&html, &options).map_or(0, |r| r.content_text.len())
    };
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(read);
    thread.map_or(0, |t| t.join().unwrap_or(0))
}

fn document(html: &str) -> usize {
    let page =
        Page { url: "https://news.example/a".into(), status: 200, body: html.as_bytes().to_vec(), ..Page::default() };
    parse::document(&page, &Hints::default()).text.len()
}

fn shared() -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/pages/html");
    let mut paths: Vec<_> = std::fs::read_dir(folder).ok()?.flatten().map(|e| e.path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let mut html = String::new();
        let bytes = std::fs::read(path).ok()?;
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut html).ok()?;
        Some(html)
    };
    let pages: Vec<String> = paths.iter().filter_map(read).collect();
    (!pages.is_empty()).then_some(pages)
}

fn generated() -> Vec<String> {
    eprintln!("../shared/data/pages is absent: using generated pages");
    let page = |n: usize| {
        let menu: String =
            (0..300).map(|i| format!("<li class=\"menu-item\"><a href=\"/s/{i}\">Section {i}</a></li>")).collect();
        let text: String = (0..40)
            .map(|i| format!("<p>Harbor {n} raised its fee {i} by {}% this week, the third rise in a row, and the yards complain.</p>", i % 9))
            .collect();
        format!(
            "<html><head><title>Fees {n}</title></head><body><ul>{menu}</ul><article><h1>Fees {n}</h1>{text}</article></body></html>"
        )
    };
    (0..60).map(page).collect()
}
