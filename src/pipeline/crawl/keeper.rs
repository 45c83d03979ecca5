//! Keeper: the one thread that writes. It hands out requests, takes what came
//! of them, and writes it in an order that makes a kill harmless:
//!
//! 1. captures to the archive, synced;
//! 2. in one transaction: captures, what became of each address, addresses
//!    found. From here on nothing is asked again;
//! 3. documents, once the workers have read them; then "done" in the frontier.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use url::Url;

use super::accounts::{Accounts, count};
use super::budget::Spent;
use super::hosts::{Hosts, counts};
use super::work::{Fetched, Sources};
use super::{Crawl, Done, Event, Job, Progress, Reading, plan};
use crate::archive;
use crate::fetch::{Exchange, FetchError, Validators, Visit};
use crate::model::Page;
use crate::pipeline::corpus::Corpus;
use crate::pipeline::error::PipelineError;
use crate::sources::{Item, Kind};
use crate::store::{Queued, Settled, State, Step, Target};

/// Outcomes written together at most.
const BATCH: usize = 64;

/// Longest time an outcome waits to be written.
const LATEST: Duration = Duration::from_millis(40);

/// How often the work looks around.
const TICK: Duration = Duration::from_millis(20);

/// How often progress is told.
const PROGRESS: Duration = Duration::from_millis(200);

/// Pages read or waiting for it, by number and bytes; more are not fetched.
const READING: usize = 256;
const READING_BYTES: usize = 64 << 20;

/// Archived pages of an earlier crawl that are read at a time.
const UNREAD: usize = 32;

pub(super) struct Keeper<'k, 'c> {
    pub crawl: &'k Crawl<'c>,
    pub corpus: &'k mut Corpus,
    pub sources: &'k Sources,
    runtime: Handle,
    jobs: Sender<Job>,
    results: Receiver<Done>,
    pub tell: &'k mut dyn FnMut(Event),
    pub accounts: Accounts,
    pub spent: Spent,
    pub hosts: Hosts,
    /// Addresses taken up whose outcome is open, and why it is.
    pub open: HashMap<i64, String>,
    pending: Vec<Done>,
    since: Option<Instant>,
    flying: usize,
    pub reading: usize,
    pub reading_bytes: usize,
    pages: u64,
    told: Instant,
    /// Archived pages of an earlier crawl that are still to be read.
    unread: VecDeque<Target>,
    pub documents: u64,
    /// Pages handed out to be read, and of those: how many came back in order.
    handed: u64,
    returned: u64,
    /// Pages that were read before those handed out before them.
    ahead: BTreeMap<u64, Done>,
    /// Pages counted against the limit, so that a retry counts once.
    counted: HashSet<i64>,
}

impl<'k, 'c> Keeper<'k, 'c> {
    pub fn new(
        crawl: &'k Crawl<'c>,
        corpus: &'k mut Corpus,
        sources: &'k Sources,
        runtime: Handle,
        jobs: Sender<Job>,
        results: Receiver<Done>,
        tell: &'k mut dyn FnMut(Event),
    ) -> Self {
        let names = plan::names(crawl.plan.all());
        Self {
            hosts: Hosts::new(crawl.plan.at_once, names),
            crawl,
            corpus,
            sources,
            runtime,
            jobs,
            results,
            tell,
            accounts: Accounts::default(),
            spent: Spent::default(),
            open: HashMap::new(),
            pending: Vec::new(),
            since: None,
            flying: 0,
            reading: 0,
            reading_bytes: 0,
            pages: 0,
            told: Instant::now(),
            unread: VecDeque::new(),
            documents: 0,
            handed: 0,
            returned: 0,
            ahead: BTreeMap::new(),
            counted: HashSet::new(),
        }
    }

    /// The whole crawl.
    pub fn run(&mut self) -> Result<Accounts, PipelineError> {
        self.begin()?;
        while !self.crawl.stop.load(Ordering::Relaxed) {
            self.dispatch()?;
            self.progress();
            if self.flying + self.reading == 0 && self.pending.is_empty() {
                if self.unread.is_empty() && !self.rest()? {
                    break;
                }
                continue;
            }
            self.collect();
            let late = self.since.is_some_and(|s| s.elapsed() >= LATEST);
            if self.pending.len() >= BATCH || late || self.flying + self.reading == 0 {
                self.write()?;
            }
        }
        self.write()?;
        self.end()
    }

    /// Puts the sources into the queue and takes up what an earlier crawl left.
    fn begin(&mut self) -> Result<(), PipelineError> {
        let now = seconds();
        let polite = self.crawl.fetcher.client().polite();
        for (host, until, cause) in self.corpus.store.host_pauses(now)? {
            polite.pause(&host, Duration::from_secs(u64::try_from(until - now).unwrap_or(0)), &cause);
        }
        let planned = plan::seeds(&self.crawl.plan.sources, jiff::Zoned::now().date());
        let sources = self.hosts.sources().to_vec();
        self.corpus.store.advance(&Step { planned, sources, ..Step::default() }, now)?;
        if self.crawl.process.is_some() {
            self.unread = self.corpus.store.frontier_unread()?.into();
        }
        self.corpus.store.frontier_ripen(now, self.crawl.plan.watch)?;
        for (host, _) in self.corpus.store.frontier_hosts(self.hosts.sources())? {
            self.hosts.more(&host);
        }
        Ok(())
    }

    /// Hands out requests, and pages that an earlier crawl did not read.
    fn dispatch(&mut self) -> Result<(), PipelineError> {
        let plan = &self.crawl.plan;
        while self.reading < UNREAD
            && let Some(target) = self.unread.pop_front()
        {
            self.take_unread(target)?;
        }
        while self.flying < plan.in_flight && self.reading < READING && self.reading_bytes < READING_BYTES {
            let full = plan.limit.is_some_and(|l| self.pages >= l);
            let only = full.then_some(&self.counted);
            let Some(target) = self.hosts.next(&self.corpus.store, only)? else { break };
            if counts(&target) && self.counted.insert(target.id) {
                self.pages += 1;
            }
            self.ask(target);
        }
        Ok(())
    }

    fn ask(&mut self, target: Target) {
        if self.open.insert(target.id, "stopped".into()).is_none() {
            self.accounts.taken += 1;
        } else {
            self.accounts.retries += 1;
        }
        self.flying += 1;
        let (fetcher, jobs) = (Arc::clone(&self.crawl.fetcher), self.jobs.clone());
        let earlier = self.earlier(&target);
        if let (Some(page), true) = (&earlier, is_young(&target)) {
            let visit = Visit { way: Vec::new(), end: Ok(Exchange::archived(page.clone())) };
            let kept = Fetched { target, visit, missing: None, earlier: None, kept: true };
            let _ = jobs.send(Job::Prepare(Box::new(kept)));
            return;
        }
        let probe = self.crawl.plan.probe && target.kind == "page";
        self.runtime.spawn(async move {
            let limits = fetcher.client().limits();
            // Without what it was, that it has not changed says nothing.
            let list = matches!(Kind::of(&target.kind), Some(Kind::Edgar | Kind::Filing));
            let known = target.key.is_some() && (!list || earlier.is_some());
            let validators = Validators {
                etag: target.etag.clone().filter(|_| known),
                modified: target.modified.clone().filter(|_| known),
            };
            let (visit, missing) = match Url::parse(&target.url) {
                Ok(url) => {
                    let mut visit = fetcher.visit(&url, &validators, limits).await;
                    let found = visit.end.as_ref().is_ok_and(|e| e.page.status == 200);
                    let missing = if probe && found { fetcher.missing(&url, &mut visit.way).await } else { None };
                    (visit, missing)
                }
                Err(e) => {
                    let error = FetchError::BadUrl { url: target.url.clone(), problem: e.to_string() };
                    (Visit { way: Vec::new(), end: Err(error) }, None)
                }
            };
            // Nobody listens any more when the crawl was stopped.
            let _ = jobs.send(Job::Prepare(Box::new(Fetched { target, visit, missing, earlier, kept: false })));
        });
    }

    /// What the archive holds of a list of EDGAR: read again where it is young
    /// enough, or has not changed.
    fn earlier(&self, target: &Target) -> Option<Page> {
        if !matches!(Kind::of(&target.kind), Some(Kind::Edgar | Kind::Filing)) {
            return None;
        }
        let page = self.corpus.store.page(target.key.as_deref()?).ok().flatten()?;
        let folder = self.corpus.folder().join(archive::FOLDER);
        // What cannot be read back is asked for again.
        Some(archive::read(&folder, &page.file, page.start).ok()?.page)
    }

    /// Reads an archived page that was never read; asks for it again where the
    /// archive does not give it back.
    fn take_unread(&mut self, target: Target) -> Result<(), PipelineError> {
        let key = target.key.clone().unwrap_or_default();
        let folder = self.corpus.folder().join(archive::FOLDER);
        let page = self.corpus.store.page(&key)?;
        let captured = page.as_ref().and_then(|p| archive::read(&folder, &p.file, p.start).ok());
        let (Some(page), Some(captured)) = (page, captured) else {
            let settled = Settled { attempts: 0, reason: None, ..super::settle::settled(&target, State::Queued, 0) };
            self.corpus.store.advance(&Step { settled: vec![settled], ..Step::default() }, seconds())?;
            self.hosts.more(&target.host);
            return Ok(());
        };
        let known = serde_json::from_str(&target.known).unwrap_or_default();
        let item = Item { path: target.url.clone(), uri: target.url.clone(), page: captured.page, known };
        self.open.insert(target.id, "stopped".into());
        self.accounts.taken += 1;
        self.read(Reading { place: 0, target, item, key, page });
        Ok(())
    }

    pub fn read(&mut self, mut reading: Reading) {
        reading.place = self.handed;
        self.handed += 1;
        self.reading += 1;
        self.reading_bytes += reading.item.page.body.len();
        // The workers live as long as this sender does.
        let _ = self.jobs.send(Job::Read(Box::new(reading)));
    }

    /// Takes what the workers have done.
    fn collect(&mut self) {
        let first = match self.results.recv_timeout(TICK) {
            Ok(done) => done,
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => Done::Failed(PipelineError::Worker),
        };
        let mut next = Some(first);
        while let Some(done) = next {
            if let Done::Prepared(prepared) = &done {
                self.flying -= 1;
                if let super::work::Outcome::Error(FetchError::Paused { .. }) = prepared.outcome {
                    // Goes back into the queue when it is written.
                } else {
                    let failed =
                        matches!(prepared.outcome, super::work::Outcome::Error(_) | super::work::Outcome::Status(_));
                    self.hosts.landed(&prepared.target.host, failed);
                }
            }
            match done {
                Done::Read { place, .. } => {
                    self.ahead.insert(place, done);
                    while let Some(done) = self.ahead.remove(&self.returned) {
                        self.returned += 1;
                        self.pending.push(done);
                    }
                }
                done => self.pending.push(done),
            }
            self.since.get_or_insert_with(Instant::now);
            next = if self.pending.len() < BATCH { self.results.try_recv().ok() } else { None };
        }
    }

    fn write(&mut self) -> Result<(), PipelineError> {
        self.since = None;
        let batch = std::mem::take(&mut self.pending);
        if batch.is_empty() { Ok(()) } else { super::settle::settle(self, batch) }
    }

    /// Nothing can be done now: waits for retries and paused hosts, or says
    /// that the crawl is over.
    fn rest(&mut self) -> Result<bool, PipelineError> {
        let plan = &self.crawl.plan;
        let now = seconds();
        let due = self.corpus.store.frontier_due(self.hosts.sources(), plan.watch)?;
        let retry = due.map(|d| Duration::from_secs(u64::try_from(d - now).unwrap_or(0)));
        let full = plan.limit.is_some_and(|l| self.pages >= l);
        let held = if full { None } else { self.hosts.wake() };
        let Some(wait) = retry.into_iter().chain(held).min() else { return Ok(false) };
        if wait > plan.patience && !plan.watch {
            return Ok(false);
        }
        let until = Instant::now() + wait;
        while Instant::now() < until && !self.crawl.stop.load(Ordering::Relaxed) {
            self.progress();
            std::thread::sleep(TICK.max(Duration::from_millis(5)).min(until.saturating_duration_since(Instant::now())));
        }
        let ripe = self.corpus.store.frontier_ripen(seconds(), plan.watch)?;
        if plan.watch && !ripe.is_empty() {
            // What was met in this round may be due in the next.
            self.spent = Spent::default();
        }
        for host in ripe {
            self.hosts.more(&host);
        }
        Ok(true)
    }

    fn progress(&mut self) {
        if self.told.elapsed() >= PROGRESS {
            self.told = Instant::now();
            let hosts = self.hosts.states(6);
            let Self { accounts, documents, flying, .. } = self;
            let progress = Progress { taken: accounts.taken, documents: *documents, flying: *flying, hosts };
            (self.tell)(Event::Progress(progress));
        }
    }

    fn end(&mut self) -> Result<Accounts, PipelineError> {
        for reason in self.open.values() {
            count(&mut self.accounts.put_off, reason);
        }
        self.accounts.interrupted = self.crawl.stop.load(Ordering::Relaxed);
        let left = self.corpus.store.frontier_hosts(self.hosts.sources())?;
        self.accounts.still_queued = left.iter().map(|(_, n)| n).sum();
        let of_others = self.corpus.store.frontier_left(self.hosts.sources())?;
        self.accounts.left_of_others = of_others.iter().map(|(_, n)| n).sum();
        Ok(std::mem::take(&mut self.accounts))
    }

    /// What was taken for a page is a list, and does not count as one.
    pub fn is_list(&mut self, target: &Target) {
        if self.counted.remove(&target.id) {
            self.pages -= 1;
            self.hosts.more(&target.host);
        }
    }

    /// Counts what became of found addresses; says of how many hosts more is to be asked.
    pub fn queued(&mut self, host: &str, queued: Queued) -> bool {
        match queued {
            Queued::Known => self.accounts.known += 1,
            Queued::New | Queued::Again => {
                self.accounts.queued += 1;
                self.hosts.more(host);
            }
        }
        queued != Queued::Known
    }
}

/// Whether the last answer was good and its time is not over.
fn is_young(target: &Target) -> bool {
    // The index of a filing never changes.
    let ever = target.kind == Kind::Filing.as_str();
    matches!(target.status, 200 | 304) && (ever || target.due > seconds())
}

/// The wall clock, for what must survive the process.
pub(super) fn seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}
