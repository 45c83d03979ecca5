//! Numbers: digits and number words → values.

use crate::lexicon::List;

use super::view::View;

/// A plain number, without magnitude word or unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    pub first: usize,
    pub end: usize,
    pub value: f64,
    /// Written in words, or with a word in it.
    pub words: bool,
    /// "half", "a third", "3/4".
    pub fraction: bool,
    /// A magnitude word is part of it ("two hundred thousand").
    pub scaled: bool,
}

/// The number that begins at token `at`. `spaced`: white space may group
/// thousands ("9 282"), as it does beside a currency.
pub(crate) fn number(view: &View<'_>, at: usize, spaced: bool) -> Option<Number> {
    if view.is_number(at) {
        return Some(digits(view, at, spaced));
    }
    if let Some(found) = point_first(view, at) {
        return Some(found);
    }
    if view.is_word(at) || view.longest(at, List::Number).is_some() {
        return in_words(view, at);
    }
    None
}

/// ".75": a decimal without its zero.
fn point_first(view: &View<'_>, at: usize) -> Option<Number> {
    if !view.is(at, ".") {
        return None;
    }
    let joined = view.glued(at)
        && at > 0
        && (view.is_word(at - 1) || view.is_number(at - 1) || view.is_one_of(at - 1, &[".", ")", "]", "\""]));
    let point = view.is_number(at + 1) && view.glued(at + 1) && !joined;
    let value = point.then(|| format!("0.{}", view.word(at + 1)).parse().ok()).flatten()?;
    Some(Number { first: at, end: at + 2, value, words: false, fraction: false, scaled: false })
}

fn digits(view: &View<'_>, at: usize, spaced: bool) -> Number {
    let mut end = at + 1;
    let mut value = value_of(view.word(at));
    if spaced {
        let mut grouped = view.word(at).to_string();
        while grouped.len() <= 15
            && view.is_number(end)
            && !view.glued(end)
            && view.word(end).bytes().take_while(u8::is_ascii_digit).count() == 3
            && view.word(end).len() != 4
            && !grouped.contains(['.', ','])
            && view.word(at).len() <= 3
        {
            grouped.push_str(view.word(end));
            end += 1;
        }
        while view.is(end, "'") && view.glued(end) && view.is_number(end + 1) && view.word(end + 1).len() == 3 {
            grouped.push_str(view.word(end + 1));
            end += 2;
        }
        if end > at + 1 {
            value = value_of(&grouped);
        }
    }
    let mut fraction = false;
    if view.is(end, "/") && view.glued(end) && view.is_number(end + 1) && view.glued(end + 1) && !view.is(end + 2, "/")
    {
        let below = value_of(view.word(end + 1));
        if below > 0.0 {
            value /= below;
            end += 2;
            fraction = true;
        }
    } else if let Some((part, next)) = mixed_fraction(view, end) {
        value += part;
        end = next;
    }
    Number { first: at, end, value, words: false, fraction, scaled: false }
}

/// "2 1/2", "2½", "2 and a half".
fn mixed_fraction(view: &View<'_>, at: usize) -> Option<(f64, usize)> {
    if view.is_number(at) && view.is(at + 1, "/") && view.glued(at + 1) && view.is_number(at + 2) && view.glued(at + 2)
    {
        let below = value_of(view.word(at + 2));
        let part = value_of(view.word(at)) / below;
        return (below > 0.0 && part < 1.0).then_some((part, at + 3));
    }
    let from = if view.is(at, "and") { at + 1 } else { at };
    let hit = view.longest(from, List::Number)?;
    let word = view.lexicon.figures().numbers[hit.sense.index as usize];
    let sign = !view.is_word(from);
    (word.fraction && (sign || from > at)).then_some((word.value, hit.end))
}

/// What up to fifteen digits, one decimal point among them or none, are worth:
/// both parts of the quotient are exact, so it is the number nearest to them.
fn short_value(digits: &str) -> Option<f64> {
    let (mut whole, mut below, mut point) = (0u64, 1u64, false);
    for byte in digits.bytes().take(17) {
        match byte {
            b'0'..=b'9' => {
                whole = whole * 10 + u64::from(byte - b'0');
                below *= if point { 10 } else { 1 };
            }
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    (digits.len() <= 15).then(|| whole as f64 / below as f64)
}

/// What a run of digits, points and commas is worth.
///
/// Both signs: the last is the decimal sign. Commas only: groups of three are
/// thousands, else a decimal comma. Several points in groups of three are
/// thousands; one point is the decimal point.
pub(crate) fn value_of(digits: &str) -> f64 {
    if let Some(value) = short_value(digits) {
        return value;
    }
    let comma = digits.rfind(',');
    let point = digits.rfind('.');
    let groups = |sign: char| {
        let mut parts = digits.split(sign);
        let head = parts.next().unwrap_or("");
        !head.is_empty()
            && head.len() <= 3
            && head != "0"
            && parts.all(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let text: String = match (comma, point) {
        (Some(c), Some(p)) if c > p => digits.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => digits.replace(',', ""),
        (Some(_), None) if groups(',') => digits.replace(',', ""),
        (Some(_), None) if digits.matches(',').count() == 1 => digits.replace(',', "."),
        (Some(_), None) => digits.replace(',', ""),
        (None, Some(_)) if digits.matches('.').count() > 1 => {
            if groups('.') {
                digits.replace('.', "")
            } else {
                digits.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
            }
        }
        _ => return digits.parse().unwrap_or(0.0),
    };
    text.parse().unwrap_or(0.0)
}

/// Number words: "twenty-five", "two hundred and fifty thousand", "half a",
/// "one and a half", "a" before a magnitude.
fn in_words(view: &View<'_>, at: usize) -> Option<Number> {
    let figures = view.lexicon.figures();
    let mut total = 0.0;
    let mut part = 0.0;
    let mut scaled = false;
    let mut end = at;
    let mut seen = false;
    let mut fraction = false;
    loop {
        let from = if seen && (view.is(end, "and") || (view.is(end, "-") && view.glued(end) && view.glued(end + 1))) {
            end + 1
        } else {
            end
        };
        if let Some(hit) = view.longest(from, List::Number) {
            let word = figures.numbers[hit.sense.index as usize];
            // "one two" are two numbers; "twenty one" is one. "and" joins hundreds and fractions only.
            let fits = !seen
                || (word.fraction && view.is(end, "and"))
                || (part % 10.0 == 0.0
                    && part > 0.0
                    && word.value < 100.0
                    && (part % 100.0 == 0.0 || word.value < 10.0));
            if !fits || (word.fraction && seen && !view.is(end, "and")) {
                break;
            }
            part += word.value;
            fraction |= word.fraction;
            end = hit.end;
            seen = true;
            if word.fraction {
                if view.is(end, "of")
                    && view.is_one_of(end + 1, &["a", "an", "one"])
                    && scale_word(view, end + 2).is_some()
                {
                    end += 2;
                } else if view.is_one_of(end, &["a", "an"]) && scale_word(view, end + 1).is_some() {
                    end += 1;
                }
                break;
            }
            continue;
        }
        if !seen && view.is_one_of(at, &["a", "an"]) {
            // "a half billion" is in the list; "a hundred", "a trillion".
            let (factor, next) = scale_word(view, at + 1)?;
            if factor > 1e5 {
                return Some(Number {
                    first: at,
                    end: at + 1,
                    value: 1.0,
                    words: true,
                    fraction: false,
                    scaled: false,
                });
            }
            part = factor;
            end = next;
            seen = true;
            scaled = true;
            continue;
        }
        // Inside a number only hundreds and thousands multiply; larger ones are the figure's scale.
        if seen
            && from == end
            && let Some((factor, next)) = scale_word(view, end)
        {
            if factor == 100.0 {
                part = f64::max(part, 1.0) * factor;
            } else if factor == 1000.0 && view.longest(next, List::Number).is_some() {
                total += f64::max(part, 1.0) * factor;
                part = 0.0;
            } else {
                break;
            }
            scaled = true;
            end = next;
            continue;
        }
        break;
    }
    seen.then_some(Number { first: at, end, value: total + part, words: true, fraction, scaled })
}

/// A magnitude word (not a glued letter) at `at`.
fn scale_word(view: &View<'_>, at: usize) -> Option<(f64, usize)> {
    let hit = view.longest(at, List::Scale)?;
    let scale = view.lexicon.figures().scales[hit.sense.index as usize];
    scale.word.then_some((scale.factor, hit.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::parse::segment;

    fn value(text: &str) -> Option<(f64, usize)> {
        let lexicon = Lexicon::embedded().ok()?;
        let text = segment(text);
        let view = View::new(&text, &lexicon);
        number(&view, 0, true).map(|n| (n.value, n.end))
    }

    #[test]
    fn separators() {
        for (text, want) in [
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("9,94", 9.94),
            ("1,234", 1234.0),
            ("12,5", 12.5),
            ("1.234.567", 1234567.0),
            ("0,123", 0.123),
            ("3.375", 3.375),
            ("1,23,45,678", 12345678.0),
        ] {
            assert_eq!(value_of(text), want, "{text}");
        }
    }

    #[test]
    fn words() {
        assert_eq!(value("twenty-five"), Some((25.0, 3)));
        assert_eq!(value("two hundred and fifty thousand"), Some((250.0, 4)));
        assert_eq!(value("half a trillion"), Some((0.5, 2)));
        assert_eq!(value("one and a half billion"), Some((1.5, 4)));
        assert_eq!(value("2 1/2"), Some((2.5, 4)));
        assert_eq!(value("9 282"), Some((9282.0, 2)));
        assert_eq!(value("a billion"), Some((1.0, 1)));
        assert_eq!(value("a company"), None);
    }
}
