//! What a corpus holds.

use std::collections::BTreeMap;
use std::path::Path;

/// Everything the store says that does not depend on when and where it was seen.
pub fn contents(corpus: &Path) -> Vec<String> {
    let path = corpus.join("store.sqlite");
    let store = tapecheck::store::Store::open_existing(&path).expect("the store");
    let db = rusqlite::Connection::open(&path).expect("the store");
    let mut query = db.prepare("SELECT doc_id FROM documents ORDER BY doc_id").expect("a table");
    let ids: Vec<String> = query.query_map([], |r| r.get(0)).expect("rows").map(|r| r.expect("a row")).collect();
    let records = ids.iter().map(|doc_id| {
        let mut records = store.records(doc_id).expect("readable").expect("its records");
        let document = &mut records.document;
        (document.archive, document.fetched, document.duplicate_of) = (None, None, None);
        format!("{records:?}")
    });
    records.collect()
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
