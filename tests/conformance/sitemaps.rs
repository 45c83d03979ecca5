//! Sitemaps: the rows of crawler-commons' and Scrapy's samples.

use serde_json::Value;
use tapecheck::sources::{Listed, sitemap};

use super::{cases, rows};

/// Of `lastmod` and `publication_date`: the same moment, however written.
fn same_moment(got: Option<&str>, want: Option<&str>) -> bool {
    let at = |t: &str| tapecheck::sources::Moment::read(t).and_then(|m| m.at);
    match (got, want) {
        (None, None) => true,
        (Some(got), Some(want)) => at(got) == at(want) && at(got).is_some(),
        _ => false,
    }
}

fn agrees(row: &Value, got: &Listed) -> bool {
    let field = |name: &str| row.get(name).and_then(Value::as_str);
    // A row without its inner element: its text is taken for the address.
    field("loc").is_none_or(|loc| loc == got.url)
        && same_moment(got.modified.as_deref(), field("lastmod"))
        && field("news_title") == got.known.title.as_deref()
        && same_moment(got.known.published.as_deref(), field("publication_date"))
}

#[test]
fn all_rows() {
    let Some(folder) = cases("sitemaps") else { return };
    let (mut same, mut all) = (0, 0);
    for file in rows(&folder.join("facts.jsonl")) {
        let name = super::text(&file, "file");
        let body = std::fs::read(folder.join(name)).expect("the sitemap can be read");
        let map = sitemap(&body).expect(name);
        let got: Vec<&Listed> = map.pages.iter().chain(&map.sitemaps).collect();
        let want = file.get("rows").and_then(Value::as_array).expect("rows");
        assert_eq!(got.len(), want.len(), "{name}");
        assert_eq!(map.dropped, 0, "{name}");
        all += want.len();
        for (row, got) in want.iter().zip(got) {
            if agrees(row, got) {
                same += 1;
            } else {
                eprintln!("differs: {name} {row} {got:?}");
            }
        }
    }
    eprintln!("sitemaps: {same} of {all} rows agree");
    assert_eq!((same, all), (100, 100));
    let urls = |name: &str| {
        let body = std::fs::read(folder.join(name)).expect("the sitemap can be read");
        sitemap(&body).expect(name).pages.into_iter().map(|p| p.url).collect::<Vec<_>>()
    };
    assert_eq!((urls("sitemap.txt").len(), urls("sitemap.txt.gz").len()), (2, 5));
    assert_eq!(urls("do-not-visit.txt").len(), 1);
    assert_eq!(urls("atom.xml"), ["http://example.org/2003/12/13/atom03"]);
}
