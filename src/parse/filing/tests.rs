//! Filings of our own, read whole.

use super::*;

fn filing(form: &str) -> Filing {
    Filing { form: Some(form.into()), document_type: Some(form.into()), ..Filing::default() }
}

fn item<'r>(read: &'r Read, number: &str) -> (Found, Vec<&'r str>) {
    let found = read.items.iter().find(|i| i.item == number).expect("an item of the form");
    (found.found, found.spans.iter().map(|p| &read.composed.text[p.byte_start..p.byte_end]).collect())
}

#[test]
fn tables_are_rows_and_hidden_things_are_not_text() {
    let html = "<html><body><div style='display:none'>secret</div><p><b>Cash flows</b> (in&#160;millions)</p><table>
        <tr><td>&nbsp;</td><td><b>2024</b></td><td>2023</td></tr>
        <tr><td>Purchases of property and equipment</td><td>$</td><td>(82,999</td><td>)</td><td>$</td><td>(52,729</td><td>)</td></tr>
        <tr><td>•</td><td>Rows of a list</td></tr></table><p>After&mdash;all.</p></body></html>";
    let read = read(html, None);
    assert_eq!(
        read.composed.text,
        "Cash flows (in millions)\n| 2024 | 2023\n| Purchases of property and equipment | $(82,999) | $(52,729)\n- Rows of a list\nAfter—all."
    );
}

fn annual(body: &str) -> String {
    let toc = "<table><tr><td><a href='#a'>Item 1.</a></td><td><a href='#a'>Business</a></td><td>1</td></tr>
        <tr><td><a href='#b'>Item 1A.</a></td><td><a href='#b'>Risk Factors</a></td><td>2</td></tr>
        <tr><td><a href='#c'>Item 7.</a></td><td><a href='#c'>Management’s Discussion and Analysis</a></td><td>3</td></tr></table>";
    format!("<html><body><p>FORM 10-K</p>{toc}{body}<p>SIGNATURES</p><p>Signed.</p></body></html>")
}

#[test]
fn items_stand_under_their_headings_not_in_the_contents() {
    let long = "The harbor tells of its business. ".repeat(20);
    let read = read(
        &annual(&format!(
            "<p><b>Item 1. Business</b></p><p>{long} See Item 1A of this report.</p><p><b>ITEM 1A. RISK FACTORS</b></p><p>{long}</p>
             <table><tr><td><b>Item 7.</b></td><td><b>Management’s Discussion and Analysis</b></td></tr></table><p>{long}</p>"
        )),
        Some(&filing("10-K")),
    );
    for (number, begins) in [("1", "Item 1. Business"), ("1A", "ITEM 1A. RISK"), ("7", "Item 7. Management")] {
        let (found, text) = item(&read, number);
        assert!(found == Found::Heading && text[0].starts_with(begins) && text[0].len() > 500, "{number}: {text:?}");
    }
    assert!(!item(&read, "7").1[0].contains("Signed"));
    assert_eq!(item(&read, "8").0, Found::NotFound);
    assert!(read.diagnostics.iter().any(|d| d.starts_with("items not found: 1B,")), "{:?}", read.diagnostics);
}

#[test]
fn an_index_that_names_pages_is_followed() {
    let page = |n: u32, text: &str| format!("<p>{text}</p><div>{n}</div><hr style='page-break-after:always'/>");
    let mut body = String::new();
    for n in 1..=9 {
        body.push_str(&page(n, &format!("Words of page number {n} that go on for a while.")));
    }
    body.push_str(
        "<table><tr><td>Item 1.</td><td>Business</td><td>Pages 1-3, 9</td></tr>
         <tr><td>Item 7.</td><td>Management’s Discussion and Analysis:</td></tr>
         <tr><td>Liquidity</td><td>Pages 5 - 6</td></tr><tr><td>Results</td><td>Page 8</td></tr>
         <tr><td>Item 9.</td><td>Changes in and Disagreements with Accountants</td><td>None</td></tr></table>",
    );
    let read = read(&format!("<html><body><p>FORM 10-K</p>{body}</body></html>"), Some(&filing("10-K")));
    let (found, text) = item(&read, "7");
    assert_eq!(found, Found::CrossReference);
    assert_eq!(text.len(), 2);
    assert!(text[0].contains("number 5") && text[0].contains("number 6") && !text[0].contains("number 7"));
    assert!(text[1].contains("number 8"));
    assert_eq!(item(&read, "9").0, Found::Heading);
}

#[test]
fn current_reports_have_items_of_their_own() {
    let html = "<html><body><p>FORM 8-K</p><p>Item 2.02. Results of Operations and Financial Condition.</p><p>On May 4 the company spoke, as item 2.02 requires.</p>
        <p>Item 9.01 Financial Statements and Exhibits.</p><p>99.1 Release</p><p>SIGNATURE</p></body></html>";
    let named = Filing { items: vec!["2.02".into(), "7.01".into(), "9.01".into()], ..filing("8-K") };
    let read = read(html, Some(&named));
    assert_eq!(item(&read, "2.02").0, Found::Heading);
    assert!(item(&read, "9.01").1[0].ends_with("99.1 Release\n"));
    assert_eq!(item(&read, "7.01").0, Found::NotFound);
    assert_eq!(read.diagnostics, ["items not found: 7.01"]);
}

#[test]
fn the_text_knows_which_numbers_are_tagged() {
    use crate::model::Page;
    use crate::parse::{Ask, Hints, document_and_facts, facts};

    let tag = |id: &str, text: &str| {
        format!(
            "<ix:nonFraction contextRef='y' unitRef='u' name='a:{id}' id='{id}' decimals='-6' scale='6' format='ixt:num-dot-decimal'>{text}</ix:nonFraction>"
        )
    };
    let html = format!(
        "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:ix='http://www.xbrl.org/2013/inlineXBRL'><body><ix:header><ix:hidden>{}</ix:hidden></ix:header>
         <p>Of&#160;7 pumps, spending was $<b> {} </b>million.</p><ul><li>{} in a list</li></ul>
         <table><tr><td>Spend</td><td>$</td><td>({}</td><td>)</td><td>&#160;</td><td>{}</td></tr></table></body></html>",
        tag("hidden", "7"), tag("one", "1,200"), tag("two", "3"), tag("three", "82,999"), tag("four", "7")
    );
    let page = Page { url: "file:a.htm".into(), status: 200, body: html.clone().into_bytes(), ..Page::default() };
    let read = document_and_facts(&page, &Hints::default());
    assert_eq!(read.document.text, "Of 7 pumps, spending was $ 1,200 million.\n- 3 in a list\n| Spend | $(82,999) | 7");
    let printed: Vec<(&str, &str)> = read
        .places
        .iter()
        .map(|(at, span)| (read.facts.facts[*at].fact_id.as_deref().unwrap_or(""), span.of(&read.document.text)))
        .collect();
    assert_eq!(printed, [("one", "1,200"), ("two", "3"), ("three", "82,999"), ("four", "7")]);
    assert_eq!(read.facts.facts, facts(html.as_bytes(), Ask::default()).facts);
    let at = read.document.text.find("82,999").expect("a place");
    let tagged: Vec<&str> = read.at(Span::new(at - 2, at + 7)).filter_map(|f| f.fact_id.as_deref()).collect();
    assert_eq!(tagged, ["three"]);
}
