//! Item: a page to parse and what is known of it beside its bytes.

use serde::{Deserialize, Serialize};

use crate::model::{Filing, Page};

/// What the bytes of an item are, when its name or the caller says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// HTML or XHTML.
    Html,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A document of a filing, HTML or text.
    Filing,
}

/// What is known of an item beside its bytes: from a sidecar file, a JSON line
/// or a feed entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// The document's id (JSON Lines).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Publication date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Author, as a feed names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What the bytes are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Whether a feed said so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub from_feed: bool,
    /// What the envelope of a filing says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filing: Option<Filing>,
    /// Name of the source in the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// It was fetched on the way (a list, robots.txt, a redirect, a wall) and is
    /// nothing to read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub aside: bool,
}

/// A page to parse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its place, as given by the user.
    pub path: String,
    /// A name that stays the same however the path is written: what makes two
    /// readings the same input.
    pub uri: String,
    /// Its bytes.
    pub page: Page,
    /// What is known of it.
    pub known: Known,
}
