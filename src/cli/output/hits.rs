//! Hits: what a search found, each with its sentence and the figure marked.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::cells;
use super::escape::escape_line;
use super::record::Record;
use crate::index::places_of;
use crate::model::{Document, Span};

/// Colour and room.
#[derive(Clone, Copy, Debug)]
pub struct Ink {
    /// Marks are bold and underlined; otherwise set in «».
    pub colour: bool,
    /// Columns.
    pub width: usize,
}

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'s> {
    /// What was found.
    pub record: &'s Record,
    /// Its document.
    pub document: &'s Document,
    /// The words and phrases looked for, as stems.
    pub wanted: &'s [Vec<String>],
}

impl Ink {
    /// The lines of one hit: facts, sentence, source.
    pub fn entry(self, shown: &Shown<'_>) -> String {
        let document = shown.document;
        let mut lines = Vec::new();
        match shown.record {
            Record::Claim(claim) => {
                let facts = [
                    self.bold(&escape_line(&claim.figure_text)),
                    claim.metric.map(|m| m.as_str().replace('_', " ")).unwrap_or_default(),
                    cells::direction(claim.direction).to_string(),
                    escape_line(&cells::subjects(&claim.subjects)),
                    escape_line(&cells::period(claim.period.as_ref())),
                    claim.status.as_str().to_string(),
                ];
                lines.push(facts.into_iter().filter(|f| !f.is_empty()).collect::<Vec<_>>().join(" · "));
                lines.push(self.sentence(
                    &claim.quote,
                    inside(&document.text, claim.quote_start, &claim.quote, claim.byte_start, claim.byte_end),
                ));
            }
            Record::Rotation(rotation) => {
                let side =
                    |list: &[_]| if list.is_empty() { "?".to_string() } else { escape_line(&cells::subjects(list)) };
                let arrow = format!("{} → {}", self.bold(&side(&rotation.from)), self.bold(&side(&rotation.to)));
                let facts = [
                    arrow,
                    escape_line(&cells::period(rotation.period.as_ref())),
                    rotation.status.as_str().to_string(),
                ];
                lines.push(facts.into_iter().filter(|f| !f.is_empty()).collect::<Vec<_>>().join(" · "));
                let mark = inside(
                    &document.text,
                    rotation.quote_start,
                    &rotation.quote,
                    rotation.byte_start,
                    rotation.byte_end,
                );
                lines.push(self.sentence(&rotation.quote, mark));
            }
            Record::Document(document) => {
                lines.push(self.bold(&escape_line(document.title.as_deref().unwrap_or(&document.doc_id))));
                let (passage, mark) = passage(&document.text, shown.wanted);
                lines.push(self.sentence(passage, mark));
            }
            Record::Mention(mention) => lines.push(escape_line(&mention.surface)),
            Record::Fact(fact) => lines.push(escape_line(&fact.concept)),
        }
        let date = document.published.as_deref().map(|p| p.chars().take(10).collect::<String>());
        let title = if matches!(shown.record, Record::Document(_)) { None } else { document.title.as_deref() };
        let id = match shown.record {
            Record::Claim(claim) => Some(format!("claim {}", claim.claim_id)),
            Record::Rotation(rotation) => Some(format!("rotation {}", rotation.rotation_id)),
            Record::Document(_) | Record::Mention(_) | Record::Fact(_) => None,
        };
        let source = [
            document.outlet.as_deref(),
            date.as_deref().or(Some("undated")),
            title,
            id.as_deref(),
            document.canonical_url.as_deref().or(document.url.as_deref()),
        ];
        let source: Vec<String> = source.into_iter().flatten().map(escape_line).collect();
        lines.push(wrap(&source.join(", "), self.width, "    "));
        lines.join("\n")
    }

    /// The sentence, wrapped, with a range of its bytes marked.
    pub fn sentence(self, text: &str, mark: Option<Range<usize>>) -> String {
        let mark = mark.filter(|m| text.get(m.clone()).is_some_and(|t| !t.is_empty()));
        let Some(mark) = mark else { return wrap(&escape_line(text), self.width, "  ") };
        // Marked by private characters of no width while lines are broken.
        let marked = format!(
            "{}\u{E000}{}\u{E001}{}",
            escape_line(&text[..mark.start]),
            escape_line(&text[mark.clone()]),
            escape_line(&text[mark.end..])
        );
        let wrapped = wrap(&marked, self.width, "  ");
        if self.colour {
            wrapped.replace('\u{E000}', "\u{1b}[1;4m").replace('\u{E001}', "\u{1b}[0m")
        } else {
            wrapped.replace('\u{E000}', "«").replace('\u{E001}', "»")
        }
    }

    fn bold(self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_string() }
    }
}

/// Bytes of a figure within its quote.
fn inside(text: &str, quote_start: usize, quote: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let quote_byte = text.char_indices().nth(quote_start).map_or(text.len(), |(i, _)| i);
    let range = start.checked_sub(quote_byte)?..end.checked_sub(quote_byte)?;
    (quote.get(range.clone())? == Span::new(start, end).of(text)).then_some(range)
}

/// The first line of a text that holds something looked for, cut to a
/// readable length, and the bytes to mark in it.
fn passage<'t>(text: &'t str, wanted: &[Vec<String>]) -> (&'t str, Option<Range<usize>>) {
    const LONGEST: usize = 300;
    for line in text.lines() {
        let words = places_of(line);
        let hit = wanted.iter().find_map(|phrase| {
            let at =
                words.windows(phrase.len().max(1)).position(|w| w.iter().map(|(word, _)| word).eq(phrase.iter()))?;
            Some(words[at].1.start..words[at + phrase.len() - 1].1.end)
        });
        if let Some(hit) = hit {
            let from = floor(line, hit.start.saturating_sub(LONGEST / 2));
            let from =
                if from == 0 { 0 } else { line[from..].find(' ').map_or(from, |i| (from + i + 1).min(hit.start)) };
            let to = floor(line, (from + LONGEST).max(hit.end).min(line.len()));
            return (&line[from..to], Some(hit.start - from..hit.end - from));
        }
    }
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    (&first[..floor(first, LONGEST.min(first.len()))], None)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// Breaks a text at spaces into lines of at most `width` columns, indented.
pub fn wrap(text: &str, width: usize, indent: &str) -> String {
    let room = width.saturating_sub(indent.len() + 2).max(20);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let columns = |w: &str| {
        w.chars()
            .map(|c| if ('\u{E000}'..='\u{E001}').contains(&c) { 1 } else { c.width().unwrap_or(0) })
            .sum::<usize>()
    };
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let mut word = word;
        if used > 0 && used + 1 + columns(word) > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        // A word longer than a line is cut.
        while columns(word) > room {
            let cut = word.char_indices().nth(room).map_or(word.len(), |(i, _)| i);
            lines.push(word[..cut].to_string());
            word = &word[cut..];
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += columns(word);
    }
    lines.push(line);
    lines.iter().map(|l| format!("{indent}{l}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_figure_and_wraps() {
        let ink = Ink { colour: false, width: 40 };
        let text = "Microsoft said it would spend $80 billion this year on servers.";
        let shown = ink.sentence(text, Some(30..41));
        assert_eq!(shown, "  Microsoft said it would spend «$80\n  billion» this year on servers.");
        let shown = Ink { colour: true, width: 80 }.sentence("up \u{1b}[2J5%", Some(7..9));
        assert_eq!(shown, "  up \\u{1b}[2J\u{1b}[1;4m5%\u{1b}[0m");
        assert!(ink.sentence("x", Some(3..9)).ends_with("  x"));
    }

    #[test]
    fn finds_the_passage() {
        let text = "Heading\nShares of chip makers rallied after the report, é.\nMore.";
        let (line, mark) = passage(text, &[vec!["ralli".into()]]);
        assert_eq!(mark.map(|m| &line[m]), Some("rallied"));
        assert_eq!(passage(text, &[]).0, "Heading");
        let long = format!("{} rallied {}", "é ".repeat(400), "ü ".repeat(400));
        let (line, mark) = passage(&long, &[vec!["ralli".into()]]);
        assert_eq!(mark.map(|m| &line[m]), Some("rallied"));
        assert!(line.len() <= 310);
    }
}
