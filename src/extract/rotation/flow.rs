//! Statements whose subject is a side: fund flows, leadership, favour.

use crate::extract::words::Words;
use crate::lexicon::RotationWord;
use crate::model::EntityType;

use super::frame::{Move, State};
use super::group::Side;
use super::scan::Marks;
use super::words::{Reader, Word};

/// What leaders hand on.
const LEADS: Words = &["leadership", "lead", "crown", "baton", "mantle", "torch", "throne", "reins", "spotlight"];

impl Reader<'_> {
    /// "Bond funds took in …", "utilities attracted inflows", "tech funds lost $2bn".
    pub(super) fn flow(&self, word: &Word, limit: usize) -> Option<Move> {
        let view = self.view;
        let stop = (word.end..(word.end + 10).min(limit.max(word.end + 6)).min(self.sentence.end))
            .find(|i| view.is_one_of(*i, &[",", ";", "from"]))
            .unwrap_or(word.end + 10)
            .min(self.sentence.end);
        let came = view.any_word(word.end, stop, &["inflows", "inflow", "subscriptions"]);
        let went = view.any_word(word.end, stop, &["outflows", "outflow", "redemptions", "withdrawals"]);
        let amount = (word.end..stop).any(|i| self.amount(i));
        let money = self.of(RotationWord::Money, word.end, stop).any(|w| self.owns(w))
            || view.any_word(word.end, stop, &["investors", "buyers", "inflows"]);
        let gains = match word.word {
            RotationWord::Report if came != went => came,
            RotationWord::Gain if came || money || amount => true,
            RotationWord::Lose if went || amount => false,
            _ => return None,
        };
        let side = self.before(word.first, "rotation.subject")?;
        let fund = side.subjects.iter().all(|s| {
            s.kind == EntityType::Etf
                || ["fund", "funds", "etf", "etfs", "trust", "trusts"]
                    .iter()
                    .any(|w| s.name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|x| x == *w))
        });
        if side.companies() || !(came || went || fund || money && gains && !amount) {
            return None;
        }
        let (mut from, mut to, end) = self.sides(word.end, limit, Marks::default(), false);
        let start = side.span.map_or(word.first, |s| s.0);
        let other = if gains { &mut to } else { &mut from };
        *other = side;
        if from.is_empty() && to.is_empty() {
            return None;
        }
        // "with one of them alone losing …": part of the statement before.
        let part = start > self.sentence.first && view.is_one_of(start - 1, &["with", "including"]);
        Some(Move {
            trigger: (word.first, word.end),
            word: word.word,
            from,
            to,
            state: if part { State::Half } else { State::Sure },
            end: end.max(word.end),
            rule: if gains { "rotation.inflow" } else { "rotation.outflow" },
            noun: false,
        })
    }

    /// "Growth gave way to value", "small caps took the baton from megacaps",
    /// "software fell out of favor".
    pub(super) fn leadership(&self, word: &Word, limit: usize) -> Option<Move> {
        let subject = self.before(word.first, "rotation.subject")?;
        let behind = || self.side(word.end, limit, false, "rotation.object");
        let (from, to, end) = match word.word {
            RotationWord::Yield => behind().map(|(to, end)| (subject, to, end))?,
            RotationWord::Seize => behind().map(|(from, end)| (from, subject, end))?,
            RotationWord::OutOfFavor => (subject, Side::default(), word.end),
            _ => (Side::default(), subject, word.end),
        };
        if from.companies() && to.companies() {
            return None;
        }
        let both = !from.is_empty() && !to.is_empty();
        let half =
            !both && !self.view.any_word(word.first, word.end, &["favor", "favour", "vogue", "fashion", "command"]);
        Some(Move {
            trigger: (word.first, word.end),
            word: word.word,
            from,
            to,
            state: if half { State::Half } else { State::Sure },
            end,
            rule: "rotation.leadership",
            noun: false,
        })
    }

    /// "Growth handed its leadership to value".
    pub(super) fn crowned(&self, word: &Word, limit: usize) -> Option<Move> {
        let view = self.view;
        let lead = (word.end..(word.end + 5).min(limit)).find(|i| view.is_one_of(*i, LEADS))?;
        let owned = (word.end..lead).all(|i| view.is_one_of(i, &["its", "their", "the", "market", "up", "over", "'s"]));
        if !owned || !view.is(lead + 1, "to") {
            return None;
        }
        let from = self.before(word.first, "rotation.subject")?;
        let (to, end) = self.side(lead + 2, limit, false, "rotation.object")?;
        (!(from.companies() && to.companies())).then_some(Move {
            trigger: (word.first, lead + 2),
            word: RotationWord::Yield,
            from,
            to,
            state: State::Sure,
            end,
            rule: "rotation.leadership",
            noun: false,
        })
    }
}
