//! The catalogue of rules holds what the code uses, its examples are true, and
//! `docs/rules.md` is made from it. After a change of the catalogue:
//! `UPDATE_DOCS=1 cargo test --test rules`.
#![allow(clippy::expect_used)] // what a test expects, its helpers expect too

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tapecheck::extract::rules::{PHENOMENA, PUBLISHED, Rule, rules};
use tapecheck::extract::{Extraction, extract, extract_with};
use tapecheck::lexicon::Lexicon;
use tapecheck::model::{Document, Evidence, Page};
use tapecheck::parse::{Format, Hints, document_and_facts, segment};

/// Binds where nothing else does, and leaves no evidence.
const SILENT: &str = "status.default";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Sources of the extractor, the catalogue aside.
fn sources() -> Vec<PathBuf> {
    let catalogue = root().join("src/extract/rules");
    let (mut found, mut folders) = (Vec::new(), vec![root().join("src/extract")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src/extract can be listed") {
            let path = entry.expect("src/extract can be listed").path();
            if path.is_dir() && path != catalogue {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// String literals that have the form of a rule's id, and where they stand.
fn ids_in_sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for path in sources() {
        let text = fs::read_to_string(&path).expect("source can be read");
        for literal in text.split('"') {
            let known = literal.split_once('.').filter(|(head, _)| PHENOMENA.iter().any(|p| p.name == *head));
            let id = known
                .is_some_and(|(_, name)| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
            if id {
                let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
                found.entry(literal.to_string()).or_insert(name);
            }
        }
    }
    found
}

#[test]
fn the_catalogue_holds_the_rules_that_are_used() {
    let mut used = ids_in_sources();
    assert!(used.len() > 50, "only {} ids were found in the sources", used.len());
    // Ids that are put together in the code show only in what it leaves.
    let lexicon = Lexicon::embedded().expect("the shipped lists compile");
    for text in texts() {
        for (_, evidence) in evidence(&read(&text, &lexicon)) {
            for piece in evidence {
                used.entry(piece.rule.to_string()).or_insert_with(|| format!("left in {text:?}"));
            }
        }
    }
    let known: BTreeSet<&str> = rules().map(|r| r.id).collect();
    let missing: Vec<String> = used
        .iter()
        .filter(|(id, _)| !known.contains(id.as_str()))
        .map(|(id, place)| format!("{id} ({place}) is not in src/extract/rules"))
        .collect();
    let idle: Vec<String> =
        known.iter().filter(|id| !used.contains_key(**id)).map(|id| format!("{id} is used nowhere")).collect();
    assert!(missing.is_empty() && idle.is_empty(), "\n{}\n{}", missing.join("\n"), idle.join("\n"));
}

/// The examples of the catalogue and of the spec corpus.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = rules().map(|r| r.example.to_string()).collect();
    for entry in fs::read_dir(root().join("tests/specs")).expect("the specs can be listed") {
        let path = entry.expect("the specs can be listed").path();
        if path.extension().is_some_and(|e| e == "toml") {
            let file: toml::Table =
                toml::from_str(&fs::read_to_string(&path).expect("a spec can be read")).expect("a spec is TOML");
            let examples = file.get("example").and_then(|e| e.as_array()).into_iter().flatten();
            texts.extend(examples.filter_map(|e| e.get("text")?.as_str().map(str::to_string)));
        }
    }
    assert!(texts.len() > 400, "only {} texts were found", texts.len());
    texts
}

/// Reads a text; one that begins as a filing does, as a filing.
fn read(text: &str, lexicon: &Lexicon) -> Extraction {
    if text.starts_with("FORM ") || text.starts_with('<') {
        let page = Page { url: "file:rule".into(), status: 200, body: text.as_bytes().to_vec(), ..Page::default() };
        let hints = Hints { published: Some(PUBLISHED.into()), format: Some(Format::Filing), ..Hints::default() };
        let (document, layout) = document_and_facts(&page, &hints).parted();
        return extract_with(&document, &segment(&document.text), &layout, lexicon);
    }
    let document = Document {
        record: "document".into(),
        doc_id: "rule".into(),
        published: Some(PUBLISHED.into()),
        text: text.into(),
        ..Document::default()
    };
    extract(&document, &segment(text), lexicon)
}

/// The figures and triggers found, with their evidence.
fn evidence(found: &Extraction) -> Vec<(&str, &[Evidence])> {
    let claims = found.claims.iter().map(|c| (c.figure_text.as_str(), c.evidence.as_slice()));
    let rotations = found.rotations.iter().map(|r| (r.trigger_text.as_str(), r.evidence.as_slice()));
    claims.chain(rotations).collect()
}

fn binds(rule: &Rule, found: &Extraction) -> bool {
    evidence(found).iter().any(|(_, evidence)| match rule.id {
        SILENT => evidence.iter().all(|e| e.field != "status"),
        id => evidence.iter().any(|e| e.rule == id),
    })
}

fn show(found: &Extraction) -> String {
    let line = |(what, evidence): &(&str, &[Evidence])| {
        let rules: Vec<&str> = evidence.iter().map(|e| &*e.rule).collect();
        format!("      {what}: {}", rules.join(", "))
    };
    evidence(found).iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn examples_bind_by_their_rule_and_near_misses_do_not() {
    let lexicon = Lexicon::embedded().expect("the shipped lists compile");
    let mut wrong = Vec::new();
    for rule in rules() {
        for (text, wanted) in [(rule.example, true), (rule.near_miss, false)] {
            let found = read(text, &lexicon);
            if binds(rule, &found) != wanted {
                let said = if wanted { "does not bind its example" } else { "binds its near-miss" };
                wrong.push(format!("{} {said}\n    {text:?}\n{}", rule.id, show(&found)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn evidence_stands_under_the_field_of_its_phenomenon() {
    let lexicon = Lexicon::embedded().expect("the shipped lists compile");
    for rule in rules() {
        let found = read(rule.example, &lexicon);
        for evidence in found.claims.iter().flat_map(|c| &c.evidence) {
            let of = PHENOMENA.iter().find(|p| evidence.rule.starts_with(&format!("{}.", p.name)));
            assert_eq!(of.map(|p| p.field), Some(&*evidence.field), "{}: {}", rule.id, evidence.rule);
        }
    }
}

/// Text as Markdown shows it literally.
fn quoted(text: &str) -> String {
    if text.contains('\n') {
        let lines: Vec<String> = text.lines().map(|l| format!("      {l}").trim_end().to_string()).collect();
        format!("\n\n{}\n", lines.join("\n"))
    } else {
        format!(" “{text}”")
    }
}

fn markdown() -> String {
    let mut out = String::from(
        "# Rules\n\n\
         Every field of a claim keeps the id of the rule that bound it and the words it used (`evidence`); \
         `tapecheck explain ID` shows both. This is what the ids mean. A rule's example is a text in which it binds \
         something, its near-miss one that looks alike and in which it must not; tests run both, as documents \
         published on ",
    );
    let _ = writeln!(
        out,
        "{PUBLISHED}. “Carried” marks rules that take a value over from another figure, sentence or part of the \
         document.\n\nThis page is made from `src/extract/rules` by `UPDATE_DOCS=1 cargo test --test rules`.\n"
    );
    for phenomenon in PHENOMENA {
        let name = phenomenon.heading;
        let _ = writeln!(out, "- [{name}](#{}): {} rules", name.to_lowercase(), phenomenon.rules.len());
    }
    for phenomenon in PHENOMENA {
        let _ = writeln!(out, "\n## {}\n\n{}", phenomenon.heading, phenomenon.about);
        let _ = writeln!(out, "\nField of the evidence: `{}`.", phenomenon.field);
        for rule in phenomenon.rules {
            let carried = if rule.carries { " Carried." } else { "" };
            let _ = writeln!(out, "\n### `{}`\n", rule.id);
            let _ = writeln!(out, "- What: {}.{carried}", rule.does);
            let _ = writeln!(out, "- Why: {}", rule.why);
            let _ = writeln!(out, "- Example:{}", quoted(rule.example));
            let _ = writeln!(out, "- Near-miss:{}", quoted(rule.near_miss));
        }
    }
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    format!("{}\n", out.trim_end())
}

#[test]
fn the_document_is_made_from_the_catalogue() {
    let path = root().join("docs/rules.md");
    let made = markdown();
    if std::env::var_os("UPDATE_DOCS").is_some_and(|v| !v.is_empty()) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("docs can be made");
        fs::write(&path, &made).expect("docs/rules.md can be written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == made, "docs/rules.md is out of date; run `UPDATE_DOCS=1 cargo test --test rules`");
}
