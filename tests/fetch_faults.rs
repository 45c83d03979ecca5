//! Everything that a server can do wrong, and what is promised about it: the
//! fetcher against a misbehaving server on loopback.
#![allow(clippy::expect_used)] // what a test expects, its helpers expect too

#[path = "common/site.rs"]
mod site;

use std::io::Write;
use std::net::{IpAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use site::{Asked, Site, reply};
use tapecheck::fetch::{
    Client, FetchError, Fetcher, Limits, Lookup, Manners, Proxies, Settings, Validators, Visit, Wall, wall,
};
use tapecheck::model::Page;
use url::Url;

const MIB: u64 = 1 << 20;

fn settings() -> Settings {
    let second = Duration::from_secs(1);
    Settings {
        allowed: vec!["127.0.0.1".parse().expect("a range")],
        limits: Limits {
            connect: second,
            header: second,
            read: second,
            total: second * 4,
            rate: 2000,
            grace: Duration::from_millis(1500),
            bytes: 4 * MIB,
            redirects: 8,
        },
        manners: Manners { delay: Duration::ZERO, at_once: 4, patience: Duration::from_secs(3) },
        ..Settings::default()
    }
}

fn fetcher(settings: Settings) -> Fetcher {
    Fetcher::new(Client::new(settings).expect("a client"))
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(work)
}

fn visit(fetcher: &Fetcher, url: &str) -> Visit {
    let url = Url::parse(url).expect("an address");
    run(fetcher.visit(&url, &Validators::default(), fetcher.client().limits()))
}

fn get(url: &str) -> Result<Page, FetchError> {
    visit(&fetcher(settings()), url).end.map(|e| e.page)
}

/// Everything but `path` is missing.
fn only(path: &'static str, answer: impl Fn(&Asked, &mut TcpStream) -> bool + Send + Sync + 'static) -> Site {
    Site::serve(
        move |asked, stream| {
            if asked.path.starts_with(path) { answer(asked, stream) } else { reply(stream, 404, &[], b"") }
        },
    )
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(body).expect("packed");
    packer.finish().expect("packed")
}

fn page() -> Vec<u8> {
    let text = (0..400).map(|n| format!("<p>Sales rose {n}% in the quarter.</p>")).collect::<String>();
    format!("<html><body>{text}</body></html>").into_bytes()
}

/// Writes until the other side hangs up, one piece after each pause.
fn drip(stream: &mut TcpStream, piece: &[u8], pause: Duration) {
    while stream.write_all(piece).is_ok() {
        std::thread::sleep(pause);
    }
}

#[test]
fn slow_header_is_given_up_and_other_hosts_go_on() {
    let slow = only("/a", |_, stream| {
        drip(stream, b"H", Duration::from_millis(300));
        false
    });
    let quick = only("/a", |_, stream| reply(stream, 200, &[], b"<p>x</p>"));
    let fetcher = fetcher(settings());
    let parse = |u: String| Url::parse(&u).expect("an address");
    let (slow_url, quick_url) = (parse(slow.url("/a")), parse(quick.url("/a")));
    let limits = fetcher.client().limits();
    let none = Validators::default();
    let (began, (late, fast)) = (
        Instant::now(),
        run(async {
            let timed = async {
                let began = Instant::now();
                (fetcher.visit(&quick_url, &none, limits).await, began.elapsed())
            };
            tokio::join!(fetcher.visit(&slow_url, &none, limits), timed)
        }),
    );
    let late = late.end.map(|e| e.page.status).expect_err("too late");
    assert!(matches!(late, FetchError::Timeout { what: "did not answer", .. }), "{late}");
    assert!(late.is_passing() && late.blames_host() && !late.advice().is_empty());
    assert!(began.elapsed() < Duration::from_secs(3));
    assert!(fast.0.end.is_ok() && fast.1 < Duration::from_millis(500));
}

#[test]
fn slow_body_is_given_up_by_rate_and_by_total_time() {
    let site = only("/a", |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        drip(stream, b"x", Duration::from_millis(100));
        false
    });
    let slow = get(&site.url("/a")).expect_err("too slow");
    assert!(matches!(slow, FetchError::Slow { .. }), "{slow}");
    let mut patient = settings();
    patient.limits.rate = 0;
    let began = Instant::now();
    let late = visit(&fetcher(patient), &site.url("/a")).end.map(|e| e.page.status).expect_err("too late");
    assert!(matches!(late, FetchError::Timeout { what: "did not end", .. }), "{late}");
    assert!(began.elapsed() < Duration::from_secs(6));
}

#[test]
fn a_stall_is_a_timeout() {
    let silent = only("/a", |_, _| {
        std::thread::sleep(Duration::from_secs(10));
        false
    });
    assert!(matches!(get(&silent.url("/a")), Err(FetchError::Timeout { what: "did not answer", .. })));
    let stuck = only("/a", |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<html>");
        std::thread::sleep(Duration::from_secs(10));
        false
    });
    assert!(matches!(get(&stuck.url("/a")), Err(FetchError::Timeout { what: "sent nothing", .. })));
}

#[test]
fn half_a_gzip_stream_is_an_error() {
    let packed = gzip(&page());
    let half = packed[..packed.len() / 2].to_vec();
    let site = only("/a", move |_, stream| reply(stream, 200, &[("Content-Encoding", "gzip")], &half));
    let error = get(&site.url("/a")).expect_err("cut short");
    assert!(matches!(error, FetchError::Truncated { .. }) && error.is_passing(), "{error}");
}

#[test]
fn what_is_called_gzip_and_is_none_is_an_error() {
    let site = only("/a", |_, stream| reply(stream, 200, &[("Content-Encoding", "gzip")], &page()));
    let error = get(&site.url("/a")).expect_err("badly packed");
    assert!(matches!(error, FetchError::Decoding { .. }), "{error}");
    let unknown = only("/a", |_, stream| reply(stream, 200, &[("Content-Encoding", "rot13")], &page()));
    assert!(matches!(get(&unknown.url("/a")), Err(FetchError::Decoding { .. })));
}

#[test]
fn a_length_that_is_too_large_is_an_error() {
    let site = only("/a", |_, stream| {
        let body = page();
        let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len() + 1000);
        let _ = stream.write_all(&body);
        false
    });
    let error = get(&site.url("/a")).expect_err("cut short");
    assert!(matches!(error, FetchError::Truncated { .. }), "{error}");
}

#[test]
fn a_length_that_is_too_small_gives_just_that_and_the_connection_is_left() {
    let site = only("/a", |asked, stream| {
        if asked.time > 1 {
            return reply(stream, 200, &[], b"<p>second</p>");
        }
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n");
        let _ = stream.write_all(&page());
        true
    });
    let fetcher = fetcher(settings());
    let first = visit(&fetcher, &site.url("/a")).end.expect("an answer").page;
    assert_eq!(first.body.len(), 100);
    // What was left over is not taken for the next answer.
    let second = visit(&fetcher, &site.url("/a")).end.expect("an answer").page;
    assert_eq!(second.body, b"<p>second</p>");
}

#[test]
fn two_lengths_are_an_error() {
    let site = only("/a", |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello12");
        false
    });
    assert!(matches!(get(&site.url("/a")), Err(FetchError::Protocol { .. })));
}

#[test]
fn a_chunk_that_breaks_off_is_an_error() {
    let site = only("/a", |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n");
        let _ = stream.write_all(&[b'x'; 100]);
        false
    });
    assert!(matches!(get(&site.url("/a")), Err(FetchError::Truncated { .. })));
}

#[test]
fn a_huge_body_is_refused_by_its_length_and_cut_in_the_stream() {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let site = only("/", move |asked, stream| {
        let head: &[u8] = match asked.path.as_str() {
            "/declared" => b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n",
            "/streamed" => b"HTTP/1.1 200 OK\r\n\r\n",
            _ => return reply(stream, 404, &[], b""),
        };
        let _ = stream.write_all(head);
        while stream.write_all(&[b'x'; 1 << 16]).is_ok() && count.fetch_add(1 << 16, Ordering::Relaxed) < 1 << 30 {}
        false
    });
    for (path, what) in [("/declared", "as declared"), ("/streamed", "as sent")] {
        sent.store(0, Ordering::Relaxed);
        let error = get(&site.url(path)).expect_err("too large");
        assert!(matches!(&error, FetchError::TooLarge { what: w, .. } if *w == what), "{error}");
        std::thread::sleep(Duration::from_millis(100));
        assert!(sent.load(Ordering::Relaxed) < 64 << 20, "{path} was read on");
    }
}

#[test]
fn double_gzip_is_unpacked_twice_under_one_cap() {
    let site = only("/", |asked, stream| {
        let (twice, bomb) = (gzip(&gzip(&page())), gzip(&gzip(&vec![0; 32 << 20])));
        let headers = [("Content-Encoding", "gzip, gzip")];
        match asked.path.as_str() {
            "/page" => reply(stream, 200, &headers, &twice),
            "/bomb" => reply(stream, 200, &headers, &bomb),
            _ => reply(stream, 404, &[], b""),
        }
    });
    let got = get(&site.url("/page")).expect("a page");
    assert_eq!(got.body, page());
    let error = get(&site.url("/bomb")).expect_err("too large");
    assert!(matches!(error, FetchError::TooLarge { what: "unpacked", .. }), "{error}");
}

#[test]
fn redirects_end_and_their_chain_is_kept() {
    let site = Site::serve(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, 404, &[], b""),
        "/two" => reply(stream, 301, &[("Location", "one?x=1#part")], b"moved"),
        "/one?x=1" => reply(stream, 307, &[("Location", "/end")], b"moved"),
        "/end" => reply(stream, 200, &[], b"<p>here</p>"),
        "/self" => reply(stream, 302, &[("Location", "/self")], b""),
        path => {
            let next = format!("{path}x");
            reply(stream, 302, &[("Location", &next)], b"")
        }
    });
    let whole = visit(&fetcher(settings()), &site.url("/two"));
    assert_eq!(whole.end.expect("a page").page.url, site.url("/end"));
    let way: Vec<(u16, String)> = whole.way.into_iter().map(|e| (e.page.status, e.page.url)).collect();
    let url = |p: &str| site.url(p);
    assert_eq!(way, [(404, url("/robots.txt")), (301, url("/two")), (307, url("/one?x=1"))]);
    let fresh = visit(&fetcher(settings()), &site.url("/loop"));
    assert!(matches!(fresh.end, Err(FetchError::Redirects { .. })));
    assert_eq!(fresh.way.len(), 10, "robots.txt and nine answers");
    assert!(matches!(get(&site.url("/self")), Err(FetchError::Redirects { .. })));
}

#[test]
fn redirects_to_where_nobody_may_go_are_refused() {
    let other = Site::serve_at("127.0.0.2:0", |_, stream| reply(stream, 200, &[], b"<p>secret</p>"));
    let inner = other.url("/secret");
    let forms = [
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706434/",
        "http://127.2/",
        "http://[::ffff:127.0.0.2]/",
        "http://localhost.:22/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://10.0.0.1/",
        "//169.254.169.254/",
        "http://[::1]/",
    ];
    let target = inner.clone();
    let site = only("/", move |asked, stream| {
        let to = match asked.path.as_str() {
            "/robots.txt" => return reply(stream, 404, &[], b""),
            "/inner" => target.clone(),
            path => forms[path[1..].parse::<usize>().expect("a number")].to_string(),
        };
        reply(stream, 302, &[("Location", &to)], b"")
    });
    for (n, form) in forms.iter().enumerate() {
        let error = get(&site.url(&format!("/{n}"))).expect_err(form);
        let refused =
            matches!(error, FetchError::Forbidden { .. } | FetchError::Scheme { .. } | FetchError::BadUrl { .. });
        assert!(refused, "{form}: {error}");
        assert!(!error.is_passing());
    }
    assert!(matches!(get(&site.url("/inner")), Err(FetchError::Forbidden { .. })));
    assert!(other.asked().is_empty(), "nothing was asked there");
}

#[test]
fn every_way_of_writing_loopback_is_refused() {
    let site = Site::serve(|_, stream| reply(stream, 200, &[], b"<p>secret</p>"));
    let port = site.address.port();
    let closed = Settings { allowed: Vec::new(), ..settings() };
    let fetcher = fetcher(closed);
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "127.0.0.1.",
        "\u{2460}\u{2461}\u{2466}.0.0.1",
        "localhost",
    ] {
        let Ok(url) = Url::parse(&format!("http://{host}:{port}/")) else { continue };
        let end = run(fetcher.visit(&url, &Validators::default(), fetcher.client().limits())).end;
        let error = end.map(|e| e.page.status).expect_err(host);
        // A name may have no address here at all; what has one is refused for it.
        assert!(matches!(error, FetchError::Forbidden { .. } | FetchError::Dns { .. }), "{host}: {error}");
    }
    assert!(site.asked().is_empty(), "nothing was asked");
}

/// A resolver that answers from a list, one answer after the other.
fn answers(list: Vec<Vec<&'static str>>) -> Lookup {
    let at = AtomicUsize::new(0);
    Arc::new(move |_| {
        let n = at.fetch_add(1, Ordering::Relaxed).min(list.len() - 1);
        let found: Vec<IpAddr> = list[n].iter().map(|a| a.parse().expect("an address")).collect();
        Box::pin(async move { Ok(found) })
    })
}

#[test]
fn names_that_lead_to_private_addresses_are_refused() {
    let site = Site::serve(|_, stream| reply(stream, 200, &[("Connection", "close")], b"User-agent: *\nAllow: /\n"));
    let url = format!("http://rebind.example:{}/", site.address.port());
    let with = |list| fetcher(Settings { lookup: Some(answers(list)), ..settings() });
    // 127.0.0.1 is allowed in this test and stands for a public address.
    assert!(visit(&with(vec![vec!["127.0.0.1"]]), &url).end.is_ok());
    let before = site.asked().len();
    for list in [
        vec![vec!["169.254.169.254"]],
        vec![vec!["10.0.0.1"]],
        vec![vec!["::ffff:10.0.0.1"]],
        vec![vec!["127.0.0.1", "10.0.0.1"]],
        vec![vec!["127.0.0.2"]],
    ] {
        let said = format!("{list:?}");
        let error = visit(&with(list), &url).end.map(|e| e.page.status).expect_err("refused");
        assert!(matches!(error, FetchError::Forbidden { .. }), "{said}: {error}");
    }
    assert_eq!(site.asked().len(), before);
    // Good for robots.txt, bad for the page: each connection is checked by itself.
    let rebound = visit(&with(vec![vec!["127.0.0.1"], vec!["169.254.169.254"]]), &url);
    assert!(matches!(rebound.end, Err(FetchError::Forbidden { .. })), "{:?}", rebound.end.map(|e| e.page.status));
    assert_eq!(site.asked().len(), before + 1);
}

#[test]
fn a_flood_of_headers_is_refused() {
    let site = only("/a", |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        for n in 0..200_000 {
            if write!(stream, "X-Header-{n}: some value that takes room\r\n").is_err() {
                return false;
            }
        }
        let _ = stream.write_all(b"\r\n");
        false
    });
    let error = get(&site.url("/a")).expect_err("too many headers");
    assert!(matches!(error, FetchError::Protocol { .. }), "{error}");
}

#[test]
fn retry_after_is_kept_and_capped() {
    for (value, least, most) in [
        ("2", 1, 2),
        ("Fri, 20 Nov 2099 12:00:00 GMT", 3590, 3600),
        ("315360000", 3590, 3600),
        ("soon", 25, 30),
        ("-5", 25, 30),
    ] {
        let site = only("/a", move |_, stream| reply(stream, 429, &[("Retry-After", value)], b"slow down"));
        let mut hasty = settings();
        hasty.manners.patience = Duration::from_millis(500);
        let fetcher = fetcher(hasty);
        let first = visit(&fetcher, &site.url("/a")).end.expect("an answer").page;
        assert_eq!(first.status, 429);
        let error = visit(&fetcher, &site.url("/a")).end.map(|e| e.page.status).expect_err("paused");
        let FetchError::Paused { wait, .. } = error else { panic!("{value}: {error}") };
        assert!((least..=most).contains(&wait.as_secs()), "{value}: {wait:?}");
        assert_eq!(site.paths().len(), 1, "{value}: asked too early");
    }
    // A short wait is kept to the moment.
    let site = only("/a", |asked, stream| match asked.time {
        1 => reply(stream, 429, &[("Retry-After", "1")], b""),
        _ => reply(stream, 200, &[], b"<p>now</p>"),
    });
    let fetcher = fetcher(settings());
    visit(&fetcher, &site.url("/a")).end.expect("an answer");
    visit(&fetcher, &site.url("/a")).end.expect("an answer");
    let times: Vec<Instant> = site.asked().iter().filter(|a| a.path == "/a").map(|a| a.at).collect();
    assert!(times[1] - times[0] >= Duration::from_millis(990), "{:?}", times[1] - times[0]);
}

#[test]
fn a_storm_of_503_opens_the_circuit_and_other_hosts_go_on() {
    let site = only("/a", |_, stream| reply(stream, 503, &[], b""));
    let calm = only("/a", |_, stream| reply(stream, 200, &[], b"<p>fine</p>"));
    let fetcher = fetcher(settings());
    let mut paused = 0;
    for _ in 0..100 {
        if let Err(error) = visit(&fetcher, &site.url("/a")).end {
            assert!(matches!(error, FetchError::Paused { .. }), "{error}");
            paused += 1;
        }
    }
    assert_eq!((paused, site.paths().len()), (95, 5), "five tries, then peace");
    assert!(visit(&fetcher, &calm.url("/a")).end.is_ok());
}

#[test]
fn the_throttling_page_of_the_sec_pauses_for_ten_minutes() {
    let body = b"<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head><body>...</body></html>";
    let site = only("/a", move |_, stream| reply(stream, 403, &[], body));
    let fetcher = fetcher(settings());
    let page = visit(&fetcher, &site.url("/a")).end.expect("an answer").page;
    assert_eq!(wall(&page), Some(Wall::Throttle));
    let error = visit(&fetcher, &site.url("/a")).end.map(|e| e.page.status).expect_err("paused");
    assert!(matches!(error, FetchError::Paused { wait, .. } if wait.as_secs() >= 590), "{error}");
}

#[test]
fn the_sec_is_not_asked_without_a_name() {
    let lookup = answers(vec![vec!["127.0.0.1"]]);
    let nameless = fetcher(Settings { lookup: Some(Arc::clone(&lookup)), ..settings() });
    let error = visit(&nameless, "https://www.sec.gov/news/x").end.map(|e| e.page.status).expect_err("refused");
    assert!(matches!(error, FetchError::Undeclared { .. }) && error.advice().contains("contact"), "{error}");
    let site = only("/a", |_, stream| reply(stream, 200, &[], b"<p>x</p>"));
    let named = fetcher(Settings { contact: Some("Tape Ltd mail@tape.example".into()), ..settings() });
    visit(&named, &site.url("/a")).end.expect("a page");
    let asked = site.asked();
    assert!(asked.iter().all(|a| a.header("user-agent").contains("Tape Ltd mail@tape.example")));
    assert!(asked.iter().all(|a| a.header("cookie").is_empty() && a.header("referer").is_empty()));
}

#[test]
fn robots_txt_that_fails_forbids_and_one_that_is_missing_allows() {
    for (status, open) in [(404, true), (403, true), (410, true), (500, false), (503, false)] {
        let site = Site::serve(move |asked, stream| match asked.path.as_str() {
            "/robots.txt" => reply(stream, status, &[], b"User-agent: *\nDisallow: /"),
            _ => reply(stream, 200, &[], b"<p>x</p>"),
        });
        let end = visit(&fetcher(settings()), &site.url("/a")).end;
        assert_eq!(end.is_ok(), open, "{status}");
        if let Err(error) = end {
            assert!(matches!(error, FetchError::NoRobots { .. }) && error.is_passing(), "{error}");
        }
        assert_eq!(site.paths().is_empty(), !open, "{status}");
    }
    let silent = Site::serve(|asked, stream| {
        if asked.path == "/robots.txt" {
            std::thread::sleep(Duration::from_secs(5));
            return false;
        }
        reply(stream, 200, &[], b"<p>x</p>")
    });
    assert!(matches!(get(&silent.url("/a")), Err(FetchError::NoRobots { .. })));
}

#[test]
fn a_robots_txt_that_asks_for_peace_gets_it_and_then_allows() {
    // By RFC 9309 all of 4xx is "unavailable", 429 included; the pause it asks for comes first.
    let site = Site::serve(move |asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, 429, &[("Retry-After", "1")], b"User-agent: *\nDisallow: /"),
        _ => reply(stream, 200, &[], b"<p>x</p>"),
    });
    let fetcher = fetcher(settings());
    visit(&fetcher, &site.url("/a")).end.expect("a page");
    let asked = site.asked();
    assert!(asked[1].at.duration_since(asked[0].at) >= Duration::from_millis(900), "it is left in peace first");
    visit(&fetcher, &site.url("/a")).end.expect("a page");
    assert_eq!(site.asked().len(), 3, "the rules are not asked for at once again");
    // A longer pause than there is patience for: nothing is asked.
    let site = Site::serve(|_, stream| reply(stream, 429, &[("Retry-After", "600")], b""));
    let error = get(&site.url("/a")).expect_err("in peace");
    assert!(matches!(error, FetchError::Paused { .. }) && site.paths().is_empty(), "{error}");
}

#[test]
fn robots_txt_is_read_for_500_kib_and_obeyed_at_each_hop() {
    let site = Site::serve(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => {
            let mut text = "User-agent: *\nDisallow: /early\n".to_string();
            while text.len() < 600 << 10 {
                text.push_str("# a comment that fills the file\n");
            }
            text.push_str("Disallow: /late\n");
            reply(stream, 200, &[("Content-Type", "text/plain")], text.as_bytes())
        }
        "/hop" => reply(stream, 302, &[("Location", "/early/x")], b""),
        _ => reply(stream, 200, &[], b"<p>x</p>"),
    });
    assert!(get(&site.url("/late")).is_ok());
    let error = get(&site.url("/early")).expect_err("forbidden");
    assert!(error.to_string().contains("“Disallow: /early” in line 2"), "{error}");
    assert!(matches!(get(&site.url("/hop")), Err(FetchError::Robots { .. })));
    assert_eq!(site.paths(), ["/late", "/hop"]);
}

#[test]
fn crawl_delay_is_kept() {
    let site = Site::serve(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, 200, &[], b"User-agent: *\nCrawl-delay: 0.4\n"),
        _ => reply(stream, 200, &[], b"<p>x</p>"),
    });
    let fetcher = fetcher(settings());
    for n in 0..3 {
        visit(&fetcher, &site.url(&format!("/{n}"))).end.expect("a page");
    }
    let times: Vec<Instant> = site.asked().iter().filter(|a| a.path != "/robots.txt").map(|a| a.at).collect();
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_millis(390), "{:?}", pair[1] - pair[0]);
    }
}

#[test]
fn validators_are_sent_and_nothing_changed_is_understood() {
    let site = only("/a", |asked, stream| {
        if asked.header("if-none-match") == "\"v1\"" && !asked.header("if-modified-since").is_empty() {
            return reply(stream, 304, &[], b"");
        }
        reply(stream, 200, &[("ETag", "\"v1\"")], b"<p>x</p>")
    });
    let fetcher = fetcher(settings());
    let url = Url::parse(&site.url("/a")).expect("an address");
    let known = Validators { etag: Some("\"v1\"".into()), modified: Some("Fri, 20 Nov 2026 12:00:00 GMT".into()) };
    let again = run(fetcher.visit(&url, &known, fetcher.client().limits())).end.expect("an answer");
    assert_eq!((again.page.status, again.page.body.len()), (304, 0));
}

#[test]
fn a_proxy_is_used_only_when_it_is_named() {
    let proxy = Site::serve(|asked, stream| match asked.path.ends_with("/robots.txt") {
        true => reply(stream, 404, &[], b""),
        false => reply(stream, 200, &[], b"<p>by proxy</p>"),
    });
    let through = Settings { proxy: Proxies::one(&proxy.address.to_string(), "").expect("a proxy"), ..settings() };
    let fetcher = fetcher(through);
    let page = visit(&fetcher, "http://news.example/a").end.expect("a page").page;
    assert_eq!(page.body, b"<p>by proxy</p>");
    assert!(proxy.asked().iter().any(|a| a.path == "http://news.example/a"));
    // The rules for hosts hold all the same.
    assert!(matches!(visit(&fetcher, "http://10.0.0.1/").end, Err(FetchError::Forbidden { .. })));
}
