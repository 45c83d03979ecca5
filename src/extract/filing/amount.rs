//! Amounts: what stands in a cell of a statement.

use crate::model::Direction;

/// Words that may stand before the number of a cell, and whether they say that
/// it is about so much.
const LEADS: &[(&str, bool)] = &[
    ("~", true),
    ("≈", true),
    ("approximately ", true),
    ("approx. ", true),
    ("about ", true),
    ("non-gaap:", false),
    ("gaap:", false),
];

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// A number.
    Number(Amount),
    /// A year of four digits, which may also be a number.
    Year(i16),
    /// A dash: nothing, or zero.
    Dash,
    /// Words.
    Words,
}

/// What sort of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// As its row says.
    Plain,
    /// "12%".
    Percent,
    /// "1.6 pts", "30 bps".
    Points,
    /// "2.5x".
    Times,
}

/// A number as printed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    /// Without sign and scale.
    pub value: f64,
    /// The upper end of a range, likewise.
    pub upper: Option<f64>,
    /// "~", "approximately": its words before the number.
    pub about: bool,
    /// In parentheses, or behind a minus sign.
    pub below: bool,
    /// "Up 12%".
    pub direction: Direction,
    pub unit: Unit,
    /// ISO code of a printed currency.
    pub currency: Option<&'static str>,
    /// Its own scale: "4.5 billion".
    pub scale: Option<i32>,
    /// Its bytes in the cell, from the first sign to the last.
    pub start: usize,
    pub end: usize,
}

/// Signs of currencies, longer ones first.
const CURRENCIES: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("C$", "CAD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("A$", "AUD"),
    ("R$", "BRL"),
    ("RMB", "CNY"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₩", "KRW"),
    ("₹", "INR"),
];

/// Reads a cell.
pub(super) fn cell(text: &str) -> Cell {
    let bare = text.trim();
    if is_dash(bare) {
        return Cell::Dash;
    }
    if bare.len() == 4
        && let Ok(year) = bare.parse::<i16>()
        && (1985..=2099).contains(&year)
    {
        return Cell::Year(year);
    }
    match amount(text) {
        Some(amount) => Cell::Number(amount),
        None => Cell::Words,
    }
}

fn is_dash(text: &str) -> bool {
    let signs = text.trim_start_matches(['$', '€', '£', '¥', '(']).trim_end_matches(['%', ')']).trim();
    matches!(signs, "—" | "–" | "-" | "--" | "---" | "‑" | "−" | "*" | "N/A" | "n/a" | "NM" | "nm" | "N/M" | "n/m")
}

/// The number of a cell that holds no other words.
fn amount(text: &str) -> Option<Amount> {
    let begin = text.len() - text.trim_start().len();
    let mut rest = &text[begin..];
    let mut out = Amount {
        value: 0.0,
        upper: None,
        about: false,
        below: false,
        direction: Direction::None,
        unit: Unit::Plain,
        currency: None,
        scale: None,
        start: begin,
        end: begin,
    };
    for (word, direction) in [("up ", Direction::Up), ("down ", Direction::Down)] {
        if rest.get(..word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word)) {
            out.direction = direction;
            rest = rest[word.len()..].trim_start();
            out.start = text.len() - rest.len();
        }
    }
    loop {
        let lead = LEADS.iter().find(|(word, _)| rest.get(..word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word)));
        let Some((word, about)) = lead else { break };
        out.about |= about;
        rest = rest[word.len()..].trim_start();
        out.start = text.len() - rest.len();
    }
    // Signs, a bracket and the currency, in any order.
    let mut bracket = false;
    loop {
        rest = rest.trim_start();
        let next = rest.chars().next()?;
        if next == '(' && !bracket {
            (bracket, out.below) = (true, true);
            rest = &rest[1..];
        } else if matches!(next, '-' | '−' | '–' | '‑') && !out.below {
            out.below = true;
            rest = &rest[next.len_utf8()..];
        } else if next == '+' {
            out.direction = Direction::Up;
            rest = &rest[1..];
        } else if let Some((sign, code)) = CURRENCIES.iter().find(|(sign, _)| rest.starts_with(sign)) {
            if out.currency.replace(code).is_some() {
                return None;
            }
            rest = &rest[sign.len()..];
        } else {
            break;
        }
    }
    let (value, len) = digits(rest)?;
    out.value = value;
    rest = &rest[len..];
    out.end = text.len() - rest.len();
    tail(text, rest, bracket, &mut out)?;
    Some(out)
}

/// What stands behind the digits: a bracket, a unit, a scale, a footnote.
fn tail(text: &str, rest: &str, bracket: bool, out: &mut Amount) -> Option<()> {
    let mut rest = rest;
    let mut open = bracket;
    loop {
        let trimmed = rest.trim_start();
        if trimmed.is_empty() {
            return Some(());
        }
        let unit = [
            ("%", Unit::Percent),
            ("percentage points", Unit::Points),
            ("pts", Unit::Points),
            ("bps", Unit::Points),
            ("pp", Unit::Points),
            ("x", Unit::Times),
        ];
        let scale = [("trillion", 12), ("billion", 9), ("million", 6), ("thousand", 3)];
        if trimmed.starts_with(')') && open {
            open = false;
            rest = &trimmed[1..];
        } else if let Some((word, unit)) = unit.iter().find(|(w, _)| begins(trimmed, w)) {
            if out.unit != Unit::Plain {
                return None;
            }
            if *word == "bps" {
                out.value /= 100.0;
            }
            out.unit = *unit;
            rest = &trimmed[word.len()..];
        } else if let Some((word, scale)) = scale.iter().find(|(w, _)| begins(trimmed, w)) {
            if out.scale.is_some() {
                return None;
            }
            out.scale = Some(*scale);
            rest = &trimmed[word.len()..];
        } else if let Some(upper) = upper(trimmed).filter(|_| out.upper.is_none() && !out.below) {
            // "$2.65 to $2.70": both ends in the unit and scale of the second.
            if upper.value < out.value && upper.scale == out.scale || out.unit != Unit::Plain && out.unit != upper.unit
            {
                return None;
            }
            (out.unit, out.upper) = (upper.unit, Some(upper.value));
            out.scale = upper.scale.or(out.scale);
            out.end = text.len() - trimmed.len() + upper.end;
            return Some(());
        } else if is_footnote(trimmed) {
            return Some(());
        } else {
            return None;
        }
        out.end = text.len() - rest.len();
    }
}

/// The upper end of a range: "to $2.70", "– 4.4%". Its end counts from the joining word.
fn upper(text: &str) -> Option<Amount> {
    let rest = ["to ", "- ", "– ", "— ", "-", "–", "—"].iter().find_map(|join| text.strip_prefix(join))?;
    let found = amount(rest).filter(|a| a.upper.is_none() && !a.below && a.direction == Direction::None)?;
    Some(Amount { end: text.len() - rest.len() + found.end, ..found })
}

fn begins(text: &str, word: &str) -> bool {
    let letters = word.starts_with(char::is_alphabetic);
    text.get(..word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word))
        && (!letters || !text[word.len()..].starts_with(char::is_alphanumeric))
}

/// "(1)", "(a)", "*", "[2]".
fn is_footnote(text: &str) -> bool {
    let inner = text.trim().trim_matches(['(', ')', '[', ']', ',', ' ', '*', '†', '‡']);
    text.trim().len() <= 8 && inner.chars().filter(|c| c.is_alphanumeric()).count() <= 2 && !text.contains('.')
}

/// "82,999" and "1.26"; the bytes they take.
fn digits(text: &str) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let mut plain = String::with_capacity(16);
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        match b {
            b'0'..=b'9' => plain.push(char::from(*b)),
            // A comma groups three digits.
            b',' if !plain.contains('.')
                && !plain.is_empty()
                && bytes.get(at + 1..at + 4).is_some_and(|g| g.iter().all(u8::is_ascii_digit))
                && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit) => {}
            b'.' if !plain.contains('.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => plain.push('.'),
            _ => break,
        }
        at += 1;
    }
    // Dates, ratios and names are no amounts.
    // "5-10 years" is none either, "$162-169 billion" is.
    let glued = matches!(bytes.get(at), Some(b'/' | b':' | b','))
        || bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && !begins(&text[at..], "x");
    if plain.is_empty() || plain.len() > 18 || glued && !begins(&text[at..], "pts") && !begins(&text[at..], "bps") {
        return None;
    }
    Some((plain.parse().ok()?, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<(f64, bool, Unit, &str)> {
        match cell(text) {
            Cell::Number(a) => Some((a.value, a.below, a.unit, &text[a.start..a.end])),
            _ => None,
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(number("$(2,722)"), Some((2722.0, true, Unit::Plain, "$(2,722)")));
        assert_eq!(number("(82,999)"), Some((82999.0, true, Unit::Plain, "(82,999)")));
        assert_eq!(number("($0.27)"), Some((0.27, true, Unit::Plain, "($0.27)")));
        assert_eq!(number("1,234 (2)"), Some((1234.0, false, Unit::Plain, "1,234")));
        assert_eq!(number("12 %"), Some((12.0, false, Unit::Percent, "12 %")));
        assert_eq!(number("(3)%"), Some((3.0, true, Unit::Percent, "(3)%")));
        assert_eq!(number("Down 1.6 pts"), Some((1.6, false, Unit::Points, "1.6 pts")));
        assert_eq!(number(".52"), Some((0.52, false, Unit::Plain, ".52")));
        assert_eq!(number("GAAP: $2.65 to $2.70"), Some((2.65, false, Unit::Plain, "$2.65 to $2.70")));
        assert_eq!(number("~$1.70 billion"), Some((1.7, false, Unit::Plain, "$1.70 billion")));
        assert_eq!(number("$162-169 billion"), Some((162.0, false, Unit::Plain, "$162-169 billion")));
        assert_eq!(number("4.1% – 4.4%"), Some((4.1, false, Unit::Percent, "4.1% – 4.4%")));
        assert_eq!(number("$4.5 billion"), Some((4.5, false, Unit::Plain, "$4.5 billion")));
    }

    #[test]
    fn what_is_no_number() {
        assert_eq!(
            [cell("—"), cell("$ —"), cell("N/A"), cell("— %")],
            [Cell::Dash, Cell::Dash, Cell::Dash, Cell::Dash]
        );
        assert_eq!(cell("2024"), Cell::Year(2024));
        for words in
            ["Note 5", "12/31/2024", "5-10 years", "3 of 4", "Level 1", "10b5-1", "March 31", "2024 vs 2023", "", "$"]
        {
            assert_eq!(cell(words), Cell::Words, "{words}");
        }
    }
}
