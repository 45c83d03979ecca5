//! `sources`: what is configured, and what a source yields.

use clap::Subcommand;
use serde::Serialize;

use super::args::Format;
use super::context::Context;
use super::exit::Exit;
use super::network::{self, NetworkArgs};
use super::rows;
use crate::pipeline::crawl::{Finding, Survey};
use crate::sources::{Kind, Source};

/// What to do with sources.
#[derive(Debug, Subcommand)]
pub enum SourcesCommand {
    /// Own sources and shipped ones
    #[command(after_help = "Example:\n  tapecheck sources list --format md")]
    List {
        /// Most sources
        #[arg(long, default_value_t = 1000)]
        limit: usize,
        /// How to write it [default: table on a terminal, jsonl otherwise]
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// What a source yields: each address with whether it would be fetched
    #[command(
        after_help = "Asks for the source's lists and the robots.txt of each host; fetches no article and stores nothing.\nEnds with 0 if the source yields anything, 1 if nothing.\n\nExample:\n  tapecheck sources test fed-press"
    )]
    Test {
        /// The source's name
        name: String,
        /// Most addresses
        #[arg(long, default_value_t = 20)]
        limit: usize,
        /// How to write it [default: table on a terminal, jsonl otherwise]
        #[arg(long, value_enum)]
        format: Option<Format>,
        #[command(flatten)]
        network: NetworkArgs,
    },
}

#[derive(Serialize)]
struct Row<'s> {
    name: &'s str,
    kind: &'static str,
    place: String,
    outlet: Option<&'s str>,
    language: Option<&'s str>,
    every: Option<&'s str>,
    own: bool,
    terms: Option<&'s str>,
}

/// Columns of findings that are filings.
pub const FILINGS: &[&str] = &["title", "published", "kind", "fetch", "reason", "url"];

/// Columns of findings in a table.
pub const FINDINGS: &[&str] = &["url", "kind", "fetch", "published", "reason"];

/// Runs it.
pub fn run(context: &Context, command: &SourcesCommand) -> anyhow::Result<Exit> {
    let (list, own) = network::all_sources(context)?;
    match command {
        SourcesCommand::List { limit, format } => {
            let rows: Vec<Row<'_>> = list.iter().enumerate().take(*limit).map(|(at, s)| row(s, at < own)).collect();
            rows::write(context, context.format(*format), &["name", "kind", "outlet", "every", "place"], &rows)?;
            context.say(&format!("{own} own sources, {} shipped", list.len() - own));
            Ok(Exit::found(!list.is_empty()))
        }
        SourcesCommand::Test { name, limit, format, network } => {
            let source = network::source(&list, name)?;
            if source.kind == Kind::Edgar && source.edgar.is_none() {
                anyhow::bail!(
                    "{name} is asked by `tapecheck crawl --source {name}` with --dry-run, and with which filings"
                );
            }
            if source.kind.is_local() {
                anyhow::bail!("{name} stands on this machine; `tapecheck crawl --source {name}` reads it");
            }
            let fetcher = network::fetcher(context, network)?;
            let survey = Survey { fetcher: &fetcher, since: None, limit: *limit, there: &|_| false };
            let findings = survey_of(&survey, std::slice::from_ref(&source))?;
            rows::write(context, context.format(*format), FINDINGS, &findings)?;
            let fetch = findings.iter().filter(|f| pages_of(f) && f.fetch).count();
            let pages = findings.iter().filter(|f| pages_of(f)).count();
            context.say(&format!("{name}: {pages} addresses, {fetch} of them may be fetched"));
            Ok(Exit::found(pages > 0))
        }
    }
}

/// Whether a finding is a page, or a filing.
fn pages_of(finding: &Finding) -> bool {
    Kind::of(&finding.kind).is_some_and(Kind::counts)
}

/// What sources yield, all of it.
pub fn survey_of(survey: &Survey<'_>, sources: &[Source]) -> anyhow::Result<Vec<Finding>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut findings = Vec::new();
    runtime.block_on(async {
        for source in sources {
            survey.of(source, &mut |finding| findings.push(finding)).await;
        }
    });
    Ok(findings)
}

fn row(source: &Source, own: bool) -> Row<'_> {
    let path = source.path.as_ref().map(|p| p.display().to_string());
    Row {
        name: &source.name,
        kind: source.kind.as_str(),
        place: source
            .url
            .clone()
            .or(path)
            .unwrap_or_else(|| if source.kind == Kind::Edgar { "https://www.sec.gov".into() } else { String::new() }),
        outlet: source.outlet.as_deref(),
        language: source.language.as_deref(),
        every: source.every.as_deref(),
        own,
        terms: source.terms.as_deref(),
    }
}
