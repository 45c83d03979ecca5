//! The index of a filing: what it is, and its documents with their types.
//! Documents are chosen by type, never by name.

use scraper::{ElementRef, Html, Selector};

use super::accession;
use super::found::{day, some};
use crate::model::Filing;
use crate::model::submission::eastern_to_utc;
use crate::sources::submission::EXHIBITS;

/// Largest index that is read: thousands of documents fit into it.
const LARGEST: usize = 8 << 20;

/// A document as the index names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    /// Its type.
    pub kind: String,
    /// Its file.
    pub name: String,
    /// Among the documents, not among the data.
    filed: bool,
}

impl Document {
    /// Whether it can be read as a document.
    fn is_text(&self) -> bool {
        let lower = self.name.to_ascii_lowercase();
        self.filed && [".htm", ".html", ".txt", ".xml"].iter().any(|end| lower.ends_with(end))
    }
}

/// A filing's index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    pub filing: Filing,
    documents: Vec<Document>,
    /// The document for which the filing was found.
    sought: Option<String>,
}

impl Index {
    /// The main document, the exhibits that say something, and the one that a
    /// search found.
    pub fn chosen(&self) -> Vec<&Document> {
        let form = self.filing.form.as_deref().unwrap_or_default();
        let texts: Vec<&Document> = self.documents.iter().filter(|d| d.is_text()).collect();
        let main = texts.iter().find(|d| d.kind.eq_ignore_ascii_case(form)).or_else(|| {
            // A form may be called otherwise there; an exhibit is never the main document.
            texts.iter().find(|d| !d.kind.to_ascii_uppercase().starts_with("EX-"))
        });
        let exhibit = |d: &&&Document| {
            let filing = Filing { document_type: Some(d.kind.clone()), ..Filing::default() };
            EXHIBITS.iter().any(|number| filing.is_exhibit(number))
        };
        let mut chosen: Vec<&Document> = main.into_iter().copied().collect();
        let sought = |d: &&&Document| self.sought.as_deref() == Some(d.name.as_str());
        let more = texts.iter().filter(|d| exhibit(d) || sought(d)).copied();
        let more: Vec<&Document> = more.filter(|d| !chosen.contains(d)).collect();
        chosen.extend(more);
        chosen
    }

    /// Types of the documents that are not read.
    pub fn aside(&self) -> String {
        let chosen = self.chosen();
        let kinds: Vec<&str> = self
            .documents
            .iter()
            .filter(|d| d.filed && !chosen.contains(d) && !d.kind.is_empty())
            .map(|d| d.kind.as_str())
            .collect();
        kinds.join(", ")
    }
}

/// Reads an index page; what it does not say is taken from `known`.
///
/// # Errors
/// When it is none; says why.
pub(super) fn read(body: &[u8], known: &Filing) -> Result<Index, String> {
    if body.len() > LARGEST {
        return Err(format!("no index of a filing: it is larger than {LARGEST} bytes"));
    }
    let html = Html::parse_document(&String::from_utf8_lossy(body));
    let tables = all(&html, "table.tableFile");
    if tables.is_empty() {
        return Err("no index of a filing: it has no table of documents".into());
    }
    let mut documents = Vec::new();
    for table in tables {
        let filed = table.attr("summary").is_none_or(|s| !s.contains("Data"));
        documents.extend(within(table, "tr").into_iter().filter_map(|row| document(row, filed)));
    }
    let infos = all(&html, "div.infoHead, div.info");
    let info = |name: &str| {
        let at = infos.iter().position(|e| text(*e) == name)?;
        infos.get(at + 1).copied()
    };
    let said = |name: &str| info(name).map(text).and_then(|t| some(&t));
    let accepted = said("Accepted").map(|t| t.chars().filter(char::is_ascii_digit).collect::<String>());
    let items = info("Items").map(|e| {
        e.text().filter_map(|line| line.trim().strip_prefix("Item ")?.get(..4).map(str::to_string)).collect::<Vec<_>>()
    });
    let number = all(&html, "#secNum").first().and_then(|e| text(*e).split_whitespace().last().map(str::to_string));
    let form = all(&html, "#formName strong").first().and_then(|e| some(text(*e).strip_prefix("Form ")?));
    let filers: Vec<(u32, String)> = all(&html, ".companyName").into_iter().filter_map(filer).collect();
    let cik = filers.first().map(|f| f.0).or(known.cik);
    let filing = Filing {
        accession: number.filter(|n| accession::is(n)).or_else(|| known.accession.clone()),
        form: form.or_else(|| known.form.clone()),
        cik,
        company: filers.first().map(|f| f.1.clone()).or_else(|| known.company.clone()),
        co_filers: filers.iter().skip(1).map(|f| f.0).filter(|c| Some(*c) != cik).collect(),
        period_of_report: said("Period of Report").and_then(|t| day(&t)).or_else(|| known.period_of_report.clone()),
        filed: said("Filing Date").and_then(|t| day(&t)).or_else(|| known.filed.clone()),
        // Eastern time, whose clocks change.
        accepted: accepted.and_then(|stamp| eastern_to_utc(&stamp)).or_else(|| known.accepted.clone()),
        items: items.filter(|i| !i.is_empty()).unwrap_or_else(|| known.items.clone()),
        ..Filing::default()
    };
    Ok(Index { filing, documents, sought: known.filename.clone() })
}

/// `NAME (Filer) CIK: 0000000042 (see all company filings)`.
fn filer(element: ElementRef<'_>) -> Option<(u32, String)> {
    let said = text(element);
    let (name, rest) = said.split_once("CIK")?;
    let digits: String = rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let (name, role) = name.rsplit_once('(')?;
    let files = !matches!(role.trim().trim_end_matches(')'), "Subject" | "Reporting");
    files.then_some((digits.trim_start_matches('0').parse().ok()?, name.trim().to_string()))
}

/// A row: number, description, file, type, size.
fn document(row: ElementRef<'_>, filed: bool) -> Option<Document> {
    let cells = within(row, "td");
    let link = within(*cells.get(2)?, "a[href]").into_iter().next()?.attr("href")?.to_string();
    // The viewer of inline XBRL, and folders of style sheets, are only ways to show the file.
    let path = link.split_once("doc=").map_or(link.as_str(), |(_, path)| path);
    let path = path.split(['&', '?', '#']).next()?;
    let name = path.rsplit('/').next().filter(|n| !n.is_empty())?.to_string();
    let kind = text(*cells.get(3)?);
    // The row of the whole filing has no type.
    (!kind.is_empty()).then_some(Document { kind, name, filed })
}

fn all<'h>(html: &'h Html, css: &str) -> Vec<ElementRef<'h>> {
    Selector::parse(css).map(|s| html.select(&s).collect()).unwrap_or_default()
}

fn within<'h>(element: ElementRef<'h>, css: &str) -> Vec<ElementRef<'h>> {
    Selector::parse(css).map(|s| element.select(&s).collect()).unwrap_or_default()
}

/// The text of an element on one line.
fn text(element: ElementRef<'_>) -> String {
    let all: String = element.text().collect::<Vec<_>>().join(" ");
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><body><div class="formDiv"><div id="formHeader"><div id="formName"><strong>Form 8-K/A</strong> - Current report:</div>
<div id="secNum"><strong><acronym>SEC</acronym> Accession <acronym>No.</acronym></strong> 0000000042-25-000003</div></div>
<div class="formGrouping"><div class="infoHead">Filing Date</div><div class="info">2025-07-02</div>
<div class="infoHead">Accepted</div><div class="info">2025-07-01 17:45:10</div></div>
<div class="formGrouping"><div class="infoHead">Period of Report</div><div class="info">2025-07-01</div></div>
<div class="formGrouping"><div class="infoHead">Items</div><div class="info">Item 2.02: Results of Operations<br />Item 9.01: Exhibits<br /></div></div>
<table class="tableFile" summary="Document Format Files"><tr><th>Seq</th></tr>
<tr><td>1</td><td>8-K/A</td><td><a href="/ix?doc=/Archives/edgar/data/42/000000004225000003/tide.htm">tide.htm</a> <span>iXBRL</span></td><td>8-K/A</td><td>9</td></tr>
<tr><td>2</td><td>x</td><td><a href="/Archives/edgar/data/42/000000004225000003/ex99.htm">ex99.htm</a></td><td>EX-10.1</td><td>9</td></tr>
<tr><td>3</td><td>x</td><td><a href="/Archives/edgar/data/42/000000004225000003/q2.htm">q2.htm</a></td><td>EX-99.1</td><td>9</td></tr>
<tr><td>4</td><td>x</td><td><a href="/Archives/edgar/data/42/000000004225000003/ex99_2.pdf">ex99_2.pdf</a></td><td>EX-99.2</td><td>9</td></tr>
<tr><td>5</td><td>x</td><td><a href="/Archives/edgar/data/42/000000004225000003/g.jpg">g.jpg</a></td><td>GRAPHIC</td><td>9</td></tr>
<tr><td>&nbsp;</td><td>Complete submission text file</td><td><a href="/Archives/edgar/data/42/000000004225000003/0000000042-25-000003.txt">x</a></td><td>&nbsp;</td><td>9</td></tr></table>
<table class="tableFile" summary="Data Files"><tr><td>6</td><td>x</td><td><a href="/Archives/edgar/data/42/000000004225000003/tide_htm.xml">x</a></td><td>XML</td><td>9</td></tr></table>
<div class="companyInfo"><span class="companyName">TIDE CORP (THE) (Filer) <acronym>CIK</acronym>: <a href="/x">0000000042 (see all company filings)</a></span></div>
<div class="companyInfo"><span class="companyName">TIDE FINANCE LLC (Filer) <acronym>CIK</acronym>: <a href="/x">0000000043 (see all)</a></span></div>
</body></html>"#;

    #[test]
    fn documents_are_chosen_by_type() {
        let read = read(PAGE.as_bytes(), &Filing::default()).expect("an index");
        let names: Vec<&str> = read.chosen().iter().map(|d| d.name.as_str()).collect();
        assert_eq!(names, ["tide.htm", "q2.htm"]);
        assert_eq!(read.aside(), "EX-10.1, EX-99.2, GRAPHIC");
        let sought = Filing { filename: Some("ex99.htm".into()), ..Filing::default() };
        let found = super::read(PAGE.as_bytes(), &sought).expect("an index");
        assert_eq!(found.chosen().len(), 3, "the search found the contract");
        let filing = read.filing;
        assert_eq!((filing.form.as_deref(), filing.cik, filing.co_filers), (Some("8-K/A"), Some(42), vec![43]));
        assert_eq!(filing.company.as_deref(), Some("TIDE CORP (THE)"));
        assert_eq!(filing.accepted.as_deref(), Some("2025-07-01T21:45:10Z"));
        assert_eq!(
            (filing.filed.as_deref(), filing.period_of_report.as_deref()),
            (Some("2025-07-02"), Some("2025-07-01"))
        );
        assert_eq!(filing.items, ["2.02", "9.01"]);
        assert_eq!(filing.accession.as_deref(), Some("0000000042-25-000003"));
    }

    #[test]
    fn what_is_missing_is_taken_from_the_list() {
        let bare =
            "<table class='tableFile'><tr><td>1</td><td></td><td><a href='a.txt'>a</a></td><td>10-K</td></tr></table>";
        let known = Filing { form: Some("10-K".into()), cik: Some(7), items: vec!["1".into()], ..Filing::default() };
        let read = super::read(bare.as_bytes(), &known).expect("an index");
        assert_eq!((read.filing.cik, read.chosen().len()), (Some(7), 1));
        assert!(super::read(b"<html>Not here</html>", &known).is_err_and(|e| e.contains("no table")));
    }
}
