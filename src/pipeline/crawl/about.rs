//! What is archived beside a fetched page: what was known of it, and under
//! which address it was asked for.

use serde::{Deserialize, Serialize};

use crate::sources::Known;

/// The metadata of a capture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pipeline) struct About {
    /// What was known.
    #[serde(flatten)]
    pub known: Known,
    /// The address asked for, before redirects; empty for local files.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub asked: String,
}

impl About {
    /// From the archive; nothing where it is of another form.
    pub fn read(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// For the archive.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
