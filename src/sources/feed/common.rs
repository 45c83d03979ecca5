//! What RSS and Atom both borrow: Dublin Core and the dates of its terms.

use super::date::Moment;
use super::model::{Basics, Category, Link, Person, Text};
use crate::sources::xml::{Element, Space};

/// Sets what is not yet set.
pub(super) fn first<T>(place: &mut Option<T>, value: Option<T>) {
    if place.is_none() {
        *place = value;
    }
}

/// A text that is not empty.
pub(super) fn filled(text: String) -> Option<String> {
    Some(text).filter(|t| !t.is_empty())
}

/// A subject that is its element's text.
pub(super) fn subject(element: &Element) -> Option<Category> {
    let term = filled(element.text())?;
    let scheme = element.attr("domain").or(element.attr("scheme")).map(str::to_string);
    Some(Category { term, scheme, label: element.attr("label").map(str::to_string) })
}

/// Takes over an element of Dublin Core; says whether it was one.
pub(super) fn dublin(element: &Element, to: &mut Basics) -> bool {
    match (element.space, element.name.as_str()) {
        (Space::Dc, "creator" | "author") => to.authors.extend(Person::of_text(&element.text())),
        (Space::Dc | Space::Terms, "contributor") => to.contributors.extend(Person::of_text(&element.text())),
        (Space::Dc | Space::Terms, "subject") => to.categories.extend(subject(element)),
        (Space::Dc, "title") => first(&mut to.title, Some(Text::rss(element))),
        (Space::Dc, "rights") => first(&mut to.rights, Some(Text::rss(element))),
        (Space::Dc, "language") => first(&mut to.language, filled(element.text())),
        (Space::Dc, "date") | (Space::Terms, "modified") => first(&mut to.updated, Moment::read(&element.text())),
        (Space::Terms, "issued" | "date") => first(&mut to.published, Moment::read(&element.text())),
        (Space::Terms, "created") => first(&mut to.created, Moment::read(&element.text())),
        (Space::Terms, "valid") => {
            let text = element.text();
            let end = text.split(';').find_map(|part| part.trim().strip_prefix("end="));
            first(&mut to.expires, end.and_then(Moment::read));
        }
        (Space::Dc | Space::Terms, _) => {}
        _ => return false,
    }
    true
}

/// A link as Atom has it, also within RSS.
pub(super) fn atom_link(element: &Element) -> Option<Link> {
    let text = |name: &str| element.attr(name).filter(|v| !v.is_empty()).map(str::to_string);
    let href = element.attr("href").map(str::to_string).unwrap_or_else(|| element.text());
    if href.is_empty() {
        return None;
    }
    let rel = text("rel").unwrap_or_else(|| "alternate".to_string());
    let kind = text("type").or_else(|| match rel.as_str() {
        "self" => Some("application/atom+xml".to_string()),
        "alternate" => Some("text/html".to_string()),
        _ => None,
    });
    Some(Link {
        href: element.resolve(&href),
        rel,
        kind,
        length: text("length"),
        title: text("title"),
        hreflang: text("hreflang"),
    })
}

/// The page among the links: an `alternate` one, HTML before other kinds.
pub(super) fn page(links: &[Link]) -> Option<String> {
    let pages = || links.iter().filter(|l| l.rel == "alternate");
    let html = |l: &&Link| l.kind.as_deref().is_some_and(|k| k.contains("html"));
    pages().find(html).or_else(|| pages().next()).map(|l| l.href.clone())
}
