//! Crawling on loopback, politeness off: fetch, archive and link extraction of
//! 40 KB pages; and the memory that 100,000 queued addresses take.
//!
//! The server is a process of its own, and each run another one, so that CPU
//! time and peak memory are those of the crawler alone.

#[path = "material/cpu.rs"]
mod cpu;
mod material;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use tapecheck::fetch::{Client, Fetcher, Manners, Settings};
use tapecheck::pipeline::Corpus;
use tapecheck::pipeline::crawl::{Accounts, Budgets, Crawl, Plan};
use tapecheck::sources::{Kind, Source};
use tapecheck::store::{Planned, Step};

/// Pages crawled.
const PAGES: usize = 20_000;

/// Bytes of a page.
const BYTES: usize = 40_000;

/// Pages that each page links to for the first time.
const CHILDREN: usize = 10;

/// Addresses queued for the measure of memory.
const QUEUED: usize = 100_000;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1).cloned());
    if args.iter().any(|a| a == "--serve") {
        return serve();
    }
    if let Some(address) = value("--crawl") {
        return crawl(&address);
    }
    if let Some(address) = value("--queue") {
        return queue(&address);
    }
    let mut server = Command::new(std::env::current_exe()?).arg("--serve").stdout(Stdio::piped()).spawn()?;
    let mut address = String::new();
    if let Some(out) = server.stdout.take() {
        BufReader::new(out).read_line(&mut address)?;
    }
    let mut fine = true;
    for what in ["--crawl", "--queue"] {
        fine &= Command::new(std::env::current_exe()?).args([what, address.trim()]).status()?.success();
    }
    server.kill()?;
    server.wait()?;
    anyhow::ensure!(fine, "a run failed");
    Ok(())
}

/// Serves pages until it is killed.
fn serve() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    let lines = material::lines();
    let text = material::document(&lines, 7, BYTES);
    let body: String = text
        .lines()
        .map(|l| format!("<p class=\"story__text\">{}</p>\n", l.replace('&', "&amp;").replace('<', "&lt;")))
        .collect();
    let body = Arc::new(body);
    for stream in listener.incoming() {
        let (stream, body) = (stream?, Arc::clone(&body));
        // The other side hangs up when it has had enough.
        std::thread::spawn(move || answer(stream, &body));
    }
    Ok(())
}

fn answer(mut stream: TcpStream, body: &str) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = [0u8; 8192];
    let mut page = String::with_capacity(BYTES + 1000);
    loop {
        let mut filled = 0;
        while !buffer[..filled].ends_with(b"\r\n\r\n") {
            let read = stream.read(&mut buffer[filled..])?;
            if read == 0 {
                return Ok(());
            }
            filled += read;
        }
        let head = String::from_utf8_lossy(&buffer[..filled]);
        let path = head.split(' ').nth(1).unwrap_or("/");
        let number: usize = path.strip_prefix("/p/").and_then(|n| n.parse().ok()).unwrap_or(0);
        page.clear();
        if path == "/robots.txt" {
            page.push_str("User-agent: *\nDisallow: /private/\n");
        } else {
            html(&mut page, number, body);
        }
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
            page.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(page.as_bytes())?;
    }
}

/// A page with a menu, links to others and its own number in the text.
fn html(page: &mut String, number: usize, body: &str) {
    page.push_str(&format!(
        "<!doctype html><html lang=\"en\"><head><title>Report {number}</title></head><body><nav><ul>"
    ));
    for n in 0..40 {
        page.push_str(&format!(
            "<li class=\"menu__item\"><a href=\"/p/{}\" data-track=\"nav\">Topic {n}</a></li>",
            n + 1
        ));
    }
    page.push_str(&format!("</ul></nav><article><h1>Report {number}</h1><p>Number {number} of all.</p>"));
    let room = BYTES.saturating_sub(page.len() + 1200);
    // Pages begin at different places of the text.
    let lines = body.lines().skip(number * 37 % 40);
    for line in lines.take_while({
        let mut left = room;
        move |line| {
            let fits = line.len() < left;
            left = left.saturating_sub(line.len() + 1);
            fits
        }
    }) {
        page.push_str(line);
        page.push('\n');
    }
    for n in number * CHILDREN + 1..=(number + 1) * CHILDREN {
        page.push_str(&format!("<a href=\"/p/{n}\">More: report {n}</a>\n"));
    }
    while page.len() < BYTES - 14 {
        page.push_str("<p>Volume was thin all day.</p>\n");
    }
    page.push_str("</body></html>");
}

fn run(folder: &Path, plan: Plan) -> anyhow::Result<Accounts> {
    let manners = Manners { delay: Duration::ZERO, at_once: 64, ..Manners::default() };
    let loopback = "127.0.0.1".parse().map_err(|e: String| anyhow::anyhow!(e))?;
    let client = Client::new(Settings { manners, allowed: vec![loopback], ..Settings::default() })?;
    let stop = AtomicBool::new(false);
    let mut corpus = Corpus::open(&folder.join("corpus"))?;
    let crawl = Crawl { fetcher: Arc::new(Fetcher::new(client)), process: None, extractor: "bench", stop: &stop, plan };
    Ok(crawl.run(&mut corpus, &mut |_| {})?)
}

fn plan(address: &str) -> Plan {
    let source = Source {
        name: "bench".into(),
        kind: Kind::Links,
        depth: Some(1000),
        ..Source::of_url(&format!("http://{address}/p/0"))
    };
    let budgets = Budgets { per_host: u32::MAX, per_pattern: u32::MAX, ..Budgets::default() };
    Plan { sources: vec![source], at_once: 64, in_flight: 64, budgets, probe: false, ..Plan::default() }
}

fn crawl(address: &str) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let (start, before) = (Instant::now(), cpu::cpu());
    let accounts = run(folder.path(), Plan { limit: Some(PAGES as u64), ..plan(address) })?;
    let (wall, used) = (start.elapsed().as_secs_f64(), cpu::cpu() - before);
    let pages = accounts.archived_only as f64;
    anyhow::ensure!(accounts.add_up() && accounts.archived_only == PAGES as u64, "{accounts:?}");
    println!(
        "{pages} pages of {BYTES} bytes: {wall:.1} s, {:.0} pages/s, {:.2} ms of CPU a page ({:.2} cores), {} links, {:.0} MB at most",
        pages / wall,
        used * 1000.0 / pages,
        used / wall,
        accounts.named,
        material::memory("VmHWM")
    );
    Ok(())
}

fn queue(address: &str) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut corpus = Corpus::open(&folder.path().join("corpus"))?;
    let start = Instant::now();
    for part in 0..QUEUED / 5000 {
        let planned = (0..5000).map(|n| Planned {
            url: format!("http://host{}.example/a/long/path/to/an/article/{}.html", n % 500, part * 5000 + n),
            host: format!("host{}.example", n % 500),
            source: "bench".into(),
            kind: "page".into(),
            known: "{\"source\":\"bench\",\"title\":\"A title of ordinary length for an article\"}".into(),
            depth: 1,
            ..Planned::default()
        });
        corpus.store().advance(&Step { planned: planned.collect(), ..Step::default() }, 1)?;
    }
    let queued = start.elapsed().as_secs_f64();
    drop(corpus);
    // Asks its own server for a page and holds all others in the queue.
    let accounts = run(folder.path(), Plan { limit: Some(1), ..plan(address) })?;
    anyhow::ensure!(accounts.still_queued >= QUEUED as u64 - 1, "{accounts:?}");
    println!(
        "{} addresses in the queue: {:.0} queued a second, {:.0} MB at most",
        accounts.still_queued,
        QUEUED as f64 / queued,
        material::memory("VmHWM")
    );
    Ok(())
}
