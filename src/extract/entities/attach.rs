//! Attach: which name a printed ticker belongs to, and whether to believe it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::found::Found;
use super::names::Candidate;
use super::printed::{Item, Printed};
use super::reader::{Case, Reader};
use crate::lexicon::{Bare, Cue, EntityId, Firm, Symbol, Venue};
use crate::model::{EntityType, Shape, TokenKind};

/// What the document itself says of names and tickers.
#[derive(Default)]
pub(super) struct Told<'a, 'l> {
    /// Entities whose ticker is printed.
    pub(super) known: HashSet<EntityId>,
    /// First words of names that came with a ticker.
    pub(super) short: HashMap<&'a str, Found<'l>>,
    /// Names that the document gives to another entity than the lists do.
    pub(super) moved: HashMap<EntityId, EntityId>,
    /// Tickers printed for entities of the lists.
    pub(super) tickers: HashMap<EntityId, Cow<'l, str>>,
    /// Abbreviations that the document explains otherwise.
    pub(super) abbreviations: HashSet<&'a str>,
    /// Printed tickers of brackets believed so far.
    brackets: usize,
}

/// The name before a printed ticker.
struct Before {
    first: usize,
    end: usize,
    candidate: Option<usize>,
}

/// Turns printed tickers into entities; the names they belong to are accepted.
pub(super) fn attach<'a, 'l>(
    r: &Reader<'a, '_>,
    lists: &'l crate::lexicon::Entities,
    printed: Vec<Printed>,
    names: &mut [Candidate],
    told: &mut Told<'a, 'l>,
    date: Option<&str>,
) -> Vec<Found<'l>> {
    let mut out = Vec::new();
    let mut unknown = Vec::new();
    for group in joined(printed) {
        let before = before(r, &group, names);
        match settle(r, &group, &before, names) {
            Belief::Yes => emit(r, lists, &group, &before, names, told, date, &mut out),
            Belief::Maybe => unknown.push((group, before)),
            Belief::No => {
                if let [item] = group.items.as_slice() {
                    told.abbreviations.insert(r.word(item.first));
                }
            }
        }
    }
    // Tickers that no list has are believed where others stand in the same form.
    if told.brackets >= 2 {
        for (group, before) in unknown {
            emit(r, lists, &group, &before, names, told, date, &mut out);
        }
    }
    out
}

/// Brackets that follow each other directly belong to one issuer.
fn joined(printed: Vec<Printed>) -> Vec<Printed> {
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
fn before(r: &Reader<'_, '_>, group: &Printed, names: &[Candidate]) -> Before {
    let nothing = Before { first: group.first, end: group.first, candidate: None };
    if !group.bracket {
        return nothing;
    }
    let mut end = group.first;
    for _ in 0..4 {
        match end.checked_sub(1) {
            Some(prev) if matches!(r.word(prev), "]" | "*" | "\"" | "'s" | "'S" | "_" | "'" | "®" | "™") => {
                end = prev
            }
            _ => break,
        }
    }
    let at = names.partition_point(|c| c.end < end);
    if let Some(c) = names.get(at).filter(|c| c.end == end) {
        return Before { first: c.first, end, candidate: Some(at) };
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
    Before { first, end, candidate: None }
}

enum Belief {
    Yes,
    Maybe,
    No,
}

fn settle(r: &Reader<'_, '_>, group: &Printed, before: &Before, names: &[Candidate]) -> Belief {
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
    let symbols: Vec<&[Symbol]> = group.items.iter().map(|i| r.lists.symbols(&i.ticker)).collect();
    if symbols.len() > 1 {
        return yes(symbols.iter().all(|s| s.first().is_some_and(|s| s.bare != Bare::Never) || own(s, candidate)));
    }
    let (Some(symbols), Some(item)) = (symbols.first(), group.items.first()) else { return Belief::No };
    if own(symbols, candidate) {
        return Belief::Yes;
    }
    if is_acronym(r, before, &item.ticker)
        || candidate.is_some_and(|c| {
            matches!(
                c.kind,
                EntityType::Government
                    | EntityType::Sector
                    | EntityType::Commodity
                    | EntityType::AssetClass
                    | EntityType::Currency
            )
        })
    {
        return Belief::No;
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
    yes(!doubtful && prev.is_none_or(|p| !r.is_word(p) || r.is(p, "and")))
}

/// A fund's ticker stands after the fund's name, not after any capital word.
fn fund_like(r: &Reader<'_, '_>, before: &Before, symbol: &Symbol) -> bool {
    let Some(entity) = r.lists.get(symbol.entity).filter(|e| e.kind == EntityType::Etf) else { return true };
    let owner = entity.canonical.to_lowercase();
    (before.first..before.end).any(|i| {
        matches!(r.word(i), "ETF" | "Fund" | "Trust" | "ETN" | "Shares" | "Index")
            || (r.word(i).len() > 2 && owner.contains(&r.word(i).to_lowercase()))
    })
}

/// Numbers of foreign lists without a suffix say nothing.
fn usable(item: &Item) -> bool {
    item.marked || item.ticker.bytes().any(|b| b.is_ascii_alphabetic())
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

#[allow(clippy::too_many_arguments)]
fn emit<'a, 'l>(
    r: &Reader<'a, '_>,
    lists: &'l crate::lexicon::Entities,
    group: &Printed,
    before: &Before,
    names: &mut [Candidate],
    told: &mut Told<'a, 'l>,
    date: Option<&str>,
    out: &mut Vec<Found<'l>>,
) {
    let attached = before.candidate.map(|c| names[c].name.entity);
    told.brackets += usize::from(group.bracket);
    let mut issuers: Vec<Option<EntityId>> =
        group.items.iter().map(|i| owner(lists, i, attached).map(|s| s.entity)).collect();
    issuers.dedup();
    let separate = group.items.len() > 1 && issuers.len() > 1 && group.items.iter().all(|i| i.venue.is_none());
    if separate {
        for item in &group.items {
            out.extend(single(r, lists, item, None, item.first..item.end, told, date));
        }
        return;
    }
    let us = group.items.iter().position(|i| i.venue == Some(Venue::Us));
    let known = || group.items.iter().position(|i| !lists.symbols(&i.ticker).is_empty() && usable(i));
    let main = || {
        let ticker = attached.and_then(|id| lists.get(id)).and_then(|e| e.ticker.as_deref());
        group.items.iter().position(|i| Some(i.ticker.as_str()) == ticker)
    };
    let Some(item) =
        main().or(us).or_else(known).or_else(|| group.items.iter().position(usable)).and_then(|i| group.items.get(i))
    else {
        return;
    };
    if let Some(c) = before.candidate.and_then(|c| names.get_mut(c)) {
        c.accepted = true;
    }
    let wins = before.candidate.and_then(|c| names.get(c)).filter(|c| name_wins(lists, c, item));
    let found = match wins {
        Some(c) => lists
            .get(c.name.entity)
            .map(|e| Found { explicit: true, ..Found::of(e, c.name.entity, before.first..group.end, date) }),
        None => single(r, lists, item, attached, before.first..group.end, told, date),
    };
    let Some(mut found) = found else { return };
    found.name_end = before.end;
    if found.entity.is_none() && before.first < before.end && before.candidate.is_none() {
        found.canonical = Cow::Owned(r.text.tokens.clean_range(before.first, r.over_legal(before.end).0).to_string());
    }
    if unrelated(r, lists, before, &found, item) {
        found.entity = None;
        found.cik = None;
        found.exchange = None;
        found.kind = EntityType::Company;
        found.canonical = Cow::Owned(r.text.tokens.clean_range(before.first, before.end).to_string());
    }
    if let (Some(from), Some(to)) = (attached, found.entity) {
        if from != to {
            told.moved.insert(from, to);
        }
    }
    if before.first < before.end {
        let word = r.word(before.first);
        if word.len() >= 4 && r.capital(before.first) && !r.cue(before.first).has(Cue::GENERIC) {
            told.short.entry(word).or_insert_with(|| Found { explicit: false, ..found.clone() });
        }
    }
    out.push(found);
}

/// An index keeps its symbol whatever is printed ("Kospi (KOSPI)"), and a name
/// known for sure beats a printed word that is another company's ticker by
/// chance.
fn name_wins(lists: &crate::lexicon::Entities, c: &Candidate, item: &Item) -> bool {
    let symbols = lists.symbols(&item.ticker);
    if c.kind == EntityType::Index && symbols.is_empty() && !item.marked {
        return true;
    }
    let other = symbols.first().filter(|_| !symbols.iter().any(|s| s.entity == c.name.entity));
    c.kind == EntityType::Company
        && c.name.firm == Firm::Sure
        && other.is_some_and(|s| matches!(s.bare, Bare::Never | Bare::Stock) && !s.former)
}

/// A name of several words that shares none with today's owner of the ticker:
/// another company had it then.
fn unrelated(
    r: &Reader<'_, '_>,
    lists: &crate::lexicon::Entities,
    before: &Before,
    found: &Found<'_>,
    item: &Item,
) -> bool {
    let Some(entity) = found.entity.and_then(|id| lists.get(id)) else { return false };
    if before.candidate.is_some() || item.venue.is_some() || before.end < before.first + 2 {
        return false;
    }
    let owner = entity.canonical.to_lowercase();
    !(before.first..before.end)
        .filter(|i| r.word(*i).len() > 2 && !r.cue(*i).has(Cue::LEGAL))
        .any(|i| owner.contains(&r.word(i).to_lowercase()))
}

/// The owner of a ticker, the attached name's entity before others.
fn owner<'l>(lists: &'l crate::lexicon::Entities, item: &Item, attached: Option<EntityId>) -> Option<&'l Symbol> {
    let symbols = lists.symbols(&item.ticker);
    let named = symbols.iter().find(|s| Some(s.entity) == attached);
    let us = || {
        symbols.iter().find(|s| {
            item.venue == Some(Venue::Us) && lists.get(s.entity).is_some_and(|e| e.kind != EntityType::Crypto)
        })
    };
    named.or_else(us).or_else(|| symbols.first())
}

/// The entity that one printed ticker stands for.
fn single<'l>(
    r: &Reader<'_, '_>,
    lists: &'l crate::lexicon::Entities,
    item: &Item,
    attached: Option<EntityId>,
    range: std::ops::Range<usize>,
    told: &mut Told<'_, 'l>,
    date: Option<&str>,
) -> Option<Found<'l>> {
    let symbol = owner(lists, item, attached)
        .filter(|_| !matches!(item.venue, Some(Venue::Abroad(_))) || attached.is_some() || item.ticker.contains('.'));
    let id = symbol.map(|s| s.entity).or(attached);
    let mut found = match id.and_then(|id| lists.get(id).map(|e| (id, e))) {
        Some((id, entity)) => {
            told.known.insert(id);
            Found::of(entity, id, range, date)
        }
        None => Found::unlisted(item.ticker.clone(), range),
    };
    let foreign_only = matches!(item.venue, Some(Venue::Abroad(_))) && symbol.is_none() && found.ticker.is_some();
    if !foreign_only {
        found.ticker = Some(symbol.map_or_else(|| Cow::Owned(item.ticker.clone()), |s| Cow::Borrowed(&*s.ticker)));
    }
    if symbol.is_none() && item.venue.is_none() && found.entity.is_none() && coin_talk(r, item.first) {
        found.kind = EntityType::Crypto;
    }
    found.explicit = true;
    if let (Some(id), Some(ticker)) = (found.entity, &found.ticker) {
        told.tickers.entry(id).or_insert_with(|| ticker.clone());
    }
    Some(found)
}

/// Words about coins stand near.
fn coin_talk(r: &Reader<'_, '_>, at: usize) -> bool {
    (at.saturating_sub(8)..(at + 9).min(r.len())).any(|i| r.cue(i).has(Cue::COIN))
}
