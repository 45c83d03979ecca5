//! Ingest of 5,000 documents through the whole pipeline: documents a second,
//! use of the cores, peak memory; once with all cores and once with one worker,
//! and what the other workers bring.
//!
//! Each run is a process of its own, so that its CPU time and its peak are its
//! own. Archive and store are written by threads beside the workers in both.
//! The numbers are those of a machine that does nothing else.
//!
//! Where the time goes (perf, both stages together, samples by function): about
//! a quarter in tantivy's threads (terms and positions into postings), an eighth
//! in allocating and freeing the strings of records, a twentieth in packing and
//! unpacking records for the store; the rest is spread thinly over parsing and
//! extracting, no function above 2 %. Storing takes a seventh of one core.

#[path = "material/cpu.rs"]
mod cpu;
mod material;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use tapecheck::lexicon::Lexicon;
use tapecheck::pipeline::{Corpus, Ingest, process};
use tapecheck::sources::{Entry, Input, Limits, SourceError, inputs};

const DOCUMENTS: u64 = 5000;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|a| a == "--run") {
        let threads = args.get(at + 1).and_then(|n| n.parse().ok()).unwrap_or(0);
        let folder = args.get(at + 2).map(PathBuf::from).unwrap_or_default();
        return run(threads, &folder);
    }
    let folder = tempfile::tempdir()?;
    let bytes = write(&folder.path().join("news"))?;
    println!("{DOCUMENTS} documents, half HTML, half text, {:.1} MB", bytes as f64 / 1e6);
    let all = std::thread::available_parallelism().map_or(1, usize::from);
    let mut walls = Vec::new();
    for threads in [all, 1] {
        let done = Command::new(std::env::current_exe()?)
            .args(["--run", &threads.to_string()])
            .arg(folder.path())
            .stderr(Stdio::inherit())
            .output()?;
        anyhow::ensure!(done.status.success(), "a run failed");
        for line in String::from_utf8_lossy(&done.stdout).lines() {
            match line.strip_prefix("wall ") {
                Some(wall) => walls.push(wall.parse::<f64>()?),
                None => println!("{line}"),
            }
        }
    }
    if let [many, one] = walls[..] {
        println!("{all} workers take {:.2} of the time of one", many / one);
    }
    Ok(())
}

/// Documents with texts of their own.
fn write(folder: &Path) -> anyhow::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let lines = material::lines();
    let mut bytes = 0;
    for seed in 0..DOCUMENTS {
        let text = material::document(&lines, seed, 2000 + (seed as usize * 37) % 4000);
        let (name, page) =
            if seed % 2 == 0 { (format!("{seed}.html"), html(seed, &text)) } else { (format!("{seed}.txt"), text) };
        bytes += page.len();
        std::fs::write(folder.join(name), page)?;
    }
    Ok(bytes)
}

fn html(seed: u64, text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let body: String = escaped.lines().map(|l| format!("<p>{l}</p>\n")).collect();
    let menu: String = (0..30).map(|n| format!("<li><a href=\"/topic/{n}\">Topic {n}</a></li>")).collect();
    let day = seed % 28 + 1;
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Market report {seed}</title>\
         <meta property=\"article:published_time\" content=\"2026-03-{day:02}\"></head><body><nav><ul>{menu}</ul></nav>\
         <article><h1>Market report {seed}</h1>\n{body}</article><footer>Terms</footer></body></html>"
    )
}

/// One run in this process.
fn run(threads: usize, folder: &Path) -> anyhow::Result<()> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    let lexicon = Lexicon::embedded()?;
    let place = tempfile::tempdir_in(folder)?;
    let mut corpus = Corpus::open(&place.path().join("corpus"))?;
    let stop = AtomicBool::new(false);
    let work = |item: &_| process(item, &lexicon);
    let ingest = Ingest { process: &work, extractor: "bench", stop: &stop };
    let limits = Limits::default();
    let weight = |input: &Result<Input, SourceError>| input.as_ref().map_or(0, Input::weight);
    let read = |input: Result<Input, SourceError>| Ok((input?.read(limits)?, None));
    let paths = [folder.join("news")];
    let (start, before) = (Instant::now(), cpu::cpu());
    let report = ingest.run(&mut corpus, inputs(&paths, Entry::Auto, limits), weight, read, |_| {})?;
    say(threads, "ingest", start, before);
    println!("wall {}", start.elapsed().as_secs_f64());
    let (start, before) = (Instant::now(), cpu::cpu());
    corpus.index(&place.path().join("index"), |_| {})?;
    say(threads, "index", start, before);
    println!(
        "             {} documents, {} claims; {:.0} MB at most",
        report.added,
        report.claims,
        material::memory("VmHWM")
    );
    Ok(())
}

fn say(threads: usize, stage: &str, start: Instant, before: f64) {
    let wall = start.elapsed().as_secs_f64();
    let used = cpu::cpu() - before;
    println!(
        "{threads} worker(s)  {stage:<7} {wall:>6.1} s  {:>6.0} documents/s  CPU {used:.1} s, {:.2} cores",
        DOCUMENTS as f64 / wall,
        used / wall
    );
}
