//! What can be wrong with a request: each with a name that is counted, and
//! with what to do about it.

use std::time::Duration;

/// Why a page was not fetched whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The client cannot be set up.
    #[error("cannot set up the network client: {problem}")]
    Setup {
        /// What is wrong.
        problem: String,
    },
    /// An address that is none.
    #[error("{url} cannot be asked: {problem}")]
    BadUrl {
        /// As written.
        url: String,
        /// What is wrong.
        problem: String,
    },
    /// Neither http nor https.
    #[error("{url} is not of the web: its scheme is {scheme:?}")]
    Scheme {
        /// The address.
        url: String,
        /// Its scheme.
        scheme: String,
    },
    /// A private, loopback or reserved network address.
    #[error("{url} leads to {address}, which is no public address")]
    Forbidden {
        /// The address asked for.
        url: String,
        /// Where it leads.
        address: String,
    },
    /// The name is not known.
    #[error("{url}: its host cannot be found: {problem}")]
    Dns {
        /// The address.
        url: String,
        /// What the resolver said.
        problem: String,
    },
    /// No connection.
    #[error("{url} cannot be reached: {problem}")]
    Connect {
        /// The address.
        url: String,
        /// What happened.
        problem: String,
    },
    /// Nothing came in time.
    #[error("{url} {what} within {} s", .limit.as_secs_f64())]
    Timeout {
        /// The address.
        url: String,
        /// What did not happen.
        what: &'static str,
        /// The limit.
        limit: Duration,
    },
    /// It comes too slowly.
    #[error("{url} sends fewer than {least} bytes a second")]
    Slow {
        /// The address.
        url: String,
        /// The least rate.
        least: u64,
    },
    /// The answer is no proper HTTP.
    #[error("{url} gave no proper answer: {problem}")]
    Protocol {
        /// The address.
        url: String,
        /// What is wrong.
        problem: String,
    },
    /// The page is larger than allowed, as declared, sent or unpacked.
    #[error("{url} is larger than the limit of {limit} bytes ({what})")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        limit: u64,
        /// Where that was seen.
        what: &'static str,
    },
    /// The page ended before its end.
    #[error("{url} was cut short: {problem}")]
    Truncated {
        /// The address.
        url: String,
        /// What is missing.
        problem: String,
    },
    /// The page is not packed the way it says.
    #[error("{url} cannot be unpacked: {problem}")]
    Decoding {
        /// The address.
        url: String,
        /// What is wrong.
        problem: String,
    },
    /// Redirects without end.
    #[error("{url} is redirected more than {limit} times")]
    Redirects {
        /// The first address.
        url: String,
        /// The limit.
        limit: usize,
    },
    /// A redirect that leads nowhere.
    #[error("{url} is redirected to {target:?}, which is no address")]
    Location {
        /// The address.
        url: String,
        /// Where it leads.
        target: String,
    },
    /// robots.txt says no.
    #[error("robots.txt forbids {url}{}", line_said(.rule))]
    Robots {
        /// The address.
        url: String,
        /// The line that says so, and its number.
        rule: Option<(String, usize)>,
    },
    /// robots.txt cannot be read: nothing may be fetched.
    #[error("{url}: robots.txt of its host cannot be read ({problem}), so nothing may be fetched")]
    NoRobots {
        /// The address.
        url: String,
        /// Why not.
        problem: String,
        /// What to do about it.
        advice: &'static str,
    },
    /// The SEC wants to know who asks.
    #[error("{url}: the SEC serves only those who name themselves")]
    Undeclared {
        /// The address.
        url: String,
    },
    /// The host is left in peace for a while.
    #[error("{url}: its host is left in peace for {} s ({cause})", .wait.as_secs())]
    Paused {
        /// The address.
        url: String,
        /// How long still.
        wait: Duration,
        /// Why.
        cause: String,
    },
    /// The work was stopped.
    #[error("{url} was not asked: the work was stopped")]
    Stopped {
        /// The address.
        url: String,
    },
}

/// What to do where a server may do better later.
pub(super) const AGAIN: &str = "it is tried again later; run the command again";

impl FetchError {
    /// A name for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Setup { .. } => "no client",
            Self::BadUrl { .. } => "bad address",
            Self::Scheme { .. } => "not of the web",
            Self::Forbidden { .. } => "private address",
            Self::Dns { .. } => "unknown host",
            Self::Connect { .. } => "unreachable",
            Self::Timeout { .. } => "timeout",
            Self::Slow { .. } => "too slow",
            Self::Protocol { .. } => "broken answer",
            Self::TooLarge { .. } => "too large",
            Self::Truncated { .. } => "cut short",
            Self::Decoding { .. } => "badly packed",
            Self::Redirects { .. } => "redirect loop",
            Self::Location { .. } => "bad redirect",
            Self::Robots { .. } => "robots.txt",
            Self::NoRobots { .. } => "robots.txt unreadable",
            Self::Undeclared { .. } => "undeclared",
            Self::Paused { .. } => "host paused",
            Self::Stopped { .. } => "stopped",
        }
    }

    /// What to do about it; empty where nothing can be done from here.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Forbidden { .. } => "name the range under allow_private in [crawl] if that host is yours",
            Self::Undeclared { .. } => {
                "set contact = \"Your Company you@company.example\" in [crawl] of the settings file, or --contact"
            }
            Self::Robots { url, .. } if url.contains("/cgi-bin/browse-edgar") => {
                "the SEC offers this feed to programs all the same: set current_feed = true in [edgar] to have it asked"
            }
            Self::Dns { .. } | Self::Connect { .. } => "check the address, the network and the proxy setting",
            Self::TooLarge { .. } => "raise max_page in [crawl] if the page is wanted",
            Self::Timeout { .. } | Self::Slow { .. } => {
                "it is tried again later; raise the limits in [crawl] if it is always slow"
            }
            Self::Truncated { .. } | Self::Protocol { .. } => "it is tried again later",
            Self::NoRobots { advice, .. } => advice,
            Self::Paused { .. } => AGAIN,
            Self::BadUrl { .. } | Self::Scheme { .. } => "check the address",
            _ => "",
        }
    }

    /// Whether another try may succeed.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Dns { .. }
                | Self::Connect { .. }
                | Self::Timeout { .. }
                | Self::Slow { .. }
                | Self::Protocol { .. }
                | Self::Truncated { .. }
                | Self::Decoding { .. }
                | Self::NoRobots { .. }
        )
    }

    /// Whether it speaks against the host, not against the page alone.
    pub fn blames_host(&self) -> bool {
        matches!(self, Self::Dns { .. } | Self::Connect { .. } | Self::Timeout { .. } | Self::Slow { .. })
    }
}

fn line_said(rule: &Option<(String, usize)>) -> String {
    rule.as_ref().map_or(String::new(), |(text, line)| format!(": “{text}” in line {line}"))
}
