//! A filing's document → text with its tables, and the items it is made of.

mod columns;
mod cover;
mod current;
mod items;
mod normal;
mod pages;
mod plain;
mod row;
mod sections;
mod style;
mod text;

#[cfg(test)]
mod tests;

use super::compose::Composed;
use super::html::{Tok, Tokens, decode_references};
use super::xbrl::{FactReader, Open, Sink, walk};
use crate::model::document::{Found, ItemSection, Place};
use crate::model::{CharIndex, Filing, Grid, Span};
use normal::normal;
use pages::Pages;
use text::{Text, TextReader};

/// What a filing's document says.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// Its text.
    pub composed: Composed,
    /// Its items.
    pub items: Vec<ItemSection>,
    /// What its cover says of it, where there is no envelope.
    pub cover: Filing,
    /// What it tags.
    pub tagged: Option<Tagged>,
    /// Its tables.
    pub grid: Grid,
    /// What could not be done.
    pub diagnostics: Vec<String>,
}

/// The facts of a document that was read as text.
#[derive(Debug)]
pub(crate) struct Tagged {
    /// The facts, not resolved yet.
    pub reader: FactReader,
    /// Facts, by their place in the list, and where the text prints them.
    pub places: Vec<(usize, Span)>,
    /// Where the document begins in its wrapper.
    pub offset: usize,
}

/// Whether a page begins like a filing's document: inline XBRL, the wrapper of
/// a submission, or the cover of a form.
pub(crate) fn looks_like(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(32 << 10)]);
    let start = head.trim_start();
    start.starts_with("<DOCUMENT>")
        || start.starts_with("<SEC-DOCUMENT>")
        || ["/inlineXBRL\"", "/inlineXBRL'"].iter().any(|space| head.contains(space))
        || head.contains("SECURITIES AND EXCHANGE COMMISSION") && cover_form(&without_tags(&head)).is_some()
}

/// Reads a document; `filing` is what its envelope says.
pub(crate) fn read(text: &str, filing: Option<&Filing>) -> Read {
    let whole = text;
    let (text, wrapped) = body(text);
    let offset = text.as_ptr() as usize - whole.as_ptr() as usize;
    let mut diagnostics = Vec::new();
    let head = &text[..text.floor_char_boundary(4096)];
    let mut cover = Filing::default();
    let mut facts = None;
    let read = if head.contains("/inlineXBRL") || head.trim_start().starts_with("<?xml") {
        let mut both = Both::default();
        diagnostics.extend(walk(text, &mut both));
        cover = both.facts.cover();
        facts = Some(both.facts);
        both.text.finish()
    } else if is_markup(head) {
        pages_of_html(text)
    } else {
        plain::read(text)
    };
    let read = normal(read);
    let numbered = Pages::read(&read.text, &read.breaks);
    let kind = filing.and_then(|f| f.document_type.clone()).or_else(|| wrapped.clone());
    let exhibit = kind.as_deref().is_some_and(|k| k.starts_with("EX-"));
    let form = kind.filter(|_| !exhibit).or_else(|| filing.and_then(|f| f.form.clone()).filter(|_| !exhibit));
    let form = form.or_else(|| cover.form.clone()).or_else(|| cover_form(&read.text)).filter(|_| !exhibit);
    let sections = match form.as_deref().map(|f| f.strip_suffix("/A").unwrap_or(f)) {
        Some("8-K") => current::find(&read, filing.map_or(&[][..], |f| &f.items)),
        Some(form) => sections::find(&read, form, &numbered),
        None => Vec::new(),
    };
    let lost: Vec<&str> = sections.iter().filter(|s| s.found == Found::NotFound).map(|s| s.number.as_str()).collect();
    if !lost.is_empty() {
        diagnostics.push(format!("items not found: {}", lost.join(", ")));
    }
    let tagged = facts.map(|reader| Tagged { reader, places: read.places, offset });
    let mut headings = read.headings;
    for section in &sections {
        // The headings of the items stand above all others.
        if let Some(heading) = section.heading {
            headings.retain(|(_, h)| h.start != heading.start);
            headings.push((1, heading));
        }
    }
    headings.sort_by_key(|(_, h)| h.start);
    let items = places(&read.text, sections);
    let mut text = read.text;
    text.truncate(text.trim_end().len());
    headings.retain(|(_, h)| h.end <= text.len());
    if text.is_empty() {
        diagnostics.push("no text found".into());
    }
    if form.is_some() {
        cover.fill(&cover::read(&text));
    }
    cover.form = form;
    cover.document_type = wrapped;
    Read { composed: Composed::verbatim(text, headings), items, cover, tagged, grid: read.grid, diagnostics }
}

/// Text and tags of a page, read together.
#[derive(Debug, Default)]
struct Both {
    text: TextReader,
    facts: FactReader,
}

impl Sink for Both {
    fn open(&mut self, tag: &Open<'_>) {
        let before = self.facts.count();
        self.text.open(tag);
        self.facts.open(tag);
        if self.facts.count() > before && self.facts.is_shown_number(before) {
            self.text.fact_begins(before);
        }
    }

    fn close(&mut self, name: &str, at: usize) {
        self.facts.close(name, at);
        if let Some(fact) = self.facts.ended() {
            self.text.fact_ends(fact);
        }
        self.text.close(name, at);
    }

    fn text(&mut self, text: &str) {
        self.text.text(text);
        self.facts.text(text);
    }
}

/// The text between the wrapper's marks, where a single document is still in
/// it, and the type that the wrapper names.
fn body(text: &str) -> (&str, Option<String>) {
    let head = &text[..text.floor_char_boundary(4096)];
    let at = head.find("<TEXT>").filter(|_| head.trim_start().starts_with("<DOCUMENT>"));
    let Some(at) = at else { return (text, None) };
    let kind = head[..at].lines().find_map(|l| l.strip_prefix("<TYPE>")).map(|k| k.trim().to_string());
    let inner = &text[at + "<TEXT>".len()..];
    (inner.rfind("</TEXT>").map_or(inner, |end| &inner[..end]), kind)
}

fn is_markup(head: &str) -> bool {
    let lower = head.to_ascii_lowercase();
    ["<html", "<body", "<div", "<!doctype html", "<p>", "<p ", "<font"].iter().any(|mark| lower.contains(mark))
}

/// Pages that are no XML are read the way browsers do.
fn pages_of_html(html: &str) -> Text {
    let mut reader = TextReader::default();
    for tok in Tokens::new(html) {
        match tok {
            Tok::Open(tag) => {
                let closed = tag.closed;
                let name = tag.name;
                reader.open(&Open { name, attrs: tag.attributes(), end: 0 });
                if closed {
                    reader.close(name, 0);
                }
            }
            Tok::Close(name) => reader.close(name, 0),
            Tok::Text(text) => reader.text(&decode_references(text)),
            Tok::Raw(_) => {}
        }
    }
    reader.finish()
}

fn without_tags(html: &str) -> String {
    let mut inside = false;
    let plain = html.chars().filter(|c| {
        let tag = inside || *c == '<';
        inside = *c != '>' && tag;
        !tag
    });
    plain.collect()
}

/// The form that a cover names.
fn cover_form(text: &str) -> Option<String> {
    let head = &text[..text.floor_char_boundary(16 << 10)];
    const FORMS: &[&str] = &["10-K405", "10-KSB", "10-KT", "10-QT", "10-K", "10-Q", "8-K", "20-F", "40-F", "6-K"];
    let plain: String = head.chars().map(|c| if matches!(c, '‑' | '–' | '‐' | '−') { '-' } else { c }).collect();
    let upper = plain.to_ascii_uppercase().replace("&NBSP;", " ").replace("&#160;", " ").replace('\u{a0}', " ");
    let mut found = upper.match_indices("FORM ").filter_map(|(at, _)| {
        let behind = upper[at + 5..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '|' | ':'));
        FORMS.iter().find(|f| behind.starts_with(**f)).map(|f| (*f).to_string())
    });
    found.next()
}

/// Items with their places in bytes and code points.
fn places(text: &str, sections: Vec<sections::Section>) -> Vec<ItemSection> {
    let index = CharIndex::new(text);
    let place = |span: &Span| Place {
        char_start: index.chars(span.start),
        char_end: index.chars(span.end),
        byte_start: span.start,
        byte_end: span.end,
    };
    let end = text.trim_end().len();
    sections
        .into_iter()
        .map(|s| ItemSection {
            part: s.part,
            item: s.number,
            title: s.title,
            found: s.found,
            spans: s.spans.iter().map(|span| place(&Span::new(span.start, span.end.min(end)))).collect(),
        })
        .collect()
}
