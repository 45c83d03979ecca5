//! Number words of English.

use super::Problem;
use crate::model::Decimal;

#[rustfmt::skip]
const SMALL: &[(&str, i128)] = &[
    ("zero", 0), ("no", 0), ("none", 0), ("nil", 0), ("a", 1), ("an", 1), ("one", 1), ("single", 1), ("two", 2),
    ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10),
    ("eleven", 11), ("twelve", 12), ("dozen", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15),
    ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20), ("thirty", 30),
    ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90),
];

#[rustfmt::skip]
const LARGE: &[(&str, i128)] = &[
    ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000), ("trillion", 1_000_000_000_000),
];

/// The number that the words of `printed` say; digits are read as they are.
pub(super) fn number(printed: &str) -> Result<Decimal, Problem> {
    if let Ok(digits) = printed.replace(',', "").trim().parse() {
        return Ok(digits);
    }
    let value = whole_number(&printed.to_lowercase()).ok_or(Problem::NotOfForm)?;
    Decimal::new(value, 0).ok_or(Problem::NotOfForm)
}

/// The whole number that lower-case words say: "one hundred and twenty-five".
pub(super) fn whole_number(words: &str) -> Option<i128> {
    let (mut total, mut group, mut seen) = (0i128, 0i128, false);
    let split = |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | ',');
    for word in words.split(split).filter(|w| !w.is_empty() && *w != "and") {
        let plain = word.strip_suffix('s').unwrap_or(word);
        if let Some((_, value)) = SMALL.iter().find(|(w, _)| *w == word) {
            group = group.checked_add(*value)?;
        } else if plain == "hundred" {
            group = group.max(1).checked_mul(100)?;
        } else if let Some((_, value)) = LARGE.iter().find(|(w, _)| *w == plain) {
            total = total.checked_add(group.max(1).checked_mul(*value)?)?;
            group = 0;
        } else if let Ok(digits) = word.parse::<u64>() {
            group = group.checked_add(digits.into())?;
        } else {
            return None;
        }
        seen = true;
    }
    seen.then(|| total + group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_words() {
        let read = |t: &str| number(t).map_or("none".into(), |d| d.to_string());
        assert_eq!(
            [
                "no",
                "None",
                "Two",
                "twenty-five",
                "one hundred and ten",
                "three hundred thousand",
                "1,200",
                "two million"
            ]
            .map(read),
            ["0", "0", "2", "25", "110", "300000", "1200", "2000000"]
        );
        assert_eq!(["", "several", "two or three"].map(read), ["none", "none", "none"]);
    }
}
