//! WARC: what is archived here is read back whole by warcio, and warcio's own
//! samples, good and bad, are read as they should be.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tapecheck::archive::{self, Archive, AsSent, Capture};
use tapecheck::model::Page;
use tapecheck::sources::{Captures, Limits};

use super::cases;

/// Prints a line of JSON for each record.
const READ: &str = r#"
import sys, json, base64
from warcio.archiveiterator import ArchiveIterator
with open(sys.argv[1], "rb") as file:
    for record in ArchiveIterator(file):
        body = record.content_stream().read()
        print(json.dumps({
            "type": record.rec_type,
            "id": record.rec_headers.get_header("WARC-Record-ID"),
            "uri": record.rec_headers.get_header("WARC-Target-URI"),
            "truncated": record.rec_headers.get_header("WARC-Truncated"),
            "digest": record.rec_headers.get_header("WARC-Payload-Digest"),
            "status": record.http_headers.get_statuscode() if record.http_headers else None,
            "headers": len(record.http_headers.headers) if record.http_headers else 0,
            "body": base64.b64encode(body).decode(),
        }))
"#;

/// A Python that has warcio. `TAPECHECK_PIP=1` allows to install it into a
/// folder of this build; without it nothing is fetched.
fn python() -> Option<std::path::PathBuf> {
    let has = |python: &Path| {
        let run = Command::new(python).args(["-c", "import warcio"]).output();
        run.is_ok_and(|o| o.status.success())
    };
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("warcio");
    let own = venv.join("bin/python");
    let found = [Path::new("python3"), own.as_path()].into_iter().find(|p| has(p)).map(Path::to_path_buf);
    if found.is_some() {
        return found;
    }
    if std::env::var_os("TAPECHECK_PIP").is_none_or(|v| v != "1") {
        eprintln!("skipped: there is no Python with warcio; TAPECHECK_PIP=1 lets this test install it");
        return None;
    }
    let made = Command::new("python3").args(["-m", "venv"]).arg(&venv).output();
    let put = Command::new(&own)
        .args(["-m", "pip", "install", "--quiet", "--retries=1", "--timeout=15", "warcio==1.8.1"])
        .output();
    if made.is_ok() && put.is_ok() && has(&own) {
        return Some(own);
    }
    eprintln!("skipped: warcio cannot be installed: {made:?} {put:?}");
    None
}

fn with_warcio(python: &Path, file: &Path) -> Vec<Value> {
    let output = Command::new(python).args(["-c", READ]).arg(file).output().expect("Python can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("its lines are text");
    text.lines().map(|l| serde_json::from_str(l).expect("its lines are JSON")).collect()
}

/// Pages of every shape: empty, large, with odd headers and addresses.
fn pages() -> Vec<Page> {
    let header = |n: &str, v: &str| (n.to_string(), v.to_string());
    let page = |url: &str, headers: Vec<(String, String)>, body: Vec<u8>| Page {
        url: url.into(),
        status: 200,
        headers,
        body,
        fetched: Some("2026-02-06T12:00:00Z".into()),
    };
    let html = || vec![header("content-type", "text/html; charset=utf-8")];
    let mut list = vec![
        page("https://tape.example/a?b=1&c=2", html(), b"<p>Sales rose 5%.</p>".to_vec()),
        page("https://tape.example/empty", html(), Vec::new()),
        page("https://tape.example/large", html(), b"Sales rose 5%. ".repeat(200_000)),
        page("https://tape.example/bytes", vec![], (0..=255u8).cycle().take(70_000).collect()),
        page("https://tape.example/caf%C3%A9", vec![header("x-note", "caf\u{e9} \r\n two lines")], "é".into()),
        page("https://tape.example/breaks", html(), b"\r\n\r\nWARC/1.1\r\nContent-Length: 9\r\n\r\n".to_vec()),
        // As sent it was packed and in chunks; kept is the page.
        page(
            "https://tape.example/packed",
            vec![
                header("content-encoding", "gzip"),
                header("transfer-encoding", "chunked"),
                header("content-length", "3"),
            ],
            b"<p>Costs fell 2%.</p>".to_vec(),
        ),
    ];
    list.extend((0..50).map(|i| page(&format!("https://tape.example/{i}"), html(), format!("Page {i}.").into_bytes())));
    list[1].status = 304;
    list
}

#[test]
fn warcio_reads_back_what_is_archived() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut archive, _) = Archive::open(dir.path(), &[]).expect("an archive");
    let request =
        [("host".to_string(), "tape.example".to_string()), ("user-agent".to_string(), "tapecheck".to_string())];
    let pages = pages();
    let mut places = Vec::new();
    for (i, page) in pages.iter().enumerate() {
        let key = archive::key(&page.url, "", &page.body);
        // Fetched pages with their request, and files without.
        let fetched = i % 5 != 4;
        let capture = Capture {
            key: &key,
            uri: &page.url,
            page,
            about: if i % 2 == 0 { "{\"title\": \"T\"}" } else { "" },
            request: fetched.then_some(&request[..]),
            sent: None,
        };
        places.push((archive.add(&capture, "2026-02-06T12:00:00Z").expect("room"), key, fetched));
    }
    archive.sync().expect("a disk");
    for ((place, ..), page) in places.iter().zip(&pages) {
        let back = archive::read(dir.path(), &place.file, place.start).expect("it is there");
        assert_eq!(back.page.body, page.body);
    }
    let file = dir.path().join(&places[0].0.file);
    // Our own reader of foreign files.
    let captures = Captures::open(&file, "a", Limits::default()).expect("it is there");
    let bodies: Vec<Vec<u8>> = captures.filter_map(Result::ok).map(|i| i.page.body).collect();
    assert!(bodies.contains(&b"<p>Costs fell 2%.</p>".to_vec()));
    let Some(python) = python() else { return };
    let records = with_warcio(&python, &file);
    let main: Vec<&Value> =
        records.iter().filter(|r| ["response", "resource"].contains(&super::text(r, "type"))).collect();
    assert_eq!(main.len(), pages.len());
    for ((record, page), (_, key, fetched)) in main.iter().zip(&pages).zip(&places) {
        assert_eq!(super::text(record, "id"), format!("<urn:uuid:{key}>"));
        assert_eq!(super::text(record, "uri"), page.url);
        assert_eq!(super::text(record, "type"), if *fetched { "response" } else { "resource" });
        assert!(super::base64(super::text(record, "body")) == page.body, "{}", page.url);
        if *fetched {
            assert_eq!(super::text(record, "status"), page.status.to_string());
            assert_eq!(record.get("headers").and_then(Value::as_u64), Some(page.headers.len() as u64));
        }
    }
    let count = |kind: &str| records.iter().filter(|r| super::text(r, "type") == kind).count();
    assert_eq!(count("request"), places.iter().filter(|p| p.2).count());
    assert_eq!((count("warcinfo"), count("metadata")), (1, pages.len().div_ceil(2)));
    eprintln!("warc: warcio reads back {} records of {} pages", records.len(), pages.len());
}

/// warcio checks the digests of every record, those of cut ones included.
#[test]
fn warcio_finds_every_digest_right() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut archive, _) = Archive::open(dir.path(), &[]).expect("an archive");
    let request = [("host".to_string(), "tape.example".to_string())];
    let reasons = [None, Some("length"), Some("time"), Some("disconnect"), Some("unspecified")];
    let mut file = String::new();
    for (i, page) in pages().iter().enumerate() {
        let key = archive::key(&page.url, &i.to_string(), &page.body);
        let sent = reasons.get(i % 7).map(|truncated| AsSent { truncated: *truncated });
        let request = (i % 5 != 4).then_some(&request[..]);
        let capture = Capture { key: &key, uri: &page.url, page, about: "{}", request, sent };
        file = archive.add(&capture, "2026-02-06T12:00:00Z").expect("room").file;
    }
    archive.sync().expect("a disk");
    let path = dir.path().join(&file);
    let Some(python) = python() else { return };
    let check = |path: &Path| {
        let code = "import sys; from warcio.cli import main; main(['check', '-v', sys.argv[1]])";
        let output = Command::new(&python).args(["-c", code]).arg(path).output().expect("Python can be run");
        (
            output.status.success(),
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)),
        )
    };
    let (right, said) = check(&path);
    assert!(right && !said.contains("fail"), "{said}");
    eprintln!("warc: warcio checks {} digests, all are right", said.matches("digest pass").count());
    assert!(said.matches("digest pass").count() >= pages().len(), "{said}");
    let cut = with_warcio(&python, &path);
    for reason in reasons.into_iter().flatten() {
        assert!(cut.iter().any(|r| r.get("truncated").and_then(Value::as_str) == Some(reason)), "{reason}");
    }
    // A page changed afterwards is noticed.
    let mut bytes = Vec::new();
    let packed = std::fs::read(&path).expect("the file");
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&packed[..]), &mut bytes).expect("unpacked");
    let at = bytes.windows(14).position(|w| w == b"Sales rose 5%.").expect("a page");
    bytes[at + 11] = b'9';
    let changed = dir.path().join("changed.warc");
    std::fs::write(&changed, bytes).expect("a file");
    assert!(!check(&changed).0, "{}", check(&changed).1);
}

/// What each of warcio's samples gives: addresses with the length of the page,
/// or the reason why a capture is none.
#[test]
fn samples_of_warcio() {
    let Some(folder) = cases("warc") else { return };
    let read = |name: &str| -> Vec<String> {
        let captures = Captures::open(&folder.join(name), name, Limits::default()).expect(name);
        captures
            .map(|c| match c {
                Ok(item) => format!("{} {}", item.uri, item.page.body.len()),
                Err(e) => e.reason().to_string(),
            })
            .collect()
    };
    let page = "http://example.com/ 1270";
    for (name, want) in [
        // A response with a gzip body, a revisit without one, and requests.
        ("example.warc", &[page][..]),
        ("example.warc.gz", &[page]),
        // One gzip member around all records: cannot be sought in, but read.
        ("example-bad-non-chunked.warc.gz", &[page]),
        ("example-iana.org-chunked.warc", &["http://www.iana.org/ 7223"]),
        ("example-resource.warc.gz", &["http://example.com/ 1303"]),
        // An image; its address has spaces.
        ("example-space-in-target-uri.warc.gz", &["binary"]),
        // Answers in JSON.
        ("post-test.warc.gz", &["no page", "no page", "no page"]),
        // Requests only.
        ("example-digest.warc", &[]),
    ] {
        assert_eq!(read(name), want, "{name}");
    }
    // Another format, and a damaged file of it.
    let arc = Captures::open(&folder.join("bad.arc"), "bad.arc", Limits::default()).map(|_| ());
    assert!(arc.is_err_and(|e| e.to_string().contains("looks like an ARC file")));
}
