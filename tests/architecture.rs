//! The walls of the house: who may import whom, and how large files may be.

#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms in the order of the flow, and what each may touch.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("lexicon", &["model"]),
    ("sources", &["model"]),
    ("fetch", &["model"]),
    ("archive", &["model"]),
    ("parse", &["model"]),
    ("extract", &["model", "lexicon"]),
    ("store", &["model"]),
    ("index", &["model"]),
    ("audit", &["model", "store"]),
    ("dataset", &["model"]),
    (
        "pipeline",
        &["model", "lexicon", "sources", "fetch", "archive", "parse", "extract", "store", "index", "audit", "dataset"],
    ),
    ("cli", ABOVE),
    ("web", ABOVE),
    ("mcp", ABOVE),
];

/// What those who ask may touch: everything but each other.
const ABOVE: &[&str] = &[
    "model", "lexicon", "sources", "fetch", "archive", "parse", "extract", "store", "index", "audit", "dataset",
    "pipeline",
];

/// Most lines of a file, its own tests aside.
const CEILING: usize = 400;

/// Files above the ceiling, and why.
const LARGE: &[(&str, &str)] = &[];

/// What `parse` and `extract` must not touch, being pure.
const IMPURE: &[&str] =
    &["std::fs", "std::net", "std::env", "SystemTime", "reqwest", "tokio::", "jiff::Timestamp::now", "Zoned::now"];

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display().to_string()
}

/// The room a file stands in; none for `lib.rs` and `main.rs`.
fn room(path: &Path) -> Option<&'static str> {
    let name = name(path);
    let first = name.strip_prefix("src/")?.split('/').next()?.trim_end_matches(".rs").to_string();
    ROOMS.iter().map(|(room, _)| *room).find(|room| *room == first)
}

/// Code without comments, up to the file's own tests.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    text[..end].lines().map(|l| l.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// The rooms named after `crate::`, also within `use crate::{a, b::c}`.
fn imports(code: &str) -> BTreeSet<String> {
    let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` in macros counts too; `other_crate::` does not.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(word(rest));
            continue;
        };
        let (mut depth, mut start) = (1, true);
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => start = true,
                c if depth == 1 && start && c.is_alphabetic() => {
                    found.insert(word(&group[i..]));
                    start = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found.retain(|name| ROOMS.iter().any(|(room, _)| room == name));
    found
}

#[test]
fn rooms_import_only_what_they_may() {
    let mut wrong = Vec::new();
    for path in sources() {
        let Some(room) = room(&path) else { continue };
        let allowed = ROOMS.iter().find(|(name, _)| *name == room).map_or(&[][..], |(_, a)| a);
        let text = fs::read_to_string(&path).expect("source can be read");
        for import in imports(&code(&text)) {
            if import != room && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{} imports {import}", name(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the flow:\n{}", wrong.join("\n"));
}

#[test]
fn parsing_and_extracting_are_pure() {
    let mut wrong = Vec::new();
    for path in sources() {
        if matches!(room(&path), Some("parse" | "extract")) {
            let code = code(&fs::read_to_string(&path).expect("source can be read"));
            wrong.extend(IMPURE.iter().filter(|w| code.contains(**w)).map(|w| format!("{} uses {w}", name(&path))));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_small() {
    let mut wrong = Vec::new();
    for path in sources() {
        // A file's own tests do not count: they stand beside what they test.
        let text = fs::read_to_string(&path).expect("source can be read");
        let lines = text.find("#[cfg(test)]\nmod tests").map_or(text.as_str(), |end| &text[..end]).lines().count();
        let excused = LARGE.iter().any(|(file, _)| *file == name(&path));
        if lines > CEILING && !excused {
            wrong.push(format!("{} has {lines} lines", name(&path)));
        }
    }
    for (file, reason) in LARGE {
        let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(file).is_file();
        assert!(there && !reason.is_empty(), "{file} is excused but not there");
    }
    assert!(wrong.is_empty(), "above {CEILING} lines:\n{}", wrong.join("\n"));
}

#[test]
fn every_folder_under_src_is_a_room() {
    for path in sources() {
        let top = matches!(name(&path).as_str(), "src/lib.rs" | "src/main.rs");
        assert!(top || room(&path).is_some(), "{} stands in no room", name(&path));
    }
}

#[test]
fn the_scanner_sees_grouped_imports() {
    let code =
        "use crate::{model::{Span, Claim}, store::Store};\nlet x = crate::index::nearest;\nuse other_crate::cli;";
    assert_eq!(imports(code).into_iter().collect::<Vec<_>>(), ["index", "model", "store"]);
}
