//! The command line as typed.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{Parser, Subcommand, ValueEnum};

use super::extract::ExtractArgs;

/// Reads market articles and filings, binds every figure to what it says, and
/// makes the claims searchable and checkable.
#[derive(Debug, Parser)]
#[command(
    name = "tapecheck",
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  tapecheck demo                                    the whole path on a bundled sample
  tapecheck ingest news/                            read a folder into the store
  tapecheck search 'capex ticker:MSFT value:>50B'   find claims
  tapecheck extract article.html                    records of one file, nothing stored"
)]
pub struct Args {
    /// Options of all commands.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of all commands.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Settings file [default: tapecheck.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE", env = "TAPECHECK_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
    /// Folder of the archive and the store [default: corpus]
    #[arg(long, global = true, value_name = "DIR", env = "TAPECHECK_CORPUS", hide_env_values = true)]
    pub corpus: Option<PathBuf>,
    /// Folder of the search index [default: index]
    #[arg(long, global = true, value_name = "DIR", env = "TAPECHECK_INDEX", hide_env_values = true)]
    pub index: Option<PathBuf>,
    /// Folder of word lists that replace the built-in ones of the same name
    #[arg(long, global = true, value_name = "DIR", env = "TAPECHECK_LEXICON", hide_env_values = true)]
    pub lexicon: Option<PathBuf>,
    /// Largest file that is read, e.g. 64M or 1G [default: 64M]
    #[arg(long, global = true, value_name = "SIZE", env = "TAPECHECK_MAX_FILE_SIZE", hide_env_values = true)]
    pub max_file_size: Option<String>,
    /// Say only what went wrong
    #[arg(short, long, global = true, env = "TAPECHECK_QUIET", value_parser = FalseyValueParser::new(), hide_env_values = true)]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet", env = "TAPECHECK_VERBOSE", value_parser = FalseyValueParser::new(), hide_env_values = true)]
    pub verbose: bool,
    /// Show no progress bar
    #[arg(long, global = true, env = "TAPECHECK_NO_PROGRESS", value_parser = FalseyValueParser::new(), hide_env_values = true)]
    pub no_progress: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Files in, records out; no store is touched
    Extract(ExtractArgs),
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// One JSON array.
    Json,
    /// Comma-separated values, one kind of record.
    Csv,
    /// A Markdown table.
    Md,
    /// A table for reading.
    Table,
}
