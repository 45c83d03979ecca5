//! Words of rotation statements.

use serde::Deserialize;

use super::{Builder, Files, LexiconError, List, Sense};

/// What a word does in a rotation statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RotationWord {
    /// "rotation": enough beside one named side.
    Strong,
    /// "moved": needs money, investors, or both sides.
    Motion,
    /// "put": takes money or holdings along as its object.
    Carry,
    /// "abandoning X".
    Leave,
    /// "buying X".
    Enter,
    /// "X funds took in …".
    Gain,
    /// "X funds lost …".
    Lose,
    /// "X funds saw …": the object says whether money came or went.
    Report,
    /// "cut": with a holding as its object.
    Reduce,
    /// "raised": with a holding as its object.
    Increase,
    /// "exposure", "positions".
    Holding,
    /// "X gave way to Y".
    Yield,
    /// "Y took over from X".
    Seize,
    /// "X fell out of favor".
    OutOfFavor,
    /// "X is back in favor".
    InFavor,
    /// A weight above the benchmark's.
    Overweight,
    /// A weight below the benchmark's.
    Underweight,
    /// The benchmark's weight.
    Neutral,
    /// "at the expense of": what follows is left.
    Source,
    /// "in favor of": what follows is entered.
    Target,
    /// "money", "proceeds".
    Money,
    /// "investors", "hedge funds".
    Owner,
    /// "stocks", "bonds": makes a phrase a group of assets.
    Asset,
    /// "value", "growth": the same where little else stands in the phrase.
    Style,
    /// "deep", "large-cap": may stand beside a style.
    StyleWord,
    /// "talent", "crop": in front of a move it is none of money.
    People,
}

impl RotationWord {
    const ALL: [RotationWord; 26] = [
        RotationWord::Strong,
        RotationWord::Motion,
        RotationWord::Carry,
        RotationWord::Leave,
        RotationWord::Enter,
        RotationWord::Gain,
        RotationWord::Lose,
        RotationWord::Report,
        RotationWord::Reduce,
        RotationWord::Increase,
        RotationWord::Holding,
        RotationWord::Yield,
        RotationWord::Seize,
        RotationWord::OutOfFavor,
        RotationWord::InFavor,
        RotationWord::Overweight,
        RotationWord::Underweight,
        RotationWord::Neutral,
        RotationWord::Source,
        RotationWord::Target,
        RotationWord::Money,
        RotationWord::Owner,
        RotationWord::Asset,
        RotationWord::Style,
        RotationWord::StyleWord,
        RotationWord::People,
    ];

    /// The meaning of a [`List::Rotation`] sense.
    pub fn of(sense: Sense) -> Option<RotationWord> {
        Self::ALL.get(sense.index as usize).copied()
    }

    /// Whether the word may carry a statement.
    pub fn is_trigger(self) -> bool {
        use RotationWord as W;
        !matches!(
            self,
            W::Holding
                | W::Overweight
                | W::Underweight
                | W::Neutral
                | W::Source
                | W::Target
                | W::Money
                | W::Owner
                | W::Asset
                | W::Style
                | W::StyleWord
                | W::People
        )
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RotationFile {
    strong: Vec<String>,
    motion: Vec<String>,
    carry: Vec<String>,
    leave: Vec<String>,
    enter: Vec<String>,
    gain: Vec<String>,
    lose: Vec<String>,
    report: Vec<String>,
    reduce: Vec<String>,
    increase: Vec<String>,
    holding: Vec<String>,
    r#yield: Vec<String>,
    seize: Vec<String>,
    out_of_favor: Vec<String>,
    in_favor: Vec<String>,
    overweight: Vec<String>,
    underweight: Vec<String>,
    neutral: Vec<String>,
    source: Vec<String>,
    target: Vec<String>,
    money: Vec<String>,
    owner: Vec<String>,
    assets: Vec<String>,
    styles: Vec<String>,
    style_words: Vec<String>,
    people: Vec<String>,
}

/// Reads the list.
pub(super) fn load(files: &Files, builder: &mut Builder) -> Result<(), LexiconError> {
    let file: RotationFile = files.toml("rotations.toml")?;
    let lists = [
        file.strong,
        file.motion,
        file.carry,
        file.leave,
        file.enter,
        file.gain,
        file.lose,
        file.report,
        file.reduce,
        file.increase,
        file.holding,
        file.r#yield,
        file.seize,
        file.out_of_favor,
        file.in_favor,
        file.overweight,
        file.underweight,
        file.neutral,
        file.source,
        file.target,
        file.money,
        file.owner,
        file.assets,
        file.styles,
        file.style_words,
        file.people,
    ];
    for (index, words) in lists.into_iter().enumerate() {
        if words.is_empty() {
            return Err(LexiconError::form("rotations.toml", "a list is empty"));
        }
        for word in words {
            builder.add("rotations.toml", &word, Sense { list: List::Rotation, index: index as u32 })?;
        }
    }
    Ok(())
}
