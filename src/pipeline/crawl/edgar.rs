//! EDGAR in a crawl: its lists may be read again from the archive, are good for
//! a fixed time, and lead to filings, those to their documents.

use url::Url;

use super::Event;
use super::about::About;
use super::keeper::{Keeper, seconds};
use super::pace;
use super::settle::{Batch, finder, settled};
use super::work::{Outcome, Pack, Prepared, Sources, pack};
use crate::archive;
use crate::fetch::Exchange;
use crate::model::{Filing, Page};
use crate::sources::edgar::{self, Sort};
use crate::sources::{Kind, Known, Listing};
use crate::store::{Captured, Settled, State, Target};

/// A list of EDGAR that came, or a filing's index: archived as such.
pub(super) fn prepared(
    target: Target,
    kind: Kind,
    exchange: &Exchange,
    sources: &Sources,
    mut packs: Vec<Pack>,
    now: &str,
) -> std::io::Result<Prepared> {
    let page = &exchange.page;
    let about = About { known: Known { aside: true, ..Known::default() }, asked: target.url.clone() }.write();
    let capture = Captured {
        key: archive::key(&target.url, &about, &page.body),
        etag: page.header("etag").map(str::to_string),
        modified: page.header("last-modified").map(str::to_string),
    };
    if target.key.as_ref() != Some(&capture.key) {
        packs.push(pack(exchange, &capture.key, &about, now)?);
    }
    Ok(Prepared { outcome: read(&target, kind, page, sources, Some(capture), false), target, packs })
}

/// What a list of EDGAR, or a filing's index, leads to.
pub(super) fn read(
    target: &Target,
    kind: Kind,
    page: &Page,
    sources: &Sources,
    capture: Option<Captured>,
    kept: bool,
) -> Outcome {
    let Some(ask) = sources.get(&target.source).and_then(|r| r.source.edgar.as_deref()) else {
        return Outcome::NoList("its source is not asked for EDGAR any more".into());
    };
    // Where it stands decides what it is, wherever it was redirected from.
    let page = &Page { url: target.url.clone(), ..page.clone() };
    let listed = match kind {
        Kind::Filing => edgar::documents(page, &filing_of(target), ask),
        _ => edgar::listing(page, ask),
    };
    match listed {
        Ok(listing) => Outcome::List { listing, capture, kept },
        Err(problem) if kind == Kind::Filing => match whole(target, sources) {
            Some(listing) => Outcome::List {
                listing: Listing { notes: vec![format!("{problem}; the whole filing is read")], ..listing },
                capture,
                kept,
            },
            None => Outcome::NoList(problem),
        },
        Err(problem) => Outcome::NoList(problem),
    }
}

/// The filing as one file, where its index does not help.
pub(super) fn whole(target: &Target, sources: &Sources) -> Option<Listing> {
    let ask = sources.get(&target.source)?.source.edgar.as_deref()?;
    edgar::whole(&target.url, &filing_of(target), ask)
}

/// What the list said that named a filing.
fn filing_of(target: &Target) -> Filing {
    let known: Known = serde_json::from_str(&target.known).unwrap_or_default();
    known.filing.unwrap_or_default()
}

pub(super) fn is_list(target: &Target) -> bool {
    matches!(Kind::of(&target.kind), Some(Kind::Edgar | Kind::Filing))
}

/// A list of EDGAR, or the index of a filing: how long it is good is fixed.
pub(super) fn settle(
    keeper: &mut Keeper<'_, '_>,
    out: &mut Batch,
    target: &Target,
    listing: Listing,
    capture: Option<Captured>,
    kept: bool,
) {
    let sort = Url::parse(&target.url).ok().and_then(|u| Sort::of(&u).map(|s| (s, s.is_later_page(&u))));
    let count = match sort {
        _ if kept => &mut keeper.accounts.kept_lists,
        _ if target.kind == Kind::Filing.as_str() => &mut keeper.accounts.indexes,
        Some((Sort::Facts, _)) => &mut keeper.accounts.facts,
        _ => &mut keeper.accounts.lists,
    };
    *count += 1;
    // How often the feed is asked, its source may say.
    let own = keeper.sources.get(&target.source).and_then(|r| r.source.pace());
    let own = own.filter(|_| matches!(sort, Some((Sort::Current, false))));
    let age = i64::try_from(own.unwrap_or(edgar::age(&target.url)).as_secs()).unwrap_or(pace::DAY);
    let filing = target.kind == Kind::Filing.as_str();
    let passed = listing.passed.keys().next().filter(|_| filing && listing.pages.is_empty());
    let (state, pace) = match (filing, passed, sort) {
        // Of a filing nothing changes, but another question may want it.
        (true, Some(_), _) => (State::Skipped, 0),
        (true, None, _) => (State::Done, pace::EVER),
        (false, _, Some((_, true))) => (State::Done, age),
        _ => (State::Waiting, age),
    };
    // Whole seconds: one more, so that it is never too early.
    let due = if kept && !filing { target.due } else { seconds() + pace + i64::from(pace > 0) };
    let reason = passed.map(ToString::to_string);
    out.step.settled.push(Settled { pace, due, reason, capture, ..settled(target, state, 200) });
    for note in &listing.notes {
        out.events.push(Event::Said(target.url.clone(), note.clone()));
    }
    let before = out.step.planned.len();
    let named = listing.pages.len() + listing.lists.len();
    if let Some(ready) = keeper.sources.get(&target.source) {
        let found = finder(keeper).list(target, ready, listing);
        out.step.planned.extend(found);
    }
    // The documents of a filing are no news of themselves.
    let url = if filing { String::new() } else { target.url.clone() };
    out.lists.push((url, named, out.step.planned.len() - before));
}
