//! Ranges of days and quarters, as they are asked for.

use jiff::civil::Date;

/// A day, or the first and last of several: `2025-02-06`, `2025-02-03..2025-02-07`.
///
/// # Errors
/// Says how it is written.
pub(super) fn days(text: &str) -> Result<(Date, Date), String> {
    let wrong = || format!("{text:?} is no day and no range of days; write 2025-02-06 or 2025-02-03..2025-02-07");
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let day = |t: &str| t.trim().parse::<Date>().map_err(|_| wrong());
    let (from, to) = (day(from)?, day(to)?);
    if from > to { Err(wrong()) } else { Ok((from, to)) }
}

/// Year and number of a quarter.
pub(super) type Quarter = (i16, i8);

/// A quarter, or the first and last of several: `2025-Q1`, `2024-Q3..2025-Q2`.
///
/// # Errors
/// Says how it is written.
pub(super) fn quarters(text: &str) -> Result<Vec<Quarter>, String> {
    let wrong = || format!("{text:?} is no quarter and no range of quarters; write 2025-Q1 or 2024-Q3..2025-Q2");
    let one = |t: &str| -> Option<Quarter> {
        let (year, quarter) = t.trim().split_once('-')?;
        let number: i8 = quarter.strip_prefix(['Q', 'q'])?.parse().ok()?;
        let year: i16 = year.parse().ok()?;
        ((1..=4).contains(&number) && (1993..=2100).contains(&year)).then_some((year, number))
    };
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let (from, to) = (one(from).ok_or_else(wrong)?, one(to).ok_or_else(wrong)?);
    if from > to { Err(wrong()) } else { Ok(between(from, to)) }
}

/// The quarter of a day.
pub(super) fn quarter(day: Date) -> Quarter {
    (day.year(), (day.month() - 1) / 3 + 1)
}

/// All quarters from one to another.
pub(super) fn between(from: Quarter, to: Quarter) -> Vec<Quarter> {
    let next = |(year, number): &Quarter| Some(if *number == 4 { (year + 1, 1) } else { (*year, number + 1) });
    std::iter::successors(Some(from), next).take_while(|q| *q <= to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        assert_eq!(quarters("2024-Q3..2025-q2"), Ok(vec![(2024, 3), (2024, 4), (2025, 1), (2025, 2)]));
        assert_eq!(quarters("2025-Q1").map(|q| q.len()), Ok(1));
        assert!(quarters("2025-Q5").is_err() && quarters("2025-Q2..2025-Q1").is_err() && quarters("2025").is_err());
        assert!(days("2025-02-06").is_ok_and(|(a, b)| a == b && quarter(a) == (2025, 1)));
        assert!(days("2025-02-06..2025-02-05").is_err() && days("soon").is_err());
    }
}
