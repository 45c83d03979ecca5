//! The feed of current filings. A filing stands there once for each of its
//! parties; the newest are first, a hundred a page.

use url::Url;

use super::accession;
use super::ask::Ask;
use super::found::{Found, day, some};
use super::listing::Passing;
use super::seeds::{FEED_PAGE, further};
use crate::sources::feed::{Entry, read_feed};

/// Furthest that the feed is gone back.
const FURTHEST: usize = 2_000;

/// Reads a page of the feed, and names the next one where more may be wanted.
///
/// # Errors
/// When it is no feed; says why.
pub(super) fn read(url: &Url, body: &[u8], kind: Option<&str>, ask: &Ask, out: &mut Passing<'_>) -> Result<(), String> {
    let feed = read_feed(body, Some(url.as_str()), kind)?;
    let count = feed.entries.len();
    let mut filings: Vec<(Found, u8)> = Vec::new();
    for entry in &feed.entries {
        let Some((found, rank)) = found(entry) else {
            out.unread();
            continue;
        };
        match filings.iter_mut().find(|(f, _)| f.accession == found.accession) {
            Some((first, first_rank)) => {
                // Who files counts before who is spoken of.
                if rank < *first_rank {
                    let others = std::mem::take(&mut first.others);
                    let before = std::mem::replace(first, Found { others, ..found });
                    first.others.push(before.cik);
                    *first_rank = rank;
                } else if found.cik != first.cik {
                    first.others.push(found.cik);
                }
            }
            None => filings.push((found, rank)),
        }
    }
    let oldest = filings.iter().filter_map(|(f, _)| f.filed.clone()).min();
    for (found, _) in filings {
        out.filing(found);
    }
    let start = url.query_pairs().find(|(n, _)| n == "start").and_then(|(_, v)| v.parse().ok()).unwrap_or(0);
    let past = ask.since.as_ref().zip(oldest).is_some_and(|(since, oldest)| oldest < *since);
    if count >= FEED_PAGE && !past {
        if start + FEED_PAGE < FURTHEST {
            out.list(Some(further(url, "start", start + FEED_PAGE)));
        } else {
            out.note(format!("the feed goes back further than {FURTHEST} filings: the daily index has them"));
        }
    }
    Ok(())
}

/// `FORM - NAME (CIK) (Role)`.
fn found(entry: &Entry) -> Option<(Found, u8)> {
    let basics = &entry.basics;
    let title = basics.title.as_ref()?.plain();
    let of_id = basics.id.as_deref().and_then(|id| id.split("accession-number=").nth(1)).map(str::to_string);
    let number = of_id.filter(|a| accession::is(a)).or_else(|| accession::in_name(basics.link.as_deref()?))?;
    let mut brackets = title.rsplit('(');
    let (role, cik) = (brackets.next()?, brackets.next()?);
    let cik: u32 = cik.trim().trim_end_matches(')').parse().ok()?;
    let head = &title[..title.rfind('(').and_then(|end| title[..end].rfind('('))?];
    let term = basics.categories.iter().find_map(|c| some(&c.term));
    let form = term.or_else(|| head.split(" - ").next().and_then(some))?;
    let company = head.strip_prefix(form.as_str()).map_or(head, |rest| rest.trim_start().trim_start_matches('-'));
    let updated = basics.updated.as_ref().and_then(|m| m.text.clone());
    let said = entry.summary.as_ref().map(|s| s.plain()).unwrap_or_default();
    let filed = said.split("Filed:").nth(1).and_then(|r| r.split_whitespace().next()).and_then(day);
    let rank = match role.trim().trim_end_matches(')') {
        "Filer" => 0,
        "Issuer" => 1,
        "Subject" => 2,
        _ => 3,
    };
    let found = Found {
        accession: number,
        cik,
        company: some(company),
        form,
        filed: filed.or_else(|| updated.as_deref().and_then(|u| u.get(..10)).and_then(day)),
        accepted: updated.and_then(|u| u.parse::<jiff::Timestamp>().ok()).map(|t| t.to_string()),
        ..Found::default()
    };
    Some((found, rank))
}
