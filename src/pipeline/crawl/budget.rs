//! Budgets: where links are followed, a site may not lead on for ever. Links
//! of one pattern, and pages that repeat others, are followed a limited number
//! of times.

use std::collections::{HashMap, HashSet};

use url::Url;

/// Limits of following links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budgets {
    /// Most addresses of a host in a run.
    pub per_host: u32,
    /// Most linked addresses of one pattern of a host in a run.
    pub per_pattern: u32,
    /// Pages of one pattern that may repeat others before it is left.
    pub repeats: u32,
    /// Most addresses that one list may name.
    pub per_list: usize,
}

impl Default for Budgets {
    fn default() -> Self {
        Self { per_host: 50_000, per_pattern: 500, repeats: 20, per_list: 50_000 }
    }
}

/// What was spent in a run.
#[derive(Debug, Default)]
pub(super) struct Spent {
    hosts: HashMap<String, u32>,
    patterns: HashMap<u64, u32>,
    repeats: HashMap<u64, u32>,
    /// Addresses met in this run, as hashes: the store need not be asked again.
    met: HashSet<u64>,
    /// Digests of pages of this run, with their pattern.
    seen: HashSet<u64>,
}

impl Spent {
    /// Whether the address was met in this run; it is from now on.
    pub fn met(&mut self, url: &str) -> bool {
        !self.met.insert(hash(url))
    }

    /// Takes an address out of the budgets; or says which one is used up.
    /// `linked`: it was found as a link, not in a list.
    pub fn take(&mut self, budgets: &Budgets, url: &Url, linked: bool) -> Result<(), &'static str> {
        let host = url.host_str().unwrap_or_default();
        let there = self.hosts.get(host).copied().unwrap_or(0);
        if there >= budgets.per_host {
            return Err("too many of one host");
        }
        if linked {
            let pattern = pattern(url);
            if self.repeats.get(&pattern).is_some_and(|n| *n >= budgets.repeats) {
                return Err("repeats of other pages");
            }
            let used = self.patterns.entry(pattern).or_default();
            if *used >= budgets.per_pattern {
                return Err("too many of one pattern");
            }
            *used += 1;
        }
        self.hosts.insert(host.to_string(), there + 1);
        Ok(())
    }

    /// Notes a page; counts it against its pattern when its content was seen
    /// at another address.
    pub fn page(&mut self, url: &Url, digest: &str) {
        let pattern = pattern(url);
        let content = hash(digest) ^ hash(url.host_str().unwrap_or_default());
        if !self.seen.insert(content) {
            *self.repeats.entry(pattern).or_default() += 1;
        }
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The shape of an address: its host, its path with runs of digits and long
/// mixed parts made one, the names in its query.
fn pattern(url: &Url) -> u64 {
    let mut shape = url.host_str().unwrap_or_default().to_string();
    for part in url.path().split('/') {
        shape.push('/');
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        if digits > 0 && digits * 3 >= part.len() {
            shape.push('#');
            continue;
        }
        let mut in_number = false;
        for c in part.chars() {
            if c.is_ascii_digit() {
                if !in_number {
                    shape.push('#');
                }
                in_number = true;
            } else {
                in_number = false;
                shape.push(c);
            }
        }
    }
    let mut names: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    names.sort();
    names.dedup();
    hash(&format!("{shape}?{}", names.join("&")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    #[test]
    fn a_calendar_is_left_and_articles_are_not() {
        let budgets = Budgets { per_pattern: 10, ..Budgets::default() };
        let mut spent = Spent::default();
        let taken = (1..100).filter(|n| {
            let month = url(&format!("http://x.example/cal?y={}&m={}", 2026 + n / 12, n % 12));
            spent.take(&budgets, &month, true).is_ok()
        });
        assert_eq!(taken.count(), 10);
        for slug in ["oil-slips", "gold-gains", "bonds-fall"].iter().cycle().take(30).enumerate() {
            let article = url(&format!(
                "http://x.example/news/{}-{}",
                slug.1,
                "abcdefghijklmnopqrstuvwxyzabcd".split_at(slug.0).0
            ));
            assert!(spent.take(&budgets, &article, true).is_ok());
        }
        assert!(spent.take(&budgets, &url("http://x.example/cal?m=1&y=3000"), false).is_ok(), "lists may name it");
        let one = Budgets { per_host: 1, ..budgets };
        assert_eq!(spent.take(&one, &url("http://x.example/z"), true), Err("too many of one host"));
    }

    #[test]
    fn pages_that_repeat_each_other_end_their_pattern() {
        let budgets = Budgets { repeats: 5, ..Budgets::default() };
        let mut spent = Spent::default();
        for n in 0..7 {
            let page = url(&format!("http://x.example/print/{n}"));
            assert_eq!(spent.take(&budgets, &page, true).is_ok(), n < 6);
            spent.page(&page, "the same");
        }
        assert!(!spent.met("http://x.example/a") && spent.met("http://x.example/a"));
    }
}
