//! HTML as a flat run of tokens, in one linear pass and without a tree.
//!
//! Forgiving like a browser where it is cheap to be: stray `<` is text,
//! unclosed comments and quotes run to the end, script and style are opaque.

use std::borrow::Cow;

use super::entities;

/// A piece of HTML.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tok<'h> {
    /// Text as written (entities not decoded).
    Text(&'h str),
    /// The content of a script, style, title or textarea, as written.
    Raw(&'h str),
    /// A start tag.
    Open(Tag<'h>),
    /// An end tag's name, as written.
    Close(&'h str),
}

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'h> {
    /// Name as written.
    pub name: &'h str,
    attrs: &'h str,
    /// Ends in `/>`.
    pub closed: bool,
}

impl<'h> Tag<'h> {
    /// Whether its name is `name` (lower case).
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// An attribute's value with entities decoded; an empty one for a bare name.
    pub fn attr(&self, name: &str) -> Option<Cow<'h, str>> {
        self.attrs().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| entities::decode(v))
    }

    /// What stands behind its name, as written.
    pub fn attributes(&self) -> &'h str {
        self.attrs
    }

    /// Its attributes as written.
    pub fn attrs(&self) -> Attrs<'h> {
        Attrs::new(self.attrs)
    }
}

/// Iterates over a tag's attributes.
pub(crate) struct Attrs<'h> {
    rest: &'h str,
}

impl<'h> Attrs<'h> {
    /// Reads what stands in a tag behind its name.
    pub fn new(rest: &'h str) -> Self {
        Self { rest }
    }
}

impl<'h> Iterator for Attrs<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            self.rest = rest;
            return None;
        }
        let end = rest
            .bytes()
            .skip(1)
            .position(|b| b.is_ascii_whitespace() || b == b'=' || b == b'/')
            .map_or(rest.len(), |p| p + 1);
        let Some((name, after)) = rest.split_at_checked(end) else {
            self.rest = "";
            return None;
        };
        let spaced = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = spaced.strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let (value, rest) = match value.bytes().next() {
            Some(q @ (b'"' | b'\'')) => {
                let inner = &value[1..];
                match inner.find(char::from(q)) {
                    Some(close) => (&inner[..close], &inner[close + 1..]),
                    None => (inner, ""),
                }
            }
            _ => {
                let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
                value.split_at(end)
            }
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// Elements whose content is no markup.
#[rustfmt::skip]
const OPAQUE: &[&str] = &[
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];

/// The tokens of an HTML text.
pub(crate) struct Tokens<'h> {
    html: &'h str,
    start: usize,
    at: usize,
    opaque: Option<&'static str>,
}

impl<'h> Tokens<'h> {
    /// Reads `html` from its start.
    pub fn new(html: &'h str) -> Self {
        Self { html, start: 0, at: 0, opaque: None }
    }

    /// The last token as written.
    pub fn source(&self) -> &'h str {
        &self.html[self.start..self.at]
    }

    fn raw(&mut self, name: &str) -> Tok<'h> {
        let rest = &self.html[self.at..];
        let mut from = 0;
        let end = loop {
            match rest[from..].find("</") {
                None => break rest.len(),
                Some(p) => {
                    let tail = &rest.as_bytes()[from + p + 2..];
                    if tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
                        break from + p;
                    }
                    from += p + 2;
                }
            }
        };
        self.at += end;
        Tok::Raw(&rest[..end])
    }

    fn skip_past(&mut self, from: usize, mark: &str) {
        self.at = self.html[from..].find(mark).map_or(self.html.len(), |p| from + p + mark.len());
    }

    /// The end of the tag that starts at `from` (just past its name), past quotes.
    fn tag_end(&self, from: usize) -> usize {
        let bytes = self.html.as_bytes();
        let mut quote = None;
        let mut after_equals = false;
        for (i, &b) in bytes.iter().enumerate().skip(from) {
            match quote {
                Some(q) if b == q => quote = None,
                Some(_) => {}
                None => match b {
                    b'>' => return i,
                    b'"' | b'\'' if after_equals => quote = Some(b),
                    b'=' => after_equals = true,
                    _ if b.is_ascii_whitespace() => {}
                    _ => after_equals = false,
                },
            }
            if quote.is_some() {
                after_equals = false;
            }
        }
        bytes.len()
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Tok<'h>;

    fn next(&mut self) -> Option<Tok<'h>> {
        self.start = self.at;
        if let Some(name) = self.opaque.take() {
            return Some(self.raw(name));
        }
        let bytes = self.html.as_bytes();
        loop {
            self.start = self.at;
            if self.at >= bytes.len() {
                return None;
            }
            if bytes[self.at] != b'<' {
                let end = self.html[self.at..].find('<').map_or(bytes.len(), |p| self.at + p);
                let text = &self.html[self.at..end];
                self.at = end;
                return Some(Tok::Text(text));
            }
            match bytes.get(self.at + 1) {
                Some(b'!') if self.html[self.at..].starts_with("<!--") => self.skip_past(self.at + 2, "-->"),
                Some(b'!' | b'?') => self.skip_past(self.at, ">"),
                Some(b'/') if bytes.get(self.at + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    let start = self.at + 2;
                    let name = name_at(&self.html[start..]);
                    self.skip_past(start, ">");
                    return Some(Tok::Close(name));
                }
                Some(b'/') => self.skip_past(self.at, ">"),
                Some(c) if c.is_ascii_alphabetic() => {
                    let start = self.at + 1;
                    let name = name_at(&self.html[start..]);
                    let end = self.tag_end(start + name.len());
                    let attrs = &self.html[start + name.len()..end];
                    self.at = (end + 1).min(bytes.len());
                    self.opaque = OPAQUE.iter().find(|o| name.eq_ignore_ascii_case(o)).copied();
                    return Some(Tok::Open(Tag { name, attrs, closed: attrs.ends_with('/') }));
                }
                _ => {
                    let end = self.html[self.at + 1..].find('<').map_or(bytes.len(), |p| self.at + 1 + p);
                    let text = &self.html[self.at..end];
                    self.at = end;
                    return Some(Tok::Text(text));
                }
            }
        }
    }
}

fn name_at(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<')).unwrap_or(text.len());
    &text[..end]
}

/// Elements that have no content.
pub(crate) fn is_void(name: &str) -> bool {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ];
    name.len() <= 6 && VOID.iter().any(|v| name.eq_ignore_ascii_case(v))
}

/// Elements that begin a line of their own.
pub(crate) fn is_block(name: &str) -> bool {
    const BLOCK: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    name.len() <= 10 && BLOCK.iter().any(|b| name.eq_ignore_ascii_case(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(html: &str) -> String {
        let mut out = String::new();
        for tok in Tokens::new(html) {
            match tok {
                Tok::Text(t) => out.push_str(&format!("[{t}]")),
                Tok::Raw(t) => out.push_str(&format!("{{{t}}}")),
                Tok::Open(t) => out.push_str(&format!("<{}>", t.name)),
                Tok::Close(n) => out.push_str(&format!("</{n}>")),
            }
        }
        out
    }

    #[test]
    fn reads_tags_text_and_opaque_content() {
        assert_eq!(show("a<p class='x>y'>b</p><!-- <i> -->c"), "[a]<p>[b]</p>[c]");
        assert_eq!(show("<script>if (a<b) '</p>'</script>x"), "<script>{if (a<b) '</p>'}</script>[x]");
        assert_eq!(show("1 < 2 <3 </ x> y"), "[1 ][< 2 ][<3 ][ y]");
        assert_eq!(show("<!doctype html><br/><!-- open"), "<br>");
        assert_eq!(show("<p title=\"never closed>text"), "<p>");
        assert_eq!(show("<"), "[<]");
    }

    #[test]
    fn reads_attributes() {
        let Some(Tok::Open(tag)) = Tokens::new("<a HREF=/x?a=1&amp;b=2 hidden data-t='q \"z\"' />").next() else {
            panic!("no tag")
        };
        assert_eq!(tag.attr("href").as_deref(), Some("/x?a=1&b=2"));
        assert_eq!(tag.attr("hidden").as_deref(), Some(""));
        assert_eq!(tag.attr("data-t").as_deref(), Some("q \"z\""));
        assert!(tag.attr("class").is_none() && tag.closed);
    }
}
