//! How a crawl is shown while it runs, and its accounts at the end.

use std::collections::HashMap;
use std::io::IsTerminal;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::context::Context;
use crate::cli::network::explain;
use crate::cli::output::Look;
use crate::cli::output::escape::escape_line;
use crate::pipeline::crawl::{Accounts, Event, HostState, Progress};

/// Lines told of each reason; the others are only counted.
const TOLD: u64 = 10;

/// Hosts shown while the crawl runs.
const HOSTS: usize = 6;

/// Shows a crawl.
pub struct Show<'s> {
    context: &'s Context,
    bars: MultiProgress,
    total: ProgressBar,
    hosts: Vec<ProgressBar>,
    told: HashMap<String, u64>,
}

impl<'s> Show<'s> {
    /// On stderr; silent where that is no terminal or nothing is to be shown.
    pub fn new(context: &'s Context) -> Self {
        let settings = &context.settings;
        let hidden = settings.no_progress.value || settings.quiet.value || !std::io::stderr().is_terminal();
        let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bars = MultiProgress::with_draw_target(target);
        let line = || {
            let bar = bars.add(ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
                bar.set_style(style);
            }
            bar
        };
        let total = line();
        let hosts = (0..HOSTS).map(|_| line()).collect();
        Self { context, total, hosts, bars, told: HashMap::new() }
    }

    /// Shows what happened.
    pub fn event(&mut self, event: Event) {
        match event {
            Event::Progress(progress) => self.progress(&progress),
            Event::List(url, named, new) => {
                self.line("list", &format!("{url} names {named} addresses, {new} of them to be asked"));
            }
            Event::Said(url, note) => self.line("note", &format!("{url}: {note}")),
            Event::Refused(url, error) => self.line(error.name(), &told_of(&url, &explain(&error))),
            Event::NoArticle(url, reason) => self.line(&reason, &format!("{url}: no article: {reason}")),
            Event::Flagged(url) => {
                self.line("flagged", &format!("{url} may be cut short: it has no end, though its length is right"));
            }
            Event::Stored(url, id, outcome, copy) => {
                let copy = copy.map_or(String::new(), |of| format!(", a copy of {of}"));
                self.bars.suspend(|| self.context.detail(&format!("{url}: document {id}, {outcome:?}{copy}")));
            }
        }
    }

    fn line(&mut self, reason: &str, line: &str) {
        let told = self.told.entry(reason.to_string()).or_default();
        *told += 1;
        let context = self.context;
        match *told {
            n if n < TOLD => self.bars.suspend(|| context.say(line)),
            n if n == TOLD => self.bars.suspend(|| {
                context.say(line);
                context.say(&format!("more of this sort ({reason}): only counted; -v shows all"));
            }),
            _ => self.bars.suspend(|| context.detail(line)),
        }
    }

    fn progress(&self, progress: &Progress) {
        let Progress { taken, documents, flying, hosts } = progress;
        self.total.set_message(format!("crawling: {taken} asked, {documents} documents, {flying} in flight"));
        for (at, bar) in self.hosts.iter().enumerate() {
            bar.set_message(hosts.get(at).map_or(String::new(), line_of));
        }
    }

    /// Takes the progress off the terminal.
    pub fn end(&mut self) {
        self.total.finish_and_clear();
        for bar in &self.hosts {
            bar.finish_and_clear();
        }
    }
}

/// Columns of a live line: those of the narrowest usual terminal.
const COLUMNS: usize = 80;

/// The live line of a host. Long names are shortened, so that what the host
/// does fits behind them.
fn line_of(host: &HostState) -> String {
    let paused = host.paused.map_or(String::new(), |p| format!(", in peace {} s", p.as_secs()));
    let failed = if host.failed > 0 { format!(", {} failed", host.failed) } else { String::new() };
    let does = format!(": {} done, {} in flight{failed}{paused}", host.done, host.flying);
    let name = escape_line(&host.host);
    let over = (name.chars().count() + does.len() + 2).saturating_sub(COLUMNS);
    // The end of a name says more than its beginning.
    let name = if over > 0 { format!("…{}", name.chars().skip(over + 1).collect::<String>()) } else { name };
    format!("  {name}{does}")
}

/// Errors mostly begin with their address; the one asked for is named too.
fn told_of(url: &str, error: &str) -> String {
    if error.contains(url) { error.to_string() } else { format!("{url}: {error}") }
}

/// The table of accounts, on stderr.
pub fn accounts(context: &Context, accounts: &Accounts) {
    let look = Look { width: context.width, colour: false, markdown: false };
    let mut rows: Vec<Vec<String>> = accounts.groups().into_iter().map(|(name, n)| vec![name, n.to_string()]).collect();
    rows.push(vec!["all addresses".into(), accounts.taken.to_string()]);
    context.say(&look.table(&["addresses", "number"], rows));
    let left: Vec<String> = accounts.left_out.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
    let left = if left.is_empty() {
        String::new()
    } else {
        format!(", {} left out ({})", accounts.left_out.values().sum::<u64>(), left.join(", "))
    };
    context.say(&format!(
        "named by lists and pages: {}, {} to be asked, {} known{left}",
        accounts.named, accounts.queued, accounts.known
    ));
    context.say(&format!(
        "archived: {} captures; stored: {} new documents, {} changed, {} of them copies",
        accounts.captures, accounts.new_documents, accounts.changed_documents, accounts.copies
    ));
    context.say(&format!(
        "found: {} claims, {} rotations, {} mentions",
        accounts.claims, accounts.rotations, accounts.mentions
    ));
    if accounts.flagged > 0 {
        context.say(&format!("{} pages may be cut short, though their length is right", accounts.flagged));
    }
    if accounts.still_queued > 0 {
        context.say(&format!("{} addresses are still queued; the same crawl goes on with them", accounts.still_queued));
    }
    if accounts.left_of_others > 0 {
        context.say(&format!(
            "{} addresses of other crawls are left in the queue; `tapecheck crawl --resume` goes on with them",
            accounts.left_of_others
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_live_line_fits_80_columns() {
        let host = HostState {
            host: format!("{}.news.example:8080", "very-long-name".repeat(20)),
            done: 99_999,
            failed: 9_999,
            flying: 64,
            paused: Some(std::time::Duration::from_secs(3600)),
        };
        let line = line_of(&host);
        assert!(line.chars().count() <= 80 && line.contains("news.example:8080: 99999 done"), "{line}");
        assert!(!line_of(&HostState { host: "x\u{1b}[2Jy".into(), ..host }).contains('\u{1b}'));
    }
}
