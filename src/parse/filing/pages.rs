//! Pages: the numbers printed at their ends, so that "pages 46–159" leads to
//! the text.

use std::ops::RangeInclusive;

use crate::model::Span;

/// The end of a page in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// First byte of the next page.
    pub at: usize,
    /// The number that stood at its end and was taken off.
    pub number: Option<u32>,
}

/// The numbered pages of a text.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Number, and the page's text.
    pages: Vec<(u32, Span)>,
}

impl Pages {
    /// Reads the numbers at the ends of pages.
    pub fn read(text: &str, breaks: &[Break]) -> Self {
        let mut spans = Vec::new();
        let mut numbers: Vec<Vec<u32>> = Vec::new();
        let mut start = 0;
        let last = Break { at: text.len(), number: None };
        for page in breaks.iter().chain([&last]) {
            let span = Span::new(start, page.at);
            if span.of(text).trim().len() > 1 || page.number.is_some() {
                let mut found: Vec<u32> = page.number.into_iter().collect();
                found.extend(edge_numbers(span.of(text)));
                numbers.push(found);
                spans.push(span);
                start = page.at;
            }
        }
        // Numbers rise by one from page to page.
        let mut pages: Vec<(u32, Span)> = Vec::new();
        let mut last: Option<u32> = None;
        for (at, found) in numbers.iter().enumerate() {
            let follows = |n: u32| last.is_some_and(|l| n == l + 1 || n == l + 2);
            let is_followed = |n: u32| {
                numbers.iter().skip(at + 1).take(2).any(|next| next.iter().any(|m| *m == n + 1 || *m == n + 2))
            };
            let number = found.iter().copied().find(|n| follows(*n)).or_else(|| {
                // A new count begins only where the next page carries it on.
                found.iter().copied().find(|n| is_followed(*n) && last.is_none_or(|l| *n <= 2 || *n > l))
            });
            if let Some(number) = number {
                pages.push((number, spans[at]));
                last = Some(number);
            }
        }
        Self { pages }
    }

    /// The text of a run of pages. A page that prints no number lies between
    /// those that do.
    pub fn span(&self, numbers: RangeInclusive<u32>) -> Option<Span> {
        const UNNUMBERED: u32 = 4;
        let page = |n: u32| self.pages.iter().find(|(number, _)| *number == n).map(|(_, span)| *span);
        let (first, last) = (*numbers.start(), *numbers.end());
        let start = page(first)
            .map(|p| p.start)
            .or_else(|| (1..=UNNUMBERED.min(first)).find_map(|back| page(first - back)).map(|p| p.end))?;
        let end =
            page(last).map(|p| p.end).or_else(|| (1..=UNNUMBERED).find_map(|on| page(last + on)).map(|p| p.start))?;
        (start < end).then(|| Span::new(start, end))
    }

    /// Whether pages are numbered at all.
    pub fn is_empty(&self) -> bool {
        self.pages.len() < 3
    }
}

/// Numbers in the first and last lines of a page that are no part of its text.
fn edge_numbers(page: &str) -> Vec<u32> {
    const LONGEST: usize = 120;
    let short = |line: &&str| line.len() <= LONGEST && !line.trim().is_empty();
    let last = page.lines().rev().filter(|l| !l.trim().is_empty()).take(2).filter(short);
    let first = page.lines().filter(|l| !l.trim().is_empty()).take(2).filter(short);
    let mut found = Vec::new();
    for line in last.chain(first) {
        // Alone, or at either end of the line.
        let line = line.trim().trim_start_matches("| ");
        let words: Vec<&str> = line.split(|c: char| c.is_whitespace() || c == '|').filter(|w| !w.is_empty()).collect();
        for word in [words.last(), words.first()].into_iter().flatten() {
            let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
            let glued = word.find(|c: char| !c.is_ascii_digit()).map_or(*word, |end| &word[..end]);
            for digits in [digits, glued] {
                if (1..=4).contains(&digits.len())
                    && let Ok(number) = digits.parse()
                    && !found.contains(&number)
                {
                    found.push(number);
                }
            }
        }
    }
    found
}

/// The pages that words refer to: "pages 46–159", "Pages 5 - 6, 42 and 44".
pub(super) fn references(text: &str) -> Vec<RangeInclusive<u32>> {
    let mut found = Vec::new();
    let lower = text.to_lowercase();
    for (at, _) in lower.match_indices("page") {
        if lower[..at].ends_with(char::is_alphanumeric) {
            continue;
        }
        let behind = &lower[at + 4..];
        let behind = behind.strip_prefix('s').unwrap_or(behind);
        if !behind.starts_with(|c: char| c.is_whitespace() || c == '|') {
            continue;
        }
        list(behind, &mut found);
    }
    found
}

fn list(text: &str, found: &mut Vec<RangeInclusive<u32>>) {
    let mut open: Option<u32> = None;
    let mut dash = false;
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | ';'));
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let Ok(number) = rest[..digits].parse::<u32>() else { break };
            match open.take() {
                Some(first) if dash && first <= number && number - first < 2000 => found.push(first..=number),
                Some(first) => {
                    found.push(first..=first);
                    open = Some(number);
                }
                None => open = Some(number),
            }
            dash = false;
            rest = &rest[digits..];
        } else if let Some(behind) = rest.strip_prefix(['-', '–', '—', '‑', '−']) {
            dash = true;
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix("to ").or_else(|| rest.strip_prefix("through ")) {
            dash = true;
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix("and ") {
            rest = behind;
        } else {
            break;
        }
    }
    found.extend(open.map(|n| n..=n));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_references() {
        assert_eq!(references("appears on pages 46–159. See page 7"), [46..=159, 7..=7]);
        assert_eq!(references("Pages 5 - 6 , 42 - 44 , and 47 (a)"), [5..=6, 42..=44, 47..=47]);
        assert_eq!(references("pages 6 through 42 of this report"), [6..=42]);
        assert_eq!(references("a webpage 5 and pages without"), []);
    }

    #[test]
    fn pages_are_counted_from_their_edges() {
        let mut text = String::from("Cover\nof 2024\n");
        let mut breaks = vec![Break { at: text.len(), number: None }];
        for n in 1..=6 {
            text.push_str(&format!("Page body {n} tells of 9 things.\nTide Corp 2024 Form 10-K | {n}\n"));
            breaks.push(Break { at: text.len(), number: None });
        }
        let pages = Pages::read(&text, &breaks);
        let span = pages.span(2..=3).expect("pages");
        assert!(span.of(&text).starts_with("Page body 2") && span.of(&text).contains("Page body 3"));
        assert!(!span.of(&text).contains("body 4") && pages.span(5..=19).is_none());
    }
}
