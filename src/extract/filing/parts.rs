//! Parts: lines above rows that name a piece of the company.

/// Whether a line above rows names a part of the company: "North America".
pub(super) fn names_part(line: &str) -> bool {
    const WHOLE: &[&str] = &[
        "activities",
        "expenses",
        "expense",
        "revenue",
        "revenues",
        "income",
        "loss",
        "assets",
        "liabilities",
        "equity",
        "operations",
        "cash",
        "share",
        "shares",
        "per",
        "items",
        "adjustments",
        "cost",
        "costs",
        "net",
        "sales",
        "earnings",
        "statement",
        "statements",
        "financial",
        "supplemental",
        "gaap",
        "results",
        "other",
        "consolidated",
        "total",
        "company",
        "change",
        "changes",
        "disclosure",
        "disclosures",
        "information",
        "margin",
        "selected",
        "summary",
        "capital",
        "debt",
        "dividends",
        "taxes",
        "balance",
        "operating",
        "investing",
        "financing",
        "reconciliation",
        "noncash",
        "numerator",
        "denominator",
        "basic",
        "diluted",
        "non",
        "provided",
        "used",
        "data",
        "unaudited",
        "measures",
        "ratios",
        "outlook",
        "guidance",
    ];
    let normal = crate::lexicon::normal_label(line);
    let words: Vec<&str> = normal.split(' ').collect();
    let known = words.iter().any(|w| WHOLE.contains(w)) || line.trim_end().ends_with(':');
    !known && !normal.is_empty() && words.len() <= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_from_heads_of_statements() {
        assert!(names_part("Northern Region") && names_part("Cloud"));
        for line in [
            "Investing activities",
            "Consolidated",
            "Costs:",
            "Numerator",
            "",
            "Our stores sell bread to a great many people",
        ] {
            assert!(!names_part(line), "{line}");
        }
    }
}
