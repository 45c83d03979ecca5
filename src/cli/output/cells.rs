//! Cells: the values of a claim as a reader wants to see them.

use crate::model::{Claim, Direction, Period, Rotation, Subject};

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

/// The direction; nothing where there is none.
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
