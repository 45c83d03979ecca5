//! What a tag's attributes say of its look.

use crate::parse::html::Attrs;

/// What matters of an element's look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// It is not shown.
    pub hidden: bool,
    /// Bold, or expressly not.
    pub bold: Option<bool>,
    /// A page ends before it.
    pub breaks_before: bool,
    /// A page ends behind it.
    pub breaks_after: bool,
    /// A line across the page that ends it.
    pub is_break: bool,
    /// A link to another place of the document.
    pub leads_inside: bool,
    /// Columns that a cell covers; 0 where it does not say.
    pub columns: u16,
}

/// A cell covers no more columns than this.
const COLUMNS_MAX: u16 = 1000;

/// Reads a tag's look.
pub(super) fn look(name: &str, attrs: &str) -> Look {
    let mut look = Look::default();
    if name.eq_ignore_ascii_case("b") || name.eq_ignore_ascii_case("strong") {
        look.bold = Some(true);
    }
    if attrs.len() < 4 {
        return look;
    }
    let link = name.eq_ignore_ascii_case("a");
    for (name, value) in Attrs::new(attrs) {
        if name.eq_ignore_ascii_case("style") {
            style(value, &mut look);
        } else if link && name.eq_ignore_ascii_case("href") {
            look.leads_inside = value.starts_with('#');
        } else if name.eq_ignore_ascii_case("hidden") {
            look.hidden = true;
        } else if name.eq_ignore_ascii_case("colspan") {
            look.columns = value.trim().parse().unwrap_or(1).min(COLUMNS_MAX);
        }
    }
    look.is_break = look.breaks_after || look.breaks_before;
    look
}

fn style(style: &str, look: &mut Look) {
    // Bytes, not characters: rules are short and many.
    for rule in style.as_bytes().split(|b| *b == b';') {
        let Some(colon) = rule.iter().position(|b| *b == b':') else { continue };
        let (name, value) = (rule[..colon].trim_ascii(), rule[colon + 1..].trim_ascii());
        // Most rules are of fonts and margins: told by their length and first letter.
        match (name.len(), name.first()) {
            (7, Some(b'd' | b'D')) if name.eq_ignore_ascii_case(b"display") => {
                look.hidden |= value.eq_ignore_ascii_case(b"none");
            }
            (11, Some(b'f' | b'F')) if name.eq_ignore_ascii_case(b"font-weight") => {
                let heavy = value.len() == 3 && matches!(value[0], b'6'..=b'9');
                look.bold = Some(heavy || value.get(..4).is_some_and(|v| v.eq_ignore_ascii_case(b"bold")));
            }
            (16, Some(b'p' | b'P')) if name.eq_ignore_ascii_case(b"page-break-after") => {
                look.breaks_after |= is_page(value);
            }
            (17, Some(b'p' | b'P')) if name.eq_ignore_ascii_case(b"page-break-before") => {
                look.breaks_before |= is_page(value);
            }
            (11, Some(b'b' | b'B')) if name.eq_ignore_ascii_case(b"break-after") => look.breaks_after |= is_page(value),
            (12, Some(b'b' | b'B')) if name.eq_ignore_ascii_case(b"break-before") => {
                look.breaks_before |= is_page(value);
            }
            _ => {}
        }
    }
}

fn is_page(value: &[u8]) -> bool {
    value.eq_ignore_ascii_case(b"always") || value.eq_ignore_ascii_case(b"page")
}

/// The level of a heading element.
pub(super) fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Elements without content.
pub(super) fn is_void(name: &str) -> bool {
    ["br", "hr", "img", "input", "meta", "link", "col"].iter().any(|v| name.eq_ignore_ascii_case(v))
}

/// The looks that are open.
#[derive(Debug, Default)]
pub(super) struct Styled {
    open: Vec<(u64, bool, bool)>,
}

/// Elements remembered as open.
const OPEN_MAX: usize = 512;

impl Styled {
    /// An element begins.
    pub fn open(&mut self, name: &str, look: &Look) {
        if self.open.len() < OPEN_MAX && !is_void(name) {
            let bold = look.bold.unwrap_or(self.bold());
            let breaks = look.breaks_after && !name.eq_ignore_ascii_case("hr");
            self.open.push((key(name), bold, breaks));
        }
    }

    /// An element ends; whether a page ends behind it. An end tag without a
    /// beginning ends nothing.
    pub fn close(&mut self, name: &str) -> bool {
        let key = key(name);
        let near = self.open.len().saturating_sub(32);
        let Some(at) = self.open[near..].iter().rposition(|(k, ..)| *k == key) else { return false };
        let breaks = self.open[near + at].2;
        self.open.truncate(near + at);
        breaks
    }

    /// Whether letters are bold here.
    pub fn bold(&self) -> bool {
        self.open.last().is_some_and(|(_, bold, _)| *bold)
    }
}

/// A name of up to eight letters as a number.
fn key(name: &str) -> u64 {
    name.bytes().take(8).fold(0, |key, b| key << 8 | u64::from(b.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_looks() {
        let l = |name: &str, attrs: &str| look(name, attrs);
        assert!(l("div", "style=\"DISPLAY: none\"").hidden);
        assert_eq!(l("span", "style='font-size:9pt;font-weight:700'").bold, Some(true));
        assert_eq!(l("span", "style='font-weight:400;color:red'").bold, Some(false));
        assert_eq!(l("b", "").bold, Some(true));
        assert!(l("hr", "style=\"page-break-after:always\"").is_break);
        assert!(l("p", "style='page-break-before: always'").breaks_before);
        assert!(l("a", "href='#x'").leads_inside && !l("a", "href='http://x'").leads_inside);
        let mut styled = Styled::default();
        styled.open("div", &l("div", ""));
        styled.open("b", &l("b", ""));
        assert!(styled.bold());
        styled.close("div");
        assert!(!styled.bold());
    }
}
