//! Indexes of a day or a quarter: `master`, `form`, `company`, `crawler` and
//! `xbrl`, with columns parted by bars or by their places.

use super::accession;
use super::found::{Found, day, some};
use super::listing::Passing;

/// How the lines are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Columns {
    /// `CIK|Company Name|Form Type|Date Filed|Filename`.
    Bars,
    /// The form first; the company begins at this place.
    Form(usize),
    /// The company first; the form begins at this place.
    Company(usize),
}

/// Reads an index.
///
/// # Errors
/// When it is none; says why.
pub(super) fn read(body: &[u8], out: &mut Passing<'_>) -> Result<(), String> {
    let text = latin(body);
    let mut columns = None;
    let mut begun = false;
    for line in text.lines() {
        let line = line.trim_end();
        if !begun {
            columns = columns.or_else(|| header(line));
            begun = columns.is_some() && line.len() > 40 && line.bytes().all(|b| b == b'-');
            continue;
        }
        let found = match columns {
            _ if line.is_empty() => continue,
            Some(Columns::Bars) => bars(line),
            Some(columns) => fixed(line, columns),
            None => None,
        };
        match found {
            Some(found) => out.filing(found),
            None => out.unread(),
        }
    }
    if begun { Ok(()) } else { Err("no index: it has no line of columns with a dashed line under it".into()) }
}

/// Names may hold any byte; what is no UTF-8 is Latin-1.
fn latin(body: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(body) {
        Ok(text) => text.into(),
        Err(_) => body.iter().map(|b| char::from(*b)).collect::<String>().into(),
    }
}

/// The line with the names of the columns; in daily indexes it goes on in the
/// next line.
fn header(line: &str) -> Option<Columns> {
    let (form, company) = (line.find("Form Type"), line.find("Company Name"));
    match (form, company) {
        (Some(_), Some(_)) if line.contains('|') => Some(Columns::Bars),
        (Some(0), Some(at)) => Some(Columns::Form(at)),
        (Some(at), Some(0)) => Some(Columns::Company(at)),
        _ => None,
    }
}

fn bars(line: &str) -> Option<Found> {
    // A name may hold a bar: the first column and the last three are sure.
    let (cik, rest) = line.split_once('|')?;
    let mut parts = rest.rsplitn(4, '|');
    let (path, filed, form, company) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    found(path, filed, cik, form, company)
}

/// From the right: file, day, key; what is left are form and company.
fn fixed(line: &str, columns: Columns) -> Option<Found> {
    let (rest, path) = last(line)?;
    let (rest, filed) = last(rest)?;
    let (rest, cik) = last(rest)?;
    let (first, second) = parted(rest, columns)?;
    match columns {
        Columns::Form(_) => found(path, filed, cik, first, second),
        _ => found(path, filed, cik, second, first),
    }
}

fn last(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let at = line.rfind(char::is_whitespace)?;
    Some((&line[..at], &line[at + 1..]))
}

/// Forms hold no two spaces; where the column before is full, the header tells.
fn parted(rest: &str, columns: Columns) -> Option<(&str, &str)> {
    let rest = rest.trim_end();
    match columns {
        Columns::Form(at) => rest.split_once("  ").or_else(|| rest.split_at_checked(at)),
        Columns::Company(at) => rest.rsplit_once("  ").or_else(|| rest.split_at_checked(at)),
        Columns::Bars => None,
    }
}

fn found(path: &str, filed: &str, cik: &str, form: &str, company: &str) -> Option<Found> {
    Some(Found {
        accession: accession::in_name(path.trim())?,
        cik: cik.trim().parse().ok()?,
        company: some(company),
        form: some(form)?,
        filed: Some(day(filed)?),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::edgar::Ask;

    fn listed(text: &[u8]) -> Result<(Vec<String>, usize), String> {
        let ask = Ask { forms: vec!["all".into()], ..Ask::default() };
        let mut out = Passing::new(&ask);
        read(text, &mut out)?;
        let listing = out.done();
        let line = |l: &crate::sources::feed::Listed| {
            let filing = l.known.filing.clone().unwrap_or_default();
            let day = filing.filed.unwrap_or_default();
            format!("{}|{}|{day}", l.known.title.clone().unwrap_or_default(), filing.cik.unwrap_or(0))
        };
        Ok((listing.pages.iter().map(line).collect(), listing.notes.len()))
    }

    const DASHES: &str = "---------------------------------------------------------------------------------";

    #[test]
    fn all_layouts() {
        let path = "edgar/data/42/0000000042-25-000001.txt";
        let want = Ok((vec!["SC 13D/A TIDE & CO  LTD|42|2025-02-06".to_string()], 0));
        let master = format!(
            "Description: x\n\nCIK|Company Name|Form Type|Date Filed|Filename\n{DASHES}\n42|TIDE & CO  LTD|SC 13D/A|2025-02-06|{path}\n"
        );
        assert_eq!(listed(master.as_bytes()), want);
        let form = format!(
            "Form Type   Company Name         CIK         Date Filed  File Name\n{DASHES}\nSC 13D/A    TIDE & CO  LTD       42          20250206    {path}         \n"
        );
        assert_eq!(listed(form.as_bytes()), want);
        // The header goes on in the next line.
        let company = format!(
            "Company Name         Form Type   CIK\n      Date Filed  File Name\n{DASHES}\nTIDE & CO  LTD       SC 13D/A    42          20250206    {path}\n"
        );
        assert_eq!(listed(company.as_bytes()), want);
        let crawler = format!(
            "Company Name         Form Type   CIK         Date Filed  URL\n{DASHES}\nTIDE & CO  LTD       SC 13D/A    42          2025-02-06  https://www.sec.gov/Archives/edgar/data/42/0000000042-25-000001-index.htm\n"
        );
        assert_eq!(listed(crawler.as_bytes()), want);
    }

    #[test]
    fn odd_lines_are_counted_and_odd_bytes_read() {
        let mut text = format!(
            "CIK|Company Name|Form Type|Date Filed|Filename\n{DASHES}\n42|A|B|10-K|2025-02-06|edgar/data/42/0000000042-25-000001.txt\nx|y\n7|CAF"
        );
        text.push_str("?|10-K|2025-02-06|edgar/data/7/0000000007-25-000001.txt\n");
        let bytes: Vec<u8> = text.bytes().map(|b| if b == b'?' { 0xC9 } else { b }).collect();
        let want = vec!["10-K A|B|42|2025-02-06".to_string(), "10-K CAF\u{c9}|7|2025-02-06".to_string()];
        assert_eq!(listed(&bytes), Ok((want, 1)));
        assert!(listed(b"<html>no index</html>").is_err());
    }
}
