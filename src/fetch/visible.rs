//! What a reader sees of a page, roughly and in linear time: the text outside
//! tags, scripts and styles.

/// Bytes as text; what is no UTF-8 is replaced. Quick where nothing is.
pub(super) fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), std::borrow::Cow::Borrowed)
}

/// Elements whose content nobody sees.
const HIDDEN: &[&str] = &["script", "style", "noscript", "svg", "template", "head"];

/// Calls `tell` with each piece of visible text, until it answers false.
pub(super) fn visible<'p>(html: &'p str, mut tell: impl FnMut(&'p str) -> bool) {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        if open > 0 && !tell(&rest[..open]) {
            return;
        }
        let tag = &rest[open..];
        let end = match hidden(tag) {
            Some(name) => end_of(tag, name),
            None if tag.starts_with("<!--") => tag.find("-->"),
            None => tag.find('>'),
        };
        match end {
            Some(end) => rest = &tag[end + 1..],
            None => return,
        }
    }
    tell(rest);
}

/// The name of the element that a tag opens, if its content is hidden.
fn hidden(tag: &str) -> Option<&'static str> {
    let name = &tag.as_bytes()[1..];
    let is = |n: &&&str| {
        name.get(..n.len()).is_some_and(|s| s.eq_ignore_ascii_case(n.as_bytes()))
            && name.get(n.len()).is_some_and(|b| matches!(b, b' ' | b'>' | b'\t' | b'\n' | b'\r' | b'/'))
    };
    HIDDEN.iter().find(is).copied()
}

/// Where the end tag of an element begins.
fn end_of(html: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = html[from..].find("</").map(|at| from + at) {
        let tail = &html.as_bytes()[at + 2..];
        if tail.get(..name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}
