//! Telling: the words beside a name that show that it is one, where the name
//! is an ordinary word too.

use super::names::Candidate;
use super::reader::{Case, Reader};
use crate::lexicon::{EntityCue as Cue, Firm};
use crate::model::TokenKind;

/// A business word stands next to the name.
pub(super) fn business(r: &Reader<'_, '_>, c: &Candidate) -> bool {
    let after = r.over_possessive(c.end);
    let next = if after > c.end { owns(r, c, after) } else { acts(r, c) || lends(r, c) };
    if next || apposed(r, c) || moved(r, c) || headed(r, c) {
        return true;
    }
    let Some(prev) = r.before(c.first) else { return false };
    if r.is(prev, "of") || r.is(prev, "in") {
        return prev > 0 && r.cue(prev - 1).has(Cue::STOCK) && !r.is(prev - 1, "equity");
    }
    c.name.firm != Firm::Context && r.cue(prev).has(Cue::BEFORE)
}

/// "Target's comparable sales": a company's thing behind the possessive.
fn owns(r: &Reader<'_, '_>, c: &Candidate, after: usize) -> bool {
    // "Walmart's revenue rose. Target's fell."
    if c.name.firm != Firm::Context && r.cue(after).has(Cue::VERB) && !r.capital(after) {
        return true;
    }
    let things = if c.name.firm == Firm::Context { Cue::NOUN } else { Cue::NOUN | Cue::OWNED };
    (after..after + 3).take_while(|i| r.is_word(*i) || r.is(*i, "-")).any(|i| r.cue(i).has(things))
}

/// "Gap reported", "Block will", "Unity shares": what companies do and have.
fn acts(r: &Reader<'_, '_>, c: &Candidate) -> bool {
    let (at, cue) = (c.end, r.cue(c.end));
    let context = c.name.firm == Firm::Context;
    let word = r.word(at);
    let several = c.end == c.first + 1 && r.word(c.first).ends_with("ers");
    let does = cue.has(Cue::VERB) || cue.has(Cue::ACT) && !context && !several;
    let verb = does && !r.capital(at) && !counted(r, at);
    let aux = cue.has(Cue::AUXILIARY) && !context && !several && !r.capital(at) && helps(r, c, at);
    verb || aux
        || cue.has(Cue::STOCK) && word != "options"
        || cue.has(Cue::NOUN) && matches!(word, "CEO" | "CFO" | "stock" | "shares" | "earnings" | "executives")
        || !context && matches!(word, "analyst" | "analysts" | "strategists" | "economists")
}

/// "Coherent plans are": the word before another verb is a noun.
fn counted(r: &Reader<'_, '_>, at: usize) -> bool {
    r.word(at).ends_with('s')
        && (r.cue(at + 1).has(Cue::AUXILIARY) || matches!(r.word(at + 1), "are" | "were" | "have"))
}

/// What a company will do: the plain form of its verbs.
const PLANS: &[&str] = &[
    "add",
    "acquire",
    "build",
    "buy",
    "close",
    "cut",
    "earn",
    "eliminate",
    "expand",
    "hire",
    "invest",
    "issue",
    "launch",
    "lay",
    "lose",
    "merge",
    "open",
    "pay",
    "post",
    "raise",
    "reduce",
    "report",
    "sell",
    "shed",
    "slash",
    "spend",
    "split",
    "trim",
];

/// "Target had", "Toast was raised": a word without an article before "is" or
/// "has" is a name; one for a stuff only when something is done to it.
fn helps(r: &Reader<'_, '_>, c: &Candidate, at: usize) -> bool {
    if !r.lists.is_stuff(r.word(c.first)) {
        return true;
    }
    let next =
        at + 1 + usize::from(matches!(r.word(at + 1), "been" | "also" | "now" | "be" | "already" | "not" | "to"));
    let word = r.word(next);
    let amount = r.kind(next) == Some(TokenKind::Number) || r.is(next, "$");
    r.cue(next).has(Cue::VERB | Cue::ACT)
        || word.ends_with("ing") && word.len() > 5
        || matches!(word, "down" | "up" | "expected" | "set")
        || PLANS.contains(&word)
        || amount && !matches!(r.word(at), "is" | "was")
}

/// "Delta passengers paid": the name before a company's thing that acts.
fn lends(r: &Reader<'_, '_>, c: &Candidate) -> bool {
    let thing = r.cue(c.end).has(Cue::NOUN | Cue::OWNED) && !r.capital(c.end) && !r.cue(c.end).has(Cue::VERB);
    let (act, cue) = (c.end + 1, r.cue(c.end + 1));
    matches!(c.name.firm, Firm::Capital | Firm::Noun)
        && thing
        && !r.lists.is_stuff(r.word(c.first))
        && !r.capital(act)
        && (cue.has(Cue::VERB | Cue::ACT | Cue::AUXILIARY) || matches!(r.word(act), "are" | "were" | "have"))
}

/// "Gap, which", "Block, formerly Square", "Target, the Minneapolis retailer".
fn apposed(r: &Reader<'_, '_>, c: &Candidate) -> bool {
    if !r.is(c.end, ",") {
        return false;
    }
    let firm = c.name.firm;
    let long = r.word(c.first).len() >= 6 && !r.starts(c.first) && r.case(c.first) == Case::Running;
    let own = matches!(firm, Firm::Capital | Firm::Noun);
    let at = c.end + 1;
    match r.word(at) {
        "which" | "whose" => own && firm == Firm::Capital || long,
        "formerly" | "previously" => own,
        "the" | "a" | "an" | "one" => {
            own && (at + 1..at + 7)
                .take_while(|i| r.is_word(*i) || r.is(*i, "-") || r.is(*i, "'s"))
                .any(|i| r.cue(i).has(Cue::BEFORE))
        }
        _ => false,
    }
}

/// "Paycom (-7%)", "and Cava 3%": a move right behind the name.
fn moved(r: &Reader<'_, '_>, c: &Candidate) -> bool {
    let number = |i: usize| r.kind(i) == Some(TokenKind::Number);
    if r.is(c.end, "(") && matches!(r.word(c.end + 1), "+" | "-") && number(c.end + 2) {
        return true;
    }
    let gapped = number(c.end) && r.is(c.end + 1, "%") && !r.glued(c.end);
    let joined = r.before(c.first).is_some_and(|p| matches!(r.word(p), "and" | "while" | "," | ";" | "but"));
    matches!(c.name.firm, Firm::Capital | Firm::Noun) && gapped && joined
}

/// A headline begins with the name and a verb: "Target Cuts Its Outlook".
fn headed(r: &Reader<'_, '_>, c: &Candidate) -> bool {
    matches!(c.name.firm, Firm::Capital | Firm::Noun)
        && r.before(c.first).is_none()
        && r.cue(c.end).has(Cue::VERB)
        && !matches!(r.word(c.end), "Raised" | "Cut" | "Forecast" | "Reports" | "Posts" | "Gains" | "Cuts")
        && r.case(c.first) == Case::Title
}
