//! The header of a submission: one `NAME: value` a line.

use super::eastern;
use super::items;
use crate::model::filing::Filing;

/// Reads the text before the first document.
pub(super) fn read(head: &str, diagnostics: &mut Vec<String>) -> Filing {
    let mut filing = Filing::default();
    // Only companies that file count; a subject or a former name does not.
    let mut filer = true;
    for line in head.lines() {
        let line = line.trim();
        if let Some(stamp) = line.strip_prefix("<ACCEPTANCE-DATETIME>") {
            filing.accepted = eastern::to_utc(stamp.trim());
            if filing.accepted.is_none() {
                diagnostics.push(format!("acceptance time {:?} is none", stamp.trim()));
            }
            continue;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim() {
            "FILER" | "FILED BY" | "REPORTING-OWNER" | "ISSUER" => filer = true,
            "SUBJECT COMPANY" | "FILED FOR" => filer = false,
            "ACCESSION NUMBER" => filing.accession = Some(value.to_string()),
            "CONFORMED SUBMISSION TYPE" => filing.form = Some(value.to_string()),
            "CONFORMED PERIOD OF REPORT" => filing.period_of_report = day(value),
            "FILED AS OF DATE" => filing.filed = day(value),
            "FISCAL YEAR END" if filer && filing.fiscal_year_end.is_none() => {
                let digits = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit());
                filing.fiscal_year_end = digits.then(|| format!("{}-{}", &value[..2], &value[2..]));
            }
            "ITEM INFORMATION" => match items::number(value) {
                Some(number) => filing.items.push(number.to_string()),
                None => diagnostics.push(format!("item {value:?} has no number that is known")),
            },
            "COMPANY CONFORMED NAME" if filer && filing.company.is_none() => filing.company = Some(value.to_string()),
            "CENTRAL INDEX KEY" if filer => match (value.trim_start_matches('0').parse().ok(), filing.cik) {
                (cik, None) => filing.cik = cik,
                (Some(cik), Some(first)) if cik != first && !filing.co_filers.contains(&cik) => {
                    filing.co_filers.push(cik);
                }
                _ => {}
            },
            _ => {}
        }
    }
    filing
}

/// `20250115` → `2025-01-15`.
fn day(text: &str) -> Option<String> {
    let day = jiff::civil::Date::strptime("%Y%m%d", text).ok()?;
    Some(day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_filers_and_what_is_odd() {
        let head = "CONFORMED SUBMISSION TYPE:\t10-Q\nCONFORMED PERIOD OF REPORT:\t20259931\n<ACCEPTANCE-DATETIME>soon\n\
            ITEM INFORMATION:\tWhat Nobody Lists\nFILER:\n COMPANY CONFORMED NAME: ONE: A CO\n CENTRAL INDEX KEY: 0000000011\n\
            FORMER COMPANY:\n FORMER CONFORMED NAME: OLD\nFILER:\n COMPANY CONFORMED NAME: TWO\n CENTRAL INDEX KEY: 0000000022\n";
        let mut said = Vec::new();
        let filing = read(head, &mut said);
        assert_eq!((filing.form.as_deref(), filing.company.as_deref()), (Some("10-Q"), Some("ONE: A CO")));
        assert_eq!((filing.cik, filing.co_filers, filing.period_of_report), (Some(11), vec![22], None));
        assert_eq!(said.len(), 2);
    }
}
