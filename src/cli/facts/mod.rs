//! `facts`: what filings tag, file by file; `facts series`: a measure over time.

mod series;

use std::io::{self, BufWriter};
use std::path::PathBuf;

use super::args::Format;
use super::context::Context;
use super::exit::Exit;
use super::interrupt;
use super::output::{Look, Record, RecordKind, Writer};
use crate::model::Fact;
use crate::parse::{self, Ask};
use crate::pipeline::{Batch, Tally, ordered};
use crate::sources::{Entry, Form, Input, SourceError, inputs};

/// Options of `facts`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads inline XBRL (10-K, 10-Q and 8-K pages), plain XBRL instances, whole submissions (.txt) and the
companyfacts JSON of data.sec.gov. byte_start and byte_end are the printed value's place in the file
as given: after the start tag, up to the matching end tag.

Examples:
  tapecheck facts amzn-20241231.htm
  tapecheck facts --concept Capital,Payments --format csv filings/ > facts.csv
  tapecheck facts --distinct --undimensioned CIK0001018724.json
  tapecheck facts series --ticker META --metric capex --facts companyfacts/")]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct FactsArgs {
    #[command(subcommand)]
    command: Option<FactsCommand>,
    /// Files or folders; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only concepts whose name holds one of these words
    #[arg(long, value_delimiter = ',', value_name = "WORD")]
    concept: Vec<String>,
    /// Only what is said of the whole, not of its parts
    #[arg(long)]
    undimensioned: bool,
    /// A fact that is tagged several times once only, the most accurate of them
    #[arg(long)]
    distinct: bool,
    /// Also names, dates and notes, which are no numbers
    #[arg(long)]
    texts: bool,
    /// How to write the records [default: table on a terminal, jsonl otherwise]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Debug, clap::Subcommand)]
enum FactsCommand {
    /// A measure of one issuer over time, each point with its filings
    Series(series::SeriesArgs),
}

/// Runs it.
pub fn run(context: &Context, args: &FactsArgs) -> anyhow::Result<Exit> {
    if let Some(FactsCommand::Series(args)) = &args.command {
        return series::run(context, args);
    }
    let format = context.format(args.format);
    let limits = context.limits();
    let look = Look { width: context.width, colour: context.colour, markdown: format == Format::Md };
    let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut writer = Writer::new(out, format, &[RecordKind::Fact], &["path"], look, context.terminal)?;
    let words: Vec<String> = args.concept.iter().map(|w| w.to_lowercase()).collect();

    let work = |input: Result<Input, SourceError>| {
        let item = input?.read(limits)?;
        let path = item.path;
        let read = parse::facts(&item.page.body, Ask { texts: args.texts });
        let mut notes = read.diagnostics;
        let (stands, conflicts) = if args.distinct { parse::distinct(&read.facts) } else { (Vec::new(), 0) };
        if conflicts > 0 {
            notes.push(format!("{conflicts} facts are tagged again with another value"));
        }
        let asked = |at: usize, fact: &Fact| {
            let name = fact.concept.to_lowercase();
            let named = words.is_empty() || words.iter().any(|w| name.contains(w));
            let whole = !args.undimensioned || fact.dimensions.is_empty();
            named && whole && stands.get(at).is_none_or(|best| *best == at)
        };
        let wanted = read.facts.into_iter().enumerate().filter(|(at, fact)| asked(*at, fact));
        let ready: Result<Vec<_>, _> = wanted
            .map(|(_, fact)| Writer::<Vec<u8>>::ready(format, Record::Fact(Box::new(fact)), &[("path", Some(&path))]))
            .collect();
        match ready {
            Ok(ready) => Ok((path, notes, ready)),
            Err(e) => Err(SourceError::Json { path, problem: e.to_string() }),
        }
    };
    let progress = context.progress("reading");
    let mut tally = Tally::default();
    let mut failed = false;
    let mut written: io::Result<()> = Ok(());
    let weight = |input: &Result<Input, SourceError>| input.as_ref().map_or(0, Input::weight);
    // A file is one document, whatever it is: nothing is read as JSON Lines.
    let whole = Entry::As(Form::Html);
    ordered(inputs(&args.files, whole, limits), Batch::default(), weight, work, |batch| {
        for outcome in batch {
            progress.inc(1);
            match outcome {
                Ok((path, notes, ready)) => {
                    tally.keep();
                    for note in notes {
                        progress.suspend(|| context.say(&format!("{path}: {note}")));
                    }
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
    context.say(&format!("{count} facts from {} files ({tally})", tally.kept));
    Ok(if failed { Exit::Error } else { Exit::found(count > 0) })
}
