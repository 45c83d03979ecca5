//! Filings of EDGAR: what is typed → what is asked for.

use crate::cli::context::Context;
use crate::cli::network::{self, NetworkArgs};
use crate::lexicon::securities;
use crate::sources::edgar::Ask;
use crate::sources::{Kind, Source};

/// Name of the shipped source.
const NAME: &str = "edgar";

/// Which filings.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Filings (--source edgar)")]
pub struct EdgarArgs {
    /// Issuers by ticker: MSFT,AMZN
    #[arg(long, value_delimiter = ',', value_name = "TICKER")]
    ticker: Vec<String>,
    /// Issuers by Central Index Key
    #[arg(long, value_delimiter = ',', value_name = "NUMBER")]
    cik: Vec<u32>,
    /// Forms: 10-K,10-Q,8-K. A form means itself alone, 10-K/A is another; `all` for every form
    /// [default: 10-K, 10-Q, 8-K, 20-F, 40-F, 6-K and their amendments]
    #[arg(long, value_delimiter = ',', value_name = "FORM")]
    form: Vec<String>,
    /// Amendments of the forms too
    #[arg(long, requires = "form")]
    amendments: bool,
    /// Items of current reports, of which one must stand there: 2.02,7.01
    #[arg(long, value_delimiter = ',', value_name = "ITEM")]
    item: Vec<String>,
    /// Only what was filed on this day or earlier (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Filings that hold these words as a phrase, by the SEC's full-text search (since 2001); with
    /// quotes or OR in it, as the search reads them
    #[arg(long, value_name = "WORDS")]
    query: Option<String>,
    /// The feed of filings of these hours
    #[arg(long)]
    current: bool,
    /// The index of a day, or of a range of days: 2025-02-06, 2025-02-03..2025-02-07
    #[arg(long, value_name = "DATE")]
    daily: Option<String>,
    /// The index of a quarter, or of a range of quarters: 2025-Q1
    #[arg(long, value_name = "QUARTER")]
    quarter: Option<String>,
    /// Everything the issuers tagged, as data.sec.gov has it; with --form, filings too
    #[arg(long)]
    companyfacts: bool,
    /// What the issuers tagged with this: us-gaap:Revenues
    #[arg(long, value_delimiter = ',', value_name = "TAG")]
    concept: Vec<String>,
}

impl EdgarArgs {
    /// Whether any of them was typed.
    pub fn is_asked(&self) -> bool {
        let Self { ticker, cik, form, amendments, item, until, query, current, daily, quarter, companyfacts, concept } =
            self;
        let lists = [ticker.is_empty(), cik.is_empty(), form.is_empty(), item.is_empty(), concept.is_empty()];
        let texts = [until.is_none(), query.is_none(), daily.is_none(), quarter.is_none()];
        *amendments || *current || *companyfacts || lists.contains(&false) || texts.contains(&false)
    }

    /// The shipped source with what was typed.
    ///
    /// # Errors
    /// When what was typed is no question.
    pub fn source(&self, shipped: &Source, since: Option<&str>) -> anyhow::Result<Source> {
        let ask = Ask {
            tickers: self.ticker.iter().map(|t| t.trim().trim_start_matches('$').to_uppercase()).collect(),
            ciks: self.cik.clone(),
            forms: self.form.clone(),
            amendments: self.amendments,
            items: self.item.clone(),
            since: since.map(str::to_string),
            until: self.until.clone(),
            query: self.query.clone(),
            current: self.current,
            daily: self.daily.clone(),
            quarter: self.quarter.clone(),
            companyfacts: self.companyfacts,
            concepts: self.concept.clone(),
            ..Ask::default()
        };
        // What another question left in the queue is not this one's.
        let own = blake3::hash(format!("{ask:?}").as_bytes()).to_hex();
        Ok(Source { name: format!("{}#{}", shipped.name, &own[..8]), edgar: Some(Box::new(ask)), ..shipped.clone() })
    }
}

/// Whether a name means the shipped source of filings.
pub fn is_shipped(source: &Source) -> bool {
    source.kind == Kind::Edgar && source.name == NAME && source.edgar.is_none()
}

/// The shipped source of filings.
pub fn shipped(list: &[Source]) -> anyhow::Result<Source> {
    network::source(list, NAME)
}

/// Makes sources of filings ready: where EDGAR is, and which issuers the
/// tickers are.
///
/// # Errors
/// When a question is none, or nobody says who asks.
pub fn prepare(
    context: &Context,
    network: &NetworkArgs,
    since: Option<&str>,
    sources: &mut [Source],
) -> anyhow::Result<()> {
    let places = context.settings.edgar.places();
    let mut text = None;
    for source in sources.iter_mut().filter(|s| s.kind == Kind::Edgar) {
        let name = source.label().to_string();
        let Some(ask) = source.edgar.as_deref_mut() else {
            anyhow::bail!(
                "{name} does not say which filings: name --ticker, --cik, --query, --current, --daily or --quarter"
            );
        };
        ask.places = places.clone();
        // What is typed narrows what was declared.
        ask.since = ask.since.take().max(since.map(str::to_string));
        if !ask.tickers.is_empty() {
            if text.is_none() {
                text = Some(context.files().read("securities.tsv")?);
            }
            let all = securities::read(text.as_deref().unwrap_or_default())?;
            for ticker in &ask.tickers {
                let wanted = ticker.trim().to_uppercase().replace('-', ".");
                if let Some(known) = all.iter().find(|s| s.tickers.contains(&wanted.as_str())) {
                    ask.resolved.push((ticker.clone(), known.cik));
                    if !ask.ciks.contains(&known.cik) {
                        ask.ciks.push(known.cik);
                    }
                }
            }
        }
        ask.check().and_then(|()| ask.check_resolved()).map_err(|e| anyhow::anyhow!("{name}: {e}"))?;
        match network::contact(context, network) {
            None => anyhow::bail!(
                "the SEC serves only those who name themselves: set contact = \"Your Company you@company.example\" in \
                 [crawl] of the settings file, or --contact"
            ),
            Some(contact) if !contact.contains('@') || !contact.contains(' ') => anyhow::bail!(
                "the SEC wants a company and a mail address, such as \"Your Company you@company.example\"; contact is \
                 {contact:?}"
            ),
            Some(_) => {}
        }
    }
    Ok(())
}
