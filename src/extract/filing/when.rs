//! When: the time of a column, by its head, the issuer's fiscal year and the
//! period that the document reports on.

use jiff::ToSpan;
use jiff::civil::Date;

use super::head::{Head, first_day, last_day};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Weeks(i64),
    Months(i64),
}

impl Length {
    /// Whether it is a year.
    pub fn is_year(self) -> bool {
        matches!(self, Self::Months(12) | Self::Weeks(52 | 53))
    }
}

/// First and last day; the same for a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub first: Date,
    pub last: Date,
    /// None for a point in time.
    pub length: Option<Length>,
    /// Named as a fiscal year or quarter.
    pub fiscal: Option<(i16, Option<i8>)>,
}

/// What is known of the issuer's years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Years {
    /// Month and day on which the fiscal year ends.
    pub end: Option<(i8, i8)>,
    /// Last day of the period the document reports on.
    pub reported: Option<Date>,
    /// Fiscal year less the calendar year in which it ends.
    pub offset: i16,
    /// The document reports on a year.
    pub annual: bool,
}

impl Years {
    /// The year ends with December.
    pub fn is_calendar(&self) -> bool {
        self.end.is_none_or(|(month, day)| month == 12 && day >= 25 || month == 1 && day <= 3)
    }

    /// Last day of the fiscal year of that name.
    pub fn year_end(&self, named: i16) -> Option<Date> {
        let (month, day) = self.end.unwrap_or((12, 31));
        let year = named - self.offset;
        // Years of whole weeks end on other days each year: as the reported one does.
        if let Some(reported) = self.reported {
            let same = Date::new(reported.year(), month, day.min(last_day(reported.year(), month))).ok()?;
            let apart = same.until(reported).map_or(i32::MAX, |s| s.get_days().abs());
            if apart <= 10 && reported != same.last_of_month() {
                let weeks = i64::from(year - reported.year()) * 52;
                let near = reported.checked_add((7 * weeks).days()).ok()?;
                let wanted = Date::new(year, month, day.min(last_day(year, month))).ok()?;
                // 52 weeks are a day or two short of a year.
                let late = near.until(wanted).map_or(0, |s| s.get_days());
                let more = if late > 4 { (i64::from(late) + 2) / 7 } else { 0 };
                return near.checked_add((7 * more).days()).ok();
            }
        }
        Date::new(year, month, day.min(last_day(year, month))).ok()
    }

    /// Last day of a fiscal quarter.
    pub fn quarter_end(&self, named: i16, quarter: i8) -> Option<Date> {
        let end = self.year_end(named)?;
        if quarter == 4 {
            return Some(end);
        }
        let back = i64::from(4 - quarter);
        if end == end.last_of_month() {
            return Some(end.checked_sub((3 * back).months()).ok()?.last_of_month());
        }
        end.checked_sub((91 * back).days()).ok()
    }

    /// The fiscal year and quarter that end on a day.
    pub fn named(&self, last: Date) -> (i16, i8) {
        let (month, _) = self.end.unwrap_or((12, 31));
        // Ends of quarters may slip over into the next month.
        let near = if last.day() <= 7 { last.checked_sub(7.days()).unwrap_or(last) } else { last };
        let end_month = if self.end.is_some_and(|(_, day)| day <= 7) { (month + 10) % 12 + 1 } else { month };
        let behind = (near.month() - end_month).rem_euclid(12);
        let quarter = if behind == 0 { 4 } else { (behind + 2) / 3 };
        let year_of_end = if near.month() > end_month { near.year() + 1 } else { near.year() };
        let year_of_end = if end_month != month && end_month == 12 { year_of_end + 1 } else { year_of_end };
        (year_of_end + self.offset, quarter)
    }
}

impl Head {
    /// The time, where the head tells one.
    pub fn when(&self, years: &Years, instant: bool) -> Option<When> {
        if self.several && !self.change {
            return None;
        }
        if let Some(quarter) = self.quarter.filter(|_| self.day.is_none()) {
            let year = self.year?;
            let last = years.quarter_end(year, quarter)?;
            let first = first_day(Length::Months(3), last)?;
            let fiscal = (self.fiscal || !years.is_calendar()).then_some((year, Some(quarter)));
            return Some(When { first, last, length: Some(Length::Months(3)), fiscal });
        }
        let last = match (self.day, self.year) {
            (Some((month, day)), Some(year)) => Date::new(year, month, day.min(last_day(year, month))).ok()?,
            (Some((month, day)), None) => {
                let reported = years.reported?;
                let year = if (month, day) > (reported.month(), reported.day() + 7) {
                    reported.year() - 1
                } else {
                    reported.year()
                };
                // Without a year only the reported period itself can be meant.
                (month == reported.month() || self.length.is_some())
                    .then(|| Date::new(year, month, day).ok())
                    .flatten()?
            }
            (None, Some(year)) => {
                let whole = self.length.is_some_and(Length::is_year) || self.length.is_none();
                if !whole {
                    return self.same_part(years, year);
                }
                let last = years.year_end(year)?;
                if instant {
                    return Some(When { first: last, last, length: None, fiscal: None });
                }
                // A year alone is one only where years are reported.
                if self.length.is_none() && !years.annual {
                    return None;
                }
                let fiscal = (self.fiscal || !years.is_calendar()).then_some((year, None));
                let length = Length::Months(12);
                return Some(When { first: first_day(length, last)?, last, length: Some(length), fiscal });
            }
            (None, None) => return None,
        };
        match self.length {
            Some(length) if !instant => {
                let fiscal = (length.is_year() && !years.is_calendar()).then(|| (years.named(last).0, None));
                Some(When { first: first_day(length, last)?, last, length: Some(length), fiscal })
            }
            _ if instant || self.instant => Some(When { first: last, last, length: None, fiscal: None }),
            _ => None,
        }
    }

    /// "Three months ended" over years alone: the reported part of each year.
    fn same_part(&self, years: &Years, year: i16) -> Option<When> {
        let reported = years.reported?;
        let length = self.length?;
        let back = i64::from(reported.year() - year);
        let last = if reported == reported.last_of_month() {
            Date::new(year, reported.month(), 1).ok()?.last_of_month()
        } else {
            reported.checked_sub((364 * back).days()).ok()?
        };
        Some(When { first: first_day(length, last)?, last, length: Some(length), fiscal: None })
    }
}

impl When {
    /// The normal form of RECORDS.
    pub fn norm(&self) -> String {
        if let Some((year, quarter)) = self.fiscal {
            return match quarter {
                Some(quarter) => format!("FY{year}-Q{quarter}"),
                None => format!("FY{year}"),
            };
        }
        let middle = |days: i64| self.last.checked_sub(days.days()).unwrap_or(self.last);
        match self.length {
            None => self.last.to_string(),
            Some(Length::Months(3) | Length::Weeks(12..=14)) => {
                let middle = middle(45);
                format!("{}-Q{}", middle.year(), (middle.month() - 1) / 3 + 1)
            }
            Some(length) if length.is_year() => middle(180).year().to_string(),
            Some(Length::Months(1)) => format!("{:04}-{:02}", self.last.year(), self.last.month()),
            Some(_) => format!("{}..{}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str, years: &Years, instant: bool) -> Option<(String, String, String)> {
        Head::read(text).when(years, instant).map(|w| (w.norm(), w.first.to_string(), w.last.to_string()))
    }

    fn three(norm: &str, first: &str, last: &str) -> Option<(String, String, String)> {
        Some((norm.into(), first.into(), last.into()))
    }

    #[test]
    fn calendar_years() {
        let years = Years { end: Some((12, 31)), reported: "2024-12-31".parse().ok(), annual: true, offset: 0 };
        assert_eq!(when("2023", &years, false), three("2023", "2023-01-01", "2023-12-31"));
        assert_eq!(when("2023", &years, true), three("2023-12-31", "2023-12-31", "2023-12-31"));
        assert_eq!(when("Q3 2024", &years, false), three("2024-Q3", "2024-07-01", "2024-09-30"));
        assert_eq!(
            when("Six Months Ended June 30, 2025", &years, false),
            three("2025-01-01..2025-06-30", "2025-01-01", "2025-06-30")
        );
        assert_eq!(when("December 31, 2024", &years, false), None);
        // A comparison is of the later time; a column of two times that compares nothing has none.
        assert_eq!(when("2024 vs 2023", &years, false), three("2024", "2024-01-01", "2024-12-31"));
        assert_eq!(when("2024 and 2023", &years, false), None);
    }

    #[test]
    fn years_of_weeks() {
        let years = Years { end: Some((1, 26)), reported: "2025-01-26".parse().ok(), annual: true, offset: 0 };
        assert_eq!(when("Year Ended Jan 26, 2025", &years, false), three("FY2025", "2024-01-29", "2025-01-26"));
        assert_eq!(when("FY24", &years, false), three("FY2024", "2023-01-30", "2024-01-28"));
        assert_eq!(when("Q3 FY25", &years, false), three("FY2025-Q3", "2024-07-29", "2024-10-27"));
        assert_eq!(years.named("2024-10-27".parse().expect("a day")), (2025, 3));
        assert_eq!(years.named("2025-01-26".parse().expect("a day")), (2025, 4));
    }

    #[test]
    fn quarters_that_slip_over_the_end_of_a_month() {
        let apple = Years { end: Some((9, 28)), reported: "2025-03-29".parse().ok(), annual: false, offset: 0 };
        assert_eq!(
            when("Three Months Ended March 29, 2025", &apple, false),
            three("2025-Q1", "2024-12-29", "2025-03-29")
        );
        assert_eq!(apple.named("2025-03-29".parse().expect("a day")), (2025, 2));
        let amd = Years { end: Some((12, 28)), reported: "2023-07-01".parse().ok(), annual: false, offset: 0 };
        assert_eq!(amd.named("2023-07-01".parse().expect("a day")), (2023, 2));
        assert_eq!(when("2023", &amd, false), None);
    }
}
