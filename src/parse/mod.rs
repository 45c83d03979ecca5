//! What does the page say? Bytes → main text and metadata; text → sentences.
//!
//! Pure: no network, no files, no clock. Parsing never fails on content: what
//! could not be understood is said in [`Document::diagnostics`].

mod charset;
mod compose;
mod dates;
mod filing;
mod format;
mod front;
mod gzip;
mod html;
mod identity;
mod jsonl;
mod kind;
mod language;
mod limits;
mod markdown;
mod page;
mod plain;
mod prescan;
mod references;
mod sentences;
mod source_text;
mod xbrl;

pub use jsonl::{LineError, jsonl_line};
pub use limits::Limits;
pub use sentences::segment;
pub use xbrl::{Ask, Facts, distinct, facts};

use crate::model::{Document, Fact, Filing, Grid, Layout, Page, PublishedSource, Publishers, Span};

/// What is known of a page beside its bytes: a sidecar file, a feed entry, the
/// caller's options. Fills what the page itself does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Fixed document id (JSONL input).
    pub doc_id: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Publication date, RFC 3339 or `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Where `published` came from; a sidecar file unless said otherwise.
    pub published_source: Option<PublishedSource>,
    /// Publisher.
    pub outlet: Option<String>,
    /// What the envelope of a filing says.
    pub filing: Option<Filing>,
    /// What the bytes are, when the caller knows (`--from`).
    pub format: Option<Format>,
}

/// What the bytes of a page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// HTML or XHTML.
    Html,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A document of a filing, HTML or text.
    Filing,
}

/// Name of the encoding a page of HTML is read in; `header` is its
/// `content-type`.
pub fn charset_of(body: &[u8], header: Option<&str>) -> &'static str {
    charset::decode(body, header, true, None).encoding
}

/// Reads a page within the default limits.
pub fn document(page: &Page, hints: &Hints) -> Document {
    document_with(page, hints, &Limits::default())
}

/// Reads a page within the given limits.
pub fn document_with(page: &Page, hints: &Hints, limits: &Limits) -> Document {
    page::read(page, hints, &Publishers::default(), limits)
}

/// Reads a page within the default limits, by the rules of its publisher where
/// there are any.
pub fn document_by(page: &Page, hints: &Hints, publishers: &Publishers) -> Document {
    page::read(page, hints, publishers, &Limits::default())
}

/// A document, the numbers it tags, and where its text prints them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags {
    /// The document.
    pub document: Document,
    /// Its facts, with their places in the file.
    pub facts: Facts,
    /// Facts, by their place in the list, and their places in the document's
    /// text, in its order. Facts that are not shown have none.
    pub places: Vec<(usize, Span)>,
    /// Its tables.
    pub grid: Grid,
    /// What envelope and cover say of it.
    pub filing: Filing,
}

impl Tags {
    /// The document, and what its page tells beside the text; facts have their
    /// places in the file as given.
    pub fn parted(self) -> (Document, Layout) {
        let mut facts = self.facts.facts;
        // In a submission the places are those of the whole file.
        let offset = self.filing.offset;
        for place in facts.iter_mut().flat_map(|f| [&mut f.byte_start, &mut f.byte_end]).flatten() {
            *place += offset;
        }
        (self.document, Layout { filing: self.filing, grid: self.grid, facts, places: self.places })
    }

    /// The facts that a piece of the text prints: what a figure is tagged as.
    pub fn at(&self, span: Span) -> impl Iterator<Item = &Fact> {
        let first = self.places.partition_point(|(_, place)| place.end <= span.start);
        let covered = self.places[first..].iter().take_while(move |(_, place)| place.start < span.end);
        covered.filter_map(|(fact, _)| self.facts.facts.get(*fact))
    }
}

/// Reads a filing's page and its facts in one pass.
pub fn document_and_facts(page: &Page, hints: &Hints) -> Tags {
    document_and_facts_by(page, hints, &Publishers::default())
}

/// The same, with rules of publishers for pages that are no filings.
pub fn document_and_facts_by(page: &Page, hints: &Hints, publishers: &Publishers) -> Tags {
    page::read_with_facts(page, hints, publishers, &Limits::default())
}
