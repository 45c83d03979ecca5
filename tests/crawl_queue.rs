//! What a crawl takes up of the queue, and what it leaves there.
#![allow(clippy::expect_used)]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/site.rs"]
mod site;

use article::article;
use common::Bench;
use site::{Site, is_probe, reply};

const SETTINGS: &str = "[crawl]\nallow_private = [\"127.0.0.1\"]\ndelay = 0\nat_once = 1\n";

/// Two feeds; the second one names a page of the first one, too.
fn site() -> Site {
    Site::serve(|asked, stream| {
        let own = format!("http://{}", asked.header("host"));
        let feed = |pages: std::ops::Range<usize>| {
            let item = |n: usize| format!("<item><title>t{n}</title><link>{own}/a/{n}</link></item>");
            let items: String = pages.map(item).collect();
            format!("<rss version=\"2.0\"><channel><title>f</title>{items}</channel></rss>").into_bytes()
        };
        match asked.path.as_str() {
            "/one" => reply(stream, 200, &[("Content-Type", "application/rss+xml")], &feed(1..6)),
            "/two" => reply(stream, 200, &[("Content-Type", "application/rss+xml")], &feed(5..8)),
            path if path.starts_with("/a/") && !is_probe(path) => {
                let n = path.trim_start_matches("/a/").parse().unwrap_or(0);
                reply(stream, 200, &[("Content-Type", "text/html")], article(n).as_bytes())
            }
            _ => reply(stream, 404, &[], b""),
        }
    })
}

fn pages(site: &Site, from: usize) -> Vec<String> {
    let mut pages: Vec<String> = site.paths().into_iter().skip(from).filter(|p| p.starts_with("/a/")).collect();
    pages.sort();
    pages
}

#[test]
fn a_crawl_of_an_address_leaves_the_queue_of_others_alone_and_says_so() {
    let site = site();
    let bench = Bench::new();
    bench.write("tapecheck.toml", SETTINGS);
    let done = bench.run(&["crawl", &site.url("/one"), "--limit", "2"]).expect(0);
    assert!(done.err.contains("3 addresses are still queued; the same crawl goes on"), "{}", done.err);
    assert_eq!(pages(&site, 0), ["/a/1", "/a/2"]);
    // Another address: of what is left only the page that it names itself.
    let asked = site.paths().len();
    let done = bench.run(&["crawl", &site.url("/two")]).expect(0);
    assert_eq!(pages(&site, asked), ["/a/5", "/a/6", "/a/7"]);
    assert!(done.err.contains("2 addresses of other crawls are left in the queue"), "{}", done.err);
    assert!(done.err.contains("crawl --resume"), "{}", done.err);
    // The same address goes on with its own, here by one.
    let asked = site.paths().len();
    let done = bench.run(&["crawl", &site.url("/one"), "--limit", "1"]).expect(0);
    assert_eq!(pages(&site, asked), ["/a/3"], "{}", done.err);
    // All that is left, without asking for any list again.
    let asked = site.paths().len();
    let done = bench.run(&["crawl", "--resume"]).expect(0);
    assert_eq!(site.paths()[asked..], ["/a/4"], "{}", done.err);
    assert!(!done.err.contains("left in the queue"), "{}", done.err);
    let documents = bench.run(&["search", "--in", "documents"]).expect(0).records();
    assert_eq!(documents.len(), 7);
    assert!(documents.iter().all(|d| d["source"].is_null()), "addresses of the command line are no sources");
    assert!(bench.run(&["crawl", "--resume"]).expect(2).err.contains("nothing to crawl"));
}

#[test]
fn without_an_address_everything_is_gone_on_with() {
    let site = site();
    let bench = Bench::new();
    bench.write("tapecheck.toml", SETTINGS);
    bench.run(&["crawl", &site.url("/one"), "--limit", "2"]).expect(0);
    let declared = format!("{SETTINGS}[[source]]\nname = \"two\"\nkind = \"feed\"\nurl = \"{}\"\n", site.url("/two"));
    bench.write("tapecheck.toml", declared);
    let asked = site.paths().len();
    let done = bench.run(&["crawl", "--source", "two", "--limit", "1"]).expect(0);
    assert_eq!(pages(&site, asked).len(), 1, "{}", done.err);
    assert!(done.err.contains("addresses of other crawls are left in the queue"), "{}", done.err);
    let asked = site.paths().len();
    let done = bench.run(&["crawl"]).expect(0);
    assert_eq!(pages(&site, asked).len(), 4, "{}", done.err);
    assert!(!done.err.contains("queue"), "{}", done.err);
}
