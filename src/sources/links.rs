//! Links of an HTML page: all of them by a scan in linear time, or those that
//! a CSS selector chooses.

use scraper::{Html, Selector};
use url::Url;

/// Most links taken of one page.
const MOST: usize = 5_000;

/// Pages that nest deeper are not given to the selector, which would take long.
const DEPTH: usize = 256;

/// Largest page given to the selector.
const LARGEST: usize = 4 << 20;

/// A selector of the configuration, checked.
///
/// # Errors
/// Says what is wrong with it.
pub fn selector(text: &str) -> Result<Selector, String> {
    Selector::parse(text).map_err(|e| format!("{text:?} is no CSS selector: {e}"))
}

/// The addresses a page links to, in order, each once, without fragments.
/// Links that ask not to be followed are left out, all of them where the page
/// asks for that.
pub fn links(html: &str, base: &Url) -> Vec<Url> {
    let mut found = Found::new(base);
    let mut nofollow = false;
    scan(html, |name, tag| match name {
        "base" => found.rebase(attribute(tag, "href")),
        "meta" => {
            let robots = attribute(tag, "name").is_some_and(|n| n.eq_ignore_ascii_case("robots"));
            nofollow |= robots && attribute(tag, "content").is_some_and(|c| says(&c, "nofollow") || says(&c, "none"));
        }
        "a" | "area" if attribute(tag, "rel").is_none_or(|r| !says(&r, "nofollow")) => {
            found.take(attribute(tag, "href"));
        }
        _ => {}
    });
    if nofollow { Vec::new() } else { found.list }
}

/// The addresses of the links that `selector` chooses: of the elements
/// themselves, or of the links within them. Pages that nest too deeply for it
/// give all their links.
pub fn selected(html: &str, base: &Url, selector: &Selector) -> Vec<Url> {
    if html.len() > LARGEST || depth(html) > DEPTH {
        return links(html, base);
    }
    let mut found = Found::new(base);
    let document = Html::parse_document(html);
    let of = |css: &str| Selector::parse(css).ok();
    if let Some(element) = of("base[href]").and_then(|s| document.select(&s).next()) {
        found.rebase(element.value().attr("href").map(str::to_string));
    }
    let within = of("a[href]");
    for element in document.select(selector) {
        match element.value().attr("href") {
            Some(href) => found.take(Some(href.to_string())),
            None => {
                for link in within.iter().flat_map(|s| element.select(s)) {
                    found.take(link.value().attr("href").map(str::to_string));
                }
            }
        }
    }
    found.list
}

struct Found<'b> {
    page: &'b Url,
    base: Url,
    seen: std::collections::HashSet<Url>,
    list: Vec<Url>,
}

impl<'b> Found<'b> {
    fn new(page: &'b Url) -> Self {
        Self { page, base: page.clone(), seen: std::collections::HashSet::new(), list: Vec::new() }
    }

    fn rebase(&mut self, href: Option<String>) {
        if let Some(base) = href.and_then(|h| self.page.join(&h).ok()) {
            self.base = base;
        }
    }

    fn take(&mut self, href: Option<String>) {
        let Some(mut url) = href.and_then(|h| self.base.join(h.trim()).ok()) else { return };
        url.set_fragment(None);
        let web = matches!(url.scheme(), "http" | "https");
        if web && self.list.len() < MOST && url != *self.page && self.seen.insert(url.clone()) {
            self.list.push(url);
        }
    }
}

fn says(list: &str, word: &str) -> bool {
    list.split([' ', ',', '\t', '\n']).any(|w| w.eq_ignore_ascii_case(word))
}

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "template"];

/// Calls `tell` with each start tag: its name in lower case, and the tag.
fn scan(html: &str, mut tell: impl FnMut(&str, &str)) {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let tag = &rest[open + 1..];
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let length = tag.bytes().take_while(|b| b.is_ascii_alphanumeric()).count();
        if length == 0 || length > 10 {
            rest = tag;
            continue;
        }
        let end = end_of(tag);
        let name = tag[..length].to_ascii_lowercase();
        rest = &tag[end..];
        tell(&name, &tag[length..end]);
        if RAW.contains(&name.as_str()) {
            rest = skip_raw(rest, &name);
        }
    }
}

/// Where a tag ends: at the first `>` outside quotes.
fn end_of(tag: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(q), b) if b == q => quote = None,
            // A quote opens a value only behind an equals sign.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'>') => return at,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    tag.len()
}

/// What follows the end tag of an element whose content is no markup.
fn skip_raw<'h>(rest: &'h str, name: &str) -> &'h str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</").map(|at| from + at) {
        let tail = &rest.as_bytes()[at + 2..];
        if tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return &rest[at..];
        }
        from = at + 2;
    }
    ""
}

/// An attribute's value, its references resolved.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let length = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        if length == 0 {
            // A stray sign: go on behind it.
            let mut chars = rest.chars();
            chars.next()?;
            rest = chars.as_str();
            continue;
        }
        let key = &rest[..length];
        rest = rest[length..].trim_start();
        let value = match rest.strip_prefix('=') {
            None => "",
            Some(value) => {
                let value = value.trim_start();
                let (text, after) = match value.as_bytes().first() {
                    Some(q @ (b'"' | b'\'')) => {
                        let body = &value[1..];
                        let end = body.bytes().position(|b| b == *q).unwrap_or(body.len());
                        (&body[..end], body.get(end + 1..).unwrap_or(""))
                    }
                    _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
                };
                rest = after;
                text
            }
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(unescape(value));
        }
    }
}

fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_string();
    }
    let known = [("&amp;", "&"), ("&#38;", "&"), ("&#x26;", "&"), ("&quot;", "\""), ("&#39;", "'"), ("&#x2F;", "/")];
    known.iter().rev().fold(value.to_string(), |text, (from, to)| text.replace(from, to))
}

/// How deep elements nest at most, by a scan.
fn depth(html: &str) -> usize {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p",
        "li", "td", "tr", "th", "option", "dt", "dd",
    ];
    let (mut open, mut most) = (0usize, 0usize);
    let closing = html.match_indices("</").map(|(at, _)| at).collect::<Vec<_>>();
    let mut closed = closing.iter().peekable();
    let start = html.as_ptr() as usize;
    scan(html, |name, tag| {
        let at = tag.as_ptr() as usize - start;
        while closed.next_if(|c| **c < at).is_some() {
            open = open.saturating_sub(1);
        }
        if !VOID.contains(&name) && !tag.ends_with('/') {
            open += 1;
            most = most.max(open);
        }
    });
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(list: Vec<Url>) -> Vec<String> {
        list.iter().map(|u| u.path().to_string() + &u.query().map_or(String::new(), |q| format!("?{q}"))).collect()
    }

    fn base() -> Url {
        Url::parse("http://x.example/list/").expect("an address")
    }

    #[test]
    fn links_are_found_once_and_in_order() {
        let html = r#"<!-- <a href="/no1"> --><title><a href="/no2"></title><script>var a = '<a href="/no3">';</script>
            <A class=x HREF='/a?b=1&amp;c=2'>a</A> <a href=b.html#part>b</a><a href="b.html">b</a>
            <a rel="sponsored nofollow" href="/no4">x</a> <a href="mailto:x@y.example">m</a> <a>none</a>
            <a title="a > b" href = "/c">c</a><a href="//other.example/d">d</a><a href=""></a><a href="javascript:x()">j</a>"#;
        assert_eq!(urls(links(html, &base())), ["/a?b=1&c=2", "/list/b.html", "/c", "/d"]);
        let based = r#"<base href="/deep/"><a href="x">x</a>"#;
        assert_eq!(urls(links(based, &base())), ["/deep/x"]);
        let closed = r#"<meta name="robots" content="noindex, nofollow"><a href="x">x</a>"#;
        assert!(links(closed, &base()).is_empty());
        for broken in ["<a href", "<a href=\"x", "<", "<a =", "<!--", "<script><a href=x>", "<a href='x>y"] {
            links(broken, &base());
        }
    }

    #[test]
    fn a_selector_chooses() -> Result<(), String> {
        let html = r#"<nav><a href="/nav">n</a></nav><main><h2 class=t><a href="one">1</a></h2><a class=t href="two">2</a></main>"#;
        assert_eq!(urls(selected(html, &base(), &selector("main .t")?)), ["/list/one", "/list/two"]);
        assert!(selector("main >").is_err());
        let deep = "<div>".repeat(20_000) + "<a href=\"x\">x</a>";
        assert_eq!(urls(selected(&deep, &base(), &selector("a")?)), ["/list/x"]);
        Ok(())
    }
}
