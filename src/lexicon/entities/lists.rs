//! Funds, indices, coins, commodities, governments, groups and sectors.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::drafts::{Claim, Drafts};
use super::{Entity, EntityId, Firm};
use crate::lexicon::files::{Files, LexiconError};
use crate::model::EntityType;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Indices {
    indices: Vec<Listed>,
    families: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coins {
    crypto: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    ticker: Option<String>,
    names: Vec<String>,
    /// Other symbols that are printed for it.
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    bare: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Goods {
    commodity: Vec<Vec<String>>,
    asset_class: Vec<Vec<String>>,
    currency: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Governments {
    governments: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Groups {
    group: Vec<Group>,
    groups: BTreeMap<String, Vec<String>>,
    sectors: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    names: Vec<String>,
    #[serde(default)]
    members: Vec<Members>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    #[serde(default)]
    since: String,
    tickers: Vec<String>,
}

fn read<T: DeserializeOwned>(files: &Files, file: &str) -> Result<T, LexiconError> {
    toml::from_str(&files.read(file)?).map_err(|e| LexiconError::form(file, e.to_string()))
}

/// Adds the names of one entity; none may be empty or stand for another one in the same file.
fn add(
    drafts: &mut Drafts,
    file: &'static str,
    id: EntityId,
    names: &[String],
    seen: &mut HashSet<String>,
) -> Result<(), LexiconError> {
    if names.is_empty() {
        return Err(LexiconError::form(file, "an entry without names"));
    }
    let mut own = HashSet::new();
    let mut own_spelling = Vec::with_capacity(names.len());
    for name in names {
        let key = name.to_lowercase();
        if own_spelling.contains(&name) {
            return Err(LexiconError::form(file, format!("name {name:?} stands twice in its entry")));
        }
        own_spelling.push(name);
        if name.trim().is_empty() || (seen.contains(&key) && !own.contains(&key)) {
            return Err(LexiconError::form(file, format!("name {name:?} is empty or stands for two entries")));
        }
        own.insert(key);
        drafts.name(file, id, name, Claim::Listed, Firm::Sure);
    }
    seen.extend(own);
    Ok(())
}

pub(super) fn load(files: &Files, drafts: &mut Drafts) -> Result<(), LexiconError> {
    let seen = &mut HashSet::new();
    let indices: Indices = read(files, "indices.toml")?;
    for index in &indices.indices {
        listed(drafts, "indices.toml", EntityType::Index, index, seen)?;
    }
    drafts.families = indices.families;
    let coins: Coins = read(files, "crypto.toml")?;
    for coin in &coins.crypto {
        listed(drafts, "crypto.toml", EntityType::Crypto, coin, &mut HashSet::new())?;
    }
    let goods: Goods = read(files, "commodities.toml")?;
    let kinds = [
        (EntityType::Commodity, &goods.commodity),
        (EntityType::AssetClass, &goods.asset_class),
        (EntityType::Currency, &goods.currency),
    ];
    let seen = &mut HashSet::new();
    for (kind, list) in kinds {
        for names in list {
            first_is_name(drafts, "commodities.toml", kind, names, seen)?;
        }
    }
    let governments: Governments = read(files, "governments.toml")?;
    let seen = &mut HashSet::new();
    for names in &governments.governments {
        first_is_name(drafts, "governments.toml", EntityType::Government, names, seen)?;
    }
    funds(files, drafts)
}

fn listed(
    drafts: &mut Drafts,
    file: &'static str,
    kind: EntityType,
    entry: &Listed,
    seen: &mut HashSet<String>,
) -> Result<(), LexiconError> {
    let Some(name) = entry.names.first() else { return Err(LexiconError::form(file, "an entry without names")) };
    let mut entity = Entity::new(kind, name);
    entity.ticker = entry.ticker.as_deref().map(Into::into);
    let id = EntityId(drafts.list.len() as u32);
    drafts.list.push(entity);
    if let Some(ticker) = &entry.ticker {
        for printed in std::iter::once(ticker).chain(&entry.symbols) {
            drafts.symbol(printed, ticker, id, None);
        }
    }
    add(drafts, file, id, &entry.names, seen)?;
    if entry.bare {
        let lower: Vec<String> = entry.names.iter().map(|n| n.to_lowercase()).collect();
        add(drafts, file, id, &lower, &mut HashSet::new())?;
    }
    Ok(())
}

/// An entry whose first item is its usual name, the others how it is printed.
fn first_is_name(
    drafts: &mut Drafts,
    file: &'static str,
    kind: EntityType,
    names: &[String],
    seen: &mut HashSet<String>,
) -> Result<(), LexiconError> {
    let Some((canonical, printed)) = names.split_first() else {
        return Err(LexiconError::form(file, "an entry without names"));
    };
    let printed = if printed.is_empty() { names } else { printed };
    let id = EntityId(drafts.list.len() as u32);
    drafts.list.push(Entity::new(kind, canonical));
    add(drafts, file, id, printed, seen)
}

/// Exchange-traded funds.
fn funds(files: &Files, drafts: &mut Drafts) -> Result<(), LexiconError> {
    const FILE: &str = "funds.tsv";
    let text = files.read(FILE)?;
    let mut seen = HashSet::new();
    for (at, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let wrong = |what: &str| LexiconError::form(FILE, format!("line {}: {what}", at + 1));
        let Some((ticker, names)) = line.split_once('\t') else { return Err(wrong("needs two columns")) };
        let names: Vec<String> = names.split('|').map(str::to_string).collect();
        let mut entity = Entity::new(EntityType::Etf, names.first().map_or("", |n| n.as_str()));
        entity.ticker = Some(ticker.into());
        let id = drafts.push(entity);
        drafts.symbol(ticker, ticker, id, None);
        add(drafts, FILE, id, &names, &mut seen).map_err(|e| wrong(&e.to_string()))?;
    }
    Ok(())
}

/// Groups and sectors; their members must be tickers of the lists.
pub(super) fn load_groups(files: &Files, drafts: &mut Drafts) -> Result<(), LexiconError> {
    const FILE: &str = "groups.toml";
    let groups: Groups = read(files, FILE)?;
    let seen = &mut HashSet::new();
    for group in &groups.group {
        let mut entity = Entity::new(EntityType::Group, &group.name);
        for set in &group.members {
            let mut ids = Vec::with_capacity(set.tickers.len());
            for ticker in &set.tickers {
                let Some(id) = drafts.by_ticker.get(ticker) else {
                    return Err(LexiconError::form(FILE, format!("{}: unknown ticker {ticker}", group.name)));
                };
                ids.push(*id);
            }
            if ids.is_empty() {
                return Err(LexiconError::form(FILE, format!("{} has an empty set of members", group.name)));
            }
            entity.members.push((set.since.as_str().into(), ids));
        }
        let id = drafts.push(entity);
        add(drafts, FILE, id, &group.names, seen)?;
    }
    for (kind, list) in [(EntityType::Group, &groups.groups), (EntityType::Sector, &groups.sectors)] {
        for (name, names) in list {
            let id = drafts.push(Entity::new(kind, name));
            add(drafts, FILE, id, names, seen)?;
        }
    }
    Ok(())
}
