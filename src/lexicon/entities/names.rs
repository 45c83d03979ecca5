//! Names of companies: legal forms taken off, and the short forms in use.

/// Legal forms at the end of a name.
const LEGAL: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "companies",
    "ltd",
    "limited",
    "plc",
    "llc",
    "lp",
    "nv",
    "n.v",
    "sa",
    "s.a",
    "ag",
    "se",
    "spa",
    "s.p.a",
    "asa",
    "oyj",
    "ab",
    "as",
    "a/s",
    "adr",
    "bv",
    "kgaa",
    "l.p",
    "kk",
    "tbk",
    "sab",
    "de",
    "cv",
    "c.v",
    "s.a.b",
    "public",
    "pte",
    "berhad",
    "bhd",
    "sarl",
    "&",
    "and",
    "the",
    "new",
    "series",
    "1",
    "reit",
    "lllp",
];

/// Words that people leave off ("Lumentum Holdings" → "Lumentum").
const LOOSE: &[&str] = &[
    "holdings",
    "holding",
    "group",
    "technologies",
    "technology",
    "systems",
    "platforms",
    "therapeutics",
    "pharmaceuticals",
    "pharmaceutical",
    "pharma",
    "software",
    "networks",
    "international",
    "industries",
    "brands",
    "laboratories",
    "labs",
    "sciences",
    "biosciences",
    "motors",
    "automotive",
    "semiconductor",
    "semiconductors",
    "interactive",
    "worldwide",
    "enterprises",
    "entertainment",
    "financial",
    "bancorp",
    "biopharma",
    "biotherapeutics",
    "resources",
    "energy",
    "solutions",
    "robotics",
    "aerospace",
    "stores",
    "restaurants",
    "foods",
    "materials",
    "global",
];

/// The name without its legal form ("Applied Materials Inc" → "Applied Materials").
pub(super) fn base(name: &str) -> &str {
    let mut rest = name.trim();
    loop {
        let cut = rest.trim_end_matches([',', '.', ' ', '-', '/']);
        let word = cut.rsplit([' ', ',']).next().unwrap_or("");
        let plain = word.trim_end_matches('.').to_lowercase();
        if cut.len() > word.len() && LEGAL.contains(&plain.as_str()) {
            rest = &cut[..cut.len() - word.len()];
        } else {
            return cut.strip_prefix("The ").unwrap_or(cut);
        }
    }
}

/// Several words without "Holdings" or "Group" after them ("US Foods Holding").
pub(super) fn middle(base: &str) -> Option<&str> {
    let (rest, last) = base.rsplit_once(' ')?;
    (matches!(last.to_lowercase().as_str(), "holdings" | "holding" | "group") && rest.contains(' ')).then_some(rest)
}

/// The first word, when all that follows it may be left off.
pub(super) fn short(base: &str) -> Option<&str> {
    let (first, rest) = base.split_once(' ')?;
    let loose = rest
        .split([' ', ','])
        .filter(|w| !w.is_empty())
        .all(|w| LOOSE.contains(&w.to_lowercase().as_str()) || w == "&");
    (loose && first.len() >= 5 && first.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_legal_forms_off() {
        assert_eq!(base("Quill Materials Inc"), "Quill Materials");
        assert_eq!(base("Quill & Co., Inc."), "Quill");
        assert_eq!(base("ASML Holding NV"), "ASML Holding");
        assert_eq!(base("Contoso, Inc."), "Contoso");
        assert_eq!(base("The Quill Company"), "Quill");
    }

    #[test]
    fn finds_short_forms() {
        assert_eq!(short("Lumentum Holdings"), Some("Lumentum"));
        assert_eq!(short("Old Quarry Mills"), None);
        assert_eq!(short("Quill"), None);
        assert_eq!(middle("Old Quarry Holdings"), Some("Old Quarry"));
        assert_eq!(middle("Quill Holdings"), None);
    }
}
