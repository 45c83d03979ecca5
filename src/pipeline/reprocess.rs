//! Reprocess: everything that was stored is read again from the archive,
//! without the network. The same pages give the same ids.

use std::sync::atomic::Ordering;

use serde::Serialize;

use super::batch::{Batch, ordered};
use super::corpus::{Corpus, page_ref};
use super::crawl::about::About;
use super::error::PipelineError;
use super::ingest::{Ingest, entry};
use crate::archive::{self, Scan, Scanned};
use crate::sources::{Item, parts};
use crate::store::{Entry, Outcome, Store, StoreError};

/// What reprocessing did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reprocessed {
    /// Captures in the archive.
    pub captures: u64,
    /// Captures that no document was made of, or that were replaced by later ones.
    pub passed_over: u64,
    /// Of those: pages that were cut short when they were fetched, and are never read.
    pub cut: u64,
    /// Documents that came out the same.
    pub same: u64,
    /// Documents that came out otherwise.
    pub changed: u64,
    /// Documents that were not there.
    pub added: u64,
    /// Claims of changed and added documents.
    pub claims: u64,
    /// Captures that could not be read back.
    pub damaged: Vec<String>,
    /// Stopped before the end.
    pub interrupted: bool,
}

/// Reads every document's capture again.
///
/// # Errors
/// When store or archive fail.
pub fn reprocess(
    ingest: &Ingest<'_>,
    corpus: &mut Corpus,
    mut tell: impl FnMut(u64),
) -> Result<Reprocessed, PipelineError> {
    let mut done = Reprocessed::default();
    let lookup = Store::open(corpus.store.path())?;
    let mut trouble = None;
    let mut counts = (0, 0, Vec::new(), 0);
    {
        let scan = Scan::open(&corpus.folder().join(archive::FOLDER))?;
        let (counts, trouble) = (&mut counts, &mut trouble);
        let inputs = scan
            .take_while(|_| !ingest.stop.load(Ordering::Relaxed))
            .filter_map(move |scanned| {
                counts.0 += 1;
                let scanned = match scanned {
                    Ok(scanned) => scanned,
                    Err(e) => {
                        counts.2.push(e.to_string());
                        return None;
                    }
                };
                if scanned.captured.truncated.is_some() {
                    (counts.1, counts.3) = (counts.1 + 1, counts.3 + 1);
                    return None;
                }
                match lookup.inputs_of(&scanned.key) {
                    Ok(uris) if uris.is_empty() => {
                        counts.1 += 1;
                        None
                    }
                    Ok(uris) => Some((uris, scanned)),
                    Err(e) => {
                        *trouble = Some(PipelineError::from(e));
                        None
                    }
                }
            })
            .fuse();
        let mut stored = Ok(());
        let store = &mut corpus.store;
        let work = |(uris, scanned): (Vec<String>, Scanned)| -> Vec<Result<Entry, StoreError>> {
            uris.into_iter().map(|uri| read(ingest, uri, &scanned)).collect()
        };
        let weight = |(_, scanned): &(Vec<String>, Scanned)| scanned.captured.page.body.len();
        ordered(inputs, Batch::default(), weight, work, |batch| {
            let entries: Result<Vec<Entry>, StoreError> = batch.into_iter().flatten().collect();
            let put = entries.and_then(|mut e| store.put(&mut e, ingest.extractor).map(|o| (o, e)));
            match put {
                Ok((outcomes, entries)) => {
                    for (outcome, entry) in outcomes.into_iter().zip(entries) {
                        note(&mut done, outcome, &entry);
                    }
                    tell(done.same + done.changed + done.added);
                    true
                }
                Err(e) => {
                    stored = Err(PipelineError::from(e));
                    false
                }
            }
        });
        stored?;
    }
    (done.captures, done.passed_over, done.damaged, done.cut) = counts;
    done.interrupted = ingest.stop.load(Ordering::Relaxed);
    trouble.map_or(Ok(done), Err)
}

fn read(ingest: &Ingest<'_>, uri: String, scanned: &Scanned) -> Result<Entry, StoreError> {
    let about = About::read(&scanned.about).unwrap_or_default();
    let whole = uri.split_once('#').map_or(uri.as_str(), |(whole, _)| whole).to_string();
    let item = Item { path: uri.clone(), uri: whole, page: scanned.captured.page.clone(), known: about.known };
    // Of a whole submission the document that is meant; a page is its own only part.
    let mut parts = parts(item);
    let at = parts.iter().position(|p| p.uri == uri).unwrap_or(0);
    let processed = (ingest.process)(&parts.swap_remove(at));
    entry(processed, uri, scanned.key.clone(), page_ref(scanned.place.clone()))
}

fn note(done: &mut Reprocessed, outcome: Outcome, entry: &Entry) {
    match outcome {
        Outcome::Same => {
            done.same += 1;
            return;
        }
        Outcome::Added => done.added += 1,
        Outcome::Changed | Outcome::TakenOver => done.changed += 1,
    }
    done.claims += entry.claims as u64;
}
