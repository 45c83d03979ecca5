//! Client: one request after the other, with limits on time and size.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue, USER_AGENT};

use super::AGENT;
use crate::model::Page;

/// Why a page was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The client cannot be set up.
    #[error("cannot set up the network client: {0}")]
    Setup(String),
    /// The server cannot be reached, or stopped answering.
    #[error("cannot fetch {url}: {problem}")]
    Network {
        /// The address.
        url: String,
        /// What happened.
        problem: String,
    },
    /// The page is larger than allowed.
    #[error("{url} is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit, decoded.
        limit: usize,
    },
    /// The page is shorter than the server said.
    #[error("{url} was cut short: {found} of {promised} bytes")]
    Short {
        /// The address.
        url: String,
        /// Bytes that came.
        found: u64,
        /// Bytes that were promised.
        promised: u64,
    },
}

/// Fetches pages.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    agent: String,
    limit: usize,
}

const CONNECT: Duration = Duration::from_secs(10);
const READ: Duration = Duration::from_secs(20);
const TOTAL: Duration = Duration::from_secs(60);

/// Largest page, decoded.
const LIMIT: usize = 32 << 20;

impl Client {
    /// Sets up the client.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, FetchError> {
        // Set up once in a process; a second time says that it is there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let agent = format!("{AGENT}/{}", env!("CARGO_PKG_VERSION"));
        let value = HeaderValue::from_str(&agent).map_err(|e| FetchError::Setup(e.to_string()))?;
        let http = reqwest::Client::builder()
            .default_headers(HeaderMap::from_iter([(USER_AGENT, value)]))
            .connect_timeout(CONNECT)
            .read_timeout(READ)
            .timeout(TOTAL)
            .redirect(reqwest::redirect::Policy::limited(5))
            .build()
            .map_err(|e| FetchError::Setup(e.to_string()))?;
        Ok(Self { http, agent, limit: LIMIT })
    }

    /// The headers sent with each request, for the archive.
    pub fn request_headers(&self, url: &str) -> Vec<(String, String)> {
        let host =
            url::Url::parse(url).ok().map(|u| u[url::Position::BeforeHost..url::Position::AfterPort].to_string());
        vec![("host".to_string(), host.unwrap_or_default()), ("user-agent".to_string(), self.agent.clone())]
    }

    /// Fetches a page, whatever its status; `now` is noted as its time.
    ///
    /// # Errors
    /// When the server cannot be reached, or the page is too large or cut short.
    pub async fn get(&self, url: &str, now: &str) -> Result<Page, FetchError> {
        let network = |e: reqwest::Error| FetchError::Network { url: url.to_string(), problem: innermost(&e) };
        let mut answer = self.http.get(url).send().await.map_err(network)?;
        // Known only where no content encoding was taken off.
        let promised = answer.content_length();
        let text = |v: &HeaderValue| String::from_utf8_lossy(v.as_bytes()).into_owned();
        let headers = answer.headers().iter().map(|(n, v)| (n.as_str().to_string(), text(v))).collect();
        let mut page =
            Page { url: answer.url().to_string(), status: answer.status().as_u16(), headers, ..Page::default() };
        while let Some(chunk) = answer.chunk().await.map_err(network)? {
            if page.body.len() + chunk.len() > self.limit {
                return Err(FetchError::TooLarge { url: url.to_string(), limit: self.limit });
            }
            page.body.extend_from_slice(&chunk);
        }
        if let Some(promised) = promised.filter(|p| *p > page.body.len() as u64) {
            return Err(FetchError::Short { url: url.to_string(), found: page.body.len() as u64, promised });
        }
        page.fetched = Some(now.to_string());
        Ok(page)
    }
}

/// The cause at the bottom says most.
fn innermost(e: &dyn std::error::Error) -> String {
    let mut cause = e;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
