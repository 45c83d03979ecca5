//! Copies: which earlier document a text repeats, by signatures cut in bands.
//!
//! Two texts share a band with near certainty when most of their four-word
//! runs are the same; the share of equal signature places then decides. The
//! earliest text is the original: by publication, or else by when it came.
//! Copies stay documents of their own, with their own outlet.
//!
//! Only originals stand in the table of bands; each document keeps its own
//! beside its records, for the day a copy becomes an original.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction};

use crate::model::Document;

/// Places of a signature in one band.
const BAND: usize = 3;

/// Least share of equal places for a copy, in expectation.
const ALIKE: f64 = 0.5;

/// Originals looked at in one band: a band that many share says little.
const FIRST: i64 = 16;

/// A document that another one may repeat.
#[derive(Debug)]
pub(super) struct Original {
    pub doc_id: String,
    published: Option<String>,
    number: i64,
}

/// The stored document that `document` repeats; not itself a copy.
pub(super) fn find(tx: &Transaction<'_>, document: &Document, bands: &[i64]) -> rusqlite::Result<Option<Original>> {
    if document.text.is_empty() {
        return Ok(None);
    }
    let own = &document.doc_id;
    let mut query = tx.prepare_cached(
        "SELECT coalesce(duplicate_of, doc_id) FROM documents WHERE content_hash = ?1 ORDER BY number LIMIT ?2",
    )?;
    for found in query.query_map((&document.content_hash, FIRST), |r| r.get::<_, String>(0))? {
        let found = found?;
        if found != *own
            && let Some(original) = original(tx, &found)?
        {
            return Ok(Some(original));
        }
    }
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    let mut query = tx.prepare_cached("SELECT number FROM bands WHERE band = ?1 ORDER BY number LIMIT ?2")?;
    for band in bands {
        let mut rows = query.query((band, FIRST))?;
        while let Some(row) = rows.next()? {
            *shared.entry(row.get(0)?).or_default() += 1;
        }
    }
    let needed = needed(bands.len());
    for (number, _) in shared.into_iter().filter(|(_, n)| *n as f64 >= needed) {
        let found = numbered(tx, number)?;
        if found.as_ref().is_some_and(|f| f.doc_id != *own) {
            return Ok(found);
        }
    }
    Ok(None)
}

fn numbered(tx: &Transaction<'_>, number: i64) -> rusqlite::Result<Option<Original>> {
    tx.prepare_cached("SELECT doc_id, published, number FROM documents WHERE number = ?1")?
        .query_row([number], |r| Ok(Original { doc_id: r.get(0)?, published: r.get(1)?, number: r.get(2)? }))
        .optional()
}

fn original(tx: &Transaction<'_>, doc_id: &str) -> rusqlite::Result<Option<Original>> {
    tx.prepare_cached("SELECT doc_id, published, number FROM documents WHERE doc_id = ?1")?
        .query_row([doc_id], |r| Ok(Original { doc_id: r.get(0)?, published: r.get(1)?, number: r.get(2)? }))
        .optional()
}

/// Whether a document is the original rather than the one it resembles: it
/// was published earlier, or else stored earlier.
pub(super) fn precedes(document: &Document, number: i64, other: &Original) -> bool {
    match compare(document.published.as_deref(), other.published.as_deref()) {
        Ordering::Less => true,
        Ordering::Equal => number < other.number,
        Ordering::Greater => false,
    }
}

/// Compares two dates; by the day where one has no time, equal where one is
/// not known.
fn compare(a: Option<&str>, b: Option<&str>) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else { return Ordering::Equal };
    match (a.parse::<Timestamp>(), b.parse::<Timestamp>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => match (a.get(..10), b.get(..10)) {
            (Some(a), Some(b)) => a.cmp(b),
            _ => Ordering::Equal,
        },
    }
}

/// Makes a document and its copies copies of another one.
pub(super) fn hand_over(tx: &Transaction<'_>, from: &str, to: &str) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE documents SET duplicate_of = ?2, revision = revision + 1, indexed = NULL
         WHERE (doc_id = ?1 OR duplicate_of = ?1) AND doc_id <> ?2 AND duplicate_of IS NOT ?2",
    )?
    .execute([from, to])?;
    if let Some(Original { number, .. }) = original(tx, from)? {
        forget(tx, number, &own(tx, number)?)?;
    }
    Ok(())
}

/// Bands two texts must share to be copies: with a share s of equal places a
/// band of three is equal with s³.
fn needed(bands: usize) -> f64 {
    ALIKE.powi(BAND as i32) * bands as f64
}

/// Frees the copies of a document that has changed so much, or is gone, that
/// they repeat it no longer. The earliest of them is the original of the others.
pub(super) fn release(tx: &Transaction<'_>, doc_id: &str, content_hash: &str, bands: &[i64]) -> rusqlite::Result<()> {
    let mut query = tx.prepare_cached(
        "SELECT doc_id, published, number FROM documents WHERE duplicate_of = ?1 AND content_hash <> ?2 ORDER BY number",
    )?;
    let rows = query.query_map([doc_id, content_hash], |r| {
        Ok(Original { doc_id: r.get(0)?, published: r.get(1)?, number: r.get(2)? })
    })?;
    let mut freed = Vec::new();
    for copy in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        let own = own(tx, copy.number)?;
        if shared(&own, bands) as f64 >= needed(bands.len()).max(1.0) {
            continue;
        }
        tx.prepare_cached(
            "UPDATE documents SET duplicate_of = NULL, revision = revision + 1, indexed = NULL WHERE number = ?1",
        )?
        .execute([copy.number])?;
        remember(tx, copy.number, &own)?;
        freed.push(copy);
    }
    regroup(tx, &freed)
}

/// Groups documents that repeated the same one around the earliest of them.
fn regroup(tx: &Transaction<'_>, freed: &[Original]) -> rusqlite::Result<()> {
    // Without dates the order has cycles, so nothing is sorted by it.
    let before = |a: &Original, b: &Original| {
        compare(a.published.as_deref(), b.published.as_deref()).then_with(|| a.number.cmp(&b.number)).is_lt()
    };
    let Some(earliest) = freed.iter().reduce(|a, b| if before(b, a) { b } else { a }) else { return Ok(()) };
    let text = |number: i64| -> rusqlite::Result<String> {
        tx.prepare_cached("SELECT content_hash FROM documents WHERE number = ?1")?.query_row([number], |r| r.get(0))
    };
    let (bands, hash) = (own(tx, earliest.number)?, text(earliest.number)?);
    for other in freed.iter().filter(|o| o.number != earliest.number) {
        let alike = !bands.is_empty() && shared(&own(tx, other.number)?, &bands) as f64 >= needed(bands.len());
        if alike || text(other.number)? == hash {
            hand_over(tx, &other.doc_id, &earliest.doc_id)?;
        }
    }
    Ok(())
}

/// How many bands two documents share.
fn shared(a: &[i64], b: &[i64]) -> usize {
    a.iter().filter(|band| b.contains(band)).count()
}

/// The bands of a stored document.
fn own(tx: &Transaction<'_>, number: i64) -> rusqlite::Result<Vec<i64>> {
    tx.prepare_cached("SELECT bands FROM records WHERE number = ?1")?
        .query_row([number], |r| r.get::<_, Vec<u8>>(0))
        .map(|blob| of_blob(&blob))
}

/// Puts an original's bands into the table.
pub(super) fn remember(tx: &Transaction<'_>, number: i64, bands: &[i64]) -> rusqlite::Result<()> {
    let mut put = tx.prepare_cached("INSERT OR IGNORE INTO bands(band, number) VALUES (?1, ?2)")?;
    for band in bands {
        put.execute((band, number))?;
    }
    Ok(())
}

/// Takes a document's bands out of the table.
pub(super) fn forget(tx: &Transaction<'_>, number: i64, bands: &[i64]) -> rusqlite::Result<()> {
    let mut delete = tx.prepare_cached("DELETE FROM bands WHERE band = ?1 AND number = ?2")?;
    for band in bands {
        delete.execute((band, number))?;
    }
    Ok(())
}

/// Each band of a signature as one number, its place included.
pub(super) fn bands(signature: &[u32]) -> impl Iterator<Item = i64> + '_ {
    signature.chunks_exact(BAND).zip(0u32..).map(|(places, at)| {
        let mut hash = blake3::Hasher::new();
        hash.update(&at.to_le_bytes());
        for place in places {
            hash.update(&place.to_le_bytes());
        }
        let bytes = hash.finalize();
        let mut first = [0u8; 8];
        first.copy_from_slice(&bytes.as_bytes()[..8]);
        i64::from_le_bytes(first)
    })
}

/// Bands as they stand beside the records.
pub(super) fn to_blob(bands: &[i64]) -> Vec<u8> {
    bands.iter().flat_map(|b| b.to_le_bytes()).collect()
}

/// Bands read back.
pub(super) fn of_blob(blob: &[u8]) -> Vec<i64> {
    blob.as_chunks::<8>().0.iter().map(|b| i64::from_le_bytes(*b)).collect()
}
