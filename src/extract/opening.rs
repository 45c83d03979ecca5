//! Opening: a cheap test for every token, whether a time expression can begin
//! with it at all; the rules of [`super::period`] are then tried.

use super::classes::Class;
use super::view::View;
use super::words::{Words, joined};
use crate::model::Shape;

/// Whether a time expression can begin at `at`. A word that begins one must
/// stand here; the tests try the rules at every token of the specs and the
/// sample corpus and compare.
pub(crate) fn may_open(view: &View<'_>, at: usize) -> bool {
    if view.is_number(at) {
        return true;
    }
    if !view.is_a(at, Class::Time) {
        return view.shape(at) != Shape::Lower && begins_like_a_day_or_month(view.lower(at));
    }
    if view.is(at, "the") {
        return view.is(at + 1, "the") || view.is_one_of(at + 1, RELATIVE);
    }
    if view.is_one_of(at, RATED) {
        return view.is_one_of(at + 1, &["year", "years", "quarter", "quarters"]);
    }
    true
}

/// All words that the tests of [`may_open`] know, days and months aside.
pub(super) const KNOWN: Words =
    &joined::<{ 1 + RATED.len() + OPENERS.len() + RELATIVE.len() }>(&[&["the"], RATED, OPENERS, RELATIVE]);

/// Words that open a rate or a comparison in front of a unit of time.
const RATED: Words = &["a", "one", "per", "each", "every"];

/// Words that open a time expression.
const OPENERS: Words = &[
    "since",
    "by",
    "until",
    "before",
    "week",
    "late",
    "early",
    "mid",
    "end",
    "two",
    "three",
    "six",
    "nine",
    "twelve",
    "thirteen",
    "twenty",
    "thirty",
    "fifty",
    "years",
    "quarters",
    "holiday",
    "yoy",
    "qoq",
    "ytd",
    "ttm",
    "y",
    "q",
    "h",
    "fy",
    "fiscal",
    "year",
    "quarter",
    "sequentially",
    "today",
    "tonight",
    "yesterday",
    "first",
    "second",
    "third",
    "fourth",
    "final",
    "annual",
    "annually",
    "yearly",
    "annualized",
    "annualised",
];

/// Words that do so behind "the" as well.
const RELATIVE: Words = &[
    "full",
    "this",
    "current",
    "last",
    "previous",
    "prior",
    "preceding",
    "next",
    "coming",
    "upcoming",
    "past",
    "trailing",
    "a",
    "one",
];

/// By the first three letters.
fn begins_like_a_day_or_month(word: &[u8]) -> bool {
    let months = matches!(
        word.get(..3),
        Some(b"jan" | b"feb" | b"mar" | b"apr" | b"may" | b"jun" | b"jul" | b"aug" | b"sep" | b"oct" | b"nov" | b"dec")
    );
    months || matches!(word.get(..3), Some(b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::extract::calendar::Reference;
    use crate::extract::period::time;
    use crate::lexicon::Lexicon;
    use crate::parse::segment;

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path());
        entries.flat_map(|p| if p.is_dir() { files(&p) } else { vec![p] }).collect()
    }

    #[test]
    fn hides_no_time_expression() {
        let lexicon = Lexicon::embedded().expect("the shipped lists");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let reference = Reference::parse(Some("2026-02-06"));
        let mut tried = 0;
        for file in ["tests/specs", "corpus/sample"].iter().flat_map(|f| files(&root.join(f))) {
            let Ok(text) = fs::read_to_string(&file) else { continue };
            let text = segment(&text);
            let view = View::new(&text, &lexicon);
            for at in 0..view.tokens().len() {
                if let Some(found) = time(&view, reference, at) {
                    assert!(may_open(&view, at), "{:?} in {}", view.surface(at, found.end), file.display());
                    tried += 1;
                }
            }
        }
        assert!(tried > 500, "{tried}");
    }
}
