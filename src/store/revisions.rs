//! Revisions: what changed in the figures of a page that was published again
//! with another text. The earlier text itself is in the archive.

use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Store;
use super::error::{Doing, StoreError};
use super::pack::unpack;
use super::write::Entry;

/// A text that was replaced by another one of the same page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number, from 1.
    pub number: i64,
    /// The capture it was read from.
    pub key: String,
    /// When it was fetched, where known.
    pub fetched: Option<String>,
    /// Hash of its text.
    pub content_hash: String,
    /// Figures that it had and the next text has not.
    pub gone: Vec<Figure>,
    /// Figures that the next text has and it had not.
    pub came: Vec<Figure>,
}

/// A figure and what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// As printed.
    pub figure: String,
    /// Its metric.
    pub metric: Option<String>,
    /// Whose it is.
    pub subjects: Vec<String>,
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let metric = self.metric.as_ref().map(|m| m.replace('_', " "));
        let about: Vec<&str> = self.subjects.iter().map(String::as_str).chain(metric.as_deref()).collect();
        f.write_str(&self.figure)?;
        if about.is_empty() { Ok(()) } else { write!(f, " ({})", about.join(", ")) }
    }
}

/// What stood in the store before an entry took its place.
#[derive(Debug)]
pub(super) struct Earlier {
    doc_id: String,
    key: String,
    fetched: Option<String>,
    content_hash: String,
    figures: Vec<Figure>,
}

impl Earlier {
    /// Reads a document before it is replaced by `entry`; `None` where its text
    /// stays the same or was read from the same capture.
    pub fn of(tx: &Transaction<'_>, doc_id: &str, key: &str, entry: &Entry) -> rusqlite::Result<Option<Self>> {
        if key == entry.key {
            return Ok(None);
        }
        let there: Option<(String, Option<String>, u32, Vec<u8>)> = tx
            .prepare_cached(
                "SELECT content_hash, fetched, claims, statements FROM documents JOIN records USING(number) WHERE doc_id = ?1",
            )?
            .query_row([doc_id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
            .optional()?;
        let Some((content_hash, fetched, claims, block)) = there.filter(|t| t.0 != entry.document.content_hash) else {
            return Ok(None);
        };
        // A damaged block must not keep its document from being replaced.
        let text = unpack(&block).unwrap_or_default();
        let figures = text.lines().take(claims as usize).map(of_record).collect();
        Ok(Some(Self { doc_id: doc_id.to_string(), key: key.to_string(), fetched, content_hash, figures }))
    }

    /// Remembers it as a revision of the entry's document.
    pub fn remember(self, tx: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<()> {
        let new = &entry.document.doc_id;
        let lines = entry.claim_lines().map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        let mut came: Vec<Figure> = lines.iter().map(|line| of_record(line)).collect();
        let mut gone = self.figures;
        gone.retain(|old| match came.iter().position(|new| new == old) {
            Some(at) => {
                came.remove(at);
                false
            }
            None => true,
        });
        let count = |id: &str| -> rusqlite::Result<i64> {
            tx.prepare_cached("SELECT coalesce(max(number), 0) FROM revisions WHERE doc_id = ?1")?
                .query_row([id], |r| r.get(0))
        };
        // The page may have got another id.
        if self.doc_id != *new {
            tx.prepare_cached("UPDATE revisions SET doc_id = ?2, number = number + ?3 WHERE doc_id = ?1")?
                .execute(params![self.doc_id, new, count(new)?])?;
        }
        let json = |figures: &[Figure]| {
            serde_json::to_string(figures).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
        };
        tx.prepare_cached(
            "INSERT INTO revisions(doc_id, number, key, fetched, content_hash, gone, came)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            new,
            count(new)? + 1,
            self.key,
            self.fetched,
            self.content_hash,
            json(&gone)?,
            json(&came)?
        ])?;
        Ok(())
    }
}

/// The figure of a stored claim.
fn of_record(record: &str) -> Figure {
    let claim: Value = serde_json::from_str(record).unwrap_or_default();
    let text = |v: &Value, name: &str| v.get(name).and_then(Value::as_str).map(str::to_string);
    let subjects = claim.get("subjects").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    Figure {
        figure: text(&claim, "figure_text").unwrap_or_default(),
        metric: text(&claim, "metric"),
        subjects: subjects.iter().filter_map(|s| text(s, "canonical")).collect(),
    }
}

impl Store {
    /// The earlier texts of a document, the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn revisions(&self, doc_id: &str) -> Result<Vec<Revision>, StoreError> {
        let mut query = self
            .db
            .prepare_cached(
                "SELECT number, key, fetched, content_hash, gone, came FROM revisions WHERE doc_id = ?1 ORDER BY number",
            )
            .doing(&self.path)?;
        let rows = query
            .query_map([doc_id], |r| {
                let revision = Revision {
                    number: r.get(0)?,
                    key: r.get(1)?,
                    fetched: r.get(2)?,
                    content_hash: r.get(3)?,
                    gone: Vec::new(),
                    came: Vec::new(),
                };
                Ok((revision, r.get::<_, String>(4)?, r.get::<_, String>(5)?))
            })
            .doing(&self.path)?;
        let mut revisions = Vec::new();
        for row in rows {
            let (mut revision, gone, came) = row.doing(&self.path)?;
            revision.gone = serde_json::from_str(&gone).doing(&self.path)?;
            revision.came = serde_json::from_str(&came).doing(&self.path)?;
            revisions.push(revision);
        }
        Ok(revisions)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FILE, PageRef, Records, Store};
    use super::*;
    use crate::extract::extract;
    use crate::lexicon::Lexicon;
    use crate::model::Document;
    use crate::parse::segment;

    type Test = Result<(), Box<dyn std::error::Error>>;

    fn entry(key: &str, doc_id: &str, text: &str) -> Result<Entry, Box<dyn std::error::Error>> {
        let document =
            Document { doc_id: doc_id.into(), text: text.into(), content_hash: text.into(), ..Document::default() };
        let claims = extract(&document, &segment(text), &Lexicon::embedded()?).claims;
        let records = Records { document, claims, ..Records::default() };
        Ok(Entry::new("https://x.example/a".into(), key.into(), PageRef::default(), records, &[])?)
    }

    #[test]
    fn a_changed_page_keeps_what_changed_in_its_figures() -> Test {
        let dir = tempfile::tempdir()?;
        let mut store = Store::open(&dir.path().join(FILE))?;
        let first = "Microsoft revenue rose 5%. Microsoft capex was $3 billion.";
        store.put(&mut [entry("k1", "d", first)?], "1")?;
        // The same capture read by another extractor is no revision.
        store.put(&mut [entry("k1", "d", &format!("{first} Read more."))?], "2")?;
        assert_eq!(store.revisions("d")?, []);
        store.put(&mut [entry("k2", "d", &first.replace("$3", "$4"))?], "2")?;
        let shown = |list: &[Figure]| list.iter().map(|f| f.figure.clone()).collect::<Vec<_>>();
        let revisions = store.revisions("d")?;
        assert_eq!((revisions.len(), revisions[0].key.as_str(), revisions[0].number), (1, "k1", 1));
        assert_eq!(
            (shown(&revisions[0].gone), shown(&revisions[0].came)),
            (vec!["$3 billion".to_string()], vec!["$4 billion".to_string()])
        );
        // The page gets another id; its past goes along.
        store.put(&mut [entry("k3", "e", "All new.")?], "2")?;
        assert_eq!((store.revisions("d")?.len(), store.revisions("e")?.len()), (0, 2));
        assert_eq!(store.counts()?.revised, 1);
        assert_eq!(
            Figure { figure: "5%".into(), metric: Some("net_income".into()), subjects: vec!["Tape".into()] }
                .to_string(),
            "5% (Tape, net income)"
        );
        Ok(())
    }
}
