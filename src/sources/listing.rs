//! Listing: what a list names, whatever sort of list it is.

use std::collections::BTreeMap;

use scraper::Selector;
use url::Url;

use super::config::Kind;
use super::feed::{Listed, read_feed};
use super::links::{links, selected};
use super::sitemap::sitemap;
use crate::model::Page;

/// What a list names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Pages, with what the list knows of them.
    pub pages: Vec<Listed>,
    /// Further lists.
    pub lists: Vec<Url>,
    /// What it names and is not wanted, by reason.
    pub passed: BTreeMap<&'static str, u64>,
    /// What there is to say of it.
    pub notes: Vec<String>,
}

/// Reads a list. A page where any kind was expected is no list: `None`.
///
/// # Errors
/// When it is not of the kind expected; says why.
pub fn listing(kind: Kind, page: &Page, select: Option<&Selector>) -> Result<Option<Listing>, String> {
    let base = Url::parse(&page.url).map_err(|e| e.to_string())?;
    let plain = gunzip(&page.body);
    let body = plain.as_deref().unwrap_or(&page.body);
    let read = match kind {
        Kind::Feed => feed(body, page).map(pages_of),
        Kind::Sitemap => read_sitemap(body, &base),
        Kind::Links => {
            let html = String::from_utf8_lossy(body);
            let found = select.map_or_else(|| links(&html, &base), |s| selected(&html, &base, s));
            let listed = |u: Url| Listed { url: u.into(), ..Listed::default() };
            Ok(Listing { pages: found.into_iter().map(listed).collect(), ..Listing::default() })
        }
        Kind::Page if !looks_like_list(page, body) => return Ok(None),
        Kind::Page => feed(body, page).map(pages_of).or_else(|_| read_sitemap(body, &base)),
        Kind::Warc | Kind::Folder | Kind::Edgar | Kind::Filing | Kind::Document => return Ok(None),
    };
    let mut read = match read {
        Err(_) if kind == Kind::Page => return Ok(None),
        read => read?,
    };
    for entry in &mut read.pages {
        // Lists may write addresses as seen from themselves.
        if let Ok(url) = base.join(entry.url.trim()) {
            entry.url = url.into();
            entry.known.url = entry.known.url.take().map(|_| entry.url.clone());
        }
    }
    Ok(Some(read))
}

fn feed(body: &[u8], page: &Page) -> Result<Vec<Listed>, String> {
    Ok(read_feed(body, Some(&page.url), page.header("content-type"))?.listed())
}

fn pages_of(pages: Vec<Listed>) -> Listing {
    Listing { pages, ..Listing::default() }
}

/// A sitemap, an index of sitemaps, or the sitemaps that robots.txt names.
fn read_sitemap(body: &[u8], base: &Url) -> Result<Listing, String> {
    let join = |text: &String| base.join(text.trim()).ok();
    if base.path() == "/robots.txt" {
        let text = String::from_utf8_lossy(body);
        let lines = text.lines().filter_map(|l| l.split_once(':'));
        let named = lines.filter(|(k, _)| k.trim().eq_ignore_ascii_case("sitemap")).map(|(_, v)| v.trim().to_string());
        let lists: Vec<Url> = named.filter_map(|v| join(&v)).collect();
        return if lists.is_empty() {
            Err("it names no sitemap".into())
        } else {
            Ok(Listing { lists, ..Listing::default() })
        };
    }
    let map = sitemap(body)?;
    let lists = map.sitemaps.iter().filter_map(|l| join(&l.url)).collect();
    Ok(Listing { lists, pages: map.pages, ..Listing::default() })
}

/// Whether a page given without a kind is a feed or a sitemap.
fn looks_like_list(page: &Page, body: &[u8]) -> bool {
    let kind = page.header("content-type").unwrap_or("").to_ascii_lowercase();
    let start = String::from_utf8_lossy(&body[..body.len().min(1024)]).to_ascii_lowercase();
    let xml = ["<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex"].iter().any(|t| start.contains(t));
    let json = start.contains("jsonfeed.org/version");
    xml || json || kind.contains("rss+xml") || kind.contains("atom+xml") || kind.contains("feed+json")
}

/// Largest sitemap, unpacked, as the protocol has it (50 MB), with some room.
const LARGEST: u64 = 56 << 20;

/// A body that is itself a gzip file; nothing where it is none or broken.
pub(super) fn gunzip(body: &[u8]) -> Option<Vec<u8>> {
    use std::io::Read;
    if !body.starts_with(&[0x1F, 0x8B]) {
        return None;
    }
    let mut plain = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(body).take(LARGEST).read_to_end(&mut plain);
    read.is_ok().then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(url: &str, body: &str) -> Page {
        Page { url: url.into(), status: 200, body: body.into(), ..Page::default() }
    }

    #[test]
    fn every_kind_is_read_and_told() -> Result<(), String> {
        let rss =
            page("http://x.example/f", "<rss version='2.0'><channel><item><link>/a</link></item></channel></rss>");
        let map = page("http://x.example/s", "<urlset><url><loc>http://x.example/b</loc></url></urlset>");
        let html = page("http://x.example/", "<html><a href='/c'>c</a></html>");
        let robots =
            page("http://x.example/robots.txt", "User-agent: *\nSitemap: /s.xml\nsitemap: http://y.example/t.xml");
        let names = |kind, page| {
            listing(kind, page, None).map(|l| l.map(|l| l.pages.into_iter().map(|p| p.url).collect::<Vec<_>>()))
        };
        assert_eq!(names(Kind::Feed, &rss)?, Some(vec!["http://x.example/a".to_string()]));
        assert_eq!(names(Kind::Page, &rss)?, Some(vec!["http://x.example/a".to_string()]));
        assert_eq!(names(Kind::Page, &map)?, Some(vec!["http://x.example/b".to_string()]));
        assert_eq!(names(Kind::Page, &html)?, None);
        assert_eq!(names(Kind::Links, &html)?, Some(vec!["http://x.example/c".to_string()]));
        assert!(names(Kind::Feed, &html).is_err() && names(Kind::Sitemap, &html).is_err());
        let lists = listing(Kind::Sitemap, &robots, None)?.map(|l| l.lists.len());
        assert_eq!(lists, Some(2));
        Ok(())
    }
}
