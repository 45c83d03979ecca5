//! Lengths of periods; fiscal years that run over 52 or 53 weeks.

use jiff::civil::Date;

use super::observed::{Span, days};

/// Days in a period, both ends counted.
pub(super) fn length(span: Span) -> i64 {
    days(span.0, span.1) + 1
}

/// 12 to 14 weeks.
pub(super) fn is_quarter(span: Span) -> bool {
    (80..=100).contains(&length(span))
}

/// 50 to 54 weeks.
pub(super) fn is_year(span: Span) -> bool {
    (350..=380).contains(&length(span))
}

/// Whether two days may be the same end of a period, written differently.
pub(super) fn near(a: Date, b: Date) -> bool {
    days(a, b).abs() <= 10
}

/// The day after, and before.
pub(super) fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

/// The day before.
pub(super) fn before(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

/// Fiscal years as they are known, in order; others follow from them.
#[derive(Clone, Debug, Default)]
pub(super) struct FiscalYears {
    pub known: Vec<Span>,
}

impl FiscalYears {
    /// The fiscal year that a period lies in: a known one, or one that follows
    /// from the nearest at the same time of the year.
    fn around(&self, span: Span) -> Option<(Date, Date)> {
        let inside = |y: &&Span| days(y.0, span.0) >= -10 && days(span.1, y.1) >= -10;
        if let Some(year) = self.known.iter().find(inside) {
            return Some(*year);
        }
        let nearest = self.known.iter().min_by_key(|y| days(y.1, span.1).abs())?;
        let years = (days(nearest.1, span.1) as f64 / 365.25 - 0.02).ceil() as i16;
        let shift = |day: Date| day.checked_add(jiff::Span::new().years(years)).ok();
        Some((shift(nearest.0)?, shift(nearest.1)?))
    }

    /// `FY2025`: the year in which it ends. One that ends in the first days of
    /// January is the one before; so is that of a retailer whose 52 weeks end in
    /// the first days of February.
    fn name(year: Span) -> i16 {
        let end = year.1;
        let before = matches!((end.month(), end.day()), (1, ..=15) | (2, ..=7));
        if before { end.year() - 1 } else { end.year() }
    }

    /// `FY2025-Q1` of a quarter.
    pub fn quarter(&self, span: Span) -> Option<String> {
        let year = self.around(span)?;
        let number = (days(year.0, span.1) as f64 / 91.3).round().clamp(1.0, 4.0);
        Some(format!("FY{}-Q{number}", Self::name(year)))
    }

    /// `FY2025` of a year.
    pub fn year(span: Span) -> String {
        format!("FY{}", Self::name(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn years_are_named_as_issuers_name_them() {
        for (end, name) in [
            (date(2024, 12, 31), "FY2024"),
            (date(2025, 1, 3), "FY2024"),
            (date(2025, 1, 26), "FY2025"),
            (date(2025, 1, 31), "FY2025"),
            (date(2025, 2, 1), "FY2024"),
            (date(2025, 2, 28), "FY2025"),
            (date(2025, 6, 30), "FY2025"),
        ] {
            assert_eq!(FiscalYears::year((end, end)), name, "{end}");
        }
    }
}
