//! Retries: what `Retry-After` asks for, and how long to wait without it.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// Longest wait between two tries of a page.
const LONGEST: Duration = Duration::from_secs(6 * 3600);

/// The wait a `Retry-After` header asks for, in seconds or as a date; none
/// where it says nothing that can be used. Uncapped: the caller has a limit.
pub fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let zoned = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()?;
    let seconds = zoned.as_second().checked_sub(now.as_second())?;
    u64::try_from(seconds).ok().map(Duration::from_secs)
}

/// The wait before try number `attempt` (the first retry is 1): doubled each
/// time, with up to half of it added by `chance` (0 to 1) so that pages that
/// failed together do not come back together.
pub fn backoff(first: Duration, attempt: u32, chance: f64) -> Duration {
    let wait = first.saturating_mul(1 << attempt.saturating_sub(1).min(20)).min(LONGEST);
    wait.mul_f64(1.0 + chance.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_in_all_its_forms() -> Result<(), jiff::Error> {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse()?;
        let read = |v: &str| retry_after(v, now).map(|d| d.as_secs());
        assert_eq!(read("7"), Some(7));
        assert_eq!(read("Fri, 20 Nov 2026 12:02:00 GMT"), Some(120));
        assert_eq!(read("Fri, 20 Nov 2026 11:00:00 GMT"), None);
        assert_eq!(read("Fri, 20 Nov 2036 12:00:00 GMT"), Some(315_619_200));
        assert_eq!([read("-3"), read("soon"), read(""), read("1e9")], [None; 4]);
        Ok(())
    }

    #[test]
    fn waits_double_up_to_a_limit() {
        let second = Duration::from_secs(1);
        let waits: Vec<u64> = (1..6).map(|n| backoff(second, n, 0.0).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16]);
        assert_eq!(backoff(second, 3, 1.0).as_secs(), 6);
        assert!(backoff(second, 4000, 1.0) <= LONGEST * 2);
    }
}
