//! Filings through the command line: damaged files give a clear message and
//! what could be read; submissions are cut into their documents.

#![allow(clippy::expect_used)]

mod common;
#[path = "common/program.rs"]
mod program;

use std::io::Write;
use std::time::{Duration, Instant};

use common::Bench;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"><body><div style="display:none"><ix:header><ix:resources>
<xbrli:context id="y"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000042</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>"#;

fn tagged(id: &str, text: &str) -> String {
    format!(
        "<p>Spending was <ix:nonFraction contextRef=\"y\" unitRef=\"usd\" name=\"us-gaap:Spend\" id=\"{id}\" decimals=\"-6\" scale=\"6\" \
         format=\"ixt:num-dot-decimal\">{text}</ix:nonFraction> million.</p>\n"
    )
}

fn page(body: &str) -> String {
    format!("{HEAD}{body}</body></html>")
}

/// Reads a file; its facts' ids with their values, and what was said.
fn read(bench: &Bench, name: &str, bytes: impl AsRef<[u8]>, code: i32) -> (Vec<(String, f64)>, String) {
    bench.write(name, bytes);
    let done = bench.run(&["facts", "--format", "jsonl", name]).expect(code);
    let facts = done.records();
    let values = facts
        .iter()
        .map(|f| (f["fact_id"].as_str().unwrap_or("").to_string(), f["value"].as_f64().unwrap_or(f64::NAN)));
    (values.collect(), done.err)
}

#[test]
fn damaged_files_give_what_they_hold() {
    let bench = Bench::new();
    let (one, two) = (tagged("a", "1,200"), tagged("b", "7"));
    let a = ("a".to_string(), 1.2e9);
    let b = ("b".to_string(), 7e6);

    // 1. Cut in the middle of a number.
    let whole = page(&format!("{one}{two}"));
    let (facts, said) = read(&bench, "cut.htm", &whole[..whole.find("7</ix").expect("a place") + 1], 0);
    assert_eq!(facts, std::slice::from_ref(&a));
    assert!(said.contains("1 fact never end and are left out"), "{said}");

    // 2. The head is lost, and the contexts with it.
    let (facts, said) = read(&bench, "headless.htm", &whole[whole.find("<p>").expect("a place")..], 0);
    assert_eq!(facts, [a.clone(), b.clone()]);
    assert!(said.contains("2 facts name a context that is not there (first: y)"), "{said}");

    // 3. Elements closed in the wrong order.
    let wrong = whole.replace("1,200</ix:nonFraction> million.</p>", "1,200</p></div></ix:nonFraction></b>");
    let (facts, _) = read(&bench, "nested.htm", &wrong, 0);
    assert_eq!(facts, [a.clone(), b.clone()]);

    // 4. Not the charset it says, and UTF-16.
    let mut latin = page(&format!("<p>caf\u{e9} \u{2014}</p>{one}"))
        .replace('\u{e9}', "\u{1}")
        .replace('\u{2014}', "\u{2}")
        .into_bytes();
    latin.iter_mut().for_each(|byte| {
        *byte = if *byte == 1 {
            0xE9
        } else if *byte == 2 {
            0x97
        } else {
            *byte
        }
    });
    let (facts, said) = read(&bench, "latin.htm", &latin, 0);
    assert_eq!(facts, std::slice::from_ref(&a));
    assert!(said.contains("2 bytes are no UTF-8"), "{said}");
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(whole.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&bench, "wide.htm", &wide, 0).0, [a.clone(), b.clone()]);

    // 5. Entities that would grow without end.
    let mut bomb = String::from("<!DOCTYPE html [<!ENTITY a0 \"ha\">");
    (1..40).for_each(|n| bomb.push_str(&format!("<!ENTITY a{n} \"&a{0};&a{0};&a{0};&a{0};\">", n - 1)));
    let bomb = format!("{bomb}]>{}", page(&format!("<p>&a39;</p>{one}")).split_once("?>").expect("a declaration").1);
    let began = Instant::now();
    assert_eq!(read(&bench, "bomb.htm", &bomb, 0).0, std::slice::from_ref(&a));
    assert!(began.elapsed() < Duration::from_secs(5));

    // 6. A comment and an attribute that never end.
    let (facts, said) = read(&bench, "comment.htm", page(&format!("{one}<!-- never <p title=\"also {two}")), 0);
    assert!(facts.contains(&a), "{facts:?}");
    assert!(said.contains("unreadable markup at byte"), "{said}");

    // 7. Elements nested without end.
    let deep = page(&format!("{}{one}", "<ix:nonNumeric contextRef=\"y\" name=\"x:T\">".repeat(100_000)));
    let began = Instant::now();
    let (_, said) = read(&bench, "deep.htm", &deep, 1);
    assert!(said.contains("nest too deep") && began.elapsed() < Duration::from_secs(20), "{said}");

    // 8. Text that is not of its format.
    let (facts, said) = read(&bench, "form.htm", page(&format!("{}{two}", tagged("a", "about 12"))), 0);
    assert!(facts[0].1.is_nan() && facts[1] == b);
    assert!(said.contains("1 fact are not printed as their format says (first: \"about 12\""), "{said}");

    // 9. No filing at all: a picture, an empty file, a page without tags.
    assert!(read(&bench, "picture.htm", b"\x89PNG\r\n\x1a\n....", 2).1.contains("looks like a picture"));
    assert!(read(&bench, "empty.htm", b"", 1).1.contains("empty.htm is empty"));
    assert!(
        read(&bench, "plain.htm", "<html><p>Spending was 7 million.</p></html>", 1).1.contains("no inline XBRL facts")
    );

    // 10. JSON that breaks off.
    let (_, said) =
        read(&bench, "facts.json", r#"{"cik":42,"entityName":"x","facts":{"us-gaap":{"Spend":{"units":"#, 1);
    assert!(said.contains("no company facts") && said.contains("line 1"), "{said}");

    // 11. Larger than the limit, packed and not.
    let large = bench.path("large.htm");
    std::fs::File::create(&large).and_then(|f| f.set_len(100 << 20)).expect("a sparse file");
    let done = bench.run(&["facts", "large.htm"]).expect(2);
    assert!(
        done.err.contains("large.htm (100 MiB) is larger than the limit of 64 MiB; raise it with --max-file-size"),
        "{}",
        done.err
    );
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&vec![b' '; 3 << 20]).expect("packed");
    bench.write("packed.htm.gz", gz.finish().expect("packed"));
    assert!(
        bench.run(&["facts", "--max-file-size", "1M", "packed.htm.gz"]).expect(2).err.contains("unpacked, is larger")
    );
}

/// What is larger than the usual limit is read when the limit is raised, in
/// little time, and a submission's packed parts cost nothing.
#[test]
fn a_hundred_megabytes_are_read_when_they_may_be() {
    let bench = Bench::new();
    let filler =
        "<div><span style=\"font-size:10pt\">Nothing was said here, and then nothing was said of it.</span></div>\n";
    let many = filler.repeat((100 << 20) / filler.len() + 1);
    bench.write("large.htm", page(&format!("{}{many}{}", tagged("a", "1,200"), tagged("b", "7"))));
    let began = Instant::now();
    let done = bench.run(&["facts", "--max-file-size", "200M", "--format", "jsonl", "large.htm"]).expect(0);
    let values: Vec<f64> = done.records().iter().filter_map(|f| f["value"].as_f64()).collect();
    assert_eq!(values, [1.2e9, 7e6], "{}", done.err);
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());

    // Cut in the middle: what stands before is there.
    let whole = std::fs::read(bench.path("large.htm")).expect("a file");
    bench.write("large.htm", &whole[..whole.len() - "</ix:nonFraction> million.</p>\n</body></html>".len()]);
    let done = bench.run(&["facts", "--max-file-size", "200M", "--format", "jsonl", "large.htm"]).expect(0);
    assert_eq!(done.records().len(), 1, "{}", done.err);
    assert!(done.err.contains("1 fact never end"), "{}", done.err);
    drop(whole);

    let line = format!("M{}\n", "A".repeat(60));
    let packed = format!("begin 644 logo.jpg\n{}end", line.repeat((100 << 20) / line.len()));
    let release = page(&tagged("a", "1,200"));
    let text = submission(&release).replace("begin 644 logo.jpg\nM_]C_X\nend", &packed);
    assert!(text.len() > 100 << 20);
    bench.write("large.txt", text);
    let began = Instant::now();
    let done = bench.run(&["extract", "--max-file-size", "200M", "--kind", "document", "large.txt"]).expect(0);
    assert_eq!(done.records().len(), 2, "{}", done.err);
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

/// Damage leaves the text that is there readable, and is said.
#[test]
fn damaged_filings_still_give_text() {
    let bench = Bench::new();
    let whole = page(&format!("<p>FORM 10-K</p>{}{}", tagged("a", "1,200"), tagged("b", "7")));
    let entity = |n: u32| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n.saturating_sub(1)).repeat(8));
    let bomb: String = (1..40).map(entity).collect();
    let body = whole.split_once("?>").expect("a declaration").1;
    let files: &[(&str, Vec<u8>)] = &[
        ("cut", whole.as_bytes()[..whole.find("7</ix").expect("a place") + 1].to_vec()),
        ("headless", whole.as_bytes()[whole.find("<p>").expect("a place")..].to_vec()),
        ("nested", whole.replace("1,200</ix:nonFraction> million.</p>", "1,200</p></div></ix:nonFraction></b> million.").into_bytes()),
        ("unclosed", whole.replace("</p>", "").into_bytes()),
        ("bomb", format!("<!DOCTYPE html [<!ENTITY a0 \"ha\">{bomb}]>{}", body.replace("<p>FORM", "<p>&a39;</p><p>FORM")).into_bytes()),
        ("latin", {
            let said = whole.replace("FORM 10-K", "FORM 10-K caf?").into_bytes();
            let place = said.windows(5).position(|w| w == b"caf?<").expect("a place") + 3;
            said.into_iter().enumerate().map(|(at, b)| if at == place { 0xE9 } else { b }).collect()
        }),
        ("wide", std::iter::once(0xFEFF).chain(whole.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
        ("comment", whole.replace("million.</p>\n", "million.</p><!-- never \n").into_bytes()),
        ("controls", whole.replace("<p>FORM", "\u{7}\u{1b}[2J<p>FORM").into_bytes()),
        ("instance", format!("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"ha\">{bomb}]><xbrl xmlns=\"http://www.xbrl.org/2003/instance\"><p>Spending was 1,200 million &a39;</p></xbrl>").into_bytes()),
    ];
    for (name, bytes) in files {
        let file = format!("{name}.htm");
        bench.write(&file, bytes);
        let began = Instant::now();
        let done = bench.run(&["extract", "--from", "filing", "--kind", "document", &file]).expect(0);
        let text = done.records()[0]["text"].as_str().unwrap_or("").to_string();
        assert!(text.contains("Spending was 1,200") || text.contains("1,200"), "{name}: {text}\n{}", done.err);
        assert!(text.len() < 10_000 && began.elapsed() < Duration::from_secs(10), "{name}: {} bytes", text.len());
    }
    // What can be unpacked of a broken gzip file is not taken for the whole.
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(whole.as_bytes()).expect("packed");
    let packed = gz.finish().expect("packed");
    bench.write("cut.htm.gz", &packed[..packed.len() - 20]);
    let done = bench.run(&["extract", "--from", "filing", "cut.htm.gz"]).expect(2);
    assert!(done.err.contains("cut.htm.gz") && done.err.contains("damaged or cut short"), "{}", done.err);
}

fn submission(release: &str) -> String {
    let document = |kind: &str, name: &str, body: &str| {
        format!("<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>{name}\n<TEXT>\n{body}\n</TEXT>\n</DOCUMENT>\n")
    };
    let main = page(
        "<p>FORM 8-K</p><p><b>Item 2.02 Results of Operations and Financial Condition.</b></p><p>On February 6, 2025, Tide Corp issued a release.</p>\
         <p><b>Item 9.01 Financial Statements and Exhibits.</b></p><p>99.1 Release</p><p>SIGNATURE</p>",
    );
    "<SEC-DOCUMENT>0000000042-25-000003.txt : 20250206\n<SEC-HEADER>\n<ACCEPTANCE-DATETIME>20250206160105\nACCESSION NUMBER:\t0000000042-25-000003\n\
     CONFORMED SUBMISSION TYPE:\t8-K\nCONFORMED PERIOD OF REPORT:\t20250206\nITEM INFORMATION:\tResults of Operations and Financial Condition\n\
     ITEM INFORMATION:\tFinancial Statements and Exhibits\nFILED AS OF DATE:\t20250206\n\nFILER:\n\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\tTIDE CORP\n\
     \t\tCENTRAL INDEX KEY:\t0000000042\n</SEC-HEADER>\n"
        .to_string()
        + &document("8-K", "tide-8k.htm", &main)
        + &document("EX-99.1", "q4release.htm", release)
        + &document("EX-10.1", "contract.htm", "<html><body><p>A contract for $5 million.</p></body></html>")
        + &document("GRAPHIC", "logo.jpg", "begin 644 logo.jpg\nM_]C_X\nend")
}

#[test]
fn submissions_are_cut_into_documents() {
    let bench = Bench::new();
    let release = format!(
        "<html><body><p>Tide Corp reports results</p><p>Revenue rose 9% to $1.2 billion.</p>{}</body></html>",
        ""
    );
    bench.write("filing.txt", submission(&release));
    let done = bench.run(&["extract", "--kind", "document", "filing.txt"]).expect(0);
    let documents = done.records();
    assert_eq!(documents.len(), 2, "{}", done.err);
    let (main, exhibit) = (&documents[0], &documents[1]);
    for (field, want) in [
        ("form", "8-K"),
        ("accession", "0000000042-25-000003"),
        ("period_of_report", "2025-02-06"),
        ("published", "2025-02-06T21:01:05Z"),
        ("published_source", "filing-header"),
        ("path", "filing.txt"),
    ] {
        assert_eq!(main[field], want, "{field}");
        assert_eq!(exhibit[field], want, "{field}");
    }
    assert_eq!((&main["kind"], &exhibit["kind"]), (&"filing".into(), &"press_release".into()));
    assert_eq!(main["items"], serde_json::json!(["2.02", "9.01"]));
    assert_eq!(main["item_sections"][0]["item"], "2.02");
    assert_eq!(main["item_sections"][0]["found"], "heading");
    assert_eq!(main["url"], "https://www.sec.gov/Archives/edgar/data/42/000000004225000003/tide-8k.htm");
    assert_ne!(main["doc_id"], exhibit["doc_id"]);
    assert!(exhibit["text"].as_str().is_some_and(|t| t.contains("Revenue rose 9%")));
    assert!(done.err.contains("left aside: EX-10.1, 1 packed or derived documents"), "{}", done.err);

    // The same through the store: twice changes nothing.
    bench.run(&["ingest", "filing.txt"]).expect(0);
    let again = bench.run(&["ingest", "filing.txt"]).expect(0);
    assert!(again.err.contains("2 unchanged"), "{}", again.err);

    // Facts carry their place in the whole file.
    let text = submission(&page(&tagged("a", "1,200")));
    bench.write("tagged.txt", &text);
    let facts = bench.run(&["facts", "--format", "jsonl", "tagged.txt"]).expect(0).records();
    let place = |name: &str| usize::try_from(facts[0][name].as_u64().expect("a place")).expect("a place");
    assert_eq!(&text[place("byte_start")..place("byte_end")], "1,200");
    assert_eq!((&facts[0]["accession"], &facts[0]["filed"]), (&"0000000042-25-000003".into(), &"2025-02-06".into()));

    // What was ingested makes a series, each point with its filing.
    let yearly = text
        .replace("SUBMISSION TYPE:\t8-K", "SUBMISSION TYPE:\t10-K")
        .replace("us-gaap:Spend", "us-gaap:PaymentsToAcquireProductiveAssets");
    bench.write("yearly.txt", yearly.replace("<TYPE>8-K", "<TYPE>10-K"));
    bench.run(&["ingest", "--corpus", "own", "--index", "own_index", "yearly.txt"]).expect(0);
    let series = bench.run(&["facts", "series", "--corpus", "own", "--cik", "42", "--by", "year"]).expect(0).records();
    assert_eq!((&series[0]["fiscal"], &series[0]["value"]), (&"FY2024".into(), &1_200_000_000.into()));
    assert_eq!(series[0]["sources"][0]["accession"], "0000000042-25-000003");

    // Cut short: what is there is read, and it is said.
    bench.write("cut.txt", &text[..text.find("1,200").expect("a place")]);
    let done = bench.run(&["extract", "--kind", "document", "cut.txt"]).expect(0);
    assert!(done.err.contains("document 2 (EX-99.1) is cut short"), "{}", done.err);
}

/// A file that breaks off anywhere, or has any byte changed, is read without harm.
#[test]
fn no_cut_and_no_byte_does_harm() {
    use tapecheck::model::Page;
    use tapecheck::parse::{Ask, Hints, document_and_facts, facts};

    let rows = "<table><tr><td>Item 7.</td><td>Management\u{2019}s Discussion</td><td>Pages 1 - 3</td></tr><tr><td>$</td><td>(5</td><td>)</td></tr></table>";
    let pages: String = (1..6)
        .map(|n| {
            format!(
                "<p><b>Item {n}. Business</b></p><p>caf\u{e9}</p><div>{n}</div><hr style=\"page-break-after:always\"/>"
            )
        })
        .collect();
    let body = page(&format!("<p>FORM 10-K</p>{rows}{pages}{}", tagged("a", "1,<b>2</b>00")));
    let files = [body.clone().into_bytes(), submission(&body).into_bytes()];
    let read = |bytes: &[u8]| {
        let page = Page { url: "file:a.htm".into(), status: 200, body: bytes.to_vec(), ..Page::default() };
        let read = document_and_facts(&page, &Hints::default());
        assert!(read.places.iter().all(|(_, span)| read.document.text.get(span.range()).is_some()));
        for fact in facts(bytes, Ask { texts: true }).facts {
            let place =
                fact.byte_start.zip(fact.byte_end).is_some_and(|(start, end)| start <= end && end <= bytes.len());
            assert!(place, "{fact:?}");
        }
    };
    for file in files {
        for at in (0..file.len()).step_by(13) {
            read(&file[..at]);
            for byte in [b'<', b'>', b'"', b'&', 0xE9, 0] {
                let mut changed = file.clone();
                changed[at] = byte;
                read(&changed);
            }
        }
    }
}

/// The filings at hand: each number that is tagged and shown has its place in
/// the text, and the text says there what was printed.
#[test]
fn tagged_numbers_stand_in_the_text() {
    use tapecheck::model::Page;
    use tapecheck::parse::{Hints, document_and_facts};

    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/filings/ixbrl");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared/data/filings is absent");
        return;
    }
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "htm") {
            continue;
        }
        let name = path.display().to_string();
        let body = std::fs::read(&path).expect("a file");
        let page = Page { url: format!("file:{name}"), status: 200, body, ..Page::default() };
        let read = document_and_facts(&page, &Hints::default());
        let printed = |f: &&tapecheck::model::Fact| !f.hidden && f.text.as_deref().is_some_and(|t| !t.is_empty());
        let shown = read.facts.facts.iter().filter(printed).count();
        let right = read
            .places
            .iter()
            .filter(|(at, span)| read.facts.facts[*at].text.as_deref() == Some(span.of(&read.document.text)));
        let right = right.count();
        assert!(right * 1000 >= shown * 995, "{name}: {right} of {shown}");
    }
}
