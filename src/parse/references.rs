//! The list of references at the end of a text: "[3] Outlet – “Title”", then
//! address and date on lines of their own or on the same line.

use crate::model::Reference;

use super::dates::{Order, find};

/// Reads the reference list of a text; empty when there is none.
pub(crate) fn read(text: &str) -> Vec<Reference> {
    let mut out: Vec<Reference> = Vec::new();
    let mut at = 0;
    // Behind a heading that says so, items without a number of their own count too.
    let mut headed = false;
    for raw in text.split_inclusive('\n') {
        let start = at + (raw.len() - raw.trim_start().len());
        at += raw.len();
        let line = raw.trim();
        if line.is_empty() {
            continue;
        }
        let bare = line.strip_prefix("- ").unwrap_or(line);
        let begin = start + (line.len() - bare.len());
        if is_heading(line) {
            headed = true;
            continue;
        }
        let item = || headed.then(|| listed(line, out.last().map_or(1, |r| r.number + 1))).flatten();
        if let Some((number, rest)) = numbered(bare).or_else(item) {
            // A list counts upwards; a jump back begins it anew.
            if out.last().is_some_and(|r| number <= r.number) {
                out.clear();
            }
            let mut entry = entry(number, rest);
            entry.byte_start = begin;
            entry.byte_end = start + line.len();
            out.push(entry);
        } else if let Some(last) = out.last_mut() {
            headed &= detail(line).is_some();
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

/// "Sources", "## References": what follows is a list of them.
fn is_heading(line: &str) -> bool {
    let words = line.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    matches!(
        words.as_str(),
        "sources"
            | "references"
            | "footnotes"
            | "bibliography"
            | "works cited"
            | "sources and references"
            | "citations"
    )
}

/// "- Kiel Post – Yard cuts", "2. Kiel Post – Yard cuts" under such a heading.
fn listed(line: &str, next: u32) -> Option<(u32, &str)> {
    if let Some(rest) = ["- ", "* ", "• "].iter().find_map(|m| line.strip_prefix(m)) {
        return Some((next, rest.trim())).filter(|(_, r)| !r.is_empty());
    }
    let (number, rest) = line.split_once(". ").or_else(|| line.split_once(") "))?;
    (number.len() <= 3).then(|| number.parse().ok()).flatten().map(|n| (n, rest.trim()))
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
    let after = url.and_then(|u| rest.split_once(u)).map_or("", |(_, tail)| tail).trim();
    let dated = dated.or_else(|| (after.len() <= 60).then(|| partial_date(after)).flatten());
    const LOOSE: [char; 8] = ['.', ',', '-', '–', '—', ' ', '(', ';'];
    let words = words.trim().trim_end_matches(LOOSE);
    let (words, last) = dated_end(words);
    let (outlet, title) = outlet_and_title(words.trim_end_matches(LOOSE));
    Reference { number, outlet, title, url: url.map(str::to_string), date: dated.or(last), byte_start: 0, byte_end: 0 }
}

/// Takes a date off the end where a sign sets it apart: "Yard cuts, January 3,
/// 2026", "Yard cuts (2026-01-03)". "Fees as of January 3, 2026" is a title.
fn dated_end(words: &str) -> (&str, Option<String>) {
    let Some(last) = find(words, Order::MonthFirst).into_iter().last() else { return (words, None) };
    let (before, after) = (words[..last.span.start].trim_end(), words[last.span.end..].trim());
    let apart = before.ends_with([',', '(', '-', '–', '—', ';', '.', '”', '"', '|']) && !before.is_empty();
    if !apart || !matches!(after, "" | ")" | "." | ").") {
        return (words, None);
    }
    (before, Some(last.stamp.text()))
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
    fn reads_dates_without_a_label() {
        for line in [
            "[1] Tide Ledger – “Fees”, https://x.example/a.html, 2026-01-03",
            "[1] Tide Ledger – “Fees”, https://x.example/a.html, January 3, 2026",
            "[1] Tide Ledger – “Fees”, https://x.example/a.html (Jan. 3, 2026)",
            "[1] Tide Ledger – Fees, January 3, 2026, https://x.example/a.html",
            "[1] Tide Ledger – Fees (2026-01-03). https://x.example/a.html",
            "[1] Tide Ledger – “Fees,” Jan. 3, 2026. URL: https://x.example/a.html",
        ] {
            let list = read(line);
            let one = list.first().expect(line);
            assert_eq!(
                (one.outlet.as_deref(), one.title.as_deref().map(|t| t.trim_end_matches(',')), one.date.as_deref()),
                (Some("Tide Ledger"), Some("Fees"), Some("2026-01-03")),
                "{line}"
            );
            assert_eq!(one.url.as_deref(), Some("https://x.example/a.html"), "{line}");
        }
        let kept = read("[1] Tide Ledger – Fees as of January 3, 2026 https://x.example/a");
        assert_eq!((kept[0].title.as_deref(), kept[0].date.as_deref()), (Some("Fees as of January 3, 2026"), None));
    }

    #[test]
    fn reads_lists_under_a_heading() {
        let text = "Fees rose.\n- one\nSources\n- Tide Ledger – “Fees”, https://x.example/a, 2026-01-03\n- Kiel Post – “Yard cuts”, 2026-01-04\nAbout us.\n- two\n";
        let list = read(text);
        assert_eq!(list.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(
            (list[1].title.as_deref(), list[1].date.as_deref(), list[0].url.as_deref()),
            (Some("Yard cuts"), Some("2026-01-04"), Some("https://x.example/a"))
        );
        assert!(read("Our sources\n- a\n- b https://x.example\n").is_empty());
    }

    #[test]
    fn citations_in_the_text_are_no_list() {
        assert!(read("[1] is cited here once.\nThe fees rose [2].\n[ab] no number\n").is_empty());
    }
}
