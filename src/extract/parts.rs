//! Parts: fractions in words that state a share or a change ("about a third
//! of sales", "fell by half", "one in five companies").
//!
//! What must not happen: a half-year, a third quarter or a second half read as
//! a share.

use crate::lexicon::List;
use crate::model::{Direction, Kind, Qualifier, Shape};

use super::figure::{Figure, Form};
use super::hedge::hedge;
use super::number::value_of;
use super::view::View;
use super::words::Words;

/// What one part is of how many.
const BELOW: [(&str, f64); 14] = [
    ("third", 3.0),
    ("thirds", 3.0),
    ("quarter", 4.0),
    ("quarters", 4.0),
    ("fourth", 4.0),
    ("fourths", 4.0),
    ("fifth", 5.0),
    ("fifths", 5.0),
    ("sixth", 6.0),
    ("sixths", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("tenth", 10.0),
    ("tenths", 10.0),
];

const UP_TO_TEN: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// The figure of a part at `at`.
pub(super) fn part<'l>(view: &View<'l>, at: usize) -> Option<Figure<'l>> {
    let (value, end) = fraction(view, at)?;
    if let Some((end, unit)) = of_a_percent(view, end) {
        return Some(figure(view, at, end, value, unit));
    }
    if ordinary(view, at, end) || !(share(view, at, end) || change(view, at, end)) {
        return None;
    }
    Some(figure(view, at, end, percent(value), "%"))
}

/// "one in five companies", "three out of every ten".
pub(super) fn one_in<'l>(view: &View<'l>, at: usize) -> Option<Figure<'l>> {
    let few = |i: usize| {
        let word = UP_TO_TEN.iter().position(|w| view.is(i, w)).map(|n| n as f64 + 1.0);
        word.or_else(|| view.is_number(i).then(|| value_of(view.word(i))))
    };
    let out = view.is(at + 1, "out") && view.is(at + 2, "of");
    let mut below = at + if out { 3 } else { 2 };
    if !(out || view.is(at + 1, "in")) {
        return None;
    }
    let some = few(at)?;
    below += usize::from(view.is(below, "every"));
    let of = few(below)?;
    let end = below + 1;
    let joined = at > 0 && view.glued(at) && view.is_one_of(at - 1, &["-", "/", ".", "$", ":"]);
    let whole = some >= 1.0 && some < of && some.fract() == 0.0 && of.fract() == 0.0 && of <= 100.0;
    let counted = view.is_word(end) && !view.glued(end) && !view.is_one_of(end, TIMES) && !view.is_one_of(end, CLOSERS);
    let several = view.word(end).ends_with('s') || view.is_one_of(end, &["people", "of", "men", "women"]);
    (whole && !joined && counted && several).then(|| {
        let mut found = figure(view, at, end, percent(some / of), "%");
        found.rule = "figure.one_in";
        found
    })
}

/// Units of time: "one in five years", "half the year".
const TIMES: Words = &[
    "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes",
    "quarter", "quarters", "decade", "decades", "century", "season", "seasons", "night", "time", "way", "battle",
    "session", "sessions", "game", "story", "dozen", "million", "billion", "trillion", "percent",
];

/// What may follow "one in five" when it is no share.
const CLOSERS: Words =
    &["and", "or", "in", "on", "at", "to", "for", "was", "is", "were", "as", "but", "plus", "has", "this", "its"];

/// "a third", "two-thirds", "half": value and end.
fn fraction(view: &View<'_>, at: usize) -> Option<(f64, usize)> {
    if view.is(at, "half") {
        return Some((0.5, at + 1));
    }
    let above = match view.lower(at) {
        b"a" => 1.0,
        _ => UP_TO_TEN.iter().position(|w| view.is(at, w))? as f64 + 1.0,
    };
    let dash = usize::from(view.is(at + 1, "-") && view.glued(at + 1) && view.glued(at + 2));
    let last = at + 1 + dash;
    if view.is(last, "half") && above == 1.0 && !view.is(at, "a") {
        return Some((0.5, last + 1));
    }
    let (word, below) = *BELOW.iter().find(|(word, _)| view.is(last, word))?;
    let plural = word.ends_with('s');
    (plural == (above > 1.0) && above < below).then_some((above / below, last + 1))
}

/// Rounded as texts print it.
fn percent(value: f64) -> f64 {
    (value * 1000.0).round() / 10.0
}

/// "a tenth of a percent", "three-quarters of a percentage point", "half a percent".
fn of_a_percent(view: &View<'_>, end: usize) -> Option<(usize, &'static str)> {
    let of = end + usize::from(view.is(end, "of"));
    if !view.is_one_of(of, &["a", "one"]) {
        return None;
    }
    let at = of + 1;
    if view.is(at, "percentage") {
        let point = at + 1 + usize::from(view.is(at + 1, "-"));
        return view.is(point, "point").then_some((point + 1, "pp"));
    }
    if view.is(at, "per") && view.is(at + 1, "cent") {
        return Some((at + 2, "%"));
    }
    view.is_one_of(at, &["percent", "%", "pct"]).then_some((at + 1, "%"))
}

/// "the second half", "half-year", "half a billion", "a third straight".
fn ordinary(view: &View<'_>, at: usize, end: usize) -> bool {
    const BEFORE: Words = &[
        "first", "second", "third", "latter", "other", "top", "bottom", "upper", "lower", "front", "back", "final",
        "last", "next", "this", "that", "better", "worse", "the", "each", "a", "an", "fiscal", "'s", "per", "early",
        "late", "1st", "2nd", "weak", "strong", "every", "any", "for", "into",
    ];
    let joined = view.glued(at) && at > 0 && view.is_one_of(at - 1, &["-", "/", "'"]);
    let goes_on = view.glued(end) && view.is_one_of(end, &["-", "/"]);
    let led = at > 0 && view.is_one_of(at - 1, BEFORE);
    joined
        || goes_on
        || led
        || at > 1 && view.is(at - 1, "and") && (view.is_number(at - 2) || view.begins(at - 2, &[List::Number]))
        || view.begins(end, &[List::Scale, List::Currency])
        || view.is_one_of(
            end,
            &["a", "an", "straight", "consecutive", "successive", "earlier", "ago", "later", "time", "point"],
        )
}

/// "of its revenue", "half its value", "half the companies", "half came from".
fn share(view: &View<'_>, at: usize, end: usize) -> bool {
    const OWNERS: Words = &[
        "the", "its", "their", "his", "her", "our", "my", "your", "all", "these", "those", "that", "it", "them", "each",
    ];
    let half = view.is(end - 1, "half");
    let of = view.is(end, "of");
    if !(of || half && view.is_one_of(end, OWNERS)) {
        return pronoun(view, at, end);
    }
    let whole = end + usize::from(of);
    let timed = |i: usize| {
        view.is_one_of(i, TIMES)
            || view.is_number(i) && (1900.0..2101.0).contains(&value_of(view.word(i)))
            || view.is_one_of(i, &["next", "last", "fiscal"]) && !view.is(i + 1, "year's")
    };
    let noun = whole + usize::from(view.is_one_of(whole, OWNERS));
    let time = timed(noun) && !view.is(noun + 1, "'s") || view.is_one_of(noun, &["first", "second", "past"]);
    // "half the price" compares.
    let compares =
        view.is_one_of(noun, &["price", "size", "rate", "pace", "cost", "speed", "level", "amount", "distance"]);
    if time || compares {
        return false;
    }
    let known = view.is_one_of(whole, OWNERS)
        || view.is_number(whole)
        || view.is(whole, "$")
        || view.shape(whole) != Shape::Lower
        || view.begins(whole, &[List::Unit, List::Entity, List::Metric])
        || view.word(whole).ends_with('s') && !view.is_one_of(whole, &["losses", "gains", "declines", "this", "us"]);
    // "a quarter of strong growth": a span of time.
    known && !(view.is(end - 1, "quarter") && growth(view, whole))
}

fn growth(view: &View<'_>, at: usize) -> bool {
    view.is_one_of(
        at,
        &["growth", "losses", "gains", "declines", "weakness", "strength", "results", "earnings", "transition"],
    )
}

/// "Nearly half came from services", "two-thirds said": a share of what was named.
fn pronoun(view: &View<'_>, at: usize, end: usize) -> bool {
    const VERBS: Words = &[
        "came", "comes", "went", "goes", "stems", "stemmed", "said", "say", "were", "are", "had", "have", "expect",
        "expected", "reported", "beat", "missed", "plan", "planned", "think", "see", "believe",
    ];
    let plural = view.word(end - 1).ends_with("s") || view.is(end - 1, "half");
    plural
        && view.is_one_of(end, VERBS)
        && (hedged(view, at) || at == 0 || view.is_one_of(at - 1, &[".", ";", ",", "and"]))
}

fn hedged(view: &View<'_>, at: usize) -> bool {
    at > 0 && view.hits_at(at - 1).iter().any(|h| h.sense.list == List::Hedge && h.end == at)
        || at > 1 && view.hits_at(at - 2).iter().any(|h| h.sense.list == List::Hedge && h.end == at)
}

/// "fell by a third", "down two-thirds", "a fifth lower".
fn change(view: &View<'_>, at: usize, end: usize) -> bool {
    const MORE: Words =
        &["more", "less", "higher", "lower", "fewer", "above", "below", "cheaper", "bigger", "larger", "smaller"];
    if view.is_one_of(end, MORE) {
        return !view.is_one_of(end + 1, &["time"]) && !view.is(end - 1, "quarter");
    }
    // Over the hedge and "by" to the verb.
    let mut before = at;
    for _ in 0..3 {
        let hedge = before > 0
            && (view.is_one_of(
                before - 1,
                &[
                    "by",
                    "about",
                    "nearly",
                    "almost",
                    "roughly",
                    "around",
                    "some",
                    "than",
                    "over",
                    "least",
                    "at",
                    "more",
                    "less",
                    "approximately",
                    "only",
                    "just",
                    "another",
                ],
            ));
        if !hedge {
            break;
        }
        before -= 1;
    }
    let moves = before > 0
        && (view.begins(before - 1, &[List::Movement])
            || view.is_one_of(before - 1, &["down", "up", "cut", "shed", "lost", "lose", "loses", "losing", "wiped"]));
    // "cut its workforce by a third"
    let object = view.is(before, "by")
        && (before.saturating_sub(6)..before).any(|i| {
            view.begins(i, &[List::Movement])
                || view.is_one_of(
                    i,
                    &["cut", "cutting", "cuts", "shrink", "shrank", "reduce", "reduced", "reducing", "trim", "trimmed"],
                )
        });
    let closes = !view.is_word(end)
        || view.is_one_of(
            end,
            &[
                "from", "in", "since", "this", "last", "over", "to", "on", "after", "as", "and", "while", "or",
                "during", "when", "because", "by", "at", "but", "between", "against", "compared",
            ],
        );
    (moves || object) && closes && !(view.is(end - 1, "quarter") && !view.is(before, "by") && !hedged(view, at))
}

fn figure<'l>(view: &View<'l>, first: usize, end: usize, value: f64, unit: &'static str) -> Figure<'l> {
    let mut figure = Figure {
        first,
        end,
        kind: Kind::Percent,
        lo: Some(value),
        hi: Some(value),
        unit: Some(unit),
        qualifier: Qualifier::Exact,
        hedge: None,
        sign: Direction::None,
        vague: false,
        form: Form::Quantity,
        rule: "figure.part",
    };
    hedge(view, &mut figure, false);
    figure
}
