//! One item → its document and what the document says.

use crate::extract::{self, Extraction};
use crate::lexicon::Lexicon;
use crate::model::{Document, PublishedSource, Publishers};
use crate::parse::{self, Format, Hints};
use crate::sources::{Form, Item, Known};

/// A document and what it says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Processed {
    /// The document.
    pub document: Document,
    /// Its claims, rotations and mentions.
    pub extraction: Extraction,
}

/// Reads an item, by the rules of its publisher where there are any, and extracts from it.
pub fn process(item: &Item, lexicon: &Lexicon) -> Processed {
    let read = parse::document_and_facts_by(&item.page, &hints(&item.known), lexicon.publishers());
    let (mut document, layout) = read.parted();
    complete(&mut document, &item.known);
    let extraction = extract::extract_with(&document, &parse::segment(&document.text), &layout, lexicon);
    if extraction.numbers_left > 0 {
        let left = extraction.numbers_left;
        document
            .diagnostics
            .push(format!("{left} numbers in rows of tables name no measure that is known and make no claim"));
    }
    Processed { document, extraction }
}

/// Reads an item, by the rules of its publisher where there are any.
pub fn read(item: &Item, publishers: &Publishers) -> Document {
    let mut document = parse::document_by(&item.page, &hints(&item.known), publishers);
    complete(&mut document, &item.known);
    document
}

fn hints(known: &Known) -> Hints {
    let format = known.form.map(|form| match form {
        Form::Html => Format::Html,
        Form::Text => Format::Text,
        Form::Markdown => Format::Markdown,
        Form::Filing => Format::Filing,
    });
    Hints {
        doc_id: known.id.clone(),
        url: known.url.clone(),
        title: known.title.clone(),
        published: known.published.clone(),
        outlet: known.outlet.clone(),
        filing: known.filing.clone(),
        format,
        ..Hints::default()
    }
}

/// Adds what the page does not say and the parser is not told.
fn complete(document: &mut Document, known: &Known) {
    if document.author.is_none() {
        document.author.clone_from(&known.author);
    }
    if document.source.is_none() {
        document.source.clone_from(&known.source);
    }
    if known.from_feed && document.published_source == Some(PublishedSource::Sidecar) {
        document.published_source = Some(PublishedSource::Feed);
    }
}
