//! Feeds: RSS 0.90 to 2.0, RSS 1.0 (RDF), Atom 1.0 and JSON Feed → addresses
//! with what the feed knows of them.
//!
//! Atom 0.3 is read too. What is left out, because it says nothing about
//! news: CDF (a push format of 1997), podcast directories (iTunes), chapters
//! (PSC), places (GeoRSS), ratings and players of Media RSS (its titles,
//! descriptions and categories are read), and the hooks for programs of 2000
//! (`cloud`, `textInput`). Drawings and formulas within text (SVG, MathML)
//! keep their text only roughly.
//!
//! A feed that is damaged gives what could be read, and says what is wrong.

mod atom;
mod common;
mod date;
mod json;
mod model;
mod rss;
mod text;

pub use date::Moment;
pub use model::{About, Basics, Category, Entry, Feed, Generator, Image, Link, Person, Text};

use url::{ParseError, Url};

use super::item::Known;
use super::xml::{self, decode};
use crate::model::address;

/// An address a feed or sitemap names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The address.
    pub url: String,
    /// What is known of it.
    pub known: Known,
    /// When it was last changed, as said: RFC 3339 or a bare date.
    pub modified: Option<String>,
}

/// The entries of a feed that lead to a page, in its order. Relative addresses
/// stay so: see [`read_feed`].
///
/// # Errors
/// When the bytes are no feed; says why.
pub fn feed(body: &[u8]) -> Result<Vec<Listed>, String> {
    read_feed(body, None, None).map(|f| f.listed())
}

/// Reads a feed. `url` is its address, `content_type` its header.
///
/// # Errors
/// When the bytes are no feed; says why.
pub fn read_feed(body: &[u8], url: Option<&str>, content_type: Option<&str>) -> Result<Feed, String> {
    let decoded = decode(body, content_type);
    let start = decoded.text.trim_start();
    let mut feed = if start.starts_with('{') {
        json::read(start, url)?
    } else {
        // Some servers print notices before the feed.
        let at = decoded.text.find("<?xml").or_else(|| decoded.text.find('<')).ok_or("it is neither XML nor JSON")?;
        let tree = xml::read(&decoded.text[at..], url).ok_or("it has no element")?;
        let mut feed = match tree.root.name.as_str() {
            "rss" | "rdf" => rss::read(&tree),
            "feed" | "entry" => atom::read(&tree),
            "html" => return Err("it is a web page, no feed".into()),
            "urlset" | "sitemapindex" => return Err("it is a sitemap, no feed".into()),
            "channel" => return Err("it is a CDF channel, a format that is not read".into()),
            other => return Err(format!("its outermost element <{other}> is none of a feed")),
        };
        feed.problem = tree.problem;
        feed
    };
    feed.encoding = decoded.encoding;
    Ok(feed)
}

impl Feed {
    /// The entries that lead to a page, in their order.
    pub fn listed(&self) -> Vec<Listed> {
        let rss = self.version.starts_with("rss");
        self.entries.iter().filter_map(|e| e.listed(rss)).collect()
    }
}

impl Entry {
    fn listed(&self, rss: bool) -> Option<Listed> {
        let basics = &self.basics;
        let link = basics.link.as_deref()?;
        let url = match Url::parse(link) {
            Err(ParseError::RelativeUrlWithoutBase) if !link.is_empty() => link.to_string(),
            // Other schemes lead to no page.
            _ => String::from(address::resolve(None, link)?),
        };
        let authors: Vec<String> = basics
            .authors
            .iter()
            .map(|p| p.name.clone().unwrap_or_else(|| p.shown()))
            .filter(|n| !n.is_empty())
            .collect();
        let text = |moment: &Option<Moment>| moment.as_ref().and_then(|m| m.text.clone());
        // The one date that RSS with Dublin Core has is that of publication.
        let published = text(&basics.published).or_else(|| text(&basics.created));
        let published = published.or_else(|| text(&basics.updated).filter(|_| rss));
        Some(Listed {
            known: Known {
                url: Some(url.clone()),
                title: basics.title.as_ref().map(Text::plain).filter(|t| !t.is_empty()),
                published,
                author: (!authors.is_empty()).then(|| authors.join("; ")),
                from_feed: true,
                ..Known::default()
            },
            url,
            modified: text(&basics.updated),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_rss() -> Result<(), String> {
        let xml = r#"<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title>
            <item><title>Chips &amp; code</title><link>http://x.example/a</link>
            <pubDate>Fri, 06 Feb 2026 20:32:00 -0500</pubDate><dc:creator>Ada M</dc:creator></item>
            <item><title>No page</title></item></channel></rss>"#;
        let list = feed(xml.as_bytes())?;
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].url, "http://x.example/a");
        assert_eq!(list[0].known.title.as_deref(), Some("Chips & code"));
        // In the publisher's own time: elsewhere it was the next day.
        assert_eq!(list[0].known.published.as_deref(), Some("2026-02-06T20:32:00-05:00"));
        assert_eq!(list[0].known.author.as_deref(), Some("Ada M"));
        Ok(())
    }

    #[test]
    fn says_what_is_no_feed() {
        let said = |body: &str| feed(body.as_bytes()).err().unwrap_or_default();
        assert!(said("no feed").contains("neither XML nor JSON"));
        assert!(said("<!doctype html><html><body></body></html>").contains("web page"));
        assert!(said("{\"a\": 1}").contains("no JSON Feed"));
        assert!(said("<urlset></urlset>").contains("sitemap"));
        assert!(said("").contains("neither"));
    }

    #[test]
    fn damaged_feeds_give_what_they_can() -> Result<(), String> {
        let xml = "notice: x\n<?xml version='1.0'?><rss version='2.0'><channel><title>A&B &nbsp; C</title><item><link>http://x.example/a</link>\
            </item><item><title>caf\u{e9} <b>x</title><link> /b?c&d </link></item></oops><item><link>http://x.example/c</li";
        let read = read_feed(xml.as_bytes(), Some("http://x.example/feed"), None)?;
        assert!(read.problem.is_some());
        let urls: Vec<String> = read.listed().into_iter().map(|l| l.url).collect();
        assert_eq!(urls, ["http://x.example/a", "http://x.example/b?c&d", "http://x.example/c"]);
        assert_eq!(read.about.basics.title.map(|t| t.plain()).as_deref(), Some("A&B C"));
        Ok(())
    }

    #[test]
    fn other_dialects() -> Result<(), String> {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Up &amp;amp; &lt;b>down&lt;/b></title>
            <link rel="self" href="/self"/><link href="/a"/><updated>2026-02-06T09:00:00Z</updated></entry></feed>"#;
        let list = read_feed(atom.as_bytes(), Some("https://x.example/feed"), None)?.listed();
        assert_eq!(list[0].url, "https://x.example/a");
        assert_eq!((list[0].known.title.as_deref(), &list[0].known.published), (Some("Up & down"), &None));
        assert_eq!(list[0].modified.as_deref(), Some("2026-02-06T09:00:00Z"));
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "url": "https://x.example/b",
            "title": "T", "date_published": "2026-02-06T09:00:00+01:00", "authors": [{"name": "A"}]}]}"#;
        let list = feed(json.as_bytes())?;
        assert_eq!(list[0].known.published.as_deref(), Some("2026-02-06T09:00:00+01:00"));
        let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
            <channel><title>c</title></channel><item rdf:about="https://x.example/c"><link>https://x.example/c</link></item></rdf:RDF>"#;
        assert_eq!(feed(rdf.as_bytes())?[0].url, "https://x.example/c");
        Ok(())
    }
}
