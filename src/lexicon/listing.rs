//! Listing: the companies of `securities.tsv` as people ask for them, and what
//! a newer list changes.

use std::collections::HashMap;

use serde::Serialize;

use super::entities::other_names;
use super::files::{Files, LexiconError};
use super::securities::{self, FILE};

/// One company of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its main ticker.
    pub ticker: String,
    /// All its tickers.
    pub tickers: Vec<String>,
    /// Its name: the usual one where the lists have it.
    pub name: String,
    /// The name it is registered under.
    pub registered: String,
    /// Central Index Key.
    pub cik: u32,
    /// Exchange, where known.
    pub exchange: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Tickers it had.
    pub former: Vec<String>,
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Source and date, as the list's first line has them.
    pub source: String,
    /// Its companies, in the order of the source.
    pub companies: Vec<Listed>,
}

impl Listing {
    /// Reads the list, and what `aliases.toml` adds to it.
    ///
    /// # Errors
    /// When a list cannot be read or is not of its form.
    pub fn read(files: &Files) -> Result<Self, LexiconError> {
        let text = files.read(FILE)?;
        let names = other_names(files)?;
        let company = |s: securities::Security<'_>| {
            let other = s.tickers.iter().find_map(|t| names.get(*t)).cloned().unwrap_or_default();
            let usual = Some(other.name).filter(|n| !n.is_empty());
            Listed {
                ticker: s.tickers.first().map_or(String::new(), |t| t.to_string()),
                tickers: s.tickers.iter().map(|t| t.to_string()).collect(),
                name: usual.unwrap_or_else(|| s.name.to_string()),
                registered: s.name.to_string(),
                cik: s.cik,
                exchange: Some(s.exchange.to_string()).filter(|e| !e.is_empty()),
                aliases: other.aliases,
                former: other.former,
            }
        };
        let companies = securities::read(&text)?.into_iter().map(company).collect();
        Ok(Self { source: source(&text).to_string(), companies })
    }

    /// The companies that a query names: by ticker or CIK first, then those
    /// with all its words at the beginning of words of their names.
    pub fn find(&self, query: &str) -> Vec<&Listed> {
        let wanted = query.trim();
        if wanted.is_empty() {
            return self.companies.iter().collect();
        }
        let ticker = wanted.replace('-', ".").to_uppercase();
        let number = wanted.trim_start_matches(['C', 'c', 'I', 'i', 'K', 'k']).parse::<u32>().ok();
        let words: Vec<String> = words(wanted).collect();
        let rank = |c: &Listed| {
            let named = |name: &String| {
                words.iter().all(|w| self::words(name).any(|n| n.starts_with(w.as_str()))) && !words.is_empty()
            };
            if c.tickers.contains(&ticker) || number == Some(c.cik) {
                Some(0)
            } else if c.former.contains(&ticker) {
                Some(1)
            } else {
                let names = [&c.name, &c.registered];
                names.into_iter().chain(&c.aliases).any(named).then_some(2)
            }
        };
        let mut found: Vec<(u8, &Listed)> = self.companies.iter().filter_map(|c| Some((rank(c)?, c))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, c)| c).collect()
    }
}

/// The words of a name in lower case.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Source and date of a list.
fn source(text: &str) -> &str {
    let head = text.lines().next().and_then(|l| l.strip_prefix('#')).unwrap_or("");
    let head = head.split_once(": ").map_or(head, |(source, _)| source).trim();
    if head.is_empty() { "of unknown source and date" } else { head }
}

/// What a newer list changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Companies it has and the older one has not: main ticker and name.
    pub added: Vec<(String, String)>,
    /// Companies it no longer has.
    pub removed: Vec<(String, String)>,
    /// Companies under another name: main ticker, old and new name.
    pub renamed: Vec<(String, String, String)>,
    /// Companies with other tickers or another exchange: main ticker and name.
    pub relisted: Vec<(String, String)>,
}

impl Changes {
    /// Compares two lists; a company is the same by its CIK.
    ///
    /// # Errors
    /// When one is not of its form.
    pub fn between(old: &str, new: &str) -> Result<Self, LexiconError> {
        let (old, new) = (securities::read(old)?, securities::read(new)?);
        let label = |s: &securities::Security<'_>| {
            (s.tickers.first().map_or(String::new(), |t| t.to_string()), s.name.to_string())
        };
        let before: HashMap<u32, &securities::Security<'_>> = old.iter().map(|s| (s.cik, s)).collect();
        let after: HashMap<u32, &securities::Security<'_>> = new.iter().map(|s| (s.cik, s)).collect();
        let mut changes = Self::default();
        for company in &new {
            match before.get(&company.cik) {
                None => changes.added.push(label(company)),
                Some(old) if old.name != company.name => {
                    changes.renamed.push((label(company).0, old.name.to_string(), company.name.to_string()));
                }
                Some(old) if old.tickers != company.tickers || old.exchange != company.exchange => {
                    changes.relisted.push(label(company));
                }
                Some(_) => {}
            }
        }
        changes.removed = old.iter().filter(|s| !after.contains_key(&s.cik)).map(label).collect();
        Ok(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Test = Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn companies_are_found_by_ticker_number_and_names() -> Test {
        let listing = Listing::read(&Files::embedded())?;
        assert!(listing.companies.len() > 5000 && listing.source.starts_with("SEC company_tickers_exchange, 20"));
        let first = |query: &str| listing.find(query).first().map(|c| c.ticker.clone()).unwrap_or_default();
        assert_eq!(["googl", "GOOG", "fb", "brk-b", "789019"].map(first), ["GOOGL", "GOOGL", "META", "BRK.B", "MSFT"]);
        assert_eq!(["Facebook", "palo alto net"].map(first), ["META", "PANW"]);
        assert!(listing.find("no such company anywhere").is_empty());
        assert_eq!(listing.find(" ").len(), listing.companies.len());
        Ok(())
    }

    #[test]
    fn changes_are_told_apart() -> Test {
        let old = "# Somebody, 2025-01-01: columns\nAAA\tOne\t1\tNYSE\nBBB\tTwo\t2\tNYSE\nCCC\tThree\t3\tOTC\n";
        let new = "AAA\tOne\t1\tNasdaq\nBBB\tTwo More\t2\tNYSE\nDDD\tFour\t4\tNYSE\n";
        let changes = Changes::between(old, new)?;
        let pair = |a: &str, b: &str| vec![(a.to_string(), b.to_string())];
        assert_eq!(
            (changes.added, changes.removed, changes.relisted),
            (pair("DDD", "Four"), pair("CCC", "Three"), pair("AAA", "One"))
        );
        assert_eq!(changes.renamed, [("BBB".into(), "Two".into(), "Two More".into())]);
        assert_eq!((source(old), source(new)), ("Somebody, 2025-01-01", "of unknown source and date"));
        Ok(())
    }
}
