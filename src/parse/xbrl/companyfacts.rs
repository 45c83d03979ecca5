//! companyfacts and companyconcept JSON of data.sec.gov → facts.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::model::{Decimal, Fact};

/// An object's entries in the order of the file.
struct Entries<V>(Vec<(String, V)>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Entries<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Object<V> {
            type Value = Entries<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<V>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Object(PhantomData))
    }
}

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

#[derive(Deserialize)]
struct File {
    cik: Cik,
    #[serde(default)]
    facts: Entries<Entries<Concept>>,
    /// Of companyconcept, which holds one concept.
    taxonomy: Option<String>,
    tag: Option<String>,
    #[serde(default)]
    units: Entries<Vec<Entry>>,
}

/// A number, or a text with leading zeros.
#[derive(Deserialize)]
#[serde(untagged)]
enum Cik {
    Number(u32),
    Text(String),
}

#[derive(Deserialize)]
struct Concept {
    #[serde(default)]
    units: Entries<Vec<Entry>>,
}

#[derive(Deserialize)]
struct Entry {
    start: Option<String>,
    end: String,
    val: Option<Decimal>,
    accn: Option<String>,
    form: Option<String>,
    filed: Option<String>,
    #[serde(rename = "fy")]
    _fiscal_year: Option<IgnoredAny>,
}

/// Whether a file looks like company facts.
pub(super) fn looks_like(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(4096)];
    head.trim_start().starts_with('{')
        && head.contains("\"cik\"")
        && (head.contains("\"facts\"") || head.contains("\"units\""))
        || head.trim_start().starts_with('{') && text.contains("\"facts\"") && text.contains("\"cik\"")
}

/// Reads a file's facts.
///
/// # Errors
/// When it is not of that form; the message says where.
pub(super) fn read(text: &str) -> Result<Vec<Fact>, String> {
    let file: File = serde_json::from_str(text).map_err(|e| format!("no company facts: {e}"))?;
    let entity = match file.cik {
        Cik::Number(cik) => Some(cik),
        Cik::Text(cik) => cik.trim_start_matches('0').parse().ok(),
    };
    let mut facts = Vec::new();
    for (taxonomy, concepts) in file.facts.0 {
        for (tag, concept) in concepts.0 {
            take(&mut facts, entity, &format!("{taxonomy}:{tag}"), concept.units);
        }
    }
    if let (Some(taxonomy), Some(tag)) = (file.taxonomy, file.tag) {
        take(&mut facts, entity, &format!("{taxonomy}:{tag}"), file.units);
    }
    Ok(facts)
}

fn take(facts: &mut Vec<Fact>, entity: Option<u32>, concept: &str, units: Entries<Vec<Entry>>) {
    for (unit, entries) in units.0 {
        let unit = measure(&unit);
        facts.extend(entries.into_iter().map(|entry| Fact {
            record: "fact".into(),
            entity,
            concept: concept.to_string(),
            numeric: true,
            nil: entry.val.is_none(),
            value: entry.val,
            unit: Some(unit.clone()),
            instant: entry.start.is_none(),
            start: entry.start,
            end: Some(entry.end),
            accession: entry.accn,
            form: entry.form,
            filed: entry.filed,
            ..Fact::default()
        }));
    }
}

/// The unit with the prefixes that filings use.
fn measure(unit: &str) -> String {
    let one = |name: &str| match name {
        "shares" | "pure" => format!("xbrli:{name}"),
        _ if name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase()) => format!("iso4217:{name}"),
        _ => name.to_string(),
    };
    unit.split('/').map(one).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms() {
        let text = r#"{"cik":"0000123456","entityName":"Tide Corp","facts":{"us-gaap":{"Zeta":{"label":null,"description":null,
            "units":{"USD":[{"start":"2024-01-01","end":"2024-12-31","val":1250000,"accn":"0000123456-25-000001","fy":null,"fp":null,"form":"10-K","filed":"2025-02-01","frame":"CY2024"}]}},
            "Alpha":{"units":{"USD/shares":[{"end":"2024-12-31","val":-4.85}]}}}}}"#;
        assert!(looks_like(text));
        let facts = read(text).expect("facts");
        assert_eq!(facts.len(), 2);
        assert_eq!((facts[0].concept.as_str(), facts[0].entity), ("us-gaap:Zeta", Some(123456)));
        assert_eq!(facts[0].unit.as_deref(), Some("iso4217:USD"));
        assert!(!facts[0].instant && facts[1].instant);
        assert_eq!(facts[1].value.map(|v| v.to_string()).as_deref(), Some("-4.85"));
        assert_eq!(facts[1].unit.as_deref(), Some("iso4217:USD/xbrli:shares"));
        let concept = r#"{"cik":5,"taxonomy":"dei","tag":"Size","units":{"shares":[{"end":"2024-12-31","val":7}]}}"#;
        assert_eq!(read(concept).expect("facts")[0].concept, "dei:Size");
        assert!(read("{\"cik\":5,").is_err_and(|e| e.contains("line 1")));
    }
}
