//! The settings of everything that goes over the network: `[crawl]` and
//! `[[source]]` of the settings file, and the flags that go before them.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use url::Url;

use super::context::Context;
use super::settings::{Size, parse_size};
use crate::fetch::{
    Client, Edgar, FetchError, Fetcher, Limits, Manners, Proxies, Range, Settings, Validators, Wall, wall,
};
use crate::index::nearest;
use crate::pipeline::crawl::{Budgets, Plan};
use crate::sources::edgar::Places;
use crate::sources::{Source, check_all};

/// `[crawl]` of the settings file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrawlFile {
    /// Company and mail address, sent with each request.
    pub contact: Option<String>,
    /// Proxy for all requests; "none" for no proxy, whatever the environment says.
    pub proxy: Option<String>,
    /// Hosts that are asked without the proxy.
    pub no_proxy: Option<String>,
    /// Shipped sources that belong to a plain `crawl`.
    #[serde(default)]
    pub use_sources: Vec<String>,
    /// Private ranges that may be asked.
    #[serde(default)]
    pub allow_private: Vec<String>,
    /// Seconds between two requests to a host.
    pub delay: Option<f64>,
    /// Requests to a host at the same time.
    pub at_once: Option<usize>,
    /// Requests at the same time, over all hosts.
    pub in_flight: Option<usize>,
    /// Largest page, unpacked.
    pub max_page: Option<Size>,
    /// Seconds until there is a connection.
    pub connect_timeout: Option<f64>,
    /// Seconds until the header of an answer is there.
    pub header_timeout: Option<f64>,
    /// Seconds between two pieces of an answer.
    pub read_timeout: Option<f64>,
    /// Seconds of a whole answer.
    pub total_timeout: Option<f64>,
    /// Least bytes a second.
    pub min_rate: Option<u64>,
    /// Tries of an address.
    pub tries: Option<u32>,
    /// Seconds before the first retry.
    pub retry: Option<f64>,
    /// Longest wait, in seconds, for a host that asks to be left in peace.
    pub patience: Option<f64>,
    /// Whether hosts are asked what they show for missing pages.
    pub probe: Option<bool>,
    /// Most addresses of a host in a run.
    pub pages_per_host: Option<u32>,
    /// Most linked addresses of one pattern in a run.
    pub pages_per_pattern: Option<u32>,
}

/// `[edgar]` of the settings file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgarFile {
    /// Address of the host of archives, indexes and feeds.
    pub www: Option<String>,
    /// Address of the host of submissions and facts.
    pub data: Option<String>,
    /// Address of the host of the full-text search.
    pub efts: Option<String>,
    /// Seconds for which the SEC is left in peace after its throttling page.
    pub throttle_pause: Option<f64>,
    /// Whether the feed of current filings is asked though robots.txt forbids it.
    pub current_feed: Option<bool>,
}

impl EdgarFile {
    /// Where EDGAR is.
    pub fn places(&self) -> Places {
        let usual = Places::default();
        Places {
            www: self.www.clone().unwrap_or(usual.www),
            data: self.data.clone().unwrap_or(usual.data),
            efts: self.efts.clone().unwrap_or(usual.efts),
        }
    }

    /// How the client asks it.
    fn client(&self) -> anyhow::Result<Edgar> {
        let (places, usual) = (self.places(), Edgar::default());
        places.check().map_err(|e| anyhow::anyhow!("{e} in [edgar]"))?;
        let hosts = if places == Places::default() { Vec::new() } else { places.hosts() };
        let pause = match self.throttle_pause {
            None => usual.pause,
            Some(s) if s.is_finite() && (0.0..=3600.0).contains(&s) => Duration::from_secs_f64(s),
            Some(s) => anyhow::bail!("throttle_pause = {s} in [edgar] is no time in seconds between 0 and 3600"),
        };
        Ok(Edgar { hosts, pause, feed: self.current_feed.unwrap_or(usual.feed) })
    }
}

/// Options of commands that go over the network.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct NetworkArgs {
    /// Who asks: company and mail address, sent with each request; the SEC demands it
    #[arg(long, value_name = "TEXT", env = "TAPECHECK_CONTACT", hide_env_values = true)]
    pub contact: Option<String>,
    /// Proxy for all requests, such as http://127.0.0.1:3128, or none [default: http_proxy, HTTPS_PROXY, ALL_PROXY and
    /// NO_PROXY of the environment]
    #[arg(long, value_name = "URL", env = "TAPECHECK_PROXY", hide_env_values = true)]
    pub proxy: Option<String>,
}

/// Seconds as a time; none that is no time.
fn time(name: &str, seconds: Option<f64>, default: Duration) -> anyhow::Result<Duration> {
    match seconds {
        None => Ok(default),
        Some(s) if s.is_finite() && (0.0..=86_400.0).contains(&s) => Ok(Duration::from_secs_f64(s)),
        Some(s) => anyhow::bail!("{name} = {s} in [crawl] is no time in seconds between 0 and 86400"),
    }
}

/// A count that is at least one.
fn some<T: Copy + PartialOrd + From<u8> + std::fmt::Display>(
    name: &str,
    n: Option<T>,
    default: T,
) -> anyhow::Result<T> {
    match n {
        Some(n) if n < T::from(1) => anyhow::bail!("{name} = {n} in [crawl] must be 1 or more"),
        n => Ok(n.unwrap_or(default)),
    }
}

/// The proxies, by flag, settings file and environment. Their addresses may
/// hold passwords: they are shown without.
pub fn proxies(flag: Option<&str>, file: &CrawlFile) -> Result<Proxies, FetchError> {
    let variable = |name: &str| std::env::var(name).ok();
    match flag.or(file.proxy.as_deref()).map(str::trim).filter(|p| !p.is_empty()) {
        Some("none") => Ok(Proxies::default()),
        Some(proxy) => {
            let except = file.no_proxy.clone().or_else(|| variable("no_proxy")).or_else(|| variable("NO_PROXY"));
            Proxies::one(proxy, &except.unwrap_or_default())
        }
        None => Proxies::of_environment(variable),
    }
}

/// What fetches, by the settings.
pub fn fetcher(context: &Context, args: &NetworkArgs) -> anyhow::Result<Arc<Fetcher>> {
    let file = &context.settings.crawl;
    let (limits, manners) = (Limits::default(), Manners::default());
    let mut allowed = Vec::new();
    for range in &file.allow_private {
        allowed.push(range.parse::<Range>().map_err(|e| anyhow::anyhow!("allow_private in [crawl]: {e}"))?);
    }
    let bytes = match &file.max_page {
        None => limits.bytes,
        Some(Size::Bytes(bytes)) => *bytes,
        Some(Size::Text(text)) => parse_size(text)?,
    };
    let settings = Settings {
        contact: contact(context, args).map(str::to_string),
        proxy: proxies(args.proxy.as_deref(), file)?,
        allowed,
        limits: Limits {
            connect: time("connect_timeout", file.connect_timeout, limits.connect)?,
            header: time("header_timeout", file.header_timeout, limits.header)?,
            read: time("read_timeout", file.read_timeout, limits.read)?,
            total: time("total_timeout", file.total_timeout, limits.total)?,
            rate: file.min_rate.unwrap_or(limits.rate),
            bytes,
            ..limits
        },
        manners: Manners {
            delay: time("delay", file.delay, manners.delay)?,
            at_once: some("at_once", file.at_once, manners.at_once)?,
            patience: time("patience", file.patience, manners.patience)?,
        },
        lookup: None,
        edgar: context.settings.edgar.client()?,
    };
    Ok(Arc::new(Fetcher::new(Client::new(settings)?)))
}

/// The text at one address, fetched as all pages are: robots.txt is asked,
/// redirects are followed.
pub fn fetch_text(context: &Context, args: &NetworkArgs, url: &str) -> anyhow::Result<String> {
    let fetcher = fetcher(context, args)?;
    let address = Url::parse(url).map_err(|e| anyhow::anyhow!("{url:?} is no address: {e}"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (new, limits) = (Validators::default(), fetcher.client().limits());
    let page =
        runtime.block_on(fetcher.visit(&address, &new, limits)).end.map_err(|e| anyhow::anyhow!(explain(&e)))?.page;
    if matches!(wall(&page), Some(Wall::Throttle)) {
        anyhow::bail!("{url}: the server wants fewer requests; run the command again in ten minutes");
    }
    anyhow::ensure!(page.status == 200, "{url}: the server answered {}", page.status);
    String::from_utf8(page.body).map_err(|_| anyhow::anyhow!("{url} is no text"))
}

/// Who asks, as flag or settings have it.
pub fn contact<'c>(context: &'c Context, args: &'c NetworkArgs) -> Option<&'c str> {
    let said = args.contact.as_ref().or(context.settings.crawl.contact.as_ref())?;
    Some(said.trim()).filter(|c| !c.is_empty())
}

/// How a crawl runs, by the settings; without sources.
pub fn plan(context: &Context) -> anyhow::Result<Plan> {
    let file = &context.settings.crawl;
    let (plan, budgets) = (Plan::default(), Budgets::default());
    Ok(Plan {
        in_flight: some("in_flight", file.in_flight, plan.in_flight)?,
        at_once: some("at_once", file.at_once, plan.at_once)?,
        tries: some("tries", file.tries, plan.tries)?,
        retry: time("retry", file.retry, plan.retry)?,
        patience: time("patience", file.patience, plan.patience)?,
        probe: file.probe.unwrap_or(plan.probe),
        budgets: Budgets {
            per_host: some("pages_per_host", file.pages_per_host, budgets.per_host)?,
            per_pattern: some("pages_per_pattern", file.pages_per_pattern, budgets.per_pattern)?,
            ..budgets
        },
        ..plan
    })
}

/// Own sources and shipped ones; the first `own` of them are own.
pub fn all_sources(context: &Context) -> anyhow::Result<(Vec<Source>, usize)> {
    let mut list = context.settings.sources.clone();
    let own = list.len();
    let shipped = Source::shipped().map_err(|e| anyhow::anyhow!("sources.toml: {e}"))?;
    // An own source replaces the shipped one of its name.
    list.extend(shipped.into_iter().filter(|s| !context.settings.sources.iter().any(|o| o.name == s.name)));
    check_all(&list).map_err(|e| anyhow::anyhow!("{e}"))?;
    Ok((list, own))
}

/// The source of a name.
pub fn source(list: &[Source], name: &str) -> anyhow::Result<Source> {
    list.iter().find(|s| s.name == name).cloned().ok_or_else(|| {
        let near = nearest(name, list.iter().map(|s| s.name.as_str()));
        let hint = near.map_or(String::new(), |n| format!("; did you mean {n}?"));
        anyhow::anyhow!("there is no source {name:?}{hint} `tapecheck sources list` shows all")
    })
}

/// An error of fetching, with what to do about it.
pub fn explain(error: &FetchError) -> String {
    match error.advice() {
        "" => error.to_string(),
        advice => format!("{error}; {advice}"),
    }
}
