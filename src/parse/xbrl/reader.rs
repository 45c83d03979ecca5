//! Elements → facts as written: inline XBRL in a page, or a plain instance.

use super::names::{Names, Space, colon};
use super::raw::{Kind, Raw};
use super::resources::Resources;
use super::transform;
use super::walk::{Open, Sink};
use crate::model::Filing;
use crate::parse::html::is_block;

/// Facts of one file; more are counted and left out.
const FACTS_MAX: usize = 500_000;

/// Bytes of a printed number; longer ones are none.
const NUMBER_MAX: usize = 1024;

/// Bytes of a text that is kept.
const TEXT_MAX: usize = 1 << 20;

/// Elements of inline XBRL inside each other.
const DEPTH_MAX: usize = 256;

/// What an open element of inline XBRL means for the text inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// A fact: its place in the list.
    Fact(usize),
    /// The continuation of a text: its place in the list.
    Continuation(usize),
    /// Text that belongs to no fact around.
    Exclude,
    /// Facts that are not shown.
    Hidden,
    /// Contexts and units.
    Header,
    /// A number of two parts.
    Fraction,
}

/// Reads facts.
#[derive(Debug, Default)]
pub(crate) struct FactReader {
    names: Names,
    pub(super) resources: Resources,
    open: Vec<(Meaning, String)>,
    /// How many of `open` take text.
    taking: usize,
    hidden: usize,
    header: usize,
    /// The file is an instance, not a page.
    pub(super) instance: bool,
    seen_root: bool,
    with_texts: bool,
    pub(super) raws: Vec<Raw>,
    ended: Option<usize>,
    /// Continuations: id, text, where it goes on.
    pub(super) continuations: Vec<(String, String, Option<String>)>,
    pub(super) too_many: usize,
    pub(super) too_deep: usize,
    pub(super) fractions: usize,
}

impl FactReader {
    /// A reader; `with_texts` also keeps long texts.
    pub fn new(with_texts: bool) -> Self {
        Self { with_texts, ..Self::default() }
    }

    /// What the cover's facts say of the filing.
    pub fn cover(&self) -> Filing {
        let text = |concept: &str| {
            let raw = self.raws.iter().find(|r| r.concept == concept && r.byte_end.is_some())?;
            let value = transform::text(raw.format.as_deref(), raw.text.trim()).ok()?;
            Some(value.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|v| !v.is_empty())
        };
        Filing {
            form: text("dei:DocumentType"),
            cik: text("dei:EntityCentralIndexKey").and_then(|c| c.trim_start_matches('0').parse().ok()),
            company: text("dei:EntityRegistrantName"),
            fiscal_year: text("dei:DocumentFiscalYearFocus").and_then(|y| y.parse().ok()),
            fiscal_year_end: text("dei:CurrentFiscalYearEndDate").and_then(|d| month_day(&d)),
            tickers: tickers(&self.raws),
            period_of_report: text("dei:DocumentPeriodEndDate").filter(|d| d.parse::<jiff::civil::Date>().is_ok()),
            ..Filing::default()
        }
    }

    /// How many facts have begun.
    pub fn count(&self) -> usize {
        self.raws.len()
    }

    /// Whether a fact is a number that is shown.
    pub fn is_shown_number(&self, fact: usize) -> bool {
        self.raws.get(fact).is_some_and(|r| r.kind == Kind::Number && !r.hidden)
    }

    /// The fact that the last end tag ended.
    pub fn ended(&self) -> Option<usize> {
        self.ended
    }

    fn push(&mut self, meaning: Meaning, name: &str) {
        if self.open.len() >= DEPTH_MAX {
            self.too_deep += 1;
            return;
        }
        match meaning {
            Meaning::Fact(_) | Meaning::Continuation(_) => self.taking += 1,
            Meaning::Hidden => self.hidden += 1,
            Meaning::Header => self.header += 1,
            Meaning::Exclude | Meaning::Fraction => {}
        }
        self.open.push((meaning, name.to_string()));
    }

    fn fact(&mut self, kind: Kind, tag: &Open<'_>) {
        if self.raws.len() >= FACTS_MAX {
            self.too_many += 1;
            return;
        }
        let mut raw = Raw::of(kind, tag.attrs);
        raw.hidden = self.hidden > 0;
        raw.byte_start = tag.end;
        if self.instance {
            raw.concept = tag.name.to_string();
        }
        raw.left_out = kind == Kind::Text && !self.with_texts && (raw.is_block() || raw.continued_at.is_some());
        self.raws.push(raw);
        self.push(Meaning::Fact(self.raws.len() - 1), tag.name);
    }

    fn inline(&mut self, local: &str, tag: &Open<'_>) {
        match local {
            "nonFraction" => self.fact(Kind::Number, tag),
            "nonNumeric" => self.fact(Kind::Text, tag),
            "fraction" => {
                self.fractions += 1;
                self.push(Meaning::Fraction, tag.name);
            }
            "continuation" if self.with_texts && self.continuations.len() < FACTS_MAX => {
                let raw = Raw::of(Kind::Text, tag.attrs);
                self.continuations.push((raw.fact_id.unwrap_or_default(), String::new(), raw.continued_at));
                self.push(Meaning::Continuation(self.continuations.len() - 1), tag.name);
            }
            "exclude" => self.push(Meaning::Exclude, tag.name),
            "hidden" => self.push(Meaning::Hidden, tag.name),
            "header" => self.push(Meaning::Header, tag.name),
            _ => {}
        }
    }

    /// Ends the innermost open element of that name, wherever it stands.
    fn end(&mut self, name: &str, at: usize) {
        let Some(place) = self.open.iter().rposition(|(_, open)| open == name) else { return };
        match self.open.remove(place).0 {
            Meaning::Fact(index) => {
                self.taking -= 1;
                if let Some(raw) = self.raws.get_mut(index) {
                    raw.byte_end = Some(at);
                    self.ended = Some(index);
                }
            }
            Meaning::Continuation(_) => self.taking -= 1,
            Meaning::Hidden => self.hidden -= 1,
            Meaning::Header => self.header -= 1,
            Meaning::Exclude | Meaning::Fraction => {}
        }
    }

    /// Gives text to every fact around it, up to what excludes it.
    fn give(&mut self, text: &str, texts_only: bool) {
        for (meaning, _) in self.open.iter().rev() {
            match *meaning {
                Meaning::Exclude => break,
                Meaning::Fact(index) => {
                    if let Some(raw) = self.raws.get_mut(index)
                        && !(texts_only && raw.kind == Kind::Number)
                    {
                        let most = if raw.kind == Kind::Number { NUMBER_MAX } else { TEXT_MAX };
                        raw.take(text, most);
                    }
                }
                Meaning::Continuation(index) => {
                    if let Some((_, kept, _)) = self.continuations.get_mut(index)
                        && kept.len() + text.len() <= TEXT_MAX
                    {
                        kept.push_str(text);
                    }
                }
                _ => {}
            }
        }
    }

    fn is_fact_of_instance(&self, space: Space, attrs: &str) -> bool {
        self.instance && space == Space::Other && attrs.contains("contextRef")
    }
}

impl Sink for FactReader {
    fn open(&mut self, tag: &Open<'_>) {
        if !self.seen_root || self.header > 0 || colon(tag.name).is_some() {
            self.names.declare(tag.attrs);
        }
        let (space, local) = self.names.of(tag.name);
        if !self.seen_root {
            self.seen_root = true;
            self.instance = local == "xbrl" && space != Space::Page;
            self.resources.plain_measures = true;
        }
        match space {
            Space::Inline => self.inline(local, tag),
            Space::Instance | Space::Dimensions => self.resources.open(local, tag.attrs),
            // Generators leave the prefix out below an element that declares the namespace.
            Space::Page if self.header > 0 || self.resources.is_open() => self.resources.open(local, tag.attrs),
            Space::Page if self.taking > 0 && is_block(local) => self.give(" ", true),
            Space::Other if self.is_fact_of_instance(space, tag.attrs) => {
                let kind = if tag.attrs.contains("unitRef") { Kind::Number } else { Kind::Text };
                self.fact(kind, tag);
            }
            Space::Page | Space::Other => {}
        }
    }

    fn close(&mut self, name: &str, at: usize) {
        self.ended = None;
        let (space, local) = self.names.of(name);
        match space {
            Space::Inline => self.end(name, at),
            Space::Other if self.instance => self.end(name, at),
            Space::Instance | Space::Dimensions => self.resources.close(local),
            Space::Page if self.resources.is_open() => self.resources.close(local),
            Space::Page if self.taking > 0 && is_block(local) => self.give(" ", true),
            Space::Page | Space::Other => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.taking > 0 {
            self.give(text, false);
        } else if self.resources.is_open() {
            self.resources.text(text);
        }
    }
}

/// `--12-31` → `12-31`.
fn month_day(date: &str) -> Option<String> {
    let plain = date.trim_start_matches('-');
    let (month, day) = plain.split_once('-')?;
    let fits = |part: &str, most: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n));
    (fits(month, 12) && fits(day, 31)).then(|| plain.to_string())
}

/// The trading symbols on the cover, each once.
fn tickers(raws: &[Raw]) -> Vec<String> {
    const MOST: usize = 16;
    let mut out: Vec<String> = Vec::new();
    for raw in raws.iter().filter(|r| r.concept == "dei:TradingSymbol") {
        let symbol = raw.text.trim().to_ascii_uppercase();
        let fits =
            (1..=8).contains(&symbol.len()) && symbol.bytes().all(|b| b.is_ascii_alphanumeric() || b"./-".contains(&b));
        if fits && out.len() < MOST && !out.contains(&symbol) {
            out.push(symbol);
        }
    }
    out
}
