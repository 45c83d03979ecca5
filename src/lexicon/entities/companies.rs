//! Companies: the SEC's registrants, names by hand, and companies that are gone.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::drafts::{Claim, Drafts};
use super::names::{base, middle, short};
use super::{Entity, EntityId, Firm};
use crate::lexicon::files::{Files, LexiconError};
use crate::lexicon::securities;
use crate::model::EntityType;

const SECURITIES: &str = "securities.tsv";
const FORMER: &str = "former.tsv";
const ALIASES: &str = "aliases.toml";

#[derive(Deserialize)]
struct Aliases {
    us: Vec<Company>,
    foreign: Vec<Company>,
    private: Vec<String>,
    outlets: Vec<String>,
    brokers: Vec<String>,
}

#[derive(Deserialize)]
struct Company {
    ticker: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    classes: Vec<String>,
    #[serde(default)]
    former: Vec<FormerTicker>,
    listed: Option<String>,
}

#[derive(Deserialize)]
struct FormerTicker {
    ticker: String,
    until: String,
}

/// Exchanges of home listings by suffix.
const HOME: &[(&str, &str)] = &[
    ("KS", "KRX"),
    ("KQ", "KOSDAQ"),
    ("HK", "HKEX"),
    ("SS", "SSE"),
    ("SZ", "SZSE"),
    ("TW", "TWSE"),
    ("T", "TSE"),
    ("SW", "SIX"),
    ("PA", "Euronext Paris"),
    ("DE", "XETRA"),
    ("AS", "Euronext Amsterdam"),
    ("L", "LSE"),
    ("MI", "Borsa Italiana"),
    ("MC", "BME"),
    ("ST", "Nasdaq Stockholm"),
    ("HE", "Nasdaq Helsinki"),
    ("CO", "Nasdaq Copenhagen"),
    ("OL", "Oslo Bors"),
    ("BR", "Euronext Brussels"),
    ("AX", "ASX"),
    ("NS", "NSE"),
    ("SR", "Tadawul"),
    ("SI", "SGX"),
    ("JO", "JSE"),
    ("TO", "TSX"),
];

pub(super) fn load(files: &Files, drafts: &mut Drafts) -> Result<(), LexiconError> {
    let aliases: Aliases = files.toml(ALIASES)?;
    check(&aliases)?;
    let mut registered: HashMap<String, EntityId> = HashMap::new();
    let text = files.read(SECURITIES)?;
    for security in securities::read(&text)? {
        registrant(drafts, &security, &mut registered);
    }
    for company in &aliases.us {
        by_hand(drafts, company, None, &registered);
    }
    for company in &aliases.foreign {
        let suffix = company.ticker.rsplit('.').next().unwrap_or("");
        let exchange = HOME.iter().find(|(s, _)| *s == suffix).map(|(_, e)| *e);
        let Some(exchange) = exchange else {
            return Err(LexiconError::form(ALIASES, format!("{}: unknown exchange", company.ticker)));
        };
        by_hand(drafts, company, Some(exchange), &registered);
    }
    for name in &aliases.private {
        let id = drafts.push(Entity::new(EntityType::Company, name));
        drafts.name(ALIASES, id, name, Claim::Listed, Firm::Sure);
    }
    for name in &aliases.outlets {
        let canonical = name.strip_prefix("The ").unwrap_or(name);
        let known =
            drafts.list.iter().position(|e| e.outlet && e.canonical.as_ref() == canonical).map(|i| EntityId(i as u32));
        let id = known
            .unwrap_or_else(|| drafts.push(Entity { outlet: true, ..Entity::new(EntityType::Company, canonical) }));
        drafts.name(ALIASES, id, name, Claim::Listed, Firm::Sure);
    }
    gone(files, drafts)?;
    for broker in &aliases.brokers {
        let id = drafts
            .by_ticker
            .get(broker)
            .map(|id| id.0 as usize)
            .or_else(|| drafts.list.iter().position(|e| e.canonical.as_ref() == broker));
        match id.and_then(|i| drafts.list.get_mut(i)) {
            Some(entity) => entity.broker = true,
            None => {
                return Err(LexiconError::form(
                    ALIASES,
                    format!("broker {broker:?} is no ticker or name of the lists"),
                ));
            }
        }
    }
    Ok(())
}

/// What `aliases.toml` adds to a registered company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::lexicon) struct OtherNames {
    /// The usual name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Tickers it had.
    pub former: Vec<String>,
}

/// The other names of registered companies, by ticker.
pub(in crate::lexicon) fn other_names(files: &Files) -> Result<HashMap<String, OtherNames>, LexiconError> {
    let aliases: Aliases = files.toml(ALIASES)?;
    let entry = |c: Company| {
        let former = c.former.into_iter().map(|f| f.ticker).collect();
        (c.ticker, OtherNames { name: c.name, aliases: c.aliases, former })
    };
    Ok(aliases.us.into_iter().map(entry).collect())
}

/// No ticker twice, no name twice.
fn check(aliases: &Aliases) -> Result<(), LexiconError> {
    let mut tickers = HashSet::new();
    let mut names = HashSet::new();
    let companies = || aliases.us.iter().chain(&aliases.foreign);
    for company in companies() {
        if !tickers.insert(company.ticker.as_str()) {
            return Err(LexiconError::form(ALIASES, format!("ticker {:?} stands twice", company.ticker)));
        }
    }
    let all = companies().flat_map(|c| std::iter::once(&c.name).chain(&c.aliases).map(move |n| (n, Some(&c.ticker))));
    let all = all.chain(aliases.private.iter().chain(&aliases.outlets).map(|n| (n, None)));
    for (name, _) in all {
        if name.trim().is_empty() || !names.insert(name.as_str()) {
            return Err(LexiconError::form(ALIASES, format!("name {name:?} is empty or stands twice")));
        }
    }
    Ok(())
}

fn registrant(drafts: &mut Drafts, security: &securities::Security<'_>, registered: &mut HashMap<String, EntityId>) {
    let listed = !matches!(security.exchange, "OTC" | "");
    let Some(main) = security.tickers.first() else { return };
    let base = base(security.name);
    let fund = ["ETF", "Fund", "Funds", "ETN", "Series"]
        .iter()
        .any(|w| security.name.split([' ', ',']).any(|x| x.eq_ignore_ascii_case(w)));
    let kind = if fund { EntityType::Etf } else { EntityType::Company };
    // A trust that the list of funds has.
    let trust = fund || security.name.split([' ', ',']).any(|x| matches!(x, "Trust" | "Shares"));
    let listed_fund = drafts
        .by_ticker
        .get(*main)
        .and_then(|id| drafts.list.get_mut(id.0 as usize))
        .filter(|e| e.kind == EntityType::Etf);
    if let Some(entity) = listed_fund.filter(|_| trust) {
        entity.cik = Some(security.cik);
        entity.exchange = Some(security.exchange.into());
        return;
    }
    // Shares of foreign companies over the counter: the symbol holds only where it is printed.
    let foreign = security.exchange == "OTC" && main.len() == 5 && main.ends_with(['F', 'Y']);
    let mut entity = Entity::new(kind, base);
    entity.ticker = (!foreign).then(|| (*main).into());
    entity.exchange = Some(security.exchange).filter(|e| !e.is_empty() && !foreign).map(Into::into);
    entity.cik = Some(security.cik);
    let id = drafts.push(entity);
    for ticker in &security.tickers {
        drafts.symbol(ticker, ticker, id, None);
        if let Some((root, class)) = ticker.split_once('.') {
            drafts.symbol(&format!("{root}{class}"), ticker, id, None);
        }
        drafts.by_ticker.entry((*ticker).to_string()).or_insert(id);
    }
    if fund && base.split(' ').count() < 3 {
        return;
    }
    registered.entry(base.to_lowercase()).or_insert(id);
    let words = base.split(' ').count();
    let firm = match (words, listed) {
        (1, true) if base.len() > 3 => Firm::Sure,
        (1, _) => Firm::Context,
        (_, true) => Firm::Phrase,
        (_, false) => Firm::Capital,
    };
    drafts.name(SECURITIES, id, base, if listed { Claim::Registered } else { Claim::Minor }, firm);
    if let Some(middle) = middle(base).filter(|_| listed) {
        drafts.name(SECURITIES, id, middle, Claim::Short, Firm::Phrase);
    }
    if let Some(short) = short(base).filter(|_| listed) {
        drafts.name(SECURITIES, id, short, Claim::Short, Firm::Context);
    }
}

/// A company of `aliases.toml`: one that is registered, or a new one.
fn by_hand(drafts: &mut Drafts, company: &Company, home: Option<&str>, registered: &HashMap<String, EntityId>) {
    let names = || std::iter::once(&company.name).chain(&company.aliases);
    let known = match home {
        None => drafts.by_ticker.get(&company.ticker).copied(),
        Some(_) => names()
            .find_map(|n| registered.get(&n.to_lowercase()).copied())
            .filter(|id| drafts.list[id.0 as usize].ticker.is_none()),
    };
    let id = known.unwrap_or_else(|| drafts.push(Entity::new(EntityType::Company, &company.name)));
    if let Some(entity) = drafts.list.get_mut(id.0 as usize) {
        entity.kind = EntityType::Company;
        entity.canonical = company.name.as_str().into();
        entity.ticker = Some(company.ticker.as_str().into());
        entity.listed = company.listed.as_deref().map(Into::into);
        let former = company.former.iter().filter(|f| !f.until.is_empty());
        entity.former = former.map(|f| (f.ticker.as_str().into(), f.until.as_str().into())).collect();
        entity.former.sort_by(|a: &(Box<str>, Box<str>), b| a.1.cmp(&b.1));
        if let Some(home) = home {
            entity.exchange = Some(home.into());
        }
    }
    drafts.by_ticker.entry(company.ticker.clone()).or_insert(id);
    for class in std::iter::once(&company.ticker).chain(&company.classes) {
        drafts.class(class, &company.ticker, id);
    }
    for former in &company.former {
        drafts.symbol(
            &former.ticker,
            &former.ticker,
            id,
            Some(&former.until).filter(|u| !u.is_empty()).map(String::as_str),
        );
    }
    for name in names() {
        let plain = base(name);
        drafts.name(ALIASES, id, name, Claim::Listed, Firm::Sure);
        if plain != name && plain.contains(' ') {
            drafts.name(ALIASES, id, plain, Claim::Registered, Firm::Sure);
        }
    }
}

/// Companies that left the exchanges.
fn gone(files: &Files, drafts: &mut Drafts) -> Result<(), LexiconError> {
    let text = files.read(FORMER)?;
    let mut seen = HashSet::new();
    for (at, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let wrong = |what: &str| LexiconError::form(FORMER, format!("line {}: {what}", at + 1));
        let mut columns = line.split('\t');
        let (Some(ticker), Some(names), Some(until)) = (columns.next(), columns.next(), columns.next()) else {
            return Err(wrong("needs three columns"));
        };
        let until = until.parse().map_err(|_| wrong("the third column is no year"))?;
        if !seen.insert(ticker.to_string()) {
            return Err(wrong("the ticker stands twice"));
        }
        let main = names.split('|').next().unwrap_or(names);
        let id = drafts.push(Entity {
            ticker: Some(ticker.into()),
            until: Some(until),
            ..Entity::new(EntityType::Company, base(main))
        });
        drafts.symbol(ticker, ticker, id, Some(&format!("{until}-12-31")));
        for name in names.split('|') {
            if name.is_empty() {
                return Err(wrong("empty name"));
            }
            let firm = if name.contains(' ') || name.len() > 3 { Firm::Sure } else { Firm::Context };
            drafts.name(FORMER, id, base(name), Claim::Registered, firm);
        }
    }
    Ok(())
}
