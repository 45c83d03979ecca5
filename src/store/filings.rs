//! Filings: what the archive holds of an issuer, and what was asked for.

use rusqlite::OptionalExtension;

use super::Store;
use super::error::{Doing, StoreError};
use super::pack::unpack;
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
        let rows = query.query_map((cik, format!("{cik:010}")), page);
        rows.doing(&self.path)?.collect::<Result<_, _>>().doing(&self.path)
    }

    /// Captures of files of this machine that are an issuer's filings, as
    /// [`Store::filed_pages`].
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn filed_files(&self, cik: u32) -> Result<Vec<(String, String, PageRef)>, StoreError> {
        let sql = "SELECT p.key, p.uri, p.file, p.seen_start, p.seen_end, p.digest, r.document
                   FROM pages p JOIN documents d ON d.page = p.key JOIN records r USING(number)
                   WHERE p.uri NOT LIKE 'http%' ORDER BY p.file, p.seen_start";
        let mut query = self.db.prepare_cached(sql).doing(&self.path)?;
        let mut rows = query.query([]).doing(&self.path)?;
        let marks = [format!("\"cik\":{cik},"), format!("\"cik\":{cik}}}")];
        let mut found = Vec::new();
        while let Some(row) = rows.next().doing(&self.path)? {
            let block: Vec<u8> = row.get(6).doing(&self.path)?;
            // Whose it is, the document says; it need not be read whole for that.
            let theirs = unpack(&block).is_ok_and(|text| marks.iter().any(|m| text.contains(m.as_str())));
            if theirs {
                found.push(page(row).doing(&self.path)?);
            }
        }
        Ok(found)
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

/// Key, address and place of a capture.
fn page(row: &rusqlite::Row<'_>) -> rusqlite::Result<(String, String, PageRef)> {
    let (start, end): (i64, i64) = (row.get(3)?, row.get(4)?);
    let page = PageRef { file: row.get(2)?, start: start as u64, end: end as u64, digest: row.get(5)? };
    Ok((row.get(0)?, row.get(1)?, page))
}
