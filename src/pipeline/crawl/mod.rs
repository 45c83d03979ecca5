//! Crawl: sources → frontier → fetch → archive → read → store.
//!
//! Requests run on an asynchronous runtime, many hosts at once. What comes
//! back is made ready by workers ([`work`]) and written by one thread
//! ([`keeper`]): first to the archive, then to the frontier; only then is a
//! page read, and its document stored.

pub(super) mod about;
mod accounts;
mod budget;
mod edgar;
mod hosts;
mod keeper;
mod pace;
mod plan;
mod settle;
mod survey;
mod work;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

pub use accounts::{Accounts, Reasons};
pub use budget::Budgets;
pub use hosts::HostState;
pub use plan::Plan;
pub use survey::{Finding, Survey};

use super::corpus::Corpus;
use super::error::PipelineError;
use super::ingest::entry;
use super::process::Processed;
use crate::fetch::{FetchError, Fetcher};
use crate::sources::{Item, parts};
use crate::store::{Entry, Outcome as Stored, PageRef, Target};
use keeper::Keeper;
use work::{Fetched, Prepared, Ready, Sources, prepare};

/// A crawl to be run.
pub struct Crawl<'c> {
    /// Asks for pages.
    pub fetcher: Arc<Fetcher>,
    /// Reads a page and extracts from it; without it pages are only archived.
    pub process: Option<&'c (dyn Fn(&Item) -> Processed + Sync)>,
    /// Version of what `process` does.
    pub extractor: &'c str,
    /// Ends the crawl; what is in flight is asked again by the next one.
    pub stop: &'c AtomicBool,
    /// What is to be crawled.
    pub plan: Plan,
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// A list was read: its address, how many addresses it names, how many of
    /// them are to be asked.
    List(String, usize, u64),
    /// An address was not fetched.
    Refused(String, FetchError),
    /// A page was fetched but is no article, or its answer is an error.
    NoArticle(String, String),
    /// There is something to say of an address.
    Said(String, String),
    /// A page may have been cut short though its length is right.
    Flagged(String),
    /// A document was stored: address, id, what that did, and which it repeats.
    Stored(String, String, Stored, Option<String>),
    /// How the crawl stands.
    Progress(Progress),
}

/// How a crawl stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Addresses taken up.
    pub taken: u64,
    /// Documents stored.
    pub documents: u64,
    /// Requests in flight.
    pub flying: usize,
    /// The busiest hosts.
    pub hosts: Vec<HostState>,
}

/// Work for the workers.
enum Job {
    /// A request is over.
    Prepare(Box<Fetched>),
    /// A page is archived and is to be read.
    Read(Box<Reading>),
}

/// A page to be read.
struct Reading {
    /// Its place in the order of the archive: documents are stored in it.
    place: u64,
    target: Target,
    item: Item,
    key: String,
    page: PageRef,
}

/// What the workers have done.
enum Done {
    Prepared(Box<Prepared>),
    Read {
        place: u64,
        target: Box<Target>,
        /// A whole submission is several documents.
        entries: Vec<Entry>,
        bytes: usize,
    },
    /// A worker could not do its work.
    Failed(PipelineError),
}

impl Crawl<'_> {
    /// Runs it. `tell` hears of everything that happens.
    ///
    /// # Errors
    /// When store or archive fail; what was written is safe.
    pub fn run(&self, corpus: &mut Corpus, tell: &mut dyn FnMut(Event)) -> Result<Accounts, PipelineError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|source| PipelineError::Runtime { source })?;
        let sources: Sources = self.plan.all().map(|s| (s.queue().to_string(), Ready::of(s))).collect();
        let workers = thread::available_parallelism().map_or(2, usize::from);
        let (jobs, queue) = channel::<Job>();
        let (done, results) = channel::<Done>();
        let queue = Mutex::new(queue);
        thread::scope(|scope| {
            for _ in 0..workers {
                let (queue, sources, done) = (&queue, &sources, done.clone());
                scope.spawn(move || self.worker(queue, sources, &done));
            }
            drop(done);
            let mut keeper = Keeper::new(self, corpus, &sources, runtime.handle().clone(), jobs, results, tell);
            let outcome = keeper.run();
            drop(keeper);
            // Ends the requests in flight, and with them the workers.
            runtime.shutdown_background();
            outcome
        })
    }

    fn worker(&self, queue: &Mutex<Receiver<Job>>, sources: &Sources, done: &Sender<Done>) {
        loop {
            let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(job) = job else { return };
            let work = AssertUnwindSafe(|| match job {
                Job::Prepare(fetched) => match prepare(*fetched, sources, &super::now()) {
                    Ok(prepared) => Done::Prepared(Box::new(prepared)),
                    Err(e) => Done::Failed(PipelineError::Packing(e)),
                },
                Job::Read(reading) => self.read(*reading),
            });
            if done.send(catch_unwind(work).unwrap_or(Done::Failed(PipelineError::Worker))).is_err() {
                return;
            }
        }
    }

    fn read(&self, reading: Reading) -> Done {
        let Reading { place, target, item, key, page } = reading;
        let bytes = item.page.body.len();
        let of = |item: Item| {
            let processed = self.process.map(|p| p(&item)).unwrap_or_default();
            entry(processed, item.uri, key.clone(), page.clone())
        };
        let entries: Result<Vec<Entry>, _> = parts(item).into_iter().map(of).collect();
        match entries {
            Ok(entries) => Done::Read { place, target: Box::new(target), entries, bytes },
            Err(e) => Done::Failed(e.into()),
        }
    }
}
