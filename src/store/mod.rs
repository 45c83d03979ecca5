//! What do we know? Embedded SQLite: documents, claims, rotations, mentions,
//! pages, inputs, the crawl's frontier and runs. One writer, any number of readers.

mod duplicates;
mod error;
mod filings;
mod frontier;
mod lookup;
mod pack;
mod pending;
mod queue;
mod read;
mod revisions;
mod runs;
mod schema;
mod upgrade;
mod write;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

pub use error::StoreError;
pub use frontier::{Captured, Planned, Queued, Settled, State, Step, Target};
pub use pack::Records;
pub use pending::{Pending, Statements, Waiting};
pub use read::{Counts, InputState, PageRef};
pub use revisions::{Figure, Revision};
pub use runs::Run;
pub use schema::VERSION;
pub use write::{Entry, Outcome};

use error::Doing;

/// The store's file in a corpus folder.
pub const FILE: &str = "store.sqlite";

/// An open store.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    db: Connection,
}

impl Store {
    /// Opens the store for writing, creating or migrating it.
    ///
    /// # Errors
    /// When it cannot be created or written, is newer than this program, or is
    /// no store.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        // Asked before SQLite is: it would make files beside the store that cannot be written either.
        let may_write = std::fs::OpenOptions::new().write(true).open(path);
        if may_write.is_err_and(|e| matches!(e.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)) {
            return Err(StoreError::ReadOnly { path: path.to_path_buf() });
        }
        let db = Connection::open(path).doing(path)?;
        let mut store = Self { path: path.to_path_buf(), db };
        store.prepare()?;
        schema::migrate(&mut store.db, path)?;
        Ok(store)
    }

    /// Opens a store that is there, for reading.
    ///
    /// # Errors
    /// When there is none, or as [`Store::open`].
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing { path: path.to_path_buf() });
        }
        match Self::open(path) {
            Err(StoreError::ReadOnly { .. }) => {
                let db = read_only(path).doing(path)?;
                schema::check(&db, path)?;
                Ok(Self { path: path.to_path_buf(), db })
            }
            opened => opened,
        }
    }

    fn prepare(&mut self) -> Result<(), StoreError> {
        let set = |db: &Connection| -> rusqlite::Result<()> {
            db.busy_timeout(std::time::Duration::from_secs(10))?;
            db.pragma_update(None, "journal_mode", "wal")?;
            db.pragma_update(None, "synchronous", "full")?;
            // In KiB: the indices of a large store are looked up all over.
            db.pragma_update(None, "cache_size", -32 * 1024)?;
            // In pages: what is written over and over between two checkpoints is copied once.
            db.pragma_update(None, "wal_autocheckpoint", 4000)?;
            db.pragma_update(None, "foreign_keys", "on")
        };
        schema::check(&self.db, &self.path)?;
        set(&self.db).doing(&self.path)
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Opens without writing. SQLite writes files beside a store in WAL mode even
/// to read it; where it may not, and no log waits there, the file itself is all.
fn read_only(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let usual = Connection::open_with_flags(path, flags)?;
    if usual.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).is_ok() {
        return Ok(usual);
    }
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let waiting = std::fs::metadata(log).is_ok_and(|m| m.len() > 0);
    match url::Url::from_file_path(std::path::absolute(path).unwrap_or_default()) {
        Ok(mut uri) if !waiting => {
            uri.set_query(Some("immutable=1"));
            Connection::open_with_flags(uri.as_str(), flags | OpenFlags::SQLITE_OPEN_URI)
        }
        _ => Ok(usual),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Test = Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn refuses_a_newer_store_and_what_is_none() -> Test {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join(FILE);
        drop(Store::open(&path)?);
        Connection::open(&path)?.pragma_update(None, "user_version", VERSION + 1)?;
        let said = Store::open(&path).map(|_| ()).map_err(|e| e.to_string()).err().unwrap_or_default();
        assert!(said.contains("written by a newer tapecheck"), "{said}");

        let path = dir.path().join("other.sqlite");
        Connection::open(&path)?.execute_batch("CREATE TABLE x(y)")?;
        assert!(matches!(Store::open(&path), Err(StoreError::Foreign { .. })));
        std::fs::write(&path, "no database at all, but long enough to be looked at by sqlite".repeat(20))?;
        assert!(matches!(Store::open(&path), Err(StoreError::Foreign { .. })));
        assert!(matches!(Store::open_existing(&dir.path().join("gone")), Err(StoreError::Missing { .. })));
        Ok(())
    }
}
