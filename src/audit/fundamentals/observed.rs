//! Facts of one issuer → what was observed of a measure, tag by tag.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::measure::Recipe;
use super::point::Source;
use super::series::Question;
use crate::model::{Decimal, Fact};

/// First and last day.
pub(super) type Span = (Date, Date);

/// A value for a period.
#[derive(Clone, Debug)]
pub(super) struct Observation {
    pub span: Span,
    pub value: Decimal,
    pub accession: Option<String>,
    pub form: Option<String>,
    pub filed: Option<String>,
    pub first: Option<Decimal>,
    /// Seen in a yearly report.
    pub yearly: bool,
}

impl Observation {
    pub fn source(&self, concept: &str, factor: i8) -> Source {
        Source {
            concept: concept.to_string(),
            start: self.span.0.to_string(),
            end: self.span.1.to_string(),
            value: self.value,
            factor,
            accession: self.accession.clone(),
            form: self.form.clone(),
            filed: self.filed.clone(),
            first_reported: self.first.filter(|f| *f != self.value),
        }
    }
}

/// What was observed under one tag.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub concept: String,
    pub values: BTreeMap<Span, Observation>,
}

/// Everything observed of a measure; the tag in use first.
#[derive(Clone, Debug, Default)]
pub(super) struct Observed {
    pub tags: Vec<Tag>,
    pub unit: String,
}

/// A fact with its period and value.
type Seen<'f> = (Span, &'f Fact, Decimal);

/// Days between two last reports under which both tags count as in use.
const IN_USE: i64 = 400;

/// Collects what `facts` say of a measure found under tags.
pub(super) fn observed(facts: &[Fact], recipe: &Recipe, question: &Question) -> Observed {
    let Recipe::Tags { names, own } = recipe else { return Observed::default() };
    let mut groups: HashMap<(&str, &str), Vec<Seen<'_>>> = HashMap::new();
    for fact in facts {
        let listed = names.contains(&fact.concept.as_str());
        if !listed && !own.is_some_and(|own| is_own(&fact.concept) && own.matches(local(&fact.concept))) {
            continue;
        }
        let (Some(value), Some(currency), Some(span)) = (fact.value, currency(fact), span(fact)) else { continue };
        let known = question
            .as_of
            .is_none_or(|day| fact.filed.as_deref().is_none_or(|f| f.parse().is_ok_and(|f: Date| f <= day)));
        let issuer = question.cik.is_none() || fact.entity.is_none() || fact.entity == question.cik;
        if fact.dimensions.is_empty() && known && issuer {
            groups.entry((&fact.concept, currency)).or_default().push((span, fact, value));
        }
    }
    // One currency: the one with most values.
    let mut currencies: BTreeMap<&str, usize> = BTreeMap::new();
    for ((_, currency), values) in &groups {
        *currencies.entry(currency).or_default() += values.len();
    }
    let Some(unit) = currencies.into_iter().max_by_key(|(_, n)| *n).map(|(c, _)| c.to_string()) else {
        return Observed::default();
    };
    let mut tags: Vec<Tag> = groups
        .into_iter()
        .filter(|((_, currency), _)| *currency == unit)
        .map(|((concept, _), values)| Tag { concept: concept.to_string(), values: newest(values) })
        .collect();
    let last = |tag: &Tag| tag.values.keys().map(|(_, end)| *end).max().unwrap_or(Date::MIN);
    let newest = tags.iter().map(last).max().unwrap_or(Date::MIN);
    let stale = |tag: &Tag| days(last(tag), newest) > IN_USE;
    let order = |tag: &Tag| names.iter().position(|n| *n == tag.concept).unwrap_or(names.len());
    tags.sort_by(|a, b| (stale(a), order(a), &a.concept).cmp(&(stale(b), order(b), &b.concept)));
    Observed { tags, unit }
}

/// For each period the value filed last in a periodic report.
fn newest(mut values: Vec<Seen<'_>>) -> BTreeMap<Span, Observation> {
    values.sort_by(|a, b| (rank(a.1), &a.1.filed).cmp(&(rank(b.1), &b.1.filed)));
    let mut found: BTreeMap<Span, Observation> = BTreeMap::new();
    for (span, fact, value) in values {
        let yearly = is_yearly(fact.form.as_deref());
        let entry = found.entry(span).or_insert_with(|| Observation {
            span,
            value,
            accession: None,
            form: None,
            filed: None,
            first: None,
            yearly,
        });
        // The earliest periodic report is the first word on it.
        if entry.first.is_none() && rank(fact) == 1 {
            entry.first = Some(value);
        }
        entry.value = value;
        entry.accession.clone_from(&fact.accession);
        entry.form.clone_from(&fact.form);
        entry.filed.clone_from(&fact.filed);
        entry.yearly |= yearly;
    }
    found
}

/// Periodic reports count more than current ones and proxies.
fn rank(fact: &Fact) -> u8 {
    let form = fact.form.as_deref().unwrap_or("");
    u8::from(["10-K", "10-Q", "20-F", "40-F", "10-KT", "10-QT"].contains(&form.trim_end_matches("/A")))
}

fn is_yearly(form: Option<&str>) -> bool {
    form.is_some_and(|f| ["10-K", "20-F", "40-F"].contains(&f.trim_end_matches("/A")))
}

/// Whether a tag is an issuer's own.
fn is_own(concept: &str) -> bool {
    let prefix = concept.split_once(':').map_or("", |(p, _)| p);
    !["us-gaap", "dei", "srt", "ifrs-full", "invest", "ecd", "cyd", "country", ""].contains(&prefix)
}

fn local(concept: &str) -> &str {
    concept.rsplit_once(':').map_or(concept, |(_, n)| n)
}

fn currency(fact: &Fact) -> Option<&str> {
    fact.unit.as_deref()?.strip_prefix("iso4217:").filter(|c| c.len() == 3)
}

fn span(fact: &Fact) -> Option<Span> {
    let start: Date = fact.start.as_deref()?.parse().ok()?;
    let end: Date = fact.end.as_deref()?.parse().ok()?;
    (start < end).then_some((start, end))
}

/// Days from `a` to `b`.
pub(super) fn days(a: Date, b: Date) -> i64 {
    a.duration_until(b).as_hours() / 24
}
