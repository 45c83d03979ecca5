//! Facts: a record's fields, each with the rule and the words it rests on.

use serde_json::{Value, json};

use super::super::output::Record;
use crate::extract::rules::{self, Rule};
use crate::model::{
    Citation, Claim, Direction, Document, Evidence, Period, Qualifier, Rotation, Span, Status, Subject,
};

/// Rule of a claim's status that no word speaks of.
const ACTUAL: &str = "status.default";

/// A field.
pub struct Fact {
    /// Its name.
    pub field: &'static str,
    /// Its value, for reading; none where the text gives none.
    pub value: Option<String>,
    /// What it rests on, the deciding rule last.
    pub because: Vec<Because>,
}

/// Evidence, with the words cut from the document.
pub struct Because {
    /// Id of the rule.
    pub rule: String,
    /// The words used.
    pub words: Option<String>,
    /// Taken over from elsewhere.
    pub carried: bool,
}

/// The fields of a claim or rotation.
pub fn facts(record: &Record, document: &Document) -> Vec<Fact> {
    match record {
        Record::Claim(claim) => of_claim(claim, &document.text),
        Record::Rotation(rotation) => of_rotation(rotation, &document.text),
        Record::Document(_) | Record::Mention(_) | Record::Fact(_) => Vec::new(),
    }
}

fn of_claim(claim: &Claim, text: &str) -> Vec<Fact> {
    let because = |field: &str| because(&claim.evidence, field, text);
    let fact = |field: &'static str, value: Option<String>| Fact { field, value, because: because(field) };
    let mut status = because("status");
    if status.is_empty() && claim.status == Status::Actual {
        status.push(Because { rule: ACTUAL.to_string(), words: None, carried: false });
    }
    let mut facts = vec![
        fact("value", Some(value(claim))),
        fact("kind", Some(claim.kind.as_str().to_string())),
        fact("role", Some(claim.role.as_str().to_string())),
        fact("metric", claim.metric.map(|m| m.as_str().to_string())),
        fact("direction", (claim.direction != Direction::None).then(|| claim.direction.as_str().to_string())),
        fact(
            "subjects",
            subjects(&claim.subjects).map(|s| if claim.collective { format!("{s}, combined") } else { s }),
        ),
    ];
    if claim.counterparty.is_some() {
        facts.push(fact("counterparty", claim.counterparty.clone()));
    }
    facts.extend([
        fact("period", claim.period.as_ref().and_then(period)),
        fact(
            "baseline",
            (!claim.baseline.is_empty()).then(|| marked(claim.baseline.join(", "), claim.baseline_inferred)),
        ),
        Fact { field: "status", value: Some(reality(claim)), because: status },
        fact("attribution", claim.attribution.clone()),
    ]);
    if !claim.citations.is_empty() {
        facts.push(fact("citations", Some(citations(claim))));
    }
    facts
}

fn of_rotation(rotation: &Rotation, text: &str) -> Vec<Fact> {
    let fact = |field: &'static str, value: Option<String>| Fact {
        field,
        value,
        because: because(&rotation.evidence, field, text),
    };
    let denied = if rotation.negated { ", denied" } else { "" };
    vec![
        fact("trigger", Some(rotation.trigger_text.clone())),
        fact("from", subjects(&rotation.from)),
        fact("to", subjects(&rotation.to)),
        fact("period", rotation.period.as_ref().and_then(period)),
        fact("status", Some(format!("{}{denied}", rotation.status.as_str()))),
        fact("attribution", rotation.attribution.clone()),
    ]
}

fn because(evidence: &[Evidence], field: &str, text: &str) -> Vec<Because> {
    let of_field = evidence.iter().filter(|e| e.field == field);
    of_field
        .map(|e| Because {
            rule: e.rule.to_string(),
            words: e
                .byte_start
                .zip(e.byte_end)
                .map(|(a, b)| Span::new(a, b).of(text).to_string())
                .filter(|w| !w.is_empty()),
            carried: rules::rule(&e.rule).is_some_and(|r| r.carries),
        })
        .collect()
}

/// "150 billion to 200 billion USD, about".
fn value(claim: &Claim) -> String {
    let unit = claim.unit.as_deref().map_or(String::new(), |u| format!(" {u}"));
    let number = match (claim.value_lo, claim.value_hi) {
        (Some(lo), Some(hi)) if lo == hi => number(lo),
        (Some(lo), Some(hi)) => format!("{} to {}", number(lo), number(hi)),
        (Some(one), None) | (None, Some(one)) => number(one),
        (None, None) => "no number".to_string(),
    };
    let hedge = match (claim.qualifier, &claim.qualifier_text) {
        (Qualifier::Exact, _) => String::new(),
        (_, Some(words)) => format!(", {words}"),
        (qualifier, None) => format!(", {}", qualifier.as_str().replace('_', " ")),
    };
    let minus = if claim.negative_value { "minus " } else { "" };
    let vague = if claim.vague { ", vague" } else { "" };
    format!("{minus}{number}{unit}{hedge}{vague}")
}

fn number(value: f64) -> String {
    let (divisor, word) = match value {
        v if v >= 1e12 => (1e12, " trillion"),
        v if v >= 1e9 => (1e9, " billion"),
        v if v >= 1e6 => (1e6, " million"),
        _ => (1.0, ""),
    };
    format!("{}{word}", (value / divisor * 1e6).round() / 1e6)
}

/// Names with tickers.
fn subjects(list: &[Subject]) -> Option<String> {
    let names = list.iter().map(|s| match &s.ticker {
        Some(ticker) => format!("{} ({ticker})", s.canonical),
        None => s.canonical.clone(),
    });
    (!list.is_empty()).then(|| names.collect::<Vec<_>>().join(", "))
}

fn period(period: &Period) -> Option<String> {
    let form = period.norm.clone().or_else(|| period.text.clone())?;
    Some(marked(form, period.inferred))
}

fn marked(value: String, inferred: bool) -> String {
    if inferred { format!("{value} (inferred)") } else { value }
}

/// "[3] Title, 2026-01-02".
fn citations(claim: &Claim) -> String {
    let one = |c: &Citation| {
        let known = [c.title.as_deref().or(c.url.as_deref()), c.date.as_deref()];
        let known = known.into_iter().flatten().collect::<Vec<_>>().join(", ");
        format!("[{}] {known}", c.number).trim_end().to_string()
    };
    claim.citations.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn reality(claim: &Claim) -> String {
    let mut words = vec![claim.status.as_str()];
    if claim.hypothetical && claim.status != Status::Hypothetical {
        words.push("hypothetical");
    }
    if claim.negated {
        words.push("denied");
    }
    words.join(", ")
}

/// The record, its document in short, the evidence with its words, and the rules.
pub fn json(record: &Record, document: &Document, facts: &[Fact]) -> serde_json::Result<Value> {
    let evidence: Vec<Value> = facts
        .iter()
        .flat_map(|f| {
            f.because.iter().map(|b| json!({"field": f.field, "rule": b.rule, "words": b.words, "carried": b.carried}))
        })
        .collect();
    let without: Vec<&str> = facts.iter().filter(|f| f.because.is_empty()).map(|f| f.field).collect();
    let rules: Vec<Value> = used(facts).into_iter().map(rule_json).collect();
    Ok(json!({
        record.kind().as_str(): record.value()?,
        "document": {
            "doc_id": document.doc_id, "title": document.title, "outlet": document.outlet,
            "published": document.published, "url": document.canonical_url.as_ref().or(document.url.as_ref()),
        },
        "evidence": evidence,
        "without_evidence": without,
        "rules": rules,
    }))
}

/// A rule's entry in the catalogue.
pub fn rule_json(rule: &Rule) -> Value {
    json!({
        "rule": rule.id, "what": rule.does, "why": rule.why, "carries": rule.carries,
        "example": rule.example, "near_miss": rule.near_miss,
    })
}

/// The rules that bound something, each once, in the order of the fields.
pub fn used(facts: &[Fact]) -> Vec<&'static Rule> {
    let mut list: Vec<&'static Rule> = Vec::new();
    for rule in facts.iter().flat_map(|f| &f.because).filter_map(|b| rules::rule(&b.rule)) {
        if !list.contains(&rule) {
            list.push(rule);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_their_magnitude() {
        let written = [3.0, 1.255, 359e9, 1.5e12, 185.1e6, 60017.0].map(number);
        assert_eq!(written, ["3", "1.255", "359 billion", "1.5 trillion", "185.1 million", "60017"]);
    }
}
