//! Which figures, and about what? Text → figures, entities, periods → bound
//! claims and rotations.
//!
//! Pure: no network, no files, no clock; the reference date is the document's.

mod bare;
mod bind;
mod calendar;
mod classes;
mod complete;
mod composite;
mod counts;
mod emit;
pub mod entities;
mod figure;
mod figures;
mod filing;
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
use crate::model::{Claim, Document, EntityType, Layout, Mention, Rotation, Segmented, SentenceKind, Tokens};
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
    /// Numbers in rows of statements whose label names nothing that is known:
    /// they make no claims.
    pub numbers_left: usize,
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
    extract_with(document, text, &Layout::default(), lexicon)
}

/// Extracts everything from a document of which more is known than its text:
/// who files it, its tables, and what it tags.
pub fn extract_with(document: &Document, text: &Segmented<'_>, layout: &Layout, lexicon: &Lexicon) -> Extraction {
    let view = View::new(text, lexicon);
    // What has no date of filing speaks from the end of the period it reports on.
    let dated = document.published.as_deref().or(document.period_of_report.as_deref());
    let mut reference = Reference::parse(dated);
    let mut out = Extraction { claims: Vec::with_capacity((text.tokens.len() / 50).min(64)), ..Extraction::default() };
    let emitter = emit::Emitter::new(document, text);
    let date = document.published.as_deref().and_then(|d| d.get(..10));
    let found = entities::entities(text, &view.ids, view.hits(), lexicon, date);
    let names = bind::names(&view, &found);
    let mut memory = Memory::default();
    let issuer = filing::issuer(document, layout, lexicon, date);
    let main = issuer.clone().or_else(|| title_company(document, lexicon, date)).or_else(|| bind::dominant(&names));
    if let Some(company) = &main {
        memory.about(company.clone());
    }
    let whom = main.as_ref().map(|c| (c, if issuer.is_some() { "subject.issuer" } else { "subject.main" }));
    let years = filing::years(document, layout);
    let mut rows = filing::rows(&view, document, layout, whom, years);
    let mut table = Table::default();
    let mut figures = Vec::new();
    out.numbers_left = rows.left;
    for (place, sentence) in text.sentences.iter().enumerate() {
        // The reference list cites other texts; its figures are theirs.
        if document.references.iter().any(|r| r.byte_start <= sentence.span.start && sentence.span.end <= r.byte_end) {
            continue;
        }
        if let Some(read) = rows.take(place) {
            out.claims.extend(read.into_iter().map(|(figure, bound)| emitter.claim(&view, sentence, &figure, bound)));
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
        if issuer.is_some() {
            figures.retain(|f| !filing::is_number_of_part(&view, sentence, f));
        }
        let moved = rotation::rotations(&view, sentence, here);
        let opens =
            figures.is_empty() && view.hits_in(sentence.first, sentence.end).any(|h| h.sense.list == List::Movement);
        let idle = figures.is_empty() && here.is_empty() && moved.is_empty() && sentence.kind != SentenceKind::Row;
        if opens && idle && !bind::may_open(&view, sentence) {
            continue;
        }
        if opens {
            times = period::times(&view, reference, sentence.first, sentence.end);
            memory.thread.open(&Scene::new(&view, sentence, &figures, here, times.clone(), &table, reference));
        }
        if figures.is_empty() && here.is_empty() && sentence.kind == SentenceKind::Heading {
            memory.about_metric(bind::measure_named(&view, sentence), sentence.paragraph == 0);
        }
        if idle {
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
        let mut bounds = bind::resolve(&scene, &mut memory);
        filing::listed(&scene, &mut bounds);
        filing::prior_range(&scene, &mut bounds);
        if let Some(issuer) = &issuer {
            filing::ours(&scene, &mut bounds, issuer);
        }
        for (figure, bound) in figures.iter().zip(bounds) {
            out.claims.push(emitter.claim(&view, sentence, figure, bound));
        }
    }
    rotation::again(&mut out.rotations);
    complete::headlines(&mut out.claims);
    filing::settle(&mut out.claims, layout, &years);
    out.mentions = found.iter().map(|f| emitter.mention(f)).collect();
    complete::roles(&out.claims, &mut out.mentions);
    out
}
