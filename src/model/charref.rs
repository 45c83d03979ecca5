//! Character references (`&amp;`, `&#8217;`, `&euro;`) → characters.

use std::borrow::Cow;

/// The references that real pages use, so that most texts need no parser.
const COMMON: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("rsquo", "\u{2019}"),
    ("lsquo", "\u{2018}"),
    ("rdquo", "\u{201d}"),
    ("ldquo", "\u{201c}"),
    ("bdquo", "\u{201e}"),
    ("ndash", "\u{2013}"),
    ("mdash", "\u{2014}"),
    ("hellip", "\u{2026}"),
    ("euro", "\u{20ac}"),
    ("pound", "\u{a3}"),
    ("yen", "\u{a5}"),
    ("cent", "\u{a2}"),
    ("auml", "\u{e4}"),
    ("ouml", "\u{f6}"),
    ("uuml", "\u{fc}"),
    ("Auml", "\u{c4}"),
    ("Ouml", "\u{d6}"),
    ("Uuml", "\u{dc}"),
    ("szlig", "\u{df}"),
    ("eacute", "\u{e9}"),
    ("copy", "\u{a9}"),
    ("reg", "\u{ae}"),
    ("trade", "\u{2122}"),
    ("middot", "\u{b7}"),
    ("bull", "\u{2022}"),
    ("raquo", "\u{bb}"),
    ("laquo", "\u{ab}"),
    ("minus", "\u{2212}"),
    ("times", "\u{d7}"),
    ("shy", "\u{ad}"),
    ("thinsp", "\u{2009}"),
    ("zwnj", "\u{200c}"),
];

/// What numeric references 128–159 mean (windows-1252, as browsers read them).
const LEGACY: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}',
    '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}',
    '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}',
    '\u{17e}', '\u{178}',
];

/// Most references of one text that are looked up in the parser's own table,
/// which takes its time.
const MOST_RARE: usize = 2_000;

/// Decodes every character reference of `text`; what is none stays as written.
pub fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    let mut left = MOST_RARE;
    while let Some(amp) = rest.find('&') {
        out.push_str(&rest[..amp]);
        rest = &rest[amp..];
        match reference(&rest[1..], &mut left) {
            Some((decoded, used)) => {
                out.push_str(&decoded);
                rest = &rest[1 + used..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The characters that the reference at the start of `text` (past its `&`)
/// stands for, and its length; `left` more may be looked up.
fn reference(text: &str, left: &mut usize) -> Option<(Cow<'static, str>, usize)> {
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix, lead) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 2),
            None => (number, 10, 1),
        };
        let len = digits.bytes().take(8).take_while(|b| char::from(*b).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..len)?, radix).ok()?;
        let c = match code {
            128..=159 => LEGACY[(code - 128) as usize],
            _ => char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}'),
        };
        let semicolon = usize::from(digits[len..].starts_with(';'));
        return Some((Cow::Owned(c.to_string()), lead + len + semicolon));
    }
    let len = text.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
    let name = text.get(..len).filter(|n| !n.is_empty())?;
    let semicolon = text[len..].starts_with(';');
    if let Some((_, value)) = COMMON.iter().find(|(n, _)| *n == name) {
        // Old pages leave the semicolon out, but `&copy2` or `&lt=` in an address is none.
        return (semicolon || matches!(name, "amp" | "nbsp" | "lt" | "gt" | "quot"))
            .then_some((Cow::Borrowed(*value), len + usize::from(semicolon)));
    }
    if !semicolon || *left == 0 {
        return None;
    }
    *left -= 1;
    rare(name).map(|c| (Cow::Owned(c), len + 1))
}

/// The other two thousand names, by the HTML parser's own table.
fn rare(name: &str) -> Option<String> {
    let source = format!("&{name};");
    let decoded: String = scraper::Html::parse_fragment(&source).root_element().text().collect();
    (decoded != source).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn decodes_names_and_numbers() {
        assert_eq!(decode("a &amp; b &#8217; &#x2019; &euro;5 &nbsp;x"), "a & b \u{2019} \u{2019} \u{20ac}5 \u{a0}x");
        assert_eq!(decode("&frac12; &Scaron; &#150; &#0;"), "\u{bd} \u{160} \u{2013} \u{fffd}");
        assert_eq!(decode("AT&T &bogus; &; &#; &#x; ?a=1&copy=2"), "AT&T &bogus; &; &#; &#x; ?a=1&copy=2");
        assert_eq!(decode("no reference"), "no reference");
    }
}
