//! Composites: amounts of two parts ("twenty dollars and 43 cents"), and one
//! of a currency ("a dollar a share"); and coins where nothing else is said.

use crate::lexicon::List;
use crate::model::{Direction, Kind, Qualifier};

use super::figure::{Figure, Form, iso};
use super::number::{Number, number};
use super::quantity::{currency_after, tidy};
use super::view::View;

/// The hundredths behind an amount of a currency: "20 rupees 43", "$20 and 43
/// cents", "3 dollars and fourteen". Adds them to the number and says where
/// they end; `at` where there are none.
///
/// Hundredths that are not named stand at the end of what is said. In front of
/// two lone numbers the sign says more: "$15 and 20" are two.
pub(super) fn minor_part(view: &View<'_>, at: usize, code: &str, prefix: bool, number: &mut Number) -> usize {
    let joined = view.is(at, "and");
    let from = at + usize::from(joined);
    let Some(minor) = self::number(view, from, false) else { return at };
    let whole = [&*number, &minor].iter().all(|n| n.value.fract() == 0.0 && !n.scaled && !n.fraction);
    if !whole || minor.value >= 100.0 || number.value == 0.0 || several(view, number.first, minor.end) {
        return at;
    }
    let named = currency_after(view, minor.end).filter(|(other, factor, _)| {
        // Cents are of every dollar, and of more.
        *factor == 0.01 && (*other == code || *other == "USD")
    });
    let end = match named {
        Some((.., end)) if joined || !prefix => end,
        Some(_) => return at,
        None => {
            let last = minor.end >= view.tokens().len() || view.is_one_of(minor.end, &[".", "!", "?"]);
            let spoken = minor.words || (!prefix && (!joined || view.word(from).len() == 2));
            if !last || !spoken || (prefix && !joined) {
                return at;
            }
            minor.end
        }
    };
    number.value += minor.value / 100.0;
    end
}

/// Whether two numbers are two figures: "between … and", "… respectively".
fn several(view: &View<'_>, first: usize, end: usize) -> bool {
    let clause = (end..view.tokens().len().min(end + 16)).take_while(|i| !view.is(*i, "."));
    view.any_word(first.saturating_sub(4), first, &["between", "both", "either"])
        || clause.into_iter().any(|i| view.is(i, "respectively"))
}

/// "a dollar", where an amount is meant: the currency as a subject ("a dollar
/// rally"), a measure ("70 cents a dollar") or an idiom is none.
pub(super) fn one_of(view: &View<'_>, at: usize) -> Option<Number> {
    if !view.is_one_of(at, &["a", "an"]) || !view.is_one_of(at + 1, ONES) {
        return None;
    }
    let (.., end) = currency_after(view, at + 1).filter(|(_, factor, _)| *factor == 1.0)?;
    let counted =
        at > 0 && (view.is_number(at - 1) || view.begins(at - 1, &[List::Currency, List::Number, List::Unit]));
    let hundredths = view.is(end, "and")
        && number(view, end + 1, false)
            .and_then(|n| currency_after(view, n.end))
            .is_some_and(|(_, factor, _)| factor == 0.01);
    let alone = end >= view.tokens().len() || view.is_one_of(end, FOLLOWERS);
    let one = Number { first: at, end: at + 1, value: 1.0, words: true, fraction: false, scaled: false };
    (!counted && (hundredths || alone)).then_some(one)
}

/// Currencies of which one is spoken of; a pound is a weight as well.
const ONES: &[&str] = &["dollar", "euro", "buck", "yuan", "rupee"];

/// What follows an amount, not a noun.
const FOLLOWERS: &[&str] = &[
    ".", ",", ";", ":", "!", "?", ")", "a", "an", "per", "each", "apiece", "more", "less", "higher", "lower", "to",
    "from",
];

/// Tokens of the longest text that is nothing but coins: "a", "half", "dozen",
/// the coin, a full stop.
const COINS_LONG: usize = 5;

/// "a dime", "four quarters", where the whole text is this and no more. In a
/// sentence a quarter is a period, nickel a metal and a dime what trends turn on.
pub(super) fn coins<'l>(view: &View<'l>) -> Option<Figure<'l>> {
    let tokens = view.tokens().len();
    if tokens == 0 || tokens > COINS_LONG {
        return None;
    }
    let end = tokens - usize::from(view.is_one_of(tokens - 1, &[".", "!", "?"]));
    let coin = view.lexicon.figures().coins.get(std::str::from_utf8(view.lower(end.checked_sub(1)?)).ok()?)?;
    // "a quarter" is a fraction as well, but the coin stands apart from its number.
    let counted = number(view, 0, false).map(|n| (n.value, n.end)).filter(|(_, from)| *from < end);
    let article = view.is_one_of(0, &["a", "an", "one"]).then_some((1.0, 1));
    let (count, from) = counted.or(article).unwrap_or((1.0, 0));
    let value = Some(tidy(count * coin.value));
    (from + 1 == end).then(|| Figure {
        first: 0,
        end,
        kind: Kind::Money,
        lo: value,
        hi: value,
        unit: iso(&coin.code),
        qualifier: Qualifier::Exact,
        hedge: None,
        sign: Direction::None,
        vague: false,
        form: Form::Quantity,
        rule: "figure.coins",
    })
}
