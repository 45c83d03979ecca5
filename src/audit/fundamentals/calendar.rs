//! The calendar period that a fiscal one lies nearest to.

use jiff::civil::Date;

use super::observed::{Span, days};

/// Year and quarter of a period's middle.
pub(super) fn middle(span: Span) -> (i16, i8) {
    let half = days(span.0, span.1) / 2;
    let day = span.0.checked_add(jiff::Span::new().days(half)).unwrap_or(span.0);
    (day.year(), (day.month() - 1) / 3 + 1)
}

/// `2024-Q3` of a quarter.
pub(super) fn quarter(span: Span) -> String {
    let (year, quarter) = middle(span);
    format!("{year}-Q{quarter}")
}

/// `2024` of a year.
pub(super) fn year(span: Span) -> String {
    middle(span).0.to_string()
}

/// First and last day of a calendar year.
pub(super) fn whole(year: i16) -> Option<Span> {
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}
