//! Attach: which name a printed ticker belongs to, and whether to believe it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::belief::{Before, Belief, before, believe, home_root, is_class, joined, usable};
use super::found::Found;
use super::names::Candidate;
use super::printed::{Item, Printed};
use super::reader::Reader;
use crate::lexicon::{Bare, Entities, EntityCue as Cue, EntityId, Firm, Symbol, Venue};
use crate::model::EntityType;

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

/// Turns printed tickers into entities, and accepts the names they belong to.
pub(super) struct Attacher<'w, 'a, 't, 'l> {
    pub(super) r: &'w Reader<'a, 't>,
    pub(super) lists: &'l Entities,
    pub(super) names: &'w mut [Candidate],
    pub(super) told: &'w mut Told<'a, 'l>,
    pub(super) date: Option<&'w str>,
    pub(super) out: Vec<Found<'l>>,
}

impl<'l> Attacher<'_, '_, '_, 'l> {
    pub(super) fn run(mut self, printed: Vec<Printed>) -> Vec<Found<'l>> {
        let mut unknown = Vec::new();
        for group in joined(printed) {
            let mut before = before(self.r, &group, self.names);
            let belief = believe(self.r, &group, &before, self.names);
            if before.candidate.and_then(|c| self.names.get(c)).is_some_and(is_class) {
                before = Before { first: group.first, end: group.first, candidate: None, fund: false };
            }
            match belief {
                Belief::Yes => self.group(&group, &before),
                Belief::Maybe => unknown.push((group, before)),
                Belief::No => {
                    if let [item] = group.items.as_slice() {
                        self.told.abbreviations.insert(self.r.word(item.first));
                    }
                }
            }
        }
        // Tickers that no list has are believed where others stand in the same form.
        if self.told.brackets >= 2 {
            for (group, before) in unknown {
                self.group(&group, &before);
            }
        }
        self.out
    }

    /// One bracket: several issuers, or one with its name.
    fn group(&mut self, group: &Printed, before: &Before) {
        let attached = before.candidate.and_then(|c| self.names.get(c)).map(|c| c.name.entity);
        self.told.brackets += usize::from(group.bracket);
        let mut issuers: Vec<Option<EntityId>> =
            group.items.iter().map(|i| owner(self.lists, i, attached, self.date).map(|s| s.entity)).collect();
        issuers.dedup();
        if group.items.len() > 1 && issuers.len() > 1 && group.items.iter().all(|i| i.venue.is_none()) {
            for item in &group.items {
                let found = self.single(item, None, item.first..item.end);
                self.out.push(found);
            }
        } else if let Some(item) = main_item(self.lists, group, attached) {
            self.issuer(group, before, item, attached);
        }
    }

    /// A bracket that belongs to one issuer.
    fn issuer(&mut self, group: &Printed, before: &Before, item: &Item, attached: Option<EntityId>) {
        let (r, lists) = (self.r, self.lists);
        let range = before.first..group.end;
        let candidate = before.candidate.and_then(|c| self.names.get_mut(c));
        let candidate = candidate.map(|c| {
            c.accepted = true;
            *c
        });
        let wins = candidate.filter(|c| name_wins(lists, c, item));
        let mut found = match wins.and_then(|c| lists.get(c.name.entity).map(|e| (c.name.entity, e))) {
            Some((id, entity)) => Found { explicit: true, ..Found::of(entity, id, range, self.date) },
            None => self.single(item, attached, range),
        };
        found.name_end = before.end;
        if found.entity.is_none() && before.first < before.end && candidate.is_none() {
            let name = r.text.tokens.clean_range(before.first, r.over_legal(before.end).0);
            found.canonical = Cow::Owned(name.to_string());
        }
        if unrelated(r, lists, before, &found, item) {
            found.entity = None;
            found.cik = None;
            found.exchange = None;
            found.kind = EntityType::Company;
            found.canonical = Cow::Owned(r.text.tokens.clean_range(before.first, before.end).to_string());
        }
        let company = candidate.filter(|c| c.kind == EntityType::Company).map(|c| c.name.entity);
        if let (Some(from), Some(to)) = (company, found.entity)
            && from != to
        {
            self.told.moved.insert(from, to);
        }
        let word = r.word(before.first);
        let named = before.first < before.end && !before.fund && word.len() >= 4 && r.capital(before.first);
        if named && !r.cue(before.first).has(Cue::GENERIC) && !r.lists.is_given_name(word) {
            self.told.short.entry(word).or_insert_with(|| Found { explicit: false, ..found.clone() });
        }
        self.out.push(found);
    }

    /// The entity that one printed ticker stands for.
    fn single(&mut self, item: &Item, attached: Option<EntityId>, range: std::ops::Range<usize>) -> Found<'l> {
        let abroad = matches!(item.venue, Some(Venue::Abroad(_)));
        let owner = owner(self.lists, item, attached, self.date);
        let symbol = owner.filter(|_| !abroad || attached.is_some() || item.ticker.contains('.'));
        let id = symbol.map(|s| s.entity).or(attached);
        let mut found = match id.and_then(|id| self.lists.get(id).map(|e| (id, e))) {
            Some((id, entity)) => {
                self.told.known.insert(id);
                Found::of(entity, id, range, self.date)
            }
            None => Found::unlisted(item.ticker.clone(), range),
        };
        let rooted = symbol.is_none() && home_root(found.ticker.as_deref(), &item.ticker);
        if !(rooted || abroad && symbol.is_none() && found.ticker.is_some()) {
            found.ticker = Some(symbol.map_or_else(|| Cow::Owned(item.ticker.clone()), |s| Cow::Borrowed(&*s.ticker)));
        }
        if id.is_none() && item.venue.is_none() && coin_talk(self.r, item.first) {
            found.kind = EntityType::Crypto;
        }
        found.explicit = true;
        if let (Some(id), Some(ticker)) = (found.entity, &found.ticker) {
            let own = self.lists.get(id).is_some_and(|e| e.ticker.as_deref() == Some(ticker));
            let slot = self.told.tickers.entry(id).or_insert_with(|| ticker.clone());
            if own {
                *slot = ticker.clone();
            }
        }
        found
    }
}

/// The ticker of a bracket that records give: the name's own, else one of a US
/// exchange, else one that the lists have.
fn main_item<'g>(lists: &Entities, group: &'g Printed, attached: Option<EntityId>) -> Option<&'g Item> {
    let own = attached.and_then(|id| lists.get(id)).and_then(|e| e.ticker.as_deref());
    let first = |test: &dyn Fn(&Item) -> bool| group.items.iter().find(|i| test(i));
    first(&|i| Some(i.ticker.as_str()) == own)
        .or_else(|| first(&|i| i.venue == Some(Venue::Us)))
        .or_else(|| first(&|i| !lists.symbols(&i.ticker).is_empty() && usable(i)))
        .or_else(|| first(&usable))
}

/// An index keeps its symbol whatever is printed ("Kospi (KOSPI)"), and a name
/// known for sure beats a printed word that is another company's ticker by
/// chance.
fn name_wins(lists: &Entities, c: &Candidate, item: &Item) -> bool {
    let symbols = lists.symbols(&item.ticker);
    if c.kind == EntityType::Index && symbols.is_empty() && !item.marked {
        return true;
    }
    let other = symbols.first().filter(|_| !symbols.iter().any(|s| s.entity == c.name.entity));
    c.kind == EntityType::Company
        && c.name.firm == Firm::Sure
        && other.is_some_and(|s| matches!(s.bare, Bare::Never | Bare::Stock) && s.until.is_none())
}

/// A name of several words that shares none with today's owner of the ticker:
/// another company had it then.
fn unrelated(r: &Reader<'_, '_>, lists: &Entities, before: &Before, found: &Found<'_>, item: &Item) -> bool {
    let Some(entity) = found.entity.and_then(|id| lists.get(id)) else { return false };
    if before.fund || before.candidate.is_some() || item.venue.is_some() || before.end < before.first + 2 {
        return false;
    }
    let owner = entity.canonical.to_lowercase();
    !(before.first..before.end)
        .filter(|i| r.word(*i).len() > 2 && !r.cue(*i).has(Cue::LEGAL))
        .any(|i| owner.contains(&r.word(i).to_lowercase()))
}

/// The owner of a ticker, the attached name's entity before others.
fn owner<'l>(lists: &'l Entities, item: &Item, attached: Option<EntityId>, date: Option<&str>) -> Option<&'l Symbol> {
    let symbols = lists.symbols(&item.ticker);
    let named = symbols.iter().find(|s| Some(s.entity) == attached);
    // "Michelin (ML)": the root of its home listing.
    let own = attached.and_then(|id| lists.get(id)).and_then(|e| e.ticker.as_deref());
    if named.is_none() && home_root(own, &item.ticker) {
        return None;
    }
    // "Rolls-Royce (LON: RR)": another company's ticker in New York.
    if attached.is_some() && matches!(item.venue, Some(Venue::Abroad(_))) {
        return named;
    }
    let then = || symbols.iter().find(|s| s.until.is_some() && !s.is_former(date));
    let us = || {
        symbols.iter().find(|s| {
            item.venue == Some(Venue::Us) && lists.get(s.entity).is_some_and(|e| e.kind != EntityType::Crypto)
        })
    };
    named.or_else(then).or_else(us).or_else(|| symbols.first())
}

/// Words about coins stand near.
fn coin_talk(r: &Reader<'_, '_>, at: usize) -> bool {
    (at.saturating_sub(8)..(at + 9).min(r.len())).any(|i| r.cue(i).has(Cue::COIN))
}
