//! Filing: what the envelope of a submission says of a document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::DocumentKind;

/// What is known of a filed document beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Filing {
    /// Accession number, `0000000000-00-000000`.
    pub accession: Option<String>,
    /// Form type of the submission: `10-K`, `8-K/A`.
    pub form: Option<String>,
    /// Central Index Key of the first filer.
    pub cik: Option<u32>,
    /// Name of the first filer.
    pub company: Option<String>,
    /// Central Index Keys of the other filers.
    pub co_filers: Vec<u32>,
    /// Period of report, `YYYY-MM-DD`.
    pub period_of_report: Option<String>,
    /// Day on which the filer's fiscal year ends, `MM-DD`.
    pub fiscal_year_end: Option<String>,
    /// The fiscal year that the period of report belongs to, as the filer counts.
    pub fiscal_year: Option<i16>,
    /// Trading symbols on the cover.
    pub tickers: Vec<String>,
    /// Day of filing, `YYYY-MM-DD`.
    pub filed: Option<String>,
    /// When it was accepted, RFC 3339 in UTC.
    pub accepted: Option<String>,
    /// Items of an 8-K: `2.02`.
    pub items: Vec<String>,
    /// Type of this document: `10-K`, `EX-99.1`.
    pub document_type: Option<String>,
    /// Name of this document's file.
    pub filename: Option<String>,
    /// First byte of this document in the file of the submission.
    pub offset: usize,
}

/// Items under which an issuer furnishes its releases.
const RELEASE_ITEMS: &[&str] = &["2.02", "7.01", "8.01"];

impl Filing {
    /// Takes over from `other` what is not known here.
    pub fn fill(&mut self, other: &Filing) {
        fn take<T: Clone>(mine: &mut Option<T>, theirs: &Option<T>) {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        }
        take(&mut self.form, &other.form);
        take(&mut self.cik, &other.cik);
        take(&mut self.company, &other.company);
        take(&mut self.period_of_report, &other.period_of_report);
        take(&mut self.fiscal_year_end, &other.fiscal_year_end);
        take(&mut self.fiscal_year, &other.fiscal_year);
        take(&mut self.filed, &other.filed);
        take(&mut self.document_type, &other.document_type);
        if self.tickers.is_empty() {
            self.tickers.clone_from(&other.tickers);
        }
    }

    /// Where EDGAR keeps this document.
    pub fn url(&self) -> Option<String> {
        let (cik, accession, name) = (self.cik?, self.accession.as_deref()?, self.filename.as_deref()?);
        let plain: String = accession.chars().filter(char::is_ascii_digit).collect();
        Some(format!("https://www.sec.gov/Archives/edgar/data/{cik}/{plain}/{name}"))
    }

    /// Whether this document is an exhibit of that number: 99 holds for
    /// `EX-99`, `EX-99.1` and `EX-99.01`, whatever the file is called.
    pub fn is_exhibit(&self, number: &str) -> bool {
        let kind = self.document_type.as_deref().unwrap_or("").to_ascii_uppercase();
        kind.strip_prefix("EX-")
            .and_then(|k| k.strip_prefix(number))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// Whether this document is a release that an issuer filed: exhibit 99 of a
    /// current report under one of the items for it.
    pub fn is_release(&self) -> bool {
        let form = self.form.as_deref().unwrap_or("");
        let current = match form.strip_suffix("/A").unwrap_or(form) {
            "8-K" => self.items.is_empty() || self.items.iter().any(|i| RELEASE_ITEMS.contains(&i.as_str())),
            "6-K" => true,
            _ => false,
        };
        current && self.is_exhibit("99")
    }

    /// Whether it is a release of results: under item 2.02.
    pub fn is_earnings_release(&self) -> bool {
        self.is_release() && self.items.iter().any(|i| i == "2.02")
    }

    /// The kind of this document.
    pub fn kind(&self) -> DocumentKind {
        if self.is_release() { DocumentKind::PressRelease } else { DocumentKind::Filing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_told_by_type_and_item() {
        let filing = |form: &str, kind: &str, items: &[&str]| Filing {
            form: Some(form.into()),
            document_type: Some(kind.into()),
            items: items.iter().map(ToString::to_string).collect(),
            ..Filing::default()
        };
        assert!(filing("8-K", "EX-99.1", &["2.02", "9.01"]).is_earnings_release());
        assert!(filing("8-K/A", "ex-99", &["7.01"]).is_release());
        assert!(!filing("8-K", "EX-99.1", &["5.02"]).is_release());
        assert!(!filing("8-K", "EX-10.1", &["2.02"]).is_release());
        assert!(!filing("8-K", "EX-990", &["2.02"]).is_release());
        assert!(!filing("10-K", "EX-99.1", &[]).is_release());
        assert_eq!(filing("8-K", "8-K", &["2.02"]).kind(), DocumentKind::Filing);
    }

    #[test]
    fn addresses() {
        let filing = Filing {
            cik: Some(123456),
            accession: Some("0000123456-25-000007".into()),
            filename: Some("tide.htm".into()),
            ..Filing::default()
        };
        let want = "https://www.sec.gov/Archives/edgar/data/123456/000012345625000007/tide.htm";
        assert_eq!(filing.url().as_deref(), Some(want));
    }
}
