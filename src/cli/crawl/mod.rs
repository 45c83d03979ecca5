//! `crawl`: news from the network into the store; and `reprocess`.

mod edgar;
mod show;

use super::args::Format;
use super::context::Context;
use super::exit::Exit;
use super::network::{self, NetworkArgs};
use super::{ingest, interrupt, rows, sources};
use crate::pipeline::crawl::{Accounts, Crawl, Plan, Survey};
use crate::pipeline::{self, Corpus, Ingest, process};
use crate::sources::{Entry, Input, Kind, Source, SourceError, inputs};
use crate::store;
use edgar::EdgarArgs;
use show::Show;

/// Options of `crawl`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without arguments: the sources of the settings file ([[source]], and the shipped ones named in
use_sources under [crawl]). A URL may be an article, a feed or a sitemap. Every page is archived
before it is read. A crawl can be interrupted or killed at any moment: the same command goes on where
it was, and leaves alone what crawls of other addresses left in the queue, unless --resume asks for it
or no URL and no source is named. robots.txt and Crawl-delay are obeyed. Ends with 0 if anything was read, 1 if nothing.

Filings come from EDGAR: of issuers, from the index of a day or a quarter, from the feed of current
filings, by full-text search. The main document and exhibits 99 and 13 are read, chosen by type.
--limit counts filings. A list that was read lately is used from the archive (10 minutes; indexes 30);
what is filed never changes and is asked for once. The SEC wants to know who asks: set contact.

Examples:
  tapecheck crawl --source edgar --ticker MSFT,AMZN --form 10-K,10-Q,8-K --since 2025-01-01
  tapecheck crawl --source edgar --cik 1326801 --form 8-K --item 2.02 --limit 4
  tapecheck crawl --source edgar --ticker META --companyfacts
  tapecheck crawl --source edgar --query 'capital expenditures' --form 8-K --since 2026-10-01 --dry-run
  tapecheck crawl --source edgar --daily 2025-02-06 --form 10-K
  tapecheck crawl --source fed-press --limit 20
  tapecheck crawl https://news.example/feed.xml --since 2026-11-01
  tapecheck crawl --watch
  tapecheck crawl --source fed-press --dry-run")]
pub struct CrawlArgs {
    /// Articles, feeds or sitemaps
    #[arg(value_name = "URL")]
    urls: Vec<String>,
    /// Only this source, own or shipped; may stand several times
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Only what was published on this day or later (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Most pages
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// Go on with what all earlier crawls left in the queue, too
    #[arg(long, conflicts_with = "dry_run")]
    resume: bool,
    /// Go on until Ctrl-C, reading each list again in its time
    #[arg(long, conflicts_with = "dry_run")]
    watch: bool,
    /// Show what would be fetched and why not, and store nothing
    #[arg(long)]
    dry_run: bool,
    /// How --dry-run is written [default: table on a terminal, jsonl otherwise]
    #[arg(long, value_enum, requires = "dry_run")]
    format: Option<Format>,
    #[command(flatten)]
    edgar: EdgarArgs,
    #[command(flatten)]
    network: NetworkArgs,
}

/// Options of `reprocess`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads every stored document again from the archive, with the rules of this program, and indexes what
has changed. The same page gives the same ids. Nothing is fetched.

Example:
  tapecheck reprocess")]
pub struct ReprocessArgs {}

/// Addresses that a dry run shows at most.
const SHOWN: usize = 1000;

/// Runs it.
pub fn run(context: &Context, args: &CrawlArgs) -> anyhow::Result<Exit> {
    let since = args.since.as_deref().map(day).transpose()?;
    let all = args.resume || args.urls.is_empty() && args.source.is_empty() && !args.edgar.is_asked();
    let left = if all { left(context)? } else { Vec::new() };
    let mut chosen = choose(context, args, since.as_deref(), !left.is_empty())?;
    edgar::prepare(context, &args.network, since.as_deref(), &mut chosen)?;
    let fetcher = network::fetcher(context, &args.network)?;
    if args.dry_run {
        let limit = args.limit.map_or(SHOWN, |l| usize::try_from(l).unwrap_or(SHOWN));
        let store = context.store().ok();
        let there = |url: &str| store.as_ref().is_some_and(|s| s.frontier_done(url).unwrap_or(false));
        let survey = Survey { fetcher: &fetcher, since: since.as_deref(), limit, there: &there };
        let findings = sources::survey_of(&survey, &chosen)?;
        let filings = findings.iter().any(|f| f.kind == Kind::Filing.as_str());
        let columns = if filings { sources::FILINGS } else { sources::FINDINGS };
        rows::write(context, context.format(args.format), columns, &findings)?;
        let fetch = findings.iter().filter(|f| f.fetch).count();
        context.say(&format!("{} addresses, {fetch} would be fetched; nothing was stored", findings.len()));
        return Ok(Exit::found(fetch > 0));
    }
    let lexicon = context.lexicon()?;
    let extractor = context.extractor()?;
    let mut corpus = context.corpus()?;
    let run = corpus.store().begin_run("crawl", &pipeline::now())?;
    let work = |item: &_| process(item, &lexicon);
    let (local, remote): (Vec<Source>, Vec<Source>) = chosen.into_iter().partition(|s| s.kind.is_local());
    let found = read_local(context, &mut corpus, &local, &work, &extractor)?;
    let mut show = Show::new(context);
    let resumed = resumed(context, &remote, &left)?;
    let filings = remote.iter().chain(&resumed).any(|s| s.kind == Kind::Edgar);
    let plan =
        Plan { sources: remote, resumed, since, limit: args.limit, watch: args.watch, ..network::plan(context)? };
    // The SEC's throttling is waited out.
    let wait = fetcher.client().edgar().pause + std::time::Duration::from_secs(30);
    let patience = if filings { plan.patience.max(wait) } else { plan.patience };
    let plan = Plan { patience, ..plan };
    let crawl = Crawl { fetcher, process: Some(&work), extractor: &extractor, stop: interrupt::flag(), plan };
    let done = if crawl.plan.sources.is_empty() && crawl.plan.resumed.is_empty() {
        Ok(Accounts::default())
    } else {
        crawl.run(&mut corpus, &mut |event| show.event(event))
    };
    show.end();
    let accounts = match done {
        Ok(accounts) => accounts,
        Err(e) => {
            context.complain("the crawl stopped; what was written is safe, and the next crawl goes on from there");
            return Err(e.into());
        }
    };
    if accounts.taken > 0 {
        show::accounts(context, &accounts);
    }
    corpus.store().end_run(run, &pipeline::now(), &serde_json::to_string(&accounts)?)?;
    ingest::index(context, &mut corpus)?;
    if accounts.interrupted {
        return Ok(Exit::Interrupted);
    }
    let read = accounts.lists
        + accounts.kept_lists
        + accounts.indexes
        + accounts.facts
        + accounts.articles
        + accounts.filings
        + accounts.unchanged;
    Ok(Exit::found(found || read > 0))
}

/// Runs `reprocess`.
pub fn reprocess(context: &Context) -> anyhow::Result<Exit> {
    // Without a store there is nothing to read again: say so instead of making one.
    drop(context.store()?);
    let lexicon = context.lexicon()?;
    let extractor = context.extractor()?;
    let mut corpus = context.corpus()?;
    let run = corpus.store().begin_run("reprocess", &pipeline::now())?;
    let work = |item: &_| process(item, &lexicon);
    let ingest = Ingest { process: &work, extractor: &extractor, stop: interrupt::flag() };
    let progress = context.progress("reading again");
    let done = pipeline::reprocess(&ingest, &mut corpus, |n| progress.set_position(n));
    progress.finish_and_clear();
    let done = done?;
    for problem in &done.damaged {
        context.complain(problem);
    }
    if done.cut > 0 {
        context.say(&format!("{} pages were cut short when they were fetched: kept, but not read", done.cut));
    }
    context.say(&format!(
        "read again: {} captures, {} of them no document; {} the same, {} changed, {} new; {} claims in what changed",
        done.captures, done.passed_over, done.same, done.changed, done.added, done.claims
    ));
    corpus.store().end_run(run, &pipeline::now(), &serde_json::to_string(&done)?)?;
    ingest::index(context, &mut corpus)?;
    match (done.interrupted, done.damaged.is_empty()) {
        (true, _) => Ok(Exit::Interrupted),
        (_, false) => Ok(Exit::Error),
        _ => Ok(Exit::found(done.same + done.changed + done.added > 0)),
    }
}

/// Sources of earlier crawls with addresses in the queue.
fn left(context: &Context) -> anyhow::Result<Vec<String>> {
    let there = context.settings.corpus.value.join(store::FILE).is_file();
    let left = if there { context.store()?.frontier_left(&[])? } else { Vec::new() };
    // What was asked of EDGAR is not kept: its filings wait until they are asked for again.
    let (list, _) = network::all_sources(context)?;
    let known = |queue: &String| !list.iter().any(|s| s.name == *queue && edgar::is_shipped(s));
    Ok(left.into_iter().map(|(source, _)| source).filter(known).collect())
}

/// The sources that are gone on with beside the chosen ones: declared ones by
/// their names, others by the address they were given with.
fn resumed(context: &Context, chosen: &[Source], left: &[String]) -> anyhow::Result<Vec<Source>> {
    let (list, _) = network::all_sources(context)?;
    let of = |queue: &String| list.iter().find(|s| s.name == *queue).cloned().unwrap_or_else(|| Source::of_url(queue));
    Ok(left.iter().filter(|queue| !chosen.iter().any(|s| s.queue() == *queue)).map(of).collect())
}

/// The sources that are meant. `left`: there is something to go on with.
fn choose(context: &Context, args: &CrawlArgs, since: Option<&str>, left: bool) -> anyhow::Result<Vec<Source>> {
    let (list, own) = network::all_sources(context)?;
    let mut chosen = Vec::new();
    for name in &args.source {
        chosen.push(network::source(&list, name)?);
    }
    for url in &args.urls {
        let parsed = url::Url::parse(url).map_err(|e| anyhow::anyhow!("{url:?} is no address: {e}"))?;
        anyhow::ensure!(
            matches!(parsed.scheme(), "http" | "https"),
            "{url} is no web address; `tapecheck ingest` reads files"
        );
        chosen.push(Source::of_url(url));
    }
    if let Some(place) = chosen.iter().position(edgar::is_shipped) {
        chosen[place] = args.edgar.source(&chosen[place], since)?;
    } else if args.edgar.is_asked() {
        if let Some(own) = chosen.iter().find(|s| s.kind == Kind::Edgar) {
            anyhow::bail!(
                "source {} says itself which filings it wants; --ticker, --form and so on go with --source edgar",
                own.name
            );
        }
        chosen.push(args.edgar.source(&edgar::shipped(&list)?, since)?);
    }
    // `--resume` alone goes on with what is there, and begins nothing.
    if chosen.is_empty() && !(args.resume && left) {
        chosen.extend_from_slice(&list[..own]);
        for name in &context.settings.crawl.use_sources {
            chosen.push(network::source(&list, name)?);
        }
        anyhow::ensure!(
            !chosen.is_empty() || left,
            "there is nothing to crawl: name a URL or --source NAME, or put [[source]] into tapecheck.toml; `tapecheck sources list` shows the shipped ones"
        );
    }
    Ok(chosen)
}

/// A day in its usual form.
fn day(text: &str) -> anyhow::Result<String> {
    let date: Result<jiff::civil::Date, _> = text.parse();
    date.map(|d| d.to_string()).map_err(|_| anyhow::anyhow!("{text:?} is no day; write it like 2026-11-01"))
}

/// Sources on this machine are ingested.
fn read_local(
    context: &Context,
    corpus: &mut Corpus,
    local: &[Source],
    work: &(dyn Fn(&crate::sources::Item) -> pipeline::Processed + Sync),
    extractor: &str,
) -> anyhow::Result<bool> {
    let paths: Vec<_> = local.iter().filter_map(|s| s.path.clone()).collect();
    debug_assert!(local.iter().all(|s| s.kind.is_local()));
    if paths.is_empty() {
        return Ok(false);
    }
    let limits = context.limits();
    let ingest = Ingest { process: work, extractor, stop: interrupt::flag() };
    let weight = |input: &Result<Input, SourceError>| input.as_ref().map_or(0, Input::weight);
    let read = |input: Result<Input, SourceError>| Ok((input?.read(limits)?, None));
    let list = inputs(&paths, Entry::Auto, limits);
    let report = ingest.run(corpus, list, weight, read, |event| ingest::tell(context, &event))?;
    ingest::say(context, &report);
    Ok(report.read.kept + report.read.skipped_for("unchanged") > 0)
}
