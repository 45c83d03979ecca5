//! JSON-LD: what a page's structured data says of its article.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::entities;
use super::outline::squeeze;

/// The article a page's structured data describes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Described {
    /// `headline`, else `name`.
    pub headline: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Name of the publisher.
    pub publisher: Option<String>,
    /// `datePublished`, else `dateCreated`, as written.
    pub published: Option<String>,
    /// `dateModified`, as written.
    pub modified: Option<String>,
    /// `inLanguage`.
    pub lang: Option<String>,
    /// `articleBody` where no element holds the text.
    pub body: Option<String>,
    /// Its type.
    pub kind: String,
}

const SCRIPT_MAX: usize = 2 << 20;
const NODES_MAX: usize = 20_000;

/// Reads all scripts; `is_title` tells whether a headline is that of the page.
pub(crate) fn read(scripts: &[&str], is_title: impl Fn(&str) -> bool) -> Described {
    let values: Vec<Value> = scripts.iter().filter(|s| s.len() <= SCRIPT_MAX).filter_map(|s| parse(s)).collect();
    let mut graph = Graph::default();
    for value in &values {
        graph.collect(value, false, 0);
    }
    let describe = |node: &&Map<String, Value>| graph.describe(node);
    let articles: Vec<Described> = graph.articles.iter().map(describe).collect();
    let own = articles
        .iter()
        .position(|a| a.headline.as_deref().is_some_and(&is_title))
        .or((!articles.is_empty()).then_some(0));
    let mut main = match own {
        Some(at) => articles.get(at).cloned().unwrap_or_default(),
        None => Described::default(),
    };
    // The page's own node fills what the article's leaves out (and stands in for it).
    for page in graph.pages.iter().map(describe) {
        main.published = main.published.or(page.published);
        main.modified = main.modified.or(page.modified);
        main.lang = main.lang.or(page.lang);
        if main.authors.is_empty() && own.is_none() {
            main.authors = page.authors;
        }
        main.publisher = main.publisher.or(page.publisher);
    }
    main.publisher = main.publisher.or_else(|| graph.publisher.clone());
    main
}

/// Parses a script, forgiving comment marks, raw line breaks and a trailing semicolon.
fn parse(script: &str) -> Option<Value> {
    let script =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let script =
        script.trim_end_matches(';').trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim();
    serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&repaired(script)).ok())
}

/// The script with control characters as spaces and trailing commas removed.
fn repaired(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in script.chars() {
        let c = if c.is_control() { ' ' } else { c };
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else {
            quoted = c == '"';
            if matches!(c, '}' | ']') {
                let kept = out.trim_end().strip_suffix(',').map(str::len);
                if let Some(kept) = kept {
                    out.truncate(kept);
                }
            }
        }
        out.push(c);
    }
    out
}

#[derive(Default)]
struct Graph<'v> {
    articles: Vec<&'v Map<String, Value>>,
    pages: Vec<&'v Map<String, Value>>,
    ids: HashMap<&'v str, &'v Map<String, Value>>,
    publisher: Option<String>,
    seen: usize,
}

impl<'v> Graph<'v> {
    /// Walks a value; `listed`: inside a list of other things.
    fn collect(&mut self, value: &'v Value, listed: bool, depth: usize) {
        self.seen += 1;
        if depth > 12 || self.seen > NODES_MAX {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|v| self.collect(v, listed, depth + 1)),
            Value::Object(node) => {
                if let Some(id) = node.get("@id").and_then(Value::as_str)
                    && node.len() > 1
                {
                    self.ids.entry(id).or_insert(node);
                }
                if !listed {
                    let kinds = types(node);
                    if kinds.iter().any(|k| is_article(k)) {
                        self.articles.push(node);
                    } else if kinds.iter().any(|k| matches!(*k, "WebPage" | "ItemPage" | "Report" | "CreativeWork")) {
                        self.pages.push(node);
                    } else if kinds.iter().any(|k| matches!(*k, "NewsMediaOrganization" | "WebSite")) && depth <= 2 {
                        self.publisher = self.publisher.take().or_else(|| node.get("name").and_then(text));
                    }
                }
                for (key, child) in node {
                    let other = matches!(
                        key.as_str(),
                        "itemListElement"
                            | "hasPart"
                            | "isPartOf"
                            | "mentions"
                            | "comment"
                            | "citation"
                            | "isBasedOn"
                            | "image"
                            | "video"
                            | "review"
                    );
                    if child.is_object() || child.is_array() {
                        self.collect(child, listed || other, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn describe(&self, node: &Map<String, Value>) -> Described {
        let get = |key: &str| node.get(key).and_then(text);
        let mut authors = Vec::new();
        for key in ["author", "creator"] {
            if let Some(value) = node.get(key).filter(|_| authors.is_empty()) {
                self.names(value, &mut authors, 0);
            }
        }
        let mut publisher = Vec::new();
        for key in ["publisher", "sourceOrganization", "provider"] {
            if let Some(value) = node.get(key).filter(|_| publisher.is_empty()) {
                self.names(value, &mut publisher, 0);
            }
        }
        Described {
            headline: get("headline").or_else(|| get("name")),
            authors,
            publisher: publisher.into_iter().next(),
            published: get("datePublished").or_else(|| get("dateCreated")).or_else(|| get("uploadDate")),
            modified: get("dateModified"),
            lang: get("inLanguage"),
            body: get("articleBody"),
            kind: types(node).first().map(|k| (*k).to_string()).unwrap_or_default(),
        }
    }

    /// Names of persons or organisations; references are followed once.
    fn names(&self, value: &Value, out: &mut Vec<String>, depth: usize) {
        match value {
            _ if depth > 3 || out.len() > 12 => {}
            Value::Array(items) => items.iter().for_each(|v| self.names(v, out, depth + 1)),
            Value::Object(node) => match node.get("name") {
                Some(name) => self.names(name, out, depth + 1),
                None => {
                    let referred = node.get("@id").and_then(Value::as_str).and_then(|id| self.ids.get(id));
                    if let Some(name) = referred.and_then(|n| n.get("name")) {
                        self.names(name, out, depth + 1);
                    }
                }
            },
            Value::String(_) => {
                if let Some(name) = text(value).filter(|n| !n.contains("://") && !out.contains(n)) {
                    out.push(name);
                }
            }
            _ => {}
        }
    }
}

fn types(node: &Map<String, Value>) -> Vec<&str> {
    match node.get("@type") {
        Some(Value::String(kind)) => vec![short(kind)],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).map(short).collect(),
        _ => Vec::new(),
    }
}

fn short(kind: &str) -> &str {
    kind.rsplit(['/', ':']).next().unwrap_or(kind)
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") || kind == "PressRelease"
}

/// A value's text; numbers count, lists give their first.
fn text(value: &Value) -> Option<String> {
    let raw = match value {
        Value::String(s) => s.clone(),
        Value::Number(n) => n.to_string(),
        Value::Array(items) => return items.iter().find_map(text),
        Value::Object(node) => return node.get("@value").or_else(|| node.get("name")).and_then(text),
        _ => return None,
    };
    // Some sites escape twice.
    let once = entities::decode(&raw);
    Some(squeeze(&entities::decode(&once)).replace('\n', " ")).filter(|t| !t.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_graphs_and_lists() {
        let script = r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","@id":"#site","name":"Tide Ledger"},
            {"@type":"NewsArticle","headline":"Harbor fees climb","author":[{"@id":"#p1"},{"@type":"Person","name":"Ute Brandt"}],
             "datePublished":"2026-02-06T08:00:00Z","dateModified":"2026-02-07","publisher":{"@id":"#site"}},
            {"@type":"Person","@id":"#p1","name":"Ida Moor"}]}"##;
        let d = read(&[script], |_| false);
        assert_eq!(d.headline.as_deref(), Some("Harbor fees climb"));
        assert_eq!(d.authors, ["Ida Moor", "Ute Brandt"]);
        assert_eq!((d.published.as_deref(), d.modified.as_deref()), (Some("2026-02-06T08:00:00Z"), Some("2026-02-07")));
        assert_eq!(d.publisher.as_deref(), Some("Tide Ledger"));
    }

    #[test]
    fn skips_listed_articles_and_prefers_the_page_s_own() {
        let script = r#"[{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other","datePublished":"2020-01-01"}]},
            {"@type":"Article","headline":"First","datePublished":"2021-01-01"},
            {"@type":["Thing","NewsArticle"],"headline":"Mine","datePublished":"2022-02-02",}]"#;
        assert_eq!(read(&[script], |h| h == "Mine").published.as_deref(), Some("2022-02-02"));
        assert_eq!(read(&[script], |_| false).published.as_deref(), Some("2021-01-01"));
    }

    #[test]
    fn forgives_broken_scripts() {
        assert_eq!(read(&["{\"@type\":\"Article\",\"headline\":\"a\nb\"}"], |_| true).headline.as_deref(), Some("a b"));
        assert_eq!(read(&["not json", "", "[[[["], |_| true), Described::default());
    }
}
