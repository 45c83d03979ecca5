//! Verbs whose object is a side: "dumping X", "buying Y", "X was sold".

use crate::lexicon::RotationWord;
use crate::model::SentenceKind;

use super::frame::{Move, Mover, State};
use super::group::Side;
use super::scan::Marks;
use super::words::{AUXILIARIES, Reader, Word};

impl Reader<'_> {
    /// "dumping X", "buying Y": what stands behind the verb is a side.
    pub(super) fn object(&self, word: &Word, limit: usize) -> Option<Move> {
        let view = self.view;
        let leaves = word.word == RotationWord::Leave;
        let own = view.any_word(word.end, word.end + 5, &["back"])
            && (view.is(word.end, "back") || view.any_word(word.end, word.end + 3, &["their", "its", "own"]));
        let off = view.is_one_of(word.end, &["off", "back", "side", "signal", "pressure", "rating", "ratings"]);
        let verb = view.word(word.first).to_ascii_lowercase();
        let led = |stems: &[&str]| stems.iter().any(|s| verb.starts_with(s));
        let swaps = led(&["swap", "exchang", "trad"]);
        let mover = self.mover(word);
        let once = self.once(word);
        if (off || own) && !once {
            return None;
        }
        let rule = if leaves { "rotation.left" } else { "rotation.entered" };
        let noun = view.is(word.end, "of")
            || view.is(word.end - 1, "of") && led(&["sale", "purchas"])
            || view.is_one_of(word.end - 1, &["for"])
            || view.is(word.end - 1, "in") && led(&["unw", "sell"]);
        let at = self.over_holdings(word.end, limit);
        let (side, next) = match self.side(at, limit, noun, rule) {
            Some(found) => found,
            None if own || leaves && view.any_word(limit, self.sentence.end, &["proceeds"]) => {
                self.open_side(at, limit, rule)?
            }
            None => {
                let (side, end) = self.passive(word, rule)?;
                (side, end)
            }
        };
        let marks = Marks { give: leaves && !noun, noun, over: !leaves, ..Marks::default() };
        let (mut from, mut to, mut end) = self.sides(next, limit, marks, false);
        if leaves { &mut from } else { &mut to }.join(side);
        end = end.max(next);
        let both = !from.is_empty() && !to.is_empty();
        let business = mover == Mover::Company && !once && !(both && from.securities() && to.securities());
        if business || swaps && !both {
            return None;
        }
        let lone = !both && from.companies() && to.companies();
        let departs = led(&["leav", "left"]);
        let close = self.owner_near(word, 5) || mover == Mover::Money;
        let market = self.whole_market(&from) || self.whole_market(&to);
        let prefers = matches!(view.word(word.end - 1), "for") && !close && !both;
        let moves = matches!(mover, Mover::Money | Mover::Owner)
            || mover == Mover::Person && (from.securities() || to.securities() || self.denied(word.first).is_some());
        let buying = noun && view.is(word.first, "buying");
        let sure = !lone
            && !prefers
            && (!market || departs)
            && (both && !(from.companies() && to.companies())
                || moves && (!departs || close)
                || self.advice(word) && !departs
                || buying
                || noun && led(&["unw", "liquidation"]));
        if prefers || departs && !sure {
            return None;
        }
        Some(Move {
            trigger: (word.first, word.end),
            word: word.word,
            from,
            to,
            state: if sure { State::Sure } else { State::Half },
            end,
            rule,
            noun,
        })
    }

    /// "the market": everything, and so no group, unless it is left.
    fn whole_market(&self, side: &Side) -> bool {
        side.subjects
            .iter()
            .any(|s| matches!(s.canonical.to_lowercase().as_str(), "market" | "markets" | "stock market"))
    }

    /// "their positions in", "some of its holdings of": the side stands behind.
    pub(super) fn over_holdings(&self, at: usize, limit: usize) -> usize {
        let view = self.view;
        let holding = (at..(at + 6).min(limit))
            .take_while(|i| !view.is_one_of(*i, &[",", "and", "to", "from", "into"]))
            .find_map(|i| self.at(i, RotationWord::Holding));
        match holding {
            Some(end) if view.is_one_of(end, &["in", "of", "to", "on"]) => end + 1,
            _ => self.skip(
                at,
                &[
                    "of",
                    "down",
                    "up",
                    "back",
                    "more",
                    "further",
                    "heavily",
                    "aggressively",
                    "some",
                    "part",
                    "most",
                    "all",
                    "half",
                ],
            ),
        }
    }

    /// "Software stocks were dumped": what stands before the verb is left.
    fn passive(&self, word: &Word, rule: &'static str) -> Option<(Side, usize)> {
        let view = self.view;
        let before = word.first.checked_sub(1)?;
        let adverb = view.word(before).ends_with("ly");
        let helper = before.checked_sub(usize::from(adverb))?;
        let helps = view.is_one_of(helper, &["was", "were", "is", "are", "been", "being", "be"]);
        if !helps || !self.past(word) || word.end > word.first + 2 {
            return None;
        }
        let mut start = helper;
        while start > self.sentence.first && view.is_one_of(start - 1, AUXILIARIES) {
            start -= 1;
        }
        self.before(start, rule).map(|side| (side, word.end))
    }

    /// Whether the verb has its past form.
    pub(super) fn past(&self, word: &Word) -> bool {
        let first = self.view.word(word.first).to_ascii_lowercase();
        first.ends_with("ed")
            || matches!(
                first.as_str(),
                "sold"
                    | "bought"
                    | "put"
                    | "taken"
                    | "took"
                    | "sent"
                    | "driven"
                    | "drove"
                    | "drawn"
                    | "fled"
                    | "left"
                    | "went"
                    | "gone"
                    | "unwound"
                    | "sunk"
                    | "stolen"
                    | "withdrawn"
                    | "withdrew"
                    | "shed"
                    | "swept"
                    | "cut"
                    | "came"
                    | "gave"
                    | "fell"
                    | "lost"
                    | "found"
            )
    }

    /// "Sell tech": an imperative, a headline, or advice.
    pub(super) fn advice(&self, word: &Word) -> bool {
        let view = self.view;
        let opens = word.first == self.skip(self.sentence.first, &["\"", "*", "#", "-", "•", "just", "so", "don't"])
            || word.first > self.sentence.first
                && view.is_one_of(word.first - 1, &[":", "\""])
                && !view.word(word.first).ends_with("ing");
        let heading = self.sentence.kind == SentenceKind::Heading && view.word(word.first).ends_with("ing");
        let led = view.is_one_of(word.first.wrapping_sub(1), &["should", "to"])
            && view.is_one_of(
                word.first.wrapping_sub(2),
                &["time", "better", "recommend", "recommends", "we", "you", "wise", "reason", "reasons"],
            );
        opens && !view.word(word.first).ends_with("ed") || heading || led
    }
}
