//! Noun phrases that read as groups of assets.

use crate::lexicon::RotationWord;
use crate::model::{EntityType, Subject};

use super::sides::Sides;

impl Sides<'_> {
    /// A noun phrase, or a list of them, that reads as groups of assets.
    pub(super) fn group(&self, first: usize, end: usize) -> Option<(Vec<Subject>, usize)> {
        let mut out = Vec::new();
        let mut at = self.skip(first, &["the", "a", "an", "\"", "more", "some", "many", "both", "other"]);
        let mut next = at;
        loop {
            let mut stop = self.phrase_end(at, end);
            // "defensive and value-oriented segments": the noun may stand behind "and".
            if stop > at && !self.is_asset(at, stop) && self.view.is(stop, "and") {
                let longer = self.phrase_end(stop + 1, end);
                if longer > stop + 1 && self.is_asset(stop + 1, longer) && self.preposition(stop + 1, false).is_none() {
                    stop = longer;
                }
            }
            if stop > at && self.is_asset(at, stop) {
                out.push(self.subject(at, stop));
                next = stop;
            } else {
                break;
            }
            // "X, Y and Z": go on over a comma or "and" when another group follows.
            let follow = self.skip(stop, &[",", "and", "or", "&"]);
            let opens = self.preposition(follow, false).is_some();
            if follow == stop || follow >= end || opens {
                break;
            }
            at = self.skip(follow, &["the", "a", "other", "some"]);
        }
        (!out.is_empty()).then_some((out, next))
    }

    /// Where a noun phrase ends.
    fn phrase_end(&self, at: usize, end: usize) -> usize {
        let view = self.view;
        let mut stop = at;
        while stop < end && stop - at < 14 {
            if let Some(name) = self.names.iter().find(|n| n.first == stop) {
                stop = name.end.min(end);
                continue;
            }
            // "smaller, cheaper companies": a comma between adjectives.
            let adjectives = view.is(stop, ",")
                && stop > at
                && view.is_word(stop + 1)
                && !view.is_one_of(stop + 1, &["and", "but", "which"])
                && !self.is_asset(at, stop)
                && self.is_asset(stop + 1, (stop + 4).min(end));
            let word = view.is_word(stop)
                || (view.is_one_of(stop, &["-", "&", "/", "'s", "'", "."]) && view.glued(stop))
                || adjectives
                || view.is_number(stop);
            let closes = view.is_one_of(
                stop,
                &[
                    "to", "into", "toward", "towards", "from", "as", "because", "with", "amid", "after", "at", "on",
                    "by", "is", "are", "was", "were", "has", "have", "had", "rather", "than", "this", "last", "when",
                    "while", "reflects", "creates", "provides", "since", "during", "over", "in", "but", "is", "real",
                    "will", "may", "instead", "for", "who", "seems", "looks", "appears", "—", "said", "out", "away",
                ],
            ) || (view.is(stop, "and"))
                || (view.is(stop, ".") && !view.glued(stop + 1));
            if !word || closes {
                break;
            }
            stop += 1;
        }
        stop
    }

    /// Whether tokens `first..end` name assets: a known group, or an asset noun.
    fn is_asset(&self, first: usize, end: usize) -> bool {
        let named = self.names.iter().any(|n| {
            n.first >= first
                && n.end <= end
                && !matches!(n.subject.kind, EntityType::Government | EntityType::Indicator)
        });
        named || self.words.iter().any(|w| w.word == RotationWord::Asset && w.first >= first && w.end <= end)
    }

    /// A side as a record: the name itself where the phrase is one, else the words.
    pub(super) fn subject(&self, first: usize, end: usize) -> Subject {
        let exact = self.names.iter().find(|n| n.first == first && n.end == end);
        let surface = self.view.surface(first, end).trim_matches(['"', '“', '”', ' ', '-']).to_string();
        match exact {
            Some(name) => Subject { name: surface, ..(*name.subject).clone() },
            None => Subject {
                canonical: surface.clone(),
                name: surface,
                ticker: None,
                exchange: None,
                cik: None,
                kind: EntityType::Group,
                members: None,
            },
        }
    }
}
