//! Figures: quantities with ranges and hedges, as spans with values.

use crate::lexicon::List;
use crate::model::{Direction, Kind, Qualifier};

use super::hedge::hedge;
use super::number::number;
use super::quantity::{Measure, Quantity, quantity, tidy};
use super::view::View;

/// A figure before it is bound.
#[derive(Clone, Debug)]
pub(crate) struct Figure<'l> {
    pub first: usize,
    pub end: usize,
    pub kind: Kind,
    pub lo: Option<f64>,
    pub hi: Option<f64>,
    pub unit: Option<&'l str>,
    pub qualifier: Qualifier,
    /// Tokens of the hedge.
    pub hedge: Option<(usize, usize)>,
    /// A printed sign.
    pub sign: Direction,
    /// A magnitude without a number.
    pub vague: bool,
    pub form: Form,
    /// Id of the rule that found it.
    pub rule: &'static str,
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Number with currency or unit.
    Quantity,
    /// "doubled", "tripled", "double the".
    Multiplier,
    /// "2 to 1", "3-for-1".
    Ratio,
    /// A number whose context says what it is.
    Bare,
    /// "billions", "trillion-dollar".
    Vague,
}

/// The quantity or range that begins at token `at`.
pub(crate) fn figure<'l>(view: &View<'l>, at: usize) -> Option<Figure<'l>> {
    let left = quantity(view, at)?;
    let (first, mut end) = (left.first, left.end);
    let mut lo = left.value();
    let mut hi = lo;
    let mut measure = left.measure;
    let mut rule = left.rule;
    let mut joined_by_and = false;
    if let Some((right, how)) = upper_end(view, &left) {
        let (a, b, m) = match (&left.measure, &right.measure) {
            // "$45.0 billion, plus or minus 2%"
            (Measure::Money { .. }, Measure::Percent) => {
                (left.value(), left.value() * right.number.value / 100.0, left.measure)
            }
            (Measure::Percent, Measure::Points { .. }) => (left.value(), right.value(), Measure::Percent),
            _ => joined(&left, &right),
        };
        (lo, hi, measure) = if how == Join::PlusMinus { (tidy(a - b), tidy(a + b), m) } else { (a, b, m) };
        // "$10.7 billion (± $300 million)"
        end = right.end + usize::from(view.is(left.end, "(") && view.is(right.end, ")"));
        rule = "figure.range";
        joined_by_and = how == Join::And;
    }
    let (kind, unit) = match measure {
        Measure::Money { code, .. } => (Kind::Money, iso(code)),
        Measure::Percent => (Kind::Percent, Some("%")),
        Measure::Points { .. } => (Kind::Percent, Some("pp")),
        Measure::Times => (Kind::Multiple, Some("x")),
        Measure::Counted(noun) => (Kind::Count, Some(noun)),
        Measure::Bare => (Kind::Count, None),
    };
    let sign = match left.sign {
        Some(1) => Direction::Up,
        Some(_) => Direction::Down,
        None => Direction::None,
    };
    let mut figure = Figure {
        first,
        end,
        kind,
        lo: Some(lo),
        hi: Some(hi),
        unit,
        qualifier: Qualifier::Exact,
        hedge: None,
        sign,
        vague: false,
        form: if measure == Measure::Bare { Form::Bare } else { Form::Quantity },
        rule,
    };
    if left.plus && end == left.end {
        figure.qualifier = Qualifier::AtLeast;
        figure.hedge = Some((end - 1, end));
        figure.hi = None;
    } else {
        hedge(view, &mut figure, joined_by_and);
    }
    Some(figure)
}

/// The code of a currency; none where several bear its name.
pub(crate) fn iso(code: &str) -> Option<&str> {
    (!code.is_empty()).then_some(code)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    Dash,
    To,
    And,
    PlusMinus,
}

/// The upper end of a range whose lower end is `left`.
fn upper_end<'l>(view: &View<'l>, left: &Quantity<'l>) -> Option<(Quantity<'l>, Join)> {
    let at = left.end;
    let (how, from) = separator(view, left, at)?;
    let from = if how == Join::And || how == Join::To { skip_hedge(view, from) } else { from };
    let mut right = quantity(view, from)?;
    if how == Join::Dash && right.sign.is_some() && right.first == from && view.is_one_of(from, &["+"]) {
        right.sign = left.sign;
    }
    if right.sign.is_some() && left.sign.is_none() {
        return None;
    }
    (fits(left, &right, how) && !(how == Join::To && by_and_to(view, left, &right))).then_some((right, how))
}

fn separator(view: &View<'_>, left: &Quantity, at: usize) -> Option<(Join, usize)> {
    if view.is(at, "-") && view.glued(at) == view.glued(at + 1) {
        return Some((Join::Dash, at + 1));
    }
    if view.is(at, "to") {
        return (!from_to(view, left)).then_some((Join::To, at + 1));
    }
    // "three- to five-fold", "50- to 75-basis-point"
    if view.is(at, "-") && view.is(at + 1, "to") {
        return Some((Join::To, at + 2));
    }
    if view.is(at, "and") && follows_between(view, left.first) {
        return Some((Join::And, at + 1));
    }
    // "70% or 80%"
    if view.is(at, "or") && matches!(left.measure, Measure::Percent) {
        return Some((Join::To, at + 1));
    }
    // "$45.0 billion, plus or minus 2%", "$10.7 billion (± $300 million)"
    let at = at + usize::from(view.is_one_of(at, &[",", "("]) && view.is_one_of(at + 1, &["plus", "±", "+"]));
    if view.is(at, "plus") && view.is(at + 1, "or") && view.is(at + 2, "minus") {
        return Some((Join::PlusMinus, at + 3));
    }
    if view.is(at, "±") {
        return Some((Join::PlusMinus, at + 1));
    }
    if view.is(at, "+") && view.is(at + 1, "/") && view.is(at + 2, "-") {
        return Some((Join::PlusMinus, at + 3));
    }
    if view.is_one_of(at, &["through", "thru"]) {
        return Some((Join::To, at + 1));
    }
    None
}

/// "rose from $53bn to $72bn" names two figures; "ranges from 5% to 10%" one.
fn from_to(view: &View<'_>, left: &Quantity) -> bool {
    let mut at = left.first;
    while let Some(before) = at.checked_sub(1) {
        // "lifted its budget by $1 billion to about $5 billion"
        if view.is(before, "by") && at == left.first {
            // "could lift the shares by 51% to 75%" is one range.
            let may = view.any_word(before.saturating_sub(6), before, &["can", "could", "may", "might", "would"]);
            return !(may && left.measure == Measure::Percent);
        }
        if view.is(before, "from") {
            let ranges = &[
                "range",
                "ranges",
                "ranged",
                "ranging",
                "anywhere",
                "vary",
                "varies",
                "varied",
                "varying",
                "spanning",
                "spans",
                "estimates",
                "estimated",
                "forecasts",
            ];
            return !view.any_word(before.saturating_sub(3), before, ranges);
        }
        if left.first - before > 3 || !hedge_ends_at(view, before) {
            return false;
        }
        at = before;
    }
    false
}

/// "rose 50 cents to $71.20": by how much, and to what. Prices that lie so far
/// apart are not the ends of what something moved by; what may come is a range.
fn by_and_to(view: &View<'_>, left: &Quantity<'_>, right: &Quantity<'_>) -> bool {
    const APART: f64 = 5.0;
    const MAY: &[&str] = &["to", "can", "could", "may", "might", "will", "would", "should"];
    let prices = matches!((&left.measure, &right.measure), (Measure::Money { .. }, Measure::Money { .. }))
        && left.scale.is_none()
        && right.scale.is_none();
    if !prices || right.value() < left.value() * APART {
        return false;
    }
    let mut at = left.first;
    while at > 0 && left.first - at < 3 && (at == left.first || hedge_ends_at(view, at)) {
        if view.begins(at - 1, &[List::Movement]) {
            return at < 2 || !view.is_one_of(at - 2, MAY);
        }
        at -= 1;
    }
    false
}

fn hedge_ends_at(view: &View<'_>, at: usize) -> bool {
    view.hits_at(at).iter().any(|h| h.sense.list == List::Hedge)
        || view.is_one_of(at, &["a", "an", "the", "than", "of"])
}

fn follows_between(view: &View<'_>, at: usize) -> bool {
    (1..=4).any(|back| at.checked_sub(back).is_some_and(|b| view.is(b, "between")))
}

/// Skips the hedge in front of the upper end ("between 40% and about 200%").
fn skip_hedge(view: &View<'_>, at: usize) -> usize {
    view.longest(at, List::Hedge).map_or(at, |h| h.end)
}

/// Whether two quantities can be the ends of one range.
fn fits(left: &Quantity<'_>, right: &Quantity<'_>, how: Join) -> bool {
    let same = match (&left.measure, &right.measure) {
        (Measure::Bare, Measure::Bare) => how == Join::Dash || how == Join::And,
        // "from the prior quarter to 167 million dollars"
        (Measure::Bare, _) if left.number.fraction && left.number.words => false,
        (Measure::Bare, Measure::Counted(_)) => true,
        // "in 2024 to $4.4 billion": a year begins no range.
        (Measure::Bare, _) if how == Join::To && (1900.0..2101.0).contains(&left.number.value) => false,
        (Measure::Bare, _) => left.scale.is_none() || matches!(right.measure, Measure::Money { .. }),
        (Measure::Money { code: a, .. }, Measure::Money { code: b, .. }) => a == b,
        // "$5 billion through 2025"
        (Measure::Money { .. }, Measure::Bare)
            if right.scale.is_none()
                && left.scale.is_some()
                && (1900.0..2101.0).contains(&right.number.value)
                && right.number.value.fract() == 0.0 =>
        {
            false
        }
        (Measure::Money { .. }, Measure::Bare) => {
            left.prefix
                && (how != Join::To || right.scale.is_some() || left.scale.is_some())
                && right.number.value.fract() >= 0.0
        }
        (Measure::Percent, Measure::Percent) | (Measure::Times, Measure::Times) => true,
        (Measure::Money { .. }, Measure::Percent) => how == Join::PlusMinus && right.number.value < 50.0,
        (Measure::Percent, Measure::Points { .. }) if how == Join::PlusMinus => true,
        (Measure::Percent, Measure::Points { .. }) | (Measure::Points { .. }, Measure::Percent) => false,
        (Measure::Points { factor: a }, Measure::Points { factor: b }) => a == b,
        _ => false,
    };
    let (lo, hi, _) = joined(left, right);
    same && (lo < hi || how == Join::PlusMinus)
        && lo >= 0.0
        && !(how == Join::Dash && left.number.words != right.number.words)
}

/// Values of both ends in base units, sharing what is printed once.
fn joined<'l>(left: &Quantity<'l>, right: &Quantity<'l>) -> (f64, f64, Measure<'l>) {
    let mut lower = *left;
    let mut upper = *right;
    let measure = if left.measure == Measure::Bare { right.measure } else { left.measure };
    lower.measure = measure;
    // "70 cents to $1": each in its own unit.
    if !matches!((&left.measure, &right.measure), (Measure::Money { .. }, Measure::Money { .. })) {
        upper.measure = measure;
    }
    if lower.scale.is_none() && upper.scale.is_some() {
        // "$359-381 billion"; but "$500 to $5 billion" stays as printed.
        lower.scale = upper.scale;
        if lower.value() >= upper.value() {
            lower.scale = None;
        }
    } else if upper.scale.is_none() && lower.scale.is_some() {
        upper.scale = lower.scale;
    }
    (lower.value(), upper.value(), measure)
}

/// "2 to 1", "3-to-1", "two-for-one" as a ratio.
pub(crate) fn ratio<'l>(view: &View<'l>, at: usize) -> Option<Figure<'l>> {
    let left = number(view, at, false)?;
    let dashed = view.is(left.end, "-");
    let word = left.end + usize::from(dashed);
    if !view.is_one_of(word, &["to", "for"]) {
        return None;
    }
    let from = word + 1 + usize::from(dashed && view.is(word + 1, "-"));
    let right = number(view, from, false)?;
    let plausible = right.value == 1.0
        && left.value >= 1.0
        && left.value < 1000.0
        && !if view.glued(at) { at > 0 && view.is_one_of(at - 1, &["$", "€", "£", "-", "/"]) } else { false };
    let free = !matches!(
        super::quantity::quantity(view, from).map(|q| q.measure),
        Some(Measure::Percent | Measure::Money { .. } | Measure::Times | Measure::Points { .. })
    ) && view.longest(right.end, List::Scale).is_none();
    (plausible && free).then_some(Figure {
        first: at,
        end: right.end,
        kind: Kind::Multiple,
        lo: Some(left.value),
        hi: Some(left.value),
        unit: Some("x"),
        qualifier: Qualifier::Exact,
        hedge: None,
        sign: Direction::None,
        vague: false,
        form: Form::Ratio,
        rule: "figure.ratio",
    })
}
