//! Work: what a visit led to. Runs beside the thread that writes: walls and
//! missing pages are recognised, lists read, links found, captures packed.

use std::collections::HashMap;
use std::sync::Arc;

use scraper::Selector;
use url::Url;

use super::about::About;
use super::edgar;
use crate::archive::{self, AsSent, Capture, Packed};
use crate::fetch::{Exchange, FetchError, Missing, Visit, Wall, wall};
use crate::model::Page;
use crate::sources::{self, Item, Kind, Known, Listing, Source};
use crate::store::{Captured, Target};

/// A source with its selector ready.
#[derive(Debug)]
pub(super) struct Ready {
    pub source: Source,
    pub select: Option<Selector>,
}

impl Ready {
    pub fn of(source: &Source) -> Self {
        // Checked when the configuration was read.
        let select = source.select.as_deref().and_then(|s| sources::selector(s).ok());
        Self { source: source.clone(), select }
    }

    /// Steps of links that are followed.
    pub fn depth(&self) -> u32 {
        self.source.depth.unwrap_or(1)
    }
}

/// Sources by name.
pub(super) type Sources = HashMap<String, Ready>;

/// What came of a request.
pub(super) struct Fetched {
    pub target: Target,
    pub visit: Visit,
    /// What the host shows for pages that are not there.
    pub missing: Option<Arc<Missing>>,
    /// What the archive holds of a list of EDGAR.
    pub earlier: Option<Page>,
    /// Nothing was asked: the archive's copy is young enough.
    pub kept: bool,
}

/// A capture ready for the archive.
pub(super) struct Pack {
    pub key: String,
    pub uri: String,
    pub packed: Packed,
}

/// What a request led to.
pub(super) enum Outcome {
    /// No whole answer.
    Error(FetchError),
    /// An answer that is an error.
    Status(u16),
    /// The server says that nothing has changed, or sent the same again.
    Unchanged { list: bool },
    /// A list.
    List { listing: Listing, capture: Option<Captured>, kept: bool },
    /// What was to be a list is none.
    NoList(String),
    /// A page to be read.
    Page { item: Box<Item>, links: Vec<Url>, capture: Captured, flagged: bool },
    /// A page that is no article.
    NoArticle(&'static str),
}

/// A request's outcome, ready to be written.
pub(super) struct Prepared {
    pub target: Target,
    pub packs: Vec<Pack>,
    pub outcome: Outcome,
}

/// Makes a visit ready to be written. `reads`: pages are to be read later.
pub(super) fn prepare(fetched: Fetched, sources: &Sources, now: &str) -> std::io::Result<Prepared> {
    let Fetched { target, visit, missing, earlier, kept } = fetched;
    let mut packs = Vec::new();
    for exchange in &visit.way {
        packs.push(aside(exchange, now)?);
    }
    let exchange = match visit.end {
        Err(error) => return Ok(Prepared { target, packs, outcome: Outcome::Error(error) }),
        Ok(exchange) => exchange,
    };
    let page = &exchange.page;
    let kind = Kind::of(&target.kind).unwrap_or(Kind::Page);
    if kept {
        return Ok(Prepared { outcome: edgar::read(&target, kind, page, sources, None, true), target, packs });
    }
    if page.status == 304 {
        // What was not wanted of it then may be wanted now.
        let outcome = match earlier.filter(|_| kind.is_edgar()) {
            Some(page) => edgar::read(&target, kind, &page, sources, None, false),
            None => Outcome::Unchanged { list: kind.is_list() },
        };
        return Ok(Prepared { outcome, target, packs });
    }
    if kind == Kind::Filing
        && matches!(page.status, 404 | 410)
        && let Some(listing) = edgar::whole(&target, sources)
    {
        packs.push(aside(&exchange, now)?);
        return Ok(Prepared { outcome: Outcome::List { listing, capture: None, kept: false }, target, packs });
    }
    let why_not = refusal(&target, page, missing.as_deref());
    if let Some(outcome) = why_not {
        packs.push(aside(&exchange, now)?);
        return Ok(Prepared { target, packs, outcome });
    }
    if matches!(kind, Kind::Edgar | Kind::Filing) {
        return edgar::prepared(target, kind, &exchange, sources, packs, now);
    }
    let ready = sources.get(&target.source);
    let list = match sources::listing(kind, page, ready.and_then(|r| r.select.as_ref())) {
        // A page of a list's entry is read as a page, whatever it looks like.
        Ok(list) => list.filter(|_| kind != Kind::Page || target.depth == 0),
        Err(problem) => {
            packs.push(aside(&exchange, now)?);
            return Ok(Prepared { target, packs, outcome: Outcome::NoList(problem) });
        }
    };
    let known: Known = serde_json::from_str(&target.known).unwrap_or_default();
    let about = About { known: Known { aside: list.is_some(), ..known.clone() }, asked: target.url.clone() }.write();
    let capture = Captured {
        key: archive::key(&target.url, &about, &page.body),
        etag: page.header("etag").map(str::to_string),
        modified: page.header("last-modified").map(str::to_string),
    };
    if target.key.as_ref() == Some(&capture.key) {
        return Ok(Prepared { outcome: Outcome::Unchanged { list: list.is_some() }, target, packs });
    }
    packs.push(pack(&exchange, &capture.key, &about, now)?);
    let outcome = match list {
        Some(listing) => Outcome::List { listing, capture: Some(capture), kept: false },
        None => {
            let links = if ready.is_some_and(|r| target.depth < r.depth()) && target.depth > 0 {
                links(page)
            } else {
                Vec::new()
            };
            let flagged = ends_early(page);
            let item = Item { path: target.url.clone(), uri: target.url.clone(), page: exchange.page, known };
            Outcome::Page { item: Box::new(item), links, capture, flagged }
        }
    };
    Ok(Prepared { target, packs, outcome })
}

/// Why an answer is neither a list nor a page to be read.
fn refusal(target: &Target, page: &Page, missing: Option<&Missing>) -> Option<Outcome> {
    let found = wall(page);
    match (page.status, found) {
        (_, Some(Wall::Throttle)) => return Some(Outcome::Status(429)),
        (200..=299, None) => {}
        (200..=299, Some(wall)) if target.kind == Kind::Page.as_str() => return Some(Outcome::NoArticle(wall.name())),
        (401 | 403 | 405, Some(Wall::Bots)) => return Some(Outcome::NoArticle(Wall::Bots.name())),
        (200..=299, Some(_)) => {}
        (status, _) => return Some(Outcome::Status(status)),
    }
    if page.body.iter().all(u8::is_ascii_whitespace) {
        return Some(Outcome::NoArticle("empty"));
    }
    if target.kind != Kind::Page.as_str() {
        return None;
    }
    let kind = page.header("content-type").unwrap_or("").to_ascii_lowercase();
    let readable = kind.is_empty() || kind.starts_with("text/") || kind.contains("html") || kind.contains("xml");
    if !readable && !kind.contains("json") && !kind.contains("markdown") {
        return Some(Outcome::NoArticle("no text"));
    }
    let asked = Url::parse(&target.url).ok()?;
    missing.filter(|m| m.is(&asked, page)).map(|_| Outcome::NoArticle("missing, though the status says it is there"))
}

/// The links of a page that is HTML.
fn links(page: &Page) -> Vec<Url> {
    let html = page.header("content-type").is_none_or(|k| k.contains("html"));
    match Url::parse(&page.url) {
        Ok(base) if html => match std::str::from_utf8(&page.body) {
            Ok(text) => sources::links(text, &base),
            Err(_) => sources::links(&String::from_utf8_lossy(&page.body), &base),
        },
        _ => Vec::new(),
    }
}

/// Whether an HTML page that was opened is never closed: its length may have
/// been declared too small.
fn ends_early(page: &Page) -> bool {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let start = lossy(&page.body[..page.body.len().min(1024)]);
    let end = lossy(&page.body[page.body.len().saturating_sub(2048)..]);
    start.contains("<html") && !end.contains("</html") && !end.contains("</body")
}

/// What was fetched on the way: kept, but nothing to be read.
fn aside(exchange: &Exchange, now: &str) -> std::io::Result<Pack> {
    let page = &exchange.page;
    let known = Known { aside: true, ..Known::default() };
    let about = About { known, asked: String::new() }.write();
    let lead = page.header("location").unwrap_or_default();
    let cut = exchange.cut.and_then(|cut| cut.warc()).map_or(String::new(), |why| format!(" cut: {why}"));
    let key = archive::key(&page.url, &format!("{} {lead}{cut}", page.status), &page.body);
    pack(exchange, &key, &about, now)
}

pub(super) fn pack(exchange: &Exchange, key: &str, about: &str, now: &str) -> std::io::Result<Pack> {
    let page = &exchange.page;
    let sent = exchange.cut.map(|cut| AsSent { truncated: cut.warc() });
    let capture = Capture { key, uri: &page.url, page, about, request: Some(&exchange.request), sent };
    Ok(Pack { key: key.to_string(), uri: page.url.clone(), packed: Packed::of(&capture, now)? })
}
