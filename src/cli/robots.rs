//! `robots`: may we fetch it, and which line says so.

use std::path::PathBuf;

use serde::Serialize;
use url::Url;

use super::args::Format;
use super::context::Context;
use super::exit::Exit;
use super::network::{self, NetworkArgs};
use super::rows;
use crate::fetch::{Robots, Validators};

/// Options of `robots`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
With --file all arguments are addresses (or paths) to decide about; without it the first one is the
robots.txt itself, or any address of its site. A missing robots.txt (4xx) allows everything, a server
that fails (5xx) nothing, as RFC 9309 has it.

Examples:
  tapecheck robots --agent tapecheck --file robots.txt /news/ /private/x.html
  tapecheck robots --agent tapecheck https://news.example/robots.txt https://news.example/a.html")]
pub struct RobotsArgs {
    /// Whom the rules are asked for
    #[arg(long, value_name = "UA", default_value = crate::fetch::AGENT)]
    agent: String,
    /// Read the rules from this file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Addresses; without --file the first one is the robots.txt
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
    /// How to write it [default: table on a terminal, jsonl otherwise]
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    network: NetworkArgs,
}

#[derive(Serialize)]
struct Row {
    url: String,
    allowed: bool,
    rule: Option<String>,
    line: Option<usize>,
}

/// Runs it.
pub fn run(context: &Context, args: &RobotsArgs) -> anyhow::Result<Exit> {
    let (robots, urls) = match &args.file {
        Some(file) => {
            let body = std::fs::read(file).map_err(|e| anyhow::anyhow!("cannot read {}: {e}", file.display()))?;
            (Robots::parse(&body, &args.agent), &args.urls[..])
        }
        None => {
            anyhow::ensure!(args.urls.len() > 1, "name the robots.txt and at least one address to decide about");
            (fetch(context, args)?, &args.urls[1..])
        }
    };
    let row = |url: &String| {
        let decision = robots.decide(url);
        let (rule, line) = decision.rule.map_or((None, None), |(rule, line)| (Some(rule), Some(line)));
        Row { url: url.clone(), allowed: decision.allowed, rule, line }
    };
    let rows: Vec<Row> = urls.iter().map(row).collect();
    rows::write(context, context.format(args.format), &["url", "allowed", "line", "rule"], &rows)?;
    let allowed = rows.iter().filter(|r| r.allowed).count();
    context.say(&format!("{allowed} of {} may be fetched by {}", rows.len(), args.agent));
    Ok(Exit::Fine)
}

fn fetch(context: &Context, args: &RobotsArgs) -> anyhow::Result<Robots> {
    let fetcher = network::fetcher(context, &args.network)?;
    let given = Url::parse(&args.urls[0]).map_err(|e| anyhow::anyhow!("{:?} is no address: {e}", args.urls[0]))?;
    let url = given.join("/robots.txt")?;
    let client = fetcher.client();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let exchange = runtime
        .block_on(client.ask(&url, &Validators::default(), client.limits()))
        .map_err(|e| anyhow::anyhow!(network::explain(&e.error)))?;
    let page = exchange.page;
    context.say(&format!("{url}: the server answered {}, {} bytes", page.status, page.body.len()));
    Ok(Robots::of_answer(page.status, &page.body, &args.agent))
}
