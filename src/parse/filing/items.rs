//! The items of the forms: their numbers, titles, and the words that tell them.

/// An item of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FormItem {
    /// Part, for forms that count items anew in each.
    pub part: Option<u8>,
    /// Number with letter.
    pub number: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Lower-case words: one of them begins or stands in the title as printed.
    pub words: &'static [&'static str],
}

const fn item(number: &'static str, title: &'static str, words: &'static [&'static str]) -> FormItem {
    FormItem { part: None, number, title, words }
}

const fn of(part: u8, number: &'static str, title: &'static str, words: &'static [&'static str]) -> FormItem {
    FormItem { part: Some(part), number, title, words }
}

#[rustfmt::skip]
const ANNUAL: &[FormItem] = &[
    item("1", "Business", &["business", "description of business"]),
    item("1A", "Risk Factors", &["risk factors"]),
    item("1B", "Unresolved Staff Comments", &["unresolved"]),
    item("1C", "Cybersecurity", &["cybersecurity"]),
    item("2", "Properties", &["propert"]),
    item("3", "Legal Proceedings", &["legal proceedings"]),
    item("4", "Mine Safety Disclosures", &["mine safety", "submission of matters", "removed", "reserved"]),
    item("5", "Market for Registrant’s Common Equity", &["market for", "market price"]),
    item("6", "Selected Financial Data", &["selected", "reserved", "[reserved"]),
    item("7", "Management’s Discussion and Analysis", &["management", "md&a"]),
    item("7A", "Quantitative and Qualitative Disclosures About Market Risk", &["quantitative"]),
    item("8", "Financial Statements and Supplementary Data", &["financial statements", "consolidated financial"]),
    item("9", "Changes in and Disagreements with Accountants", &["changes in and disagreements", "changes in", "disagreements"]),
    item("9A", "Controls and Procedures", &["controls and procedures", "controls"]),
    item("9B", "Other Information", &["other information"]),
    item("9C", "Disclosure Regarding Foreign Jurisdictions that Prevent Inspections", &["disclosure regarding foreign"]),
    item("10", "Directors, Executive Officers and Corporate Governance", &["directors"]),
    item("11", "Executive Compensation", &["executive compensation"]),
    item("12", "Security Ownership of Certain Beneficial Owners", &["security ownership"]),
    item("13", "Certain Relationships and Related Transactions", &["certain relationships"]),
    item("14", "Principal Accountant Fees and Services", &["principal account"]),
    item("15", "Exhibits and Financial Statement Schedules", &["exhibit"]),
    item("16", "Form 10-K Summary", &["form 10-k summary", "form 10–k summary", "summary"]),
];

#[rustfmt::skip]
const QUARTERLY: &[FormItem] = &[
    of(1, "1", "Financial Statements", &["financial statements", "consolidated financial", "condensed", "unaudited"]),
    of(1, "2", "Management’s Discussion and Analysis", &["management", "md&a"]),
    of(1, "3", "Quantitative and Qualitative Disclosures About Market Risk", &["quantitative"]),
    of(1, "4", "Controls and Procedures", &["controls"]),
    of(2, "1", "Legal Proceedings", &["legal proceedings"]),
    of(2, "1A", "Risk Factors", &["risk factors"]),
    of(2, "2", "Unregistered Sales of Equity Securities", &["unregistered", "changes in securities", "issuer purchases", "purchases of equity"]),
    of(2, "3", "Defaults Upon Senior Securities", &["default"]),
    of(2, "4", "Mine Safety Disclosures", &["mine safety", "submission of matters", "removed", "reserved"]),
    of(2, "5", "Other Information", &["other information"]),
    of(2, "6", "Exhibits", &["exhibit"]),
];

/// The items of a form; none where it has no such items.
pub(super) fn of_form(form: &str) -> &'static [FormItem] {
    match form.strip_suffix("/A").unwrap_or(form) {
        "10-K" | "10-K405" | "10-KSB" | "10-KT" => ANNUAL,
        "10-Q" | "10-QSB" | "10-QT" => QUARTERLY,
        _ => &[],
    }
}

/// A line that begins like an item's heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Begin<'l> {
    /// Part named before the item.
    pub part: Option<u8>,
    /// Number, upper case: `7A`, `2.02`.
    pub number: String,
    /// What stands behind.
    pub title: &'l str,
}

/// Reads "Item 7A. Quantitative …", "PART II, ITEM 1. Legal …", "Items 1 and 2.".
pub(super) fn begin(line: &str) -> Option<Begin<'_>> {
    let mut rest = line.trim_start_matches(['|', ' ', '-', '•']);
    let mut part = None;
    if let Some(behind) = strip(rest, "part ") {
        let numeral: &str =
            &behind[..behind.find(|c: char| !matches!(c, 'I' | 'V' | 'i' | 'v')).unwrap_or(behind.len())];
        part = match numeral.to_ascii_uppercase().as_str() {
            "I" => Some(1),
            "II" => Some(2),
            "III" => Some(3),
            "IV" => Some(4),
            _ => return None,
        };
        rest = behind[numeral.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    let behind = strip(rest, "items").or_else(|| strip(rest, "item"))?;
    let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || c == '|');
    let behind = strip(behind, "no.").map_or(behind, str::trim_start);
    let digits = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 2 {
        return None;
    }
    let mut end = digits;
    let bytes = behind.as_bytes();
    // An item of a current report: two more digits.
    if bytes.get(end) == Some(&b'.')
        && behind.get(end + 1..end + 3).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()))
    {
        end += 3;
    } else if bytes.get(end).is_some_and(|b| matches!(b.to_ascii_uppercase(), b'A'..=b'C'))
        && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic)
    {
        end += 1;
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
        // "7Management": the title is glued to the number.
        if !bytes.get(end).is_some_and(u8::is_ascii_uppercase) {
            return None;
        }
    }
    let number = behind[..end].to_ascii_uppercase();
    let title = behind[end..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '[');
    Some(Begin { part, number, title })
}

fn strip<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

impl FormItem {
    /// How well a printed title is this item's: 2 by its words, 1 when none is
    /// printed, 0 when it is another's or a sentence goes on.
    pub fn fits(&self, title: &str) -> u8 {
        let lower: String = title.to_lowercase().replace('’', "'");
        if lower.trim().is_empty() {
            return 1;
        }
        let plain = lower.trim_start_matches("and ").trim_start_matches("the ");
        if self.words.iter().any(|w| plain.starts_with(w)) {
            return 2;
        }
        u8::from(self.words.iter().any(|w| plain.len() < 120 && plain.contains(w))) * 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_beginnings() {
        let b = |line: &'static str| begin(line).map(|b| (b.part, b.number, b.title));
        assert_eq!(b("Item 7A. Quantitative"), Some((None, "7A".into(), "Quantitative")));
        assert_eq!(b("PART II, ITEM 1. LEGAL"), Some((Some(2), "1".into(), "LEGAL")));
        assert_eq!(b("| Item 1C. | Cybersecurity | 12"), Some((None, "1C".into(), "Cybersecurity | 12")));
        assert_eq!(b("Item No. 1 Business"), Some((None, "1".into(), "Business")));
        assert_eq!(b("Item 7Management’s"), Some((None, "7".into(), "Management’s")));
        assert_eq!(b("ITEM 2.02 Results"), Some((None, "2.02".into(), "Results")));
        assert_eq!(b("Items that matter"), None);
        assert_eq!(b("itemised"), None);
    }

    #[test]
    fn titles_tell_items_apart() {
        let two: Vec<&FormItem> = of_form("10-Q").iter().filter(|i| i.number == "2").collect();
        assert_eq!((two[0].fits("Management’s Discussion"), two[1].fits("Management’s Discussion")), (2, 0));
        assert_eq!(two[1].fits("Unregistered Sales of Equity"), 2);
        assert_eq!(two[0].fits("of our Annual Report"), 0);
    }
}
