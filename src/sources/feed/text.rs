//! Text of feeds: plain, escaped markup, markup in place, or base64.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::model::Text;
use crate::model::{address, charref};
use crate::sources::xml::{Element, Node};

const PLAIN: &str = "text/plain";
const HTML: &str = "text/html";
const XHTML: &str = "application/xhtml+xml";

/// Longest title that markup is looked for in.
const LONGEST_TITLE: usize = 4096;

/// An address in a tag.
static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)(<[a-z][^<>]*?\s(?:href|src)\s*=\s*)("[^"]*"|'[^']*')"#).ok());

/// A tag.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"</?[A-Za-z][^<>]*>|<!--.*?-->").ok());

impl Text {
    /// Without markup, on one line.
    pub fn plain(&self) -> String {
        let text = match (self.kind == PLAIN, TAG.as_ref()) {
            (false, Some(tag)) => {
                let end = self.value.floor_char_boundary(LONGEST_TITLE);
                charref::decode(&tag.replace_all(&self.value[..end], "")).into_owned()
            }
            _ => self.value.clone(),
        };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Of RSS, which does not say whether there is markup.
    pub(super) fn rss(element: &Element) -> Self {
        let inline = element.elements().next().is_some();
        let value = if inline { markup(&element.children) } else { element.text() };
        let kind = match element.space {
            crate::sources::xml::Space::Xhtml => XHTML,
            _ if inline || looks_like_markup(&value) => HTML,
            _ => PLAIN,
        };
        Self::new(value, kind.to_string(), element)
    }

    /// Of Atom, which says so.
    pub(super) fn atom(element: &Element) -> Self {
        let said = element.attr("type").unwrap_or_default().to_ascii_lowercase();
        let mode = element.attr("mode").unwrap_or_default();
        let kind = match said.as_str() {
            "" | "text" => PLAIN,
            "html" => HTML,
            "xhtml" => XHTML,
            other => other,
        };
        let inline = element.elements().next().is_some();
        let is_text = kind.starts_with("text/") || kind.ends_with("/xml") || kind.ends_with("+xml");
        if mode.eq_ignore_ascii_case("base64") || (mode.is_empty() && !is_text && !inline) {
            let bytes = base64(&element.text());
            let text = bytes.and_then(|b| String::from_utf8(b).ok());
            return match text {
                Some(text) => Self::new(text.trim().to_string(), kind.to_string(), element),
                None => Self::new(element.text(), kind.to_string(), element),
            };
        }
        let value = match kind {
            XHTML => markup(only_div(&element.children)),
            _ if inline => markup(only_div(&element.children)),
            _ => element.text(),
        };
        let mut text = Self::new(value.trim().to_string(), kind.to_string(), element);
        text.source = element.attr("src").map(|s| element.resolve(s));
        text
    }

    fn new(value: String, kind: String, element: &Element) -> Self {
        let language = element.language.as_deref().map(str::to_string);
        let value = if kind == PLAIN { value } else { with_addresses(&value, element.base.as_deref()).into_owned() };
        Self { value, kind, language, source: None }
    }
}

/// Whether a text has tags or references in it.
fn looks_like_markup(text: &str) -> bool {
    TAG.as_ref().is_some_and(|t| t.is_match(text)) || matches!(charref::decode(text), Cow::Owned(d) if d != text)
}

/// Relative addresses in markup made absolute.
fn with_addresses<'t>(text: &'t str, base: Option<&str>) -> Cow<'t, str> {
    let (Some(base), Some(pattern)) = (base, ADDRESS.as_ref()) else { return Cow::Borrowed(text) };
    pattern.replace_all(text, |found: &Captures<'_>| {
        let (head, quoted) = (found.get(1).map_or("", |m| m.as_str()), found.get(2).map_or("", |m| m.as_str()));
        let href = charref::decode(quoted.trim_matches(['"', '\''])).trim().to_string();
        match address::resolve(Some(base), &href) {
            Some(url) => format!("{head}\"{}\"", escape(url.as_str())),
            None => format!("{head}{quoted}"),
        }
    })
}

/// The children of the one `div` that holds all, where there is one.
fn only_div(children: &[Node]) -> &[Node] {
    let mut found = None;
    for child in children {
        match child {
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Element(e) if e.name == "div" && found.is_none() => found = Some(e),
            _ => return children,
        }
    }
    found.map_or(children, |e| &e.children)
}

/// Markup as text again.
fn markup(children: &[Node]) -> String {
    fn add(children: &[Node], out: &mut String) {
        for child in children {
            match child {
                Node::Text(text) => out.push_str(&escape(text)),
                Node::Element(e) => {
                    out.push_str(&format!("<{}", e.name));
                    for (name, value) in e.attrs.iter().filter(|(n, _)| !n.starts_with("xml")) {
                        out.push_str(&format!(" {name}=\"{}\"", escape(value).replace('"', "&quot;")));
                    }
                    if e.children.is_empty() && matches!(e.name.as_str(), "br" | "hr" | "img") {
                        out.push_str(" />");
                    } else {
                        out.push('>');
                        add(&e.children, out);
                        out.push_str(&format!("</{}>", e.name));
                    }
                }
            }
        }
    }
    let mut out = String::new();
    add(children, &mut out);
    out.trim().to_string()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Decodes base64, white space between its letters allowed.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u32);
    for b in text.bytes().filter(|b| !b.is_ascii_whitespace()) {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFF_FFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xFF) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::xml;

    fn atom(xml: &str) -> (String, String) {
        let tree = xml::read(xml, Some("https://x.example/feed"));
        tree.map_or_else(Default::default, |t| {
            let text = Text::atom(&t.root);
            (text.value.clone(), text.plain())
        })
    }

    #[test]
    fn each_kind() {
        let both = |value: &str, plain: &str| (value.to_string(), plain.to_string());
        assert_eq!(atom("<title>a &amp; b &lt;c&gt;</title>"), both("a & b <c>", "a & b <c>"));
        assert_eq!(
            atom("<title type='html'>a &amp;amp; &lt;b&gt;c&lt;/b&gt;</title>"),
            both("a &amp; <b>c</b>", "a & c")
        );
        assert_eq!(
            atom("<title type='xhtml'> <div xmlns='http://www.w3.org/1999/xhtml'>a &amp; <b>c</b><br/></div></title>"),
            both("a &amp; <b>c</b><br />", "a & c")
        );
        assert_eq!(atom("<title type='text/plain' mode='base64'>YSAm\n IGI=</title>"), both("a & b", "a & b"));
        assert_eq!(atom("<title type='image/png'>not base64!</title>").0, "not base64!");
    }

    #[test]
    fn relative_addresses_in_markup() {
        let (value, _) = atom("<x type='html'>&lt;a class=b href='/c?d&amp;amp;e'>f&lt;/a> &lt;img src=\"g\"></x>");
        assert_eq!(value, "<a class=b href=\"https://x.example/c?d&amp;e\">f</a> <img src=\"https://x.example/g\">");
    }
}
