//! What can go wrong with a store, and what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is none yet.
    #[error("there is no store at {path}; run `tapecheck ingest` first, or choose another folder with --corpus")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A later program wrote it.
    #[error(
        "store {path} was written by a newer tapecheck (version {found} of the store, this program knows {known}); update tapecheck, or choose another folder with --corpus"
    )]
    Newer {
        /// The store.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The file is something else, or broken.
    #[error("{path} is no tapecheck store, or is damaged; move it away, or choose another folder with --corpus")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be written.
    #[error(
        "store {path} is read-only; check its permissions, those of the files beside it and of its folder, or choose another folder with --corpus"
    )]
    ReadOnly {
        /// The store.
        path: PathBuf,
    },
    /// No room.
    #[error("no room left for store {path}; what was stored before is safe; free some space and run the command again")]
    Full {
        /// The store.
        path: PathBuf,
    },
    /// The disk, or a limit on files, does not let it be read or written.
    #[error(
        "cannot read or write store {path}: {problem}; what was stored before is safe; check the room left, limits on the size of files and the disk itself, then run the command again"
    )]
    Disk {
        /// The store.
        path: PathBuf,
        /// What SQLite said.
        problem: String,
    },
    /// Another program holds it.
    #[error("store {path} is in use by another program; wait for it, then run the command again")]
    Busy {
        /// The store.
        path: PathBuf,
    },
    /// A stored record is not of its form.
    #[error("store {path} holds a record that cannot be read ({source}); ingest its source again")]
    Record {
        /// The store.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A record cannot be written as JSON: a bug.
    #[error("document {doc_id} leads to a record that cannot be written ({source}); please report this")]
    Unwritable {
        /// The document.
        doc_id: String,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// Anything else SQLite says.
    #[error("store {path}: {source}")]
    Sql {
        /// The store.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_path_buf();
        match source.sqlite_error_code() {
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Self::ReadOnly { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::SystemIoFailure) => Self::Disk { path, problem: source.to_string() },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Foreign { path },
            _ => Self::Sql { path, source },
        }
    }
}

/// Names the store in an error.
pub(super) trait Doing<T> {
    /// As a [`StoreError`] of the store at `path`.
    fn doing(self, path: &Path) -> Result<T, StoreError>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|e| StoreError::of(path, e))
    }
}

impl<T> Doing<T> for serde_json::Result<T> {
    fn doing(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Record { path: path.to_path_buf(), source })
    }
}
