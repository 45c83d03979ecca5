//! What can go wrong with the index, and what to do about it.

use std::io::Write;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::LockError;

/// Why the index did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is none yet.
    #[error(
        "there is no index at {path}; run `tapecheck ingest` first (one that is running makes the index when it ends), or `tapecheck index rebuild` to make it from the store"
    )]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// It is damaged.
    #[error("index {path} is damaged ({problem}); run `tapecheck index rebuild` to make it anew from the store")]
    Damaged {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// Another version wrote it.
    #[error(
        "index {path} is of another version ({found}, this program writes {known}); run `tapecheck index rebuild` to make it anew from the store"
    )]
    Version {
        /// The folder.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// This program's.
        known: u32,
    },
    /// It cannot be written.
    #[error(
        "cannot write index {path}: {problem}; check its permissions and the room left, or choose another folder with --index"
    )]
    Write {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        problem: String,
    },
    /// No room.
    #[error(
        "no room left for index {path} ({problem}); what is stored is safe; free some space and run the command again"
    )]
    Full {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        problem: String,
    },
    /// Another program writes to it.
    #[error("index {path} is being written by another program; wait for it, then run the command again")]
    Busy {
        /// The folder.
        path: PathBuf,
    },
}

impl IndexError {
    pub(super) fn of(path: &Path, source: &TantivyError) -> Self {
        let path = path.to_path_buf();
        let problem = source.to_string();
        // Threads of the index hand on what the system said as words alone.
        let says = |codes: &[i32]| codes.iter().any(|code| problem.contains(&format!("(os error {code})")));
        match source {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Busy { path },
            _ if says(FULL) => Self::Full { path, problem },
            _ if says(CLOSED) => Self::Write { path, problem },
            TantivyError::LockFailure(LockError::IoError(e), _) => Self::Write { path, problem: e.to_string() },
            TantivyError::OpenWriteError(_) => Self::Write { path, problem },
            // A thread that writes has ended and does not say why; the folder may.
            TantivyError::ErrorInThread(_) => match probe(&path) {
                Ok(()) => Self::Damaged { path, problem },
                Err(e) => Self::of_io(&path, &e),
            },
            TantivyError::IoError(e)
                if e.kind() != std::io::ErrorKind::UnexpectedEof && e.kind() != std::io::ErrorKind::InvalidData =>
            {
                Self::Write { path, problem }
            }
            _ => Self::Damaged { path, problem },
        }
    }

    fn of_io(path: &Path, source: &std::io::Error) -> Self {
        let (path, problem) = (path.to_path_buf(), source.to_string());
        match source.raw_os_error() {
            Some(code) if FULL.contains(&code) => Self::Full { path, problem },
            _ => Self::Write { path, problem },
        }
    }
}

/// Whether something can be written in a folder.
fn probe(folder: &Path) -> std::io::Result<()> {
    tempfile::tempfile_in(folder)?.write_all(&[0; 1 << 18])
}

/// Codes of Unix for no room: on the disk, for one file, for one user.
const FULL: &[i32] = &[28, 27, 122];

/// Codes for what may not be done: no permission, a disk that is read-only.
const CLOSED: &[i32] = &[13, 30];

/// Names the index in an error.
pub(super) trait At<T> {
    /// As an [`IndexError`] of the index at `path`.
    fn at(self, path: &Path) -> Result<T, IndexError>;
}

impl<T> At<T> for tantivy::Result<T> {
    fn at(self, path: &Path) -> Result<T, IndexError> {
        self.map_err(|e| IndexError::of(path, &e))
    }
}

impl<T> At<T> for std::io::Result<T> {
    fn at(self, path: &Path) -> Result<T, IndexError> {
        self.map_err(|e| IndexError::of_io(path, &e))
    }
}
