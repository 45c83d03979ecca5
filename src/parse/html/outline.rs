//! The outline of a page: everything that metadata is read from.

use super::zone::Zone;

/// A heading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heading {
    /// 1–3.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub zone: Zone,
    /// Number of text blocks before it.
    pub block: usize,
}

/// A short text: a date line, a byline, a label.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    /// Its text.
    pub text: String,
    /// What the elements around it say.
    pub zone: Zone,
    /// What the nearest three elements say.
    pub near: Zone,
    /// Its number among all text blocks.
    pub block: usize,
}

/// A date in an attribute: `time datetime`, microdata, `abbr title`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marked {
    /// The attribute's value.
    pub value: String,
    /// Where it stands.
    pub zone: Zone,
    /// What the element itself says.
    pub own: Zone,
    /// Number of text blocks before it.
    pub block: usize,
}

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline<'h> {
    /// `html lang`.
    pub lang: Option<String>,
    /// `meta` names (lower case) and contents, in order.
    pub metas: Vec<(String, String)>,
    /// `link rel=canonical`.
    pub canonical: Option<String>,
    /// `title`.
    pub title: String,
    /// JSON-LD scripts as written.
    pub ld: Vec<&'h str>,
    /// Headings of the first three levels.
    pub headings: Vec<Heading>,
    /// Short texts with a digit, or that begin like a byline.
    pub blocks: Vec<Block>,
    /// Dates in attributes.
    pub marked: Vec<Marked>,
    /// Texts of elements that name the author.
    pub authors: Vec<Block>,
    /// Blocks that repeat `title` or a part of it: their numbers and zones.
    pub echoes: Vec<(usize, Zone)>,
    /// More elements are open at once than the limit.
    pub too_deep: bool,
    /// Number of start tags.
    pub elements: usize,
}

impl Outline<'_> {
    /// The first non-empty `meta` of that name.
    pub fn meta(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }
}

/// Whether a line begins with "By", "Von" and the like.
pub(crate) fn begins_like_byline(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "by ",
        "by: ",
        "von ",
        "von: ",
        "author: ",
        "autor: ",
        "autorin: ",
        "par ",
        "por ",
        "di ",
        "text: ",
        "written by ",
    ];
    let line = line.trim_start();
    STARTS.iter().any(|s| line.get(..s.len()).is_some_and(|head| head.eq_ignore_ascii_case(s)))
}

/// Folds white space; line breaks become single ones.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = None;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = if c == '\n' || gap == Some('\n') { Some('\n') } else { Some(' ') };
        } else if !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
            if let Some(g) = gap.take().filter(|_| !out.is_empty()) {
                out.push(g);
            }
            out.push(c);
        }
    }
    out
}
