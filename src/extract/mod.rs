//! Which figures, and about what? Text → figures, entities, periods → bound
//! claims and rotations.
//!
//! Pure: no network, no files, no clock; the reference date is the document's.

mod bare;
mod bind;
mod calendar;
mod complete;
mod composite;
mod counts;
mod emit;
pub mod entities;
mod figure;
mod figures;
mod hedge;
mod number;
mod opening;
mod parts;
mod period;
mod quantity;
mod refused;
mod rotation;
pub mod rules;
mod view;
mod words;

use crate::lexicon::{Lexicon, List};
use crate::model::{Claim, Document, EntityType, Mention, Rotation, Segmented, SentenceKind, Tokens};
use bind::{Memory, Scene, Table};
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

/// The one company that a document's title names.
fn title_company(document: &Document, lexicon: &Lexicon, date: Option<&str>) -> Option<bind::Shared> {
    let title = document.title.as_deref().filter(|t| t.len() <= 1000)?;
    let text = Segmented { tokens: Tokens::new(title), sentences: Vec::new() };
    let view = View::new(&text, lexicon);
    let found = entities::entities(&text, &view.ids, view.hits(), lexicon, date);
    let names = bind::names(&view, &found);
    let mut companies = names.iter().filter(|n| !n.source && n.subject.kind == EntityType::Company);
    let first = companies.next()?;
    companies.all(|n| n.subject.canonical == first.subject.canonical).then(|| first.subject.clone())
}

/// Extracts everything from a document whose text is `text`.
pub fn extract(document: &Document, text: &Segmented<'_>, lexicon: &Lexicon) -> Extraction {
    let view = View::new(text, lexicon);
    let mut reference = Reference::parse(document.published.as_deref());
    let mut out = Extraction::default();
    let emitter = emit::Emitter::new(document, text);
    let date = document.published.as_deref().and_then(|d| d.get(..10));
    let found = entities::entities(text, &view.ids, view.hits(), lexicon, date);
    let names = bind::names(&view, &found);
    let mut memory = Memory::default();
    if let Some(company) = title_company(document, lexicon, date).or_else(|| bind::dominant(&names)) {
        memory.about(company);
    }
    let mut table = Table::default();
    let mut figures = Vec::new();
    for sentence in &text.sentences {
        // The reference list cites other texts; its figures are theirs.
        if document.references.iter().any(|r| r.byte_start <= sentence.span.start && sentence.span.end <= r.byte_end) {
            continue;
        }
        let from = names.partition_point(|n| n.first < sentence.first);
        let to = names.partition_point(|n| n.first < sentence.end);
        let here = &names[from..to];
        figures.clear();
        figures::figures(&view, sentence, &|at| here.iter().any(|n| n.first <= at && at < n.end), &mut figures);
        let numbers = (sentence.first..sentence.end).any(|at| view.is_number(at) || view.begins(at, &[List::Scale]));
        let mut times = if numbers || !figures.is_empty() {
            period::times(&view, reference, sentence.first, sentence.end)
        } else {
            Vec::new()
        };
        times.retain(|t| !here.iter().any(|n| n.first <= t.first && t.end <= n.end));
        times.iter().for_each(|t| reference.print(&t.norm));
        if numbers {
            bare::bare(&view, sentence, here, &times, &mut figures);
        }
        let moved = rotation::rotations(&view, sentence, here);
        let opens =
            figures.is_empty() && view.hits_in(sentence.first, sentence.end).any(|h| h.sense.list == List::Movement);
        if opens {
            times = period::times(&view, reference, sentence.first, sentence.end);
            memory.thread.open(&Scene::new(&view, sentence, &figures, here, times.clone(), &table, reference));
        }
        if figures.is_empty() && here.is_empty() && sentence.kind == SentenceKind::Heading {
            memory.about_metric(bind::measure_named(&view, sentence), sentence.paragraph == 0);
        }
        if figures.is_empty() && here.is_empty() && moved.is_empty() && sentence.kind != SentenceKind::Row {
            continue;
        }
        if !moved.is_empty() && times.is_empty() {
            times = period::times(&view, reference, sentence.first, sentence.end);
        }
        if sentence.kind == SentenceKind::Row {
            table.row(&view, sentence, here, reference);
        }
        let scene = Scene::new(&view, sentence, &figures, here, times, &table, reference);
        out.rotations.extend(moved.into_iter().map(|moved| emitter.rotation(&scene, moved)));
        for (figure, bound) in figures.iter().zip(bind::resolve(&scene, &mut memory)) {
            out.claims.push(emitter.claim(&view, sentence, figure, bound));
        }
    }
    rotation::again(&mut out.rotations);
    complete::headlines(&mut out.claims);
    out.mentions = found.iter().map(|f| emitter.mention(f)).collect();
    complete::roles(&out.claims, &mut out.mentions);
    out
}
