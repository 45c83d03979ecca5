//! Sources as they are declared: `[[source]]` in the settings file, and the
//! shipped `sources.toml`.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::edgar::Ask;

/// The shipped sources.
const SHIPPED: &str = include_str!("../../sources.toml");

/// What stands at a source's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap, an index of sitemaps, or a robots.txt that names some.
    Sitemap,
    /// One page; or a list of any kind, told by its content.
    Page,
    /// A page of links.
    Links,
    /// WARC files on this machine.
    Warc,
    /// A folder of documents on this machine.
    Folder,
    /// Filings of EDGAR; at an address, one of its lists.
    Edgar,
    /// The index of a filing, which names its documents.
    Filing,
    /// A document of a filing.
    Document,
}

impl Kind {
    /// As written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Page => "page",
            Self::Links => "links",
            Self::Warc => "warc",
            Self::Folder => "folder",
            Self::Edgar => "edgar",
            Self::Filing => "filing",
            Self::Document => "document",
        }
    }

    /// From what was written.
    pub fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == text)
    }

    const ALL: [Self; 9] = [
        Self::Feed,
        Self::Sitemap,
        Self::Page,
        Self::Links,
        Self::Warc,
        Self::Folder,
        Self::Edgar,
        Self::Filing,
        Self::Document,
    ];

    /// Whether it names others and is read again in its time, all of it.
    pub fn is_list(self) -> bool {
        !matches!(self, Self::Page | Self::Filing | Self::Document)
    }

    /// Whether it counts against a limit of pages: the documents of a filing
    /// are one with it.
    pub fn counts(self) -> bool {
        matches!(self, Self::Page | Self::Filing)
    }

    /// Whether it is EDGAR's.
    pub fn is_edgar(self) -> bool {
        matches!(self, Self::Edgar | Self::Filing | Self::Document)
    }

    /// Whether it stands on this machine.
    pub fn is_local(self) -> bool {
        matches!(self, Self::Warc | Self::Folder)
    }
}

/// A place where news is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// What stands there.
    pub kind: Kind,
    /// Its address, for what is on the network.
    #[serde(default)]
    pub url: Option<String>,
    /// Its path, for what is on this machine.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// Publisher, where its pages do not name it.
    #[serde(default)]
    pub outlet: Option<String>,
    /// ISO 639-1 code.
    #[serde(default)]
    pub language: Option<String>,
    /// CSS selector of the links that are followed (kind `links`).
    #[serde(default)]
    pub select: Option<String>,
    /// Steps of links that are followed from the source's pages.
    #[serde(default)]
    pub depth: Option<u32>,
    /// How often it is asked with `--watch`, at first: `15m`, `2h`, `1d`.
    #[serde(default)]
    pub every: Option<String>,
    /// Under which terms it may be read.
    #[serde(default)]
    pub terms: Option<String>,
    /// How it is known that it is there, and since when.
    #[serde(default)]
    pub known: Option<String>,
    /// Which filings are wanted (kind `edgar`).
    #[serde(default)]
    pub edgar: Option<Box<Ask>>,
}

/// The file of sources.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourcesFile {
    source: Vec<Source>,
}

impl Source {
    /// Its name without what tells several questions to it apart.
    pub fn label(&self) -> &str {
        self.name.split('#').next().unwrap_or(&self.name)
    }

    /// A source of one address, as given on the command line.
    pub fn of_url(url: &str) -> Self {
        Self {
            name: String::new(),
            kind: Kind::Page,
            url: Some(url.to_string()),
            path: None,
            outlet: None,
            language: None,
            select: None,
            depth: None,
            every: None,
            terms: None,
            known: None,
            edgar: None,
        }
    }

    /// What its addresses are told from those of other sources by: its name, or
    /// the address that was given on the command line.
    pub fn queue(&self) -> &str {
        if self.name.is_empty() { self.url.as_deref().unwrap_or_default() } else { &self.name }
    }

    /// The shipped sources.
    ///
    /// # Errors
    /// When the shipped file is not of its form, which its test excludes.
    pub fn shipped() -> Result<Vec<Self>, String> {
        Self::read(SHIPPED)
    }

    /// Sources of a TOML text.
    ///
    /// # Errors
    /// Names the source and what is wrong with it.
    pub fn read(text: &str) -> Result<Vec<Self>, String> {
        let file: SourcesFile = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_string())?;
        check_all(&file.source)?;
        Ok(file.source)
    }

    /// How long it waits between two askings, at first.
    pub fn pace(&self) -> Option<Duration> {
        self.every.as_deref().and_then(|text| pace(text).ok())
    }

    fn check(&self) -> Result<(), String> {
        let wrong = |problem: String| Err(format!("source {:?}: {problem}", self.name));
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if self.name.is_empty() || !self.name.chars().all(plain) {
            return wrong("its name must be of letters, digits, - _ and .".into());
        }
        match (self.kind, &self.edgar) {
            (Kind::Edgar, ask) => {
                if self.url.is_some() || self.path.is_some() {
                    return wrong("a source of kind edgar has neither url nor path".into());
                }
                // What is wanted may be said on the command line.
                return ask.as_ref().map_or(Ok(()), |a| a.check().or_else(wrong));
            }
            (Kind::Filing | Kind::Document, _) => return wrong("it is a part of a source of kind edgar".into()),
            (_, Some(_)) => return wrong("[source.edgar] belongs to kind edgar".into()),
            _ => {}
        }
        match (self.kind.is_local(), &self.url, &self.path) {
            (true, None, Some(_)) => {}
            (true, ..) => return wrong(format!("a source of kind {} has a path", self.kind.as_str())),
            (false, Some(url), None) => match Url::parse(url) {
                Ok(u) if matches!(u.scheme(), "http" | "https") => {}
                _ => return wrong(format!("{url:?} is no web address")),
            },
            (false, ..) => return wrong(format!("a source of kind {} has a url", self.kind.as_str())),
        }
        if let Some(select) = &self.select {
            if self.kind != Kind::Links {
                return wrong("select belongs to kind links".into());
            }
            if let Err(problem) = super::links::selector(select) {
                return wrong(problem);
            }
        }
        match self.every.as_deref().map(pace) {
            Some(Err(problem)) => wrong(problem),
            _ => Ok(()),
        }
    }
}

/// Checks sources together: each one, and that no name stands twice.
///
/// # Errors
/// Names the source and what is wrong with it.
pub fn check_all(sources: &[Source]) -> Result<(), String> {
    for (at, source) in sources.iter().enumerate() {
        source.check()?;
        if sources[..at].iter().any(|s| s.name == source.name) {
            return Err(format!("source {:?} stands there twice", source.name));
        }
    }
    Ok(())
}

/// A time such as `15m`, `2h` or `1d`.
///
/// # Errors
/// Says how it is written.
fn pace(text: &str) -> Result<Duration, String> {
    let wrong = || format!("{text:?} is no time; write it like 15m, 2h or 1d");
    let split = text.len().saturating_sub(1);
    let (number, unit) = text.split_at_checked(split).ok_or_else(wrong)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    let number: u64 = number.trim().parse().map_err(|_| wrong())?;
    if number == 0 || number > 10_000 { Err(wrong()) } else { Ok(Duration::from_secs(number * seconds)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_sources_are_sound() -> Result<(), String> {
        let list = Source::shipped()?;
        assert!(list.len() >= 30, "{}", list.len());
        for source in &list {
            assert!(source.terms.as_ref().is_some_and(|t| !t.is_empty()), "{} names no terms", source.name);
            let known = source.known.as_deref().unwrap_or_default();
            let dated =
                known.rsplit(' ').next().is_some_and(|day| format!("{day}-01").parse::<jiff::civil::Date>().is_ok());
            assert!(dated, "{} does not say how it is known and since when: {known:?}", source.name);
            assert!(source.language.as_ref().is_some_and(|l| l.len() == 2), "{} names no language", source.name);
            let secure = source.url.as_ref().is_some_and(|u| u.starts_with("https://")) || source.kind == Kind::Edgar;
            assert!(secure, "{} is not https", source.name);
        }
        for kind in [Kind::Feed, Kind::Sitemap, Kind::Links, Kind::Page] {
            assert!(list.iter().any(|s| s.kind == kind), "none of kind {}", kind.as_str());
        }
        Ok(())
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, said) in [
            ("name='a'\nkind='feed'", "has a url"),
            ("name='a'\nkind='warc'\nurl='https://x.example/'", "has a path"),
            ("name='a b'\nkind='page'\nurl='https://x.example/'", "its name must be"),
            ("name='a'\nkind='page'\nurl='x'", "no web address"),
            ("name='a'\nkind='links'\nurl='https://x.example/'\nselect='a >'", "no CSS selector"),
            ("name='a'\nkind='feed'\nurl='https://x.example/'\nselect='a'", "belongs to kind links"),
            ("name='a'\nkind='feed'\nurl='https://x.example/'\nevery='soon'", "no time"),
            ("name='a'\nkind='feed'\nurl='https://x.example/'\ncolour='red'", "colour"),
            ("name='a'\nkind='edgar'\nurl='https://x.example/'", "neither url nor path"),
            ("name='a'\nkind='edgar'\nedgar={items=['x']}", "no item"),
            ("name='a'\nkind='document'\nurl='https://x.example/'", "part of a source"),
            ("name='a'\nkind='feed'\nurl='https://x.example/'\nedgar={}", "belongs to kind edgar"),
            ("name='a'\nkind='blog'\nurl='https://x.example/'", "blog"),
        ] {
            let problem = Source::read(&format!("[[source]]\n{text}")).err().unwrap_or_default();
            assert!(problem.contains(said), "{text}: {problem}");
        }
        let twice = "[[source]]\nname='a'\nkind='folder'\npath='x'\n".repeat(2);
        assert!(Source::read(&twice).is_err_and(|e| e.contains("twice")));
        assert_eq!(pace("15m").map(|d| d.as_secs()), Ok(900));
    }
}
