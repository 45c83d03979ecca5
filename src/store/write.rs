//! Writing: what inputs led to, many at a time, each batch whole or not at all.

use std::path::Path;

use rusqlite::{OptionalExtension, Transaction, params};

use super::error::{Doing, StoreError};
use super::pack::{Packed, Records, ids, unpack};
use super::read::PageRef;
use super::revisions::Earlier;
use super::{Store, duplicates};
use crate::model::{ArchiveRef, Document};

/// What one input led to, its records packed: making it costs more than
/// storing it, and can be done on all cores.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The input, the same however its path is written.
    pub uri: String,
    /// Names the capture: input, bytes and what was known beside them.
    pub key: String,
    /// Where the capture is archived.
    pub page: PageRef,
    /// The document; which other it repeats is known once it is stored.
    pub document: Document,
    /// How many claims there are.
    pub claims: usize,
    /// How many rotations.
    pub rotations: usize,
    /// How many mentions.
    pub mentions: usize,
    packed: Packed,
}

impl Entry {
    /// Packs what an input led to; `signature` is that of the text, for finding
    /// copies, empty for none.
    ///
    /// # Errors
    /// When a record cannot be written as JSON.
    pub fn new(
        uri: String,
        key: String,
        page: PageRef,
        records: Records,
        signature: &[u32],
    ) -> Result<Self, StoreError> {
        let Records { mut document, claims, rotations, mentions } = records;
        let packed = Packed::of(&mut document, &claims, &rotations, &mentions, signature)
            .map_err(|source| StoreError::Unwritable { doc_id: document.doc_id.clone(), source })?;
        document.archive =
            Some(ArchiveRef { file: page.file.clone(), offset: page.start, digest: page.digest.clone() });
        let (claims, rotations, mentions) = (claims.len(), rotations.len(), mentions.len());
        Ok(Self { uri, key, page, document, claims, rotations, mentions, packed })
    }

    /// Its claims as JSON, one a line.
    pub(super) fn claim_lines(&self) -> serde_json::Result<Vec<String>> {
        let text = unpack(&self.packed.statements)?;
        Ok(text.lines().take(self.claims).map(str::to_string).collect())
    }

    /// About as many bytes as it takes in memory and in the store.
    pub fn size(&self) -> usize {
        let Packed { document, statements, ids, .. } = &self.packed;
        self.document.text.len() + document.len() + statements.len() + 8 * ids.len() + 1024
    }
}

/// What writing an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The document is new.
    Added,
    /// The document was there and has changed: its claims were replaced.
    Changed,
    /// The document was there from another input, and this one's replaced it.
    TakenOver,
    /// The document was there, the same.
    Same,
}

impl Store {
    /// Stores a batch in one transaction. Says for each entry what it did; the
    /// entry then knows which earlier document it repeats.
    ///
    /// # Errors
    /// When the store cannot be written; then nothing of the batch is stored.
    pub fn put(&mut self, entries: &mut [Entry], extractor: &str) -> Result<Vec<Outcome>, StoreError> {
        let path = self.path.clone();
        let tx = self.db.transaction().doing(&path)?;
        let outcomes = put_all(&tx, entries, extractor, &path)?;
        tx.commit().doing(&path)?;
        Ok(outcomes)
    }
}

/// Stores entries within a transaction.
pub(super) fn put_all(
    tx: &Transaction<'_>,
    entries: &mut [Entry],
    extractor: &str,
    path: &Path,
) -> Result<Vec<Outcome>, StoreError> {
    entries.iter_mut().map(|entry| put_one(tx, entry, extractor).doing(path)).collect()
}

fn put_one(tx: &Transaction<'_>, entry: &mut Entry, extractor: &str) -> rusqlite::Result<Outcome> {
    let Entry { uri, key, document, .. } = &*entry;
    put_page(tx, key, uri, &entry.page)?;
    let doc_id = document.doc_id.as_str();
    let before: Option<(String, String)> = tx
        .prepare_cached("SELECT doc_id, key FROM inputs WHERE uri = ?1")?
        .query_row([uri], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let earlier = match &before {
        Some((old, key)) => Earlier::of(tx, old, key, entry)?,
        None => None,
    };
    let before = before.map(|(old, _)| old);
    tx.prepare_cached("INSERT OR REPLACE INTO inputs(uri, key, extractor, doc_id) VALUES (?1, ?2, ?3, ?4)")?
        .execute([uri, key, extractor, doc_id])?;
    let there: Option<(String, i64, i64)> = tx
        .prepare_cached("SELECT fingerprint, revision, number FROM documents WHERE doc_id = ?1")?
        .query_row([doc_id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let own = before.as_deref() == Some(doc_id);
    let moved = match &before {
        Some(old) if !own => remove_orphan(tx, old)?,
        _ => false,
    };
    let outcome = match &there {
        None if moved => Outcome::Changed,
        None => Outcome::Added,
        Some((fingerprint, _, number)) if *fingerprint == entry.packed.fingerprint => {
            tx.prepare_cached("UPDATE documents SET extractor = ?2 WHERE number = ?1")?
                .execute(params![number, extractor])?;
            return Ok(Outcome::Same);
        }
        Some(_) if own => Outcome::Changed,
        Some(_) => Outcome::TakenOver,
    };
    if let Some(earlier) = earlier.filter(|_| own || moved) {
        earlier.remember(tx, entry)?;
    }
    let (revision, number) = match there {
        Some((_, revision, number)) => {
            remove(tx, number)?;
            (revision + 1, number)
        }
        None => {
            (1, tx.prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM documents")?.query_row([], |r| r.get(0))?)
        }
    };
    let original = duplicates::find(tx, document, &entry.packed.bands)?;
    // The earliest is the original.
    let later = match &original {
        Some(found) if duplicates::precedes(document, number, found) => {
            entry.document.duplicate_of = None;
            original.map(|o| o.doc_id)
        }
        found => {
            entry.document.duplicate_of = found.as_ref().map(|o| o.doc_id.clone());
            None
        }
    };
    insert(tx, entry, extractor, revision, number)?;
    let doc_id = &entry.document.doc_id;
    match (later, &entry.document.duplicate_of) {
        (Some(later), _) => duplicates::hand_over(tx, &later, doc_id)?,
        (None, Some(original)) if revision > 1 => duplicates::hand_over(tx, doc_id, original)?,
        _ => {}
    }
    Ok(outcome)
}

fn insert(tx: &Transaction<'_>, entry: &Entry, extractor: &str, revision: i64, number: i64) -> rusqlite::Result<()> {
    let Entry { document, packed, .. } = entry;
    tx.prepare_cached(
        "INSERT INTO documents(number, doc_id, fingerprint, extractor, revision, indexed, content_hash, published,
             fetched, duplicate_of, page, claims, rotations, mentions)
         VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        number,
        document.doc_id,
        packed.fingerprint,
        extractor,
        revision,
        document.content_hash,
        document.published,
        document.fetched,
        document.duplicate_of,
        entry.key,
        entry.claims as i64,
        entry.rotations as i64,
        entry.mentions as i64
    ])?;
    put_records(tx, number, packed)?;
    tx.prepare_cached("DELETE FROM removals WHERE doc_id = ?1")?.execute([&document.doc_id])?;
    if document.duplicate_of.is_none() {
        duplicates::remember(tx, number, &packed.bands)?;
    }
    if revision > 1 {
        duplicates::release(tx, &document.doc_id, &document.content_hash, &packed.bands)?;
    }
    Ok(())
}

/// The blocks of a document, and the ids to find its claims and rotations by.
pub(super) fn put_records(tx: &Transaction<'_>, number: i64, packed: &Packed) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT INTO records(number, document, statements, bands) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![number, packed.document, packed.statements, duplicates::to_blob(&packed.bands)])?;
    let mut put = tx.prepare_cached("INSERT OR IGNORE INTO ids(id, number) VALUES (?1, ?2)")?;
    for id in &packed.ids {
        put.execute((id, number))?;
    }
    Ok(())
}

/// Takes out a document with all that is stored of it.
fn remove(tx: &Transaction<'_>, number: i64) -> rusqlite::Result<()> {
    let (statements, bands): (Vec<u8>, Vec<u8>) = tx
        .prepare_cached("SELECT statements, bands FROM records WHERE number = ?1")?
        .query_row([number], |r| Ok((r.get(0)?, r.get(1)?)))?;
    // A damaged block must not keep its document from being replaced.
    for id in unpack(&statements).map(|text| ids(&text)).unwrap_or_default() {
        tx.prepare_cached("DELETE FROM ids WHERE id = ?1 AND number = ?2")?.execute([id, number])?;
    }
    duplicates::forget(tx, number, &duplicates::of_blob(&bands))?;
    tx.prepare_cached("DELETE FROM records WHERE number = ?1")?.execute([number])?;
    tx.prepare_cached("DELETE FROM documents WHERE number = ?1")?.execute([number])?;
    Ok(())
}

/// Removes a document that no input leads to any more.
fn remove_orphan(tx: &Transaction<'_>, doc_id: &str) -> rusqlite::Result<bool> {
    let used: bool = tx
        .prepare_cached("SELECT EXISTS(SELECT 1 FROM inputs WHERE doc_id = ?1)")?
        .query_row([doc_id], |r| r.get(0))?;
    let there: Option<i64> = tx
        .prepare_cached("SELECT number FROM documents WHERE doc_id = ?1")?
        .query_row([doc_id], |r| r.get(0))
        .optional()?;
    let Some(number) = there.filter(|_| !used) else { return Ok(false) };
    remove(tx, number)?;
    duplicates::release(tx, doc_id, "", &[])?;
    tx.prepare_cached("INSERT OR IGNORE INTO removals(doc_id) VALUES (?1)")?.execute([doc_id])?;
    Ok(true)
}

pub(super) fn put_page(tx: &Transaction<'_>, key: &str, uri: &str, page: &PageRef) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO pages(key, uri, digest, file, seen_start, seen_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![key, uri, page.digest, page.file, page.start as i64, page.end as i64])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::FILE;

    type Test = Result<(), Box<dyn std::error::Error>>;

    fn entry(uri: &str, doc_id: &str, text: &str) -> Entry {
        signed(uri, doc_id, text, &[])
    }

    fn signed(uri: &str, doc_id: &str, text: &str, signature: &[u32]) -> Entry {
        let page = PageRef { file: "a.warc.gz".into(), start: 0, end: 9, digest: "blake3:0".into() };
        let key = format!("{uri}/{text}");
        let text = text.to_string();
        let document = Document { doc_id: doc_id.into(), content_hash: text.clone(), text, ..Document::default() };
        match Entry::new(uri.into(), key, page, Records { document, ..Records::default() }, signature) {
            Ok(entry) => entry,
            Err(e) => unreachable!("{e}"),
        }
    }

    #[test]
    fn the_same_twice_changes_nothing_and_a_change_replaces() -> Test {
        let dir = tempfile::tempdir()?;
        let mut store = Store::open(&dir.path().join(FILE))?;
        let one = |s: &mut Store, e: Entry, v: &str| s.put(&mut [e], v).map(|o| o[0]);
        assert_eq!(one(&mut store, entry("a", "d1", "x"), "1")?, Outcome::Added);
        assert_eq!(one(&mut store, entry("a", "d1", "x"), "2")?, Outcome::Same);
        assert_eq!(store.input("a")?.map(|i| i.extractor).as_deref(), Some("2"));
        assert_eq!(one(&mut store, entry("a", "d1", "y"), "2")?, Outcome::Changed);
        assert_eq!(one(&mut store, entry("b", "d1", "z"), "2")?, Outcome::TakenOver);
        assert_eq!(store.document("d1")?.map(|d| d.text).as_deref(), Some("z"));
        // The input now holds another document: the old one goes when nothing else leads to it.
        assert_eq!(one(&mut store, entry("b", "d2", "w"), "2")?, Outcome::Added);
        assert_eq!(one(&mut store, entry("a", "d3", "v"), "2")?, Outcome::Changed);
        assert_eq!((store.counts()?.documents, store.document("d1")?), (2, None));
        assert_eq!(store.pending(9, 0)?.0.removals, ["d1"]);
        Ok(())
    }

    #[test]
    fn a_full_disk_loses_nothing_acknowledged() -> Test {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join(FILE);
        let mut store = Store::open(&path)?;
        store.put(&mut [entry("a", "d1", "first")], "1")?;
        let pages: i64 = store.db.pragma_query_value(None, "page_count", |r| r.get(0))?;
        store.db.pragma_update(None, "max_page_count", pages + 4)?;
        // Noise, which no compression makes small.
        let mut state = 1u64;
        let mut noise = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b' ' + (state >> 33) as u8 % 90)
        };
        let big: String = (0..100_000).map(|_| noise()).collect();
        let failed = store.put(&mut [entry("b", "d2", "second"), entry("c", "d3", &big)], "1");
        assert!(matches!(failed, Err(StoreError::Full { .. })), "{failed:?}");
        drop(store);
        let mut store = Store::open(&path)?;
        assert_eq!((store.document("d1")?.is_some(), store.document("d2")?.is_some()), (true, false));
        store.put(&mut [entry("b", "d2", "second"), entry("c", "d3", &big)], "1")?;
        assert_eq!(store.counts()?.documents, 3);
        Ok(())
    }

    #[test]
    fn a_read_only_store_says_so() -> Test {
        let dir = tempfile::tempdir()?;
        let mut store = Store::open(&dir.path().join(FILE))?;
        store.db.pragma_update(None, "query_only", "on")?;
        assert!(matches!(store.put(&mut [entry("a", "d1", "x")], "1"), Err(StoreError::ReadOnly { .. })));
        Ok(())
    }

    #[test]
    fn copies_are_grouped_and_freed() -> Test {
        let dir = tempfile::tempdir()?;
        let mut store = Store::open(&dir.path().join(FILE))?;
        let signed = |uri: &str, text: &str, seed: u32| signed(uri, uri, text, &(seed..seed + 126).collect::<Vec<_>>());
        let mut batch =
            [signed("a", "one", 0), signed("b", "one, edited", 0), signed("c", "other", 1000), signed("d", "one", 0)];
        store.put(&mut batch, "1")?;
        let copy = |s: &Store, id: &str| s.document(id).map(|d| d.and_then(|d| d.duplicate_of));
        assert_eq!([copy(&store, "a")?, copy(&store, "b")?, copy(&store, "c")?], [None, Some("a".into()), None]);
        assert_eq!(copy(&store, "d")?, Some("a".into()));
        store.put(&mut [signed("a", "all new", 5000)], "1")?;
        assert_eq!([copy(&store, "b")?, copy(&store, "d")?], [None, Some("b".into())]);
        Ok(())
    }
}
