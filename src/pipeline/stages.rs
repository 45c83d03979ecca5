//! Stages of an ingest, each a thread: the reader finds out what is new, the
//! archivist writes captures to disk, the worker reads documents and extracts
//! from them. Reader and worker use all cores, so that one of them fills the
//! cores while the other is at the end of a batch or waits.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};

use rayon::prelude::*;

use super::batch::{Batch, take};
use super::corpus::page_ref;
use super::error::PipelineError;
use super::ingest::{Fetched, entry};
use super::process::Processed;
use crate::archive::{self, Archive, Capture, Packed};
use crate::sources::{Item, SourceError};
use crate::store::{Entry, PageRef, Store};

/// What became of an input.
pub(super) enum Done {
    Problem(SourceError),
    Unchanged,
    Ready { path: String, entry: Box<Entry>, archived: bool },
}

/// An item with its key and what is known beside it.
pub(super) struct Keyed {
    item: Item,
    request: Option<Vec<(String, String)>>,
    about: String,
    key: String,
}

/// Where an item's capture is.
pub(super) enum Captured {
    /// In the archive since an earlier run.
    There(PageRef),
    /// Not yet in the archive.
    New(Packed),
    /// The same capture came earlier in this run.
    Again,
}

/// A stage's result: the input is through, or goes on.
type Step<T> = Result<T, Done>;

/// An item to be archived.
pub(super) type Fresh = Step<(Keyed, Captured)>;

/// An item to be read, where it is archived, and whether it is since now.
pub(super) type Task = Step<(Keyed, PageRef, bool)>;

/// Reads inputs and decides what is to be done with them.
pub(super) struct Reader<'r> {
    lookup: Store,
    extractor: &'r str,
    stop: &'r AtomicBool,
    /// What inputs of this run led to: the store may not have it yet.
    seen: HashMap<String, String>,
    /// Captures of this run.
    taken: HashSet<String>,
}

impl<'r> Reader<'r> {
    pub fn new(lookup: Store, extractor: &'r str, stop: &'r AtomicBool) -> Self {
        Self { lookup, extractor, stop, seen: HashMap::new(), taken: HashSet::new() }
    }

    pub fn run<I: Send>(
        mut self,
        mut inputs: impl Iterator<Item = I>,
        weight: impl Fn(&I) -> usize,
        read: impl Fn(I) -> Result<Fetched, SourceError> + Sync + Send,
        send: &SyncSender<Vec<Fresh>>,
    ) -> Result<(), PipelineError> {
        while !self.stop.load(Ordering::Relaxed) {
            let batch = take(&mut inputs, Batch::default(), &weight);
            if batch.is_empty() {
                break;
            }
            let keyed: Vec<Result<Keyed, SourceError>> =
                batch.into_par_iter().with_max_len(1).map(|input| read(input).and_then(key)).collect();
            let mut decided = Vec::with_capacity(keyed.len());
            for keyed in keyed {
                decided.push(self.decide(keyed)?);
            }
            let fresh = decided.into_par_iter().with_max_len(1).map(pack).collect::<Result<_, _>>()?;
            if send.send(fresh).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// What is to be done with an item; `None` for a capture that is to be packed.
    fn decide(&mut self, keyed: Result<Keyed, SourceError>) -> Result<Step<(Keyed, Option<Captured>)>, PipelineError> {
        let keyed = match keyed {
            Ok(keyed) => keyed,
            Err(e) => return Ok(Err(Done::Problem(e))),
        };
        let (uri, key) = (&keyed.item.uri, &keyed.key);
        let same = match self.seen.get(uri) {
            Some(seen) => seen == key,
            None => self.lookup.input(uri)?.is_some_and(|i| i.key == *key && i.extractor == self.extractor),
        };
        if same {
            return Ok(Err(Done::Unchanged));
        }
        self.seen.insert(uri.clone(), key.clone());
        if self.taken.contains(key) {
            return Ok(Ok((keyed, Some(Captured::Again))));
        }
        if let Some(page) = self.lookup.page(key)? {
            return Ok(Ok((keyed, Some(Captured::There(page)))));
        }
        self.taken.insert(key.clone());
        Ok(Ok((keyed, None)))
    }
}

/// Gives an item its key.
fn key((item, request): Fetched) -> Result<Keyed, SourceError> {
    let problem = |e: serde_json::Error| SourceError::Json { path: item.path.clone(), problem: e.to_string() };
    let about = if item.known == Default::default() {
        String::new()
    } else {
        serde_json::to_string(&item.known).map_err(problem)?
    };
    let key = archive::key(&item.uri, &about, &item.page.body);
    Ok(Keyed { item, request, about, key })
}

/// Packs what is to be archived.
fn pack(decided: Step<(Keyed, Option<Captured>)>) -> Result<Fresh, PipelineError> {
    let (keyed, captured) = match decided {
        Ok(decided) => decided,
        Err(done) => return Ok(Err(done)),
    };
    let captured = match captured {
        Some(captured) => captured,
        None => {
            let Keyed { item, request, about, key } = &keyed;
            let capture =
                Capture { key, uri: &item.uri, page: &item.page, about, request: request.as_deref(), sent: None };
            Captured::New(Packed::of(&capture, &super::now()).map_err(PipelineError::Packing)?)
        }
    };
    Ok(Ok((keyed, captured)))
}

/// Writes captures to disk, batch by batch.
pub(super) struct Archivist<'a> {
    archive: &'a mut Archive,
    /// Captures of this run.
    written: HashMap<String, PageRef>,
}

impl<'a> Archivist<'a> {
    pub fn new(archive: &'a mut Archive) -> Self {
        Self { archive, written: HashMap::new() }
    }

    pub fn run(mut self, receive: &Receiver<Vec<Fresh>>, send: &SyncSender<Vec<Task>>) -> Result<(), PipelineError> {
        while let Ok(batch) = receive.recv() {
            let mut tasks = Vec::with_capacity(batch.len());
            for fresh in batch {
                tasks.push(match fresh {
                    Ok((keyed, captured)) => {
                        let (page, archived) = self.place(&keyed.key, captured)?;
                        Ok((keyed, page, archived))
                    }
                    Err(done) => Err(done),
                });
            }
            self.archive.sync()?;
            if send.send(tasks).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn place(&mut self, key: &str, captured: Captured) -> Result<(PageRef, bool), PipelineError> {
        match captured {
            Captured::There(page) => Ok((page, false)),
            Captured::New(packed) => {
                let page = page_ref(self.archive.add_packed(&packed, &super::now())?);
                self.written.insert(key.to_string(), page.clone());
                Ok((page, true))
            }
            // It came before this one, in order.
            Captured::Again => self.written.get(key).map(|page| (page.clone(), false)).ok_or(PipelineError::Worker),
        }
    }
}

/// Reads documents and extracts from them.
pub(super) struct Worker<'w> {
    pub process: &'w (dyn Fn(&Item) -> Processed + Sync),
}

impl Worker<'_> {
    pub fn run(self, receive: &Receiver<Vec<Task>>, send: &SyncSender<Vec<Done>>) -> Result<(), PipelineError> {
        while let Ok(batch) = receive.recv() {
            let done = batch.into_par_iter().with_max_len(1).map(|task| self.work(task)).collect::<Result<_, _>>()?;
            if send.send(done).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn work(&self, task: Task) -> Result<Done, PipelineError> {
        let (keyed, page, archived) = match task {
            Ok(task) => task,
            Err(done) => return Ok(done),
        };
        let entry = entry((self.process)(&keyed.item), keyed.item.uri, keyed.key, page)?;
        Ok(Done::Ready { path: keyed.item.path, entry: Box::new(entry), archived })
    }
}
