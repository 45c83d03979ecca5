//! Paths as given → inputs: folders are walked in sorted order, JSON Lines
//! and WARC files are opened piece by piece.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::SourceError;
use super::file::{Limits, plain_name, read_file, read_stdin};
use super::item::{Form, Item};
use super::jsonl::{Line, Lines, item_of_line};
use super::submission;
use super::warc::Captures;

/// How the inputs are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// By name and content.
    Auto,
    /// All as this form.
    As(Form),
    /// All as JSON Lines.
    JsonLines,
    /// All as filings: submissions are cut into their documents.
    Filing,
}

/// An input that is ready to be read, cheap to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// As given, or as found under a given folder.
        given: String,
        /// What it is, where the caller says so.
        form: Option<Form>,
    },
    /// Standard input.
    Stdin(Option<Form>),
    /// A line of JSON.
    Line(Line),
    /// A page of a WARC file, or a document of a submission.
    Capture(Box<Item>),
}

impl Input {
    /// Its path as given.
    pub fn path(&self) -> &str {
        match self {
            Self::File { given, .. } => given,
            Self::Stdin(_) => "-",
            Self::Line(line) => &line.path,
            Self::Capture(item) => &item.path,
        }
    }

    /// About how many bytes it will hold in memory when it is read.
    pub fn weight(&self) -> usize {
        match self {
            Self::Line(line) => line.bytes.len(),
            Self::Capture(item) => item.page.body.len(),
            Self::Stdin(_) => 1 << 20,
            Self::File { path, .. } => {
                let packed = if path.extension().is_some_and(|e| e == "gz") { 6 } else { 1 };
                fs::metadata(path).map_or(0, |m| usize::try_from(m.len()).unwrap_or(usize::MAX).saturating_mul(packed))
            }
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub fn read(self, limits: Limits) -> Result<Item, SourceError> {
        match self {
            Self::File { path, given, form } => read_file(&path, &given, form, limits),
            Self::Stdin(form) => read_stdin(form, limits),
            Self::Line(line) => item_of_line(line),
            Self::Capture(item) => Ok(*item),
        }
    }
}

/// The inputs of a list of paths, in order.
pub fn inputs(paths: &[PathBuf], entry: Entry, limits: Limits) -> Inputs {
    let pending = paths.iter().map(|p| Pending { path: p.clone(), explicit: true }).collect();
    Inputs { pending, many: None, entry, limits }
}

struct Pending {
    path: PathBuf,
    /// Named by the user, not found in a folder.
    explicit: bool,
}

/// Iterator over inputs; what cannot be read is an error of its own and the
/// others go on.
pub struct Inputs {
    pending: VecDeque<Pending>,
    /// A file that holds many, being read.
    many: Option<Box<dyn Iterator<Item = Result<Input, SourceError>> + Send>>,
    entry: Entry,
    limits: Limits,
}

/// Names in a folder that are read as documents.
const DOCUMENTS: &[&str] =
    &["html", "htm", "xhtml", "txt", "text", "md", "markdown", "jsonl", "ndjson", "json", "warc"];

impl Inputs {
    fn open(&mut self, next: Pending) -> Option<Result<Input, SourceError>> {
        let Pending { path, explicit } = next;
        let given = path.display().to_string();
        let form = if let Entry::As(form) = self.entry { Some(form) } else { None };
        if explicit && given == "-" {
            if self.entry == Entry::JsonLines {
                self.many = Some(Box::new(Lines::stdin(self.limits).map(|l| l.map(Input::Line))));
                return None;
            }
            return Some(Ok(Input::Stdin(form)));
        }
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => return self.folder(&path, given).err().map(Err),
            Ok(meta) if !explicit && !meta.is_file() => return Some(Err(SourceError::Special { path: given })),
            Ok(_) => {}
            Err(source) => {
                let link = fs::symlink_metadata(&path).is_ok_and(|m| m.is_symlink());
                let broken = link && source.kind() == io::ErrorKind::NotFound;
                return Some(Err(if broken {
                    SourceError::BrokenLink { path: given }
                } else {
                    SourceError::Read { path: given, source }
                }));
            }
        }
        let name = plain_name(&path);
        let ending = name.rsplit_once('.').map_or("", |(_, e)| e);
        if !explicit && name.ends_with(".meta.json") {
            return None; // read with the file it stands beside
        }
        if !explicit && !DOCUMENTS.contains(&ending) {
            return Some(Err(SourceError::NotADocument { path: given }));
        }
        let json = self.entry == Entry::Auto && matches!(ending, "jsonl" | "ndjson" | "json");
        if json || self.entry == Entry::JsonLines {
            return self.json(&path, &given, ending == "json").err().map(Err);
        }
        if self.entry == Entry::Auto && ending == "warc" {
            return match Captures::open(&path, &given, self.limits) {
                Ok(captures) => {
                    self.many = Some(Box::new(captures.map(|c| c.map(|item| Input::Capture(Box::new(item))))));
                    None
                }
                Err(e) => Some(Err(e)),
            };
        }
        let cut = self.entry == Entry::Filing || self.entry == Entry::Auto && ending == "txt";
        if cut && submission::is_submission(&path) {
            return match submission::documents(&path, &given, self.limits) {
                Ok(documents) => {
                    let ready = documents.into_iter().map(|d| d.map(|item| Input::Capture(Box::new(item))));
                    self.many = Some(Box::new(ready));
                    None
                }
                Err(e) => Some(Err(e)),
            };
        }
        let form = if self.entry == Entry::Filing { Some(Form::Filing) } else { form };
        Some(Ok(Input::File { path, given, form }))
    }

    /// A `.json` file may be one record over several lines.
    fn json(&mut self, path: &Path, given: &str, whole: bool) -> Result<(), SourceError> {
        let mut lines = Lines::open(path, given, self.limits)?;
        if whole {
            lines.read_whole();
        }
        self.many = Some(Box::new(lines.map(|l| l.map(Input::Line))));
        Ok(())
    }

    /// Puts a folder's entries before everything else, sorted by name.
    fn folder(&mut self, path: &Path, given: String) -> Result<(), SourceError> {
        let failed = |source| SourceError::Read { path: given.clone(), source };
        let mut names = Vec::new();
        for entry in fs::read_dir(path).map_err(failed)? {
            names.push(entry.map_err(failed)?);
        }
        names.retain(|e| !e.file_name().to_string_lossy().starts_with('.'));
        // A link to a folder may lead back here: only files are followed through links.
        names.retain(|e| !(e.file_type().is_ok_and(|t| t.is_symlink()) && e.path().is_dir()));
        names.sort_by_key(fs::DirEntry::file_name);
        for entry in names.into_iter().rev() {
            self.pending.push_front(Pending { path: entry.path(), explicit: false });
        }
        Ok(())
    }
}

impl Iterator for Inputs {
    type Item = Result<Input, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(many) = &mut self.many {
                match many.next() {
                    Some(input) => return Some(input),
                    None => self.many = None,
                }
            }
            let next = self.pending.pop_front()?;
            if let Some(found) = self.open(next) {
                return Some(found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_sorted_and_names_what_it_leaves_out() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        fs::create_dir(dir.path().join("b"))?;
        for name in ["z.txt", "b/2.html", "b/1.md", "a.jsonl", "picture.png", "z.meta.json", ".hidden"] {
            fs::write(dir.path().join(name), "{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\"y\"}\n")?;
        }
        std::os::unix::fs::symlink(dir.path().join("nowhere"), dir.path().join("link.txt"))?;
        let paths = [dir.path().to_path_buf(), PathBuf::from("gone.txt")];
        let got: Vec<String> = inputs(&paths, Entry::Auto, Limits::default())
            .map(|i| match i {
                Ok(i) => i.path().rsplit('/').next().unwrap_or("").to_string(),
                Err(e) => e.reason().to_string(),
            })
            .collect();
        let want = ["a.jsonl", "a.jsonl", "1.md", "2.html", "broken link", "no document", "z.txt", "unreadable"];
        assert_eq!(got, want);
        Ok(())
    }
}
