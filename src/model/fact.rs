//! Fact: one value that a filing tags with its meaning.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::decimal::Decimal;

/// To which decimal place a value is accurate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decimals {
    /// 10^-n: `-6` is millions.
    Places(i32),
    /// Exact, written `INF`.
    Exact,
}

impl Serialize for Decimals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Places(places) => serializer.serialize_i32(*places),
            Self::Exact => serializer.serialize_str("INF"),
        }
    }
}

impl<'de> Deserialize<'de> for Decimals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Places(i32),
            Word(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Places(places) => Ok(Self::Places(places)),
            Written::Word(word) if word == "INF" => Ok(Self::Exact),
            Written::Word(word) => {
                Err(serde::de::Error::custom(format!("decimals {word:?} are neither whole nor INF")))
            }
        }
    }
}

impl JsonSchema for Decimals {
    fn schema_name() -> Cow<'static, str> {
        "Decimals".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "integer" }, { "const": "INF" }] })
    }
}

/// What part of the whole a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Dimension {
    /// The axis, with prefix.
    pub axis: String,
    /// The member, with prefix; of a typed axis its value.
    pub member: String,
    /// Whether the member is a value and not a name.
    pub typed: bool,
}

/// Record `fact`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Always `fact`.
    pub record: String,
    /// The fact's own id, where it has one.
    pub fact_id: Option<String>,
    /// Id of its context (none in companyfacts).
    pub context_id: Option<String>,
    /// Central Index Key of whom it is about.
    pub entity: Option<u32>,
    /// What it measures, with the prefix the file uses: `us-gaap:Revenues`.
    pub concept: String,
    /// Whether it is a number; otherwise `text` is its value.
    pub numeric: bool,
    /// Reported as having no value.
    pub nil: bool,
    /// The number in full: transformed, scaled, signed. Null when nil, not
    /// numeric or not readable.
    pub value: Option<Decimal>,
    /// A number as printed; the value of what is no number.
    pub text: Option<String>,
    /// `iso4217:USD`, `xbrli:shares`, `iso4217:USD/xbrli:shares`.
    pub unit: Option<String>,
    /// Accuracy.
    pub decimals: Option<Decimals>,
    /// Power of ten between the printed number and the value.
    pub scale: Option<i32>,
    /// `-` where the value is the negative of the printed number.
    pub sign: Option<char>,
    /// How the printed text is read, with the prefix the file uses.
    pub format: Option<String>,
    /// First day of the period; null for a point in time.
    pub start: Option<String>,
    /// Last day of the period, or the day itself.
    pub end: Option<String>,
    /// A point in time.
    pub instant: bool,
    /// Parts of the whole; empty for the whole.
    pub dimensions: Vec<Dimension>,
    /// Stands in the file without being shown.
    pub hidden: bool,
    /// First byte of the printed value in the file as given.
    pub byte_start: Option<usize>,
    /// One past its last byte.
    pub byte_end: Option<usize>,
    /// Accession number of the filing, where the file tells.
    pub accession: Option<String>,
    /// Form of the filing, where the file tells.
    pub form: Option<String>,
    /// Day of the filing, where the file tells.
    pub filed: Option<String>,
}

impl Fact {
    /// Whether two facts say of the same thing: concept, entity, period, unit
    /// and dimensions are equal.
    pub fn same_question(&self, other: &Self) -> bool {
        self.concept == other.concept
            && self.end == other.end
            && self.start == other.start
            && self.unit == other.unit
            && self.entity == other.entity
            && self.dimensions == other.dimensions
    }

    /// The value's half unit in the last accurate place; zero when exact.
    pub fn tolerance(&self) -> f64 {
        match self.decimals {
            Some(Decimals::Places(places)) => 0.5 * 10f64.powi(-places),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_numbers_or_inf() {
        let fact = Fact { decimals: Some(Decimals::Places(-6)), ..Fact::default() };
        assert_eq!(fact.tolerance(), 500_000.0);
        let json = serde_json::to_string(&[Decimals::Places(2), Decimals::Exact]).expect("JSON");
        assert_eq!(json, "[2,\"INF\"]");
        let back: Vec<Decimals> = serde_json::from_str(&json).expect("decimals");
        assert_eq!(back, [Decimals::Places(2), Decimals::Exact]);
        assert!(serde_json::from_str::<Decimals>("\"many\"").is_err());
    }
}
