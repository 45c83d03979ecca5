//! Filings on one core: facts with their places in the file, and both text with
//! its items and facts with their places in file and text.
//!
//! Reads the filings in `../shared/data/filings/ixbrl` where they are, else a
//! generated one; the targets are 100 ms for 16 MB and 12 ms for 2 MB.

use std::io::Read;
use std::path::Path;
use std::time::Instant;

use tapecheck::model::Page;
use tapecheck::parse::{self, Ask, Hints};

const ROUNDS: usize = 7;

fn main() {
    let files = shared().unwrap_or_else(generated);
    println!("{:<28} {:>7} {:>7} {:>10} {:>10}", "file", "MB", "facts", "facts ms", "both ms");
    for (name, bytes) in &files {
        let page = Page { url: format!("file:{name}"), status: 200, body: bytes.clone(), ..Page::default() };
        let (mut facts, mut both) = (f64::MAX, f64::MAX);
        let mut count = 0;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            count = std::hint::black_box(parse::facts(bytes, Ask::default())).facts.len();
            facts = facts.min(start.elapsed().as_secs_f64() * 1e3);
            let start = Instant::now();
            std::hint::black_box(parse::document_and_facts(&page, &Hints::default()));
            both = both.min(start.elapsed().as_secs_f64() * 1e3);
        }
        let mb = bytes.len() as f64 / 1e6;
        println!("{name:<28} {mb:>7.2} {count:>7} {facts:>10.2} {both:>10.2}");
    }
    println!("most memory held: {:.0} MB", memory());
}

fn shared() -> Option<Vec<(String, Vec<u8>)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/filings/ixbrl");
    let mut files = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder).ok()?.flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name()?.to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).ok()?;
        if name.ends_with(".htm") {
            files.push((name, bytes));
        } else if name.ends_with(".htm.gz") {
            let mut html = Vec::new();
            flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut html).ok()?;
            files.push((name, html));
        }
    }
    (!files.is_empty()).then_some(files)
}

/// A page of 10,000 tagged numbers.
fn generated() -> Vec<(String, Vec<u8>)> {
    eprintln!("../shared/data/filings is absent: using a generated filing");
    let mut page = String::from(
        "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:ix='http://www.xbrl.org/2013/inlineXBRL' \
         xmlns:xbrli='http://www.xbrl.org/2003/instance'><body><ix:header><ix:resources>\
         <xbrli:context id='c'><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>\
         <xbrli:unit id='u'><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header><table>",
    );
    for n in 0..10_000 {
        page.push_str(&format!(
            "<tr style='height:12pt;vertical-align:bottom'><td style='padding:2px 1pt;font-size:10pt'>Line {n}</td><td>$</td><td>\
             <ix:nonFraction contextRef='c' unitRef='u' name='tide:Line{n}' decimals='-6' scale='6' id='f{n}'>{n}</ix:nonFraction></td></tr>"
        ));
    }
    page.push_str("</table></body></html>");
    vec![("generated".into(), page.into_bytes())]
}

/// Most memory the process has held, in MB; 0 where the system does not say.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
