//! Pages of every sort → documents: what is kept, what goes, what is refused.

#![allow(clippy::expect_used)]

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use tapecheck::model::{Document, DocumentKind, Page, PublishedSource};
use tapecheck::parse::{Format, Hints, Limits, document, document_with, jsonl_line};

fn page(url: &str, body: impl Into<Vec<u8>>) -> Page {
    Page { url: url.into(), status: 200, body: body.into(), ..Page::default() }
}

fn read(url: &str, body: impl Into<Vec<u8>>) -> Document {
    document(&page(url, body), &Hints::default())
}

const URL: &str = "https://ledger.example/harbor/fees?utm_source=feed#top";

/// An article with everything around it that must not stay.
fn article() -> String {
    let paragraphs: String = [
        "The harbor of Kiel raised its fees by 4% this week, the third rise in a row, and the yards along the fjord complain about it.",
        "A berth for a day now costs $1,240, up from $1,190 a year ago, the harbor office said in a statement on its site.",
        "Ship owners had asked for a pause until the summer, when the new quay opens and traffic is expected to grow again.",
        "“We pay more and wait longer,” said the head of a small line that calls at the port twice a week with boxes from Riga.",
    ]
    .iter()
    .map(|p| format!("<p>{p}</p>"))
    .collect();
    format!(
        r##"<!doctype html><html lang="en-US"><head><meta charset="utf-8">
<title>Harbor fees climb 4% | Tide Ledger</title>
<meta property="og:site_name" content="Tide Ledger"><meta property="og:title" content="Harbor fees climb 4%">
<link rel="canonical" href="https://ledger.example/harbor/fees">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[
 {{"@type":"NewsArticle","headline":"Harbor fees climb 4%","datePublished":"2026-02-06T09:00:00+01:00",
  "dateModified":"2026-02-08T10:00:00+01:00","author":[{{"@id":"#ida"}},{{"@type":"Person","name":"Ute Brandt"}}]}},
 {{"@type":"Person","@id":"#ida","name":"Ida Moor"}}]}}</script>
<style>.x{{color:red}}</style><script>var secret = "77%";</script></head>
<body><nav><ul><li><a href="/a">Home 11%</a></li><li><a href="/b">Markets 12%</a></li></ul></nav>
<div id="cookie-banner"><p>We use 13 cookies to make this site better for you and our 14 partners.</p></div>
<article><h1>Harbor fees climb 4%</h1><p class="byline">By Ida Moor and Ute Brandt</p>
<time datetime="2026-02-08T10:00:00+01:00" class="updated">Updated</time>
{paragraphs}
<h2>What it costs</h2>
<ul><li>Berth for a day: $1,240</li><li>Pilot: $310</li></ul>
<table><tr><th>Year</th><th>Fees</th></tr><tr><td>2025</td><td>$1,190</td></tr><tr><td>2026</td><td>$1,240</td></tr></table>
<figure><img src="x.jpg" alt="alt 15%"><figcaption>Fees rose 4% to $1,240.</figcaption></figure>
<p><strong>Read more:</strong> <a href="/c">Yard cuts 16% of its posts</a></p>
<div class="newsletter-signup"><h3>Get 17 stories a day</h3><p>Sign up for our newsletter, read by 18 million people.</p></div>
<p>The office expects no further rise before 2027, it said, and will publish its next list of fees in the autumn.</p>
</article>
<div class="related-stories"><h3>Related stories</h3><p><a href="/d">Boxes pile up 19% in Riga as the ice stays</a> <time datetime="2026-02-20">20 Feb</time></p></div>
<section id="comments"><ol class="commentlist"><li><p>I paid 20% more than that last year, and nobody wrote about it.</p></li></ol></section>
<footer><p>© 2026 Tide Ledger. All 21 rights reserved.</p></footer></body></html>"##
    )
}

#[test]
fn an_article_is_read_whole() {
    let d = read(URL, article());
    assert_eq!(d.record, "document");
    assert_eq!(d.title.as_deref(), Some("Harbor fees climb 4%"));
    assert_eq!(d.author.as_deref(), Some("Ida Moor; Ute Brandt"));
    assert_eq!(d.outlet.as_deref(), Some("Tide Ledger"));
    assert_eq!(
        (d.published.as_deref(), d.published_source),
        (Some("2026-02-06T09:00:00+01:00"), Some(PublishedSource::JsonLd))
    );
    assert_eq!(d.modified.as_deref(), Some("2026-02-08T10:00:00+01:00"));
    assert_eq!(d.canonical_url.as_deref(), Some("https://ledger.example/harbor/fees"));
    assert_eq!((d.lang.as_deref(), d.kind), (Some("en"), DocumentKind::Article));
    for kept in [
        "raised its fees by 4%",
        "until the summer",
        "- Berth for a day: $1,240",
        "| Year | Fees",
        "| 2026 | $1,240",
        "Fees rose 4% to $1,240.",
        "before 2027",
    ] {
        assert!(d.text.contains(kept), "lost {kept:?} in\n{}", d.text);
    }
    for gone in
        ["77%", "color", "11%", "13 cookies", "15%", "16%", "17 stories", "18 million", "19%", "20%", "21 rights"]
    {
        assert!(!d.text.contains(gone), "kept {gone:?} in\n{}", d.text);
    }
    let section =
        d.sections.iter().find(|s| &d.text[s.byte_start..s.byte_end] == "What it costs").expect("the heading");
    let chars: String = d.text.chars().skip(section.char_start).take(section.char_end - section.char_start).collect();
    assert_eq!((section.level, chars.as_str()), (2, "What it costs"));
    assert!(!d.text.contains("\n\n"));
}

#[test]
fn ids_are_stable() {
    let one = read(URL, article());
    assert_eq!(one.doc_id, read("https://ledger.example/harbor/fees?fbclid=9", article()).doc_id);
    assert_eq!(one.doc_id, read("file:other/name.html", article()).doc_id, "the canonical address decides");
    assert_eq!((one.doc_id.len(), one.content_hash.len()), (16, 32));
    let fixed = Hints { doc_id: Some("a7".into()), ..Hints::default() };
    assert_eq!(document(&page(URL, article()), &fixed).doc_id, "a7");
}

#[test]
fn hints_fill_what_the_page_does_not_say() {
    let hints = Hints {
        url: Some("https://ledger.example/x".into()),
        title: Some("Given".into()),
        published: Some("2026-01-01".into()),
        outlet: Some("Given Outlet".into()),
        ..Hints::default()
    };
    let full = document(&page("file:a.html", article()), &hints);
    assert_eq!((full.title.as_deref(), full.outlet.as_deref()), (Some("Harbor fees climb 4%"), Some("Tide Ledger")));
    assert_eq!(full.published.as_deref(), Some("2026-02-06T09:00:00+01:00"));
    let bare = document(&page("file:a.txt", "fees rose by four percent."), &hints);
    assert_eq!(
        (bare.title.as_deref(), bare.outlet.as_deref(), bare.url.as_deref()),
        (Some("Given"), Some("Given Outlet"), Some("https://ledger.example/x"))
    );
    assert_eq!(
        (bare.published.as_deref(), bare.published_source),
        (Some("2026-01-01"), Some(PublishedSource::Sidecar))
    );
    let feed = Hints { published_source: Some(PublishedSource::Feed), ..hints };
    assert_eq!(document(&page("file:a.txt", "fees"), &feed).published_source, Some(PublishedSource::Feed));
}

#[test]
fn a_page_without_a_date_stays_undated() {
    let html =
        article().replace("datePublished", "x").replace("dateModified", "y").replace("2026-02-08T10:00:00+01:00", "");
    let d = read("https://ledger.example/harbor/fees", html);
    assert_eq!((d.published, d.published_source), (None, None));
}

#[test]
fn german_pages_are_dated_by_their_text() {
    let html = article().replace("datePublished", "x").replace("dateModified", "y").replace(
        "<p class=\"byline\">By Ida Moor and Ute Brandt</p>",
        "<p class=\"meta\">Von Ida Moor, veröffentlicht am 6. Februar 2026</p>",
    );
    let d = read("https://ledger.example/harbor/fees", html);
    assert_eq!((d.published.as_deref(), d.published_source), (Some("2026-02-06"), Some(PublishedSource::Text)));
}

#[test]
fn thin_and_failed_pages_keep_their_metadata() {
    let thin = r#"<html lang=de><head><title>Kurz | Blatt</title><meta name="author" content="Ida Moor"></head><body></body></html>"#;
    let d = read("https://blatt.example/2026/02/06/kurz", thin);
    assert_eq!(
        (d.title.as_deref(), d.author.as_deref(), d.lang.as_deref()),
        (Some("Kurz"), Some("Ida Moor"), Some("de"))
    );
    assert_eq!((d.published.as_deref(), d.published_source), (Some("2026-02-06"), Some(PublishedSource::Url)));
    assert!(d.text.is_empty() && !d.diagnostics.is_empty());
    let strict = Limits { elements: 20, ..Limits::default() };
    let d = document_with(&page(URL, article()), &Hints::default(), &strict);
    assert_eq!(d.title.as_deref(), Some("Harbor fees climb 4%"));
    assert!(d.text.contains("raised its fees by 4%") && d.diagnostics.iter().any(|m| m.contains("plain extraction")));
}

#[test]
fn ten_megabytes_of_nested_tags_take_little_time() {
    for unit in
        ["<div>", "<div class=\"a b\" id=c>", "<table><tr><td>", "<b><i>x", "<p>x<b><i>", "<ul><li>", "<a href=x>"]
    {
        let deep = |bytes: usize| {
            let mut html = String::from("<title>Deep fees</title><meta name=author content='Ida Moor'>");
            html.push_str(&unit.repeat(bytes / unit.len()));
            let start = Instant::now();
            (read(URL, html), start.elapsed())
        };
        // A tenth of it first: on a machine that is busy with other things the
        // time must still grow with the length, not with its square.
        let (_, tenth) = deep(1 << 20);
        let (d, whole) = deep(10 << 20);
        let limit = if cfg!(debug_assertions) { 20 } else { 3 };
        assert!(whole < Duration::from_secs(limit).max(25 * tenth), "{unit}: {whole:?} against {tenth:?}");
        assert_eq!((d.title.as_deref(), d.author.as_deref()), (Some("Deep fees"), Some("Ida Moor")), "{unit}");
        assert!(d.diagnostics.iter().any(|m| m.contains("plain extraction")), "{unit}: {:?}", d.diagnostics);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

#[test]
fn compressed_pages_are_read_and_bombs_refused() {
    assert_eq!(read("file:a.html.gz", gzip(article().as_bytes())).text, read("file:a.html", article()).text);
    let limits = Limits { decompressed_bytes: 1 << 20, ..Limits::default() };
    let bomb = document_with(&page("file:b.html.gz", gzip(&vec![b'a'; 4 << 20])), &Hints::default(), &limits);
    assert!(bomb.text.is_empty() && bomb.diagnostics.iter().any(|m| m.contains("refused")));
}

#[test]
fn what_is_no_text_gives_none() {
    for body in [
        &b""[..],
        b"%PDF-1.7\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\0\0\0",
        b"\x7fELF\x02\x01",
        b"abc\0\0\x01\x02def",
        b"\x1f\x8b\x08\0\0",
    ] {
        let d = read("https://ledger.example/file", body);
        assert!(d.text.is_empty() && !d.diagnostics.is_empty(), "{body:?}");
    }
}

#[test]
fn charsets_by_mark_header_meta_and_detection() {
    let text =
        "Die Gebühren für Häfen stiegen überall um vier Prozent, sagte der Sprecher der Behörde am Montag in Kiel.";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked: Vec<u8> = [0xef, 0xbb, 0xbf].into_iter().chain(text.bytes()).collect();
    for body in [latin.clone(), wide, marked, text.as_bytes().to_vec()] {
        assert_eq!(read("file:a.txt", body).text, text);
    }
    let header = Page {
        headers: vec![("content-type".into(), "text/plain; charset=ISO-8859-1".into())],
        ..page("https://x.example/a", latin.clone())
    };
    assert_eq!(document(&header, &Hints::default()).text, text);
    let mut html = b"<html><head><meta charset=\"iso-8859-1\"></head><body><article><p>".to_vec();
    html.extend(&latin);
    html.extend(b"</p></article>");
    assert!(read("file:a.html", html).text.contains(text));
    let utf8 = vec![("content-type".into(), "text/plain; charset=utf-8".into())];
    let broken =
        Page { headers: utf8, ..page("file:a.txt", &b"The fees \xff rose by 4% this week, the harbor said."[..]) };
    let broken = document(&broken, &Hints::default());
    assert!(broken.text.contains("rose by 4%") && broken.diagnostics.iter().any(|m| m.contains("malformed")));
}

#[test]
fn plain_text_is_kept_byte_for_byte() {
    let text = "Harbor fees climb 4%\n\nBy Ida Moor\n\nFees rose [1].\r\n  Indented.\n[1] Kiel Post – “Fees”\nURL: https://post.example/a\nDate: February 6, 2026\n";
    let d = read("file:a.txt", text);
    assert_eq!(d.text, text);
    assert_eq!(d.title.as_deref(), Some("Harbor fees climb 4%"));
    let reference = &d.references[0];
    assert_eq!(
        (reference.number, reference.outlet.as_deref(), reference.title.as_deref()),
        (1, Some("Kiel Post"), Some("Fees"))
    );
    assert_eq!(
        (reference.url.as_deref(), reference.date.as_deref()),
        (Some("https://post.example/a"), Some("2026-02-06"))
    );
    assert!(d.text[reference.byte_start..reference.byte_end].starts_with("[1] Kiel Post"));
}

#[test]
fn markdown_front_matter_is_metadata() {
    let text = "---\ntitle: Harbor fees\ndate: 2026-02-06\nauthor: Ida Moor\nsource_name: Tide Ledger\ntype: note\n---\n# Harbor fees\n\nFees rose **4%** ([source](https://x.example/99)).\n\n| Year | Fees |\n|---|---|\n| 2026 | $5 |\n";
    let d = read("file:a.md", text);
    assert_eq!(d.text, "Harbor fees\nFees rose 4% (source).\n| Year | Fees\n| 2026 | $5");
    assert_eq!(
        (d.title.as_deref(), d.author.as_deref(), d.outlet.as_deref()),
        (Some("Harbor fees"), Some("Ida Moor"), Some("Tide Ledger"))
    );
    assert_eq!((d.published.as_deref(), d.kind), (Some("2026-02-06"), DocumentKind::Note));
    let forced = Hints { format: Some(Format::Text), ..Hints::default() };
    assert_eq!(document(&page("file:a.md", text), &forced).text, text);
}

#[test]
fn jsonl_lines_become_pages() {
    let (page, hints) =
        jsonl_line(r#"{"id":"r1","html":"<article><p>Die Häfen erhöhen die Gebühren um 4%.</p></article>"}"#, 3)
            .expect("a record");
    let d = document(&page, &hints);
    assert_eq!((d.doc_id.as_str(), d.text.as_str()), ("r1", "Die Häfen erhöhen die Gebühren um 4%."));
    assert_eq!(
        jsonl_line("{\"id\":1}", 3).expect_err("no text").to_string(),
        "line 3: \"text\" or \"html\" is missing"
    );
}

#[test]
fn wires_are_press_releases() {
    let d = read("file:a.txt", "Tide Corp opens quay\n\nKIEL, Feb. 6, 2026 /PRNewswire/ -- Tide Corp opened a quay.\n");
    assert_eq!((d.kind, d.published.as_deref()), (DocumentKind::PressRelease, Some("2026-02-06")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cut_or_changed_page_panics(cut in 0usize..6000, at in 0usize..6000, byte in any::<u8>()) {
        let mut bytes = article().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(cut.min(bytes.len()));
        for url in ["https://ledger.example/2026/02/06/a", "file:a.txt", "file:a.md"] {
            let d = read(url, bytes.clone());
            for s in &d.sections {
                prop_assert!(d.text.get(s.byte_start..s.byte_end).is_some());
            }
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,300}", marks in "[\\[\\]<>/&;#=\"'0-9a-z年月日é .:,\\-|\n+T]{0,200}") {
        for body in [&text, &marks, &format!("<h1>{marks}</h1><time datetime=\"{marks}\">{text}</time>"), &format!("---\n{marks}\n---\n{text}")] {
            for url in ["https://ledger.example/a", "file:a.txt", "file:a.md"] {
                let page = page(url, body.clone().into_bytes());
                let hints = Hints { published: Some(marks.clone()), ..Hints::default() };
                let d = document(&page, &hints);
                prop_assert_eq!(d.record.as_str(), "document");
            }
            let _ = jsonl_line(body, 1);
        }
    }
}
