//! Plain text: kept as it is, so that spans point into the file as given.

use crate::model::Span;

use super::compose::{Composed, nfc};
use super::dates::{Order, find, told_apart};
use super::front;

/// A plain text and what it says about itself.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    /// The text.
    pub composed: Composed,
    /// Its front matter, if it has one.
    pub front: front::Front,
    /// Its first line, where that looks like a title.
    pub title: Option<String>,
    /// The date of a dateline or a line that says when it was published.
    pub published: Option<String>,
}

/// Reads a plain text.
pub(crate) fn read(text: String) -> Plain {
    let text = nfc(text);
    let (front, body) = front::split(&text);
    let rest = &text[body..];
    let title = title(rest);
    let published = published(rest);
    let headings = headings(&text, body);
    Plain { composed: Composed::verbatim(text, headings), front, title, published }
}

/// Headings marked the Markdown way ("## Fees").
fn headings(text: &str, from: usize) -> Vec<(u8, Span)> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let marks = line.bytes().take_while(|b| *b == b'#').count();
        let words = line[marks..].trim();
        if start >= from && (1..=6).contains(&marks) && line[marks..].starts_with(' ') && !words.is_empty() {
            let begin = start + marks + (line[marks..].len() - line[marks..].trim_start().len());
            out.push((u8::try_from(marks).unwrap_or(6), Span::new(begin, begin + words.len())));
        }
    }
    out
}

/// The first line, when a blank line follows it and it is no sentence.
fn title(text: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|l| l.trim().is_empty());
    let first = lines.next()?.trim();
    let marked = first.starts_with("# ");
    let apart = lines.next().is_some_and(|l| l.trim().is_empty());
    let words = first.trim_start_matches('#').trim();
    let short = (3..=200).contains(&words.len()) && !words.ends_with(['.', ',', ';', ':']);
    (marked || (apart && short)).then(|| words.to_string())
}

/// A date near the top: on a line of its own, after "Published", in a dateline.
pub(crate) fn published(text: &str) -> Option<String> {
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()).take(10) {
        let head = &line[..line.floor_char_boundary(160)];
        let lower = head.to_lowercase();
        if let Some((published, _)) = told_apart(head, Order::MonthFirst) {
            return Some(published.text());
        }
        let found = find(head, Order::MonthFirst);
        let [date, ..] = found.as_slice() else { continue };
        let alone = line.len().saturating_sub(date.span.len()) <= 14 && found.len() == 1;
        let says = line.len() <= 120
            && ["published", "posted on", "veröffentlicht", "erstellt am", "date:", "datum:"]
                .iter()
                .any(|w| lower.contains(w));
        let after = &head[date.span.end..];
        let wire = ["/PRNewswire", "(BUSINESS WIRE)", "(GLOBE NEWSWIRE)", "(Newsfile", "(ACCESSWIRE)", "/CNW/"]
            .iter()
            .any(|w| after.contains(w) || head.contains(w));
        if alone || says || (wire && date.span.start < 100) {
            return Some(date.stamp.text());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_byte() {
        let source = "Harbor fees climb 4%\n\nKIEL, Feb. 6, 2026 /PRNewswire/ -- The harbor\r\n  raised them.\n\n## Outlook\n\n\ttail \n";
        let plain = read(source.to_string());
        assert_eq!(plain.composed.text, source);
        assert_eq!(plain.title.as_deref(), Some("Harbor fees climb 4%"));
        assert_eq!(plain.published.as_deref(), Some("2026-02-06"));
        let section = &plain.composed.sections()[0];
        assert_eq!(&source[section.byte_start..section.byte_end], "Outlook");
    }

    #[test]
    fn text_dates_are_no_publication_dates() {
        assert_eq!(published("The fees rose on February 6, 2026 and again.\n"), None);
        assert_eq!(
            published("Updated March 10, 2026, first published January 3, 2026\n").as_deref(),
            Some("2026-01-03")
        );
        assert_eq!(published("Intro\nPublished: 6 February 2026\n").as_deref(), Some("2026-02-06"));
    }
}
