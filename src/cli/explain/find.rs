//! Finding what is to be explained: in the store by id, or in a file by place.

use std::path::Path;

use super::super::context::Context;
use super::super::extract::check_date;
use super::super::output::Record;
use super::Subject;
use crate::index::nearest;
use crate::pipeline::process;
use crate::sources::{Entry, inputs};
use crate::store::Store;

/// Fewest characters of an id that are looked up.
const SHORTEST: usize = 4;

/// Ids that are named where several begin alike.
const NAMED: usize = 5;

/// Ids among which the nearest to a mistyped one is sought.
const SOUGHT: usize = 200_000;

/// The record of an id, or of the one id that begins so. Says why there is none.
pub fn in_store(context: &Context, typed: &str) -> anyhow::Result<Option<Subject>> {
    let store = context.store()?;
    let id = typed.to_ascii_lowercase();
    if let Some(found) = record(&store, &id)? {
        return Ok(Some(found));
    }
    anyhow::ensure!(
        id.chars().count() >= SHORTEST,
        "{typed:?} is too short; write at least {SHORTEST} characters of the id"
    );
    let begin = store.ids(&id, NAMED + 1)?;
    match begin.as_slice() {
        [] => context.complain(&unknown(&store, typed, &id)?),
        [one] => return record(&store, one),
        many => {
            context.complain(&format!("several ids begin with {typed}; write more of it:"));
            for id in many.iter().take(NAMED) {
                if let Some(found) = record(&store, id)? {
                    context.complain(&format!("  {id}  {}", words(&found.record)));
                }
            }
            if many.len() > NAMED {
                context.complain("  and others");
            }
        }
    }
    Ok(None)
}

fn record(store: &Store, id: &str) -> anyhow::Result<Option<Subject>> {
    let record = match store.claim(id)? {
        Some(claim) => Record::Claim(Box::new(claim)),
        None => match store.rotation(id)? {
            Some(rotation) => Record::Rotation(Box::new(rotation)),
            None => return Ok(None),
        },
    };
    let doc_id = match &record {
        Record::Claim(claim) => &claim.doc_id,
        Record::Rotation(rotation) => &rotation.doc_id,
        Record::Document(_) | Record::Mention(_) | Record::Fact(_) => return Ok(None),
    };
    let document = store.document(doc_id)?.unwrap_or_default();
    Ok(Some(Subject { record, document }))
}

/// The figure, or the words of a rotation.
fn words(record: &Record) -> &str {
    match record {
        Record::Claim(claim) => &claim.figure_text,
        Record::Rotation(rotation) => &rotation.trigger_text,
        Record::Document(_) | Record::Mention(_) | Record::Fact(_) => "",
    }
}

/// What to say of an id that is not there.
fn unknown(store: &Store, typed: &str, id: &str) -> anyhow::Result<String> {
    if store.document(typed)?.is_some() {
        return Ok(format!("{typed} is a document; `tapecheck search 'doc:{typed}'` lists its claims"));
    }
    if id.contains('.') {
        let known = crate::extract::rules::rules().map(|r| r.id);
        let hint = nearest(id, known).map_or(String::new(), |n| format!("; did you mean {n}?"));
        return Ok(format!("there is no rule {typed:?}{hint}"));
    }
    let ids = store.ids("", SOUGHT)?;
    let hint = nearest(id, ids.iter().map(String::as_str));
    let hint = hint
        .map_or("; `tapecheck search` shows the ids of what it finds".to_string(), |n| format!("; did you mean {n}?"));
    Ok(format!("there is no claim or rotation {typed:?}{hint}"))
}

/// A figure of a file, counted from 1.
pub fn in_file(
    context: &Context,
    file: &Path,
    number: usize,
    published: Option<&str>,
) -> anyhow::Result<Option<Subject>> {
    if let Some(date) = published {
        check_date(date)?;
    }
    let lexicon = context.lexicon()?;
    let mut count = 0;
    for input in inputs(&[file.to_path_buf()], Entry::Auto, context.limits()) {
        let mut item = input?.read(context.limits())?;
        if item.known.published.is_none() {
            item.known.published = published.map(str::to_string);
        }
        let done = process(&item, &lexicon);
        let before = count;
        count += done.extraction.claims.len();
        let place = number.checked_sub(before + 1);
        if let Some(claim) = place.and_then(|n| done.extraction.claims.into_iter().nth(n)) {
            return Ok(Some(Subject { record: Record::Claim(Box::new(claim)), document: done.document }));
        }
    }
    context.complain(&format!("{} has {count} figures; there is no number {number}", file.display()));
    Ok(None)
}
