//! Search: a question → hits and facets.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;

use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector, AggregationLimitsGuard};
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, Order, Searcher, TantivyDocument};

use super::error::{At, IndexError};
use super::query::{self, Node, Scope};
use super::writer::SearchIndex;

/// How hits are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first.
    #[default]
    Relevance,
    /// Newest first; undated last.
    Date,
    /// Largest value first.
    Value,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question<'q> {
    /// The query.
    pub query: &'q Node,
    /// Among which records.
    pub scope: Scope,
    /// In which order.
    pub sort: Sort,
    /// Most hits.
    pub limit: usize,
    /// Hits passed over.
    pub offset: usize,
    /// Facets to count, of [`FACETS`].
    pub facets: Vec<&'static str>,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Id of the claim, document or rotation.
    pub id: String,
    /// Id of the document.
    pub doc_id: String,
}

/// A facet: each value with how many hits have it, most first.
pub type Facet = (&'static str, Vec<(String, u64)>);

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Number of all hits.
    pub total: usize,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// The facets asked for.
    pub facets: Vec<Facet>,
}

/// Facets: the name asked for and the field that is counted.
pub const FACETS: &[(&str, &str)] = &[
    ("metric", "metric"),
    ("ticker", "ticker"),
    ("kind", "kind"),
    ("role", "role"),
    ("direction", "direction"),
    ("status", "status"),
    ("unit", "unit"),
    ("baseline", "baseline"),
    ("outlet", "outlet_name"),
    ("source", "source"),
    ("period", "period"),
    ("day", "day"),
    ("month", "month"),
    ("quarter", "quarter"),
    ("year", "year"),
    ("has", "has"),
];

/// Values counted for a facet.
const FACET_VALUES: usize = 20;

impl SearchIndex {
    /// Answers a question.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn search(&self, question: &Question<'_>) -> Result<Answer, IndexError> {
        guarded(&self.path, || self.answer(question))
    }

    fn answer(&self, question: &Question<'_>) -> tantivy::Result<Answer> {
        let searcher = self.index.reader()?.searcher();
        let query = query::compile(question.query, question.scope, &self.fields);
        let total = searcher.search(&query, &Count)?;
        let top = TopDocs::with_limit(question.limit.max(1)).and_offset(question.offset);
        // Hits of one rank stand in the same order in every index: newest first, then by id.
        let newest = || (SortByStaticFastValue::<i64>::for_field("published"), Order::Desc);
        let last = || (SortByStaticFastValue::<u64>::for_field("order"), Order::Asc);
        let places: Vec<DocAddress> = match question.sort {
            _ if question.limit == 0 => Vec::new(),
            Sort::Relevance => {
                let found = searcher.search(&query, &top.order_by((SortBySimilarityScore, newest(), last())))?;
                found.into_iter().map(|(_, d)| d).collect()
            }
            Sort::Date => {
                let found = searcher.search(&query, &top.order_by((newest(), last())))?;
                found.into_iter().map(|(_, d)| d).collect()
            }
            Sort::Value => {
                let value = (SortByStaticFastValue::<f64>::for_field("value_hi"), Order::Desc);
                let found = searcher.search(&query, &top.order_by((value, newest(), last())))?;
                found.into_iter().map(|(_, d)| d).collect()
            }
        };
        let hits = places.into_iter().map(|d| self.hit(&searcher, d)).collect::<tantivy::Result<_>>()?;
        let mut facets = Vec::new();
        for name in &question.facets {
            facets.push((*name, self.facet(&searcher, &query, name)?));
        }
        Ok(Answer { total, hits, facets })
    }

    fn hit(&self, searcher: &Searcher, place: DocAddress) -> tantivy::Result<Hit> {
        let entry: TantivyDocument = searcher.doc(place)?;
        let text = |field: Field| entry.get_first(field).and_then(|v| v.as_str()).unwrap_or("").to_string();
        Ok(Hit { id: text(self.fields.id), doc_id: text(self.fields.doc) })
    }

    fn facet(
        &self,
        searcher: &Searcher,
        query: &dyn tantivy::query::Query,
        name: &str,
    ) -> tantivy::Result<Vec<(String, u64)>> {
        let field = FACETS.iter().find(|(n, _)| *n == name).map_or(name, |(_, f)| f);
        let by_time = matches!(name, "day" | "month" | "quarter" | "year");
        let order = if by_time { serde_json::json!({"_key": "asc"}) } else { serde_json::json!({"_count": "desc"}) };
        let size = if by_time { 400 } else { FACET_VALUES };
        let request = serde_json::json!({"f": {"terms": {"field": field, "size": size, "order": order}}});
        let request: Aggregations = serde_json::from_value(request)?;
        let context = AggContextParams::new(AggregationLimitsGuard::default(), self.index.tokenizers().clone());
        let found = searcher.search(query, &AggregationCollector::from_aggs(request, context))?;
        let found = serde_json::to_value(found)?;
        let buckets = found.pointer("/f/buckets").and_then(|b| b.as_array()).cloned().unwrap_or_default();
        let pair = |b: &serde_json::Value| Some((b.get("key")?.as_str()?.to_string(), b.get("doc_count")?.as_u64()?));
        Ok(buckets.iter().filter_map(pair).collect())
    }
}

/// Runs what reads the index's files: a damaged file may make the reader
/// panic, which is an error here like any other.
pub(super) fn guarded<T>(path: &Path, read: impl FnOnce() -> tantivy::Result<T>) -> Result<T, IndexError> {
    static INSTALL: Once = Once::new();
    INSTALL.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                usual(info);
            }
        }));
    });
    GUARDED.set(true);
    let done = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(false);
    match done {
        Ok(done) => done.at(path),
        Err(_) => Err(IndexError::Damaged { path: path.to_path_buf(), problem: "a file cannot be read".to_string() }),
    }
}

thread_local! {
    /// This thread reads the index's files: its panics are errors, said as such.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}
