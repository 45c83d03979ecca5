//! Entities: whom a figure is about.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What sort of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntityType {
    /// A company, listed or not.
    Company,
    /// An exchange-traded fund.
    Etf,
    /// A market index.
    Index,
    /// A crypto asset.
    Crypto,
    /// A commodity or its future.
    Commodity,
    /// An industry sector.
    Sector,
    /// A named or described group of companies or stocks.
    Group,
    /// A government, central bank or agency.
    Government,
    /// A currency.
    Currency,
    /// A class of assets or products (HBM, DRAM, Treasuries, oil).
    AssetClass,
    /// An economic indicator (payrolls, claims, PMI).
    Indicator,
}

/// A subject of a claim, a side of a rotation, or a member of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Subject {
    /// As the text has it.
    pub name: String,
    /// The usual name.
    pub canonical: String,
    /// Exchange ticker; null for unlisted entities.
    pub ticker: Option<String>,
    /// Listing exchange, where known.
    pub exchange: Option<String>,
    /// SEC Central Index Key, where known.
    pub cik: Option<u32>,
    /// What sort of thing it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// Members of a group, as of the document's date, where known.
    #[serde(default)]
    pub members: Option<Vec<Member>>,
}

/// A member of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// The usual name.
    pub canonical: String,
    /// Exchange ticker.
    pub ticker: Option<String>,
}

/// What an entity does in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MentionRole {
    /// A figure is about it.
    Subject,
    /// It is named, no figure is about it.
    Context,
    /// It says something (a rater, an outlet, a speaker's firm).
    Source,
}

/// Record `mention`: one named company, fund, index, coin, sector or group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// Always `mention`.
    pub record: Cow<'static, str>,
    /// The document it stands in.
    pub doc_id: String,
    /// The words.
    pub surface: String,
    /// First code point of `surface`.
    pub char_start: usize,
    /// One past the last code point.
    pub char_end: usize,
    /// First byte of `surface`.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// The usual name.
    pub canonical: String,
    /// Exchange ticker; null for unlisted entities.
    pub ticker: Option<String>,
    /// Listing exchange, where known.
    pub exchange: Option<String>,
    /// SEC Central Index Key, where known.
    pub cik: Option<u32>,
    /// What sort of thing it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// Whether the ticker itself is printed.
    pub explicit: bool,
    /// What it does in the text.
    pub role: MentionRole,
}
