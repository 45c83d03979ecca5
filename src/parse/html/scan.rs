//! Reads a page's outline, and how deep its elements nest, in one linear pass
//! before any tree is built.

use super::entities;
use super::outline::{Block, Heading, Marked, Outline, begins_like_byline, squeeze};
use super::tokens::{Tag, Tok, Tokens, is_block, is_void};
use super::zone::Zone;

const SHORT: usize = 200;
const MANY: usize = 600;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Capture {
    Title,
    Heading(u8),
    Author,
    Marked,
}

struct Open<'h> {
    name: &'h str,
    zone: Zone,
    own: Zone,
}

struct Reader<'h> {
    out: Outline<'h>,
    open: Vec<Open<'h>>,
    /// What is being captured: its kind, the depth it began at, its text.
    captures: Vec<(Capture, usize, String)>,
    line: String,
    line_long: bool,
    line_near: Zone,
    count: usize,
    ld_next: bool,
}

/// Reads a page's outline; `depth` is the deepest nesting that is followed.
pub(crate) fn read(html: &str, depth: usize) -> Outline<'_> {
    let mut r = Reader {
        out: Outline::default(),
        open: Vec::with_capacity(64),
        captures: Vec::new(),
        line: String::new(),
        line_long: false,
        line_near: Zone::default(),
        count: 0,
        ld_next: false,
    };
    for tok in Tokens::new(html) {
        match tok {
            Tok::Text(text) => r.text(text),
            Tok::Raw(raw) => r.raw(raw),
            Tok::Close(name) => r.close(name),
            Tok::Open(tag) => {
                r.out.elements += 1;
                r.start(&tag);
                if r.open.len() > depth {
                    r.out.too_deep = true;
                    r.open.truncate(1);
                    r.captures.clear();
                }
            }
        }
    }
    r.flush();
    r.out
}

impl<'h> Reader<'h> {
    fn zone(&self) -> Zone {
        self.open.last().map_or(Zone::default(), |o| o.zone)
    }

    fn near(&self) -> Zone {
        self.open.iter().rev().take(3).fold(Zone::default(), |z, o| z.and(o.own))
    }

    fn start(&mut self, tag: &Tag<'h>) {
        let lower;
        let name = if tag.name.bytes().any(|b| b.is_ascii_uppercase()) {
            lower = tag.name.to_ascii_lowercase();
            lower.as_str()
        } else {
            tag.name
        };
        if is_block(name) {
            self.flush();
        }
        if name == "span" && self.line.ends_with(|c: char| c.is_alphanumeric()) {
            // Two spans side by side are shown apart ("Created" "6 Feb 2026").
            self.line.push(' ');
        }
        match name {
            "meta" => return self.meta(tag),
            "link" => return self.link(tag),
            "html" => {
                self.out.lang =
                    self.out.lang.take().or_else(|| tag.attr("lang").or_else(|| tag.attr("xml:lang")).map(Into::into))
            }
            "script" => {
                self.ld_next =
                    tag.attr("type").is_some_and(|t| t.trim().to_ascii_lowercase().starts_with("application/ld+json"))
            }
            _ => {}
        }
        if is_void(name) {
            return;
        }
        self.imply_ends(name);
        let (mut class, mut id, mut itemprop, mut rel, mut stamp) = ("", "", "", "", None);
        for (n, v) in tag.attrs() {
            match n.len() {
                5 if n.eq_ignore_ascii_case("class") => class = v,
                2 if n.eq_ignore_ascii_case("id") => id = v,
                8 if n.eq_ignore_ascii_case("itemprop") => itemprop = v,
                3 if n.eq_ignore_ascii_case("rel") => rel = v,
                8 if n.eq_ignore_ascii_case("datetime") => stamp = Some(v),
                5 if n.eq_ignore_ascii_case("title") && name == "abbr" => stamp = Some(v),
                7 if n.eq_ignore_ascii_case("content") && !itemprop.is_empty() => stamp = Some(v),
                _ => {}
            }
        }
        let own = Zone::of(name, class, id, itemprop, rel);
        let around = self.zone();
        // The footer of an article holds its byline and date.
        let own = if (name == "footer" || class.contains("footer")) && around.has(Zone::ARTICLE) {
            own.without(Zone::SIDE)
        } else {
            own
        };
        let zone = around.and(own.only(Zone::ELSEWHERE.and(Zone::MUTE).and(Zone::ARTICLE)));
        let capture = match name {
            "title" if self.out.title.is_empty() => Some(Capture::Title),
            "h1" => Some(Capture::Heading(1)),
            "h2" => Some(Capture::Heading(2)),
            "h3" => Some(Capture::Heading(3)),
            _ if own.has(Zone::AUTHOR) => Some(Capture::Author),
            _ => None,
        };
        if name == "time" || stamp.is_some() && own.has(Zone::DATE.and(Zone::MODIFIED)) {
            let own = if name == "time" { own.and(self.near()) } else { own };
            if let Some(value) = stamp.filter(|v| !v.trim().is_empty() && v.len() < 80 && self.out.marked.len() < MANY)
            {
                let value = entities::decode(value).into_owned();
                self.out.marked.push(Marked { value, zone, own, block: self.count });
            } else if name == "time" {
                self.captures.push((Capture::Marked, self.open.len(), String::new()));
            }
        }
        if !tag.closed || is_block(name) {
            if let Some(capture) = capture.filter(|_| self.captures.len() < 16) {
                self.captures.push((capture, self.open.len(), String::new()));
            }
            self.open.push(Open { name: tag.name, zone, own });
        }
    }

    /// Closes what the start of `name` closes by itself.
    fn imply_ends(&mut self, name: &str) {
        let closes: &[&str] = match name {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "tr" => &["tr", "td", "th"],
            "td" | "th" => &["td", "th"],
            "option" => &["option"],
            "a" => &["a"],
            "body" => &["head"],
            _ if is_block(name) && name != "br" => &["p"],
            _ => return,
        };
        let within = self.open.len().saturating_sub(4);
        if let Some(at) = self.open[within..].iter().position(|o| closes.iter().any(|c| o.name.eq_ignore_ascii_case(c)))
        {
            let barrier = self.open[within + at..].iter().skip(1).any(|o| {
                ["ul", "ol", "dl", "table", "div", "section", "article"].iter().any(|b| o.name.eq_ignore_ascii_case(b))
            });
            if !barrier {
                self.close_to(within + at);
            }
        }
    }

    fn meta(&mut self, tag: &Tag<'h>) {
        if self.out.metas.len() >= MANY {
            return;
        }
        let Some(content) = tag.attr("content") else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = tag.attr(key) {
                // A `meta itemprop` inside the body belongs to the element around it.
                let foreign = key == "itemprop" && self.zone().has(Zone::ELSEWHERE);
                if !foreign {
                    for name in name.split_ascii_whitespace() {
                        self.out.metas.push((name.to_ascii_lowercase(), squeeze(&content)));
                    }
                }
                return;
            }
        }
    }

    fn link(&mut self, tag: &Tag<'h>) {
        let canonical =
            tag.attr("rel").is_some_and(|r| r.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case("canonical")));
        if canonical && self.out.canonical.is_none() {
            self.out.canonical = tag.attr("href").map(|h| h.trim().to_string()).filter(|h| !h.is_empty());
        }
    }

    fn raw(&mut self, raw: &'h str) {
        if self.ld_next {
            self.ld_next = false;
            if self.out.ld.len() < 64 {
                self.out.ld.push(raw);
            }
        } else if let Some((Capture::Title, _, text)) = self.captures.last_mut() {
            text.push_str(&entities::decode(raw));
        }
    }

    fn text(&mut self, text: &str) {
        if self.zone().has(Zone::MUTE) {
            return;
        }
        if self.line.is_empty() {
            self.line_near = self.near();
        }
        if !self.line_long {
            push_capped(&mut self.line, text, &mut self.line_long);
        }
        for (_, _, captured) in &mut self.captures {
            push_capped(captured, text, &mut false);
        }
    }

    fn close(&mut self, name: &str) {
        if is_block(name) {
            self.flush();
        }
        if let Some(at) = self.open.iter().rposition(|o| o.name.eq_ignore_ascii_case(name)) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while let Some((_, at, _)) = self.captures.last()
            && *at >= depth
            && let Some((capture, at, text)) = self.captures.pop()
        {
            let (zone, near) = self.open.get(at).map_or((self.zone(), Zone::default()), |o| (o.zone, o.own));
            let text = squeeze(&entities::decode(&text));
            if text.is_empty() {
                continue;
            }
            match capture {
                Capture::Title => self.out.title = text,
                Capture::Heading(level) if self.out.headings.len() < MANY => {
                    self.out.headings.push(Heading { level, text, zone, block: self.count });
                }
                Capture::Author if self.out.authors.len() < MANY => {
                    self.out.authors.push(Block { text, zone, near, block: self.count });
                }
                Capture::Marked if self.out.marked.len() < MANY => {
                    self.out.marked.push(Marked { value: text, zone, own: near.and(self.near()), block: self.count });
                }
                _ => {}
            }
        }
        self.open.truncate(depth);
    }

    /// Ends the current text block.
    fn flush(&mut self) {
        for (_, _, captured) in &mut self.captures {
            if !captured.is_empty() && !captured.ends_with('\n') && captured.len() < SHORT {
                captured.push('\n');
            }
        }
        if self.line.is_empty() {
            return;
        }
        let line = std::mem::take(&mut self.line);
        let long = std::mem::take(&mut self.line_long);
        if line.trim().is_empty() {
            return;
        }
        self.count += 1;
        if line.trim().len() >= 12
            && self.out.echoes.len() < 16
            && self.out.title.contains(squeeze(&entities::decode(&line)).as_str())
        {
            self.out.echoes.push((self.count, self.zone()));
        }
        let dated = line.bytes().any(|b| b.is_ascii_digit());
        if long || self.out.blocks.len() >= MANY || !(dated || begins_like_byline(&line)) {
            return;
        }
        let (zone, near) = (self.zone(), self.near().and(self.line_near));
        self.out.blocks.push(Block { text: squeeze(&entities::decode(&line)), zone, near, block: self.count });
    }
}

fn push_capped(to: &mut String, text: &str, over: &mut bool) {
    if to.is_empty() && text.trim_start().is_empty() {
        return;
    }
    if to.len() + text.len() <= 2 * SHORT {
        to.push_str(text);
    } else {
        let room = (2 * SHORT).saturating_sub(to.len());
        to.push_str(&text[..text.floor_char_boundary(room)]);
        *over = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_head_and_marks() {
        let html = r#"<html lang="en-US"><head><title>A &amp; B</title><meta property="og:title" content="A &amp; B">
            <link rel="canonical" href="https://x.example/a"><script type="application/ld+json">{"a":1}</script></head>
            <body class="has-sidebar"><h1>A &amp;
            B</h1><p class="byline">By <a rel="author">Jo Low</a></p><time datetime="2026-02-06">today</time>
            <aside><h2>Other</h2><time datetime="2026-02-09">x</time></aside></body></html>"#;
        let o = read(html, 256);
        assert_eq!((o.lang.as_deref(), o.title.as_str()), (Some("en-US"), "A & B"));
        assert_eq!(o.meta("og:title"), Some("A & B"));
        assert_eq!(o.canonical.as_deref(), Some("https://x.example/a"));
        assert_eq!(o.ld, ["{\"a\":1}"]);
        assert_eq!(
            o.headings.iter().map(|h| (h.level, h.text.replace('\n', " "))).next(),
            Some((1, "A & B".to_string()))
        );
        assert!(o.authors.iter().any(|a| a.text == "Jo Low"));
        assert!(!o.marked[0].zone.has(Zone::ELSEWHERE) && o.marked[1].zone.has(Zone::SIDE));
        assert!(!o.too_deep);
    }

    #[test]
    fn notices_depth_but_not_unclosed_paragraphs() {
        assert!(read(&"<div>".repeat(300), 256).too_deep);
        assert!(!read(&"<p>x<li>y<tr><td>z<br>".repeat(300), 256).too_deep);
    }
}
