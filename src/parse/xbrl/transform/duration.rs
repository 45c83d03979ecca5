//! Formats of durations: "five years" → `P5Y`.

use super::words;

const UNITS: &[(&str, char)] = &[("year", 'Y'), ("month", 'M'), ("week", 'W'), ("day", 'D')];

/// Reads lower-case `text`; none when `format` is no format of durations, an
/// inner none when the text is not of its form.
pub(super) fn read(format: &str, text: &str) -> Option<Option<String>> {
    let unit = match format {
        "durwordsen" => return Some(worded(text)),
        "duryear" => 'Y',
        "durmonth" => 'M',
        "durweek" => 'W',
        "durday" => 'D',
        "durhour" => 'H',
        _ => return None,
    };
    Some(counted(text.trim(), unit))
}

/// "2.5" years → `P2Y6M`; of the other units only whole ones.
fn counted(text: &str, unit: char) -> Option<String> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |t| (true, t));
    let sign = if negative { "-" } else { "" };
    let count: f64 = text.replace(',', "").parse().ok().or_else(|| words::whole_number(text).map(|n| n as f64))?;
    if !(0.0..1e9).contains(&count) {
        return None;
    }
    let (whole, part) = (count.trunc() as u64, count.fract());
    Some(match unit {
        'H' => format!("{sign}PT{count}H"),
        'Y' if part > 0.0 => format!("{sign}P{whole}Y{}M", (part * 12.0).round() as u64),
        'M' if part > 0.0 => format!("{sign}P{whole}M{}D", (part * 30.0).round() as u64),
        _ if part > 0.0 => return None,
        _ => format!("{sign}P{whole}{unit}"),
    })
}

/// "two years, six months", "thirty-six months", "less than one year" is none.
fn worded(text: &str) -> Option<String> {
    let mut count = String::new();
    let mut parts = String::new();
    let mut last = 0;
    for word in text.split([' ', '\u{a0}', ',', '-']).filter(|w| !w.is_empty()) {
        let plain = word.strip_suffix('s').unwrap_or(word);
        if let Some(at) = UNITS.iter().position(|(name, _)| *name == plain) {
            if at < last {
                return None; // years stand before months
            }
            last = at + 1;
            let value = words::whole_number(count.trim())?;
            parts.push_str(&format!("{value}{}", UNITS[at].1));
            count.clear();
        } else {
            count.push_str(word);
            count.push(' ');
        }
    }
    (count.trim().is_empty() && !parts.is_empty()).then(|| format!("P{parts}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_durations() {
        let r = |f: &str, t: &str| read(f, t).map(|d| d.unwrap_or("bad".into())).unwrap_or("none".into());
        assert_eq!(r("durwordsen", "five years"), "P5Y");
        assert_eq!(r("durwordsen", "one year, six months"), "P1Y6M");
        assert_eq!(r("durwordsen", "thirty-six months"), "P36M");
        assert_eq!(r("durwordsen", "12 months"), "P12M");
        assert_eq!(r("durwordsen", "five-year"), "P5Y");
        assert_eq!(r("durwordsen", "some time"), "bad");
        assert_eq!(r("duryear", "2.5"), "P2Y6M");
        assert_eq!(r("durmonth", "18"), "P18M");
        assert_eq!(r("durday", "1,000"), "P1000D");
        assert_eq!(r("durday", "x"), "bad");
        assert_eq!(r("date-month-day", "x"), "none");
    }
}
