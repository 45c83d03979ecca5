//! Lookalikes: words that only look like tickers or names.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::{Bare, Firm};
use crate::lexicon::files::{Files, LexiconError};
use crate::model::EntityType;

const FILE: &str = "lookalikes.toml";

/// Names that are ordinary words, and examples to try each with.
#[derive(Debug, Deserialize)]
pub(super) struct Class {
    id: String,
    pub(super) words: Vec<String>,
    pub(super) yes: Vec<String>,
    pub(super) no: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct People {
    pub(super) titles: Vec<String>,
    pub(super) given: Vec<String>,
}

/// The list as read.
#[derive(Debug, Deserialize)]
pub(super) struct Lookalikes {
    never_bare: HashSet<String>,
    unless_stock: HashSet<String>,
    well_known: HashSet<String>,
    pub(super) class: Vec<Class>,
    pub(super) stuff: Vec<String>,
    pub(super) blocked: HashMap<String, Vec<String>>,
    pub(super) people: People,
    #[serde(skip)]
    firm: HashMap<String, Firm>,
}

impl Lookalikes {
    pub(super) fn load(files: &Files) -> Result<Self, LexiconError> {
        let mut out: Self = toml::from_str(&files.read(FILE)?).map_err(|e| LexiconError::form(FILE, e.to_string()))?;
        for class in &out.class {
            let firm = match class.id.as_str() {
                "famous" => Firm::Sure,
                "capital" => Firm::Capital,
                "noun" => Firm::Noun,
                "context" => Firm::Context,
                other => return Err(LexiconError::form(FILE, format!("unknown class {other:?}"))),
            };
            if class.words.is_empty() || class.yes.is_empty() {
                return Err(LexiconError::form(FILE, format!("class {:?} has no words or no examples", class.id)));
            }
            for word in &class.words {
                if out.firm.insert(word.to_lowercase(), firm).is_some_and(|old| old != firm) {
                    return Err(LexiconError::form(FILE, format!("{word:?} stands in two classes")));
                }
            }
        }
        if let Some((word, _)) = out.blocked.iter().find(|(_, list)| list.is_empty()) {
            return Err(LexiconError::form(FILE, format!("{word:?} has no blocking words")));
        }
        if let Some(word) = out.well_known.iter().find(|w| out.never_bare.contains(*w)) {
            return Err(LexiconError::form(FILE, format!("{word:?} is both well known and never bare")));
        }
        Ok(out)
    }

    /// How firm a name is that stands here.
    pub(super) fn firm(&self, surface: &str) -> Option<Firm> {
        self.firm.get(&surface.to_lowercase()).copied()
    }

    /// When the ticker is believed without a mark.
    pub(super) fn bare(&self, printed: &str, kind: Option<EntityType>) -> Bare {
        // "BF.B": nothing else is written so.
        let class = printed.split_once('.').is_some_and(|(root, class)| root.len() > 1 && class.len() == 1);
        if self.well_known.contains(printed) || class {
            Bare::Known
        } else if self.unless_stock.contains(printed) {
            Bare::Stock
        } else if self.never_bare.contains(printed) || printed.len() < 2 {
            Bare::Never
        } else if kind == Some(EntityType::Index) {
            Bare::Known
        } else {
            Bare::Evidence
        }
    }
}
