//! Cells: the values of a claim as a reader wants to see them.

use crate::model::{Claim, Direction, Fact, Period, Rotation, Subject};

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

/// The heads of [`fact`].
pub const FACT_HEADS: &[&str] = &["concept", "value", "unit", "period", "of", "bytes"];

/// A fact's row.
pub fn fact(fact: &Fact) -> Vec<String> {
    let value = match (fact.value, fact.nil) {
        (Some(value), _) => grouped(&value.to_string()),
        (None, true) => "nil".to_string(),
        (None, false) => fact.text.clone().unwrap_or_default(),
    };
    let name = |qualified: &str| qualified.rsplit_once(':').map_or(qualified, |(_, n)| n).to_string();
    let unit = fact.unit.as_deref().unwrap_or("").split('/').map(name).collect::<Vec<_>>().join("/");
    let period = match (&fact.start, &fact.end) {
        (Some(start), Some(end)) => format!("{start}..{end}"),
        (_, Some(end)) => end.clone(),
        _ => String::new(),
    };
    let parts = fact.dimensions.iter().map(|d| name(&d.member)).collect::<Vec<_>>().join(", ");
    let place = fact.byte_start.zip(fact.byte_end).map(|(a, b)| format!("{a}..{b}")).unwrap_or_default();
    vec![fact.concept.clone(), value, unit, period, parts, place]
}

/// "1234567.5" → "1,234,567.5".
pub fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |d| ("-", d));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = sign.to_string();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn groups_of_three() {
        assert_eq!(
            ["0", "999", "1000", "-1234567.25", "82999000000"].map(grouped),
            ["0", "999", "1,000", "-1,234,567.25", "82,999,000,000"]
        );
    }
}
