//! The list of references at the end of a text: "[3] Outlet – “Title”", then
//! address and date on lines of their own or on the same line.

use crate::model::Reference;

use super::dates::{Order, find};

/// Reads the reference list of a text; empty when there is none.
pub(crate) fn read(text: &str) -> Vec<Reference> {
    let mut out: Vec<Reference> = Vec::new();
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let start = at + (raw.len() - raw.trim_start().len());
        at += raw.len();
        let line = raw.trim();
        if line.is_empty() {
            continue;
        }
        let bare = line.strip_prefix("- ").unwrap_or(line);
        let begin = start + (line.len() - bare.len());
        if let Some((number, rest)) = numbered(bare) {
            // A list counts upwards; a jump back begins it anew.
            if out.last().is_some_and(|r| number <= r.number) {
                out.clear();
            }
            let mut entry = entry(number, rest);
            entry.byte_start = begin;
            entry.byte_end = start + line.len();
            out.push(entry);
        } else if let Some(last) = out.last_mut() {
            match detail(line) {
                Some(Detail::Url(url)) if last.url.is_none() => last.url = Some(url.to_string()),
                Some(Detail::Date(date)) if last.date.is_none() => last.date = date,
                _ => continue,
            }
            last.byte_end = start + line.len();
        }
    }
    let cited = out.iter().any(|r| r.url.is_some() || r.date.is_some());
    if out.len() >= 2 || cited { out } else { Vec::new() }
}

/// "[3] …" → its number and the rest.
fn numbered(line: &str) -> Option<(u32, &str)> {
    let (number, rest) = line.strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim_start_matches([':', '.']).trim();
    (!rest.is_empty() && number.len() <= 3).then(|| number.parse().ok()).flatten().map(|n| (n, rest))
}

enum Detail<'t> {
    Url(&'t str),
    Date(Option<String>),
}

/// "URL: …", "Date: …" or a bare address.
fn detail(line: &str) -> Option<Detail<'_>> {
    let lower = line.to_ascii_lowercase();
    for label in ["url:", "link:", "available at:", "http://", "https://"] {
        if lower.starts_with(label) {
            return address(line).map(Detail::Url);
        }
    }
    for label in ["date:", "published:", "accessed:", "datum:"] {
        if lower.starts_with(label) {
            return Some(Detail::Date(partial_date(&line[label.len()..])));
        }
    }
    None
}

fn address(text: &str) -> Option<&str> {
    let at = text.find("https://").or_else(|| text.find("http://"))?;
    text[at..]
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')'))
        .next()
        .map(|u| u.trim_end_matches(['.', ',', ';']))
}

/// Reads the rest of an entry's first line.
fn entry(number: u32, rest: &str) -> Reference {
    let url = address(rest);
    let mut words = rest;
    for label in ["URL:", "url:", "Link:", "https://", "http://"] {
        words = words.split(label).next().unwrap_or(words);
    }
    let (words, dated) = match words.split_once("Date:").or_else(|| rest.split_once("Date:").map(|(_, d)| (words, d))) {
        Some((before, date)) => (before, partial_date(date.split("URL:").next().unwrap_or(date))),
        None => (words, None),
    };
    let (outlet, title) = outlet_and_title(words.trim().trim_end_matches(['.', ',', '-', '–', '—', ' ', '(']));
    Reference { number, outlet, title, url: url.map(str::to_string), date: dated, byte_start: 0, byte_end: 0 }
}

/// "CNBC – “Title”" → outlet and title.
fn outlet_and_title(words: &str) -> (Option<String>, Option<String>) {
    const OPEN: [char; 4] = ['“', '"', '„', '«'];
    const CLOSE: [char; 4] = ['”', '"', '“', '»'];
    let some = |t: &str| {
        let t = t.trim().trim_matches(|c: char| matches!(c, '-' | '–' | '—' | ':' | ',' | '|')).trim();
        (!t.is_empty()).then(|| t.to_string())
    };
    if let Some(open) = words.find(OPEN) {
        let after = &words[open..];
        let inner = &after[after.chars().next().map_or(0, char::len_utf8)..];
        if let Some(close) = inner.rfind(CLOSE) {
            let outside = some(&words[..open]).or_else(|| some(&inner[close..].chars().skip(1).collect::<String>()));
            return (outside, some(&inner[..close]));
        }
    }
    for dash in [" – ", " — ", " - ", " | ", ": "] {
        if let Some((outlet, title)) = words.split_once(dash).filter(|(o, _)| o.split_whitespace().count() <= 6) {
            return (some(outlet), some(title));
        }
    }
    (None, some(words))
}

/// "February 6, 2026" → day, "February 2026" → month, "2026" → year.
fn partial_date(text: &str) -> Option<String> {
    if let Some(found) = find(text, Order::MonthFirst).into_iter().next() {
        return Some(found.stamp.text());
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let year = words.iter().find(|w| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()))?;
    // A month is a date with an unknown day: read it with the first.
    let month = words.iter().find_map(|w| find(&format!("1 {w} {year}"), Order::DayFirst).into_iter().next());
    match month {
        Some(found) => found.stamp.text().get(..7).map(str::to_string),
        None => Some((*year).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_over_lines() {
        let text = "Fees rose [1][2].\n[0] Tide Database\n[1] Tide Ledger - “Harbor fees ‘climb’ 4%”\nURL: https://x.example/a\nDate: February 6, 2026\n[2] Kiel Post – \"Yard cuts\"\nURL: https://x.example/b\nDate: February 2026\nAbout us: a ledger.\n";
        let list = read(text);
        assert_eq!(list.len(), 3);
        assert_eq!(
            (list[0].number, list[0].title.as_deref(), list[0].outlet.as_deref()),
            (0, Some("Tide Database"), None)
        );
        assert_eq!(list[1].outlet.as_deref(), Some("Tide Ledger"));
        assert_eq!(list[1].title.as_deref(), Some("Harbor fees ‘climb’ 4%"));
        assert_eq!(
            (list[1].url.as_deref(), list[1].date.as_deref()),
            (Some("https://x.example/a"), Some("2026-02-06"))
        );
        assert_eq!(
            (list[2].date.as_deref(), &text[list[2].byte_start..list[2].byte_end]),
            (Some("2026-02"), "[2] Kiel Post – \"Yard cuts\"\nURL: https://x.example/b\nDate: February 2026")
        );
    }

    #[test]
    fn reads_lists_in_one_line_each() {
        let list = read(
            "- [1] Tide Ledger – “Fees” URL: https://x.example/a Date: 2026\n- [2] Kiel Post: Yard cuts. https://x.example/b.\n",
        );
        assert_eq!(
            (list[0].outlet.as_deref(), list[0].title.as_deref(), list[0].date.as_deref()),
            (Some("Tide Ledger"), Some("Fees"), Some("2026"))
        );
        assert_eq!(
            (list[1].outlet.as_deref(), list[1].title.as_deref(), list[1].url.as_deref()),
            (Some("Kiel Post"), Some("Yard cuts"), Some("https://x.example/b"))
        );
    }

    #[test]
    fn citations_in_the_text_are_no_list() {
        assert!(read("[1] is cited here once.\nThe fees rose [2].\n[ab] no number\n").is_empty());
    }
}
