//! Looking up: ids of claims and rotations by their first characters.

use rusqlite::params;

use super::Store;
use super::error::{Doing, StoreError};

impl Store {
    /// Ids of claims and rotations that begin with `prefix`, in order; at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn ids(&self, prefix: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let end = format!("{prefix}{}", char::MAX);
        let mut query = self
            .db
            .prepare_cached(
                "SELECT claim_id FROM claims WHERE claim_id >= ?1 AND claim_id < ?2
                 UNION SELECT rotation_id FROM rotations WHERE rotation_id >= ?1 AND rotation_id < ?2
                 ORDER BY 1 LIMIT ?3",
            )
            .doing(&self.path)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map(params![prefix, end, limit], |r| r.get(0)).doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }
}
