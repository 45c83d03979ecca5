//! Formats of dates.

use crate::parse::dates::month;

/// One part of a date as the format names them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    MonthName,
    Year,
}

/// Reads lower-case `text`; none when `format` is no format of dates, an inner
/// none when the text is not of its form.
pub(super) fn read(format: &str, text: &str) -> Option<Option<String>> {
    parts(format).map(|parts| date(&parts, text))
}

/// The parts of a format's name: `date-monthname-day-year-en`, `datemonthdayyearen`.
fn parts(format: &str) -> Option<Vec<Part>> {
    let mut rest = format.strip_prefix("date")?;
    let mut parts = Vec::new();
    // Names without dashes say "month" for a name of a month where a language follows.
    let named = !format.contains('-')
        && ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no"].iter().any(|l| rest.ends_with(l));
    loop {
        rest = rest.trim_start_matches('-');
        let (part, length) = if rest.starts_with("monthname") {
            (Part::MonthName, 9)
        } else if rest.starts_with("month") {
            (if named { Part::MonthName } else { Part::Month }, 5)
        } else if rest.starts_with("day") {
            (Part::Day, 3)
        } else if rest.starts_with("year") {
            (Part::Year, 4)
        } else {
            break;
        };
        parts.push(part);
        rest = &rest[length..];
    }
    // The first registry's names put the parts in another way: dateslashus, datelongus …
    if parts.is_empty() {
        return match format {
            "dateslashus" | "datedotus" | "dateshortus" | "datelongus" => Some(vec![
                if format.contains("slash") || format.contains("dot") { Part::Month } else { Part::MonthName },
                Part::Day,
                Part::Year,
            ]),
            "dateslasheu" | "datedoteu" | "dateshortuk" | "datelonguk" => {
                Some(vec![Part::Day, if format.ends_with("eu") { Part::Month } else { Part::MonthName }, Part::Year])
            }
            _ => None,
        };
    }
    Some(parts)
}

fn date(parts: &[Part], text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !matches!(*w, "of" | "the")).collect();
    if words.len() != parts.len() {
        return None;
    }
    let (mut year, mut month_, mut day) = (None, None, None);
    for (part, word) in parts.iter().zip(words) {
        let digits = || word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<i16>().ok();
        match part {
            Part::Year => {
                let value = digits()?;
                year = Some(if word.len() == 2 { value + 2000 } else { value });
            }
            Part::Month => month_ = Some(i8::try_from(digits()?).ok()?),
            Part::MonthName => month_ = Some(month(word).or_else(|| i8::try_from(digits()?).ok())?),
            Part::Day => day = Some(i8::try_from(digits()?).ok()?),
        }
    }
    // A leap year stands in where the year is not told.
    let valid = jiff::civil::Date::new(year.unwrap_or(2000), month_.unwrap_or(1), day.unwrap_or(1)).is_ok();
    let written = match (year, month_, day) {
        (Some(y), Some(m), Some(d)) => format!("{y:04}-{m:02}-{d:02}"),
        (Some(y), Some(m), None) => format!("{y:04}-{m:02}"),
        (None, Some(m), Some(d)) => format!("--{m:02}-{d:02}"),
        _ => return None,
    };
    valid.then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_of_both_registries() {
        let r = |f: &str, t: &str| read(f, t).map(|d| d.unwrap_or("bad".into())).unwrap_or("none".into());
        assert_eq!(r("date-monthname-day-year-en", "february 29, 2024"), "2024-02-29");
        assert_eq!(r("datemonthdayyearen", "september 30, 2023"), "2023-09-30");
        assert_eq!(r("date-month-day-year", "9/30/23"), "2023-09-30");
        assert_eq!(r("date-day-month-year", "30.09.2023"), "2023-09-30");
        assert_eq!(r("date-month-day", "12/31"), "--12-31");
        assert_eq!(r("date-monthname-day-en", "december 31st"), "--12-31");
        assert_eq!(r("date-year-month-day", "2023-09-30"), "2023-09-30");
        assert_eq!(r("date-monthname-year-en", "may 2027"), "2027-05");
        assert_eq!(r("datelongus", "may 4, 2027"), "2027-05-04");
        assert_eq!(r("date-month-day-year", "13/30/23"), "bad");
        assert_eq!(r("date-month-day-year", "soon"), "bad");
        assert_eq!(r("num-dot-decimal", "5"), "none");
    }
}
