//! Frames: what a trigger word needs around it to say that money moves.

use crate::extract::classes::Class;
use crate::extract::words::Words;
use crate::lexicon::{List, Movement, Part, RotationWord};
use crate::model::Direction;

use super::group::Side;
use super::scan::Marks;
use super::words::{Reader, Word};

/// Whether a statement stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Sure,
    /// Only with another one that names the other side.
    Half,
}

/// What one trigger says.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub(super) trigger: (usize, usize),
    pub(super) word: RotationWord,
    pub(super) from: Side,
    pub(super) to: Side,
    pub(super) state: State,
    /// Behind all of it.
    pub(super) end: usize,
    pub(super) rule: &'static str,
    /// A noun carries it.
    pub(super) noun: bool,
}

/// Who or what moves, as it stands before the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mover {
    Money,
    Owner,
    /// A company, and no investor.
    Company,
    /// Somebody who may own money: "she", a name.
    Person,
    Nobody,
}

impl Reader<'_> {
    /// The statement of a trigger, if it makes one.
    pub(super) fn frame(&self, word: &Word, limit: usize) -> Option<Move> {
        use RotationWord as W;
        let view = self.view;
        let before = word.first.wrapping_sub(1);
        // "sell-side", "crop rotation", "a well-diversified"
        let compound = view.is(word.end, "-") && view.glued(word.end)
            || view.is(before, "-") && view.glued(before) && view.glued(word.first)
            || word.first > self.sentence.first && self.of(W::People, before, word.first).next().is_some();
        if compound || self.inside_name(word) {
            return None;
        }
        match word.word {
            W::Strong => self.strong(word, limit),
            W::Motion => self.motion(word, limit),
            W::Carry => {
                self.crowned(word, limit).or_else(|| self.rated(word, limit)).or_else(|| self.carry(word, limit))
            }
            W::Leave | W::Enter => self.object(word, limit),
            W::Reduce | W::Increase => self.rated(word, limit).or_else(|| self.weighed(word, limit)),
            W::Holding => self.exposed(word, limit),
            W::Gain | W::Lose | W::Report => self.flow(word, limit),
            W::Yield | W::Seize | W::OutOfFavor | W::InFavor => self.leadership(word, limit),
            _ => None,
        }
    }

    pub(super) fn inside_name(&self, word: &Word) -> bool {
        self.names.iter().any(|n| n.first <= word.first && word.end <= n.end)
    }

    /// "rotation", "reallocating", "exodus": one side is enough.
    fn strong(&self, word: &Word, limit: usize) -> Option<Move> {
        let view = self.view;
        let last = view.word(word.end - 1).to_ascii_lowercase();
        let noun = !["rotate", "rotates", "rotated", "rotating"].contains(&last.as_str()) && !last.contains("alloc")
            || last.ends_with("ion")
            || last.ends_with("ions");
        // "an exodus of engineers from", "reallocated engineers from"
        let of = view.is(word.end, "of") || noun && view.is(word.end, "in");
        let thing = if of { word.end + 1 } else { word.end };
        let mark = self.first_mark(thing, limit);
        let owned = self.owned(thing, mark.unwrap_or(limit).min(thing + 8));
        if self.of(RotationWord::People, word.end, word.end + 1).next().is_some() {
            return None;
        }
        let direct = mark.is_some_and(|m| m > thing + 1 && !self.adverbial(thing, m));
        if (of && !owned) || (!noun && direct && !owned) {
            return None;
        }
        let mover = self.mover(word);
        let marks = Marks { noun, give: !noun, ..Marks::default() };
        let (mut from, mut to, end) = self.sides(word.end, limit, marks, true);
        if from.is_empty() && to.is_empty() && !noun && matches!(mover, Mover::Money | Mover::Owner) {
            (from, to) = self.whatever_side(word.end, limit);
        }
        if to.is_empty() && !from.is_empty() {
            to = self.gainers(word.first).unwrap_or_default();
        }
        if !noun && direct {
            self.held(word.end, mark.unwrap_or(limit), &mut from);
        }
        let mut state = State::Sure;
        if from.is_empty() && to.is_empty() {
            match self.contrary(word).filter(|_| noun) {
                Some((fell, rose)) => (from, to) = (fell, rose),
                None => {
                    to = self.kind_before(word)?;
                    state = State::Half;
                }
            }
        }
        let business = mover == Mover::Company && !noun && !(from.securities() || to.securities());
        let lone = (from.is_empty() || to.is_empty()) && from.companies() && to.companies();
        (!business && !lone).then_some(Move {
            trigger: (word.first, word.end),
            word: word.word,
            from,
            to,
            state,
            end,
            rule: "rotation.strong",
            noun,
        })
    }

    /// "X softens while Y recovers, creating a rotation": the word names what
    /// the two moves before it are.
    fn contrary(&self, word: &Word) -> Option<(Side, Side)> {
        let view = self.view;
        let named = view.is_one_of(
            self.skip_back(word.first, &["a", "the", "\"", "classic", "sector", "of"]),
            &["creating", "in", "is", "called", "as", "—", "call"],
        );
        if !named {
            return None;
        }
        let side = |wanted: Direction, more: Words| {
            (self.sentence.first..word.first)
                .filter(|i| {
                    view.is_one_of(*i, more)
                        || view.hits_at(*i).iter().any(|h| {
                            h.sense.list == List::Movement
                                && Movement::of(h.sense).is_some_and(|m| m.part == Part::Verb && m.direction == wanted)
                        })
                })
                .find_map(|i| self.before(i, "rotation.subject"))
        };
        let fell =
            side(Direction::Down, &["softens", "soften", "softened", "fades", "faded", "lags", "cools", "cooled"]);
        fell.zip(side(
            Direction::Up,
            &["recover", "recovers", "recovered", "strengthen", "strengthens", "lead", "leads"],
        ))
    }

    /// The token before those of `words` that stand before `at`.
    fn skip_back(&self, mut at: usize, words: Words) -> usize {
        while at > self.sentence.first && self.view.is_one_of(at - 1, words) {
            at -= 1;
        }
        at.saturating_sub(1)
    }

    /// "the defensive equity rotation": into what the words in front say.
    fn kind_before(&self, word: &Word) -> Option<Side> {
        let view = self.view;
        let mut first = word.first;
        while first > self.sentence.first
            && word.first - first < 3
            && view.is_one_of(first - 1, &["defensive", "value", "cyclical", "equity", "small", "-", "cap", "quality"])
        {
            first -= 1;
        }
        let led = view.is_one_of(first, &["defensive", "value", "cyclical", "small", "quality"]);
        led.then(|| self.plain(first, word.first))
            .flatten()
            .and_then(|p| self.open_side(p.first, word.first, "rotation.kind"))
            .map(|(side, _)| side)
    }

    /// "Capital rotates into the least crowded stories": a side of whatever sort.
    fn whatever_side(&self, first: usize, limit: usize) -> (Side, Side) {
        let marks = Marks::default();
        let Some((source, next, true)) = (first..limit.min(first + 4)).find_map(|i| self.mark(i, marks)) else {
            return (Side::default(), Side::default());
        };
        let rule = if source { "rotation.whence" } else { "rotation.where" };
        let side = self.open_side(next, limit, rule).map(|(side, _)| side).unwrap_or_default();
        if source { (side, Side::default()) } else { (Side::default(), side) }
    }

    /// "the bank's move into", "Ford's shift from".
    fn owned_by_company(&self, word: &Word) -> bool {
        let owner = (word.first.saturating_sub(5).max(self.sentence.first)..word.first)
            .rev()
            .find(|i| self.view.is_one_of(*i, &["'s", "'", "its", "their", "our"]));
        owner.is_some_and(|at| {
            self.view.is_one_of(at, &["its", "our"])
                || self.names.iter().any(|n| n.end == at)
                || self.view.is_one_of(at - 1, &["company", "bank", "firm", "maker", "giant", "group", "retailer"])
        })
    }

    /// "money moved", "the shift from … to …".
    fn motion(&self, word: &Word, limit: usize) -> Option<Move> {
        let view = self.view;
        let noun = self.is_noun_use(word);
        let mover = self.mover(word);
        let bets = view.is_one_of(word.first, &["bet", "bets", "betting"]);
        let flows = view.is_one_of(
            word.end - 1,
            &["inflow", "inflows", "outflow", "outflows", "redemptions", "withdrawals", "redemption"],
        );
        let moves = matches!(mover, Mover::Money | Mover::Owner);
        let marks = Marks { noun, on: bets, give: moves && !noun, ..Marks::default() };
        let (mut from, mut to, end) = self.sides(word.end, limit, marks, moves && !noun);
        if moves && !noun {
            self.where_it_goes(word, &mut to);
            self.where_it_was(word, &mut from);
        }
        if view.any_word(word.first.saturating_sub(4), word.first, &["beneficiaries", "beneficiary"])
            && to.is_empty()
            && let Some(colon) = (word.end..self.sentence.end).find(|i| view.is(*i, ":"))
            && let Some((side, _)) =
                self.side(self.skip(colon, &[":", "\""]), self.sentence.end, true, "rotation.where")
        {
            to = side;
        }
        let both = !from.is_empty() && !to.is_empty();
        if from.is_empty() && to.is_empty() || !both && from.companies() && to.companies() {
            return None;
        }
        let near = [&from, &to]
            .iter()
            .any(|s| s.span.is_some_and(|(first, end)| first <= word.end + 7 && end > self.sentence.first));
        let sure = match mover {
            _ if flows && noun => true,
            Mover::Company => both && from.securities() && to.securities() && noun,
            Mover::Money | Mover::Owner => near,
            Mover::Nobody | Mover::Person if noun && both => {
                from.securities() || to.securities() || self.money_around()
            }
            // "this move into bonds"
            Mover::Nobody | Mover::Person if noun => {
                let strong = self.mark(word.end, marks).is_some_and(|m| m.2);
                strong && near && (from.securities() || to.securities()) && !self.owned_by_company(word)
            }
            Mover::Nobody | Mover::Person => both && self.pronoun(word) && self.money_around(),
        };
        let order = view.is_one_of(word.first.wrapping_sub(1), &["and", "then"]) && !self.past(word);
        let half = mover == Mover::Nobody
            && !noun
            && (order && near || self.participle(word) && (from.securities() || to.securities()));
        (sure || half).then_some(Move {
            trigger: (word.first, word.end),
            word: word.word,
            from,
            to,
            state: if sure { State::Sure } else { State::Half },
            end,
            rule: "rotation.moved",
            noun,
        })
    }

    /// "taking money out of …", "putting the proceeds into …", "sends buyers into …".
    fn carry(&self, word: &Word, limit: usize) -> Option<Move> {
        let view = self.view;
        let mark = self.first_mark(word.end, limit);
        let stop = mark.unwrap_or(limit).min(word.end + 14);
        let passive = (view.is_a(word.first.wrapping_sub(1), Class::Auxiliary)
            || view.is_one_of(word.first.wrapping_sub(1), &["and", "then", "or"]))
            && self.past(word)
            && self.mover(word) == Mover::Money
            && mark.is_some_and(|m| m <= word.end + 2);
        let pronoun = view.is_one_of(word.end, &["it", "them"])
            && self.of(RotationWord::Money, self.sentence.first, word.first).next().is_some();
        // "cash that was parked in bills": where it lies, not where it goes.
        let before = word.first.wrapping_sub(1);
        let lies = self.past(word)
            && mark.is_some_and(|m| m <= word.end + 1 && view.is(m, "in"))
            && (view.is_one_of(before, &["was", "were", "is", "had", "been"])
                && view.is_one_of(before.wrapping_sub(1), &["that", "which"])
                || self.words.iter().any(|w| w.word == RotationWord::Money && w.end == word.first));
        if lies {
            return None;
        }
        if !(passive || pronoun || self.owned(word.end, stop)) {
            return None;
        }
        if self.mover(word) == Mover::Company {
            return None;
        }
        let marks = Marks { inside: true, loose: true, ..Marks::default() };
        let (mut from, to, end) = self.sides(word.end, limit, marks, true);
        if from.is_empty() {
            self.held(word.end, stop, &mut from);
        }
        if from.span == to.span {
            from = Side::default();
        }
        if from.is_empty() && to.is_empty() {
            from = self.owners_in(word).unwrap_or_default();
        }
        let both = !from.is_empty() && !to.is_empty();
        if from.is_empty() && to.is_empty() || !both && from.companies() && to.companies() {
            return None;
        }
        // The object belongs to the trigger, unless it is an amount.
        let amount = (word.end..stop).any(|i| self.amount(i));
        let behind = mark.filter(|m| !amount && *m <= word.end + 4).and_then(|m| self.mark(m, marks)).map(|m| m.1);
        Some(Move {
            trigger: (word.first, behind.unwrap_or(word.end)),
            word: word.word,
            from,
            to,
            state: State::Sure,
            end,
            rule: "rotation.carried",
            noun: false,
        })
    }

    /// Whether the words around an adverbial stand between a verb and its mark.
    fn adverbial(&self, first: usize, end: usize) -> bool {
        let view = self.view;
        (first..end).all(|i| {
            view.is_one_of(
                i,
                &[
                    "back",
                    "further",
                    "sharply",
                    "even",
                    "more",
                    "again",
                    "hard",
                    "fast",
                    ",",
                    "not",
                    "only",
                    "just",
                    "steadily",
                    "either",
                    "both",
                    "—",
                    "-",
                    "aggressively",
                    "first",
                    "this",
                    "last",
                    "week",
                    "month",
                    "year",
                    "today",
                    "both",
                    "once",
                    "straight",
                    "directly",
                    "pattern",
                    "trade",
                    "away",
                    "out",
                ],
            ) || view.word(i).ends_with("ly")
                || view.begins(i, &[List::Period])
        })
    }
}
