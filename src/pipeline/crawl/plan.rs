//! Plan: what is to be crawled; and found addresses → the frontier.

use std::time::Duration;

use url::Url;

use super::accounts::{Accounts, count};
use super::budget::{Budgets, Spent};
use super::work::Ready;
use crate::fetch::host;
use crate::model::address;
use crate::sources::{Kind, Known, Listed, Listing, Source};
use crate::store::{Planned, Target};

/// What is to be crawled, and how.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Where news is.
    pub sources: Vec<Source>,
    /// Sources of earlier crawls whose addresses are still in the queue and are
    /// asked as well.
    pub resumed: Vec<Source>,
    /// Only what was published on this day or later, `YYYY-MM-DD`.
    pub since: Option<String>,
    /// Most pages.
    pub limit: Option<u64>,
    /// Goes on until it is stopped.
    pub watch: bool,
    /// Requests at the same time, over all hosts.
    pub in_flight: usize,
    /// Requests to one host at the same time.
    pub at_once: usize,
    /// Tries of an address before it has failed.
    pub tries: u32,
    /// Wait before the first retry.
    pub retry: Duration,
    /// Longest wait for a paused host or a retry, unless watching.
    pub patience: Duration,
    /// Limits of following links.
    pub budgets: Budgets,
    /// Whether hosts are asked what they show for missing pages.
    pub probe: bool,
}

impl Plan {
    /// All sources whose addresses are asked.
    pub(super) fn all(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().chain(&self.resumed)
    }
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            sources: Vec::new(),
            resumed: Vec::new(),
            since: None,
            limit: None,
            watch: false,
            in_flight: 128,
            at_once: 2,
            tries: 3,
            retry: Duration::from_secs(5),
            patience: Duration::from_secs(60),
            budgets: Budgets::default(),
            probe: true,
        }
    }
}

/// Lists within lists are followed this far.
const NESTED: u32 = 3;

/// Longest address that is followed.
const LONGEST: usize = 4096;

/// Longest title or author that a list may give, in characters.
const LONGEST_WORDS: usize = 1000;

/// Priorities: lists first, then what was asked for, what lists name, links.
const LIST: i64 = 100;
const ASKED: i64 = 80;
const NAMED: i64 = 60;
const LINKED: i64 = 40;

/// The addresses of the sources themselves.
pub(super) fn seeds(sources: &[Source], today: jiff::civil::Date) -> Vec<Planned> {
    let of = |source: &Source| {
        let urls = match &source.edgar {
            Some(ask) => ask.seeds(today),
            None => source.url.as_deref().and_then(|u| Url::parse(u.trim()).ok()).into_iter().collect(),
        };
        let priority = if source.kind == Kind::Page { ASKED } else { LIST };
        let way = Way { kind: source.kind, priority, depth: 0, linked: false };
        urls.into_iter().map(|url| planned(url, source, way, Known::default(), true)).collect::<Vec<_>>()
    };
    sources.iter().filter(|s| !s.kind.is_local()).flat_map(of).collect()
}

/// The source under which documents of filings stand in the frontier.
const DOCUMENTS: &str = "edgar";

/// Under which names addresses of these sources stand: the documents of
/// filings belong to whoever asks next.
pub(super) fn names<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<String> {
    let of = |s: &'s Source| [Some(s.queue()), Some(DOCUMENTS).filter(|_| s.kind == Kind::Edgar)];
    let mut names: Vec<String> = sources.flat_map(of).flatten().map(str::to_string).collect();
    names.sort();
    names.dedup();
    names
}

/// How an address was come by.
#[derive(Clone, Copy)]
struct Way {
    kind: Kind,
    priority: i64,
    depth: u32,
    /// As a link, not in a list.
    linked: bool,
}

fn planned(mut url: Url, source: &Source, way: Way, known: Known, now: bool) -> Planned {
    url.set_fragment(None);
    let known = Known {
        source: Some(source.label().to_string()).filter(|n| !n.is_empty()),
        outlet: short(known.outlet).or_else(|| source.outlet.clone()),
        title: short(known.title),
        author: short(known.author),
        ..known
    };
    Planned {
        host: host(&url),
        url: url.into(),
        source: if way.kind == Kind::Document { DOCUMENTS } else { source.queue() }.to_string(),
        kind: way.kind.as_str().to_string(),
        priority: way.priority,
        depth: way.depth,
        known: serde_json::to_string(&known).unwrap_or_default(),
        now,
    }
}

fn short(text: Option<String>) -> Option<String> {
    text.map(|t| t.chars().take(LONGEST_WORDS).collect())
}

/// Decides about found addresses.
pub(super) struct Finder<'f> {
    pub since: Option<&'f str>,
    pub budgets: &'f Budgets,
    pub spent: &'f mut Spent,
    pub accounts: &'f mut Accounts,
}

impl Finder<'_> {
    /// What a list names.
    pub fn list(&mut self, target: &Target, ready: &Ready, listing: Listing) -> Vec<Planned> {
        if let Some(kind) = Kind::of(&target.kind).filter(|k| k.is_edgar()) {
            return self.edgar(target, kind, ready, listing);
        }
        let mut found = Vec::new();
        for url in listing.lists {
            self.accounts.named += 1;
            if target.depth >= NESTED {
                count(&mut self.accounts.left_out, "lists within lists");
                continue;
            }
            let way = Way { kind: Kind::Sitemap, priority: LIST - 1, depth: target.depth + 1, linked: false };
            found.extend(self.admit(url, ready, Known::default(), way));
        }
        let own = Url::parse(&target.url).ok();
        // All links of a page are too many: without a selector only those of its own site.
        let chosen = ready.select.is_some() || target.kind != Kind::Links.as_str();
        for (at, entry) in listing.pages.into_iter().enumerate() {
            self.accounts.named += 1;
            let Ok(url) = Url::parse(entry.url.trim()) else {
                count(&mut self.accounts.left_out, "no address");
                continue;
            };
            if at >= self.budgets.per_list {
                count(&mut self.accounts.left_out, "too many in one list");
            } else if self.is_old(&entry) {
                count(&mut self.accounts.left_out, "older than asked for");
            } else if !chosen && own.as_ref().is_some_and(|o| o.host_str() != url.host_str()) {
                count(&mut self.accounts.left_out, "another site");
            } else {
                let linked = target.kind == Kind::Links.as_str();
                let priority = if linked { LINKED } else { NAMED };
                let way = Way { kind: Kind::Page, priority, depth: 1, linked };
                found.extend(self.admit(url, ready, entry.known, way));
            }
        }
        found
    }

    /// What a list of EDGAR names: it leads to what is wanted and nowhere else.
    fn edgar(&mut self, target: &Target, kind: Kind, ready: &Ready, listing: Listing) -> Vec<Planned> {
        for (reason, n) in listing.passed {
            self.accounts.named += n;
            *self.accounts.left_out.entry(reason.to_string()).or_default() += n;
        }
        let next = if kind == Kind::Filing { Kind::Document } else { Kind::Filing };
        // A filing that was begun is ended before the next.
        let priority = if next == Kind::Document { NAMED + 1 } else { NAMED };
        let lists = Way { kind: Kind::Edgar, priority: LIST - 1, depth: target.depth + 1, linked: false };
        let pages = Way { kind: next, priority, ..lists };
        let mut found = Vec::new();
        let named = listing.lists.into_iter().map(|url| (url, Known::default(), lists, true));
        let filed = listing.pages.into_iter().filter_map(|e| Some((Url::parse(&e.url).ok()?, e.known, pages, false)));
        for (url, known, way, now) in named.chain(filed) {
            self.accounts.named += 1;
            // The same filing stands under each of its parties.
            let number = known.filing.as_ref().and_then(|f| f.accession.as_deref()).filter(|_| next == Kind::Filing);
            let twice = number.is_some_and(|n| self.spent.met(&format!("accession {n}")));
            if twice || self.spent.met(url.as_str()) {
                self.accounts.known += 1;
            } else {
                found.push(planned(url, &ready.source, way, known, now));
            }
        }
        found
    }

    /// The links of a page.
    pub fn links(&mut self, target: &Target, ready: &Ready, links: Vec<Url>) -> Vec<Planned> {
        let own = Url::parse(&target.url).ok();
        let mut found = Vec::new();
        for url in links {
            self.accounts.named += 1;
            if own.as_ref().is_none_or(|o| o.host_str() != url.host_str() || o.port() != url.port()) {
                count(&mut self.accounts.left_out, "another site");
                continue;
            }
            let depth = target.depth + 1;
            let priority = (LINKED - i64::from(depth)).max(0);
            let way = Way { kind: Kind::Page, priority, depth, linked: true };
            found.extend(self.admit(url, ready, Known::default(), way));
        }
        found
    }

    fn is_old(&self, entry: &Listed) -> bool {
        // What was not changed since then was not published since then.
        let day = entry.known.published.as_deref().or(entry.modified.as_deref()).and_then(|p| p.get(..10));
        match (self.since, day) {
            (Some(since), Some(day)) => day.starts_with(|c: char| c.is_ascii_digit()) && day < since,
            _ => false,
        }
    }

    fn admit(&mut self, url: Url, ready: &Ready, known: Known, way: Way) -> Option<Planned> {
        if self.spent.met(url.as_str()) {
            self.accounts.known += 1;
            return None;
        }
        let normal = address::normalise(url.as_str()).and_then(|n| Url::parse(&n).ok());
        let Some(normal) = normal.filter(|n| n.as_str().len() <= LONGEST) else {
            count(&mut self.accounts.left_out, "no address that can be followed");
            return None;
        };
        // The same page under other spellings of its address is met as well.
        let key = address::key(normal.as_str());
        if key.is_some_and(|k| self.spent.met(&format!("page {k}"))) {
            self.accounts.known += 1;
            return None;
        }
        if let Err(reason) = self.spent.take(self.budgets, &normal, way.linked) {
            count(&mut self.accounts.left_out, reason);
            return None;
        }
        Some(planned(normal, &ready.source, way, known, false))
    }
}
