//! Front matter: the block of `key: value` lines before a Markdown text.

use super::dates;

/// What a front matter says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Front {
    /// Title.
    pub title: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Publication date as kept in records.
    pub published: Option<String>,
    /// Last change.
    pub modified: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The address it goes by wherever it is found.
    pub canonical: Option<String>,
    /// Language code.
    pub lang: Option<String>,
    /// What sort of text, as written.
    pub kind: Option<String>,
}

/// Splits a text into its front matter and the byte where the rest begins.
pub(crate) fn split(text: &str) -> (Front, usize) {
    let Some(fence) = ["---", "+++"].into_iter().find(|f| text.lines().next().is_some_and(|l| l.trim_end() == *f))
    else {
        return (Front::default(), 0);
    };
    let mut front = Front::default();
    let mut key = String::new();
    // A quoted value that goes on over the next lines.
    let mut open: Option<String> = None;
    let mut at = 0;
    for (n, raw) in text.split_inclusive('\n').enumerate() {
        at += raw.len();
        let line = raw.trim_end();
        if n == 0 {
            continue;
        }
        if line == fence || (fence == "---" && line == "...") {
            return (front, at);
        }
        if n > 200 {
            break;
        }
        if let Some(mut value) = open.take() {
            value.push(' ');
            value.push_str(line.trim());
            if unclosed(&value) {
                open = Some(value);
            } else {
                front.set(&key, &value);
            }
        } else if let Some(item) = line.trim_start().strip_prefix("- ") {
            front.set(&key, item);
        } else if let Some((k, value)) = line.split_once(if fence == "+++" { '=' } else { ':' })
            && !k.starts_with(char::is_whitespace)
        {
            key = k.trim().to_ascii_lowercase();
            if unclosed(value.trim()) {
                open = Some(value.trim().to_string());
            } else {
                front.set(&key, value);
            }
        }
    }
    // Never closed: a rule, not a front matter.
    (Front::default(), 0)
}

impl Front {
    fn set(&mut self, key: &str, value: &str) {
        let quoted = value.trim().starts_with('\'');
        let unescaped = if quoted { unquote(value).replace("''", "'") } else { unquote(value).replace("\\\"", "\"") };
        let value = unescaped.as_str();
        if value.is_empty() || matches!(value, "null" | "~") {
            return;
        }
        let first = |slot: &mut Option<String>, v: Option<String>| {
            if slot.is_none() {
                *slot = v;
            }
        };
        match key {
            "title" | "headline" => first(&mut self.title, Some(value.to_string())),
            "date" | "published" | "publishdate" | "published_at" | "publishedat" | "pubdate" | "datepublished"
            | "date_published" | "created" => {
                first(&mut self.published, dates::normalise(value));
            }
            "updated" | "modified" | "lastmod" | "last_modified" | "updated_at" | "date_modified" => {
                first(&mut self.modified, dates::normalise(value))
            }
            "author" | "authors" | "by" | "byline" => {
                let list = value.trim_start_matches('[').trim_end_matches(']');
                self.authors.extend(list.split(',').map(|n| unquote(n).to_string()).filter(|n| !n.is_empty()));
            }
            "outlet" | "publisher" | "source_name" | "site" | "site_name" | "publication" => {
                first(&mut self.outlet, Some(value.to_string()))
            }
            "canonical" | "canonical_url" | "canonicalurl" if value.starts_with("http") => {
                first(&mut self.canonical, Some(value.to_string()));
            }
            "url" | "link" | "source_url" | "original_url" | "source" if value.starts_with("http") => {
                first(&mut self.url, Some(value.to_string()));
            }
            "lang" | "language" | "locale" => first(&mut self.lang, value.get(..2).map(str::to_ascii_lowercase)),
            "type" | "kind" | "format" => first(&mut self.kind, Some(value.to_ascii_lowercase())),
            _ => {}
        }
    }
}

/// Whether a value begins with a quote that it does not end with.
fn unclosed(value: &str) -> bool {
    ['"', '\''].iter().any(|q| value.starts_with(*q) && (value.len() == 1 || !value.ends_with(*q)))
}

fn unquote(value: &str) -> &str {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner.trim();
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_yaml_and_toml() {
        let text = "---\ntitle: \"Fees: up 4%\"\ndate: 2026-02-06 10:00:00\nauthors:\n  - Ida Moor\n  - Ute Brandt\nurl: https://x.example/a\ncanonical: https://y.example/a\n---\n# Body\n";
        let (front, at) = split(text);
        assert_eq!(front.title.as_deref(), Some("Fees: up 4%"));
        assert_eq!(front.published.as_deref(), Some("2026-02-06"));
        assert_eq!(front.authors, ["Ida Moor", "Ute Brandt"]);
        assert_eq!(&text[at..], "# Body\n");
        assert_eq!(front.canonical.as_deref(), Some("https://y.example/a"));
        assert_eq!(split("+++\ntitle = 'Fees'\n+++\nx").0.title.as_deref(), Some("Fees"));
    }

    #[test]
    fn reads_quoted_values_over_lines() {
        let (front, _) = split("---\ntitle: 'Fees: what''s\n  behind it'\noutlet: \"Tide \\\"L\\\" Ledger\"\n---\n");
        assert_eq!(
            (front.title.as_deref(), front.outlet.as_deref()),
            (Some("Fees: what's behind it"), Some("Tide \"L\" Ledger"))
        );
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(split("---\nJust a line: of text\nand more"), (Front::default(), 0));
        assert_eq!(split("Text\n---\n"), (Front::default(), 0));
    }
}
