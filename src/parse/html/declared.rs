//! The way that a publisher's rule declares, tried before the general one. What
//! the rule does not find is read in the general way, and said.

use std::sync::Arc;

use jiff::civil::Date;

use super::metadata::Metadata;
use super::ruled::{self, Found};
use super::{author, bytes, published, worker};
use crate::model::publisher::Rule;
use crate::model::{Publisher, Publishers};
use crate::parse::Limits;
use crate::parse::compose::Line;
use crate::parse::dates::Order;

/// A page that may be one of a known publisher's.
pub(crate) struct Asked<'p> {
    /// The page.
    pub html: &'p Arc<String>,
    /// Where it was found.
    pub url: &'p str,
    /// When it was fetched.
    pub day: Option<Date>,
    /// How it writes dates of digits.
    pub order: Order,
}

/// Reads a page by the rules of its publisher: gives the lines of its main
/// text, and puts date and authors in place of those found in the general way.
/// `None` where no rule finds a text.
pub(crate) fn read(
    asked: &Asked<'_>,
    publishers: &Publishers,
    limits: &Limits,
    metadata: &mut Metadata,
    diagnostics: &mut Vec<String>,
) -> Option<Vec<Line>> {
    let web = asked.url.starts_with("http");
    let place = if web { asked.url } else { metadata.canonical_url.as_deref().unwrap_or_default() };
    let publisher = publishers.of(place, asked.html)?;
    let rules = candidates(&publisher, asked.day);
    let mut say = |what: String| diagnostics.push(format!("publisher {}: {what}: general way", publisher.name));
    let Some(first) = rules.first().copied() else {
        say(format!("no rule for pages of {}", asked.day.map_or(String::new(), |d| d.to_string())));
        return None;
    };
    let (html, of) = (Arc::clone(asked.html), Arc::clone(&publisher));
    let applied = worker::run(move || first_that_finds(&html, &of, &rules), limits.stack, limits.time);
    let Ok((found, lines, used)) = applied else {
        say("its rule could not be applied".into());
        return None;
    };
    let rule = publisher.rules.get(used.unwrap_or(first))?;
    // Themes of a content system may well mark neither.
    let own = !publisher.hosts.is_empty();
    if !take_date(asked, rule, &found, metadata) && own {
        say("its rule finds no date".into());
    }
    if !take_authors(rule, &found, metadata) && own {
        say("its rule finds no author".into());
    }
    if lines.is_empty() && !rule.body.is_empty() {
        say("no rule finds the main text any more".into());
    }
    (!lines.is_empty()).then_some(lines)
}

/// The rules that may hold, by their numbers: those of the day; all of them,
/// the newest first, where the day is not known.
fn candidates(publisher: &Publisher, day: Option<Date>) -> Vec<usize> {
    let rules = publisher.rules.iter().enumerate();
    let mut chosen: Vec<(usize, &Rule)> = rules.filter(|(_, r)| day.is_none() || r.holds(day)).collect();
    chosen.sort_by_key(|(_, r)| std::cmp::Reverse(r.from));
    chosen.into_iter().map(|(at, _)| at).collect()
}

/// What the first rule that finds a text finds, its lines, and which it is;
/// else what the first rule finds.
fn first_that_finds(html: &str, publisher: &Publisher, rules: &[usize]) -> (Found, Vec<Line>, Option<usize>) {
    let mut first = None;
    for (at, rule) in rules.iter().filter_map(|at| Some((*at, publisher.rules.get(*at)?))) {
        let found = ruled::apply(html, rule);
        let lines = lines(publisher, &found.body);
        if !lines.is_empty() {
            return (found, lines, Some(at));
        }
        first = first.or(Some(found));
    }
    (first.unwrap_or_default(), Vec::new(), None)
}

/// The lines of what a rule found. A publisher's own rule speaks for all of
/// the text; one of a content system says where it is, and what its sites put
/// in between is left to the general way. Where that leaves out a heading or
/// two, all of it is text.
fn lines(publisher: &Publisher, body: &str) -> Vec<Line> {
    let all = ruled::lines(body);
    if !publisher.hosts.is_empty() || all.is_empty() {
        return all;
    }
    let kept = super::extract(&format!("<html><body><article>{body}</article></body></html>"));
    if bytes(&kept) * 100 >= bytes(&all) * 95 { all } else { kept }
}

/// Whether the rule gave a date, or is not about it.
fn take_date(asked: &Asked<'_>, rule: &Rule, found: &Found, metadata: &mut Metadata) -> bool {
    let urls: Vec<&str> = [Some(asked.url), metadata.canonical_url.as_deref()].into_iter().flatten().collect();
    if let Some((stamp, source)) = published::ruled(asked.html, &found.dates, &urls, asked.order) {
        metadata.published = Some(stamp.text());
        metadata.published_source = Some(source);
        return true;
    }
    rule.date.is_empty()
}

/// Whether the rule gave authors, or is not about them.
fn take_authors(rule: &Rule, found: &Found, metadata: &mut Metadata) -> bool {
    let names = found.authors.iter().map(|texts| author::named(texts)).find(|names| !names.is_empty());
    let found = names.is_some();
    if let Some(names) = names {
        metadata.author = Some(names.join("; "));
    }
    found || rule.author.is_empty()
}
