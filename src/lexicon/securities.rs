//! Securities: the SEC's list of listed companies, brought to the form of
//! `securities.tsv`.

use serde::Deserialize;

use super::files::LexiconError;

/// Its name.
pub const FILE: &str = "securities.tsv";

#[derive(Deserialize)]
struct SecJson {
    fields: Vec<String>,
    data: Vec<Vec<serde_json::Value>>,
}

/// One company: its tickers (the main one first), name, number and exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Security<'t> {
    /// Tickers, the main one first, share classes with a point (`BRK.B`).
    pub tickers: Vec<&'t str>,
    /// Name in its usual writing.
    pub name: &'t str,
    /// Central Index Key.
    pub cik: u32,
    /// Exchange: Nasdaq, NYSE, CBOE, OTC; empty when unknown.
    pub exchange: &'t str,
}

/// Brings the SEC's `company_tickers_exchange.json` to the form of
/// `securities.tsv`: one line per company, in the order of the source.
///
/// # Errors
/// When the text is not of that form or holds no company.
pub fn tsv_from_sec_json(json: &str, date: &str) -> Result<String, LexiconError> {
    let sec: SecJson =
        serde_json::from_str(json).map_err(|e| LexiconError::form(FILE, format!("the SEC list: {e}")))?;
    let column = |name: &str| {
        let found = sec.fields.iter().position(|f| f == name);
        found.ok_or_else(|| LexiconError::form(FILE, format!("the SEC list has no column {name:?}")))
    };
    let (cik, name, ticker, exchange) = (column("cik")?, column("name")?, column("ticker")?, column("exchange")?);
    let mut order: Vec<u32> = Vec::new();
    let mut rows: std::collections::HashMap<u32, (String, String, Vec<String>)> = std::collections::HashMap::new();
    for row in &sec.data {
        let text = |i: usize| row.get(i).and_then(serde_json::Value::as_str).unwrap_or("");
        let number = row.get(cik).and_then(|v| v.as_u64().or_else(|| v.as_str().and_then(|s| s.parse().ok())));
        let Some(number) = number.and_then(|n| u32::try_from(n).ok()) else { continue };
        let symbol = text(ticker).trim().replace('-', ".");
        if symbol.is_empty()
            || !symbol.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.')
            || is_preferred(&symbol)
        {
            continue;
        }
        let entry = rows.entry(number).or_insert_with(|| {
            order.push(number);
            (tidy(text(name)), text(exchange).to_string(), Vec::new())
        });
        if !entry.2.contains(&symbol) {
            entry.2.push(symbol);
        }
    }
    if order.is_empty() {
        return Err(LexiconError::form(FILE, "the SEC list holds no company"));
    }
    let mut out = format!("# SEC company_tickers_exchange, {date}: tickers (main one first), name, CIK, exchange\n");
    for number in order {
        let Some((name, exchange, tickers)) = rows.get(&number) else { continue };
        out.push_str(&format!("{}\t{name}\t{number}\t{exchange}\n", tickers.join(",")));
    }
    Ok(out)
}

/// Preferred shares, units and warrants (`ALL-PH`, `X-UN`): never named in articles.
fn is_preferred(symbol: &str) -> bool {
    symbol.split_once('.').is_some_and(|(_, class)| class.len() != 1)
}

/// Reads `securities.tsv`.
///
/// # Errors
/// When a line has not four columns or no number.
pub fn read(text: &str) -> Result<Vec<Security<'_>>, LexiconError> {
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let wrong = |what: &str| LexiconError::form(FILE, format!("line {}: {what}", at + 1));
        let mut columns = line.split('\t');
        let (Some(tickers), Some(name), Some(cik), Some(exchange)) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            return Err(wrong("needs four columns"));
        };
        let cik = cik.parse().map_err(|_| wrong("the third column is no number"))?;
        if tickers.is_empty() || name.is_empty() {
            return Err(wrong("empty ticker or name"));
        }
        out.push(Security { tickers: tickers.split(',').collect(), name, cik, exchange });
    }
    if out.is_empty() {
        return Err(LexiconError::form(FILE, "holds no company"));
    }
    Ok(out)
}

/// A registrant's name in its usual writing: without "/DE/" and the like, and
/// not in capitals.
fn tidy(name: &str) -> String {
    let name = name.split(['/', '\\']).next().map_or(name, |head| if head.trim().len() > 2 { head } else { name });
    let shouted = !name.chars().any(char::is_lowercase) || shouts(name);
    let long = name.split_whitespace().filter(|w| w.len() > 3).count() > 1;
    let words: Vec<String> =
        name.split_whitespace().map(|w| if shouted { unshout(w, long) } else { w.to_string() }).collect();
    words.join(" ").trim_end_matches([',', ' ']).to_string()
}

/// Whether the name proper is in capitals though its legal form is not ("NVIDIA Corp", "ELI LILLY & Co").
fn shouts(name: &str) -> bool {
    let words: Vec<&str> =
        name.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3).collect();
    let upper = words.iter().filter(|w| !w.chars().any(char::is_lowercase)).count();
    upper > 0 && upper + 1 >= words.len()
}

/// "MATERIALS" → "Materials"; words without vowels stay ("CVS"), and short ones in a short name ("KLA").
fn unshout(word: &str, long: bool) -> String {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    let legal = matches!(
        letters.as_str(),
        "INC"
            | "CORP"
            | "CO"
            | "LTD"
            | "THE"
            | "AND"
            | "OF"
            | "FOR"
            | "NEW"
            | "GAS"
            | "OIL"
            | "AIR"
            | "BAY"
            | "SUN"
            | "RED"
            | "BIG"
            | "OLD"
            | "TWO"
            | "ONE"
            | "ALL"
            | "KEY"
            | "CAR"
            | "FOX"
            | "SEA"
            | "BOX"
            | "ICE"
            | "ART"
    );
    let vowels = letters.chars().any(|c| "AEIOUY".contains(c));
    if letters.len() <= 3 && !legal && !long || !vowels && !legal || word.contains('.') && letters.len() <= 4 && !legal
    {
        return word.to_string();
    }
    if matches!(letters.as_str(), "AND" | "OF" | "FOR" | "THE") {
        return word.to_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    let mut fresh = true;
    for c in word.chars() {
        if fresh {
            out.push(c)
        } else {
            out.extend(c.to_lowercase())
        }
        fresh = !c.is_alphabetic() && c != '\'';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_the_list_from_the_sec_form() {
        let json = r#"{"fields":["cik","name","ticker","exchange"],"data":[
            ["1","EXAMPLE MATERIALS INC /DE/","EXM","NYSE"],[1,"EXAMPLE MATERIALS INC /DE/","EXM-B","NYSE"],
            ["1","EXAMPLE MATERIALS INC /DE/","EXM-PC","NYSE"],["2","KVX Corp",null,"OTC"],["3","Quill & Co","QLL",null]]}"#;
        let tsv = tsv_from_sec_json(json, "2026-08-22").unwrap_or_default();
        let lines: Vec<&str> = tsv.lines().skip(1).collect();
        assert_eq!(lines, ["EXM,EXM.B\tExample Materials Inc\t1\tNYSE", "QLL\tQuill & Co\t3\t"]);
        assert_eq!(read(&tsv).map(|r| r.len()).unwrap_or(0), 2);
    }

    #[test]
    fn refuses_other_forms() {
        assert!(tsv_from_sec_json("{}", "2026-08-22").is_err());
        assert!(tsv_from_sec_json(r#"{"fields":["cik"],"data":[]}"#, "2026-08-22").is_err());
        assert!(read("only one column").is_err());
    }

    #[test]
    fn tidies_names() {
        assert_eq!(tidy("EXAMPLE BROTHERS & Co"), "Example Brothers & Co");
        assert_eq!(tidy("WELLS FARGO & COMPANY/MN"), "Wells Fargo & Company");
        assert_eq!(tidy("KLA CORP"), "KLA Corp");
        assert_eq!(tidy("Palo Alto Networks Inc"), "Palo Alto Networks Inc");
    }
}
