//! `explain`: from a stored claim back to the words and rules it rests on.

#![allow(clippy::expect_used)]

mod common;
#[path = "common/program.rs"]
mod program;

use common::{Bench, Done};
use serde_json::Value;

/// The sample, kept; none where the program was built without it.
fn sample() -> Option<Bench> {
    let bench = Bench::new();
    let done = bench.run(&["demo", "-q", "--keep", "kept"]);
    if done.err.contains("built without the sample corpus") {
        eprintln!("skipped: the sample corpus is not there");
        return None;
    }
    done.expect(0);
    Some(bench)
}

fn run(bench: &Bench, arguments: &[&str]) -> Done {
    let mut command = bench.command(arguments);
    command.env("TAPECHECK_CORPUS", "kept/corpus").env("TAPECHECK_INDEX", "kept/index").env("COLUMNS", "80");
    Done::of(&command.output().expect("the program runs"))
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or("")
}

#[test]
fn every_claim_of_the_sample_can_be_explained() {
    let Some(bench) = sample() else { return };
    let claims = run(&bench, &["search", "--limit", "40", "metric:capex OR metric:price_move"]).expect(0).records();
    assert!(claims.len() > 20);
    for claim in &claims {
        let id = text(claim, "claim_id");
        let table = run(&bench, &["explain", "--format", "table", id]).expect(0).out;
        assert!(table.lines().all(|l| l.chars().count() <= 80), "{table}");
        assert!(table.contains('«') && table.contains("figure.") && table.contains("what it looks for"), "{table}");
        for field in ["value", "metric", "direction", "subjects", "period", "baseline", "status", "attribution"] {
            assert!(table.contains(&format!(" {field} ")), "{field} is missing\n{table}");
        }
        let done = run(&bench, &["explain", "--format", "json", id]).expect(0);
        let all: Value = serde_json::from_str(&done.out).expect("JSON");
        assert_eq!(all["claim"]["claim_id"], claim["claim_id"]);
        assert_eq!(all["document"]["doc_id"], claim["doc_id"]);
        let evidence = all["evidence"].as_array().expect("a list");
        assert!(evidence.len() >= claim["evidence"].as_array().map_or(1, Vec::len));
        for piece in evidence {
            let rule = all["rules"].as_array().expect("a list").iter().find(|r| r["rule"] == piece["rule"]);
            assert!(rule.is_some_and(|r| !text(r, "what").is_empty()), "{piece}");
        }
        assert_eq!(evidence[0]["words"], claim["figure_text"]);
    }
}

#[test]
fn a_rotation_is_explained_by_the_beginning_of_its_id() {
    let Some(bench) = sample() else { return };
    let found = run(&bench, &["search", "--in", "rotations", "--limit", "1", "has:ticker OR rotation OR money"]);
    let rotations = found.expect(0).records();
    let id = text(&rotations[0], "rotation_id");
    let table = run(&bench, &["explain", "--format", "table", &id[..10].to_uppercase()]).expect(0).out;
    assert!(table.contains("rotation.") && table.contains("from") && table.contains("trigger"), "{table}");
    let line = run(&bench, &["explain", id]).expect(0).records();
    assert_eq!(line[0]["rotation"]["rotation_id"], rotations[0]["rotation_id"]);
}

#[test]
fn an_unknown_id_is_answered_with_the_nearest() {
    let Some(bench) = sample() else { return };
    let claims = run(&bench, &["search", "--limit", "1", "metric:capex"]).expect(0).records();
    let (id, doc_id) = (text(&claims[0], "claim_id"), text(&claims[0], "doc_id"));
    let mut mistyped: Vec<char> = id.chars().collect();
    mistyped.swap(2, 3);
    mistyped[9] = if mistyped[9] == 'a' { 'b' } else { 'a' };
    let mistyped: String = mistyped.into_iter().collect();
    let done = run(&bench, &["explain", &mistyped]).expect(1);
    assert!(done.err.contains(&format!("did you mean {id}?")) && done.out.is_empty(), "{}", done.err);
    let done = run(&bench, &["explain", doc_id]).expect(1);
    assert!(done.err.contains("is a document"), "{}", done.err);
    assert!(run(&bench, &["explain", "zzzz"]).expect(1).err.contains("no claim or rotation"));
    assert!(run(&bench, &["explain", &id[..3]]).expect(2).err.contains("at least 4 characters"));
}

#[test]
fn several_ids_that_begin_alike_are_named() {
    let bench = Bench::new();
    let lines: Vec<String> = (0..4000).map(|n| format!("Microsoft rose {n}% on Monday.")).collect();
    bench.write("many.txt", lines.join("\n\n"));
    bench.run(&["ingest", "-q", "many.txt"]).expect(0);
    let found = bench.run(&["search", "--limit", "5000", "microsoft"]).expect(0).records();
    let mut ids: Vec<&str> = found.iter().map(|r| text(r, "claim_id")).collect();
    ids.sort_unstable();
    let same = |pair: &&[&str]| pair[0][..4] == pair[1][..4];
    let pair = ids.windows(2).find(same).expect("two of thousands begin alike");
    let done = bench.run(&["explain", &pair[0][..4]]).expect(1);
    assert!(done.err.contains(pair[0]) && done.err.contains(pair[1]), "{}", done.err);
}

#[test]
fn a_figure_of_a_file_is_explained_without_a_store() {
    let bench = Bench::new();
    bench.write("note.txt", "Oracle published its results on Thursday.\n\nThe company posted revenue of about $16 billion, up 14% from a year earlier.\n");
    let explain = |figure: &str| {
        let arguments = ["explain", "--format", "table", "--published", "2026-02-06", "--file", "note.txt", "--figure"];
        bench.run(&[&arguments[..], &[figure]].concat())
    };
    let out = explain("1").expect(0).out;
    for part in ["“$16 billion”", "subject.anaphora", "carried over", "“revenue”", "the text does not say"] {
        assert!(out.contains(part), "{part} is missing\n{out}");
    }
    let out = explain("2").expect(0).out;
    assert!(out.contains("prior_year") && out.contains("baseline.prior"), "{out}");
    assert!(explain("3").expect(1).err.contains("has 2 figures"));
    explain("0").expect(1);
    assert!(!bench.path("corpus").exists(), "explaining a file makes no store");
    bench.run(&["explain", "--file", "gone.txt"]).expect(2);
    bench.run(&["explain"]).expect(2);
    bench.run(&["explain", "abcd"]).expect(2);
}

#[test]
fn a_rule_is_explained_by_its_id() {
    let bench = Bench::new();
    let out = bench.run(&["explain", "--format", "table", "subject.possessive"]).expect(0).out;
    assert!(out.contains("near-miss") && out.contains("what"), "{out}");
    let record = &bench.run(&["explain", "metric.follows"]).expect(0).records()[0];
    assert_eq!(record["rule"], "metric.follows");
}
