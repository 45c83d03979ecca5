//! Settings: each value and where it came from. A flag wins over the
//! environment, that over the settings file, that over the default.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde::Deserialize;

use super::args::Global;
use super::network::{self, CrawlFile, EdgarFile};
use crate::index::nearest;
use crate::sources::{Source, check_all};

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Typed.
    Flag,
    /// A `TAPECHECK_…` variable.
    Environment,
    /// The settings file.
    File,
    /// Built in.
    Default,
}

impl Origin {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::File => "file",
            Self::Default => "default",
        }
    }
}

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The settings file, if one was read.
    pub config: Setting<Option<PathBuf>>,
    /// Folder of the archive and the store.
    pub corpus: Setting<PathBuf>,
    /// Folder of the search index.
    pub index: Setting<PathBuf>,
    /// Folder of word lists.
    pub lexicon: Setting<Option<PathBuf>>,
    /// Largest file that is read, in bytes.
    pub max_file_size: Setting<u64>,
    /// Only errors.
    pub quiet: Setting<bool>,
    /// More detail.
    pub verbose: Setting<bool>,
    /// No progress bar.
    pub no_progress: Setting<bool>,
    /// How the network is used.
    pub crawl: CrawlFile,
    /// Where and how EDGAR is asked.
    pub edgar: EdgarFile,
    /// Own sources.
    pub sources: Vec<Source>,
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("cannot read settings file {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not of its form.
    #[error("settings file {path}: {problem}")]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A size that is none.
    #[error("{text:?} is no size; write bytes or a number with K, M or G, such as 64M")]
    Size {
        /// As written.
        text: String,
    },
}

/// The settings file.
#[derive(Debug, Default, Deserialize)]
struct SettingsFile {
    corpus: Option<PathBuf>,
    index: Option<PathBuf>,
    lexicon: Option<PathBuf>,
    max_file_size: Option<Size>,
    quiet: Option<bool>,
    verbose: Option<bool>,
    no_progress: Option<bool>,
    #[serde(default)]
    crawl: CrawlFile,
    #[serde(default)]
    edgar: EdgarFile,
    #[serde(default)]
    source: Vec<Source>,
}

/// A size as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Size {
    /// In bytes.
    Bytes(u64),
    /// With a unit.
    Text(String),
}

/// Every key of the settings file.
const KEYS: &[&str] =
    &["corpus", "index", "lexicon", "max_file_size", "quiet", "verbose", "no_progress", "crawl", "edgar", "source"];

impl Settings {
    /// Resolves flags, environment, file and defaults.
    ///
    /// # Errors
    /// When the file cannot be read or holds an unknown key or a wrong value.
    pub fn resolve(typed: &Global, matches: &ArgMatches) -> Result<Self, SettingsError> {
        let origin = |name: &str| match matches.value_source(name) {
            Some(ValueSource::EnvVariable) => Origin::Environment,
            _ => Origin::Flag,
        };
        let (config, file) = match &typed.config {
            Some(path) => (Setting { value: Some(path.clone()), origin: origin("config") }, SettingsFile::read(path)?),
            None => {
                let path = PathBuf::from("tapecheck.toml");
                let there = path.is_file();
                let file = if there { SettingsFile::read(&path)? } else { SettingsFile::default() };
                (Setting { value: there.then_some(path), origin: Origin::Default }, file)
            }
        };
        let size = match (&typed.max_file_size, file.max_file_size) {
            (Some(text), _) => Some((parse_size(text)?, origin("max_file_size"))),
            (None, Some(Size::Bytes(bytes))) => Some((bytes, Origin::File)),
            (None, Some(Size::Text(text))) => Some((parse_size(&text)?, Origin::File)),
            (None, None) => None,
        };
        let switch = |typed: bool, name: &str, file: Option<bool>| {
            pick(typed.then(|| (true, origin(name))), file.map(|v| (v, Origin::File)), false)
        };
        let in_file = |v: Option<PathBuf>| v.map(|v| (v, Origin::File));
        Ok(Self {
            config,
            corpus: pick(
                typed.corpus.clone().map(|v| (v, origin("corpus"))),
                in_file(file.corpus),
                PathBuf::from("corpus"),
            ),
            index: pick(typed.index.clone().map(|v| (v, origin("index"))), in_file(file.index), PathBuf::from("index")),
            lexicon: pick(
                typed.lexicon.clone().map(|v| (Some(v), origin("lexicon"))),
                file.lexicon.map(|v| (Some(v), Origin::File)),
                None,
            ),
            max_file_size: pick(size, None, 64 << 20),
            quiet: switch(typed.quiet, "quiet", file.quiet),
            verbose: switch(typed.verbose, "verbose", file.verbose),
            no_progress: switch(typed.no_progress, "no_progress", file.no_progress),
            crawl: file.crawl,
            edgar: file.edgar,
            sources: file.source,
        })
    }

    /// Name, value and origin of each, in the order of the help.
    pub fn rows(&self) -> Vec<(&'static str, String, Origin)> {
        let path = |p: &Option<PathBuf>| p.as_ref().map_or("none".to_string(), |p| p.display().to_string());
        vec![
            ("config", path(&self.config.value), self.config.origin),
            ("corpus", self.corpus.value.display().to_string(), self.corpus.origin),
            ("index", self.index.value.display().to_string(), self.index.origin),
            (
                "lexicon",
                self.lexicon.value.as_ref().map_or("built in".to_string(), |p| p.display().to_string()),
                self.lexicon.origin,
            ),
            ("max_file_size", self.max_file_size.value.to_string(), self.max_file_size.origin),
            ("quiet", self.quiet.value.to_string(), self.quiet.origin),
            ("verbose", self.verbose.value.to_string(), self.verbose.origin),
            ("no_progress", self.no_progress.value.to_string(), self.no_progress.origin),
            (
                "contact",
                self.crawl.contact.clone().unwrap_or_else(|| "none".into()),
                self.of_file(self.crawl.contact.is_some()),
            ),
            ("proxy", self.proxy(), self.of_file(self.crawl.proxy.is_some())),
            ("own sources", self.sources.len().to_string(), self.of_file(!self.sources.is_empty())),
        ]
    }
}

impl Settings {
    /// The proxies, without passwords.
    fn proxy(&self) -> String {
        let flag = std::env::var("TAPECHECK_PROXY").ok();
        network::proxies(flag.as_deref(), &self.crawl).map_or_else(|e| e.to_string(), |p| p.to_string())
    }

    fn of_file(&self, there: bool) -> Origin {
        if there { Origin::File } else { Origin::Default }
    }
}

fn pick<T>(typed: Option<(T, Origin)>, file: Option<(T, Origin)>, default: T) -> Setting<T> {
    let (value, origin) = typed.or(file).unwrap_or((default, Origin::Default));
    Setting { value, origin }
}

impl SettingsFile {
    fn read(path: &Path) -> Result<Self, SettingsError> {
        let text =
            fs::read_to_string(path).map_err(|source| SettingsError::Read { path: path.to_path_buf(), source })?;
        Self::parse(&text).map_err(|problem| SettingsError::Form { path: path.to_path_buf(), problem })
    }

    fn parse(text: &str) -> Result<Self, String> {
        let table: toml::Table = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_string())?;
        for key in table.keys() {
            if !KEYS.contains(&key.as_str()) {
                let hint =
                    nearest(key, KEYS.iter().copied()).map_or(String::new(), |near| format!("; did you mean {near}?"));
                return Err(format!("there is no setting {key:?}{hint}"));
            }
        }
        let file: Self =
            toml::Value::Table(table).try_into().map_err(|e: toml::de::Error| e.to_string().trim_end().to_string())?;
        check_all(&file.source)?;
        Ok(file)
    }
}

/// Bytes, or a number with K, M or G (of 1024).
pub fn parse_size(text: &str) -> Result<u64, SettingsError> {
    let wrong = || SettingsError::Size { text: text.to_string() };
    let plain = text.trim().to_ascii_uppercase();
    let plain = plain.strip_suffix("IB").or_else(|| plain.strip_suffix('B')).unwrap_or(&plain);
    let (digits, shift) = match plain.chars().last() {
        Some('K') => (&plain[..plain.len() - 1], 10),
        Some('M') => (&plain[..plain.len() - 1], 20),
        Some('G') => (&plain[..plain.len() - 1], 30),
        _ => (plain, 0),
    };
    let number: u64 = digits.trim().parse().map_err(|_| wrong())?;
    number.checked_mul(1 << shift).filter(|n| *n > 0 && *n <= 1 << 40).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let size = |t: &str| parse_size(t).ok();
        assert_eq!(
            [size("64M"), size("64 MiB"), size("1G"), size("100"), size("2kb")],
            [Some(64 << 20), Some(64 << 20), Some(1 << 30), Some(100), Some(2048)]
        );
        assert_eq!([size(""), size("0"), size("x"), size("-1"), size("9999999G")], [None; 5]);
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        assert_eq!(
            SettingsFile::parse("corpuss = 'x'").err().as_deref(),
            Some("there is no setting \"corpuss\"; did you mean corpus?")
        );
        assert!(SettingsFile::parse("corpus = 3").is_err());
        assert!(SettingsFile::parse("corpus = 'x'\nmax_file_size = '1G'").is_ok());
    }
}
