//! Prefixes → the namespaces that matter.

use crate::parse::html::Attrs;

/// A namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// Inline XBRL.
    Inline,
    /// XBRL instances.
    Instance,
    /// Dimensions of XBRL.
    Dimensions,
    /// HTML, or none.
    Page,
    /// Any other: a taxonomy's.
    Other,
}

/// The prefixes that a file declares. A prefix means the same all over a file.
#[derive(Debug, Default)]
pub(super) struct Names {
    bound: Vec<(String, Space)>,
    /// What names without a prefix mean.
    plain: Option<Space>,
}

impl Names {
    /// Takes the declarations among a tag's attributes.
    pub fn declare(&mut self, attrs: &str) {
        if !attrs.contains("xmlns") {
            return;
        }
        for (name, value) in Attrs::new(attrs) {
            let space = space(value);
            if name == "xmlns" {
                // Of an element inside a page only its own children are meant.
                self.plain.get_or_insert(space);
            } else if let Some(prefix) = name.strip_prefix("xmlns:")
                && !self.bound.iter().any(|(p, _)| p == prefix)
                && self.bound.len() < 1000
            {
                self.bound.push((prefix.to_string(), space));
            }
        }
    }

    /// The namespace of an element and its local name.
    pub fn of<'n>(&self, name: &'n str) -> (Space, &'n str) {
        let Some(colon) = colon(name) else {
            return (self.plain.unwrap_or(Space::Page), name);
        };
        let (prefix, local) = (&name[..colon], &name[colon + 1..]);
        let bound = self.bound.iter().find(|(p, _)| p == prefix).map(|(_, space)| *space);
        // A file whose head is lost still uses the usual prefixes.
        let usual = || match prefix {
            "ix" => Space::Inline,
            "xbrli" => Space::Instance,
            "xbrldi" => Space::Dimensions,
            _ => Space::Other,
        };
        (bound.unwrap_or_else(usual), local)
    }
}

/// Where a name's prefix ends. Names are short: a plain loop is fastest.
pub(crate) fn colon(name: &str) -> Option<usize> {
    name.bytes().position(|b| b == b':')
}

fn space(uri: &str) -> Space {
    match uri {
        "http://www.xbrl.org/2003/instance" => Space::Instance,
        "http://xbrl.org/2006/xbrldi" => Space::Dimensions,
        "http://www.w3.org/1999/xhtml" | "" => Space::Page,
        _ if uri.starts_with("http://www.xbrl.org/") && uri.ends_with("/inlineXBRL") => Space::Inline,
        _ => Space::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_what_they_are_declared() {
        let mut names = Names::default();
        names.declare("xmlns='http://www.w3.org/1999/xhtml' xmlns:i=\"http://www.xbrl.org/2013/inlineXBRL\" xmlns:ix='http://x.example'");
        assert_eq!(names.of("i:nonFraction"), (Space::Inline, "nonFraction"));
        assert_eq!(names.of("ix:nonFraction"), (Space::Other, "nonFraction"));
        assert_eq!(names.of("div"), (Space::Page, "div"));
        assert_eq!(Names::default().of("ix:hidden"), (Space::Inline, "hidden"));
    }
}
