//! The README is tested: each of its commands runs, ends as it says, and shows
//! what it says.
//!
//! Commands stand in `console` blocks behind `$ `. They run one after the other
//! in a scratch folder, so that later ones find what earlier ones made; an
//! `export` holds for those after it. `$ echo $?` names the exit code of the
//! command before it. Files shown in blocks with a name (`toml tapecheck.toml`)
//! are written first.
#![allow(clippy::expect_used)] // what a test expects, its helpers expect too

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use common::{Bench, Done};

/// First words of commands that the test does not run: they build, or need
/// programs that may not be there.
const NOT_RUN: &[&str] = &["cargo", "git", "just", "python3", "duckdb", ".ci/run"];

/// Share of the words shown that must appear in the output: figures and lines
/// change with every better rule, the shape of the output does not.
const SHARE: f64 = 0.6;

/// Stands above the table of queries, each in the arguments of `search`.
const QUERIES: &str = "<!-- each of these finds something in the sample";

/// A fenced block: the words behind the fence, and its lines.
struct Block<'r> {
    info: &'r str,
    lines: Vec<&'r str>,
    number: usize,
}

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    fs::read_to_string(path).expect("README.md can be read")
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(info) if !open => {
                found.push(Block { info, lines: Vec::new(), number: number + 1 });
                open = true;
            }
            Some(_) => open = false,
            None => {
                if let (true, Some(block)) = (open, found.last_mut()) {
                    block.lines.push(line);
                }
            }
        }
    }
    assert!(!open, "the last block is never closed");
    found
}

/// A command of the README and what stands under it.
#[derive(Debug)]
struct Step<'r> {
    line: usize,
    command: &'r str,
    code: i32,
    shown: Vec<&'r str>,
}

fn steps(text: &str) -> Vec<Step<'_>> {
    let mut found: Vec<Step<'_>> = Vec::new();
    for block in blocks(text).into_iter().filter(|b| b.info == "console") {
        let mut asks_code = false;
        for (i, line) in block.lines.iter().enumerate() {
            let Some(command) = line.strip_prefix("$ ") else {
                let step = found.last_mut().expect("a console block begins with a command");
                if asks_code {
                    step.code = line.trim().parse().expect("an exit code");
                    asks_code = false;
                } else {
                    step.shown.push(line);
                }
                continue;
            };
            if command == "echo $?" {
                asks_code = true;
            } else {
                found.push(Step { line: block.number + i + 1, command, code: 0, shown: Vec::new() });
            }
        }
    }
    found
}

/// What a reader recognises: words of four letters or more, in lower case.
fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_alphabetic());
    parts.filter(|w| w.chars().count() >= 4).map(str::to_lowercase).collect()
}

/// stdout is no terminal here; what is shown in the README is.
fn as_on_a_terminal(step: &Step<'_>) -> String {
    let asks = ["tapecheck extract", "tapecheck search", "tapecheck explain", "tapecheck status", "tapecheck facts"];
    let table = asks.iter().any(|a| step.command.contains(a))
        && !step.command.contains("--format")
        && ![" | ", " > "].iter().any(|sign| step.command.contains(sign))
        && !step.shown.is_empty();
    if table { format!("{} --format table", step.command) } else { step.command.to_string() }
}

fn run(bench: &Bench, command: &str, environment: &BTreeMap<String, String>) -> Done {
    let program = Path::new(env!("CARGO_BIN_EXE_tapecheck"));
    let folder = program.parent().expect("a folder").to_path_buf();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&others))).expect("a path");
    let mut shell = Command::new("sh");
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("TAPECHECK_")) {
        shell.env_remove(name);
    }
    shell.envs(environment).env("PATH", path).env("COLUMNS", "80").env("NO_COLOR", "1");
    shell.current_dir(bench.path("")).args(["-c", command]).stdin(std::process::Stdio::null());
    Done::of(&shell.output().expect("sh runs"))
}

#[test]
fn every_command_runs_and_shows_what_it_says() {
    if !cfg!(unix) {
        eprintln!("skipped: the commands of the README need a Unix shell");
        return;
    }
    let text = readme();
    let bench = Bench::new();
    lists(&bench);
    let mut environment = BTreeMap::new();
    let mut ran = 0;
    for block in blocks(&text) {
        if let Some((_, name)) = block.info.split_once(' ') {
            bench.write(name, block.lines.join("\n") + "\n");
        }
    }
    for step in steps(&text) {
        let first = step.command.split_whitespace().next().unwrap_or("");
        if NOT_RUN.contains(&first) {
            continue;
        }
        if first == "export" {
            let settings = step.command.split_whitespace().skip(1).filter_map(|s| s.split_once('='));
            environment.extend(settings.map(|(name, value)| (name.to_string(), value.to_string())));
            continue;
        }
        let done = run(&bench, &as_on_a_terminal(&step), &environment);
        let said = format!("README.md:{}: $ {}\n{}{}", step.line, step.command, done.out, done.err);
        assert_eq!(done.code, Some(step.code), "{said}");
        assert!(!done.err.contains("panicked"), "{said}");
        let (wanted, got) = (words(&step.shown.join("\n")), words(&format!("{}\n{}", done.out, done.err)));
        let missing: Vec<&String> = wanted.difference(&got).collect();
        let kept = 1.0 - missing.len() as f64 / wanted.len().max(1) as f64;
        assert!(kept >= SHARE, "shown in the README, not in the output: {missing:?}\n{said}");
        ran += 1;
    }
    assert!(ran >= 10, "only {ran} commands were run");
    // The sample is kept by now, and the environment names it.
    let table = text.split_once(QUERIES).expect("a table of queries").1;
    let rows = table.lines().skip(1).take_while(|l| l.starts_with('|'));
    let queries: Vec<&str> = rows.filter_map(|row| row.strip_prefix("| `")?.split("` |").next()).collect();
    assert!(queries.len() >= 10, "only {} queries stand in the table", queries.len());
    for query in queries {
        let done = run(&bench, &format!("tapecheck search {query}"), &environment);
        assert_eq!(done.code, Some(0), "README.md: search {query}\n{}", done.err);
    }
}

/// The word lists, as the README finds them in the project's folder.
fn lists(bench: &Bench) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon");
    for entry in fs::read_dir(folder).expect("the word lists") {
        let path = entry.expect("a list").path();
        if path.is_dir() {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        bench.write(&format!("lexicon/{name}"), fs::read(&path).expect("a list can be read"));
    }
}

#[test]
fn every_record_shown_has_the_fields_of_its_schema() {
    let text = readme();
    let schemas = run(&Bench::new(), "tapecheck schema", &BTreeMap::new()).expect(0).out;
    let schemas: serde_json::Value = serde_json::from_str(&schemas).expect("JSON");
    for block in blocks(&text).into_iter().filter(|b| b.info == "json") {
        let record: serde_json::Value = serde_json::from_str(&block.lines.join("\n")).expect("JSON");
        let Some(kind) = record["record"].as_str() else { continue };
        let fields = schemas[kind]["properties"].as_object().expect("a schema");
        for name in record.as_object().expect("an object").keys() {
            assert!(name == "path" || fields.contains_key(name), "README.md:{}: {kind} has no {name}", block.number);
        }
    }
}

#[test]
fn every_command_of_the_program_is_in_the_readme() {
    let text = readme();
    let help = run(&Bench::new(), "tapecheck --help", &BTreeMap::new()).expect(0).out;
    let listed = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let names: Vec<&str> = listed
        .filter(|l| l.starts_with("  ") && !l.starts_with("   "))
        .filter_map(|l| l.split_whitespace().next())
        .filter(|n| *n != "help")
        .collect();
    assert!(names.len() >= 8, "{help}");
    for name in names {
        assert!(text.contains(&format!("tapecheck {name}")), "the README does not show `tapecheck {name}`");
    }
}

#[test]
fn the_two_commands_stand_at_the_top() {
    let text = readme();
    let first = blocks(&text).into_iter().next().expect("a block");
    let commands: Vec<&str> = first.lines.iter().filter_map(|l| l.strip_prefix("$ ")).collect();
    assert_eq!(commands, ["cargo run --release -- demo", "cargo test"]);
    let ci = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run")).expect(".ci/run can be read");
    assert!(ci.lines().any(|l| l.trim_start().starts_with("cargo test")), ".ci/run runs the test command");
}

#[test]
fn the_files_named_in_the_architecture_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("ARCHITECTURE.md can be read");
    let mut files = Vec::new();
    let mut folders: Vec<_> = ["src", "lexicon", "tests"].iter().map(|f| root.join(f)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            files.push(format!("/{}", path.strip_prefix(root).unwrap_or(&path).display()));
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    let code = text.split('`').skip(1).step_by(2);
    let named = code.filter(|c| [".rs", ".toml", ".tsv"].iter().any(|e| c.ends_with(e)) && !c.contains(' '));
    let gone: Vec<&str> =
        named.filter(|n| *n != "build.rs" && !files.iter().any(|f| f.ends_with(&format!("/{n}")))).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md names files that are not there: {gone:?}");
}
