//! Development stand-in: extract only.
use std::io::Write;
use tapecheck::{extract, lexicon, model, parse};
fn main() {
    let args: Vec<String> = std::env::args().skip(2).collect();
    let lex = lexicon::Lexicon::embedded().unwrap();
    let mut jsonl = false;
    let mut files = vec![];
    let mut i = 0;
    while i < args.len() {
        match args[i].as_str() {
            "--format" | "--kind" | "--published" => i += 1,
            "--from" => { jsonl = args[i + 1] == "jsonl"; i += 1 }
            f => files.push(f.to_string()),
        }
        i += 1;
    }
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    let mut doc = |path: &str, id: &str, text: &str, published: Option<String>, title: Option<String>| {
        let d = model::Document { doc_id: id.into(), text: text.into(), published, title, ..Default::default() };
        let seg = parse::segment(text);
        let x = extract::extract(&d, &seg, &lex);
        let mut put = |v: serde_json::Value| { let mut v = v; v["path"] = path.into(); writeln!(out, "{v}").unwrap(); };
        for c in x.claims { put(serde_json::to_value(c).unwrap()) }
        for c in x.rotations { put(serde_json::to_value(c).unwrap()) }
        for c in x.mentions { put(serde_json::to_value(c).unwrap()) }
    };
    for f in files {
        let text = String::from_utf8_lossy(&std::fs::read(&f).unwrap()).to_string();
        if jsonl {
            for l in text.lines() {
                let v: serde_json::Value = serde_json::from_str(l).unwrap();
                doc(&f, v["id"].as_str().unwrap(), v["text"].as_str().unwrap(), v["published"].as_str().map(String::from), None);
            }
        } else {
            let meta = std::fs::read_to_string(f.replace(".txt", ".meta.json")).ok().and_then(|s| serde_json::from_str::<serde_json::Value>(&s).ok()).unwrap_or_default();
            doc(&f, &f, &text, meta["published"].as_str().map(String::from), meta["title"].as_str().map(String::from));
        }
    }
}
