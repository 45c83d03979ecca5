//! `sources`: what is configured, and what a source yields.

use clap::Subcommand;
use serde::Serialize;

use super::args::Format;
use super::context::Context;
use super::exit::Exit;
use super::network::{self, NetworkArgs};
use super::rows;
use crate::pipeline::crawl::{Finding, Survey};
use crate::sources::{Entry, Kind, Source, inputs};

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
        after_help = "Asks for the source's lists and the robots.txt of each host; fetches no article and stores nothing. A source\non this machine is looked through. The last line says whether it works, and what to do if not.\nEnds with 0 if the source yields anything, 1 if nothing.\n\nExample:\n  tapecheck sources test fed-press"
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
    known: Option<&'s str>,
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
            rows::write(
                context,
                context.format(*format),
                &["name", "kind", "outlet", "every", "known", "place"],
                &rows,
            )?;
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
            let findings = if source.kind.is_local() {
                on_this_machine(context, &source, *limit)
            } else {
                let fetcher = network::fetcher(context, network)?;
                let survey = Survey { fetcher: &fetcher, since: None, limit: *limit, there: &|_| false };
                survey_of(&survey, std::slice::from_ref(&source))?
            };
            rows::write(context, context.format(*format), FINDINGS, &findings)?;
            let (works, verdict) = verdict(&findings);
            context.say(&format!("{name}: {verdict}"));
            Ok(Exit::found(works))
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

/// What a file or folder of this machine yields.
fn on_this_machine(context: &Context, source: &Source, limit: usize) -> Vec<Finding> {
    let base = Finding { source: source.name.clone(), kind: "page".into(), ..Finding::default() };
    let paths: Vec<_> = source.path.iter().cloned().collect();
    let found = inputs(&paths, Entry::Auto, context.limits());
    let looked_at = found.map(|input| {
        let path = input.as_ref().map_or(String::new(), |i| i.path().to_string());
        match input.and_then(|i| i.read(context.limits())) {
            Ok(item) => Finding { url: item.uri, fetch: true, ..base.clone() },
            Err(e) => Finding { url: path, reason: Some(e.to_string()), ..base.clone() },
        }
    });
    looked_at.take(limit).collect()
}

/// Whether a source works, in words: what it yields, or why nothing and what
/// to do about it.
fn verdict(findings: &[Finding]) -> (bool, String) {
    let pages = findings.iter().filter(|f| pages_of(f));
    let (all, fetch) = (pages.clone().count(), pages.clone().filter(|f| f.fetch).count());
    let why = |f: &Finding| {
        let reason = f.reason.clone()?;
        Some(f.advice.map_or(reason.clone(), |advice| format!("{reason}; {advice}")))
    };
    // A list that cannot be read says more than the pages of another one.
    let lists = findings.iter().filter(|f| !pages_of(f)).filter_map(why).next();
    let reason = lists.or_else(|| pages.filter(|f| !f.fetch).find_map(why));
    match (fetch, all, reason) {
        (0, _, Some(reason)) if all < 2 => (false, format!("it yields nothing: {reason}")),
        (0, all, Some(reason)) => (true, format!("{all} addresses, none of which may be fetched: {reason}")),
        (0, _, None) => (false, "it can be read, but names no address now".into()),
        (fetch, all, Some(reason)) if fetch < all => {
            (true, format!("it works: {all} addresses, {fetch} of them may be fetched; others: {reason}"))
        }
        (fetch, all, Some(reason)) => {
            (true, format!("it works in part: {all} addresses, {fetch} of them may be fetched; a list: {reason}"))
        }
        (fetch, all, None) => (true, format!("it works: {all} addresses, {fetch} of them may be fetched")),
    }
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
        known: source.known.as_deref(),
    }
}
