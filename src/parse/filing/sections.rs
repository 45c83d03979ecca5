//! Where each item of a filing stands: by its heading, or by the pages that its
//! entry in an index names. What is not found is said, not guessed.

use super::items::{self, Begin, FormItem};
use super::pages::{Pages, references};
use super::text::Text;
use crate::model::Span;
use crate::model::document::Found;

/// An item of the filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub part: Option<u8>,
    pub number: String,
    pub title: String,
    pub found: Found,
    /// Its heading.
    pub heading: Option<Span>,
    /// Its text, in one or more pieces.
    pub spans: Vec<Span>,
}

/// A line that may begin an item.
struct Candidate {
    /// Place of the item in the form.
    item: usize,
    line: Span,
    weight: u32,
}

/// More lines that begin like an item than any filing has.
const CANDIDATES_MAX: usize = 2000;

/// An entry of so few bytes that names pages is a reference to them.
const REFERENCE_MAX: usize = 2500;

/// Finds the items of a form.
pub(super) fn find(text: &Text, form: &str, pages: &Pages) -> Vec<Section> {
    let form = items::of_form(form);
    if form.is_empty() {
        return Vec::new();
    }
    let candidates = candidates(text, form);
    let chosen = choose(&candidates);
    let mut out = Vec::with_capacity(form.len());
    for (at, item) in form.iter().enumerate() {
        let mut section = Section {
            part: item.part,
            number: item.number.to_string(),
            title: item.title.to_string(),
            found: Found::NotFound,
            heading: None,
            spans: Vec::new(),
        };
        if let Some(own) = chosen.iter().position(|c| c.item == at) {
            let heading = chosen[own].line;
            let next = chosen.get(own + 1).map(|c| c.line.start);
            let end = next.unwrap_or_else(|| last_end(&text.text, heading.end));
            section.found = Found::Heading;
            section.heading = Some(heading);
            section.spans = vec![Span::new(heading.start, end)];
            refer(&mut section, &text.text, pages);
        }
        out.push(section);
    }
    // An item does not reach into what an index leads to.
    let led: Vec<usize> =
        out.iter().filter(|s| s.found == Found::CrossReference).flat_map(|s| &s.spans).map(|s| s.start).collect();
    for section in out.iter_mut().filter(|s| s.found == Found::Heading) {
        if let Some(span) = section.spans.first_mut() {
            span.end = led.iter().filter(|at| **at > span.start).copied().fold(span.end, usize::min);
        }
    }
    out
}

/// Follows an entry to the pages that it names.
fn refer(section: &mut Section, text: &str, pages: &Pages) {
    let Some(own) = section.spans.first().copied() else { return };
    let entry = own.of(text);
    if pages.is_empty() || own.len() > REFERENCE_MAX {
        return;
    }
    // Of prose only the first sentence says where the item is; an index is all places.
    let row = |l: &str| l.starts_with('|') && !references(l).is_empty();
    let index = entry.lines().all(|l| l.len() < 200) && entry.lines().any(row);
    let said = if index { entry } else { first_reference(own, section.heading, text) };
    let mut spans: Vec<Span> = references(said).into_iter().filter_map(|r| pages.span(r)).collect();
    spans.retain(|s| !s.contains(own));
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    if !merged.is_empty() {
        section.found = Found::CrossReference;
        section.spans = merged;
    }
}

/// The first sentence of an entry, where it says on which pages the item is;
/// a text of its own that mentions pages is no such entry.
fn first_reference(own: Span, heading: Option<Span>, text: &str) -> &str {
    const OWN_TEXT: usize = 1600;
    let body = text.get(heading.map_or(own.start, |h| h.end)..own.end).unwrap_or("").trim_start();
    if body.len() > OWN_TEXT {
        return "";
    }
    let first = &body[..body.find(". ").or_else(|| body.find('\n')).unwrap_or(body.len())];
    let says = ["appear", "included", "set forth", "presented", "contained", "refer to", "see "];
    // Pages of another document are not here.
    let elsewhere = ["annual report to", "report to shareholders", "proxy statement", "exhibit 13", "incorporated"];
    let lower = first.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    if has(&says) && !has(&elsewhere) { first } else { "" }
}

/// The end of the last item: signatures are none of it.
pub(super) fn last_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    let mut at = from;
    for line in rest.split_inclusive('\n') {
        let plain = line.trim().trim_start_matches("| ");
        if plain.len() < 40 && plain.get(..9).is_some_and(|w| w.eq_ignore_ascii_case("signature")) {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// All lines that may begin an item.
fn candidates(text: &Text, form: &[FormItem]) -> Vec<Candidate> {
    const LONGEST: usize = 300;
    let mut out: Vec<Candidate> = Vec::new();
    let mut part = None;
    let mut at = 0;
    for line in text.text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        let line = line.trim_end();
        if line.len() > LONGEST {
            continue;
        }
        if let Some(named) = part_heading(line) {
            part = Some(named);
        }
        let Some(begin) = items::begin(line) else { continue };
        if out.len() >= CANDIDATES_MAX {
            break;
        }
        let linked = text.links.binary_search_by_key(&span.start, |l| l.start).is_ok();
        let heading = text.headings.binary_search_by_key(&span.start, |(_, h)| h.start).is_ok();
        for (item, known) in form.iter().enumerate().filter(|(_, i)| i.number == begin.number) {
            let said = begin.part.or(part);
            let weight = weight(known, &begin, said, linked, heading, line);
            if weight > 0 {
                out.push(Candidate { item, line: span, weight });
            }
        }
    }
    reward_length(&mut out, text.text.len());
    out
}

/// A line that names a part and nothing else much.
fn part_heading(line: &str) -> Option<u8> {
    let plain = line.trim_start_matches(['|', ' ']);
    let rest = plain.get(..5).filter(|w| w.eq_ignore_ascii_case("part ")).map(|_| &plain[5..])?;
    let numeral = rest.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    match (numeral.to_ascii_uppercase().as_str(), line.len() < 60) {
        ("I", true) => Some(1),
        ("II", true) => Some(2),
        ("III", true) => Some(3),
        ("IV", true) => Some(4),
        _ => None,
    }
}

fn weight(item: &FormItem, begin: &Begin<'_>, part: Option<u8>, linked: bool, heading: bool, line: &str) -> u32 {
    let fits = item.fits(begin.title);
    if fits == 0 || item.part.is_some() && part.is_some() && item.part != part && fits < 2 {
        return 0;
    }
    let mut weight = match fits {
        2 => 40,
        _ => 12,
    };
    if heading {
        weight += 30;
    }
    if item.part.is_some() && item.part == part {
        weight += 10;
    }
    // Tables of contents: a link, a row that ends in a page number.
    let listed = line.starts_with('|') && line.ends_with(|c: char| c.is_ascii_digit());
    if linked || listed {
        weight = weight.min(6);
    }
    if line.to_ascii_lowercase().contains("continued)") {
        weight = weight.min(4);
    }
    weight
}

/// What is followed by text is more of a heading than what is followed by
/// another entry.
fn reward_length(candidates: &mut [Candidate], end: usize) {
    let starts: Vec<usize> = candidates.iter().map(|c| c.line.start).collect();
    for (at, candidate) in candidates.iter_mut().enumerate() {
        let next = starts[at + 1..].iter().find(|s| **s > candidate.line.start).copied().unwrap_or(end);
        if next - candidate.line.end > 400 {
            candidate.weight += 10;
        }
    }
}

/// The heaviest run of candidates in the order of the form, each item once; of
/// equal ones the earliest.
fn choose(candidates: &[Candidate]) -> Vec<&Candidate> {
    // best[i]: weight of the best run that ends with candidate i, and the one before it.
    let mut best: Vec<(u32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for (at, candidate) in candidates.iter().enumerate() {
        let mut found = (candidate.weight, None);
        for (before, earlier) in candidates[..at].iter().enumerate() {
            let weight = best[before].0 + candidate.weight;
            if earlier.item < candidate.item && earlier.line.start < candidate.line.start && weight > found.0 {
                found = (weight, Some(before));
            }
        }
        best.push(found);
    }
    let mut run = Vec::new();
    let mut at = best.iter().enumerate().rev().max_by_key(|(_, (weight, _))| *weight).map(|(at, _)| at);
    while let Some(index) = at {
        run.push(&candidates[index]);
        at = best[index].1;
    }
    run.reverse();
    run
}
