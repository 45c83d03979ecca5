//! Sitemaps: XML (with news fields, or an index of others) and plain text.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::feed::Listed;
use super::item::Known;

/// Most addresses of one sitemap, as the protocol has it.
const MOST: usize = 50_000;

/// What a sitemap names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages.
    pub pages: Vec<Listed>,
    /// Further sitemaps.
    pub sitemaps: Vec<String>,
}

/// Reads a sitemap. `lastmod` is no publication date and is not taken for one.
///
/// # Errors
/// When the bytes are no sitemap; says why.
pub fn sitemap(body: &[u8]) -> Result<Sitemap, String> {
    let text = String::from_utf8_lossy(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body));
    if !text.trim_start().starts_with('<') {
        let urls = text.lines().map(str::trim).filter(|l| l.starts_with("http://") || l.starts_with("https://"));
        let pages: Vec<Listed> = urls.take(MOST).map(|u| listed(u, Known::default())).collect();
        return if pages.is_empty() {
            Err("it is neither XML nor a list of addresses".into())
        } else {
            Ok(Sitemap { pages, ..Sitemap::default() })
        };
    }
    let mut reader = Reader::from_str(&text);
    let mut map = Sitemap::default();
    let (mut url, mut known) = (String::new(), Known::default());
    let mut value = String::new();
    let mut rooted = false;
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(tag) => {
                value.clear();
                let name = local(tag.name().into_inner());
                rooted |= matches!(name.as_str(), "urlset" | "sitemapindex");
            }
            Event::Text(part) => value.push_str(&part.xml10_content()),
            Event::CData(part) => value.push_str(&part.xml10_content()),
            Event::GeneralRef(entity) => {
                let c = entity.resolve_char_ref().ok().flatten();
                let name = entity.xml10_content();
                match c {
                    Some(c) => value.push(c),
                    None => value.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or("")),
                }
            }
            Event::End(tag) => {
                let text = std::mem::take(&mut value).trim().to_string();
                let text = Some(text).filter(|t| !t.is_empty());
                match local(tag.name().into_inner()).as_str() {
                    "loc" if url.is_empty() => url = text.unwrap_or_default(),
                    "publication_date" => known.published = text,
                    "title" => known.title = text,
                    "name" => known.outlet = text,
                    "url" if !url.is_empty() && map.pages.len() < MOST => {
                        map.pages.push(listed(&std::mem::take(&mut url), std::mem::take(&mut known)));
                    }
                    "sitemap" if !url.is_empty() && map.sitemaps.len() < MOST => {
                        map.sitemaps.push(std::mem::take(&mut url))
                    }
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if rooted { Ok(map) } else { Err("it has no urlset and no sitemapindex".into()) }
}

fn listed(url: &str, known: Known) -> Listed {
    Listed { url: url.to_string(), known: Known { url: Some(url.to_string()), from_feed: true, ..known } }
}

/// A tag's name without its prefix.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or("").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_news_and_index_and_text() -> Result<(), String> {
        let xml = r#"<?xml version="1.0"?><urlset xmlns:news="n"><url><loc>http://x.example/a?b=1&amp;c=2</loc><lastmod>2026-02-10</lastmod>
            <news:news><news:publication><news:name>Tape</news:name></news:publication>
            <news:publication_date>2026-02-09</news:publication_date><news:title>Up &#38; down</news:title></news:news></url>
            <url><loc> http://x.example/b </loc><lastmod>2026-02-10</lastmod></url></urlset>"#;
        let map = sitemap(xml.as_bytes())?;
        let urls: Vec<&str> = map.pages.iter().map(|p| p.url.as_str()).collect();
        assert_eq!(urls, ["http://x.example/a?b=1&c=2", "http://x.example/b"]);
        assert_eq!(
            (map.pages[0].known.title.as_deref(), map.pages[0].known.outlet.as_deref()),
            (Some("Up & down"), Some("Tape"))
        );
        assert_eq!(map.pages[1].known.published, None);
        let index = sitemap(b"<sitemapindex><sitemap><loc>http://x.example/s.xml</loc></sitemap></sitemapindex>")?;
        assert_eq!(index.sitemaps, ["http://x.example/s.xml"]);
        assert_eq!(sitemap(b"http://x.example/a\nhttp://x.example/b\n")?.pages.len(), 2);
        assert!(sitemap(b"<html></html>").is_err() && sitemap(b"\0\0").is_err() && sitemap(b"<urlset><url>").is_ok());
        Ok(())
    }
}
