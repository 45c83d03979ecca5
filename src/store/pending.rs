//! Pending: what the index does not have yet. Rows are marked only after the
//! index has committed them, so that nothing is ever missing from it unseen.

use std::path::PathBuf;

use rusqlite::params;

use super::Store;
use super::error::{Doing, StoreError};
use super::pack::{records, unpack};
use super::read::{COLUMNS, DocumentRow, TABLES};
use crate::model::{Claim, Document, Rotation};

/// A document and its statements, as the index wants them.
#[derive(Clone, Debug)]
pub struct Statements {
    /// The document.
    pub document: Document,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// Its rotations.
    pub rotations: Vec<Rotation>,
}

/// A document the index does not have, still packed: unpacking many is work
/// for all cores.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its id.
    pub doc_id: String,
    /// Its revision: marks only what was read.
    pub revision: i64,
    path: PathBuf,
    document: DocumentRow,
    claims: u32,
    rotations: u32,
    block: Vec<u8>,
}

impl Waiting {
    /// Unpacks it.
    ///
    /// # Errors
    /// When a block or a record is not of its form.
    pub fn unpack(self) -> Result<Statements, StoreError> {
        let text = unpack(&self.block).doing(&self.path)?;
        let lines = &mut text.lines();
        Ok(Statements {
            document: self.document.unpack().doing(&self.path)?,
            claims: records(lines, self.claims).doing(&self.path)?,
            rotations: records(lines, self.rotations).doing(&self.path)?,
        })
    }
}

/// Work for the index.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    /// Documents to put in, in place of what is there of them.
    pub documents: Vec<Waiting>,
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
            .prepare_cached(&format!(
                "SELECT {COLUMNS}, d.number, d.doc_id, d.revision, d.claims, d.rotations, r.statements FROM {TABLES}
                 WHERE d.indexed IS NULL AND d.number > ?1 ORDER BY d.number LIMIT ?2"
            ))
            .doing(&self.path)?;
        let mut rows = query.query(params![after, limit as i64]).doing(&self.path)?;
        while let Some(row) = rows.next().doing(&self.path)? {
            let read = || -> rusqlite::Result<(i64, Waiting)> {
                let waiting = Waiting {
                    doc_id: row.get(7)?,
                    revision: row.get(8)?,
                    path: self.path.clone(),
                    document: DocumentRow::of(row)?,
                    claims: row.get(9)?,
                    rotations: row.get(10)?,
                    block: row.get(11)?,
                };
                Ok((row.get(6)?, waiting))
            };
            let (number, waiting) = read().doing(&self.path)?;
            last = number;
            pending.documents.push(waiting);
        }
        let mut query = self.db.prepare_cached("SELECT doc_id FROM removals").doing(&self.path)?;
        let rows = query.query_map([], |r| r.get(0)).doing(&self.path)?;
        pending.removals = rows.collect::<Result<_, _>>().doing(&self.path)?;
        Ok((pending, last))
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
