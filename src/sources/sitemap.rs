//! Sitemaps: XML (with news fields, or an index of others), plain text, or a
//! feed in place of one; compressed or not.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::feed::{Listed, Moment, read_feed};
use super::item::Known;
use super::xml::decode;
use crate::model::charref;

/// Most addresses of one sitemap, as the protocol has it.
const MOST: usize = 50_000;

/// Largest sitemap, unpacked; the protocol has 50 MB.
const LARGEST: u64 = 64 << 20;

/// What a sitemap names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages.
    pub pages: Vec<Listed>,
    /// Further sitemaps.
    pub sitemaps: Vec<Listed>,
    /// Rows left out: beyond the most allowed, or without an address.
    pub dropped: usize,
    /// The first thing wrong with it; what could be read was.
    pub problem: Option<String>,
}

/// Reads a sitemap. `lastmod` is no publication date and is not taken for one.
///
/// # Errors
/// When the bytes are no sitemap; says why.
pub fn sitemap(body: &[u8]) -> Result<Sitemap, String> {
    let body = unpack(body)?;
    let text = decode(&body, None).text;
    let start = text.trim_start();
    if !start.starts_with('<') {
        return of_lines(start);
    }
    let mut build = Build::default();
    let mut reader = Reader::from_str(start);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = local(tag.name().into_inner());
                if build.root.is_empty() && matches!(name.as_str(), "rss" | "feed" | "rdf") {
                    let feed = read_feed(&body, None, None)?;
                    return Ok(Sitemap { pages: feed.listed(), problem: feed.problem, ..Sitemap::default() });
                }
                build.open(name);
            }
            Ok(Event::Empty(tag)) => {
                let name = local(tag.name().into_inner());
                build.open(name.clone());
                build.close(&name);
            }
            Ok(Event::Text(part)) => build.value.push_str(&part.xml10_content()),
            Ok(Event::CData(part)) => build.value.push_str(&part.xml10_content()),
            Ok(Event::GeneralRef(name)) => {
                build.value.push_str(&charref::decode(&format!("&{};", name.xml10_content())));
            }
            Ok(Event::End(tag)) => build.close(&local(tag.name().into_inner())),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(e) => {
                build.map.problem = Some(e.to_string());
                break;
            }
        }
    }
    if !matches!(build.root.as_str(), "urlset" | "sitemapindex") {
        return Err("it has no urlset and no sitemapindex".into());
    }
    if build.rooted && build.map.problem.is_none() {
        build.map.problem = Some(format!("it ends within <{}>", build.root));
    }
    Ok(build.map)
}

/// Takes gzip off, under a cap.
fn unpack(body: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    if !body.starts_with(&[0x1F, 0x8B]) {
        return Ok(Cow::Borrowed(body));
    }
    let mut out = Vec::new();
    MultiGzDecoder::new(body)
        .take(LARGEST + 1)
        .read_to_end(&mut out)
        .map_err(|e| format!("it is damaged or cut short: {e}"))?;
    if out.len() as u64 > LARGEST {
        return Err(format!("it is larger than {LARGEST} bytes, unpacked"));
    }
    Ok(Cow::Owned(out))
}

/// One address on each line.
fn of_lines(text: &str) -> Result<Sitemap, String> {
    let mut map = Sitemap::default();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        if !(line.starts_with("http://") || line.starts_with("https://")) || map.pages.len() >= MOST {
            map.dropped += 1;
        } else {
            map.pages.push(listed(line.to_string(), Row::default()));
        }
    }
    if map.pages.is_empty() { Err("it is neither XML nor a list of addresses".into()) } else { Ok(map) }
}

/// A row being read.
#[derive(Default)]
struct Row {
    url: Option<String>,
    known: Known,
    modified: Option<String>,
}

#[derive(Default)]
struct Build {
    root: String,
    rooted: bool,
    row: Row,
    value: String,
    /// Within the news fields: other vocabularies have titles too.
    news: bool,
    map: Sitemap,
}

impl Build {
    fn open(&mut self, name: String) {
        match name.as_str() {
            "news" => self.news = true,
            "url" | "sitemap" => self.row = Row::default(),
            _ if self.root.is_empty() => {
                self.rooted = true;
                self.root.clone_from(&name);
            }
            _ => {}
        }
        self.value.clear();
    }

    fn close(&mut self, name: &str) {
        let text = Some(self.value.trim()).filter(|t| !t.is_empty()).map(str::to_string);
        self.value.clear();
        let row = &mut self.row;
        let moment = |text: Option<String>| text.map(|t| Moment::read(&t).and_then(|m| m.text).unwrap_or(t));
        match name {
            "loc" if row.url.is_none() => row.url = text,
            "lastmod" => row.modified = moment(text),
            "publication_date" => row.known.published = moment(text),
            "title" if self.news => row.known.title = text,
            "name" if self.news => row.known.outlet = text,
            "news" => self.news = false,
            "url" | "sitemap" => {
                let mut row = std::mem::take(row);
                // Some leave the inner element out.
                let url = row.url.take().or(text.filter(|t| t.starts_with("http")));
                let list = if name == "url" { &mut self.map.pages } else { &mut self.map.sitemaps };
                match url {
                    Some(url) if list.len() < MOST => list.push(listed(url, row)),
                    _ => self.map.dropped += 1,
                }
            }
            _ if name == self.root => self.rooted = false,
            _ => {}
        }
    }
}

fn listed(url: String, row: Row) -> Listed {
    let known = Known { url: Some(url.clone()), from_feed: true, ..row.known };
    Listed { url, known, modified: row.modified }
}

/// A tag's name without its prefix, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or("").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_news_and_index_and_text() -> Result<(), String> {
        let xml = r#"<?xml version="1.0"?><urlset xmlns:news="n"><url><loc>http://x.example/a?b=1&amp;c=2</loc><lastmod>2026-02-10</lastmod>
            <image:image><image:loc>http://x.example/i.png</image:loc><image:title>Image</image:title></image:image>
            <news:news><news:publication><news:name>Tape</news:name></news:publication>
            <news:publication_date>2026-02-09</news:publication_date><news:title>Up &#38; down</news:title></news:news></url>
            <url><loc> http://x.example/b </loc><lastmod>2026-02-10T09:00Z</lastmod></url><url><loc/></url></urlset>"#;
        let map = sitemap(xml.as_bytes())?;
        let urls: Vec<&str> = map.pages.iter().map(|p| p.url.as_str()).collect();
        assert_eq!(urls, ["http://x.example/a?b=1&c=2", "http://x.example/b"]);
        assert_eq!((map.dropped, map.problem), (1, None));
        assert_eq!(
            (map.pages[0].known.title.as_deref(), map.pages[0].known.outlet.as_deref()),
            (Some("Up & down"), Some("Tape"))
        );
        assert_eq!(map.pages[1].known.published, None);
        assert_eq!(map.pages[1].modified.as_deref(), Some("2026-02-10T09:00:00Z"));
        let index = sitemap(b"<sitemapindex><sitemap><loc>http://x.example/s.xml</loc></sitemap></sitemapindex>")?;
        assert_eq!(index.sitemaps[0].url, "http://x.example/s.xml");
        let bare = sitemap(b"<sitemapindex><sitemap>\nhttp://x.example/s?a=1&amp;b\n</sitemap></sitemapindex>")?;
        assert_eq!(bare.sitemaps[0].url, "http://x.example/s?a=1&b");
        assert_eq!(sitemap(b"http://x.example/a\nhttp://x.example/b\n# note\n")?.pages.len(), 2);
        let feed = sitemap(b"<rss><channel><item><link>http://x.example/f</link></item></channel></rss>")?;
        assert_eq!(feed.pages[0].url, "http://x.example/f");
        let cut = sitemap(b"<urlset><url><loc>http://x.example/a</loc></url><url><loc>http://x.exa")?;
        assert_eq!((cut.pages.len(), cut.problem.is_some()), (1, true));
        assert!(sitemap(b"<html></html>").is_err() && sitemap(b"\0\0").is_err() && sitemap(b"").is_err());
        Ok(())
    }

    #[test]
    fn unpacks_and_notices_damage() -> std::io::Result<()> {
        use std::io::Write;
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"<urlset><url><loc>http://x.example/a</loc></url></urlset>")?;
        let packed = gz.finish()?;
        assert_eq!(sitemap(&packed).map(|m| m.pages.len()), Ok(1));
        assert!(sitemap(&packed[..packed.len() - 9]).is_err_and(|e| e.contains("cut short")));
        Ok(())
    }
}
