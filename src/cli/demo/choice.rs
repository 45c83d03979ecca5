//! Which claims and rotations the demo shows: well bound, and of all sorts.

use std::collections::HashMap;

use crate::index::{Hit, Question, Scope, SearchIndex, Sort, query::Node};
use crate::model::{Claim, Direction, Metric, Place, Rotation};
use crate::store::Store;

/// Claims shown.
const CLAIMS: usize = 12;

/// Rotations shown.
const ROTATIONS: usize = 4;

/// Statements looked at.
const MOST: usize = 2000;

fn all(index: &SearchIndex, scope: Scope) -> anyhow::Result<Vec<Hit>> {
    let question = Question { query: &Node::All, scope, sort: Sort::Date, limit: MOST, offset: 0, facets: Vec::new() };
    Ok(index.search(&question)?.hits)
}

/// A dozen claims: the best bound ones, few of a document and of a metric.
pub fn claims(store: &Store, index: &SearchIndex) -> anyhow::Result<Vec<Claim>> {
    let mut list = Vec::new();
    for hit in all(index, Scope::Claims)? {
        if store.document(&hit.doc_id)?.is_some_and(|d| d.duplicate_of.is_none()) {
            list.extend(store.claim(&hit.id)?);
        }
    }
    list.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    let mut of_document: HashMap<String, usize> = HashMap::new();
    let mut of_metric: HashMap<Metric, usize> = HashMap::new();
    let mut chosen: Vec<Claim> = Vec::new();
    for claim in list {
        let Some(metric) = claim.metric else { continue };
        let (documents, metrics) =
            (of_document.entry(claim.doc_id.clone()).or_default(), of_metric.entry(metric).or_default());
        if *documents < 2 && *metrics < 2 && chosen.iter().all(|c| c.figure_text != claim.figure_text) {
            *documents += 1;
            *metrics += 1;
            chosen.push(claim);
        }
        if chosen.len() == CLAIMS {
            break;
        }
    }
    Ok(chosen)
}

/// How much a claim shows of what can be bound.
fn worth(claim: &Claim) -> f64 {
    let part = |there: bool, weight: f64| if there { weight } else { 0.0 };
    claim.confidence
        + part(!claim.subjects.is_empty(), 1.0)
        + part(claim.subjects.iter().any(|s| s.ticker.is_some()), 0.5)
        + part(claim.subjects.len() <= 3, 0.3)
        + part(claim.metric.is_some_and(|m| m != Metric::Other), 1.0)
        + part(claim.period.as_ref().is_some_and(|p| p.norm.is_some()), 0.6)
        + part(claim.direction != Direction::None, 0.4)
        + part(claim.mention == Place::Primary, 0.5)
        - part(claim.negated || claim.vague || claim.hypothetical, 2.0)
}

/// A few rotations, those with both sides first.
pub fn rotations(store: &Store, index: &SearchIndex) -> anyhow::Result<Vec<Rotation>> {
    let mut list = Vec::new();
    for hit in all(index, Scope::Rotations)? {
        list.extend(store.rotation(&hit.id)?);
    }
    let sides = |r: &Rotation| usize::from(!r.from.is_empty()) + usize::from(!r.to.is_empty());
    list.sort_by(|a, b| sides(b).cmp(&sides(a)).then(b.confidence.total_cmp(&a.confidence)));
    let mut chosen: Vec<Rotation> = Vec::new();
    for rotation in list {
        let new = chosen.iter().all(|c| c.trigger_text != rotation.trigger_text && c.doc_id != rotation.doc_id);
        if new && chosen.len() < ROTATIONS && !rotation.negated {
            chosen.push(rotation);
        }
    }
    Ok(chosen)
}
