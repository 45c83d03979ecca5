//! Which figures, and about what? Text → figures, entities, periods → bound
//! claims and rotations.
//!
//! Pure: no network, no files, no clock; the reference date is the document's.

pub mod entities;

use crate::lexicon::Lexicon;
use crate::model::{Claim, Document, Mention, Rotation, Segmented};

/// What a document says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// Its figures, in text order.
    pub claims: Vec<Claim>,
    /// Its rotation statements, in text order.
    pub rotations: Vec<Rotation>,
    /// Its named entities, in text order.
    pub mentions: Vec<Mention>,
}

/// Extracts everything from a document whose text is `text`.
pub fn extract(document: &Document, text: &Segmented<'_>, lexicon: &Lexicon) -> Extraction {
    let _ = (document, text, lexicon);
    Extraction::default()
}
