//! Upgrades that SQL alone cannot do.

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;

use super::pack::{Packed, ids, pack};
use super::write::put_records;

/// Claims, rotations and mentions no longer stand in rows of their own: all
/// records of a document are one packed block. What changes while its records
/// stay the same (where it was archived, what it repeats) stands in columns.
const TABLES: &str = "
CREATE TABLE documents(
    number INTEGER PRIMARY KEY, doc_id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, extractor TEXT NOT NULL,
    revision INTEGER NOT NULL, indexed INTEGER, content_hash TEXT NOT NULL, published TEXT, fetched TEXT,
    duplicate_of TEXT, page TEXT,
    claims INTEGER NOT NULL, rotations INTEGER NOT NULL, mentions INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_pending ON documents(number) WHERE indexed IS NULL;
CREATE INDEX documents_content ON documents(content_hash, number);
CREATE INDEX documents_copies ON documents(duplicate_of) WHERE duplicate_of IS NOT NULL;

-- `statements`: claims, rotations and mentions as lines of JSON, in this order. Both blocks are zstd.
CREATE TABLE records(
    number INTEGER PRIMARY KEY, document BLOB NOT NULL, statements BLOB NOT NULL, bands BLOB NOT NULL
) STRICT;

-- Which document's block holds a claim or rotation. Ids as numbers that sort as they do.
CREATE TABLE ids(
    id INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(id, number)
) STRICT, WITHOUT ROWID;

-- Bands of the signatures of originals: copies share some.
CREATE TABLE bands(
    band INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(band, number)
) STRICT, WITHOUT ROWID;
";

/// The tables of before, out of the way of the new ones. Indices keep their
/// names, so that those which are made again must go.
const ASIDE: &str = "
DROP INDEX documents_pending;
DROP INDEX documents_content;
DROP INDEX documents_copies;
ALTER TABLE documents RENAME TO old_documents;
ALTER TABLE bands RENAME TO old_bands;
CREATE INDEX old_pages ON pages(file, seen_start);
";

const DROP: &str = "
INSERT INTO bands(band, number) SELECT band, number FROM old_bands WHERE copy = 0;
DROP INDEX old_pages;
DROP TABLE old_bands;
DROP TABLE mentions;
DROP TABLE rotations;
DROP TABLE claims;
DROP TABLE old_documents;
";

/// Packs the records of a store of version 1.
pub(super) fn pack_records(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(ASIDE)?;
    tx.execute_batch(TABLES)?;
    let mut query = tx.prepare("SELECT doc_id, number, record FROM old_documents ORDER BY number")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (doc_id, number, record): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        one(tx, &doc_id, number, &record)?;
    }
    drop(rows);
    drop(query);
    tx.execute_batch(DROP)
}

fn one(tx: &Transaction<'_>, doc_id: &str, number: i64, record: &str) -> rusqlite::Result<()> {
    let mut document: Value = serde_json::from_str(record).map_err(unreadable)?;
    let mut take = |field: &str| document.get_mut(field).map(Value::take).unwrap_or_default();
    let (archive, fetched, copy_of) = (take("archive"), take("fetched"), take("duplicate_of"));
    let page: Option<String> = tx
        .prepare_cached("SELECT key FROM pages WHERE file = ?1 AND seen_start = ?2")?
        .query_row(params![archive["file"].as_str(), archive["offset"].as_i64()], |r| r.get(0))
        .optional()?;
    let lines = |table: &str| -> rusqlite::Result<Vec<String>> {
        let mut query = tx.prepare_cached(&format!("SELECT record FROM {table} WHERE doc_id = ?1 ORDER BY seq"))?;
        query.query_map([doc_id], |r| r.get(0))?.collect()
    };
    let (claims, rotations, mentions) = (lines("claims")?, lines("rotations")?, lines("mentions")?);
    tx.prepare_cached(
        "INSERT INTO documents(number, doc_id, fingerprint, extractor, revision, indexed, content_hash, published,
             fetched, duplicate_of, page, claims, rotations, mentions)
         SELECT number, doc_id, fingerprint, extractor, revision, indexed, content_hash, published,
             ?2, ?3, ?4, ?5, ?6, ?7 FROM old_documents WHERE number = ?1",
    )?
    .execute(params![
        number,
        fetched.as_str(),
        copy_of.as_str(),
        page,
        claims.len() as i64,
        rotations.len() as i64,
        mentions.len() as i64
    ])?;
    let text = [claims, rotations, mentions].concat().join("\n");
    let mut bands = tx.prepare_cached("SELECT band FROM old_bands WHERE doc_id = ?1")?;
    let packed = Packed {
        fingerprint: String::new(), // the row has it
        document: pack(document.to_string().as_bytes()).map_err(unpacked)?,
        statements: pack(text.as_bytes()).map_err(unpacked)?,
        ids: ids(&text),
        bands: bands.query_map([doc_id], |r| r.get(0))?.collect::<Result<_, _>>()?,
    };
    put_records(tx, number, &packed)
}

fn unreadable(e: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e))
}

fn unpacked(e: std::io::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(e))
}

#[cfg(test)]
mod tests {
    use crate::model::Document;
    use crate::store::{FILE, Store};

    type Test = Result<(), Box<dyn std::error::Error>>;

    const OLD: &str = "
        INSERT INTO pages VALUES ('k1', 'file:///a', 'blake3:1', 'w.gz', 7, 99), ('k2', 'file:///b', 'blake3:2', 'w.gz', 99, 150);
        INSERT INTO inputs VALUES ('file:///a', 'k1', 'v', 'd1'), ('file:///b', 'k2', 'v', 'd2');
        INSERT INTO bands VALUES (11, 0, 1, 'd1'), (12, 0, 1, 'd1'), (11, 1, 2, 'd2');";

    #[test]
    fn a_store_of_version_1_is_packed() -> Test {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join(FILE);
        let mut db = rusqlite::Connection::open(&path)?;
        db.execute_batch(super::super::schema::FIRST)?;
        db.pragma_update(None, "application_id", super::super::schema::APPLICATION)?;
        db.pragma_update(None, "user_version", 1)?;
        let archive = Some(crate::model::ArchiveRef { file: "w.gz".into(), offset: 99, digest: "blake3:2".into() });
        let first = Document { doc_id: "d1".into(), text: "one".into(), ..Document::default() };
        let second = Document {
            doc_id: "d2".into(),
            text: "two".into(),
            fetched: Some("2026-02-06".into()),
            duplicate_of: Some("d1".into()),
            archive,
            ..Document::default()
        };
        let tx = db.transaction()?;
        for (number, document) in [(1, &first), (2, &second)] {
            tx.execute(
                "INSERT INTO documents VALUES (?1, 'f', 'v', 3, 1, ?2, ?1, NULL, ?3, ?4)",
                (&document.doc_id, number, &document.duplicate_of, serde_json::to_string(document)?),
            )?;
        }
        let rotation = serde_json::json!({
            "record": "rotation", "rotation_id": "00000000000000ab", "doc_id": "d2", "trigger_text": "left",
            "char_start": 1, "char_end": 5, "byte_start": 1, "byte_end": 5,
            "quote": "Money left.", "quote_start": 0, "quote_end": 11, "from": [], "to": [], "period": null,
            "status": "actual", "attribution": null, "negated": false, "mention": "primary", "confidence": 0.5, "evidence": [],
        });
        tx.execute_batch(OLD)?;
        tx.execute("INSERT INTO rotations VALUES ('d2', 0, '00000000000000ab', ?1)", [rotation.to_string()])?;
        tx.commit()?;
        drop(db);

        let store = Store::open(&path)?;
        assert_eq!((store.document("d1")?, store.document("d2")?), (Some(first), Some(second)));
        assert_eq!(store.rotation("00000000000000ab")?, Some(serde_json::from_value(rotation)?));
        assert_eq!(store.ids("00", 9)?, ["00000000000000ab"]);
        let counts = store.counts()?;
        assert_eq!((counts.documents, counts.copies, counts.rotations, counts.unindexed), (2, 1, 1, 0));
        let bands: i64 = store.db.query_row("SELECT count(*) FROM bands", [], |r| r.get(0))?;
        assert_eq!((bands, store.check()?), (2, None));
        Ok(())
    }
}
