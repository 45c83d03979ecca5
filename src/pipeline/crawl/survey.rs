//! Survey: what a source yields and what would be done with it, without
//! storing anything.

use std::collections::{HashSet, VecDeque};

use serde::Serialize;
use url::Url;

use super::work::Ready;
use crate::fetch::{Fetcher, Validators, wall};
use crate::model::address;
use crate::sources::{self, Kind, Known, Source, edgar};

/// What would be done with an address, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The address.
    pub url: String,
    /// Name of its source.
    pub source: String,
    /// What is expected there.
    pub kind: String,
    /// Whether it would be fetched.
    pub fetch: bool,
    /// Why not, or why the list could not be read.
    pub reason: Option<String>,
    /// What to do about it, where something can be done.
    pub advice: Option<&'static str>,
    /// The line of robots.txt that decides.
    pub rule: Option<String>,
    /// The line's number.
    pub line: Option<usize>,
    /// Title, as the list gives it.
    pub title: Option<String>,
    /// Publication date, as the list gives it.
    pub published: Option<String>,
}

/// Looks at sources.
pub struct Survey<'s> {
    /// Asks for lists and robots.txt.
    pub fetcher: &'s Fetcher,
    /// Only what was published on this day or later.
    pub since: Option<&'s str>,
    /// Most addresses.
    pub limit: usize,
    /// Whether an address was fetched and need not be again.
    pub there: &'s dyn Fn(&str) -> bool,
}

const NO_LIST: &str = "look at what stands there now: the address may have moved, or the source's kind may be another";

const AT_A_WALL: &str = "the server lets no program in; ask the publisher, or take another source";

/// What to do about an answer that is none.
fn of_status(status: u16) -> &'static str {
    match status {
        404 | 410 => {
            "it has moved or is gone; put its new address into the settings file, as a source of the same name"
        }
        401 | 402 | 403 | 451 => {
            "the server does not serve it to all; it may want to know who asks (contact in [crawl], or --contact)"
        }
        429 | 503 => "the server wants fewer requests; try again later",
        500.. => "the server is in trouble; try again later",
        _ => "",
    }
}

/// Most lists that are read of one source.
const LISTS: usize = 50;

impl Survey<'_> {
    /// What a source yields, in its order. `tell` hears of each address.
    pub async fn of(&self, source: &Source, tell: &mut dyn FnMut(Finding)) {
        let ready = Ready::of(source);
        let mut lists = VecDeque::new();
        let mut seen = HashSet::new();
        let mut told = 0;
        let ask = source.edgar.as_deref();
        match (ask, source.url.as_deref().map(Url::parse)) {
            (Some(ask), _) => lists.extend(ask.seeds(jiff::Zoned::now().date()).into_iter().map(|u| (u, source.kind))),
            (None, Some(Ok(url))) => lists.push_back((url, source.kind)),
            _ => return,
        }
        let mut read = 0;
        while let Some((url, kind)) = lists.pop_front().filter(|_| read < LISTS && told < self.limit) {
            read += 1;
            if !seen.insert(url.to_string()) {
                continue;
            }
            let base = Finding {
                url: url.to_string(),
                source: source.label().to_string(),
                kind: kind.as_str().to_string(),
                ..Finding::default()
            };
            let visit = self.fetcher.visit(&url, &Validators::default(), self.fetcher.client().limits()).await;
            let refused = |reason: String, advice: &'static str| Finding {
                reason: Some(reason),
                advice: Some(advice).filter(|a| !a.is_empty()),
                ..base.clone()
            };
            let page = match visit.end {
                Ok(exchange) => exchange.page,
                Err(e) => {
                    tell(refused(e.to_string(), e.advice()));
                    continue;
                }
            };
            if let Some(wall) = wall(&page) {
                tell(refused(wall.name().to_string(), AT_A_WALL));
                continue;
            }
            if page.status != 200 {
                tell(refused(format!("the server answered {}", page.status), of_status(page.status)));
                continue;
            }
            let read = match ask {
                Some(ask) => edgar::listing(&page, ask).map(Some),
                None => sources::listing(kind, &page, ready.select.as_ref()),
            };
            match read {
                Err(problem) => tell(refused(format!("it is no {}: {problem}", kind.as_str()), NO_LIST)),
                Ok(None) => tell(Finding { fetch: true, ..base }),
                Ok(Some(listing)) => {
                    let reason = Some(listing.notes.join("; ")).filter(|n| !n.is_empty());
                    tell(Finding { fetch: true, reason, ..base });
                    let (nested, of) =
                        if ask.is_some() { (Kind::Edgar, Kind::Filing) } else { (Kind::Sitemap, Kind::Page) };
                    lists.extend(listing.lists.into_iter().map(|l| (l, nested)));
                    for entry in listing.pages {
                        if told >= self.limit {
                            break;
                        }
                        let Some(url) = address::normalise(&entry.url).and_then(|u| Url::parse(&u).ok()) else {
                            continue;
                        };
                        if seen.insert(url.to_string()) {
                            told += 1;
                            tell(self.page(&url, of, source, entry.known).await);
                        }
                    }
                }
            }
        }
    }

    async fn page(&self, url: &Url, kind: Kind, source: &Source, known: Known) -> Finding {
        let mut finding = Finding {
            url: url.to_string(),
            source: source.label().to_string(),
            kind: kind.as_str().to_string(),
            title: known.title,
            published: known.published,
            ..Finding::default()
        };
        let day = finding.published.as_deref().and_then(|p| p.get(..10));
        if self.since.zip(day).is_some_and(|(since, day)| day < since) {
            finding.reason = Some("older than asked for".into());
            return finding;
        }
        if (self.there)(url.as_str()) {
            finding.reason = Some("it is there already".into());
            return finding;
        }
        match self.fetcher.site(url, &mut Vec::new()).await {
            Err(e) => finding.reason = Some(e.to_string()),
            Ok(site) => {
                let decision = site.robots.decide(url.as_str());
                finding.fetch = decision.allowed;
                (finding.rule, finding.line) = decision.rule.map_or((None, None), |(r, l)| (Some(r), Some(l)));
                if !decision.allowed {
                    let unreadable = site.problem.as_ref();
                    finding.reason = Some(
                        unreadable.map_or("robots.txt".into(), |(p, _)| format!("robots.txt cannot be read: {p}")),
                    );
                    finding.advice = unreadable.map(|(_, advice)| *advice);
                }
            }
        }
        finding
    }
}
