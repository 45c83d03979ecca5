//! Copies: which earlier document a text repeats, by signatures cut in bands.
//!
//! Two texts share a band with near certainty when most of their four-word
//! runs are the same; the share of equal signature places then decides. The
//! earliest text is the original: by publication, or else by when it came.
//! Copies stay documents of their own, with their own outlet.

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
pub(super) fn find(tx: &Transaction<'_>, document: &Document, signature: &[u32]) -> rusqlite::Result<Option<Original>> {
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
    let mut shared: BTreeMap<(i64, String), usize> = BTreeMap::new();
    let mut query =
        tx.prepare_cached("SELECT number, doc_id FROM bands WHERE band = ?1 AND copy = 0 ORDER BY number LIMIT ?2")?;
    for band in bands(signature) {
        for row in query.query_map((band, FIRST), |r| Ok((r.get(0)?, r.get(1)?)))? {
            *shared.entry(row?).or_default() += 1;
        }
    }
    let needed = needed(signature.len() / BAND);
    match shared.into_iter().find(|((_, found), n)| *n as f64 >= needed && found != own) {
        Some(((_, found), _)) => original(tx, &found),
        None => Ok(None),
    }
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
        "UPDATE documents SET duplicate_of = ?2, record = json_set(record, '$.duplicate_of', ?2),
             revision = revision + 1, indexed = NULL
         WHERE (doc_id = ?1 OR duplicate_of = ?1) AND doc_id <> ?2 AND duplicate_of IS NOT ?2",
    )?
    .execute([from, to])?;
    tx.prepare_cached("UPDATE bands SET copy = 1 WHERE doc_id = ?1")?.execute([from])?;
    Ok(())
}

/// Bands two texts must share to be copies: with a share s of equal places a
/// band of three is equal with s³.
fn needed(bands: usize) -> f64 {
    ALIKE.powi(BAND as i32) * bands as f64
}

/// Frees the copies of a document that has changed so much, or is gone, that
/// they repeat it no longer. The earliest of them is the original of the others.
pub(super) fn release(
    tx: &Transaction<'_>,
    doc_id: &str,
    content_hash: &str,
    signature: &[u32],
) -> rusqlite::Result<()> {
    let mut query = tx.prepare_cached(
        "SELECT doc_id FROM documents WHERE duplicate_of = ?1 AND content_hash <> ?2 AND ?3 > (
             SELECT count(*) FROM bands a JOIN bands b USING(band) WHERE a.doc_id = ?1 AND b.doc_id = documents.doc_id)",
    )?;
    let rows = query.query_map((doc_id, content_hash, needed(signature.len() / BAND).max(1.0)), |r| r.get(0))?;
    let freed: Vec<String> = rows.collect::<Result<_, _>>()?;
    for copy in &freed {
        tx.prepare_cached(
            "UPDATE documents SET duplicate_of = NULL, record = json_set(record, '$.duplicate_of', NULL),
                 revision = revision + 1, indexed = NULL WHERE doc_id = ?1",
        )?
        .execute([copy])?;
        tx.prepare_cached("UPDATE bands SET copy = 0 WHERE doc_id = ?1")?.execute([copy])?;
    }
    regroup(tx, &freed)
}

/// Groups documents that repeated the same one around the earliest of them.
fn regroup(tx: &Transaction<'_>, freed: &[String]) -> rusqlite::Result<()> {
    let found = freed.iter().map(|f| original(tx, f)).collect::<rusqlite::Result<Vec<_>>>()?;
    let found: Vec<Original> = found.into_iter().flatten().collect();
    // Without dates the order has cycles, so nothing is sorted by it.
    let before = |a: &Original, b: &Original| {
        compare(a.published.as_deref(), b.published.as_deref()).then_with(|| a.number.cmp(&b.number)).is_lt()
    };
    let Some(earliest) = found.iter().reduce(|a, b| if before(b, a) { b } else { a }) else { return Ok(()) };
    let mut alike = tx.prepare_cached(
        "SELECT (SELECT content_hash FROM documents WHERE doc_id = ?1) = (SELECT content_hash FROM documents WHERE doc_id = ?2),
             (SELECT count(*) FROM bands a JOIN bands b USING(band) WHERE a.doc_id = ?1 AND b.doc_id = ?2),
             (SELECT count(*) FROM bands WHERE doc_id = ?1)",
    )?;
    for other in found.iter().filter(|o| o.doc_id != earliest.doc_id) {
        let (same, shared, bands) = alike.query_row([&earliest.doc_id, &other.doc_id], |r| {
            Ok((r.get::<_, bool>(0)?, r.get::<_, f64>(1)?, r.get::<_, i64>(2)?))
        })?;
        if same || (bands > 0 && shared >= needed(bands as usize)) {
            hand_over(tx, &other.doc_id, &earliest.doc_id)?;
        }
    }
    Ok(())
}

/// Stores the bands of a document's signature.
pub(super) fn remember(
    tx: &Transaction<'_>,
    doc_id: &str,
    number: i64,
    copy: bool,
    signature: &[u32],
) -> rusqlite::Result<()> {
    let mut put =
        tx.prepare_cached("INSERT OR IGNORE INTO bands(band, copy, number, doc_id) VALUES (?1, ?2, ?3, ?4)")?;
    for band in bands(signature) {
        put.execute((band, copy, number, doc_id))?;
    }
    Ok(())
}

/// Each band as one number, its place in the signature included.
fn bands(signature: &[u32]) -> impl Iterator<Item = i64> + '_ {
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
