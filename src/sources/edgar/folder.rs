//! Folders: what `index.json` says is in one.

use jiff::civil::Date;
use serde::Deserialize;
use url::Url;

use super::accession;
use super::ask::Ask;
use super::found::Found;
use super::listing::Passing;
use super::range;
use super::seeds::daily;

#[derive(Deserialize)]
struct File {
    directory: Directory,
}

#[derive(Deserialize)]
struct Directory {
    item: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    name: String,
}

/// Reads a folder: of daily indexes those of the asked days, of a filing its
/// own index.
///
/// # Errors
/// When it is none; says why.
pub(super) fn read(url: &Url, body: &[u8], ask: &Ask, out: &mut Passing<'_>) -> Result<(), String> {
    let file: File = serde_json::from_slice(body).map_err(|e| format!("no list of a folder: {e}"))?;
    let names = file.directory.item.into_iter().map(|i| i.name);
    if url.path().contains("/data/") {
        return filing(url, names, out);
    }
    let Some((from, to)) = ask.daily.as_deref().and_then(|d| range::days(d).ok()) else { return Ok(()) };
    let mut days: Vec<Date> = names.filter_map(|n| day_of(&n)).filter(|d| *d >= from && *d <= to).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        out.list(Url::parse(&daily(ask, day)).ok());
    }
    Ok(())
}

/// The day of `master.20250206.idx`, whatever packs it.
fn day_of(name: &str) -> Option<Date> {
    let digits = name.strip_prefix("master.")?.get(..8)?;
    Date::strptime("%Y%m%d", digits).ok()
}

fn filing(url: &Url, mut names: impl Iterator<Item = String>, out: &mut Passing<'_>) -> Result<(), String> {
    let found = names.find_map(|name| accession::in_name(&name));
    match found.zip(accession::cik_in_path(url.path())) {
        // What it is stands in its index alone.
        Some((accession, cik)) => out.named(Found { accession, cik, ..Found::default() }),
        None => return Err("it names no file of a filing".into()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_at(path: &str, names: &[&str], ask: &Ask) -> Result<Vec<String>, String> {
        let items: Vec<String> = names.iter().map(|n| format!("{{\"name\":\"{n}\",\"size\":\"\"}}")).collect();
        let body = format!("{{\"directory\":{{\"item\":[{}],\"name\":\"x\"}}}}", items.join(","));
        let url = Url::parse(&format!("https://www.sec.gov/Archives/edgar/{path}/index.json")).expect("an address");
        let mut out = Passing::new(ask);
        read(&url, body.as_bytes(), ask, &mut out)?;
        let listing = out.done();
        Ok(listing.lists.into_iter().map(String::from).chain(listing.pages.into_iter().map(|p| p.url)).collect())
    }

    #[test]
    fn days_that_have_an_index_and_filings() {
        let ask = Ask { daily: Some("2025-02-06..2025-02-10".into()), ..Ask::default() };
        let names = ["master.20250205.idx", "master.20250206.idx", "form.20250207.idx", "master.20250207.idx.gz"];
        let found = read_at("daily-index/2025/QTR1", &names, &ask).expect("a folder");
        let ends: Vec<&str> = found.iter().filter_map(|u| u.rsplit('/').next()).collect();
        assert_eq!(ends, ["master.20250206.idx", "master.20250207.idx"]);
        let names = ["R1.htm", "0001140361-25-000228-index.html", "a.htm"];
        let found = read_at("data/320193/000114036125000228", &names, &Ask::default()).expect("a folder");
        let want = "https://www.sec.gov/Archives/edgar/data/320193/000114036125000228/0001140361-25-000228-index.htm";
        assert_eq!(found, [want]);
        assert!(read_at("data/320193/000114036125000228", &["a.htm"], &ask).is_err());
    }
}
