//! Who asks? The command line: parses the question, calls the rooms, shows
//! the answer. stdout is data, everything else goes to stderr.

mod args;
mod context;
mod crawl;
mod demo;
mod doctor;
mod exit;
mod explain;
mod extract;
mod facts;
mod ingest;
mod interrupt;
mod network;
mod output;
mod robots;
mod rows;
mod search;
mod securities;
mod settings;
mod simple;
mod sources;
mod status;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches};

pub use args::Args;
pub use exit::Exit;

use args::{Command, IndexCommand};
use context::Context;

/// Runs the program on its arguments and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let command = Args::command();
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(e) => {
            // Help and version are no errors. Nobody may be listening.
            let _ = e.print();
            return if e.use_stderr() { Exit::Error } else { Exit::Fine };
        }
    };
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(e) => {
            let _ = e.print();
            return Exit::Error;
        }
    };
    interrupt::listen();
    match settings::Settings::resolve(&args.global, &matches)
        .map_err(anyhow::Error::from)
        .and_then(|s| dispatch(args, s))
    {
        Ok(_) if interrupt::stopped() => Exit::Interrupted,
        Ok(exit) => exit,
        Err(e) if is_broken_pipe(&e) => Exit::Fine,
        // Every room says what it cannot read or write; what is left is stdout.
        Err(e) if e.is::<std::io::Error>() => {
            eprintln!("tapecheck: cannot write the output: {e}; free some space, or write it elsewhere");
            Exit::Error
        }
        Err(e) => {
            eprintln!("tapecheck: {}", output::escape::escape(&said(&e)));
            Exit::Error
        }
    }
}

fn dispatch(args: Args, settings: settings::Settings) -> anyhow::Result<Exit> {
    let context = Context::new(settings);
    match args.command {
        Command::Demo(options) => demo::run(&context, &options),
        Command::Crawl(options) => crawl::run(&context, &options),
        Command::Reprocess(_) => crawl::reprocess(&context),
        Command::Sources { command } => sources::run(&context, &command),
        Command::Robots(options) => robots::run(&context, &options),
        Command::Ingest(options) => ingest::run(&context, &options),
        Command::Extract(options) => extract::run(&context, &options),
        Command::Facts(options) => facts::run(&context, &options),
        Command::Search(options) => search::run(&context, &options),
        Command::Explain(options) => explain::run(&context, &options),
        Command::Status { format } => status::run(&context, format),
        Command::Doctor => doctor::run(&context),
        Command::Securities { command } => securities::run(&context, &command),
        Command::Schema { record } => simple::schema(record),
        Command::Config { format } => simple::config(&context, format),
        Command::Completions { shell } => simple::completions(shell),
        Command::Index { command: IndexCommand::Rebuild } => ingest::rebuild(&context),
    }
}

/// An error and its causes, each said once: most errors say what caused them.
fn said(e: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in e.chain().map(ToString::to_string) {
        if !said.contains(&cause) {
            let colon = if said.is_empty() { "" } else { ": " };
            said = format!("{said}{colon}{cause}");
        }
    }
    said
}

/// The reader of stdout went away: nothing is wrong.
fn is_broken_pipe(e: &anyhow::Error) -> bool {
    e.chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
