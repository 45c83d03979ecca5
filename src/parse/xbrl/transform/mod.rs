//! Printed text → value, by the transformation that the file names.
//!
//! Formats are known by their local name: the same name means the same in
//! every version of both registries (ixt of XBRL International, ixt-sec of the
//! SEC).

mod date;
mod duration;
mod names;
mod number;
mod words;

pub(super) use number::number;

use std::borrow::Cow;

/// Why a text has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The format is none that is known.
    UnknownFormat,
    /// The text is not of the format's form.
    NotOfForm,
    /// Infinite or not a number: no value that a record can hold.
    NotFinite,
}

/// The value of a non-numeric text; without a format the text itself.
pub(super) fn text<'t>(format: Option<&str>, printed: &'t str) -> Result<Cow<'t, str>, Problem> {
    let Some(format) = format else { return Ok(Cow::Borrowed(printed)) };
    let name = local(format);
    let trimmed = printed.trim();
    let fixed = match name {
        "fixed-true" | "booleantrue" | "boolean-true" => Some("true"),
        "fixed-false" | "booleanfalse" | "boolean-false" => Some("false"),
        "fixed-zero" | "zerodash" | "numdash" => Some("0"),
        "fixed-empty" | "nocontent" => Some(""),
        "boolballotbox" => Some(ballot(trimmed).ok_or(Problem::NotOfForm)?),
        "yesnoballotbox" => Some(if ballot(trimmed).ok_or(Problem::NotOfForm)? == "true" { "Yes" } else { "No" }),
        _ => None,
    };
    if let Some(fixed) = fixed {
        return Ok(Cow::Borrowed(fixed));
    }
    let lower = trimmed.to_lowercase();
    if let Some(read) = date::read(name, &lower).or_else(|| duration::read(name, &lower)) {
        return read.map(Cow::Owned).ok_or(Problem::NotOfForm);
    }
    if let Some(list) = names::list(name) {
        return names::code(list, &lower).map(Cow::Borrowed).ok_or(Problem::NotOfForm);
    }
    // Number formats are allowed on text as well.
    match number(Some(format), printed) {
        Ok(value) => Ok(Cow::Owned(value.to_string())),
        Err(problem) => Err(problem),
    }
}

/// A format's name without its prefix.
fn local(format: &str) -> &str {
    format.rsplit_once(':').map_or(format, |(_, local)| local)
}

fn ballot(text: &str) -> Option<&'static str> {
    match text {
        "☐" | "\u{A8}" | "o" => Some("false"),
        "☑" | "☒" | "\u{FE}" | "x" | "X" => Some("true"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let read = |format: &str, printed: &str| text(Some(format), printed).map(Cow::into_owned);
        let ok = |t: &str| Ok(t.to_string());
        assert_eq!(text(None, " as it is "), Ok(Cow::Borrowed(" as it is ")));
        assert_eq!(read("ixt:fixed-true", "Yes"), ok("true"));
        assert_eq!(read("ixt:booleanfalse", "no"), ok("false"));
        assert_eq!(read("ixt-sec:boolballotbox", " ☒ "), ok("true"));
        assert_eq!(read("ixt-sec:boolballotbox", "?"), Err(Problem::NotOfForm));
        assert_eq!(read("ixt:date-monthname-day-year-en", "September 27, 2025"), ok("2025-09-27"));
        assert_eq!(read("ixt-sec:durwordsen", "Two years and six months"), ok("P2Y6M"));
        assert_eq!(read("ixt-sec:stateprovnameen", "New York"), ok("NY"));
        assert_eq!(read("ixt:num-dot-decimal", "1,234.50"), ok("1234.5"));
        assert_eq!(read("ixt:made-up", "1"), Err(Problem::UnknownFormat));
    }
}
