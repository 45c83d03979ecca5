//! What an example wants against what was read.

use std::collections::BTreeSet;

use tapecheck::extract::Extraction;
use tapecheck::model::{Claim, Rotation, Subject};

use crate::example::{Bound, Example, WantClaim, WantMention, WantRotation, Words};

/// A field that is not as wanted.
#[derive(Debug)]
pub struct Miss {
    /// Path of the field, e.g. `claims[1].period`.
    pub field: String,
    pub expected: String,
    pub got: String,
}

struct Misses(Vec<Miss>);

impl Misses {
    fn note(&mut self, field: String, expected: impl ToString, got: impl ToString) {
        self.0.push(Miss { field, expected: expected.to_string(), got: got.to_string() });
    }

    fn words(&mut self, field: String, want: &Option<Words>, got: Option<&str>) {
        if let Some(want) = want
            && !want.list().iter().any(|w| *w == got.unwrap_or("null"))
        {
            self.note(field, want.list().join(" or "), got.unwrap_or("null"));
        }
    }

    fn part(&mut self, field: String, want: &Option<Words>, got: Option<&str>) {
        if let Some(want) = want
            && !want.list().iter().any(|w| got.map_or(*w == "null", |g| *w != "null" && g.contains(w)))
        {
            self.note(field, want.list().join(" or "), got.unwrap_or("null"));
        }
    }

    fn flag(&mut self, field: String, want: Option<bool>, got: bool) {
        if want.is_some_and(|w| w != got) {
            self.note(field, !got, got);
        }
    }
}

/// Everything that is not as the example wants it.
pub fn compare(example: &Example, found: &Extraction) -> Vec<Miss> {
    let mut out = Misses(Vec::new());
    let mut taken = BTreeSet::new();
    for (i, want) in example.claims.iter().enumerate() {
        let path = format!("claims[{}]", i + 1);
        let same = found.claims.iter().enumerate().filter(|(_, c)| c.figure_text == want.figure);
        let Some((at, got)) = same.clone().nth(want.nth.unwrap_or(1) - 1) else {
            out.note(path, &want.figure, "no such figure");
            continue;
        };
        taken.insert(at);
        claim(&path, want, got, &mut out);
    }
    for (at, claim) in found.claims.iter().enumerate() {
        if example.no_claims || (example.only && !taken.contains(&at)) {
            out.note(if example.only { "only" } else { "no_claims" }.into(), "no claim", &claim.figure_text);
        }
    }
    for place in &example.no_figures {
        for (start, found_text) in example.text.match_indices(place.as_str()) {
            if let Some(claim) =
                found.claims.iter().find(|c| c.byte_start < start + found_text.len() && start < c.byte_end)
            {
                out.note("no_figures".into(), format!("none at {place:?}"), &claim.figure_text);
            }
        }
    }
    for (i, want) in example.mentions.iter().enumerate() {
        mention(&format!("mentions[{}]", i + 1), want, found, &mut out);
    }
    tickers(example, found, &mut out);
    rotations(example, found, &mut out);
    out.0
}

fn claim(path: &str, want: &WantClaim, got: &Claim, out: &mut Misses) {
    let at = |field: &str| format!("{path}.{field}");
    out.words(at("quote"), &want.quote, Some(&got.quote));
    out.words(at("kind"), &want.kind, Some(got.kind.as_str()));
    out.words(at("role"), &want.role, Some(got.role.as_str()));
    out.words(at("unit"), &want.unit, got.unit.as_deref());
    out.words(at("qualifier"), &want.qualifier, Some(got.qualifier.as_str()));
    out.words(at("metric"), &want.metric, got.metric.map(|m| m.as_str()));
    out.words(at("direction"), &want.direction, Some(got.direction.as_str()));
    out.words(at("status"), &want.status, Some(got.status.as_str()));
    out.words(at("mention"), &want.mention, Some(got.mention.as_str()));
    out.words(at("period"), &want.period, got.period.as_ref().and_then(|p| p.norm.as_deref()));
    out.part(at("attribution"), &want.attribution, got.attribution.as_deref());
    out.flag(at("negative"), want.negative, got.negative_value);
    out.flag(at("collective"), want.collective, got.collective);
    out.flag(at("negated"), want.negated, got.negated);
    out.flag(at("hypothetical"), want.hypothetical, got.hypothetical);
    out.flag(at("vague"), want.vague, got.vague);
    let point = want.value.map(Bound::Number);
    let sides = [
        (want.lo.as_ref(), got.value_lo),
        (want.hi.as_ref(), got.value_hi),
        (point.as_ref(), got.value_lo),
        (point.as_ref(), got.value_hi),
    ];
    if sides.iter().any(|(want, got)| want.is_some_and(|w| !same_number(w, *got))) {
        let expected = sides.iter().filter_map(|(w, _)| w.map(|w| format!("{w:?}"))).collect::<Vec<_>>().join(", ");
        out.note(at("value"), expected, format!("{:?}..{:?}", got.value_lo, got.value_hi));
    }
    if let Some(want) = &want.subjects
        && !sides_match(want, &got.subjects)
    {
        out.note(at("subjects"), format!("{want:?}"), names(&got.subjects));
    }
    for name in want.not_subjects.iter().flatten() {
        if got.subjects.iter().any(|s| is(name, s)) {
            out.note(at("not_subjects"), format!("not {name}"), names(&got.subjects));
        }
    }
    if let Some(want) = &want.baseline {
        let all = want.iter().all(|w| got.baseline.iter().any(|g| same_baseline(w, g)));
        if !all || want.len() != got.baseline.len() {
            out.note(at("baseline"), format!("{want:?}"), format!("{:?}", got.baseline));
        }
    }
    if let Some(want) = &want.citations {
        let numbers: Vec<u32> = got.citations.iter().map(|c| c.number).collect();
        if *want != numbers {
            out.note(at("citations"), format!("{want:?}"), format!("{numbers:?}"));
        }
    }
}

fn same_number(want: &Bound, got: Option<f64>) -> bool {
    match (want, got) {
        (Bound::Number(want), Some(got)) => (want - got).abs() <= want.abs().max(1e-9) * 1e-9,
        (Bound::Null(word), got) => word == "null" && got.is_none(),
        (Bound::Number(_), None) => false,
    }
}

/// Words that say nothing of whom a name means.
const EMPTY: &[&str] = &[
    "the",
    "of",
    "and",
    "inc",
    "corp",
    "stocks",
    "stock",
    "shares",
    "companies",
    "sector",
    "index",
    "prices",
    "futures",
    "in",
    "u",
    "s",
    "us",
];

fn content(name: &str) -> BTreeSet<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|w| !w.is_empty());
    let words: BTreeSet<String> =
        words.map(|w| w.trim_end_matches('s').to_string()).filter(|w| !w.is_empty()).collect();
    let telling: BTreeSet<String> =
        words.iter().filter(|w| !EMPTY.iter().any(|e| e.trim_end_matches('s') == *w)).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

/// Whether a subject is the one meant: by ticker, or for one without by a shared word.
fn is(want: &str, got: &Subject) -> bool {
    let class_a = |t: &str| if t == "GOOG" { "GOOGL".to_string() } else { t.to_string() };
    if got.name == want || got.ticker.as_deref().is_some_and(|t| class_a(t) == class_a(want)) {
        return true;
    }
    let symbol = want.len() <= 6 && want.chars().all(|c| c.is_ascii_uppercase() || c == '.');
    let shared = |name: &str| !content(want).is_disjoint(&content(name));
    (!symbol || got.ticker.is_none()) && (shared(&got.name) || shared(&got.canonical))
}

/// Whether the lists mean the same; a group whose members are exactly the wanted is right too.
fn sides_match(want: &[String], got: &[Subject]) -> bool {
    let members = |s: &Subject| {
        let list = s.members.as_deref().unwrap_or_default();
        list.len() == want.len() && list.iter().all(|m| m.ticker.as_ref().is_some_and(|t| want.contains(t)))
    };
    if got.len() == 1 && want.len() > 1 && got.iter().any(members) {
        return true;
    }
    want.iter().all(|w| got.iter().any(|g| is(w, g))) && got.iter().all(|g| want.iter().any(|w| is(w, g)))
}

fn names(list: &[Subject]) -> String {
    let names: Vec<String> =
        list.iter().map(|s| format!("{} ({})", s.name, s.ticker.as_deref().unwrap_or("null"))).collect();
    format!("[{}]", names.join(", "))
}

/// The X of `vs:X` and `share_of:X` is as worded: a shared word is enough.
fn same_baseline(want: &str, got: &str) -> bool {
    match (want.split_once(':'), got.split_once(':')) {
        (Some((a, x)), Some((b, y))) if a == b && a != "since" => !content(x).is_disjoint(&content(y)),
        _ => want == got,
    }
}

fn mention(path: &str, want: &WantMention, found: &Extraction, out: &mut Misses) {
    let Some(got) = found.mentions.iter().find(|m| m.surface == want.surface) else {
        let near: Vec<&str> = found.mentions.iter().map(|m| m.surface.as_str()).collect();
        return out.note(path.into(), &want.surface, format!("not among {near:?}"));
    };
    out.words(format!("{path}.ticker"), &want.ticker, got.ticker.as_deref());
    let plain = |value: serde_json::Result<serde_json::Value>| value.ok().and_then(|v| v.as_str().map(str::to_string));
    out.words(format!("{path}.type"), &want.kind, plain(serde_json::to_value(got.kind)).as_deref());
    out.words(format!("{path}.role"), &want.role, plain(serde_json::to_value(got.role)).as_deref());
    out.flag(format!("{path}.explicit"), want.explicit, got.explicit);
}

fn tickers(example: &Example, found: &Extraction, out: &mut Misses) {
    for ticker in &example.no_tickers {
        let mention = found.mentions.iter().find(|m| m.ticker.as_ref() == Some(ticker)).map(|m| m.surface.clone());
        let sides = found.rotations.iter().flat_map(|r| r.from.iter().chain(&r.to));
        let subject =
            found.claims.iter().flat_map(|c| &c.subjects).chain(sides).find(|s| s.ticker.as_ref() == Some(ticker));
        if let Some(words) = mention.or(subject.map(|s| s.name.clone())) {
            out.note("no_tickers".into(), format!("no {ticker}"), words);
        }
    }
}

fn rotations(example: &Example, found: &Extraction, out: &mut Misses) {
    if example.no_rotations {
        for got in &found.rotations {
            out.note(
                "no_rotations".into(),
                "no rotation",
                format!("{:?} from {} to {}", got.trigger_text, names(&got.from), names(&got.to)),
            );
        }
    }
    if example.rotations.is_empty() {
        return;
    }
    for (i, want) in example.rotations.iter().enumerate() {
        let path = format!("rotations[{}]", i + 1);
        match found.rotations.get(i) {
            Some(got) => rotation(&path, want, got, out),
            None => out.note(path, format!("from {:?} to {:?}", want.from, want.to), "no such rotation"),
        }
    }
    for got in found.rotations.iter().skip(example.rotations.len()) {
        out.note("rotations".into(), "no further rotation", &got.trigger_text);
    }
}

fn rotation(path: &str, want: &WantRotation, got: &Rotation, out: &mut Misses) {
    for (side, want, got) in [("from", &want.from, &got.from), ("to", &want.to, &got.to)] {
        if let Some(want) = want
            && !sides_match(want, got)
        {
            out.note(format!("{path}.{side}"), format!("{want:?}"), names(got));
        }
    }
    out.words(format!("{path}.status"), &want.status, Some(got.status.as_str()));
    out.words(format!("{path}.period"), &want.period, got.period.as_ref().and_then(|p| p.norm.as_deref()));
    out.words(format!("{path}.mention"), &want.mention, Some(got.mention.as_str()));
    out.part(format!("{path}.attribution"), &want.attribution, got.attribution.as_deref());
    out.flag(format!("{path}.negated"), want.negated, got.negated);
}
