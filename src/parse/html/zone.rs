//! What the names of elements, classes and ids say about their content.

/// Properties of an open element; several may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Zone(u16);

impl Zone {
    /// Navigation, footer, side column.
    pub const SIDE: Zone = Zone(1);
    /// Readers' comments.
    pub const COMMENTS: Zone = Zone(2);
    /// Other stories.
    pub const RELATED: Zone = Zone(4);
    /// Holds a date of publication.
    pub const DATE: Zone = Zone(8);
    /// Holds a date of change.
    pub const MODIFIED: Zone = Zone(16);
    /// Names the author.
    pub const AUTHOR: Zone = Zone(32);
    /// Article or its head.
    pub const ARTICLE: Zone = Zone(64);
    /// Neither shown nor read (scripts, forms, templates).
    pub const MUTE: Zone = Zone(128);

    /// Everything that is not the page's own article.
    pub const ELSEWHERE: Zone = Zone(1 | 2 | 4);

    /// Whether it is elsewhere than `base`: in a side column, comments or
    /// other stories that do not hold `base` as well.
    pub fn beyond(self, base: Zone) -> bool {
        self.0 & !base.0 & Zone::ELSEWHERE.0 != 0
    }

    /// Whether any property of `other` holds.
    pub fn has(self, other: Zone) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub fn and(self, other: Zone) -> Zone {
        Zone(self.0 | other.0)
    }

    /// Only the properties of `mask`.
    pub fn only(self, mask: Zone) -> Zone {
        Zone(self.0 & mask.0)
    }

    /// Without the properties of `mask`.
    pub fn without(self, mask: Zone) -> Zone {
        Zone(self.0 & !mask.0)
    }

    /// What an element's own name and its class, id, rel and itemprop say.
    pub fn of(name: &str, class: &str, id: &str, itemprop: &str, rel: &str) -> Zone {
        let mut zone = by_name(name);
        if name == "html" || name == "body" {
            return zone;
        }
        for word in class.split_ascii_whitespace().chain([id]).filter(|w| !w.is_empty()) {
            zone = zone.and(by_class(&word.to_ascii_lowercase()));
        }
        if itemprop.contains("datePublished") || itemprop.contains("dateCreated") {
            zone = zone.and(Zone::DATE);
        }
        if itemprop.contains("dateModified") {
            zone = zone.and(Zone::MODIFIED);
        }
        if itemprop == "author" || itemprop == "creator" || rel.eq_ignore_ascii_case("author") {
            zone = zone.and(Zone::AUTHOR);
        }
        if itemprop == "comment" {
            zone = zone.and(Zone::COMMENTS);
        }
        zone
    }
}

fn by_name(name: &str) -> Zone {
    match name {
        "nav" | "footer" | "aside" | "menu" => Zone::SIDE,
        "article" | "main" => Zone::ARTICLE,
        "form" | "button" | "select" | "template" | "svg" | "dialog" => Zone::MUTE,
        _ => Zone::default(),
    }
}

#[rustfmt::skip]
mod words {
    pub const COMMENTS: &[&str] = &["comment", "disqus", "respond", "reply", "kommentar", "reader-comment"];
    pub const SIDE: &[&str] = &[
        "sidebar", "footer", "nav-", "navbar", "menu", "widget-area", "widget_", "cookie", "consent", "newsletter", "breadcrumb",
    ];
    pub const RELATED: &[&str] = &[
        "related", "recommend", "teaser", "most-", "mostread", "popular", "trending", "latest", "more-", "read-more", "readmore",
        "recent", "recirc", "promo", "upnext", "up-next", "outbrain", "taboola", "prev", "next", "similar", "carousel", "slider", "archive",
    ];
    pub const RELATED_INSIDE: &[&str] = &["-related", "_related", "relatedpost", "-recommend", "recentpost", "-popular"];
    pub const PARTS: &[&str] = &["meta", "author", "date", "byline", "headline", "title"];
    pub const DATE: &[&str] = &[
        "date", "time", "publi", "posted", "datum", "pubdate", "entry-meta", "post-meta", "dateline", "created",
    ];
    pub const NO_DATE: &[&str] = &["update", "modif", "timeline", "sometime", "times-", "publisher", "candidate", "mandate"];
    pub const AUTHOR: &[&str] = &["author", "autor", "byline", "byl-", "writer", "posted-by", "post-by"];
    pub const NO_AUTHOR: &[&str] = &[
        "authority", "author-bio", "author_bio", "authors-list", "author-image", "avatar", "author-desc", "authorize",
    ];
}

fn by_class(word: &str) -> Zone {
    let starts = |list: &[&str]| list.iter().any(|s| word.starts_with(s));
    let holds = |list: &[&str]| list.iter().any(|s| word.contains(s));
    let mut zone = Zone::default();
    if starts(words::COMMENTS) || holds(&["-comment", "_comment"]) {
        zone = zone.and(Zone::COMMENTS);
    }
    if starts(words::SIDE)
        || matches!(word, "nav" | "side" | "rail" | "site-footer" | "right-rail")
        || holds(&["-sidebar", "_sidebar", "-footer"])
    {
        zone = zone.and(Zone::SIDE);
    }
    // The date or byline of a "teaser" is often that of the article itself.
    let part = word.starts_with("teaser") && holds(words::PARTS);
    if (starts(words::RELATED) && !part) || holds(words::RELATED_INSIDE) {
        zone = zone.and(Zone::RELATED);
    }
    if holds(words::DATE) && !holds(words::NO_DATE) {
        zone = zone.and(Zone::DATE);
    }
    if holds(&["updated", "modif", "lastmod", "update-"]) {
        zone = zone.and(Zone::MODIFIED);
    }
    if (holds(words::AUTHOR) || matches!(word, "by" | "fn" | "vcard")) && !holds(words::NO_AUTHOR) {
        zone = zone.and(Zone::AUTHOR);
    }
    zone
}

#[cfg(test)]
mod tests {
    use super::Zone;

    fn class(word: &str) -> Zone {
        Zone::of("div", word, "", "", "")
    }

    #[test]
    fn classes_tell_zones() {
        assert!(class("comment-author vcard").has(Zone::COMMENTS));
        assert!(class("related-posts").has(Zone::RELATED));
        assert!(class("entry-date published").has(Zone::DATE));
        assert!(!class("entry-date updated").has(Zone::COMMENTS));
        assert!(class("article__byline").has(Zone::AUTHOR));
        assert!(!class("wp-content").has(Zone::ELSEWHERE));
        assert!(Zone::of("body", "has-sidebar sidebar-left", "", "", "") == Zone::default());
        assert!(Zone::of("footer", "", "", "", "").has(Zone::SIDE));
    }
}
