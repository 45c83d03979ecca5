//! Bad input: each is named, the others go on, nothing panics, hangs or is lost.

#![allow(clippy::expect_used)]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/sizes.rs"]
mod sizes;

use std::fs::{self, File};
use std::time::{Duration, Instant};

use article::article;
use common::Bench;

fn root() -> bool {
    std::env::var_os("USER").is_some_and(|u| u == "root")
        || fs::read_to_string("/proc/self/status").is_ok_and(|s| s.contains("\nUid:\t0\t"))
}

#[test]
fn empty_and_binary_files() {
    let bench = Bench::new();
    bench.write("empty.txt", "");
    bench.write("blank.html", " \n\n");
    bench.write("binary.txt", [0u8, 159, 146, 150, 0, 1, 2, 3].repeat(100));
    bench.write("report.pdf", b"%PDF-1.7 not really");
    let done = bench.run(&["extract", "empty.txt", "blank.html"]).expect(1);
    assert!(done.err.contains("empty.txt is empty") && done.err.contains("blank.html is empty"), "{}", done.err);
    let done = bench.run(&["extract", "binary.txt", "report.pdf"]).expect(2);
    assert!(done.err.contains("looks like a binary file") && done.err.contains("looks like a PDF"), "{}", done.err);
    let done = bench.run(&["ingest", "empty.txt", "binary.txt"]).expect(1);
    assert!(done.err.contains("1 binary, 1 empty"), "{}", done.err);
}

#[test]
fn ten_megabytes_of_nested_tags() {
    let bench = Bench::new();
    bench.write("deep.html", format!("<html><body>{}Revenue rose 5%.", "<div>".repeat(2 << 20)));
    bench.write("good.html", article(3));
    let began = Instant::now();
    let done = bench.run(&["ingest", "deep.html", "good.html"]).expect(0);
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    assert!(done.err.contains("read: 2 taken, 2 kept"), "{}", done.err);
}

#[test]
fn a_file_over_the_limit_is_refused_by_name() {
    let bench = Bench::new();
    let big = File::create(bench.path("big.html")).expect("a file");
    big.set_len(200_000_000).expect("a sparse file");
    bench.write("big.jsonl.txt", "x");
    bench.write("good.html", article(3));
    let began = Instant::now();
    let done = bench.run(&["ingest", "big.html", "good.html"]).expect(0);
    assert!(began.elapsed() < Duration::from_secs(20));
    assert!(
        done.err.contains("big.html (190.7 MiB) is larger than the limit of 64 MiB; raise it with --max-file-size"),
        "{}",
        done.err
    );
    bench.run(&["extract", "big.html"]).expect(2);
    let done = bench.run(&["extract", "--max-file-size", "500", "good.html"]).expect(2);
    assert!(done.err.contains("limit of 500 bytes"), "{}", done.err);
    // Packed small, unpacked large.
    let packed = gzip(&vec![b' '; 3 << 20]);
    bench.write("bomb.html.gz", packed);
    let done = bench.run(&["extract", "--max-file-size", "1M", "bomb.html.gz"]).expect(2);
    assert!(done.err.contains("bomb.html.gz, unpacked, is larger"), "{}", done.err);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(bytes).expect("packed");
    gz.finish().expect("packed")
}

#[test]
fn invalid_utf8_and_damaged_gzip() {
    let bench = Bench::new();
    let mut text = article(7).into_bytes();
    text.extend([0xC3, 0x28, 0xFF, 0xFE, b'\n']);
    bench.write("latin.html", &text);
    bench.run(&["extract", "latin.html"]).expect(0);
    let mut packed = gzip(&text);
    packed.truncate(packed.len() / 2);
    bench.write("cut.html.gz", packed);
    let done = bench.run(&["extract", "cut.html.gz"]).expect(2);
    assert!(done.err.contains("damaged or cut short"), "{}", done.err);
    bench.write(
        "lines.jsonl",
        b"{\"id\":1,\"text\":\"Shares rose 3%.\"}\n\xFF\xFE\n{\"id\":2}\n{\"id\":3,\"text\":\"Shares fell 4%.\"}\n",
    );
    let done = bench.run(&["extract", "--kind", "document", "lines.jsonl"]).expect(2);
    assert_eq!(done.records().len(), 2);
    assert!(done.err.contains("lines.jsonl:2") && done.err.contains("lines.jsonl:3"), "{}", done.err);
}

#[test]
fn missing_files_broken_links_and_closed_folders() {
    let bench = Bench::new();
    bench.write("news/a.html", article(1));
    bench.write("news/closed/b.html", article(2));
    std::os::unix::fs::symlink("nowhere", bench.path("news/link.html")).expect("a link");
    std::os::unix::fs::symlink(".", bench.path("news/round")).expect("a link");
    let done = bench.run(&["ingest", "news", "gone.html"]).expect(0);
    assert!(done.err.contains("gone.html: there is no such file"), "{}", done.err);
    assert!(done.err.contains("news/link.html is a link to a file that does not exist"), "{}", done.err);
    assert!(done.err.contains("4 taken, 2 kept, 1 broken link, 1 unreadable"), "{}", done.err);
    bench.run(&["ingest", "gone.html"]).expect(1);
    bench.run(&["extract", "gone.html", "news/a.html"]).expect(2);

    if root() {
        eprintln!("skipped: a folder without permission cannot be made as root; see `sources` for the message");
        return;
    }
    use std::os::unix::fs::PermissionsExt;
    let closed = bench.path("news/closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions");
    let done = bench.run(&["ingest", "news"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions");
    assert!(done.err.contains("permission denied"), "{}", done.err);
    assert_eq!(done.code, Some(0));
}

#[test]
fn a_file_that_vanishes_between_listing_and_reading() {
    use tapecheck::sources::{Entry, Limits, inputs};
    let bench = Bench::new();
    bench.write("news/a.html", article(1));
    bench.write("news/b.html", article(2));
    let mut list: Vec<_> = inputs(&[bench.path("news")], Entry::Auto, Limits::default()).collect();
    fs::remove_file(bench.path("news/a.html")).expect("removed");
    let second = list.pop().expect("two").expect("listed");
    let first = list.pop().expect("two").expect("listed");
    let said = first.read(Limits::default()).map_err(|e| e.to_string()).expect_err("it is gone");
    assert!(said.contains("a.html: there is no such file"), "{said}");
    assert!(second.read(Limits::default()).is_ok());
}

#[test]
fn a_read_only_store_and_one_of_a_newer_version() {
    let bench = Bench::new();
    bench.write("a.html", article(1));
    bench.run(&["ingest", "a.html"]).expect(0);
    let store = bench.path("corpus/store.sqlite");
    let db = rusqlite::Connection::open(&store).expect("the store");
    db.pragma_update(None, "user_version", 999).expect("a version");
    drop(db);
    for arguments in [&["ingest", "a.html"][..], &["search", "x"], &["status"], &["index", "rebuild"]] {
        let done = bench.run(arguments).expect(2);
        assert!(done.err.contains("written by a newer tapecheck"), "{}", done.err);
    }
    let db = rusqlite::Connection::open(&store).expect("the store");
    db.pragma_update(None, "user_version", tapecheck::store::VERSION).expect("a version");
    drop(db);
    bench.run(&["status"]).expect(0);

    if root() {
        eprintln!("skipped: root may write everywhere; the message is tested in `store` with a read-only connection");
        return;
    }
    use std::os::unix::fs::PermissionsExt;
    for file in fs::read_dir(bench.path("corpus")).expect("files").flatten() {
        if file.path().is_file() {
            fs::set_permissions(file.path(), fs::Permissions::from_mode(0o444)).expect("permissions");
        }
    }
    fs::set_permissions(bench.path("corpus"), fs::Permissions::from_mode(0o555)).expect("permissions");
    let done = bench.run(&["ingest", "a.html"]);
    fs::set_permissions(bench.path("corpus"), fs::Permissions::from_mode(0o755)).expect("permissions");
    assert_eq!(done.code, Some(2));
    assert!(done.err.contains("read-only") || done.err.contains("ermission denied"), "{}", done.err);
}

#[test]
fn a_corrupt_index_names_the_command_that_repairs_it() {
    let bench = Bench::new();
    for n in 1..20 {
        bench.write(&format!("news/{n}.html"), article(n));
    }
    bench.run(&["ingest", "news"]).expect(0);
    let sound = bench.run(&["search", "capital spending", "--limit", "100"]).expect(0).out;
    let files = || sizes::sizes(&bench.path("index"));
    // Each file in turn: missing, cut short, overwritten.
    let mut noticed = 0;
    for (path, size) in files() {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if size == 0 || name.starts_with(".tantivy") || name == ".managed.json" {
            continue;
        }
        let bytes = fs::read(&path).expect("a file");
        for damage in 0..3 {
            match damage {
                0 => fs::remove_file(&path).expect("removed"),
                1 => fs::write(&path, &bytes[..bytes.len() / 2]).expect("cut"),
                _ => fs::write(&path, vec![0x5A; bytes.len()]).expect("overwritten"),
            }
            let done = bench.run(&["search", "capital spending", "--limit", "100"]);
            assert!(!done.err.contains("panicked"), "{name} {damage}: {}", done.err);
            if done.code == Some(2) {
                noticed += 1;
                assert!(done.err.contains("tapecheck index rebuild"), "{name} {damage}: {}", done.err);
            }
            fs::write(&path, &bytes).expect("restored");
        }
    }
    assert!(noticed >= 10, "only {noticed} damages were noticed");
    for (path, _) in files() {
        fs::write(path, "broken").expect("broken");
    }
    let done = bench.run(&["search", "capital"]).expect(2);
    assert!(done.err.contains("tapecheck index rebuild"), "{}", done.err);
    let done = bench.run(&["ingest", "news"]).expect(2);
    assert!(done.err.contains("tapecheck index rebuild"), "{}", done.err);
    bench.run(&["index", "rebuild"]).expect(0);
    let again = bench.run(&["search", "capital spending", "--limit", "100"]).expect(0).out;
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&again), sorted(&sound));
    bench.run(&["doctor"]).expect(0);
}
