//! Visits: an address with everything that belongs to asking for it politely:
//! robots.txt of each host on the way, redirects hop by hop, and what the
//! answers say about the host.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::OnceCell;
use tokio::time::Instant;
use url::Url;

use super::client::{Client, Exchange, Validators, host};
use super::error::{AGAIN, FetchError};
use super::limits::Limits;
use super::polite::LONGEST_PAUSE;
use super::probe::{Missing, nowhere};
use super::retry::retry_after;
use super::wall::{Wall, wall};
use super::{AGENT, Robots};

/// What a visit led to.
#[derive(Debug)]
pub struct Visit {
    /// robots.txt and redirects that were fetched on the way, in order; also
    /// what came of an answer that is not whole.
    pub way: Vec<Exchange>,
    /// The answer at the end of the way.
    pub end: Result<Exchange, FetchError>,
}

/// robots.txt of a host, and why nothing may be fetched where it is unreadable.
#[derive(Debug)]
pub struct Site {
    /// Its rules.
    pub robots: Robots,
    /// Why it could not be read, and what to do about it. Where it is closed for
    /// that reason, nothing may be fetched.
    pub problem: Option<(String, &'static str)>,
}

type Cell = Arc<OnceCell<Arc<Site>>>;

/// What a host shows for missing pages, where it does not say so.
type Probe = Arc<OnceCell<Option<Arc<Missing>>>>;

/// Visits addresses.
#[derive(Debug)]
pub struct Fetcher {
    client: Client,
    sites: Mutex<HashMap<String, (Instant, Cell)>>,
    probes: Mutex<HashMap<String, Probe>>,
}

/// How long a robots.txt holds.
const ROBOTS_HOLD: Duration = Duration::from_secs(24 * 3600);

/// How long one that could not be read is not asked for again.
const ROBOTS_RETRY: Duration = Duration::from_secs(600);

/// How long a host is left in peace that says nothing better.
const BUSY_PAUSE: Duration = Duration::from_secs(30);

/// Why it is left in peace then: its page is the same for both.
const THROTTLES: &str = "it wants fewer requests, or does not accept the contact that is set";

/// The SEC's feed of current filings.
const FEED: &str = "/cgi-bin/browse-edgar";

impl Fetcher {
    /// On top of a client.
    pub fn new(client: Client) -> Self {
        Self { client, sites: Mutex::default(), probes: Mutex::default() }
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Asks for an address, following its redirects.
    pub async fn visit(&self, url: &Url, validators: &Validators, limits: Limits) -> Visit {
        let mut way = Vec::new();
        let end = self.follow(url, validators, limits, &mut way).await;
        Visit { way, end }
    }

    async fn follow(
        &self,
        first: &Url,
        validators: &Validators,
        limits: Limits,
        way: &mut Vec<Exchange>,
    ) -> Result<Exchange, FetchError> {
        let mut url = first.clone();
        let mut seen = vec![first.clone()];
        loop {
            self.admitted(&url, way).await?;
            // What is known of the first address says nothing of where it leads.
            let known = if seen.len() == 1 { validators.clone() } else { Validators::default() };
            let exchange = self.ask(&url, &known, limits, way).await?;
            let Some(next) = target(&exchange, &url)? else { return Ok(exchange) };
            if seen.contains(&next) || seen.len() > limits.redirects {
                way.push(exchange);
                return Err(FetchError::Redirects { url: first.to_string(), limit: limits.redirects });
            }
            way.push(exchange);
            seen.push(next.clone());
            url = next;
        }
    }

    /// Refuses what robots.txt of the address's host does not allow.
    async fn admitted(&self, url: &Url, way: &mut Vec<Exchange>) -> Result<(), FetchError> {
        let client = &self.client;
        if client.edgar().feed && url.path() == FEED && client.polite.is_sec(&host(url)) {
            return Ok(());
        }
        let site = self.site(url, way).await?;
        let decision = site.robots.decide(url.as_str());
        match (&site.problem, decision.allowed) {
            (_, true) => Ok(()),
            (Some((problem, advice)), false) => {
                Err(FetchError::NoRobots { url: url.to_string(), problem: problem.clone(), advice })
            }
            (None, false) => Err(FetchError::Robots { url: url.to_string(), rule: decision.rule }),
        }
    }

    /// What the address's host shows for pages that are not there, asked once a
    /// host; nothing where it says honestly that they are missing, or where
    /// that cannot be found out.
    pub async fn missing(&self, url: &Url, way: &mut Vec<Exchange>) -> Option<Arc<Missing>> {
        let cell = {
            let mut probes = self.probes.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(probes.entry(url.origin().ascii_serialization()).or_default())
        };
        let found = cell.get_or_init(|| async {
            let asked = nowhere(url, &Timestamp::now().to_string())?;
            let answer = self.follow(&asked, &Validators::default(), self.client.limits(), way).await.ok()?;
            let missing = Missing::of(&asked, &answer.page);
            way.push(answer);
            missing.map(Arc::new)
        });
        found.await.clone()
    }

    /// robots.txt of an address's host; fetched once for all who wait for it.
    ///
    /// # Errors
    /// When the host may not be asked at all.
    pub async fn site(&self, url: &Url, way: &mut Vec<Exchange>) -> Result<Arc<Site>, FetchError> {
        let origin = url.origin().ascii_serialization();
        let robots = url.join("/robots.txt").map_err(|e| bad(url, &e.to_string()))?;
        let cell = {
            let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let hold = |cell: &Cell| match cell.get() {
                Some(site) if site.problem.is_some() => ROBOTS_RETRY,
                _ => ROBOTS_HOLD,
            };
            sites.retain(|_, (since, cell)| now.duration_since(*since) < hold(cell));
            Arc::clone(&sites.entry(origin).or_insert_with(|| (now, Cell::default())).1)
        };
        let site = cell.get_or_try_init(|| self.read_robots(robots, way)).await?;
        Ok(Arc::clone(site))
    }

    async fn read_robots(&self, first: Url, way: &mut Vec<Exchange>) -> Result<Arc<Site>, FetchError> {
        let limits = self.client.limits().of_robots();
        let mut url = first.clone();
        for _ in 0..=limits.redirects {
            let answer = self.ask(&url, &Validators::default(), limits, way).await;
            let exchange = match answer {
                Ok(exchange) => exchange,
                // Larger than anyone reads: what counts are its first 500 KiB, but they did not come alone.
                Err(e) if e.is_passing() || matches!(e, FetchError::TooLarge { .. }) => {
                    let unreachable = matches!(e, FetchError::Dns { .. } | FetchError::Connect { .. });
                    let problem = Some((e.to_string(), if unreachable { e.advice() } else { AGAIN }));
                    return Ok(Arc::new(Site { robots: Robots::closed(), problem }));
                }
                // An address that may not be asked, or a pause, says nothing of the rules.
                Err(e) => return Err(e),
            };
            let next = target(&exchange, &url).ok().flatten();
            let status = exchange.page.status;
            if next.is_none() || !(300..400).contains(&status) {
                let robots = Robots::of_answer(status, &exchange.page.body, AGENT);
                // 429 is one of the 4xx, after which the RFC allows all; but the host is in peace
                // for as long as it asked for, and is asked for its rules again soon.
                let failed = status == 429 || status >= 500;
                let problem = failed.then(|| (format!("the server answered {status}"), AGAIN));
                way.push(exchange);
                if let Some(delay) = robots.crawl_delay.filter(|d| d.is_finite() && *d >= 0.0) {
                    self.client.polite.slow_down(&host(&first), Duration::from_secs_f64(delay.min(1e6)));
                }
                return Ok(Arc::new(Site { robots, problem }));
            }
            way.push(exchange);
            url = next.unwrap_or(url);
        }
        // Redirected too often: as if there were none.
        Ok(Arc::new(Site { robots: Robots::open(), problem: None }))
    }

    /// One request, and what its outcome says about the host.
    async fn ask(
        &self,
        url: &Url,
        validators: &Validators,
        limits: Limits,
        way: &mut Vec<Exchange>,
    ) -> Result<Exchange, FetchError> {
        let answer = self.client.ask(url, validators, limits).await.map_err(|failed| {
            way.extend(failed.part.map(|part| *part));
            failed.error
        });
        let (polite, host) = (&self.client.polite, host(url));
        match &answer {
            Ok(exchange) => {
                let page = &exchange.page;
                let asked = page.header("retry-after").and_then(|v| retry_after(v, Timestamp::now()));
                match page.status {
                    _ if wall(page) == Some(Wall::Throttle) => {
                        polite.pause(&host, self.client.edgar().pause, THROTTLES)
                    }
                    429 | 503 => {
                        let cause = format!("it answered {}", page.status);
                        match asked {
                            Some(wait) => polite.pause(&host, wait.min(LONGEST_PAUSE), &cause),
                            // The SEC means its usual ten minutes.
                            None if page.status == 429 && polite.is_sec(&host) => {
                                polite.pause(&host, self.client.edgar().pause, &cause);
                            }
                            None if page.status == 429 => polite.pause(&host, BUSY_PAUSE, &cause),
                            None => polite.failed(&host, &cause),
                        }
                    }
                    500.. => polite.failed(&host, &format!("it answered {}", page.status)),
                    _ => polite.succeeded(&host),
                }
            }
            Err(e) if e.blames_host() => polite.failed(&host, e.name()),
            Err(_) => {}
        }
        answer
    }
}

/// Where an answer leads on; nowhere for most.
fn target(exchange: &Exchange, url: &Url) -> Result<Option<Url>, FetchError> {
    let page = &exchange.page;
    if !matches!(page.status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = page.header("location") else { return Ok(None) };
    match url.join(location) {
        Ok(mut next) => {
            next.set_fragment(None);
            Ok(Some(next))
        }
        Err(_) => Err(FetchError::Location { url: url.to_string(), target: location.to_string() }),
    }
}

fn bad(url: &Url, problem: &str) -> FetchError {
    FetchError::BadUrl { url: url.to_string(), problem: problem.to_string() }
}
