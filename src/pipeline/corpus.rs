//! Corpus: store and archive opened together, by one writer at a time; and
//! the index brought up to what the store holds.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::crawl::about::About;
use super::error::PipelineError;
use crate::archive::{self, Archive, Found};
use crate::index::{IndexError, Prepared, SearchIndex};
use crate::sources::Kind;
use crate::store::{self, Captured, PageRef, Settled, State, Statements, Step, Store, StoreError, Waiting};

/// Documents read from the store at a time.
const READ: usize = 200;

/// Documents between two commits of the index.
const COMMIT: usize = 2000;

/// A corpus folder open for writing.
#[derive(Debug)]
pub struct Corpus {
    folder: PathBuf,
    pub(super) store: Store,
    pub(super) archive: Archive,
    /// Held as long as the corpus is open.
    _lock: File,
}

/// What bringing the index up to date did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Indexing {
    /// Documents put in.
    pub documents: u64,
    /// Documents taken out.
    pub removed: u64,
    /// It was made anew.
    pub rebuilt: bool,
}

impl Corpus {
    /// Opens a corpus folder, making it where there is none. Captures that a
    /// killed program archived but did not store are remembered.
    ///
    /// # Errors
    /// When another program writes to it, or store or archive cannot be opened.
    pub fn open(folder: &Path) -> Result<Self, PipelineError> {
        let failed = |source| PipelineError::Folder { path: folder.to_path_buf(), source };
        fs::create_dir_all(folder).map_err(failed)?;
        let lock = File::create(folder.join("store.lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PipelineError::Locked { path: folder.to_path_buf() }),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        let mut store = Store::open(&folder.join(store::FILE))?;
        let (archive, found) = Archive::open(&folder.join(archive::FOLDER), &store.archive_ends()?)?;
        if !found.is_empty() {
            recover(&mut store, found)?;
        }
        Ok(Self { folder: folder.to_path_buf(), store, archive, _lock: lock })
    }

    /// The store.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts into the index what it does not have yet, making the index where
    /// there is none. The index commits before the store marks.
    ///
    /// # Errors
    /// When the index is damaged or cannot be written.
    pub fn index(&mut self, path: &Path, progress: impl FnMut(u64)) -> Result<Indexing, PipelineError> {
        let opened = match SearchIndex::open(path) {
            Ok(index) if self.store.index_name()?.as_deref() == Some(index.name()) => Some(index),
            Ok(_) | Err(IndexError::Missing { .. }) => None,
            Err(e) => return Err(e.into()),
        };
        match opened {
            Some(index) => self.fill(&index, progress, false),
            None => self.rebuild_index(path, progress),
        }
    }

    /// Makes the index anew from the store.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn rebuild_index(&mut self, path: &Path, progress: impl FnMut(u64)) -> Result<Indexing, PipelineError> {
        let seed = format!("{}{:?}{}", path.display(), std::time::SystemTime::now(), std::process::id());
        let name = blake3::hash(seed.as_bytes()).to_hex()[..16].to_string();
        let index = SearchIndex::create(path, &name)?;
        self.store.forget_index(&name)?;
        self.fill(&index, progress, true)
    }

    fn fill(
        &mut self,
        index: &SearchIndex,
        mut progress: impl FnMut(u64),
        rebuilt: bool,
    ) -> Result<Indexing, PipelineError> {
        let mut done = Indexing { rebuilt, ..Indexing::default() };
        let (mut pending, mut last) = self.store.pending(READ, 0)?;
        if pending.is_empty() {
            return Ok(done);
        }
        let mut writer = index.writer()?;
        // Written, but not yet brought to disk.
        let (mut written, mut removed) = (Vec::new(), Vec::new());
        let mut prepared = Vec::new();
        loop {
            for doc_id in pending.removals.into_iter().filter(|id| !removed.contains(id)).collect::<Vec<_>>() {
                writer.remove(&doc_id);
                removed.push(doc_id);
            }
            let next = pending.documents;
            let marks: Vec<_> = next.iter().map(|d| (d.doc_id.clone(), d.revision)).collect();
            let count = prepared.len() as u64;
            // While the index takes what is ready, the next documents are made ready.
            let (wrote, made) = rayon::join(
                || prepared.into_iter().try_for_each(|entry| writer.put(entry)),
                || next.into_par_iter().with_max_len(1).map(|d| prepare(index, d)).collect::<Result<Vec<_>, _>>(),
            );
            wrote?;
            prepared = made?;
            done.documents += count;
            progress(done.documents);
            // All but the newest are in the index.
            if marks.is_empty() || written.len() >= COMMIT {
                writer.commit()?;
                done.removed += removed.len() as u64;
                self.store.mark_indexed(&std::mem::take(&mut written), &std::mem::take(&mut removed))?;
            }
            if marks.is_empty() {
                break;
            }
            written.extend(marks);
            (pending, last) = self.store.pending(READ, last)?;
        }
        writer.finish()?;
        Ok(done)
    }
}

/// Remembers captures that the store was not told of. A fetched page among them
/// need not be asked for again: it is read from the archive.
fn recover(store: &mut Store, found: Vec<Found>) -> Result<(), PipelineError> {
    let mut step = Step::default();
    for Found { key, uri, about, place } in found {
        if let Some(about) = About::read(&about).filter(|a| !a.asked.is_empty() && !a.known.aside)
            && let Some(target) = store
                .frontier_open(&about.asked)?
                .filter(|t| Kind::of(&t.kind).is_some_and(|k| matches!(k, Kind::Page | Kind::Document)))
        {
            let capture = Some(Captured { key: key.clone(), ..Captured::default() });
            let (id, pace) = (target.id, target.pace);
            let state = State::Archived;
            step.settled.push(Settled { id, state, reason: None, status: 200, attempts: 0, due: 0, pace, capture });
        }
        step.pages.push((key, uri, page_ref(place)));
    }
    store.advance(&step, jiff::Timestamp::now().as_second())?;
    Ok(())
}

fn prepare(index: &SearchIndex, waiting: Waiting) -> Result<Prepared, StoreError> {
    let Statements { document, claims, rotations } = waiting.unpack()?;
    Ok(index.prepare(&document, &claims, &rotations))
}

pub(super) fn page_ref(place: archive::Place) -> PageRef {
    PageRef { file: place.file, start: place.start, end: place.end, digest: place.digest }
}
