//! The command line as typed.

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Parser, Subcommand, ValueEnum};

use clap_complete::Shell;

use super::crawl::{CrawlArgs, ReprocessArgs};
use super::demo::DemoArgs;
use super::explain::ExplainArgs;
use super::extract::ExtractArgs;
use super::facts::FactsArgs;
use super::ingest::IngestArgs;
use super::output::RecordKind;
use super::robots::RobotsArgs;
use super::search::SearchArgs;
use super::securities::SecuritiesCommand;
use super::sources::SourcesCommand;

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
  tapecheck crawl --source fed-press                gather articles of a source
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
    #[arg(short, long, global = true, env = "TAPECHECK_QUIET", value_parser = BoolishValueParser::new(), hide_env_values = true)]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet", env = "TAPECHECK_VERBOSE", value_parser = BoolishValueParser::new(), hide_env_values = true)]
    pub verbose: bool,
    /// Show no progress bar
    #[arg(long, global = true, env = "TAPECHECK_NO_PROGRESS", value_parser = BoolishValueParser::new(), hide_env_values = true)]
    pub no_progress: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The whole path on a bundled sample: gather a small site, extract, index, search
    Demo(DemoArgs),
    /// News from the network into the store: feeds, sitemaps, pages, filings
    Crawl(Box<CrawlArgs>),
    /// Local files, folders and JSON Lines into the store
    Ingest(IngestArgs),
    /// Read everything stored again from the archive, without the network
    Reprocess(ReprocessArgs),
    /// Where news is: configured and shipped sources
    #[command(after_help = "Examples:\n  tapecheck sources list\n  tapecheck sources test fed-press --limit 5")]
    Sources {
        /// What to do with them
        #[command(subcommand)]
        command: SourcesCommand,
    },
    /// May an address be fetched, and which line of robots.txt says so
    Robots(RobotsArgs),
    /// Files in, records out; no store is touched
    Extract(ExtractArgs),
    /// The values that filings tag, each with the place it is printed
    Facts(FactsArgs),
    /// Find claims, documents or rotations in the store
    Search(SearchArgs),
    /// A claim's sentence, and which rule bound each field by which words
    Explain(ExplainArgs),
    /// What is stored, archived and indexed
    #[command(after_help = "Example:\n  tapecheck status --format json")]
    Status {
        /// How to write it [default: table on a terminal, jsonl otherwise]
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// Check store, archive and index for damage
    #[command(
        after_help = "Reads every file of the index and compares its checksum, and reads back the newest captures.\n\nExample:\n  tapecheck doctor"
    )]
    Doctor,
    /// The companies that are known by ticker and name
    Securities {
        /// What to do with them
        #[command(subcommand)]
        command: SecuritiesCommand,
    },
    /// JSON Schemas of the records
    #[command(after_help = "Examples:\n  tapecheck schema claim\n  tapecheck schema > schemas.json")]
    Schema {
        /// One record instead of all
        #[arg(value_enum)]
        record: Option<RecordKind>,
    },
    /// Settings: each value and where it came from
    #[command(
        after_help = "A flag wins over the environment, that over the settings file, that over the default.\nKeys of the settings file: corpus, index, lexicon, max_file_size, quiet, verbose, no_progress;\nthe tables [crawl], [edgar] and [[source]] tell how and where `crawl` goes.\n\nExample:\n  TAPECHECK_CORPUS=/data/news tapecheck config"
    )]
    Config {
        /// How to write it [default: table on a terminal, jsonl otherwise]
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// Shell completion
    #[command(
        after_help = "Example:\n  tapecheck completions bash > ~/.local/share/bash-completion/completions/tapecheck"
    )]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// The search index itself
    #[command(after_help = "Example:\n  tapecheck index rebuild --index index")]
    Index {
        /// What to do with it
        #[command(subcommand)]
        command: IndexCommand,
    },
}

/// What to do with the index.
#[derive(Debug, Subcommand)]
pub enum IndexCommand {
    /// Make the index anew from the store
    #[command(after_help = "Example:\n  tapecheck index rebuild")]
    Rebuild,
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
