//! Cells: the values of a claim as a reader wants to see them.

use crate::model::{Claim, Direction, Kind, Period, Rotation, Subject};

/// The names of subjects: tickers where known, at most three and how many more.
pub fn subjects(list: &[Subject]) -> String {
    let names: Vec<&str> = list.iter().take(3).map(|s| s.ticker.as_deref().unwrap_or(&s.canonical)).collect();
    match list.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} +{more}", names.join(", ")),
    }
}

/// The period's normal form, or its words.
pub fn period(period: Option<&Period>) -> String {
    period.and_then(|p| p.norm.clone().or_else(|| p.text.clone())).unwrap_or_default()
}

/// An arrow for the direction.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::None => "",
    }
}

/// The heads of [`claim`].
pub const CLAIM_HEADS: &[&str] = &["figure", "metric", "direction", "subjects", "period", "status"];

/// A claim's row.
pub fn claim(claim: &Claim) -> Vec<String> {
    let metric = claim.metric.map_or("", |m| m.as_str()).replace('_', " ");
    vec![
        claim.figure_text.clone(),
        metric,
        direction(claim.direction).to_string(),
        subjects(&claim.subjects),
        period(claim.period.as_ref()),
        claim.status.as_str().to_string(),
    ]
}

/// The heads of [`rotation`].
pub const ROTATION_HEADS: &[&str] = &["from", "to", "words", "period", "status"];

/// A rotation's row.
pub fn rotation(rotation: &Rotation) -> Vec<String> {
    vec![
        subjects(&rotation.from),
        subjects(&rotation.to),
        rotation.trigger_text.clone(),
        period(rotation.period.as_ref()),
        rotation.status.as_str().to_string(),
    ]
}

/// A value for reading: 725bn, 20 %, 1.5x.
pub fn value(claim: &Claim) -> String {
    let number = |v: f64| match v {
        v if v >= 1e12 => format!("{}tn", trim(v / 1e12)),
        v if v >= 1e9 => format!("{}bn", trim(v / 1e9)),
        v if v >= 1e6 => format!("{}m", trim(v / 1e6)),
        v => trim(v),
    };
    let range = match (claim.value_lo, claim.value_hi) {
        (Some(lo), Some(hi)) if lo == hi => number(lo),
        (Some(lo), Some(hi)) => format!("{}–{}", number(lo), number(hi)),
        (Some(lo), None) => format!("≥{}", number(lo)),
        (None, Some(hi)) => format!("≤{}", number(hi)),
        (None, None) => return String::new(),
    };
    match (claim.kind, claim.unit.as_deref()) {
        (Kind::Multiple, Some("x")) | (_, Some("%")) => format!("{range}{}", claim.unit.as_deref().unwrap_or("")),
        (_, Some(unit)) => format!("{range} {unit}"),
        (_, None) => range,
    }
}

fn trim(v: f64) -> String {
    let text = format!("{v:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
