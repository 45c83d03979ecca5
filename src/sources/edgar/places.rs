//! Places: the addresses under which EDGAR serves what.

use serde::Deserialize;
use url::Url;

use super::accession;

/// The three hosts of EDGAR; other ones may stand for them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Places {
    /// Archives, indexes, feeds.
    pub www: String,
    /// Submissions and facts.
    pub data: String,
    /// Full-text search.
    pub efts: String,
}

impl Default for Places {
    fn default() -> Self {
        let host = |name: &str| format!("https://{name}.sec.gov");
        Self { www: host("www"), data: host("data"), efts: host("efts") }
    }
}

impl Places {
    /// Checks that each is the address of a host.
    ///
    /// # Errors
    /// Names the one that is none.
    pub fn check(&self) -> Result<(), String> {
        for (name, place) in [("www", &self.www), ("data", &self.data), ("efts", &self.efts)] {
            let url = Url::parse(place).ok().filter(|u| matches!(u.scheme(), "http" | "https") && u.has_host());
            if url.is_none_or(|u| u.path() != "/" || u.query().is_some()) {
                return Err(format!("{name} = {place:?} is no address of a host, such as https://{name}.sec.gov"));
            }
        }
        Ok(())
    }

    /// Hosts with their ports.
    pub fn hosts(&self) -> Vec<String> {
        let host = |place: &String| {
            let url = Url::parse(place).ok()?;
            Some(url[url::Position::BeforeHost..url::Position::AfterPort].to_string())
        };
        let mut hosts: Vec<String> = [&self.www, &self.data, &self.efts].into_iter().filter_map(host).collect();
        hosts.dedup();
        hosts
    }

    /// An issuer's filings.
    pub(super) fn submissions(&self, cik: u32) -> String {
        self.of_data(&format!("submissions/CIK{cik:010}.json"))
    }

    /// An older page of an issuer's filings.
    pub(super) fn older(&self, name: &str) -> String {
        self.of_data(&format!("submissions/{name}"))
    }

    /// Everything an issuer tagged.
    pub fn company_facts(&self, cik: u32) -> String {
        self.of_data(&format!("api/xbrl/companyfacts/CIK{cik:010}.json"))
    }

    /// What an issuer tagged with `us-gaap:Tag`.
    pub fn company_concept(&self, cik: u32, concept: &str) -> String {
        let (taxonomy, tag) = concept.split_once(':').unwrap_or(("us-gaap", concept));
        self.of_data(&format!("api/xbrl/companyconcept/CIK{cik:010}/{taxonomy}/{tag}.json"))
    }

    /// All tickers.
    pub(super) fn tickers(&self) -> String {
        self.of_www("files/company_tickers_exchange.json")
    }

    /// The index of a filing.
    pub(super) fn filing(&self, cik: u32, accession: &str) -> String {
        let folder = accession::plain(accession);
        self.of_www(&format!("Archives/edgar/data/{cik}/{folder}/{accession}-index.htm"))
    }

    /// A document of a filing.
    pub(super) fn document(&self, cik: u32, accession: &str, name: &str) -> String {
        let folder = accession::plain(accession);
        self.of_www(&format!("Archives/edgar/data/{cik}/{folder}/{name}"))
    }

    /// A filing with all its documents in one file.
    pub(super) fn whole(&self, cik: u32, accession: &str) -> String {
        self.of_www(&format!("Archives/edgar/data/{cik}/{accession}.txt"))
    }

    /// A path of the main host.
    pub(super) fn of_www(&self, path: &str) -> String {
        join(&self.www, path)
    }

    /// A path of the search host.
    pub(super) fn of_efts(&self, path: &str) -> String {
        join(&self.efts, path)
    }

    fn of_data(&self, path: &str) -> String {
        join(&self.data, path)
    }
}

fn join(place: &str, path: &str) -> String {
    format!("{}/{path}", place.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let places = Places::default();
        assert!(places.check().is_ok());
        assert_eq!(places.submissions(320_193), "https://data.sec.gov/submissions/CIK0000320193.json");
        let filing = "https://www.sec.gov/Archives/edgar/data/42/000000004225000003/0000000042-25-000003-index.htm";
        assert_eq!(places.filing(42, "0000000042-25-000003"), filing);
        let own = Places { www: "http://127.0.0.1:8080/".into(), ..places };
        assert_eq!(own.of_www("files/x"), "http://127.0.0.1:8080/files/x");
        assert_eq!(own.hosts(), ["127.0.0.1:8080", "data.sec.gov", "efts.sec.gov"]);
        assert!(Places { data: "data.sec.gov".into(), ..own }.check().is_err_and(|e| e.contains("data =")));
    }
}
