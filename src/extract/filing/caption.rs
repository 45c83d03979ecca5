//! Captions: what stands above a table holds for all of it: scale, currency,
//! and often the time.

use super::head::Head;
use crate::model::Span;

/// What a table's caption says.
#[derive(Clone, Debug, Default)]
pub(super) struct Caption {
    /// Power of ten, and where it is said.
    pub scale: Option<(i32, Span)>,
    /// ISO code.
    pub currency: Option<&'static str>,
    /// The time of all columns.
    pub head: Head,
    /// Where the time is said.
    pub time: Option<Span>,
}

/// Lines above a table that may speak of it.
const LINES: usize = 6;

/// A line longer than this is no caption unless it leads to the table.
const LONGEST: usize = 160;

impl Caption {
    /// Reads the lines above byte `at`, the nearest first.
    pub fn above(text: &str, at: usize) -> Self {
        let mut out = Self::default();
        let mut end = at;
        for _ in 0..LINES {
            let before = text[..end].trim_end_matches('\n');
            if before.is_empty() {
                break;
            }
            let start = before.rfind('\n').map_or(0, |p| p + 1);
            let line = &before[start..];
            // Rows of another table speak of that one.
            if line.starts_with("| ") && line.contains(|c: char| c.is_ascii_digit()) {
                break;
            }
            out.take(line, start);
            end = start;
        }
        out
    }

    /// Takes over from a line what is not known yet.
    pub fn take(&mut self, line: &str, start: usize) {
        if self.scale.is_none() {
            self.scale = scale(line).map(|(power, from, to)| (power, Span::new(start + from, start + to)));
        }
        if self.currency.is_none() {
            self.currency = currency(line);
        }
        let leads = line.trim_end().ends_with(':');
        if self.head.length.is_none() && (line.len() <= LONGEST || leads) && !says_two(line) {
            let head = Head::read(line);
            if head.length.is_some() || head.day.is_some() && line.len() <= LONGEST && !leads {
                let known = std::mem::take(&mut self.head);
                self.head = known;
                self.head.under(&Head { part: false, ..head });
                self.time.get_or_insert(Span::new(start, start + line.len()));
            } else {
                self.head.outlook |= head.outlook && line.len() <= 80;
            }
        }
    }
}

/// "The three and six months ended": no one length.
fn says_two(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["three and ", "thirteen and ", "13 and ", "quarter and ", "quarters and ", "months and year"]
        .iter()
        .any(|w| lower.contains(w))
}

/// The power of ten that a caption names, and where.
pub(super) fn scale(text: &str) -> Option<(i32, usize, usize)> {
    const WORDS: &[(&str, i32)] = &[
        ("thousand", 3),
        ("million", 6),
        ("billion", 9),
        ("$000", 3),
        ("(000", 3),
        ("in 000", 3),
        ("000's", 3),
        ("000s", 3),
    ];
    let lower = text.to_ascii_lowercase();
    let mut best: Option<(usize, i32, usize)> = None;
    for (word, power) in WORDS {
        for (at, _) in lower.match_indices(word) {
            let digits = word.ends_with(['0', 's']);
            if (digits || is_caption(&lower, at)) && best.is_none_or(|(first, ..)| at < first) {
                let plural = usize::from(lower[at + word.len()..].starts_with('s'));
                best = Some((at, *power, at + word.len() + plural));
                break;
            }
        }
    }
    best.map(|(at, power, end)| (power, at, end))
}

/// Whether a word for a scale stands as in a caption: "in millions",
/// "(millions of dollars)", "$ millions".
fn is_caption(lower: &str, at: usize) -> bool {
    let before = lower[..at].trim_end();
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    let opens = before.ends_with('(') || before.is_empty() || before.ends_with('|');
    let plain = matches!(
        word,
        "in" | "$" | "us$" | "€" | "£" | "¥" | "rmb" | "usd" | "dollars" | "expressed" | "eur" | "yen" | "u.s."
    );
    // "in millions of shares", and nothing that was counted before.
    let counted = lower[at..].split_whitespace().nth(1).is_some_and(|w| w == "of")
        && lower[at..].split_whitespace().nth(2).is_some_and(|w| w.starts_with("shares"));
    (opens || plain) && !counted
}

/// The currency that a caption names.
pub(super) fn currency(text: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &str)] = &[
        ("u.s. dollar", "USD"),
        ("us dollar", "USD"),
        ("us$", "USD"),
        ("canadian dollar", "CAD"),
        ("c$", "CAD"),
        ("nt$", "TWD"),
        ("hk$", "HKD"),
        ("euro", "EUR"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("pounds sterling", "GBP"),
        ("¥", "JPY"),
        ("japanese yen", "JPY"),
        ("yen in", "JPY"),
        ("renminbi", "CNY"),
        ("rmb", "CNY"),
        ("swiss franc", "CHF"),
        ("chf", "CHF"),
        ("$", "USD"),
        ("dollars", "USD"),
        ("usd", "USD"),
    ];
    // A sentence about currencies is no caption.
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let found = WORDS.iter().filter_map(|(word, code)| {
        let at = lower.find(word)?;
        // "$5" is an amount.
        let amount = lower[at + word.len()..].starts_with(|c: char| c.is_ascii_digit());
        let inside = word.len() < 5 && at > 0 && lower[..at].ends_with(char::is_alphabetic);
        (!amount && !inside).then_some((*word, *code))
    });
    found.map(|(_, code)| code).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales() {
        let power = |text: &str| scale(text).map(|(power, a, b)| (power, text[a..b].to_string()));
        let one = |p: i32, words: &str| Some((p, words.to_string()));
        assert_eq!(power("(In millions, except per share amounts)"), one(6, "millions"));
        assert_eq!(power("(Dollars in thousands)"), one(3, "thousands"));
        assert_eq!(power("(Millions of dollars)"), one(6, "Millions"));
        assert_eq!(power("($000s)"), one(3, "$000s"));
        assert_eq!(power("in millions, except shares, which are reflected in thousands"), one(6, "millions"));
        assert_eq!(power("Revenue rose by $4.5 million in 2024"), None);
        assert_eq!(power("We serve a million customers"), None);
        assert_eq!(power("(in millions of shares)"), None);
    }

    #[test]
    fn lines_above() {
        let text = "The three months ended June 30, 2023 were good. They were.\nTIDE CORP\n(in thousands)\nYear Ended December 31,\n| 2024";
        let caption = Caption::above(text, text.find("| 2024").unwrap_or(0));
        assert_eq!(caption.scale.map(|s| s.0), Some(3));
        assert_eq!((caption.head.day, caption.head.year), (Some((12, 31)), None));
        let two = "For the three and six months ended June 30, 2023 (in millions):\n| x";
        let caption = Caption::above(two, two.find("| x").unwrap_or(0));
        assert_eq!((caption.scale.map(|s| s.0), caption.head.length), (Some(6), None));
        assert_eq!(currency("(€ in millions)"), Some("EUR"));
        assert_eq!(currency("($ in millions)"), Some("USD"));
        assert_eq!(currency("It cost $5"), None);
    }
}
