//! Issuer: whom a filing is about where it names nobody: "we", "the Company",
//! and every row of its statements.

use jiff::civil::Date;

use super::when::Years;
use crate::extract::bind::Shared;
use crate::extract::entities;
use crate::extract::view::View;
use crate::lexicon::Lexicon;
use crate::model::{Document, DocumentKind, EntityType, Layout, Segmented, Subject, Tokens};

/// The issuer by envelope and cover: by its key, which the lists know with
/// ticker and exchange, else as the cover has it.
pub(crate) fn issuer(document: &Document, layout: &Layout, lexicon: &Lexicon, date: Option<&str>) -> Option<Shared> {
    if !matches!(document.kind, DocumentKind::Filing | DocumentKind::PressRelease) {
        return None;
    }
    let filing = &layout.filing;
    let cik = filing.cik.or(document.cik);
    let printed = filing.company.as_deref().or(document.author.as_deref());
    let listed = cik.and_then(|cik| {
        let known = |e: &&crate::lexicon::Entity| e.cik == Some(cik) && e.kind == EntityType::Company;
        lexicon.entities().all().iter().find(known)
    });
    if let Some(entity) = listed {
        let date = date.unwrap_or("9999");
        let traded = entity.listed.as_deref().is_none_or(|day| date >= day);
        let ticker = entity.ticker.as_deref().filter(|_| traded).or(filing.tickers.first().map(String::as_str));
        return Some(Shared::new(Subject {
            name: printed.unwrap_or(&entity.canonical).to_string(),
            canonical: entity.canonical.to_string(),
            ticker: ticker.map(str::to_string),
            exchange: entity.exchange.as_deref().filter(|_| traded).map(str::to_string),
            cik,
            kind: EntityType::Company,
            members: None,
        }));
    }
    let name = printed?;
    if cik.is_none() {
        return named(name, lexicon, date);
    }
    Some(Shared::new(Subject {
        name: name.to_string(),
        canonical: name.to_string(),
        ticker: filing.tickers.first().cloned(),
        exchange: None,
        cik,
        kind: EntityType::Company,
        members: None,
    }))
}

/// The company that a cover names, where nothing gives its key.
fn named(name: &str, lexicon: &Lexicon, date: Option<&str>) -> Option<Shared> {
    let tokens = Tokens::new(name);
    let text = Segmented { tokens, sentences: Vec::new() };
    let view = View::new(&text, lexicon);
    let found = entities::entities(&text, &view.ids, view.hits(), lexicon, date);
    let listed = crate::extract::bind::names(&view, &found).into_iter().map(|n| n.subject);
    let mut companies = listed.filter(|s| s.kind == EntityType::Company);
    let known = companies.next().filter(|_| companies.next().is_none());
    Some(known.unwrap_or_else(|| {
        Shared::new(Subject {
            name: name.to_string(),
            canonical: name.to_string(),
            ticker: None,
            exchange: None,
            cik: None,
            kind: EntityType::Company,
            members: None,
        })
    }))
}

/// What is known of the issuer's years.
pub(crate) fn years(document: &Document, layout: &Layout) -> Years {
    let filing = &layout.filing;
    let period = filing.period_of_report.as_deref().or(document.period_of_report.as_deref());
    let reported: Option<Date> = period.and_then(|p| p.parse().ok());
    let form = filing.form.as_deref().or(document.form.as_deref()).unwrap_or("");
    let annual = ["10-K", "20-F", "40-F"].iter().any(|f| form.starts_with(f));
    let month_day = |text: &str| {
        let (month, day) = text.split_once('-')?;
        Some((
            month.parse::<i8>().ok().filter(|m| (1..=12).contains(m))?,
            day.parse::<i8>().ok().filter(|d| (1..=31).contains(d))?,
        ))
    };
    // The last day of the year reported on stands for the day the years end.
    let end = filing
        .fiscal_year_end
        .as_deref()
        .and_then(month_day)
        .or_else(|| reported.filter(|_| annual).map(|d| (d.month(), d.day())));
    let mut years = Years { end, reported: reported.filter(|_| !form.starts_with("8-K")), offset: 0, annual };
    if let (Some(named), Some(reported)) = (filing.fiscal_year, years.reported) {
        let plain = years.named(reported).0;
        years.offset = (named - plain).clamp(-1, 1);
    }
    // Releases and other pages speak of whole years by their number.
    years.annual |= !form.starts_with("10-Q");
    years
}
