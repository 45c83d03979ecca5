//! What a corpus holds.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// Everything the store says that does not depend on when and where it was seen.
pub fn contents(corpus: &Path) -> Vec<String> {
    let db = rusqlite::Connection::open(corpus.join("store.sqlite")).expect("the store");
    let mut all = Vec::new();
    for (table, order) in
        [("documents", "doc_id"), ("claims", "doc_id, seq"), ("rotations", "doc_id, seq"), ("mentions", "doc_id, seq")]
    {
        let mut query = db.prepare(&format!("SELECT record FROM {table} ORDER BY {order}")).expect("a table");
        let rows = query.query_map([], |r| r.get::<_, String>(0)).expect("rows");
        for row in rows {
            let mut record: Value = serde_json::from_str(&row.expect("a row")).expect("JSON");
            if let Some(fields) = record.as_object_mut() {
                for name in ["archive", "fetched", "duplicate_of"] {
                    fields.remove(name);
                }
            }
            all.push(record.to_string());
        }
    }
    all
}

/// Addresses of the captures in the archive; with `aside`, also of what was
/// fetched on the way and is nothing to read.
pub fn pages(corpus: &Path, aside: bool) -> Vec<String> {
    let (_, found) = tapecheck::archive::Archive::open(&corpus.join("archive"), &[]).expect("the archive");
    found.into_iter().filter(|f| aside || !f.about.contains("\"aside\":true")).map(|f| f.uri).collect()
}

/// How many addresses of the frontier stand in each state.
pub fn states(corpus: &Path) -> BTreeMap<String, u64> {
    let store = tapecheck::store::Store::open(&corpus.join("store.sqlite")).expect("the store");
    store.frontier_counts().expect("counts").into_iter().collect()
}
