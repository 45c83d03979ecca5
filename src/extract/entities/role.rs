//! Role: who only says something ("Citi analysts", "according to Nasdaq").

use super::found::Found;
use super::reader::Reader;
use crate::lexicon::{Entities, EntityCue as Cue};
use crate::model::EntityType;

/// Marks the sources.
pub(super) fn mark(r: &Reader<'_, '_>, lists: &Entities, found: &mut [Found<'_>]) {
    for f in found.iter_mut() {
        let entity = f.entity.and_then(|id| lists.get(id));
        let outlet = entity.is_some_and(|e| e.outlet);
        let speaks = matches!(f.kind, EntityType::Company | EntityType::Government | EntityType::Index);
        f.source = outlet
            || (speaks
                && !r.cue(f.end).has(Cue::STOCK)
                && is_source(r, f, entity.is_some_and(|e| e.broker) || f.entity.is_none()));
        if f.source && f.kind == EntityType::Index {
            // "According to Nasdaq": the publisher, not the index.
            f.kind = EntityType::Company;
            f.ticker = None;
        }
    }
}

fn is_source(r: &Reader<'_, '_>, f: &Found<'_>, broker: bool) -> bool {
    // "R.W. Baird": initials belong to the name.
    let mut begin = f.first;
    while begin > 1 && r.is(begin - 1, ".") && r.capital(begin - 2) && r.word(begin - 2).len() == 1 {
        begin -= 2;
    }
    let prev = |n: usize| begin.checked_sub(n).map_or("", |i| r.word(i));
    let cue = |n: usize| begin.checked_sub(n).map_or(Cue::default(), |i| r.cue(i));
    let told = match prev(1) {
        "to" => matches!(prev(2), "according" | "According"),
        "by" | "from" => cue(2).has(Cue::SOURCE_BEFORE) || cue(3).has(Cue::SOURCE_BEFORE),
        "per" | "Per" => true,
        "of" | "at" | "with" => spoken(r, f, broker),
        "the" | "The" => prev(2) == "to" && matches!(prev(3), "according" | "According"),
        _ => false,
    };
    if told {
        return true;
    }
    if f.kind == EntityType::Index {
        return false;
    }
    // "LSEG Lipper data showed"
    let data = (f.end..f.end + 2).find(|i| matches!(r.word(*i), "data" | "figures" | "estimates"));
    if data.is_some_and(|at| matches!(r.word(at + 1), "show" | "showed" | "shows" | "compiled")) {
        return true;
    }
    let after = r.over_possessive(f.end);
    let cue = r.cue(after);
    if cue.has(Cue::SOURCE_NOUN)
        && matches!(
            r.word(after),
            "analyst" | "analysts" | "strategist" | "strategists" | "economist" | "economists" | "researchers"
        )
    {
        return true;
    }
    // "Moody's raised its profit forecast": its own.
    let own = r.is(f.end + 1, "its")
        && (f.end + 2..f.end + 7).any(|i| {
            matches!(
                r.word(i),
                "forecast"
                    | "outlook"
                    | "guidance"
                    | "dividend"
                    | "buyback"
                    | "fee"
                    | "fees"
                    | "stake"
                    | "workforce"
                    | "headcount"
                    | "staff"
                    | "bid"
                    | "offer"
                    | "costs"
            )
        })
        && !(f.end + 2..f.end + 10).take_while(|i| !r.is(*i, ".")).any(|i| {
            matches!(
                r.word(i),
                "for" | "on" | "target" | "rating" | "growth" | "economic" | "price" | "GDP" | "inflation" | "rate"
            )
        });
    broker
        && !own
        && ((after == f.end && (cue.has(Cue::SOURCE_VERB) || cue.has(Cue::SOURCE_NOUN)))
            || (after > f.end && r.capital(after) && r.capital(after + 1) && r.cue(after + 2).has(Cue::SOURCE_VERB))
            || (after > f.end
                && (after..after + 4).take_while(|i| r.is_word(*i)).any(|i| r.cue(i).has(Cue::SOURCE_NOUN))))
}

/// "Jane Roe of X said", "a strategist at X": a person or a trade stands before.
fn spoken(r: &Reader<'_, '_>, f: &Found<'_>, broker: bool) -> bool {
    let Some(before) = f.first.checked_sub(2) else { return false };
    let trade = r.cue(before).has(Cue::TRADE);
    let person = r.capital(before) && before > 0 && (r.capital(before - 1) || r.is(before - 1, "."));
    let after = f.end + usize::from(r.is(f.end, ","));
    let says = r.cue(after).has(Cue::SOURCE_VERB)
        || (after..after + 12)
            .take_while(|i| !r.is(*i, "."))
            .any(|i| r.is(i, "said") || r.is(i, "says") || r.is(i, "wrote"));
    trade || (broker && (person || r.cue(before).has(Cue::NOUN) || r.is(before, "officer")) && says)
}
