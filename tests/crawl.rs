//! Crawling: the program against small sites on loopback.
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

use std::net::TcpStream;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use article::article;
use common::{Bench, Done};
use site::{Asked, Site, reply};
use stored::{contents, pages, states};

/// Settings under which loopback may be asked, quickly.
pub const QUICK: &str = "[crawl]\nallow_private = [\"127.0.0.1\"]\ndelay = 0\nat_once = 8\nretry = 0.2\npatience = 4\n\
    header_timeout = 2\nread_timeout = 2\ntotal_timeout = 5\n";

fn bench(sources: &str) -> Bench {
    let bench = Bench::new();
    bench.write("tapecheck.toml", format!("{QUICK}{sources}"));
    bench
}

fn rss(urls: &[String]) -> Vec<u8> {
    let items: String = urls
        .iter()
        .enumerate()
        .map(|(n, u)| {
            format!(
                "<item><title>t{n}</title><link>{u}</link><pubDate>Fri, {:02} Feb 2026 10:00:00 GMT</pubDate></item>",
                n % 20 + 1
            )
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>f</title>{items}</channel></rss>").into_bytes()
}

fn number(path: &str) -> usize {
    path.rsplit('/').next().and_then(|n| n.trim_end_matches(".html").parse().ok()).unwrap_or(1)
}

/// A line of the table of accounts.
fn account(done: &Done, name: &str) -> u64 {
    let line = done.err.lines().find(|l| l.trim_start().starts_with(name));
    line.and_then(|l| l.split_whitespace().last()).and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// The groups of the table add up to its last line.
fn adds_up(done: &Done) {
    let rows = done.err.lines().skip_while(|l| !(l.contains("addresses") && l.contains("number"))).skip(2);
    let (mut sum, mut all) = (0, None);
    for row in rows {
        let n: u64 = row.split_whitespace().last().and_then(|n| n.parse().ok()).expect(row);
        if row.trim_start().starts_with("all addresses") {
            all = Some(n);
            break;
        }
        sum += n;
    }
    assert_eq!(all, Some(sum), "{}", done.err);
}

/// A small outlet: a feed, a sitemap index with a packed sitemap, a page of
/// links, and everything that is no article.
fn outlet() -> Site {
    let own = Arc::new(std::sync::OnceLock::<String>::new());
    let known = Arc::clone(&own);
    let site = Site::serve(move |asked, stream| {
        let base = known.get().cloned().unwrap_or_default();
        let article_of = |n: usize, asked: &Asked, stream: &mut TcpStream| {
            let body = article(n).replace("https://tape.example/a/", &format!("{base}/a/"));
            let tag = format!("\"v{n}\"");
            if asked.header("if-none-match") == tag {
                return reply(stream, 304, &[("ETag", &tag)], b"");
            }
            reply(stream, 200, &[("ETag", &tag)], body.as_bytes())
        };
        match asked.path.as_str() {
            "/robots.txt" => {
                let text = format!("User-agent: *\nDisallow: /private/\nSitemap: {base}/index.xml\n");
                reply(stream, 200, &[("Content-Type", "text/plain")], text.as_bytes())
            }
            "/feed.xml" => {
                let mut urls: Vec<String> = (1..=5).map(|n| format!("{base}/a/{n}?utm_source=rss#top")).collect();
                urls.push(format!("{base}/private/9"));
                urls.push(format!("{base}/moved"));
                reply(stream, 200, &[("Content-Type", "application/rss+xml")], &rss(&urls))
            }
            "/index.xml" => {
                let text = format!("<sitemapindex><sitemap><loc>{base}/map.xml.gz</loc></sitemap></sitemapindex>");
                reply(stream, 200, &[("Content-Type", "application/xml")], text.as_bytes())
            }
            "/map.xml.gz" => {
                use std::io::Write;
                let urls: String = ["/a/1", "/a/6", "/a/7", "/gone", "/wall", "/paid", "/soft", "/picture", "/empty"]
                    .iter()
                    .map(|p| format!("<url><loc>{base}{p}</loc></url>"))
                    .collect();
                let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                packer.write_all(format!("<urlset>{urls}</urlset>").as_bytes()).expect("packed");
                reply(stream, 200, &[("Content-Type", "application/gzip")], &packer.finish().expect("packed"))
            }
            "/links" => {
                let html = "<nav><a href=/nav>n</a></nav><main><a href='/a/8'>8</a><a href='/a/1'>1</a></main>";
                reply(stream, 200, &[], html.as_bytes())
            }
            "/moved" => reply(stream, 301, &[("Location", "/a/10")], b""),
            "/gone" => reply(stream, 410, &[], b"gone"),
            "/wall" => reply(
                stream,
                200,
                &[],
                b"<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h'></script>",
            ),
            "/paid" => {
                let mark = "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script></head>";
                reply(stream, 200, &[], article(90).replace("</head>", mark).as_bytes())
            }
            "/picture" => reply(stream, 200, &[("Content-Type", "image/png")], b"\x89PNG...."),
            "/empty" => reply(stream, 200, &[], b""),
            path if path.starts_with("/a/") => article_of(number(path), asked, stream),
            // Everything else is missing, and says so with 200.
            path => {
                let body =
                    format!("<html><body><h1>Oh no</h1><p>We could not find {path} anywhere here.</p></body></html>");
                reply(stream, 200, &[], body.as_bytes())
            }
        }
    });
    own.set(site.url("")).expect("set once");
    site
}

fn sources(site: &Site) -> String {
    let url = |p: &str| site.url(p);
    format!(
        "[[source]]\nname = \"feed\"\nkind = \"feed\"\nurl = \"{}\"\noutlet = \"Tape Weekly\"\n\
         [[source]]\nname = \"map\"\nkind = \"sitemap\"\nurl = \"{}\"\n\
         [[source]]\nname = \"links\"\nkind = \"links\"\nurl = \"{}\"\nselect = \"main a\"\n",
        url("/feed.xml"),
        url("/robots.txt"),
        url("/links")
    )
}

#[test]
fn a_crawl_reads_all_that_is_there_and_accounts_for_everything() {
    let site = outlet();
    let bench = bench(&sources(&site));
    let done = bench.run(&["crawl"]).expect(0);
    adds_up(&done);
    for (name, n) in [
        ("lists read", 5),
        ("articles", 9),
        ("no article: bot wall", 1),
        ("no article: paywall", 1),
        ("no article: missing", 1),
        ("no article: no text", 1),
        ("no article: empty", 1),
        ("skipped: robots.txt", 1),
        ("failed: gone", 1),
        ("all addresses", 21),
    ] {
        assert_eq!(account(&done, name), n, "{name}\n{}", done.err);
    }
    let documents = bench.run(&["search", "--in", "documents", "--limit", "100"]).expect(0).records();
    assert_eq!(documents.len(), 9);
    let of_feed = documents.iter().find(|d| d["url"] == site.url("/a/2").as_str()).expect("from the feed");
    assert_eq!((&of_feed["source"], &of_feed["outlet"]), (&"feed".into(), &"Tape Weekly".into()));
    assert!(documents.iter().any(|d| d["url"] == site.url("/a/10").as_str()), "where the redirect leads");
    // Everything that came is archived: lists, walls, redirects, robots.txt too.
    let all = pages(&bench.path("corpus"), true);
    for path in ["/feed.xml", "/wall", "/paid", "/moved", "/gone", "/a/10", "/a/1"] {
        assert_eq!(all.iter().filter(|u| **u == site.url(path)).count(), 1, "{path}");
    }
    assert!(!site.paths().iter().any(|p| p.starts_with("/private") || p == "/nav" || p.contains("utm_")));

    // Again: lists are read, nothing is stored twice, pages that are not due are not asked for.
    let (before, archive) = (contents(&bench.path("corpus")), pages(&bench.path("corpus"), true).len());
    let asked = site.paths().len();
    let done = bench.run(&["crawl"]).expect(0);
    adds_up(&done);
    assert_eq!(account(&done, "all addresses"), 3, "{}", done.err);
    assert_eq!(site.paths().len(), asked + 2, "the feed, the links and (not counted) robots.txt");
    assert_eq!((contents(&bench.path("corpus")), pages(&bench.path("corpus"), true).len()), (before.clone(), archive));
    // A page asked for by name is asked for again, and has not changed.
    let done = bench.run(&["crawl", &site.url("/a/2")]).expect(0);
    assert_eq!(account(&done, "unchanged"), 1, "{}", done.err);
    // The archive alone gives the same, without the network, and again into another corpus.
    drop(site);
    let done = bench.run(&["reprocess"]).expect(0);
    assert!(done.err.contains("9 the same, 0 changed, 0 new"), "{}", done.err);
    assert_eq!(contents(&bench.path("corpus")), before);
    let done = bench.run(&["ingest", "--corpus", "second", "--index", "second_index", "corpus/archive"]).expect(0);
    assert!(done.err.contains("stored: 9 new"), "{}", done.err);
    bench.run(&["doctor"]).expect(0);
}

#[test]
fn reprocess_with_other_rules_gives_the_same_ids() {
    let site = outlet();
    let bench = bench(&sources(&site));
    bench.run(&["crawl"]).expect(0);
    drop(site);
    let ids = |bench: &Bench| {
        let mut ids: Vec<String> = bench
            .run(&["search", "--limit", "10000"])
            .expect(0)
            .records()
            .iter()
            .map(|r| r["claim_id"].to_string())
            .collect();
        ids.sort();
        ids
    };
    let before = ids(&bench);
    // A store that was written by another version, in which no claim is found any more.
    let db = rusqlite::Connection::open(bench.path("corpus/store.sqlite")).expect("the store");
    let spoil = "DELETE FROM ids; UPDATE inputs SET extractor = 'old';
        UPDATE documents SET fingerprint = 'old', extractor = 'old'";
    db.execute_batch(spoil).expect("changed");
    drop(db);
    let done = bench.run(&["reprocess"]).expect(0);
    assert!(done.err.contains("9 changed"), "{}", done.err);
    assert!(!before.is_empty());
    assert_eq!(ids(&bench), before);
}

#[test]
fn limit_stops_and_the_next_crawl_goes_on() {
    let site = outlet();
    let bench = bench(&sources(&site));
    let done = bench.run(&["crawl", "--source", "feed", "--limit", "2"]).expect(0);
    adds_up(&done);
    assert_eq!((account(&done, "articles"), account(&done, "all addresses")), (2, 3), "{}", done.err);
    assert!(done.err.contains("5 addresses are still queued"), "{}", done.err);
    let done = bench.run(&["crawl", "--source", "feed"]).expect(0);
    assert_eq!(account(&done, "articles"), 4, "{}", done.err);
    // Since a day: older entries are named and left out.
    let fresh = self::bench(&sources(&site));
    let done = fresh.run(&["crawl", "--source", "feed", "--since", "2026-02-04"]).expect(0);
    adds_up(&done);
    assert!(done.err.contains("3 older than asked for"), "{}", done.err);
    assert_eq!(fresh.run(&["crawl", "--source", "feed", "--since", "soon"]).expect(2).err.lines().count(), 1);
}

#[test]
fn dry_run_robots_and_sources_explain_and_store_nothing() {
    let site = outlet();
    let bench = bench(&sources(&site));
    let done = bench.run(&["crawl", "--source", "feed", "--dry-run", "--format", "jsonl"]).expect(0);
    let rows = done.records();
    let forbidden = rows.iter().find(|r| r["url"] == site.url("/private/9").as_str()).expect("named");
    assert_eq!(
        (&forbidden["fetch"], &forbidden["rule"], &forbidden["line"]),
        (&false.into(), &"Disallow: /private/".into(), &2.into())
    );
    assert_eq!(rows.iter().filter(|r| r["fetch"] == true).count(), 7, "{}", done.out);
    assert!(!bench.path("corpus").exists());
    let done = bench.run(&["sources", "test", "map"]).expect(0);
    assert!(done.err.contains("map: it works: 9 addresses, 9 of them may be fetched"), "{}", done.err);
    assert!(bench.run(&["sources", "test", "maps"]).expect(2).err.contains("did you mean map?"));
    let listed = bench.run(&["sources", "list"]).expect(0).records();
    assert!(listed.iter().any(|s| s["name"] == "fed-press" && s["own"] == false));
    assert!(listed.iter().any(|s| s["name"] == "links" && s["own"] == true));
    let done = bench.run(&["robots", &site.url("/"), &site.url("/private/x"), &site.url("/a/1")]).expect(0);
    let rows = done.records();
    assert_eq!((&rows[0]["allowed"], &rows[0]["line"], &rows[1]["allowed"]), (&false.into(), &2.into(), &true.into()));
    bench.write("robots.txt", "User-agent: *\nDisallow: /x\n");
    let done = bench.run(&["robots", "--agent", "other", "--file", "robots.txt", "/x/1", "/y"]).expect(0);
    assert_eq!(done.records()[0]["rule"], "Disallow: /x");
}

#[test]
fn private_addresses_are_not_asked_unless_the_configuration_says_so() {
    let site = outlet();
    let bench = Bench::new();
    let done = bench.run(&["crawl", &site.url("/feed.xml")]).expect(1);
    assert!(done.err.contains("no public address") && done.err.contains("allow_private"), "{}", done.err);
    assert_eq!(account(&done, "failed: private address"), 1, "{}", done.err);
    assert!(site.asked().is_empty());
    bench.write("tapecheck.toml", "[crawl]\nallow_private = [\"10/8\"]\n");
    assert!(bench.run(&["crawl", &site.url("/")]).expect(2).err.contains("no range of addresses"));
    bench.write("tapecheck.toml", "[crawl]\ndelay = -1\n");
    assert!(bench.run(&["crawl", &site.url("/")]).expect(2).err.contains("no time in seconds"));
    bench.write("tapecheck.toml", "[crawl]\ncolour = 1\n");
    assert!(bench.run(&["crawl", &site.url("/")]).expect(2).err.contains("colour"));
    assert!(Bench::new().run(&["crawl"]).expect(2).err.contains("nothing to crawl"));
}

#[test]
fn a_calendar_that_goes_on_for_ever_ends() {
    let site = Site::serve(|asked, stream| {
        if asked.path == "/robots.txt" || site::is_probe(&asked.path) {
            return reply(stream, 404, &[], b"");
        }
        let month: u32 = asked.path.rsplit('=').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        let body = format!(
            "<html><body><h1>Month {month}</h1><p>Events of month {month}: none at all.</p>\
             <a href='/cal?y={}&m={}'>next</a><a href='/day/{}/{}'>day</a></body></html>",
            2026 + month / 12,
            month + 1,
            month,
            month + 7
        );
        reply(stream, 200, &[], body.as_bytes())
    });
    let trap =
        format!("[[source]]\nname = \"cal\"\nkind = \"links\"\nurl = \"{}\"\ndepth = 1000\n", site.url("/cal?m=1"));
    let bench = Bench::new();
    bench.write("tapecheck.toml", format!("{QUICK}pages_per_pattern = 30\n{trap}"));
    let done = bench.run(&["crawl"]).expect(0);
    adds_up(&done);
    assert!(done.err.contains("too many of one pattern"), "{}", done.err);
    assert!(site.paths().len() < 100, "{}", site.paths().len());
    // Depth alone ends it as well.
    let shallow = Bench::new();
    shallow.write("tapecheck.toml", format!("{QUICK}{}", trap.replace("1000", "3")));
    let before = site.paths().len();
    shallow.run(&["crawl"]).expect(0);
    assert!(site.paths().len() - before < 20);
}

#[test]
fn what_fails_in_passing_is_tried_again_and_other_hosts_go_on() {
    let shaky = Site::serve(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, 404, &[], b""),
        "/late" if asked.time < 3 => reply(stream, 503, &[], b""),
        "/short" if asked.time < 2 => reply(stream, 200, &[("Content-Encoding", "gzip")], b"\x1f\x8b\x08\0\0\0"),
        "/never" => reply(stream, 500, &[], b""),
        path if site::is_probe(path) => reply(stream, 404, &[], b""),
        path => reply(stream, 200, &[], article(path.len()).as_bytes()),
    });
    let bench = bench("");
    let urls = ["/late", "/short", "/never"].map(|p| shaky.url(p));
    let done = bench.run(&["crawl", &urls[0], &urls[1], &urls[2]]).expect(0);
    adds_up(&done);
    assert_eq!((account(&done, "articles"), account(&done, "failed: status 500")), (2, 1), "{}", done.err);
    let times: Vec<Instant> = shaky.asked().iter().filter(|a| a.path == "/never").map(|a| a.at).collect();
    assert_eq!(times.len(), 3);
    assert!(times.windows(2).all(|t| t[1] - t[0] >= Duration::from_millis(200)), "retried too early");
    // The truncated answer left no document and no capture that says it is whole.
    assert_eq!(pages(&bench.path("corpus"), false).iter().filter(|u| **u == urls[1]).count(), 1);
}

#[test]
fn a_pause_that_a_host_asked_for_outlives_the_program() {
    let site = Site::serve(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, 404, &[], b""),
        _ => reply(stream, 429, &[("Retry-After", "600")], b""),
    });
    let bench = bench("");
    let done = bench.run(&["crawl", &site.url("/a")]).expect(1);
    adds_up(&done);
    let asked = site.paths().len();
    assert_eq!(asked, 1, "{}", done.err);
    let done = bench.run(&["crawl", &site.url("/b")]).expect(1);
    assert_eq!(account(&done, "put off: host paused"), 1, "{}", done.err);
    assert!(done.err.contains("1 addresses of other crawls are left in the queue"), "{}", done.err);
    let done = bench.run(&["crawl", "--resume"]).expect(1);
    assert_eq!(account(&done, "put off: host paused"), 2, "{}", done.err);
    assert_eq!(site.paths().len(), asked, "asked too early");
}

#[test]
fn watching_reads_lists_again_and_ends_cleanly() {
    if !cfg!(unix) {
        eprintln!("skipped: needs signals");
        return;
    }
    let own = Arc::new(std::sync::OnceLock::<String>::new());
    let (known, round) = (Arc::clone(&own), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&round);
    let site = Site::serve(move |asked, stream| match asked.path.as_str() {
        "/feed.xml" => {
            let n = count.fetch_add(1, Ordering::Relaxed) + 1;
            let urls: Vec<String> =
                (1..=n.min(3)).map(|n| format!("{}/a/{n}", known.get().cloned().unwrap_or_default())).collect();
            reply(stream, 200, &[("Content-Type", "application/rss+xml")], &rss(&urls))
        }
        path if path.starts_with("/a/") => reply(stream, 200, &[], article(number(path)).as_bytes()),
        _ => reply(stream, 404, &[], b""),
    });
    own.set(site.url("")).expect("set once");
    let feed =
        format!("[[source]]\nname = \"f\"\nkind = \"feed\"\nurl = \"{}\"\nevery = \"1s\"\n", site.url("/feed.xml"));
    let bench = bench(&feed);
    let child =
        bench.command(&["crawl", "--watch"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("runs");
    let began = Instant::now();
    while !site.paths().contains(&"/a/3".to_string()) && began.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_millis(500));
    let id = child.id().to_string();
    std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill runs");
    let done = Done::of(&child.wait_with_output().expect("ends")).expect(130);
    adds_up(&done);
    let mut articles: Vec<String> = site.paths().into_iter().filter(|p| p.starts_with("/a/")).collect();
    articles.sort();
    assert_eq!(articles, ["/a/1", "/a/2", "/a/3"], "each once");
    bench.run(&["doctor"]).expect(0);
}

#[test]
fn a_bomb_costs_little_memory() {
    if !std::path::Path::new("/proc/self/status").is_file() {
        eprintln!("skipped: there is no /proc");
        return;
    }
    // 1 GiB of zeros in about a megabyte.
    let bomb = {
        use std::io::Write;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let block = vec![0u8; 1 << 20];
        for _ in 0..1024 {
            packer.write_all(&block).expect("packed");
        }
        packer.finish().expect("packed")
    };
    let site = Site::serve(move |asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, 404, &[], b""),
        path if path.starts_with("/bomb") => reply(stream, 200, &[("Content-Encoding", "gzip")], &bomb),
        path if site::is_probe(path) => reply(stream, 404, &[], b""),
        path if path.starts_with("/twice") => reply(stream, 200, &[("Content-Encoding", "gzip, gzip")], &bomb),
        path => reply(stream, 200, &[], article(number(path)).as_bytes()),
    });
    let bench = bench("");
    let urls: Vec<String> =
        (0..8).map(|n| site.url(&format!("/bomb{n}"))).chain([site.url("/twice"), site.url("/a/3")]).collect();
    let mut arguments = vec!["crawl"];
    arguments.extend(urls.iter().map(String::as_str));
    let mut child = bench.command(&arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("runs");
    let mut peak = 0;
    while child.try_wait().expect("a child").is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0 kB");
        peak = peak.max(line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1024);
        std::thread::sleep(Duration::from_millis(5));
    }
    let done = Done::of(&child.wait_with_output().expect("ends")).expect(0);
    adds_up(&done);
    assert_eq!(account(&done, "failed: too large"), 8, "{}", done.err);
    assert_eq!(account(&done, "articles"), 1, "{}", done.err);
    eprintln!("peak memory with nine bombs of 1 GiB: {peak} MB");
    assert!(peak > 0 && peak < 200, "{peak} MB");
}

#[test]
fn a_full_disk_stops_cleanly_and_the_next_crawl_goes_on() {
    if !cfg!(unix) {
        eprintln!("skipped: needs a Unix shell");
        return;
    }
    let own = Arc::new(std::sync::OnceLock::<String>::new());
    let known = Arc::clone(&own);
    let site = Site::serve(move |asked, stream| match asked.path.as_str() {
        "/feed.xml" => {
            let urls: Vec<String> =
                (1..=60).map(|n| format!("{}/a/{n}", known.get().cloned().unwrap_or_default())).collect();
            reply(stream, 200, &[("Content-Type", "application/rss+xml")], &rss(&urls))
        }
        path if path.starts_with("/a/") => {
            // Text that cannot be packed small.
            let noise: String = (0..400u64)
                .map(|n| format!("{:x} ", (n + number(path) as u64 * 7919).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
                .collect();
            reply(
                stream,
                200,
                &[],
                article(number(path)).replace("</article>", &format!("<p>{noise}</p></article>")).as_bytes(),
            )
        }
        _ => reply(stream, 404, &[], b""),
    });
    own.set(site.url("")).expect("set once");
    let bench = bench("");
    let program = env!("CARGO_BIN_EXE_tapecheck");
    // No file may grow beyond 600 KB: writing fails as on a full disk.
    let command = format!("trap '' XFSZ; ulimit -f 1200; exec {program} crawl {}", site.url("/feed.xml"));
    let mut shell = std::process::Command::new("sh");
    shell.current_dir(bench.path("")).args(["-c", &command]).stdin(Stdio::null());
    let done = Done::of(&shell.output().expect("sh runs")).expect(2);
    assert!(done.err.contains("what was written is safe"), "{}", done.err);
    let before = states(&bench.path("corpus"));
    assert!(before.values().sum::<u64>() > 0, "{before:?}");
    bench.run(&["crawl", &site.url("/feed.xml")]).expect(0);
    let documents = bench.run(&["search", "--in", "documents", "--limit", "100"]).expect(0).records();
    assert_eq!(documents.len(), 60);
    let mut archived = pages(&bench.path("corpus"), false);
    archived.retain(|u| u.contains("/a/"));
    let all = archived.len();
    archived.sort();
    archived.dedup();
    assert_eq!((archived.len(), all), (60, 60), "each page is archived once");
    bench.run(&["doctor"]).expect(0);
}
