//! Compile: a query → tantivy's queries.

use std::ops::Bound as Edge;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::field::FieldName;
use super::values::{Bound, Filter};
use super::{Node, Scope};
use crate::index::fields::Fields;

type Boxed = Box<dyn Query>;

/// The tantivy query for `node` among the records of `scope`.
pub(in crate::index) fn compile(node: &Node, scope: Scope, fields: &Fields) -> Boxed {
    let record = TermQuery::new(Term::from_field_text(fields.record, scope.record()), IndexRecordOption::Basic);
    all(vec![quiet(Box::new(record)), one(node, fields)])
}

fn one(node: &Node, f: &Fields) -> Boxed {
    match node {
        Node::All => quiet(Box::new(AllQuery)),
        Node::Phrase(words) => {
            // A single word also finds the subject and the metric by name.
            let text = phrase(f.text, words);
            let about: Boxed = Box::new(BoostQuery::new(phrase(f.about, words), 0.5));
            any(vec![text, about])
        }
        Node::Near(a, b, distance) => {
            let near = |a: &str, b: &str| -> Boxed {
                let terms = vec![(0, Term::from_field_text(f.text, a)), (1, Term::from_field_text(f.text, b))];
                Box::new(PhraseQuery::new_with_offset_and_slop(terms, distance - 1))
            };
            any(vec![near(a, b), near(b, a)])
        }
        Node::Field(filter) => quiet(field(filter, f)),
        Node::And(list) => all(list.iter().map(|n| one(n, f)).collect()),
        Node::Or(list) => any(list.iter().map(|n| one(n, f)).collect()),
        Node::Not(inner) => {
            Box::new(BooleanQuery::new(vec![(Occur::Must, quiet(Box::new(AllQuery))), (Occur::MustNot, one(inner, f))]))
        }
    }
}

/// Filters do not change the ranking.
fn quiet(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn all(list: Vec<Boxed>) -> Boxed {
    Box::new(BooleanQuery::intersection(list))
}

fn any(list: Vec<Boxed>) -> Boxed {
    Box::new(BooleanQuery::union(list))
}

fn phrase(field: Field, words: &[String]) -> Boxed {
    let terms: Vec<Term> = words.iter().map(|w| Term::from_field_text(field, w)).collect();
    match <[Term; 1]>::try_from(terms) {
        Ok([term]) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
        Err(terms) => Box::new(PhraseQuery::new(terms)),
    }
}

fn field(filter: &Filter, f: &Fields) -> Boxed {
    match filter {
        Filter::Exact(name, values) => exact(place(*name, f), values.iter().map(String::as_str)),
        Filter::Names(name, names) => any(names.iter().map(|n| phrase(place(*name, f), n)).collect()),
        Filter::Value { lo, hi, units } => {
            // The claim's range overlaps: its top is not below, its bottom not above.
            let slack = |b: Bound, sign: f64| b.value + sign * b.value.abs() * 1e-9;
            let mut list = Vec::new();
            if let Some(lo) = lo {
                let term = Term::from_field_f64(f.value_hi, slack(*lo, if lo.closed { -1.0 } else { 1.0 }));
                list.push(range(Edge::Included(term), Edge::Unbounded));
            }
            if let Some(hi) = hi {
                let term = Term::from_field_f64(f.value_lo, slack(*hi, if hi.closed { 1.0 } else { -1.0 }));
                list.push(range(Edge::Unbounded, Edge::Included(term)));
            }
            if !units.is_empty() {
                list.push(exact(f.unit, units.iter().copied()));
            }
            all(list)
        }
        Filter::Published(from, to) => {
            let edge = |at: &Option<i64>| {
                at.map_or(Edge::Unbounded, |at| Edge::Included(Term::from_field_i64(f.published, at)))
            };
            range(edge(from), edge(to))
        }
        Filter::Period(norm, days) => {
            let named = exact(f.period, [norm.as_str()]);
            let Some((first, last)) = days else { return named };
            let starts = range(Edge::Included(Term::from_field_i64(f.period_start, *first)), Edge::Unbounded);
            let ends = range(Edge::Unbounded, Edge::Included(Term::from_field_i64(f.period_end, *last)));
            any(vec![named, all(vec![starts, ends])])
        }
    }
}

fn exact<'v>(field: Field, values: impl IntoIterator<Item = &'v str>) -> Boxed {
    Box::new(TermSetQuery::new(values.into_iter().map(|v| Term::from_field_text(field, v))))
}

fn range(lower: Edge<Term>, upper: Edge<Term>) -> Boxed {
    Box::new(RangeQuery::new(lower, upper))
}

/// The index's field that a name of the query language stands for.
fn place(name: FieldName, f: &Fields) -> Field {
    match name {
        FieldName::Metric => f.metric,
        FieldName::Ticker => f.ticker,
        FieldName::Subject => f.subject,
        FieldName::Kind => f.kind,
        FieldName::Role => f.role,
        FieldName::Direction => f.direction,
        FieldName::Status => f.status,
        FieldName::Unit => f.unit,
        FieldName::Outlet => f.outlet,
        FieldName::Source => f.source,
        FieldName::Baseline => f.baseline,
        FieldName::Attribution => f.attribution,
        FieldName::From => f.from,
        FieldName::To => f.to,
        FieldName::Doc => f.doc,
        FieldName::Has => f.has,
        FieldName::Value => f.value_lo,
        FieldName::Published => f.published,
        FieldName::Period => f.period,
    }
}
