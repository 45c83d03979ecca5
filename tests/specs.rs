//! The spec corpus: short examples of our own, one file per phenomenon, and the
//! ratchet over what is not read rightly yet. See `tests/specs/README.md`.

#![allow(clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Deserialize;
use tapecheck::extract::{Extraction, extract, extract_with};
use tapecheck::lexicon::Lexicon;
use tapecheck::model::{Direction, Document, Kind, Metric, Page, Place, Qualifier, Role, Status};
use tapecheck::parse::{Format, Hints, document_and_facts, segment};

#[path = "specs/compare.rs"]
mod compare;
#[path = "specs/example.rs"]
mod example;

use compare::{Miss, compare};
use example::{Example, SpecFile, WantClaim, Words, folder, load};

/// Fewest examples, and the share of near-misses among them.
const LEAST: usize = 400;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownGaps {
    #[serde(default)]
    gap: Vec<Gap>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Gap {
    file: String,
    example: usize,
    field: String,
    reason: String,
}

type Key = (String, usize, String);

fn read(file: &SpecFile, example: &Example, lexicon: &Lexicon) -> Extraction {
    let published = example.published.as_ref().or(file.published.as_ref()).filter(|p| *p != "null");
    if example.filing {
        let page =
            Page { url: "file:spec".into(), status: 200, body: example.text.clone().into_bytes(), ..Page::default() };
        let hints = Hints { published: published.cloned(), format: Some(Format::Filing), ..Hints::default() };
        let (document, layout) = document_and_facts(&page, &hints).parted();
        return extract_with(&document, &segment(&document.text), &layout, lexicon);
    }
    let document = Document {
        record: "document".into(),
        doc_id: "spec".into(),
        title: example.title.clone(),
        published: published.cloned(),
        text: example.text.clone(),
        ..Document::default()
    };
    extract(&document, &segment(&document.text), lexicon)
}

#[test]
fn examples_are_read_rightly_but_for_known_gaps() {
    let lexicon = Lexicon::embedded().expect("the shipped lists compile");
    let known = known_gaps();
    let mut failing: BTreeMap<Key, String> = BTreeMap::new();
    let mut report = String::new();
    let (mut passed, mut total) = (0, 0);
    for (name, file) in load() {
        let mut good = 0;
        for (i, example) in file.example.iter().enumerate() {
            let misses = match catch_unwind(AssertUnwindSafe(|| read(&file, example, &lexicon))) {
                Ok(found) => compare(example, &found),
                Err(_) => vec![Miss { field: "panic".into(), expected: "an answer".into(), got: "a panic".into() }],
            };
            good += usize::from(misses.is_empty());
            for miss in misses {
                let line = format!("{name} {} {}: expected {}, got {}", i + 1, miss.field, miss.expected, miss.got);
                failing.entry((name.clone(), i + 1, miss.field)).or_insert(line);
            }
        }
        let _ = writeln!(report, "{name:<24} {good}/{}", file.example.len());
        passed += good;
        total += file.example.len();
    }
    println!("{report}{:<24} {passed}/{total}\n", "all");
    failing.values().for_each(|line| println!("{line}"));

    let new: Vec<_> = failing.iter().filter(|(key, _)| !known.contains_key(*key)).collect();
    let closed: Vec<_> = known.keys().filter(|key| !failing.contains_key(*key)).collect();
    let mut wrong = String::new();
    for ((file, number, field), line) in &new {
        let _ = writeln!(
            wrong,
            "# {line}\n[[gap]]\nfile = {file:?}\nexample = {number}\nfield = {field:?}\nreason = \"\"\n"
        );
    }
    if !closed.is_empty() {
        let _ = writeln!(wrong, "read rightly now, take them out of tests/specs/known_gaps.toml:");
        for (file, number, field) in &closed {
            let _ = writeln!(wrong, "  {file} {number} {field}");
        }
    }
    assert!(
        wrong.is_empty(),
        "{} fields fail that are not known to, {} known gaps are closed\n{wrong}",
        new.len(),
        closed.len()
    );
}

fn known_gaps() -> BTreeMap<Key, String> {
    let text = std::fs::read_to_string(folder().join("known_gaps.toml")).expect("known_gaps.toml can be read");
    let list: KnownGaps = toml::from_str(&text).expect("known_gaps.toml is of its form");
    let mut out = BTreeMap::new();
    for gap in list.gap {
        assert!(
            !gap.reason.trim().is_empty(),
            "{} {} {} is excused without a reason",
            gap.file,
            gap.example,
            gap.field
        );
        let key = (gap.file, gap.example, gap.field);
        assert!(out.insert(key.clone(), gap.reason).is_none(), "{key:?} stands twice in known_gaps.toml");
    }
    out
}

#[test]
fn the_corpus_is_large_enough_and_a_third_must_not_fire() {
    let files = load();
    let all: Vec<&Example> = files.iter().flat_map(|(_, f)| &f.example).collect();
    let near = all.iter().filter(|e| e.near_miss).count();
    println!("{} examples, {near} near-misses", all.len());
    assert!(all.len() >= LEAST, "{} examples", all.len());
    assert!(near * 3 >= all.len(), "{near} near-misses of {}", all.len());
}

#[test]
fn every_example_asks_for_something_that_stands_in_its_text() {
    let mut wrong = Vec::new();
    let mut texts = BTreeSet::new();
    for (name, file) in load() {
        for (i, e) in file.example.iter().enumerate() {
            let id = format!("{name} {}", i + 1);
            let asks = !e.claims.is_empty()
                || e.no_claims
                || !e.no_figures.is_empty()
                || !e.mentions.is_empty()
                || !e.no_tickers.is_empty()
                || !e.rotations.is_empty()
                || e.no_rotations;
            let places =
                e.claims.iter().map(|c| &c.figure).chain(e.mentions.iter().map(|m| &m.surface)).chain(&e.no_figures);
            wrong.extend(
                places.filter(|p| !e.text.contains(p.as_str())).map(|p| format!("{id}: {p:?} is not in the text")),
            );
            wrong.extend(
                e.claims.iter().filter_map(unknown_word).map(|w| format!("{id}: {w} holds a word that no record has")),
            );
            if !asks || e.what.trim().is_empty() {
                wrong.push(format!("{id}: asks for nothing, or does not say why"));
            }
            if (e.no_claims && !e.claims.is_empty()) || (e.no_rotations && !e.rotations.is_empty()) {
                wrong.push(format!("{id}: wants some and none"));
            }
            if !texts.insert((e.text.clone(), e.published.clone(), e.title.clone())) {
                wrong.push(format!("{id}: the text stands twice"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The field of a claim whose word no record can hold.
fn unknown_word(want: &WantClaim) -> Option<&'static str> {
    fn bad(words: &Option<Words>, known: impl Fn(&str) -> bool) -> bool {
        words.as_ref().is_some_and(|w| w.list().iter().any(|w| *w != "null" && !known(w)))
    }
    let fields = [
        ("kind", bad(&want.kind, |w| Kind::parse(w).is_some())),
        ("role", bad(&want.role, |w| Role::parse(w).is_some())),
        ("qualifier", bad(&want.qualifier, |w| Qualifier::parse(w).is_some())),
        ("metric", bad(&want.metric, |w| Metric::parse(w).is_some())),
        ("direction", bad(&want.direction, |w| Direction::parse(w).is_some())),
        ("status", bad(&want.status, |w| Status::parse(w).is_some())),
        ("mention", bad(&want.mention, |w| Place::parse(w).is_some())),
    ];
    fields.iter().find(|(_, bad)| *bad).map(|(field, _)| *field)
}
