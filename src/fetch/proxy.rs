//! Proxies: which requests go through one. Their addresses may carry a name and
//! a password, which are shown nowhere.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use super::address::Range;
use super::error::FetchError;

/// Proxies for requests, and what is asked without them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    http: Option<Url>,
    https: Option<Url>,
    except: Vec<Except>,
}

/// What is asked without a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Except {
    All,
    Range(Range),
    /// A host and those below it, and a port where one is named.
    Host(String, Option<u16>),
}

impl Proxies {
    /// One proxy for all requests but those to hosts that `except` names, as
    /// `NO_PROXY` does: `tide.example, .ebb.example:8080, 10.0.0.0/8`, or `*`.
    ///
    /// # Errors
    /// When it is no address of a proxy.
    pub fn one(proxy: &str, except: &str) -> Result<Self, FetchError> {
        let proxy = read(proxy)?;
        Ok(Self { http: Some(proxy.clone()), https: Some(proxy), except: exceptions(except) })
    }

    /// As the usual variables of the environment name them: `http_proxy` (in
    /// capitals it may come from a request), `HTTPS_PROXY`, `ALL_PROXY`,
    /// `NO_PROXY`, the last three in small letters as well.
    ///
    /// # Errors
    /// When one is no address of a proxy.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, FetchError> {
        let of = |names: &[&str]| names.iter().find_map(|n| variable(n).filter(|v| !v.trim().is_empty()));
        let proxy = |names: &[&str]| of(names).map(|p| read(&p)).transpose();
        Ok(Self {
            http: proxy(&["http_proxy", "all_proxy", "ALL_PROXY"])?,
            https: proxy(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])?,
            except: exceptions(&of(&["no_proxy", "NO_PROXY"]).unwrap_or_default()),
        })
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.http.is_none() && self.https.is_none()
    }

    /// The proxy that a request goes through. This machine is always asked
    /// without one.
    pub fn of(&self, url: &Url) -> Option<&Url> {
        let proxy = if url.scheme() == "https" { self.https.as_ref() } else { self.http.as_ref() }?;
        let (host, address) = match url.host()? {
            Host::Domain(name) => (name.trim_end_matches('.').to_string(), None),
            Host::Ipv4(address) => (address.to_string(), Some(IpAddr::V4(address))),
            Host::Ipv6(address) => (address.to_string(), Some(IpAddr::V6(address))),
        };
        let here = host == "localhost" || host.ends_with(".localhost") || address.is_some_and(|a| a.is_loopback());
        let port = url.port_or_known_default();
        let excepted = self.except.iter().any(|e| match e {
            Except::All => true,
            Except::Range(range) => address.is_some_and(|a| range.holds(a)),
            Except::Host(name, only) => {
                let within = host.strip_suffix(name.as_str()).is_some_and(|b| b.is_empty() || b.ends_with('.'));
                within && only.is_none_or(|only| port == Some(only))
            }
        });
        (!here && !excepted).then_some(proxy)
    }

    /// Whether a name is that of a proxy's own host.
    pub(super) fn is_own(&self, name: &str) -> bool {
        [&self.http, &self.https].into_iter().flatten().any(|p| p.host_str() == Some(name))
    }
}

/// An address of a proxy, with `http://` where nothing else is written.
fn read(text: &str) -> Result<Url, FetchError> {
    let text = text.trim();
    let whole = if text.contains("://") { text.to_string() } else { format!("http://{text}") };
    match Url::parse(&whole) {
        Ok(url) if url.scheme() == "http" && url.has_host() => Ok(url),
        // What was written is not repeated: it may hold a password.
        Ok(url) if url.has_host() => {
            Err(FetchError::Setup { problem: format!("a proxy is spoken to by http, not {}", url.scheme()) })
        }
        _ => Err(FetchError::Setup {
            problem: "the proxy is no address; write it like http://proxy.example:3128".into(),
        }),
    }
}

fn exceptions(list: &str) -> Vec<Except> {
    let one = |entry: &str| {
        let entry = entry.trim().to_ascii_lowercase();
        if entry.is_empty() {
            return None;
        }
        if entry == "*" {
            return Some(Except::All);
        }
        if let Ok(range) = entry.trim_matches(['[', ']']).parse() {
            return Some(Except::Range(range));
        }
        let (name, port) = match entry.rsplit_once(':') {
            Some((name, port)) => (name, port.parse().ok()),
            None => (entry.as_str(), None),
        };
        Some(Except::Host(name.trim_start_matches(['*', '.']).to_string(), port))
    };
    list.split([',', ' ']).filter_map(one).collect()
}

/// Where the proxies are; a name and a password are left out.
impl fmt::Display for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |proxy: &Url| proxy[url::Position::BeforeHost..url::Position::AfterPort].to_string();
        match (&self.http, &self.https) {
            (None, None) => f.write_str("none"),
            (Some(http), Some(https)) if http == https => f.write_str(&shown(http)),
            (http, https) => {
                let of = |what: &str, p: &Option<Url>| p.as_ref().map(|p| format!("{} for {what}", shown(p)));
                f.write_str(
                    &[of("http", http), of("https", https)].into_iter().flatten().collect::<Vec<_>>().join(", "),
                )
            }
        }
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxies({self}, except {:?})", self.except)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(proxies: &Proxies, url: &str) -> bool {
        proxies.of(&Url::parse(url).expect("an address")).is_some()
    }

    #[test]
    fn exceptions_are_asked_without() -> Result<(), FetchError> {
        let list = "tide.example, .ebb.example:8080 *.flood.example,10.0.0.0/8,2001:db8::1";
        let proxies = Proxies::one("proxy.example:3128", list)?;
        for (url, want) in [
            ("http://news.example/", true),
            ("https://news.example/", true),
            ("http://lowtide.example/", true),
            ("http://tide.example/", false),
            ("http://www.tide.example:99/", false),
            ("http://www.ebb.example:8080/", false),
            ("http://www.ebb.example/", true),
            ("https://x.flood.example/", false),
            ("http://10.1.2.3/", false),
            ("http://11.1.2.3/", true),
            ("http://[2001:db8::1]/", false),
            ("http://127.0.0.1:80/", false),
            ("http://localhost/", false),
        ] {
            assert_eq!(through(&proxies, url), want, "{url}");
        }
        assert!(!through(&Proxies::one("proxy.example", "*")?, "http://news.example/"));
        Ok(())
    }

    #[test]
    fn the_environment_names_proxies() -> Result<(), FetchError> {
        let of = |set: &'static [(&str, &str)]| {
            Proxies::of_environment(|name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string()))
        };
        assert!(of(&[])?.is_empty() && of(&[("HTTP_PROXY", "a.example"), ("all_proxy", " ")])?.is_empty());
        let two =
            of(&[("http_proxy", "http://a.example:1"), ("HTTPS_PROXY", "b.example:2"), ("NO_PROXY", "c.example")])?;
        assert_eq!(two.to_string(), "a.example:1 for http, b.example:2 for https");
        assert!(through(&two, "https://x.example/") && !through(&two, "https://c.example/"));
        assert_eq!(of(&[("ALL_PROXY", "http://a.example:1")])?.to_string(), "a.example:1");
        Ok(())
    }

    #[test]
    fn passwords_are_shown_nowhere() -> Result<(), FetchError> {
        let proxies = Proxies::one("http://me:s3cret@proxy.example:3128", "")?;
        let settings = crate::fetch::Settings { proxy: proxies.clone(), ..Default::default() };
        for shown in [proxies.to_string(), format!("{proxies:?}"), format!("{settings:?}")] {
            assert!(!shown.contains("s3cret") && !shown.contains("me:"), "{shown}");
        }
        for wrong in ["http://me:s3cret@", "me:s3cret@:x", "socks5://me:s3cret@proxy.example", "http://me:s3cret@[x"] {
            let problem = Proxies::one(wrong, "").err().map(|e| e.to_string()).unwrap_or_default();
            assert!(!problem.is_empty() && !problem.contains("s3cret"), "{problem}");
        }
        Ok(())
    }
}
