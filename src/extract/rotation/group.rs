//! Lists of asset groups, and what each becomes in a record.

use crate::lexicon::RotationWord;
use crate::model::{EntityType, Shape, Subject};

use super::phrase::Phrase;
use super::words::Reader;

/// One side of a statement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    pub(crate) subjects: Vec<Subject>,
    /// Tokens of all of it.
    pub(crate) span: Option<(usize, usize)>,
    /// What bound it.
    pub(crate) rule: &'static str,
}

impl Side {
    pub(crate) fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    /// "out of X and out of Y": more of the same side.
    pub(super) fn join(&mut self, more: Side) {
        if self.is_empty() {
            *self = more;
            return;
        }
        for subject in more.subjects {
            if self.subjects.iter().all(|s| s.canonical != subject.canonical) {
                self.subjects.push(subject);
            }
        }
        self.span = match (self.span, more.span) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }

    /// Whether all of it are single companies.
    pub(super) fn companies(&self) -> bool {
        self.subjects.iter().all(|s| s.kind == EntityType::Company)
    }

    /// Whether one of it is said in words of securities rather than of business.
    pub(super) fn securities(&self) -> bool {
        const WORDS: &[&str] = &[
            "stock",
            "stocks",
            "shares",
            "equities",
            "equity",
            "bonds",
            "treasuries",
            "treasurys",
            "funds",
            "etfs",
            "names",
            "caps",
            "cap",
            "value",
            "growth",
            "bills",
            "names",
            "trades",
            "sectors",
            "sector",
            "defensives",
            "cyclicals",
            "megacaps",
            "winners",
            "laggards",
            "losers",
            "markets",
            "assets",
            "credit",
            "plays",
            "reits",
            "momentum",
            "magnificent",
            "equal",
            "indexes",
            "giants",
            "debt",
            "havens",
            "companies",
            "tech",
        ];
        self.subjects.iter().any(|s| {
            matches!(s.kind, EntityType::Etf | EntityType::Index)
                || s.name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| WORDS.contains(&w))
        })
    }
}

impl Reader<'_> {
    /// The asset groups that begin at `at`, as one list. `noun`: a noun carries
    /// the statement, and the verb behind the list may be its own.
    pub(super) fn side(&self, at: usize, end: usize, noun: bool, rule: &'static str) -> Option<(Side, usize)> {
        let mut side = Side { rule, ..Side::default() };
        let (mut from, mut next) = (self.holding_at(at, end), at);
        if let Some(found) = self.antecedent(from) {
            return Some(found);
        }
        // ", and banks rose": what stands behind the last such words opens the next statement.
        let mut before: Option<(Side, usize)> = None;
        while let Some(phrase) = self.listed(from, end) {
            if next > at && !noun && self.predicate(phrase.next) {
                if let Some((shorter, behind)) = before.filter(|(s, _)| !s.is_empty()) {
                    (side, next) = (shorter, behind);
                }
                break;
            }
            self.push(&phrase, &mut side);
            next = self.over_brackets(phrase.next, end);
            let follow = self.conjunction(next);
            if follow == next || follow >= end || self.marks(follow) || side.subjects.len() >= 20 {
                break;
            }
            if self.view.is(next, ",") && self.view.is(next + 1, "and") {
                before = Some((side.clone(), next));
            }
            // ", and Cisco all touched": its subject is no member.
            let named = self.name(follow).filter(|n| !noun && self.predicate(n.end));
            if let (Some(_), Some((shorter, behind))) = (named, &before) {
                (side, next) = (shorter.clone(), *behind);
                break;
            }
            from = follow;
        }
        (!side.is_empty()).then_some((side, next))
    }

    /// "long positions in X", "a stake in X": the group behind what is held of it.
    fn holding_at(&self, at: usize, end: usize) -> usize {
        let view = self.view;
        let at = self.skip(at, &["holding", "owning", "buying", "selling", "being"]);
        let held = (at..(at + 7).min(end))
            .take_while(|i| {
                view.is_word(*i) && !view.is_one_of(*i, &["in", "to", "into", "from", "for", "on", "of"])
                    || view.is(*i, "-")
            })
            .find(|i| {
                self.at(*i, RotationWord::Holding).is_some()
                    && view.is_one_of(i + 1, &["in", "of", "to", "on"])
                    && view.word(i + 2) != "$"
            });
        // "the relative safety of X"
        let held = held.or_else(|| {
            (at..(at + 4).min(end)).find(|i| {
                view.is_one_of(
                    *i,
                    &[
                        "safety",
                        "comfort",
                        "shelter",
                        "refuge",
                        "security",
                        "stability",
                        "certainty",
                        "warmth",
                        "convenience",
                        "pillars",
                        "mainstays",
                        "likes",
                        "world",
                        "realm",
                        "engines",
                        "bedrock",
                    ],
                ) && view.is(i + 1, "of")
            })
        });
        let group = |h: &usize| self.phrase(h + 2, end).or_else(|| self.shared(h + 2, end)).is_some();
        held.filter(group).map_or(at, |h| h + 2)
    }

    /// Whether a verb goes on at `at`, as behind the subject of a clause.
    fn predicate(&self, at: usize) -> bool {
        let all = self.skip(at, &["all", "both", "each"]);
        self.verb(at) || self.acts(at) || all > at && (self.verb(all) || self.view.word(all).ends_with("ed"))
    }

    /// Whether a trigger used as a verb begins at `at`.
    fn acts(&self, at: usize) -> bool {
        self.words.iter().any(|w| w.first == at && w.word.is_trigger() && !self.is_noun_use(w))
    }

    /// Behind what joins two members of a list.
    fn conjunction(&self, at: usize) -> usize {
        let view = self.view;
        if view.is(at, "as") && view.is(at + 1, "well") && view.is(at + 2, "as") {
            return at + 3;
        }
        self.skip(at, &[",", "and", "or", "&", "plus", "even", "also", "then"])
    }

    /// Whether a mark of a side, or another statement, begins at `at`.
    fn marks(&self, at: usize) -> bool {
        self.view.is_one_of(at, &["into", "from", "toward", "towards", "out", "away", "to", "in", "on", "but", "not"])
            || self.words.iter().any(|w| w.first == at && w.word.is_trigger() && self.name(at).is_none())
                && self.at(at, RotationWord::Asset).is_none()
    }

    /// The next member of a list: one by itself, or adjectives that share the
    /// noun at the end ("energy, financial and travel stocks").
    fn listed(&self, at: usize, end: usize) -> Option<Phrase> {
        let phrase = self.phrase(at, end);
        let alone = phrase.as_ref().is_some_and(|p| {
            !self.view.is(p.next, ",") || {
                let follow = self.conjunction(p.next);
                self.view.is(p.next + 1, "and") || follow >= end || self.phrase(follow, end).is_some()
            }
        });
        if alone { phrase } else { self.shared(at, end).or(phrase) }
    }

    /// "defensive and value-oriented segments": the noun stands behind "and".
    fn shared(&self, at: usize, end: usize) -> Option<Phrase> {
        let view = self.view;
        let first = self.skip(at, &["the", "\""]);
        if self.name(first).is_some_and(|n| !n.is_group()) {
            return None;
        }
        let and = (first + 1..(first + 9).min(end)).find(|i| view.is_one_of(*i, &["and", "or"]))?;
        let plain = (first..and).all(|i| {
            view.is_word(i) && (!self.closes(i, first) || view.is(i.wrapping_sub(1), "-"))
                || view.is(i, "-")
                || view.is(i, ",") && i > first
        });
        let phrase = self
            .phrase(and + 1, end)
            .filter(|p| plain && (p.head > p.core + 1 || self.name(p.core).is_some_and(|n| n.end == p.head)))?;
        Some(Phrase { first: at, core: first, ..phrase })
    }

    /// "Nvidia (NVDA)": a short bracket belongs to what stands before it.
    fn over_brackets(&self, at: usize, end: usize) -> usize {
        let view = self.view;
        if !view.is(at, "(") {
            return at;
        }
        (at..(at + 10).min(end)).find(|i| view.is(*i, ")")).map_or(at, |i| i + 1)
    }

    fn push(&self, phrase: &Phrase, side: &mut Side) {
        let add = |subject: Subject, side: &mut Side| {
            if side.subjects.iter().all(|s| s.canonical != subject.canonical) {
                side.subjects.push(subject);
            }
        };
        let span = (phrase.first, phrase.next);
        side.span = Some(side.span.map_or(span, |s| (s.0.min(span.0), s.1.max(span.1))));
        // "shares of Nvidia": the company itself.
        if self.view.is_one_of(phrase.head - 1, &["shares", "stock", "stakes"])
            && self.view.is(phrase.head, "of")
            && let Some(name) = self.name(phrase.head + 1).filter(|n| n.end == phrase.end)
        {
            return add((*name.subject).clone(), side);
        }
        add(self.subject(phrase), side);
        for (first, end) in &phrase.named {
            if let Some(name) = self.names.iter().find(|n| n.first == *first && n.end == *end) {
                add((*name.subject).clone(), side);
            }
        }
    }

    /// A phrase as a record: the name where it is one, else its words.
    fn subject(&self, phrase: &Phrase) -> Subject {
        let clean = |first: usize, end: usize| {
            self.view.surface(first, end).trim_matches(['"', '“', '”', ' ', '-', '*']).to_string()
        };
        let plain = phrase.end == phrase.head;
        let name = self.names.iter().find(|n| {
            n.first == phrase.core
                && (n.end == phrase.head
                    || n.end + 1 == phrase.head
                        && n.subject.kind == EntityType::Company
                        && self
                            .view
                            .is_one_of(n.end, &["stock", "shares", "position", "positions", "stake", "holding"]))
        });
        // "chip giant Nvidia": the company.
        let last = self.names.iter().find(|n| n.end == phrase.head && n.subject.kind == EntityType::Company);
        if let (Some(company), None, true) = (last, name, plain) {
            return (*company.subject).clone();
        }
        // "the Some Fund ETF (SFE)": the ticker in brackets says which it is.
        let bracketed = self.name(phrase.next + 1).filter(|n| {
            plain && self.view.is(phrase.next, "(") && self.view.is(n.end, ")") && n.subject.ticker.is_some()
        });
        if let (Some(known), false) = (bracketed, name.is_some_and(|n| n.subject.ticker.is_some())) {
            return Subject { name: clean(phrase.core, phrase.head), ..(*known.subject).clone() };
        }
        let first =
            self.skip(phrase.first, &["\"", "both", "some", "many", "all", "any", "of", "a", "an"]).min(phrase.core);
        if let Some(name) = name.filter(|_| plain) {
            let words = if name.is_group() { clean(first, phrase.head) } else { clean(name.first, name.end) };
            return Subject { name: words, ..(*name.subject).clone() };
        }
        // "Some Fund ETF (SFE)": an unlisted symbol, printed in brackets.
        let view = self.view;
        let one = view.is_one_of(phrase.head - 1, &["etf", "fund", "trust"]) && plain;
        let symbol = phrase.next + 1;
        let printed = one
            && view.is(phrase.next, "(")
            && view.is(symbol + 1, ")")
            && view.shape(symbol) == Shape::Upper
            && (2..=5).contains(&view.word(symbol).len());
        Subject {
            name: clean(if printed { phrase.core } else { first }, phrase.end),
            canonical: clean(phrase.core, phrase.end),
            ticker: printed.then(|| view.word(symbol).to_string()),
            exchange: None,
            cik: None,
            kind: if printed { EntityType::Etf } else { EntityType::Group },
            members: None,
        }
    }

    /// One phrase as a side.
    pub(super) fn single(&self, phrase: &Phrase, rule: &'static str) -> Side {
        let mut side = Side { rule, ..Side::default() };
        self.push(phrase, &mut side);
        side
    }

    /// A phrase whose noun is no asset by itself.
    pub(super) fn open_side(&self, at: usize, end: usize, rule: &'static str) -> Option<(Side, usize)> {
        let phrase = self.plain(at, end)?;
        Some((self.single(&phrase, rule), phrase.next))
    }
}
