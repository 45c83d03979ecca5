//! Cues: words beside a name that show what it is.

use std::collections::HashMap;

use serde::Deserialize;

use super::Map;
use crate::lexicon::files::{Files, LexiconError};

const FILE: &str = "entity_cues.toml";

/// What a word beside a name may show; several may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cue(u32);

impl Cue {
    /// After a name: a company's thing ("shares", "earnings").
    pub const NOUN: Cue = Cue(1);
    /// After a name: a company's or security's act ("rose", "reported").
    pub const VERB: Cue = Cue(1 << 1);
    /// Before a name: a word for a company ("retailer").
    pub const BEFORE: Cue = Cue(1 << 2);
    /// After a ticker: a word for a security ("stock").
    pub const STOCK: Cue = Cue(1 << 3);
    /// A legal form ("Inc").
    pub const LEGAL: Cue = Cue(1 << 4);
    /// Last word of a firm's name ("Capital").
    pub const TAIL: Cue = Cue(1 << 5);
    /// No name by itself ("American").
    pub const GENERIC: Cue = Cue(1 << 6);
    /// Beside a source ("analysts").
    pub const SOURCE_NOUN: Cue = Cue(1 << 7);
    /// What a source does ("wrote").
    pub const SOURCE_VERB: Cue = Cue(1 << 8);
    /// After a name: what people do as well as companies ("said").
    pub const ACT: Cue = Cue(1 << 9);
    /// A day or month.
    pub const DATE: Cue = Cue(1 << 10);
    /// Before "from" or "by" and a source.
    pub const SOURCE_BEFORE: Cue = Cue(1 << 11);
    /// A person's trade, before "of" or "at" and a source.
    pub const TRADE: Cue = Cue(1 << 12);
    /// Before a letter that is no ticker ("Class").
    pub const PART: Cue = Cue(1 << 13);
    /// Words about coins.
    pub const COIN: Cue = Cue(1 << 14);
    /// Behind a possessive, or before a verb: a company's thing ("premiums").
    pub const OWNED: Cue = Cue(1 << 15);
    /// After a name: "will", "has", "is".
    pub const AUXILIARY: Cue = Cue(1 << 16);

    /// Whether one of `other` holds.
    pub fn has(self, other: Cue) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Cue {
    type Output = Cue;

    fn bitor(self, other: Cue) -> Cue {
        Cue(self.0 | other.0)
    }
}

#[derive(Deserialize)]
struct Lists {
    nouns: Vec<String>,
    owned: Vec<String>,
    auxiliaries: Vec<String>,
    verbs: Vec<String>,
    acts: Vec<String>,
    before: Vec<String>,
    stock: Vec<String>,
    legal: Vec<String>,
    tails: Vec<String>,
    generic: Vec<String>,
    dates: Vec<String>,
    source_before: Vec<String>,
    trades: Vec<String>,
    parts: Vec<String>,
    coins: Vec<String>,
    source_nouns: Vec<String>,
    source_verbs: Vec<String>,
    us_exchanges: Vec<String>,
    foreign_exchanges: HashMap<String, String>,
    suffixes: Suffixes,
}

#[derive(Deserialize)]
struct Suffixes {
    known: Vec<String>,
    agency: Vec<String>,
}

/// Where an exchange is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Venue {
    /// In the United States.
    Us,
    /// Elsewhere; the suffix of its tickers, "" when they are given plain.
    Abroad(Box<str>),
}

/// What stands after the point of a ticker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suffix {
    /// A home listing ("KS").
    Home,
    /// A news agency's code for a listing in the United States ("O").
    Agency,
}

/// All cue words.
#[derive(Debug, Default)]
pub struct Cues {
    words: Map<Cue>,
    capital: Map<Cue>,
    venues: Map<Venue>,
    suffixes: Map<Suffix>,
    /// The [`mark`]s of all words in `words` and `capital`.
    marks: Vec<u64>,
}

/// A number below [`MARKS`] from a few letters of a word, whatever their case:
/// most words of a text share it with no cue word.
fn mark(word: &str) -> usize {
    let bytes = word.as_bytes();
    let letter = |i: usize| bytes.get(i).map_or(0, |b| (b | 0x20) as usize);
    let last = letter(bytes.len().wrapping_sub(1));
    (((letter(0) * 29 + letter(1)) * 29 + letter(bytes.len() / 2)) * 29 + last * 5 + bytes.len()) % MARKS
}

const MARKS: usize = 1 << 13;

impl Cues {
    pub(super) fn load(files: &Files) -> Result<Self, LexiconError> {
        let lists: Lists = toml::from_str(&files.read(FILE)?).map_err(|e| LexiconError::form(FILE, e.to_string()))?;
        let mut out = Self::default();
        let lower = [
            (&lists.nouns, Cue::NOUN),
            (&lists.owned, Cue::OWNED),
            (&lists.auxiliaries, Cue::AUXILIARY),
            (&lists.verbs, Cue::VERB),
            (&lists.acts, Cue::ACT),
            (&lists.before, Cue::BEFORE),
            (&lists.stock, Cue::STOCK),
            (&lists.generic, Cue::GENERIC),
            (&lists.dates, Cue::DATE),
            (&lists.source_before, Cue::SOURCE_BEFORE),
            (&lists.trades, Cue::TRADE),
            (&lists.parts, Cue::PART),
            (&lists.coins, Cue::COIN),
            (&lists.source_nouns, Cue::SOURCE_NOUN),
            (&lists.source_verbs, Cue::SOURCE_VERB),
        ];
        for (words, cue) in lower {
            fill(&mut out.words, words, cue)?;
        }
        fill(&mut out.capital, &lists.legal, Cue::LEGAL)?;
        fill(&mut out.capital, &lists.tails, Cue::TAIL)?;
        out.marks = vec![0; MARKS / 64];
        for word in out.words.keys().chain(out.capital.keys()) {
            out.marks[mark(word) / 64] |= 1 << (mark(word) % 64);
        }
        for name in &lists.us_exchanges {
            out.venues.insert(name.as_str().into(), Venue::Us);
        }
        for (name, suffix) in &lists.foreign_exchanges {
            if out.venues.insert(name.as_str().into(), Venue::Abroad(suffix.as_str().into())).is_some() {
                return Err(LexiconError::form(FILE, format!("exchange {name:?} stands twice")));
            }
        }
        for (list, kind) in [(&lists.suffixes.known, Suffix::Home), (&lists.suffixes.agency, Suffix::Agency)] {
            for suffix in list {
                if out.suffixes.insert(suffix.as_str().into(), kind).is_some() {
                    return Err(LexiconError::form(FILE, format!("suffix {suffix:?} stands twice")));
                }
            }
        }
        Ok(out)
    }

    /// What a word shows; `word` in its own case.
    pub fn of(&self, word: &str) -> Cue {
        let mark = mark(word);
        if self.marks.get(mark / 64).is_none_or(|m| m & 1 << (mark % 64) == 0) {
            return Cue::default();
        }
        let mut buffer = [0u8; 24];
        let exact = self.capital.get(word).copied().unwrap_or_default();
        if word.len() > buffer.len() || !word.is_ascii() {
            return exact;
        }
        let lower = &mut buffer[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let any = std::str::from_utf8(lower).ok().and_then(|w| self.words.get(w)).copied().unwrap_or_default();
        exact | any
    }

    /// Which exchange a word names.
    pub fn venue(&self, word: &str) -> Option<&Venue> {
        self.venues.get(word.to_lowercase().as_str())
    }

    /// What a ticker's suffix means.
    pub fn suffix(&self, word: &str) -> Option<Suffix> {
        self.suffixes.get(word).copied()
    }
}

fn fill(map: &mut Map<Cue>, words: &[String], cue: Cue) -> Result<(), LexiconError> {
    if words.is_empty() {
        return Err(LexiconError::form(FILE, "an empty list"));
    }
    for word in words {
        let slot = map.entry(word.as_str().into()).or_default();
        *slot = *slot | cue;
    }
    Ok(())
}
