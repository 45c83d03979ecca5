//! Ingest: inputs → archive → documents and claims → store, on all cores.
//!
//! Batches go through stages, each a thread of its own (`stages.rs`); the
//! calling thread stores what comes out, in the order of the input. What was
//! stored is acknowledged; what was not is done again by the next run, without
//! doubling anything.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::corpus::Corpus;
use super::error::PipelineError;
use super::process::Processed;
use super::signature::signature;
use super::stages::{Archivist, Done, Reader, Worker};
use super::tally::Tally;
use crate::extract::Extraction;
use crate::sources::{Item, SourceError};
use crate::store::{Entry, Outcome, PageRef, Records, Store, StoreError};

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

/// What is stored in one transaction: whatever comes first. Each one rewrites
/// parts of every table and waits for the disk, so that few large ones are
/// much cheaper than many small ones; but what waits is not acknowledged.
const ENTRIES: usize = 1024;
const BYTES: usize = 24 << 20;
const TIME: Duration = Duration::from_secs(1);

/// Finished batches that may wait: as many as come while others are stored.
const READY: usize = 12;

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
            // Between two stages one batch waits; a stage whose follower is gone ends.
            let (read_out, archive_in) = sync_channel(1);
            let (archive_out, work_in) = sync_channel(1);
            let (work_out, store_in) = sync_channel(READY);
            let reader = Reader::new(lookup, self.extractor, self.stop);
            let reading = scope.spawn(move || reader.run(inputs, weight, read, &read_out));
            let archiving = scope.spawn(move || Archivist::new(archive).run(&archive_in, &archive_out));
            let working = scope.spawn(move || Worker { process: self.process }.run(&work_in, &work_out));
            let stored = self.store(store, &store_in, &mut report, &mut tell);
            drop(store_in);
            let ended = [reading.join(), archiving.join(), working.join()];
            let worked = ended.into_iter().try_for_each(|e| e.unwrap_or(Err(PipelineError::Worker)));
            stored.and(worked)
        });
        report.interrupted = self.stop.load(Ordering::Relaxed);
        outcome.map(|()| report)
    }

    /// Stores what comes, several batches at a time.
    fn store(
        &self,
        store: &mut Store,
        batches: &Receiver<Vec<Done>>,
        report: &mut Report,
        tell: &mut impl FnMut(Event),
    ) -> Result<(), PipelineError> {
        while let Ok(mut waiting) = batches.recv() {
            let until = Instant::now() + TIME;
            while size(&waiting) < BYTES && waiting.len() < ENTRIES {
                match batches.recv_timeout(until.saturating_duration_since(Instant::now())) {
                    Ok(more) => waiting.extend(more),
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
                }
            }
            self.put(store, waiting, report, tell)?;
        }
        Ok(())
    }

    fn put(
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

fn size(batch: &[Done]) -> usize {
    batch.iter().map(|done| if let Done::Ready { entry, .. } = done { entry.size() } else { 0 }).sum()
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
    report.claims += entry.claims as u64;
    report.rotations += entry.rotations as u64;
    report.mentions += entry.mentions as u64;
    report.copies += u64::from(entry.document.duplicate_of.is_some());
}

/// What is stored of an input that was read.
pub(super) fn entry(processed: Processed, uri: String, key: String, page: PageRef) -> Result<Entry, StoreError> {
    let Processed { document, extraction } = processed;
    let signature = signature(&document.text);
    let Extraction { claims, rotations, mentions, .. } = extraction;
    Entry::new(uri, key, page, Records { document, claims, rotations, mentions }, &signature)
}
