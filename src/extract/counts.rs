//! Counts: numbers in front of a noun that is counted.

use crate::lexicon::List;
use crate::model::{Direction, EntityType, Kind, Sentence, SentenceKind, Shape};

use super::bare::{counted_noun, glued_after, marks, set};
use super::bind::Name;
use super::figure::{Figure, Form};
use super::quantity::{Measure, quantity};
use super::view::View;

/// "2,187 funds …, up from 2,065": the other end of a count.
pub(super) fn other_end<'l>(view: &View<'l>, at: usize, like: Option<&Figure<'l>>) -> Option<Figure<'l>> {
    let unit = like.filter(|f| at - f.end <= 24)?.unit.filter(|u| *u != "points")?;
    let pair = like.is_some_and(|f| at - f.end <= 3 && view.is(at - 1, "from"));
    let led = pair
        || at > 1
            && view.is_one_of(at - 1, &["from", "to"])
            && view.is_one_of(
                at - 2,
                &["up", "down", "rose", "fell", "grew", "increased", "decreased", "rising", "falling"],
            );
    let figure = super::figure::figure(view, at).filter(|f| f.first == at && f.form == Form::Bare)?;
    if !(led || unit == "stocks" && elided(view, &figure)) {
        return None;
    }
    let year = figure.lo.is_some_and(|v| (1900.0..2101.0).contains(&v)) && view.word(at).len() == 4;
    (!year && !marks(view, at) && !glued_after(view, figure.end))
        .then(|| set(view, figure, Kind::Count, unit, "figure.count_other_end"))
}

/// "1,900 stocks rose and 850 fell": the noun is not said again.
fn elided(view: &View<'_>, figure: &Figure) -> bool {
    figure.first > 0
        && view.is_one_of(figure.first - 1, &["and", "while", "but", ",", ";"])
        && view.begins(figure.end, &[List::Movement])
}

/// "43 S&P 500 stocks", "1.2 million electric vehicles", "stocks in the index (271)".
pub(super) fn counted<'l>(
    view: &View<'l>,
    names: &[Name],
    q: &super::quantity::Quantity<'l>,
    figure: Figure<'l>,
) -> Option<Figure<'l>> {
    let first = figure.first;
    let value = figure.lo.unwrap_or(0.0);
    if let Some(noun) = breadth_noun(view, &figure) {
        return Some(set(view, figure, Kind::Count, noun, "figure.count_of"));
    }
    if q.number.words && q.scale.is_none() && !breadth_of(view, &figure) && !of_an_index(view, &figure) {
        return None;
    }
    // "the other 493 companies", "529 plans"
    let rest = first > 1 && view.is_one_of(first - 1, &["other", "remaining"]) && view.is(first - 2, "the");
    let plan = view.is_one_of(first, &["529", "401", "403", "457"])
        && view.is_one_of(figure.end, &["account", "accounts", "plan", "plans"]);
    if rest || plan {
        return None;
    }
    if view.is(first.wrapping_sub(1), "(") && view.is(figure.end, ")") && first > 0 {
        let noun = (first.saturating_sub(9)..first).filter_map(|i| counted_noun(view, i)).next_back();
        return noun
            .filter(|(n, _)| matches!(*n, "stocks" | "companies" | "issues" | "funds" | "shares"))
            .map(|(noun, _)| set(view, figure, Kind::Count, noun, "figure.count_in_brackets"));
    }
    if let Measure::Counted(noun) = q.measure {
        if noun == "points" || (value < 10.0 && q.scale.is_none() && !breadth_of(view, &figure)) {
            return None;
        }
        return Some(set(view, figure, Kind::Count, noun, "figure.count"));
    }
    if value < 10.0 && q.scale.is_none() {
        return None;
    }
    // Adjectives and names may stand between.
    let mut at = figure.end;
    for _ in 0..4 {
        if let Some(name) = names.iter().find(|n| n.first == at) {
            // "43 S&P 500 stocks": the noun belongs to the name.
            if let Some((noun, _)) = counted_noun(view, name.end - 1) {
                return Some(set(view, figure, Kind::Count, noun, "figure.count"));
            }
            at = name.end;
        } else if view.is_word(at) && !view.is_one_of(at, STOPPERS) || view.is(at, "-") {
            // "Microsoft 365 Consumer subscribers", "737 Max jets": the number of a model.
            if view.is_word(at) && view.shape(at) == Shape::Title && at == figure.end {
                return None;
            }
            at += 1;
        } else {
            return None;
        }
        if let Some((noun, _)) = counted_noun(view, at) {
            return Some(set(view, figure, Kind::Count, noun, "figure.count"));
        }
    }
    None
}

/// "| S&P 500 | 6,909.51 | +47.62 | +0.69% |": a signed number in an index's row.
pub(super) fn change_in_points<'l>(
    view: &View<'l>,
    sentence: &Sentence,
    names: &[Name],
    at: usize,
) -> Option<Figure<'l>> {
    let sign = at.checked_sub(1).filter(|s| sentence.kind == SentenceKind::Row && view.is_one_of(*s, &["+", "-"]))?;
    let cell = sign.checked_sub(1).is_some_and(|b| view.is(b, "|"));
    let index = names.iter().any(|n| n.subject.kind == EntityType::Index && n.end < at);
    let figure = super::figure::figure(view, sign).filter(|f| f.first == sign && f.form == Form::Bare)?;
    let whole = view.glued(at) && view.is(figure.end, "|") && figure.sign != Direction::None;
    (cell && index && whole).then(|| set(view, figure, Kind::Count, "points", "figure.change_in_points"))
}

/// "Forty companies in the S&P 500": ten and more are counted in words too.
fn of_an_index(view: &View<'_>, figure: &Figure) -> bool {
    figure.lo.is_some_and(|v| v >= 10.0)
        && view.is_one_of(figure.end, &["companies", "stocks", "members"])
        && view.is_one_of(figure.end + 1, &["in", "of"])
        && view.is(figure.end + 2, "the")
}

/// "seven of the 11 sectors", "three of four stocks".
fn breadth_of(view: &View<'_>, figure: &Figure) -> bool {
    breadth_noun(view, figure).is_some()
}

fn breadth_noun<'l>(view: &View<'l>, figure: &Figure) -> Option<&'l str> {
    let mut at = figure.end;
    if !view.is(at, "of") {
        return None;
    }
    at += 1;
    while view.is_one_of(at, &["the", "its", "all"]) {
        at += 1;
    }
    // "seven of the S&P 500's 11 major sectors"
    if let Some(own) = (at + 1..at + 6).find(|i| view.is(*i, "'s")) {
        at = own + 1;
    }
    let whole = quantity(view, at).filter(|q| q.value() >= 2.0)?;
    (whole.end..whole.end + 6).find_map(|i| counted_noun(view, i)).map(|(noun, _)| noun)
}

const STOPPERS: &[&str] = &[
    "of", "in", "on", "at", "to", "for", "and", "or", "from", "by", "with", "as", "the", "years", "year", "months",
    "days", "weeks", "hours", "minutes", "percent", "times", "is", "are", "was", "were", "has", "have", "had", "when",
    "that", "this", "after", "before", "points", "than", "p", "m", "a", "et", "million", "billion",
];
