//! Pending: what the index does not have yet. Rows are marked only after the
//! index has committed them, so that nothing is ever missing from it unseen.

use rusqlite::params;

use super::Store;
use super::error::{Doing, StoreError};
use crate::model::{Claim, Document, Rotation};

/// A document and its statements, as the index wants them.
#[derive(Clone, Debug)]
pub struct Statements {
    /// The document.
    pub document: Document,
    /// Its revision: marks only what was read.
    pub revision: i64,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// Its rotations.
    pub rotations: Vec<Rotation>,
}

/// Work for the index.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    /// Documents to put in, in place of what is there of them.
    pub documents: Vec<Statements>,
    /// Documents to take out.
    pub removals: Vec<String>,
}

impl Pending {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.removals.is_empty()
    }
}

impl Store {
    /// The next documents that the index does not have, at most `limit`, with
    /// number above `after`; and the number to go on after.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pending(&self, limit: usize, after: i64) -> Result<(Pending, i64), StoreError> {
        let mut last = after;
        let mut pending = Pending::default();
        let mut query = self
            .db
            .prepare_cached("SELECT number, revision, record, doc_id FROM documents WHERE indexed IS NULL AND number > ?1 ORDER BY number LIMIT ?2")
            .doing(&self.path)?;
        let rows = query
            .query_map(params![after, limit as i64], |r| {
                Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?, r.get::<_, String>(2)?, r.get::<_, String>(3)?))
            })
            .doing(&self.path)?;
        for row in rows {
            let (number, revision, record, doc_id) = row.doing(&self.path)?;
            last = number;
            pending.documents.push(Statements {
                document: serde_json::from_str(&record).doing(&self.path)?,
                revision,
                claims: self.records("SELECT record FROM claims WHERE doc_id = ?1 ORDER BY seq", &doc_id)?,
                rotations: self.records("SELECT record FROM rotations WHERE doc_id = ?1 ORDER BY seq", &doc_id)?,
            });
        }
        let mut query = self.db.prepare_cached("SELECT doc_id FROM removals").doing(&self.path)?;
        let rows = query.query_map([], |r| r.get(0)).doing(&self.path)?;
        pending.removals = rows.collect::<Result<_, _>>().doing(&self.path)?;
        Ok((pending, last))
    }

    fn records<T: serde::de::DeserializeOwned>(&self, sql: &str, doc_id: &str) -> Result<Vec<T>, StoreError> {
        let mut query = self.db.prepare_cached(sql).doing(&self.path)?;
        let rows = query.query_map([doc_id], |r| r.get::<_, String>(0)).doing(&self.path)?;
        let mut records = Vec::new();
        for row in rows {
            records.push(serde_json::from_str(&row.doing(&self.path)?).doing(&self.path)?);
        }
        Ok(records)
    }

    /// Marks as indexed what the index has committed.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_indexed(&mut self, documents: &[(String, i64)], removals: &[String]) -> Result<(), StoreError> {
        let path = self.path.clone();
        let tx = self.db.transaction().doing(&path)?;
        for (doc_id, revision) in documents {
            tx.prepare_cached("UPDATE documents SET indexed = 1 WHERE doc_id = ?1 AND revision = ?2")
                .and_then(|mut q| q.execute(params![doc_id, revision]))
                .doing(&path)?;
        }
        for doc_id in removals {
            tx.prepare_cached("DELETE FROM removals WHERE doc_id = ?1")
                .and_then(|mut q| q.execute([doc_id]))
                .doing(&path)?;
        }
        tx.commit().doing(&path)
    }

    /// Forgets what is indexed: all of it is to be indexed again, in the index
    /// named `index`.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget_index(&mut self, index: &str) -> Result<(), StoreError> {
        let path = self.path.clone();
        let tx = self.db.transaction().doing(&path)?;
        tx.execute("UPDATE documents SET indexed = NULL", []).doing(&path)?;
        tx.execute("DELETE FROM removals", []).doing(&path)?;
        tx.execute("INSERT OR REPLACE INTO meta(name, value) VALUES ('index', ?1)", [index]).doing(&path)?;
        tx.commit().doing(&path)
    }

    /// The index that the marks speak of.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn index_name(&self) -> Result<Option<String>, StoreError> {
        use rusqlite::OptionalExtension;
        self.db.query_row("SELECT value FROM meta WHERE name = 'index'", [], |r| r.get(0)).optional().doing(&self.path)
    }
}
