//! Bare tickers: capitals without any mark ("NVDA stock", "MSFT +1.2%",
//! "SMH and SOXX"), and tickers glued to a name by a widget ("NvidiaNVDA").

use std::borrow::Cow;
use std::collections::HashSet;

use super::found::Found;
use super::reader::{Case, Reader};
use crate::lexicon::{Bare, Entities, EntityCue as Cue, EntityId, Lexicon, List, Symbol, WordId};
use crate::model::{Shape, TokenKind};

/// A word that may be a ticker.
struct Maybe<'l> {
    first: usize,
    end: usize,
    symbol: &'l Symbol,
    accepted: bool,
}

/// Finds them in the tokens that nothing else covers.
pub(super) fn bare<'l>(
    r: &Reader<'_, '_>,
    lexicon: &'l Lexicon,
    ids: &[WordId],
    covered: &[bool],
    known: &HashSet<EntityId>,
    date: Option<&str>,
) -> Vec<Found<'l>> {
    let lists = lexicon.entities();
    let mut list: Vec<Maybe<'l>> = Vec::new();
    let mut out = Vec::new();
    for i in r.capitals() {
        if covered.get(i).copied().unwrap_or(true) || !matches!(r.shape(i), Shape::Upper | Shape::Mixed) {
            continue;
        }
        let word = r.word(i);
        if word.len() > 5 || r.shape(i) == Shape::Mixed {
            if let Some((first, symbol)) = glued(r, lexicon, ids, i) {
                out.extend(found(lists, symbol, first, i + 1, date));
            }
            continue;
        }
        let Some((end, symbol)) = symbol(r, lists, i, date) else { continue };
        let mut maybe = Maybe { first: i, end, symbol, accepted: false };
        maybe.accepted = r.case(i) != Case::Shouted && believed(r, &maybe, known, date);
        list.push(maybe);
    }
    pairs(r, &mut list);
    neighbours(r, &mut list, covered);
    for m in list.iter().filter(|m| m.accepted) {
        out.extend(found(lists, m.symbol, m.first, m.end, date));
    }
    out
}

fn found<'l>(
    lists: &'l Entities,
    symbol: &'l Symbol,
    first: usize,
    end: usize,
    date: Option<&str>,
) -> Option<Found<'l>> {
    let mut found = Found::of(lists.get(symbol.entity)?, symbol.entity, first..end, date);
    found.ticker = Some(Cow::Borrowed(&symbol.ticker));
    found.explicit = true;
    found.name_end = first;
    Some(found)
}

/// The ticker at `i`, with its share class ("BRK.B").
fn symbol<'l>(r: &Reader<'_, '_>, lists: &'l Entities, i: usize, date: Option<&str>) -> Option<(usize, &'l Symbol)> {
    let part = i > 0 && r.cue(i - 1).has(Cue::PART);
    if part && r.word(i).len() <= 2 {
        return None;
    }
    if r.word(i).len() == 1 && r.is(i + 1, ".") && r.glued(i + 1) && r.is_word(i + 2) {
        return None;
    }
    let joined = |k: usize| r.glued(k) && matches!(r.word(k), "-" | "/" | "." | "_" | "&" | "@" | "#" | "'");
    if r.glued(i)
        && i > 0
        && (matches!(r.word(i - 1), "-" | "." | "_" | "&" | "@" | "#" | "$")
            || r.kind(i - 1) == Some(TokenKind::Number))
    {
        return None;
    }
    if r.glued(i + 1) && r.glued(i + 2) && matches!(r.word(i + 1), "." | "-" | "/") && r.word(i + 2).len() == 1 {
        let class = format!("{}.{}", r.word(i), r.word(i + 2));
        if let Some(symbol) = lists.symbols(&class).first() {
            return Some((i + 3, symbol));
        }
    }
    if r.glued(i + 1)
        && (r.kind(i + 1) == Some(TokenKind::Number)
            || joined(i + 1)
                && r.glued(i + 2)
                && (r.is_word(i + 2) && r.shape(i + 2) != Shape::Upper || r.kind(i + 2) == Some(TokenKind::Number))
                && !r.is(i + 1, "/"))
    {
        return None;
    }
    // "A shares", "Berkshire's B shares": classes.
    if r.word(i).len() == 1
        && (r.is(i + 1, "shares") || i > 0 && r.is(i - 1, "'s"))
        && matches!(r.word(i), "A" | "B" | "C" | "H")
    {
        return None;
    }
    lists.symbol_on(r.word(i), date).map(|s| (i + 1, s))
}

fn believed(r: &Reader<'_, '_>, m: &Maybe<'_>, known: &HashSet<EntityId>, date: Option<&str>) -> bool {
    let next = m.end;
    let of = m.first >= 2 && r.is(m.first - 1, "of") && r.cue(m.first - 2).has(Cue::STOCK);
    let stock = of || (r.cue(next).has(Cue::STOCK) && !r.glued(next) && !r.capital(next));
    let moved = matches!(r.word(next), "+" | "-" | "▲" | "▼")
        && r.kind(next + 1) == Some(TokenKind::Number)
        && r.is(next + 2, "%");
    let calm = r.case(m.first) == Case::Running;
    match m.symbol.bare {
        Bare::Known => true,
        Bare::Stock => stock && calm,
        Bare::Never => false,
        Bare::Evidence => {
            !m.symbol.is_former(date)
                && (known.contains(&m.symbol.entity)
                    || (stock && calm)
                    || moved
                    || (calm && m.symbol.until.is_some() || long(r, m)) && went(r, m))
        }
    }
}

/// Four letters or more: few abbreviations are as long.
fn long(r: &Reader<'_, '_>, m: &Maybe<'_>) -> bool {
    r.word(m.first).len() >= 4 && r.case(m.first) == Case::Running
}

/// "NWSA slipped 1.5% and FOXA 2%": a move of a price.
fn went(r: &Reader<'_, '_>, m: &Maybe<'_>) -> bool {
    let percent = |i: usize| r.kind(i) == Some(TokenKind::Number) && (r.is(i + 1, "%") || r.is(i + 1, "percent"));
    let verb = r.cue(m.end).has(Cue::VERB) && !r.capital(m.end) && (m.end + 1..m.end + 3).any(percent);
    let joined = r.before(m.first).is_some_and(|p| matches!(r.word(p), "and" | "while" | "," | ";"));
    verb || joined && percent(m.end)
}

/// "C and F beat estimates": letters that act as securities, and others beside them in the sentence.
fn pairs(r: &Reader<'_, '_>, list: &mut [Maybe<'_>]) {
    let mut line = None;
    for i in 1..list.len() {
        let (a, b) = (list[i - 1].end, list[i].first);
        let joined = b == a + 1 && matches!(r.word(a), "and" | "," | "&");
        let cue = r.cue(list[i].end);
        let acts = cue.has(Cue::VERB) && !r.capital(list[i].end);
        let follows = line.is_some_and(|at| (at..b).all(|k| r.kind(k) != Some(TokenKind::Break) && !r.is(k, ".")))
            && matches!(r.word(list[i].end), "did" | "was" | "were" | "had");
        if joined && (acts || follows) {
            list[i - 1].accepted = true;
            list[i].accepted = true;
            line = Some(list[i].end);
        }
    }
}

/// In a list of tickers one vouches for the next.
fn neighbours(r: &Reader<'_, '_>, list: &mut [Maybe<'_>], covered: &[bool]) {
    let near = |a: &Maybe<'_>, b: &Maybe<'_>| {
        b.first > a.end
            && b.first - a.end <= 2
            && (a.end..b.first).all(|k| matches!(r.word(k), "," | "and" | "or" | "/" | "&"))
    };
    // "Tickers: NVDA, AMD, MU": what stands before it is one in capitals.
    for m in list.iter_mut().filter(|m| !m.accepted && m.first >= 2 && r.is(m.first - 1, ",")) {
        let before = m.first - 2;
        let capitals = r.shape(before) == Shape::Upper && covered.get(before) == Some(&true);
        m.accepted = capitals && m.symbol.bare == Bare::Evidence && m.symbol.until.is_none();
    }
    for i in 1..list.len() {
        if list[i - 1].accepted && !list[i].accepted && near(&list[i - 1], &list[i]) {
            list[i].accepted = list[i].symbol.bare != Bare::Never;
        }
    }
    for i in (1..list.len()).rev() {
        if list[i].accepted && !list[i - 1].accepted && near(&list[i - 1], &list[i]) {
            list[i - 1].accepted = list[i - 1].symbol.bare != Bare::Never;
        }
    }
}

/// A name with its ticker glued on: the place where the name begins, and the ticker.
fn glued<'l>(r: &Reader<'_, '_>, lexicon: &'l Lexicon, ids: &[WordId], i: usize) -> Option<(usize, &'l Symbol)> {
    let word = r.word(i);
    if ids.get(i).copied() != Some(WordId::UNKNOWN) || !word.is_ascii() || word.len() < 5 {
        return None;
    }
    for k in (1..=5).rev().filter(|k| word.len() >= k + 3) {
        let (head, tail) = word.split_at(word.len() - k);
        if !tail.bytes().all(|b| b.is_ascii_uppercase()) {
            continue;
        }
        for symbol in lexicon.entities().symbols(tail) {
            let last = lexicon.id(head);
            for back in 0..=2usize.min(i) {
                let mut words: Vec<WordId> = ids.get(i - back..i).unwrap_or(&[]).to_vec();
                words.push(last);
                let same = |s: &crate::lexicon::Sense| {
                    s.list == List::Entity
                        && lexicon.entities().name(s.index).is_some_and(|n| n.entity == symbol.entity)
                };
                if lexicon.trie().senses(&words).any(same) {
                    return Some((i - back, symbol));
                }
            }
        }
    }
    None
}
