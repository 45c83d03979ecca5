//! May we get it, and did we get it whole? Address rules, robots.txt,
//! politeness, limits, redirects → [`Page`](crate::model::Page).

mod address;
mod client;
mod decode;
mod error;
mod limits;
mod polite;
mod probe;
mod proxy;
mod resolve;
mod retry;
mod robots;
mod trouble;
mod visible;
mod visit;
mod wall;

pub use address::{Range, Rules};
pub use client::{Client, Cut, Edgar, Exchange, Failed, Settings, Validators, host};
pub use error::FetchError;
pub use limits::Limits;
pub use polite::{LONGEST_PAUSE, Manners, Polite};
pub use probe::{Missing, nowhere};
pub use proxy::Proxies;
pub use resolve::{Answer, Lookup, system};
pub use retry::{backoff, retry_after};
pub use robots::{Decision, Robots};
pub use visit::{Fetcher, Site, Visit};
pub use wall::{Wall, wall};

/// The name robots.txt groups are matched with.
pub const AGENT: &str = "tapecheck";
