//! Feeds: RSS, Atom and JSON Feed → addresses with what the feed knows of them.

use super::item::Known;

/// An address a feed or sitemap names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The address.
    pub url: String,
    /// What is known of it.
    pub known: Known,
}

/// The entries of a feed, in its order.
///
/// # Errors
/// When the bytes are no feed; says why.
pub fn feed(body: &[u8]) -> Result<Vec<Listed>, String> {
    let feed = feed_rs::parser::parse(body).map_err(|e| e.to_string())?;
    let mut list = Vec::new();
    for entry in feed.entries {
        let link =
            entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate")).or(entry.links.first());
        let Some(link) = link else { continue };
        let authors: Vec<&str> =
            entry.authors.iter().filter_map(|a| a.name.as_deref()).map(str::trim).filter(|n| !n.is_empty()).collect();
        list.push(Listed {
            url: link.href.clone(),
            known: Known {
                url: Some(link.href.clone()),
                title: entry.title.map(|t| t.content.trim().to_string()).filter(|t| !t.is_empty()),
                published: entry.published.map(|d| d.to_rfc3339()),
                author: (!authors.is_empty()).then(|| authors.join("; ")),
                from_feed: true,
                ..Known::default()
            },
        });
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_rss() -> Result<(), String> {
        let xml = r#"<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title>
            <item><title>Chips &amp; code</title><link>http://x.example/a</link>
            <pubDate>Fri, 06 Feb 2026 16:32:00 -0500</pubDate><dc:creator>Ada M</dc:creator></item></channel></rss>"#;
        let list = feed(xml.as_bytes())?;
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].url, "http://x.example/a");
        assert_eq!(list[0].known.title.as_deref(), Some("Chips & code"));
        assert_eq!(list[0].known.published.as_deref(), Some("2026-02-06T21:32:00+00:00"));
        assert_eq!(list[0].known.author.as_deref(), Some("Ada M"));
        assert!(feed(b"no feed").is_err());
        Ok(())
    }
}
