//! Copies: which earlier document a text repeats, by signatures cut in bands.
//!
//! Two texts share a band with near certainty when most of their four-word
//! runs are the same; the share of equal signature places then decides. Only
//! originals stand in the table of bands; a copy keeps its own beside its
//! records, for the day it is freed.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Transaction};

use crate::model::Document;

/// Places of a signature in one band.
const BAND: usize = 3;

/// Least share of equal places for a copy, in expectation.
const ALIKE: f64 = 0.5;

/// Originals looked at in one band: a band that many share says little.
const FIRST: i64 = 16;

/// The first stored document that `document`, which has or gets `number`, repeats.
pub(super) fn find(
    tx: &Transaction<'_>,
    number: i64,
    document: &Document,
    bands: &[i64],
) -> rusqlite::Result<Option<String>> {
    if document.text.is_empty() {
        return Ok(None);
    }
    let exact: Option<i64> = tx
        .prepare_cached("SELECT number FROM documents WHERE content_hash = ?1 AND number < ?2 ORDER BY number LIMIT 1")?
        .query_row((&document.content_hash, number), |r| r.get(0))
        .optional()?;
    if let Some(found) = exact {
        return first_of(tx, found);
    }
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    let mut query =
        tx.prepare_cached("SELECT number FROM bands WHERE band = ?1 AND number < ?2 ORDER BY number LIMIT ?3")?;
    for band in bands {
        let mut rows = query.query((band, number, FIRST))?;
        while let Some(row) = rows.next()? {
            *shared.entry(row.get(0)?).or_default() += 1;
        }
    }
    let needed = needed(bands.len());
    match shared.into_iter().find(|(_, n)| *n as f64 >= needed) {
        Some((found, _)) => first_of(tx, found),
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
pub(super) fn release(tx: &Transaction<'_>, doc_id: &str, content_hash: &str, bands: &[i64]) -> rusqlite::Result<()> {
    let mut query = tx.prepare_cached(
        "SELECT number, bands FROM documents JOIN records USING(number) WHERE duplicate_of = ?1 AND content_hash <> ?2",
    )?;
    let rows = query.query_map([doc_id, content_hash], |r| Ok((r.get(0)?, of_blob(&r.get::<_, Vec<u8>>(1)?))))?;
    let copies: Vec<(i64, Vec<i64>)> = rows.collect::<Result<_, _>>()?;
    let needed = needed(bands.len()).max(1.0);
    for (number, own) in copies {
        let shared = own.iter().filter(|b| bands.contains(b)).count();
        if shared as f64 >= needed {
            continue;
        }
        tx.prepare_cached(
            "UPDATE documents SET duplicate_of = NULL, revision = revision + 1, indexed = NULL WHERE number = ?1",
        )?
        .execute([number])?;
        remember(tx, number, &own)?;
    }
    Ok(())
}

/// A copy of a copy repeats the original.
fn first_of(tx: &Transaction<'_>, number: i64) -> rusqlite::Result<Option<String>> {
    tx.prepare_cached("SELECT coalesce(duplicate_of, doc_id) FROM documents WHERE number = ?1")?
        .query_row([number], |r| r.get(0))
        .optional()
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
