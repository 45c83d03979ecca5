//! Ask: which filings are wanted.

use serde::Deserialize;

use super::found::Found;
use super::places::Places;
use super::range;

/// Which filings are wanted, and by which lists they are found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ask {
    /// Issuers by ticker.
    pub tickers: Vec<String>,
    /// Issuers by Central Index Key.
    pub ciks: Vec<u32>,
    /// Form types. A form means itself alone: `10-K/A` is another one. `all`
    /// means every form; none means the usual reports and their amendments.
    pub forms: Vec<String>,
    /// Amendments of the forms too.
    pub amendments: bool,
    /// Items of current reports, of which one must stand there.
    pub items: Vec<String>,
    /// Filed on this day or later, `YYYY-MM-DD`.
    pub since: Option<String>,
    /// Filed on this day or earlier.
    pub until: Option<String>,
    /// Words that the full-text search is asked for.
    pub query: Option<String>,
    /// The feed of current filings.
    pub current: bool,
    /// The index of a day, or of a range of days.
    pub daily: Option<String>,
    /// The index of a quarter, or of a range of quarters.
    pub quarter: Option<String>,
    /// Everything the issuers tagged.
    pub companyfacts: bool,
    /// What the issuers tagged with these: `us-gaap:Revenues`.
    pub concepts: Vec<String>,
    /// Where EDGAR is.
    #[serde(skip)]
    pub places: Places,
    /// Tickers that were resolved, with the keys that stand in `ciks`.
    #[serde(skip)]
    pub resolved: Vec<(String, u32)>,
}

/// What is taken when no form is named: reports of a business.
const USUAL: &[&str] = &["10-K", "10-Q", "8-K", "20-F", "40-F", "6-K"];

/// A form without the mark of an amendment.
fn base(form: &str) -> &str {
    form.strip_suffix("/A").unwrap_or(form)
}

impl Ask {
    /// Checks what was written.
    ///
    /// # Errors
    /// Says what is wrong.
    pub fn check(&self) -> Result<(), String> {
        for (name, day) in [("since", &self.since), ("until", &self.until)] {
            if let Some(day) = day.as_deref().filter(|d| d.parse::<jiff::civil::Date>().is_err()) {
                return Err(format!("{name} = {day:?} is no day; write it like 2025-01-31"));
            }
        }
        self.daily.as_deref().map(range::days).transpose()?;
        self.quarter.as_deref().map(range::quarters).transpose()?;
        for item in &self.items {
            let number = item.split_once('.').map(|(a, b)| (a.parse::<u8>(), b.len()));
            if !matches!(number, Some((Ok(1..=9), 2))) {
                return Err(format!("{item:?} is no item of a current report; write it like 2.02"));
            }
        }
        if self.query.as_deref().is_some_and(|q| q.trim().is_empty()) {
            return Err("the full-text search is asked for nothing".into());
        }
        if self.tickers.is_empty() && self.ciks.is_empty() && !self.has_list() {
            return Err("it is not said whose filings are wanted: name tickers or ciks, or a list (current, daily, \
                        quarter, query), or since"
                .into());
        }
        if (self.companyfacts || !self.concepts.is_empty()) && self.tickers.is_empty() && self.ciks.is_empty() {
            return Err("company facts are an issuer's: name tickers or ciks".into());
        }
        Ok(())
    }

    /// Checks that a list which names no tickers can be searched for the issuers.
    ///
    /// # Errors
    /// Names the ticker that is not known.
    pub fn check_resolved(&self) -> Result<(), String> {
        let open = self.tickers.iter().find(|t| !self.resolved.iter().any(|(known, _)| known == *t));
        match open {
            Some(ticker) if self.has_index() => Err(format!(
                "{ticker} is not known here by ticker; name the company by its cik, so that a list can be searched for it"
            )),
            _ => Ok(()),
        }
    }

    /// Whether filings are found by a list that is no issuer's own.
    pub(super) fn has_index(&self) -> bool {
        self.current || self.daily.is_some() || self.quarter.is_some() || self.query.is_some()
    }

    fn has_list(&self) -> bool {
        self.has_index() || self.since.is_some()
    }

    /// Whether filings are wanted, not facts alone.
    pub(super) fn wants_filings(&self) -> bool {
        let facts = self.companyfacts || !self.concepts.is_empty();
        !facts || self.has_index() || !self.forms.is_empty() || !self.items.is_empty()
    }

    /// Forms as they are asked for in addresses; none for all or the usual.
    pub(super) fn named_forms(&self) -> Vec<String> {
        let mut forms: Vec<String> = self.forms.iter().map(|f| f.trim().to_uppercase()).collect();
        if forms.is_empty() && !self.items.is_empty() {
            forms.push("8-K".into());
        }
        if forms.iter().any(|f| f == "ALL") {
            return Vec::new();
        }
        if self.amendments {
            let more: Vec<String> = forms.iter().filter(|f| !f.ends_with("/A")).map(|f| format!("{f}/A")).collect();
            forms.extend(more);
        }
        forms.sort();
        forms.dedup();
        forms
    }

    /// Whether a form is one of those wanted.
    pub fn takes_form(&self, form: &str) -> bool {
        let form = form.trim().to_uppercase();
        if self.forms.iter().any(|f| f.trim().eq_ignore_ascii_case("all")) {
            return true;
        }
        match self.named_forms() {
            named if named.is_empty() => USUAL.contains(&base(&form)),
            named => named.contains(&form),
        }
    }

    /// Whether a filing is wanted, as far as it is known; or why not.
    ///
    /// # Errors
    /// The reason, for counting.
    pub(super) fn wants(&self, found: &Found) -> Result<(), &'static str> {
        if !self.takes_form(&found.form) {
            return Err("another form");
        }
        if let Some(filed) = &found.filed {
            if self.since.as_ref().is_some_and(|s| filed < s) {
                return Err("older than asked for");
            }
            if self.until.as_ref().is_some_and(|u| filed > u) {
                return Err("newer than asked for");
            }
        }
        let theirs = |cik: &u32| found.cik == *cik || found.others.contains(cik);
        if !self.ciks.is_empty() && !self.ciks.iter().any(theirs) {
            return Err("another issuer");
        }
        let current = base(&found.form).starts_with("8-K");
        match &found.items {
            Some(items) if current && !self.items.is_empty() && !items.iter().any(|i| self.items.contains(i)) => {
                Err("another item")
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(list: &[&str]) -> Ask {
        Ask { forms: list.iter().map(ToString::to_string).collect(), ..Ask::default() }
    }

    #[test]
    fn a_form_means_itself_alone() {
        let ask = forms(&["10-k", "8-K"]);
        assert!(ask.takes_form("10-K") && ask.takes_form("8-K "));
        assert!(!ask.takes_form("10-K/A") && !ask.takes_form("10-K405") && !ask.takes_form("10-KT"));
        let amended = Ask { amendments: true, ..ask };
        assert!(amended.takes_form("10-K/A") && amended.takes_form("8-K/A") && !amended.takes_form("10-Q/A"));
        assert!(forms(&["10-K/A"]).takes_form("10-K/A") && !forms(&["10-K/A"]).takes_form("10-K"));
        assert!(forms(&["all"]).takes_form("SC 13D"));
        let usual = Ask::default();
        assert!(usual.takes_form("10-Q/A") && usual.takes_form("6-K") && !usual.takes_form("4"));
        let items = Ask { items: vec!["2.02".into()], ..Ask::default() };
        assert!(items.takes_form("8-K") && !items.takes_form("10-K"));
    }

    #[test]
    fn what_is_wanted_is_told_from_what_is_not() {
        let ask = Ask {
            items: vec!["2.02".into()],
            since: Some("2025-01-01".into()),
            until: Some("2025-12-31".into()),
            ciks: vec![42],
            ..forms(&["8-K", "10-K"])
        };
        let found = |form: &str, filed: &str, cik: u32, items: &[&str]| Found {
            form: form.into(),
            filed: Some(filed.into()),
            cik,
            items: Some(items.iter().map(ToString::to_string).collect()),
            ..Found::default()
        };
        assert_eq!(ask.wants(&found("8-K", "2025-02-01", 42, &["2.02", "9.01"])), Ok(()));
        assert_eq!(ask.wants(&found("8-K", "2025-02-01", 42, &["5.02"])), Err("another item"));
        assert_eq!(ask.wants(&found("10-K", "2025-02-01", 42, &[])), Ok(()));
        assert_eq!(ask.wants(&found("10-Q", "2025-02-01", 42, &[])), Err("another form"));
        assert_eq!(ask.wants(&found("10-K", "2024-12-31", 42, &[])), Err("older than asked for"));
        assert_eq!(ask.wants(&found("10-K", "2026-01-01", 42, &[])), Err("newer than asked for"));
        assert_eq!(ask.wants(&found("10-K", "2025-01-01", 43, &[])), Err("another issuer"));
        assert_eq!(ask.wants(&Found { items: None, ..found("8-K", "2025-02-01", 42, &[]) }), Ok(()));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (ask, said) in [
            (Ask::default(), "whose filings"),
            (Ask { since: Some("soon".into()), ..Ask::default() }, "no day"),
            (Ask { ciks: vec![1], items: vec!["II".into()], ..Ask::default() }, "no item"),
            (Ask { daily: Some("x".into()), ..Ask::default() }, "no range of days"),
            (Ask { quarter: Some("2025".into()), ..Ask::default() }, "no quarter"),
            (Ask { query: Some(" ".into()), ..Ask::default() }, "for nothing"),
            (Ask { current: true, companyfacts: true, ..Ask::default() }, "are an issuer's"),
        ] {
            assert!(ask.check().is_err_and(|e| e.contains(said)), "{ask:?}");
        }
        assert!(Ask { ciks: vec![1], ..Ask::default() }.check().is_ok());
        let unknown = Ask { current: true, tickers: vec!["TIDE".into()], ..Ask::default() };
        assert!(unknown.check().is_ok() && unknown.check_resolved().is_err_and(|e| e.contains("TIDE is not known")));
        assert!(Ask { resolved: vec![("TIDE".into(), 42)], ..unknown }.check_resolved().is_ok());
    }
}
