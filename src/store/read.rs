//! Reading: documents, records by id, and counts.

use rusqlite::OptionalExtension;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Store;
use super::error::{Doing, StoreError};
use super::pack::{Records, number, records, unpack};
use crate::model::{ArchiveRef, Claim, Document, Rotation};

/// The columns that [`DocumentRow`] reads.
pub(super) const COLUMNS: &str = "r.document, d.fetched, d.duplicate_of, p.file, p.seen_start, p.digest";

/// The tables they stand in.
pub(super) const TABLES: &str = "documents d JOIN records r USING(number) LEFT JOIN pages p ON p.key = d.page";

/// A document as stored: its block, and what stands beside it.
#[derive(Clone, Debug)]
pub(super) struct DocumentRow {
    block: Vec<u8>,
    fetched: Option<String>,
    duplicate_of: Option<String>,
    archive: Option<ArchiveRef>,
}

impl DocumentRow {
    pub fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let archive = match row.get(3)? {
            Some(file) => Some(ArchiveRef { file, offset: row.get::<_, i64>(4)? as u64, digest: row.get(5)? }),
            None => None,
        };
        Ok(Self { block: row.get(0)?, fetched: row.get(1)?, duplicate_of: row.get(2)?, archive })
    }

    pub fn unpack(self) -> serde_json::Result<Document> {
        let document: Document = serde_json::from_str(&unpack(&self.block)?)?;
        let Self { fetched, duplicate_of, archive, .. } = self;
        Ok(Document { fetched, duplicate_of, archive, ..document })
    }
}

/// Where a capture is archived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRef {
    /// File in the archive.
    pub file: String,
    /// First byte of its record.
    pub start: u64,
    /// One past its last byte.
    pub end: u64,
    /// Digest of its payload.
    pub digest: String,
}

/// What an input last led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputState {
    /// The capture.
    pub key: String,
    /// The extractor that read it.
    pub extractor: String,
}

/// What is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Documents that repeat another.
    pub copies: u64,
    /// Documents without a date.
    pub undated: u64,
    /// Documents whose text was replaced by another one of the same page.
    pub revised: u64,
    /// Claims.
    pub claims: u64,
    /// Rotations.
    pub rotations: u64,
    /// Mentions.
    pub mentions: u64,
    /// Captures in the archive.
    pub pages: u64,
    /// Documents the index does not have yet.
    pub unindexed: u64,
}

impl Store {
    /// What `uri` last led to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn input(&self, uri: &str) -> Result<Option<InputState>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT key, extractor FROM inputs WHERE uri = ?1").doing(&self.path)?;
        query.query_row([uri], |r| Ok(InputState { key: r.get(0)?, extractor: r.get(1)? })).optional().doing(&self.path)
    }

    /// The inputs that last led to a capture.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn inputs_of(&self, key: &str) -> Result<Vec<String>, StoreError> {
        let mut query =
            self.db.prepare_cached("SELECT uri FROM inputs WHERE key = ?1 ORDER BY uri").doing(&self.path)?;
        let rows = query.query_map([key], |r| r.get(0)).doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }

    /// Where a capture is archived.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn page(&self, key: &str) -> Result<Option<PageRef>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("SELECT file, seen_start, seen_end, digest FROM pages WHERE key = ?1")
            .doing(&self.path)?;
        query
            .query_row([key], |r| {
                let (start, end): (i64, i64) = (r.get(1)?, r.get(2)?);
                Ok(PageRef { file: r.get(0)?, start: start as u64, end: end as u64, digest: r.get(3)? })
            })
            .optional()
            .doing(&self.path)
    }

    /// The end of the last known record in each archive file.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn archive_ends(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let mut query =
            self.db.prepare("SELECT file, max(seen_end) FROM pages GROUP BY file ORDER BY file").doing(&self.path)?;
        let rows = query.query_map([], |r| Ok((r.get(0)?, r.get::<_, i64>(1)? as u64))).doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }

    /// A document.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn document(&self, doc_id: &str) -> Result<Option<Document>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE d.doc_id = ?1");
        let row = self
            .db
            .prepare_cached(&sql)
            .doing(&self.path)?
            .query_row([doc_id], DocumentRow::of)
            .optional()
            .doing(&self.path)?;
        row.map(DocumentRow::unpack).transpose().doing(&self.path)
    }

    /// All that a document says.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn records(&self, doc_id: &str) -> Result<Option<Records>, StoreError> {
        let Some(document) = self.document(doc_id)? else { return Ok(None) };
        let row: Option<([u32; 3], Vec<u8>)> = self
            .db
            .prepare_cached(
                "SELECT claims, rotations, mentions, statements FROM documents JOIN records USING(number) WHERE doc_id = ?1",
            )
            .doing(&self.path)?
            .query_row([doc_id], |r| Ok(([r.get(0)?, r.get(1)?, r.get(2)?], r.get(3)?)))
            .optional()
            .doing(&self.path)?;
        let Some(([claims, rotations, mentions], block)) = row else { return Ok(None) };
        let text = unpack(&block).doing(&self.path)?;
        let lines = &mut text.lines();
        Ok(Some(Records {
            document,
            claims: records(lines, claims).doing(&self.path)?,
            rotations: records(lines, rotations).doing(&self.path)?,
            mentions: records(lines, mentions).doing(&self.path)?,
        }))
    }

    /// A claim.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn claim(&self, claim_id: &str) -> Result<Option<Claim>, StoreError> {
        self.one("claim_id", claim_id)
    }

    /// A rotation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rotation(&self, rotation_id: &str) -> Result<Option<Rotation>, StoreError> {
        self.one("rotation_id", rotation_id)
    }

    /// The record whose `field` is `id`.
    fn one<T: DeserializeOwned>(&self, field: &str, id: &str) -> Result<Option<T>, StoreError> {
        let Some(number) = number(id) else { return Ok(None) };
        let mut query = self
            .db
            .prepare_cached("SELECT statements FROM ids JOIN records USING(number) WHERE id = ?1")
            .doing(&self.path)?;
        let blocks = query.query_map([number], |r| r.get::<_, Vec<u8>>(0)).doing(&self.path)?;
        let wanted = format!("\"{field}\":\"{id}\"");
        for block in blocks {
            let text = unpack(&block.doing(&self.path)?).doing(&self.path)?;
            // Quotes inside of values are escaped: only the field itself reads like this.
            if let Some(line) = text.lines().find(|line| line.contains(&wanted)) {
                return serde_json::from_str(line).map(Some).doing(&self.path);
            }
        }
        Ok(None)
    }

    /// What is stored.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |sql: &str| self.db.query_row(sql, [], |r| r.get::<_, i64>(0)).map(|n| n as u64).doing(&self.path);
        Ok(Counts {
            documents: count("SELECT count(*) FROM documents")?,
            copies: count("SELECT count(*) FROM documents WHERE duplicate_of IS NOT NULL")?,
            undated: count("SELECT count(*) FROM documents WHERE published IS NULL")?,
            revised: count("SELECT count(DISTINCT doc_id) FROM revisions")?,
            claims: count("SELECT coalesce(sum(claims), 0) FROM documents")?,
            rotations: count("SELECT coalesce(sum(rotations), 0) FROM documents")?,
            mentions: count("SELECT coalesce(sum(mentions), 0) FROM documents")?,
            pages: count("SELECT count(*) FROM pages")?,
            unindexed: count("SELECT count(*) FROM documents WHERE indexed IS NULL")?,
        })
    }

    /// Where the newest captures are archived.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_pages(&self, limit: usize) -> Result<Vec<PageRef>, StoreError> {
        let mut query = self
            .db
            .prepare("SELECT file, seen_start, seen_end, digest FROM pages ORDER BY file DESC, seen_end DESC LIMIT ?1")
            .doing(&self.path)?;
        let rows = query
            .query_map([limit as i64], |r| {
                let (start, end): (i64, i64) = (r.get(1)?, r.get(2)?);
                Ok(PageRef { file: r.get(0)?, start: start as u64, end: end as u64, digest: r.get(3)? })
            })
            .doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }

    /// What is wrong with the file, if anything.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn check(&self) -> Result<Option<String>, StoreError> {
        let said: String = self.db.query_row("PRAGMA quick_check", [], |r| r.get(0)).doing(&self.path)?;
        Ok((said != "ok").then_some(said))
    }
}
