//! Calendar: the document's date, and what periods resolve to against it.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// The document's date, as exactly as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The day, or the first day of the month when only that is known.
    day: Option<Date>,
    /// The day of the month is known.
    exact: bool,
    /// Full dates that the text itself prints, for undated documents.
    printed: [Option<Date>; 6],
}

impl Reference {
    /// Reads `YYYY-MM-DD…`, `YYYY-MM` or `YYYY`.
    pub fn parse(published: Option<&str>) -> Self {
        let Some(text) = published else { return Self::default() };
        let number = |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse::<i16>().ok());
        let (year, month, day) = (number(0..4), number(5..7), number(8..10));
        let Some(year) = year.filter(|y| (1900..=2200).contains(y)) else { return Self::default() };
        let (Some(month), Some(day)) = (month, day) else {
            let first = month.and_then(|m| Date::new(year, m as i8, 1).ok()).or_else(|| Date::new(year, 1, 1).ok());
            return Self { day: first, ..Self::default() };
        };
        Self { day: Date::new(year, month as i8, day as i8).ok(), exact: true, ..Self::default() }
    }

    /// Remembers a full date (`YYYY-MM-DD`) that the text prints.
    pub fn print(&mut self, norm: &str) {
        if norm.len() != 10 {
            return;
        }
        let Ok(date) = norm.parse::<Date>() else { return };
        if let Some(slot) = self.printed.iter_mut().find(|d| d.is_none_or(|known| known == date)) {
            *slot = Some(date);
        }
    }

    /// The day, when it is known exactly.
    pub fn day(self) -> Option<Date> {
        self.day.filter(|_| self.exact)
    }

    /// The year, when it is known.
    pub fn year(self) -> Option<i16> {
        self.day.map(Date::year)
    }

    /// The last such weekday up to the document's day.
    pub fn weekday(self, weekday: Weekday) -> Option<Date> {
        let day = self.day()?;
        let back = (day.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset()).rem_euclid(7);
        day.checked_sub(i64::from(back).days()).ok()
    }

    /// The Friday of the document's week; on a weekend, the Friday before.
    pub fn week_ending(self, weeks_back: i64) -> Option<Date> {
        let day = self.day()?;
        let from_monday = i64::from(day.weekday().to_monday_zero_offset());
        let friday = day.checked_add((4 - from_monday).days()).ok()?;
        friday.checked_sub((7 * weeks_back).days()).ok()
    }

    /// The day `days` before the document's.
    pub fn days_back(self, days: i64) -> Option<Date> {
        self.day()?.checked_sub(days.days()).ok()
    }

    /// The year in which a day of a month lies nearest to the document's date.
    pub fn year_of_day(self, month: i8, day: i8) -> Option<i16> {
        let Some(near) = self.day else {
            return self.printed.iter().flatten().find(|d| d.month() == month && d.day() == day).map(|d| d.year());
        };
        (-1..=1)
            .filter_map(|shift| Date::new(near.year() + shift, month, day).ok())
            .min_by_key(|d| near.until(*d).map_or(i32::MAX, |s| s.get_days().abs()))
            .map(Date::year)
    }

    /// The year of the last such month up to the document's date.
    pub fn year_of_month(self, month: i8) -> Option<i16> {
        let near = self.day?;
        Some(if month <= near.month() { near.year() } else { near.year() - 1 })
    }

    /// The document's quarter, shifted by `quarters`: year and quarter.
    pub fn quarter(self, quarters: i16) -> Option<(i16, i16)> {
        let near = self.day?;
        let index = near.year() * 4 + i16::from(near.month() - 1) / 3 + quarters;
        Some((index.div_euclid(4), index.rem_euclid(4) + 1))
    }

    /// The document's month, shifted: year and month.
    pub fn month(self, months: i16) -> Option<(i16, i8)> {
        let near = self.day?;
        let index = near.year() * 12 + i16::from(near.month() - 1) + months;
        Some((index.div_euclid(12), index.rem_euclid(12) as i8 + 1))
    }
}

/// First and last day of a normal form, where it has both.
pub(crate) fn bounds(norm: &str) -> Option<(String, String)> {
    if let Some((from, to)) = norm.split_once("..") {
        return Some((bounds(from)?.0, bounds(to)?.1));
    }
    let plain = norm.strip_prefix("by:").or_else(|| norm.strip_prefix("since:"));
    if let Some(inner) = plain {
        let (first, last) = bounds(inner)?;
        return Some(if norm.starts_with("by:") { (String::new(), last) } else { (first, String::new()) });
    }
    if let Some(day) = norm.strip_prefix("week_ending:") {
        let last: Date = day.parse().ok()?;
        return Some((last.checked_sub(4.days()).ok()?.to_string(), last.to_string()));
    }
    let number = |range: std::ops::Range<usize>| norm.get(range).and_then(|t| t.parse::<i16>().ok());
    let year = number(0..4).filter(|y| (1800..=2200).contains(y))?;
    match norm.len() {
        4 => Some((date(year, 1, 1).to_string(), date(year, 12, 31).to_string())),
        7 if norm.as_bytes()[5] == b'Q' => {
            let quarter = number(6..7).filter(|q| (1..=4).contains(q))?;
            let first = Date::new(year, (quarter * 3 - 2) as i8, 1).ok()?;
            let last = Date::new(year, (quarter * 3) as i8, 1).ok()?.last_of_month();
            Some((first.to_string(), last.to_string()))
        }
        7 => {
            let first = Date::new(year, number(5..7)? as i8, 1).ok()?;
            Some((first.to_string(), first.last_of_month().to_string()))
        }
        10 => {
            let day: Date = norm.parse().ok()?;
            Some((day.to_string(), day.to_string()))
        }
        _ => None,
    }
}

/// The number of a month by its name or abbreviation.
pub(crate) fn month_number(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let begins = |m: &str| m.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    let short = word.len() == 3 || word.eq_ignore_ascii_case("sept");
    MONTHS.iter().position(|m| begins(m) && (short || word.len() == m.len())).map(|i| i as i8 + 1)
}

/// A weekday by its name or abbreviation.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [(Weekday, &[&str]); 7] = [
        (Weekday::Monday, &["monday", "mon"]),
        (Weekday::Tuesday, &["tuesday", "tue", "tues"]),
        (Weekday::Wednesday, &["wednesday", "wed"]),
        (Weekday::Thursday, &["thursday", "thu", "thurs", "thur"]),
        (Weekday::Friday, &["friday", "fri"]),
        (Weekday::Saturday, &["saturday", "sat"]),
        (Weekday::Sunday, &["sunday", "sun"]),
    ];
    DAYS.iter().find(|(_, names)| names.iter().any(|n| n.eq_ignore_ascii_case(word))).map(|(day, _)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_days() {
        let friday = Reference::parse(Some("2023-08-25"));
        assert_eq!(friday.weekday(Weekday::Thursday), Some(date(2023, 8, 24)));
        assert_eq!(friday.weekday(Weekday::Friday), Some(date(2023, 8, 25)));
        assert_eq!(friday.weekday(Weekday::Saturday), Some(date(2023, 8, 19)));
        assert_eq!(friday.week_ending(0), Some(date(2023, 8, 25)));
        assert_eq!(Reference::parse(Some("2026-02-08")).week_ending(0), Some(date(2026, 2, 6)));
        assert_eq!(Reference::parse(Some("2026-02-08")).year_of_day(2, 25), Some(2026));
        assert_eq!(Reference::parse(Some("2026-02-08")).year_of_month(10), Some(2025));
        assert_eq!(Reference::parse(Some("2026-01")).quarter(-1), Some((2025, 4)));
        assert_eq!(Reference::parse(None).day(), None);
    }

    #[test]
    fn bounds_of_norms() {
        assert_eq!(bounds("2026-Q1"), Some(("2026-01-01".into(), "2026-03-31".into())));
        assert_eq!(bounds("2024..2026-02"), Some(("2024-01-01".into(), "2026-02-28".into())));
        assert_eq!(bounds("by:2027"), Some((String::new(), "2027-12-31".into())));
        assert_eq!(bounds("week_ending:2026-02-06"), Some(("2026-02-02".into(), "2026-02-06".into())));
        assert_eq!(bounds("this_year"), None);
        assert_eq!(bounds("FY2026"), None);
    }
}
