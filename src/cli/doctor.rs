//! `doctor`: looks for damage in store, archive and index.

use super::context::Context;
use super::exit::Exit;
use crate::archive;
use crate::index::SearchIndex;

/// Captures that are read back.
const CAPTURES: usize = 200;

/// Runs it.
pub fn run(context: &Context) -> anyhow::Result<Exit> {
    let mut sound = true;
    let mut report = |what: &str, problem: Option<String>| match problem {
        None => println_quietly(&format!("{what}: fine")),
        Some(problem) => {
            sound = false;
            println_quietly(&format!("{what}: {problem}"));
        }
    };
    let store = context.store()?;
    report("store", store.check()?);
    let folder = context.settings.corpus.value.join(archive::FOLDER);
    let mut damaged = None;
    for page in store.last_pages(CAPTURES)? {
        if let Err(e) = archive::read(&folder, &page.file, page.start) {
            damaged = Some(e.to_string());
        }
    }
    report("archive", damaged);
    let index = SearchIndex::open(&context.settings.index.value).and_then(|i| i.check());
    report(
        "index",
        match index {
            Ok(damaged) if damaged.is_empty() => {
                let missing = store.counts()?.unindexed;
                (missing > 0).then(|| format!("{missing} documents are not indexed; run `tapecheck index rebuild`"))
            }
            Ok(damaged) => Some(format!("damaged files: {}; run `tapecheck index rebuild`", damaged.join(", "))),
            Err(e) => Some(e.to_string()),
        },
    );
    Ok(if sound { Exit::Fine } else { Exit::Error })
}

/// A reader that has gone away does not matter here.
fn println_quietly(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{}", super::output::escape::escape(line));
}
