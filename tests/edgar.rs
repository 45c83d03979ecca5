//! EDGAR: the program against an EDGAR on loopback that keeps the SEC's rules.
#![allow(clippy::expect_used)] // what a test expects, its helpers expect too

mod common;
#[path = "common/edgar.rs"]
mod edgar;
#[path = "common/filed.rs"]
mod filed;
#[path = "common/program.rs"]
mod program;
#[path = "common/site.rs"]
mod site;
#[path = "common/stored.rs"]
mod stored;

use std::process::Stdio;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use common::{Bench, Done};
use edgar::{Company, Edgar, Filed};
use filed::{TIDE, WAVE, companies, filings, number};
use stored::{contents, pages, states};

fn begin() -> (Edgar, Bench) {
    let edgar = Edgar::serve(companies(), filings());
    let bench = Bench::new();
    bench.write("tapecheck.toml", edgar.settings());
    (edgar, bench)
}

fn crawl(bench: &Bench, rest: &[&str]) -> Done {
    let mut all = vec!["crawl", "--source", "edgar"];
    all.extend(rest);
    bench.run(&all)
}

/// Addresses of the stored documents, their last parts, in order.
fn stored_names(bench: &Bench) -> Vec<String> {
    let documents = bench.run(&["search", "--in", "documents", "--limit", "1000"]).records();
    let name = |d: &serde_json::Value| d["url"].as_str().and_then(|u| u.rsplit('/').next()).unwrap_or("").to_string();
    let mut names: Vec<String> = documents.iter().map(name).collect();
    names.sort();
    names
}

/// Nobody was too fast, and everybody said who asks.
fn kept_the_rules(edgar: &Edgar) {
    assert_eq!(edgar.state.too_fast.load(Ordering::Relaxed), 0, "requests came too fast");
    assert_eq!(edgar.state.nameless.load(Ordering::Relaxed), 0, "requests of nobody");
}

#[test]
fn an_issuers_filings_are_read_and_asked_for_once() {
    let (edgar, bench) = begin();
    let ask = ["--ticker", "TIDEHX,WAVEFX", "--form", "10-K,10-Q,8-K", "--since", "2025-01-01"];
    let done = crawl(&bench, &ask).expect(0);
    kept_the_rules(&edgar);
    let want = [
        "annual.htm",
        "q2pr.htm",
        "tide-2024.htm",
        "tide-8k.htm",
        "tide-8k2.htm",
        "tide-q1.htm",
        "tide-q2.htm",
        "wave.htm",
    ];
    assert_eq!(stored_names(&bench), want, "{}", done.err);
    // Exhibits go by their type: neither the contract nor the certificate, whatever it is called.
    for never in ["ex99-contract", "cert.htm", "logo.jpg", "own.htm", "tide-2024a", "-submissions-001", ".txt"] {
        assert_eq!(edgar.count(never), 0, "{never}");
    }
    assert!(done.err.contains("another form"), "{}", done.err);
    let requests = edgar.paths().len();
    // Tickers, two lists, six filings, eight documents; the archive has them all.
    assert_eq!(requests, 1 + 2 + 6 + 8, "{:?}", edgar.paths());

    assert_eq!(edgar.www.paths().len() + edgar.data.paths().len(), requests);
    let (read, all) = (pages(&bench.path("corpus"), false), pages(&bench.path("corpus"), true));
    assert_eq!((read.len(), all.iter().filter(|u| !u.ends_with("/robots.txt")).count()), (8, requests));
    assert_eq!(states(&bench.path("corpus")).get("done"), Some(&14), "filings and documents are done for good");

    let documents = bench.run(&["search", "--in", "documents", "--limit", "100"]).records();
    let of = |name: &str| {
        let is = |d: &&serde_json::Value| d["url"].as_str().is_some_and(|u| u.ends_with(name));
        documents.iter().find(is).cloned().expect(name)
    };
    let (report, release) = (of("tide-2024.htm"), of("q2pr.htm"));
    // Winter and summer time; the page of the filing gives Eastern time.
    assert_eq!(report["published"], "2025-02-05T23:01:00Z");
    assert_eq!(release["published"], "2025-07-31T20:05:00Z");
    assert_eq!((&report["kind"], &release["kind"]), (&"filing".into(), &"press_release".into()));
    assert_eq!((&report["form"], &report["cik"], &report["source"]), (&"10-K".into(), &TIDE.into(), &"edgar".into()));
    assert_eq!(release["items"], serde_json::json!(["2.02", "9.01"]));
    let planned = bench.run(&["search", "metric:capex status:planned"]).expect(0).records();
    assert!(planned.iter().any(|c| c["value_lo"] == 1.1e9 && c["value_hi"] == 1.3e9), "{planned:?}");

    // What was archived a moment ago is used; nothing is asked, not even robots.txt.
    let before = contents(&bench.path("corpus"));
    let all = edgar.www.asked().len() + edgar.data.asked().len();
    let done = crawl(&bench, &ask).expect(0);
    assert_eq!(edgar.www.asked().len() + edgar.data.asked().len(), all, "{}", done.err);
    assert_eq!(contents(&bench.path("corpus")), before);
    // Another question to the same lists: they are read again from the archive, and only what is new is asked.
    crawl(&bench, &["--ticker", "TIDEHX", "--form", "10-K", "--amendments", "--since", "2025-01-01"]).expect(0);
    assert_eq!(
        edgar.paths()[requests..].len(),
        2,
        "the amendment's index and document: {:?}",
        &edgar.paths()[requests..]
    );
    assert_eq!(stored_names(&bench).len(), 9);

    // Lists whose time is over are asked conditionally, filings never again.
    let db = rusqlite::Connection::open(bench.path("corpus/store.sqlite")).expect("the store");
    db.execute("UPDATE frontier SET due = 1 WHERE kind = 'edgar'", []).expect("changed");
    drop(db);
    let requests = edgar.paths().len();
    let done = crawl(&bench, &ask).expect(0);
    assert_eq!(edgar.paths()[requests..].len(), 3, "tickers and two lists: {:?}", &edgar.paths()[requests..]);
    assert!(done.err.contains("new documents") && stored_names(&bench).len() == 9, "{}", done.err);

    // The facts of the filings make a series, each point with its filing.
    let series = bench.run(&["facts", "series", "--cik", &TIDE.to_string(), "--metric", "capex"]).expect(0).records();
    let point = |end: &str| series.iter().find(|p| p["end"] == end).cloned().expect(end);
    let (first, second) = (point("2025-03-31"), point("2025-06-30"));
    assert_eq!((&first["value"], &first["derivation"]), (&300_000_000.into(), &"reported".into()), "{first}");
    assert_eq!(
        (&second["value"], &second["derivation"]),
        (&400_000_000.into(), &"year_to_date_difference".into()),
        "{second}"
    );
    assert_eq!(second["sources"][0]["accession"], number(TIDE, 2025, 4).as_str());
    assert_eq!(second["sources"][0]["form"], "10-Q");
    let years = bench.run(&["facts", "series", "--cik", &TIDE.to_string(), "--by", "year"]).expect(0).records();
    assert_eq!(years[0]["value"], 1_010_000_000, "the amendment was filed last: {years:?}");
    assert_eq!(years[0]["sources"][0]["first_reported"], 1_000_000_000);
    // The archive alone gives the same.
    let all = contents(&bench.path("corpus"));
    drop(edgar);
    bench.run(&["reprocess"]).expect(0);
    assert_eq!(contents(&bench.path("corpus")), all);
}

#[test]
fn older_pages_are_read_where_they_may_hold_something() {
    let (edgar, bench) = begin();
    crawl(&bench, &["--cik", &TIDE.to_string(), "--form", "10-K", "--until", "2024-12-31"]).expect(0);
    assert_eq!(stored_names(&bench), ["tide-2023.htm"]);
    assert_eq!(edgar.count("-submissions-001.json"), 1);
    crawl(&bench, &["--cik", &TIDE.to_string(), "--form", "10-K", "--since", "2025-01-01"]).expect(0);
    assert_eq!(edgar.count("-submissions-001.json"), 1, "nothing there is that new");
    kept_the_rules(&edgar);
}

#[test]
fn every_list_leads_to_filings() {
    let (edgar, bench) = begin();
    let daily = crawl(&bench, &["--daily", "2025-02-06", "--form", "10-K"]).expect(0);
    assert_eq!(stored_names(&bench), ["annual.htm", "tide-2024.htm", "wave.htm"], "{}", daily.err);
    crawl(&bench, &["--daily", "2025-02-01..2025-05-31", "--form", "10-Q"]).expect(0);
    assert!(stored_names(&bench).contains(&"tide-q1.htm".to_string()));
    assert_eq!(edgar.count("daily-index/2025/QTR1/index.json") + edgar.count("daily-index/2025/QTR2/index.json"), 2);
    crawl(&bench, &["--quarter", "2025-Q3", "--cik", &TIDE.to_string(), "--form", "10-Q"]).expect(0);
    assert!(stored_names(&bench).contains(&"tide-q2.htm".to_string()));
    assert_eq!(edgar.count("full-index/2025/QTR3/master.gz"), 1);

    let none = crawl(&bench, &["--daily", "2025-02-08", "--form", "10-K"]).expect(1);
    assert!(none.err.contains("404"), "a Saturday has no index: {}", none.err);

    // Full text: two hits a page here; of a filing with several hits one is taken.
    crawl(&bench, &["--query", "capital expenditures", "--form", "8-K"]).expect(0);
    assert!(stored_names(&bench).contains(&"q2pr.htm".to_string()));
    assert_eq!(edgar.count("ex99-contract"), 1, "the search found the contract first");
    assert!(edgar.count("search-index?q=%22capital+expenditures%22&forms=8-K") > 1, "{:?}", edgar.paths());

    // The feed stands where robots.txt forbids; it is asked when the settings say so.
    let refused = crawl(&bench, &["--current", "--form", "8-K"]).expect(1);
    assert!(refused.err.contains("robots.txt forbids") && refused.err.contains("current_feed"), "{}", refused.err);
    bench.write("tapecheck.toml", format!("{}current_feed = true\n", edgar.settings()));
    crawl(&bench, &["--current", "--form", "8-K", "--since", "2025-01-01"]).expect(0);
    assert!(stored_names(&bench).contains(&"tide-8k2.htm".to_string()));
    assert!(!stored_names(&bench).contains(&"tide-8k-old.htm".to_string()));
    assert_eq!(edgar.count("/data/999/"), 0, "the filer's own address is used, once for a filing");
    kept_the_rules(&edgar);
}

#[test]
fn items_amendments_and_limits() {
    let (edgar, bench) = begin();
    let done = crawl(&bench, &["--cik", &TIDE.to_string(), "--item", "2.02"]).expect(0);
    assert_eq!(stored_names(&bench), ["q2pr.htm", "tide-8k.htm"], "{}", done.err);
    assert!(done.err.contains("2 another item"), "{}", done.err);
    // An index of a day gives no items: the filing's own page does.
    let done = crawl(&bench, &["--daily", "2025-09-02", "--item", "2.02"]).expect(0);
    assert!(done.err.contains("1 another item") && edgar.count("tide-8k2.htm") == 0, "{}", done.err);
    crawl(&bench, &["--daily", "2025-09-02", "--item", "5.02"]).expect(0);
    assert_eq!(edgar.count("tide-8k2.htm"), 1, "what one question left out another may want");
    crawl(&bench, &["--cik", &TIDE.to_string(), "--form", "10-K/A"]).expect(0);
    assert!(stored_names(&bench).contains(&"tide-2024a.htm".to_string()));
    // A limit counts filings, and is not spent on what is there.
    let limited = crawl(&bench, &["--cik", &TIDE.to_string(), "--form", "10-Q,8-K", "--limit", "1"]).expect(0);
    assert!(limited.err.contains("still queued"), "{}", limited.err);
    let of = |names: &[String]| names.iter().filter(|n| n.starts_with("tide-q")).count();
    assert_eq!(of(&stored_names(&bench)), 1);
    // What it left behind does not come with another question.
    crawl(&bench, &["--cik", &WAVE.to_string(), "--form", "10-K"]).expect(0);
    assert_eq!(of(&stored_names(&bench)), 1);
    crawl(&bench, &["--cik", &TIDE.to_string(), "--form", "10-Q,8-K"]).expect(0);
    assert_eq!(of(&stored_names(&bench)), 2);
    kept_the_rules(&edgar);
}

#[test]
fn a_dry_run_shows_what_would_be_fetched() {
    let (edgar, bench) = begin();
    let ask = ["--cik", &TIDE.to_string(), "--form", "10-Q,8-K", "--since", "2025-01-01", "--dry-run"];
    let done = crawl(&bench, &ask).expect(0);
    let filings: Vec<_> = done.records().into_iter().filter(|f| f["kind"] == "filing").collect();
    assert_eq!(filings.len(), 4, "{}", done.out);
    assert!(filings.iter().all(|f| f["fetch"] == true));
    assert_eq!(filings[0]["title"], "8-K Tide Harbour Corp");
    assert_eq!(edgar.count("/Archives/"), 0);
    assert!(!bench.path("corpus").exists());
    crawl(&bench, &ask[..6]).expect(0);
    let again = crawl(&bench, &ask).expect(0);
    assert!(again.records().iter().filter(|f| f["kind"] == "filing").all(|f| f["fetch"] == false), "{}", again.out);
}

#[test]
fn company_facts_are_kept_and_make_series() {
    let (edgar, bench) = begin();
    let fact = |start: &str, end: &str, val: u64, filed: &str| {
        format!(
            r#"{{"start":"{start}","end":"{end}","val":{val},"accn":"{}","fy":2025,"fp":"Q1","form":"10-Q","filed":"{filed}"}}"#,
            number(TIDE, 2025, 3)
        )
    };
    let facts = format!(
        r#"{{"cik":{TIDE},"entityName":"Tide Harbour Corp","facts":{{"us-gaap":{{"PaymentsToAcquirePropertyPlantAndEquipment":{{"label":"x","description":"y","units":{{"USD":[{}]}}}}}}}}}}"#,
        fact("2025-01-01", "2025-03-31", 300_000_000, "2025-05-01")
    );
    let path = format!("/api/xbrl/companyfacts/CIK{TIDE:010}.json");
    edgar.state.instead.lock().expect("the answers").insert(path.clone(), (200, facts));
    let done = crawl(&bench, &["--cik", &TIDE.to_string(), "--companyfacts"]).expect(0);
    assert!(done.err.contains("company facts"), "{}", done.err);
    assert_eq!(edgar.paths(), [path.as_str()], "facts alone were asked for");
    let series = bench.run(&["facts", "series", "--cik", &TIDE.to_string()]).expect(0).records();
    assert_eq!(
        (&series[0]["value"], &series[0]["sources"][0]["accession"]),
        (&300_000_000.into(), &number(TIDE, 2025, 3).as_str().into())
    );
    // One concept: another address, the same form.
    let concept =
        format!("/api/xbrl/companyconcept/CIK{WAVE:010}/us-gaap/PaymentsToAcquirePropertyPlantAndEquipment.json");
    let units = fact("2024-01-01", "2024-12-31", 70_000_000, "2025-02-06").replace("10-Q", "10-K");
    let one = format!(
        r#"{{"cik":{WAVE},"taxonomy":"us-gaap","tag":"PaymentsToAcquirePropertyPlantAndEquipment","units":{{"USD":[{units}]}}}}"#
    );
    let nothing = bench.run(&["facts", "series", "--cik", &WAVE.to_string()]).expect(2);
    assert!(nothing.err.contains("--companyfacts"), "{}", nothing.err);
    edgar.state.instead.lock().expect("the answers").insert(concept, (200, one));
    let tag = "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment";
    crawl(&bench, &["--cik", &WAVE.to_string(), "--concept", tag]).expect(0);
    let years = bench.run(&["facts", "series", "--cik", &WAVE.to_string(), "--by", "year"]).expect(0).records();
    assert_eq!((&years[0]["fiscal"], &years[0]["value"]), (&"FY2024".into(), &70_000_000.into()));
    // Broken off: said, and not taken for facts.
    edgar.state.instead.lock().expect("the answers").insert(path, (200, "{\"cik\":1,\"facts\":{".into()));
    let db = rusqlite::Connection::open(bench.path("corpus/store.sqlite")).expect("the store");
    db.execute("UPDATE frontier SET due = 1", []).expect("changed");
    drop(db);
    let broken = crawl(&bench, &["--cik", &TIDE.to_string(), "--companyfacts"]).expect(1);
    assert!(broken.err.contains("no company facts"), "{}", broken.err);
}

#[test]
fn throttling_is_waited_out_and_other_refusals_are_not() {
    let (edgar, bench) = begin();
    edgar.state.throttle.store(3, Ordering::Relaxed);
    let forbidden = format!("/Archives/edgar/data/{TIDE}/{}/tide-q1.htm", number(TIDE, 2025, 3).replace('-', ""));
    edgar.state.instead.lock().expect("the answers").insert(forbidden, (403, "<html>AccessDenied</html>".into()));
    let later = format!("/Archives/edgar/data/{TIDE}/{}/tide-q2.htm", number(TIDE, 2025, 4).replace('-', ""));
    edgar.state.later.lock().expect("the paths").insert(later);
    let began = Instant::now();
    let done = crawl(&bench, &["--cik", &TIDE.to_string(), "--form", "10-Q", "--since", "2025-01-01"]).expect(0);
    assert!(began.elapsed() >= Duration::from_millis(1500), "it was waited for");
    assert_eq!(stored_names(&bench), ["tide-q2.htm"], "{}", done.err);
    assert!(done.err.contains("status 403"), "{}", done.err);
    assert_eq!(edgar.count("tide-q1.htm"), 1, "another refusal is not asked again");
    assert_eq!(edgar.count("tide-q2.htm"), 2, "asked again when the server said so");
    // Its filing is read and names it no more: the document is asked again when its time has come.
    edgar.state.instead.lock().expect("the answers").clear();
    let db = rusqlite::Connection::open(bench.path("corpus/store.sqlite")).expect("the store");
    db.execute("UPDATE frontier SET due = 1 WHERE kind = 'document' AND state = 'waiting'", []).expect("changed");
    drop(db);
    crawl(&bench, &["--cik", &TIDE.to_string(), "--form", "10-Q", "--since", "2025-01-01"]).expect(0);
    assert_eq!(stored_names(&bench), ["tide-q1.htm", "tide-q2.htm"]);
    kept_the_rules(&edgar);
}

#[test]
fn what_is_broken_or_missing_is_said() {
    let (edgar, bench) = begin();
    let set = |path: String, status: u16, body: &str| {
        edgar.state.instead.lock().expect("the answers").insert(path, (status, body.to_string()));
    };
    set(format!("/submissions/CIK{WAVE:010}.json"), 200, "{\"cik\":\"9990043\",\"filings\":{\"recent\":{");
    let folder = |n: u32| format!("/Archives/edgar/data/{TIDE}/{}", number(TIDE, 2025, n).replace('-', ""));
    // A document that is gone, an index that is gone, an index that is none.
    set(format!("{}/tide-q1.htm", folder(3)), 404, "gone");
    set(format!("{}/{}-index.htm", folder(5), number(TIDE, 2025, 5)), 404, "gone");
    set(format!("{}/{}-index.htm", folder(4), number(TIDE, 2025, 4)), 200, "<html><body>Sorry</body></html>");
    let ciks = format!("{TIDE},{WAVE}");
    let ask = ["--cik", ciks.as_str(), "--form", "10-Q,8-K", "--since", "2025-01-01"];
    let done = crawl(&bench, &ask).expect(0);
    assert!(done.err.contains("it is no edgar: no submissions"), "{}", done.err);
    assert!(done.err.contains("failed: gone"), "{}", done.err);
    assert!(done.err.contains("the whole filing is read"), "{}", done.err);
    // The whole filing stands in for its index: main document and release, no contract.
    assert_eq!(edgar.count(".txt"), 2);
    assert_eq!(stored_names(&bench), ["q2pr.htm", "tide-8k.htm", "tide-8k2.htm", "tide-q2.htm"]);
    let all = contents(&bench.path("corpus"));
    bench.run(&["reprocess"]).expect(0);
    assert_eq!(contents(&bench.path("corpus")), all);
    // So does the archive read into another corpus: a whole submission is its documents there too.
    bench.run(&["ingest", "--corpus", "second", "--index", "second_index", "corpus/archive"]).expect(0);
    assert_eq!(contents(&bench.path("second")), all);
    let facts = bench.run(&["facts", "series", "--cik", &TIDE.to_string()]).expect(1);
    assert!(facts.err.contains("1 facts") || facts.err.contains("from 1 facts"), "{}", facts.err);
    kept_the_rules(&edgar);
}

#[test]
fn who_asks_must_be_said() {
    let (edgar, bench) = begin();
    let nameless = edgar.settings().replace("contact = \"Tape Tests tests@tape.example\"\n", "");
    bench.write("tapecheck.toml", &nameless);
    let done = crawl(&bench, &["--cik", "9990042"]).expect(2);
    assert!(done.err.contains("set contact = \"Your Company you@company.example\" in [crawl]"), "{}", done.err);
    let done = crawl(&bench, &["--cik", "9990042", "--contact", "me"]).expect(2);
    assert!(done.err.contains("a company and a mail address"), "{}", done.err);
    let done = crawl(&bench, &["--contact", "Tape Tests tests@tape.example"]).expect(2);
    assert!(done.err.contains("--ticker, --cik, --query") || done.err.contains("whose filings"), "{}", done.err);
    let declared = "[[source]]\nname = \"tide\"\nkind = \"edgar\"\nedgar = { ciks = [9990042] }\n";
    bench.write("tapecheck.toml", format!("{}{declared}", edgar.settings()));
    let done = bench.run(&["crawl", "--source", "tide", "--form", "8-K"]).expect(2);
    assert!(done.err.contains("says itself which filings"), "{}", done.err);
    assert!(edgar.paths().is_empty());
    let done = bench.run(&["crawl", "--source", "tide", "--since", "2025-08-15"]).expect(0);
    assert_eq!(stored_names(&bench), ["tide-8k2.htm"], "{}", done.err);
    let done = crawl(&bench, &["--ticker", "NOSUCHX", "--contact", "Tape Tests tests@tape.example"]).expect(0);
    assert!(done.err.contains("no company has the ticker NOSUCHX"), "{}", done.err);
}

/// Many filings of one company, so that a crawl takes some seconds.
fn many() -> Vec<Filed> {
    (1..=40)
        .map(|n| Filed {
            cik: TIDE,
            accession: number(TIDE, 2025, n),
            form: "8-K",
            filed: "2025-06-02",
            accepted: "2025-06-02 09:00:00",
            items: &["8.01"],
            docs: vec![("8-K", "main.htm", format!("<html><body><p>FORM 8-K number {n}. Tide Harbour Corp bought {n} cranes for ${n} million.</p></body></html>"))],
        })
        .collect()
}

#[test]
fn a_killed_crawl_goes_on_and_never_asks_too_fast() {
    let edgar = Edgar::serve(companies(), many());
    let bench = Bench::new();
    bench.write("tapecheck.toml", edgar.settings());
    let cik = TIDE.to_string();
    let ask = ["crawl", "--source", "edgar", "--cik", cik.as_str(), "--form", "8-K"];
    for requests in [12, 30] {
        let mut child =
            bench.command(&ask).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
        let began = Instant::now();
        while edgar.paths().len() < requests && began.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(20));
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
    bench.run(&ask).expect(0);
    kept_the_rules(&edgar);
    // Forty filings and one list; at most those in flight at each kill were asked twice.
    let paths = edgar.paths();
    assert!(paths.len() <= 81 + 2 * 16, "{} requests", paths.len());
    let documents = bench.run(&["search", "--in", "documents", "--limit", "1000"]).records();
    assert_eq!(documents.len(), 40);
    let (first, last) = (edgar.www.asked()[0].at, edgar.www.asked().last().expect("asked").at);
    let rate = paths.len() as f64 / (last - first).as_secs_f64();
    assert!(rate < 10.0, "{rate} a second");
}

#[test]
fn watching_asks_the_feed_again_and_takes_what_is_new() {
    let edgar = Edgar::serve(companies(), filings());
    let bench = Bench::new();
    let source = "[[source]]\nname = \"reports\"\nkind = \"edgar\"\nevery = \"1s\"\nedgar = { current = true, forms = [\"10-Q\"] }\n";
    bench.write("tapecheck.toml", format!("{}current_feed = true\n{source}", edgar.settings()));
    let mut child = bench
        .command(&["crawl", "--source", "reports", "--watch"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let began = Instant::now();
    while edgar.count("browse-edgar") < 3 && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert!(edgar.count("browse-edgar") >= 3, "{:?}", edgar.paths());
    assert_eq!((edgar.count("tide-q1.htm"), edgar.count("tide-q2.htm")), (1, 1), "each filing is asked for once");
    let times: Vec<Instant> =
        edgar.www.asked().iter().filter(|a| a.path.contains("browse-edgar")).map(|a| a.at).collect();
    assert!(times.windows(2).all(|w| w[1] - w[0] >= Duration::from_millis(900)), "not before its time");
    kept_the_rules(&edgar);
}

/// The SEC's own files, where they are at hand: every reader finds what they
/// hold, counted independently.
#[test]
fn real_lists_are_read_whole() {
    use tapecheck::model::{Filing, Page};
    use tapecheck::sources::Listing;
    use tapecheck::sources::edgar::{Ask, documents, listing};

    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/filings");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared/data/filings is absent");
        return;
    }
    let page = |file: &str, url: &str| {
        let body = std::fs::read(folder.join(file)).expect(file);
        Page { url: url.into(), status: 200, body, ..Page::default() }
    };
    let read = |file: &str, url: &str, ask: &Ask| -> Listing { listing(&page(file, url), ask).expect(file) };
    let forms = |list: &[&str]| Ask { forms: list.iter().map(ToString::to_string).collect(), ..Ask::default() };
    let (all, yearly, current) = (forms(&["all"]), forms(&["10-K"]), forms(&["8-K"]));

    let (file, url) = ("api/submissions_AAPL.json", "https://data.sec.gov/submissions/CIK0000320193.json");
    assert_eq!(read(file, url, &all).pages.len(), 1001);
    assert_eq!((read(file, url, &yearly).pages.len(), read(file, url, &current).pages.len()), (11, 107));
    let items = Ask { items: vec!["2.02".into()], ..Ask::default() };
    assert_eq!(read(file, url, &items).pages.len(), 44);
    let new = Ask { since: Some("2023-01-01".into()), ..forms(&["10-K", "10-Q"]) };
    let new = read(file, url, &new);
    assert_eq!((new.pages.len(), new.lists.len()), (8, 0), "the older page ends in 2014");
    let older: Vec<String> = read(file, url, &yearly).lists.into_iter().map(String::from).collect();
    assert_eq!(older, ["https://data.sec.gov/submissions/CIK0000320193-submissions-001.json"]);

    let search = read("api/efts_search-index.json", "https://efts.sec.gov/LATEST/search-index?q=x&from=0", &all);
    assert_eq!((search.pages.len(), search.lists.len()), (83, 1), "a hundred hits in 83 filings, and more to come");
    let url = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&start=0&count=100&output=atom";
    let feed = read("feed/getcurrent_page0.atom.xml", url, &all);
    assert_eq!((feed.pages.len(), feed.lists.len()), (50, 1), "a hundred entries of 50 filings");
    assert!(feed.notes.is_empty(), "{:?}", feed.notes);

    for (file, filings, of_form, form) in [
        ("index/daily_company_20230703.idx", 2489, 75, &current),
        ("index/daily_form_20200318.idx", 2490, 68, &yearly),
        ("index/full_xbrl_2023QTR1.idx", 3990, 705, &yearly),
        ("index/bad_form.idx", 10, 0, &yearly),
    ] {
        let url = format!("https://www.sec.gov/Archives/edgar/daily-index/2020/QTR1/{file}");
        let found = read(file, &url, &all);
        assert_eq!((found.pages.len(), found.notes.len()), (filings, 0), "{file}: {:?}", found.notes);
        assert_eq!(read(file, &url, form).pages.len(), of_form, "{file}");
    }
    let ask = Ask { tickers: vec!["NVDA".into(), "BRK.B".into(), "NOSUCHX".into()], ..Ask::default() };
    let found =
        read("api/company_tickers_exchange.json", "https://www.sec.gov/files/company_tickers_exchange.json", &ask);
    assert_eq!((found.lists.len(), found.notes.len()), (2, 1), "{:?}", found.lists);

    let url = "https://www.sec.gov/Archives/edgar/data/1045810/000104581026000024/0001045810-26-000024-index.htm";
    let found =
        documents(&page("8k/nvda_8k_2026-03-06_index.html", url), &Filing::default(), &current).expect("an index");
    assert_eq!(found.pages.len(), 1);
    assert!(found.pages[0].url.ends_with("/data/1045810/000104581026000024/nvda-20260302.htm"));
    let filing = found.pages[0].known.filing.clone().expect("what it is");
    assert_eq!((filing.company.as_deref(), filing.items.len()), (Some("NVIDIA CORP"), 2));
    assert_eq!(filing.accepted.as_deref(), Some("2026-03-06T21:11:25Z"));
    let url = "https://www.sec.gov/Archives/edgar/data/320193/000114036125000228/index.json";
    let found = read("api/archives_directory_index.json", url, &all);
    assert!(found.pages[0].url.ends_with("/0001140361-25-000228-index.htm"));
}

/// Real filings, where they are at hand, from the list to the series: a
/// release in a submission whose index is gone, and a yearly report.
#[test]
fn real_filings_go_all_the_way() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/filings");
    let (release, report) =
        (folder.join("8k/adbe_8k_2023-03-15_item2.02.txt"), folder.join("ixbrl/amzn_10k_fy2024.htm"));
    if !release.is_file() || !report.is_file() {
        eprintln!("skipped: ../shared/data/filings is absent");
        return;
    }
    let text = |path: &std::path::Path| String::from_utf8_lossy(&std::fs::read(path).expect("a file")).into_owned();
    let release = text(&release);
    let accession =
        release.split("ACCESSION NUMBER:").nth(1).and_then(|r| r.split_whitespace().next()).expect("a number");
    let companies = vec![
        Company { cik: 796_343, name: "ADOBE INC.", ticker: "ADBE", recent: 9 },
        Company { cik: 1_018_724, name: "AMAZON COM INC", ticker: "AMZN", recent: 9 },
    ];
    let filed = |cik, accession: &str, form, filed, accepted, items, docs| Filed {
        cik,
        accession: accession.to_string(),
        form,
        filed,
        accepted,
        items,
        docs,
    };
    let list = vec![
        filed(796_343, accession, "8-K", "2023-03-15", "2023-03-15 16:05:00", &["2.02", "9.01"], Vec::new()),
        filed(
            1_018_724,
            "0001018724-25-000004",
            "10-K",
            "2025-02-07",
            "2025-02-06 18:00:00",
            &[],
            vec![("10-K", "amzn-20241231.htm", text(&report))],
        ),
    ];
    let edgar = Edgar::serve(companies, list);
    let plain = accession.replace('-', "");
    let set = |path: String, status: u16, body: String| {
        edgar.state.instead.lock().expect("the answers").insert(path, (status, body));
    };
    set(format!("/Archives/edgar/data/796343/{plain}/{accession}-index.htm"), 404, "gone".into());
    set(format!("/Archives/edgar/data/796343/{accession}.txt"), 200, release.clone());
    let bench = Bench::new();
    bench.write("tapecheck.toml", edgar.settings().replace("patience = 4", "patience = 4\ntotal_timeout = 60"));
    crawl(&bench, &["--ticker", "ADBE,AMZN", "--form", "8-K,10-K"]).expect(0);
    let documents = bench.run(&["search", "--in", "documents"]).expect(0).records();
    let releases: Vec<_> = documents.iter().filter(|d| d["kind"] == "press_release").collect();
    assert_eq!(releases.len(), 1, "{documents:?}");
    assert!(releases[0]["url"].as_str().is_some_and(|u| u.ends_with("/adbeex991q123.htm")), "chosen by type");
    assert_eq!((&releases[0]["cik"], &releases[0]["form"]), (&796_343.into(), &"8-K".into()));
    assert_eq!(documents.iter().filter(|d| d["form"] == "10-K").count(), 1);
    let series =
        bench.run(&["facts", "series", "--ticker", "AMZN", "--metric", "capex", "--by", "year"]).expect(0).records();
    let year = series.iter().find(|p| p["fiscal"] == "FY2024").expect("the year");
    assert_eq!(
        (&year["value"], &year["sources"][0]["accession"]),
        (&82_999_000_000_u64.into(), &"0001018724-25-000004".into())
    );
    kept_the_rules(&edgar);
}
