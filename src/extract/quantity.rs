//! Quantities: sign, currency, number, magnitude and unit as one.

use crate::lexicon::{List, UnitWord};
use crate::model::Shape;

use super::composite::{minor_part, one_of};
use super::number::{Number, number, value_of};
use super::view::View;

/// What a quantity is measured in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Measure<'l> {
    /// A currency (empty where several bear the name), and what the number is
    /// multiplied by (0.01 for cents).
    Money { code: &'l str, factor: f64 },
    /// Percent.
    Percent,
    /// Percentage points; basis points are 0.01 of one.
    Points { factor: f64 },
    /// A multiple.
    Times,
    /// A counted noun.
    Counted(&'l str),
    /// Nothing said.
    Bare,
}

/// A number with everything that belongs to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity<'l> {
    pub first: usize,
    pub end: usize,
    pub number: Number,
    /// Magnitude, where printed.
    pub scale: Option<f64>,
    pub measure: Measure<'l>,
    /// The currency stands before the number.
    pub prefix: bool,
    /// -1, +1 as printed.
    pub sign: Option<i8>,
    /// A trailing `+`.
    pub plus: bool,
    /// Id of the rule that found it.
    pub rule: &'static str,
}

impl Quantity<'_> {
    /// Its value in base units, without sign.
    pub fn value(&self) -> f64 {
        let factor = match self.measure {
            Measure::Money { factor, .. } | Measure::Points { factor } => factor,
            _ => 1.0,
        };
        tidy(self.number.value * self.scale.unwrap_or(1.0) * factor)
    }
}

/// Rounds away what binary fractions add ("19.15 million" is 19150000 sharp).
pub(crate) fn tidy(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    // Whole, with at most thirteen digits in front of its zeros.
    let whole = value.abs() < 9e15 && value % if value.abs() < 1e13 { 1.0 } else { 1000.0 } == 0.0;
    if whole {
        return value;
    }
    // Up to six decimals and thirteen digits: `value` is the nearest to a short decimal already.
    let millionths = (value * 1e6).round();
    if millionths.abs() < 1e13 && millionths / 1e6 == value {
        return value;
    }
    format!("{value:.12e}").parse().unwrap_or(value)
}

/// The quantity that begins at token `at`.
pub(crate) fn quantity<'l>(view: &View<'l>, at: usize) -> Option<Quantity<'l>> {
    let mut next = at;
    let mut sign = sign(view, next);
    if sign.is_some() {
        next += 1;
    }
    let mut money = None;
    if let Some((code, end)) = currency_before(view, next) {
        money = Some(code);
        next = end;
        if sign.is_none() {
            sign = self::sign(view, next);
            if sign.is_some() {
                next += 1;
            }
        }
    }
    let spaced = money.is_some() || currency_follows_spaced(view, next);
    let (found, mut rule) = match number(view, next, spaced) {
        Some(found) => (found, "figure.quantity"),
        None => (one_of(view, next)?, "figure.one_of"),
    };
    if money.is_none() && found.fraction && !found.words && !followed_by_measure(view, found.end) {
        return None;
    }
    let mut end = found.end;
    let mut number = found;
    let mut prefix = money.is_some();
    let mut scale = scale(view, &mut end, money.is_some());
    let measure = match (money, currency_after(view, end)) {
        (Some(code), after) => {
            let mut code = code;
            if let Some((named, factor, next)) = after {
                // "$50 USD", "$5 US dollars"
                if factor == 1.0 && (named == code || code == "USD") && !view.is_number(next) {
                    code = named;
                    end = next;
                }
            } else if scale.is_none() {
                let minor = minor_part(view, end, code, true, &mut number);
                rule = if minor > end { "figure.hundredths" } else { rule };
                end = minor;
            }
            Measure::Money { code, factor: 1.0 }
        }
        (None, Some((code, factor, next))) => {
            end = next;
            prefix = false;
            if factor == 1.0 && scale.is_none() {
                // "75 USD million", "20 rupees 43", "15 dollars 50"
                scale = self::scale(view, &mut end, false);
                if scale.is_none() {
                    let minor = minor_part(view, end, code, false, &mut number);
                    rule = if minor > end { "figure.hundredths" } else { rule };
                    end = minor;
                }
            }
            Measure::Money { code, factor }
        }
        (None, None) => unit(view, &mut end),
    };
    if let (Measure::Money { code, .. }, false) = (&measure, found.words) {
        group_points(view, found.first, code, &mut number);
    }
    let plus = view.is(end, "+") && view.glued(end) && !view.is_number(end + 1);
    if plus {
        end += 1;
    }
    Some(Quantity { first: at, end, number, scale, measure, prefix, sign, plus, rule })
}

/// "+", "-" before a number, unless it joins two numbers or words.
fn sign(view: &View<'_>, at: usize) -> Option<i8> {
    let sign = match view.word(at) {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let joined = view.glued(at)
        && at > 0
        && (view.is_number(at - 1) || view.is_word(at - 1) || view.is_one_of(at - 1, &["%", ")", "]"]));
    (view.glued(at + 1) && !joined).then_some(sign)
}

/// A currency sign, word or code in front of a number: its ISO code.
fn currency_before<'l>(view: &View<'l>, at: usize) -> Option<(&'l str, usize)> {
    let hit = view
        .hits_at(at)
        .iter()
        .rev()
        .find(|h| h.sense.list == List::Currency && is_currency(view, h.first, h.end, h.sense.index))?;
    let word = &view.lexicon.figures().currencies[hit.sense.index as usize];
    // "won 14-9": a game.
    let won = view.is(at, "won") && !view.word(hit.end).contains(',');
    let named = !word.symbol && word.factor == 1.0 && view.is_number(hit.end) && !won;
    let mut end = hit.end;
    let mut code = word.code.as_str();
    if view.is(end, ":") && view.glued(end) {
        end += 1;
    }
    // "$ SGD4.90", "USD $5"
    if let Some(second) = view.longest(end, List::Currency).filter(|h| is_currency(view, h.first, h.end, h.sense.index))
    {
        let other = &view.lexicon.figures().currencies[second.sense.index as usize];
        if other.symbol && (other.is_code || word.is_code) {
            if other.is_code {
                code = &other.code;
            }
            end = second.end;
        }
    }
    (word.symbol || named).then_some((code, end))
}

/// Codes and alphabetic signs count only in their own case.
fn is_currency(view: &View<'_>, first: usize, end: usize, index: u32) -> bool {
    let word = &view.lexicon.figures().currencies[index as usize];
    if word.is_code {
        return view.shape(first) == Shape::Upper;
    }
    let letters = view.is_word(first) && view.word(first).len() <= 3 && view.word(first).is_ascii();
    if end == first + 1 {
        let lower = view.shape(first) == Shape::Lower && !word.lower;
        return !letters || view.word(first).len() > 2 || !lower || word.factor != 1.0;
    }
    // "A$", "US $": one letter must touch its sign; letters apart must be capitals.
    let touching = (first + 1..end).all(|i| view.glued(i));
    !letters || !word.symbol || touching || (view.word(first).len() > 1 && view.shape(first) == Shape::Upper)
}

fn currency_follows_spaced(view: &View<'_>, at: usize) -> bool {
    let mut end = at + 1;
    // A row of more numbers is no amount in groups of three digits.
    while view.is_number(end) && end < at + 8 {
        end += 1;
    }
    end > at + 1 && (currency_after(view, end).is_some() || end == view.tokens().len())
}

fn followed_by_measure(view: &View<'_>, at: usize) -> bool {
    currency_after(view, at).is_some()
        || !matches!(unit(view, &mut at.clone()), Measure::Bare)
        || view.longest(at, List::Scale).is_some()
}

/// A currency behind a number: code, factor, end.
pub(super) fn currency_after<'l>(view: &View<'l>, at: usize) -> Option<(&'l str, f64, usize)> {
    let hyphen = view.is(at, "-") && view.glued(at) && view.glued(at + 1);
    let from = if hyphen { at + 1 } else { at };
    let hit = view
        .hits_at(from)
        .iter()
        .rev()
        .find(|h| h.sense.list == List::Currency && is_currency(view, h.first, h.end, h.sense.index))?;
    let word = &view.lexicon.figures().currencies[hit.sense.index as usize];
    let letters = view.word(from);
    // "50p", "99c" are glued; a sign before the next number belongs to that number.
    if letters.len() == 1 && view.is_word(from) && !view.glued(from) && word.factor != 1.0 {
        return None;
    }
    if word.symbol
        && !word.is_code
        && !view.is_word(from)
        && view.is_number(hit.end)
        && !view.glued(from)
        && view.glued(hit.end)
    {
        return None;
    }
    if view.is_word(hit.end) && view.glued(hit.end) || weight(view, from, hit.end) {
        return None;
    }
    Some((&word.code, word.factor, hit.end))
}

/// "5 pound bags": several, and not pounds.
fn weight(view: &View<'_>, at: usize, end: usize) -> bool {
    const GOODS: &[&str] = &[
        "bags", "bag", "bird", "birds", "box", "boxes", "baby", "weight", "weights", "dog", "dogs", "fish", "turkey",
        "turkeys", "sack", "sacks", "package", "packages", "man", "men",
    ];
    view.is(at, "pound") && at > 0 && (view.is_number(at - 1) || view.is(at - 1, "-")) && view.is_one_of(end, GOODS)
}

/// The magnitude behind a number: words ("billion", "lakh crore"), and letters
/// right behind it ("bn", "M").
fn scale(view: &View<'_>, end: &mut usize, money: bool) -> Option<f64> {
    let mut factor: Option<f64> = None;
    for _ in 0..2 {
        let hyphen = view.is(*end, "-") && view.glued(*end) && view.glued(*end + 1);
        let from = if hyphen { *end + 1 } else { *end };
        let Some(hit) = view.longest(from, List::Scale) else { break };
        let scale = view.lexicon.figures().scales[hit.sense.index as usize];
        let letters = !scale.word;
        let touches = view.glued(from) && !hyphen;
        let long = view.word(from).len() > 1;
        // "3 m" is no magnitude unless money or a two-letter sign says so.
        if letters && !(touches || (long && !hyphen) || (money && !hyphen)) {
            break;
        }
        // "5th", "10mm-wide": the letters go on.
        if letters && (view.glued(hit.end) && (view.is_word(hit.end) || view.is_number(hit.end))) {
            break;
        }
        factor = Some(factor.unwrap_or(1.0) * scale.factor);
        *end = hit.end;
        if letters {
            break;
        }
    }
    factor
}

/// The unit behind a number.
fn unit<'l>(view: &View<'l>, end: &mut usize) -> Measure<'l> {
    let hyphen = view.is(*end, "-") && view.glued(*end) && view.glued(*end + 1);
    let from = if hyphen { *end + 1 } else { *end };
    let Some(hit) = view.longest(from, List::Unit) else { return Measure::Bare };
    let measure = match &view.lexicon.figures().units[hit.sense.index as usize] {
        UnitWord::Percent => {
            let sign = view.is(from, "%");
            if !sign && view.is_one_of(from, &["pc", "percentage"]) && hyphen {
                return Measure::Bare;
            }
            Measure::Percent
        }
        UnitWord::PercentagePoints => Measure::Points { factor: 1.0 },
        UnitWord::BasisPoints => Measure::Points { factor: 0.01 },
        UnitWord::Times => {
            let x = view.is_one_of(from, &["x", "×"]);
            // "4 x 4", "3 times a week", "x" that goes on
            if x && (!view.glued(from) || view.is_number(hit.end) || (view.glued(hit.end) && view.is_word(hit.end))) {
                return Measure::Bare;
            }
            if !x
                && view.is(from, "times")
                && !(view.is_one_of(hit.end, &["this", "last"]) && view.is(hit.end + 2, "'s"))
                && (view.is_one_of(hit.end, &["a", "per", "in", "already", "this", "last", "since", "before", "over"])
                    || hyphen
                    || view.is_one_of(hit.end, &["."]))
            {
                return Measure::Bare;
            }
            Measure::Times
        }
        UnitWord::Counted(noun) => {
            let power = matches!(
                noun.as_str(),
                "TWh" | "kWh" | "MW" | "GW" | "megawatt" | "gigawatt" | "MWh" | "GWh" | "megawatts" | "gigawatts"
            );
            if hyphen && !power {
                return Measure::Bare;
            }
            *end = if power { hit.end } else { hit.first };
            return Measure::Counted(noun);
        }
    };
    *end = hit.end;
    measure
}

/// Currencies written with points between thousands: "Rp 31.500".
fn group_points(view: &View<'_>, at: usize, code: &str, number: &mut Number) {
    let digits = view.word(at);
    let thousands = digits
        .rsplit_once('.')
        .is_some_and(|(head, tail)| tail.len() == 3 && !head.contains(',') && head.len() <= 3 && head != "0");
    if thousands && matches!(code, "IDR" | "VND" | "COP" | "CLP" | "ARS" | "PYG") {
        number.value = value_of(&digits.replace('.', ""));
    }
}
