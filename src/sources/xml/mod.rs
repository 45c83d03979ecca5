//! XML as a small tree that forgives: feeds in the wild are cut short, close
//! what they did not open, and name entities that XML does not know.
//!
//! Entities declared in a document are not expanded, so none can grow.

mod decode;
mod space;

pub(super) use decode::decode;
pub(super) use space::Space;

use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::model::{address, charref};

/// Elements nest no deeper; what is deeper is taken for its parent's.
const DEEPEST: usize = 128;

/// Most prefixes in force at once.
const MOST_PREFIXES: usize = 200;

/// Most entities that are looked up because XML does not know them.
const MOST_ENTITIES: usize = 20_000;

/// Places that cannot be read before the rest is given up.
const MOST_PROBLEMS: usize = 100;

/// A document.
#[derive(Debug)]
pub(super) struct Tree {
    /// The outermost element.
    pub root: Element,
    /// The document type, as written.
    pub doctype: String,
    /// The first thing wrong with it.
    pub problem: Option<String>,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name without prefix, in lower case.
    pub name: String,
    /// Whose name it is.
    pub space: Space,
    /// Its attributes: names as written but in lower case, values decoded.
    pub attrs: Vec<(String, String)>,
    /// What relative addresses in it start from.
    pub base: Option<Rc<str>>,
    /// Its language.
    pub language: Option<Rc<str>>,
    /// What it holds.
    pub children: Vec<Node>,
}

/// Text or an element.
#[derive(Debug)]
pub(super) enum Node {
    /// Text, references decoded.
    Text(String),
    /// An element.
    Element(Element),
}

impl Element {
    /// An attribute's value.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim())
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|c| match c {
            Node::Element(e) => Some(e),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name among those of the feed's own language.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.space == Space::Core && e.name == name)
    }

    /// Its text and that of all in it, space around it taken off.
    pub fn text(&self) -> String {
        fn add(element: &Element, out: &mut String) {
            for child in &element.children {
                match child {
                    Node::Text(text) => out.push_str(text),
                    Node::Element(e) => add(e, out),
                }
            }
        }
        let mut out = String::new();
        add(self, &mut out);
        out.trim().to_string()
    }

    /// An address in it, resolved against its base.
    pub fn resolve(&self, href: &str) -> String {
        let href = href.trim();
        match address::resolve(self.base.as_deref(), href) {
            Some(url) => url.into(),
            None => href.to_string(),
        }
    }
}

/// Reads `text`; relative addresses start from `base`. `None` where there is no
/// element.
pub(super) fn read(text: &str, base: Option<&str>) -> Option<Tree> {
    let mut build = Build { base: base.map(Rc::from), ..Build::default() };
    let mut rest = text;
    let mut problems = 0;
    loop {
        let mut reader = Reader::from_str(rest);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        match build.run(&mut reader) {
            Ok(()) => break,
            Err(e) => {
                build.problem.get_or_insert_with(|| e.to_string());
                problems += 1;
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                // On behind what cannot be read; not where nothing is closed any more.
                let wrong = rest.get(at..).filter(|r| r.contains('>'));
                let next = wrong.and_then(|r| r.char_indices().nth(1)).map(|(i, _)| at + i);
                match next.and_then(|n| rest.get(n..)).filter(|_| problems < MOST_PROBLEMS) {
                    Some(after) => rest = after,
                    None => break,
                }
            }
        }
    }
    build.finish()
}

#[derive(Default)]
struct Build {
    /// Elements open, the outermost first; with the written name of each.
    open: Vec<(String, Element)>,
    /// Elements open beyond the deepest.
    deeper: usize,
    root: Option<Element>,
    doctype: String,
    problem: Option<String>,
    /// Entities met.
    entities: usize,
    base: Option<Rc<str>>,
    /// Prefixes in force, with the number of open elements they came with.
    prefixes: Vec<(usize, String, Space)>,
}

impl Build {
    fn run(&mut self, reader: &mut Reader<&[u8]>) -> Result<(), quick_xml::Error> {
        loop {
            match reader.read_event()? {
                Event::Start(tag) => self.start(&tag),
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end(tag.name().into_inner());
                }
                Event::End(tag) => self.end(tag.name().into_inner()),
                Event::Text(part) => self.text(&part.xml10_content()),
                Event::CData(part) => self.text(&part.xml10_content()),
                Event::GeneralRef(name) => {
                    let name = name.xml10_content();
                    let written = format!("&{name};");
                    // The five of XML and numbers cost nothing to look up.
                    self.entities += usize::from(name.len() > 4 && !name.starts_with('#'));
                    let text = if self.entities <= MOST_ENTITIES { charref::decode(&written) } else { written.into() };
                    self.text(&text);
                }
                Event::DocType(text) => self.doctype = text.xml10_content().into_owned(),
                Event::Eof => return Ok(()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        let Some((_, element)) = self.open.last_mut() else { return };
        match element.children.last_mut() {
            Some(Node::Text(there)) => there.push_str(text),
            _ => element.children.push(Node::Text(text.to_string())),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        if self.root.is_some() {
            return;
        }
        let name = tag.name().into_inner().to_string();
        let depth = self.open.len();
        let mut attrs = Vec::new();
        for attr in tag.html_attributes().with_checks(false).flatten() {
            let key = attr.key.into_inner().to_ascii_lowercase();
            let value = charref::decode(&attr.value).into_owned();
            if (key == "xmlns" || key.starts_with("xmlns:")) && self.prefixes.len() < MOST_PREFIXES {
                let prefix = key.strip_prefix("xmlns").unwrap_or_default().trim_start_matches(':').to_string();
                self.prefixes.push((depth, prefix, Space::of(&value)));
            }
            attrs.push((key, value));
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name.as_str()));
        let declared = self.prefixes.iter().rev().find(|(_, p, _)| p.eq_ignore_ascii_case(prefix)).map(|(_, _, s)| *s);
        let mut space = declared.unwrap_or_else(|| Space::of_prefix(prefix));
        let local = local.to_ascii_lowercase();
        // Whatever the outermost element calls its own language, it is that.
        if depth == 0 && matches!(local.as_str(), "rss" | "feed" | "entry") && space != Space::Core {
            space = Space::Core;
            self.prefixes.push((0, prefix.to_string(), Space::Core));
        }
        let parent = self.open.last().map(|(_, e)| e);
        let find = |name: &str| attrs.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim());
        let inherited = parent.map_or_else(|| self.base.clone(), |p| p.base.clone());
        let base = match find("xml:base") {
            Some(own) => address::resolve(inherited.as_deref(), own).map(|u| Rc::from(String::from(u))).or(inherited),
            None => inherited,
        };
        let language = match find("xml:lang") {
            Some(own) => Some(own.replace('_', "-")).filter(|l| !l.is_empty()).map(Rc::from),
            None => parent.and_then(|p| p.language.clone()),
        };
        let element = Element { name: local, space, attrs, base, language, children: Vec::new() };
        self.open.push((name, element));
    }

    /// Closes the innermost open element of that name and all in it; one that
    /// is not open is passed over.
    fn end(&mut self, name: &str) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(at) = self.open.iter().rposition(|(open, _)| open == name) else { return };
        if at + 1 < self.open.len() {
            self.problem.get_or_insert_with(|| format!("an element in <{name}> is not closed"));
        }
        self.close(at);
    }

    fn close(&mut self, down_to: usize) {
        while self.open.len() > down_to
            && let Some((_, element)) = self.open.pop()
        {
            self.prefixes.retain(|(depth, ..)| *depth < self.open.len());
            match self.open.last_mut() {
                Some((_, parent)) => parent.children.push(Node::Element(element)),
                None => self.root = self.root.take().or(Some(element)),
            }
        }
    }

    fn finish(mut self) -> Option<Tree> {
        if let Some((name, _)) = self.open.first() {
            let problem = format!("it ends within <{name}>");
            self.problem.get_or_insert(problem);
        }
        self.close(0);
        Some(Tree { root: self.root?, doctype: self.doctype, problem: self.problem })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(element: &Element) -> String {
        let inner: String = element
            .children
            .iter()
            .map(|c| match c {
                Node::Text(t) => t.clone(),
                Node::Element(e) => show(e),
            })
            .collect();
        format!("({} {inner})", element.name)
    }

    fn tree(text: &str) -> (String, bool) {
        let tree = read(text, None);
        tree.map_or_else(Default::default, |t| (show(&t.root), t.problem.is_some()))
    }

    #[test]
    fn forgives() {
        let fine = |shown: &str| (shown.to_string(), false);
        let damaged = |shown: &str| (shown.to_string(), true);
        assert_eq!(tree("<a>x &amp; y&nbsp;<b/>&#8217;<![CDATA[<i>]]></a>"), fine("(a x & y\u{a0}(b )\u{2019}<i>)"));
        assert_eq!(tree("<a>AT&T &bogus; & <b>c</b></a>"), fine("(a AT&T &bogus; & (b c))"));
        assert_eq!(tree("<a><b>c</a>"), damaged("(a (b c))"));
        assert_eq!(tree("<a></x><b>c</b>"), damaged("(a (b c))"));
        assert_eq!(tree("<a><b>c</b><d>e"), damaged("(a (b c)(d e))"));
        assert_eq!(tree("no element"), (String::new(), false));
        assert_eq!(tree("<!DOCTYPE a [<!ENTITY x \"yy\">]><a>&x;</a>").0, "(a &x;)");
        let deep = "<a>".repeat(100_000);
        assert!(tree(&deep).1);
    }

    #[test]
    fn bases_and_languages_are_inherited() {
        let text = "<a xml:base='http://x.example/b/' xml:lang='en'><c xml:base='d/'><e f='g'/></c></a>";
        let tree = read(text, None);
        let found = tree.as_ref().and_then(|t| t.root.child("c")?.child("e"));
        assert_eq!(
            found.map(|e| e.resolve(e.attr("f").unwrap_or_default())).as_deref(),
            Some("http://x.example/b/d/g")
        );
        assert_eq!(found.and_then(|e| e.language.as_deref()), Some("en"));
    }
}
