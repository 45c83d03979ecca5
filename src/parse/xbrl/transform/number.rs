//! Formats of numbers.

use super::{Problem, local, words};
use crate::model::Decimal;

/// The number that `printed` shows; without a format a plain decimal.
pub(in crate::parse::xbrl) fn number(format: Option<&str>, printed: &str) -> Result<Decimal, Problem> {
    let printed = printed.trim();
    let Some(format) = format else { return plain(printed) };
    match local(format) {
        "num-dot-decimal"
        | "numdotdecimal"
        | "numcommadot"
        | "numspacedot"
        | "numdotdecimalin"
        | "num-dot-decimal-in"
        | "num-dot-decimal-apos" => grouped(printed, '.'),
        "num-comma-decimal"
        | "numcommadecimal"
        | "numdotcomma"
        | "numspacecomma"
        | "numcomma"
        | "num-comma-decimal-apos" => grouped(printed, ','),
        "num-unit-decimal" | "numunitdecimal" | "numunitdecimalin" | "num-unit-decimal-in" => units(printed),
        "fixed-zero" | "zerodash" | "numdash" => Ok(Decimal::default()),
        "numwordsen" => words::number(printed),
        "numinf" | "numneginf" | "numnan" => Err(Problem::NotFinite),
        _ => Err(Problem::UnknownFormat),
    }
}

/// `xs:decimal`, or the same in scientific notation.
fn plain(printed: &str) -> Result<Decimal, Problem> {
    match printed {
        "INF" | "-INF" | "NaN" => Err(Problem::NotFinite),
        _ => printed.parse().map_err(|_| Problem::NotOfForm),
    }
}

/// Digits with a decimal mark and groups set apart by anything that sets groups apart.
fn grouped(printed: &str, mark: char) -> Result<Decimal, Problem> {
    let mut number = String::with_capacity(printed.len());
    let mut marked = false;
    for c in printed.chars() {
        match c {
            '0'..='9' => number.push(c),
            '０'..='９' => number.push(char::from_digit(c as u32 - '０' as u32, 10).unwrap_or('0')),
            c if c == mark => {
                if std::mem::replace(&mut marked, true) {
                    return Err(Problem::NotOfForm);
                }
                number.push('.');
            }
            ',' | '.' | '\'' | '’' | '`' | '´' | '′' if !marked => {}
            c if c.is_whitespace() && !marked => {}
            _ => return Err(Problem::NotOfForm),
        }
    }
    if !number.bytes().any(|b| b.is_ascii_digit()) {
        return Err(Problem::NotOfForm);
    }
    number.parse().map_err(|_| Problem::NotOfForm)
}

/// "5 dollars 30 cents", "30p": what stands behind the first word are hundredths.
fn units(printed: &str) -> Result<Decimal, Problem> {
    let mut groups: Vec<String> = Vec::new();
    let mut inside = false;
    for c in printed.chars() {
        match c {
            '0'..='9' => {
                if !std::mem::replace(&mut inside, true) {
                    groups.push(String::new());
                }
                if let Some(group) = groups.last_mut() {
                    group.push(c);
                }
            }
            ',' | '.' | '\'' | ' ' | '\u{a0}' => {}
            _ => inside = false,
        }
    }
    match groups.as_slice() {
        [whole] => whole.parse().map_err(|_| Problem::NotOfForm),
        [whole, part] if part.len() <= 2 => format!("{whole}.{part:0>2}").parse().map_err(|_| Problem::NotOfForm),
        _ => Err(Problem::NotOfForm),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, printed: &str) -> String {
        let format = Some(format).filter(|f| !f.is_empty());
        number(format, printed).map_or_else(|p| format!("{p:?}"), |d| d.to_string())
    }

    #[test]
    fn both_registries() {
        assert_eq!(read("", "12.50"), "12.5");
        assert_eq!(read("", "1,250"), "NotOfForm");
        assert_eq!(read("", ""), "NotOfForm");
        assert_eq!(read("ixt:num-dot-decimal", " 1,234,567.89 "), "1234567.89");
        assert_eq!(read("ixt:num-dot-decimal", "1 234 567"), "1234567");
        assert_eq!(read("ixt:num-dot-decimal-apos", "1’234.5"), "1234.5");
        assert_eq!(read("ixt:numdotdecimal", "1.2.3"), "NotOfForm");
        assert_eq!(read("ixt:numdotdecimal", "(12)"), "NotOfForm");
        assert_eq!(read("ixt:numcommadecimal", "1.234,5"), "1234.5");
        assert_eq!(read("ixt:num-comma-decimal", "12 345,6"), "12345.6");
        assert_eq!(read("ixt:numspacedot", "12\u{a0}345.6"), "12345.6");
        assert_eq!(read("ixt:num-unit-decimal", "5 dollars 7 cents"), "5.07");
        assert_eq!(read("ixt:fixed-zero", "no"), "0");
        assert_eq!(read("ixt:zerodash", "—"), "0");
        assert_eq!(read("ixt-sec:numwordsen", "twenty-one"), "21");
        assert_eq!(read("ixt-sec:numinf", "∞"), "NotFinite");
        assert_eq!(read("ixt:nothing-of-the-kind", "1"), "UnknownFormat");
    }
}
