//! A crawl that is killed at any moment loses nothing and doubles nothing.
//!
//! 200 pages and 10 kills; `TAPECHECK_LONG=1` makes it 2,000 pages and 50.
#![allow(clippy::expect_used)] // what a test expects, its helpers expect too

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/site.rs"]
mod site;
#[path = "common/stored.rs"]
mod stored;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use article::article;
use common::Bench;
use site::{Site, reply};
use stored::{contents, pages, states};

/// Requests in flight at most.
const AT_ONCE: usize = 8;

fn serve(count: usize) -> Site {
    let own = Arc::new(OnceLock::<String>::new());
    let known = Arc::clone(&own);
    let site = Site::serve(move |asked, stream| match asked.path.as_str() {
        "/map.xml" => {
            let base = known.get().cloned().unwrap_or_default();
            let urls: String = (1..=count).map(|n| format!("<url><loc>{base}/a/{n}</loc></url>")).collect();
            reply(stream, 200, &[("Content-Type", "application/xml")], format!("<urlset>{urls}</urlset>").as_bytes())
        }
        path if path.starts_with("/a/") => {
            let n: usize = path[3..].parse().unwrap_or(0);
            // One in twenty is led somewhere else first.
            if n.is_multiple_of(20) {
                return reply(stream, 302, &[("Location", &format!("/b/{n}"))], b"");
            }
            reply(stream, 200, &[], article(n).as_bytes())
        }
        path if path.starts_with("/b/") => reply(stream, 200, &[], article(path[3..].parse().unwrap_or(0)).as_bytes()),
        _ => reply(stream, 404, &[], b""),
    });
    own.set(site.url("")).expect("set once");
    site
}

fn bench() -> Bench {
    let bench = Bench::new();
    let text = format!(
        "[crawl]\nallow_private = [\"127.0.0.1\"]\ndelay = 0\nat_once = {AT_ONCE}\nin_flight = {AT_ONCE}\npages_per_host = 100000\n"
    );
    bench.write("tapecheck.toml", text);
    bench
}

fn claims(bench: &Bench) -> BTreeSet<String> {
    let found = bench.run(&["search", "--limit", "1000000"]).expect(0).records();
    let ids: BTreeSet<String> = found.iter().map(|r| r["claim_id"].to_string()).collect();
    assert_eq!(ids.len(), found.len(), "a claim is indexed twice");
    ids
}

#[test]
fn killed_at_any_moment_nothing_is_lost_or_doubled() {
    let long = std::env::var_os("TAPECHECK_LONG").is_some();
    let (count, kills) = if long { (2000, 50) } else { (200, 10) };
    let site = serve(count);
    let map = site.url("/map.xml");
    let calm = bench();
    let began = Instant::now();
    calm.run(&["crawl", &map]).expect(0);
    let whole = began.elapsed();
    let (want, want_claims) = (contents(&calm.path("corpus")), claims(&calm));
    let calm_requests = site.paths().len();

    let wild = bench();
    let mut killed = 0;
    let mut tries = 0u32;
    // Moments spread by a fixed, uneven sequence; short enough that many fit in.
    while killed < kills && tries < 4 * kills {
        tries += 1;
        let share = f64::from(tries * 37 % 100) / 100.0;
        let mut child =
            wild.command(&["crawl", &map]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program");
        let start = Duration::from_millis(if long { 150 } else { 60 });
        std::thread::sleep(start + whole.mul_f64(share * 4.0 / f64::from(kills)));
        killed += u32::from(child.try_wait().expect("a child").is_none());
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
    assert!(killed >= kills / 2, "only {killed} runs were killed before their end");
    let done = wild.run(&["crawl", &map]).expect(0);

    let mut per_page: BTreeMap<String, usize> = BTreeMap::new();
    for url in pages(&wild.path("corpus"), false) {
        *per_page.entry(url).or_default() += 1;
    }
    assert_eq!(per_page.len(), count, "every page is archived\n{}", done.err);
    let doubled: Vec<&String> = per_page.iter().filter(|(_, n)| **n > 1).map(|(u, _)| u).collect();
    assert!(doubled.is_empty(), "archived twice: {doubled:?}");
    assert_eq!(contents(&wild.path("corpus")), want);
    assert_eq!(claims(&wild), want_claims);
    assert_eq!(states(&wild.path("corpus")).get("done"), Some(&(count as u64)));
    // Lists are read by every crawl; of pages at most those in flight were asked for again.
    let wild_pages = site.paths().len() - calm_requests;
    let most = count + count / 20 + (tries as usize + 1) * (2 * AT_ONCE + 1);
    let last = site.asked().last().map(ToString::to_string).unwrap_or_default();
    assert!(wild_pages <= most, "{wild_pages} requests for {count} pages and {tries} kills, the last: {last}");
    eprintln!("{killed} kills, {wild_pages} requests for {count} pages ({calm_requests} without kills)");
    wild.run(&["doctor"]).expect(0);
}
