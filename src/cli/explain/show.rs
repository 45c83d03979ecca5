//! Showing: the sentence, the table of fields, and what the rules do.

use super::super::output::hits::{Ink, Shown, wrap};
use super::super::output::{Look, Record};
use super::Subject;
use super::facts::{Because, Fact, used};
use crate::extract::rules::Rule;

/// Longest words shown of one piece of evidence.
const LONGEST: usize = 90;

/// A record, explained.
pub fn record(look: Look, found: &Subject, facts: &[Fact]) -> String {
    let ink = Ink { colour: look.colour, width: look.width };
    let shown = Shown { record: &found.record, document: &found.document, wanted: &[] };
    let rows = facts.iter().flat_map(rows);
    let fields = look.table(&["field", "value", "rule", "words"], rows);
    let rules = used(facts).into_iter().map(|r| vec![r.id.to_string(), r.does.to_string()]);
    let rules = look.table(&["rule", "what it looks for"], rules);
    format!("{}\n{}\n\n{fields}\n\n{rules}", ink.entry(&shown), wrap(&place(&found.record), look.width, "    "))
}

/// Where it stands and how sure it is.
fn place(record: &Record) -> String {
    let (start, end, mention, confidence) = match record {
        Record::Claim(c) => (c.char_start, c.char_end, c.mention, c.confidence),
        Record::Rotation(r) => (r.char_start, r.char_end, r.mention, r.confidence),
        Record::Document(_) | Record::Mention(_) | Record::Fact(_) => return String::new(),
    };
    format!("characters {start}–{end}, {}, confidence {confidence}", mention.as_str())
}

/// A row for each piece of evidence; one that says so where there is none.
fn rows(fact: &Fact) -> Vec<Vec<String>> {
    let value = fact.value.clone().unwrap_or("–".to_string());
    if fact.because.is_empty() {
        let note = if fact.value.is_some() { "no evidence kept" } else { "the text does not say" };
        return vec![vec![fact.field.to_string(), value, "–".to_string(), note.to_string()]];
    }
    let row = |(i, because): (usize, &Because)| {
        let (field, value) = if i == 0 { (fact.field.to_string(), value.clone()) } else { Default::default() };
        vec![field, value, because.rule.clone(), words(because)]
    };
    fact.because.iter().enumerate().map(row).collect()
}

fn words(because: &Because) -> String {
    let quoted = because.words.as_deref().map(|w| {
        let short: String = w.chars().take(LONGEST).collect();
        if short.len() < w.len() { format!("“{short}…”") } else { format!("“{short}”") }
    });
    match (quoted, because.carried) {
        (Some(words), false) => words,
        (Some(words), true) => format!("{words} (carried)"),
        (None, true) => "carried over".to_string(),
        (None, false) => "no words".to_string(),
    }
}

/// A rule of the catalogue.
pub fn rule(width: usize, rule: &Rule) -> String {
    let part = |head: &str, text: &str| {
        let lines: Vec<String> = text.lines().filter(|l| !l.is_empty()).map(|l| wrap(l, width, "    ")).collect();
        format!("  {head}\n{}", lines.join("\n"))
    };
    let carried = if rule.carries { "; the value is carried over from elsewhere" } else { "" };
    [
        rule.id.to_string(),
        part("what", &format!("{}{carried}", rule.does)),
        part("why", rule.why),
        part("example", rule.example),
        part("near-miss", rule.near_miss),
    ]
    .join("\n")
}
