//! The tables, as a list of migrations: a store of an older version runs those
//! it lacks, one of a newer version is refused.

use std::path::Path;

use rusqlite::{Connection, Transaction};

use super::error::{Doing, StoreError};
use super::upgrade;

/// Marks the file as ours ("tape").
pub(super) const APPLICATION: i64 = 0x7461_7065;

/// A step from one version to the next.
enum Migration {
    Sql(&'static str),
    Code(fn(&Transaction<'_>) -> rusqlite::Result<()>),
}

/// Migration `i` leads from version `i` to version `i + 1`. Never edit one
/// that was released; add another.
const MIGRATIONS: &[Migration] = &[
    Migration::Sql(FIRST),
    Migration::Sql(REVISIONS),
    // Records packed: a tenth of the size, and of the time for writing them.
    Migration::Code(upgrade::pack_records),
    Migration::Sql(FRONTIER),
];

/// Version 1.
pub(super) const FIRST: &str = "
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What was archived: one row for each capture. `seen_end` is the end of the record in its file.
CREATE TABLE pages(
    key TEXT PRIMARY KEY, uri TEXT NOT NULL, digest TEXT NOT NULL,
    file TEXT NOT NULL, seen_start INTEGER NOT NULL, seen_end INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_place ON pages(file, seen_end);

-- What each input last led to, and by which version of the extractor.
CREATE TABLE inputs(
    uri TEXT PRIMARY KEY, key TEXT NOT NULL, extractor TEXT NOT NULL, doc_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inputs_doc ON inputs(doc_id);

CREATE TABLE documents(
    doc_id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, extractor TEXT NOT NULL,
    revision INTEGER NOT NULL, indexed INTEGER, number INTEGER NOT NULL,
    content_hash TEXT NOT NULL, published TEXT, duplicate_of TEXT, record TEXT NOT NULL
) STRICT;
CREATE INDEX documents_pending ON documents(number) WHERE indexed IS NULL;
CREATE INDEX documents_number ON documents(number);
CREATE INDEX documents_content ON documents(content_hash, number);
CREATE INDEX documents_copies ON documents(duplicate_of) WHERE duplicate_of IS NOT NULL;

-- Records are long: tables with rowids keep them in one page.
CREATE TABLE claims(
    doc_id TEXT NOT NULL REFERENCES documents(doc_id) ON DELETE CASCADE, seq INTEGER NOT NULL,
    claim_id TEXT NOT NULL, metric TEXT, kind TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY(doc_id, seq)
) STRICT;
CREATE INDEX claims_id ON claims(claim_id);

CREATE TABLE rotations(
    doc_id TEXT NOT NULL REFERENCES documents(doc_id) ON DELETE CASCADE, seq INTEGER NOT NULL,
    rotation_id TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY(doc_id, seq)
) STRICT;
CREATE INDEX rotations_id ON rotations(rotation_id);

CREATE TABLE mentions(
    doc_id TEXT NOT NULL REFERENCES documents(doc_id) ON DELETE CASCADE, seq INTEGER NOT NULL,
    ticker TEXT, record TEXT NOT NULL, PRIMARY KEY(doc_id, seq)
) STRICT;
CREATE INDEX mentions_ticker ON mentions(ticker) WHERE ticker IS NOT NULL;

-- Bands of each document's text signature: copies share some. Originals are looked up in the
-- order of their number; copies are only kept to be freed when their original changes.
CREATE TABLE bands(
    band INTEGER NOT NULL, copy INTEGER NOT NULL, number INTEGER NOT NULL,
    doc_id TEXT NOT NULL REFERENCES documents(doc_id) ON DELETE CASCADE,
    PRIMARY KEY(band, copy, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX bands_doc ON bands(doc_id, band);

-- Documents that are gone from here but not yet from the index.
CREATE TABLE removals(doc_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE runs(
    id INTEGER PRIMARY KEY, command TEXT NOT NULL, started TEXT NOT NULL, finished TEXT, counts TEXT NOT NULL
) STRICT;
";

const REVISIONS: &str = "
-- Texts of a page that another one took the place of, and what changed in its figures.
CREATE TABLE revisions(
    doc_id TEXT NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL, fetched TEXT, content_hash TEXT NOT NULL,
    gone TEXT NOT NULL, came TEXT NOT NULL, PRIMARY KEY(doc_id, number)
) STRICT, WITHOUT ROWID;
";

/// The crawl.
const FRONTIER: &str = "
-- Every address that is to be asked, was asked, or is not to be asked, and why. A request in flight
-- stands here as queued. Times are Unix seconds.
CREATE TABLE frontier(
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, host TEXT NOT NULL, source TEXT NOT NULL,
    kind TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, priority INTEGER NOT NULL, depth INTEGER NOT NULL,
    attempts INTEGER NOT NULL, due INTEGER NOT NULL, pace INTEGER NOT NULL, asked INTEGER, known TEXT NOT NULL,
    status INTEGER, key TEXT, etag TEXT, modified TEXT
) STRICT;
CREATE INDEX frontier_queue ON frontier(host, priority DESC, id) WHERE state = 'queued';
CREATE INDEX frontier_waiting ON frontier(due) WHERE state = 'waiting';
CREATE INDEX frontier_unread ON frontier(id) WHERE state = 'archived';

-- Hosts that are left in peace.
CREATE TABLE hosts(
    host TEXT PRIMARY KEY, paused_until INTEGER NOT NULL, cause TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX inputs_key ON inputs(key);
";

/// The version this program writes.
pub const VERSION: i64 = MIGRATIONS.len() as i64;

/// Refuses what is no store, or a newer one.
pub(super) fn check(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let pragma = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).doing(path);
    let (version, application) = (pragma("user_version")?, pragma("application_id")?);
    let empty = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).doing(path)? == 0;
    if application != APPLICATION && !empty {
        return Err(StoreError::Foreign { path: path.to_path_buf() });
    }
    if version > VERSION {
        return Err(StoreError::Newer { path: path.to_path_buf(), found: version, known: VERSION });
    }
    Ok(())
}

/// Brings the store to [`VERSION`], each step whole or not at all.
pub(super) fn migrate(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    // Taken at once, so that two programs never migrate the same store.
    let step = |db: &mut Connection| -> rusqlite::Result<bool> {
        let current: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let Some(next) = usize::try_from(current).ok().and_then(|v| MIGRATIONS.get(v)) else { return Ok(false) };
        let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let still: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if still == current {
            match next {
                Migration::Sql(sql) => tx.execute_batch(sql)?,
                Migration::Code(run) => run(&tx)?,
            }
            tx.pragma_update(None, "application_id", APPLICATION)?;
            tx.pragma_update(None, "user_version", current + 1)?;
        }
        tx.commit()?;
        Ok(true)
    };
    while step(db).doing(path)? {}
    Ok(())
}
