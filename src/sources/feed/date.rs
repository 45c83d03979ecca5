//! Date: as feeds write them: RFC 822 with its many slips, ISO 8601 in whole
//! and in part, and what `asctime` prints.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// A date as written, and what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// As written.
    pub written: String,
    /// Date, and time with offset where there is one: RFC 3339 or a bare date.
    pub text: Option<String>,
    /// The moment; midnight UTC for a bare date, UTC where no offset is given.
    pub at: Option<Timestamp>,
}

impl Moment {
    /// Reads a date; `None` for nothing at all.
    pub fn read(written: &str) -> Option<Self> {
        let written = written.trim();
        if written.is_empty() {
            return None;
        }
        let words: String = written.chars().take(64).collect();
        let Some((date, time)) = iso(&words).or_else(|| spoken(&words)) else {
            return Some(Self { written: written.to_string(), ..Self::default() });
        };
        let (clock, offset) = time.unwrap_or((Time::midnight(), Offset::UTC));
        let at = offset.to_timestamp(DateTime::from_parts(date, clock)).ok();
        let text = match time {
            None => date.to_string(),
            Some((clock, offset)) => format!("{date}T{}{}", hms(clock), zone(offset)),
        };
        Some(Self { written: written.to_string(), text: Some(text), at })
    }
}

fn hms(time: Time) -> String {
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}

fn zone(offset: Offset) -> String {
    let seconds = offset.seconds();
    match seconds {
        0 => "Z".to_string(),
        _ => {
            let sign = if seconds < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() % 3600 / 60)
        }
    }
}

type Parts = (Date, Option<(Time, Offset)>);

/// `2026`, `2026-02`, `2026-02-06`, `20260206`, `2026-037`, with `T` or space
/// and a time.
fn iso(text: &str) -> Option<Parts> {
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at(end);
    let number = |t: &str| (!t.is_empty() && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse().ok()).flatten();
    let ymd = |y: i16, m: i16, d: i16| Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok();
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let date = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => ymd(number(year)?, number(month)?, number(day)?)?,
        [year, day] if year.len() == 4 && day.len() == 3 => of_year(number(year)?, number(day)?)?,
        [year, month] if year.len() == 4 => ymd(number(year)?, number(month)?, 1)?,
        [all] if all.len() == 8 => ymd(number(all.get(..4)?)?, number(all.get(4..6)?)?, number(all.get(6..)?)?)?,
        [year] if year.len() == 4 => ymd(number(year)?, 1, 1)?,
        _ => return None,
    };
    let rest = rest.trim_start_matches(['T', 't', ' ']).trim();
    if rest.is_empty() {
        return Some((date, None));
    }
    // Time and offset, with or without a space between.
    let split = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
    let (time, offset) = rest.split_at(split);
    time_of_day(date, time, offset.trim())
}

fn of_year(year: i16, day: i16) -> Option<Date> {
    Date::new(year, 1, 1).ok()?.checked_add(jiff::Span::new().days(i64::from(day) - 1)).ok()
}

/// `Fri, 06 Feb 2026 16:32:00 -0500`, `6-Feb-26 16:32 GMT`, `Fri Feb  6
/// 16:32:00 2026`, `February 6, 2026`.
fn spoken(text: &str) -> Option<Parts> {
    let (mut month, mut numbers, mut time, mut offset) = (None, Vec::new(), None, String::new());
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
        if time.is_some() && !word.bytes().all(|b| b.is_ascii_digit()) {
            // What stands in brackets behind an offset says the same again.
            if offset.is_empty() {
                offset = word.to_string();
            }
        } else if word.contains(':') {
            // An offset may stand right behind.
            let split = word.find(['+', '-', 'Z']).unwrap_or(word.len());
            time = Some(word[..split].to_string());
            offset = word[split..].to_string();
        } else {
            for part in word.split(['-', '/', '.']).filter(|p| !p.is_empty()) {
                match part.parse::<i16>() {
                    Ok(number) => numbers.push((number, part.len())),
                    Err(_) => month = month.or_else(|| month_of(part)),
                }
            }
        }
    }
    let (day, year) = match numbers.as_slice() {
        [(year, 4), (day, _)] | [(day, _), (year, 4)] => (*day, *year),
        [(day, _), (year, 2)] => (*day, *year + if *year < 70 { 2000 } else { 1900 }),
        _ => return None,
    };
    let date = Date::new(year, month?, i8::try_from(day).ok()?).ok()?;
    match time {
        None => Some((date, None)),
        Some(time) => time_of_day(date, &time, &offset),
    }
}

/// Adds a time; 24:00 and leap seconds belong to the next moment.
fn time_of_day(date: Date, time: &str, offset: &str) -> Option<Parts> {
    let mut parts = time.split(['.', ',']).next()?.split(':');
    let mut next = || parts.next().map_or(Some(0), |p| p.trim().parse::<i64>().ok());
    let (hour, minute, second) = if time.len() == 4 && time.bytes().all(|b| b.is_ascii_digit()) {
        (time[..2].parse().ok()?, time[2..].parse().ok()?, 0)
    } else {
        (next()?, next()?, next()?)
    };
    if !(0..=24).contains(&hour) || !(0..60).contains(&minute) || !(0..=60).contains(&second) {
        return None;
    }
    let span = jiff::Span::new().hours(hour).minutes(minute).seconds(second);
    let moment = date.to_datetime(Time::midnight()).checked_add(span).ok()?;
    Some((moment.date(), Some((moment.time(), offset_of(offset)))))
}

/// By its first three letters, so that misspellings are understood.
fn month_of(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|m| *m == start).and_then(|i| i8::try_from(i + 1).ok())
}

/// Offset from UTC; UTC where it is not understood, as RFC 2822 has it.
fn offset_of(text: &str) -> Offset {
    /// Names that mean one offset wherever they are used, in minutes.
    const NAMES: &[(&str, i32)] = &[
        ("EST", -300),
        ("EDT", -240),
        ("ET", -300),
        ("CST", -360),
        ("CDT", -300),
        ("MST", -420),
        ("MDT", -360),
        ("PST", -480),
        ("PDT", -420),
        ("BST", 60),
        ("WEST", 60),
        ("CET", 60),
        ("MEZ", 60),
        ("CEST", 120),
        ("MESZ", 120),
        ("EET", 120),
        ("EEST", 180),
        ("MSK", 180),
        ("HKT", 480),
        ("SGT", 480),
        ("JST", 540),
        ("KST", 540),
        ("AEST", 600),
        ("AEDT", 660),
    ];
    let text = text.trim().trim_start_matches("GMT").trim_start_matches("UTC");
    let minutes = match NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        Some((_, minutes)) => *minutes,
        None => {
            let sign = match text.chars().next() {
                Some('+') => 1,
                Some('-') => -1,
                _ => 0,
            };
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) = match digits.len() {
                1 | 2 => (digits.as_str(), "0"),
                3 => digits.split_at(1),
                _ => digits.split_at(digits.len().min(2)),
            };
            let number = |t: &str| t.parse::<i32>().unwrap_or(0);
            sign * (number(hours) * 60 + number(minutes))
        }
    };
    Offset::from_seconds(minutes.clamp(-24 * 60, 24 * 60) * 60).unwrap_or(Offset::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_feeds_write_them() {
        for (written, text, utc) in [
            ("Fri, 06 Feb 2026 16:32:00 -0500", "2026-02-06T16:32:00-05:00", "2026-02-06T21:32:00Z"),
            ("Fri, 6 Feb 2026 16:32 EST", "2026-02-06T16:32:00-05:00", "2026-02-06T21:32:00Z"),
            ("06 Feb 26 16:32:00 GMT", "2026-02-06T16:32:00Z", "2026-02-06T16:32:00Z"),
            ("Friday, 06-Feb-26 16:32:00 GMT", "2026-02-06T16:32:00Z", "2026-02-06T16:32:00Z"),
            ("Fri Feb  6 16:32:00 2026", "2026-02-06T16:32:00Z", "2026-02-06T16:32:00Z"),
            ("February 6, 2026", "2026-02-06", "2026-02-06T00:00:00Z"),
            ("Fri, 06 Febuary 2026 16:32:00 GMT+2", "2026-02-06T16:32:00+02:00", "2026-02-06T14:32:00Z"),
            ("Fri, 06 Feb 2026 16:32:00 -0500 (EST)", "2026-02-06T16:32:00-05:00", "2026-02-06T21:32:00Z"),
            ("2026-02-06T16:32:00Z", "2026-02-06T16:32:00Z", "2026-02-06T16:32:00Z"),
            ("2026-02-06T16:32+0530", "2026-02-06T16:32:00+05:30", "2026-02-06T11:02:00Z"),
            ("2026-02-06t16:32:00.250-08:00", "2026-02-06T16:32:00-08:00", "2026-02-07T00:32:00Z"),
            ("2026-02-06 16:32:00", "2026-02-06T16:32:00Z", "2026-02-06T16:32:00Z"),
            ("2026-02-06", "2026-02-06", "2026-02-06T00:00:00Z"),
            ("20260206", "2026-02-06", "2026-02-06T00:00:00Z"),
            ("2026-037", "2026-02-06", "2026-02-06T00:00:00Z"),
            ("2026-02", "2026-02-01", "2026-02-01T00:00:00Z"),
            ("2026", "2026-01-01", "2026-01-01T00:00:00Z"),
            ("Fri, 06 Feb 2026 24:00:00 +0100", "2026-02-07T00:00:00+01:00", "2026-02-06T23:00:00Z"),
        ] {
            let moment = Moment::read(written).unwrap_or_default();
            assert_eq!(moment.text.as_deref(), Some(text), "{written}");
            assert_eq!(moment.at.map(|t| t.to_string()).as_deref(), Some(utc), "{written}");
        }
        for none in ["yesterday", "Fri, 31 Feb 2026 10:00 GMT", "2026-13-01", "-", "99", "2026-02-06T99:00"] {
            assert_eq!(Moment::read(none).and_then(|m| m.text), None, "{none}");
        }
        assert_eq!(Moment::read("  "), None);
    }
}
