//! Context: what every command needs.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::Format;
use super::output::escape::escape;
use super::settings::Settings;
use crate::lexicon::{Files, Lexicon, LexiconError};
use crate::pipeline::{Corpus, PipelineError};
use crate::sources::Limits;
use crate::store::{self, Store, StoreError};

/// Settings and the state of the terminal.
pub struct Context {
    /// Settings with their origins.
    pub settings: Settings,
    /// stdout is a terminal.
    pub terminal: bool,
    /// stdout may carry colour.
    pub colour: bool,
    /// Columns of the terminal; 80 where there is none.
    pub width: usize,
}

impl Context {
    /// Looks at the terminal.
    pub fn new(settings: Settings) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
            || std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        Self { settings, terminal, colour: terminal && !plain, width: width(terminal) }
    }

    /// The format asked for, or the usual one: a table on a terminal, JSON Lines otherwise.
    pub fn format(&self, asked: Option<Format>) -> Format {
        asked.unwrap_or(if self.terminal { Format::Table } else { Format::Jsonl })
    }

    /// Where the word lists are read from.
    pub fn files(&self) -> Files {
        self.settings.lexicon.value.as_ref().map_or_else(Files::embedded, |folder| Files::overridden_by(folder))
    }

    /// The word lists.
    ///
    /// # Errors
    /// When a list of `--lexicon` is not of its form.
    pub fn lexicon(&self) -> Result<Lexicon, LexiconError> {
        Lexicon::load(&self.files())
    }

    /// Version of what extracts: the program's rules, and the lists that
    /// override its own.
    ///
    /// # Errors
    /// When a list of `--lexicon` cannot be read.
    pub fn extractor(&self) -> Result<String, LexiconError> {
        const OWN: &str = env!("TAPECHECK_EXTRACTOR");
        if self.settings.lexicon.value.is_none() {
            return Ok(OWN.to_string());
        }
        let mut hash = blake3::Hasher::new();
        for (name, text) in self.files().overriding()? {
            for part in [name.as_bytes(), text.as_bytes()] {
                hash.update(&(part.len() as u64).to_le_bytes()).update(part);
            }
        }
        Ok(format!("{OWN}+{}", &hash.finalize().to_hex()[..16]))
    }

    /// The corpus, open for writing.
    ///
    /// # Errors
    /// See [`PipelineError`].
    pub fn corpus(&self) -> Result<Corpus, PipelineError> {
        Corpus::open(&self.settings.corpus.value)
    }

    /// The store that is there, for reading.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn store(&self) -> Result<Store, StoreError> {
        Store::open_existing(&self.settings.corpus.value.join(store::FILE))
    }

    /// How much of a file is read.
    pub fn limits(&self) -> Limits {
        Limits { bytes: self.settings.max_file_size.value }
    }

    /// Says something on stderr, unless `--quiet`.
    pub fn say(&self, line: &str) {
        if !self.settings.quiet.value {
            eprintln!("{}", escape(line));
        }
    }

    /// Says something on stderr with `--verbose`.
    pub fn detail(&self, line: &str) {
        if self.settings.verbose.value {
            eprintln!("{}", escape(line));
        }
    }

    /// Says on stderr what went wrong, always.
    pub fn complain(&self, line: &str) {
        eprintln!("tapecheck: {}", escape(line));
    }

    /// A progress bar; invisible where stderr is no terminal.
    pub fn progress(&self, what: &str) -> ProgressBar {
        let hidden = self.settings.no_progress.value || self.settings.quiet.value || !std::io::stderr().is_terminal();
        let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {pos} ({per_sec}, {elapsed})") {
            bar.set_style(style);
        }
        bar.set_message(what.to_string());
        bar
    }
}

fn width(terminal: bool) -> usize {
    let table = comfy_table::Table::new();
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let seen = if terminal { table.width() } else { None };
    columns.or(seen).map_or(80, usize::from).clamp(40, 400)
}
