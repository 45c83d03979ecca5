//! Bad input: each is named, the others go on, nothing panics, hangs or is lost.

#![allow(clippy::expect_used)]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/sizes.rs"]
mod sizes;

#[path = "common/ordinary.rs"]
mod ordinary;

use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use article::article;
use common::{Bench, Done};

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
    let done = bench.run(&["ingest", "empty.txt", "binary.txt"]).expect(2);
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
    let done = bench.run(&["ingest", "big.html", "good.html"]).expect(2);
    assert!(done.err.contains("stored: 1 new"), "{}", done.err);
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
fn missing_files_and_broken_links() {
    let bench = Bench::new();
    bench.write("news/a.html", article(1));
    bench.write("news/b.html", article(2));
    std::os::unix::fs::symlink("nowhere", bench.path("news/link.html")).expect("a link");
    std::os::unix::fs::symlink(".", bench.path("news/round")).expect("a link");
    let done = bench.run(&["ingest", "news", "gone.html"]).expect(2);
    assert!(done.err.contains("gone.html: there is no such file; check the path"), "{}", done.err);
    assert!(done.err.contains("news/link.html is a link to a file that does not exist; remove"), "{}", done.err);
    assert!(done.err.contains("4 taken, 2 kept, 1 broken link, 1 unreadable"), "{}", done.err);
    assert_eq!(bench.run(&["search", "--in", "documents"]).expect(0).records().len(), 2);
    bench.run(&["ingest", "gone.html"]).expect(2);
    bench.run(&["extract", "gone.html", "news/a.html"]).expect(2);
}

#[test]
fn a_folder_and_a_file_without_permission() {
    let bench = Bench::new();
    bench.write("news/a.html", article(1));
    bench.write("news/closed/b.html", article(2));
    bench.write("news/secret.html", article(3));
    let Some(user) = bench.ordinary() else { return };
    user.close(&["news/closed", "news/secret.html"]);
    for arguments in [["ingest", "news"], ["extract", "news"]] {
        let done = user.run(&arguments).expect(2);
        for name in ["news/closed", "news/secret.html"] {
            assert!(
                done.err.contains(&format!("cannot read {name}: permission denied; check who may read it")),
                "{}",
                done.err
            );
        }
        assert!(done.err.contains("3 taken, 1 kept, 2 unreadable"), "{}", done.err);
    }
    let done = user.run(&["ingest", "news/closed"]).expect(2);
    assert!(done.err.contains("cannot read news/closed: permission denied"), "{}", done.err);
    assert_eq!(user.run(&["search", "--in", "documents"]).expect(0).records().len(), 1);
    // Opened again, the rest is taken in.
    user.open(&["news/closed", "news/secret.html"]);
    let done = user.run(&["ingest", "news"]).expect(0);
    assert!(done.err.contains("3 taken, 2 kept, 1 unchanged"), "{}", done.err);
}

/// How a program ended; one that does not end is ended, and fails.
fn within(limit: Duration, mut child: std::process::Child) -> Done {
    let began = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        let late = began.elapsed() > limit;
        if late {
            child.kill().expect("ended");
        }
        assert!(!late, "the program did not end within {limit:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
    Done::of(&child.wait_with_output().expect("ended"))
}

#[test]
fn a_file_that_vanishes_between_listing_and_reading() {
    let bench = Bench::new();
    for n in 0..100 {
        bench.write(&format!("news/{n:03}.html"), article(n));
    }
    let pipe = bench.path("first.txt");
    if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|s| s.success()) {
        eprintln!("skipped: pipes cannot be made here");
        return;
    }
    // The program lists the folder, then waits for what comes out of the pipe.
    let mut command = bench.command(&["ingest", "first.txt", "news"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program");
    let last = bench.path("news/099.html");
    std::thread::spawn({
        let pipe = pipe.clone();
        move || {
            let mut into = File::options().write(true).open(&pipe).expect("the program reads");
            fs::remove_file(last).expect("removed");
            std::io::Write::write_all(&mut into, b"Nvidia shares rose 4% on Friday.").expect("written");
        }
    });
    let done = within(Duration::from_secs(60), child).expect(2);
    assert!(done.err.contains("cannot read news/099.html: there is no such file; check the path"), "{}", done.err);
    assert!(done.err.contains("101 taken, 100 kept, 1 unreadable"), "{}", done.err);
    bench.run(&["doctor"]).expect(0);
    // A pipe in a folder is passed over: it might never end.
    fs::rename(&pipe, bench.path("news/first.txt")).expect("moved");
    let done = bench.run(&["ingest", "news"]).expect(0);
    assert!(done.err.contains("news/first.txt is a pipe, socket or device; name it"), "{}", done.err);
    assert!(done.err.contains("99 unchanged"), "{}", done.err);
}

#[test]
fn a_store_of_a_newer_version() {
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
}

#[test]
fn a_read_only_store() {
    let bench = Bench::new();
    bench.write("a.html", article(1));
    bench.write("b.html", article(2));
    let Some(user) = bench.ordinary() else { return };
    user.run(&["ingest", "a.html"]).expect(0);
    // What SQLite leaves beside the store says nothing.
    let sizes = || {
        let mut list = sizes::sizes(&bench.path("corpus"));
        list.extend(sizes::sizes(&bench.path("corpus/archive")));
        list.retain(|(path, _)| !path.to_string_lossy().contains("sqlite-"));
        list
    };
    let before = sizes();
    // The store alone; the folder alone; both.
    for closed in [&["corpus/store.sqlite"][..], &["corpus"], &["corpus/store.sqlite", "corpus"]] {
        user.protect(closed);
        let done = user.run(&["ingest", "b.html"]).expect(2);
        let told = done.err.contains("store corpus/store.sqlite is read-only; check its permissions")
            || done.err.contains("corpus folder corpus: Permission denied");
        assert!(told, "{closed:?}: {}", done.err);
        assert!(done.err.contains("choose another"), "{}", done.err);
        user.open(closed);
        assert_eq!(sizes(), before, "{closed:?}");
    }
    user.protect(&["corpus/archive/tapecheck-00001.warc.gz"]);
    let done = user.run(&["ingest", "b.html"]).expect(2);
    assert!(done.err.contains("tapecheck-00001.warc.gz: permission denied; check its permissions"), "{}", done.err);
    user.open(&["corpus/archive/tapecheck-00001.warc.gz"]);
    user.protect(&["index"]);
    let done = user.run(&["ingest", "b.html"]).expect(2);
    assert!(done.err.contains("cannot write index index") && done.err.contains("--index"), "{}", done.err);
    user.open(&["index"]);
    // Stored, though it was not indexed: the next run makes up for it.
    let done = user.run(&["ingest", "b.html"]).expect(0);
    assert!(done.err.contains("nothing has changed") && done.err.contains("indexed: 1 documents"), "{}", done.err);
    assert_eq!(user.run(&["search", "--in", "documents"]).expect(0).records().len(), 2);
}

/// Where room ends.
#[derive(Clone, Copy)]
enum End {
    /// On a small disk of its own.
    Disk,
    /// At a limit on the size of files.
    Files,
}

/// Runs `ingest` with `room` KiB. Corpus and index are then in the folder `full`.
fn ingest_with_little_room(bench: &Bench, end: End, room: usize) -> Done {
    let program = env!("CARGO_BIN_EXE_tapecheck");
    let small_disk = format!(
        "mkdir -p disk full && mount -t tmpfs -o size={room}k tmpfs disk && cp -r full/. disk && \
         {{ '{program}' --corpus disk/corpus --index disk/index ingest news; code=$?; cp -r disk/. full; exit $code; }}"
    );
    let limit = format!(
        "mkdir -p full; trap '' XFSZ; ulimit -f {}; \
         exec '{program}' --corpus full/corpus --index full/index ingest news",
        room * 2
    );
    let mut command = match end {
        End::Disk => {
            let mut command = Command::new("unshare");
            command.args(["-rm", "sh", "-c", &small_disk]);
            command
        }
        End::Files => {
            let mut command = Command::new("sh");
            command.args(["-c", &limit]);
            command
        }
    };
    Done::of(&command.current_dir(bench.path("")).output().expect("a shell"))
}

/// Room for nothing, for some of the archive, of the store, of the index: each
/// run says what is full and what to do, and keeps what was there.
fn room_ends(end: End) {
    const FILES: usize = 600;
    let bench = Bench::new();
    for n in 0..FILES {
        bench.write(&format!("news/{n:03}.html"), article(n));
    }
    let (mut told, mut stored) = (0, 0);
    for room in [60, 200, 400, 800, 1200, 1800, 2600, 4000, 8000] {
        let done = ingest_with_little_room(&bench, end, room);
        assert!(!done.err.contains("panicked"), "{room}: {}", done.err);
        if done.code == Some(0) {
            break;
        }
        assert_eq!(done.code, Some(2), "{room}: {}", done.err);
        let named = ["full/", "disk/"].iter().any(|f| done.err.contains(f));
        let advised = ["free some space", "the room left"].iter().any(|a| done.err.contains(a));
        assert!(named && advised, "{room}: {}", done.err);
        told += 1;
        let store = bench.path("full/corpus/store.sqlite");
        if store.exists() {
            let store = tapecheck::store::Store::open(&store).expect("a sound store");
            let now = store.counts().expect("counted").documents;
            assert!(now >= stored && store.check().expect("checked").is_none(), "{room}: {stored}, then {now}");
            stored = now;
        }
    }
    assert!(told >= 3, "only {told} runs met the end");
    // With room enough everything comes in, once.
    let place = ["--corpus", "full/corpus", "--index", "full/index"];
    let run = |arguments: &[&str]| bench.run(&[&place, arguments].concat()).expect(0);
    let done = run(&["ingest", "news"]);
    assert!(done.err.contains("600 "), "{}", done.err);
    run(&["doctor"]);
    assert_eq!(run(&["search", "--in", "documents", "--limit", "1000"]).records().len(), FILES);
}

#[test]
fn a_full_disk() {
    let can = Command::new("unshare").args(["-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]).output();
    if can.is_ok_and(|o| o.status.success()) {
        room_ends(End::Disk);
    } else {
        eprintln!("skipped: no small disk can be made here; see the test of limited files");
    }
}

#[test]
fn files_that_may_not_grow() {
    room_ends(End::Files);
}

#[test]
fn output_that_cannot_be_written() {
    let bench = Bench::new();
    bench.write("a.html", article(1));
    let Ok(full) = File::options().write(true).open("/dev/full") else {
        eprintln!("skipped: there is no /dev/full");
        return;
    };
    bench.run(&["ingest", "a.html"]).expect(0);
    for arguments in [&["extract", "a.html"][..], &["search", "capital"], &["schema"], &["status"]] {
        let out = full.try_clone().expect("a handle");
        let done = bench.command(arguments).stdout(out).stderr(Stdio::piped()).spawn().expect("the program");
        let done = Done::of(&done.wait_with_output().expect("ended")).expect(2);
        assert!(done.err.contains("cannot write the output") && done.err.contains("free some space"), "{}", done.err);
    }
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
