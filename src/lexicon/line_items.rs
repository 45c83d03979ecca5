//! Line items: what the rows of financial statements measure.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Files, LexiconError};
use crate::model::{Direction, Metric};

const FILE: &str = "line_items.toml";

/// What a row of a statement measures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    metric: Option<Metric>,
    labels: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    signed: bool,
    #[serde(default)]
    instant: bool,
    #[serde(default)]
    per_share: bool,
    #[serde(default)]
    percent: bool,
    direction: Option<Direction>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemFile {
    item: Vec<Entry>,
}

/// A line of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineItem {
    /// What it measures.
    pub metric: Metric,
    /// An amount in parentheses is below zero.
    pub signed: bool,
    /// It holds at a day.
    pub instant: bool,
    /// An amount for each share: never scaled.
    pub per_share: bool,
    /// Only percentages.
    pub percent: bool,
    /// What the amount does to what the metric names.
    pub direction: Direction,
}

/// The lines that are known.
#[derive(Debug, Default)]
pub struct LineItems {
    entries: Vec<(LineItem, Vec<String>)>,
    /// Whole labels.
    exact: HashMap<String, Vec<u16>>,
    /// How labels begin that may go on.
    begins: HashMap<String, Vec<u16>>,
    /// Words of the longest beginning.
    longest: usize,
}

/// Words that a label may begin with besides its name.
const LEADS: &[&str] =
    &["total", "consolidated", "less", "plus", "add", "the", "our", "reported", "gaap", "cash", "worldwide"];

/// Words that it may end with.
const TAILS: &[&str] =
    &["net", "gaap", "total", "as reported", "unaudited", "in millions", "in thousands", "and other"];

impl LineItems {
    pub(super) fn load(files: &Files) -> Result<Self, LexiconError> {
        let file: ItemFile = files.toml(FILE)?;
        let mut out = Self::default();
        for entry in file.item {
            let place = u16::try_from(out.entries.len()).map_err(|_| LexiconError::form(FILE, "too many items"))?;
            let Some(metric) = entry.metric else { return Err(LexiconError::form(FILE, "an item has no metric")) };
            for label in &entry.labels {
                let name = normal(label.trim_end_matches('*'));
                if name.is_empty() {
                    return Err(LexiconError::form(FILE, format!("{label:?} is empty")));
                }
                let map = if label.ends_with('*') { &mut out.begins } else { &mut out.exact };
                out.longest = out.longest.max(name.split(' ').count());
                let places = map.entry(name).or_default();
                if places.contains(&place) {
                    return Err(LexiconError::form(FILE, format!("{label:?} stands twice")));
                }
                places.push(place);
            }
            let item = LineItem {
                metric,
                signed: entry.signed,
                instant: entry.instant,
                per_share: entry.per_share,
                percent: entry.percent,
                direction: entry.direction.unwrap_or(Direction::None),
            };
            out.entries.push((item, entry.unless.iter().map(|w| format!(" {} ", normal(w))).collect()));
        }
        Ok(out)
    }

    /// What a row's label names: one line, or two where a percentage of the
    /// same name is another.
    pub fn find(&self, label: &str) -> Vec<LineItem> {
        let whole = normal(label);
        let mut name = whole.as_str();
        loop {
            let found = self.named(name);
            if !found.is_empty() {
                return found;
            }
            let shorter = LEADS.iter().find_map(|w| name.strip_prefix(w)?.strip_prefix(' '));
            let shorter = shorter.or_else(|| TAILS.iter().find_map(|w| name.strip_suffix(w)?.strip_suffix(' ')));
            // "share1": the number of a footnote.
            let noted = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let noted = (noted.len() < name.len() && noted.ends_with(char::is_alphabetic)).then_some(noted);
            match shorter.or(noted) {
                Some(rest) => name = rest,
                None => return Vec::new(),
            }
        }
    }

    fn named(&self, name: &str) -> Vec<LineItem> {
        let mut places: Vec<u16> = self.exact.get(name).cloned().unwrap_or_default();
        let ends = name.match_indices(' ').map(|(at, _)| at).chain([name.len()]).take(self.longest);
        places.extend(ends.filter_map(|end| self.begins.get(&name[..end])).flatten());
        let padded = format!(" {name} ");
        places.dedup();
        let allowed = |unless: &[String]| unless.iter().all(|w| !padded.contains(w.as_str()));
        places
            .iter()
            .filter_map(|p| self.entries.get(usize::from(*p)))
            .filter(|(_, unless)| allowed(unless))
            .map(|(item, _)| *item)
            .collect()
    }
}

/// A label as it is compared: lower case, no brackets, only words.
pub fn normal(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let mut depth = 0_usize;
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '\'' | '’' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if !out.ends_with(' ') && !out.is_empty() => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics(label: &str) -> Vec<Metric> {
        let items = LineItems::load(&Files::embedded()).expect("the shipped list is of its form");
        items.find(label).iter().map(|i| i.metric).collect()
    }

    #[test]
    fn labels_are_told_as_a_whole() {
        assert_eq!(metrics("Purchases of property and equipment, net (1)"), [Metric::Capex]);
        assert_eq!(metrics("Net cash provided by (used in) operating activities"), [Metric::Other]);
        assert_eq!(metrics("Total net revenues"), [Metric::Revenue]);
        assert_eq!(metrics("Net income (loss) attributable to Tide Mills"), [Metric::NetIncome]);
        assert_eq!(metrics("Diluted earnings per share"), [Metric::EarningsPerShare]);
        assert_eq!(metrics("Earnings per share1"), [Metric::EarningsPerShare]);
        assert_eq!(metrics("Gross margin"), [Metric::Other, Metric::Margin]);
        assert_eq!(metrics("Repurchases of Class A common stock"), [Metric::Buybacks]);
    }

    #[test]
    fn what_only_looks_alike_is_none() {
        for label in [
            "Property and equipment, net",
            "Purchases of property and equipment in accounts payable",
            "Property and equipment acquired under finance leases",
            "Deferred revenue",
            "Cost of product revenue growth",
            "Purchases of marketable securities",
            "Net income per share: number of shares",
            "Dividends receivable",
            "Taxes paid for repurchases of common stock",
            "",
            "(1)",
        ] {
            assert_eq!(metrics(label), [], "{label}");
        }
    }
}
