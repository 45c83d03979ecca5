//! Heads: what the words above a column say: which time, a change, a part.

use jiff::ToSpan;
use jiff::civil::Date;

use super::when::{Length, When};
use crate::extract::calendar::month_number;
use crate::model::Period;

/// What a column or a caption says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Head {
    /// How long the time is.
    pub length: Option<Length>,
    /// Month and day it ends on.
    pub day: Option<(i8, i8)>,
    /// Year, as printed; of several the last.
    pub year: Option<i16>,
    /// Quarter by number.
    pub quarter: Option<i8>,
    /// The year is a fiscal one.
    pub fiscal: bool,
    /// "As of": a day.
    pub instant: bool,
    /// A comparison of two columns.
    pub change: bool,
    /// With the quarter before.
    pub sequential: bool,
    /// A share of a whole: "% of revenue".
    pub share: bool,
    /// What is expected.
    pub outlook: bool,
    /// Words that name a part or another measure.
    pub part: bool,
    /// "Total", "Consolidated".
    pub whole: bool,
    /// Several years: no single time.
    pub several: bool,
}

/// Words that say nothing of which part a column is.
const PLAIN: &[&str] = &[
    "as",
    "of",
    "at",
    "in",
    "on",
    "the",
    "and",
    "or",
    "for",
    "to",
    "by",
    "reported",
    "actual",
    "unaudited",
    "audited",
    "amount",
    "amounts",
    "dollars",
    "dollar",
    "millions",
    "thousands",
    "billions",
    "except",
    "per",
    "share",
    "data",
    "usd",
    "us",
    "u",
    "s",
    "note",
    "notes",
    "ended",
    "ending",
    "end",
    "period",
    "periods",
    "date",
    "through",
    "fiscal",
    "year",
    "years",
    "quarter",
    "quarters",
    "month",
    "months",
    "week",
    "weeks",
    "restated",
    "recast",
    "percentages",
    "percentage",
    "ratios",
    "and",
    "number",
    "numbers",
    "shares",
    "earnings",
    "which",
    "are",
    "reflected",
    "par",
    "value",
    "unless",
    "otherwise",
    "noted",
    "gaap",
    "results",
    "cash",
    "flows",
    "statements",
    "income",
    "statement",
    "operations",
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "operating",
    "metrics",
    "ratio",
    "headcount",
    "previously",
    "new",
    "inception",
    "selected",
    "financial",
    "summary",
    "information",
    "december",
    "dec",
];

impl Head {
    /// Reads the words of one cell or line.
    pub fn read(text: &str) -> Self {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '%' | '\'' | '’' | '/')))
            .filter(|w| !w.is_empty())
            .collect();
        let mut head = Self::default();
        let mut at = 0;
        while at < words.len() {
            at += head.word(&words, at);
        }
        head
    }

    /// Takes up the words at `at`; how many.
    fn word(&mut self, words: &[&str], at: usize) -> usize {
        let next = |n: usize| words.get(at + n).copied().unwrap_or("");
        let word = words[at];
        let unit = next(1);
        if let Some(count) = count(word) {
            let length = match unit {
                "month" | "months" => Some(Length::Months(count)),
                "week" | "weeks" => Some(Length::Weeks(count)),
                "quarters" => Some(Length::Months(3 * count)),
                _ => None,
            };
            if let Some(length) = length {
                self.length = Some(length);
                return 2;
            }
        }
        if let Some(quarter) = ordinal(word).filter(|_| unit == "quarter" || unit == "fiscal" && next(2) == "quarter") {
            (self.quarter, self.length) = (Some(quarter), Some(Length::Months(3)));
            return if unit == "quarter" { 2 } else { 3 };
        }
        if let Some((quarter, year)) = short_quarter(word) {
            (self.quarter, self.length) = (Some(quarter), Some(Length::Months(3)));
            if let Some(year) = year {
                self.set_year(year);
            }
            return 1;
        }
        match word {
            "quarter" | "quarters" if self.length.is_none() => self.length = Some(Length::Months(3)),
            "year" | "years" | "annual" | "annually"
                if self.length.is_none() && !matches!(unit, "over" | "to" | "ago") =>
            {
                self.length = Some(Length::Months(12));
            }
            "year" if unit == "to" && next(2) == "date" => {
                self.length = None;
                return 3;
            }
            "fiscal" | "fy" => {
                self.fiscal = true;
                self.length.get_or_insert(Length::Months(12));
                let short = unit.trim_start_matches(['\'', '’']);
                if word == "fy"
                    && short.len() == 2
                    && let Ok(year) = short.parse::<i16>()
                {
                    self.set_year(2000 + year);
                    return 2;
                }
            }
            "of" if at > 0 && words[at - 1] == "as" => self.instant = true,
            "at" if at == 0 => self.instant = true,
            "change" | "changes" | "growth" | "increase" | "decrease" | "variance" | "chg" | "difference" | "vs"
            | "versus" => {
                self.change = true;
            }
            "y/y" | "yoy" | "yr/yr" => self.change = true,
            "q/q" | "qoq" => (self.change, self.sequential) = (true, true),
            "%" | "percent" | "percentage" if unit == "of" => self.share = true,
            "%" => {}
            "outlook" | "guidance" | "forecast" | "forecasted" | "projected" | "expected" | "estimate"
            | "estimated" | "target" | "targets" | "low" | "high" => self.outlook = true,
            "total" | "consolidated" | "company" => self.whole = true,
            _ => return self.date(words, at),
        }
        1
    }

    /// A month with its day and year, a year, or other words.
    fn date(&mut self, words: &[&str], at: usize) -> usize {
        let word = words[at];
        let next = |n: usize| words.get(at + n).copied().unwrap_or("");
        if let Some(month) = month_number(word).filter(|_| word.chars().all(char::is_alphabetic)) {
            let day = next(1).parse::<i8>().ok().filter(|d| (1..=31).contains(d));
            if let Some(day) = day {
                self.day = Some((month, day));
                return 2;
            }
            if let Some(year) = year(next(1)) {
                self.day = Some((month, last_day(year, month)));
                self.set_year(year);
                return 2;
            }
            return 1;
        }
        if let Some(year) = year(word) {
            self.set_year(year);
            return 1;
        }
        if let Some(year) = word.strip_prefix("fy").and_then(|y| y.trim_start_matches(['\'', '’']).parse::<i16>().ok())
        {
            self.fiscal = true;
            self.length.get_or_insert(Length::Months(12));
            self.set_year(if year < 100 { 2000 + year } else { year });
            return 1;
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters > 1 && !PLAIN.contains(&word) {
            self.part = true;
        }
        1
    }

    fn set_year(&mut self, year: i16) {
        self.several |= self.year.is_some_and(|known| known != year);
        self.year = self.year.max(Some(year));
    }

    /// Whether it says anything of a time.
    pub fn is_time(&self) -> bool {
        self.length.is_some() || self.day.is_some() || self.year.is_some() || self.quarter.is_some()
    }

    /// Adds what stands above, or in the caption: what is not said here.
    pub fn under(&mut self, above: &Self) {
        self.length = self.length.or(above.length);
        self.day = self.day.or(above.day);
        self.quarter = self.quarter.or(above.quarter);
        if self.year.is_none() {
            (self.year, self.several) = (above.year, above.several);
        }
        self.fiscal |= above.fiscal;
        self.instant |= above.instant && self.length.is_none();
        self.outlook |= above.outlook;
    }

    /// What stands beside it in the same column, one row higher.
    pub fn above(&mut self, above: &Self) {
        self.under(above);
        self.change |= above.change;
        self.sequential |= above.sequential;
        self.share |= above.share;
        self.part |= above.part;
        self.whole |= above.whole;
    }
}

/// "three", "13".
fn count(word: &str) -> Option<i64> {
    const WORDS: &[(&str, i64)] = &[
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("twenty", 26),
        ("thirty", 39),
    ];
    WORDS
        .iter()
        .find(|(w, _)| *w == word)
        .map(|(_, n)| *n)
        .or_else(|| word.parse().ok().filter(|n| (1..=60).contains(n)))
}

fn ordinal(word: &str) -> Option<i8> {
    match word {
        "first" | "1st" => Some(1),
        "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        "fourth" | "4th" => Some(4),
        _ => None,
    }
}

/// "q3", "3q25", "q2'23", "4q2024".
fn short_quarter(word: &str) -> Option<(i8, Option<i16>)> {
    let digit = |c: u8| (b'1'..=b'4').contains(&c).then(|| (c - b'0') as i8);
    let bytes = word.as_bytes();
    let (quarter, rest) = match bytes {
        [b'q', n, ..] => (digit(*n)?, &word[2..]),
        [n, b'q', ..] => (digit(*n)?, &word[2..]),
        _ => return None,
    };
    let rest = rest.trim_start_matches(['\'', '’', '/']).trim_start_matches("fy");
    if rest.is_empty() {
        return Some((quarter, None));
    }
    let year: i16 = rest.parse().ok()?;
    match rest.len() {
        2 => Some((quarter, Some(2000 + year))),
        4 => Some((quarter, Some(year))),
        _ => None,
    }
}

fn year(word: &str) -> Option<i16> {
    let bare = word.strip_suffix(['e', 'f', 'a']).filter(|w| w.len() == 4).unwrap_or(word);
    (bare.len() == 4).then(|| bare.parse().ok()).flatten().filter(|y| (1950..=2100).contains(y))
}

/// The last day of a month.
pub(super) fn last_day(year: i16, month: i8) -> i8 {
    Date::new(year, month, 1).map_or(28, |d| d.last_of_month().day())
}

/// The day before a period of that length that ends on `end`, and one day on.
pub(super) fn first_day(length: Length, end: Date) -> Option<Date> {
    let months = |n: i64| end.tomorrow().ok()?.checked_sub(n.months()).ok();
    match length {
        Length::Weeks(n) => end.checked_sub((7 * n - 1).days()).ok(),
        // A year of whole weeks does not end with its month.
        Length::Months(n) if end != end.last_of_month() && matches!(n, 3 | 6 | 9 | 12) => {
            end.checked_sub((7 * (n / 3) * 13 - 1).days()).ok()
        }
        Length::Months(n) => months(n),
    }
}

/// A period with its days.
pub(super) fn period(when: When, norm: String, words: Option<String>) -> Period {
    Period {
        text: words,
        norm: Some(norm),
        start: Some(when.first.to_string()),
        end: Some(when.last.to_string()),
        inferred: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_columns() {
        let read = Head::read;
        let year = read("Year Ended December 31, 2024");
        assert_eq!((year.length, year.day, year.year), (Some(Length::Months(12)), Some((12, 31)), Some(2024)));
        assert!(!year.part && !year.instant);
        let half = read("Six Months Ended June 30,");
        assert_eq!((half.length, half.day, half.year), (Some(Length::Months(6)), Some((6, 30)), None));
        assert_eq!(read("13 Weeks Ended").length, Some(Length::Weeks(13)));
        assert_eq!(
            (read("Q4 FY25").quarter, read("Q4 FY25").year, read("Q4 FY25").fiscal),
            (Some(4), Some(2025), true)
        );
        assert_eq!((read("3Q24").quarter, read("3Q24").year), (Some(3), Some(2024)));
        assert!(read("As of March 29, 2025").instant);
        assert!(read("Q/Q").sequential && read("% Change").change && read("% of revenue").share);
        assert!(read("2024 vs. 2023").several);
    }

    #[test]
    fn parts_are_told_from_times() {
        assert!(Head::read("North America").part && Head::read("Level 2").part);
        assert!(!Head::read("(in millions, except per share data)").part);
        assert!(Head::read("Total").whole && !Head::read("Total").part);
        assert!(!Head::read("Thirteen weeks ended").part);
    }
}
