//! Dates as pages write them → calendar dates, with the time and offset where
//! they are printed.

mod find;
mod months;

pub(crate) use find::{Order, find};
pub(crate) use months::month;

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{Timestamp, fmt::rfc2822};

/// A date, with time and offset from UTC where known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Calendar date, local to the publisher where an offset is known.
    pub date: Date,
    /// Time of day and offset, only together.
    pub time: Option<(Time, Offset)>,
}

impl Stamp {
    /// A bare date.
    pub fn day(date: Date) -> Self {
        Self { date, time: None }
    }

    /// The moment, where the time is known.
    pub fn instant(&self) -> Option<Timestamp> {
        let (time, offset) = self.time?;
        offset.to_timestamp(DateTime::from_parts(self.date, time)).ok()
    }

    /// For ordering: the moment, or the start of the day in UTC.
    pub fn earliest(&self) -> Option<Timestamp> {
        self.instant().or_else(|| Offset::UTC.to_timestamp(self.date.at(0, 0, 0, 0)).ok())
    }

    /// Whether it is written in UTC.
    pub fn is_utc(&self) -> bool {
        self.time.is_some_and(|(_, offset)| offset == Offset::UTC)
    }

    /// RFC 3339, or the bare date.
    pub fn text(&self) -> String {
        match self.time {
            None => self.date.to_string(),
            Some((time, offset)) => {
                let seconds = offset.seconds();
                let zone = if seconds == 0 {
                    "Z".to_string()
                } else {
                    let sign = if seconds < 0 { '-' } else { '+' };
                    format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() % 3600 / 60)
                };
                format!("{}T{:02}:{:02}:{:02}{zone}", self.date, time.hour(), time.minute(), time.second())
            }
        }
    }

    /// Years in which pages can have been published.
    fn plausible(self) -> Option<Self> {
        (1980..=2100).contains(&self.date.year()).then_some(self)
    }
}

/// Reads a machine-written date: ISO 8601, RFC 2822, digits, a Unix time; else
/// the first date printed in it.
pub(crate) fn parse(value: &str, order: Order) -> Option<Stamp> {
    let value = value.trim();
    iso(value)
        .or_else(|| mail(value))
        .or_else(|| digits(value))
        .or_else(|| find(value, order).into_iter().next().map(|f| f.stamp))
        .and_then(Stamp::plausible)
}

/// ISO 8601 and its usual variants ("2026-02-06 10:00:00 +0000 UTC").
fn iso(value: &str) -> Option<Stamp> {
    let bytes = value.as_bytes();
    let dashed = bytes.len() >= 10 && matches!(bytes[4], b'-' | b'/') && bytes[7] == bytes[4];
    if !dashed || !value.is_char_boundary(10) {
        return None;
    }
    let (day, rest) = value.split_at(10);
    let date: Date = day.replace('/', "-").parse().ok()?;
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    let clock_len = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b',')).count();
    let (clock, zone) = rest.split_at(clock_len);
    let clock = clock.split(['.', ',']).next().unwrap_or(clock);
    if clock.is_empty() {
        return Some(Stamp::day(date));
    }
    let clock = if clock.len() == 5 { format!("{clock}:00") } else { clock.to_string() };
    let zone = zone.trim().trim_end_matches(" UTC");
    let zone = match zone {
        "Z" | "z" | "UTC" | "GMT" => "Z".to_string(),
        z if z.starts_with(['+', '-']) => match (z.len(), z.get(..3), z.get(3..)) {
            (3, Some(hours), _) => format!("{hours}:00"),
            (5, Some(hours), Some(minutes)) if !z.contains(':') => format!("{hours}:{minutes}"),
            _ => z.get(..6).unwrap_or("").to_string(),
        },
        _ => String::new(),
    };
    let time = Pieces::parse(format!("{date}T{clock}{zone}").as_str()).ok().and_then(|pieces| {
        let offset = pieces.to_numeric_offset()?;
        Some((pieces.time()?, offset))
    });
    Some(Stamp { date, time })
}

/// "Fri, 06 Feb 2026 10:00:00 GMT".
fn mail(value: &str) -> Option<Stamp> {
    value.get(..4)?.bytes().next().filter(u8::is_ascii_alphanumeric)?;
    let zoned = rfc2822::parse(value).ok()?;
    Some(Stamp { date: zoned.date(), time: Some((zoned.time(), zoned.offset())) })
}

/// "20260206", "20260206T100000", or seconds or milliseconds since 1970.
fn digits(value: &str) -> Option<Stamp> {
    let run = value.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = value.split_at(run);
    match (run, rest.is_empty()) {
        (8, _) | (14, true) => {
            let part = |r: std::ops::Range<usize>| number.get(r).and_then(|n| n.parse::<i16>().ok());
            let date = Date::new(part(0..4)?, i8::try_from(part(4..6)?).ok()?, i8::try_from(part(6..8)?).ok()?).ok()?;
            Some(Stamp::day(date))
        }
        (10 | 13, true) => {
            let seconds: i64 = number.get(..10)?.parse().ok()?;
            let moment = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
            Some(Stamp { date: moment.date(), time: Some((moment.time(), Offset::UTC)) })
        }
        _ => None,
    }
}

/// What a line says of publication and of change, where it tells both:
/// "Updated March 10, 2026, first published January 3, 2026".
pub(crate) fn told_apart(text: &str, order: Order) -> Option<(Stamp, Stamp)> {
    const PUBLISHED: &[&str] = &["published", "posted", "veröffentlicht", "publié", "erschienen"];
    const CHANGED: &[&str] = &["updated", "modified", "revised", "aktualisiert", "geändert"];
    if text.len() > 300 {
        return None;
    }
    let (mut published, mut changed) = (None, None);
    let mut from = 0;
    for found in find(text, order) {
        // The word before a date, and behind the date before it, says what it is.
        let label = text.get(from..found.span.start).unwrap_or("").to_lowercase();
        let last = |words: &[&str]| words.iter().filter_map(|w| label.rfind(w)).max();
        from = found.span.end;
        match (last(PUBLISHED), last(CHANGED)) {
            (Some(p), c) if c.is_none_or(|c| c < p) => published = published.or(Some(found.stamp)),
            (_, Some(_)) => changed = changed.or(Some(found.stamp)),
            _ => {}
        }
    }
    Some((published?, changed?)).filter(|(p, c)| p.date <= c.date)
}

/// Like [`parse`], as printed in records; null when it is no date.
pub(crate) fn normalise(value: &str) -> Option<String> {
    parse(value, Order::DayFirst).map(|s| s.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Option<String> {
        normalise(value)
    }

    #[test]
    fn reads_machine_dates() {
        for (value, expected) in [
            ("2026-02-06", "2026-02-06"),
            ("2026-02-06T10:00:00Z", "2026-02-06T10:00:00Z"),
            ("2026-02-06T10:00:00.123+01:00", "2026-02-06T10:00:00+01:00"),
            ("2026-02-06T10:00+0100", "2026-02-06T10:00:00+01:00"),
            ("2026-02-06 10:00:00 +0000 UTC", "2026-02-06T10:00:00Z"),
            ("2026-02-06 10:00", "2026-02-06"),
            ("2026/02/06", "2026-02-06"),
            ("Fri, 06 Feb 2026 10:00:00 GMT", "2026-02-06T10:00:00Z"),
            ("20260206", "2026-02-06"),
            ("20260206T100000Z", "2026-02-06"),
            ("1770372000", "2026-02-06T10:00:00Z"),
            ("1770372000000", "2026-02-06T10:00:00Z"),
            ("Feb. 6, 2026, 5:30 p.m. ET", "2026-02-06"),
            ("Freitag, 6. Februar 2026", "2026-02-06"),
        ] {
            assert_eq!(read(value).as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn publication_and_change_are_told_apart() {
        for line in [
            "Updated March 10, 2026, first published January 3, 2026",
            "First published January 3, 2026. Updated March 10, 2026.",
            "Updated Mar. 10, 2026 10:00 am ET; Published Jan. 3, 2026 9:00 am ET",
            "Originally published on 3 January 2026, last modified on 10 March 2026",
        ] {
            let told = told_apart(line, Order::MonthFirst).map(|(p, c)| (p.text(), c.text()));
            assert_eq!(told, Some(("2026-01-03".into(), "2026-03-10".into())), "{line}");
        }
        for line in ["Published January 3, 2026", "Updated March 10, 2026, from January 3, 2026", ""] {
            assert_eq!(told_apart(line, Order::MonthFirst), None, "{line}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for value in
            ["", "2026", "2026-13-40", "1234-05-06", "0000-00-00T00:00:00Z", "ä-ä-ä-ä-ä", "v2.10.3", "12345678901"]
        {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
