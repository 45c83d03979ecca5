//! What can go wrong with the archive.

use std::io;
use std::path::{Path, PathBuf};

/// Why the archive did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A file cannot be read or written.
    #[error("archive {path}: {}", said(.source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A record is not whole, or not of its form.
    #[error("archive {path}: the record at byte {offset} is damaged: {problem}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where the record begins.
        offset: u64,
        /// What is wrong.
        problem: String,
    },
    /// A file is shorter than what the store knows of it.
    #[error(
        "archive {path} ends at byte {found}, but the store knows records up to byte {known}; bring the file back from a copy"
    )]
    Short {
        /// The file.
        path: PathBuf,
        /// Its length.
        found: u64,
        /// Where its last known record ends.
        known: u64,
    },
}

fn said(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "permission denied; check its permissions, or choose another folder with --corpus".to_string()
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "no room left; what was stored before is safe; free some space and run the command again".to_string()
        }
        _ => source.to_string(),
    }
}

/// Names the file in an error.
pub(super) trait At<T> {
    /// As an [`ArchiveError`] at `path`.
    fn at(self, path: &Path) -> Result<T, ArchiveError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, ArchiveError> {
        self.map_err(|source| ArchiveError::Io { path: path.to_path_buf(), source })
    }
}
