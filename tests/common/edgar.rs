//! An EDGAR on loopback: three hosts that list the same filings in every way
//! EDGAR does, serve their documents, want to know who asks, and count how
//! often they are asked.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::site::{Asked, Site, reply};

/// A document of a filing: type, file, body.
pub type Doc = (&'static str, &'static str, String);

/// A filing.
#[derive(Clone, Default)]
pub struct Filed {
    pub cik: u32,
    pub accession: String,
    pub form: &'static str,
    pub filed: &'static str,
    /// Eastern time, as the index shows it.
    pub accepted: &'static str,
    pub items: &'static [&'static str],
    pub docs: Vec<Doc>,
}

/// A company and how many of its filings its newest page lists.
pub struct Company {
    pub cik: u32,
    pub name: &'static str,
    pub ticker: &'static str,
    pub recent: usize,
}

/// What all hosts share.
pub struct State {
    pub companies: Vec<Company>,
    pub filings: Vec<Filed>,
    /// Answers that stand for others: status and body.
    pub instead: Mutex<HashMap<String, (u16, String)>>,
    /// Paths that are asked to come back later, once.
    pub later: Mutex<HashSet<String>>,
    sent: Mutex<VecDeque<Instant>>,
    /// Requests that came too fast, and those of nobody.
    pub too_fast: AtomicUsize,
    pub nameless: AtomicUsize,
    /// So many of the next requests are throttled whatever their rate.
    pub throttle: AtomicUsize,
    base: OnceLock<String>,
}

/// A running EDGAR.
pub struct Edgar {
    pub www: Site,
    pub data: Site,
    pub efts: Site,
    pub state: Arc<State>,
}

pub const THROTTLED: &str = "<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head><body><h1>Request Rate Threshold Exceeded</h1></body></html>";

impl Edgar {
    pub fn serve(companies: Vec<Company>, filings: Vec<Filed>) -> Self {
        let state = Arc::new(State {
            companies,
            filings,
            instead: Mutex::default(),
            later: Mutex::default(),
            sent: Mutex::default(),
            too_fast: AtomicUsize::new(0),
            nameless: AtomicUsize::new(0),
            throttle: AtomicUsize::new(0),
            base: OnceLock::new(),
        });
        let site = |state: &Arc<State>| {
            let state = Arc::clone(state);
            Site::serve(move |asked, stream| state.answer(asked, stream))
        };
        let (www, data, efts) = (site(&state), site(&state), site(&state));
        let _ = state.base.set(www.url(""));
        Self { www, data, efts, state }
    }

    /// Settings under which it stands for the SEC's hosts.
    pub fn settings(&self) -> String {
        format!(
            "[crawl]\nallow_private = [\"127.0.0.1\"]\ncontact = \"Tape Tests tests@tape.example\"\nat_once = 8\nretry = 0.2\n\
             patience = 4\n[edgar]\nwww = \"{}\"\ndata = \"{}\"\nefts = \"{}\"\nthrottle_pause = 1.5\n",
            self.www.url(""),
            self.data.url(""),
            self.efts.url("")
        )
    }

    /// Everything that was asked for, in its order, without robots.txt.
    pub fn paths(&self) -> Vec<String> {
        let mut asked: Vec<Asked> = [&self.www, &self.data, &self.efts].iter().flat_map(|s| s.asked()).collect();
        asked.sort_by_key(|a| a.at);
        asked.into_iter().map(|a| a.path).filter(|p| p != "/robots.txt").collect()
    }

    /// How often a path that holds a word was asked for.
    pub fn count(&self, word: &str) -> usize {
        self.paths().iter().filter(|p| p.contains(word)).count()
    }
}

impl State {
    fn answer(&self, asked: &Asked, stream: &mut TcpStream) -> bool {
        let html = [("Content-Type", "text/html")];
        // A company and a mail address, nothing else.
        let agent = asked.header("user-agent").rsplit_once(' ');
        if agent.is_none_or(|(name, mail)| name.contains('/') || !mail.contains('@') || mail.ends_with(')')) {
            self.nameless.fetch_add(1, Ordering::Relaxed);
            return reply(
                stream,
                403,
                &html,
                b"<title>Your Request Originates from an Undeclared Automated Tool</title>",
            );
        }
        let crowded = {
            let mut sent = self.sent.lock().expect("the times");
            while sent.front().is_some_and(|t| t.elapsed() >= Duration::from_secs(1)) {
                sent.pop_front();
            }
            sent.push_back(asked.at);
            sent.len() > 10
        };
        let told = self.throttle.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok();
        if crowded {
            self.too_fast.fetch_add(1, Ordering::Relaxed);
        }
        if crowded || told {
            return reply(stream, 403, &html, THROTTLED.as_bytes());
        }
        let path = asked.path.as_str();
        if self.later.lock().expect("the paths").remove(path) {
            return reply(stream, 429, &[("Retry-After", "1")], b"later");
        }
        if let Some((status, body)) = self.instead.lock().expect("the answers").get(path) {
            return reply(stream, *status, &html, body.as_bytes());
        }
        let (kind, body) = match self.find(path) {
            Some(found) => found,
            None => return reply(stream, 404, &html, b"<html><body>not found</body></html>"),
        };
        let tag = format!("\"{:x}\"", body.iter().fold(7u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(*b))));
        if asked.header("if-none-match") == tag {
            return reply(stream, 304, &[("ETag", &tag)], b"");
        }
        reply(stream, 200, &[("Content-Type", kind), ("ETag", &tag)], &body)
    }

    fn find(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let (bare, query) = path.split_once('?').unwrap_or((path, ""));
        let json = |value: Value| Some(("application/json", value.to_string().into_bytes()));
        if bare == "/robots.txt" {
            let text = "User-agent: *\nAllow: /Archives/edgar/data\nDisallow: /cgi-bin\n";
            return Some(("text/plain", text.into()));
        }
        if bare.starts_with("/files/company_tickers") {
            let rows: Vec<Value> = self.companies.iter().map(|c| json!([c.cik, c.name, c.ticker, "Nasdaq"])).collect();
            return json(json!({ "fields": ["cik", "name", "ticker", "exchange"], "data": rows }));
        }
        if let Some(name) = bare.strip_prefix("/submissions/CIK") {
            let company = self.companies.iter().find(|c| Some(c.cik) == name.get(..10).and_then(|n| n.parse().ok()))?;
            return json(self.submissions(company, name.contains("-submissions-")));
        }
        if bare.contains("-index/") {
            return self.index(bare);
        }
        match bare {
            "/cgi-bin/browse-edgar" => return Some(("application/atom+xml", self.feed(query).into_bytes())),
            "/LATEST/search-index" => return json(self.search(query)),
            _ => {}
        }
        let rest = bare.strip_prefix("/Archives/edgar/data/")?;
        let filing = self
            .filings
            .iter()
            .find(|f| rest.contains(&f.accession.replace('-', "")) || rest.contains(&f.accession))?;
        let name = rest.rsplit('/').next()?;
        if name.ends_with("-index.htm") {
            return Some(("text/html", self.page(filing).into_bytes()));
        }
        if name.ends_with(".txt") && name.starts_with(&filing.accession) {
            return Some(("text/plain", self.whole(filing).into_bytes()));
        }
        let doc = filing.docs.iter().find(|(_, file, _)| *file == name)?;
        Some(("text/html", doc.2.clone().into_bytes()))
    }

    fn of(&self, cik: u32) -> Vec<&Filed> {
        let mut own: Vec<&Filed> = self.filings.iter().filter(|f| f.cik == cik).collect();
        own.sort_by_key(|f| std::cmp::Reverse(f.filed));
        own
    }

    fn name(&self, cik: u32) -> &'static str {
        self.companies.iter().find(|c| c.cik == cik).map_or("NOBODY", |c| c.name)
    }

    fn submissions(&self, company: &Company, older: bool) -> Value {
        let own = self.of(company.cik);
        let (new, old) = own.split_at(company.recent.min(own.len()));
        let columns = |list: &[&Filed]| {
            json!({
                "accessionNumber": list.iter().map(|f| f.accession.clone()).collect::<Vec<_>>(),
                "filingDate": list.iter().map(|f| f.filed).collect::<Vec<_>>(),
                "reportDate": list.iter().map(|_| "").collect::<Vec<_>>(),
                // Eastern time marked as UTC, as some copies have it.
                "acceptanceDateTime": list.iter().map(|f| f.accepted.replace(' ', "T") + ".000Z").collect::<Vec<_>>(),
                "form": list.iter().map(|f| f.form).collect::<Vec<_>>(),
                "items": list.iter().map(|f| f.items.join(",")).collect::<Vec<_>>(),
                "primaryDocument": list.iter().map(|f| f.docs.first().map_or("", |d| d.1)).collect::<Vec<_>>(),
            })
        };
        if older {
            return columns(old);
        }
        let files: Vec<Value> = old
            .first()
            .zip(old.last())
            .map(|(to, from)| {
                json!({ "name": format!("CIK{:010}-submissions-001.json", company.cik), "filingCount": old.len(),
                        "filingFrom": from.filed, "filingTo": to.filed })
            })
            .into_iter()
            .collect();
        json!({ "cik": format!("{:010}", company.cik), "name": company.name, "tickers": [company.ticker],
                "filings": { "recent": columns(new), "files": files } })
    }

    /// Indexes of days and quarters, and the folders of daily ones.
    fn index(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let mut parts = path.trim_start_matches("/Archives/edgar/").split('/');
        let (kind, year, quarter, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let of_quarter = |f: &&Filed| {
            let month: u32 = f.filed[5..7].parse().unwrap_or(1);
            f.filed.starts_with(year) && quarter == format!("QTR{}", (month - 1) / 3 + 1)
        };
        let filings: Vec<&Filed> = self.filings.iter().filter(of_quarter).collect();
        if name == "index.json" {
            let mut days: Vec<String> = filings.iter().map(|f| f.filed.replace('-', "")).collect();
            days.sort();
            days.dedup();
            let items: Vec<Value> =
                days.iter().map(|d| json!({ "name": format!("master.{d}.idx"), "size": "1 KB" })).collect();
            return Some(("application/json", json!({ "directory": { "item": items } }).to_string().into_bytes()));
        }
        let daily = kind == "daily-index";
        let wanted = |f: &&&Filed| !daily || name == format!("master.{}.idx", f.filed.replace('-', ""));
        let lines: Vec<String> = filings
            .iter()
            .filter(wanted)
            .map(|f| {
                let day = if daily { f.filed.replace('-', "") } else { f.filed.to_string() };
                format!("{}|{}|{}|{day}|edgar/data/{}/{}.txt\n", f.cik, self.name(f.cik), f.form, f.cik, f.accession)
            })
            .collect();
        if daily && lines.is_empty() {
            return None;
        }
        let text = format!(
            "Description: Master Index\n\nCIK|Company Name|Form Type|Date Filed|Filename\n{}\n{}",
            "-".repeat(80),
            lines.concat()
        );
        if !name.ends_with(".gz") {
            return Some(("text/plain", text.into_bytes()));
        }
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).expect("packed");
        Some(("application/gzip", packer.finish().expect("packed")))
    }

    /// The feed: each filing under its filer, and once more under another party.
    fn feed(&self, query: &str) -> String {
        let fields: HashMap<String, String> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let start: usize = fields.get("start").and_then(|s| s.parse().ok()).unwrap_or(0);
        let form = fields.get("type").map_or("", String::as_str);
        let mut list: Vec<&Filed> = self.filings.iter().filter(|f| f.form.starts_with(form)).collect();
        list.sort_by_key(|f| std::cmp::Reverse(f.filed));
        let base = self.base.get().cloned().unwrap_or_default();
        let entry = |f: &Filed, cik: u32, name: &str, role: &str| {
            let (plain, number) = (f.accession.replace('-', ""), &f.accession);
            format!(
                "<entry><title>{} - {name} ({cik:010}) ({role})</title>\
                 <link rel=\"alternate\" type=\"text/html\" href=\"{base}/Archives/edgar/data/{cik}/{plain}/{number}-index.htm\"/>\
                 <summary type=\"html\">&lt;b&gt;Filed:&lt;/b&gt; {} &lt;b&gt;AccNo:&lt;/b&gt; {number}</summary>\
                 <updated>{}-05:00</updated><category scheme=\"https://www.sec.gov/\" label=\"form type\" term=\"{}\"/>\
                 <id>urn:tag:sec.gov,2008:accession-number={number}</id></entry>",
                f.form,
                f.filed,
                f.accepted.replace(' ', "T"),
                f.form
            )
        };
        let entries: String = list
            .iter()
            .flat_map(|f| [entry(f, 999, "Someone Else", "Reporting"), entry(f, f.cik, self.name(f.cik), "Filer")])
            .skip(start)
            .take(100)
            .collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?><feed xmlns=\"http://www.w3.org/2005/Atom\">\
             <title>Latest Filings</title><id>x</id><updated>2025-12-12T18:03:31-05:00</updated>{entries}</feed>"
        )
    }

    /// Full-text search: documents that hold the phrase.
    fn search(&self, query: &str) -> Value {
        const PAGE: usize = 2;
        let fields: HashMap<String, String> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let words = fields.get("q").map_or("", String::as_str).trim_matches('"');
        let from: usize = fields.get("from").and_then(|s| s.parse().ok()).unwrap_or(0);
        let hits: Vec<Value> = self
            .filings
            .iter()
            .flat_map(|f| f.docs.iter().map(move |d| (f, d)))
            .filter(|(_, d)| d.2.contains(words))
            .map(|(f, (kind, name, _))| {
                json!({ "_id": format!("{}:{name}", f.accession), "_source": {
                    "ciks": [format!("{:010}", f.cik)], "display_names": [format!("{}  (X)  (CIK {:010})", self.name(f.cik), f.cik)],
                    "form": f.form, "adsh": f.accession, "items": f.items, "file_date": f.filed, "file_type": kind } })
            })
            .collect();
        let total = hits.len();
        let page: Vec<Value> = hits.into_iter().skip(from).take(PAGE).collect();
        json!({ "hits": { "total": { "value": total, "relation": "eq" }, "hits": page } })
    }

    /// The index of a filing.
    fn page(&self, f: &Filed) -> String {
        let folder = format!("/Archives/edgar/data/{}/{}", f.cik, f.accession.replace('-', ""));
        let rows: String = f
            .docs
            .iter()
            .enumerate()
            .map(|(at, (kind, name, body))| {
                let viewer = if body.contains("ix:header") { "/ix?doc=" } else { "" };
                format!(
                    "<tr><td>{}</td><td>{kind}</td><td><a href=\"{viewer}{folder}/{name}\">{name}</a></td><td>{kind}</td><td>{}</td></tr>",
                    at + 1,
                    body.len()
                )
            })
            .collect();
        let items: String = f.items.iter().map(|i| format!("Item {i}: What it is<br />")).collect();
        format!(
            "<html><body><div id=\"formName\"><strong>Form {}</strong> - x</div><div id=\"secNum\"><strong>SEC No.</strong> {}</div>\
             <div class=\"infoHead\">Filing Date</div><div class=\"info\">{}</div><div class=\"infoHead\">Accepted</div><div class=\"info\">{}</div>\
             <div class=\"infoHead\">Items</div><div class=\"info\">{items}</div>\
             <table class=\"tableFile\" summary=\"Document Format Files\">{rows}<tr><td>&nbsp;</td><td>Complete submission text file</td>\
             <td><a href=\"{folder}/{}.txt\">x</a></td><td>&nbsp;</td><td>9</td></tr></table>\
             <span class=\"companyName\">{} (Filer) <acronym>CIK</acronym>: <a href=\"/x\">{:010} (see all company filings)</a></span></body></html>",
            f.form,
            f.accession,
            f.filed,
            f.accepted,
            f.accession,
            self.name(f.cik),
            f.cik
        )
    }

    /// The filing as one file.
    fn whole(&self, f: &Filed) -> String {
        let stamp: String = f.accepted.chars().filter(char::is_ascii_digit).collect();
        let docs: String = f
            .docs
            .iter()
            .map(|(kind, name, body)| {
                format!(
                    "<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>{name}\n<TEXT>\n{body}\n</TEXT>\n</DOCUMENT>\n"
                )
            })
            .collect();
        format!(
            "<SEC-DOCUMENT>{0}.txt\n<SEC-HEADER>\n<ACCEPTANCE-DATETIME>{stamp}\nACCESSION NUMBER:\t{0}\nCONFORMED SUBMISSION TYPE:\t{1}\n\
             FILED AS OF DATE:\t{2}\n\nFILER:\n\tCOMPANY CONFORMED NAME:\t{3}\n\tCENTRAL INDEX KEY:\t{4:010}\n</SEC-HEADER>\n{docs}</SEC-DOCUMENT>\n",
            f.accession,
            f.form,
            f.filed.replace('-', ""),
            self.name(f.cik),
            f.cik
        )
    }
}
