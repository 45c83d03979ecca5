//! Found: a filing as a list names it.

use super::places::Places;
use crate::model::Filing;
use crate::sources::feed::Listed;
use crate::sources::item::{Form, Known};

/// A filing as a list names it; what the list does not say is left empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Accession number.
    pub accession: String,
    /// Central Index Key of the party under which it is listed.
    pub cik: u32,
    /// Those of the other parties, where the list names them.
    pub others: Vec<u32>,
    /// That party's name.
    pub company: Option<String>,
    /// Form type.
    pub form: String,
    /// Day of filing, `YYYY-MM-DD`.
    pub filed: Option<String>,
    /// When it was accepted, RFC 3339 in UTC.
    pub accepted: Option<String>,
    /// Period of report, `YYYY-MM-DD`.
    pub period: Option<String>,
    /// Items of a current report.
    pub items: Option<Vec<String>>,
    /// The document for which it was found, where that is said.
    pub document: Option<String>,
}

impl Found {
    /// Where its index stands, with what is known of it.
    pub(super) fn listed(self, places: &Places) -> Listed {
        let title = format!("{} {}", self.form, self.company.as_deref().unwrap_or_default());
        Listed {
            url: places.filing(self.cik, &self.accession),
            known: Known {
                title: Some(title.trim().to_string()),
                published: self.filed.clone(),
                form: Some(Form::Filing),
                filing: Some(Filing {
                    accession: Some(self.accession),
                    form: Some(self.form),
                    cik: Some(self.cik),
                    company: self.company,
                    period_of_report: self.period,
                    filed: self.filed,
                    accepted: self.accepted,
                    items: self.items.unwrap_or_default(),
                    filename: self.document,
                    ..Filing::default()
                }),
                ..Known::default()
            },
            modified: None,
        }
    }
}

/// A text that says something.
pub(super) fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}

/// `20250206`, or with dashes → `2025-02-06`.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let date = if text.len() == 8 { jiff::civil::Date::strptime("%Y%m%d", text).ok()? } else { text.parse().ok()? };
    Some(date.to_string())
}

/// `2.02,9.01` → its numbers.
pub(super) fn items(text: &str) -> Vec<String> {
    text.split(',').filter_map(some).collect()
}
