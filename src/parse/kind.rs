//! What sort of document, by clear cues only.

use crate::model::DocumentKind;

/// Marks of the wires that carry issuers' releases.
#[rustfmt::skip]
const WIRES: &[&str] = &[
    "/PRNewswire", "(BUSINESS WIRE)", "(GLOBE NEWSWIRE)", "GLOBE NEWSWIRE", "(ACCESSWIRE)", "/ACCESSWIRE",
    "(Newsfile Corp", "/CNW/", "(EQS Group", "BUSINESS WIRE)--", "FOR IMMEDIATE RELEASE",
];

#[rustfmt::skip]
const HOSTS: &[&str] = &[
    "businesswire.com", "prnewswire.com", "prnewswire.co.uk", "globenewswire.com", "accesswire.com",
    "newsfilecorp.com",
];

/// The kind of a document with this address, title and text; `declared` is
/// what its front matter says.
pub(crate) fn detect(url: Option<&str>, title: Option<&str>, text: &str, declared: Option<&str>) -> DocumentKind {
    let head = &text[..text.floor_char_boundary(1500)];
    let title = title.unwrap_or("").to_lowercase();
    let host =
        url.and_then(|u| url::Url::parse(u).ok()).and_then(|u| u.host_str().map(str::to_string)).unwrap_or_default();
    let on =
        |hosts: &[&str]| hosts.iter().any(|h| host == *h || host.strip_suffix(h).is_some_and(|p| p.ends_with('.')));
    if on(&["sec.gov"]) && url.is_some_and(|u| u.contains("/Archives/"))
        || head.to_ascii_uppercase().contains("SECURITIES AND EXCHANGE COMMISSION")
            && head.to_ascii_uppercase().contains("FORM ")
    {
        return DocumentKind::Filing;
    }
    if title.contains("earnings call transcript")
        || title.contains("conference call transcript")
        || title.ends_with("transcript")
        || ["[Operator Instructions]", "(Operator Instructions)", "Question-and-Answer Session"]
            .iter()
            .any(|m| text.contains(m))
    {
        return DocumentKind::Transcript;
    }
    if on(HOSTS) || WIRES.iter().any(|w| head.contains(w)) {
        return DocumentKind::PressRelease;
    }
    match declared {
        Some(d) if d.contains("note") || d.contains("newsletter") || d.contains("report") => DocumentKind::Note,
        Some(d) if d.contains("press") && d.contains("release") => DocumentKind::PressRelease,
        Some(d) if d.contains("transcript") => DocumentKind::Transcript,
        _ => DocumentKind::Article,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_cues_only() {
        let kind = |url: &str, title: &str, text: &str| detect(Some(url), Some(title), text, None);
        assert_eq!(kind("", "", "KIEL, Feb. 6, 2026 /PRNewswire/ -- Fees rose."), DocumentKind::PressRelease);
        assert_eq!(kind("https://www.businesswire.com/a", "", ""), DocumentKind::PressRelease);
        assert_eq!(kind("https://www.sec.gov/Archives/edgar/a.htm", "", ""), DocumentKind::Filing);
        assert_eq!(kind("", "Tide Corp Q3 2025 Earnings Call Transcript", ""), DocumentKind::Transcript);
        assert_eq!(
            kind("https://x.example", "A press release about notes", "The form says little."),
            DocumentKind::Article
        );
        assert_eq!(detect(None, None, "", Some("newsletter")), DocumentKind::Note);
    }
}
