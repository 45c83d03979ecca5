//! Writing: what inputs led to, many at a time, each batch whole or not at all.

use rusqlite::{OptionalExtension, Transaction, params};

use super::error::{Doing, StoreError};
use super::read::PageRef;
use super::revisions::Earlier;
use super::{Store, duplicates};
use crate::model::{Claim, Document, Mention, Rotation};

/// What one input led to.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The input, the same however its path is written.
    pub uri: String,
    /// Names the capture: input, bytes and what was known beside them.
    pub key: String,
    /// Where the capture is archived.
    pub page: PageRef,
    /// The document.
    pub document: Document,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// Its rotations.
    pub rotations: Vec<Rotation>,
    /// Its mentions.
    pub mentions: Vec<Mention>,
    /// Signature of its text, for finding copies; empty for none.
    pub signature: Vec<u32>,
    /// Its records as they are stored; made by [`Self::print`], or else when it
    /// is stored.
    pub(crate) prints: Option<Prints>,
}

impl Entry {
    /// Writes the records out ahead, so that this work need not wait for the one
    /// thread that stores. To be called when nothing changes any more.
    pub fn print(&mut self) {
        // What cannot be written is told when it is stored.
        self.prints = Prints::of(self).ok();
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
    /// Stores a batch in one transaction. Says for each entry what it did and,
    /// where its text repeats an earlier document's, which.
    ///
    /// # Errors
    /// When the store cannot be written; then nothing of the batch is stored.
    pub fn put(&mut self, entries: &mut [Entry], extractor: &str) -> Result<Vec<Outcome>, StoreError> {
        let path = self.path.clone();
        let tx = self.db.transaction().doing(&path)?;
        let mut outcomes = Vec::with_capacity(entries.len());
        for entry in entries {
            let prints = match entry.prints.take() {
                Some(prints) => prints,
                None => Prints::of(entry).doing(&path)?,
            };
            outcomes.push(put_one(&tx, entry, &prints, extractor).doing(&path)?);
        }
        tx.commit().doing(&path)?;
        Ok(outcomes)
    }

    /// Remembers captures that are in the archive though nothing was stored of
    /// them yet (the program was ended in between).
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn remember_pages(&mut self, pages: &[(String, String, PageRef)]) -> Result<(), StoreError> {
        let path = self.path.clone();
        let tx = self.db.transaction().doing(&path)?;
        for (key, uri, page) in pages {
            put_page(&tx, key, uri, page).doing(&path)?;
        }
        tx.commit().doing(&path)
    }
}

/// The records as stored, and a hash over all that matters of them.
#[derive(Clone, Debug)]
pub(crate) struct Prints {
    claims: Vec<String>,
    rotations: Vec<String>,
    mentions: Vec<String>,
    fingerprint: String,
}

impl Prints {
    fn of(entry: &Entry) -> serde_json::Result<Self> {
        let claims = entry.claims.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        let rotations = entry.rotations.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        let mentions = entry.mentions.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        // Where and when it was seen does not make it another document.
        let bare = Document { archive: None, fetched: None, duplicate_of: None, ..entry.document.clone() };
        let mut hash = blake3::Hasher::new();
        hash.update(serde_json::to_string(&bare)?.as_bytes());
        for record in claims.iter().chain(&rotations).chain(&mentions) {
            hash.update(b"\n").update(record.as_bytes());
        }
        Ok(Self { claims, rotations, mentions, fingerprint: hash.finalize().to_hex()[..32].to_string() })
    }
}

fn put_one(tx: &Transaction<'_>, entry: &mut Entry, prints: &Prints, extractor: &str) -> rusqlite::Result<Outcome> {
    put_page(tx, &entry.key, &entry.uri, &entry.page)?;
    let doc_id = entry.document.doc_id.clone();
    let before: Option<(String, String)> = tx
        .prepare_cached("SELECT doc_id, key FROM inputs WHERE uri = ?1")?
        .query_row([&entry.uri], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let earlier = match &before {
        Some((old, key)) => Earlier::of(tx, old, key, entry)?,
        None => None,
    };
    let before = before.map(|(old, _)| old);
    tx.prepare_cached("INSERT OR REPLACE INTO inputs(uri, key, extractor, doc_id) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![entry.uri, entry.key, extractor, doc_id])?;
    let there: Option<(String, i64, i64)> = tx
        .prepare_cached("SELECT fingerprint, revision, number FROM documents WHERE doc_id = ?1")?
        .query_row([&doc_id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let own = before.as_deref() == Some(doc_id.as_str());
    let moved = match &before {
        Some(old) if !own => remove_orphan(tx, old)?,
        _ => false,
    };
    let outcome = match &there {
        None if moved => Outcome::Changed,
        None => Outcome::Added,
        Some((fingerprint, ..)) if *fingerprint == prints.fingerprint => {
            tx.prepare_cached("UPDATE documents SET extractor = ?2 WHERE doc_id = ?1")?
                .execute([doc_id.as_str(), extractor])?;
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
            tx.prepare_cached("DELETE FROM documents WHERE doc_id = ?1")?.execute([&doc_id])?;
            (revision + 1, number)
        }
        None => {
            (1, tx.prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM documents")?.query_row([], |r| r.get(0))?)
        }
    };
    let original = duplicates::find(tx, &entry.document, &entry.signature)?;
    // The earliest is the original.
    let later = match &original {
        Some(found) if duplicates::precedes(&entry.document, number, found) => {
            entry.document.duplicate_of = None;
            original.map(|o| o.doc_id)
        }
        found => {
            entry.document.duplicate_of = found.as_ref().map(|o| o.doc_id.clone());
            None
        }
    };
    insert(tx, entry, prints, extractor, revision, number)?;
    match (later, &entry.document.duplicate_of) {
        (Some(later), _) => duplicates::hand_over(tx, &later, &doc_id)?,
        (None, Some(original)) if revision > 1 => duplicates::hand_over(tx, &doc_id, original)?,
        _ => {}
    }
    Ok(outcome)
}

fn insert(
    tx: &Transaction<'_>,
    entry: &Entry,
    prints: &Prints,
    extractor: &str,
    revision: i64,
    number: i64,
) -> rusqlite::Result<()> {
    let document = &entry.document;
    let doc_id = &document.doc_id;
    let record = serde_json::to_string(document).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    tx.prepare_cached(
        "INSERT INTO documents(doc_id, fingerprint, extractor, revision, indexed, number, content_hash, published, duplicate_of, record)
         VALUES (?1, ?2, ?3, ?4, NULL, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        doc_id,
        prints.fingerprint,
        extractor,
        revision,
        number,
        document.content_hash,
        document.published,
        document.duplicate_of,
        record
    ])?;
    let mut put = tx.prepare_cached(
        "INSERT INTO claims(doc_id, seq, claim_id, metric, kind, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (seq, (claim, record)) in (0i64..).zip(entry.claims.iter().zip(&prints.claims)) {
        put.execute(params![
            doc_id,
            seq,
            claim.claim_id,
            claim.metric.map(|m| m.as_str()),
            claim.kind.as_str(),
            record
        ])?;
    }
    let mut put =
        tx.prepare_cached("INSERT INTO rotations(doc_id, seq, rotation_id, record) VALUES (?1, ?2, ?3, ?4)")?;
    for (seq, (rotation, record)) in (0i64..).zip(entry.rotations.iter().zip(&prints.rotations)) {
        put.execute(params![doc_id, seq, rotation.rotation_id, record])?;
    }
    let mut put = tx.prepare_cached("INSERT INTO mentions(doc_id, seq, ticker, record) VALUES (?1, ?2, ?3, ?4)")?;
    for (seq, (mention, record)) in (0i64..).zip(entry.mentions.iter().zip(&prints.mentions)) {
        put.execute(params![doc_id, seq, mention.ticker, record])?;
    }
    tx.prepare_cached("DELETE FROM removals WHERE doc_id = ?1")?.execute([doc_id])?;
    duplicates::remember(tx, doc_id, number, document.duplicate_of.is_some(), &entry.signature)?;
    if revision > 1 { duplicates::release(tx, doc_id, &document.content_hash, &entry.signature) } else { Ok(()) }
}

/// Removes a document that no input leads to any more.
fn remove_orphan(tx: &Transaction<'_>, doc_id: &str) -> rusqlite::Result<bool> {
    let used: bool = tx
        .prepare_cached("SELECT EXISTS(SELECT 1 FROM inputs WHERE doc_id = ?1)")?
        .query_row([doc_id], |r| r.get(0))?;
    if used {
        return Ok(false);
    }
    let gone = tx.prepare_cached("DELETE FROM documents WHERE doc_id = ?1")?.execute([doc_id])? > 0;
    if gone {
        duplicates::release(tx, doc_id, "", &[])?;
        tx.prepare_cached("INSERT OR IGNORE INTO removals(doc_id) VALUES (?1)")?.execute([doc_id])?;
    }
    Ok(gone)
}

fn put_page(tx: &Transaction<'_>, key: &str, uri: &str, page: &PageRef) -> rusqlite::Result<()> {
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
        Entry {
            uri: uri.into(),
            key: format!("{uri}/{text}"),
            page: PageRef { file: "a.warc.gz".into(), start: 0, end: 9, digest: "blake3:0".into() },
            document: Document {
                doc_id: doc_id.into(),
                text: text.into(),
                content_hash: text.into(),
                ..Document::default()
            },
            ..Entry::default()
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
        let big = "long text ".repeat(10_000);
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
        let signed = |uri: &str, text: &str, seed: u32| Entry {
            signature: (seed..seed + 126).collect(),
            ..entry(uri, uri, text)
        };
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
