//! What a reader sees of a page, roughly and in linear time: the text outside
//! tags, scripts and styles.

/// Elements whose content nobody sees.
const HIDDEN: &[&str] = &["script", "style", "noscript", "svg", "template", "head"];

/// Calls `tell` with each piece of visible text of a page in lower case.
pub(super) fn visible<'p>(low: &'p str, mut tell: impl FnMut(&'p str)) {
    let mut rest = low;
    while let Some(open) = rest.find('<') {
        tell(&rest[..open]);
        let tag = &rest[open..];
        let ends_name = |t: &str| t.starts_with([' ', '>', '\t', '\n', '\r', '/']);
        let hidden = HIDDEN.iter().find(|n| tag[1..].strip_prefix(**n).is_some_and(ends_name));
        let end = match hidden {
            Some(name) => tag.find(&format!("</{name}")),
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
