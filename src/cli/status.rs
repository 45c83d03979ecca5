//! `status`: counts of store, archive and index.

use std::io::{self, Write};
use std::path::Path;

use serde_json::json;

use super::args::Format;
use super::context::Context;
use super::exit::Exit;
use super::output::Look;
use crate::archive;
use crate::index::{Question, Scope, SearchIndex, Sort, query};

/// Runs it.
pub fn run(context: &Context, format: Option<Format>) -> anyhow::Result<Exit> {
    let store = context.store()?;
    let counts = store.counts()?;
    let runs = store.runs(5)?;
    let frontier = store.frontier_counts()?;
    let archive = context.settings.corpus.value.join(archive::FOLDER);
    let (files, bytes) = folder_size(&archive);
    let index = match index_counts(&context.settings.index.value) {
        Ok(counts) => counts,
        Err(e) => {
            context.complain(&e.to_string());
            [None; 3]
        }
    };
    let format = context.format(format);
    let mut out = io::stdout().lock();
    if matches!(format, Format::Json | Format::Jsonl) {
        let runs: Vec<_> = runs
            .iter()
            .map(|r| {
                let counts: serde_json::Value = serde_json::from_str(&r.counts).unwrap_or_default();
                json!({"id": r.id, "command": r.command, "started": r.started, "finished": r.finished, "counts": counts})
            })
            .collect();
        let all = json!({
            "store": counts,
            "archive": {"files": files, "bytes": bytes},
            "index": {"documents": index[0], "claims": index[1], "rotations": index[2]},
            "frontier": frontier.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
            "runs": runs,
        });
        let text = if format == Format::Json { serde_json::to_string_pretty(&all)? } else { all.to_string() };
        writeln!(out, "{text}")?;
        return Ok(Exit::Fine);
    }
    if format == Format::Csv {
        let rows = flat(&json!({
            "store": counts,
            "archive": {"files": files, "bytes": bytes},
            "index": {"documents": index[0], "claims": index[1], "rotations": index[2]},
            "frontier": frontier.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        }));
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(["part", "count", "value"])?;
        rows.iter().try_for_each(|row| csv.write_record(row))?;
        csv.flush()?;
        return Ok(Exit::Fine);
    }
    let number = |n: Option<u64>| n.map_or("?".to_string(), |n| n.to_string());
    let rows = [
        ("documents", counts.documents.to_string(), number(index[0])),
        ("  that repeat another", counts.copies.to_string(), String::new()),
        ("  without a date", counts.undated.to_string(), String::new()),
        ("  published again with changes", counts.revised.to_string(), String::new()),
        ("claims", counts.claims.to_string(), number(index[1])),
        ("rotations", counts.rotations.to_string(), number(index[2])),
        ("mentions", counts.mentions.to_string(), String::new()),
        ("captures in the archive", counts.pages.to_string(), String::new()),
    ];
    let look = Look { width: context.width, colour: context.colour, markdown: format == Format::Md };
    writeln!(out, "{}", look.table(&["", "stored", "indexed"], rows.map(|(a, b, c)| vec![a.to_string(), b, c])))?;
    writeln!(out, "archive: {files} files, {bytes} bytes")?;
    if !frontier.is_empty() {
        let states: Vec<String> = frontier.iter().map(|(state, n)| format!("{n} {state}")).collect();
        writeln!(out, "addresses of crawls: {}", states.join(", "))?;
    }
    if counts.unindexed > 0 {
        writeln!(out, "{} documents are not indexed yet; run `tapecheck index rebuild`", counts.unindexed)?;
    }
    for run in runs {
        let end = run.finished.unwrap_or_else(|| "not finished".to_string());
        writeln!(out, "run {}: {}, {} to {end}", run.id, run.command, run.started)?;
    }
    Ok(Exit::Fine)
}

/// Counts as rows: part, name, value.
fn flat(all: &serde_json::Value) -> Vec<[String; 3]> {
    let parts = all.as_object().into_iter().flatten();
    parts
        .flat_map(|(part, counts)| {
            let counts = counts.as_object().into_iter().flatten();
            counts.map(move |(name, value)| {
                let value = if value.is_null() { String::new() } else { value.to_string() };
                [part.clone(), name.clone(), value]
            })
        })
        .collect()
}

fn folder_size(folder: &Path) -> (u64, u64) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|e| e.metadata().ok()).filter(|m| m.is_file()).fold((0, 0), |(n, b), m| (n + 1, b + m.len()))
}

fn index_counts(path: &Path) -> Result<[Option<u64>; 3], crate::index::IndexError> {
    let index = SearchIndex::open(path)?;
    let mut counts = [None; 3];
    for (count, scope) in counts.iter_mut().zip([Scope::Documents, Scope::Claims, Scope::Rotations]) {
        let question = Question {
            query: &query::Node::All,
            scope,
            sort: Sort::Relevance,
            limit: 0,
            offset: 0,
            facets: Vec::new(),
        };
        *count = Some(index.search(&question)?.total as u64);
    }
    Ok(counts)
}
