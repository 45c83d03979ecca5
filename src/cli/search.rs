//! `search`: the query language over claims, documents and rotations.

use std::io::{self, BufWriter, Write};

use clap::ValueEnum;
use serde_json::json;

use super::args::Format;
use super::context::Context;
use super::exit::Exit;
use super::output::escape::escape_line;
use super::output::hits::{Ink, Shown, wrap};
use super::output::{Look, Record, RecordKind, Writer};
use crate::index::{Answer, FACETS, Question, Scope, SearchIndex, Sort, nearest, query};
use crate::store::{Figure, Revision, Store, StoreError};

/// Options of `search`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Words are found in all their forms and must all match. \"exact phrases\", a NEAR/5 b, AND OR NOT -,
parentheses, and field:value with metric, ticker, subject, kind, role, direction, status, unit,
outlet, source, baseline, attribution, from, to (rotations), doc, has; ranges with value,
published and period. Several values: ticker:MSFT,META. Put the query in single quotes.

Examples:
  tapecheck search 'capex ticker:MSFT,META value:>50B'
  tapecheck search 'metric:price_move direction:down value:10%..20% published:2026-01..2026-03'
  tapecheck search '\"free cash flow\" -negated has:attribution' --sort date --limit 50
  tapecheck search --in rotations 'from:software' --facets month
  tapecheck search --in documents 'tariffs NEAR/5 prices' --format jsonl")]
pub struct SearchArgs {
    /// The query; nothing finds everything
    #[arg(value_name = "QUERY", default_value = "")]
    query: Vec<String>,
    /// What to look for
    #[arg(long = "in", value_enum, default_value = "claims", value_name = "WHAT")]
    scope: Among,
    /// In which order
    #[arg(long, value_enum, default_value = "relevance")]
    sort: Order,
    /// Most results
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Results to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    /// How to write the results [default: a list on a terminal, jsonl otherwise]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Count the results by these fields instead, e.g. ticker,metric,month
    #[arg(long, value_delimiter = ',', value_name = "FIELD")]
    facets: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Among {
    Claims,
    Documents,
    Rotations,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    Relevance,
    Date,
    Value,
}

/// Runs it.
pub fn run(context: &Context, args: &SearchArgs) -> anyhow::Result<Exit> {
    let scope = match args.scope {
        Among::Claims => Scope::Claims,
        Among::Documents => Scope::Documents,
        Among::Rotations => Scope::Rotations,
    };
    let sort = match args.sort {
        Order::Relevance => Sort::Relevance,
        Order::Date => Sort::Date,
        Order::Value => Sort::Value,
    };
    anyhow::ensure!(
        sort != Sort::Value || scope == Scope::Claims,
        "only claims have a value to sort by; use --in claims"
    );
    let text = args.query.join(" ");
    let node = query::parse(&text, scope)?;
    let facets = args.facets.iter().map(|name| facet(name)).collect::<anyhow::Result<Vec<_>>>()?;
    let store = context.store()?;
    let index = SearchIndex::open(&context.settings.index.value)?;
    anyhow::ensure!(
        store.index_name()?.as_deref() == Some(index.name()),
        "index {} was made from another store; run `tapecheck index rebuild`",
        context.settings.index.value.display()
    );
    let limit = if facets.is_empty() { args.limit } else { 0 };
    let answer = index.search(&Question { query: &node, scope, sort, limit, offset: args.offset, facets })?;
    let missing = store.counts()?.unindexed;
    if missing > 0 {
        context
            .say(&format!("{missing} documents are not indexed yet and are not found; run `tapecheck index rebuild`"));
    }
    if args.facets.is_empty() {
        show(context, args, &store, scope, &node, &answer)?;
    } else {
        show_facets(context, args.format, &answer)?;
    }
    let noun = if answer.total == 1 { scope.record().to_string() } else { format!("{}s", scope.record()) };
    let range = if answer.hits.len() < answer.total && !answer.hits.is_empty() {
        format!(", {}–{} shown; --limit and --offset show others", args.offset + 1, args.offset + answer.hits.len())
    } else {
        String::new()
    };
    context.say(&format!("{} {noun} found{range}", answer.total));
    Ok(Exit::found(answer.total > 0))
}

fn facet(name: &str) -> anyhow::Result<&'static str> {
    match FACETS.iter().find(|(n, _)| *n == name) {
        Some((n, _)) => Ok(n),
        None => {
            let names = FACETS.iter().map(|(n, _)| *n);
            let hint = match nearest(name, names.clone()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("choose of {}", names.collect::<Vec<_>>().join(", ")),
            };
            anyhow::bail!("there is no facet {name:?}; {hint}")
        }
    }
}

fn show(
    context: &Context,
    args: &SearchArgs,
    store: &Store,
    scope: Scope,
    node: &query::Node,
    answer: &Answer,
) -> anyhow::Result<()> {
    let format = context.format(args.format);
    let mut out = BufWriter::new(io::stdout().lock());
    if format == Format::Table {
        let ink = Ink { colour: context.colour, width: context.width };
        for hit in &answer.hits {
            if let Some(found) = Found::read(store, scope, &hit.id, &hit.doc_id)? {
                let document = &found.document;
                let shown = Shown { record: &found.record, document, wanted: &node.wanted() };
                writeln!(out, "{}", ink.entry(&shown))?;
                if let Some(line) = revised(&store.revisions(&document.doc_id)?) {
                    writeln!(out, "{}", wrap(&escape_line(&line), context.width, "    "))?;
                }
                writeln!(out)?;
            }
        }
        return Ok(out.flush()?);
    }
    let kind = match scope {
        Scope::Claims => RecordKind::Claim,
        Scope::Documents => RecordKind::Document,
        Scope::Rotations => RecordKind::Rotation,
    };
    // Claims and rotations carry what is needed to cite their document.
    let about: &[&str] = if kind == RecordKind::Document { &[] } else { &["title", "outlet", "published", "url"] };
    let look = Look { width: context.width, colour: false, markdown: format == Format::Md };
    let mut writer = Writer::new(out, format, &[kind], about, look, context.terminal)?;
    for hit in &answer.hits {
        let Some(found) = Found::read(store, scope, &hit.id, &hit.doc_id)? else { continue };
        let d = &found.document;
        let url = d.canonical_url.as_deref().or(d.url.as_deref());
        let values = [
            ("title", d.title.as_deref()),
            ("outlet", d.outlet.as_deref()),
            ("published", d.published.as_deref()),
            ("url", url),
        ];
        let extra = if about.is_empty() { &[][..] } else { &values[..] };
        writer.write(Writer::<Vec<u8>>::ready(format, found.record, extra)?)?;
    }
    writer.finish()?;
    Ok(())
}

/// How often a page was published again, and what last changed in its figures.
fn revised(revisions: &[Revision]) -> Option<String> {
    let last = revisions.last()?;
    let list = |what: &str, figures: &[Figure]| {
        let shown: Vec<String> = figures.iter().take(5).map(Figure::to_string).collect();
        (!shown.is_empty()).then(|| format!("{what} {}", shown.join(", ")))
    };
    let changes: Vec<String> = [list("gone", &last.gone), list("new", &last.came)].into_iter().flatten().collect();
    let changes = if changes.is_empty() { "no figure changed".to_string() } else { changes.join("; ") };
    let times = if revisions.len() == 1 { "once".to_string() } else { format!("{} times", revisions.len()) };
    Some(format!("published again with changes {times}: {changes}"))
}

/// A hit with its document, as the store has them.
struct Found {
    record: Record,
    document: crate::model::Document,
}

impl Found {
    /// `None` where the store has changed since the index was written.
    fn read(store: &Store, scope: Scope, id: &str, doc_id: &str) -> Result<Option<Self>, StoreError> {
        let Some(document) = store.document(doc_id)? else { return Ok(None) };
        let record = match scope {
            Scope::Claims => store.claim(id)?.map(|c| Record::Claim(Box::new(c))),
            Scope::Rotations => store.rotation(id)?.map(|r| Record::Rotation(Box::new(r))),
            Scope::Documents => Some(Record::Document(Box::new(document.clone()))),
        };
        Ok(record.map(|record| Self { record, document }))
    }
}

fn show_facets(context: &Context, format: Option<Format>, answer: &Answer) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match context.format(format) {
        format @ (Format::Table | Format::Md) => {
            let look = Look { width: context.width, colour: context.colour, markdown: format == Format::Md };
            for (name, values) in &answer.facets {
                let rows = values.iter().map(|(value, count)| vec![value.clone(), count.to_string()]);
                writeln!(out, "{}\n", look.table(&[name, "count"], rows))?;
            }
        }
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(&mut out);
            csv.write_record(["facet", "value", "count"])?;
            for (name, values) in &answer.facets {
                for (value, count) in values {
                    csv.write_record([name, value.as_str(), &count.to_string()])?;
                }
            }
            csv.flush()?;
        }
        format => {
            let rows = answer.facets.iter().flat_map(|(name, values)| {
                values.iter().map(move |(v, c)| json!({"facet": name, "value": v, "count": c}))
            });
            if format == Format::Json {
                writeln!(out, "{}", serde_json::to_string_pretty(&rows.collect::<Vec<_>>())?)?;
            } else {
                for row in rows {
                    writeln!(out, "{row}")?;
                }
            }
        }
    }
    Ok(out.flush()?)
}
