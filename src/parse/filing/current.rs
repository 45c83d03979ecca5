//! Current reports: their items have numbers of two parts, and any may stand.

use super::items;
use super::sections::Section;
use super::text::Text;
use crate::model::Span;
use crate::model::document::Found;

/// More lines that begin like an item than any report has.
const ITEMS_MAX: usize = 500;

/// The items of an 8-K that its text shows, and those that its header names
/// and the text does not.
pub(super) fn find(text: &Text, named: &[String]) -> Vec<Section> {
    const LONGEST: usize = 400;
    let mut lines: Vec<(String, String, Span)> = Vec::new();
    let mut at = 0;
    for line in text.text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        if span.len() > LONGEST || lines.len() >= ITEMS_MAX {
            continue;
        }
        let Some(begin) = items::begin(line.trim_end()) else { continue };
        // A sentence that speaks of an item goes on in small letters.
        if begin.number.contains('.') && !begin.title.starts_with(|c: char| c.is_lowercase()) {
            lines.push((begin.number, begin.title.trim_end_matches('.').to_string(), span));
        }
    }
    // Contents name every item before it stands: the one with text behind it counts.
    let behind = |at: usize| lines.get(at + 1).map_or(text.text.len(), |(.., next)| next.start) - lines[at].2.end;
    let mut chosen: Vec<usize> = Vec::new();
    for at in 0..lines.len() {
        match chosen.iter_mut().find(|c| lines[**c].0 == lines[at].0) {
            Some(other) if behind(at) > behind(*other) => *other = at,
            Some(_) => {}
            None => chosen.push(at),
        }
    }
    chosen.sort_unstable();
    let starts: Vec<&(String, String, Span)> = chosen.into_iter().map(|at| &lines[at]).collect();
    let mut out: Vec<Section> = Vec::new();
    for (index, (number, title, heading)) in starts.iter().enumerate() {
        let next = starts.get(index + 1).map(|next| next.2.start);
        let end = next.unwrap_or_else(|| super::sections::last_end(&text.text, heading.end));
        out.push(Section {
            part: None,
            number: number.clone(),
            title: title.clone(),
            found: Found::Heading,
            heading: Some(*heading),
            spans: vec![Span::new(heading.start, end)],
        });
    }
    for number in named.iter().filter(|n| !starts.iter().any(|(s, ..)| s == *n)) {
        out.push(Section {
            part: None,
            number: number.clone(),
            title: String::new(),
            found: Found::NotFound,
            heading: None,
            spans: Vec::new(),
        });
    }
    out
}
