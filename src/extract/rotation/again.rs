//! Statements that say again what the document has said before.

use crate::model::{Place, Rotation, Subject};

/// Words that say nothing of which group it is.
const COMMON: &[&str] = &[
    "stocks",
    "stock",
    "shares",
    "companies",
    "names",
    "sectors",
    "sector",
    "the",
    "of",
    "and",
    "funds",
    "fund",
    "a",
    "some",
    "other",
    "these",
    "those",
    "their",
    "its",
    "markets",
    "market",
    "equities",
    "assets",
    "in",
    "that",
    "to",
];

/// Marks what repeats an earlier statement: the same sides, or one of them.
pub(crate) fn again(rotations: &mut [Rotation]) {
    for at in 1..rotations.len() {
        let (before, rest) = rotations.split_at_mut(at);
        let Some(this) = rest.first_mut() else { break };
        let told = before
            .iter()
            .rev()
            .take(MOST)
            .any(|b| b.negated == this.negated && side(&this.from, &b.from) && side(&this.to, &b.to));
        if told && this.mention == Place::Primary {
            this.mention = Place::Restatement;
        }
    }
}

/// How far back is looked.
const MOST: usize = 200;

/// Whether a side says nothing more than an earlier one.
fn side(this: &[Subject], before: &[Subject]) -> bool {
    this.is_empty() || this.iter().all(|s| before.iter().any(|b| same(s, b)))
}

fn same(a: &Subject, b: &Subject) -> bool {
    if a.ticker.is_some() || b.ticker.is_some() {
        return a.ticker == b.ticker;
    }
    let words = |s: &Subject| -> Vec<String> {
        s.canonical
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 1 && !COMMON.contains(w))
            .map(str::to_string)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && a.iter().any(|w| b.contains(w))
}
