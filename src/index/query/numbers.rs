//! Numbers of a query: `500B`, `1.5tn`, `$20m`, `20%`, `30bp`, `4x`.

/// A number and the units it may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// In base units.
    pub value: f64,
    /// Units a claim must have one of; empty for any.
    pub units: &'static [&'static str],
}

const PERCENT: &[&str] = &["%", "pp"];

/// Reads a number.
pub fn number(text: &str) -> Option<Number> {
    let (text, money) = match text.chars().next()? {
        '$' => (&text[1..], ["usd"].as_slice()),
        '€' => (&text['€'.len_utf8()..], ["eur"].as_slice()),
        '£' => (&text['£'.len_utf8()..], ["gbp"].as_slice()),
        '¥' => (&text['¥'.len_utf8()..], ["jpy", "cny"].as_slice()),
        _ => (text, [].as_slice()),
    };
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(text.len());
    let digits = &text[..end];
    let grouped = digits.split('.').next()?;
    let groups_fit = grouped.split(',').skip(1).all(|g| g.len() == 3) && !grouped.starts_with(',');
    if !groups_fit
        || digits.matches('.').count() > 1
        || !digits.contains(|c: char| c.is_ascii_digit())
        || digits.split('.').nth(1).is_some_and(|d| d.contains(','))
    {
        return None;
    }
    let value: f64 = digits.replace(',', "").parse().ok()?;
    let (factor, units) = match text[end..].to_lowercase().as_str() {
        "" => (1.0, money),
        "k" => (1e3, money),
        "m" | "mn" | "mm" | "mln" => (1e6, money),
        "b" | "bn" | "bln" => (1e9, money),
        "t" | "tn" | "trn" => (1e12, money),
        "%" if money.is_empty() => (1.0, PERCENT),
        "pp" if money.is_empty() => (1.0, PERCENT),
        "bp" | "bps" if money.is_empty() => (0.01, PERCENT),
        "x" if money.is_empty() => (1.0, ["x"].as_slice()),
        _ => return None,
    };
    Some(Number { value: value * factor, units })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers() {
        let value = |t: &str| number(t).map(|n| n.value);
        assert_eq!(value("500B"), Some(5e11));
        assert_eq!(value("1.5tn"), Some(1.5e12));
        assert_eq!(value("1,250"), Some(1250.0));
        assert_eq!(number("30bp").map(|n| ((n.value * 100.0).round(), n.units)), Some((30.0, PERCENT)));
        assert_eq!(number("$20m"), Some(Number { value: 2e7, units: &["usd"] }));
        for wrong in ["", "B", "1.2.3", "1,2", "5 B", "ten", "$20%", "5e3", "."] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
