//! Company facts: kept as they are; here it is only seen that they are whole.

use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
struct File {
    facts: Option<IgnoredAny>,
    units: Option<IgnoredAny>,
}

/// Checks a file of company facts, or of one concept.
///
/// # Errors
/// When it is none, or not whole; says why.
pub(super) fn check(body: &[u8]) -> Result<(), String> {
    let file: File = serde_json::from_slice(body).map_err(|e| format!("no company facts: {e}"))?;
    if file.facts.is_none() && file.units.is_none() { Err("no company facts: it holds none".into()) } else { Ok(()) }
}
