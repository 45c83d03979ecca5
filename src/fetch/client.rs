//! Client: one request, behind all rules and limits. Redirects are not
//! followed here, and no cookie is ever kept or sent.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};
use url::Url;

use super::address::{Range, Rules};
use super::decode::{Trouble, decode, decode_large, encodings};
use super::error::FetchError;
use super::limits::Limits;
use super::polite::{Manners, Polite};
use super::proxy::Proxies;
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
    /// Proxies; none is used unless it is named here.
    pub proxy: Proxies,
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
        f.debug_struct("Settings")
            .field("proxy", &self.proxy)
            .field("limits", &self.limits)
            .field("manners", &self.manners)
            .finish_non_exhaustive()
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
    /// Why the body is not whole, or not unpacked; it is as it was sent then,
    /// as far as it came.
    pub cut: Option<Cut>,
    /// Held while a large answer is in memory.
    _room: Option<OwnedSemaphorePermit>,
}

/// Why a body is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It was larger than allowed.
    Length,
    /// It took too long.
    Time,
    /// The connection was lost, or fewer bytes came than were declared.
    Disconnect,
    /// It came whole, but what is packed in it does not.
    Unspecified,
    /// It came whole, but cannot be unpacked, or not within the limits.
    Packed,
}

impl Cut {
    /// As WARC names it; nothing for what came whole.
    pub fn warc(self) -> Option<&'static str> {
        match self {
            Self::Length => Some("length"),
            Self::Time => Some("time"),
            Self::Disconnect => Some("disconnect"),
            Self::Unspecified => Some("unspecified"),
            Self::Packed => None,
        }
    }
}

/// Why there is no whole answer, and what of it came.
#[derive(Debug)]
pub struct Failed {
    /// Why.
    pub error: FetchError,
    /// The answer, as far as it came.
    pub part: Option<Box<Exchange>>,
}

impl From<FetchError> for Failed {
    fn from(error: FetchError) -> Self {
        Self { error, part: None }
    }
}

/// Bytes that are kept of a body that is larger than allowed.
const KEPT: usize = 1 << 20;

impl Exchange {
    /// A page that was asked for earlier, from the archive.
    pub fn archived(page: Page) -> Self {
        Self { page, request: Vec::new(), cut: None, _room: None }
    }
}

/// Makes requests.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    headers: HeaderMap,
    /// Who asks, in the form that the SEC wants: company and mail address alone.
    declared: Option<HeaderValue>,
    rules: Rules,
    settings: Settings,
    pub(super) polite: Polite,
    /// Room for large answers.
    large: Arc<Semaphore>,
}

/// Answers larger than this take a place in the room for large ones.
const LARGE: usize = 1 << 20;

/// Large answers in memory at the same time.
const ROOM: usize = 1;

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
        let declared = settings.contact.as_deref().and_then(|c| HeaderValue::from_str(c.trim()).ok());
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, agent);
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
            .dns_resolver(Arc::new(Checked { rules: rules.clone(), lookup, proxies: settings.proxy.clone() }))
            .no_proxy();
        if !settings.proxy.is_empty() {
            let proxies = settings.proxy.clone();
            builder = builder.proxy(reqwest::Proxy::custom(move |url| proxies.of(url).cloned()));
        }
        let http = builder.build().map_err(|e| setup(e.to_string()))?;
        let polite = Polite::new(settings.manners).with_sec(settings.edgar.hosts.clone());
        Ok(Self { http, headers, declared, rules, settings, polite, large: Arc::new(Semaphore::new(ROOM)) })
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
    /// within the limits; with what of it came.
    pub async fn ask(&self, url: &Url, validators: &Validators, limits: Limits) -> Result<Exchange, Failed> {
        self.rules.check(url)?;
        let proxied = self.settings.proxy.of(url).is_some();
        if !proxied && url.domain().is_some_and(|name| self.settings.proxy.is_own(name)) {
            // Its name is not checked when it is looked up.
            let problem = "it is the proxy's own host".into();
            return Err(FetchError::BadUrl { url: url.to_string(), problem }.into());
        }
        let sec = self.polite.is_sec(&host(url));
        if sec && self.declared.is_none() {
            return Err(FetchError::Undeclared { url: url.to_string() }.into());
        }
        let _turn = self.polite.turn(url.as_str(), &host(url)).await?;
        let mut headers = self.headers.clone();
        if let Some(declared) = self.declared.clone().filter(|_| sec) {
            headers.insert(USER_AGENT, declared);
        }
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
        if let Some(address) = answer.remote_addr().filter(|_| !proxied) {
            self.rules.admit(url.as_str(), address.ip())?;
        }
        if proxied && answer.status().as_u16() == 407 {
            let problem = "the proxy wants a name and a password, or others".into();
            return Err(FetchError::Connect { url: url.to_string(), problem }.into());
        }
        let page = Page {
            url: url.to_string(),
            status: answer.status().as_u16(),
            headers: answer.headers().iter().map(|(n, v)| (n.as_str().to_string(), text(v))).collect(),
            fetched: Some(now()),
            ..Page::default()
        };
        let mut exchange = Exchange { page, request, cut: None, _room: None };
        match self.body(answer, &mut exchange, url, limits, deadline).await {
            Ok(()) => self.unpack(exchange, limits).await,
            Err((error, cut)) => {
                if cut == Cut::Length {
                    exchange.page.body.truncate(KEPT);
                    exchange.page.body.shrink_to_fit();
                }
                Err(Failed { error, part: Some(Box::new(Exchange { cut: Some(cut), ..exchange })) })
            }
        }
    }

    /// Reads a body whole, within limits of size, time and rate.
    async fn body(
        &self,
        mut answer: reqwest::Response,
        exchange: &mut Exchange,
        url: &Url,
        limits: Limits,
        mut deadline: Instant,
    ) -> Result<(), (FetchError, Cut)> {
        let too_large = |what| (FetchError::TooLarge { url: url.to_string(), limit: limits.bytes, what }, Cut::Length);
        let promised = answer.content_length();
        if promised.is_some_and(|p| p > limits.bytes) {
            return Err(too_large("as declared"));
        }
        let body = &mut exchange.page.body;
        body.reserve(promised.map_or(0, |p| usize::try_from(p).unwrap_or(0).min(LARGE)));
        let mut began = Instant::now();
        loop {
            let now = Instant::now();
            let wait = limits.read.min(deadline.saturating_duration_since(now));
            let chunk = timeout(wait, answer.chunk()).await;
            let chunk = chunk.map_err(|_| {
                let whole = wait < limits.read;
                let (what, limit) = if whole { ("did not end", limits.total) } else { ("sent nothing", limits.read) };
                (FetchError::Timeout { url: url.to_string(), what, limit }, Cut::Time)
            })?;
            let lost = |e| (trouble::of_reading(url, &e, body.len(), promised), Cut::Disconnect);
            let Some(chunk) = chunk.map_err(lost)? else { break };
            if (body.len() + chunk.len()) as u64 > limits.bytes {
                return Err(too_large("as sent"));
            }
            body.extend_from_slice(&chunk);
            let elapsed = began.elapsed();
            if elapsed > limits.grace && (body.len() as f64) < limits.rate as f64 * elapsed.as_secs_f64() {
                return Err((FetchError::Slow { url: url.to_string(), least: limits.rate }, Cut::Time));
            }
            if body.len() > LARGE && exchange._room.is_none() {
                // This wait is ours, not the server's.
                let waited = Instant::now();
                exchange._room = Arc::clone(&self.large).acquire_owned().await.ok();
                (deadline, began) = (deadline + waited.elapsed(), began + waited.elapsed());
            }
        }
        if let Some(promised) = promised.filter(|p| *p > body.len() as u64) {
            let problem = format!("{} of {promised} bytes came", body.len());
            return Err((FetchError::Truncated { url: url.to_string(), problem }, Cut::Disconnect));
        }
        Ok(())
    }

    /// Takes content encodings off. The headers stay as they were sent; the
    /// archive marks those that tell of the body as sent.
    async fn unpack(&self, mut exchange: Exchange, limits: Limits) -> Result<Exchange, Failed> {
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
        let url = page.url.clone();
        let (error, cut) = match work {
            Ok(Ok(unpacked)) => {
                page.body = unpacked;
                exchange._room = room.filter(|_| exchange.page.body.len() > LARGE);
                return Ok(exchange);
            }
            Ok(Err(Trouble::TooLarge)) => {
                (FetchError::TooLarge { url, limit: limits.bytes, what: "unpacked" }, Cut::Packed)
            }
            Ok(Err(Trouble::Short)) => {
                (FetchError::Truncated { url, problem: "its packed body ends early".into() }, Cut::Unspecified)
            }
            Ok(Err(Trouble::Wrong(problem))) => (FetchError::Decoding { url, problem }, Cut::Packed),
            Err(_) => return Err(FetchError::Stopped { url }.into()),
        };
        page.body = Arc::try_unwrap(body).unwrap_or_else(|body| body.to_vec());
        let room = room.filter(|_| exchange.page.body.len() > LARGE);
        let part = Exchange { cut: Some(cut), _room: room, ..exchange };
        Err(Failed { error, part: Some(Box::new(part)) })
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
