//! `demo`: the main job on the bundled sample, offline, in a scratch folder.

mod choice;
mod server;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::context::Context;
use super::exit::Exit;
use super::interrupt;
use super::output::escape::escape_line;
use super::output::hits::{Ink, Shown};
use super::output::{Look, Record, cells};
use crate::fetch::{Client, FetchError, Fetcher, Manners, Range, Settings};
use crate::index::{Question, Scope, SearchIndex, Sort, query};
use crate::pipeline::crawl::{Accounts, Crawl, Event, Plan};
use crate::pipeline::{Corpus, process};
use crate::sources::{Kind, Source};

/// Options of `demo`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Everything happens on this machine: the sample site is built into the program and served on a free
port of 127.0.0.1.

Examples:
  tapecheck demo
  tapecheck demo --keep /tmp/tapecheck-demo    keeps corpus and index for your own searches")]
pub struct DemoArgs {
    /// Keep corpus and index in this folder
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

/// The search that is shown.
const QUERY: &str = "metric:capex value:>50B";

/// Columns of the output at most.
const WIDEST: usize = 100;

/// Runs it.
pub fn run(context: &Context, args: &DemoArgs) -> anyhow::Result<Exit> {
    anyhow::ensure!(
        server::files() > 0,
        "this program was built without the sample corpus; build it in the project's folder"
    );
    let began = Instant::now();
    let scratch;
    let folder: &Path = match &args.keep {
        Some(folder) => {
            fs::create_dir_all(folder).with_context(|| format!("cannot make folder {}", folder.display()))?;
            folder
        }
        None => {
            scratch = tempfile::tempdir().context("cannot make a scratch folder; name one with --keep")?;
            scratch.path()
        }
    };
    let show = Show {
        look: Look { width: context.width.min(WIDEST), colour: context.colour, markdown: false },
        folder,
        kept: args.keep.is_some(),
    };

    show.head("1. Crawl a small site: fetch, archive, read, store")?;
    let mut corpus = Corpus::open(&folder.join("corpus"))?;
    let report = crawl(context, &mut corpus, &show)?;
    corpus.index(&folder.join("index"), |_| {})?;
    show.line(&format!(
        "{} documents, {} of them copies; {} claims, {} rotations, {} mentions",
        report.new_documents + report.changed_documents,
        report.copies,
        report.claims,
        report.rotations,
        report.mentions
    ))?;

    let index = SearchIndex::open(&folder.join("index"))?;
    let store = corpus.store();
    show.head("2. Claims: one figure each, bound to what it says")?;
    let claims = choice::claims(store, &index)?;
    show.line(&show.look.table(cells::CLAIM_HEADS, claims.iter().map(cells::claim)))?;

    show.head("3. Rotations: money said to move")?;
    let rotations = choice::rotations(store, &index)?;
    if rotations.is_empty() {
        show.line("none found")?;
    } else {
        show.line(&show.look.table(cells::ROTATION_HEADS, rotations.iter().map(cells::rotation)))?;
    }

    show.head(&format!("4. Search: {QUERY}"))?;
    let node = query::parse(QUERY, Scope::Claims)?;
    let question =
        Question { query: &node, scope: Scope::Claims, sort: Sort::Date, limit: 3, offset: 0, facets: Vec::new() };
    let answer = index.search(&question)?;
    let ink = Ink { colour: context.colour, width: show.look.width };
    for hit in &answer.hits {
        if let (Some(claim), Some(document)) = (store.claim(&hit.id)?, store.document(&hit.doc_id)?) {
            let record = Record::Claim(Box::new(claim));
            show.line(&format!(
                "{}\n",
                ink.entry(&Shown { record: &record, document: &document, wanted: &node.wanted() })
            ))?;
        }
    }
    show.line(&format!("{} claims found", answer.total))?;

    show.next(claims.first().map(|c| c.claim_id.as_str()))?;
    context.say(&format!("done in {:.1} s", began.elapsed().as_secs_f64()));
    Ok(Exit::found(report.claims > 0))
}

/// Prints the steps.
struct Show<'s> {
    look: Look,
    folder: &'s Path,
    kept: bool,
}

impl Show<'_> {
    fn head(&self, text: &str) -> io::Result<()> {
        let (on, off) = if self.look.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        self.line(&format!("\n{on}{text}{off}"))
    }

    fn line(&self, text: &str) -> io::Result<()> {
        writeln!(io::stdout().lock(), "{text}")
    }

    /// What to type next.
    fn next(&self, claim: Option<&str>) -> io::Result<()> {
        self.head("What to type next")?;
        if self.kept {
            let place = format!("--corpus {0}/corpus --index {0}/index", self.folder.display());
            self.line(&format!("  tapecheck search {place} 'ticker:META capex'"))?;
            self.line(&format!("  tapecheck search {place} --in rotations 'from:software'"))?;
            self.line(&format!("  tapecheck search {place} --facets ticker,metric"))?;
            if let Some(id) = claim {
                self.line(&format!("  tapecheck explain {place} {id}"))?;
            }
            self.line(&format!("  tapecheck status {place}"))
        } else {
            self.line("  tapecheck demo --keep DIR        the same, kept for your own searches")?;
            self.line("  tapecheck ingest FOLDER          your own HTML, text, Markdown, JSONL, WARC")?;
            self.line("  tapecheck search 'capex value:>50B'")?;
            self.line("  tapecheck extract article.html   records of one file, nothing stored")
        }
    }
}

/// Crawls the sample site, as the real sites are crawled: its feed, and the
/// sitemaps that its robots.txt names.
fn crawl(context: &Context, corpus: &mut Corpus, show: &Show<'_>) -> anyhow::Result<Accounts> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let base = runtime.block_on(server::serve())?;
    let loopback = "127.0.0.1".parse::<Range>().map_err(|e| anyhow::anyhow!(e))?;
    // One request after the other, so that the sample is read in the same order each time.
    let manners = Manners { delay: Duration::ZERO, at_once: 1, ..Manners::default() };
    let client = Client::new(Settings { allowed: vec![loopback], manners, ..Settings::default() })?;
    let lexicon = context.lexicon()?;
    let extractor = context.extractor()?;
    let work = |item: &_| process(item, &lexicon);
    let source = |name: &str, kind, path: &str| Source {
        name: name.to_string(),
        kind,
        ..Source::of_url(&format!("{base}{path}"))
    };
    let sources = vec![source("feed", Kind::Feed, "/feed.xml"), source("sitemap", Kind::Sitemap, "/robots.txt")];
    let plan = Plan { sources, at_once: 1, ..Plan::default() };
    let fetcher = Arc::new(Fetcher::new(client));
    let crawl = Crawl { fetcher, process: Some(&work), extractor: &extractor, stop: interrupt::flag(), plan };
    let mut copies = Vec::new();
    let mut said = Ok(());
    let short = |url: &str| url.strip_prefix(&base).unwrap_or(url).to_string();
    let accounts = crawl.run(corpus, &mut |event| {
        let line = match event {
            Event::List(url, named, _) => format!("  {} names {named} addresses", short(&url)),
            Event::Refused(url, FetchError::Robots { rule: Some((text, line)), .. }) => {
                format!("  {} is left alone: robots.txt\n    says “{text}” in line {line}", short(&url))
            }
            Event::Refused(url, error) => format!("  {} was not fetched: {error}", short(&url)),
            Event::NoArticle(url, reason) => format!("  {} is no article: {reason}", short(&url)),
            Event::Stored(url, _, _, Some(original)) => return copies.push((short(&url), original)),
            Event::Stored(..) | Event::Flagged(_) | Event::Said(..) | Event::Progress(_) => return,
        };
        if said.is_ok() {
            said = show.line(&line);
        }
    })?;
    said?;
    for (path, original) in copies {
        let title = corpus.store().document(&original)?.and_then(|d| d.title).unwrap_or(original);
        let short: String = title.chars().take(60).collect();
        let dots = if short.len() < title.len() { "…" } else { "" };
        show.line(&format!("  {path}\n    repeats “{}{dots}”", escape_line(&short)))?;
    }
    for (name, n) in accounts.groups() {
        show.line(&format!("  {n:>3} {name}"))?;
    }
    Ok(accounts)
}
