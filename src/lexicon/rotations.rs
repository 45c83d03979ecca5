//! Words of rotation statements.

use serde::Deserialize;

use super::{Builder, Files, LexiconError, List, Sense};

/// What a word does in a rotation statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RotationWord {
    /// "rotation": enough beside one named side.
    Strong,
    /// "moved": needs money, investors, or both sides.
    Weak,
    /// "abandoning X".
    Leave,
    /// "buying X".
    Enter,
    /// "money", "investors".
    Money,
    /// "stocks", "bonds": makes a phrase a group of assets.
    Asset,
}

impl RotationWord {
    const ALL: [RotationWord; 6] = [
        RotationWord::Strong,
        RotationWord::Weak,
        RotationWord::Leave,
        RotationWord::Enter,
        RotationWord::Money,
        RotationWord::Asset,
    ];

    /// The meaning of a [`List::Rotation`] sense.
    pub fn of(sense: Sense) -> Option<RotationWord> {
        Self::ALL.get(sense.index as usize).copied()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RotationFile {
    strong: Vec<String>,
    weak: Vec<String>,
    leave: Vec<String>,
    enter: Vec<String>,
    money: Vec<String>,
    assets: Vec<String>,
}

/// Reads the list.
pub(super) fn load(files: &Files, builder: &mut Builder) -> Result<(), LexiconError> {
    let file: RotationFile = files.toml("rotations.toml")?;
    let lists = [file.strong, file.weak, file.leave, file.enter, file.money, file.assets];
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
