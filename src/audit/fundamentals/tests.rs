//! Whole series, from facts of our own.

use super::*;
use crate::model::Fact;

const PPE: &str = "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment";
const ASSETS: &str = "us-gaap:PaymentsToAcquireProductiveAssets";
const LEASES: &str = "us-gaap:FinanceLeasePrincipalPayments";

fn fact(concept: &str, start: &str, end: &str, millions: i64, form: &str, filed: &str) -> Fact {
    Fact {
        concept: concept.into(),
        numeric: true,
        value: crate::model::Decimal::new(millions.into(), 6),
        unit: Some("iso4217:USD".into()),
        start: Some(start.into()),
        end: Some(end.into()),
        form: Some(form.into()),
        filed: Some(filed.into()),
        accession: Some(format!("0000000042-{}", filed)),
        ..Fact::default()
    }
}

fn ask(facts: &[Fact], measure: Measure) -> Series {
    series(facts, &Question { measure, cik: None, as_of: None })
}

fn millions(points: &[Point]) -> Vec<(String, Option<f64>)> {
    points.iter().map(|p| (p.fiscal.clone().unwrap_or(p.calendar.clone()), p.value.map(|v| v.to_f64() / 1e6))).collect()
}

/// A year told as the year so far, with a restatement and leases.
fn year() -> Vec<Fact> {
    vec![
        fact(PPE, "2023-01-01", "2023-12-31", 27266, "10-K", "2024-02-02"),
        fact(PPE, "2023-01-01", "2023-12-31", 27045, "10-K", "2025-01-30"),
        fact(PPE, "2024-01-01", "2024-03-31", 6400, "10-Q", "2024-04-25"),
        fact(PPE, "2024-01-01", "2024-06-30", 14573, "10-Q", "2024-08-01"),
        fact(PPE, "2024-01-01", "2024-09-30", 22831, "10-Q", "2024-10-31"),
        fact(PPE, "2024-01-01", "2024-12-31", 37256, "10-K", "2025-01-30"),
        fact(LEASES, "2024-01-01", "2024-12-31", 1969, "10-K", "2025-01-30"),
    ]
}

#[test]
fn quarters_follow_from_the_year_so_far() {
    let found = ask(&year(), Measure::Capex);
    let want = [("FY2024-Q1", 6400.0), ("FY2024-Q2", 8173.0), ("FY2024-Q3", 8258.0), ("FY2024-Q4", 14425.0)];
    assert_eq!(millions(&found.quarters), want.map(|(n, v)| (n.to_string(), Some(v))));
    assert_eq!(found.quarters[0].derivation, Derivation::Reported);
    let last = &found.quarters[3];
    assert_eq!(
        (last.derivation, last.sources.len(), last.sources[1].factor),
        (Derivation::YearToDateDifference, 2, -1)
    );
    assert_eq!((last.start.as_str(), last.end.as_str()), ("2024-10-01", "2024-12-31"));
    // The newest filing wins; what was said first is kept.
    let year = &found.years[0];
    assert_eq!(year.value.map(|v| v.to_f64()), Some(27045e6));
    assert_eq!(year.sources[0].first_reported.map(|v| v.to_f64()), Some(27266e6));
    let then = Question { measure: Measure::Capex, cik: None, as_of: "2024-12-01".parse().ok() };
    assert_eq!(series(&self::year(), &then).years[0].value.map(|v| v.to_f64()), Some(27266e6));
}

#[test]
fn leases_are_apart_and_together() {
    let found = ask(&year(), Measure::CapexWithLeases);
    let year = found.years.last().expect("a year");
    assert_eq!((year.value.map(|v| v.to_f64()), year.derivation), (Some(39225e6), Derivation::Combined));
    assert_eq!(year.sources.len(), 2);
    let quarter = &found.quarters[0];
    assert!(quarter.value.is_none() && quarter.note.as_deref() == Some("finance_leases of this period is not known"));
}

#[test]
fn tags_change_and_years_of_weeks_are_calendarised() {
    let facts = [
        fact(PPE, "2019-01-28", "2020-01-26", 400, "10-K", "2020-02-20"),
        fact(PPE, "2020-01-27", "2020-04-26", 155, "10-Q", "2020-05-21"),
        fact(PPE, "2020-01-27", "2020-07-26", 372, "10-Q", "2020-08-19"),
        fact(ASSETS, "2020-01-27", "2020-10-25", 845, "10-Q", "2020-11-18"),
        fact(ASSETS, "2020-01-27", "2021-01-31", 1128, "10-K", "2021-02-26"),
        fact(ASSETS, "2021-02-01", "2022-01-30", 976, "10-K", "2022-02-26"),
        fact(ASSETS, "2022-01-31", "2022-05-01", 361, "10-Q", "2022-05-26"),
        fact("us-gaap:Assets", "2022-01-31", "2022-05-01", 999_999, "10-Q", "2022-05-26"),
        fact(
            "tide:PurchasesOfPropertyAndEquipmentAndIntangibleAssets",
            "2022-01-31",
            "2022-07-31",
            800,
            "10-Q",
            "2022-08-26",
        ),
    ];
    let found = ask(&facts, Measure::Capex);
    let quarters = millions(&found.quarters);
    assert_eq!(quarters[0], ("FY2021-Q1".to_string(), Some(155.0)));
    assert_eq!(quarters[2], ("FY2021-Q3".to_string(), Some(473.0)));
    assert_eq!(found.quarters[2].note.as_deref(), Some("the tag changed within the year"));
    assert_eq!(found.quarters[3].calendar, "2020-Q4");
    // FY2022 is known as a whole only: four quarters without a value, which say so.
    assert!(
        found.quarters[4..8]
            .iter()
            .all(|q| q.value.is_none() && q.note.as_deref().is_some_and(|n| n.contains("976000000")))
    );
    assert_eq!(quarters[8], ("FY2023-Q1".to_string(), Some(361.0)));
    assert_eq!(quarters[9], ("FY2023-Q2".to_string(), Some(439.0)));
    let years: Vec<_> =
        found.calendar_years.iter().map(|p| (p.calendar.as_str(), p.value.map(|v| v.to_f64() / 1e6))).collect();
    assert_eq!(years[0], ("2020", Some(1128.0)));
    assert!(years.iter().skip(1).all(|(_, v)| v.is_none()));
}

#[test]
fn twelve_months_that_end_within_the_year_are_no_year() {
    let facts = [
        fact(ASSETS, "2023-01-01", "2023-12-31", 52729, "10-K", "2024-02-02"),
        fact(ASSETS, "2023-04-01", "2024-03-31", 53447, "10-Q", "2024-05-01"),
        fact(ASSETS, "2023-01-01", "2023-03-31", 14207, "10-Q", "2023-04-28"),
        fact(ASSETS, "2024-01-01", "2024-03-31", 14925, "10-Q", "2024-05-01"),
    ];
    let found = ask(&facts, Measure::Capex);
    assert_eq!(millions(&found.years), [("FY2023".to_string(), Some(52729.0))]);
    assert_eq!(found.quarters.len(), 5);
    assert_eq!(ask(&[], Measure::Revenue), Series::default());
}
