//! Names: which phrases of the lists stand for an entity here.

use std::collections::HashSet;

use super::reader::{Case, Reader};
use super::telling::business;
use crate::lexicon::{EntityCue as Cue, EntityId, Firm, Hit, List, Name};
use crate::model::{EntityType, TokenKind};

/// A phrase of the lists, written as it should be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) first: usize,
    /// One past the phrase.
    pub(super) phrase_end: usize,
    /// One past the legal form after it.
    pub(super) end: usize,
    pub(super) name: Name,
    pub(super) kind: EntityType,
    /// A legal form follows.
    pub(super) legal: bool,
    pub(super) accepted: bool,
    /// Shown to mean something else.
    pub(super) refused: bool,
    /// The words go on: an index of the family without a symbol of its own.
    pub(super) family: bool,
}

/// The longest well-written phrases, in order, not overlapping.
pub(super) fn candidates(r: &Reader<'_, '_>, hits: &[Hit]) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let mut best: Option<Candidate> = None;
    for hit in hits {
        if hit.sense.list != List::Entity {
            continue;
        }
        if let Some(done) = best.take_if(|b| hit.first != b.first) {
            out.push(done);
        }
        if out.last().is_some_and(|last| hit.first < last.end) {
            continue;
        }
        let Some(name) = r.lists.name(hit.sense.index) else { continue };
        if is_written(r, hit, name) && stands_free(r, hit, name) && same_letters(r, hit, name) {
            best = Some(candidate(r, hit, name)).filter(|c| best.is_none_or(|b| c.phrase_end > b.phrase_end)).or(best);
        }
    }
    out.extend(best);
    out
}

fn is_written(r: &Reader<'_, '_>, hit: &Hit, name: &Name) -> bool {
    let (mut capital, mut upper) = (name.written.capital, name.written.upper);
    let mut at = hit.first;
    while capital | upper != 0 && at < hit.end {
        let word = r.is_word(at);
        if capital & 1 != 0 && word && !r.capital(at) {
            return false;
        }
        if upper & 1 != 0 && word && r.shape(at) != crate::model::Shape::Upper {
            return false;
        }
        capital >>= 1;
        upper >>= 1;
        at += 1;
    }
    true
}

/// "Über" is not "Uber".
fn same_letters(r: &Reader<'_, '_>, hit: &Hit, name: &Name) -> bool {
    let text = r.text.tokens.text;
    let initial = |s: &str| s.chars().next().is_some_and(|c| c.is_ascii());
    let printed = r.text.tokens.span(hit.first, hit.end).of(text);
    initial(printed) || !r.is_word(hit.first) || r.lists.get(name.entity).is_some_and(|e| !initial(&e.canonical))
}

/// Not a part of an address, a tag or a hyphenated word.
fn stands_free(r: &Reader<'_, '_>, hit: &Hit, name: &Name) -> bool {
    let plain = name.written.capital == 0;
    let joined = |sign: usize, word: usize| r.is(sign, "-") && r.glued(sign) && r.glued(sign + 1) && r.capital(word);
    if name.firm != Firm::Sure
        && hit.end == hit.first + 1
        && (hit.first > 1 && joined(hit.first - 1, hit.first - 2) || joined(hit.end, hit.end + 1))
    {
        return false;
    }
    if r.glued(hit.first) {
        let prev = r.word(hit.first - 1);
        if r.is_word(hit.first - 1)
            || matches!(prev, "@" | "#" | "_" | "." | "=" | "\\")
            || (plain && matches!(prev, "-" | "/"))
            || r.kind(hit.first - 1) == Some(TokenKind::Number)
        {
            return false;
        }
    }
    if r.glued(hit.end) {
        let next = r.word(hit.end);
        if r.is_word(hit.end) && !next.starts_with('\'')
            || matches!(next, "_" | "@" | "=")
            || (plain && matches!(next, "-" | "/") && r.glued(hit.end + 1))
            || r.kind(hit.end) == Some(TokenKind::Number)
        {
            return false;
        }
        if next == "." && r.glued(hit.end + 1) && r.is_word(hit.end + 1) {
            return false;
        }
    }
    true
}

fn candidate(r: &Reader<'_, '_>, hit: &Hit, name: &Name) -> Candidate {
    let kind = r.lists.get(name.entity).map_or(EntityType::Company, |e| e.kind);
    let (end, legal) = if kind == EntityType::Company { r.over_legal(hit.end) } else { (hit.end, false) };
    Candidate {
        first: hit.first,
        phrase_end: hit.end,
        end,
        name: *name,
        kind,
        legal,
        accepted: false,
        refused: false,
        family: false,
    }
}

/// Decides which candidates stand for their entity; `known` are the entities
/// whose tickers are printed, and grows by those named beyond doubt.
pub(super) fn decide(r: &Reader<'_, '_>, list: &mut [Candidate], known: &mut HashSet<EntityId>) {
    for c in list.iter_mut() {
        if c.kind != EntityType::Company {
            c.refused |= r.lists.is_blocked(&c.name, r.word(c.phrase_end)) || within_firm(r, c);
            c.accepted = !c.refused;
        } else if !c.accepted {
            c.refused |= refused(r, c);
            c.accepted = !c.refused && (c.legal || believed(r, c));
        }
        if c.accepted {
            known.insert(c.name.entity);
        }
    }
    // In lists of companies one name vouches for the next.
    for i in (0..list.len()).chain((0..list.len()).rev()) {
        let near = [i.checked_sub(1), Some(i + 1)];
        let vouched = near
            .into_iter()
            .flatten()
            .filter_map(|k| list.get(k))
            .any(|o| o.accepted && o.kind == EntityType::Company && coordinated(r, o, &list[i]));
        if !list[i].accepted && !list[i].refused && vouched && list[i].name.firm != Firm::Context {
            list[i].accepted = true;
            known.insert(list[i].name.entity);
        }
    }
    rows(r, list, known);
    for c in list.iter_mut().filter(|c| !c.accepted && !c.refused) {
        c.accepted = known.contains(&c.name.entity)
            && (c.name.firm <= Firm::Capital
                || !r.starts(c.first)
                || r.cue(c.end).has(Cue::VERB | Cue::ACT)
                || matches!(r.word(c.end), "is" | "was" | "has" | "will" | "'s" | "also"));
    }
}

/// "Tullow Oil Plc": a good or a sector within a firm's name.
fn within_firm(r: &Reader<'_, '_>, c: &Candidate) -> bool {
    matches!(c.kind, EntityType::Commodity | EntityType::Sector | EntityType::AssetClass)
        && r.capital(c.first)
        && r.cue(c.end).has(Cue::LEGAL)
        && r.capital(c.end)
        && r.before(c.first).is_some_and(|p| r.capital(p) && !r.starts(p))
}

/// Companies head the rows of a table or the items of a list: one head vouches
/// for the others.
fn rows(r: &Reader<'_, '_>, list: &mut [Candidate], known: &mut HashSet<EntityId>) {
    let heads = |c: &Candidate| {
        let sign = |i: usize| matches!(r.word(i), "|" | "-" | "•" | "*");
        let first = r.before(c.first).is_none_or(|p| sign(p) && r.before(p).is_none());
        let dash = r.starts(c.first) && matches!(r.word(c.end), "—" | "–") && r.capital(c.end + 1);
        c.kind == EntityType::Company && (first && matches!(r.word(c.end), "|" | ":") || dash)
    };
    if !list.iter().any(|c| c.accepted && heads(c)) {
        return;
    }
    for c in list.iter_mut().filter(|c| !c.accepted && !c.refused && c.name.firm != Firm::Context) {
        if heads(c) {
            c.accepted = true;
            known.insert(c.name.entity);
        }
    }
}

/// Whether only a comma or "and" stands between two names.
fn coordinated(r: &Reader<'_, '_>, a: &Candidate, b: &Candidate) -> bool {
    let (from, to) = if a.first < b.first { (a.end, b.first) } else { (b.end, a.first) };
    to > from && to - from <= 2 && (from..to).all(|i| matches!(r.word(i), "," | "and" | "&" | "or"))
}

/// The ordinary meaning, or a person's name.
fn refused(r: &Reader<'_, '_>, c: &Candidate) -> bool {
    if c.legal {
        return false;
    }
    if r.lists.is_blocked(&c.name, r.word(c.phrase_end)) && !r.glued(c.phrase_end) {
        return true;
    }
    if c.phrase_end - c.first > 1 {
        let on = r.capital(c.end) && r.shape(c.end) == crate::model::Shape::Title && !r.glued(c.end);
        let part = r.cue(c.first).has(Cue::GENERIC)
            && r.before(c.first)
                .is_some_and(|p| r.capital(p) && !r.starts(p) && !r.cue(p).has(Cue::BEFORE | Cue::DATE | Cue::LEGAL));
        return c.name.firm == Firm::Phrase && part
            || c.name.firm == Firm::Phrase
                && on
                && !r.cue(c.end).has(Cue::NOUN | Cue::VERB | Cue::ACT | Cue::STOCK | Cue::GENERIC);
    }
    let next_capital = r.capital(c.end) && !r.glued(c.end) && r.shape(c.end) != crate::model::Shape::Upper;
    let initial = r.is_word(c.end) && r.word(c.end).len() == 1 && r.is(c.end + 1, ".");
    let person = next_capital && matches!(r.word(c.end + 1), "of" | "at" | "from") && r.capital(c.end + 2);
    if person && !r.cue(c.end).has(Cue::LEGAL | Cue::NOUN | Cue::TAIL | Cue::TRADE) {
        return true;
    }
    if let Some(prev) = r.before(c.first) {
        if r.capital(prev) && !r.glued(c.first) && r.lists.is_given_name(r.word(prev)) {
            return true;
        }
        if (next_capital || initial) && r.is_word(prev) && r.lists.is_title(r.word(prev)) {
            return true;
        }
    }
    if c.name.firm <= Firm::Phrase {
        return false;
    }
    // A doubtful name inside a longer one.
    let longer = next_capital
        && !r.cue(c.end).has(Cue::LEGAL | Cue::NOUN | Cue::VERB | Cue::ACT | Cue::STOCK)
        && r.case(c.first) == Case::Running;
    let inside = r.before(c.first).is_some_and(|p| {
        r.capital(p)
            && !r.starts(p)
            && !r.glued(c.first)
            && !r.cue(p).has(Cue::BEFORE | Cue::DATE | Cue::LEGAL)
            && r.case(c.first) == Case::Running
    });
    longer || inside
}

/// Whether the writing and the words around make the name believable.
fn believed(r: &Reader<'_, '_>, c: &Candidate) -> bool {
    match c.name.firm {
        Firm::Sure => true,
        Firm::Phrase => r.case(c.first) != Case::Title,
        Firm::Capital => {
            let several = c.phrase_end > c.first + 1 && r.capital(c.phrase_end - 1) && !r.is(c.phrase_end, ":");
            (several || !r.starts(c.first)) && r.case(c.first) == Case::Running || business(r, c)
        }
        Firm::Noun | Firm::Context => business(r, c),
    }
}
