//! What does the filing tag? Inline XBRL, plain XBRL instances and company
//! facts in JSON → the same records.
//!
//! Pure and in one pass: no tree is built, no entity is expanded, nothing is
//! fetched. What cannot be read is left out and said.

mod companyfacts;
mod distinct;
mod names;
mod raw;
mod reader;
mod resolve;
mod resources;
mod transform;
mod walk;

#[cfg(test)]
mod tests;

pub use distinct::distinct;

use crate::model::submission::Content;
use crate::model::{Fact, Submission};
use crate::parse::source_text::SourceText;
pub(crate) use names::colon;
pub(crate) use reader::FactReader;
pub(crate) use walk::{Open, Sink, walk};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Also facts that are no numbers: names, dates, notes.
    pub texts: bool,
}

/// The facts of a file and what could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// In the order of the file.
    pub facts: Vec<Fact>,
    /// What could not be read, in words.
    pub diagnostics: Vec<String>,
}

/// Reads the facts of a file: a page, an instance, company facts, or a
/// submission with all its documents.
pub fn facts(bytes: &[u8], ask: Ask) -> Facts {
    if Submission::looks_like(bytes) {
        return of_submission(bytes, ask);
    }
    let source = SourceText::new(bytes);
    let mut out = Facts::default();
    if source.foreign > 0 {
        out.diagnostics.push(format!("{} bytes are no UTF-8 and were read as Windows-1252", source.foreign));
    }
    if companyfacts::looks_like(&source.text) {
        match companyfacts::read(&source.text) {
            Ok(facts) => out.facts = facts,
            Err(problem) => out.diagnostics.push(problem),
        }
        return out;
    }
    let mut reader = FactReader::new(ask.texts);
    out.diagnostics.extend(walk(&source.text, &mut reader));
    let found = resolve::facts(reader, &source, &mut out.diagnostics);
    out.facts = found.into_iter().flatten().collect();
    let form = out.facts.iter().find(|f| f.concept == "dei:DocumentType").and_then(|f| f.text.clone());
    if !ask.texts {
        out.facts.retain(|f| f.numeric);
    }
    for fact in &mut out.facts {
        fact.form.clone_from(&form);
    }
    out
}

/// The facts of a page that was read already: its text is `source`. Each keeps
/// its place in the list; what is left out leaves a gap.
pub(crate) fn of_reader(
    reader: FactReader,
    source: &SourceText<'_>,
    offset: usize,
) -> (Vec<Option<Fact>>, Vec<String>) {
    let mut diagnostics = Vec::new();
    let mut facts = resolve::facts(reader, source, &mut diagnostics);
    let form = facts.iter().flatten().find(|f| f.concept == "dei:DocumentType").and_then(|f| f.text.clone());
    for fact in facts.iter_mut().flatten() {
        fact.form.clone_from(&form);
        fact.byte_start = fact.byte_start.map(|at| at + offset);
        fact.byte_end = fact.byte_end.map(|at| at + offset);
    }
    (facts, diagnostics)
}

/// The facts of all documents that a filer wrote; of none of them, those of the
/// instance that goes with it.
fn of_submission(bytes: &[u8], ask: Ask) -> Facts {
    let submission = Submission::read(bytes);
    let mut out = Facts { diagnostics: submission.diagnostics.clone(), ..Facts::default() };
    let texts = || submission.parts.iter().filter(|p| p.content == Content::Text);
    let written = texts().filter(|p| p.is_filed());
    let instances = texts().filter(|p| p.kind.starts_with("EX-101.INS") || p.kind == "XML");
    for part in written.chain(instances) {
        let body = &bytes[part.body.clone()];
        // An instance says again what the pages say.
        let instance = !part.is_filed();
        if instance && (!out.facts.is_empty() || !looks_like_instance(body)) {
            continue;
        }
        let mut read = facts(body, ask);
        let header = submission.filing(part);
        for fact in &mut read.facts {
            fact.byte_start = fact.byte_start.map(|at| at + part.body.start);
            fact.byte_end = fact.byte_end.map(|at| at + part.body.start);
            fact.accession.clone_from(&header.accession);
            fact.filed.clone_from(&header.filed);
            if header.form.is_some() {
                fact.form.clone_from(&header.form);
            }
        }
        // Most exhibits hold no facts: that alone is nothing to tell.
        if !read.facts.is_empty() {
            out.diagnostics.extend(read.diagnostics.into_iter().map(|d| format!("{}: {d}", part.kind)));
        }
        out.facts.append(&mut read.facts);
    }
    if out.facts.is_empty() {
        out.diagnostics.push("no document of the submission tags a number".into());
    }
    out
}

fn looks_like_instance(body: &[u8]) -> bool {
    let head = &body[..body.len().min(4096)];
    String::from_utf8_lossy(head).contains("http://www.xbrl.org/2003/instance")
}
