//! Document: what a page or filing says, and where it came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What sort of document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A news or opinion article.
    #[default]
    Article,
    /// An issuer's release.
    PressRelease,
    /// A regulatory filing.
    Filing,
    /// A call transcript.
    Transcript,
    /// A note or newsletter.
    Note,
}

/// Where the publication date came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedSource {
    /// JSON-LD `datePublished`.
    JsonLd,
    /// A meta or time tag.
    Meta,
    /// The feed entry.
    Feed,
    /// The address.
    Url,
    /// The running text.
    Text,
    /// A filing's header.
    FilingHeader,
    /// A `.meta.json` file beside the document, or the JSONL record.
    Sidecar,
}

/// A heading and the text under it, as code-point and byte spans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// 1–6.
    pub level: u8,
    /// First code point of the heading.
    pub char_start: usize,
    /// One past the heading's last code point.
    pub char_end: usize,
    /// First byte of the heading.
    pub byte_start: usize,
    /// One past the heading's last byte.
    pub byte_end: usize,
}

/// How an item of a filing was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It was not.
    #[default]
    NotFound,
    /// By its heading.
    Heading,
    /// By the pages that its entry in an index names.
    CrossReference,
}

/// A piece of a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// First code point.
    pub char_start: usize,
    /// One past the last code point.
    pub char_end: usize,
    /// First byte.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
}

/// An item of a filing: `7` of a 10-K, `2` of a 10-Q's first part, `2.02` of an 8-K.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemSection {
    /// Part, in forms that count items anew in each.
    pub part: Option<u8>,
    /// Number with letter.
    pub item: String,
    /// Title.
    pub title: String,
    /// How it was found.
    pub found: Found,
    /// Its text, heading included; several pieces where an index names pages.
    pub spans: Vec<Place>,
}

/// An entry of a document's reference list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// The number in the brackets.
    pub number: u32,
    /// Outlet, where printed before the title.
    pub outlet: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Date, ISO 8601 (may be a month or a year).
    pub date: Option<String>,
    /// First byte of the entry in the text.
    pub byte_start: usize,
    /// One past its last byte.
    pub byte_end: usize,
}

/// Where in the archive the page was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ArchiveRef {
    /// WARC file name, relative to the archive folder.
    pub file: String,
    /// Byte offset of the record's gzip member.
    pub offset: u64,
    /// Digest of the archived payload, `sha1:…`; `blake3:…` in archives of before.
    pub digest: String,
}

/// Record `document`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// Always `document`.
    pub record: String,
    /// Stable id: hash of the canonical address, or of the file's name and text.
    pub doc_id: String,
    /// Address it was read from.
    pub url: Option<String>,
    /// Address the page itself declares.
    pub canonical_url: Option<String>,
    /// Name of the source in the configuration.
    pub source: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Authors, joined by "; ".
    pub author: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// ISO 639-1 code.
    pub lang: Option<String>,
    /// First publication, RFC 3339 (date only where no time is known).
    pub published: Option<String>,
    /// Where `published` came from.
    pub published_source: Option<PublishedSource>,
    /// Last change, RFC 3339.
    pub modified: Option<String>,
    /// When it was fetched, RFC 3339.
    pub fetched: Option<String>,
    /// What sort of document.
    pub kind: DocumentKind,
    /// Form type (filings).
    pub form: Option<String>,
    /// Issuer's Central Index Key (filings).
    pub cik: Option<u32>,
    /// Accession number (filings).
    pub accession: Option<String>,
    /// Period of report (filings).
    pub period_of_report: Option<String>,
    /// 8-K items (filings).
    pub items: Vec<String>,
    /// Main text, Unicode NFC, paragraphs separated by one newline.
    pub text: String,
    /// Headings of the text.
    pub sections: Vec<Section>,
    /// Items of the text (filings), also those that were not found.
    #[serde(default)]
    pub item_sections: Vec<ItemSection>,
    /// Reference list.
    pub references: Vec<Reference>,
    /// Hash of the text.
    pub content_hash: String,
    /// The earlier document this one repeats.
    pub duplicate_of: Option<String>,
    /// Where the archived page is.
    pub archive: Option<ArchiveRef>,
    /// What the parser could not do, in words.
    pub diagnostics: Vec<String>,
}
