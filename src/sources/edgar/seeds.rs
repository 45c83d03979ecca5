//! Seeds: what is asked for → the first lists to be read.

use jiff::civil::Date;
use url::Url;

use super::ask::Ask;
use super::range;

/// Entries of a page of the feed.
pub(super) const FEED_PAGE: usize = 100;

impl Ask {
    /// The lists by which the wanted filings are found.
    pub fn seeds(&self, today: Date) -> Vec<Url> {
        let places = &self.places;
        let mut seeds: Vec<String> = Vec::new();
        if !self.has_index() && self.wants_filings() {
            seeds.extend(self.ciks.iter().map(|cik| places.submissions(*cik)));
        }
        for cik in &self.ciks {
            if self.companyfacts {
                seeds.push(places.company_facts(*cik));
            }
            seeds.extend(self.concepts.iter().map(|concept| places.company_concept(*cik, concept)));
        }
        if self.tickers.iter().any(|t| !self.resolved.iter().any(|(r, _)| r == t)) {
            seeds.push(places.tickers());
        }
        if self.current {
            seeds.extend(self.feeds());
        }
        if let Some((from, to)) = self.daily.as_deref().and_then(|d| range::days(d).ok()) {
            if from == to {
                seeds.push(daily(self, from));
            } else {
                // Which days have an index, the folder says.
                let quarters = range::between(range::quarter(from), range::quarter(to));
                let folder = |(y, q)| places.of_www(&format!("Archives/edgar/daily-index/{y}/QTR{q}/index.json"));
                seeds.extend(quarters.into_iter().map(folder));
            }
        }
        let mut quarters = self.quarter.as_deref().and_then(|q| range::quarters(q).ok()).unwrap_or_default();
        let no_issuer = self.tickers.is_empty() && self.ciks.is_empty();
        if let (true, false, Some(since)) = (no_issuer, self.has_index(), self.since.as_deref()) {
            let day = |text: &str| text.parse::<Date>().ok();
            let until = self.until.as_deref().and_then(day).unwrap_or(today).min(today);
            quarters = day(since).map_or(quarters, |s| range::between(range::quarter(s), range::quarter(until)));
        }
        let full = |(y, q)| places.of_www(&format!("Archives/edgar/full-index/{y}/QTR{q}/master.gz"));
        seeds.extend(quarters.into_iter().map(full));
        if let Some(query) = &self.query {
            seeds.push(self.search(query, today));
        }
        seeds.iter().filter_map(|s| Url::parse(s).ok()).collect()
    }

    /// The feed of current filings: one of each form, or one of all.
    fn feeds(&self) -> Vec<String> {
        let feed = |form: &str| {
            let count = FEED_PAGE;
            let base = self.places.of_www("cgi-bin/browse-edgar");
            with(
                &base,
                &[
                    ("action", "getcurrent"),
                    ("type", form),
                    ("owner", "include"),
                    ("start", "0"),
                    ("count", &count.to_string()),
                    ("output", "atom"),
                ],
            )
        };
        match self.named_forms() {
            forms if forms.is_empty() => vec![feed("")],
            forms => {
                // Amendments come with their form.
                let own = |f: &&String| !f.ends_with("/A") || !forms.iter().any(|o| **f == format!("{o}/A"));
                forms.iter().filter(own).map(|f| feed(f)).collect()
            }
        }
    }

    /// A question to the full-text search.
    fn search(&self, query: &str, today: Date) -> String {
        let forms = self.named_forms().join(",");
        let ciks: Vec<String> = self.ciks.iter().map(|cik| format!("{cik:010}")).collect();
        let ciks = ciks.join(",");
        let phrase = if query.contains(['"', '-', '*']) || query.contains(" OR ") || !query.contains(' ') {
            query.to_string()
        } else {
            format!("\"{query}\"")
        };
        let today = today.to_string();
        let mut fields = vec![("q", phrase.as_str())];
        if !forms.is_empty() {
            fields.push(("forms", &forms));
        }
        if self.since.is_some() || self.until.is_some() {
            fields.push(("dateRange", "custom"));
            fields.push(("startdt", self.since.as_deref().unwrap_or("2001-01-01")));
            fields.push(("enddt", self.until.as_deref().unwrap_or(&today)));
        }
        if !ciks.is_empty() {
            fields.push(("ciks", &ciks));
        }
        fields.push(("from", "0"));
        with(&self.places.of_efts("LATEST/search-index"), &fields)
    }
}

/// The index of a day.
pub(super) fn daily(ask: &Ask, day: Date) -> String {
    let (year, quarter) = range::quarter(day);
    let name = format!("master.{}.idx", day.strftime("%Y%m%d"));
    ask.places.of_www(&format!("Archives/edgar/daily-index/{year}/QTR{quarter}/{name}"))
}

fn with(base: &str, fields: &[(&str, &str)]) -> String {
    Url::parse_with_params(base, fields).map(String::from).unwrap_or_default()
}

/// The same address further on: `name` is set to `value`.
pub(super) fn further(url: &Url, name: &str, value: usize) -> Url {
    let mut fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    fields.retain(|(n, _)| n != name);
    fields.push((name.to_string(), value.to_string()));
    let mut next = url.clone();
    next.query_pairs_mut().clear().extend_pairs(fields);
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeds(ask: &Ask) -> Vec<String> {
        let today = jiff::civil::date(2025, 5, 20);
        ask.seeds(today).into_iter().map(|u| u[url::Position::BeforePath..].to_string()).collect()
    }

    #[test]
    fn every_kind_of_list_is_asked() {
        let forms = vec!["8-K".to_string()];
        let of = |ask: Ask| seeds(&ask);
        assert_eq!(of(Ask { ciks: vec![42], ..Ask::default() }), ["/submissions/CIK0000000042.json"]);
        assert_eq!(
            of(Ask { ciks: vec![42], companyfacts: true, ..Ask::default() }),
            ["/api/xbrl/companyfacts/CIK0000000042.json"]
        );
        let concepts = vec!["us-gaap:Revenues".to_string()];
        assert_eq!(
            of(Ask { ciks: vec![42], concepts, forms: forms.clone(), ..Ask::default() }),
            ["/submissions/CIK0000000042.json", "/api/xbrl/companyconcept/CIK0000000042/us-gaap/Revenues.json"]
        );
        assert_eq!(of(Ask { tickers: vec!["NEW".into()], ..Ask::default() }), ["/files/company_tickers_exchange.json"]);
        let feed =
            of(Ask { current: true, forms: vec!["8-K".into(), "10-K".into()], amendments: true, ..Ask::default() });
        assert_eq!(feed.len(), 2);
        assert_eq!(
            feed[0],
            "/cgi-bin/browse-edgar?action=getcurrent&type=10-K&owner=include&start=0&count=100&output=atom"
        );
        assert_eq!(
            of(Ask { daily: Some("2025-02-06".into()), ..Ask::default() }),
            ["/Archives/edgar/daily-index/2025/QTR1/master.20250206.idx"]
        );
        assert_eq!(
            of(Ask { daily: Some("2025-03-30..2025-04-02".into()), ..Ask::default() }),
            ["/Archives/edgar/daily-index/2025/QTR1/index.json", "/Archives/edgar/daily-index/2025/QTR2/index.json"]
        );
        let full = ["/Archives/edgar/full-index/2025/QTR1/master.gz", "/Archives/edgar/full-index/2025/QTR2/master.gz"];
        assert_eq!(of(Ask { quarter: Some("2025-Q1..2025-Q2".into()), ..Ask::default() }), full);
        assert_eq!(of(Ask { since: Some("2025-03-01".into()), ..Ask::default() }), full);
        let ask = Ask {
            query: Some("capital expenditures".into()),
            forms,
            since: Some("2025-01-01".into()),
            ..Ask::default()
        };
        assert_eq!(
            of(ask),
            [
                "/LATEST/search-index?q=%22capital+expenditures%22&forms=8-K&dateRange=custom&startdt=2025-01-01&enddt=2025-05-20&from=0"
            ]
        );
    }

    #[test]
    fn pages_go_on() {
        let url = Url::parse("http://x.example/s?q=%22a+b%22&from=0").expect("an address");
        assert_eq!(further(&url, "from", 100).as_str(), "http://x.example/s?q=%22a+b%22&from=100");
    }
}
