//! JSON Feed 1.0 and 1.1.

use serde_json::Value;

use super::common::filled;
use super::date::Moment;
use super::model::{About, Basics, Category, Entry, Feed, Image, Link, Person, Text};
use crate::model::address;

/// Reads a feed; relative addresses start from `base`.
pub(super) fn read(text: &str, base: Option<&str>) -> Result<Feed, String> {
    let feed: Value = serde_json::from_str(text).map_err(|e| format!("it is damaged JSON: {e}"))?;
    let version = match string(&feed, "version") {
        Some(v) if v.contains("jsonfeed.org/version/1.1") => "json11",
        Some(v) if v.contains("jsonfeed.org/version/1") => "json1",
        _ => return Err("it is JSON but no JSON Feed: its version does not say so".into()),
    };
    let read = Reader { base };
    let items = feed.get("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut about = About {
        basics: Basics {
            title: plain(&feed, "title"),
            link: read.address(&feed, "home_page_url"),
            language: string(&feed, "language"),
            authors: people(&feed),
            ..Basics::default()
        },
        subtitle: plain(&feed, "description"),
        image: read.address(&feed, "icon").map(|i| Image { href: Some(i), ..Image::default() }),
        ..About::default()
    };
    about.basics.links.extend(read.link(&feed, "home_page_url", "alternate"));
    about.basics.links.extend(read.link(&feed, "feed_url", "self"));
    let entries = items.iter().filter(|i| i.is_object()).map(|i| read.entry(i)).collect();
    Ok(Feed { version, about, entries, ..Feed::default() })
}

struct Reader<'b> {
    base: Option<&'b str>,
}

impl Reader<'_> {
    fn entry(&self, item: &Value) -> Entry {
        let id = item.get("id").and_then(|id| match id {
            Value::String(id) => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        });
        let moment = |name: &str| string(item, name).and_then(|t| Moment::read(&t));
        let tags = item.get("tags").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let html =
            string(item, "content_html").map(|value| Text { value, kind: "text/html".into(), ..Text::default() });
        let mut basics = Basics {
            title: plain(item, "title"),
            link: self.address(item, "url").or_else(|| self.address(item, "external_url")),
            language: string(item, "language"),
            authors: people(item),
            categories: tags
                .iter()
                .filter_map(Value::as_str)
                .map(|t| Category { term: t.to_string(), ..Category::default() })
                .collect(),
            published: moment("date_published"),
            updated: moment("date_modified"),
            ..Basics::default()
        };
        // An id that is an address is the page where none is given.
        let by_id = id.as_deref().and_then(|id| address::resolve(None, id)).map(String::from);
        basics.link = basics.link.or(by_id);
        basics.id = id;
        basics.links.extend(self.link(item, "url", "alternate"));
        basics.links.extend(self.link(item, "external_url", "related"));
        let attached = item.get("attachments").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        basics.links.extend(attached.iter().filter_map(|a| self.link(a, "url", "enclosure")));
        Entry {
            basics,
            summary: plain(item, "summary"),
            contents: html.into_iter().chain(plain(item, "content_text")).collect(),
            ..Entry::default()
        }
    }

    fn address(&self, of: &Value, name: &str) -> Option<String> {
        let href = string(of, name)?;
        Some(address::resolve(self.base, &href).map_or(href, String::from))
    }

    fn link(&self, of: &Value, name: &str, rel: &str) -> Option<Link> {
        let href = self.address(of, name)?;
        Some(Link { href, rel: rel.to_string(), kind: string(of, "mime_type"), ..Link::default() })
    }
}

fn string(of: &Value, name: &str) -> Option<String> {
    of.get(name).and_then(Value::as_str).and_then(|t| filled(t.trim().to_string()))
}

fn plain(of: &Value, name: &str) -> Option<Text> {
    string(of, name).map(|value| Text { value, kind: "text/plain".into(), ..Text::default() })
}

/// `authors` of 1.1, or the one `author` of 1.0.
fn people(of: &Value) -> Vec<Person> {
    let several = of.get("authors").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let person = |p: &Value| Person { name: string(p, "name"), email: None, url: string(p, "url") };
    several.iter().chain(of.get("author")).map(person).filter(|p| *p != Person::default()).collect()
}
