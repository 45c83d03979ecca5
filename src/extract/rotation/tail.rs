//! What belongs to the noun of a phrase: "of …", "that …", "in Europe", "like …".

use crate::model::EntityType;

use super::lists::ARTICLES;
use super::phrase::Phrase;
use super::words::Reader;

impl Reader<'_> {
    /// What belongs to the noun.
    pub(super) fn tail(&self, phrase: &mut Phrase, end: usize) {
        let view = self.view;
        for _ in 0..3 {
            let at = phrase.end;
            if at >= end {
                break;
            }
            if view.is(at, "of") {
                let mut stop = self.plain_end(at + 1, end);
                // "makers of chips and power gear": the list belongs to what is made.
                let made = view.is_one_of(
                    phrase.head - 1,
                    &[
                        "makers",
                        "producers",
                        "providers",
                        "suppliers",
                        "maker",
                        "developers",
                        "owners",
                        "operators",
                        "sellers",
                        "builders",
                    ],
                );
                if made && view.is(stop, "and") {
                    stop = self.plain_end(stop + 1, end);
                }
                if stop == at + 1 {
                    break;
                }
                phrase.end = stop;
            } else if self.relative(at)
                || view.is_one_of(phrase.head - 1, &["whoever", "whatever", "whichever"]) && at == phrase.head
            {
                phrase.end = self.relative_end(at + 1, end);
            } else if view.is(at, "in") && self.region(at + 1) {
                phrase.end = self.plain_end(at + 1, end);
            } else {
                break;
            }
        }
        phrase.next = phrase.end;
        let like = view.is_one_of(phrase.end, &["like", "including"]);
        let such = view.is(phrase.end, "such") && view.is(phrase.end + 1, "as");
        if like || such {
            let mut at = phrase.end + 1 + usize::from(such);
            while let Some(name) = self.name(at).filter(|n| n.end <= end && !n.is_group()) {
                phrase.named.push((name.first, name.end));
                phrase.next = name.end;
                at = self.skip(name.end, &[",", "and", "or"]);
            }
        }
    }

    fn plain_end(&self, at: usize, end: usize) -> usize {
        let mut stop = self.skip(at, ARTICLES);
        let core = stop;
        while stop < end && stop - core < 6 && !self.closes(stop, core) {
            stop += 1;
        }
        if stop == core { at } else { stop }
    }

    fn region(&self, at: usize) -> bool {
        let at = self.skip(at, &["the"]);
        self.name(at).is_some_and(|n| n.subject.kind == EntityType::Government)
            || self
                .view
                .is_one_of(at, &["europe", "asia", "japan", "china", "india", "u.s.", "us", "u", "america", "brazil"])
    }

    /// Whether a clause about the noun begins at `at`.
    fn relative(&self, at: usize) -> bool {
        let view = self.view;
        let word = view.word(at);
        view.is_one_of(at, &["that", "who", "whose"])
            || view.is_one_of(
                at,
                &[
                    "tied",
                    "dedicated",
                    "focused",
                    "devoted",
                    "exposed",
                    "linked",
                    "levered",
                    "geared",
                    "related",
                    "leveraged",
                    "sensitive",
                    "outside",
                    "without",
                    "beyond",
                ],
            )
            || view.is(at, "with") && !view.is_one_of(at + 1, &["the", "a", "an", "its"]) && self.name(at + 1).is_none()
            || word.len() > 5
                && word.ends_with("ing")
                && !view.is_one_of(
                    at,
                    &["including", "during", "following", "according", "leaving", "pushing", "sending", "driving"],
                )
                && self.plural(at - 1)
                && self.words.iter().all(|w| w.first != at || !w.word.is_trigger())
    }

    fn relative_end(&self, at: usize, end: usize) -> usize {
        let view = self.view;
        let mut stop = at;
        while stop < end && stop - at < 14 {
            let marks =
                !(view.is_word(stop) || view.is_number(stop) || view.is_one_of(stop, &["-", "%", "$", "'s", "'"]));
            let joins = view.is(stop, "to")
                && view
                    .is_one_of(stop - 1, &["tied", "exposed", "linked", "related", "sensitive", "geared", "levered"]);
            let comes = view.is(stop, "from")
                && view.is_one_of(
                    stop - 1,
                    &[
                        "benefit",
                        "benefits",
                        "benefited",
                        "benefiting",
                        "profit",
                        "profits",
                        "suffer",
                        "gain",
                        "gains",
                        "earn",
                    ],
                );
            let ends = view.is_one_of(
                stop,
                &[
                    "into",
                    "toward",
                    "towards",
                    "to",
                    "from",
                    "as",
                    "while",
                    "because",
                    "after",
                    "amid",
                    "since",
                    "may",
                    "could",
                    "would",
                    "will",
                    "said",
                    "says",
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "this",
                    "last",
                    "before",
                    "when",
                    "but",
                    "and",
                    "during",
                    "out",
                    "away",
                ],
            );
            if marks || ends && !joins && !comes {
                break;
            }
            stop += 1;
        }
        stop
    }
}
