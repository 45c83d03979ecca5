//! Space: the vocabularies (namespaces) that feeds mix.

/// Whose name an element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// The feed's own: RSS of any kind, Atom, or none.
    Core,
    /// Atom within RSS.
    Atom,
    /// Dublin Core.
    Dc,
    /// Dublin Core terms.
    Terms,
    /// RSS content module.
    Content,
    /// XHTML.
    Xhtml,
    /// RDF syntax.
    Rdf,
    /// Media RSS.
    Media,
    /// Podcast directory.
    Itunes,
    /// FeedBurner.
    FeedBurner,
    /// Any other.
    Other,
}

const KNOWN: &[(&str, Space)] = &[
    ("", Space::Core),
    ("http://backend.userland.com/rss", Space::Core),
    ("http://blogs.law.harvard.edu/tech/rss", Space::Core),
    ("http://cyber.law.harvard.edu/rss", Space::Core),
    ("http://my.netscape.com/rdf/simple/0.9", Space::Core),
    ("http://channel.netscape.com/rdf/simple/0.9", Space::Core),
    ("http://my.netscape.com/publish/formats/rss-0.91.dtd", Space::Core),
    ("http://purl.org/rss/1.0", Space::Core),
    ("http://purl.org/net/rss1.1#", Space::Core),
    ("http://www.w3.org/2005/atom", Space::Atom),
    ("http://purl.org/atom/ns#", Space::Atom),
    ("http://purl.org/dc/elements/1.0", Space::Dc),
    ("http://purl.org/dc/elements/1.1", Space::Dc),
    ("http://purl.org/dc/terms", Space::Terms),
    ("http://purl.org/rss/1.0/modules/content", Space::Content),
    ("http://www.w3.org/1999/xhtml", Space::Xhtml),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", Space::Rdf),
    ("http://search.yahoo.com/mrss", Space::Media),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", Space::Itunes),
    ("http://rssnamespace.org/feedburner/ext/1.0", Space::FeedBurner),
];

impl Space {
    /// By its address, any case.
    pub fn of(uri: &str) -> Self {
        let uri = uri.trim().to_ascii_lowercase();
        let uri = uri.trim_end_matches('/');
        // RSS by Userland had several editions.
        if uri.starts_with("http://backend.userland.com/rss") {
            return Self::Core;
        }
        KNOWN.iter().find(|(known, _)| *known == uri).map_or(Self::Other, |(_, space)| *space)
    }

    /// By a prefix that is not declared.
    pub fn of_prefix(prefix: &str) -> Self {
        match prefix.to_ascii_lowercase().as_str() {
            "" | "rss" => Self::Core,
            "atom" | "atom10" => Self::Atom,
            "dc" => Self::Dc,
            "dcterms" => Self::Terms,
            "content" => Self::Content,
            "xhtml" => Self::Xhtml,
            "rdf" => Self::Rdf,
            "media" => Self::Media,
            "itunes" => Self::Itunes,
            "feedburner" => Self::FeedBurner,
            _ => Self::Other,
        }
    }
}
