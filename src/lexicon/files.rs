//! Files: the word lists as embedded, or as a folder of the user's overrides them.

use std::borrow::Cow;
use std::io::Write;
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
    /// A list cannot be written.
    #[error(
        "cannot write word list {path}: {source}; check the folder of --lexicon and the room left; the list of before stays"
    )]
    Write {
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
    /// A list in place of the one in the folder, to try it.
    tried: Option<(&'static str, String)>,
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../lexicon/", $name)))),*]
    };
}

/// Every list, as shipped.
const EMBEDDED: &[(&str, &str)] = embedded![
    "securities.tsv",
    "former.tsv",
    "funds.tsv",
    "aliases.toml",
    "groups.toml",
    "indices.toml",
    "crypto.toml",
    "commodities.toml",
    "governments.toml",
    "lookalikes.toml",
    "entity_cues.toml",
    "numbers.toml",
    "scales.toml",
    "currencies.toml",
    "units.toml",
    "hedges.toml",
    "metrics.toml",
    "line_items.toml",
    "movement.toml",
    "cues.toml",
    "rotations.toml",
    "publishers/apnews.toml",
    "publishers/bbc.toml",
    "publishers/businesswire.toml",
    "publishers/cnbc.toml",
    "publishers/cnn.toml",
    "publishers/drupal.toml",
    "publishers/federalreserve.toml",
    "publishers/globenewswire.toml",
    "publishers/guardian.toml",
    "publishers/npr.toml",
    "publishers/prnewswire.toml",
    "publishers/q4.toml",
    "publishers/wordpress.toml",
    "publishers/yahoo-finance.toml",
];

/// The folder of the declarations of publishers, which has any number of files.
const PUBLISHERS: &str = "publishers";

impl Files {
    /// The lists as shipped.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The lists as shipped, but for those that stand in `folder`.
    pub fn overridden_by(folder: &Path) -> Self {
        Self { folder: Some(folder.to_path_buf()), tried: None }
    }

    /// The same lists, but for one.
    pub fn with(self, name: &'static str, text: &str) -> Self {
        Self { tried: Some((name, text.to_string())), ..self }
    }

    /// Puts a list into a folder, in place of the one that is there: the whole
    /// new one, or the old one.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn put(folder: &Path, name: &str, text: &str) -> Result<(), LexiconError> {
        let path = folder.join(name);
        let draft = folder.join(format!("{name}.new"));
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(folder)?;
            let mut file = std::fs::File::create(&draft)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&draft, &path)?;
            std::fs::File::open(folder)?.sync_all()
        };
        write().map_err(|source| {
            // The draft may not be there.
            let _ = std::fs::remove_file(&draft);
            LexiconError::Write { path: path.clone(), source }
        })
    }

    /// Names and texts of the lists that override shipped ones, and of
    /// declarations of publishers that the user adds; other files in the folder
    /// are none of ours.
    ///
    /// # Errors
    /// When the folder or a list in it cannot be read.
    pub fn overriding(&self) -> Result<Vec<(String, String)>, LexiconError> {
        let Some(folder) = &self.folder else { return Ok(Vec::new()) };
        let lists = EMBEDDED.iter().map(|(name, _)| *name).filter(|name| !name.starts_with(PUBLISHERS));
        let mut found = Vec::new();
        for name in lists.map(str::to_string).chain(self.publishers()?) {
            found.extend(own(folder, &name)?.map(|text| (name, text)));
        }
        Ok(found)
    }

    /// Names of all declarations of publishers, shipped ones and those in the
    /// folder, in order.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn publishers(&self) -> Result<Vec<String>, LexiconError> {
        let shipped = EMBEDDED.iter().map(|(name, _)| name.to_string()).filter(|name| name.starts_with(PUBLISHERS));
        let mut names: Vec<String> = shipped.collect();
        let folder = self.folder.as_ref().map(|f| f.join(PUBLISHERS)).filter(|f| f.is_dir());
        if let Some(path) = folder {
            let failed = |source| LexiconError::Read { path: path.clone(), source };
            for entry in std::fs::read_dir(&path).map_err(failed)? {
                let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
                if name.ends_with(".toml") {
                    names.push(format!("{PUBLISHERS}/{name}"));
                }
            }
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The text of one list.
    ///
    /// # Errors
    /// When the overriding file cannot be read, or no list has that name.
    pub fn read(&self, name: &str) -> Result<Cow<'static, str>, LexiconError> {
        if let Some((_, text)) = self.tried.as_ref().filter(|(tried, _)| *tried == name) {
            return Ok(Cow::Owned(text.clone()));
        }
        if let Some(text) = self.folder.as_ref().map(|f| own(f, name)).transpose()?.flatten() {
            return Ok(Cow::Owned(text));
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

/// A list in the user's folder, if it is there.
fn own(folder: &Path, name: &str) -> Result<Option<String>, LexiconError> {
    let path = folder.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(source) if source.kind() == std::io::ErrorKind::NotFound && folder.is_dir() => Ok(None),
        Err(source) => Err(LexiconError::Read { path, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_embedded() -> std::io::Result<()> {
        let lists = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon");
        for (folder, before) in [(lists.clone(), ""), (lists.join("publishers"), "publishers/")] {
            for entry in std::fs::read_dir(folder)?.filter_map(Result::ok).filter(|e| e.path().is_file()) {
                let name = format!("{before}{}", entry.file_name().to_string_lossy());
                assert!(EMBEDDED.iter().any(|(n, _)| *n == name), "{name}");
            }
        }
        Ok(())
    }

    #[test]
    fn lists_of_the_folder_override_and_other_files_do_not() -> Result<(), Box<dyn std::error::Error>> {
        let dir = tempfile::tempdir()?;
        let files = Files::overridden_by(dir.path());
        assert!(files.overriding()?.is_empty());
        std::fs::write(dir.path().join("securities.tsv"), "AAA\tName\t1\tNYSE\n")?;
        std::fs::write(dir.path().join("notes.toml"), "x = 1")?;
        assert_eq!(files.overriding()?, [("securities.tsv".to_string(), "AAA\tName\t1\tNYSE\n".to_string())]);
        assert!(files.read("securities.tsv")?.starts_with("AAA"));
        assert_eq!(files.clone().with("securities.tsv", "BBB").read("securities.tsv")?, "BBB");
        // Of publishers there may be more than are shipped.
        let shipped = Files::embedded().publishers()?;
        std::fs::create_dir(dir.path().join("publishers"))?;
        std::fs::write(dir.path().join("publishers/tide.toml"), "name = 'tide'")?;
        std::fs::write(dir.path().join("publishers/bbc.toml"), "name = 'bbc'")?;
        assert_eq!(files.publishers()?.len(), shipped.len() + 1);
        let names: Vec<String> = files.overriding()?.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["securities.tsv", "publishers/bbc.toml", "publishers/tide.toml"]);
        Files::put(&dir.path().join("new"), "units.toml", "text")?;
        assert_eq!(std::fs::read_to_string(dir.path().join("new/units.toml"))?, "text");
        // Where a folder stands in the way, nothing changes and no draft is left.
        std::fs::create_dir_all(dir.path().join("full/units.toml/x"))?;
        assert!(Files::put(&dir.path().join("full"), "units.toml", "text").is_err());
        assert_eq!(std::fs::read_dir(dir.path().join("full"))?.count(), 1);
        assert!(files.read("units.toml")?.len() > 100);
        assert!(Files::overridden_by(&dir.path().join("gone")).read("units.toml").is_err());
        Ok(())
    }
}
