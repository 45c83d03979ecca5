//! Submissions: an issuer's filings as data.sec.gov lists them, and the older
//! pages of that list, which are its columns alone.

use serde::Deserialize;
use url::Url;

use super::accession;
use super::ask::Ask;
use super::found::{Found, day, items, some};
use super::listing::Passing;
use super::tickers;

#[derive(Deserialize)]
struct Company {
    cik: serde_json::Value,
    name: Option<String>,
    #[serde(default)]
    tickers: Vec<String>,
    filings: Filings,
}

#[derive(Deserialize)]
struct Filings {
    recent: Columns,
    #[serde(default)]
    files: Vec<Older>,
}

/// An older page.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Older {
    name: String,
    filing_to: Option<String>,
    filing_from: Option<String>,
}

type Column = Vec<Option<String>>;

/// Filings, column by column.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Columns {
    accession_number: Column,
    filing_date: Column,
    form: Column,
    #[serde(default)]
    report_date: Column,
    #[serde(default)]
    items: Column,
}

/// Reads an issuer's submissions: filings that are wanted, and the older pages
/// that may hold more of them.
///
/// # Errors
/// When it is not of its form; says why.
pub(super) fn read(body: &[u8], ask: &Ask, out: &mut Passing<'_>) -> Result<(), String> {
    let company: Company = serde_json::from_slice(body).map_err(|e| format!("no submissions: {e}"))?;
    let cik = company.cik.as_str().map_or_else(|| company.cik.to_string(), str::to_string);
    let cik: u32 = cik.trim_start_matches('0').parse().map_err(|_| format!("no submissions: its cik is {cik}"))?;
    for (ticker, _) in ask.resolved.iter().filter(|(_, of)| *of == cik) {
        if !company.tickers.is_empty() && !company.tickers.iter().any(|t| tickers::same(t, ticker)) {
            let name = company.name.as_deref().unwrap_or("the company");
            let now = company.tickers.join(", ");
            out.note(format!(
                "{name} (CIK {cik}) trades as {now}, no longer as {ticker}; name it by its cik to be sure"
            ));
        }
    }
    columns(company.filings.recent, cik, company.name.as_deref(), out);
    for page in company.filings.files {
        let outside = |bound: &Option<String>, limit: &Option<String>, order: std::cmp::Ordering| {
            bound.as_ref().zip(limit.as_ref()).is_some_and(|(b, l)| b.cmp(l) == order)
        };
        let old = outside(&page.filing_to, &ask.since, std::cmp::Ordering::Less);
        let new = outside(&page.filing_from, &ask.until, std::cmp::Ordering::Greater);
        // A name, never a path that leads elsewhere.
        let plain = page.name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
        if plain && !old && !new {
            out.list(Url::parse(&ask.places.older(&page.name)).ok());
        }
    }
    Ok(())
}

/// Reads an older page; the issuer is told by its name.
///
/// # Errors
/// When it is not of its form; says why.
pub(super) fn read_older(url: &Url, body: &[u8], out: &mut Passing<'_>) -> Result<(), String> {
    let read: Columns = serde_json::from_slice(body).map_err(|e| format!("no older submissions: {e}"))?;
    let name = url.path().rsplit('/').next().unwrap_or("");
    let cik = name.strip_prefix("CIK").and_then(|n| n.get(..10)).and_then(|n| n.parse().ok());
    columns(read, cik.ok_or_else(|| format!("{name} does not say whose filings these are"))?, None, out);
    Ok(())
}

fn columns(read: Columns, cik: u32, company: Option<&str>, out: &mut Passing<'_>) {
    let rows = read.accession_number.len();
    if read.form.len() != rows || read.filing_date.len() != rows {
        out.note(format!("the columns of CIK {cik} are not of one length: what stands in all of them is read"));
    }
    let get = |column: &Column, at: usize| column.get(at).cloned().flatten().and_then(|t| some(&t));
    for at in 0..rows {
        let (Some(number), Some(form)) = (get(&read.accession_number, at), get(&read.form, at)) else {
            out.unread();
            continue;
        };
        if !accession::is(&number) {
            out.unread();
            continue;
        }
        out.filing(Found {
            accession: number,
            cik,
            company: company.map(str::to_string),
            form,
            filed: get(&read.filing_date, at).and_then(|d| day(&d)),
            period: get(&read.report_date, at).and_then(|d| day(&d)),
            items: Some(get(&read.items, at).map(|i| items(&i)).unwrap_or_default()),
            // Copies give it in Eastern time or in UTC, both marked as UTC: the filing's own index says.
            ..Found::default()
        });
    }
}
