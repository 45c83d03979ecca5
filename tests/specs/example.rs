//! The form of a spec file, and how the files are read.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// One file: a phenomenon.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecFile {
    /// Publication date of every example that names none.
    #[serde(default)]
    pub published: Option<String>,
    /// The examples, counted from 1.
    pub example: Vec<Example>,
}

/// A text and what must, or must not, be read in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Why the example stands here, in one clause.
    pub what: String,
    /// The text; a line break ends a paragraph.
    pub text: String,
    /// `YYYY-MM-DD`; `"null"` for an undated document.
    #[serde(default)]
    pub published: Option<String>,
    /// Title of the document.
    #[serde(default)]
    pub title: Option<String>,
    /// The text is a filing in plain text, cover and all.
    #[serde(default)]
    pub filing: bool,
    /// Something that looks as if it should fire, or be filled in, and must not.
    #[serde(default)]
    pub near_miss: bool,
    /// Claims that must be there.
    #[serde(default)]
    pub claims: Vec<WantClaim>,
    /// No claims but these.
    #[serde(default)]
    pub only: bool,
    /// No claims at all.
    #[serde(default)]
    pub no_claims: bool,
    /// Places of the text that no claim's figure may touch.
    #[serde(default)]
    pub no_figures: Vec<String>,
    /// Mentions that must be there.
    #[serde(default)]
    pub mentions: Vec<WantMention>,
    /// Tickers that no mention and no subject may bear.
    #[serde(default)]
    pub no_tickers: Vec<String>,
    /// The rotations, all of them.
    #[serde(default)]
    pub rotations: Vec<WantRotation>,
    /// No rotations at all.
    #[serde(default)]
    pub no_rotations: bool,
}

/// A word, or several that are all right. `"null"` stands for no value.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// Exactly this.
    One(String),
    /// Any of these.
    Any(Vec<String>),
}

impl Words {
    /// The answers that are accepted.
    pub fn list(&self) -> Vec<&str> {
        match self {
            Self::One(word) => vec![word],
            Self::Any(words) => words.iter().map(String::as_str).collect(),
        }
    }
}

/// A bound of a value: a number, or `"null"`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Bound {
    /// The number.
    Number(f64),
    /// `"null"`.
    Null(String),
}

/// A claim; only the fields that are given are compared.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantClaim {
    /// The exact figure text.
    pub figure: String,
    /// Which of several equal figure texts, from 1.
    pub nth: Option<usize>,
    /// The whole sentence, heading, bullet or row.
    pub quote: Option<Words>,
    pub kind: Option<Words>,
    pub role: Option<Words>,
    /// Both bounds at once.
    pub value: Option<f64>,
    pub lo: Option<Bound>,
    pub hi: Option<Bound>,
    pub unit: Option<Words>,
    pub negative: Option<bool>,
    pub qualifier: Option<Words>,
    pub metric: Option<Words>,
    pub direction: Option<Words>,
    /// All subjects, by ticker or by a word of the name.
    pub subjects: Option<Vec<String>>,
    /// Subjects it must not have.
    pub not_subjects: Option<Vec<String>>,
    pub collective: Option<bool>,
    /// The normal form.
    pub period: Option<Words>,
    pub baseline: Option<Vec<String>>,
    pub status: Option<Words>,
    /// Part of the attribution as worded.
    pub attribution: Option<Words>,
    /// Numbers of the resolved citations.
    pub citations: Option<Vec<u32>>,
    pub mention: Option<Words>,
    pub negated: Option<bool>,
    pub hypothetical: Option<bool>,
    pub vague: Option<bool>,
}

/// A mention, by its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantMention {
    pub surface: String,
    pub ticker: Option<Words>,
    #[serde(rename = "type")]
    pub kind: Option<Words>,
    pub explicit: Option<bool>,
    pub role: Option<Words>,
}

/// A rotation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantRotation {
    pub from: Option<Vec<String>>,
    pub to: Option<Vec<String>>,
    pub status: Option<Words>,
    pub negated: Option<bool>,
    pub attribution: Option<Words>,
    pub period: Option<Words>,
    pub mention: Option<Words>,
}

/// The folder of the spec files.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specs")
}

/// All spec files by name, in order of name.
pub fn load() -> Vec<(String, SpecFile)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder()).expect("the spec folder can be listed") {
        let path = entry.expect("the spec folder can be listed").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().to_string();
        if path.extension().is_none_or(|e| e != "toml") || name == "known_gaps" {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a spec file can be read");
        let file = toml::from_str(&text).unwrap_or_else(|e| panic!("tests/specs/{name}.toml is not of its form: {e}"));
        files.push((name, file));
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}
