//! The index's folder: made, opened, written.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::error::LockError;
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError, Term};

use super::entries::entries;
use super::error::{At, IndexError};
use super::fields::Fields;
use super::words;
use crate::model::{Claim, Document, Rotation};

/// Version of the schema and the analysers.
const VERSION: u32 = 2;

/// Names the index's files in its folder.
const LABEL: &str = "tapecheck.json";

/// Memory of the writer, all threads together.
const MEMORY: usize = 96 << 20;

#[derive(Debug, Serialize, Deserialize)]
struct Label {
    version: u32,
    name: String,
}

/// An index's folder.
#[derive(Debug)]
pub struct SearchIndex {
    pub(super) path: PathBuf,
    pub(super) index: Index,
    pub(super) fields: Fields,
    name: String,
}

impl SearchIndex {
    /// Opens an index that is there.
    ///
    /// # Errors
    /// When there is none, it is damaged or of another version.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let text = match fs::read(path.join(LABEL)) {
            Ok(text) => text,
            Err(_) if path.join("meta.json").exists() => {
                return Err(IndexError::Damaged { path: path.to_path_buf(), problem: format!("{LABEL} is missing") });
            }
            Err(_) => return Err(IndexError::Missing { path: path.to_path_buf() }),
        };
        let label: Label = serde_json::from_slice(&text)
            .map_err(|e| IndexError::Damaged { path: path.to_path_buf(), problem: format!("{LABEL}: {e}") })?;
        if label.version != VERSION {
            return Err(IndexError::Version { path: path.to_path_buf(), found: label.version, known: VERSION });
        }
        let opened = super::search::guarded(path, || Index::open_in_dir(path));
        let index = opened?;
        let (schema, fields) = Fields::schema();
        if index.schema() != schema {
            return Err(IndexError::Damaged { path: path.to_path_buf(), problem: "its fields are others".to_string() });
        }
        words::register(index.tokenizers());
        Ok(Self { path: path.to_path_buf(), index, fields, name: label.name })
    }

    /// Makes an empty index in place of whatever index is there. Files that
    /// are not the index's own stay.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn create(path: &Path, name: &str) -> Result<Self, IndexError> {
        fs::create_dir_all(path).at(path)?;
        // The label goes first and comes last: a half-made index is not taken for a whole one.
        for entry in fs::read_dir(path).at(path)? {
            let entry = entry.at(path)?;
            if is_own(&entry.file_name().to_string_lossy()) {
                fs::remove_file(entry.path()).at(path)?;
            }
        }
        let (schema, fields) = Fields::schema();
        let index = Index::create_in_dir(path, schema).at(path)?;
        words::register(index.tokenizers());
        let label = Label { version: VERSION, name: name.to_string() };
        let text = serde_json::to_vec(&label).map_err(std::io::Error::other).at(path)?;
        let draft = path.join(format!("{LABEL}.new"));
        fs::write(&draft, text).at(path)?;
        fs::rename(&draft, path.join(LABEL)).at(path)?;
        Ok(Self { path: path.to_path_buf(), index, fields, name: name.to_string() })
    }

    /// The name it was made with.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A writer; one at a time.
    ///
    /// # Errors
    /// When another program writes.
    pub fn writer(&self) -> Result<Writer<'_>, IndexError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        let writer = self.index.writer_with_num_threads(threads, MEMORY).map_err(|e| match e {
            TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Busy { path: self.path.clone() },
            e => IndexError::of(&self.path, &e),
        })?;
        Ok(Writer { owner: self, writer })
    }

    /// Reads every file and compares its checksum; names those that are damaged.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn check(&self) -> Result<Vec<String>, IndexError> {
        let damaged = super::search::guarded(&self.path, || self.index.validate_checksum())?;
        Ok(damaged.into_iter().map(|p| p.display().to_string()).collect())
    }
}

/// Files that tantivy and this program make.
fn is_own(name: &str) -> bool {
    const ENDINGS: &[&str] = &["store", "term", "idx", "pos", "fast", "fieldnorm", "del", "temp"];
    matches!(name, "meta.json" | ".managed.json" | ".tantivy-writer.lock" | ".tantivy-meta.lock" | LABEL)
        || name.starts_with(LABEL)
        || name.split_once('.').is_some_and(|(stem, rest)| {
            let segment = stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit());
            segment && ENDINGS.contains(&rest.rsplit('.').next().unwrap_or(""))
        })
        || (name.starts_with(".tmp") && name.len() > 4)
}

/// Adds and takes out.
pub struct Writer<'i> {
    owner: &'i SearchIndex,
    writer: IndexWriter,
}

/// What the index holds of a document and its statements; made on all cores,
/// then written.
pub struct Prepared {
    doc_id: String,
    entries: Vec<TantivyDocument>,
}

impl SearchIndex {
    /// Makes the entries of a document and its statements.
    pub fn prepare(&self, document: &Document, claims: &[Claim], rotations: &[Rotation]) -> Prepared {
        let entries = entries(&self.fields, document, claims, rotations);
        Prepared { doc_id: document.doc_id.clone(), entries }
    }
}

impl Writer<'_> {
    /// Puts a document and its statements in, in place of what is there of it.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn put(&mut self, prepared: Prepared) -> Result<(), IndexError> {
        self.remove(&prepared.doc_id);
        for entry in prepared.entries {
            self.writer.add_document(entry).at(&self.owner.path)?;
        }
        Ok(())
    }

    /// Takes a document and its statements out.
    pub fn remove(&mut self, doc_id: &str) {
        self.writer.delete_term(Term::from_field_text(self.owner.fields.doc, doc_id));
    }

    /// Brings everything to disk; only then may the store mark it as indexed.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.writer.commit().map(|_| ()).at(&self.owner.path)
    }

    /// Waits for the merging of segments to end.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn finish(self) -> Result<(), IndexError> {
        let path = self.owner.path.clone();
        self.writer.wait_merging_threads().at(&path)
    }
}
