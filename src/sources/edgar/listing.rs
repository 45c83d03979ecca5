//! Listing: any list of EDGAR → the filings that are wanted, and further lists.

use std::collections::BTreeMap;

use url::Url;

use super::ask::Ask;
use super::found::Found;
use super::sort::Sort;
use super::{accession, current, facts, filing, folder, fulltext, index, submissions, tickers};
use crate::model::{Filing, Page};
use crate::sources::feed::Listed;
use crate::sources::item::{Form, Known};
use crate::sources::listing::Listing;

/// Collects what a list names: what is wanted, and why the rest is not.
pub(super) struct Passing<'a> {
    ask: &'a Ask,
    listing: Listing,
    unread: usize,
}

impl<'a> Passing<'a> {
    pub fn new(ask: &'a Ask) -> Self {
        Self { ask, listing: Listing::default(), unread: 0 }
    }

    /// A filing, if it is wanted.
    pub fn filing(&mut self, found: Found) {
        match self.ask.wants(&found) {
            Ok(()) => self.named(found),
            Err(reason) => *self.listing.passed.entry(reason).or_default() += 1,
        }
    }

    /// A filing that is wanted whatever it is.
    pub fn named(&mut self, found: Found) {
        self.listing.pages.push(found.listed(&self.ask.places));
    }

    /// A further list.
    pub fn list(&mut self, url: Option<Url>) {
        self.listing.lists.extend(url);
    }

    /// Something to be said.
    pub fn note(&mut self, note: String) {
        self.listing.notes.push(note);
    }

    /// An entry that is not of its form.
    pub fn unread(&mut self) {
        self.unread += 1;
    }

    /// All of it.
    pub fn done(mut self) -> Listing {
        if self.unread > 0 {
            self.listing.notes.push(format!("{} entries are not of their form and are left out", self.unread));
        }
        self.listing
    }
}

/// Reads a list of EDGAR.
///
/// # Errors
/// When it is not of its form; says why.
pub fn listing(page: &Page, ask: &Ask) -> Result<Listing, String> {
    let url = Url::parse(&page.url).map_err(|e| e.to_string())?;
    let plain = crate::sources::listing::gunzip(&page.body);
    let body = plain.as_deref().unwrap_or(&page.body);
    let mut out = Passing::new(ask);
    match Sort::of(&url) {
        Some(Sort::Tickers) => {
            let (ciks, missing) = tickers::read(body, ask)?;
            let own = Ask { ciks, tickers: Vec::new(), ..ask.clone() };
            // Only what is asked of an issuer: other lists are asked already.
            let of_issuer = Ask { current: false, daily: None, quarter: None, query: None, ..own };
            let seeds = if of_issuer.ciks.is_empty() { Vec::new() } else { of_issuer.seeds(jiff::civil::Date::MIN) };
            seeds.into_iter().for_each(|seed| out.list(Some(seed)));
            for ticker in missing {
                out.note(format!("no company has the ticker {ticker}; name it by its cik"));
            }
        }
        Some(Sort::Submissions) => submissions::read(body, ask, &mut out)?,
        Some(Sort::Older) => submissions::read_older(&url, body, &mut out)?,
        Some(Sort::Index) => index::read(body, &mut out)?,
        Some(Sort::Folder) => folder::read(&url, body, ask, &mut out)?,
        Some(Sort::Current) => current::read(&url, body, page.header("content-type"), ask, &mut out)?,
        Some(Sort::FullText) => fulltext::read(&url, body, &mut out)?,
        Some(Sort::Facts) => facts::check(body)?,
        None => return Err("EDGAR keeps no list at such an address".into()),
    }
    Ok(out.done())
}

/// Reads a filing's index: the documents to be read. `known` is what the list
/// said that named the filing.
///
/// # Errors
/// When it is no index; says why.
pub fn documents(page: &Page, known: &Filing, ask: &Ask) -> Result<Listing, String> {
    let read = filing::read(&page.body, known)?;
    let passed = |reason| Listing { passed: BTreeMap::from([(reason, 1)]), ..Listing::default() };
    let found = Found {
        cik: read.filing.cik.unwrap_or_default(),
        others: read.filing.co_filers.clone(),
        form: read.filing.form.clone().unwrap_or_default(),
        filed: read.filing.filed.clone(),
        items: Some(read.filing.items.clone()),
        ..Found::default()
    };
    if let Err(reason) = ask.wants(&found) {
        return Ok(passed(reason));
    }
    let (Some(cik), Some(accession)) = (read.filing.cik, read.filing.accession.clone()) else {
        return Err("it names neither filer nor accession number".into());
    };
    let chosen = read.chosen();
    if chosen.is_empty() {
        return Ok(whole(&page.url, &read.filing, ask).unwrap_or_default());
    }
    let listed = |document: &filing::Document| {
        let filing = Filing {
            document_type: Some(document.kind.clone()),
            filename: Some(document.name.clone()),
            ..read.filing.clone()
        };
        Listed {
            url: ask.places.document(cik, &accession, &document.name),
            known: Known { form: Some(Form::Filing), filing: Some(filing), ..Known::default() },
            modified: None,
        }
    };
    let pages = chosen.into_iter().map(listed).collect();
    let aside = read.aside();
    let notes = if aside.is_empty() { Vec::new() } else { vec![format!("left aside: {aside}")] };
    Ok(Listing { pages, notes, ..Listing::default() })
}

/// Where there is no index, the filing as one file.
pub fn whole(url: &str, known: &Filing, ask: &Ask) -> Option<Listing> {
    let accession = known.accession.clone().or_else(|| accession::in_name(url))?;
    let cik = known.cik.or_else(|| accession::cik_in_path(url))?;
    let known = Known { form: Some(Form::Filing), filing: Some(known.clone()), ..Known::default() };
    let listed = Listed { url: ask.places.whole(cik, &accession), known, modified: None };
    Some(Listing { pages: vec![listed], ..Listing::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &[(&str, &str)] = &[
        ("/files/company_tickers_exchange.json", r#"{"fields":["cik","ticker"],"data":[[42,"TIDE"]]}"#),
        (
            "/submissions/CIK0000000042.json",
            r#"{"cik":"42","name":"Tide","tickers":["TIDE"],"filings":{"recent":{"accessionNumber":["0000000042-25-000001"],"filingDate":["2025-02-06"],"form":["10-K"],"reportDate":[""],"items":[null]},"files":[{"name":"CIK0000000042-submissions-001.json","filingFrom":"2001-01-01","filingTo":"2004-01-01"}]}}"#,
        ),
        (
            "/submissions/CIK0000000042-submissions-001.json",
            r#"{"accessionNumber":["0000000042-25-000001"],"filingDate":["2025-02-06"],"form":["10-K"]}"#,
        ),
        (
            "/Archives/edgar/daily-index/2025/QTR1/company.20250206.idx",
            "Company Name         Form Type   CIK\n      Date Filed  File Name\n------------------------------------------------------\nTIDE \u{e9} CO    10-K    42     20250206    edgar/data/42/0000000042-25-000001.txt\n",
        ),
        (
            "/Archives/edgar/daily-index/2025/QTR1/index.json",
            r#"{"directory":{"item":[{"name":"master.20250206.idx"}]}}"#,
        ),
        (
            "/cgi-bin/browse-edgar?start=0",
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>10-K - TIDE (CORP) (0000000042) (Filer)</title><updated>2025-02-06T18:02:43-05:00</updated><category term="10-K"/><id>urn:tag:sec.gov,2008:accession-number=0000000042-25-000001</id></entry></feed>"#,
        ),
        (
            "/LATEST/search-index?q=x&from=0",
            r#"{"hits":{"total":{"value":7},"hits":[{"_id":"0000000042-25-000001:a.htm","_source":{"ciks":["0000000042"],"form":"10-K","file_date":"2025-02-06"}}]}}"#,
        ),
        ("/api/xbrl/companyfacts/CIK0000000042.json", r#"{"cik":42,"facts":{}}"#),
    ];

    fn ask() -> Ask {
        Ask { tickers: vec!["TIDE".into()], daily: Some("2025-02-05..2025-02-07".into()), ..Ask::default() }
    }

    fn page(path: &str, body: impl Into<Vec<u8>>) -> Page {
        Page { url: format!("https://www.sec.gov{path}"), status: 200, body: body.into(), ..Page::default() }
    }

    #[test]
    fn every_list_names_what_it_holds() {
        for (path, body) in LISTS {
            let read = listing(&page(path, *body), &ask()).unwrap_or_else(|e| panic!("{path}: {e}"));
            let facts = path.contains("companyfacts");
            assert_eq!(read.pages.is_empty() && read.lists.is_empty(), facts, "{path}: {read:?}");
            assert!(read.notes.is_empty(), "{path}: {:?}", read.notes);
        }
        let missing = listing(&page(LISTS[0].0, LISTS[0].1), &Ask { tickers: vec!["NONE".into()], ..Ask::default() });
        assert!(missing.is_ok_and(|l| l.notes[0].contains("no company has the ticker NONE")));
        assert!(listing(&page("/about", "x"), &ask()).is_err());
    }

    /// A list that breaks off anywhere, or has any byte changed, does no harm.
    #[test]
    fn no_cut_and_no_byte_does_harm() {
        for (path, body) in LISTS {
            let bytes = body.as_bytes();
            for at in 0..bytes.len() {
                let _ = listing(&page(path, &bytes[..at]), &ask());
                for byte in [b'<', b'"', b'(', b'|', b' ', 0xE9, 0] {
                    let mut changed = bytes.to_vec();
                    changed[at] = byte;
                    let _ = listing(&page(path, changed.clone()), &ask());
                    let _ = documents(&page(path, changed), &Filing::default(), &ask());
                }
            }
        }
    }
}
