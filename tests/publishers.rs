//! The declarations of publishers: each is shown on a page of our own.
#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tapecheck::lexicon::{Files, publishers};
use tapecheck::model::{Document, Page, Publishers};
use tapecheck::parse::{Hints, document, document_by};

/// What a page of ours must be read as.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    url: String,
    fetched: String,
    published: String,
    author: Option<String>,
    breaks: String,
    text: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/publishers")
}

/// Name, case and page of each.
fn cases() -> Vec<(String, Case, String)> {
    let read = |path: &Path| std::fs::read_to_string(path).expect("a file");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("the pages are there") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|e| e == "toml") {
            let name = path.file_name().expect("a name").to_string_lossy().trim_end_matches(".toml").to_string();
            let case = toml::from_str(&read(&path)).expect(&name);
            found.push((name.clone(), case, read(&folder().join(format!("{name}.html")))));
        }
    }
    found
}

fn shipped() -> Publishers {
    publishers(&Files::embedded()).expect("the shipped declarations are of their form")
}

fn page(case: &Case, html: &str) -> Page {
    Page {
        url: case.url.clone(),
        status: 200,
        body: html.as_bytes().to_vec(),
        fetched: Some(format!("{}T12:00:00Z", case.fetched)),
        ..Page::default()
    }
}

fn read(case: &Case, html: &str, by: &Publishers) -> Document {
    document_by(&page(case, html), &Hints::default(), by)
}

#[test]
fn every_declaration_reads_its_page() {
    let (by, cases) = (shipped(), cases());
    let shown: BTreeSet<&str> = cases.iter().filter_map(|c| c.0.split('.').next()).collect();
    let declared: BTreeSet<&str> = by.all().map(|p| p.name.as_str()).collect();
    assert_eq!(shown, declared, "each declaration has a page of our own, each page a declaration");
    let mut wrong = Vec::new();
    for (name, case, html) in &cases {
        let got = read(case, html, &by);
        let (text, published) = (case.text.as_str(), Some(case.published.as_str()));
        let found = (got.text.as_str(), got.published.as_deref(), &got.author, got.diagnostics.len());
        if found != (text, published, &case.author, 0) {
            wrong.push(format!("{name}: {found:#?} {:?}", got.diagnostics));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rule_that_finds_nothing_any_more_says_so_and_the_general_way_is_taken() {
    let (by, mut wrong) = (shipped(), Vec::new());
    for (name, case, html) in cases() {
        assert!(html.contains(&case.breaks), "{name}");
        // The signs of a content system stay: a comment of theirs is enough.
        let changed = format!("{}<!-- {} -->", html.replace(&case.breaks, "rebuilt"), case.breaks);
        let got = read(&case, &changed, &by);
        let said = got.diagnostics.iter().any(|d| d.contains("no rule finds the main text any more: general way"));
        let general = document(&page(&case, &changed), &Hints::default()).text;
        let first = case.text.lines().next().expect("a line");
        if !said || got.text != general || !got.text.contains(first) {
            wrong.push(format!("{name}: {said} {:?}\n{}", got.diagnostics, got.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_date_or_an_author_that_is_gone_is_read_in_the_general_way() {
    let (_, case, html) = cases().into_iter().find(|c| c.0 == "npr").expect("a page");
    let changed = html.replace("dateblock", "x").replace("byline__name", "y");
    let got = read(&case, &changed, &shipped());
    assert_eq!(
        got.diagnostics,
        ["publisher npr: its rule finds no date: general way", "publisher npr: its rule finds no author: general way"]
    );
    assert_eq!((got.published.as_deref(), got.author.as_deref()), (case.published.get(..10), Some("Ida Moor")));
    assert_eq!(got.text, case.text);
}

#[test]
fn rules_hold_for_their_time_and_their_host() {
    let by = shipped();
    let cases = cases();
    let (_, case, html) = cases.iter().find(|c| c.0 == "yahoo-finance").expect("a page");
    // The markup of before, on a day when another one was in use.
    let late = Case { fetched: "2025-02-07".into(), url: case.url.clone(), text: String::new(), ..copy(case) };
    assert!(read(&late, html, &by).diagnostics.iter().any(|d| d.contains("no rule finds the main text")));
    let early = Case { fetched: "2010-02-07".into(), ..copy(case) };
    assert_eq!(
        read(&early, html, &by).diagnostics,
        ["publisher yahoo-finance: no rule for pages of 2010-02-07: general way"]
    );
    // A file of unknown day is tried with all rules, by the address it declares.
    let link = format!("<link rel=\"canonical\" href=\"{}\">", case.url);
    let file = Page { url: "file:a.html".into(), fetched: None, ..page(case, &format!("{link}{html}")) };
    let got = document_by(&file, &Hints::default(), &by);
    assert_eq!((got.text.as_str(), got.diagnostics.len()), (case.text.as_str(), 0));
    // Another host is none of theirs.
    let other = Case { url: "https://finance.yahoo.com.tide.example/a".into(), ..copy(case) };
    assert!(read(&other, html, &by).diagnostics.is_empty());
}

#[test]
fn own_declarations_add_to_and_replace_the_shipped_ones() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("publishers")).expect("a folder");
    let own = |name: &str, host: &str| {
        let text = format!("name = '{name}'\nknown = 'a test'\nhosts = ['{host}']\n[[rule]]\nbody = ['.own']\n");
        std::fs::write(dir.path().join(format!("publishers/{name}.toml")), text).expect("a file");
    };
    own("tide", "tide.example");
    own("npr", "npr.org");
    let by = publishers(&Files::overridden_by(dir.path())).expect("of their form");
    let html = "<p class=own>The yard built nine boats in 2025.</p><p>And this stands elsewhere on the same page.</p>";
    for url in ["https://money.tide.example/a", "https://www.npr.org/a"] {
        let page = Page { url: url.into(), status: 200, body: html.as_bytes().to_vec(), ..Page::default() };
        assert_eq!(document_by(&page, &Hints::default(), &by).text, "The yard built nine boats in 2025.", "{url}");
    }
    // The whole program, with a page whose address stands beside it.
    std::fs::write(dir.path().join("a.html"), html).expect("a file");
    std::fs::write(dir.path().join("a.meta.json"), r#"{"url": "https://tide.example/a"}"#).expect("a file");
    let text = |args: &[&str]| {
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_tapecheck"));
        run.current_dir(dir.path()).args(["extract", "--format", "jsonl", "a.html"]).args(args);
        let output = run.output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    for kinds in ["document", "document,claim"] {
        assert!(text(&["--kind", kinds]).contains("elsewhere on the same page"));
        assert!(!text(&["--kind", kinds, "--lexicon", "."]).contains("elsewhere on the same page"));
    }
    std::fs::write(dir.path().join("publishers/tide.toml"), "name = 'tide'\n").expect("a file");
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_tapecheck"));
    let output = run.current_dir(dir.path()).args(["extract", "--lexicon", ".", "a.html"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("publishers/tide.toml"), "{said}");
}

fn copy(case: &Case) -> Case {
    Case {
        url: case.url.clone(),
        fetched: case.fetched.clone(),
        published: case.published.clone(),
        author: case.author.clone(),
        breaks: case.breaks.clone(),
        text: case.text.clone(),
    }
}
