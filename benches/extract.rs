//! Text → claims on one core: MB a second, by stages, beside a single regular
//! expression that only finds the spans of money and percent.
//!
//! `cargo bench --bench extract -- --big [MB]` streams 200 MB, or as many as
//! asked for, through the extractor and shows that memory stays flat;
//! `--profile` does nothing but run the whole path a hundred times, for a
//! profiler to look at; `--records FOLDER…` prints what is extracted from every
//! file of the folders and from generated documents, so that two builds can be
//! compared byte by byte.
//!
//! The three largest costs on the annotated articles, before and after the words
//! of a text were told once per token: the rules' questions for word lists, 21 %
//! → 12 % of all instructions (lists asked of every token are now one table, 1 %);
//! allocating, copying and freeing, 8.2 % → 7.5 %; splitting into tokens, 3.7 →
//! 2.9 ns a byte. A hundred rounds take 9.6 instead of 11.2 thousand million
//! instructions, with more rules than before. What is left is spread over some
//! hundreds of rules, none above 2 %; their code (0.5 MB) is larger than the
//! processor's first memory for code, which costs about a fifth of the time.

mod material;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use material::{extension, files};
use tapecheck::extract::{self, entities};
use tapecheck::lexicon::Lexicon;
use tapecheck::model::{Document, Tokens};
use tapecheck::parse;

const ROUNDS: usize = 9;

/// Bytes a round should read at least, so that a round is long enough to time.
const AT_LEAST: usize = 4 << 20;

fn main() {
    let Ok(lexicon) = Lexicon::embedded() else { return eprintln!("the shipped lists do not compile") };
    let lines = material::lines();
    let arguments: Vec<String> = std::env::args().collect();
    let option = |name: &str| arguments.iter().position(|a| a == name).map(|at| &arguments[at + 1..]);
    if let Some(rest) = option("--big") {
        let megabytes = rest.first().and_then(|mb| mb.parse().ok()).unwrap_or(200);
        return big(&lexicon, &lines, megabytes);
    }
    if let Some(folders) = option("--records") {
        return records(&lexicon, &lines, folders);
    }
    let shared = shared();
    if option("--profile").is_some() {
        let texts = if shared.is_empty() { &lines } else { &shared };
        println!("{:.1} s", seconds(texts, 100, &|t| claims(t, &lexicon)));
        return;
    }
    if shared.is_empty() {
        eprintln!("skipped: annotated articles (../shared/data is absent)");
    } else {
        measure("annotated and collected articles", &shared, &lexicon);
    }
    let generated: Vec<String> = (0..200).map(|seed| material::document(&lines, seed, 6000)).collect();
    measure("generated from the sample corpus and the specs", &generated, &lexicon);
}

/// The texts of `../shared/data/gold` and `../shared/data/articles`; none where
/// they are absent.
fn shared() -> Vec<String> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut paths: Vec<PathBuf> = ["gold", "articles"].iter().flat_map(|f| files(&data.join(f))).collect();
    // Names in capitals are descriptions of the data.
    let described =
        |p: &PathBuf| p.file_stem().and_then(|n| n.to_str()).is_some_and(|n| n.bytes().all(|b| b.is_ascii_uppercase()));
    paths.retain(|p| matches!(extension(p), "txt" | "md") && !described(p));
    paths.iter().filter_map(|p| fs::read_to_string(p).ok()).collect()
}

fn measure(name: &str, texts: &[String], lexicon: &Lexicon) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let repeat = AT_LEAST.div_ceil(bytes.max(1));
    let claims: usize = texts.iter().map(|t| claims(t, lexicon)).sum();
    println!(
        "{name}: {} texts, {:.2} MB read {repeat} times a round, {claims} claims",
        texts.len(),
        bytes as f64 / 1e6
    );
    let Ok(expression) = regex::Regex::new(SPANS) else { return eprintln!("the expression does not compile") };
    // Each stage contains the ones before it.
    type Stage<'s> = (&'static str, &'s dyn Fn(&str) -> usize);
    let stages: [Stage<'_>; 5] = [
        ("tokens", &|t| Tokens::new(t).len()),
        ("sentences", &|t| parse::segment(t).sentences.len()),
        ("phrases", &|t| phrases(t, lexicon)),
        ("entities", &|t| found(t, lexicon)),
        ("figures, binding", &|t| self::claims(t, lexicon)),
    ];
    let mut times = vec![Vec::new(); stages.len() + 1];
    for _ in 0..ROUNDS {
        for (stage, (_, run)) in stages.iter().enumerate() {
            times[stage].push(seconds(texts, repeat, run));
        }
        times[stages.len()].push(seconds(texts, repeat, &|t| expression.find_iter(t).count()));
    }
    let medians: Vec<f64> = times.into_iter().map(median).collect();
    let total = medians[stages.len() - 1];
    let nanos = |s: f64| s * 1e9 / (bytes * repeat) as f64;
    let mut before = 0.0;
    for (stage, (name, _)) in stages.iter().enumerate() {
        let own = (medians[stage] - before).max(0.0);
        println!("  {name:<18} {:>7.2} ns/byte {:>5.1} %", nanos(own), 100.0 * own / total);
        before = medians[stage];
    }
    let rate = |s: f64| 1e3 / nanos(s);
    println!("  text to claims     {:>7.2} ns/byte {:>7.2} MB/s", nanos(total), rate(total));
    let single = medians[stages.len()];
    println!("  one expression     {:>7.2} ns/byte {:>7.2} MB/s", nanos(single), rate(single));
    println!("  ratio              {:>7.2}", single / total);
}

/// Spans of money and percent, and nothing else.
const SPANS: &str = r"(?i)(?:US\$|NT\$|HK\$|[$€£¥])\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:-|to|–)\s?[$€£¥]?\d[\d,]*(?:\.\d+)?)?(?:\s?(?:thousand|million|billion|trillion|k|mn|mm|m|bn|b|tn|t)\b)?|\d[\d,]*(?:\.\d+)?\s?(?:%|percent\b|per cent\b|percentage points?\b|basis points?\b|bps\b)|\d[\d,]*(?:\.\d+)?\s?(?:thousand|million|billion|trillion)?\s(?:dollars|euros|pounds|yen)\b";

fn phrases(text: &str, lexicon: &Lexicon) -> usize {
    let text = parse::segment(text);
    let mut hits = Vec::new();
    lexicon.trie().scan(&lexicon.ids(&text.tokens), &mut hits);
    hits.len()
}

fn found(text: &str, lexicon: &Lexicon) -> usize {
    let text = parse::segment(text);
    let ids = lexicon.ids(&text.tokens);
    let mut hits = Vec::new();
    lexicon.trie().scan(&ids, &mut hits);
    entities::entities(&text, &ids, &hits, lexicon, Some(DATE)).len()
}

const DATE: &str = "2026-02-06";

fn claims(text: &str, lexicon: &Lexicon) -> usize {
    let document = Document { doc_id: "bench".into(), published: Some(DATE.into()), ..Document::default() };
    let segmented = parse::segment(text);
    extract::extract(&document, &segmented, lexicon).claims.len()
}

fn seconds(texts: &[String], repeat: usize, run: &dyn Fn(&str) -> usize) -> f64 {
    let start = Instant::now();
    for _ in 0..repeat {
        black_box(texts.iter().map(|t| run(t)).sum::<usize>());
    }
    start.elapsed().as_secs_f64()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Prints the records of every file of some folders and of generated documents,
/// each dated and with its first line as its title, then undated and without.
fn records(lexicon: &Lexicon, lines: &[String], folders: &[String]) {
    let mut paths: Vec<PathBuf> = folders.iter().flat_map(|f| files(Path::new(f))).collect();
    paths.sort();
    let texts = paths.iter().filter_map(|p| fs::read_to_string(p).ok());
    for text in texts.chain((0..200).map(|seed| material::document(lines, seed, 6000))) {
        let title = text.lines().next().map(str::to_string);
        let dated = Document { doc_id: "one".into(), published: Some(DATE.into()), title, ..Document::default() };
        for document in [dated, Document { doc_id: "two".into(), ..Document::default() }] {
            println!("{:?}", extract::extract(&document, &parse::segment(&text), lexicon));
        }
    }
}

/// Memory over a large input that arrives as documents.
fn big(lexicon: &Lexicon, lines: &[String], megabytes: usize) {
    let bytes = megabytes.max(1) * 1_000_000;
    let (mut read, mut claims, mut shown, mut working) = (0, 0, 0, 0.0);
    println!("before             {:>7.1} MB resident", material::memory("VmRSS"));
    for seed in 0.. {
        let text = material::document(lines, seed, 20_000);
        let start = Instant::now();
        claims += self::claims(&text, lexicon);
        working += start.elapsed().as_secs_f64();
        read += text.len();
        if read / (bytes / 10) > shown {
            shown = read / (bytes / 10);
            println!(
                "after {:>6.1} MB    {:>7.1} MB resident, {claims} claims",
                read as f64 / 1e6,
                material::memory("VmRSS")
            );
        }
        if read >= bytes || text.is_empty() {
            break;
        }
    }
    println!("{:.2} MB/s, {:.1} MB at most", read as f64 / 1e6 / working, material::memory("VmHWM"));
}
