//! `ingest`: local files into the store; and `index rebuild`.

use std::path::PathBuf;

use super::context::Context;
use super::exit::Exit;
use super::interrupt;
use crate::pipeline::{self, Corpus, Event, Ingest, Report, process};
use crate::sources::{Entry, Input, SourceError, inputs};

/// Options of `ingest`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Folders are walked in sorted order; .html .md .txt .json .jsonl .warc files and gzip-compressed ones
are read; an EDGAR submission (.txt) is cut into its main document and releases. x.meta.json beside x.html supplies url, title, published and outlet where the document has
none. What was ingested before and has not changed is passed over; a changed document replaces its
claims. Ends with 0 if anything is stored of the paths, 1 if nothing, 2 if any of them could not be
read; what could, is stored all the same.

Examples:
  tapecheck ingest news/
  tapecheck ingest articles.jsonl.gz report.html
  tapecheck ingest --corpus /data/corpus --index /data/index --max-file-size 200M filings/")]
pub struct IngestArgs {
    /// Files or folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs it.
pub fn run(context: &Context, args: &IngestArgs) -> anyhow::Result<Exit> {
    let lexicon = context.lexicon()?;
    let extractor = context.extractor()?;
    let limits = context.limits();
    let mut corpus = context.corpus()?;
    let run = corpus.store().begin_run("ingest", &pipeline::now())?;
    let work = |item: &_| process(item, &lexicon);
    let ingest = Ingest { process: &work, extractor: &extractor, stop: interrupt::flag() };
    let progress = context.progress("ingesting");
    let weight = |input: &Result<Input, SourceError>| input.as_ref().map_or(0, Input::weight);
    let read = |input: Result<Input, SourceError>| Ok((input?.read(limits)?, None));
    let mut failed = false;
    let done = ingest.run(&mut corpus, inputs(&args.paths, Entry::Auto, limits), weight, read, |event| {
        progress.inc(1);
        failed |= matches!(&event, Event::Problem(e) if !e.is_harmless());
        progress.suspend(|| tell(context, &event));
    });
    progress.finish_and_clear();
    let report = done?;
    say(context, &report);
    corpus.store().end_run(run, &pipeline::now(), &serde_json::to_string(&report)?)?;
    index(context, &mut corpus)?;
    if report.interrupted {
        return Ok(Exit::Interrupted);
    }
    if failed {
        return Ok(Exit::Error);
    }
    let stored = report.read.kept + report.read.skipped_for("unchanged");
    Ok(Exit::found(stored > 0))
}

/// What happened to one input, on stderr.
pub fn tell(context: &Context, event: &Event) {
    match event {
        Event::Problem(e) if e.is_harmless() => context.say(&format!("skipped: {e}")),
        Event::Problem(e) => context.complain(&e.to_string()),
        Event::Unchanged => {}
        Event::Stored(path, doc_id, outcome, copy) => {
            let copy = copy.as_ref().map_or(String::new(), |of| format!(", a copy of {of}"));
            context.detail(&format!("{path}: document {doc_id}, {outcome:?}{copy}"));
        }
    }
}

/// The counts of an ingest, on stderr.
pub fn say(context: &Context, report: &Report) {
    let unchanged = report.read.skipped_for("unchanged");
    if report.read.took > 0 && unchanged == report.read.took {
        context.say(&format!("nothing has changed: all {unchanged} documents were ingested before"));
        return;
    }
    context.say(&format!("read: {}", report.read));
    context.say(&format!(
        "archived: {} new, {} already there",
        report.archived.kept,
        report.archived.skipped_for("already there")
    ));
    let mut line = format!("stored: {} new, {} changed, {} the same", report.added, report.changed, report.same);
    if report.taken_over > 0 {
        line.push_str(&format!(", {} replaced by another file with the same address or id", report.taken_over));
    }
    context.say(&line);
    context.say(&format!(
        "found: {} claims, {} rotations, {} mentions; {} documents repeat another",
        report.claims, report.rotations, report.mentions, report.copies
    ));
}

/// Brings the index up to date.
pub fn index(context: &Context, corpus: &mut Corpus) -> anyhow::Result<()> {
    let progress = context.progress("indexing");
    let done = corpus.index(&context.settings.index.value, |n| progress.set_position(n));
    progress.finish_and_clear();
    let done = done?;
    if done.documents + done.removed > 0 {
        context.say(&format!("indexed: {} documents, {} taken out", done.documents, done.removed));
    }
    Ok(())
}

/// Runs `index rebuild`.
pub fn rebuild(context: &Context) -> anyhow::Result<Exit> {
    // Without a store there is nothing to rebuild from: say so instead of making one.
    drop(context.store()?);
    let mut corpus = context.corpus()?;
    let progress = context.progress("indexing");
    let done = corpus.rebuild_index(&context.settings.index.value, |n| progress.set_position(n));
    progress.finish_and_clear();
    context.say(&format!("indexed: {} documents, the index is made anew", done?.documents));
    Ok(Exit::Fine)
}
