//! Pages that do not come whole: they are kept as what they are, and never read.
#![allow(clippy::expect_used)]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/site.rs"]
mod site;

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use article::article;
use common::Bench;
use flate2::Compression;
use flate2::write::GzEncoder;
use site::{Site, is_probe, reply};
use tapecheck::archive::Scan;

const SETTINGS: &str = "[crawl]\nallow_private = [\"127.0.0.1\"]\ndelay = 0\ntries = 1\nheader_timeout = 2\n\
    read_timeout = 1\ntotal_timeout = 3\nmax_page = \"200K\"\n";

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(body).expect("packed");
    packer.finish().expect("packed")
}

/// An article with its end missing, in every way in which that can happen.
fn site() -> Site {
    Site::serve(|asked, stream| {
        if asked.path == "/robots.txt" || is_probe(&asked.path) {
            return reply(stream, 404, &[], b"");
        }
        let body = article(7).into_bytes();
        let half = &body[..body.len() / 2];
        let mut send = |head: &str, body: &[u8]| {
            let _ = stream.write_all(format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n").as_bytes());
            let _ = stream.write_all(body);
            let _ = stream.flush();
        };
        match asked.path.as_str() {
            "/whole" => return reply(stream, 200, &[("Content-Type", "text/html")], &body),
            "/lost" => send(&format!("Content-Length: {}\r\n", body.len()), half),
            "/chunk" => send("Transfer-Encoding: chunked\r\n", &[b"ffff\r\n", half].concat()),
            "/stall" => {
                send(&format!("Content-Length: {}\r\n", body.len()), half);
                std::thread::sleep(Duration::from_secs(4));
            }
            "/drip" => {
                send("Content-Length: 90000\r\n", half);
                for _ in 0..12 {
                    std::thread::sleep(Duration::from_millis(400));
                    if stream.write_all(b"x").is_err() {
                        break;
                    }
                }
            }
            "/huge" => send("Content-Length: 9000000\r\n", half),
            "/endless" => send("", &[&body[..], &b"<p>more</p>".repeat(100_000)].concat()),
            "/half-gzip" => {
                let packed = gzip(&body);
                let head = format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", packed.len() / 2);
                send(&head, &packed[..packed.len() / 2]);
            }
            "/bomb" => {
                let packed = gzip(&vec![b' '; 3 << 20]);
                send(&format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", packed.len()), &packed);
            }
            "/no-gzip" => send(&format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", body.len()), &body),
            _ => return reply(stream, 404, &[], b""),
        }
        false
    })
}

#[test]
fn what_is_cut_short_is_kept_as_such_and_never_read() {
    let site = site();
    let paths = ["lost", "chunk", "stall", "drip", "huge", "endless", "half-gzip", "bomb", "no-gzip", "whole"];
    let bench = Bench::new();
    bench.write("tapecheck.toml", SETTINGS);
    let urls: Vec<String> = paths.iter().map(|p| site.url(&format!("/{p}"))).collect();
    let mut args = vec!["crawl"];
    args.extend(urls.iter().map(String::as_str));
    let done = bench.run(&args).expect(0);
    assert!(done.err.contains("stored: 1 new documents"), "{}", done.err);
    assert!(paths.iter().all(|p| site.paths().contains(&format!("/{p}"))));
    let documents = bench.run(&["search", "--in", "documents"]).expect(0).records();
    assert_eq!((documents.len(), &documents[0]["url"]), (1, &site.url("/whole").into()));
    let kept = |folder: &str| -> BTreeMap<String, (Option<String>, usize)> {
        let scan = Scan::open(&bench.path(folder)).expect("an archive");
        let captures = scan.map(|c| c.expect("whole records").captured);
        captures
            .filter(|c| c.page.status == 200)
            .map(|c| (c.uri.rsplit('/').next().expect("a path").to_string(), (c.truncated, c.page.body.len())))
            .collect()
    };
    let kept = kept("corpus/archive");
    let (whole, half) = (article(7).len(), article(7).len() / 2);
    let why = |text: &str| Some(text.to_string());
    for (path, truncated, least) in [
        ("lost", why("disconnect"), half),
        ("chunk", why("disconnect"), half),
        ("stall", why("time"), half),
        ("drip", why("time"), half),
        // Declared too large: nothing of it is read.
        ("huge", why("length"), 0),
        ("endless", why("length"), whole),
        // What came is all that was sent, but half of what is in it.
        ("half-gzip", why("unspecified"), 100),
        // These came whole; they are kept as they were sent.
        ("bomb", None, 1000),
        ("no-gzip", None, whole),
        ("whole", None, whole),
    ] {
        let (found, length) = kept.get(path).unwrap_or_else(|| panic!("{path} is not kept"));
        assert!(*found == truncated && *length >= least, "{path}: {found:?} {length}");
    }
    assert!(kept.values().all(|(_, length)| *length <= 200 << 10), "{kept:?}");
    // Read again, here or elsewhere, they are no documents, and that is said.
    let done = bench.run(&["reprocess"]).expect(0);
    assert!(done.err.contains("7 pages were cut short when they were fetched"), "{}", done.err);
    assert!(done.err.contains("1 the same, 0 changed, 0 new"), "{}", done.err);
    let done = bench.run(&["ingest", "--corpus", "second", "--index", "second_index", "corpus/archive"]).expect(0);
    assert!(done.err.contains("stored: 1 new"), "{}", done.err);
    for why in ["disconnect", "time", "length", "unspecified"] {
        assert!(done.err.contains(&format!("cut short when it was archived ({why})")), "{why}: {}", done.err);
    }
    bench.run(&["doctor"]).expect(0);
}
