//! The cover of a form in words: who files, and for which period.

use jiff::civil::Date;

use crate::model::Filing;
use crate::parse::dates;

/// How far a cover goes, in bytes.
const COVER: usize = 12 << 10;

/// Words behind which the period of report stands, and whether it ends a fiscal year.
const PERIODS: &[(&str, bool)] = &[
    ("fiscal year ended", true),
    ("fiscal year ending", true),
    ("year ended", true),
    ("quarterly period ended", false),
    ("quarter ended", false),
    ("period ended", false),
    ("date of report", false),
];

/// What the cover says of filer and period.
pub(super) fn read(text: &str) -> Filing {
    let head = &text[..text.floor_char_boundary(COVER)];
    let mut filing = Filing { company: company(head), ..Filing::default() };
    let lower = head.to_ascii_lowercase();
    for (words, annual) in PERIODS {
        let Some(at) = lower.find(words).map(|at| at + words.len()) else { continue };
        let Some(day) = date(&head[at..]) else { continue };
        if *annual {
            filing.fiscal_year_end = Some(format!("{:02}-{:02}", day.month(), day.day()));
        }
        filing.period_of_report = Some(day.to_string());
        break;
    }
    filing
}

/// The first date of the next words: "December 31, 1999".
fn date(text: &str) -> Option<Date> {
    let near = &text[..text.floor_char_boundary(80)];
    let near = near.replace(['|', '\n', ':'], " ");
    let words: Vec<&str> = near.split_whitespace().collect();
    (0..words.len()).find_map(|at| {
        let three = words.get(at..at + 3)?.join(" ");
        let date = dates::normalise(three.trim_end_matches([',', '.', ')']))?;
        date.get(..10)?.parse().ok()
    })
}

/// The line above "(Exact name of registrant as specified in its charter)".
fn company(head: &str) -> Option<String> {
    const LONGEST: usize = 120;
    let lower = head.to_ascii_lowercase();
    let at = lower.find("exact name of ")?;
    let before = head[..at].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '|' | '_' | '-'));
    let line = before.lines().next_back()?.trim_matches(|c: char| c.is_whitespace() || c == '|');
    let name = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 2 && name.len() <= LONGEST && !name.to_ascii_lowercase().contains("commission file")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_periods() {
        let filing = read(
            "FORM 10-K405\nFor the fiscal year ended June 30, 1998\nCommission file number 0-1\nTIDE MILLS, INC.\n(Exact name of registrant as specified in its charter)\n",
        );
        assert_eq!(filing.company.as_deref(), Some("TIDE MILLS, INC."));
        assert_eq!(filing.period_of_report.as_deref(), Some("1998-06-30"));
        assert_eq!(filing.fiscal_year_end.as_deref(), Some("06-30"));
        let quarter = read("For the quarterly period ended March 31, 2019\n| or\n");
        assert_eq!((quarter.period_of_report.as_deref(), quarter.fiscal_year_end), (Some("2019-03-31"), None));
        assert_eq!(read("Nothing of the kind ended here."), Filing::default());
    }
}
