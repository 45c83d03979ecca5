//! Files: the word lists as embedded, or as a folder of the user's overrides them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// What is wrong with a word list.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read word list {path}: {source}; check --lexicon")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not of the form it should be.
    #[error("word list {file}: {problem}")]
    Form {
        /// The file's name.
        file: String,
        /// What is wrong, and where.
        problem: String,
    },
}

impl LexiconError {
    /// A problem with the form of `file`.
    pub fn form(file: &str, problem: impl Into<String>) -> Self {
        Self::Form { file: file.to_string(), problem: problem.into() }
    }
}

/// Where the word lists are read from.
#[derive(Clone, Debug, Default)]
pub struct Files {
    folder: Option<PathBuf>,
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../lexicon/", $name)))),*]
    };
}

/// Every list, as shipped.
const EMBEDDED: &[(&str, &str)] = embedded!["numbers.toml", "scales.toml", "currencies.toml", "units.toml", "hedges.toml", "metrics.toml", "movement.toml", "cues.toml"];

impl Files {
    /// The lists as shipped.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The lists as shipped, but for those that stand in `folder`.
    pub fn overridden_by(folder: &Path) -> Self {
        Self { folder: Some(folder.to_path_buf()) }
    }

    /// The text of one list.
    ///
    /// # Errors
    /// When the overriding file cannot be read, or no list has that name.
    pub fn read(&self, name: &str) -> Result<Cow<'static, str>, LexiconError> {
        if let Some(folder) = &self.folder {
            let path = folder.join(name);
            match std::fs::read_to_string(&path) {
                Ok(text) => return Ok(Cow::Owned(text)),
                Err(source) if source.kind() == std::io::ErrorKind::NotFound && folder.is_dir() => {}
                Err(source) => return Err(LexiconError::Read { path, source }),
            }
        }
        EMBEDDED
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, text)| Cow::Borrowed(*text))
            .ok_or_else(|| LexiconError::form(name, "there is no list of that name"))
    }

    /// A list in TOML.
    ///
    /// # Errors
    /// As [`Files::read`], and when the text is not of the list's form.
    pub fn toml<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, LexiconError> {
        toml::from_str(&self.read(name)?).map_err(|e| LexiconError::form(name, e.to_string()))
    }
}
