//! Answers of the full-text search: documents that hold the words, a hundred a
//! page; of a filing the first counts.

use std::collections::HashSet;

use serde::Deserialize;
use url::Url;

use super::accession;
use super::found::{Found, day, some};
use super::listing::Passing;
use super::seeds::further;

/// The search gives no more.
const MOST: u64 = 10_000;

#[derive(Deserialize)]
struct File {
    hits: Hits,
}

#[derive(Deserialize)]
struct Hits {
    total: Total,
    hits: Vec<Hit>,
}

#[derive(Deserialize)]
struct Total {
    value: u64,
}

#[derive(Deserialize)]
struct Hit {
    #[serde(rename = "_id", default)]
    id: String,
    #[serde(rename = "_source")]
    source: Document,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    ciks: Vec<String>,
    display_names: Vec<String>,
    form: Option<String>,
    adsh: Option<String>,
    items: Option<Vec<String>>,
    file_date: Option<String>,
    period_ending: Option<String>,
}

/// Reads a page of answers, and names the next one.
///
/// # Errors
/// When it is none; says why.
pub(super) fn read(url: &Url, body: &[u8], out: &mut Passing<'_>) -> Result<(), String> {
    let file: File = serde_json::from_slice(body).map_err(|e| format!("no answer of the full-text search: {e}"))?;
    let from: u64 = url.query_pairs().find(|(n, _)| n == "from").and_then(|(_, v)| v.parse().ok()).unwrap_or(0);
    let count = file.hits.hits.len() as u64;
    let mut seen = HashSet::new();
    for hit in file.hits.hits {
        match found(hit) {
            Some(found) if seen.insert(found.accession.clone()) => out.filing(found),
            Some(_) => {}
            None => out.unread(),
        }
    }
    let next = from + count;
    if count > 0 && next < file.hits.total.value.min(MOST) {
        out.list(Some(further(url, "from", usize::try_from(next).unwrap_or(0))));
    } else if count > 0 && file.hits.total.value >= MOST && next >= MOST {
        out.note(format!("the search gives its first {MOST} answers only: narrow the days or the forms"));
    }
    Ok(())
}

fn found(hit: Hit) -> Option<Found> {
    let Document { ciks, display_names, form, adsh, items, file_date, period_ending } = hit.source;
    let number = adsh.or_else(|| hit.id.split(':').next().map(str::to_string)).filter(|a| accession::is(a))?;
    let mut keys = ciks.iter().filter_map(|c| c.trim_start_matches('0').parse().ok());
    // `Tide Corp  (TIDE)  (CIK 0000000042)`
    let name = display_names.first().and_then(|n| some(n.split("  (").next().unwrap_or(n)));
    Some(Found {
        accession: number,
        cik: keys.next()?,
        others: keys.collect(),
        company: name,
        form: some(&form?)?,
        filed: file_date.and_then(|d| day(&d)),
        period: period_ending.and_then(|d| day(&d)),
        items,
        document: hit.id.split_once(':').map(|(_, name)| name.to_string()),
        ..Found::default()
    })
}
