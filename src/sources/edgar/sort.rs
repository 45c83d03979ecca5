//! Sorts of lists, told by their addresses, and how long each is good.

use std::time::Duration;

use url::Url;

/// What stands at an address of EDGAR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Tickers and Central Index Keys.
    Tickers,
    /// An issuer's filings, the newest of them.
    Submissions,
    /// An issuer's older filings.
    Older,
    /// An index of a day or a quarter.
    Index,
    /// What is in a folder.
    Folder,
    /// The feed of current filings.
    Current,
    /// Answers of the full-text search.
    FullText,
    /// What an issuer tagged.
    Facts,
}

impl Sort {
    /// By the path alone: the host may be any that stands for EDGAR's.
    pub fn of(url: &Url) -> Option<Self> {
        let path = url.path();
        let name = path.rsplit('/').next().unwrap_or("");
        Some(match path {
            _ if path.starts_with("/files/company_tickers") => Self::Tickers,
            _ if path.starts_with("/submissions/") && name.contains("-submissions-") => Self::Older,
            _ if path.starts_with("/submissions/CIK") => Self::Submissions,
            _ if path.starts_with("/Archives/edgar/") && name == "index.json" => Self::Folder,
            _ if ["/Archives/edgar/full-index/", "/Archives/edgar/daily-index/"]
                .iter()
                .any(|p| path.starts_with(p)) =>
            {
                Self::Index
            }
            "/cgi-bin/browse-edgar" => Self::Current,
            "/LATEST/search-index" => Self::FullText,
            _ if path.starts_with("/api/xbrl/company") => Self::Facts,
            _ => return None,
        })
    }

    /// Whether it goes on from another list, and is not asked for by itself.
    pub fn is_later_page(self, url: &Url) -> bool {
        let from = |name: &str| url.query_pairs().find(|(n, _)| n == name).is_some_and(|(_, v)| v != "0");
        match self {
            Self::Older => true,
            Self::Current => from("start"),
            Self::FullText => from("from"),
            _ => false,
        }
    }

    /// How long an archived copy is used in place of a request.
    fn age(self) -> Duration {
        const MINUTE: u64 = 60;
        Duration::from_secs(match self {
            Self::Current => MINUTE,
            Self::Index | Self::Folder => 30 * MINUTE,
            _ => 10 * MINUTE,
        })
    }
}

/// How long an archived copy of an address is used in place of a request.
pub fn age(url: &str) -> Duration {
    Url::parse(url).ok().and_then(|u| Sort::of(&u)).map_or(Duration::from_secs(600), Sort::age)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_told_by_path() {
        let sort = |path: &str| Url::parse(&format!("http://127.0.0.1:9{path}")).ok().and_then(|u| Sort::of(&u));
        for (path, want) in [
            ("/files/company_tickers_exchange.json", Some(Sort::Tickers)),
            ("/submissions/CIK0000320193.json", Some(Sort::Submissions)),
            ("/submissions/CIK0000320193-submissions-001.json", Some(Sort::Older)),
            ("/Archives/edgar/full-index/2025/QTR1/master.gz", Some(Sort::Index)),
            ("/Archives/edgar/daily-index/2025/QTR1/index.json", Some(Sort::Folder)),
            ("/cgi-bin/browse-edgar?action=getcurrent&start=100", Some(Sort::Current)),
            ("/LATEST/search-index?q=x", Some(Sort::FullText)),
            ("/api/xbrl/companyfacts/CIK0000320193.json", Some(Sort::Facts)),
            ("/Archives/edgar/data/1/2/a.htm", None),
        ] {
            assert_eq!(sort(path), want, "{path}");
        }
        assert_eq!(age("https://www.sec.gov/Archives/edgar/full-index/2025/QTR1/master.gz").as_secs(), 1800);
        let page =
            |path: &str| Url::parse(&format!("http://x.example{path}")).is_ok_and(|u| Sort::Current.is_later_page(&u));
        assert!(page("/cgi-bin/browse-edgar?start=100") && !page("/cgi-bin/browse-edgar?start=0"));
    }
}
