//! Pattern: whether a rule's path is that of an address.
//!
//! Bytes of the rule beyond ASCII are escaped, and escapes of plain characters
//! in the address are undone before comparing, as RFC 9309 has it. Where the
//! rule itself escapes plain characters, or the address leaves others
//! unescaped, the RFC and Google's parser disagree: then a rule that forbids
//! holds, one that allows does not.

/// A rule's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    escaped: Vec<u8>,
    /// With escapes of plain characters undone, where there are any.
    plain: Option<Vec<u8>>,
}

/// Path and query of an address, prepared for comparing.
#[derive(Clone, Debug)]
pub(super) struct Target {
    written: Vec<u8>,
    /// With escapes of plain characters undone, where there are any.
    undone: Option<Vec<u8>>,
    /// And other bytes beyond ASCII escaped, where there are any.
    plain: Option<Vec<u8>>,
}

impl Pattern {
    /// Prepares a path as written in a rule.
    pub fn new(path: &[u8]) -> Self {
        let escaped = escape(path);
        let plain = unless_same(undo_escapes(&escaped), &escaped);
        Self { escaped, plain }
    }

    /// Its weight: the longest matching rule decides.
    pub fn len(&self) -> usize {
        self.escaped.len()
    }

    /// Whether a rule that forbids this path forbids the target.
    pub fn forbids(&self, target: &Target) -> bool {
        let either = self.plain.is_some() || target.plain.is_some();
        let plain = self.plain.as_ref().unwrap_or(&self.escaped);
        self.allows(target) || (either && matches(plain, target.plain.as_ref().unwrap_or(&target.written)))
    }

    /// Whether a rule that allows this path allows the target.
    pub fn allows(&self, target: &Target) -> bool {
        matches(&self.escaped, &target.written) || target.undone.as_ref().is_some_and(|u| matches(&self.escaped, u))
    }

    /// The folder, when this is its index page: who allows the page means it.
    pub fn folder(&self) -> Option<Self> {
        let slash = self.escaped.iter().rposition(|b| *b == b'/')?;
        self.escaped[slash..].starts_with(b"/index.htm").then(|| {
            let escaped = [&self.escaped[..=slash], b"$"].concat();
            Self { plain: unless_same(undo_escapes(&escaped), &escaped), escaped }
        })
    }
}

impl Target {
    /// Prepares an address, or a path that begins with `/`.
    pub fn new(url: &str) -> Self {
        let written = path_of(url).into_bytes();
        let undone = unless_same(undo_escapes(&written), &written);
        let plain = unless_same(undo_escapes(&escape(&written)), &written);
        Self { written, undone, plain }
    }

    /// Whether it is the file that holds the rules.
    pub fn is_robots(&self) -> bool {
        self.written == b"/robots.txt"
    }
}

fn unless_same(bytes: Vec<u8>, other: &[u8]) -> Option<Vec<u8>> {
    (bytes != other).then_some(bytes)
}

/// Path and query of an address; `/` where there is none.
fn path_of(url: &str) -> String {
    let start = if url.starts_with("//") { 2 } else { 0 };
    let find = |from: usize, marks: &[char]| url[from..].find(marks).map(|at| from + at);
    let early = find(start, &['/', '?', ';']);
    let scheme = url[start..].find("://").map(|at| start + at);
    // A path or query before "://" means that it is no scheme.
    let host = match (early, scheme) {
        (Some(early), Some(scheme)) if early < scheme => start,
        (_, Some(scheme)) => scheme + 3,
        (_, None) => start,
    };
    let Some(path) = find(host, &['/', '?', ';']) else { return "/".to_string() };
    let end = find(start, &['#']).unwrap_or(url.len());
    match url.get(path..end) {
        None => "/".to_string(),
        Some(path) if path.starts_with('/') => path.to_string(),
        Some(path) => format!("/{path}"),
    }
}

/// Escapes bytes beyond ASCII; escapes that are there get capital letters.
fn escape(path: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((&b, after)) = rest.split_first() {
        rest = after;
        match (b, after) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.extend([b'%', high.to_ascii_uppercase(), low.to_ascii_uppercase()]);
                rest = after;
            }
            (0x80.., _) => out.extend(format!("%{b:02X}").bytes()),
            _ => out.push(b),
        }
    }
    out
}

/// Undoes escapes of characters that mean the same escaped or not: letters,
/// digits and `-._~`.
fn undo_escapes(path: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((&b, after)) = rest.split_first() {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (b, after)
            && let (Some(high), Some(low)) = (char::from(*high).to_digit(16), char::from(*low).to_digit(16))
            && let Ok(value) = u8::try_from(high * 16 + low)
            && (value.is_ascii_alphanumeric() || b"-._~".contains(&value))
        {
            out.push(value);
            rest = after;
        } else {
            out.push(b);
        }
    }
    out
}

/// Whether a pattern matches the beginning of a path: `*` is any run, a final
/// `$` the end. Each piece between stars is taken where it first occurs, so no
/// pattern is slow.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split(|b| *b == b'*').peekable();
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    if pieces.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if anchored && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match find(rest, piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let Some(first) = needle.first() else { return Some(0) };
    let mut from = 0;
    while let Some(at) = haystack.get(from..)?.iter().position(|b| b == first) {
        if haystack[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(pattern: &str, url: &str) -> (bool, bool) {
        let (pattern, target) = (Pattern::new(pattern.as_bytes()), Target::new(url));
        (pattern.forbids(&target), pattern.allows(&target))
    }

    #[test]
    fn stars_and_ends() {
        for (pattern, path, want) in [
            ("/", "/a", true),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("/*.gif$", "/x/y.gif", true),
            ("/*.gif$", "/x/y.gif?z", false),
            ("/a*b*c", "/aXbYcZ", true),
            ("/a*b*c", "/aXcYb", false),
            ("/a**$", "/abc", true),
            ("*", "/", true),
            ("/a$b", "/a$bc", true),
            ("/aa*aab", "/aaab", false),
            ("/aa*aab", "/aaaab", true),
        ] {
            assert_eq!(matches(pattern.as_bytes(), path.as_bytes()), want, "{pattern} {path}");
        }
    }

    #[test]
    fn where_the_ways_to_compare_disagree_nothing_is_fetched() {
        assert_eq!(both("/caf\u{e9}", "https://x.example/caf%C3%A9"), (true, true));
        assert_eq!(both("/caf%c3%a9", "https://x.example/caf%C3%A9/x"), (true, true));
        assert_eq!(both("/caf\u{e9}", "https://x.example/caf\u{e9}"), (true, false));
        assert_eq!(both("/%62az", "https://x.example/baz"), (true, false));
        assert_eq!(both("/~me", "https://x.example/%7Eme"), (true, true));
        assert_eq!(both("/a%2Fb", "https://x.example/a/b"), (false, false));
        assert_eq!(both("/a%", "https://x.example/a%"), (true, true));
    }

    #[test]
    fn paths_of_addresses() {
        for (url, path) in [
            ("", "/"),
            ("http://x.example", "/"),
            ("http://x.example#a/b", "/"),
            ("http://x.example/a#b", "/a"),
            ("http://x.example?q=http://y.example", "/?q=http://y.example"),
            ("http://x.example;p", "/;p"),
            ("//a/b/c", "/b/c"),
            ("//a/b://c", "/b://c"),
            ("/a/b", "/a/b"),
            ("x.example/a?b", "/a?b"),
            ("a?http://b/c", "/?http://b/c"),
        ] {
            assert_eq!(path_of(url), path, "{url}");
        }
    }
}
