//! Noun phrases that read as groups of assets: where they begin, which noun
//! they are about, and where they end.

use crate::lexicon::RotationWord;
use crate::model::{EntityType, Shape};

use super::lists::{ARTICLES, CLOSERS, TAILS};
use super::words::Reader;

/// A noun phrase about assets.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// With its article.
    pub(super) first: usize,
    /// Without.
    pub(super) core: usize,
    /// Behind its noun.
    pub(super) head: usize,
    /// Behind what belongs to the noun: "of …", "that …".
    pub(super) end: usize,
    /// Names behind "like" or "including".
    pub(super) named: Vec<(usize, usize)>,
    /// Where reading goes on.
    pub(super) next: usize,
}

impl Reader<'_> {
    /// The phrase at `at`, if it is about assets.
    pub(super) fn phrase(&self, at: usize, end: usize) -> Option<Phrase> {
        let first = self.skip(at, &["\"", "both", "which", "whether", "how", "what"]);
        let core = self.skip(first, ARTICLES).min(first + 5);
        let (mut stop, mut head) = (core, None);
        while stop < end && stop - core < 16 {
            if let Some(name) = self.name(stop).filter(|n| n.end <= end) {
                let company = name.subject.kind == EntityType::Company;
                let other = matches!(name.subject.kind, EntityType::Government | EntityType::Indicator);
                let place = self.at(stop, RotationWord::Asset).is_some();
                let asset = !(other && !place || name.source && company);
                stop = name.end;
                if asset && self.noun_ends(stop) {
                    head = Some(stop);
                }
                continue;
            }
            if let Some(asset) = self.at(stop, RotationWord::Asset).filter(|e| *e <= end && self.is_noun(stop)) {
                stop = asset;
                if self.noun_ends(stop) {
                    head = Some(stop);
                }
                continue;
            }
            if self.closes(stop, core) {
                break;
            }
            // "his Nvidia position": what is held of it.
            let held = self.at(stop, RotationWord::Holding).is_some() || self.view.is_one_of(stop, TAILS);
            if head == Some(stop) && held && self.noun_ends(stop + 1) {
                head = Some(stop + 1);
            }
            stop += 1;
        }
        let head = match head {
            Some(head) if head == stop || self.plural(head - 1) || self.adverb(stop - 1) => head,
            Some(head) if stop == head + 1 && self.runs(head) => head,
            Some(_) => return None,
            None => self.style(core, stop).or_else(|| self.whatever(core))?,
        };
        // "500,000 shares", "3 million shares": so many of them, and no group.
        let count = self.skip(core, &["about", "around", "roughly", "nearly", "almost", "over", "some"]);
        let counted = self.view.is_number(count)
            && self.view.is_one_of(head - 1, &["shares", "contracts", "tokens", "coins", "units"]);
        if counted {
            return None;
        }
        let mut phrase = Phrase { first, core, head, end: head, named: Vec::new(), next: head };
        self.tail(&mut phrase, end);
        Some(phrase)
    }

    /// A phrase of whatever sort: what a verb of moving money leads to.
    pub(super) fn plain(&self, at: usize, end: usize) -> Option<Phrase> {
        let view = self.view;
        let core = self.skip(at, ARTICLES);
        let mut stop = core;
        while stop < end && stop - core < 8 && !self.closes(stop, core) {
            stop += 1;
        }
        let abstract_word = view.any_word(
            core,
            stop,
            &[
                "pattern",
                "weekend",
                "year",
                "question",
                "focus",
                "view",
                "play",
                "line",
                "account",
                "record",
                "high",
                "low",
                "decade",
                "month",
                "week",
                "close",
                "open",
                "session",
                "profit",
                "loss",
                "bear",
                "bull",
                "correction",
                "territory",
                "earnings",
                "report",
                "office",
                "work",
                "hands",
                "pockets",
                "red",
                "green",
                "trend",
                "direction",
                "phase",
                "mode",
                "future",
                "election",
                "meeting",
                "scratch",
                "panic",
            ],
        );
        let starts = view.is_word(core) && !view.is_one_of(core, &["it", "them", "this", "that", "what", "there"]);
        if stop == core || abstract_word || !starts || view.any_word(core, stop, &["$", "€", "£", "%"]) {
            return None;
        }
        let mut phrase = Phrase { first: at, core, head: stop, end: stop, named: Vec::new(), next: stop };
        self.tail(&mut phrase, end);
        Some(phrase)
    }

    /// Whether a plain noun phrase ends before `at`.
    pub(super) fn closes(&self, at: usize, core: usize) -> bool {
        let view = self.view;
        if view.is_one_of(at, &["-", "&", "/", "'s", "'", "."]) {
            // "U.K. shares": the dot of an initial closes nothing.
            let initial = at > core && view.word(at - 1).len() == 1 && view.is_word(at + 1);
            return !view.glued(at) || view.is(at, ".") && !view.glued(at + 1) && !initial;
        }
        // "beaten-down tech"
        if view.glued(at) && view.is(at.wrapping_sub(1), "-") && at > core {
            return !view.is_word(at) && !view.is_number(at);
        }
        if view.is(at, ",") {
            // "smaller, cheaper companies": a comma between adjectives.
            let hyphened = view.is(at + 2, "-") && view.glued(at + 2) && view.glued(at + 3);
            return !(at > core
                && view.is_word(at + 1)
                && self.adjective(at - 1)
                && (self.adjective(at + 1) || hyphened)
                && !view.is_one_of(at + 1, CLOSERS));
        }
        if view.is_one_of(at, &["this", "last", "next", "yesterday", "today"])
            && (view.is(at + 1, "'s") || view.is(at + 2, "'s"))
        {
            return false;
        }
        if view.is_one_of(at, &["but", "yet", "if"]) && at > core && self.between_adjectives(at) {
            return false;
        }
        if at > core && view.is_one_of(at, &["the", "a", "an", "its", "their", "these"]) {
            return true;
        }
        // "once-hot tech stocks"
        if view.is_word(at) && view.is(at + 1, "-") && view.glued(at + 1) && view.glued(at + 2) {
            return false;
        }
        if view.is(at, "more") || view.is_one_of(at, &["just", "only", "now", "so"]) {
            return at > core;
        }
        let quote = view.is(at, "\"") && view.is_word(at + 1) && view.glued(at + 1);
        !(view.is_word(at) || view.is_number(at) || quote)
            || view.is_one_of(at, CLOSERS)
            || at > core && self.verb(at) && !view.glued(at)
    }

    pub(super) fn adjective(&self, at: usize) -> bool {
        let word = self.view.word(at).to_ascii_lowercase();
        ["er", "ed", "ive", "al", "ous", "ic", "able", "ap", "y", "ing"].iter().any(|e| word.ends_with(e))
            || self.view.is_one_of(at, &["big", "small", "cheap", "old", "rich", "slow", "safe"])
    }

    /// "he notes", "it names": a word of assets used as a verb.
    fn is_noun(&self, at: usize) -> bool {
        let bare = self.view.is_one_of(at.wrapping_sub(1), &["to", "into", "from", "of", "the", "toward", "in"]);
        let general = &[
            "markets",
            "credit",
            "debt",
            "portfolio",
            "portfolios",
            "categories",
            "investments",
            "accounts",
            "themes",
            "products",
            "opportunities",
        ];
        if bare && self.view.is_one_of(at, general) {
            return self.view.is_one_of(at + 1, &["with", "that", "whose", "where", "tied", "exposed"]);
        }
        if self.view.is(at, "ones") {
            return self.view.is_word(at - 1)
                && !bare
                && !self.view.is_one_of(at - 1, &["those", "these", "and", "loved"]);
        }
        if self.view.is_one_of(at, &["pockets", "corner", "picks", "areas"])
            && self.view.is_one_of(at.wrapping_sub(1), &["'", "their", "his", "her"])
        {
            return false;
        }
        !self.view.is_one_of(at.wrapping_sub(1), &["he", "she", "it", "who", "to", "they", "we", "i"])
            || !self.view.is_one_of(at, &["names", "notes", "shares", "trades", "plays", "picks", "leaders"])
    }

    /// Whether nothing is joined to the noun that ends here.
    fn noun_ends(&self, at: usize) -> bool {
        let view = self.view;
        let joined = view.is_one_of(at, &["-", "/", "&"]) && view.glued(at) && view.glued(at + 1);
        let owner = view.is_one_of(at, &["'s", "'"]) && view.glued(at);
        let worth = view.is_one_of(at, &["value", "share", "cap"]) && view.is_one_of(at - 1, &["market", "stock"]);
        !joined && !owner && !worth
    }

    pub(super) fn plural(&self, at: usize) -> bool {
        let word = self.view.word(at);
        word.ends_with('s') && !word.ends_with("ss") || word.ends_with("ETF")
    }

    /// "tech feeds the …": a verb of the present, not a noun.
    fn runs(&self, at: usize) -> bool {
        let verb = self.plural(at) && self.view.shape(at) == Shape::Lower;
        verb && self.view.is_one_of(at + 1, &["the", "a", "an", "its", "their", "this", "to"])
    }

    fn adverb(&self, at: usize) -> bool {
        let word = self.view.word(at).to_ascii_lowercase();
        ["ly", "ed"].iter().any(|e| word.ends_with(e)) || matches!(word.as_str(), "altogether" | "back" | "gathers")
    }

    /// "growth", "deep value": a style that stands alone.
    fn style(&self, core: usize, stop: usize) -> Option<usize> {
        let mut at = core;
        loop {
            if let Some(end) =
                self.at(at, RotationWord::Style).filter(|e| *e == stop || self.adverb(*e) || self.verb(*e))
            {
                return Some(end);
            }
            // "the momentum trade", "value leadership"
            let led = self.at(at, RotationWord::Style).or_else(|| self.at(at, RotationWord::StyleWord));
            if let Some(end) = led.filter(|e| e + 1 == stop && self.view.is_one_of(*e, TAILS)) {
                return Some(end + 1);
            }
            at = match self.at(at, RotationWord::StyleWord) {
                Some(end) => end,
                None if self.view.is(at, "-") => at + 1,
                None => return None,
            };
            if at >= stop {
                return None;
            }
        }
    }

    /// "anything that …", "whoever …": the noun is left open.
    fn whatever(&self, at: usize) -> Option<usize> {
        let view = self.view;
        let led = view.is_one_of(at, &["anything", "everything", "those", "ones"])
            && view
                .is_one_of(at + 1, &["that", "with", "tied", "which", "outside", "but", "related", "linked", "else"]);
        let who = view.is_one_of(at, &["whoever", "whatever", "whichever"]);
        (led || who).then_some(at + 1)
    }
}
