//! Client: one request, behind all rules and limits. Redirects are not
//! followed here, and no cookie is ever kept or sent.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};
use url::Url;

use super::address::{Range, Rules};
use super::decode::{Trouble, decode, decode_large, encodings};
use super::error::FetchError;
use super::limits::Limits;
use super::polite::{Manners, Polite};
use super::resolve::{Checked, Lookup, system};
use super::{AGENT, trouble};
use crate::model::Page;

/// How pages are fetched.
#[derive(Clone, Default)]
pub struct Settings {
    /// Who asks: a company and a mail address, sent with each request.
    pub contact: Option<String>,
    /// Private ranges that may be asked.
    pub allowed: Vec<Range>,
    /// Proxy for all requests; none is used unless it is named here.
    pub proxy: Option<String>,
    /// Limits of a request.
    pub limits: Limits,
    /// How polite to be.
    pub manners: Manners,
    /// Looks names up; the system's resolver when there is none.
    pub lookup: Option<Lookup>,
    /// Where EDGAR is asked.
    pub edgar: Edgar,
}

/// How EDGAR is asked, where it is not as usual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edgar {
    /// Hosts, with their ports, that stand for the SEC's.
    pub hosts: Vec<String>,
    /// How long the SEC is left in peace after its throttling page.
    pub pause: Duration,
    /// The feed of current filings is asked though robots.txt forbids it.
    pub feed: bool,
}

impl Default for Edgar {
    fn default() -> Self {
        Self { hosts: Vec::new(), pause: Duration::from_secs(600), feed: false }
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("limits", &self.limits).field("manners", &self.manners).finish_non_exhaustive()
    }
}

/// What a server gave with a page, to ask whether it has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// One request and its whole answer.
#[derive(Debug)]
pub struct Exchange {
    /// The answer; its address is the one that was asked.
    pub page: Page,
    /// The headers sent.
    pub request: Vec<(String, String)>,
    /// Held while a large answer is in memory.
    _room: Option<OwnedSemaphorePermit>,
}

impl Exchange {
    /// A page that was asked for earlier, from the archive.
    pub fn archived(page: Page) -> Self {
        Self { page, request: Vec::new(), _room: None }
    }
}

/// Makes requests.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    headers: HeaderMap,
    rules: Rules,
    settings: Settings,
    pub(super) polite: Polite,
    /// Room for large answers.
    large: Arc<Semaphore>,
}

/// Answers larger than this take a place in the room for large ones.
const LARGE: usize = 1 << 20;

/// Large answers in memory at the same time.
const ROOM: usize = 2;

/// Most header lines of an answer.
const HEADERS: usize = 256;

impl Client {
    /// Sets up the client.
    ///
    /// # Errors
    /// When TLS cannot be set up, or contact or proxy are not of their form.
    pub fn new(settings: Settings) -> Result<Self, FetchError> {
        // Set up once in a process; a second time says that it is there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let setup = |problem: String| FetchError::Setup { problem };
        let contact = settings.contact.as_ref().map_or(String::new(), |c| format!(" ({c})"));
        let agent = format!("{AGENT}/{}{contact}", env!("CARGO_PKG_VERSION"));
        let agent =
            HeaderValue::from_str(&agent).map_err(|_| setup("contact holds characters no header can".into()))?;
        let mut headers = HeaderMap::new();
        headers.insert(reqwest::header::USER_AGENT, agent);
        headers.insert(ACCEPT, HeaderValue::from_static("text/html,application/xhtml+xml,application/xml;q=0.9,application/rss+xml,application/atom+xml,application/feed+json;q=0.9,text/plain;q=0.8,*/*;q=0.5"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br, zstd, deflate"));
        let rules = Rules { allowed: settings.allowed.clone() };
        let lookup = settings.lookup.clone().unwrap_or_else(system);
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(settings.limits.connect)
            .http1_max_headers(HEADERS)
            .http2_max_header_list_size(64 << 10)
            .pool_max_idle_per_host(settings.manners.at_once.max(1))
            .pool_idle_timeout(Duration::from_secs(30))
            .tcp_nodelay(true)
            .dns_resolver(Arc::new(Checked { rules: rules.clone(), lookup }))
            .no_proxy();
        if let Some(proxy) = &settings.proxy {
            let proxy = reqwest::Proxy::all(proxy).map_err(|e| setup(format!("proxy {proxy:?}: {e}")))?;
            builder = builder.proxy(proxy);
        }
        let http = builder.build().map_err(|e| setup(e.to_string()))?;
        let polite = Polite::new(settings.manners).with_sec(settings.edgar.hosts.clone());
        Ok(Self { http, headers, rules, settings, polite, large: Arc::new(Semaphore::new(ROOM)) })
    }

    /// The limits it was set up with.
    pub fn limits(&self) -> Limits {
        self.settings.limits
    }

    /// How EDGAR is asked.
    pub fn edgar(&self) -> &Edgar {
        &self.settings.edgar
    }

    /// The hosts' limiter.
    pub fn polite(&self) -> &Polite {
        &self.polite
    }

    /// Asks for one address and reads its answer whole.
    ///
    /// # Errors
    /// When the address may not be asked, or the answer does not come whole
    /// within the limits.
    pub async fn ask(&self, url: &Url, validators: &Validators, limits: Limits) -> Result<Exchange, FetchError> {
        self.rules.check(url)?;
        if self.polite.is_sec(&host(url)) && self.settings.contact.is_none() {
            return Err(FetchError::Undeclared { url: url.to_string() });
        }
        let _turn = self.polite.turn(url.as_str(), &host(url)).await?;
        let mut headers = self.headers.clone();
        for (name, value) in [(IF_NONE_MATCH, &validators.etag), (IF_MODIFIED_SINCE, &validators.modified)] {
            if let Some(value) = value.as_ref().and_then(|v| HeaderValue::from_str(v).ok()) {
                headers.insert(name, value);
            }
        }
        let request = self.sent(url, &headers);
        let deadline = Instant::now() + limits.total;
        let late = |what, limit| FetchError::Timeout { url: url.to_string(), what, limit };
        let wait = limits.header.min(limits.total);
        let sent = timeout(wait, self.http.get(url.clone()).headers(headers).send()).await;
        let answer = sent.map_err(|_| late("did not answer", wait))?;
        let answer = answer.map_err(|e| trouble::of_sending(url, &e, limits.connect))?;
        if let (Some(address), None) = (answer.remote_addr(), &self.settings.proxy) {
            self.rules.admit(url.as_str(), address.ip())?;
        }
        let page = Page {
            url: url.to_string(),
            status: answer.status().as_u16(),
            headers: answer.headers().iter().map(|(n, v)| (n.as_str().to_string(), text(v))).collect(),
            fetched: Some(now()),
            ..Page::default()
        };
        let (body, room) = self.body(answer, url, limits, deadline).await?;
        self.unpack(Exchange { page: Page { body, ..page }, request, _room: room }, limits).await
    }

    /// Reads a body whole, within limits of size, time and rate.
    async fn body(
        &self,
        mut answer: reqwest::Response,
        url: &Url,
        limits: Limits,
        mut deadline: Instant,
    ) -> Result<(Vec<u8>, Option<OwnedSemaphorePermit>), FetchError> {
        let too_large = |what| FetchError::TooLarge { url: url.to_string(), limit: limits.bytes, what };
        let promised = answer.content_length();
        if promised.is_some_and(|p| p > limits.bytes) {
            return Err(too_large("as declared"));
        }
        let mut body = Vec::with_capacity(promised.map_or(0, |p| usize::try_from(p).unwrap_or(0).min(LARGE)));
        let mut room = None;
        let mut began = Instant::now();
        loop {
            let now = Instant::now();
            let wait = limits.read.min(deadline.saturating_duration_since(now));
            let chunk = timeout(wait, answer.chunk()).await;
            let chunk = chunk.map_err(|_| {
                let whole = wait < limits.read;
                let (what, limit) = if whole { ("did not end", limits.total) } else { ("sent nothing", limits.read) };
                FetchError::Timeout { url: url.to_string(), what, limit }
            })?;
            let Some(chunk) = chunk.map_err(|e| trouble::of_reading(url, &e, body.len(), promised))? else { break };
            if (body.len() + chunk.len()) as u64 > limits.bytes {
                return Err(too_large("as sent"));
            }
            body.extend_from_slice(&chunk);
            let elapsed = began.elapsed();
            if elapsed > limits.grace && (body.len() as f64) < limits.rate as f64 * elapsed.as_secs_f64() {
                return Err(FetchError::Slow { url: url.to_string(), least: limits.rate });
            }
            if body.len() > LARGE && room.is_none() {
                // This wait is ours, not the server's.
                let waited = Instant::now();
                room = Arc::clone(&self.large).acquire_owned().await.ok();
                (deadline, began) = (deadline + waited.elapsed(), began + waited.elapsed());
            }
        }
        if let Some(promised) = promised.filter(|p| *p > body.len() as u64) {
            let problem = format!("{} of {promised} bytes came", body.len());
            return Err(FetchError::Truncated { url: url.to_string(), problem });
        }
        Ok((body, room))
    }

    /// Takes content encodings off. The headers stay as they were sent; the
    /// archive marks those that tell of the body as sent.
    async fn unpack(&self, mut exchange: Exchange, limits: Limits) -> Result<Exchange, FetchError> {
        let page = &mut exchange.page;
        let layers = encodings(page.headers.iter().filter(|(n, _)| n == "content-encoding").map(|(_, v)| v.as_str()));
        if layers.is_empty() || page.body.is_empty() {
            return Ok(exchange);
        }
        let mut room = exchange._room.take();
        let body = Arc::new(std::mem::take(&mut page.body));
        let layers = Arc::new(layers);
        let unpacked = |cap: u64, large: bool| {
            let (body, layers) = (Arc::clone(&body), Arc::clone(&layers));
            let decode = if large { decode_large } else { decode };
            tokio::task::spawn_blocking(move || decode(&body, &layers, cap))
        };
        // Most pages are small; only what is not takes a place in the room.
        let small = limits.bytes.min(LARGE as u64);
        let mut work = if room.is_some() { Ok(Err(Trouble::TooLarge)) } else { unpacked(small, false).await };
        if small < limits.bytes && matches!(work, Ok(Err(Trouble::TooLarge))) {
            if room.is_none() {
                room = Arc::clone(&self.large).acquire_owned().await.ok();
            }
            work = unpacked(limits.bytes, true).await;
        }
        let url = || page.url.clone();
        page.body = match work {
            Ok(Ok(body)) => body,
            Ok(Err(Trouble::TooLarge)) => {
                return Err(FetchError::TooLarge { url: url(), limit: limits.bytes, what: "unpacked" });
            }
            Ok(Err(Trouble::Short)) => {
                return Err(FetchError::Truncated { url: url(), problem: "its packed body ends early".into() });
            }
            Ok(Err(Trouble::Wrong(problem))) => return Err(FetchError::Decoding { url: url(), problem }),
            Err(_) => return Err(FetchError::Stopped { url: url() }),
        };
        exchange._room = room.filter(|_| exchange.page.body.len() > LARGE);
        Ok(exchange)
    }

    /// The headers of a request, for the archive.
    fn sent(&self, url: &Url, headers: &HeaderMap) -> Vec<(String, String)> {
        let line = |(n, v): (&HeaderName, &HeaderValue)| (n.as_str().to_string(), text(v));
        std::iter::once(("host".to_string(), host(url))).chain(headers.iter().map(line)).collect()
    }
}

/// Host and port of an address, as hosts are told apart.
pub fn host(url: &Url) -> String {
    url[url::Position::BeforeHost..url::Position::AfterPort].to_string()
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
