//! Finds every figure of a sentence.

use crate::lexicon::List;
use crate::model::{Direction, Kind, Qualifier, Sentence};

use super::classes::Class;
use super::composite::coins;
use super::figure::{Figure, Form, figure, iso, ratio};
use super::hedge::hedge;
use super::parts::{one_in, part};
use super::refused::{certainty, citation, glued_to_word, inside_address, model};
use super::view::View;
use super::words::{Words, joined};

/// The figures of a sentence, in text order. `taken` says which tokens belong
/// to names ("S&P 500", "3M").
pub(crate) fn figures<'l>(
    view: &View<'l>,
    sentence: &Sentence,
    taken: &dyn Fn(usize) -> bool,
    out: &mut Vec<Figure<'l>>,
) {
    if let Some(coins) = coins(view) {
        out.push(coins);
        return;
    }
    let mut at = sentence.first;
    while at < sentence.end {
        if !may_begin(view, at) || taken(at) || citation(view, at) || inside_address(view, at) {
            at += 1;
            continue;
        }
        // "by a quarter point": the article stays out.
        if view.is(at, "a") && part_of_point(view, at + 1).is_some() && part_of_point(view, at).is_none() {
            at += 1;
            continue;
        }
        let found = ratio(view, at)
            .or_else(|| part_of_point(view, at))
            .or_else(|| part(view, at))
            .or_else(|| one_in(view, at))
            .or_else(|| multiplier(view, at))
            .or_else(|| vague(view, at))
            .or_else(|| figure(view, at));
        match found {
            Some(f) if f.end <= sentence.end && f.end > at => {
                at = f.end;
                if is_figure(view, &f) {
                    out.push(f);
                }
            }
            _ => at += 1,
        }
    }
}

/// Whether a figure can begin here at all: a cheap test for every token.
fn may_begin(view: &View<'_>, at: usize) -> bool {
    if view.is_number(at) || view.begins(at, &[List::Number, List::Currency, List::Scale]) {
        return true;
    }
    if !view.is_a(at, Class::Figure) {
        return false;
    }
    match view.lower(at) {
        b"+" | b"-" | b"." => view.glued(at + 1),
        b"a" | b"an" => view.begins(at + 1, &[List::Scale, List::Currency]) || view.is_one_of(at + 1, PARTS),
        b"multibillion" | b"multimillion" | b"multitrillion" => true,
        b"tens" | b"dozens" | b"scores" => view.is(at + 1, "of") || view.is(at + 2, "of"),
        _ => view.is_word(at),
    }
}

/// Nouns of parts behind "a".
const PARTS: Words = &["quarter", "half", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "tenth"];

/// What a word multiplies by.
const MULTIPLIERS: [(&str, f64); 27] = [
    ("doubled", 2.0),
    ("doubling", 2.0),
    ("doubles", 2.0),
    ("double", 2.0),
    ("twofold", 2.0),
    ("twice", 2.0),
    ("tripled", 3.0),
    ("tripling", 3.0),
    ("triples", 3.0),
    ("triple", 3.0),
    ("trebled", 3.0),
    ("threefold", 3.0),
    ("quadrupled", 4.0),
    ("quadrupling", 4.0),
    ("quadruple", 4.0),
    ("fourfold", 4.0),
    ("quintupled", 5.0),
    ("quintupling", 5.0),
    ("quintuple", 5.0),
    ("fivefold", 5.0),
    ("sixfold", 6.0),
    ("sevenfold", 7.0),
    ("eightfold", 8.0),
    ("ninefold", 9.0),
    ("tenfold", 10.0),
    ("halved", 0.5),
    ("halving", 0.5),
];

/// The words of [`MULTIPLIERS`].
const MULTIPLYING: Words = &{
    let mut words = [""; MULTIPLIERS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = MULTIPLIERS[at].0;
        at += 1;
    }
    words
};

/// Other words and signs that a figure may begin with, where the next ones agree.
const OPENERS: Words =
    &["+", "-", ".", "a", "an", "multibillion", "multimillion", "multitrillion", "tens", "dozens", "scores"];

/// All of them: most words of a text are none.
pub(super) const STARTS: Words = &joined::<{ OPENERS.len() + MULTIPLYING.len() }>(&[OPENERS, MULTIPLYING]);

/// Whether a quantity is a figure by itself; bare numbers need their context
/// (see [`super::bare`]).
fn is_figure(view: &View<'_>, figure: &Figure) -> bool {
    if glued_to_word(view, figure) || certainty(view, figure) || model(view, figure) {
        return false;
    }
    match figure.form {
        Form::Quantity => figure.kind != Kind::Count,
        Form::Bare => false,
        _ => true,
    }
}

/// "a quarter-point cut", "half a percentage point", "a quarter of a percentage
/// point": part of a percentage point.
fn part_of_point<'l>(view: &View<'l>, at: usize) -> Option<Figure<'l>> {
    let part = at + usize::from(view.is(at, "a"));
    let value = match view.lower(part) {
        b"quarter" => 0.25,
        b"half" => 0.5,
        _ => return None,
    };
    let of = view.is(part + 1, "of") && view.is(part + 2, "a");
    let half_a = part == at && view.is(part + 1, "a");
    // "a quarter-point cut": the article belongs to the cut.
    if part > at && !of {
        return None;
    }
    let mut next = part + if of { 3 } else { 1 + usize::from(half_a || view.is(part + 1, "-")) };
    if view.is(next, "percentage") {
        next += 1 + usize::from(view.is(next + 1, "-"));
    }
    if !view.is(next, "point") {
        return None;
    }
    Some(Figure {
        first: at,
        end: next + 1,
        kind: Kind::Percent,
        lo: Some(value),
        hi: Some(value),
        unit: Some("pp"),
        qualifier: Qualifier::Exact,
        hedge: None,
        sign: Direction::None,
        vague: false,
        form: Form::Quantity,
        rule: "figure.part_of_point",
    })
}

/// What a verb or adverb multiplies by.
fn multiplier_word(view: &View<'_>, at: usize) -> Option<f64> {
    if !view.is_a(at, Class::Figure) || !view.is_one_of(at, MULTIPLYING) || !view.is_word(at) {
        return None;
    }
    MULTIPLIERS.iter().find(|(word, _)| view.is(at, word)).map(|(_, value)| *value)
}

/// "doubled", "nearly double the $359-381 billion", "twice as much as".
fn multiplier<'l>(view: &View<'l>, at: usize) -> Option<Figure<'l>> {
    let value = multiplier_word(view, at)?;
    let next = at + 1;
    // "double-digit", "double hit", "double down", "triple threat"
    if view.is(next, "-") && view.glued(next) {
        return None;
    }
    let bare = view.is_one_of(at, &["double", "triple", "quadruple", "twice"]);
    if bare {
        let compares = view.is_one_of(
            next,
            &[
                "the", "its", "their", "what", "that", "last", "from", "year", "in", "by", "as", "to", "over", "this",
                "his", "our", "a", "since", "during", "every", "within", "again", "when",
            ],
        ) || view.is_one_of(next, &["$", "€", "£", "."])
            || next >= view.tokens().len();
        let adverb = view.is_one_of(next, &["as", "the", "its", "their", "what", "that", "last", "$"]);
        let idle = view.is(next, "a")
            || (view.is(at, "twice") && !adverb)
            || (view.is(next, "in") && view.is_one_of(next + 1, &["a"]));
        if !compares || idle {
            return None;
        }
    }
    if view.is_one_of(at, &["doubling", "doubled", "doubles"]) && view.is(next, "down") {
        return None;
    }
    let mut figure = Figure {
        first: at,
        end: next,
        kind: Kind::Multiple,
        lo: Some(value),
        hi: Some(value),
        unit: Some("x"),
        qualifier: Qualifier::Exact,
        hedge: None,
        sign: if value < 1.0 { Direction::Down } else { Direction::Up },
        vague: false,
        form: Form::Multiplier,
        rule: "figure.multiplier",
    };
    hedge(view, &mut figure, false);
    Some(figure)
}

/// "billions", "hundreds of billions", "tens of millions of dollars",
/// "trillion-dollar", "multibillion-dollar".
fn vague<'l>(view: &View<'l>, at: usize) -> Option<Figure<'l>> {
    let scales = &view.lexicon.figures().scales;
    let plural = |at: usize| {
        view.longest(at, List::Scale).map(|h| (scales[h.sense.index as usize], h.end)).filter(|(s, _)| s.plural)
    };
    let mut first = at;
    let mut times = (1.0, 1000.0);
    let mut from = at;
    let dash = usize::from(view.is(at + 1, "-"));
    let many = view.is_a(at, Class::Figure) && view.is_one_of(at, &["tens", "dozens", "scores"]);
    if many && view.is(at + 1 + dash, "of") {
        times = (10.0, 100.0);
        from = at + 2 + 2 * dash;
    } else if let Some((head, end)) = plural(at).filter(|(s, _)| s.factor <= 1000.0) {
        if !view.is(end, "of") || plural(end + 1).is_none() {
            return None;
        }
        times = (head.factor, head.factor * 10.0);
        from = end + 1;
    }
    if let Some((scale, end)) = plural(from).filter(|(s, _)| s.factor >= 1e6) {
        let mut end = end;
        let mut unit = "USD";
        let of = if view.is(end, "of") { end + 1 } else { end };
        if let Some(hit) = view.longest(of, List::Currency) {
            unit = &view.lexicon.figures().currencies[hit.sense.index as usize].code;
            end = hit.end;
        } else if view.is(end, "of") {
            // "billions of people"
            return None;
        } else if dash == 0 && !spent(view, first) {
            return None;
        }
        if let Some(before) = first.checked_sub(1).filter(|b| view.is(*b, "$")) {
            first = before;
        }
        return Some(vague_figure(first, end, scale.factor * times.0, scale.factor * times.1, unit));
    }
    let many = match view.lower(at) {
        b"multimillion" => Some(1e6),
        b"multibillion" => Some(1e9),
        b"multitrillion" => Some(1e12),
        _ => None,
    };
    if let Some(factor) = many.filter(|_| view.is(at + 1, "-") && view.glued(at + 1)) {
        let money = view.longest(at + 2, List::Currency)?;
        let unit = &view.lexicon.figures().currencies[money.sense.index as usize].code;
        return Some(vague_figure(at, money.end, factor, factor * 1000.0, unit));
    }
    // "trillion-dollar outcomes", "a billion-dollar company"
    let hit = view.longest(at, List::Scale)?;
    let scale = scales[hit.sense.index as usize];
    let numbered = at > 0
        && (view.is_number(at - 1)
            || view.is(at - 1, "-")
            || view.hits_at(at - 1).iter().any(|h| h.sense.list == List::Number));
    let dollar = view.is(hit.end, "-") && view.glued(hit.end);
    if !scale.word || scale.factor < 1e6 || numbered || !dollar {
        return None;
    }
    let money = view.longest(hit.end + 1, List::Currency)?;
    let unit = &view.lexicon.figures().currencies[money.sense.index as usize].code;
    let mut figure = vague_figure(at, money.end, scale.factor, scale.factor, unit);
    figure.qualifier = Qualifier::Approx;
    Some(figure)
}

/// Whether money is what is meant: a verb of spending, raising or losing before.
fn spent(view: &View<'_>, at: usize) -> bool {
    let verbs = &[
        "spend",
        "spends",
        "spent",
        "spending",
        "invest",
        "invests",
        "invested",
        "investing",
        "raise",
        "raised",
        "raising",
        "borrow",
        "borrowed",
        "pour",
        "poured",
        "pouring",
        "cost",
        "costs",
        "costing",
        "lose",
        "lost",
        "losing",
        "earn",
        "earned",
        "worth",
        "burn",
        "burned",
        "burning",
        "commit",
        "committed",
        "committing",
        "pledged",
        "paid",
        "pay",
        "paying",
        "wiped",
        "added",
        "shed",
        "sank",
        "plow",
        "plowed",
        "plowing",
        "funnel",
        "funneled",
    ];
    view.any_word(at.saturating_sub(4), at, verbs)
}

fn vague_figure(first: usize, end: usize, lo: f64, hi: f64, unit: &str) -> Figure<'_> {
    Figure {
        first,
        end,
        kind: Kind::Money,
        lo: Some(lo),
        hi: Some(hi),
        unit: iso(unit),
        qualifier: Qualifier::Approx,
        hedge: None,
        sign: Direction::None,
        vague: true,
        form: Form::Vague,
        rule: "figure.vague",
    }
}
