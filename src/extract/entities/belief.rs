//! Belief: whether a printed bracket holds tickers, and which name it follows.

use super::names::Candidate;
use super::printed::{Item, Printed};
use super::reader::{Case, Reader};
use crate::lexicon::{Bare, EntityCue as Cue, Firm, Symbol};
use crate::model::{EntityType, Shape, TokenKind};

/// The name before a printed ticker.
pub(super) struct Before {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) candidate: Option<usize>,
    /// It describes a fund ("the iShares software fund"); it is no name.
    pub(super) fund: bool,
}

/// Brackets that follow each other directly belong to one issuer.
pub(super) fn joined(printed: Vec<Printed>) -> Vec<Printed> {
    let mut out: Vec<Printed> = Vec::with_capacity(printed.len());
    for next in printed {
        match out.last_mut() {
            Some(last) if last.bracket && next.bracket && last.end == next.first => {
                last.end = next.end;
                last.items.extend(next.items);
            }
            _ => out.push(next),
        }
    }
    out
}

/// The name that ends where the group begins.
pub(super) fn before(r: &Reader<'_, '_>, group: &Printed, names: &[Candidate]) -> Before {
    let nothing = Before { first: group.first, end: group.first, candidate: None, fund: false };
    if !group.bracket {
        return nothing;
    }
    let mut end = group.first;
    for _ in 0..4 {
        // "Lowe's (LOW)": the possessive belongs to the name.
        if ends_at(names, end).is_some() {
            break;
        }
        match end.checked_sub(1) {
            Some(prev) if matches!(r.word(prev), "]" | "*" | "\"" | "'s" | "'S" | "_" | "'" | "®" | "™") => {
                end = prev
            }
            _ => break,
        }
    }
    if let Some((at, c)) = ends_at(names, end) {
        return Before { first: c.first, end, candidate: Some(at), fund: false };
    }
    if let Some(first) = fund_described(r, end) {
        return Before { first, end, candidate: None, fund: true };
    }
    let mut first = end;
    let legal_point = |i: usize| r.is(i, ".") && i > 0 && r.cue(i - 1).has(Cue::LEGAL);
    while let Some(prev) = r.before(first) {
        let inner = matches!(r.word(prev), "&" | "-" | "." | "," | "of" | "and" | "'s" | "'" | "/") && first < end
            || legal_point(prev);
        let number = r.kind(prev) == Some(TokenKind::Number) && (r.glued(first) || first == end);
        let longest = end - prev > 8;
        if longest
            || !(r.capital(prev) || inner || number)
            || (r.is(prev, ".") && !r.glued(first) && !legal_point(prev))
            || (r.is(prev, ",") && !r.cue(first).has(Cue::LEGAL))
        {
            break;
        }
        first = prev;
    }
    while first < end
        && (!r.capital(first) && r.kind(first) != Some(TokenKind::Number)
            || matches!(r.word(first), "The" | "A" | "An" | "In" | "And" | "Shares" | "At" | "For"))
    {
        first += 1;
    }
    Before { first, end, candidate: None, fund: false }
}

/// The name that ends at a token.
fn ends_at(names: &[Candidate], end: usize) -> Option<(usize, &Candidate)> {
    let at = names.partition_point(|c| c.end < end);
    names.get(at).filter(|c| c.end == end).map(|c| (at, c))
}

/// Where the description of a fund begins that ends before `end`: with the
/// capital words of its issuer, or behind "the", "a".
fn fund_described(r: &Reader<'_, '_>, end: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let head = r.before(end).filter(|h| matches!(r.word(*h), "fund" | "etf" | "tracker" | "trust" | "ETF"))?;
    let describes = |i: usize| r.is_word(i) || r.is(i, "-") && r.glued(i) || r.is(i, "&");
    let mut first = head;
    while let Some(prev) = r.before(first).filter(|p| describes(*p) && end - p <= LONGEST) {
        if matches!(r.word(prev).to_ascii_lowercase().as_str(), "the" | "a" | "an" | "its" | "this" | "that") {
            return (first < head).then_some(first);
        }
        // The issuer's name ends the description on its left.
        if r.capital(prev) && !r.before(prev).is_some_and(|p| r.capital(p) && !r.starts(p)) {
            let known = r.cue(prev).has(Cue::GENERIC) || !r.starts(prev);
            return known.then_some(prev);
        }
        first = prev;
    }
    None
}

/// Whether a bracket is believed.
pub(super) enum Belief {
    Yes,
    /// When others in the document are.
    Maybe,
    No,
}

/// Whether the bracket holds tickers.
pub(super) fn believe(r: &Reader<'_, '_>, group: &Printed, before: &Before, names: &[Candidate]) -> Belief {
    let yes = |b: bool| if b { Belief::Yes } else { Belief::No };
    if group.cashtag || group.items.iter().any(|i| i.venue.is_some() || (i.marked && i.ticker.contains('.'))) {
        return yes(group.items.iter().any(usable));
    }
    if !group.bracket {
        return Belief::Yes;
    }
    if r.is(group.first, "<") {
        return yes(before.first < before.end);
    }
    let candidate = before.candidate.and_then(|c| names.get(c));
    // "Michelin (ML)": the root of its home listing.
    if let ([item], Some(c)) = (group.items.as_slice(), candidate)
        && home_root(r.lists.get(c.name.entity).and_then(|e| e.ticker.as_deref()), &item.ticker)
    {
        return Belief::Yes;
    }
    let symbols: Vec<&[Symbol]> = group.items.iter().map(|i| r.lists.symbols(&i.ticker)).collect();
    if symbols.len() > 1 {
        return yes(symbols.iter().all(|s| s.first().is_some_and(|s| s.bare != Bare::Never) || own(s, candidate)));
    }
    let (Some(symbols), Some(item)) = (symbols.first(), group.items.first()) else { return Belief::No };
    if own(symbols, candidate) {
        return Belief::Yes;
    }
    if let Some(c) = candidate.filter(|c| is_class(c)) {
        // "Technology (XLK)": a fund of the sector.
        let fund = symbols.first().filter(|s| s.bare != Bare::Never).and_then(|s| r.lists.get(s.entity));
        return yes(c.kind != EntityType::Government && fund.is_some_and(|e| e.kind == EntityType::Etf));
    }
    if is_acronym(r, before, &item.ticker) && !symbols.first().is_some_and(|s| shares_a_word(r, before, s)) {
        return Belief::No;
    }
    if before.fund {
        // Any words may describe it: the ticker must be that of a fund.
        let fund = symbols.first().filter(|s| !matches!(s.bare, Bare::Never)).and_then(|s| r.lists.get(s.entity));
        return yes(fund.is_some_and(|e| e.kind == EntityType::Etf));
    }
    let named = before.first < before.end;
    let Some(symbol) = symbols.first() else {
        let name_like = named
            && r.shape(before.end - 1) != Shape::Upper
            && item.ticker.len() >= 2
            && r.case(group.first) == Case::Running;
        return if name_like { Belief::Maybe } else { Belief::No };
    };
    if candidate.is_some() {
        return yes(symbol.bare != Bare::Never
            || candidate.is_some_and(|c| c.kind == EntityType::Company && c.name.firm <= Firm::Phrase));
    }
    let doubtful = matches!(symbol.bare, Bare::Never | Bare::Stock);
    if named {
        return yes(!doubtful && fund_like(r, before, symbol));
    }
    let prev = r.before(group.first);
    // "The fund (ARKK)"
    let fund = prev.is_some_and(|p| matches!(r.word(p), "fund" | "etf" | "ETF" | "tracker" | "trust"));
    if fund && r.lists.get(symbol.entity).is_some_and(|e| e.kind == EntityType::Etf) {
        return yes(symbol.bare != Bare::Never);
    }
    // "Class A stock (BRK.A)"
    let stock = |p: usize| matches!(r.word(p), "and" | "stock" | "shares");
    yes(!doubtful && prev.is_none_or(|p| !r.is_word(p) || stock(p)))
}

/// A sector, a good, a government: its name is not a security's.
pub(super) fn is_class(c: &Candidate) -> bool {
    !matches!(c.kind, EntityType::Company | EntityType::Etf | EntityType::Index | EntityType::Crypto)
}

/// A fund's ticker stands after the fund's name, not after any capital word.
fn fund_like(r: &Reader<'_, '_>, before: &Before, symbol: &Symbol) -> bool {
    let fund = r.lists.get(symbol.entity).is_some_and(|e| e.kind == EntityType::Etf);
    let fund_word = |i: usize| matches!(r.word(i), "ETF" | "Fund" | "Trust" | "ETN" | "Shares" | "Index");
    !fund || (before.first..before.end).any(fund_word) || shares_a_word(r, before, symbol)
}

/// The name before the ticker and the ticker's owner have a word in common.
fn shares_a_word(r: &Reader<'_, '_>, before: &Before, symbol: &Symbol) -> bool {
    let Some(entity) = r.lists.get(symbol.entity) else { return false };
    let owner = entity.canonical.to_lowercase();
    (before.first..before.end).any(|i| r.word(i).len() > 2 && owner.contains(&r.word(i).to_lowercase()))
}

/// Numbers of foreign lists without a suffix say nothing.
pub(super) fn usable(item: &Item) -> bool {
    item.marked || item.ticker.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Whether the printed letters are a home listing's ticker without its suffix.
pub(super) fn home_root(ticker: Option<&str>, printed: &str) -> bool {
    ticker.and_then(|t| t.split_once('.')).is_some_and(|(root, suffix)| root == printed && suffix.len() > 1)
}

/// One of the ticker's owners is the name before it.
fn own(symbols: &[Symbol], candidate: Option<&Candidate>) -> bool {
    candidate.is_some_and(|c| symbols.iter().any(|s| s.entity == c.name.entity))
}

/// "Shell Petroleum Development Company (SPDC)".
fn is_acronym(r: &Reader<'_, '_>, before: &Before, ticker: &str) -> bool {
    let mut at = before.end;
    for letter in ticker.bytes().rev() {
        loop {
            let Some(prev) = r.before(at) else { return false };
            at = prev;
            if r.is_word(at) && !matches!(r.word(at), "of" | "and" | "the" | "for" | "to") {
                break;
            }
            if !r.is_word(at) && !matches!(r.word(at), "-" | "&" | "\"" | "'") {
                return false;
            }
        }
        if !r.word(at).as_bytes().first().is_some_and(|b| b.eq_ignore_ascii_case(&letter)) {
            return false;
        }
    }
    ticker.len() > 1
}
