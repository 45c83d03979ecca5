//! Atom: 1.0, and 0.3 which some sites still write.

use super::common::{atom_link, dublin, filled, first, page};
use super::date::Moment;
use super::model::{About, Basics, Category, Entry, Feed, Generator, Image, Person, Text};
use crate::model::address;
use crate::sources::xml::{Element, Space, Tree};

/// Reads a feed whose outermost element is `feed` or `entry`.
pub(super) fn read(tree: &Tree) -> Feed {
    let root = &tree.root;
    let named = |uri: &str| root.attrs.iter().any(|(n, v)| n.starts_with("xmlns") && v.eq_ignore_ascii_case(uri));
    let version = if named("http://www.w3.org/2005/Atom") {
        "atom10"
    } else if root.attr("version") == Some("0.3") {
        "atom03"
    } else {
        "atom"
    };
    let mut feed = Feed { version, about: about(root), ..Feed::default() };
    let entries = root.elements().filter(|e| e.space == Space::Core && e.name == "entry");
    feed.entries = entries.map(entry).collect();
    if root.name == "entry" {
        feed.entries = vec![entry(root)];
    }
    feed
}

fn about(root: &Element) -> About {
    let mut to = About::default();
    for element in root.elements() {
        if basics(element, &mut to.basics) || element.space != Space::Core {
            continue;
        }
        match element.name.as_str() {
            "subtitle" | "tagline" => to.subtitle = Some(Text::atom(element)),
            "info" => to.info = Some(Text::atom(element)),
            "generator" => {
                let own = |name: &str| element.attr(name).map(str::to_string);
                to.generator = Some(Generator {
                    name: element.text(),
                    url: own("uri").or(own("url")).map(|u| element.resolve(&u)),
                    version: own("version"),
                });
            }
            "logo" => {
                let href = filled(element.text()).map(|t| element.resolve(&t));
                to.image = Some(Image { href, ..Image::default() });
            }
            _ => {}
        }
    }
    first(&mut to.basics.language, root.language.as_deref().map(str::to_string));
    first(&mut to.basics.link, page(&to.basics.links));
    to
}

fn entry(root: &Element) -> Entry {
    let mut to = Entry::default();
    for element in root.elements() {
        if basics(element, &mut to.basics) || element.space != Space::Core {
            continue;
        }
        match element.name.as_str() {
            "summary" => to.summary = Some(Text::atom(element)),
            "content" => to.contents.push(Text::atom(element)),
            "source" => to.source = Some(Box::new(about(element))),
            _ => {}
        }
    }
    first(&mut to.basics.language, root.language.as_deref().map(str::to_string));
    first(&mut to.basics.link, page(&to.basics.links));
    // Text that stands elsewhere is the page; else the id may be its address.
    first(&mut to.basics.link, to.contents.iter().find_map(|c| c.source.clone()));
    let by_id = to.basics.id.as_deref().and_then(|id| address::resolve(None, id));
    first(&mut to.basics.link, by_id.map(String::from));
    to
}

/// Takes over what feeds and entries both have; says whether it was that.
fn basics(element: &Element, to: &mut Basics) -> bool {
    if dublin(element, to) {
        return true;
    }
    if element.space != Space::Core {
        return false;
    }
    let moment = || Moment::read(&element.text());
    match element.name.as_str() {
        "id" => to.id = filled(element.text()),
        "title" => to.title = Some(Text::atom(element)),
        "link" => to.links.extend(atom_link(element)),
        "rights" | "copyright" => to.rights = Some(Text::atom(element)),
        "author" => to.authors.extend(person(element)),
        "contributor" => to.contributors.extend(person(element)),
        "category" => to.categories.extend(element.attr("term").map(|term| Category {
            term: term.to_string(),
            scheme: element.attr("scheme").map(str::to_string),
            label: element.attr("label").map(str::to_string),
        })),
        "updated" | "modified" => first(&mut to.updated, moment()),
        "published" | "issued" => first(&mut to.published, moment()),
        "created" => first(&mut to.created, moment()),
        _ => return false,
    }
    true
}

/// A person by parts, or in one text.
fn person(element: &Element) -> Option<Person> {
    let part = |name: &str| element.child(name).map(Element::text).and_then(filled);
    let url = part("uri").or_else(|| part("url")).or_else(|| part("homepage")).map(|u| element.resolve(&u));
    let person = Person { name: part("name"), email: part("email"), url };
    if person == Person::default() { Person::of_text(&element.text()) } else { Some(person) }
}
