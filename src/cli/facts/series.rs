//! `facts series`: a measure of one issuer over time.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::ValueEnum;

use super::super::args::Format;
use super::super::context::Context;
use super::super::exit::Exit;
use super::super::output::{Look, cells};
use crate::audit::fundamentals::{Measure, Point, Question, Step, series};
use crate::lexicon::{Files, securities};
use crate::model::Fact;
use crate::parse::{self, Ask};
use crate::pipeline;
use crate::sources::{Form, read_file};

/// Options of `facts series`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without --facts the corpus is asked: filings and company facts that `crawl --source edgar` or `ingest`
brought in. A folder is searched for files whose name holds the issuer's ten-digit CIK (as companyfacts are
named) or begins with its ticker; files are read whatever their name. Facts of companyfacts and of
filings may be mixed: the value filed last in a periodic report counts, and is shown with what was
said first. A fiscal year is named after the year in which it ends, but
one that ends in the first days of January or February after the year before.

Examples:
  tapecheck facts series --ticker AMZN --metric capex
  tapecheck facts series --ticker META --metric capex --facts companyfacts/
  tapecheck facts series --ticker MSFT --metric free_cash_flow --by calendar-year --facts companyfacts/
  tapecheck facts series --cik 1018724 --metric capex --as-of 2024-12-31 --facts CIK0001018724.json")]
pub struct SeriesArgs {
    /// The issuer's ticker
    #[arg(long, required_unless_present = "cik")]
    ticker: Option<String>,
    /// The issuer's Central Index Key
    #[arg(long, conflicts_with = "ticker")]
    cik: Option<u32>,
    /// What is followed
    #[arg(long, value_enum, default_value = "capex")]
    metric: Measure,
    /// How long a point is
    #[arg(long, value_enum, default_value = "quarter")]
    by: By,
    /// Only points that end on or after this day: YYYY-MM-DD, YYYY-MM or YYYY
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only what was filed by this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    as_of: Option<jiff::civil::Date>,
    /// Files, or folders with files, of facts [default: what the corpus holds]
    #[arg(long, num_args = 1.., value_name = "PATH")]
    facts: Vec<PathBuf>,
    /// How to write the points [default: table on a terminal, jsonl otherwise]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Fiscal quarters
    Quarter,
    /// Fiscal years
    Year,
    /// Calendar years, for comparing issuers
    CalendarYear,
}

impl ValueEnum for Measure {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let help = match self {
            Self::Capex => "Cash paid for property, equipment and other productive assets",
            Self::FinanceLeases => "Principal paid on finance leases",
            Self::CapexWithLeases => "Both together",
            Self::Revenue => "Revenue",
            Self::NetIncome => "Net income",
            Self::OperatingCashFlow => "Cash from operations",
            Self::FreeCashFlow => "Cash from operations less capital spending",
            Self::Buybacks => "Cash paid for the issuer's own shares",
            Self::DebtProceeds => "Cash raised by new debt",
        };
        let dashed = match self {
            Self::FinanceLeases => "finance-leases",
            Self::CapexWithLeases => "capex-with-leases",
            Self::NetIncome => "net-income",
            Self::OperatingCashFlow => "operating-cash-flow",
            Self::FreeCashFlow => "free-cash-flow",
            Self::DebtProceeds => "debt-proceeds",
            Self::Capex | Self::Revenue | Self::Buybacks => self.as_str(),
        };
        Some(clap::builder::PossibleValue::new(self.as_str()).alias(dashed).help(help))
    }
}

/// Runs it.
pub fn run(context: &Context, args: &SeriesArgs) -> anyhow::Result<Exit> {
    let issuer = issuer(context, args)?;
    let mut facts = if args.facts.is_empty() { of_corpus(context, &issuer)? } else { Vec::new() };
    for path in &args.facts {
        for file in files(path, &issuer)? {
            let name = file.display().to_string();
            let item = read_file(&file, &name, Some(Form::Html), context.limits())?;
            let read = parse::facts(&item.page.body, Ask::default());
            for note in &read.diagnostics {
                context.detail(&format!("{name}: {note}"));
            }
            facts.extend(read.facts.into_iter().filter(|f| f.entity.is_none_or(|e| e == issuer.cik)));
        }
    }
    let since = args.since.as_deref().map(day).transpose()?;
    let question = Question { measure: args.metric, cik: Some(issuer.cik), as_of: args.as_of };
    let found = series(&facts, &question);
    let step = match args.by {
        By::Quarter => Step::Quarter,
        By::Year => Step::Year,
        By::CalendarYear => Step::CalendarYear,
    };
    let points: Vec<&Point> =
        found.points(step).iter().filter(|p| since.as_deref().is_none_or(|s| p.end.as_str() >= s)).collect();
    write(context, context.format(args.format), &issuer, &points)?;
    let missing = points.iter().filter(|p| p.value.is_none()).count();
    let facts = facts.len();
    context.say(&format!(
        "{} points of {} for {}, {missing} of them missing, from {facts} facts",
        points.len(),
        args.metric.as_str(),
        issuer.name
    ));
    if missing > 0 && args.facts.is_empty() {
        context.say(&format!(
            "filings tag what company facts lack: `tapecheck crawl --source edgar --cik {} --form 10-K,10-Q` brings them in",
            issuer.cik
        ));
    }
    Ok(Exit::found(points.len() > missing))
}

/// The facts that the corpus holds.
fn of_corpus(context: &Context, issuer: &Issuer) -> anyhow::Result<Vec<Fact>> {
    let read = pipeline::tagged(&context.settings.corpus.value, &context.store()?, issuer.cik)?;
    for note in &read.notes {
        context.detail(note);
    }
    anyhow::ensure!(
        read.files > 0,
        "the corpus holds no facts of {}: bring them in with `tapecheck crawl --source edgar --cik {} --companyfacts`, or name files with --facts",
        issuer.name,
        issuer.cik
    );
    Ok(read.facts)
}

struct Issuer {
    cik: u32,
    ticker: Option<String>,
    name: String,
}

fn issuer(context: &Context, args: &SeriesArgs) -> anyhow::Result<Issuer> {
    let lists = match &context.settings.lexicon.value {
        Some(folder) => Files::overridden_by(folder),
        None => Files::embedded(),
    };
    let text = lists.read("securities.tsv")?;
    let all = securities::read(&text)?;
    let wanted = args.ticker.as_deref().map(|t| t.trim_start_matches('$').to_uppercase().replace('-', "."));
    let found = all.iter().find(|s| match &wanted {
        Some(ticker) => s.tickers.contains(&ticker.as_str()),
        None => Some(s.cik) == args.cik,
    });
    match (found, args.cik) {
        (Some(s), _) => Ok(Issuer {
            cik: s.cik,
            ticker: wanted.or_else(|| s.tickers.first().map(ToString::to_string)),
            name: s.name.to_string(),
        }),
        (None, Some(cik)) => Ok(Issuer { cik, ticker: None, name: format!("CIK {cik}") }),
        (None, None) => {
            let ticker = wanted.unwrap_or_default();
            anyhow::bail!("no company with the ticker {ticker} is known; name it with --cik")
        }
    }
}

/// The files to read: the path itself, or those of a folder that are the issuer's.
fn files(path: &Path, issuer: &Issuer) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let named = |file: &Path| {
        let name = file.file_name().map(|n| n.to_string_lossy().to_uppercase()).unwrap_or_default();
        let ticker = issuer.ticker.as_deref().and_then(|t| name.strip_prefix(t));
        name.contains(&format!("{:010}", issuer.cik))
            || ticker.is_some_and(|rest| rest.starts_with(|c: char| !c.is_ascii_alphanumeric()))
    };
    let failed = || format!("cannot list {}", path.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(path).with_context(failed)? {
        let file = entry.with_context(failed)?.path();
        if file.is_file() && named(&file) && !file.to_string_lossy().ends_with(".meta.json") {
            found.push(file);
        }
    }
    found.sort();
    anyhow::ensure!(
        !found.is_empty(),
        "{} holds no file of {}: none is named after CIK {:010}",
        path.display(),
        issuer.name,
        issuer.cik
    );
    Ok(found)
}

fn day(text: &str) -> anyhow::Result<String> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_string(),
    };
    let read: Result<jiff::civil::Date, _> = whole.parse();
    read.map(|d| d.to_string()).map_err(|_| anyhow::anyhow!("--since {text:?} is no date; write it as 2019-01-31"))
}

fn write(context: &Context, format: Format, issuer: &Issuer, points: &[&Point]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let record = |point: &Point| -> anyhow::Result<serde_json::Value> {
        let mut value = serde_json::to_value(point)?;
        if let Some(object) = value.as_object_mut() {
            object.insert("ticker".into(), issuer.ticker.clone().into());
        }
        Ok(value)
    };
    match format {
        Format::Jsonl => {
            for point in points {
                writeln!(out, "{}", record(point)?)?;
            }
        }
        Format::Json => {
            let all: anyhow::Result<Vec<_>> = points.iter().map(|p| record(p)).collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&all?)?)?;
        }
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record([
                "ticker",
                "cik",
                "metric",
                "start",
                "end",
                "fiscal",
                "calendar",
                "value",
                "unit",
                "derivation",
                "sources",
                "note",
            ])?;
            for p in points {
                csv.write_record([
                    issuer.ticker.clone().unwrap_or_default(),
                    issuer.cik.to_string(),
                    p.metric.to_string(),
                    p.start.clone(),
                    p.end.clone(),
                    p.fiscal.clone().unwrap_or_default(),
                    p.calendar.clone(),
                    p.value.map(|v| v.to_string()).unwrap_or_default(),
                    p.unit.clone(),
                    p.derivation.as_str().to_string(),
                    serde_json::to_string(&p.sources)?,
                    p.note.clone().unwrap_or_default(),
                ])?;
            }
            csv.flush()?;
        }
        Format::Table | Format::Md => {
            let look = Look { width: context.width, colour: context.colour, markdown: format == Format::Md };
            let unit = points.first().map_or("", |p| p.unit.as_str());
            let heads = ["period", "end", &format!("million {unit}"), "how", "tags", "filings"];
            writeln!(out, "{}", look.table(&heads, points.iter().map(|p| row(p))))?;
        }
    }
    Ok(())
}

fn row(point: &Point) -> Vec<String> {
    let value = point.value.and_then(|v| v.scaled(-6)).map(|v| cells::grouped(&v.to_string()));
    let mut tags: Vec<&str> =
        point.sources.iter().map(|s| s.concept.rsplit_once(':').map_or(s.concept.as_str(), |(_, n)| n)).collect();
    tags.dedup();
    let mut filings: Vec<String> = Vec::new();
    for (at, source) in point.sources.iter().enumerate() {
        let filing = source.accession.as_deref().or(source.form.as_deref()).unwrap_or("?");
        let sign = match (source.factor < 0, at) {
            (true, _) => "− ",
            (false, 0) => "",
            (false, _) => "+ ",
        };
        filings.push(format!("{sign}{filing}"));
    }
    filings.extend(point.note.iter().map(|n| format!("({n})")));
    vec![
        point.fiscal.clone().unwrap_or_else(|| point.calendar.clone()),
        point.end.clone(),
        value.unwrap_or_else(|| "–".to_string()),
        point.derivation.as_str().replace('_', " "),
        tags.join(", "),
        filings.join(" "),
    ]
}
