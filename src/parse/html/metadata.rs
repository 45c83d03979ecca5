//! Puts together what a page says about itself.

use crate::model::PublishedSource;
use crate::parse::dates::Order;

use super::author;
use super::jsonld::{self, Described};
use super::outline::Outline;
use super::published;
use super::title::{self, one_line};

/// A page's metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Metadata {
    /// Title without the outlet's name.
    pub title: Option<String>,
    /// Authors, joined by "; ".
    pub author: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Publication date as kept in records.
    pub published: Option<String>,
    /// Where that came from.
    pub published_source: Option<PublishedSource>,
    /// Last change.
    pub modified: Option<String>,
    /// The address the page declares.
    pub canonical_url: Option<String>,
    /// Language code the page declares.
    pub lang: Option<String>,
    /// The structured data's `articleBody`.
    pub body: Option<String>,
}

/// Reads the metadata of a page with this outline.
pub(crate) fn read(html: &str, outline: &Outline<'_>, url: &str) -> Metadata {
    let page_title = outline.meta("og:title").map_or_else(|| one_line(&outline.title), one_line);
    let ld: Described = jsonld::read(&outline.ld, |headline| title::same(headline, &page_title));
    let named = |names: &[&str]| {
        let name = names.iter().find_map(|n| outline.meta(n)).map(one_line);
        name.filter(|s| s.chars().count() <= 60 && !s.contains("://"))
    };
    let site = named(&["og:site_name"]).or_else(|| ld.publisher.clone());
    let site = site.or_else(|| named(&["application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher"]));
    let titles = title::choose(outline, ld.headline.as_deref(), site.as_deref());
    let outlet = site.or_else(|| titles.site.filter(|s| s.split_whitespace().count() <= 4));
    let base = url::Url::parse(url).ok().filter(|u| u.scheme().starts_with("http"));
    let canonical_url = [outline.canonical.as_deref(), outline.meta("og:url")]
        .into_iter()
        .flatten()
        .find_map(|href| match &base {
            Some(base) => base.join(href).ok(),
            None => url::Url::parse(href).ok(),
        })
        .filter(|u| u.scheme().starts_with("http") && u.has_host())
        .map(String::from);
    let lang = outline
        .lang
        .as_deref()
        .or_else(|| outline.meta("og:locale"))
        .or_else(|| outline.meta("content-language"))
        .or(ld.lang.as_deref())
        .and_then(code);
    let order = order(outline);
    let urls: Vec<&str> = [Some(url), canonical_url.as_deref()].into_iter().flatten().collect();
    let dates = published::choose(html, outline, &ld, &urls, titles.place, order);
    let authors = author::choose(outline, &ld.authors, outlet.as_deref(), titles.place);
    Metadata {
        title: titles.title,
        author: (!authors.is_empty()).then(|| authors.join("; ")),
        outlet,
        published: dates.published.map(|(stamp, _)| stamp.text()),
        published_source: dates.published.map(|(_, source)| source),
        modified: dates.modified.map(|stamp| stamp.text()),
        canonical_url,
        lang,
        body: ld.body,
    }
}

/// How the page writes dates of digits.
pub(crate) fn order(outline: &Outline<'_>) -> Order {
    let tag = outline.lang.as_deref().or_else(|| outline.meta("og:locale"));
    let american = tag.is_some_and(|l| l.to_ascii_lowercase().replace('_', "-") == "en-us");
    if american { Order::MonthFirst } else { Order::DayFirst }
}

/// The two-letter code of a language tag.
fn code(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_', ',', ' ']).next()?.to_ascii_lowercase();
    (primary.len() == 2 && primary.bytes().all(|b| b.is_ascii_lowercase())).then_some(primary)
}
