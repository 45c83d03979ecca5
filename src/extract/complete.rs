//! What only the whole document tells: what a headline's figure means, and
//! which mentions figures are about.

use std::collections::{HashMap, HashSet};

use crate::model::{Claim, Evidence, Mention, MentionRole, Metric, Place};

/// "$725 billion and counting": a heading's figure takes what the text says of
/// the same figure further down.
pub(super) fn headlines(claims: &mut [Claim]) {
    let bare = |c: &Claim| {
        c.mention == Place::Headline && matches!(c.metric, None | Some(Metric::Other)) && c.subjects.is_empty()
    };
    let asked: HashSet<u64> = claims.iter().filter(|c| bare(c)).map(value).collect();
    if asked.is_empty() {
        return;
    }
    // From the end upwards: what answers a heading is the first below it.
    let mut answers: HashMap<(u64, Option<String>, &str), usize> = HashMap::new();
    for at in (0..claims.len()).rev() {
        if !asked.contains(&value(&claims[at])) {
            continue;
        }
        let key = (value(&claims[at]), claims[at].unit.clone(), claims[at].kind.as_str());
        if !claims[at].subjects.is_empty() && claims[at].metric.is_some_and(|m| m != Metric::Other) {
            answers.insert(key, at);
            continue;
        }
        let Some(below) = answers.get(&key).filter(|_| bare(&claims[at])).map(|at| claims[*at].clone()) else {
            continue;
        };
        let heading = &mut claims[at];
        heading.metric = below.metric;
        heading.metric_text = None;
        heading.subjects = below.subjects;
        heading.collective = below.collective;
        heading.direction = below.direction;
        heading.role = below.role;
        heading.status = below.status;
        heading.negated = below.negated;
        heading.hypothetical = below.hypothetical;
        heading.period = below.period.map(|p| crate::model::Period { text: None, inferred: true, ..p });
        heading.baseline = below.baseline;
        heading.baseline_inferred = true;
        for (field, rule) in [("metric", "metric.text_below"), ("subjects", "subject.text_below")] {
            heading.evidence.retain(|e| e.field != field);
            let (start, end) = (Some(below.byte_start), Some(below.byte_end));
            heading.evidence.push(Evidence {
                field: field.into(),
                rule: rule.into(),
                byte_start: start,
                byte_end: end,
                fact: None,
            });
        }
    }
}

/// The lower end of its value, for looking it up.
fn value(claim: &Claim) -> u64 {
    claim.value_lo.map_or(u64::MAX, |v| (v + 0.0).to_bits())
}

/// A mention inside the sentence of a figure that is about it is its subject.
pub(super) fn roles(claims: &[Claim], mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|m| m.role == MentionRole::Context) {
        // Claims are in text order: those whose sentence holds the mention stand together.
        let from = claims.partition_point(|c| c.quote_end < mention.char_end);
        let about = claims[from..]
            .iter()
            .take_while(|c| c.quote_start <= mention.char_start)
            .any(|c| c.subjects.iter().any(|s| s.canonical == mention.canonical));
        if about {
            mention.role = MentionRole::Subject;
        }
    }
}
