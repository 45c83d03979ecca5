//! Feed: what feeds of any dialect say, in one vocabulary.

use super::date::Moment;

/// A feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// Its dialect: `rss090`, `rss091n` (Netscape), `rss091u` (Userland),
    /// `rss092`, `rss093`, `rss094`, `rss10`, `rss20`, `rss`, `atom03`,
    /// `atom10`, `atom`, `json1`, `json11`.
    pub version: &'static str,
    /// The encoding it was read in.
    pub encoding: &'static str,
    /// What it says of itself.
    pub about: About,
    /// Where it has moved to.
    pub moved: Option<String>,
    /// Minutes it may be kept before it is asked for again.
    pub ttl: Option<String>,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
    /// The first thing wrong with it; what could be read was.
    pub problem: Option<String>,
}

/// What a feed, or the feed an entry was taken from, says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// What it has in common with an entry.
    pub basics: Basics,
    /// What it is about.
    pub subtitle: Option<Text>,
    /// A note for people who open it in a browser.
    pub info: Option<Text>,
    /// What made it.
    pub generator: Option<Generator>,
    /// Publisher.
    pub publisher: Option<Person>,
    /// Its image.
    pub image: Option<Image>,
    /// The page that explains its format.
    pub docs: Option<String>,
}

/// An entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// What it has in common with a feed.
    pub basics: Basics,
    /// What it is about, in short.
    pub summary: Option<Text>,
    /// Its text.
    pub contents: Vec<Text>,
    /// Where readers comment.
    pub comments: Option<String>,
    /// The feed it was taken from.
    pub source: Option<Box<About>>,
}

/// What feeds and entries both say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Basics {
    /// Its id.
    pub id: Option<String>,
    /// Title.
    pub title: Option<Text>,
    /// Its page.
    pub link: Option<String>,
    /// All its links, enclosures included.
    pub links: Vec<Link>,
    /// Language.
    pub language: Option<String>,
    /// Copyright.
    pub rights: Option<Text>,
    /// Authors.
    pub authors: Vec<Person>,
    /// Contributors.
    pub contributors: Vec<Person>,
    /// Subjects.
    pub categories: Vec<Category>,
    /// First published.
    pub published: Option<Moment>,
    /// Last changed.
    pub updated: Option<Moment>,
    /// Written.
    pub created: Option<Moment>,
    /// No longer true.
    pub expires: Option<Moment>,
}

/// Text with its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text; markup where its kind says so.
    pub value: String,
    /// `text/plain`, `text/html`, `application/xhtml+xml`, or another type.
    pub kind: String,
    /// Its language.
    pub language: Option<String>,
    /// Where it is instead of here.
    pub source: Option<String>,
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Address.
    pub href: String,
    /// What it is to the entry: `alternate`, `self`, `enclosure`, …
    pub rel: String,
    /// Type of what is there.
    pub kind: Option<String>,
    /// Its length.
    pub length: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Language of what is there.
    pub hreflang: Option<String>,
}

/// A person or organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Home page.
    pub url: Option<String>,
}

/// A subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Category {
    /// The subject.
    pub term: String,
    /// Which list it is from.
    pub scheme: Option<String>,
    /// As shown to people.
    pub label: Option<String>,
}

/// A program that makes feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Generator {
    /// Name.
    pub name: String,
    /// Home page.
    pub url: Option<String>,
    /// Version.
    pub version: Option<String>,
}

/// An image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Address.
    pub href: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Where it leads.
    pub link: Option<String>,
    /// Width in pixels.
    pub width: Option<u32>,
}

impl Person {
    /// As shown to people: name, mail address, or both.
    pub fn shown(&self) -> String {
        match (&self.name, &self.email) {
            (Some(name), Some(email)) => format!("{name} ({email})"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => self.url.clone().unwrap_or_default(),
        }
    }

    /// From one text: `name (mail)`, `mail (name)`, `name <mail>`, or one of
    /// them.
    pub fn of_text(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_mail = |t: &str| t.contains('@') && !t.contains(char::is_whitespace);
        let person = |name: &str, mail: &str| {
            let some = |t: &str| Some(t.trim().trim_matches('"').to_string()).filter(|t| !t.is_empty());
            let mail = mail.trim().trim_start_matches("mailto:");
            Self { name: some(name), email: some(mail), url: None }
        };
        if text.is_empty() {
            return None;
        }
        for (open, close) in [('(', ')'), ('<', '>')] {
            if let Some((before, inside)) = text.strip_suffix(close).and_then(|t| t.split_once(open)) {
                let (before, inside) = (before.trim(), inside.trim());
                if is_mail(inside) {
                    return Some(person(before, inside));
                }
                if is_mail(before) {
                    return Some(person(inside, before));
                }
            }
        }
        Some(if is_mail(text) { person("", text) } else { person(text, "") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_in_one_text() {
        for text in ["Ada M (ada@x.example)", "ada@x.example (Ada M)", "Ada M <ada@x.example>"] {
            let person = Person::of_text(text).unwrap_or_default();
            assert_eq!((person.name.as_deref(), person.email.as_deref()), (Some("Ada M"), Some("ada@x.example")));
            assert_eq!(person.shown(), "Ada M (ada@x.example)");
        }
        let only = |text| Person::of_text(text).unwrap_or_default().shown();
        assert_eq!((only("Ada M (staff)"), only("ada@x.example")), ("Ada M (staff)".into(), "ada@x.example".into()));
        assert_eq!(Person::of_text(" "), None);
    }
}
