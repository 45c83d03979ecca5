//! Settle: a batch of outcomes → archive, frontier, store, accounts.

use std::collections::HashMap;
use std::time::Duration;

use url::Url;

use super::accounts::count;
use super::edgar;
use super::keeper::{Keeper, seconds};
use super::pace;
use super::plan::Finder;
use super::work::{Outcome, Pack, Prepared};
use super::{Done, Event, Reading};
use crate::fetch::FetchError;
use crate::pipeline::corpus::page_ref;
use crate::pipeline::error::PipelineError;
use crate::sources::Kind;
use crate::store::{Captured, Entry, Outcome as Stored, PageRef, Settled, State, Step, Target};

/// What a batch leads to, before it is written.
#[derive(Default)]
pub(super) struct Batch {
    pub step: Step,
    /// Pages to be read once they are safe.
    readings: Vec<Reading>,
    /// Documents to be stored.
    entries: Vec<Entry>,
    /// Where each capture of the batch is.
    places: HashMap<String, PageRef>,
    /// Lists: address, number of addresses named, how many of `planned` are theirs.
    pub lists: Vec<(String, usize, usize)>,
    pub events: Vec<Event>,
}

/// Writes a batch.
pub(super) fn settle(keeper: &mut Keeper<'_, '_>, batch: Vec<Done>) -> Result<(), PipelineError> {
    let mut out = Batch::default();
    out.step.sources = keeper.hosts.sources().to_vec();
    let mut read = Vec::new();
    let mut prepared = Vec::new();
    for done in batch {
        match done {
            Done::Prepared(one) => prepared.push(*one),
            Done::Read { target, entries, bytes, .. } => {
                keeper.reading -= 1;
                keeper.reading_bytes -= bytes;
                read.push((*target, entries));
            }
            Done::Failed(e) => return Err(e),
        }
    }
    for one in &mut prepared {
        archive(keeper, &mut out, std::mem::take(&mut one.packs))?;
    }
    if !out.step.pages.is_empty() {
        keeper.corpus.archive.sync()?;
    }
    for one in prepared {
        outcome(keeper, &mut out, one);
    }
    documents(keeper, &mut out, read);
    write(keeper, out)
}

/// Adds the captures that the archive does not have.
fn archive(keeper: &mut Keeper<'_, '_>, out: &mut Batch, packs: Vec<Pack>) -> Result<(), PipelineError> {
    for Pack { key, uri, packed } in packs {
        if out.places.contains_key(&key) {
            continue;
        }
        let page = match keeper.corpus.store.page(&key)? {
            Some(page) => page,
            None => {
                let page = page_ref(keeper.corpus.archive.add_packed(&packed, &crate::pipeline::now())?);
                keeper.accounts.captures += 1;
                out.step.pages.push((key.clone(), uri, page.clone()));
                page
            }
        };
        out.places.insert(key, page);
    }
    Ok(())
}

/// What became of an address, with the state it had.
pub(super) fn settled(target: &Target, state: State, status: u16) -> Settled {
    Settled { id: target.id, state, reason: None, status, attempts: 0, due: 0, pace: target.pace, capture: None }
}

fn outcome(keeper: &mut Keeper<'_, '_>, out: &mut Batch, one: Prepared) {
    let Prepared { target, outcome, .. } = one;
    let now = seconds();
    let url = target.url.clone();
    match outcome {
        Outcome::Error(error) => failure(keeper, out, &target, error),
        Outcome::Status(status) => {
            let reason = format!("status {status}");
            if matches!(status, 408 | 425 | 429 | 500..) {
                pause(keeper, out, &target);
                retry(keeper, out, &target, &reason, status);
            } else {
                let reason = if matches!(status, 404 | 410) { "gone".to_string() } else { reason };
                close(keeper, &target, &reason);
                out.step.settled.push(given_up(&target, status, reason));
            }
            let what = match Kind::of(&target.kind) {
                // Of days without filings, and of today until the evening, there is no index.
                Some(Kind::Edgar) if matches!(status, 403 | 404) => "EDGAR has no such list, or none yet: ",
                _ => "",
            };
            out.events.push(Event::NoArticle(url, format!("{what}the server answered {status}")));
        }
        Outcome::Unchanged { list } => {
            keeper.open.remove(&target.id);
            // An address that was given and has not changed may be that of a list.
            if list || target.depth == 0 {
                keeper.is_list(&target);
            }
            keeper.accounts.unchanged += 1;
            let pace = if list { list_pace(keeper, &target, false) } else { pace::of_page(target.pace, false) };
            let state = if list { State::Waiting } else { State::Done };
            out.step.settled.push(Settled { pace, due: now + pace, ..settled(&target, state, 304) });
        }
        Outcome::NoArticle(reason) => {
            keeper.open.remove(&target.id);
            count(&mut keeper.accounts.no_article, reason);
            let due = now + pace::DAY * 7;
            let reason = Some(reason.to_string());
            out.events.push(Event::NoArticle(url, reason.clone().unwrap_or_default()));
            out.step.settled.push(Settled { due, reason, ..settled(&target, State::Failed, 200) });
        }
        Outcome::NoList(problem) => {
            close(keeper, &target, "no list");
            out.events.push(Event::NoArticle(url, format!("it is no {}: {problem}", target.kind)));
            // A list of EDGAR is itself again the next time.
            let own = edgar::is_list(&target);
            let (state, wait, status) =
                if own { (State::Waiting, pace::RETRY, 0) } else { (State::Failed, pace::DAY, 200) };
            let reason = Some(problem);
            out.step.settled.push(Settled { due: now + wait, reason, ..settled(&target, state, status) });
        }
        Outcome::List { listing, capture, kept } if edgar::is_list(&target) => {
            keeper.open.remove(&target.id);
            edgar::settle(keeper, out, &target, listing, capture, kept);
        }
        Outcome::List { listing, capture, .. } => {
            keeper.open.remove(&target.id);
            keeper.is_list(&target);
            keeper.accounts.lists += 1;
            let pace = list_pace(keeper, &target, true);
            out.step.settled.push(Settled { pace, due: now + pace, capture, ..settled(&target, State::Waiting, 200) });
            let before = out.step.planned.len();
            let named = listing.pages.len() + listing.lists.len();
            if let Some(ready) = keeper.sources.get(&target.source) {
                let found = finder(keeper).list(&target, ready, listing);
                out.step.planned.extend(found);
            }
            out.lists.push((url, named, out.step.planned.len() - before));
        }
        Outcome::Page { item, links, capture, flagged } => {
            if let (Ok(url), Some(page)) = (Url::parse(&target.url), out.places.get(&capture.key)) {
                keeper.spent.page(&url, &page.digest);
            }
            if flagged {
                keeper.accounts.flagged += 1;
                out.events.push(Event::Flagged(url.clone()));
            }
            if let (Some(ready), false) = (keeper.sources.get(&target.source), links.is_empty()) {
                let found = finder(keeper).links(&target, ready, links);
                out.lists.push((String::new(), 0, found.len()));
                out.step.planned.extend(found);
            }
            page(keeper, out, target, *item, capture);
        }
    }
}

pub(super) fn finder<'f>(keeper: &'f mut Keeper<'_, '_>) -> Finder<'f> {
    let plan = &keeper.crawl.plan;
    Finder {
        since: plan.since.as_deref(),
        budgets: &plan.budgets,
        spent: &mut keeper.spent,
        accounts: &mut keeper.accounts,
    }
}

fn list_pace(keeper: &Keeper<'_, '_>, target: &Target, changed: bool) -> i64 {
    let base = keeper.sources.get(&target.source).and_then(|r| r.source.pace());
    pace::of_list(target.pace, base, changed)
}

/// A page that is archived: it is read next, where pages are read.
fn page(keeper: &mut Keeper<'_, '_>, out: &mut Batch, target: Target, item: crate::sources::Item, capture: Captured) {
    let filed = target.kind == Kind::Document.as_str();
    let pace = if filed { pace::EVER } else { pace::of_page(target.pace, target.key.is_some()) };
    let key = capture.key.clone();
    let (capture, due) = (Some(capture), seconds() + pace);
    let reads = keeper.crawl.process.is_some();
    let state = if reads { State::Archived } else { State::Done };
    out.step.settled.push(Settled { pace, due, capture, ..settled(&target, state, 200) });
    if !reads {
        keeper.open.remove(&target.id);
        keeper.accounts.archived_only += 1;
    } else if let Some(page) = out.places.get(&key).cloned() {
        let target = Target { pace, ..target };
        out.readings.push(Reading { place: 0, target, item, key, page });
    }
}

/// What becomes of an address that failed for good. A document of a filing is
/// named once only: it is asked again in its time without being named.
fn given_up(target: &Target, status: u16, reason: String) -> Settled {
    let again = target.kind == Kind::Document.as_str() && !matches!(status, 404 | 410);
    let (state, attempts) = if again { (State::Waiting, 1) } else { (State::Failed, 0) };
    let due = seconds() + pace::of_failure(status);
    Settled { due, attempts, reason: Some(reason), ..settled(target, state, status) }
}

/// An address that failed for good.
fn close(keeper: &mut Keeper<'_, '_>, target: &Target, reason: &str) {
    keeper.open.remove(&target.id);
    count(&mut keeper.accounts.failed, reason);
}

fn failure(keeper: &mut Keeper<'_, '_>, out: &mut Batch, target: &Target, error: FetchError) {
    let now = seconds();
    match &error {
        FetchError::Paused { wait, .. } => {
            pause(keeper, out, target);
            keeper.hosts.back(target, *wait + Duration::from_millis(1));
            keeper.open.insert(target.id, error.name().to_string());
            return; // stays queued
        }
        FetchError::Robots { .. } => {
            keeper.open.remove(&target.id);
            keeper.accounts.robots += 1;
            let reason = Some(error.to_string());
            out.step.settled.push(Settled { due: now + pace::DAY, reason, ..settled(target, State::Skipped, 0) });
        }
        _ if error.is_passing() => {
            pause(keeper, out, target);
            retry(keeper, out, target, error.name(), 0);
        }
        _ => {
            close(keeper, target, error.name());
            out.step.settled.push(given_up(target, 0, error.to_string()));
        }
    }
    out.events.push(Event::Refused(target.url.clone(), error));
}

/// Tries again later, or gives up.
fn retry(keeper: &mut Keeper<'_, '_>, out: &mut Batch, target: &Target, reason: &str, status: u16) {
    let plan = &keeper.crawl.plan;
    let attempts = target.attempts + 1;
    let now = seconds();
    let wait = pace::of_retry(plan.retry, attempts, &target.url);
    let last = attempts >= plan.tries;
    // Whole seconds: one more, so that it is never too early.
    let (state, due) =
        if last { (State::Failed, now + pace::of_failure(status)) } else { (State::Waiting, now + wait + 1) };
    if last && target.kind == Kind::Document.as_str() {
        close(keeper, target, reason);
        out.step.settled.push(given_up(target, status, reason.to_string()));
        return;
    }
    // A list is read again at its time, whatever happened.
    let list = Kind::of(&target.kind).is_some_and(Kind::is_list);
    let state = if list { State::Waiting } else { state };
    let due = if last && list { now + list_pace(keeper, target, false) } else { due };
    if last {
        close(keeper, target, reason);
    } else {
        keeper.open.insert(target.id, reason.to_string());
    }
    let attempts = if last { 0 } else { attempts };
    out.step.settled.push(Settled { due, attempts, reason: Some(reason.into()), ..settled(target, state, status) });
}

/// Remembers that a host is left in peace, beyond the life of this process.
fn pause(keeper: &mut Keeper<'_, '_>, out: &mut Batch, target: &Target) {
    let polite = keeper.crawl.fetcher.client().polite();
    let host = polite.group(&target.host).to_string();
    if let Some((wait, cause)) = polite.paused(&host) {
        let until = seconds() + i64::try_from(wait.as_secs()).unwrap_or(0) + 1;
        out.step.pauses.push((host, until, cause));
    }
}

/// What was read: documents to be stored, and what is none.
fn documents(keeper: &mut Keeper<'_, '_>, out: &mut Batch, read: Vec<(Target, Vec<Entry>)>) {
    for (target, mut entries) in read {
        keeper.open.remove(&target.id);
        let since = keeper.crawl.plan.since.as_deref();
        // Of filings the day of filing counts, which their list gives.
        let dated = since.filter(|_| target.kind == Kind::Page.as_str());
        let day = |entry: &Entry| entry.document.published.as_deref().and_then(|p| p.get(..10).map(str::to_string));
        let old = |entry: &Entry| dated.zip(day(entry)).is_some_and(|(since, day)| *day < *since);
        let reason = if entries.first().is_some_and(old) {
            count(&mut keeper.accounts.skipped, "older than asked for");
            "older than asked for"
        } else {
            entries.retain(|e| !e.document.text.trim().is_empty());
            if let Some(first) = entries.first() {
                keeper.accounts.document(&first.document);
                keeper.documents += entries.len() as u64;
                let due = seconds() + target.pace;
                out.step.settled.push(Settled { due, ..settled(&target, State::Done, 200) });
                out.entries.extend(entries);
                continue;
            }
            count(&mut keeper.accounts.no_article, "no text");
            out.events.push(Event::NoArticle(target.url.clone(), "no text".into()));
            "no text"
        };
        let due = seconds() + pace::DAY * 7;
        let reason = Some(reason.to_string());
        out.step.settled.push(Settled { due, reason, ..settled(&target, State::Skipped, 200) });
    }
}

/// Counts a document that was stored.
fn stored(keeper: &mut Keeper<'_, '_>, entry: Entry, outcome: Stored) {
    let accounts = &mut keeper.accounts;
    match outcome {
        Stored::Added => accounts.new_documents += 1,
        Stored::Changed | Stored::TakenOver => accounts.changed_documents += 1,
        Stored::Same => {}
    }
    if outcome != Stored::Same {
        accounts.claims += entry.claims as u64;
        accounts.rotations += entry.rotations as u64;
        accounts.mentions += entry.mentions as u64;
        accounts.copies += u64::from(entry.document.duplicate_of.is_some());
    }
    let document = entry.document;
    (keeper.tell)(Event::Stored(entry.uri, document.doc_id, outcome, document.duplicate_of));
}

/// Writes the step, then hands on what may only happen after it.
fn write(keeper: &mut Keeper<'_, '_>, out: Batch) -> Result<(), PipelineError> {
    let Batch { step, readings, lists, events, mut entries, .. } = out;
    let extractor = keeper.crawl.extractor;
    let (queued, outcomes) = keeper.corpus.store.advance_with(&step, seconds(), &mut entries, extractor)?;
    for (entry, outcome) in entries.into_iter().zip(outcomes) {
        stored(keeper, entry, outcome);
    }
    for settled in &step.settled {
        keeper.hosts.written(settled.id);
    }
    let mut outcomes = step.planned.iter().zip(queued);
    for (url, named, own) in lists {
        let mut new = 0;
        for (planned, queued) in outcomes.by_ref().take(own) {
            new += u64::from(keeper.queued(&planned.host, queued));
        }
        if !url.is_empty() {
            (keeper.tell)(Event::List(url, named, new));
        }
    }
    for event in events {
        (keeper.tell)(event);
    }
    for reading in readings {
        keeper.read(reading);
    }
    Ok(())
}
