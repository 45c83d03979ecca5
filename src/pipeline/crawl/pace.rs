//! Pace: when an address is asked again. What changes often is asked more
//! often; what fails is tried again later and later.

use std::time::Duration;

use crate::fetch::backoff;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// Seconds of a day.
pub(super) const DAY: i64 = 24 * HOUR;

/// Seconds until a list that came broken is asked again.
pub(super) const RETRY: i64 = 10 * MINUTE;

/// Seconds after which what never changes would be asked again.
pub(super) const EVER: i64 = 100 * 365 * DAY;

/// Seconds until a list is read again: half as long after a change, half as
/// long again after none. `base` is what its source asks for.
pub(super) fn of_list(before: i64, base: Option<Duration>, changed: bool) -> i64 {
    let base = base.map_or(30 * MINUTE, |b| i64::try_from(b.as_secs()).unwrap_or(DAY)).clamp(1, DAY);
    match (before, changed) {
        (0, _) => base,
        (before, true) => (before / 2).max(base / 4).max(1),
        (before, false) => (before * 3 / 2).min((base * 16).min(DAY)),
    }
}

/// Seconds until a page may be asked again when something names it.
pub(super) fn of_page(before: i64, changed: bool) -> i64 {
    match (before, changed) {
        (0, _) => DAY,
        (before, true) => (before / 2).max(HOUR),
        (before, false) => (before * 2).min(30 * DAY),
    }
}

/// Seconds until an address that failed for good may be asked again.
pub(super) fn of_failure(status: u16) -> i64 {
    match status {
        404 | 410 => 30 * DAY,
        401 | 402 | 403 | 451 => 7 * DAY,
        _ => DAY,
    }
}

/// Seconds until a failed request is repeated.
pub(super) fn of_retry(first: Duration, attempt: u32, url: &str) -> i64 {
    let hash = blake3::hash(format!("{attempt} {url}").as_bytes());
    let chance = f64::from(hash.as_bytes()[0]) / 255.0;
    let wait = backoff(first, attempt, chance);
    i64::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_quicken_and_silence_slows() {
        let base = Some(Duration::from_secs(900));
        let mut pace = of_list(0, base, true);
        assert_eq!(pace, 900);
        for _ in 0..10 {
            pace = of_list(pace, base, true);
        }
        assert_eq!(pace, 225);
        for _ in 0..30 {
            pace = of_list(pace, base, false);
        }
        assert_eq!(pace, 14_400);
        assert_eq!((of_page(0, true), of_page(DAY, false), of_page(2 * HOUR, true)), (DAY, 2 * DAY, HOUR));
        assert!(of_page(29 * DAY, false) <= 30 * DAY && of_failure(404) > of_failure(500));
        assert!(of_retry(Duration::from_millis(10), 1, "u") == 1 && of_retry(Duration::from_secs(10), 3, "u") >= 40);
    }
}
