//! `extract`: files in, records out; no store touched.

use std::io::{self, BufWriter};
use std::path::PathBuf;

use clap::ValueEnum;

use super::args::Format;
use super::context::Context;
use super::exit::Exit;
use super::interrupt;
use super::output::{Look, Record, RecordKind, Writer};
use crate::lexicon::{Lexicon, publishers};
use crate::model::{Fact, Publishers};
use crate::parse::{self, Ask};
use crate::pipeline::{Batch, Processed, Tally, ordered, process, read};
use crate::sources::{Entry, Form, Input, Item, SourceError, inputs};

/// Options of `extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Folders are walked in sorted order. Gzip-compressed files are unpacked. x.meta.json beside x.html
supplies url, title, published and outlet where the document has none.

Examples:
  tapecheck extract article.html
  tapecheck extract --kind claim,rotation,mention --format jsonl news/*.txt
  tapecheck extract --from jsonl documents.jsonl
  curl -s https://example.com/story | tapecheck extract --from html --published 2026-02-06 -")]
pub struct ExtractArgs {
    /// Files or folders; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Which records
    #[arg(long, value_enum, value_delimiter = ',', default_value = "claim")]
    kind: Vec<RecordKind>,
    /// What the files are
    #[arg(long, value_enum, default_value = "auto")]
    from: From,
    /// Publication date of documents that have none, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// How to write the records [default: table on a terminal, jsonl otherwise]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    Auto,
    Text,
    Html,
    Filing,
    Jsonl,
}

/// The lists that the records asked for need.
enum Words {
    All(Box<Lexicon>),
    Of(Publishers),
}

impl Words {
    fn read(&self, item: &Item) -> Processed {
        match self {
            Self::All(lexicon) => process(item, lexicon),
            Self::Of(publishers) => Processed { document: read(item, publishers), ..Processed::default() },
        }
    }
}

/// Runs it.
pub fn run(context: &Context, args: &ExtractArgs) -> anyhow::Result<Exit> {
    if let Some(date) = &args.published {
        check_date(date)?;
    }
    let kinds: Vec<RecordKind> = RecordKind::ALL.into_iter().filter(|k| args.kind.contains(k)).collect();
    let format = context.format(args.format);
    let bound = kinds.iter().any(|k| !matches!(k, RecordKind::Document | RecordKind::Fact));
    let with_facts = kinds.contains(&RecordKind::Fact);
    // Compiling the word lists takes a while; reading alone needs the publishers only.
    let words = if bound { Words::All(Box::new(context.lexicon()?)) } else { Words::Of(publishers(&context.files())?) };
    let entry = match args.from {
        From::Auto => Entry::Auto,
        From::Text => Entry::As(Form::Text),
        From::Html => Entry::As(Form::Html),
        From::Filing => Entry::Filing,
        From::Jsonl => Entry::JsonLines,
    };
    let limits = context.limits();
    let look = Look { width: context.width, colour: context.colour, markdown: format == Format::Md };
    let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut writer = Writer::new(out, format, &kinds, &["path"], look, context.terminal)?;

    let work = |input: Result<Input, SourceError>| {
        let mut item = input?.read(limits)?;
        if item.known.published.is_none() {
            item.known.published.clone_from(&args.published);
        }
        let path = item.path.clone();
        let facts = if with_facts { parse::facts(&item.page.body, Ask::default()).facts } else { Vec::new() };
        let records = records(words.read(&item), facts, &kinds);
        let ready: Result<Vec<_>, _> =
            records.into_iter().map(|r| Writer::<Vec<u8>>::ready(format, r, &[("path", Some(&path))])).collect();
        ready.map_err(|e| SourceError::Json { path, problem: e.to_string() })
    };
    let progress = context.progress("extracting");
    let mut tally = Tally::default();
    let mut failed = false;
    let mut written: io::Result<()> = Ok(());
    let weight = |input: &Result<Input, SourceError>| input.as_ref().map_or(0, Input::weight);
    ordered(inputs(&args.files, entry, limits), Batch::default(), weight, work, |batch| {
        for outcome in batch {
            progress.inc(1);
            match outcome {
                Ok(ready) => {
                    tally.keep();
                    for record in ready {
                        written = writer.write(record);
                        if written.is_err() {
                            return false;
                        }
                    }
                }
                Err(e) => {
                    tally.skip(e.reason());
                    if e.is_harmless() {
                        context.say(&format!("skipped: {e}"));
                    } else {
                        failed = true;
                        progress.suspend(|| context.complain(&e.to_string()));
                    }
                }
            }
        }
        !interrupt::stopped()
    });
    progress.finish_and_clear();
    written?;
    let count = writer.finish()?;
    context.say(&format!("{count} records from {} documents ({tally})", tally.kept));
    Ok(if failed { Exit::Error } else { Exit::found(count > 0) })
}

/// Refuses what is no date of publication.
pub fn check_date(date: &str) -> anyhow::Result<()> {
    let day: Result<jiff::civil::Date, _> = date.parse();
    let time: Result<jiff::Timestamp, _> = date.parse();
    anyhow::ensure!(day.is_ok() || time.is_ok(), "--published {date:?} is no date; write it as 2026-02-06");
    Ok(())
}

fn records(done: Processed, mut facts: Vec<Fact>, kinds: &[RecordKind]) -> Vec<Record> {
    let mut records = Vec::new();
    for kind in kinds {
        match kind {
            RecordKind::Document => records.push(Record::Document(Box::new(done.document.clone()))),
            RecordKind::Claim => {
                records.extend(done.extraction.claims.iter().cloned().map(|c| Record::Claim(Box::new(c))))
            }
            RecordKind::Rotation => {
                records.extend(done.extraction.rotations.iter().cloned().map(|r| Record::Rotation(Box::new(r))));
            }
            RecordKind::Mention => {
                records.extend(done.extraction.mentions.iter().cloned().map(|m| Record::Mention(Box::new(m))));
            }
            RecordKind::Fact => records.extend(facts.drain(..).map(|f| Record::Fact(Box::new(f)))),
        }
    }
    records
}
