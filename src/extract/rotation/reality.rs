//! How real a rotation is said to be, and whether it is denied.

use crate::extract::words::Words;
use crate::lexicon::{Cue, List};
use crate::model::Status;

use super::Found;
use super::words::{AUXILIARIES, Reader, Word};
use crate::lexicon::RotationWord;

/// Nouns between "no" and what is denied.
const SIGNS: Words = &[
    "sign",
    "signs",
    "evidence",
    "hint",
    "hints",
    "indication",
    "indications",
    "trace",
    "proof",
    "suggestion",
    "talk",
    "reason",
    "need",
    "appetite",
    "urge",
    "rush",
    "question",
    "desire",
    "interest",
    "intention",
    "plan",
    "plans",
];

/// Words that deny.
const DENIALS: Words = &[
    "not",
    "never",
    "no",
    "nor",
    "neither",
    "hardly",
    "barely",
    "scarcely",
    "without",
    "isn't",
    "aren't",
    "wasn't",
    "weren't",
    "don't",
    "doesn't",
    "didn't",
    "hasn't",
    "haven't",
    "hadn't",
    "won't",
    "wouldn't",
    "can't",
    "cannot",
    "couldn't",
    "shouldn't",
    "denied",
    "denies",
    "deny",
    "denying",
    "refused",
    "refusing",
    "resisted",
    "resisting",
    "little",
    "few",
    "stopped",
    "ceased",
    "unlikely",
    "nobody",
    "yet",
];

/// Advice: what should be done.
const ADVICE: Words = &[
    "should",
    "ought",
    "recommend",
    "recommends",
    "recommended",
    "recommending",
    "advise",
    "advises",
    "advised",
    "advising",
    "urge",
    "urges",
    "urged",
    "urging",
    "suggest",
    "suggests",
    "consider",
    "considering",
    "case",
];

const EXPECTED: Words = &[
    "expects",
    "expect",
    "expected",
    "expecting",
    "likely",
    "could",
    "may",
    "might",
    "will",
    "forecast",
    "forecasts",
    "predicts",
    "predict",
    "predicted",
    "probable",
    "creating",
    "anticipates",
    "anticipate",
    "foresees",
    "foresee",
    "poised",
    "sees",
    "won't",
    "outlook",
    "'ll",
    "can",
    "bet",
    "unlikely",
];

const PLANNED: Words = &[
    "plan",
    "plans",
    "planning",
    "planned",
    "intends",
    "intend",
    "aims",
    "aim",
    "pledged",
    "vowed",
    "preparing",
    "prepares",
];

impl Reader<'_> {
    /// The words that deny what begins at token `at`.
    pub(super) fn denied(&self, at: usize) -> Option<(usize, usize)> {
        let view = self.view;
        let mut place = at;
        while place > self.sentence.first && at - place < 12 {
            place -= 1;
            // "is not, however, leaving": a short aside is passed over.
            if view.is(place, ",") {
                let open = (place.saturating_sub(4)..place).rev().find(|i| view.is(*i, ","));
                place = open.filter(|o| *o > self.sentence.first && at == place + 1)?;
                continue;
            }
            if view.is_one_of(place, &[";", "—", ":", "(", "while", "but", "although", "because", "and", "as", "if"])
                || view.is(place, "\"") && place > self.sentence.first
            {
                return None;
            }
            if view.is(place, "rather") && view.is(place + 1, "than") && at <= place + 4
                || view.is(place, "instead") && view.is(place + 1, "of") && at <= place + 3
                || view.is(place, "far") && view.is(place + 1, "from") && at <= place + 5
                || view.is(place, "short") && view.is(place + 1, "of") && at <= place + 3
            {
                return Some((place, place + 2));
            }
            if !view.is_one_of(place, DENIALS) {
                continue;
            }
            let next = place + 1;
            if view.is_one_of(
                next,
                &["only", "just", "merely", "simply", "solely", "until", "because", "least", "surprisingly", "so"],
            ) {
                return None;
            }
            return self.reaches(place, at).then_some((place, next));
        }
        None
    }

    /// Whether a denying word at `place` reaches what begins at `at`.
    fn reaches(&self, place: usize, at: usize) -> bool {
        let view = self.view;
        let next = place + 1;
        let sign = (next..at.min(next + 5)).any(|i| view.is_one_of(i, SIGNS));
        if view.is_one_of(place, &["no", "little", "few", "without", "hardly", "barely", "scarcely"]) {
            let verb = view.is_one_of(place, &["hardly", "barely", "scarcely"]);
            return verb && at - next <= 4
                || sign
                || at - next <= 3 && !view.is(place, "few") && !view.is(place, "little");
        }
        if view.is(place, "yet") {
            return view.is(next, "to") && at - next <= 5;
        }
        if view.is_one_of(place, &["stopped", "ceased", "refused", "refusing", "resisted", "resisting"]) {
            return at - next <= 3;
        }
        // "did not wait to rotate" denies the waiting.
        let aim = (next..at).find(|i| view.is(*i, "to"));
        aim.is_none_or(|t| {
            view.is_one_of(
                t - 1,
                &[
                    "going", "want", "ready", "about", "likely", "expected", "need", "begun", "rushed", "seem",
                    "chosen", "started", "looking", "rushing", "led", "plan", "tempted", "causing", "not",
                ],
            )
        }) && (at - next <= 6 || sign || view.any_word(next, at, &["expect", "see", "think", "believe", "that"]))
    }

    /// "A rotation from X to Y has not happened."
    fn denied_behind(&self, end: usize) -> Option<(usize, usize)> {
        let view = self.view;
        let at = (end..(end + 4).min(self.sentence.end)).find(|i| {
            view.is_one_of(*i, &["not", "never", "hasn't", "haven't", "isn't", "didn't", "wasn't", "won't", "doesn't"])
        })?;
        let helped = (end..at).all(|i| view.is_one_of(i, AUXILIARIES));
        let over = view.any_word(
            at + 1,
            at + 4,
            &[
                "over",
                "finished",
                "done",
                "complete",
                "only",
                "just",
                "ended",
                "new",
                "without",
                "surprising",
                "about",
                "slowed",
                "stopped",
                "a",
            ],
        );
        (helped && !over).then_some((at, at + 1))
    }

    /// Reads status and polarity.
    pub(super) fn real(&self, mut found: Found) -> Found {
        let view = self.view;
        let (first, end) = found.trigger;
        let word = Word { first, end, word: RotationWord::Motion };
        let noun = self.is_noun_use(&word)
            || found.rule == "rotation.strong" && !view.word(first).to_ascii_lowercase().starts_with("rotat")
            || view.word(end - 1).to_ascii_lowercase().contains("ation");
        let inner = (first..found.end).find(|i| view.is(*i, "where"));
        found.negated = self
            .denied(first)
            .or_else(|| inner.and_then(|w| self.denied(w)))
            .or_else(|| noun.then(|| self.denied_behind(found.end)).flatten());
        if found.rule == "rotation.moved" && found.to.rule == "rotation.where" {
            let asked = (self.sentence.first..first).rev().find(|i| view.is(*i, "where"));
            found.negated = found.negated.or_else(|| asked.and_then(|w| self.denied(w)));
        }
        let (status, words) = self.status(&found, noun);
        found.status = status;
        found.status_words = words;
        found
    }

    fn status(&self, found: &Found, noun: bool) -> (Status, Option<(usize, usize, &'static str)>) {
        let view = self.view;
        let (first, end) = found.trigger;
        let begins = self.sentence.first;
        let at = |i: usize, rule: &'static str| Some((i, i + 1, rule));
        let word = Word { first, end, word: RotationWord::Motion };
        let helped = view.is_one_of(first.wrapping_sub(1), AUXILIARIES)
            || view.is_one_of(first.wrapping_sub(1), &["to", "been"]);
        // "investors rotated": it has happened.
        if !noun && self.past(&word) && !helped {
            return (Status::Actual, None);
        }
        let opens = self.skip(begins, &["\"", "*", "#", "-", "•"]);
        if view.is_one_of(opens, &["should", "if", "when", "unless", "were", "whether"]) && opens < first {
            return (Status::Hypothetical, at(opens, "rotation.if"));
        }
        if found.rule == "rotation.rating" && view.any_word(begins, first, &["we"]) {
            return (Status::Planned, at(first.saturating_sub(1), "rotation.plan"));
        }
        let start = self.clause_start(first);
        let reach = |words: Words, from: usize| (from..first).rev().find(|i| view.is_one_of(*i, words));
        let if_behind = (found.end..self.sentence.end).find(|i| view.is_one_of(*i, &["if", "unless", "should"]));
        let modal = reach(EXPECTED, start);
        if let (Some(i), Some(_)) = (if_behind, modal) {
            return (Status::Hypothetical, at(i, "rotation.if"));
        }
        let imagined = view
            .hits_in(start, first)
            .find(|h| h.sense.list == List::Cue && Cue::of(h.sense) == Some(Cue::Hypothetical) && h.end <= first);
        if let Some(hit) = imagined {
            return (Status::Hypothetical, Some((hit.first, hit.end, "rotation.if")));
        }
        if let Some(i) = reach(PLANNED, start) {
            return (Status::Planned, at(i, "rotation.plan"));
        }
        if let Some(i) = modal {
            return (Status::Projected, at(i, "rotation.outlook"));
        }
        if let Some(i) = reach(ADVICE, start) {
            return (Status::Hypothetical, at(i, "rotation.advice"));
        }
        if !noun
            && self.advice(&word)
            && !(view.word(first).ends_with("ing")
                && !view.is(opens, "why")
                && !found.from.is_empty()
                && !found.to.is_empty())
            && first <= opens
        {
            return (Status::Hypothetical, at(first, "rotation.advice"));
        }
        let behind = (found.end..(found.end + 4).min(self.sentence.end))
            .find(|i| view.is_one_of(*i, &["may", "might", "could", "will", "would", "likely", "expected", "should"]));
        if let Some(i) = behind.filter(|_| noun) {
            return if view.is_one_of(i, &["would", "should"]) {
                (Status::Hypothetical, at(i, "rotation.if"))
            } else {
                (Status::Projected, at(i, "rotation.outlook"))
            };
        }
        (Status::Actual, None)
    }
}
