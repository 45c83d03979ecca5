//! What stands in a folder.

use std::path::{Path, PathBuf};

/// The files of a folder with their sizes, for seeing that nothing was added.
pub fn sizes(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut list: Vec<(PathBuf, u64)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| (e.path(), e.metadata().map_or(0, |m| m.len())))
        .collect();
    list.sort();
    list
}
