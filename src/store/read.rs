//! Reading: documents, records by id, and counts.

use rusqlite::OptionalExtension;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Store;
use super::error::{Doing, StoreError};
use crate::model::{Claim, Document, Rotation};

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
        self.one("SELECT record FROM documents WHERE doc_id = ?1", doc_id)
    }

    /// A claim.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn claim(&self, claim_id: &str) -> Result<Option<Claim>, StoreError> {
        self.one("SELECT record FROM claims WHERE claim_id = ?1 LIMIT 1", claim_id)
    }

    /// A rotation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rotation(&self, rotation_id: &str) -> Result<Option<Rotation>, StoreError> {
        self.one("SELECT record FROM rotations WHERE rotation_id = ?1 LIMIT 1", rotation_id)
    }

    fn one<T: DeserializeOwned>(&self, sql: &str, id: &str) -> Result<Option<T>, StoreError> {
        let record: Option<String> = self
            .db
            .prepare_cached(sql)
            .doing(&self.path)?
            .query_row([id], |r| r.get(0))
            .optional()
            .doing(&self.path)?;
        record.map(|r| serde_json::from_str(&r)).transpose().doing(&self.path)
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
            claims: count("SELECT count(*) FROM claims")?,
            rotations: count("SELECT count(*) FROM rotations")?,
            mentions: count("SELECT count(*) FROM mentions")?,
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
