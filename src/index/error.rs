//! What can go wrong with the index, and what to do about it.

use std::path::{Path, PathBuf};

use tantivy::TantivyError;

/// Why the index did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is none yet.
    #[error(
        "there is no index at {path}; run `tapecheck ingest` first, or `tapecheck index rebuild` to make it from the store"
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
        match source {
            TantivyError::LockFailure(..) => Self::Busy { path },
            TantivyError::OpenWriteError(_) => Self::Write { path, problem },
            TantivyError::IoError(e)
                if e.kind() != std::io::ErrorKind::UnexpectedEof && e.kind() != std::io::ErrorKind::InvalidData =>
            {
                Self::Write { path, problem }
            }
            _ => Self::Damaged { path, problem },
        }
    }
}

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
        self.map_err(|e| IndexError::Write { path: path.to_path_buf(), problem: e.to_string() })
    }
}
