//! Copies: which earlier document a text repeats, by signatures cut in bands.
//!
//! Two texts share a band with near certainty when most of their four-word
//! runs are the same; the share of equal signature places then decides.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Transaction};

use crate::model::Document;

/// Places of a signature in one band.
const BAND: usize = 3;

/// Least share of equal places for a copy, in expectation.
const ALIKE: f64 = 0.5;

/// Originals looked at in one band: a band that many share says little.
const FIRST: i64 = 16;

/// The first stored document that `document` repeats.
pub(super) fn find(
    tx: &Transaction<'_>,
    number: i64,
    document: &Document,
    signature: &[u32],
) -> rusqlite::Result<Option<String>> {
    if document.text.is_empty() {
        return Ok(None);
    }
    let exact: Option<String> = tx
        .prepare_cached("SELECT doc_id FROM documents WHERE content_hash = ?1 AND number < ?2 ORDER BY number LIMIT 1")?
        .query_row((&document.content_hash, number), |r| r.get(0))
        .optional()?;
    if exact.is_some() || signature.is_empty() {
        return match exact {
            Some(found) => first_of(tx, found).map(Some),
            None => Ok(None),
        };
    }
    let mut shared: BTreeMap<(i64, String), usize> = BTreeMap::new();
    let mut query = tx.prepare_cached(
        "SELECT number, doc_id FROM bands WHERE band = ?1 AND copy = 0 AND number < ?2 ORDER BY number LIMIT ?3",
    )?;
    for band in bands(signature) {
        for row in query.query_map((band, number, FIRST), |r| Ok((r.get(0)?, r.get(1)?)))? {
            *shared.entry(row?).or_default() += 1;
        }
    }
    let needed = needed(signature.len() / BAND);
    match shared.into_iter().find(|(_, n)| *n as f64 >= needed) {
        Some(((_, found), _)) => first_of(tx, found).map(Some),
        None => Ok(None),
    }
}

/// Bands two texts must share to be copies: with a share s of equal places a
/// band of three is equal with s³.
fn needed(bands: usize) -> f64 {
    ALIKE.powi(BAND as i32) * bands as f64
}

/// Frees the copies of a document that has changed so much, or is gone, that
/// they repeat it no longer.
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
    for copy in freed {
        tx.prepare_cached(
            "UPDATE documents SET duplicate_of = NULL, record = json_set(record, '$.duplicate_of', NULL),
                 revision = revision + 1, indexed = NULL WHERE doc_id = ?1",
        )?
        .execute([&copy])?;
        tx.prepare_cached("UPDATE bands SET copy = 0 WHERE doc_id = ?1")?.execute([&copy])?;
    }
    Ok(())
}

/// A copy of a copy repeats the original.
fn first_of(tx: &Transaction<'_>, doc_id: String) -> rusqlite::Result<String> {
    let first: Option<Option<String>> = tx
        .prepare_cached("SELECT duplicate_of FROM documents WHERE doc_id = ?1")?
        .query_row([&doc_id], |r| r.get(0))
        .optional()?;
    Ok(first.flatten().unwrap_or(doc_id))
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
