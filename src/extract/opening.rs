//! Opening: a cheap test for every token, whether a time expression can begin
//! with it at all; the rules of [`super::period`] are then tried.

use super::view::View;
use crate::model::Shape;

/// Whether a time expression can begin at `at`. A word that begins one must
/// stand here; the tests try the rules at every token of the specs and the
/// sample corpus and compare.
pub(crate) fn may_open(view: &View<'_>, at: usize) -> bool {
    if view.is_number(at) {
        return true;
    }
    match view.lower(at) {
        b"the" => view.is(at + 1, "the") || opens_relative(view.lower(at + 1)),
        b"a" | b"one" | b"per" | b"each" | b"every" => is_unit(view.lower(at + 1)),
        b"since" | b"by" | b"until" | b"before" | b"week" | b"late" | b"early" | b"mid" | b"end" => true,
        b"two" | b"three" | b"six" | b"nine" | b"twelve" | b"thirteen" | b"twenty" | b"thirty" | b"fifty" => true,
        b"years" | b"quarters" | b"holiday" => true,
        b"yoy" | b"qoq" | b"ytd" | b"ttm" | b"y" | b"q" | b"h" | b"fy" | b"fiscal" | b"year" | b"quarter" => true,
        b"sequentially" | b"today" | b"tonight" | b"yesterday" => true,
        b"first" | b"second" | b"third" | b"fourth" | b"final" => true,
        b"annual" | b"annually" | b"yearly" | b"annualized" | b"annualised" => true,
        word => opens_relative(word) || view.shape(at) != Shape::Lower && begins_like_a_day_or_month(word),
    }
}

/// What may stand behind "the".
fn opens_relative(word: &[u8]) -> bool {
    matches!(
        word,
        b"full"
            | b"this"
            | b"current"
            | b"last"
            | b"previous"
            | b"prior"
            | b"preceding"
            | b"next"
            | b"coming"
            | b"upcoming"
            | b"past"
            | b"trailing"
            | b"a"
            | b"one"
    )
}

fn is_unit(word: &[u8]) -> bool {
    matches!(word, b"year" | b"years" | b"quarter" | b"quarters")
}

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
