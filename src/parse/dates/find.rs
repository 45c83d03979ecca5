//! Finds dates in running text.

use std::ops::Range;

use jiff::civil::Date;

use super::Stamp;
use super::months::month;

/// How a page writes "06/02/2026" where both could be the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// 6 February.
    DayFirst,
    /// June 2.
    MonthFirst,
}

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it says.
    pub stamp: Stamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Number { value: u32, digits: u8 },
    Month(i8),
    Suffix,
    Sign(char),
    Gap,
    Word,
}

/// The dates printed in `text`, in order. A month without a day is none.
pub(crate) fn find(text: &str, order: Order) -> Vec<Found> {
    let pieces = pieces(text);
    let mut found = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        // A date may not begin in the middle of a longer number ("1.2.2026.5", "$6.2").
        let glued = i > 0 && matches!(pieces[i - 1].0, Piece::Number { .. } | Piece::Word)
            || i > 1
                && matches!(pieces[i - 1].0, Piece::Sign('.' | ',' | '/' | '-'))
                && matches!(pieces[i - 2].0, Piece::Number { .. });
        match (!glued).then(|| at(&pieces[i..], order)).flatten() {
            Some((date, used)) if !continues(&pieces[i + used..]) => {
                let end = pieces[i + used - 1].1.end;
                found.push(Found { span: pieces[i].1.start..end, stamp: Stamp::day(date) });
                i += used;
            }
            _ => i += 1,
        }
    }
    found
}

/// Whether a number goes on after the date ("2026-02-06-123", "06.02.2026.4").
fn continues(rest: &[(Piece, Range<usize>)]) -> bool {
    matches!(rest, [(Piece::Number { .. }, _), ..] | [(Piece::Sign('.' | '/' | '-'), _), (Piece::Number { .. }, _), ..])
}

fn at(p: &[(Piece, Range<usize>)], order: Order) -> Option<(Date, usize)> {
    numeric(p, order).or_else(|| day_month(p)).or_else(|| month_day(p)).or_else(|| east_asian(p))
}

fn number(p: &[(Piece, Range<usize>)], i: usize) -> Option<(u32, u8)> {
    match p.get(i)?.0 {
        Piece::Number { value, digits } => Some((value, digits)),
        _ => None,
    }
}

/// "2026-02-06", "06.02.2026", "6.2.26", "6. 2. 2026", "06/02/2026".
fn numeric(p: &[(Piece, Range<usize>)], order: Order) -> Option<(Date, usize)> {
    let (first, first_digits) = number(p, 0)?;
    let Piece::Sign(sign @ ('-' | '.' | '/')) = p.get(1)?.0 else { return None };
    let spaced = sign == '.' && p.get(2)?.0 == Piece::Gap;
    let second_at = if spaced { 3 } else { 2 };
    let (second, _) = number(p, second_at)?;
    if p.get(second_at + 1)?.0 != Piece::Sign(sign) {
        return None;
    }
    let gap = sign == '.' && p.get(second_at + 2)?.0 == Piece::Gap;
    let third_at = second_at + 2 + usize::from(gap);
    let (third, third_digits) = number(p, third_at)?;
    let used = third_at + 1;
    let (year, month, day) = match (first_digits, third_digits) {
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) if sign == '/' && order == Order::MonthFirst && first <= 12 => (third, first, second),
        (1 | 2, 4) if sign == '/' && second > 12 => (third, first, second),
        (1 | 2, 4) => (third, second, first),
        (1 | 2, 2) if sign == '.' && !spaced => (2000 + third, second, first),
        _ => return None,
    };
    Some((date(year, month, day)?, used))
}

/// "6. Februar 2026", "6th of February, 2026", "6 de febrero de 2026", "06-Feb-2026".
fn day_month(p: &[(Piece, Range<usize>)]) -> Option<(Date, usize)> {
    let (day, digits) = number(p, 0)?;
    if digits > 2 {
        return None;
    }
    let mut i = skip(p, 1);
    let Piece::Month(month) = p.get(i)?.0 else { return None };
    i = skip(p, i + 1);
    let (year, digits) = number(p, i)?;
    (digits == 4).then(|| date(year, month as u32, day)).flatten().map(|d| (d, i + 1))
}

/// "February 6, 2026", "Feb. 6th 2026".
fn month_day(p: &[(Piece, Range<usize>)]) -> Option<(Date, usize)> {
    let Piece::Month(month) = p.first()?.0 else { return None };
    let mut i = skip(p, 1);
    let (day, digits) = number(p, i)?;
    if digits > 2 {
        return None;
    }
    i = skip(p, i + 1);
    let (year, digits) = number(p, i)?;
    (digits == 4).then(|| date(year, month as u32, day)).flatten().map(|d| (d, i + 1))
}

/// "2026年2月6日".
fn east_asian(p: &[(Piece, Range<usize>)]) -> Option<(Date, usize)> {
    let signs = [p.get(1)?.0, p.get(3)?.0, p.get(5)?.0];
    if signs != [Piece::Sign('年'), Piece::Sign('月'), Piece::Sign('日')] {
        return None;
    }
    Some((date(number(p, 0)?.0, number(p, 2)?.0, number(p, 4)?.0)?, 6))
}

/// Steps over what may stand between the parts of a written date.
fn skip(p: &[(Piece, Range<usize>)], mut i: usize) -> usize {
    while let Some((Piece::Gap | Piece::Suffix | Piece::Sign('.' | ',' | '-' | '/'), _)) = p.get(i) {
        i += 1;
    }
    i
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1980..=2100).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn pieces(text: &str) -> Vec<(Piece, Range<usize>)> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let mut extend = |test: fn(char) -> bool| {
            while let Some((at, next)) = chars.next_if(|(_, n)| test(*n)) {
                end = at + next.len_utf8();
            }
            end
        };
        let piece = if c.is_ascii_digit() {
            end = extend(|c| c.is_ascii_digit());
            let digits = end - start;
            let value = text[start..end].parse().unwrap_or(u32::MAX);
            Piece::Number { value, digits: u8::try_from(digits).unwrap_or(u8::MAX) }
        } else if matches!(c, '年' | '月' | '日') {
            Piece::Sign(c)
        } else if c.is_alphabetic() {
            end = extend(|c| c.is_alphabetic() && !matches!(c, '年' | '月' | '日'));
            let word = text[start..end].to_lowercase();
            match month(&word) {
                Some(number) => Piece::Month(number),
                None if matches!(word.as_str(), "st" | "nd" | "rd" | "th" | "de" | "del" | "of" | "er") => {
                    Piece::Suffix
                }
                None => Piece::Word,
            }
        } else if c.is_whitespace() {
            end = extend(char::is_whitespace);
            Piece::Gap
        } else if c == 'º' || c == '°' {
            Piece::Suffix
        } else {
            Piece::Sign(c)
        };
        out.push((piece, start..end));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Vec<String> {
        find(text, Order::DayFirst).into_iter().map(|f| f.stamp.text()).collect()
    }

    #[test]
    fn finds_written_and_numeric_dates() {
        for text in [
            "Published February 6, 2026 by us",
            "Feb. 6th, 2026",
            "6. Februar 2026, 10:15 Uhr",
            "Stand: 06.02.2026",
            "06.02.26",
            "am 6. 2. 2026",
            "2026-02-06",
            "6 de febrero de 2026",
            "6th of February, 2026",
            "le 6 février 2026",
            "2026年2月6日",
            "06/02/2026",
            "06-Feb-2026",
        ] {
            assert_eq!(dates(text), ["2026-02-06"], "{text}");
        }
        assert_eq!(find("06/02/2026", Order::MonthFirst)[0].stamp.text(), "2026-06-02");
        assert_eq!(dates("from 1 May 2025 to 2 June 2025"), ["2025-05-01", "2025-06-02"]);
    }

    #[test]
    fn finds_no_date_where_there_is_none() {
        for text in [
            "version 1.2.2026.5",
            "192.168.20.26",
            "$6.2 billion in 2026",
            "© 2026",
            "May 2026",
            "10-20 2026",
            "32.01.2026",
            "tel 06/12/34",
        ] {
            assert!(dates(text).is_empty(), "{text}");
        }
    }
}
