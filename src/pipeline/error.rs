//! What can stop the pipeline; what is wrong with single inputs does not.

use std::path::PathBuf;

use crate::archive::ArchiveError;
use crate::index::IndexError;
use crate::store::StoreError;

/// Why the pipeline stopped.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// See [`StoreError`].
    #[error(transparent)]
    Store(#[from] StoreError),
    /// See [`ArchiveError`].
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// See [`IndexError`].
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The corpus folder cannot be used.
    #[error("cannot use corpus folder {path}: {source}; choose another with --corpus")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another program writes to the corpus.
    #[error("corpus {path} is being written by another tapecheck; wait for it, then run the command again")]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// No threads or no network events can be had.
    #[error("cannot set up the crawl: {source}")]
    Runtime {
        /// What the system said.
        source: std::io::Error,
    },
    /// A page cannot be packed.
    #[error("cannot pack a page for the archive: {0}; free some memory and run the command again")]
    Packing(std::io::Error),
    /// A worker ended without a result: a bug.
    #[error("a worker stopped unexpectedly; what was stored before is safe; please report this")]
    Worker,
}
