//! Runs: what each command took, kept and skipped, and why.

use rusqlite::params;

use super::Store;
use super::error::{Doing, StoreError};

/// One run of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its number.
    pub id: i64,
    /// The command.
    pub command: String,
    /// When it began, RFC 3339.
    pub started: String,
    /// When it ended; null when it was ended from outside.
    pub finished: Option<String>,
    /// Counts of each stage, as JSON.
    pub counts: String,
}

impl Store {
    /// Notes that a command begins.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn begin_run(&mut self, command: &str, now: &str) -> Result<i64, StoreError> {
        self.db
            .execute("INSERT INTO runs(command, started, counts) VALUES (?1, ?2, '{}')", [command, now])
            .doing(&self.path)?;
        Ok(self.db.last_insert_rowid())
    }

    /// Notes how a command ended.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn end_run(&mut self, id: i64, now: &str, counts: &str) -> Result<(), StoreError> {
        self.db
            .execute("UPDATE runs SET finished = ?2, counts = ?3 WHERE id = ?1", params![id, now, counts])
            .map(|_| ())
            .doing(&self.path)
    }

    /// The last runs, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn runs(&self, limit: usize) -> Result<Vec<Run>, StoreError> {
        let mut query = self
            .db
            .prepare("SELECT id, command, started, finished, counts FROM runs ORDER BY id DESC LIMIT ?1")
            .doing(&self.path)?;
        let rows = query
            .query_map([limit as i64], |r| {
                Ok(Run {
                    id: r.get(0)?,
                    command: r.get(1)?,
                    started: r.get(2)?,
                    finished: r.get(3)?,
                    counts: r.get(4)?,
                })
            })
            .doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }
}
