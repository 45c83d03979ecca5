//! Which figures, and about what? Text → figures, entities, periods → bound
//! claims and rotations.
//!
//! Pure: no network, no files, no clock; the reference date is the document's.

mod bare;
mod bind;
mod calendar;
mod emit;
mod figure;
mod figures;
mod number;
mod period;
mod quantity;
mod view;

use crate::lexicon::Lexicon;
use crate::model::{Claim, Document, Mention, Rotation, Segmented};
use bind::{Memory, Name, Scene};
use calendar::Reference;
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
    let reference = Reference::parse(document.published.as_deref());
    let mut out = Extraction::default();
    let emitter = emit::Emitter::new(document, text);
    let names: Vec<Name> = Vec::new();
    let mut memory = Memory::default();
    let mut figures = Vec::new();
    for sentence in &text.sentences {
        let from = names.partition_point(|n| n.first < sentence.first);
        let to = names.partition_point(|n| n.first < sentence.end);
        let here = &names[from..to];
        figures.clear();
        figures::figures(&view, sentence, &|at| here.iter().any(|n| n.first <= at && at < n.end), &mut figures);
        let numbers = (sentence.first..sentence.end).any(|at| view.is_number(at));
        let times = if numbers || !figures.is_empty() { period::times(&view, reference, sentence.first, sentence.end) } else { Vec::new() };
        if numbers {
            bare::bare(&view, sentence, here, &times, &mut figures);
        }
        if figures.is_empty() && here.is_empty() {
            continue;
        }
        let scene = Scene::new(&view, sentence, &figures, here, times);
        for (figure, bound) in figures.iter().zip(bind::resolve(&scene, &mut memory)) {
            out.claims.push(emitter.claim(&view, sentence, figure, bound));
        }
    }
    out
}
