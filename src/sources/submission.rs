//! EDGAR submissions: one file that holds a filing's documents.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::error::SourceError;
use super::file::{Limits, page, read_file};
use super::item::{Form, Item, Known};
use crate::model::submission::{Content, Part};
use crate::model::{Page, Submission};

/// Exhibits that are read beside the main document: releases and annual
/// reports. Contracts and certificates say nothing of a market.
pub(super) const EXHIBITS: &[&str] = &["99", "13"];

/// Whether a file is a submission, by its first bytes; what cannot be opened is
/// none, and is named when it is read. A pipe is none either: what is read from
/// it to look is gone.
pub(super) fn is_submission(path: &Path) -> bool {
    if !path.metadata().is_ok_and(|m| m.is_file()) {
        return false;
    }
    let mut head = Vec::new();
    let Ok(file) = File::open(path) else { return false };
    let read = file.take(4096).read_to_end(&mut head);
    if read.is_ok() && head.starts_with(&[0x1F, 0x8B]) {
        let packed = std::mem::take(&mut head);
        // A cut member still gives its beginning.
        let _ = MultiGzDecoder::new(&packed[..]).take(4096).read_to_end(&mut head);
    }
    Submission::looks_like(&head)
}

/// The documents of a submission that are read, and one word on the others.
///
/// # Errors
/// When the file cannot be read; see [`read_file`].
pub(super) fn documents(
    path: &Path,
    given: &str,
    limits: Limits,
) -> Result<Vec<Result<Item, SourceError>>, SourceError> {
    let file = read_file(path, given, None, limits)?;
    let bytes = &file.page.body;
    let submission = Submission::read(bytes);
    let main = submission.main();
    let mut found = Vec::new();
    let mut aside = Vec::new();
    let mut packed = 0;
    for (at, part) in submission.parts.iter().enumerate() {
        let filing = submission.filing(part);
        let wanted = Some(at) == main || EXHIBITS.iter().any(|number| filing.is_exhibit(number));
        if part.content == Content::Packed || !part.is_filed() {
            packed += 1;
            continue;
        }
        if !wanted {
            aside.push(part.kind.clone());
            continue;
        }
        let body = bytes[part.body.clone()].to_vec();
        let name = name(part, at);
        let url = filing.url().unwrap_or_else(|| format!("file:{given}#{name}"));
        let known = Known { form: Some(Form::Filing), filing: Some(filing), ..file.known.clone() };
        found.push(Ok(Item {
            path: given.to_string(),
            uri: format!("{}#{name}", file.uri),
            page: page(url, body),
            known,
        }));
    }
    if !aside.is_empty() || packed > 0 {
        let mut what = aside;
        if packed > 0 {
            what.push(format!("{packed} packed or derived documents"));
        }
        found.push(Err(SourceError::LeftAside { path: given.to_string(), what: what.join(", ") }));
    }
    found.extend(
        submission
            .diagnostics
            .iter()
            .map(|problem| Err(SourceError::LeftAside { path: given.to_string(), what: problem.clone() })),
    );
    Ok(found)
}

/// The documents of a whole submission that was fetched; any other item is the
/// only one of itself.
pub fn parts(item: Item) -> Vec<Item> {
    let body = &item.page.body;
    if item.known.form != Some(Form::Filing) || !Submission::looks_like(body) {
        return vec![item];
    }
    let submission = Submission::read(body);
    let main = submission.main();
    let mut found = Vec::new();
    for (at, part) in submission.parts.iter().enumerate() {
        let filing = submission.filing(part);
        let wanted = Some(at) == main || EXHIBITS.iter().any(|number| filing.is_exhibit(number));
        if !wanted || part.content == Content::Packed || !part.is_filed() {
            continue;
        }
        let name = name(part, at);
        let url = filing.url().unwrap_or_else(|| format!("{}#{name}", item.page.url));
        let known = Known { form: Some(Form::Filing), filing: Some(filing), ..item.known.clone() };
        found.push(Item {
            path: item.path.clone(),
            uri: format!("{}#{name}", item.uri),
            page: Page { url, body: body[part.body.clone()].to_vec(), ..item.page.clone() },
            known,
        });
    }
    if found.is_empty() { vec![item] } else { found }
}

/// A name that is a part's own within its submission.
fn name(part: &Part, at: usize) -> String {
    part.filename.clone().unwrap_or_else(|| format!("{}-{}", at + 1, part.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_documents_to_read() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("a.txt");
        let doc = |kind: &str, body: &str| {
            format!(
                "<DOCUMENT>\n<TYPE>{kind}\n<FILENAME>{}.htm\n<TEXT>\n{body}\n</TEXT>\n</DOCUMENT>\n",
                kind.to_lowercase()
            )
        };
        let text = "<SEC-DOCUMENT>x\nCONFORMED SUBMISSION TYPE:\t8-K\nACCESSION NUMBER: 0000000042-25-000001\nCENTRAL INDEX KEY: 42\n".to_string()
            + &doc("8-K", "<html>main</html>")
            + &doc("EX-10.1", "<html>contract</html>")
            + &doc("EX-99.1", "Plain words of a release")
            + &doc("GRAPHIC", "begin 644 a.jpg\nx\nend");
        std::fs::write(&path, text)?;
        assert!(is_submission(&path) && !is_submission(dir.path()));
        let found = documents(&path, "a.txt", Limits::default()).map_err(std::io::Error::other)?;
        let kinds: Vec<String> = found
            .iter()
            .map(|f| match f {
                Ok(item) => item.page.url.rsplit('/').next().unwrap_or("").to_string(),
                Err(e) => e.to_string(),
            })
            .collect();
        let want = ["8-k.htm", "ex-99.1.htm", "a.txt: left aside: EX-10.1, 1 packed or derived documents"];
        assert_eq!(kinds, want);
        Ok(())
    }
}
