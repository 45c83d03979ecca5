//! A fact as written: its attributes and text, nothing resolved.

use crate::model::Decimals;
use crate::parse::html::{Attrs, decode_references};

/// What sort of fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Number,
    Text,
}

/// A fact as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Raw {
    pub kind: Kind,
    pub concept: String,
    pub fact_id: Option<String>,
    pub context: String,
    pub unit: Option<String>,
    pub decimals: Option<Decimals>,
    pub scale: Option<i32>,
    pub sign: Option<char>,
    pub format: Option<String>,
    pub nil: bool,
    pub hidden: bool,
    pub continued_at: Option<String>,
    pub text: String,
    /// The text was longer than is kept.
    pub overlong: bool,
    /// The text is not kept.
    pub left_out: bool,
    pub byte_start: usize,
    pub byte_end: Option<usize>,
}

impl Raw {
    /// Reads a start tag's attributes.
    pub fn of(kind: Kind, attrs: &str) -> Self {
        let mut raw = Self { kind, ..Self::default() };
        for (name, value) in Attrs::new(attrs) {
            let value = || decode_references(value).trim().to_string();
            match name {
                "name" => raw.concept = value(),
                "id" => raw.fact_id = Some(value()),
                "contextRef" => raw.context = value(),
                "unitRef" => raw.unit = Some(value()),
                "decimals" => {
                    raw.decimals = match value().as_str() {
                        "INF" => Some(Decimals::Exact),
                        places => places.parse().ok().map(Decimals::Places),
                    }
                }
                "scale" => raw.scale = value().parse().ok(),
                "sign" => raw.sign = Some('-').filter(|_| value() == "-"),
                "format" => raw.format = Some(value()),
                "continuedAt" => raw.continued_at = Some(value()),
                // Whatever prefix the file gives the namespace of schema instances.
                _ if name.ends_with(":nil") => raw.nil = matches!(value().as_str(), "true" | "1"),
                _ => {}
            }
        }
        raw
    }

    /// Takes a piece of its text.
    pub fn take(&mut self, text: &str, most: usize) {
        if self.left_out {
            return;
        }
        if self.text.len() + text.len() > most {
            self.overlong = true;
        } else {
            self.text.push_str(text);
        }
    }

    /// Whether the text is a part of the document, not a value.
    pub fn is_block(&self) -> bool {
        self.concept.ends_with("TextBlock")
    }
}
