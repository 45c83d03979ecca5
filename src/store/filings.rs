//! Filings: what the archive holds of an issuer, and what was asked for.

use rusqlite::OptionalExtension;

use super::Store;
use super::error::{Doing, StoreError};
use super::read::PageRef;
use crate::model::Document;

impl Store {
    /// Whether an address was asked with success.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn frontier_done(&self, url: &str) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM frontier WHERE url = ?1 AND state IN ('done', 'archived')";
        Ok(self.db.query_row(sql, [url], |r| r.get::<_, i64>(0)).doing(&self.path)? > 0)
    }

    /// Captures of an issuer's filings and company facts: key, address, place;
    /// the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn filed_pages(&self, cik: u32) -> Result<Vec<(String, String, PageRef)>, StoreError> {
        let sql = "SELECT key, uri, file, seen_start, seen_end, digest FROM pages
                   WHERE uri LIKE '%/edgar/data/' || ?1 || '/%' AND uri NOT LIKE '%-index.htm%'
                      OR uri LIKE '%/api/xbrl/company%/CIK' || ?2 || '%' ORDER BY file, seen_start";
        let mut query = self.db.prepare_cached(sql).doing(&self.path)?;
        let rows = query.query_map((cik, format!("{cik:010}")), |r| {
            let (start, end): (i64, i64) = (r.get(3)?, r.get(4)?);
            let page = PageRef { file: r.get(2)?, start: start as u64, end: end as u64, digest: r.get(5)? };
            Ok((r.get(0)?, r.get(1)?, page))
        });
        rows.doing(&self.path)?.collect::<Result<_, _>>().doing(&self.path)
    }

    /// The document that a capture led to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn document_of(&self, key: &str) -> Result<Option<Document>, StoreError> {
        let sql = "SELECT doc_id FROM inputs WHERE key = ?1 ORDER BY uri LIMIT 1";
        let id: Option<String> = self.db.query_row(sql, [key], |r| r.get(0)).optional().doing(&self.path)?;
        id.map_or(Ok(None), |id| self.document(&id))
    }
}
