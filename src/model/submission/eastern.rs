//! Eastern time → UTC, by the rules of the years in which EDGAR has taken
//! filings; no time zone files are read.

use jiff::civil::{DateTime, Weekday, date};
use jiff::tz::Offset;

/// `20250115160512`, Eastern → `2025-01-15T21:05:12Z`. Of the hour that comes
/// twice in autumn the first is meant.
pub fn to_utc(stamp: &str) -> Option<String> {
    let local = DateTime::strptime("%Y%m%d%H%M%S", stamp).ok()?;
    let hours = if is_summer(local)? { -4 } else { -5 };
    let time = Offset::constant(hours).to_timestamp(local).ok()?;
    Some(time.to_string())
}

/// Whether clocks are an hour ahead.
fn is_summer(local: DateTime) -> Option<bool> {
    let sunday = |month, n| date(local.year(), month, 1).nth_weekday_of_month(n, Weekday::Sunday).ok();
    // Before 2007, from the first Sunday of April to the last of October.
    let (start, end) =
        if local.year() >= 2007 { (sunday(3, 2)?, sunday(11, 1)?) } else { (sunday(4, 1)?, sunday(10, -1)?) };
    Some(local >= start.at(2, 0, 0, 0) && local < end.at(2, 0, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_clocks() {
        let utc = |s: &str| to_utc(s).unwrap_or_default();
        assert_eq!(utc("20241101060136"), "2024-11-01T10:01:36Z");
        assert_eq!(utc("20241103015959"), "2024-11-03T05:59:59Z");
        assert_eq!(utc("20241103020000"), "2024-11-03T07:00:00Z");
        assert_eq!(utc("20250309015959"), "2025-03-09T06:59:59Z");
        assert_eq!(utc("20250309030000"), "2025-03-09T07:00:00Z");
        assert_eq!(utc("20061029015900"), "2006-10-29T05:59:00Z");
        assert_eq!(utc("20070320120000"), "2007-03-20T16:00:00Z");
        assert_eq!(utc("20060320120000"), "2006-03-20T17:00:00Z");
        assert_eq!(utc("19991231235959"), "2000-01-01T04:59:59Z");
        assert_eq!(to_utc("2025"), None);
    }
}
