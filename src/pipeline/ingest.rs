//! Ingest: inputs → archive → documents and claims → store, on all cores.
//!
//! One thread reads, archives and extracts batch after batch; the calling
//! thread stores the finished ones in the order of the input. What was stored
//! is acknowledged; what was not is done again by the next run, without
//! doubling anything.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use rayon::prelude::*;
use serde::Serialize;

use super::batch::{Batch, take};
use super::corpus::{Corpus, page_ref};
use super::error::PipelineError;
use super::process::Processed;
use super::signature::signature;
use super::tally::Tally;
use crate::archive::{self, Archive, Capture};
use crate::model::ArchiveRef;
use crate::sources::{Item, SourceError};
use crate::store::{Entry, Outcome, PageRef, Store};

/// How inputs are taken in.
pub struct Ingest<'i> {
    /// Reads a document and extracts from it.
    pub process: &'i (dyn Fn(&Item) -> Processed + Sync),
    /// Version of what `process` does: another one reads everything again.
    pub extractor: &'i str,
    /// Ends the work after the current batch.
    pub stop: &'i AtomicBool,
}

/// What happened to one input.
#[derive(Debug)]
pub enum Event {
    /// It was not read.
    Problem(SourceError),
    /// It is the same as before.
    Unchanged,
    /// It was stored; path, document id, what that did, and the document it repeats.
    Stored(String, String, Outcome, Option<String>),
}

/// What an ingest did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Reading: inputs taken, kept, skipped and why.
    pub read: Tally,
    /// Archiving: captures added, or already there.
    pub archived: Tally,
    /// Documents that are new.
    pub added: u64,
    /// Documents that were there and have changed.
    pub changed: u64,
    /// Documents that were there from another input and are now this one's.
    pub taken_over: u64,
    /// Documents that were there, the same, read again by another extractor or
    /// from another input.
    pub same: u64,
    /// Claims stored.
    pub claims: u64,
    /// Rotations stored.
    pub rotations: u64,
    /// Mentions stored.
    pub mentions: u64,
    /// Documents that repeat another.
    pub copies: u64,
    /// Stopped before the end.
    pub interrupted: bool,
}

/// A fetched item has the headers of its request.
pub type Fetched = (Item, Option<Vec<(String, String)>>);

enum Done {
    Problem(SourceError),
    Unchanged,
    Ready { path: String, entry: Box<Entry>, archived: bool },
}

impl Ingest<'_> {
    /// Takes inputs into the corpus; `read` reads one of them. `tell` hears of
    /// each in the order of the input.
    ///
    /// # Errors
    /// When store or archive fail; what was acknowledged is safe.
    pub fn run<I: Send>(
        &self,
        corpus: &mut Corpus,
        inputs: impl Iterator<Item = I> + Send,
        weight: impl Fn(&I) -> usize + Send,
        read: impl Fn(I) -> Result<Fetched, SourceError> + Sync + Send,
        mut tell: impl FnMut(Event),
    ) -> Result<Report, PipelineError> {
        let mut report = Report::default();
        let lookup = Store::open(corpus.store.path())?;
        let (store, archive) = (&mut corpus.store, &mut corpus.archive);
        let outcome = thread::scope(|scope| {
            let (send, receive) = sync_channel(1);
            let front = Front { ingest: self, lookup, archive, seen: HashMap::new(), archived: HashMap::new() };
            let worker = scope.spawn(move || front.run(inputs, weight, read, &send));
            let mut stored = Ok(());
            while let Ok(batch) = receive.recv() {
                stored = self.store(store, batch, &mut report, &mut tell);
                if stored.is_err() {
                    break;
                }
            }
            drop(receive); // ends the worker
            let worked = worker.join().unwrap_or(Err(PipelineError::Worker));
            stored.and(worked)
        });
        report.interrupted = self.stop.load(Ordering::Relaxed);
        outcome.map(|()| report)
    }

    fn store(
        &self,
        store: &mut Store,
        batch: Vec<Done>,
        report: &mut Report,
        tell: &mut impl FnMut(Event),
    ) -> Result<(), PipelineError> {
        let mut entries = Vec::new();
        let mut paths = Vec::new();
        // The order of the input, with a gap for each entry to be stored.
        let mut events: Vec<Option<Event>> = Vec::with_capacity(batch.len());
        for done in batch {
            match done {
                Done::Problem(e) => {
                    report.read.skip(e.reason());
                    events.push(Some(Event::Problem(e)));
                }
                Done::Unchanged => {
                    report.read.skip("unchanged");
                    events.push(Some(Event::Unchanged));
                }
                Done::Ready { path, entry, archived } => {
                    report.read.keep();
                    if archived {
                        report.archived.keep()
                    } else {
                        report.archived.skip("already there")
                    }
                    entries.push(*entry);
                    paths.push(path);
                    events.push(None);
                }
            }
        }
        let outcomes = store.put(&mut entries, self.extractor)?;
        let mut stored = outcomes.into_iter().zip(entries).zip(paths);
        for event in events {
            let event = match event {
                Some(event) => event,
                None => {
                    let Some(((outcome, entry), path)) = stored.next() else { break };
                    count(report, outcome, &entry);
                    Event::Stored(path, entry.document.doc_id, outcome, entry.document.duplicate_of)
                }
            };
            tell(event);
        }
        Ok(())
    }
}

fn count(report: &mut Report, outcome: Outcome, entry: &Entry) {
    match outcome {
        Outcome::Same => {
            report.same += 1;
            return;
        }
        Outcome::Added => report.added += 1,
        Outcome::Changed => report.changed += 1,
        Outcome::TakenOver => report.taken_over += 1,
    }
    report.claims += entry.claims.len() as u64;
    report.rotations += entry.rotations.len() as u64;
    report.mentions += entry.mentions.len() as u64;
    report.copies += u64::from(entry.document.duplicate_of.is_some());
}

/// The part that runs in a thread of its own.
struct Front<'f, 'i> {
    ingest: &'f Ingest<'i>,
    lookup: Store,
    archive: &'f mut Archive,
    /// What inputs of this run led to: the store may not have it yet.
    seen: HashMap<String, String>,
    /// Captures archived in this run.
    archived: HashMap<String, PageRef>,
}

/// An item with its key and what is known beside it.
struct Keyed {
    item: Item,
    request: Option<Vec<(String, String)>>,
    about: String,
    key: String,
}

/// An item to be read, and where it is archived.
type Task = (Keyed, PageRef, bool);

impl Front<'_, '_> {
    fn run<I: Send>(
        mut self,
        mut inputs: impl Iterator<Item = I>,
        weight: impl Fn(&I) -> usize,
        read: impl Fn(I) -> Result<Fetched, SourceError> + Sync + Send,
        send: &SyncSender<Vec<Done>>,
    ) -> Result<(), PipelineError> {
        while !self.ingest.stop.load(Ordering::Relaxed) {
            let batch = take(&mut inputs, Batch::default(), &weight);
            if batch.is_empty() {
                break;
            }
            let keyed: Vec<Result<Keyed, SourceError>> =
                batch.into_par_iter().with_max_len(1).map(|input| read(input).and_then(key)).collect();
            let mut tasks = Vec::with_capacity(keyed.len());
            for keyed in keyed {
                tasks.push(self.task(keyed)?);
            }
            self.archive.sync()?;
            let ingest = self.ingest;
            let done =
                tasks.into_par_iter().with_max_len(1).map(|t| t.map_or_else(|done| done, |t| ingest.work(t))).collect();
            if send.send(done).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Decides what is to be done with an item, and archives it.
    fn task(&mut self, keyed: Result<Keyed, SourceError>) -> Result<Result<Task, Done>, PipelineError> {
        let keyed = match keyed {
            Ok(keyed) => keyed,
            Err(e) => return Ok(Err(Done::Problem(e))),
        };
        let (uri, key) = (&keyed.item.uri, &keyed.key);
        let same = match self.seen.get(uri) {
            Some(seen) => seen == key,
            None => self.lookup.input(uri)?.is_some_and(|i| i.key == *key && i.extractor == self.ingest.extractor),
        };
        if same {
            return Ok(Err(Done::Unchanged));
        }
        self.seen.insert(uri.clone(), key.clone());
        let there = match self.archived.get(key) {
            Some(page) => Some(page.clone()),
            None => self.lookup.page(key)?,
        };
        if let Some(page) = there {
            return Ok(Ok((keyed, page, false)));
        }
        let capture =
            Capture { key, uri, page: &keyed.item.page, about: &keyed.about, request: keyed.request.as_deref() };
        let page = page_ref(self.archive.add(&capture, &super::now())?);
        self.archived.insert(key.clone(), page.clone());
        Ok(Ok((keyed, page, true)))
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

impl Ingest<'_> {
    fn work(&self, (keyed, page, archived): Task) -> Done {
        let processed = (self.process)(&keyed.item);
        let entry = entry(processed, keyed.item.uri, keyed.key, page);
        Done::Ready { path: keyed.item.path, entry: Box::new(entry), archived }
    }
}

/// What is stored of an input that was read.
pub(super) fn entry(processed: Processed, uri: String, key: String, page: PageRef) -> Entry {
    let Processed { mut document, extraction } = processed;
    document.archive = Some(ArchiveRef { file: page.file.clone(), offset: page.start, digest: page.digest.clone() });
    let mut entry = Entry {
        uri,
        key,
        page,
        signature: signature(&document.text),
        document,
        claims: extraction.claims,
        rotations: extraction.rotations,
        mentions: extraction.mentions,
        ..Entry::default()
    };
    entry.print();
    entry
}
