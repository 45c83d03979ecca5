//! Which figures, and about what? Text → figures, entities, periods → bound
//! claims and rotations.
//!
//! Pure: no network, no files, no clock; the reference date is the document's.

mod bind;
mod emit;
mod figure;
mod figures;
mod number;
mod quantity;
mod view;

use crate::lexicon::Lexicon;
use crate::model::{Claim, Document, Mention, Rotation, Segmented};
use view::View;

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
    let view = View::new(text, lexicon);
    let mut out = Extraction::default();
    let emitter = emit::Emitter::new(document, text);
    let mut found = Vec::new();
    for sentence in &text.sentences {
        found.clear();
        figures::figures(&view, sentence, &|_| false, &mut found);
        for figure in &found {
            let bound = bind::Bound::new(figure);
            out.claims.push(emitter.claim(&view, sentence, figure, bound));
        }
    }
    out
}
