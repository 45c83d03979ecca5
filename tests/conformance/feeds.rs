//! Feeds: the facts of feedparser's own tests, and how feedparser reads the
//! fixtures of feed-rs.
//!
//! Counted are RSS of any kind (RDF included) and Atom 1.0, the dialects of
//! today. Atom 0.3 is counted apart, CDF is refused. Of the modern ones the
//! vocabularies of podcasts (iTunes, chapters) and places (GeoRSS), and the
//! players and ratings of Media RSS, are left out: see `sources::feed`.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use tapecheck::sources::{
    About, Basics, Category, Feed, FeedEntry, Generator, Image, Link, Moment, Person, Text, read_feed, sitemap,
};

use super::{cases, rows, text};

/// Where feedparser's tests fetch their files from.
const SITE: &str = "http://127.0.0.1:8097";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Dialect {
    Modern,
    Podcasts,
    Atom03,
    Cdf,
}

fn dialect(folder: &str, body: &[u8]) -> Dialect {
    let text = String::from_utf8_lossy(body).to_lowercase();
    let of_podcasts = ["itunes", "geo", "psc"].contains(&folder);
    if text.contains("purl.org/atom/ns#") || text.contains("purl.org/echo") || text.contains("<feed version=\"0.3\"") {
        Dialect::Atom03
    } else if folder == "cdf" || (text.contains("<channel") && !text.contains("<rss") && !text.contains("rdf")) {
        Dialect::Cdf
    } else if of_podcasts {
        Dialect::Podcasts
    } else {
        Dialect::Modern
    }
}

#[test]
fn facts_of_feedparser() {
    let Some(folder) = cases("feeds") else { return };
    let mut counts: BTreeMap<Dialect, (usize, usize)> = BTreeMap::new();
    for row in rows(&folder.join("feedparser_facts.jsonl")) {
        let file = text(&row, "file");
        let body = std::fs::read(folder.join("feedparser").join(file)).expect(file);
        let dialect = dialect(file.split('/').nth(1).unwrap_or(""), &body);
        let headers = row.get("headers").cloned().unwrap_or_default();
        let url = format!("{SITE}/tests/{file}");
        let base = headers.get("content-location").and_then(Value::as_str).filter(|l| l.starts_with("http"));
        let kind = headers.get("content-type").and_then(Value::as_str);
        let path: Vec<String> = row.get("path").and_then(Value::as_array).map_or(Vec::new(), |p| {
            p.iter().map(|s| s.as_str().map_or_else(|| s.to_string(), str::to_string)).collect()
        });
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let want = row.get("value").cloned().unwrap_or_default();
        let feed = read_feed(&body, Some(base.unwrap_or(&url)), kind);
        let got = feed.as_ref().ok().and_then(|f| of_feed(f, &path)).unwrap_or(Value::Null);
        let count = counts.entry(dialect).or_default();
        count.1 += 1;
        if got == want {
            count.0 += 1;
        } else if dialect == Dialect::Modern {
            eprintln!("differs: {file} {}: {got}, not {want} {:?}", path.join("."), feed.err());
        }
    }
    eprintln!("feeds: facts that agree, of all: {counts:?}");
    let (same, all) = counts.get(&Dialect::Modern).copied().unwrap_or_default();
    assert!(same >= 318 && all == 341, "{same} of {all}");
    let (same, all) = counts.get(&Dialect::Atom03).copied().unwrap_or_default();
    assert!(same >= 165, "Atom 0.3: {same} of {all}");
}

#[test]
fn fixtures_of_feed_rs() {
    let Some(folder) = cases("feeds") else { return };
    let (mut same, mut all) = (0, 0);
    for row in rows(&folder.join("feedrs_fixture_feedparser_reference.jsonl")) {
        let file = text(&row, "file");
        let want = row.get("entries").and_then(Value::as_array).cloned().unwrap_or_default();
        let Ok(body) = std::fs::read(folder.join("feedrs_fixture").join(file)) else { continue };
        if want.is_empty() {
            // No feed for feedparser: only that it does no harm.
            let _ = read_feed(&body, None, None);
            continue;
        }
        let feed = read_feed(&body, None, None).map_err(|e| eprintln!("differs: {file} is not read: {e}"));
        let entries = feed.map(|f| f.entries).unwrap_or_default();
        for (i, want) in want.iter().enumerate() {
            all += 1;
            let got = entries.get(i);
            let got =
                [got.and_then(|e| e.basics.title.as_ref()).map(Text::plain), got.and_then(|e| e.basics.link.clone())];
            let plain = |t: &str| Text { value: t.to_string(), kind: "text/html".into(), ..Text::default() }.plain();
            let want = [
                want.get("title").and_then(Value::as_str).map(plain),
                want.get("link").and_then(Value::as_str).map(str::to_string),
            ];
            if got == want {
                same += 1;
            } else {
                eprintln!("differs: {file} {i}: {got:?}, not {want:?}");
            }
        }
    }
    eprintln!("feeds: {same} of {all} entries of feed-rs fixtures have feedparser's title and link");
    assert!(same >= 46, "{same} of {all}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_body_is_read(body in proptest::collection::vec(any::<u8>(), 0..1000)) {
        let _ = read_feed(&body, Some("https://x.example/"), None);
        let _ = sitemap(&body);
    }

    #[test]
    fn anything_like_a_feed_is_read(
        parts in proptest::collection::vec(
            "(<(/)?(rss|channel|item|title|link|guid|description|pubDate|feed|entry|content|url|loc|urlset)( type='(html|xhtml|text|a/b)')?/?>|&amp;|&nbsp;|&|<|[a-z0-9 :/é]{1,9}|<!\\[CDATA\\[|\\]\\]>|<!--|-->)", 0..60),
        root in "(<rss version='2.0'><channel><item>|<feed xmlns='http://www.w3.org/2005/Atom'><entry>|<urlset><url>|)",
    ) {
        let body = format!("{root}{}", parts.concat());
        if let Ok(feed) = read_feed(body.as_bytes(), Some("https://x.example/"), None) {
            prop_assert!(feed.listed().len() <= feed.entries.len());
        }
        let _ = sitemap(body.as_bytes());
    }
}

/// Hostile feeds cost no more than their length.
#[test]
fn hostile_feeds_are_read_in_time() {
    let began = std::time::Instant::now();
    let prefixes: String = (0..50_000).map(|i| format!(" xmlns:p{i}='u'")).collect();
    for body in [
        "<rss>".to_string() + &"<a>".repeat(1_000_000),
        "<rss>".to_string() + &"</b>".repeat(500_000),
        format!("<rss{prefixes}>{}", "<a/>".repeat(50_000)),
        format!("<rss><channel><title>{}", "&hearts;".repeat(200_000)),
        format!("<rss><channel><title>{}", "&".repeat(1_000_000)),
        format!("<rss><channel><item><link>{}", "<![CDATA[".repeat(200_000)),
        format!("<rss {}>", "a=\"b\" ".repeat(200_000)),
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><rss><channel><title>&b;</title>".to_string(),
    ] {
        let start = std::time::Instant::now();
        let _ = read_feed(body.as_bytes(), None, None);
        let _ = sitemap(body.as_bytes());
        eprintln!("feeds: {} bytes of {:?}: {:?}", body.len(), &body[..30], start.elapsed());
    }
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn any_fixture_cut_anywhere_is_read() {
    let Some(folder) = cases("feeds/feedrs_fixture") else { return };
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).expect("the cases can be listed").flatten().map(|e| e.path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                cut(&path);
            }
        }
    }
}

fn cut(path: &Path) {
    let body = std::fs::read(path).expect("the fixture can be read");
    for part in 1..8 {
        let _ = read_feed(&body[..body.len() * part / 8], None, None);
    }
}

fn of_feed(feed: &Feed, path: &[&str]) -> Option<Value> {
    match path {
        ["version"] => Some(json!(feed.version)),
        ["encoding"] => {
            // Another name of the same encoding.
            let name = if feed.encoding == "windows-874" { "TIS-620" } else { feed.encoding };
            Some(json!(name))
        }
        ["feed", "newlocation"] => feed.moved.as_ref().map(|m| json!(m)),
        ["feed", "ttl"] => feed.ttl.as_ref().map(|t| json!(t)),
        ["feed", rest @ ..] => of_about(&feed.about, rest),
        ["entries", n, rest @ ..] => of_entry(feed.entries.get(n.parse::<usize>().ok()?)?, rest),
        _ => None,
    }
}

fn of_about(about: &About, path: &[&str]) -> Option<Value> {
    match path {
        ["subtitle" | "tagline" | "description"] => of_text(about.subtitle.as_ref()?, &["value"]),
        ["subtitle_detail" | "tagline_detail", rest @ ..] => of_text(about.subtitle.as_ref()?, rest),
        ["info"] => of_text(about.info.as_ref()?, &["value"]),
        ["info_detail", rest @ ..] => of_text(about.info.as_ref()?, rest),
        ["generator"] => Some(json!(about.generator.as_ref()?.name)),
        ["generator_detail", field] => {
            let Generator { name, url, version } = about.generator.clone()?;
            match *field {
                "name" => Some(json!(name)),
                "href" | "url" => url.map(|u| json!(u)),
                "version" => version.map(|v| json!(v)),
                _ => None,
            }
        }
        ["publisher"] => Some(json!(about.publisher.as_ref()?.shown())),
        ["publisher_detail", rest @ ..] => of_person(about.publisher.as_ref()?, rest),
        ["docs"] => Some(json!(about.docs.clone()?)),
        ["logo"] => Some(json!(about.image.as_ref()?.href.clone()?)),
        ["href"] => Some(json!(about.basics.link.clone()?)),
        ["image", field] => {
            let Image { href, title, link, width } = about.image.clone()?;
            match *field {
                "href" => href.map(|v| json!(v)),
                "title" => title.map(|v| json!(v)),
                "link" => link.map(|v| json!(v)),
                "width" => width.map(|v| json!(v)),
                _ => None,
            }
        }
        rest => of_basics(&about.basics, rest),
    }
}

fn of_entry(entry: &FeedEntry, path: &[&str]) -> Option<Value> {
    match path {
        ["summary" | "description"] => of_text(entry.summary.as_ref()?, &["value"]),
        ["summary_detail", rest @ ..] => of_text(entry.summary.as_ref()?, rest),
        ["content", n, rest @ ..] => of_text(entry.contents.get(n.parse::<usize>().ok()?)?, rest),
        ["comments"] => Some(json!(entry.comments.clone()?)),
        ["source", rest @ ..] => of_about(entry.source.as_ref()?, rest),
        rest => of_basics(&entry.basics, rest),
    }
}

fn of_basics(basics: &Basics, path: &[&str]) -> Option<Value> {
    let at = |n: &str| n.parse::<usize>().ok();
    let moment = |m: &Option<Moment>| m.as_ref().map(|m| json!(m.written));
    let epoch = |m: &Option<Moment>| Some(json!({"epoch": m.as_ref()?.at?.as_second()}));
    match path {
        ["id" | "guid"] => basics.id.as_ref().map(|v| json!(v)),
        ["title"] => of_text(basics.title.as_ref()?, &["value"]),
        ["title_detail", rest @ ..] => of_text(basics.title.as_ref()?, rest),
        ["link"] => basics.link.as_ref().map(|v| json!(v)),
        ["links", n] => Some(whole_link(basics.links.get(at(n)?)?)),
        ["links", n, field] => of_link(basics.links.get(at(n)?)?, field),
        ["enclosures", n] => {
            let mut link = whole_link(basics.links.iter().filter(|l| l.rel == "enclosure").nth(at(n)?)?);
            link.as_object_mut()?.remove("rel");
            Some(link)
        }
        ["enclosures", n, field] => of_link(basics.links.iter().filter(|l| l.rel == "enclosure").nth(at(n)?)?, field),
        ["language"] => basics.language.as_ref().map(|v| json!(v)),
        ["rights" | "copyright"] => of_text(basics.rights.as_ref()?, &["value"]),
        ["rights_detail" | "copyright_detail", rest @ ..] => of_text(basics.rights.as_ref()?, rest),
        ["author"] => Some(json!(basics.authors.first()?.shown())),
        ["author_detail", rest @ ..] => of_person(basics.authors.first()?, rest),
        ["authors", n, rest @ ..] => of_person(basics.authors.get(at(n)?)?, rest),
        ["contributors", n, rest @ ..] => of_person(basics.contributors.get(at(n)?)?, rest),
        ["category"] => Some(json!(basics.categories.first()?.term)),
        ["tags", n, field] => {
            let Category { term, scheme, label } = basics.categories.get(at(n)?)?.clone();
            match *field {
                "term" => Some(json!(term)),
                "scheme" => scheme.map(|v| json!(v)),
                "label" => label.map(|v| json!(v)),
                _ => None,
            }
        }
        ["published"] => moment(&basics.published),
        ["updated"] => moment(&basics.updated),
        ["created"] => moment(&basics.created),
        ["expired" | "validity_end"] => moment(&basics.expires),
        ["published_parsed"] => epoch(&basics.published),
        ["updated_parsed"] => epoch(&basics.updated),
        ["created_parsed"] => epoch(&basics.created),
        ["expired_parsed" | "validity_end_parsed"] => epoch(&basics.expires),
        _ => None,
    }
}

fn of_text(text: &Text, path: &[&str]) -> Option<Value> {
    match path {
        ["value"] => Some(json!(text.value)),
        ["type"] => Some(json!(text.kind)),
        ["language"] => text.language.as_ref().map(|v| json!(v)),
        ["src"] => text.source.as_ref().map(|v| json!(v)),
        _ => None,
    }
}

fn of_person(person: &Person, path: &[&str]) -> Option<Value> {
    let Person { name, email, url } = person;
    let some = |v: &Option<String>| v.as_ref().map(|v| json!(v));
    match path {
        [] => Some(json!({"name": name, "email": email, "href": url})),
        ["name"] => some(name),
        ["email"] => some(email),
        ["url" | "href"] => some(url),
        _ => None,
    }
}

fn of_link(link: &Link, field: &str) -> Option<Value> {
    match field {
        "href" | "url" => Some(json!(link.href)),
        "rel" => Some(json!(link.rel)),
        "type" => link.kind.as_ref().map(|v| json!(v)),
        "length" => link.length.as_ref().map(|v| json!(v)),
        "title" => link.title.as_ref().map(|v| json!(v)),
        "hreflang" => link.hreflang.as_ref().map(|v| json!(v)),
        _ => None,
    }
}

fn whole_link(link: &Link) -> Value {
    let mut all = serde_json::Map::new();
    for field in ["href", "rel", "type", "length", "title", "hreflang"] {
        all.extend(of_link(link, field).map(|v| (field.to_string(), v)));
    }
    Value::Object(all)
}
