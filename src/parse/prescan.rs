//! Prescan: the charset that a page names near its start, found before it is
//! decoded, as browsers find it (WHATWG HTML, "prescan a byte stream").
//!
//! Bytes only: scripts are not told from markup, comments are passed over, and
//! what is not closed is not believed.

/// The label that the XML declaration, or the first `meta` element that has
/// one, gives.
pub(super) fn charset(head: &[u8]) -> Option<String> {
    if let Some(label) = declaration(head) {
        return Some(label);
    }
    let mut rest = head;
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = &rest[at..];
        if rest.starts_with(b"<!--") {
            // From its dashes on: "<!-->" is whole.
            let end = rest[2..].windows(3).position(|w| w == b"-->")?;
            rest = &rest[2 + end + 3..];
        } else if begins(rest, b"<meta") && rest.get(5).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            rest = &rest[5..];
            let (found, after) = meta(rest)?;
            if found.is_some() {
                return found;
            }
            rest = after;
        } else if matches!(rest, [b'<', b, ..] | [b'<', b'/', b, ..] if b.is_ascii_alphabetic()) {
            let name = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?;
            rest = &rest[name..];
            while let Some((_, _, after)) = attribute(rest)? {
                rest = after;
            }
        } else if matches!(rest, [b'<', b'!' | b'/' | b'?', ..]) {
            let end = rest.iter().position(|b| *b == b'>')?;
            rest = &rest[end..];
        } else {
            rest = &rest[1..];
        }
    }
    None
}

/// `<?xml … encoding="…"?>` at the very start.
fn declaration(head: &[u8]) -> Option<String> {
    let inside = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = inside.windows(2).position(|w| w == b"?>")?;
    let text = String::from_utf8_lossy(&inside[..end]).into_owned();
    Some(text.split_once("encoding")?.1.split(['"', '\'']).nth(1)?.to_string())
}

fn begins(bytes: &[u8], start: &[u8]) -> bool {
    bytes.get(..start.len()).is_some_and(|b| b.eq_ignore_ascii_case(start))
}

/// What a `meta` element names, and what follows its attributes.
fn meta(bytes: &[u8]) -> Option<(Option<String>, &[u8])> {
    let mut rest = bytes;
    let (mut pragma, mut own, mut of_content) = (false, None, None);
    let mut seen: Vec<String> = Vec::new();
    while let Some((name, value, after)) = attribute(rest)? {
        rest = after;
        if seen.contains(&name) {
            continue;
        }
        match name.as_str() {
            "http-equiv" => pragma = value == "content-type",
            "content" => of_content = label_in(&value),
            "charset" => own = Some(value),
            _ => {}
        }
        seen.push(name);
    }
    Some((own.or(of_content.filter(|_| pragma)), rest))
}

/// Name and value of an attribute, and what follows it.
type Attribute<'b> = (String, String, &'b [u8]);

/// The next attribute in lower case, and what follows it; the inner `None` at
/// the tag's end, the outer one where the bytes end first.
fn attribute(bytes: &[u8]) -> Option<Option<Attribute<'_>>> {
    let blank = |b: &u8| b.is_ascii_whitespace();
    let lower = |b: &[u8]| String::from_utf8_lossy(b).to_ascii_lowercase();
    let start = bytes.iter().position(|b| !blank(b) && *b != b'/')?;
    let bytes = &bytes[start..];
    if bytes.first() == Some(&b'>') {
        return Some(None);
    }
    // A name may begin with "=".
    let end = 1 + bytes.get(1..)?.iter().position(|b| blank(b) || matches!(b, b'=' | b'/' | b'>'))?;
    let name = lower(&bytes[..end]);
    let rest = &bytes[end..];
    let next = rest.iter().position(|b| !blank(b))?;
    if rest[next] != b'=' {
        return Some(Some((name, String::new(), rest)));
    }
    let rest = &rest[next + 1..];
    let rest = &rest[rest.iter().position(|b| !blank(b))?..];
    match rest.first()? {
        quote @ (b'"' | b'\'') => {
            let end = rest[1..].iter().position(|b| b == quote)?;
            Some(Some((name, lower(&rest[1..=end]), &rest[end + 2..])))
        }
        b'>' => Some(Some((name, String::new(), rest))),
        _ => {
            let end = rest.iter().position(|b| blank(b) || *b == b'>')?;
            Some(Some((name, lower(&rest[..end]), &rest[end..])))
        }
    }
}

/// `charset=…` in the value of `content`.
fn label_in(value: &str) -> Option<String> {
    let mut rest = value;
    loop {
        rest = rest.split_once("charset")?.1.trim_start();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            return match after.chars().next()? {
                quote @ ('"' | '\'') => after[1..].split_once(quote).map(|(label, _)| label.to_string()),
                _ => after.split([' ', '\t', '\n', ';']).next().map(str::to_string),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::charset;

    #[test]
    fn as_browsers_find_it() {
        for (page, want) in [
            ("<meta charset='koi8-r'>", Some("koi8-r")),
            ("<title>x</title><META name=a CHARSET = \"KOI8-R\" />", Some("koi8-r")),
            ("<meta content='text/html; charset=koi8-r; x' http-equiv=Content-Type>", Some("koi8-r")),
            ("<meta content='text/html; charset=koi8-r'>", None),
            ("<meta charset=koi8-r", None),
            ("<!-- <meta charset=a> --><meta charset=b>", Some("b")),
            ("<!--><meta charset=b>", Some("b")),
            ("<p title='<meta charset=a>'><meta charset=b>", Some("b")),
            ("<script><meta charset=b></script>", Some("b")),
            ("a < b <meta\ncharset=b>", Some("b")),
            ("<?xml version='1.0' encoding='b'?><meta charset=c>", Some("b")),
            ("<metadata charset=b>", None),
            ("<", None),
            ("", None),
        ] {
            assert_eq!(charset(page.as_bytes()).as_deref(), want, "{page}");
        }
    }
}
