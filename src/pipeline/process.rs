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

/// Reads an item and extracts from it.
pub fn process(item: &Item, lexicon: &Lexicon) -> Processed {
    let document = read(item, lexicon.publishers());
    let extraction = extract::extract(&document, &parse::segment(&document.text), lexicon);
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
