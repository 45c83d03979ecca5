//! Refused: numbers that look like figures and are none — citations, addresses,
//! parts of words, models and certainty.

use crate::model::Shape;

use super::figure::Figure;
use super::view::View;

/// `[3]`
pub(super) fn citation(view: &View<'_>, at: usize) -> bool {
    at > 0 && view.is(at - 1, "[") && view.is(at + 1, "]") && view.is_number(at)
}

/// Digits inside a web address.
pub(super) fn inside_address(view: &View<'_>, at: usize) -> bool {
    if !view.glued(at) {
        return false;
    }
    let mut first = at;
    while first > 0 && view.glued(first) && at - first < 60 {
        first -= 1;
        if view.is(first, "/") && view.is(first + 1, "/") || view.is(first, "www") {
            return true;
        }
    }
    false
}

/// "Mix5%", "v2x": a number inside a word is none.
pub(super) fn glued_to_word(view: &View<'_>, figure: &Figure) -> bool {
    let first = figure.first;
    view.glued(first) && first > 0 && view.is_word(first - 1) && view.is_number(first)
}

/// "100% sure": how firmly someone believes.
pub(super) fn certainty(view: &View<'_>, figure: &Figure) -> bool {
    figure.unit == Some("%")
        && figure.lo.is_some_and(|v| v >= 100.0)
        && view.is_one_of(
            figure.end,
            &["sure", "certain", "confident", "committed", "convinced", "positive", "right", "wrong"],
        )
}

/// "F-150", "777X": the number of a model.
pub(super) fn model(view: &View<'_>, figure: &Figure) -> bool {
    let first = figure.first;
    let capitals = |i: usize| view.is_word(i) && view.shape(i) == Shape::Upper && view.word(i).len() <= 3;
    let joined = first > 1
        && view.is_number(first)
        && view.glued(first)
        && view.is(first - 1, "-")
        && view.glued(first - 1)
        && capitals(first - 2);
    let named = figure.unit == Some("x") && view.word(figure.end - 1) == "X" && view.word(first).len() >= 3;
    joined && !view.is_one_of(first - 2, &["USD", "EUR", "GBP"]) || named
}
