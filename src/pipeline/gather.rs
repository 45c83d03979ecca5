//! Gather: one site, politely and one page after the other → items.
//!
//! robots.txt first, then feeds, then sitemaps; each page once, with what the
//! lists know of it.

use std::collections::HashMap;

use super::ingest::Fetched;
use super::tally::Tally;
use crate::fetch::{AGENT, Client, Decision, Robots};
use crate::sources::{self, Item, Listed};

/// What happened while gathering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gathering {
    /// A list was read: its address and how many pages it names.
    List(String, usize),
    /// robots.txt forbids an address; the line that says so.
    Forbidden(String, Option<(String, usize)>),
    /// A page was fetched.
    Page(String, usize),
    /// An address was not fetched, and why.
    Failed(String, String),
}

/// Most sitemaps followed.
const SITEMAPS: usize = 50;

/// Gathers the pages that `feeds` and the site's sitemaps name. `base` is the
/// site's address without a path.
pub async fn gather(
    client: &Client,
    base: &str,
    feeds: &[String],
    mut tell: impl FnMut(&Gathering),
) -> (Vec<Fetched>, Tally) {
    let mut tally = Tally::default();
    let robots = match client.get(&format!("{base}/robots.txt"), &super::now()).await {
        Ok(page) => Robots::of_answer(page.status, &page.body, AGENT),
        Err(e) => {
            tell(&Gathering::Failed(format!("{base}/robots.txt"), e.to_string()));
            Robots::closed()
        }
    };
    let mut visit = Visit { client, robots, tell: &mut tell };
    let mut listed = Vec::new();
    for url in feeds {
        if let Some(body) = visit.list(url).await {
            visit.take(url, sources::feed(&body), &mut listed);
        }
    }
    let mut sitemaps = visit.robots.sitemaps.clone();
    let mut next = 0;
    while let Some(url) = sitemaps.get(next).cloned().filter(|_| next < SITEMAPS) {
        next += 1;
        if let Some(body) = visit.list(&url).await {
            let map = sources::sitemap(&body);
            if let Ok(map) = &map {
                let new: Vec<String> =
                    map.sitemaps.iter().map(|s| s.url.clone()).filter(|s| !sitemaps.contains(s)).collect();
                sitemaps.extend(new);
            }
            visit.take(&url, map.map(|m| m.pages), &mut listed);
        }
    }
    let mut items = Vec::new();
    for entry in once(listed) {
        match visit.page(entry).await {
            Ok(item) => {
                tally.keep();
                items.push(item);
            }
            Err(reason) => tally.skip(reason),
        }
    }
    (items, tally)
}

/// Each address once, in order; what a later list knows fills gaps.
fn once(listed: Vec<Listed>) -> Vec<Listed> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut list: Vec<Listed> = Vec::new();
    for entry in listed {
        match places.get(&entry.url).and_then(|i| list.get_mut(*i)) {
            Some(there) => {
                let known = &mut there.known;
                known.title = known.title.take().or(entry.known.title);
                known.published = known.published.take().or(entry.known.published);
                known.outlet = known.outlet.take().or(entry.known.outlet);
                known.author = known.author.take().or(entry.known.author);
            }
            None => {
                places.insert(entry.url.clone(), list.len());
                list.push(entry);
            }
        }
    }
    list
}

struct Visit<'v, T: FnMut(&Gathering)> {
    client: &'v Client,
    robots: Robots,
    tell: &'v mut T,
}

impl<T: FnMut(&Gathering)> Visit<'_, T> {
    /// Fetches a feed or sitemap.
    async fn list(&mut self, url: &str) -> Option<Vec<u8>> {
        match self.client.get(url, &super::now()).await {
            Ok(page) if page.status == 200 => Some(page.body),
            Ok(page) => {
                (self.tell)(&Gathering::Failed(url.to_string(), format!("the server answered {}", page.status)));
                None
            }
            Err(e) => {
                (self.tell)(&Gathering::Failed(url.to_string(), e.to_string()));
                None
            }
        }
    }

    fn take(&mut self, url: &str, read: Result<Vec<Listed>, String>, listed: &mut Vec<Listed>) {
        match read {
            Ok(entries) => {
                (self.tell)(&Gathering::List(url.to_string(), entries.len()));
                listed.extend(entries);
            }
            Err(problem) => (self.tell)(&Gathering::Failed(url.to_string(), problem)),
        }
    }

    /// Fetches a page; or says in a word why not.
    async fn page(&mut self, entry: Listed) -> Result<Fetched, &'static str> {
        let url = entry.url;
        let Decision { allowed, rule } = self.robots.decide(&url);
        if !allowed {
            (self.tell)(&Gathering::Forbidden(url, rule));
            return Err("forbidden by robots.txt");
        }
        if let Some(delay) = self.robots.crawl_delay {
            tokio::time::sleep(std::time::Duration::from_secs_f64(delay.min(60.0))).await;
        }
        match self.client.get(&url, &super::now()).await {
            Ok(page) if page.status == 200 => {
                (self.tell)(&Gathering::Page(url.clone(), page.body.len()));
                let headers = self.client.request_headers(&url);
                let item = Item { path: url.clone(), uri: url, page, known: entry.known };
                Ok((item, Some(headers)))
            }
            Ok(page) => {
                (self.tell)(&Gathering::Failed(url, format!("the server answered {}", page.status)));
                Err("answered with an error")
            }
            Err(e) => {
                (self.tell)(&Gathering::Failed(url, e.to_string()));
                Err("not reached")
            }
        }
    }
}
