//! Tables: the header row says what a column measures, the first cell whom or
//! what a row is about.

use crate::extract::calendar::Reference;
use crate::extract::period::{Time, times};
use crate::extract::view::View;
use crate::lexicon::{List, MetricWords};
use crate::model::{Metric, Sentence};

use super::scene::{Name, Shared};

/// What a column's header says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    pub metric: Option<(Metric, usize, usize)>,
    pub time: Option<Time>,
    /// The one name in the header.
    pub subject: Option<Shared>,
}

/// The header of the table that is being read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    columns: Vec<Column>,
    paragraph: usize,
}

impl Table {
    /// Reads a row: the first of a block is its header.
    pub fn row(&mut self, view: &View<'_>, sentence: &Sentence, names: &[Name], reference: Reference) {
        let goes_on = self.paragraph + 1 == sentence.paragraph && !self.columns.is_empty();
        self.paragraph = sentence.paragraph;
        if goes_on {
            return;
        }
        self.columns =
            cells(view, sentence).into_iter().map(|(first, end)| column(view, names, reference, first, end)).collect();
    }

    /// The column in which token `at` of a row stands.
    pub fn column(&self, view: &View<'_>, sentence: &Sentence, at: usize) -> Option<&Column> {
        let place = cells(view, sentence).iter().position(|(first, end)| *first <= at && at < *end)?;
        self.columns.get(place)
    }
}

/// The cells of a row.
pub(crate) fn cells(view: &View<'_>, sentence: &Sentence) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut first = sentence.first + usize::from(view.is(sentence.first, "|"));
    let from = first;
    for at in from..=sentence.end {
        if at == sentence.end || view.is(at, "|") {
            if !(at == sentence.end && at == first) {
                out.push((first, at));
            }
            first = at + 1;
        }
    }
    out
}

fn column(view: &View<'_>, names: &[Name], reference: Reference, first: usize, end: usize) -> Column {
    let metric = view
        .hits_in(first, end)
        .filter(|h| h.sense.list == List::Metric)
        .max_by_key(|h| h.end - h.first)
        .and_then(|h| MetricWords::of(h.sense).map(|m| (m, h.first, h.end)));
    let time = times(view, reference, first, end).into_iter().next();
    // "Small caps (R2K)": what stands in brackets says the same.
    let mut inside = names
        .iter()
        .filter(|n| !n.source && n.first >= first && n.end <= end && !(n.first > first && view.is(n.first - 1, "(")));
    let subject = inside.next().filter(|_| inside.next().is_none()).map(|n| n.subject.clone());
    Column { metric, time, subject }
}
