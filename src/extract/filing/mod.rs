//! Filings: what the tables of statements say, whom a filing is about, and
//! which figures it tags.

mod amount;
mod caption;
mod head;
mod issuer;
mod link;
mod listed;
mod measure;
mod ours;
mod parts;
mod reading;
mod tables;
mod when;

use std::collections::{HashMap, HashSet};

use super::bind::{Bound, Shared};
use super::figure::Figure;
use super::view::View;
use crate::model::{Document, DocumentKind, Layout};
pub(crate) use issuer::{issuer, years};
pub(crate) use link::settle;
pub(crate) use listed::listed;
use measure::Measurer;
pub(crate) use ours::{is_number_of_part, ours, prior_range};
pub(crate) use when::Years;

/// What the tables of a document say, by the place of the row among the sentences.
#[derive(Debug, Default)]
pub(crate) struct Rows<'v> {
    rows: HashMap<usize, Vec<(Figure<'v>, Bound)>>,
    read: HashSet<usize>,
    /// Numbers in these rows that make no claim.
    pub left: usize,
}

impl<'v> Rows<'v> {
    /// The figures of a row that was read as one of a statement.
    pub fn take(&mut self, sentence: usize) -> Option<Vec<(Figure<'v>, Bound)>> {
        self.read.contains(&sentence).then(|| self.rows.remove(&sentence).unwrap_or_default())
    }
}

/// Reads the tables: all of a filing's, and those of other documents that name
/// the scale of their amounts.
pub(crate) fn rows<'v>(
    view: &'v View<'v>,
    document: &Document,
    layout: &Layout,
    whom: Option<(&Shared, &'static str)>,
    years: Years,
) -> Rows<'v> {
    let mut out = Rows::default();
    let text = view.tokens().text;
    let filed = matches!(document.kind, DocumentKind::Filing) || !layout.grid.rows.is_empty();
    let items = view.lexicon.line_items();
    let tables = tables::tables(view.text, &layout.grid);
    let readings: Vec<_> = tables.iter().map(|table| reading::read(text, table, items)).collect();
    let mut measurer = Measurer::new(view, layout, whom, years, &readings);
    for reading in &readings {
        if !filed && reading.caption.scale.is_none() {
            continue;
        }
        out.read.extend(&reading.rows);
        out.left += reading.numbers;
        for entry in &reading.entries {
            if let Some(found) = measurer.measure(reading, entry) {
                out.rows.entry(entry.sentence).or_default().push(found);
                out.left -= 1;
            }
        }
    }
    out
}
