//! Dates: years, quarters, months and days as ranges of days.

use jiff::civil::{Date, date};

/// First and last day of `2026`, `2025-Q3`, `2026-02`, `2026-02-06`, `FY2026`
/// or `FY2026-Q3` (fiscal years are taken as calendar years).
pub(super) fn range_of(text: &str) -> Option<(Date, Date)> {
    let text = text.strip_prefix("FY").or_else(|| text.strip_prefix("fy")).unwrap_or(text);
    let year: i16 = text.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    let rest = text.get(4..)?;
    if rest.is_empty() {
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    }
    let rest = rest.strip_prefix('-')?;
    if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
        let quarter: i8 = quarter.parse().ok().filter(|q| (1..=4).contains(q))?;
        let first = Date::new(year, quarter * 3 - 2, 1).ok()?;
        return Some((first, Date::new(year, quarter * 3, 1).ok()?.last_of_month()));
    }
    let digits =
        |s: &str| -> Option<i8> { s.parse().ok().filter(|_| s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())) };
    match rest.split_once('-') {
        None => {
            let first = Date::new(year, digits(rest)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        Some((month, day)) => {
            let day = Date::new(year, digits(month)?, digits(day)?).ok()?;
            Some((day, day))
        }
    }
}

/// Days since 1970.
pub(super) fn days(day: Date) -> i64 {
    day.since(date(1970, 1, 1)).map_or(0, |s| i64::from(s.get_days()))
}

/// Seconds since 1970 at the beginning of a day in UTC.
pub(super) fn seconds(day: Date) -> i64 {
    days(day) * 86_400
}

/// A publication time: its seconds since 1970, and its day as printed.
pub(super) fn published(text: &str) -> Option<(i64, Date)> {
    let day: Date = text.get(..10)?.parse().ok()?;
    let at = text.parse::<jiff::Timestamp>().map_or_else(|_| seconds(day), |t| t.as_second());
    Some((at, day))
}

/// The quarter of a day, `2026-Q1`.
pub(super) fn quarter(day: Date) -> String {
    format!("{}-Q{}", day.year(), (day.month() + 2) / 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let range = |t: &str| range_of(t).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(range("2026").as_deref(), Some("2026-01-01 2026-12-31"));
        assert_eq!(range("2025-Q3").as_deref(), Some("2025-07-01 2025-09-30"));
        assert_eq!(range("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
        assert_eq!(range("2026-02-06").as_deref(), Some("2026-02-06 2026-02-06"));
        assert_eq!(range("FY2026").as_deref(), Some("2026-01-01 2026-12-31"));
        for wrong in ["26", "2026-13", "2026-02-30", "2026-Q5", "2026-2", "soon", "", "2026-"] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
        assert_eq!(days(date(1970, 1, 2)), 1);
        assert_eq!(
            published("2026-02-06T01:00:00+02:00").map(|(s, d)| (s, quarter(d))),
            Some((1_770_332_400, "2026-Q1".into()))
        );
    }
}
