//! Unlisted: capitalised names of firms that no list has, and indices without
//! a symbol.

use super::found::Found;
use super::names::Candidate;
use super::reader::{Case, Reader};
use crate::lexicon::{Entities, EntityCue as Cue};
use crate::model::{EntityType, Shape, TokenKind};

const LONGEST: usize = 7;

/// Firms with a clear last word ("… Wealth Management", "… Corp").
pub(super) fn firms<'l>(r: &Reader<'_, '_>, covered: &[bool]) -> Vec<Found<'l>> {
    let mut out: Vec<Found<'l>> = Vec::new();
    let free = |i: usize| !covered.get(i).copied().unwrap_or(true);
    for i in r.capitals().filter(|i| *i > 0) {
        if !free(i) || !r.capital(i) || !free(i - 1) || out.last().is_some_and(|f| i < f.end) {
            continue;
        }
        let cue = r.cue(i);
        if !cue.has(Cue::LEGAL | Cue::TAIL)
            || r.capital(i + 1) && r.cue(i + 1).has(Cue::TAIL | Cue::LEGAL) && free(i + 1)
        {
            continue;
        }
        let plain =
            cue.has(Cue::LEGAL) && !matches!(r.word(i), "Company" | "Group" | "Limited" | "Companies" | "Holding");
        if r.case(i) != Case::Running && !plain {
            continue;
        }
        let mut first = i;
        while let Some(prev) = r.before(first).filter(|p| free(*p) && i - p <= LONGEST) {
            let inner = matches!(r.word(prev), "&" | "/") && first < i + 1;
            if !(r.capital(prev) || inner) || r.is(prev, "The") {
                break;
            }
            first = prev;
        }
        let weak = |k: usize| r.cue(k).has(Cue::GENERIC | Cue::LEGAL | Cue::TAIL) || r.is(k, "&");
        if r.starts(first) && r.cue(first).has(Cue::GENERIC) {
            first += 1;
        }
        if first >= i || (first..i).all(weak) || r.is(first, "&") {
            continue;
        }
        let (end, _) = r.over_legal(if cue.has(Cue::LEGAL) { i } else { i + 1 });
        out.push(Found::unlisted(r.text.tokens.clean_range(first, end).to_string(), first..end));
    }
    out
}

/// "S&P 500 Low Volatility Index", "MSCI World Semiconductors": the words go
/// on, so it is not the index or company that the first words name.
pub(super) fn families(r: &Reader<'_, '_>, lists: &Entities, names: &mut [Candidate]) {
    for c in names.iter_mut() {
        let canonical = lists.get(c.name.entity).map_or("", |e| e.canonical.as_ref());
        let index = c.kind == EntityType::Index;
        let words = r.text.tokens.clean_range(c.first, c.phrase_end);
        if c.legal || !(index || lists.is_family(words) || lists.is_family(canonical)) {
            continue;
        }
        let bare_family = lists.is_family(words) || lists.is_family(words.trim_start_matches("the "));
        if !index && !bare_family {
            continue;
        }
        // "MSCI's broadest index of Asian shares"
        let after = r.over_possessive(c.phrase_end);
        let gauge = |i: usize| matches!(r.word(i), "index" | "gauge" | "measure" | "benchmark");
        if after > c.phrase_end
            && !index
            && (after..after + 4).take_while(|i| r.is_word(*i) || r.is(*i, "-")).any(gauge)
        {
            c.family = true;
            c.kind = EntityType::Index;
            continue;
        }
        let mut end = c.phrase_end;
        let run = (end..end + 8)
            .take_while(|i| {
                r.capital(*i) || r.kind(*i) == Some(TokenKind::Number) || matches!(r.word(*i), "&" | "/" | "-" | "+")
            })
            .count();
        let index_at = (end..end + run).rev().find(|i| matches!(r.word(*i), "Index" | "Indices" | "Average"));
        if let Some(at) = index_at {
            end = at + 1;
        }
        // "S&P 500 Growth index"
        let small = index_at.is_none() && run > 0 && matches!(r.word(end + run), "index" | "indices" | "gauge");
        if small && (end..end + run).any(|i| r.is_word(i)) {
            end += run + 1;
        }
        while index_at.is_none() && !small && end < c.phrase_end + 8 && !r.glued_sign(end) {
            let named =
                r.capital(end) && !r.cue(end).has(Cue::NOUN | Cue::VERB) || matches!(r.word(end), "&" | "/" | "-");
            let number =
                r.kind(end) == Some(TokenKind::Number) && bare_family && !r.is(end + 1, "%") && !r.is(end + 1, ".");
            if !(named || number) {
                break;
            }
            end += 1;
        }
        let indexed = small || (c.phrase_end..end).any(|i| matches!(r.word(i), "Index" | "Indices" | "Average"));
        let numbered = end > c.phrase_end && r.kind(c.phrase_end) == Some(TokenKind::Number) && bare_family;
        let outlet = lists.get(c.name.entity).is_some_and(|e| e.outlet);
        let series = bare_family
            && !outlet
            && !index
            && end > c.phrase_end
            && r.shape(c.phrase_end) != Shape::Lower
            && r.case(c.first) == Case::Running;
        let only_index = end == c.phrase_end + 1 && matches!(r.word(c.phrase_end), "Index" | "Average");
        if (indexed && !(only_index && index)) || numbered || series {
            c.end = end;
            c.phrase_end = end;
            c.family = true;
            c.kind = EntityType::Index;
        } else if only_index && index {
            c.end = end;
        }
    }
}
