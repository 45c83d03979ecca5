//! Record: one of the public records, as written out.

use clap::ValueEnum;
use serde_json::Value;

use crate::model::{Claim, Document, Fact, Mention, Rotation};

/// Kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
#[value(rename_all = "lower")]
pub enum RecordKind {
    /// What a page says and where it came from.
    Document,
    /// One figure bound to what it says.
    Claim,
    /// Money said to move from one group to another.
    Rotation,
    /// A named company, fund, index, coin, sector or group.
    Mention,
    /// A value that a filing tags.
    Fact,
}

impl RecordKind {
    /// All kinds, in the order they are written for a document.
    pub const ALL: [Self; 5] = [Self::Document, Self::Claim, Self::Rotation, Self::Mention, Self::Fact];

    /// The value of the field `record`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Claim => "claim",
            Self::Rotation => "rotation",
            Self::Mention => "mention",
            Self::Fact => "fact",
        }
    }
}

/// A record.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// See [`RecordKind::Document`].
    Document(Box<Document>),
    /// See [`RecordKind::Claim`].
    Claim(Box<Claim>),
    /// See [`RecordKind::Rotation`].
    Rotation(Box<Rotation>),
    /// See [`RecordKind::Mention`].
    Mention(Box<Mention>),
    /// See [`RecordKind::Fact`].
    Fact(Box<Fact>),
}

impl Record {
    /// Its kind.
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Document(_) => RecordKind::Document,
            Self::Claim(_) => RecordKind::Claim,
            Self::Rotation(_) => RecordKind::Rotation,
            Self::Mention(_) => RecordKind::Mention,
            Self::Fact(_) => RecordKind::Fact,
        }
    }

    /// One JSON object, with `extra` fields after its own.
    pub fn json(&self, extra: &[(&str, Option<&str>)]) -> serde_json::Result<String> {
        let mut line = match self {
            Self::Document(r) => serde_json::to_string(r),
            Self::Claim(r) => serde_json::to_string(r),
            Self::Rotation(r) => serde_json::to_string(r),
            Self::Mention(r) => serde_json::to_string(r),
            Self::Fact(r) => serde_json::to_string(r),
        }?;
        line.truncate(line.len() - 1); // the closing brace
        for (name, value) in extra {
            line.push_str(",\"");
            line.push_str(name);
            line.push_str("\":");
            line.push_str(&serde_json::to_string(value)?);
        }
        line.push('}');
        Ok(line)
    }

    /// As a JSON value.
    pub fn value(&self) -> serde_json::Result<Value> {
        match self {
            Self::Document(r) => serde_json::to_value(r),
            Self::Claim(r) => serde_json::to_value(r),
            Self::Rotation(r) => serde_json::to_value(r),
            Self::Mention(r) => serde_json::to_value(r),
            Self::Fact(r) => serde_json::to_value(r),
        }
    }
}
