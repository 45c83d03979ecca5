//! Css: a CSS selector as a declaration writes it, checked when it is read.

use scraper::Selector;
use serde::Deserialize;

/// A CSS selector.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Css {
    text: String,
    selector: Selector,
}

impl Css {
    /// Reads a selector.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let selector = Selector::parse(text).map_err(|e| format!("{text:?} is no CSS selector: {e}"))?;
        Ok(Self { text: text.to_string(), selector })
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// For asking a page.
    pub fn selector(&self) -> &Selector {
        &self.selector
    }
}

impl TryFrom<String> for Css {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::Css;

    #[test]
    fn what_is_no_selector_is_named() {
        assert_eq!(Css::read("main > a[href]").map(|c| c.text().to_string()).as_deref(), Ok("main > a[href]"));
        assert!(Css::read("main >").is_err_and(|e| e.contains("\"main >\" is no CSS selector")));
    }
}
