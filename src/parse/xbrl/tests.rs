//! Whole files of our own, read end to end.

use super::*;

const PAGE: &str = r##"
<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12">
<head><title>t</title></head><body><div style="display:none"><ix:header><ix:hidden>
<ix:nonNumeric contextRef="y" name="dei:DocumentType" id="h1">10-K</ix:nonNumeric>
<ix:nonFraction contextRef="y" name="tide:Share" unitRef="pure" decimals="2" scale="-2" id="h2">12.5</ix:nonFraction></ix:hidden>
<ix:resources>
<xbrli:context id="y"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000123456</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:context id="i"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000123456</xbrli:identifier><xbrli:segment><xbrldi:explicitMember dimension="srt:ProductAxis">tide:PumpMember</xbrldi:explicitMember><xbrldi:typedMember dimension="tide:YearAxis"><tide:Year>2026</tide:Year></xbrldi:typedMember></xbrli:segment></xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit><xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
<xbrli:unit id="eps"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>
</ix:resources></ix:header></div>
<p>Capital spending $ (<ix:nonFraction contextRef="y" name="us-gaap:Spend" unitRef="usd" decimals="-6" scale="6" format="ixt:num-dot-decimal" id="a">1,<b>2</b>34</ix:nonFraction>) million.</p>
<p><ix:nonFraction contextRef="y" name="us-gaap:Loss" unitRef="eps" decimals="2" sign="-" id="b">4.85</ix:nonFraction></p>
<p><ix:nonFraction contextRef="i" name="us-gaap:Pumps" unitRef="pure" decimals="INF" format="ixt:fixed-zero" id="c">no</ix:nonFraction></p>
<p><ix:nonFraction contextRef="i" name="us-gaap:Pledged" unitRef="usd" xsi:nil="true" id="d"/></p>
<ix:nonNumeric contextRef="y" name="tide:NoteTextBlock" id="n" continuedAt="n2"><p>First <ix:exclude>page 7</ix:exclude>part.</p><p>Of <ix:nonFraction contextRef="y" name="us-gaap:Inner" unitRef="usd" decimals="0" scale="0" id="e">77</ix:nonFraction></p></ix:nonNumeric>
<ix:continuation id="n2"><p>Second part.</p></ix:continuation></body></html>"##;

fn fact<'f>(facts: &'f [Fact], id: &str) -> &'f Fact {
    facts.iter().find(|f| f.fact_id.as_deref() == Some(id)).expect("the fact")
}

#[test]
fn inline_facts_with_their_places() {
    let read = facts(PAGE.as_bytes(), Ask::default());
    assert_eq!(read.diagnostics, Vec::<String>::new());
    assert_eq!(read.facts.len(), 6);
    let spend = fact(&read.facts, "a");
    assert_eq!(spend.value.map(|v| v.to_string()).as_deref(), Some("1234000000"));
    assert_eq!(
        (spend.start.as_deref(), spend.end.as_deref(), spend.instant),
        (Some("2024-01-01"), Some("2024-12-31"), false)
    );
    assert_eq!(
        (spend.entity, spend.unit.as_deref(), spend.form.as_deref()),
        (Some(123456), Some("iso4217:USD"), Some("10-K"))
    );
    let printed = &PAGE[spend.byte_start.expect("a place")..spend.byte_end.expect("a place")];
    assert_eq!((printed, spend.text.as_deref()), ("1,<b>2</b>34", Some("1,234")));
    assert_eq!(fact(&read.facts, "b").value.map(|v| v.to_string()).as_deref(), Some("-4.85"));
    assert_eq!(fact(&read.facts, "b").unit.as_deref(), Some("iso4217:USD/xbrli:shares"));
    assert_eq!(fact(&read.facts, "h2").value.map(|v| v.to_string()).as_deref(), Some("0.125"));
    assert!(fact(&read.facts, "h2").hidden && !spend.hidden);
    let pumps = fact(&read.facts, "c");
    assert_eq!((pumps.value.map(|v| v.to_f64()), pumps.instant), (Some(0.0), true));
    let members: Vec<_> = pumps.dimensions.iter().map(|d| (d.axis.as_str(), d.member.as_str(), d.typed)).collect();
    assert_eq!(members, [("srt:ProductAxis", "tide:PumpMember", false), ("tide:YearAxis", "2026", true)]);
    let pledged = fact(&read.facts, "d");
    assert!(pledged.nil && pledged.value.is_none() && pledged.byte_start == pledged.byte_end);
}

#[test]
fn texts_go_on_elsewhere_and_leave_out_what_is_excluded() {
    let read = facts(PAGE.as_bytes(), Ask { texts: true });
    assert_eq!(fact(&read.facts, "n").text.as_deref(), Some("First part. Of 77 Second part."));
    assert_eq!(fact(&read.facts, "h1").text.as_deref(), Some("10-K"));
    assert!(read.facts.iter().filter(|f| !f.numeric).all(|f| f.value.is_none()));
}

#[test]
fn instances_give_the_same_records() {
    let text = r#"<?xml version="1.0"?><xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:us-gaap="http://fasb.org/us-gaap/2015-01-31" xmlns:xbrldi="http://xbrl.org/2006/xbrldi">
<context id="c"><entity><identifier scheme="http://www.sec.gov/CIK">0000123456</identifier><segment><xbrldi:explicitMember dimension="a:Axis">b:Member</xbrldi:explicitMember></segment></entity><period><instant>2015-06-30</instant></period></context>
<unit id="u"><measure>shares</measure></unit>
<us-gaap:Shares contextRef="c" unitRef="u" decimals="-6" id="f1">-8254000000</us-gaap:Shares>
<us-gaap:Name contextRef="c" id="f2">A &amp; B</us-gaap:Name></xbrl>"#;
    let read = facts(text.as_bytes(), Ask { texts: true });
    assert_eq!(read.diagnostics, Vec::<String>::new());
    let shares = fact(&read.facts, "f1");
    assert_eq!((shares.concept.as_str(), shares.unit.as_deref()), ("us-gaap:Shares", Some("xbrli:shares")));
    assert_eq!(shares.value.map(|v| v.to_string()).as_deref(), Some("-8254000000"));
    assert_eq!(shares.dimensions.len(), 1);
    assert_eq!(&text[shares.byte_start.expect("a place")..shares.byte_end.expect("a place")], "-8254000000");
    assert_eq!(fact(&read.facts, "f2").text.as_deref(), Some("A & B"));
}

#[test]
fn wrong_nesting_and_lost_contexts_are_said() {
    let wrong =
        PAGE.replace("<b>2</b>34</ix:nonFraction>)", "<b>2</ix:nonFraction></b>)").replace("id=\"i\"", "id=\"lost\"");
    let read = facts(wrong.as_bytes(), Ask::default());
    assert_eq!(fact(&read.facts, "a").text.as_deref(), Some("1,2"));
    let pumps = fact(&read.facts, "c");
    assert!(pumps.value.is_some() && pumps.end.is_none());
    assert_eq!(read.diagnostics, ["2 facts name a context that is not there (first: i)"]);
    let cut = &PAGE[..PAGE.find("34</ix:nonFraction>").expect("a place")];
    let read = facts(cut.as_bytes(), Ask::default());
    assert_eq!(read.facts.len(), 1);
    assert_eq!(read.diagnostics, ["1 fact never end and are left out (first: us-gaap:Spend a)"]);
}

#[test]
fn bytes_that_are_no_utf8_do_not_move_the_places() {
    let (before, after) = PAGE.split_once("Capital").expect("a place");
    let mut bytes = before.as_bytes().to_vec();
    bytes.extend(b"Pr\xE9cis \x97 ");
    bytes.extend(after.as_bytes());
    let read = facts(&bytes, Ask::default());
    let spend = fact(&read.facts, "a");
    assert_eq!(&bytes[spend.byte_start.expect("a place")..spend.byte_end.expect("a place")], b"1,<b>2</b>34");
    assert_eq!(read.diagnostics, ["2 bytes are no UTF-8 and were read as Windows-1252"]);
}

#[test]
fn nothing_to_read_is_said() {
    for bytes in [&b""[..], b"plain words", b"<html><p>x</p></html>", b"\x00\x01\x02", b"{\"cik\":1,\"facts\":"] {
        let read = facts(bytes, Ask::default());
        assert!(read.facts.is_empty() && !read.diagnostics.is_empty(), "{bytes:?}");
    }
}
