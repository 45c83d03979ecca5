//! Words that figures are made of: numbers, magnitudes, currencies, units, hedges.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Builder, Files, LexiconError, List, Sense};
use crate::model::Qualifier;

/// The tables behind the senses of these lists.
#[derive(Debug, Default)]
pub struct FigureWords {
    /// [`List::Number`].
    pub numbers: Vec<NumberWord>,
    /// [`List::Scale`].
    pub scales: Vec<ScaleWord>,
    /// [`List::Currency`].
    pub currencies: Vec<CurrencyWord>,
    /// [`List::Unit`].
    pub units: Vec<UnitWord>,
    /// [`List::Hedge`].
    pub hedges: Vec<HedgeWord>,
    /// Coins by name, in lower case: amounts where a text says nothing else.
    pub coins: BTreeMap<String, Coin>,
}

/// A number word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberWord {
    /// What it is worth.
    pub value: f64,
    /// Part of one ("half").
    pub fraction: bool,
}

/// A magnitude word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScaleWord {
    /// What it multiplies by.
    pub factor: f64,
    /// May stand apart from the number.
    pub word: bool,
    /// Bare, it is a vague amount.
    pub plural: bool,
    /// Counts right behind a number only.
    pub glued: bool,
}

/// A currency sign, word or code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurrencyWord {
    /// ISO 4217 code; empty for a name that several currencies bear.
    pub code: String,
    /// 0.01 for hundredths, 1000 for "grand".
    pub factor: f64,
    /// May stand before the number.
    pub symbol: bool,
    /// The code itself (upper case only).
    pub is_code: bool,
    /// Written in lower case as a sign ("zł").
    pub lower: bool,
}

/// A coin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coin {
    /// ISO 4217 code of its currency.
    pub code: String,
    /// What it is worth in units of that currency.
    pub value: f64,
}

/// What a unit word makes of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitWord {
    /// Percent.
    Percent,
    /// Percentage points.
    PercentagePoints,
    /// Hundredths of a percentage point.
    BasisPoints,
    /// A multiple.
    Times,
    /// A counted noun.
    Counted(String),
}

/// A hedge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HedgeWord {
    /// What it makes of the figure.
    pub qualifier: Qualifier,
    /// It may stand before the figure.
    pub before: bool,
    /// It may stand behind the figure.
    pub after: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberFile {
    units: BTreeMap<String, f64>,
    fractions: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleFile {
    scale: Vec<ScaleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleEntry {
    factor: f64,
    words: Vec<String>,
    plural: Vec<String>,
    #[serde(default)]
    glued: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyFile {
    currency: Vec<CurrencyEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyEntry {
    #[serde(default)]
    code: String,
    symbols: Vec<String>,
    words: Vec<String>,
    #[serde(default)]
    minor: Vec<String>,
    #[serde(default)]
    thousands: Vec<String>,
    #[serde(default)]
    millions: Vec<String>,
    /// Coins and colloquial multiples.
    #[serde(default)]
    other: BTreeMap<String, f64>,
    /// Coins that mean other things in a sentence.
    #[serde(default)]
    coins: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitFile {
    percent: Words,
    points: Words,
    basis_points: Words,
    times: Words,
    counted: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HedgeEntry {
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
}

/// Reads the five lists.
pub(super) fn load(files: &Files, builder: &mut Builder) -> Result<FigureWords, LexiconError> {
    let mut out = FigureWords::default();
    let numbers: NumberFile = files.toml("numbers.toml")?;
    for (entries, fraction) in [(numbers.units, false), (numbers.fractions, true)] {
        for (surface, value) in entries {
            let index = out.numbers.len() as u32;
            out.numbers.push(NumberWord { value, fraction });
            builder.add("numbers.toml", &surface, Sense { list: List::Number, index })?;
        }
    }
    scales(files, builder, &mut out)?;
    currencies(files, builder, &mut out)?;
    units(files, builder, &mut out)?;
    hedges(files, builder, &mut out)?;
    Ok(out)
}

fn scales(files: &Files, builder: &mut Builder, out: &mut FigureWords) -> Result<(), LexiconError> {
    let mut surfaces: BTreeMap<String, ScaleWord> = BTreeMap::new();
    let file: ScaleFile = files.toml("scales.toml")?;
    for entry in file.scale {
        type Use = fn(&mut ScaleWord);
        let uses: [(&[String], Use); 3] = [
            (&entry.words, |s| s.word = true),
            (&entry.plural, |s| s.plural = true),
            (&entry.glued, |s| s.glued = true),
        ];
        for (words, set) in uses {
            for word in words {
                let slot =
                    surfaces.entry(word.clone()).or_insert(ScaleWord { factor: entry.factor, ..ScaleWord::default() });
                if slot.factor != entry.factor {
                    return Err(LexiconError::form("scales.toml", format!("{word:?} stands twice")));
                }
                set(slot);
            }
        }
    }
    for (surface, scale) in surfaces {
        let index = out.scales.len() as u32;
        out.scales.push(scale);
        builder.add("scales.toml", &surface, Sense { list: List::Scale, index })?;
    }
    Ok(())
}

fn currencies(files: &Files, builder: &mut Builder, out: &mut FigureWords) -> Result<(), LexiconError> {
    let mut surfaces: BTreeMap<String, CurrencyWord> = BTreeMap::new();
    let file: CurrencyFile = files.toml("currencies.toml")?;
    for entry in file.currency {
        for (name, value) in &entry.coins {
            let coin = Coin { code: entry.code.clone(), value: *value };
            if out.coins.insert(name.to_lowercase(), coin).is_some() {
                return Err(LexiconError::form("currencies.toml", format!("the coin {name:?} stands twice")));
            }
        }
        let code: Vec<String> = Some(entry.code.clone()).filter(|c| !c.is_empty()).into_iter().collect();
        let other: Vec<(Vec<String>, f64)> =
            entry.other.iter().map(|(word, factor)| (vec![word.clone()], *factor)).collect();
        let uses: [(&[String], f64, bool, bool); 6] = [
            (&entry.symbols, 1.0, true, false),
            (&entry.words, 1.0, false, false),
            (&entry.minor, 0.01, false, false),
            (&entry.thousands, 1e3, false, true),
            (&entry.millions, 1e6, false, true),
            (&code, 1.0, true, true),
        ];
        let uses =
            uses.into_iter().chain(other.iter().map(|(words, factor)| (words.as_slice(), *factor, false, false)));
        for (words, factor, symbol, is_code) in uses {
            for word in words {
                let key = Builder::key(word);
                let lower = symbol && !is_code && word.chars().all(char::is_lowercase);
                let fresh = CurrencyWord { code: entry.code.clone(), factor, symbol, is_code, lower };
                let slot = surfaces.entry(key).or_insert(fresh);
                if slot.code != entry.code || slot.factor != factor {
                    return Err(LexiconError::form("currencies.toml", format!("{word:?} stands twice")));
                }
                slot.symbol |= symbol;
                slot.is_code &= is_code;
                slot.lower |= lower;
            }
        }
    }
    for (surface, currency) in surfaces {
        let index = out.currencies.len() as u32;
        out.currencies.push(currency);
        builder.add("currencies.toml", &surface, Sense { list: List::Currency, index })?;
    }
    Ok(())
}

fn units(files: &Files, builder: &mut Builder, out: &mut FigureWords) -> Result<(), LexiconError> {
    let file: UnitFile = files.toml("units.toml")?;
    let plain = [
        (file.percent, UnitWord::Percent),
        (file.points, UnitWord::PercentagePoints),
        (file.basis_points, UnitWord::BasisPoints),
        (file.times, UnitWord::Times),
    ];
    for (words, unit) in plain {
        for word in words.words {
            let index = out.units.len() as u32;
            out.units.push(unit.clone());
            builder.add("units.toml", &word, Sense { list: List::Unit, index })?;
        }
    }
    for word in file.counted.words {
        let index = out.units.len() as u32;
        out.units.push(UnitWord::Counted(word.clone()));
        builder.add("units.toml", &word, Sense { list: List::Unit, index })?;
    }
    Ok(())
}

fn hedges(files: &Files, builder: &mut Builder, out: &mut FigureWords) -> Result<(), LexiconError> {
    let file: BTreeMap<String, HedgeEntry> = files.toml("hedges.toml")?;
    let mut surfaces: BTreeMap<String, HedgeWord> = BTreeMap::new();
    for (name, entry) in file {
        let qualifier = Qualifier::parse(&name)
            .ok_or_else(|| LexiconError::form("hedges.toml", format!("[{name}] is no qualifier")))?;
        for (words, after) in [(entry.before, false), (entry.after, true)] {
            for word in words {
                let slot = surfaces.entry(word.clone()).or_insert(HedgeWord { qualifier, before: false, after: false });
                if slot.qualifier != qualifier {
                    return Err(LexiconError::form("hedges.toml", format!("{word:?} stands twice")));
                }
                slot.before |= !after;
                slot.after |= after;
            }
        }
    }
    for (surface, hedge) in surfaces {
        let index = out.hedges.len() as u32;
        out.hedges.push(hedge);
        builder.add("hedges.toml", &surface, Sense { list: List::Hedge, index })?;
    }
    Ok(())
}
