//! Looking up: ids of claims and rotations by their first characters.

use rusqlite::params;

use super::Store;
use super::error::{Doing, StoreError};
use super::pack::{id, number};

impl Store {
    /// Ids of claims and rotations that begin with `prefix`, in order; at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn ids(&self, prefix: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let bounds = (number(&format!("{prefix:0<16}")), number(&format!("{prefix:f<16}")));
        let (Some(first), Some(last)) = bounds else { return Ok(Vec::new()) };
        let mut query = self
            .db
            .prepare_cached("SELECT DISTINCT id FROM ids WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3")
            .doing(&self.path)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map(params![first, last, limit], |r| r.get(0).map(id)).doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }
}
