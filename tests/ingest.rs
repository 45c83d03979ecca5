//! Ingest: idempotent, replaces what changed, survives being killed.

#![allow(clippy::expect_used)]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/sizes.rs"]
mod sizes;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use article::article;
use common::Bench;
use sizes::sizes;

/// Everything the store says that does not depend on when and where it was seen.
fn contents(corpus: &Path) -> Vec<String> {
    let path = corpus.join("store.sqlite");
    let store = tapecheck::store::Store::open_existing(&path).expect("the store");
    let db = rusqlite::Connection::open(&path).expect("the store");
    let list = |sql: &str| -> Vec<String> {
        let mut query = db.prepare(sql).expect("a table");
        query.query_map([], |r| r.get(0)).expect("rows").map(|r| r.expect("a row")).collect()
    };
    let mut all = list("SELECT uri || ' ' || key || ' ' || doc_id FROM inputs ORDER BY uri");
    let mut ids = list("SELECT printf('%d of %s', id, doc_id) FROM ids LEFT JOIN documents USING(number) ORDER BY 1");
    all.append(&mut ids);
    for doc_id in list("SELECT doc_id FROM documents ORDER BY doc_id") {
        let mut records = store.records(&doc_id).expect("readable").expect("its records");
        (records.document.archive, records.document.fetched) = (None, None);
        all.push(format!("{records:?}"));
    }
    all
}

/// Keys of all captures in the archive, in order.
fn captures(corpus: &Path) -> Vec<String> {
    let (_, found) = tapecheck::archive::Archive::open(&corpus.join("archive"), &[]).expect("the archive");
    found.into_iter().map(|f| f.key).collect()
}

#[test]
fn the_same_twice_changes_nothing() {
    let bench = Bench::new();
    for n in 1..30 {
        bench.write(&format!("news/{n}.html"), article(n));
    }
    bench.write(
        "news/x.jsonl",
        "{\"id\":\"j1\",\"text\":\"Apple shares rose 5% to $200.\"}\n{\"id\":\"j2\",\"text\":\"Sales fell 3%.\"}\n",
    );
    let done = bench.run(&["ingest", "news"]).expect(0);
    assert!(done.err.contains("read: 31 taken, 31 kept"), "{}", done.err);
    assert!(done.err.contains("stored: 31 new"), "{}", done.err);
    let (before, archive) = (contents(&bench.path("corpus")), sizes(&bench.path("corpus/archive")));
    // However the path is written.
    let whole = bench.path("news").display().to_string();
    for path in ["news", "./news", whole.as_str()] {
        let done = bench.run(&["ingest", path]).expect(0);
        assert!(done.err.contains("nothing has changed: all 31 documents were ingested before"), "{}", done.err);
    }
    assert_eq!(contents(&bench.path("corpus")), before);
    assert_eq!(sizes(&bench.path("corpus/archive")), archive);
}

#[test]
fn a_changed_document_replaces_its_claims() {
    let bench = Bench::new();
    bench.write("a.html", article(3));
    bench.write("note.txt", "Nvidia shares rose 4% on Friday.");
    bench.run(&["ingest", "a.html", "note.txt"]).expect(0);
    assert_eq!(bench.run(&["search", "margin value:41%"]).expect(0).records().len(), 1);
    bench.write("a.html", article(3).replace("41%", "43%"));
    bench.write("note.txt", "Nvidia shares rose 6% on Friday.");
    let done = bench.run(&["ingest", "a.html", "note.txt"]).expect(0);
    assert!(done.err.contains("0 new, 2 changed"), "{}", done.err);
    bench.run(&["search", "margin value:41%"]).expect(1);
    bench.run(&["search", "value:4% Nvidia"]).expect(1);
    assert_eq!(bench.run(&["search", "margin value:43%"]).expect(0).records().len(), 1);
    assert_eq!(bench.run(&["search", "value:6% Nvidia"]).expect(0).records().len(), 1);
    // And back: the page is in the archive already.
    let archive = sizes(&bench.path("corpus/archive"));
    bench.write("a.html", article(3));
    let done = bench.run(&["ingest", "a.html"]).expect(0);
    assert!(done.err.contains("archived: 0 new, 1 already there"), "{}", done.err);
    assert_eq!(sizes(&bench.path("corpus/archive")), archive);
    assert_eq!(bench.run(&["search", "margin value:41%"]).expect(0).records().len(), 1);
}

#[test]
fn what_is_archived_can_be_read_back() {
    let bench = Bench::new();
    bench.write("a.html", article(3));
    bench.write("a.meta.json", "{\"outlet\":\"Tape Weekly\",\"published\":\"2026-02-06\"}");
    bench.run(&["ingest", "a.html"]).expect(0);
    let found = bench.run(&["search", "--in", "documents", "--format", "jsonl"]).expect(0).records();
    let place = &found[0]["archive"];
    let (file, offset) = (place["file"].as_str().expect("a file"), place["offset"].as_u64().expect("an offset"));
    let captured = tapecheck::archive::read(&bench.path("corpus/archive"), file, offset).expect("the capture");
    assert_eq!(captured.page.body, article(3).as_bytes());
    assert_eq!(Some(captured.digest.as_str()), place["digest"].as_str());
    assert_eq!(found[0]["outlet"], "Tape Weekly");
    assert_eq!(found[0]["published_source"], "sidecar");
    // The archive alone gives the same document again, with what was known beside the file.
    bench.run(&["ingest", "--corpus", "second", "--index", "second_index", "corpus/archive"]).expect(0);
    let again = bench
        .run(&["search", "--corpus", "second", "--index", "second_index", "--in", "documents"])
        .expect(0)
        .records();
    for field in ["doc_id", "text", "title", "outlet", "published", "published_source"] {
        assert_eq!(again[0][field], found[0][field], "{field}");
    }
}

/// A stand-in for reading and extracting: one document a file, no claims.
fn stand_in(item: &tapecheck::sources::Item) -> tapecheck::pipeline::Processed {
    let text = String::from_utf8_lossy(&item.page.body).into_owned();
    let mut done = tapecheck::pipeline::Processed::default();
    done.document.doc_id = item.path.clone();
    done.document.content_hash = text.clone();
    done.document.text = text;
    done
}

#[test]
fn another_version_of_the_extractor_reads_everything_again_but_archives_nothing() {
    use std::sync::atomic::{AtomicBool, Ordering};
    use tapecheck::pipeline::{Corpus, Ingest};
    use tapecheck::sources::{Entry, Limits, inputs};
    let bench = Bench::new();
    for n in 0..10 {
        bench.write(&format!("news/{n}.txt"), format!("text {n}"));
    }
    let stop = AtomicBool::new(false);
    let mut corpus = Corpus::open(&bench.path("corpus")).expect("a corpus");
    let mut run = |extractor: &str, stop: &AtomicBool| {
        let ingest = Ingest { process: &stand_in, extractor, stop };
        let list = inputs(&[bench.path("news")], Entry::Auto, Limits::default());
        ingest.run(&mut corpus, list, |_| 0, |i| Ok((i?.read(Limits::default())?, None)), |_| {}).expect("ingested")
    };
    let first = run("1", &stop);
    assert_eq!((first.added, first.archived.kept), (10, 10));
    let again = run("1", &stop);
    assert_eq!((again.read.skipped_for("unchanged"), again.added + again.same), (10, 0));
    let newer = run("2", &stop);
    assert_eq!((newer.same, newer.archived.kept, newer.archived.skipped_for("already there")), (10, 0, 10));
    stop.store(true, Ordering::Relaxed);
    let stopped = run("3", &stop);
    assert!(stopped.interrupted && stopped.read.took == 0);
}

#[test]
fn two_writers_do_not_meet() {
    let bench = Bench::new();
    bench.write("a.html", article(3));
    std::fs::create_dir_all(bench.path("corpus")).expect("a folder");
    let lock = std::fs::File::create(bench.path("corpus/store.lock")).expect("a lock");
    lock.lock().expect("locked");
    let done = bench.run(&["ingest", "a.html"]).expect(2);
    assert!(done.err.contains("is being written by another tapecheck"), "{}", done.err);
    drop(lock);
    bench.run(&["ingest", "a.html"]).expect(0);
}

#[test]
fn killed_at_any_moment_nothing_is_lost_or_doubled() {
    const FILES: usize = 400;
    let calm = Bench::new();
    let news = calm.path("news");
    for n in 1..=FILES {
        // Some documents come twice, under two names: the later one wins.
        calm.write(&format!("news/{n:04}.html"), article(if n % 50 == 0 { n - 1 } else { n }));
    }
    let news = news.display().to_string();
    let began = Instant::now();
    calm.run(&["ingest", &news]).expect(0);
    let whole = began.elapsed();
    let want = contents(&calm.path("corpus"));

    let wild = Bench::new();
    let mut kills = 0;
    // Moments spread over the whole run by a fixed, uneven sequence.
    for i in 0u32..12 {
        let share = f64::from(i * 37 % 100) / 100.0;
        let mut child =
            wild.command(&["ingest", &news]).stderr(Stdio::null()).stdout(Stdio::null()).spawn().expect("the program");
        std::thread::sleep(Duration::from_millis(4) + whole.mul_f64(share * 0.25));
        if child.try_wait().expect("a child").is_none() {
            kills += 1;
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
    assert!(kills >= 3, "only {kills} runs were killed before their end");
    wild.run(&["ingest", &news]).expect(0);
    assert_eq!(contents(&wild.path("corpus")), want);
    let keys = captures(&wild.path("corpus"));
    assert_eq!(keys.len(), FILES);
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), FILES);
    let ids = |bench: &Bench| -> BTreeSet<String> {
        let found = bench.run(&["search", "--limit", "100000"]).expect(0).records();
        let ids: Vec<String> = found.iter().map(|r| r["claim_id"].to_string()).collect();
        let set: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(ids.len(), set.len(), "a claim is indexed twice");
        set
    };
    assert_eq!(ids(&wild), ids(&calm));
    let done = wild.run(&["ingest", &news]).expect(0);
    assert!(done.err.contains("nothing has changed"), "{}", done.err);
    wild.run(&["doctor"]).expect(0);
}
