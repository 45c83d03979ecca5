//! `securities`: the list of companies, and a newer one in its place.

#![allow(clippy::expect_used)]

mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/site.rs"]
mod site;

use std::path::{Path, PathBuf};

use common::Bench;
use site::{Site, reply};

const HEAD: &str = r#"{"fields":["cik","name","ticker","exchange"],"data":["#;

/// A list in the SEC's form.
fn sec(rows: &[(u32, &str, &str)]) -> String {
    let rows: Vec<String> =
        rows.iter().map(|(cik, name, ticker)| format!(r#"["{cik}","{name}","{ticker}","NYSE"]"#)).collect();
    format!("{HEAD}{}]}}", rows.join(","))
}

const FIRST: &[(u32, &str, &str)] =
    &[(9_000_001, "QUILLMARK PAPER CORP", "QLLM"), (9_000_002, "Tidewater Looms Inc", "TDLM")];
const SECOND: &[(u32, &str, &str)] =
    &[(9_000_001, "QUILLMARK MEDIA CORP", "QLLM"), (9_000_003, "Saltmarsh Kilns Inc", "SLTK")];

#[test]
fn companies_are_listed_by_ticker_name_and_number() {
    let bench = Bench::new();
    let tickers = |query: &str| -> Vec<String> {
        let found = bench.run(&["securities", "list", query]).expect(0).records();
        found.iter().map(|r| r["ticker"].as_str().unwrap_or_default().to_string()).collect()
    };
    assert_eq!([tickers("msft"), tickers("789019"), tickers("CIK0000789019")], [["MSFT"], ["MSFT"], ["MSFT"]]);
    assert_eq!(tickers("FB").first().map(String::as_str), Some("META"));
    assert_eq!(tickers("palo alto"), ["PANW"]);
    let done = bench.run(&["securities", "list", "brk.a"]).expect(0);
    let record = &done.records()[0];
    assert_eq!((record["ticker"].as_str(), record["cik"].as_u64()), (Some("BRK.B"), Some(1_067_983)));
    assert!(record["aliases"].to_string().contains("Berkshire"), "{record}");
    assert!(done.err.contains("securities.tsv, built in: SEC company_tickers_exchange, 20"), "{}", done.err);
    let done = bench.run(&["securities", "list", "--limit", "3", "--format", "csv"]).expect(0);
    assert!(
        done.out.starts_with("ticker,name,cik,exchange,aliases\n") && done.out.lines().count() == 4,
        "{}",
        done.out
    );
    assert!(done.err.contains("--limit shows more"), "{}", done.err);
    bench.run(&["securities", "list", "no such company"]).expect(1);
}

#[test]
fn a_file_takes_the_place_of_the_list() {
    let bench = Bench::new();
    bench.write("sec.json", sec(FIRST));
    let done = bench.run(&["securities", "update", "--from", "sec.json"]).expect(2);
    assert!(done.err.contains("name it with --lexicon DIR"), "{}", done.err);
    let update = |name: &str| bench.run(&["--lexicon", "words", "securities", "update", "--from", name]);
    let done = update("sec.json").expect(0);
    assert!(done.err.contains("2 added: QLLM Quillmark Paper Corp; TDLM Tidewater Looms Inc"), "{}", done.err);
    assert!(done.err.contains("words/securities.tsv: 2 companies, 20"), "{}", done.err);
    let done = update("sec.json").expect(0);
    assert!(done.err.contains("0 added\n0 removed\n0 renamed\n"), "{}", done.err);
    assert!(done.err.contains("the same companies as before"), "{}", done.err);

    // The new companies are read, and what was read before is read again.
    bench.write("note.txt", "Tidewater Looms Inc rose 4% on Friday.");
    let ingest = || bench.run(&["--lexicon", "words", "ingest", "note.txt"]).expect(0).err;
    assert!(ingest().contains("1 new"));
    assert_eq!(bench.run(&["search", "ticker:TDLM"]).expect(0).records().len(), 1);
    assert!(ingest().contains("nothing has changed"));
    bench.write("sec.json", sec(SECOND));
    let done = update("sec.json").expect(0);
    for said in [
        "1 added: SLTK Saltmarsh Kilns Inc",
        "1 removed: TDLM Tidewater Looms Inc",
        "1 renamed: QLLM Quillmark Paper Corp → Quillmark Media Corp",
    ] {
        assert!(done.err.contains(said), "{said}: {}", done.err);
    }
    assert!(ingest().contains("0 new, 1 changed"));
    bench.run(&["search", "ticker:TDLM"]).expect(1);
    let done = bench.run(&["--lexicon", "words", "securities", "list", "quill"]).expect(0);
    assert!(done.out.contains("Quillmark Media Corp") && done.err.contains("words/securities.tsv"), "{}", done.err);
}

#[test]
fn what_is_no_list_leaves_the_old_one() {
    let bench = Bench::new();
    bench.write("sec.json", sec(FIRST));
    let update = |name: &str| bench.run(&["--lexicon", "words", "securities", "update", "--from", name]);
    update("sec.json").expect(0);
    let list = || std::fs::read_to_string(bench.path("words/securities.tsv")).expect("the list");
    let before = list();
    bench.write("cut.json", &sec(FIRST)[..80]);
    bench.write("empty.json", format!("{HEAD}]}}"));
    bench.write("page.json", "<html>Undeclared tool</html>");
    for name in ["cut.json", "empty.json", "page.json", "gone.json"] {
        let done = update(name).expect(2);
        assert!(done.err.contains(name), "{}", done.err);
        assert_eq!(list(), before, "{name}");
    }
    // A folder stands where the draft should.
    std::fs::create_dir(bench.path("words/securities.tsv.new")).expect("a folder");
    bench.write("sec.json", sec(SECOND));
    let done = update("sec.json").expect(2);
    assert!(done.err.contains("cannot write word list words/securities.tsv"), "{}", done.err);
    assert_eq!(list(), before);
    bench.run(&["--lexicon", "words", "securities", "list", "TDLM"]).expect(0);
}

#[test]
fn the_list_is_fetched_with_a_name() {
    let site = Site::serve(|asked, stream| match asked.path.as_str() {
        "/list.json" => reply(stream, 200, &[("Content-Type", "application/json")], sec(FIRST).as_bytes()),
        "/moved.json" => reply(stream, 302, &[("Location", "/list.json")], b""),
        "/cut.json" => {
            use std::io::Write;
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{\"fields\"";
            let _ = stream.write_all(head.as_bytes());
            false
        }
        _ => reply(stream, 404, &[], b"not here"),
    });
    let bench = Bench::new();
    bench.write(
        "tapecheck.toml",
        "lexicon = \"words\"\n[crawl]\ncontact = \"Tape Works you@tape.example\"\nallow_private = [\"127.0.0.1\"]\ndelay = 0.0\n",
    );
    let update = |path: &str| bench.run(&["securities", "update", "--from", &site.url(path)]);
    let done = update("/moved.json").expect(0);
    assert!(done.err.contains("2 added"), "{}", done.err);
    assert_eq!(site.paths(), ["/moved.json", "/list.json"]);
    let agents: Vec<String> = site.asked().iter().map(|a| a.header("user-agent").to_string()).collect();
    assert!(!agents.is_empty() && agents.iter().all(|a| a.contains("Tape Works you@tape.example")), "{agents:?}");
    let list = || std::fs::read_to_string(bench.path("words/securities.tsv")).expect("the list");
    let before = list();
    for path in ["/gone.json", "/cut.json"] {
        let done = update(path).expect(2);
        assert!(done.err.contains(path), "{}", done.err);
        assert_eq!(list(), before, "{path}");
    }
}

#[test]
fn the_sec_is_not_asked_without_a_name() {
    let bench = Bench::new();
    let done = bench.run(&["--lexicon", "words", "securities", "update"]).expect(2);
    assert!(done.err.contains("set contact") && done.err.contains("sec.gov"), "{}", done.err);
    assert!(!bench.path("words").exists());
}

#[test]
fn the_real_list_is_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let real: PathBuf = root.join("../shared/data/facts/company_tickers_exchange.json");
    if !real.is_file() {
        eprintln!("skipped: {} is not there", real.display());
        return;
    }
    let bench = Bench::new();
    let from = real.display().to_string();
    let done = bench.run(&["--lexicon", "words", "securities", "update", "--from", &from]).expect(0);
    assert!(done.err.contains("removed") && done.err.contains(" companies, 20"), "{}", done.err);
    let done = bench.run(&["--lexicon", "words", "securities", "list", "NVDA"]).expect(0);
    assert_eq!(done.records()[0]["cik"].as_u64(), Some(1_045_810));
    let all = bench.run(&["--lexicon", "words", "securities", "list", "--limit", "100000"]).expect(0).records();
    assert!(all.len() > 7000, "{}", all.len());
}
