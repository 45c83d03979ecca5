//! `sources test`: a clear result for each way in which a source can fail.
#![allow(clippy::expect_used)]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/site.rs"]
mod site;

use common::Bench;
use site::{Site, reply};

const QUICK: &str =
    "[crawl]\nallow_private = [\"127.0.0.1\"]\ndelay = 0\nheader_timeout = 1\nread_timeout = 1\ntotal_timeout = 2\n";

fn feed(paths: &[&str], site: &str) -> Vec<u8> {
    let item = |p: &&str| format!("<item><title>t</title><link>{site}{p}</link></item>");
    let items: String = paths.iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>f</title>{items}</channel></rss>").into_bytes()
}

/// A site with a list of every sort of trouble.
fn troubled() -> Site {
    Site::serve(|asked, stream| {
        let own = format!("http://{}", asked.header("host"));
        let xml: &[(&str, &str)] = &[("Content-Type", "application/xml")];
        match asked.path.as_str() {
            "/robots.txt" => reply(stream, 200, &[], b"User-agent: *\nDisallow: /closed\n"),
            "/works" => reply(stream, 200, xml, &feed(&["/a", "/b"], &own)),
            "/some-closed" => reply(stream, 200, xml, &feed(&["/a", "/closed/b"], &own)),
            "/all-closed" => reply(stream, 200, xml, &feed(&["/closed/a", "/closed/b"], &own)),
            "/empty" => reply(stream, 200, xml, &feed(&[], &own)),
            "/html" => {
                reply(stream, 200, &[("Content-Type", "text/html")], b"<html><body><p>We have moved</p></body></html>")
            }
            "/wall" => reply(
                stream,
                200,
                &[],
                b"<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h'></script>",
            ),
            "/moved" => reply(stream, 301, &[("Location", "/gone")], b""),
            "/loop" => reply(stream, 302, &[("Location", "/loop")], b""),
            "/inside" => reply(stream, 302, &[("Location", "http://10.0.0.1/")], b""),
            "/refused" => reply(stream, 403, &[], b"no"),
            "/busy" => reply(stream, 503, &[("Retry-After", "0")], b""),
            "/broken" => reply(stream, 500, &[], b""),
            "/index" => {
                let text = format!(
                    "<sitemapindex><sitemap><loc>{own}/part</loc></sitemap><sitemap><loc>{own}/gone</loc></sitemap></sitemapindex>"
                );
                reply(stream, 200, xml, text.as_bytes())
            }
            "/part" => reply(stream, 200, xml, format!("<urlset><url><loc>{own}/a</loc></url></urlset>").as_bytes()),
            "/links" => reply(stream, 200, &[], b"<nav><a href=/n>n</a></nav><main><a href=/a>a</a></main>"),
            "/cut" => {
                use std::io::Write;
                let _ = stream.write_all(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 9000\r\n\r\n<rss>",
                );
                false
            }
            "/slow" => {
                std::thread::sleep(std::time::Duration::from_secs(3));
                false
            }
            _ => reply(stream, 404, &[], b"nothing here"),
        }
    })
}

#[test]
fn each_trouble_of_a_source_has_a_clear_result() {
    let site = troubled();
    let dead = Site::serve(|_, stream| reply(stream, 200, &[], b""));
    let dead_url = dead.url("/feed");
    drop(dead);
    let no_robots = Site::serve(|_, stream| reply(stream, 500, &[], b""));
    let cases: Vec<(&str, &str, String, i32, &[&str])> = vec![
        ("works", "feed", site.url("/works"), 0, &["it works: 2 addresses, 2 of them may be fetched"]),
        ("some", "feed", site.url("/some-closed"), 0, &["2 addresses, 1 of them", "robots.txt"]),
        ("all", "feed", site.url("/all-closed"), 0, &["2 addresses, none of which may be fetched: robots.txt"]),
        ("empty", "feed", site.url("/empty"), 1, &["can be read, but names no address now"]),
        ("html", "feed", site.url("/html"), 1, &["yields nothing: it is no feed", "kind may be another"]),
        ("wall", "feed", site.url("/wall"), 1, &["yields nothing: bot wall", "lets no program in"]),
        ("gone", "feed", site.url("/gone"), 1, &["the server answered 404", "moved or is gone"]),
        ("moved", "feed", site.url("/moved"), 1, &["the server answered 404", "moved or is gone"]),
        ("loop", "feed", site.url("/loop"), 1, &["is redirected more than"]),
        ("inside", "feed", site.url("/inside"), 1, &["10.0.0.1", "no public address", "allow_private"]),
        ("refused", "feed", site.url("/refused"), 1, &["the server answered 403", "contact"]),
        ("busy", "feed", site.url("/busy"), 1, &["the server answered 503", "fewer requests"]),
        ("broken", "feed", site.url("/broken"), 1, &["the server answered 500", "in trouble"]),
        ("closed", "feed", site.url("/closed/feed"), 1, &["robots.txt forbids", "Disallow: /closed"]),
        (
            "norobots",
            "feed",
            no_robots.url("/feed"),
            1,
            &["robots.txt of its host cannot be read", "tried again later"],
        ),
        ("cut", "feed", site.url("/cut"), 1, &["cut short"]),
        ("slow", "feed", site.url("/slow"), 1, &["did not answer within 1 s"]),
        ("dead", "feed", dead_url, 1, &["cannot be reached", "check the address"]),
        ("unknown", "feed", "http://nowhere.invalid/feed".into(), 1, &["host cannot be found", "check the address"]),
        ("index", "sitemap", site.url("/index"), 0, &["works in part: 1 addresses, 1 of them", "answered 404"]),
        ("links", "links", site.url("/links"), 0, &["it works: 1 addresses"]),
        ("nolinks", "links", site.url("/html"), 1, &["names no address now"]),
        ("page", "page", site.url("/links"), 0, &["it works: 1 addresses"]),
        ("nopage", "page", site.url("/gone"), 1, &["yields nothing: the server answered 404"]),
    ];
    let mut settings = QUICK.to_string();
    for (name, kind, url, ..) in &cases {
        let select = if *name == "links" { "select = \"main a\"\n" } else { "" };
        settings.push_str(&format!("[[source]]\nname = \"{name}\"\nkind = \"{kind}\"\nurl = \"{url}\"\n{select}"));
    }
    for (name, kind, path) in [("folder", "folder", "news"), ("nofolder", "folder", "olds"), ("warc", "warc", "a.warc")]
    {
        settings.push_str(&format!("[[source]]\nname = \"{name}\"\nkind = \"{kind}\"\npath = \"{path}\"\n"));
    }
    let bench = Bench::new();
    bench.write("tapecheck.toml", settings);
    bench.write("news/one.html", article::article(1));
    bench.write("a.warc", "this is none");
    let mut wrong = Vec::new();
    let local: [(&str, i32, &[&str]); 3] = [
        ("folder", 0, &["it works: 1 addresses"]),
        ("nofolder", 1, &["yields nothing", "olds", "no such file"]),
        ("warc", 1, &["yields nothing", "a.warc"]),
    ];
    let all = cases.iter().map(|(name, _, _, code, said)| (*name, *code, *said)).chain(local);
    for (name, code, said) in all {
        let done = bench.run(&["sources", "test", name]);
        let last = done.err.lines().last().unwrap_or_default().to_string();
        let fits = last.starts_with(&format!("{name}: ")) && said.iter().all(|s| last.contains(s));
        if done.code != Some(code) || !fits {
            wrong.push(format!("{name} ended with {:?}, said {:?}\n{}", done.code, done.err, done.out));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!bench.path("corpus").exists(), "nothing is stored");
    let articles = ["/a", "/b", "/closed/a", "/closed/b"];
    let fetched: Vec<String> = site.paths().into_iter().filter(|p| articles.contains(&p.as_str())).collect();
    assert!(fetched.is_empty(), "no article is asked for: {fetched:?}");
}

#[test]
fn the_list_says_how_each_shipped_source_is_known() {
    let listed = Bench::new().run(&["sources", "list"]).expect(0).records();
    assert!(listed.len() > 40);
    for source in &listed {
        let known = source["known"].as_str().unwrap_or_default();
        assert!(known.ends_with("2026-11") && known.contains("not asked"), "{source}");
        assert!(source["terms"].as_str().is_some_and(|t| !t.is_empty()), "{source}");
    }
}
