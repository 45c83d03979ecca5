//! Publisher: how the pages of one publisher, or of one content system, are
//! marked up, as a dated declaration.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;
use url::Url;

use super::css::Css;

/// A publisher, or a content system that many publishers use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// Its name: that of its file.
    pub name: String,
    /// How its markup is known, and since when.
    pub known: String,
    /// Its hosts; those below them are its own as well.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// What stands in every page of a content system, whatever the host.
    #[serde(default)]
    pub signs: Vec<String>,
    /// Its markup, one rule for each time.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// Markup that holds for a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// First day.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day; open while it is not known to have ended.
    #[serde(default)]
    pub to: Option<Date>,
    /// The main text: the first of these that finds anything; all it finds, in order.
    #[serde(default)]
    pub body: Vec<Css>,
    /// What stands in the main text and does not belong to it.
    #[serde(default)]
    pub furniture: Vec<Css>,
    /// When it was published: the first that gives a date.
    #[serde(default)]
    pub date: Vec<Field>,
    /// Who wrote it: the first that gives names.
    #[serde(default)]
    pub author: Vec<Field>,
}

/// Where a fact stands: in the text of elements, or in an attribute of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The elements.
    pub select: Css,
    /// Their attribute.
    #[serde(default)]
    pub attribute: Option<String>,
}

impl Rule {
    /// Whether it holds on a day; a page of unknown day has the markup of today.
    pub fn holds(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to),
            None => self.to.is_none(),
        }
    }
}

/// All declarations; cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publishers {
    list: Arc<[Arc<Publisher>]>,
}

impl Publishers {
    /// Of these, in this order.
    pub fn new(list: Vec<Publisher>) -> Self {
        Self { list: list.into_iter().map(Arc::new).collect() }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Publisher> {
        self.list.iter().map(Arc::as_ref)
    }

    /// Whose page this is: the publisher of the address's host, the one that
    /// names the longest part of it; else the content system whose signs all
    /// stand in the page.
    pub fn of(&self, url: &str, html: &str) -> Option<Arc<Publisher>> {
        let url = Url::parse(url).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
        let own = |p: &Publisher| p.hosts.iter().filter(|h| within(host, h)).map(String::len).max();
        let by_host = self.list.iter().filter_map(|p| Some((own(p)?, p))).max_by_key(|(length, _)| *length);
        if let Some((_, publisher)) = by_host {
            return Some(Arc::clone(publisher));
        }
        let signed = |p: &Publisher| !p.signs.is_empty() && p.signs.iter().all(|s| html.contains(s.as_str()));
        self.list.iter().find(|p| signed(p)).map(Arc::clone)
    }
}

/// Whether a host is `name`, or one below it.
fn within(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, hosts: &[&str], signs: &[&str]) -> Publisher {
        let own = |list: &[&str]| list.iter().map(|s| s.to_string()).collect();
        Publisher { name: name.into(), hosts: own(hosts), signs: own(signs), ..Publisher::default() }
    }

    #[test]
    fn the_longest_host_wins_and_signs_come_last() {
        let all = Publishers::new(vec![
            named("tide", &["tide.example"], &[]),
            named("tide-money", &["money.tide.example"], &[]),
            named("press", &[], &["press-content/", "generator"]),
        ]);
        let of = |url: &str, html: &str| all.of(url, html).map(|p| p.name.clone()).unwrap_or_default();
        assert_eq!(of("https://www.tide.example/a", "press-content/ generator"), "tide");
        assert_eq!(of("https://money.tide.example/a", ""), "tide-money");
        assert_eq!(of("https://lowtide.example/a", "press-content/ generator"), "press");
        assert_eq!(of("file:a.html", "press-content/"), "");
    }

    #[test]
    fn rules_hold_for_their_time() {
        let day = |text: &str| text.parse::<Date>().ok();
        let rule = Rule { from: day("2020-01-01"), to: day("2024-06-30"), ..Rule::default() };
        assert!(rule.holds(day("2020-01-01")) && rule.holds(day("2024-06-30")));
        assert!(!rule.holds(day("2019-12-31")) && !rule.holds(day("2024-07-01")) && !rule.holds(None));
        assert!(Rule { to: None, ..rule }.holds(None));
    }
}
