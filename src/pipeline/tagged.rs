//! Tagged: the facts of one issuer that the corpus holds, from archived filings
//! and company facts.

use std::collections::HashMap;
use std::path::Path;

use super::error::PipelineError;
use crate::archive;
use crate::model::{Document, Fact};
use crate::parse::{self, Ask};
use crate::store::Store;

/// Facts of an issuer, and what there is to say of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tagged {
    /// The facts.
    pub facts: Vec<Fact>,
    /// Files they stand in.
    pub files: u64,
    /// What could not be read, and what the files' readers say.
    pub notes: Vec<String>,
}

/// Reads what the archive of a corpus holds of an issuer's facts.
///
/// # Errors
/// When the store cannot be read.
pub fn tagged(corpus: &Path, store: &Store, cik: u32) -> Result<Tagged, PipelineError> {
    let folder = corpus.join(archive::FOLDER);
    let mut out = Tagged::default();
    let mut pages = store.filed_files(cik)?;
    pages.extend(store.filed_pages(cik)?);
    // Company facts grow: the newest capture has them all.
    let last: HashMap<&str, usize> = pages.iter().enumerate().map(|(at, (_, uri, _))| (uri.as_str(), at)).collect();
    for (at, (key, uri, page)) in pages.iter().enumerate() {
        if last.get(uri.as_str()) != Some(&at) {
            continue;
        }
        let captured = match archive::read(&folder, &page.file, page.start) {
            Ok(captured) => captured,
            Err(e) => {
                out.notes.push(format!("{uri}: {e}"));
                continue;
            }
        };
        let read = parse::facts(&captured.page.body, Ask::default());
        if read.facts.is_empty() {
            continue;
        }
        out.files += 1;
        out.notes.extend(read.diagnostics.into_iter().map(|note| format!("{uri}: {note}")));
        let document = store.document_of(key)?;
        let own = read.facts.into_iter().filter(|f| f.entity.is_none_or(|e| e == cik));
        out.facts.extend(own.map(|fact| said_by(fact, document.as_ref())));
    }
    Ok(out)
}

/// A document of its own does not say which filing it belongs to; what is
/// known of it does.
fn said_by(fact: Fact, document: Option<&Document>) -> Fact {
    let Some(document) = document else { return fact };
    let day = document.published.as_deref().and_then(|p| p.get(..10)).map(str::to_string);
    Fact {
        accession: fact.accession.or_else(|| document.accession.clone()),
        form: fact.form.or_else(|| document.form.clone()),
        filed: fact.filed.or(day),
        ..fact
    }
}
