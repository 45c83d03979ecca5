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
