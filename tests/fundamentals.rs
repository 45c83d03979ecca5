//! Series of known issuers, from the company facts at hand.

#![allow(clippy::expect_used)]

use tapecheck::audit::fundamentals::{Measure, Point, Question, Series, series};
use tapecheck::model::Fact;
use tapecheck::parse::{Ask, facts};

fn ask(facts: &[Fact], measure: Measure) -> Series {
    series(facts, &Question { measure, cik: None, as_of: None })
}

/// The company facts at hand: no quarter twice, none missing from 2019 on.
#[test]
fn known_issuers_have_whole_series() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/facts/companyfacts");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared/data/facts is absent");
        return;
    }
    let read = |cik: u32| {
        let bytes = std::fs::read(folder.join(format!("CIK{cik:010}.json"))).expect("a file");
        facts(&bytes, Ask::default()).facts
    };
    let year = |facts: &[Fact], name: &str| {
        let found = ask(facts, Measure::Capex);
        found.years.iter().find(|p| p.fiscal.as_deref() == Some(name)).and_then(|p| p.value).map(|v| v.to_f64() / 1e6)
    };
    assert_eq!(year(&read(1_326_801), "FY2024"), Some(37256.0));
    assert_eq!(year(&read(1_018_724), "FY2024"), Some(82999.0));
    for cik in [789_019, 1_652_044, 1_326_801, 1_018_724] {
        let facts = read(cik);
        for measure in [Measure::Capex, Measure::Revenue, Measure::OperatingCashFlow, Measure::FreeCashFlow] {
            let found = ask(&facts, measure);
            let from: Vec<&Point> = found.quarters.iter().filter(|p| p.end.as_str() >= "2019-03-01").collect();
            assert!(from.len() >= 28, "{cik} {measure:?}: {}", from.len());
            for pair in from.windows(2) {
                let next = jiff::civil::Date::strptime("%Y-%m-%d", &pair[0].end).and_then(|d| d.tomorrow());
                assert_eq!(next.map(|d| d.to_string()).unwrap_or_default(), pair[1].start, "{cik} {measure:?}");
            }
            let holes: Vec<&str> = from.iter().filter(|p| p.value.is_none()).map(|p| p.end.as_str()).collect();
            assert!(holes.is_empty(), "{cik} {measure:?}: {holes:?}");
        }
    }
}

/// Nvidia's company facts lack what it tagged under a name of its own; the
/// filings at hand bring some of that back. What stays missing is known, and
/// may only become less.
#[test]
fn filings_fill_what_company_facts_lack() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let files = [
        "facts/companyfacts_complete/CIK0001045810.json",
        "filings/ixbrl/nvda_10q_2023q2.htm",
        "filings/ixbrl/nvda_10k_fy2025.htm",
    ];
    if files.iter().any(|f| !data.join(f).is_file()) {
        eprintln!("skipped: ../shared/data is absent");
        return;
    }
    let read = |names: &[&str]| -> Vec<Fact> {
        let bytes = names.iter().map(|f| std::fs::read(data.join(f)).expect("a file"));
        bytes.flat_map(|b| facts(&b, Ask::default()).facts).collect()
    };
    let missing = |facts: &[Fact]| -> Vec<String> {
        let quarters = ask(facts, Measure::Capex).quarters;
        let from = quarters.into_iter().filter(|p| p.end.as_str() >= "2019-01-01" && p.value.is_none());
        from.filter_map(|p| p.fiscal).collect()
    };
    let alone = missing(&read(&files[..1]));
    let all = read(&files);
    assert_eq!(alone.len(), missing(&all).len() + 1, "{alone:?}");
    let known = ["FY2019-Q4", "FY2020-Q4", "FY2021-Q4", "FY2023-Q1", "FY2023-Q2"];
    assert!(missing(&all).iter().all(|m| known.contains(&m.as_str())), "{:?}", missing(&all));
    let filled = ask(&all, Measure::Capex).quarters.into_iter().find(|p| p.fiscal.as_deref() == Some("FY2023-Q3"));
    let filled = filled.expect("the quarter");
    assert_eq!(filled.value.map(|v| v.to_f64()), Some(530e6));
    assert!(filled.sources.iter().any(|s| s.concept.starts_with("nvda:")));
}
