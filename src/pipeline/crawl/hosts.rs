//! Hosts: a short queue of each host in memory, the long one in the store; and
//! whose turn it is.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::{Duration, Instant};

use url::Url;

use crate::sources::Kind;
use crate::sources::edgar::Sort;
use crate::store::{Store, StoreError, Target};

/// Addresses of a host kept in memory.
const AHEAD: usize = 32;

/// One host.
#[derive(Debug, Default)]
struct Line {
    buffer: VecDeque<Target>,
    flying: usize,
    /// The store may have more.
    more: bool,
    /// Not before then.
    hold: Option<Instant>,
    done: u64,
    failed: u64,
}

/// What a host is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostState {
    /// Its name and port.
    pub host: String,
    /// Addresses done.
    pub done: u64,
    /// Addresses failed.
    pub failed: u64,
    /// Requests in flight.
    pub flying: usize,
    /// How long it is left in peace still.
    pub paused: Option<Duration>,
}

/// All hosts with something to do.
#[derive(Debug)]
pub(super) struct Hosts {
    lines: HashMap<String, Line>,
    ring: VecDeque<String>,
    /// Addresses in flight or not yet written.
    taken: HashSet<i64>,
    at_once: usize,
    sources: Vec<String>,
}

impl Hosts {
    pub fn new(at_once: usize, sources: Vec<String>) -> Self {
        Self { lines: HashMap::new(), ring: VecDeque::new(), taken: HashSet::new(), at_once: at_once.max(1), sources }
    }

    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// The store has something to do for this host.
    pub fn more(&mut self, host: &str) {
        if !self.lines.contains_key(host) {
            self.ring.push_back(host.to_string());
        }
        self.lines.entry(host.to_string()).or_default().more = true;
    }

    /// The next address that may be asked. With `only`, the limit of pages is
    /// reached: lists may be asked, and those pages.
    pub fn next(&mut self, store: &Store, only: Option<&HashSet<i64>>) -> Result<Option<Target>, StoreError> {
        let now = Instant::now();
        for _ in 0..self.ring.len() {
            let Some(host) = self.ring.pop_front() else { break };
            let Some(line) = self.lines.get_mut(&host) else { continue };
            let held = line.hold.is_some_and(|until| until > now);
            if !held && line.flying < self.at_once {
                if line.buffer.is_empty() && line.more {
                    let wanted = AHEAD + line.flying + self.taken.len().min(256);
                    let next = store.frontier_next(&host, &self.sources, wanted)?;
                    line.more = next.len() >= wanted;
                    line.buffer = next.into_iter().filter(|t| !self.taken.contains(&t.id)).collect();
                }
                if let Some(only) = only {
                    line.buffer.retain(|t| !counts(t) && !goes_on(t) || only.contains(&t.id));
                    line.more = false;
                }
                if let Some(target) = line.buffer.pop_front() {
                    line.flying += 1;
                    self.taken.insert(target.id);
                    self.ring.push_back(host);
                    return Ok(Some(target));
                }
            }
            self.ring.push_back(host);
        }
        Ok(None)
    }

    /// A request is over; its outcome is not written yet.
    pub fn landed(&mut self, host: &str, failed: bool) {
        if let Some(line) = self.lines.get_mut(host) {
            line.flying = line.flying.saturating_sub(1);
            line.done += 1;
            line.failed += u64::from(failed);
        }
    }

    /// An outcome is written.
    pub fn written(&mut self, id: i64) {
        self.taken.remove(&id);
    }

    /// A request could not be made now: the address stays in the queue.
    pub fn back(&mut self, target: &Target, wait: Duration) {
        self.taken.remove(&target.id);
        if let Some(line) = self.lines.get_mut(&target.host) {
            line.flying = line.flying.saturating_sub(1);
            line.more = true;
            line.buffer.clear();
            line.hold = Some(Instant::now() + wait);
        }
    }

    /// When the next held host may be asked, if it has anything to do.
    pub fn wake(&self) -> Option<Duration> {
        let now = Instant::now();
        let held = self.lines.values().filter(|l| l.more || !l.buffer.is_empty());
        held.filter_map(|l| l.hold).map(|until| until.saturating_duration_since(now)).min()
    }

    /// What the busiest hosts are doing.
    pub fn states(&self, most: usize) -> Vec<HostState> {
        let now = Instant::now();
        let busy = |l: &Line| l.flying > 0 || l.more || !l.buffer.is_empty();
        let mut list: Vec<HostState> = self
            .lines
            .iter()
            .filter(|(_, l)| busy(l))
            .map(|(host, l)| HostState {
                host: host.clone(),
                done: l.done,
                failed: l.failed,
                flying: l.flying,
                paused: l.hold.map(|u| u.saturating_duration_since(now)).filter(|d| !d.is_zero()),
            })
            .collect();
        list.sort_by(|a, b| b.done.cmp(&a.done).then_with(|| a.host.cmp(&b.host)));
        list.truncate(most);
        list
    }
}

/// Whether an address counts against the limit of pages.
pub(super) fn counts(target: &Target) -> bool {
    Kind::of(&target.kind).is_none_or(Kind::counts)
}

/// Whether an address is a later page of a list: what is wanted within the
/// limit stands in the pages before.
fn goes_on(target: &Target) -> bool {
    let page = |url: Url| Sort::of(&url).is_some_and(|sort| sort.is_later_page(&url));
    target.kind == Kind::Edgar.as_str() && Url::parse(&target.url).is_ok_and(page)
}
