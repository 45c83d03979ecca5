//! Lines of a robots.txt: bytes → keys and values, as real files write them.

/// Bytes of a robots.txt that are read, as RFC 9309 has it.
const LARGEST: usize = 500 << 10;

/// Bytes of one line that are read, as Google's parser has it.
const LONGEST: usize = 2083 * 8 - 1;

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Whom the rules that follow are for.
    Agent,
    /// What may be fetched.
    Allow,
    /// What may not.
    Disallow,
    /// Seconds between requests.
    Delay,
    /// A sitemap.
    Sitemap,
}

/// A line that says something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'b> {
    /// Its number, from 1.
    pub number: usize,
    /// What it is about.
    pub key: Key,
    /// Its value, without space around it.
    pub value: &'b [u8],
    /// The line as written.
    pub whole: &'b [u8],
}

/// The lines of `body` that say something. Lines end in a line feed, a carriage
/// return, or both; a byte order mark, also a half one, is skipped.
pub(super) fn lines(body: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mark = b"\xEF\xBB\xBF".iter().zip(body).take_while(|(a, b)| a == b).count();
    let body = body.get(mark..body.len().min(LARGEST)).unwrap_or_default();
    let whole = body.split(|b| *b == b'\n').flat_map(|line| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line.split(|b| *b == b'\r')
    });
    (1..).zip(whole).filter_map(|(number, whole)| {
        let whole = &whole[..whole.len().min(LONGEST)];
        let (key, value) = key_value(whole)?;
        Some(Line { number, key, value, whole })
    })
}

/// Key and value of a line, comments off; common misspellings are understood,
/// and what follows a key's name does not change it.
fn key_value(line: &[u8]) -> Option<(Key, &[u8])> {
    let line = trim(line.split(|b| *b == b'#').next().unwrap_or_default());
    let (key, value) = match line.iter().position(|b| *b == b':') {
        Some(at) => (&line[..at], &line[at + 1..]),
        // "disallow /x": two words without a colon.
        None => {
            let at = line.iter().position(|b| matches!(b, b' ' | b'\t'))?;
            let value = trim(&line[at..]);
            if value.iter().any(|b| matches!(b, b' ' | b'\t')) {
                return None;
            }
            (&line[..at], value)
        }
    };
    const KEYS: &[(&str, Key)] = &[
        ("user-agent", Key::Agent),
        ("useragent", Key::Agent),
        ("user agent", Key::Agent),
        ("allow", Key::Allow),
        ("disallow", Key::Disallow),
        ("dissallow", Key::Disallow),
        ("dissalow", Key::Disallow),
        ("disalow", Key::Disallow),
        ("diasllow", Key::Disallow),
        ("disallaw", Key::Disallow),
        ("crawl-delay", Key::Delay),
        ("crawldelay", Key::Delay),
        ("sitemap", Key::Sitemap),
        ("site-map", Key::Sitemap),
    ];
    let key = trim(key);
    let begins = |name: &str| key.get(..name.len()).is_some_and(|k| k.eq_ignore_ascii_case(name.as_bytes()));
    let (_, key) = KEYS.iter().find(|(name, _)| begins(name))?;
    Some((*key, trim(value)))
}

fn trim(bytes: &[u8]) -> &[u8] {
    let space = |b: &u8| matches!(b, b' ' | b'\t' | 0 | 0x0B | 0x0C);
    let from = bytes.iter().position(|b| !space(b)).unwrap_or(bytes.len());
    let to = bytes.iter().rposition(|b| !space(b)).map_or(from, |p| p + 1);
    &bytes[from..to]
}

/// The product token of an agent: letters, `-` and `_` before anything else.
pub(super) fn product(agent: &[u8]) -> &[u8] {
    let agent = trim(agent);
    let end = agent.iter().position(|b| !(b.is_ascii_alphabetic() || matches!(b, b'-' | b'_')));
    &agent[..end.unwrap_or(agent.len())]
}

/// The name an agent is matched by: what stands before its version. One that
/// is no product token has no group of its own.
pub(super) fn own_name(agent: &str) -> Option<&[u8]> {
    let name = trim(agent.split('/').next().unwrap_or_default().as_bytes());
    (!name.is_empty() && product(name).len() == name.len()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(usize, Key, String)> {
        lines(text).map(|l| (l.number, l.key, String::from_utf8_lossy(l.value).into_owned())).collect()
    }

    #[test]
    fn odd_line_ends_marks_and_spellings() {
        let all = |n: usize, key, value: &str| vec![(n, key, value.to_string())];
        for start in [&b""[..], b"\xEF", b"\xEF\xBB", b"\xEF\xBB\xBF"] {
            assert_eq!(read(&[start, b"User-Agent: a"].concat()), all(1, Key::Agent, "a"));
        }
        assert_eq!(read(b"\xEF\x11\xBFUser-Agent: a\nAllow: /x"), all(2, Key::Allow, "/x"));
        assert_eq!(read(b"\r\n\rDisallow\t/x # why\r\r"), all(3, Key::Disallow, "/x"));
        assert_eq!(read(b"dissallow : /x: y"), all(1, Key::Disallow, "/x: y"));
        assert_eq!(read(b"disallow /x y\nfoo: bar\n: /z\n#allow: /"), []);
        let long = format!("disallow: /{}", "a".repeat(20_000));
        assert_eq!(read(long.as_bytes())[0].2.len(), LONGEST - "disallow: ".len());
    }

    #[test]
    fn only_the_first_half_megabyte_counts() {
        let mut text = "# padding\n".repeat(LARGEST / 10);
        text.push_str("disallow: /late\n");
        assert_eq!(read(text.as_bytes()), []);
    }
}
