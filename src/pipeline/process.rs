//! One item → its document and what the document says.

use crate::extract::{self, Extraction};
use crate::lexicon::Lexicon;
use crate::model::{Document, PublishedSource};
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

/// Reads an item; with a lexicon, also extracts from it.
pub fn process(item: &Item, lexicon: Option<&Lexicon>) -> Processed {
    let (mut document, layout) = parse::document_and_facts(&item.page, &hints(&item.known)).parted();
    complete(&mut document, &item.known);
    let extraction = match lexicon {
        Some(lexicon) => extract::extract_with(&document, &parse::segment(&document.text), &layout, lexicon),
        None => Extraction::default(),
    };
    if extraction.numbers_left > 0 {
        let left = extraction.numbers_left;
        document
            .diagnostics
            .push(format!("{left} numbers in rows of tables name no measure that is known and make no claim"));
    }
    Processed { document, extraction }
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
