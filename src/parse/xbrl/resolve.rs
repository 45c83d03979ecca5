//! Facts as written → records: context, unit, transformation, scale, sign.

use std::collections::HashMap;

use super::raw::{Kind, Raw};
use super::reader::FactReader;
use super::transform::{self, Problem};
use crate::model::{Decimal, Fact};
use crate::parse::compose::push_folded;
use crate::parse::source_text::SourceText;

/// Counts what went wrong, with the first of each kind as an example.
#[derive(Debug, Default)]
struct Complaints {
    list: Vec<(&'static str, usize, String)>,
}

impl Complaints {
    fn add(&mut self, what: &'static str, example: impl FnOnce() -> String) {
        match self.list.iter_mut().find(|(w, ..)| *w == what) {
            Some((_, count, _)) => *count += 1,
            None => self.list.push((what, 1, example())),
        }
    }

    fn into_words(self) -> Vec<String> {
        self.list
            .into_iter()
            .map(|(what, count, example)| {
                let facts = if count == 1 { "fact" } else { "facts" };
                format!("{count} {facts} {what} (first: {example})")
            })
            .collect()
    }
}

/// The facts that `reader` found; byte places through `source`.
pub(super) fn facts(reader: FactReader, source: &SourceText<'_>, diagnostics: &mut Vec<String>) -> Vec<Option<Fact>> {
    let FactReader { resources, raws, continuations, too_many, too_deep, fractions, instance, .. } = reader;
    let mut complaints = Complaints::default();
    let next: HashMap<&str, (&str, Option<&str>)> =
        continuations.iter().map(|(id, text, next)| (id.as_str(), (text.as_str(), next.as_deref()))).collect();
    let mut facts = Vec::with_capacity(raws.len());
    for mut raw in raws {
        let named = |raw: &Raw| format!("{} {}", raw.concept, raw.fact_id.as_deref().unwrap_or(""));
        let Some(byte_end) = raw.byte_end else {
            complaints.add("never end and are left out", || named(&raw));
            facts.push(None);
            continue;
        };
        if raw.overlong && raw.kind == Kind::Number {
            complaints.add("are too long for a number and left out", || named(&raw));
            facts.push(None);
            continue;
        }
        if let Some(first) = raw.continued_at.take().filter(|_| !raw.left_out) {
            join(&mut raw, &first, &next);
        }
        let value = if raw.nil || raw.kind == Kind::Text {
            None
        } else {
            match number(&raw) {
                Ok(value) => Some(value),
                Err(problem) => {
                    let example =
                        || format!("{:?} in format {}", raw.text.trim(), raw.format.as_deref().unwrap_or("none"));
                    complaints.add(words(problem), example);
                    None
                }
            }
        };
        let text = text(&raw, &mut complaints);
        let context = resources.contexts.get(&raw.context);
        if context.is_none() {
            complaints.add("name a context that is not there", || raw.context.clone());
        }
        let unit = raw.unit.as_deref().and_then(|unit| {
            let found = resources.units.get(unit);
            if found.is_none() {
                complaints.add("name a unit that is not there", || unit.to_string());
            }
            found.cloned()
        });
        let context = context.cloned().unwrap_or_default();
        facts.push(Some(Fact {
            record: "fact".into(),
            fact_id: raw.fact_id,
            context_id: Some(raw.context),
            entity: context.entity,
            concept: raw.concept,
            numeric: raw.kind == Kind::Number,
            nil: raw.nil,
            value,
            text,
            unit,
            decimals: raw.decimals,
            scale: raw.scale,
            sign: raw.sign,
            format: raw.format,
            start: context.start,
            end: context.end,
            instant: context.instant,
            dimensions: context.dimensions,
            hidden: raw.hidden,
            byte_start: source.place(raw.byte_start),
            byte_end: source.place(byte_end),
            ..Fact::default()
        }));
    }
    diagnostics.extend(complaints.into_words());
    let counted = [
        (too_many, "facts beyond the limit are not read"),
        (too_deep, "elements of inline XBRL nest too deep and are not read"),
        (fractions, "fractions are not read"),
    ];
    diagnostics.extend(counted.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    if facts.is_empty() {
        diagnostics.push(if instance { "an instance without facts" } else { "no inline XBRL facts" }.to_string());
    }
    facts
}

fn number(raw: &Raw) -> Result<Decimal, Problem> {
    let value = transform::number(raw.format.as_deref(), &raw.text)?;
    let value = value.scaled(raw.scale.unwrap_or(0)).ok_or(Problem::NotFinite)?;
    Ok(if raw.sign == Some('-') { value.negated() } else { value })
}

fn words(problem: Problem) -> &'static str {
    match problem {
        Problem::UnknownFormat => "are printed in a format that is not known",
        Problem::NotOfForm => "are not printed as their format says",
        Problem::NotFinite => "are no finite number",
    }
}

/// A number's printed text, or the value of what is no number.
fn text(raw: &Raw, complaints: &mut Complaints) -> Option<String> {
    if raw.nil || raw.left_out {
        return None;
    }
    let mut folded = String::with_capacity(raw.text.len());
    push_folded(&mut folded, &raw.text);
    folded.truncate(folded.trim_end().len());
    if raw.kind == Kind::Number {
        return Some(folded);
    }
    if raw.overlong {
        complaints.add("are longer than is kept and cut", || raw.concept.clone());
    }
    match transform::text(raw.format.as_deref(), &folded) {
        Ok(value) => Some(value.into_owned()),
        Err(problem) => {
            let example = || format!("{folded:?} in format {}", raw.format.as_deref().unwrap_or("none"));
            complaints.add(words(problem), example);
            Some(folded)
        }
    }
}

/// Adds the texts that a fact goes on with, in their order.
fn join(raw: &mut Raw, first: &str, next: &HashMap<&str, (&str, Option<&str>)>) {
    let mut at = Some(first);
    for _ in 0..next.len() {
        let Some((text, then)) = at.and_then(|id| next.get(id)) else { break };
        raw.take(" ", 1 << 20);
        raw.take(text, 1 << 20);
        at = *then;
    }
}
