//! The command line's contract: records, formats, settings, exit codes.

#![allow(clippy::expect_used)]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::process::Stdio;

use article::article;
use common::{Bench, Done};
use serde_json::Value;

fn with_store() -> Bench {
    let bench = Bench::new();
    for n in 2..6 {
        bench.write(&format!("news/{n}.html"), article(n));
        bench.write(
            &format!("news/{n}.meta.json"),
            format!("{{\"outlet\":\"Tape Weekly\",\"published\":\"2026-0{n}-06\"}}"),
        );
    }
    bench.run(&["ingest", "-q", "news"]).expect(0);
    bench
}

#[test]
fn records_have_exactly_the_fields_of_their_schemas() {
    let bench = Bench::new();
    bench.write("a.html", article(3));
    let schemas: Value = serde_json::from_str(&bench.run(&["schema"]).expect(0).out).expect("JSON");
    for kind in ["document", "claim", "rotation", "mention"] {
        let one: Value = serde_json::from_str(&bench.run(&["schema", kind]).expect(0).out).expect("JSON");
        assert_eq!(one, schemas[kind]);
        let mut names: BTreeSet<&str> =
            one["properties"].as_object().expect("fields").keys().map(String::as_str).collect();
        let required: BTreeSet<&str> =
            one["required"].as_array().expect("names").iter().filter_map(Value::as_str).collect();
        assert_eq!(names, required, "every field is always there");
        names.insert("path");
        for record in bench.run(&["extract", "--kind", kind, "a.html"]).records() {
            let fields: BTreeSet<&str> = record.as_object().expect("an object").keys().map(String::as_str).collect();
            assert_eq!(fields, names, "{kind}");
            assert_eq!(record["record"], kind);
            assert_eq!(record["path"], "a.html");
        }
    }
}

#[test]
fn extract_keeps_the_order_of_its_input() {
    let bench = Bench::new();
    let names: Vec<String> = (0..300).rev().map(|n| format!("{n}.html")).collect();
    for (n, name) in names.iter().enumerate() {
        bench.write(name, article(n));
    }
    let mut arguments = vec!["extract", "--kind", "document"];
    arguments.extend(names.iter().map(String::as_str));
    let paths: Vec<String> = bench
        .run(&arguments)
        .expect(0)
        .records()
        .iter()
        .map(|r| r["path"].as_str().unwrap_or("").to_string())
        .collect();
    assert_eq!(paths, names);
}

#[test]
fn extract_reads_lines_of_json_and_stdin() {
    let bench = Bench::new();
    bench.write("d.jsonl", "{\"id\":\"first\",\"text\":\"Sales rose 5% in 2025.\",\"published\":\"2026-02-06\"}\n{\"id\":\"second\",\"html\":\"<p>Sales fell 7%.</p>\"}\n");
    let done = bench.run(&["extract", "--from", "jsonl", "--kind", "document", "d.jsonl"]).expect(0);
    let ids: Vec<String> = done.records().iter().map(|r| r["doc_id"].as_str().unwrap_or("").to_string()).collect();
    assert_eq!(ids, ["first", "second"]);
    assert_eq!(done.records()[0]["published"], "2026-02-06");
    let mut child = bench
        .command(&["extract", "--from", "text", "--published", "2026-02-06", "--kind", "document", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    use std::io::Write;
    child.stdin.take().expect("stdin").write_all(b"Revenue rose 12%.").expect("written");
    let done = Done::of(&child.wait_with_output().expect("ended")).expect(0);
    assert_eq!(
        (&done.records()[0]["path"], &done.records()[0]["published"]),
        (&Value::from("-"), &Value::from("2026-02-06"))
    );
    let done = bench.run(&["extract", "--published", "soon", "d.jsonl"]).expect(2);
    assert!(done.err.contains("is no date"), "{}", done.err);
}

#[test]
fn formats() {
    let bench = with_store();
    let all = bench.run(&["search", "--format", "json", "capital"]).expect(0);
    let list: Value = serde_json::from_str(&all.out).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(4));
    let csv = bench.run(&["search", "--format", "csv", "capital"]).expect(0).out;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads = reader.headers().expect("heads").clone();
    assert!(heads.iter().any(|h| h == "figure_text") && heads.iter().any(|h| h == "outlet"));
    assert_eq!(reader.records().count(), 4);
    let md = bench.run(&["extract", "--format", "md", "news/3.html"]).expect(0).out;
    assert!(md.starts_with("| figure") && md.lines().nth(1).is_some_and(|l| l.starts_with("|--")), "{md}");
    let table = bench.run(&["search", "--format", "table", "capital value:3.5B"]).expect(0).out;
    assert!(table.contains("«$3.5 billion»") && !table.contains('\u{1b}'), "{table}");
    assert!(table.lines().all(|l| l.chars().count() <= 80), "{table}");
    assert!(
        bench
            .run(&["extract", "--kind", "claim,mention", "--format", "csv", "news/3.html"])
            .expect(2)
            .err
            .contains("--kind")
    );
}

#[test]
fn search_answers() {
    let bench = with_store();
    let count = |query: &str| {
        let done = bench.run(&["search", query, "--limit", "100"]);
        done.records().len()
    };
    assert_eq!(count("metric:capex"), 4);
    assert_eq!(count("metric:capex value:>3B"), 3);
    assert_eq!(count("metric:capex value:$2.5B..3.5B"), 2);
    assert_eq!(count("metric:capex published:2026-03..2026-04"), 2);
    assert_eq!(count("metric:capex published:>2026-03"), 2);
    assert_eq!(count("\"capital spending\" -metric:capex"), 0);
    assert_eq!(count("\"spending capital\""), 0);
    assert_eq!(count("raising NEAR/3 spending kind:money"), 4);
    assert_eq!(count("raising NEAR/1 spending kind:money"), 0);
    assert_eq!(count("direction:down OR metric:capex"), 8);
    assert_eq!(count("(direction:down OR metric:capex) value:5%"), 1);
    assert_eq!(count("period:2025 outlet:\"tape weekly\""), 4);
    assert_eq!(count("outlet:daily"), 0);
    let dates: Vec<String> = bench
        .run(&["search", "metric:capex", "--sort", "date"])
        .records()
        .iter()
        .map(|r| r["published"].as_str().unwrap_or("").to_string())
        .collect();
    assert_eq!(dates, ["2026-05-06", "2026-04-06", "2026-03-06", "2026-02-06"]);
    let page: Vec<f64> = bench
        .run(&["search", "metric:capex", "--sort", "value", "--limit", "2", "--offset", "1"])
        .records()
        .iter()
        .filter_map(|r| r["value_lo"].as_f64())
        .collect();
    assert_eq!(page, [4.5e9, 3.5e9]);
    let facets = bench.run(&["search", "metric:capex", "--facets", "month,direction"]).expect(0).records();
    assert_eq!(facets[0], serde_json::json!({"facet": "month", "value": "2026-02", "count": 1}));
    let documents = bench.run(&["search", "--in", "documents", "--format", "table", "reporting"]).expect(0).out;
    assert!(documents.contains("«report»"), "{documents}");
}

#[test]
fn a_query_that_cannot_be_read_is_refused_with_its_place() {
    let bench = with_store();
    let done = bench.run(&["search", "capital metrik:capex"]).expect(2);
    assert!(done.err.contains("column 9") && done.err.contains("did you mean metric:?"), "{}", done.err);
    assert!(done.err.contains("\n  capital metrik:capex\n          ^^^^^^"), "{}", done.err);
    assert!(bench.run(&["search", "--facets", "tickr"]).expect(2).err.contains("did you mean ticker?"));
    bench.run(&["search", "zebra"]).expect(1);
    bench.run(&["search", "--sort", "value", "--in", "documents"]).expect(2);
}

#[test]
fn without_a_store_search_says_what_to_do() {
    let bench = Bench::new();
    for arguments in [&["search", "x"][..], &["status"], &["index", "rebuild"], &["doctor"]] {
        let done = bench.run(arguments).expect(2);
        assert!(done.err.contains("run `tapecheck ingest` first"), "{}", done.err);
    }
    assert!(!bench.path("corpus").exists(), "asking makes no store");
}

#[test]
fn settings_by_flag_environment_file_and_default() {
    let bench = Bench::new();
    let row = |done: Done, name: &str| -> Vec<String> {
        let line = done.out.lines().find(|l| l.trim_start().starts_with(name)).unwrap_or("").to_string();
        line.split_whitespace().map(str::to_string).collect()
    };
    assert_eq!(row(bench.run(&["config", "--format", "table"]).expect(0), "corpus"), ["corpus", "corpus", "default"]);
    bench.write("tapecheck.toml", "corpus = \"from_file\"\nindex = \"i\"\nno_progress = true\n");
    assert_eq!(row(bench.run(&["config", "--format", "table"]).expect(0), "corpus"), ["corpus", "from_file", "file"]);
    let environment = |arguments: &[&str]| {
        let mut command = bench.command(arguments);
        command.env("TAPECHECK_CORPUS", "from_env").env("TAPECHECK_QUIET", "1");
        Done::of(&command.output().expect("the program runs"))
    };
    assert_eq!(row(environment(&["config", "--format", "table"]), "corpus"), ["corpus", "from_env", "environment"]);
    assert_eq!(row(environment(&["config", "--format", "table"]), "quiet"), ["quiet", "true", "environment"]);
    assert_eq!(
        row(environment(&["config", "--format", "table", "--corpus", "from_flag"]), "corpus"),
        ["corpus", "from_flag", "flag"]
    );
    assert_eq!(
        row(environment(&["--corpus", "from_flag", "config", "--format", "table"]), "corpus"),
        ["corpus", "from_flag", "flag"]
    );
    bench.write("tapecheck.toml", "corpsu = \"x\"\n");
    assert!(bench.run(&["config"]).expect(2).err.contains("did you mean corpus?"));
    assert!(bench.run(&["config", "--config", "gone.toml"]).expect(2).err.contains("gone.toml"));
}

#[test]
fn help_completions_and_wrong_arguments() {
    let bench = Bench::new();
    for command in [
        "demo",
        "crawl",
        "reprocess",
        "robots",
        "ingest",
        "extract",
        "search",
        "explain",
        "status",
        "schema",
        "config",
        "completions",
        "index",
        "securities",
        "doctor",
    ] {
        let done = bench.run(&[command, "--help"]).expect(0);
        if !["index", "securities"].contains(&command) {
            assert!(done.out.contains("Example"), "{command}: {}", done.out);
        }
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(bench.run(&["completions", shell]).expect(0).out.contains("tapecheck"));
    }
    bench.run(&["extrct"]).expect(2);
    bench.run(&["extract"]).expect(2);
    bench.run(&["--version"]).expect(0);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let bench = Bench::new();
    for n in 0..200 {
        bench.write(&format!("news/{n}.html"), article(n));
    }
    let mut child =
        bench.command(&["extract", "news"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
    drop(child.stdout.take());
    let done = Done::of(&child.wait_with_output().expect("ended")).expect(0);
    assert!(!done.err.contains("ipe"), "{}", done.err);
}

#[test]
fn an_interrupt_ends_with_130_and_leaves_everything_consistent() {
    let bench = Bench::new();
    for n in 0..3000 {
        bench.write(&format!("news/{n}.html"), article(n));
    }
    let child =
        bench.command(&["ingest", "news"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program");
    let started = std::time::Instant::now();
    while !bench.path("corpus/archive/tapecheck-00001.warc.gz").exists() && started.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    let done = Done::of(&child.wait_with_output().expect("ended"));
    if !kill.is_ok_and(|s| s.success()) {
        eprintln!("skipped: there is no kill command");
        return;
    }
    done.expect(130);
    bench.run(&["doctor"]).expect(0);
    let done = bench.run(&["ingest", "news"]).expect(0);
    assert!(done.err.contains("read: 3000 taken") && done.err.contains("unchanged"), "{}", done.err);
}

#[test]
fn the_demo_shows_the_whole_path() {
    let bench = Bench::new();
    let began = std::time::Instant::now();
    let done = bench.run(&["demo", "--keep", "kept"]);
    if done.err.contains("built without the sample corpus") {
        eprintln!("skipped: the sample corpus is not there");
        return;
    }
    let done = done.expect(0);
    assert!(began.elapsed().as_secs() < 10);
    for part in ["/private/draft-outlook.html is left alone: robots.txt", "repeats “", "What to type next", "«$"] {
        assert!(done.out.contains(part), "{part}\n{}", done.out);
    }
    assert!(done.out.lines().filter(|l| !l.contains("tapecheck ")).all(|l| l.chars().count() <= 80), "{}", done.out);
    let found = bench
        .run(&["search", "--corpus", "kept/corpus", "--index", "kept/index", "--in", "documents", "--limit", "100"])
        .expect(0);
    assert!(found.records().iter().all(|r| !r["url"].as_str().unwrap_or("").contains("private")));
}

#[test]
fn hits_of_one_rank_stand_in_the_same_order_in_every_index() {
    let files: Vec<String> = (0..60).map(|n| format!("news/{n}.txt")).collect();
    let found = |names: &[&str]| {
        let bench = Bench::new();
        for name in &files {
            // The same words everywhere: no hit is better than another.
            bench.write(name, format!("Nvidia shares rose {}% on Friday.", name.len() % 3 + 4));
            bench.write(&name.replace(".txt", ".meta.json"), format!("{{\"url\": \"https://tape.example/{name}\"}}"));
        }
        // In several steps, so that the index has several parts.
        for part in names.chunks(25) {
            bench.run(&[&["ingest"], part].concat()).expect(0);
        }
        ["relevance", "date", "value"].map(|sort| {
            let list = bench.run(&["search", "Nvidia", "--sort", sort, "--limit", "50"]).expect(0).records();
            list.iter().map(|r| r["claim_id"].to_string()).collect::<Vec<_>>()
        })
    };
    let forward: Vec<&str> = files.iter().map(String::as_str).collect();
    let backward: Vec<&str> = forward.iter().rev().copied().collect();
    let (one, other) = (found(&forward), found(&backward));
    assert_eq!(one[0].len(), 50);
    assert_eq!(one, other);
}
