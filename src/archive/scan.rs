//! Scanning: every capture of the archive, in the order it was written.

use std::fs::{self, File};
use std::io::{BufReader, Seek};
use std::path::{Path, PathBuf};

use fastwarc::warc::record::WarcRecordType;

use super::error::{ArchiveError, At};
use super::member::unpack;
use super::reader::{Captured, captured};
use super::writer::{Place, name_of, number_of};

/// A capture of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// Its key.
    pub key: String,
    /// What was known beside its bytes, as JSON; empty for nothing.
    pub about: String,
    /// What was fetched or read.
    pub captured: Captured,
    /// Where it is.
    pub place: Place,
}

/// All captures of an archive; what is damaged is an error of its own, and the
/// rest of its file is left out.
pub struct Scan {
    dir: PathBuf,
    numbers: std::vec::IntoIter<u32>,
    file: Option<(String, BufReader<File>)>,
    about: (String, String),
}

impl Scan {
    /// Begins at the first file.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn open(dir: &Path) -> Result<Self, ArchiveError> {
        let mut numbers = Vec::new();
        for entry in fs::read_dir(dir).at(dir)? {
            numbers.extend(entry.at(dir)?.file_name().to_str().and_then(number_of));
        }
        numbers.sort_unstable();
        Ok(Self { dir: dir.to_path_buf(), numbers: numbers.into_iter(), file: None, about: Default::default() })
    }

    fn step(&mut self) -> Result<Option<Scanned>, ArchiveError> {
        loop {
            let Some((name, reader)) = &mut self.file else {
                let Some(number) = self.numbers.next() else { return Ok(None) };
                let name = name_of(number);
                let path = self.dir.join(&name);
                self.file = Some((name, BufReader::with_capacity(1 << 16, File::open(&path).at(&path)?)));
                continue;
            };
            let path = self.dir.join(&*name);
            let start = reader.stream_position().at(&path)?;
            let damaged = |problem: String| ArchiveError::Damaged { path: path.clone(), offset: start, problem };
            let Some(member) = unpack(reader).map_err(|e| damaged(e.to_string()))? else {
                self.file = None;
                continue;
            };
            match member.kind {
                WarcRecordType::Metadata => {
                    let about = String::from_utf8_lossy(&member.block).into_owned();
                    self.about = (member.refers_to().unwrap_or_default().to_string(), about);
                }
                WarcRecordType::Response | WarcRecordType::Resource => {
                    let end = reader.stream_position().at(&path)?;
                    let file = name.clone();
                    let key = member.key().ok_or_else(|| damaged("it has no key".into()))?.to_string();
                    let (of, about) = std::mem::take(&mut self.about);
                    let captured = captured(member).map_err(damaged)?;
                    let place = Place { file, start, end, digest: captured.digest.clone() };
                    let about = if of == key { about } else { String::new() };
                    return Ok(Some(Scanned { key, about, captured, place }));
                }
                _ => {}
            }
        }
    }
}

impl Iterator for Scan {
    type Item = Result<Scanned, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step();
        if step.is_err() {
            self.file = None;
        }
        step.transpose()
    }
}
