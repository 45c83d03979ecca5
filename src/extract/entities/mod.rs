//! Entities: companies, funds, indices, coins, groups and governments named in
//! a text.
//!
//! What must not happen: a ticker for a word that only looks like one. A name
//! that is an ordinary word needs a business word beside it, a printed ticker,
//! or an unmistakable mention elsewhere in the document.

mod attach;
mod bare;
mod belief;
mod found;
mod names;
mod printed;
mod reader;
mod role;
mod telling;
mod unlisted;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

pub use found::Found;

use crate::lexicon::{Hit, Lexicon, WordId};
use crate::model::{EntityType, Segmented};
use attach::{Attacher, Told};
use reader::Reader;

/// A text of so few sentences is a snippet, not a document.
const SNIPPET: usize = 2;

/// The entities named in `text`, in order, not overlapping. `ids` and `hits`
/// are its words and phrases; `date` (`YYYY-MM-DD`) is the document's.
pub fn entities<'l>(
    text: &Segmented<'_>,
    ids: &[WordId],
    hits: &[Hit],
    lexicon: &'l Lexicon,
    date: Option<&str>,
) -> Vec<Found<'l>> {
    let lists = lexicon.entities();
    let r = Reader::new(text, lists);
    let mut told = Told::default();
    let mut candidates = names::candidates(&r, hits);
    unlisted::families(&r, lists, &mut candidates);
    let attacher = Attacher { r: &r, lists, names: &mut candidates, told: &mut told, date, out: Vec::new() };
    let mut out = attacher.run(printed::scan(&r));
    names::decide(&r, &mut candidates, &mut told.known);
    let mut covered = vec![false; r.len()];
    for f in &out {
        covered[f.first..f.end].fill(true);
    }
    let mut named = Vec::with_capacity(candidates.len());
    for c in &candidates {
        if covered[c.first..c.end].contains(&true)
            || !c.accepted
            || (c.end == c.first + 1 && told.abbreviations.contains(r.word(c.first)))
            || is_venue(&r, c.first, c.end, c.kind)
        {
            continue;
        }
        let id = told.moved.get(&c.name.entity).copied().unwrap_or(c.name.entity);
        let Some(entity) = lists.get(id) else { continue };
        if c.family {
            let name = text.tokens.clean_range(c.first, c.end).to_string();
            named.push(Found { kind: EntityType::Index, ..Found::unlisted(name, c.first..c.end) });
        } else {
            let mut found = Found::of(entity, id, c.first..c.end, date);
            // The share class or the ticker of its day, where the document prints it.
            if let Some(printed) = told.tickers.get(&id) {
                found.ticker = Some(printed.clone());
            }
            named.push(found);
        }
        covered[c.first..c.end].fill(true);
    }
    out.append(&mut named);
    let refused = candidates.iter().filter(|c| c.refused).map(|c| c.first).collect();
    let short = short_forms(&r, &told.short, &covered, &refused);
    add(&mut out, &mut covered, short);
    let mut bare = bare::bare(&r, lexicon, ids, &covered, &told.known, date);
    bare.retain(|f| !told.abbreviations.contains(r.word(f.first)));
    add(&mut out, &mut covered, bare);
    let firms = unlisted::firms(&r, &covered);
    add(&mut out, &mut covered, firms);
    out.sort_by_key(|f| f.first);
    widgets(&r, &mut out);
    role::mark(&r, lists, &mut out);
    for f in &mut out {
        f.span = text.tokens.span(f.first, f.end);
        // In a snippet a rater is not what the text is about: named, but not
        // as a security.
        if f.source && !f.explicit && text.sentences.len() <= SNIPPET {
            f.ticker = None;
            f.exchange = None;
        }
    }
    out
}

/// "Nvidia NVDA 1.41% were": the price widget behind a name belongs to it, and
/// its move is no statement of the text.
fn widgets(r: &Reader<'_, '_>, found: &mut [Found<'_>]) {
    for i in 1..found.len() {
        let (name, f) = (&found[i - 1], &found[i]);
        let own =
            f.explicit && f.name_end == f.first && name.end == f.first && f.entity.is_some() && name.entity == f.entity;
        let sign = f.end + usize::from(matches!(r.word(f.end), "+" | "-" | "▲" | "▼"));
        if own && r.kind(sign) == Some(crate::model::TokenKind::Number) && r.is(sign + 1, "%") {
            found[i].end = sign + 2;
        }
    }
}

fn add<'l>(out: &mut Vec<Found<'l>>, covered: &mut [bool], more: Vec<Found<'l>>) {
    for f in more {
        if let Some(range) = covered.get_mut(f.first..f.end) {
            range.fill(true);
            out.push(f);
        }
    }
}

/// First words of names that came with a ticker, later in the document.
fn short_forms<'l>(
    r: &Reader<'_, '_>,
    short: &HashMap<&str, Found<'l>>,
    covered: &[bool],
    refused: &HashSet<usize>,
) -> Vec<Found<'l>> {
    if short.is_empty() {
        return Vec::new();
    }
    let hit = |i: usize| {
        if covered[i] || !r.capital(i) || refused.contains(&i) {
            return None;
        }
        let f = short.get(r.word(i))?;
        Some(Found { first: i, end: i + 1, name_end: i + 1, ..f.clone() })
    };
    r.capitals().filter_map(hit).collect()
}

/// "Listed on the Nasdaq": the exchange, not the index.
fn is_venue(r: &Reader<'_, '_>, first: usize, end: usize, kind: EntityType) -> bool {
    if kind != EntityType::Index {
        return false;
    }
    let back = |n: usize| first.checked_sub(n).map_or("", |i| r.word(i));
    let on = matches!(back(1), "on" | "On") || (back(1) == "the" && back(2) == "on");
    let verb = if back(1) == "the" { back(3) } else { back(2) };
    let listed = on
        && matches!(
            verb.to_ascii_lowercase().as_str(),
            "listed"
                | "list"
                | "lists"
                | "listing"
                | "trade"
                | "traded"
                | "trading"
                | "trades"
                | "debut"
                | "debuted"
                | "public"
                | "ipo"
                | "shares"
                | "uplisted"
                | "quoted"
        );
    let venue = r.text.tokens.clean_range(first, end);
    listed && (venue.eq_ignore_ascii_case("nasdaq") || venue == "TSX")
        || r.is(end, "-") && r.glued(end) && matches!(r.word(end + 1), "listed" | "traded")
        || back(1) == "named"
        || venue.eq_ignore_ascii_case("nasdaq")
            && matches!(r.word(end), "delisted" | "delists" | "halted" | "halts" | "suspended" | "said" | "approved")
        || matches!(r.word(end), "Stock" | "Global" | "Capital" | "listing" | "exchange" | "Exchange")
}
