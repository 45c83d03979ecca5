//! Text without end: lines that go on and on, documents of one phrase. Four
//! times the text takes about four times as long, never sixteen times.

#![allow(clippy::expect_used)]

use std::time::{Duration, Instant};

use tapecheck::extract::extract;
use tapecheck::lexicon::Lexicon;
use tapecheck::model::Document;
use tapecheck::parse;

/// The shortest of three runs.
fn time(text: &str, lexicon: &Lexicon) -> Duration {
    let document = Document { text: text.to_string(), published: Some("2026-02-06".into()), ..Document::default() };
    let run = || {
        let began = Instant::now();
        extract(&document, &parse::segment(text), lexicon);
        began.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap_or_default()
}

#[test]
fn the_work_grows_with_the_text() {
    let lexicon = Lexicon::embedded().expect("the lists");
    for phrase in [
        "1% ",
        "Dover rose 3% and ",
        "Dover rose 3% | ",
        "DVR +1.23% KIL -0.45% Kiel Mills (KIL) $187.20 | ",
        "{\"s\":\"DVR\",\"p\":187.2,\"c\":-1.3},",
        "2025 2026 ",
        "# $725 billion and more\n",
        "Fees rose 3%.\n",
        "| Dover | 3% | 4% |\n",
        "money moved from banks to utilities and ",
        "the bank said 3% ",
        ".[1]",
        "capex of $5 billion ",
    ] {
        let of = |bytes: usize| phrase.repeat(bytes / phrase.len());
        // The first run pays for what is loaded once.
        time(&of(1 << 10), &lexicon);
        let (short, long) = (time(&of(24 << 10), &lexicon), time(&of(96 << 10), &lexicon));
        let bound = short * 8 + Duration::from_millis(100);
        assert!(long < bound, "{phrase:?}: {short:?}, then {long:?}");
    }
}
