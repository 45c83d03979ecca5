//! Filings of two companies that do not exist.

use super::edgar::{Company, Filed};

/// A report in inline XBRL with capital spending of a period, in million USD.
pub fn report(form: &str, start: &str, end: &str, spent: u32) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"><body><div style="display:none"><ix:header><ix:resources>
<xbrli:context id="y"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0009990042</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>
<p>FORM {form}</p><p>Tide Harbour Corp</p><p>We spent on new docks and cranes in the period that ended on {end}.</p>
<p>Our capital expenditures were $<ix:nonFraction contextRef="y" unitRef="usd" name="us-gaap:PaymentsToAcquirePropertyPlantAndEquipment" id="f1" decimals="-6" scale="6" format="ixt:num-dot-decimal">{spent}</ix:nonFraction> million in the period.</p></body></html>"#
    )
}

fn plain(text: &str) -> String {
    format!("<html><body><p>{text}</p></body></html>")
}

pub const TIDE: u32 = 9_990_042;
pub const WAVE: u32 = 9_990_043;

pub fn companies() -> Vec<Company> {
    vec![
        Company { cik: TIDE, name: "Tide Harbour Corp", ticker: "TIDEHX", recent: 7 },
        Company { cik: WAVE, name: "Wave Freight Inc", ticker: "WAVEFX", recent: 100 },
    ]
}

/// Number `n` of a company.
pub fn number(cik: u32, year: u32, n: u32) -> String {
    format!("{cik:010}-{:02}-{n:06}", year % 100)
}

/// Everything that the companies filed.
pub fn filings() -> Vec<Filed> {
    let of = |n: u32, form, filed: &'static str, accepted, items, docs| {
        let year = filed[..4].parse().expect("a year");
        Filed { cik: TIDE, accession: number(TIDE, year, n), form, filed, accepted, items, docs }
    };
    let release = plain(
        "Tide Harbour reports results. Revenue rose 9% to $1.2 billion in the second quarter. We expect 2025 capital expenditures of $1.1 billion to $1.3 billion.",
    );
    let mut list = vec![
        of(
            1,
            "10-K",
            "2024-02-08",
            "2024-02-07 16:30:00",
            &[],
            vec![("10-K", "tide-2023.htm", report("10-K", "2023-01-01", "2023-12-31", 800))],
        ),
        of(
            2,
            "8-K",
            "2024-05-02",
            "2024-05-02 16:05:00",
            &["5.02"],
            vec![("8-K", "tide-8k-old.htm", plain("FORM 8-K. A director left."))],
        ),
        of(
            1,
            "10-K",
            "2025-02-06",
            "2025-02-05 18:01:00",
            &[],
            vec![
                ("10-K", "tide-2024.htm", report("10-K", "2024-01-01", "2024-12-31", 1000)),
                (
                    "EX-13",
                    "annual.htm",
                    plain("Letter to shareholders: capital expenditures were $1,000 million in 2024."),
                ),
                ("EX-31.1", "cert.htm", plain("I certify.")),
                ("GRAPHIC", "logo.jpg", "not text".into()),
            ],
        ),
        of(
            2,
            "10-K/A",
            "2025-03-03",
            "2025-03-03 09:00:00",
            &[],
            vec![("10-K/A", "tide-2024a.htm", report("10-K/A", "2024-01-01", "2024-12-31", 1010))],
        ),
        of(
            3,
            "10-Q",
            "2025-05-01",
            "2025-05-01 16:10:00",
            &[],
            vec![("10-Q", "tide-q1.htm", report("10-Q", "2025-01-01", "2025-03-31", 300))],
        ),
        of(
            4,
            "10-Q",
            "2025-07-31",
            "2025-07-31 16:10:00",
            &[],
            vec![("10-Q", "tide-q2.htm", report("10-Q", "2025-01-01", "2025-06-30", 700))],
        ),
        of(
            5,
            "8-K",
            "2025-07-31",
            "2025-07-31 16:05:00",
            &["2.02", "9.01"],
            vec![
                (
                    "8-K",
                    "tide-8k.htm",
                    plain(
                        "FORM 8-K. Item 2.02 Results of Operations and Financial Condition. On July 31, 2025, Tide Harbour Corp issued a release.",
                    ),
                ),
                ("EX-10.1", "ex99-contract.htm", plain("A contract for $5 million of capital expenditures.")),
                ("EX-99.1", "q2pr.htm", release),
            ],
        ),
        of(6, "4", "2025-08-01", "2025-08-01 12:00:00", &[], vec![("4", "own.htm", plain("Shares were sold."))]),
        of(
            7,
            "8-K",
            "2025-09-02",
            "2025-09-02 08:00:00",
            &["5.02"],
            vec![("8-K", "tide-8k2.htm", plain("FORM 8-K. Item 5.02. A director joined."))],
        ),
    ];
    list.push(Filed {
        cik: WAVE,
        accession: number(WAVE, 2025, 1),
        form: "10-K",
        filed: "2025-02-06",
        accepted: "2025-02-06 07:00:00",
        items: &[],
        docs: vec![("10-K", "wave.htm", plain("FORM 10-K. Wave Freight Inc spent $70 million on ships in 2024."))],
    });
    list
}
