//! The words that open a side, and the sides they open.

use crate::extract::words::Words;
use crate::lexicon::RotationWord;

use super::group::Side;
use super::phrase::Phrase;
use super::words::Reader;

/// Which further words may open a side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// "parked in X".
    pub(super) inside: bool,
    /// "betting on X".
    pub(super) on: bool,
    /// "abandoning X for Y".
    pub(super) give: bool,
    /// A noun carries the statement.
    pub(super) noun: bool,
    /// "favoring X over Y".
    pub(super) over: bool,
    /// Money is taken along: any mark may open a side of whatever sort.
    pub(super) loose: bool,
}

/// Words before "from" that make another thing of it.
const NO_SOURCE: Words = &[
    "aside",
    "apart",
    "far",
    "different",
    "ranging",
    "pressure",
    "competition",
    "benefit",
    "benefits",
    "benefited",
    "benefiting",
    "profit",
    "profits",
    "suffer",
    "suffered",
    "comes",
    "nervous",
    "support",
    "lift",
    "boost",
    "excluding",
];

/// Words before "to" that make another thing of it.
const NO_TARGET: Words = &[
    "limited",
    "due",
    "relative",
    "compared",
    "exposure",
    "according",
    "thanks",
    "likely",
    "tied",
    "related",
    "sensitive",
    "able",
    "set",
    "exposed",
    "linked",
    "prior",
    "next",
    "contrary",
    "similar",
    "expected",
    "had",
    "have",
    "has",
    "want",
    "wants",
    "need",
    "needs",
    "begun",
    "began",
    "starting",
    "started",
    "continue",
    "continues",
    "about",
    "ready",
    "down",
    "up",
    "close",
    "amounted",
    "equal",
    "addition",
];

/// Verbs behind "to" that make an aim of it.
const AIMS: Words = &[
    "be", "buy", "fund", "finance", "support", "boost", "own", "hold", "hedge", "protect", "benefit", "get", "make",
    "take", "find", "avoid", "cut", "reduce", "raise", "pay", "build", "capture", "play", "increase", "match", "beat",
    "lead", "see", "say", "keep", "lock", "meet", "invest", "help", "push", "drive", "sell", "chase", "profit",
];

impl Reader<'_> {
    /// The side that a word at `at` opens: whether it is the source, where the
    /// group begins, and whether the mark is a strong one.
    pub(super) fn mark(&self, at: usize, marks: Marks) -> Option<(bool, usize, bool)> {
        let view = self.view;
        if let Some(end) = self.at(at, RotationWord::Source) {
            let bare = view.is(at, "from") && end == at + 1;
            let other = at > 0 && view.is_one_of(at - 1, NO_SOURCE);
            let bet = view.is(at, "not") && !marks.on;
            return (!(bet || bare && other)).then_some((true, end, !bare));
        }
        if let Some(end) = self.at(at, RotationWord::Target) {
            let bet = view.is(at, "but") && !marks.on;
            return (!bet).then_some((false, end, true));
        }
        let before = at.wrapping_sub(1);
        if marks.over && view.is(at, "over") && !view.is_number(at + 1) {
            return Some((true, at + 1, true));
        }
        if view.is(at, "to") {
            let aim = view.is_one_of(at + 1, AIMS);
            return (!aim && !view.is_one_of(before, NO_TARGET)).then_some((false, at + 1, false));
        }
        let opens = marks.inside && view.is_one_of(at, &["in", "behind"])
            || marks.on && view.is(at, "on")
            || marks.give && view.is(at, "for")
            || view.is(at, "in") && view.is(at + 1, "exchange") && view.is(at + 2, "for");
        let skip = if view.is(at + 1, "exchange") { 3 } else { 1 };
        opens.then_some((false, at + skip, false))
    }

    /// The first word in tokens `first..end` that opens a side.
    pub(super) fn first_mark(&self, first: usize, end: usize) -> Option<usize> {
        let marks = Marks { inside: true, ..Marks::default() };
        (first..end).find(|i| self.mark(*i, marks).is_some())
    }

    /// The sides that stand behind their marks in tokens `first..end`. With
    /// `open`, the other side of a known one may be anything.
    pub(super) fn sides(&self, first: usize, end: usize, marks: Marks, open: bool) -> (Side, Side, usize) {
        let (mut from, mut to) = (Side::default(), Side::default());
        let mut loose: [Option<Side>; 2] = [None, None];
        let (mut at, mut last) = (first, first);
        // Which side was read last: "out of X and out of Y" adds to it.
        let mut before: Option<bool> = None;
        while at < end {
            let Some((source, next, strong)) = self.mark(at, marks) else {
                at += 1;
                continue;
            };
            let rule = if source { "rotation.whence" } else { "rotation.where" };
            let slot = if source { &mut from } else { &mut to };
            if let Some((side, after)) = self.side(next, end, marks.noun, rule) {
                let again =
                    before == Some(source) && self.view.is_one_of(at.wrapping_sub(1), &["and", "or", "also", ","]);
                if slot.is_empty() || again {
                    slot.join(side);
                    before = Some(source);
                    last = after;
                }
                at = after;
            } else {
                if let Some(side) = self.elliptic(source, next, end, marks).filter(|_| slot.is_empty()) {
                    *slot = Side { rule, ..side };
                    before = Some(source);
                    at = next;
                    continue;
                }
                if (strong || marks.loose && self.view.is_one_of(at, &["to", "from"]))
                    && open
                    && loose[usize::from(source)].is_none()
                {
                    loose[usize::from(source)] = self.open_side(next, end, "rotation.open").map(|(s, _)| s);
                }
                at = next;
            }
        }
        let [open_to, open_from] = loose;
        if !from.is_empty() && to.is_empty() {
            to = open_to.unwrap_or_default();
        } else if !to.is_empty() && from.is_empty() {
            from = open_from.unwrap_or_default();
        }
        let reach = |s: &Side| s.span.map_or(0, |s| s.1);
        last = last.max(reach(&from)).max(reach(&to));
        (from, to, last)
    }

    /// "from American into Japanese stocks": the noun stands with the other side.
    fn elliptic(&self, source: bool, at: usize, end: usize, marks: Marks) -> Option<Side> {
        let view = self.view;
        let first = self.skip(at, &["the", "more", "both"]);
        let stop = (first..(first + 4).min(end)).find(|i| self.mark(*i, marks).is_some())?;
        let words = stop > first
            && (first..stop).all(|i| view.is_word(i) || view.is(i, "-"))
            && !view.any_word(first, stop, &["it", "them", "that", "there", "here", "this", "and", "or"]);
        let (other, next, _) = self.mark(stop, marks)?;
        let noun = words && other != source;
        let phrase = self.phrase(next, end).filter(|p| noun && p.head > p.core + 1)?;
        let named = self.names.iter().any(|n| n.first == phrase.core && n.end == phrase.head && !n.is_group());
        (!named).then(|| {
            let own = Phrase { first, core: first, head: stop, end: stop, named: Vec::new(), next: stop };
            self.single(&own, "rotation.whence")
        })
    }
}
