//! Copies: the same text at several outlets, shortened, edited and with other
//! words around it. The earliest is the original; copies keep their outlet.

use std::collections::HashMap;

use tapecheck::model::Document;
use tapecheck::pipeline::signature;
use tapecheck::store::{Entry, FILE, PageRef, Records, Store};

use super::cases;

fn entry(id: &str, outlet: &str, published: &str, text: &str) -> Entry {
    let document = Document {
        doc_id: id.to_string(),
        outlet: Some(outlet.to_string()),
        published: Some(published.to_string()).filter(|p| !p.is_empty()),
        text: text.to_string(),
        content_hash: text.split_whitespace().collect::<Vec<_>>().join(" "),
        ..Document::default()
    };
    let records = Records { document, ..Records::default() };
    let uri = format!("https://{outlet}.example/{id}");
    Entry::new(uri, id.to_string(), PageRef::default(), records, &signature(text)).expect("an entry")
}

/// What each document repeats.
fn grouped(entries: Vec<Entry>) -> HashMap<String, Option<String>> {
    let dir = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(&dir.path().join(FILE)).expect("a store");
    let ids: Vec<(String, Option<String>)> =
        entries.iter().map(|e| (e.document.doc_id.clone(), e.document.outlet.clone())).collect();
    for entry in entries {
        store.put(&mut [entry], "1").expect("room");
    }
    let found = |(id, outlet): (String, Option<String>)| {
        let document = store.document(&id).expect("a store").expect("a document");
        assert_eq!(document.outlet, outlet, "{id} keeps its outlet");
        (id, document.duplicate_of)
    };
    ids.into_iter().map(found).collect()
}

fn words(count: usize, seed: usize) -> Vec<String> {
    (0..count).map(|i| format!("w{}", (i * 7919 + seed * 104_729) % 3001)).collect()
}

#[test]
fn the_earliest_is_the_original_in_any_order() {
    let text = words(300, 1);
    let mut edited = text.clone();
    for word in edited.iter_mut().step_by(30) {
        *word = "changed".to_string();
    }
    let around = format!("By a partner. {} More at the partner's page.", text.join(" "));
    let make = || {
        vec![
            entry("wire", "wire", "2026-02-06T09:00:00Z", &text.join(" ")),
            // Local time: half an hour later.
            entry("paper", "paper", "2026-02-06T04:30:00-05:00", &edited.join(" ")),
            entry("portal", "portal", "2026-02-07", &around),
            entry("same", "same", "2026-02-08", &text.join("  ")),
            entry("other", "other", "2026-02-01", &words(300, 2).join(" ")),
        ]
    };
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 3, 4, 1], [1, 3, 0, 2, 4]] {
        let mut all: Vec<Option<Entry>> = make().into_iter().map(Some).collect();
        let found = grouped(order.iter().map(|i| all[*i].take().unwrap()).collect());
        let of = |id: &str| found[id].as_deref();
        assert_eq!(["wire", "other"].map(of), [None; 2], "{order:?}");
        assert_eq!(["paper", "portal", "same"].map(of), [Some("wire"); 3], "{order:?}");
    }
}

#[test]
fn without_dates_the_first_that_came_is_the_original() {
    let text = words(200, 3).join(" ");
    let found =
        grouped(vec![entry("b", "x", "", &text), entry("a", "y", "", &text), entry("c", "z", "2026-01-01", &text)]);
    assert_eq!(
        found,
        [("b", None), ("a", Some("b")), ("c", Some("b"))].map(|(i, o)| (i.into(), o.map(String::from))).into()
    );
}

/// Real articles: edited, cut, and with other words around them.
#[test]
fn variants_of_real_articles() {
    let Some(folder) = cases("../articles") else { return };
    let mut texts: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the cases can be listed")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .map(|p| {
            let name = p.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(p).expect("an article can be read"))
        })
        .filter(|(_, text)| text.split_whitespace().count() >= 120)
        .collect();
    texts.sort();
    let mut entries = Vec::new();
    for (name, text) in &texts {
        let words: Vec<&str> = text.split_whitespace().collect();
        let edited: Vec<&str> =
            words.iter().enumerate().map(|(i, w)| if i % 20 == 7 { "changed" } else { *w }).collect();
        let cut = words[..words.len() * 3 / 4].join(" ");
        let around = format!("Subscribe to our letter. {text}\nRead more on our page and follow us.");
        entries.push(entry(name, "a", "2026-02-01", text));
        for (kind, text) in [("edited", edited.join(" ")), ("cut", cut), ("around", around)] {
            entries.push(entry(&format!("{name}/{kind}"), "b", "2026-02-02", &text));
        }
    }
    let found = grouped(entries);
    let (mut right, mut wrong) = (0, 0);
    for (id, original) in &found {
        match (id.split_once('/'), original) {
            (Some((name, _)), Some(original)) if original == name => right += 1,
            (_, None) => {}
            (_, Some(original)) => {
                eprintln!("differs: {id} is taken for {original}");
                wrong += 1;
            }
        }
    }
    let variants = texts.len() * 3;
    eprintln!("copies: {right} of {variants} variants of {} articles found, {wrong} false", texts.len());
    assert!(variants > 0 && right * 100 >= variants * 97, "{right} of {variants}");
    assert!(wrong * 100 <= variants, "{wrong}");
}
