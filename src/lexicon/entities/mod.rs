//! Entities: companies, funds, indices, coins, groups and governments with the
//! names and tickers they are printed under.

mod companies;
mod cues;
mod drafts;
mod lists;
mod lookalikes;
mod names;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::files::{Files, LexiconError};
use super::trie::Sense;
use super::vocab::WordHasher;
use super::{Builder, List};
use crate::model::EntityType;

pub(super) use companies::other_names;
pub use cues::{Cue, Cues, Suffix, Venue};
use drafts::Drafts;
use lookalikes::Lookalikes;

/// Place of an entity in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A company, fund, index, coin, group or government.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The usual name.
    pub canonical: Box<str>,
    /// Exchange ticker; none for unlisted entities and indices without a symbol.
    pub ticker: Option<Box<str>>,
    /// Listing exchange, where known.
    pub exchange: Option<Box<str>>,
    /// SEC Central Index Key, where known.
    pub cik: Option<u32>,
    /// What sort of thing it is.
    pub kind: EntityType,
    /// First trading day, where articles speak of the company before it.
    pub listed: Option<Box<str>>,
    /// Last year of trading, for those that are gone.
    pub until: Option<u16>,
    /// Tickers it had, each with the last day.
    pub former: Vec<(Box<str>, Box<str>)>,
    /// A publisher or data house: always a source.
    pub outlet: bool,
    /// Rates or sells securities: what it says of others is said as a source.
    pub broker: bool,
    /// Members of a group, each set from a date on ("" = always).
    pub members: Vec<(Box<str>, Vec<EntityId>)>,
}

/// How much it takes to believe a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Firm {
    /// Its capitals are enough.
    Sure,
    /// Several words that may be ordinary ones: enough, but in headings.
    Phrase,
    /// A capital inside a sentence is enough; at its start more is needed.
    Capital,
    /// A business word or what companies do must stand next to it.
    Noun,
    /// A business word must stand next to it.
    Context,
}

/// How a name must be written: bit i is for its token i.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Must begin with a capital.
    pub capital: u32,
    /// Must be all capitals.
    pub upper: u32,
}

/// A name of an entity; the sense of a phrase in the trie.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// Whose name it is.
    pub entity: EntityId,
    /// How much it takes to believe it.
    pub firm: Firm,
    /// How it must be written.
    pub written: Written,
    /// Where its blocking words stand, if it has some.
    blocked: Option<u32>,
}

/// When a ticker without any mark is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bare {
    /// Never.
    Never,
    /// Only before "stock", "shares" and the like.
    Stock,
    /// When the document speaks of the company, or before "stock".
    Evidence,
    /// Always.
    Known,
}

/// A ticker and whom it belongs to.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// As it is given in records (share classes under the main one).
    pub ticker: Box<str>,
    /// Whose it is.
    pub entity: EntityId,
    /// When it is believed without any mark.
    pub bare: Bare,
    /// The last day it was traded under it, for those that are former.
    pub until: Option<Box<str>>,
}

impl Symbol {
    /// Whether it is no longer traded under it on `date` (today, when there is none).
    pub fn is_former(&self, date: Option<&str>) -> bool {
        self.until.as_deref().is_some_and(|until| date.is_none_or(|day| day > until))
    }
}

type Map<V> = HashMap<Box<str>, V, BuildHasherDefault<WordHasher>>;

/// All entities, their names and tickers.
#[derive(Debug, Default)]
pub struct Entities {
    list: Vec<Entity>,
    names: Vec<Name>,
    blocked: Vec<Vec<Box<str>>>,
    symbols: Map<Vec<Symbol>>,
    families: Map<()>,
    given: Map<()>,
    titles: Map<()>,
    stuff: Map<()>,
    classes: Vec<lookalikes::Class>,
    /// Names with the words that block them.
    ordinary: Vec<(String, String)>,
    cues: Cues,
}

impl Entities {
    /// Reads and checks the entity lists and adds their names to `builder`.
    pub(super) fn load(files: &Files, builder: &mut Builder) -> Result<Self, LexiconError> {
        let looks = Lookalikes::load(files)?;
        let mut drafts = Drafts::default();
        lists::load(files, &mut drafts)?;
        companies::load(files, &mut drafts)?;
        lists::load_groups(files, &mut drafts)?;
        let mut out = drafts.finish(&looks);
        for (name, surface, file) in std::mem::take(&mut out.surfaces) {
            let index = out.table.names.len() as u32;
            builder.add(file, &surface, Sense { list: List::Entity, index })?;
            let amp = surface.replace('&', "&amp;");
            if amp != surface {
                let written = drafts::written(&amp);
                builder.add(file, &amp, Sense { list: List::Entity, index: index + 1 })?;
                out.table.names.push(name);
                out.table.names.push(Name { written, ..name });
            } else {
                out.table.names.push(name);
            }
        }
        let set = |words: &[String]| words.iter().map(|w| (w.as_str().into(), ())).collect();
        out.table.given = set(&looks.people.given);
        out.table.titles = set(&looks.people.titles);
        out.table.stuff = set(&looks.stuff);
        let pairs = looks.blocked.iter().flat_map(|(name, words)| words.iter().map(|w| (name.clone(), w.clone())));
        out.table.ordinary = pairs.collect();
        out.table.classes = looks.class;
        out.table.cues = Cues::load(files)?;
        Ok(out.table)
    }

    /// An entity.
    pub fn get(&self, id: EntityId) -> Option<&Entity> {
        self.list.get(id.0 as usize)
    }

    /// Every entity, in the order of their ids.
    pub fn all(&self) -> &[Entity] {
        &self.list
    }

    /// The name that a sense of [`List::Entity`] stands for.
    pub fn name(&self, index: u32) -> Option<&Name> {
        self.names.get(index as usize)
    }

    /// Whether `next` after the name shows its ordinary meaning.
    pub fn is_blocked(&self, name: &Name, next: &str) -> bool {
        let words = name.blocked.and_then(|at| self.blocked.get(at as usize));
        words.is_some_and(|list| list.iter().any(|w| w.eq_ignore_ascii_case(next)))
    }

    /// Whether the name is a word for a stuff or an act, that stands before
    /// nouns without an article ("Toast sales").
    pub fn is_stuff(&self, word: &str) -> bool {
        self.stuff.contains_key(word)
    }

    /// Whom a ticker may belong to, the likeliest first.
    pub fn symbols(&self, ticker: &str) -> &[Symbol] {
        self.symbols.get(ticker).map_or(&[], Vec::as_slice)
    }

    /// Who has the ticker on `date`.
    pub fn symbol_on(&self, ticker: &str, date: Option<&str>) -> Option<&Symbol> {
        let symbols = self.symbols(ticker);
        symbols.iter().find(|s| s.until.is_some() && !s.is_former(date)).or(symbols.first())
    }

    /// Words beside names.
    pub fn cues(&self) -> &Cues {
        &self.cues
    }

    /// Whether an index may begin with this word ("MSCI").
    pub fn is_family(&self, words: &str) -> bool {
        self.families.contains_key(words)
    }

    /// Whether the word is a given name.
    pub fn is_given_name(&self, word: &str) -> bool {
        self.given.contains_key(word)
    }

    /// Whether a person's name follows the word ("analyst").
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains_key(word)
    }

    /// Examples of names that are ordinary words: (text, whether the name is
    /// one there, ticker or name). The tests run them.
    pub fn examples(&self) -> impl Iterator<Item = (String, bool, &str)> {
        let ordinary =
            self.ordinary.iter().map(|(name, word)| (format!("Then {name} {word} came up."), false, name.as_str()));
        let classes = self.classes.iter().flat_map(|class| {
            class.words.iter().flat_map(move |word| {
                let yes = class.yes.iter().map(move |e| (e.replace("{}", word), true, word.as_str()));
                yes.chain(class.no.iter().map(move |e| (e.replace("{}", word), false, word.as_str())))
            })
        });
        classes.chain(ordinary)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::{Files, Lexicon};

    /// Loads the shipped lists with one of them replaced.
    fn with(file: &str, text: &str) -> Result<Lexicon, String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        std::fs::write(folder.path().join(file), text).map_err(|e| e.to_string())?;
        Lexicon::load(&Files::overridden_by(folder.path())).map_err(|e| e.to_string())
    }

    #[test]
    fn faulty_lists_are_refused() {
        let faults = [
            ("securities.tsv", "AAA\tOnly two columns\n"),
            ("securities.tsv", "AAA\tName\tno number\tNYSE\n"),
            ("securities.tsv", "# nothing\n"),
            ("former.tsv", "AAA\tName\tyear\n"),
            ("former.tsv", "AAA\tName\t2020\nAAA\tOther\t2021\n"),
            ("funds.tsv", "AAA\n"),
            ("funds.tsv", "AAA\tOne Fund\nBBB\tOne Fund\n"),
            ("indices.toml", "indices = [{ names = [] }]\nfamilies = []"),
            ("indices.toml", "indices = [{ names = [\"One\"] }, { names = [\"one\"] }]\nfamilies = []"),
            ("crypto.toml", "crypto = [{ ticker = \"X\" }]"),
            ("commodities.toml", "commodity = [[]]\nasset_class = []\ncurrency = []"),
            ("governments.toml", "governments = [[\"A\", \"\"]]"),
            (
                "groups.toml",
                "group = [{ name = \"G\", names = [\"G\"], members = [{ tickers = [\"NOSUCH\"] }] }]\n[groups]\n[sectors]",
            ),
            ("groups.toml", "group = []\n[groups]\nempty = []\n[sectors]"),
            ("aliases.toml", "us = []\nforeign = []\nprivate = [\"A\", \"A\"]\noutlets = []\nbrokers = []"),
            (
                "aliases.toml",
                "us = []\nforeign = [{ ticker = \"A.XX\", name = \"A\" }]\nprivate = []\noutlets = []\nbrokers = []",
            ),
            ("aliases.toml", "us = []\nforeign = []\nprivate = []\noutlets = []\nbrokers = [\"NOSUCH\"]"),
            ("entity_cues.toml", "nouns = []"),
            ("lookalikes.toml", "never_bare = []"),
        ];
        for (file, text) in faults {
            let error = with(file, text).err();
            assert!(error.as_ref().is_some_and(|e| e.contains(file)), "{file}: {text:?}: {error:?}");
        }
    }
}
