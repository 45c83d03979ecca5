//! The items of an 8-K: headers give their titles, readers want their numbers.

#[rustfmt::skip]
const ITEMS: &[(&str, &str)] = &[
    ("1.01", "entry into a material definitive agreement"),
    ("1.02", "termination of a material definitive agreement"),
    ("1.03", "bankruptcy or receivership"),
    ("1.04", "mine safety reporting of shutdowns and patterns of violations"),
    ("1.05", "material cybersecurity incidents"),
    ("2.01", "completion of acquisition or disposition of assets"),
    ("2.02", "results of operations and financial condition"),
    ("2.03", "creation of a direct financial obligation or an obligation under an off balance sheet arrangement of a registrant"),
    ("2.04", "triggering events that accelerate or increase a direct financial obligation or an obligation under an off balance sheet arrangement"),
    ("2.05", "cost associated with exit or disposal activities"),
    ("2.05", "costs associated with exit or disposal activities"),
    ("2.06", "material impairments"),
    ("3.01", "notice of delisting or failure to satisfy a continued listing rule or standard transfer of listing"),
    ("3.02", "unregistered sales of equity securities"),
    ("3.03", "material modifications to rights of security holders"),
    ("3.03", "material modification to rights of security holders"),
    ("4.01", "changes in registrant s certifying accountant"),
    ("4.02", "non reliance on previously issued financial statements or a related audit report or completed interim review"),
    ("5.01", "changes in control of registrant"),
    ("5.02", "departure of directors or certain officers election of directors appointment of certain officers compensatory arrangements of certain officers"),
    ("5.02", "departure of directors or principal officers election of directors appointment of principal officers"),
    ("5.03", "amendments to articles of incorporation or bylaws change in fiscal year"),
    ("5.03", "amendments to articles of incorporation or bylaws and change in fiscal year"),
    ("5.04", "temporary suspension of trading under registrant s employee benefit plans"),
    ("5.05", "amendments to the registrant s code of ethics or waiver of a provision of the code of ethics"),
    ("5.06", "change in shell company status"),
    ("5.07", "submission of matters to a vote of security holders"),
    ("5.08", "shareholder director nominations"),
    ("5.08", "shareholder nominations pursuant to exchange act rule 14a 11"),
    ("6.01", "abs informational and computational material"),
    ("6.02", "change of servicer or trustee"),
    ("6.03", "change in credit enhancement or other external support"),
    ("6.04", "failure to make a required distribution"),
    ("6.05", "securities act updating disclosure"),
    ("7.01", "regulation fd disclosure"),
    ("8.01", "other events"),
    ("9.01", "financial statements and exhibits"),
];

/// The number of the item with that title, or at its start.
pub(super) fn number(title: &str) -> Option<&'static str> {
    let lower = title.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let plain = words.join(" ");
    let digits = title.trim_start_matches(|c: char| !c.is_ascii_digit());
    let numbered = ITEMS.iter().find(|(n, _)| digits.starts_with(n)).map(|(n, _)| *n);
    // Headers cut long titles short.
    let titled = || {
        let whole = ITEMS.iter().find(|(_, t)| *t == plain);
        let cut = || ITEMS.iter().find(|(_, t)| plain.len() >= 24 && (t.starts_with(&plain) || plain.starts_with(t)));
        whole.or_else(cut).map(|(n, _)| *n)
    };
    titled().or(numbered)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn finds_numbers() {
        assert_eq!(number("Results of Operations and Financial Condition"), Some("2.02"));
        assert_eq!(number("Departure of Directors or Certain Officers; Election of Directors"), Some("5.02"));
        assert_eq!(number("Changes in Registrant's Certifying Accountant"), Some("4.01"));
        assert_eq!(number("Item 7.01 Regulation FD"), Some("7.01"));
        assert_eq!(number("Something else"), None);
    }
}
