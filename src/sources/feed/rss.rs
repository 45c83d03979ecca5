//! RSS: 0.90 to 2.0, with and without RDF.

use super::common::{atom_link, dublin, filled, first, page, subject};
use super::date::Moment;
use super::model::{About, Category, Entry, Feed, Generator, Image, Link, Person, Text};
use crate::model::address;
use crate::sources::xml::{Element, Space, Tree};

/// Reads a feed whose outermost element is `rss` or `RDF`.
pub(super) fn read(tree: &Tree) -> Feed {
    let root = &tree.root;
    let mut feed = Feed { version: version(tree), ..Feed::default() };
    let channel = root.child("channel");
    if let Some(channel) = channel {
        for element in channel.elements() {
            about(element, &mut feed);
        }
        let basics = &mut feed.about.basics;
        first(&mut basics.id, channel.attr("rdf:about").map(str::to_string));
        first(&mut basics.language, channel.language.as_deref().map(str::to_string));
        first(&mut basics.link, page(&basics.links));
    }
    // In RDF, and in some RSS, items stand beside the channel.
    let beside = root.elements();
    let items = channel.into_iter().flat_map(Element::elements).chain(beside);
    feed.entries = items.filter(|e| e.space == Space::Core && e.name == "item").map(entry).collect();
    let moved = root.child("redirect").and_then(|r| r.child("newlocation"));
    first(&mut feed.moved, moved.map(|m| m.resolve(&m.text())).and_then(filled));
    feed
}

fn version(tree: &Tree) -> &'static str {
    if tree.root.name == "rdf" {
        let old = tree.root.attrs.iter().any(|(_, v)| v.contains("/rdf/simple/0.9"));
        return if old { "rss090" } else { "rss10" };
    }
    match tree.root.attr("version").unwrap_or_default() {
        "0.91" if tree.doctype.to_ascii_lowercase().contains("netscape") => "rss091n",
        "0.91" => "rss091u",
        "0.92" => "rss092",
        "0.93" => "rss093",
        "0.94" => "rss094",
        version if version.starts_with('2') => "rss20",
        _ => "rss",
    }
}

fn about(element: &Element, feed: &mut Feed) {
    let to = &mut feed.about;
    if dublin(element, &mut to.basics) {
        if element.space == Space::Dc {
            match element.name.as_str() {
                "publisher" => first(&mut to.publisher, Person::of_text(&element.text())),
                "description" => first(&mut to.subtitle, Some(Text::rss(element))),
                _ => {}
            }
        }
        return;
    }
    let text = || element.text();
    let at = || filled(element.text()).map(|t| element.resolve(&t));
    match (element.space, element.name.as_str()) {
        (Space::Core, "title") => to.basics.title = Some(Text::rss(element)),
        (Space::Core, "description" | "tagline") => to.subtitle = Some(Text::rss(element)),
        (Space::Core, "link") => {
            first(&mut to.basics.link, at());
            to.basics.links.extend(at().map(alternate));
        }
        (Space::Atom, "link") => to.basics.links.extend(atom_link(element)),
        (Space::Core, "language") => to.basics.language = filled(text()),
        (Space::Core, "copyright") => to.basics.rights = Some(Text::rss(element)),
        (Space::Core, "managingeditor" | "author") => to.basics.authors.extend(Person::of_text(&text())),
        (Space::Core, "webmaster") => first(&mut to.publisher, Person::of_text(&text())),
        (Space::Core, "pubdate") => first(&mut to.basics.published, Moment::read(&text())),
        (Space::Core, "lastbuilddate") => first(&mut to.basics.updated, Moment::read(&text())),
        (Space::Core, "category") => to.basics.categories.extend(subject(element)),
        (Space::Core, "generator") => {
            to.generator = filled(text()).map(|name| Generator { name, ..Generator::default() });
        }
        (Space::Core, "docs") => to.docs = at(),
        (Space::Core, "ttl") => feed.ttl = filled(text()),
        (Space::Core, "image") => {
            let text = |name: &str| element.child(name).map(Element::text).and_then(filled);
            to.image = Some(Image {
                href: text("url").map(|u| element.resolve(&u)),
                title: text("title"),
                link: text("link").map(|u| element.resolve(&u)),
                width: text("width").and_then(|w| w.parse().ok()),
            });
        }
        (Space::FeedBurner, "browserfriendly") => to.info = Some(Text::rss(element)),
        (Space::Itunes, "new-feed-url") => feed.moved = at(),
        _ => {}
    }
}

fn alternate(href: String) -> Link {
    Link { href, rel: "alternate".to_string(), kind: Some("text/html".to_string()), ..Link::default() }
}

fn entry(item: &Element) -> Entry {
    let mut to = Entry::default();
    // An address given by an intermediary's own element, before the one that
    // counts clicks.
    let mut original = None;
    let mut permanent = None;
    let mut expires = None;
    for element in item.elements() {
        if dublin(element, &mut to.basics) {
            if element.space == Space::Dc && element.name == "description" {
                body(&mut to, Text::rss(element));
            }
            continue;
        }
        let text = || element.text();
        let at = || filled(element.text()).map(|t| element.resolve(&t));
        match (element.space, element.name.as_str()) {
            (Space::Core, "title") => to.basics.title = Some(Text::rss(element)),
            (Space::Core, "link") => {
                first(&mut to.basics.link, at());
                to.basics.links.extend(at().map(alternate));
            }
            (Space::Atom, "link") => to.basics.links.extend(atom_link(element)),
            (Space::FeedBurner, "origlink") => original = at(),
            (Space::Core, "guid") => {
                to.basics.id = filled(text());
                if element.attr("ispermalink").is_none_or(|p| !p.eq_ignore_ascii_case("false")) {
                    permanent = address::resolve(None, &text()).map(String::from);
                }
            }
            (Space::Core, "description" | "summary" | "abstract") => body(&mut to, Text::rss(element)),
            (Space::Content, "encoded") | (Space::Core, "fullitem") | (Space::Core | Space::Xhtml, "body") => {
                to.contents.push(Text::rss(element));
            }
            (Space::Core, "author") => to.basics.authors.extend(Person::of_text(&text())),
            (Space::Core, "category") => to.basics.categories.extend(subject(element)),
            (Space::Core, "tags") => {
                let terms = text();
                let terms = terms.split(',').map(str::trim).filter(|t| !t.is_empty());
                to.basics.categories.extend(terms.map(|t| Category { term: t.to_string(), ..Category::default() }));
            }
            (Space::Core, "pubdate") => first(&mut to.basics.published, Moment::read(&text())),
            // The last one counts, so that it can be put off.
            (Space::Core, "expirationdate") => expires = Moment::read(&text()).or(expires),
            (Space::Core, "comments") => to.comments = at(),
            (Space::Core, "enclosure") => {
                let own = |name: &str| element.attr(name).map(str::to_string);
                to.basics.links.extend(element.attr("url").map(|url| Link {
                    href: element.resolve(url),
                    rel: "enclosure".to_string(),
                    kind: own("type"),
                    length: own("length"),
                    ..Link::default()
                }));
            }
            (Space::Core, "source") => to.source = Some(Box::new(source(element))),
            (Space::Media, "title") => first(&mut to.basics.title, Some(Text::rss(element))),
            (Space::Media, "description") => first(&mut to.summary, Some(Text::rss(element))),
            (Space::Media, "category") => to.basics.categories.extend(media_category(element)),
            _ => {}
        }
    }
    first(&mut to.basics.expires, expires);
    if original.is_some() {
        to.basics.link = original;
    }
    first(&mut to.basics.link, permanent);
    first(&mut to.basics.link, page(&to.basics.links));
    first(&mut to.basics.id, item.attr("rdf:about").map(str::to_string));
    to
}

/// The first of several descriptions is the summary, the others are text.
fn body(to: &mut Entry, text: Text) {
    if to.summary.is_none() {
        to.summary = Some(text);
    } else {
        to.contents.push(text);
    }
}

fn source(element: &Element) -> About {
    let mut about = About::default();
    about.basics.title = Some(Text::rss(element));
    about.basics.link = element.attr("url").map(|u| element.resolve(u));
    about
}

fn media_category(element: &Element) -> Option<Category> {
    const DEFAULT: &str = "http://search.yahoo.com/mrss/category_schema";
    let category = subject(element)?;
    Some(Category { scheme: category.scheme.or_else(|| Some(DEFAULT.to_string())), ..category })
}
