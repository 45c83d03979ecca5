//! Typography: variants of signs and letters brought to one form before words
//! are looked for.

use tokenizers::NormalizedString;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Brings typographic variants to one form, keeping the alignment to the text.
pub(super) fn clean_up(line: &mut NormalizedString) {
    line.filter(|c| !is_invisible(c));
    let mut out: Vec<(char, isize)> = Vec::with_capacity(line.len());
    let mut parts = Vec::with_capacity(4);
    for c in line.get().chars() {
        parts.clear();
        clean_char(c, &mut parts);
        // The first character replaces `c`, the others are insertions.
        out.extend(parts.iter().enumerate().map(|(i, part)| (*part, isize::from(i > 0))));
    }
    line.transform(out, 0);
}

/// Where characters of a cleaned-up line and of the text lie apart: from each
/// cleaned-up byte on, how many bytes further the text is.
pub(super) type Shifts = Vec<(usize, usize)>;

/// The clean-up of a line in which each character becomes one character:
/// appends it to `clean` and says where the two lie apart. Any other line is
/// left as it was, and `false` told.
pub(super) fn clean_up_simple(line: &str, clean: &mut String, shifts: &mut Shifts) -> bool {
    let base = clean.len();
    let mut parts = Vec::with_capacity(4);
    let mut rest = line;
    let mut shift = 0;
    shifts.clear();
    loop {
        let plain = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        clean.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { return true };
        parts.clear();
        if !is_invisible(c) {
            clean_char(c, &mut parts);
        }
        // One that grows would need a shift back.
        let [one] = parts.as_slice() else { break };
        if one.len_utf8() > c.len_utf8() {
            break;
        }
        clean.push(*one);
        rest = &rest[c.len_utf8()..];
        if one.len_utf8() != c.len_utf8() {
            shift += c.len_utf8() - one.len_utf8();
            shifts.push((clean.len() - base, shift));
        }
    }
    clean.truncate(base);
    false
}

/// Zero-width, direction and combining marks: dropped before words are looked for.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{FE0E}' | '\u{FE0F}')
        || is_combining_mark(c)
}

/// The characters that stand for `c`, at least one.
fn clean_char(c: char, out: &mut Vec<char>) {
    if c.is_ascii() {
        return out.push(c);
    }
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '´' => out.push('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => out.push('"'),
        '‐' | '‑' | '‒' | '–' | '−' | '﹣' | '⁃' => out.push('-'),
        '―' => out.push('—'),
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => out.push(' '),
        '\u{2028}' | '\u{2029}' | '\u{0085}' => out.push('\n'),
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(narrow) => out.push(narrow),
            None => out.push(c),
        },
        '￠' => out.push('¢'),
        '￡' => out.push('£'),
        '￥' => out.push('¥'),
        '￦' => out.push('₩'),
        '﹩' => out.push('$'),
        '﹪' | '٪' => out.push('%'),
        '\u{FB00}'..='\u{FB06}' => out.extend(std::iter::once(c).nfkd()),
        'ß' => out.extend(['s', 's']),
        'ø' => out.push('o'),
        'Ø' => out.push('O'),
        'ł' => out.push('l'),
        'Ł' => out.push('L'),
        'æ' => out.extend(['a', 'e']),
        'Æ' => out.extend(['A', 'e']),
        'œ' => out.extend(['o', 'e']),
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => {
            out.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)));
        }
        _ => out.push(c),
    }
}
