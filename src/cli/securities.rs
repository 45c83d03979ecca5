//! `securities`: which companies the lists know, and a newer list of them.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use clap::Subcommand;

use super::args::Format;
use super::context::Context;
use super::exit::Exit;
use super::network::{self, NetworkArgs};
use super::rows;
use crate::lexicon::securities::{FILE, tsv_from_sec_json};
use crate::lexicon::{Changes, Files, Lexicon, Listing};

/// Where the SEC keeps its list.
const SEC: &str = "https://www.sec.gov/files/company_tickers_exchange.json";

/// Changes named one by one, of each kind.
const NAMED: usize = 5;

/// What to do with the list.
#[derive(Debug, Subcommand)]
pub enum SecuritiesCommand {
    /// Companies with ticker, name, CIK, exchange and other names
    #[command(
        after_help = "A query is a ticker of today or before, a CIK, or words that names begin with; without one, all are listed.\nEnds with 0 if any company is found, 1 if none.\n\nExamples:\n  tapecheck securities list FB\n  tapecheck securities list 'palo alto'\n  tapecheck securities list --format csv --limit 100000 > companies.csv"
    )]
    List {
        /// Ticker, CIK, or words of a name
        query: Option<String>,
        /// Most companies
        #[arg(long, default_value_t = 20)]
        limit: usize,
        /// How to write it [default: table on a terminal, jsonl otherwise]
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// A newer list from the SEC, into the folder of --lexicon
    #[command(
        after_help = "Fetches the SEC's company_tickers_exchange.json, or reads the file given, checks it together with the other lists,\nand only then puts securities.tsv into the folder of --lexicon, in place of the one that is there. The SEC wants\nto know who asks: set contact in [crawl] of the settings file, or --contact.\n\nExamples:\n  tapecheck securities update --lexicon my/lexicon --contact 'Your Company you@company.example'\n  tapecheck securities update --lexicon my/lexicon --from company_tickers_exchange.json"
    )]
    Update {
        /// A file, or another address
        #[arg(long, value_name = "FILE_OR_URL")]
        from: Option<String>,
        #[command(flatten)]
        network: NetworkArgs,
    },
}

/// Runs it.
pub fn run(context: &Context, command: &SecuritiesCommand) -> anyhow::Result<Exit> {
    match command {
        SecuritiesCommand::List { query, limit, format } => list(context, query.as_deref(), *limit, *format),
        SecuritiesCommand::Update { from, network } => update(context, from.as_deref(), network),
    }
}

fn list(context: &Context, query: Option<&str>, limit: usize, format: Option<Format>) -> anyhow::Result<Exit> {
    let listing = Listing::read(&context.files())?;
    let found = listing.find(query.unwrap_or(""));
    let shown: Vec<_> = found.iter().take(limit).collect();
    rows::write(context, context.format(format), &["ticker", "name", "cik", "exchange", "aliases"], &shown)?;
    let own = context.settings.lexicon.value.as_ref().map(|folder| folder.join(FILE)).filter(|path| path.is_file());
    let place = own.map_or(format!("{FILE}, built in"), |path| path.display().to_string());
    let all = listing.companies.len();
    let range = match query {
        Some(_) => format!("{} of {all} companies found, {} shown", found.len(), shown.len()),
        None => format!("{all} companies, {} shown", shown.len()),
    };
    let hint = if shown.len() < found.len() { "; --limit shows more" } else { "" };
    context.say(&format!("{range}{hint} ({place}: {})", listing.source));
    Ok(Exit::found(!found.is_empty()))
}

fn update(context: &Context, from: Option<&str>, network: &NetworkArgs) -> anyhow::Result<Exit> {
    let folder = context.settings.lexicon.value.as_deref().context(
        "the new list goes into a folder of own word lists: name it with --lexicon DIR, or as lexicon in the settings file",
    )?;
    let from = from.unwrap_or(SEC);
    let (json, date) = if from.starts_with("https://") || from.starts_with("http://") {
        (network::fetch_text(context, network, from)?, crate::pipeline::now()[..10].to_string())
    } else {
        read(Path::new(from))?
    };
    // What there is now: the folder may not be there yet.
    let files = if folder.is_dir() { context.files() } else { Files::embedded() };
    let new = tsv_from_sec_json(&json, &date).with_context(|| format!("{from} is not used"))?;
    Lexicon::load(&files.clone().with(FILE, &new)).with_context(|| format!("{from} does not fit the other lists"))?;
    let old = files.read(FILE)?;
    let changes = Changes::between(&old, &new)?;
    let same = old.lines().skip(1).eq(new.lines().skip(1));
    Files::put(folder, FILE, &new)?;
    say(context, &changes);
    let all = new.lines().count().saturating_sub(1);
    let path = folder.join(FILE);
    let what = if same { "the same companies as before" } else { "read again by the next ingest with it" };
    context.say(&format!("{}: {all} companies, {date}; {what}", path.display()));
    Ok(Exit::Fine)
}

/// A file, and the day it is of.
fn read(path: &Path) -> anyhow::Result<(String, String)> {
    let failed = || format!("cannot read {}", path.display());
    let text = fs::read_to_string(path).with_context(failed)?;
    let changed = fs::metadata(path).and_then(|m| m.modified()).with_context(failed)?;
    let day = jiff::Timestamp::try_from(changed).map(|t| t.strftime("%Y-%m-%d").to_string());
    Ok((text, day.unwrap_or_else(|_| crate::pipeline::now()[..10].to_string())))
}

/// What the new list changes, some of it by name.
fn say(context: &Context, changes: &Changes) {
    let pairs = |list: &[(String, String)]| list.iter().map(|(t, n)| format!("{t} {n}")).collect::<Vec<_>>();
    let renamed: Vec<String> = changes.renamed.iter().map(|(t, old, new)| format!("{t} {old} → {new}")).collect();
    let kinds = [
        ("added", pairs(&changes.added)),
        ("removed", pairs(&changes.removed)),
        ("renamed", renamed),
        ("with other tickers or exchanges", pairs(&changes.relisted)),
    ];
    for (kind, list) in kinds {
        let named = list.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
        let dots = if list.len() > NAMED { "; …" } else { "" };
        let colon = if list.is_empty() { "" } else { ": " };
        context.say(&format!("{} {kind}{colon}{named}{dots}", list.len()));
    }
}
