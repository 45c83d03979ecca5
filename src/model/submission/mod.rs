//! Submission: the envelope in which EDGAR keeps a filing's documents.
//!
//! It stands in `model` because two rooms need the same answer to where a
//! document begins: `sources` cuts the file into documents to read, and `parse`
//! finds the facts of all of them with their places in the whole file.

mod eastern;
mod header;
mod items;

use std::ops::Range;

pub use eastern::to_utc as eastern_to_utc;

use super::filing::Filing;

/// What a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// HTML, XML or text.
    Text,
    /// A file packed into letters: pictures, spreadsheets, archives.
    Packed,
}

/// A document of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Type: `10-K`, `EX-99.1`, `GRAPHIC`.
    pub kind: String,
    /// Place in the submission, as numbered.
    pub sequence: Option<u32>,
    /// Name of the file.
    pub filename: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// What it holds.
    pub content: Content,
    /// Its bytes in the submission, without wrappers.
    pub body: Range<usize>,
    /// The end of it was not found: the file is cut.
    pub cut: bool,
}

impl Part {
    /// Whether it is one that the filer wrote, not one that EDGAR derived
    /// (rendered pages, the extracted instance, archives).
    pub fn is_filed(&self) -> bool {
        !matches!(self.kind.as_str(), "XML" | "ZIP" | "EXCEL" | "JSON" | "GRAPHIC" | "COVER" | "PDF")
            && !self.kind.starts_with("EX-101")
    }
}

/// A submission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// What the header says.
    pub header: Filing,
    /// Its documents in their order.
    pub parts: Vec<Part>,
    /// What could not be read.
    pub diagnostics: Vec<String>,
}

/// More documents than any submission has.
const PARTS_MAX: usize = 10_000;

impl Submission {
    /// Whether a file begins like a submission, or like one of its documents
    /// still in the wrapper.
    pub fn looks_like(bytes: &[u8]) -> bool {
        let head = &bytes[..bytes.len().min(4096)];
        let marks: [&[u8]; 4] = [b"<SEC-DOCUMENT>", b"<SEC-HEADER>", b"<DOCUMENT>", b"<IMS-DOCUMENT>"];
        lines(head, 0).any(|(line, _)| marks.iter().any(|m| line.starts_with(m)))
    }

    /// Reads the envelope; bodies are left where they are.
    pub fn read(bytes: &[u8]) -> Self {
        let mut out = Self::default();
        let mut part: Option<Part> = None;
        let mut header = None;
        let mut inside = false;
        for (line, at) in lines(bytes, 0) {
            if inside {
                // The body: only its end is looked for.
                if line.starts_with(b"</TEXT>") || line.starts_with(b"</DOCUMENT>") {
                    if let Some(part) = &mut part {
                        part.body.end = at;
                        part.cut = false;
                    }
                    inside = false;
                } else {
                    continue;
                }
            }
            if line.starts_with(b"</DOCUMENT>") {
                out.take(part.take(), bytes);
            } else if line.starts_with(b"<DOCUMENT>") {
                header.get_or_insert(0..at);
                out.take(part.take(), bytes);
                part = Some(Part {
                    kind: String::new(),
                    sequence: None,
                    filename: None,
                    description: None,
                    content: Content::Text,
                    body: bytes.len()..bytes.len(),
                    cut: true,
                });
            } else if let Some(part) = &mut part {
                let value = |tag: &[u8]| line.strip_prefix(tag).map(|v| String::from_utf8_lossy(v).trim().to_string());
                if line.starts_with(b"<TEXT>") {
                    let after = at + line.len();
                    part.body = after.min(bytes.len())..bytes.len();
                    inside = true;
                } else if let Some(kind) = value(b"<TYPE>") {
                    part.kind = kind;
                } else if let Some(sequence) = value(b"<SEQUENCE>") {
                    part.sequence = sequence.parse().ok();
                } else if let Some(name) = value(b"<FILENAME>") {
                    part.filename = Some(name).filter(|n| !n.is_empty());
                } else if let Some(description) = value(b"<DESCRIPTION>") {
                    part.description = Some(description).filter(|d| !d.is_empty());
                }
            }
        }
        out.take(part.take(), bytes);
        let head = &bytes[header.unwrap_or(0..bytes.len().min(64 << 10))];
        out.header = header::read(&String::from_utf8_lossy(head), &mut out.diagnostics);
        if out.parts.is_empty() {
            out.diagnostics.push("a submission without documents".into());
        }
        out
    }

    fn take(&mut self, part: Option<Part>, bytes: &[u8]) {
        let Some(mut part) = part else { return };
        if self.parts.len() >= PARTS_MAX {
            return;
        }
        unwrap(&mut part, bytes);
        if part.cut {
            self.diagnostics.push(format!("document {} ({}) is cut short", self.parts.len() + 1, part.kind));
        }
        self.parts.push(part);
    }

    /// What is known of one of its documents.
    pub fn filing(&self, part: &Part) -> Filing {
        Filing {
            document_type: Some(part.kind.clone()).filter(|k| !k.is_empty()),
            filename: part.filename.clone(),
            offset: part.body.start,
            ..self.header.clone()
        }
    }

    /// The main document: of the form's type, else the first.
    pub fn main(&self) -> Option<usize> {
        let form = self.header.form.as_deref();
        let filed = |p: &&Part| p.content == Content::Text && p.is_filed();
        let of_type = self.parts.iter().position(|p| filed(&p) && Some(p.kind.as_str()) == form);
        of_type.or_else(|| self.parts.iter().position(|p| filed(&p)))
    }
}

/// Takes the wrapper (`<XBRL>`, `<XML>`, `<PDF>`) off and sees what is inside.
fn unwrap(part: &mut Part, bytes: &[u8]) {
    let trim = |range: Range<usize>| {
        let body = &bytes[range.clone()];
        let start = body.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(body.len());
        range.start + start..range.end
    };
    let mut body = trim(part.body.clone());
    for (open, close) in [(&b"<XBRL>"[..], &b"</XBRL>"[..]), (b"<XML>", b"</XML>"), (b"<PDF>", b"</PDF>")] {
        if bytes[body.clone()].starts_with(open) {
            body.start += open.len();
            let mut end = body.end;
            while end > body.start && bytes[end - 1].is_ascii_whitespace() {
                end -= 1;
            }
            if bytes[body.start..end].ends_with(close) {
                body.end = end - close.len();
            }
            // The line break behind the wrapper is none of the document's.
            body = if bytes[body.clone()].first().is_some_and(u8::is_ascii_whitespace) { trim(body) } else { body };
        }
    }
    let head = &bytes[body.start..body.end.min(body.start + 16)];
    let mode = head.strip_prefix(b"begin ").is_some_and(|m| m.iter().take(3).all(u8::is_ascii_digit));
    if mode || head.starts_with(b"%PDF-") {
        part.content = Content::Packed;
    }
    part.body = body;
}

/// Lines with their line break, and where they begin.
fn lines(bytes: &[u8], base: usize) -> impl Iterator<Item = (&[u8], usize)> {
    let mut at = base;
    bytes.split_inclusive(|b| *b == b'\n').map(move |line| {
        let start = at;
        at += line.len();
        (line, start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "<SEC-DOCUMENT>0000123456-25-000007.txt : 20250115
<SEC-HEADER>0000123456-25-000007.hdr.sgml : 20250115
<ACCEPTANCE-DATETIME>20250115160512
ACCESSION NUMBER:\t\t0000123456-25-000007
CONFORMED SUBMISSION TYPE:\t8-K
CONFORMED PERIOD OF REPORT:\t20250114
ITEM INFORMATION:\t\tResults of Operations and Financial Condition
ITEM INFORMATION:\t\tFinancial Statements and Exhibits
FILED AS OF DATE:\t\t20250115

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tTIDE CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000123456
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>tide.htm
<DESCRIPTION>8-K
<TEXT>
<XBRL>
<html>main</html>
</XBRL>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>2
<FILENAME>q4release.htm
<TEXT>
<html>release</html>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>GRAPHIC
<SEQUENCE>3
<FILENAME>logo.jpg
<TEXT>
begin 644 logo.jpg
M_]C_X
end
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>XML
<TEXT>
<XML>
<xbrl/>
</XML>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
";

    #[test]
    fn cuts_into_documents() {
        assert!(Submission::looks_like(FILE.as_bytes()) && !Submission::looks_like(b"<html><body>"));
        let read = Submission::read(FILE.as_bytes());
        assert_eq!(read.diagnostics, Vec::<String>::new());
        let kinds: Vec<&str> = read.parts.iter().map(|p| p.kind.as_str()).collect();
        assert_eq!(kinds, ["8-K", "EX-99.1", "GRAPHIC", "XML"]);
        let body = |i: usize| FILE[read.parts[i].body.clone()].trim();
        assert_eq!((body(0), body(1), body(3)), ("<html>main</html>", "<html>release</html>", "<xbrl/>"));
        assert_eq!(read.parts[2].content, Content::Packed);
        assert_eq!(read.main(), Some(0));
        let release = read.filing(&read.parts[1]);
        assert!(release.is_earnings_release());
        assert_eq!(release.accepted.as_deref(), Some("2025-01-15T21:05:12Z"));
        assert_eq!((release.cik, release.company.as_deref()), (Some(123456), Some("TIDE CORP")));
        assert_eq!(
            (release.items, release.period_of_report.as_deref()),
            (vec!["2.02".to_string(), "9.01".to_string()], Some("2025-01-14"))
        );
    }

    #[test]
    fn a_cut_file_gives_what_is_there() {
        let cut = &FILE[..FILE.find("release</html>").expect("a place")];
        let read = Submission::read(cut.as_bytes());
        assert_eq!(read.parts.len(), 2);
        assert!(read.parts[1].cut && cut[read.parts[1].body.clone()].contains("<html>"));
        assert_eq!(read.diagnostics, ["document 2 (EX-99.1) is cut short"]);
        let bare = Submission::read(b"<DOCUMENT>\n<TYPE>EX-10.1\n<TEXT>\n<p>x</p>\n</TEXT>\n</DOCUMENT>\n");
        assert_eq!((bare.parts.len(), bare.header.form.clone()), (1, None));
        assert!(Submission::read(b"").parts.is_empty());
    }
}
