//! Rotation: money said to move from one group to another.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::claim::{Evidence, Period, Place, Status};
use super::entity::Subject;

/// Record `rotation`: a statement that money, leadership or preference moves
/// from one group of assets to another. One side may be empty, not both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rotation {
    /// Always `rotation`.
    pub record: Cow<'static, str>,
    /// Stable id.
    pub rotation_id: String,
    /// The document it stands in.
    pub doc_id: String,
    /// The words that carry the move.
    pub trigger_text: String,
    /// First code point of the trigger.
    pub char_start: usize,
    /// One past the last code point.
    pub char_end: usize,
    /// First byte of the trigger.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// The sentence.
    pub quote: String,
    /// First code point of the sentence.
    pub quote_start: usize,
    /// One past the last code point.
    pub quote_end: usize,
    /// Where the money leaves.
    pub from: Vec<Subject>,
    /// Where it goes.
    pub to: Vec<Subject>,
    /// When.
    pub period: Option<Period>,
    /// How real it is.
    pub status: Status,
    /// Who says so, as worded.
    pub attribution: Option<String>,
    /// The statement is denied.
    pub negated: bool,
    /// Where in the document it stands.
    pub mention: Place,
    /// 0–1.
    pub confidence: f64,
    /// Why each field has its value.
    pub evidence: Vec<Evidence>,
}
