//! Tickers: the SEC's list of tickers → the keys of the issuers asked for.

use serde_json::Value;

use super::ask::Ask;

/// The keys of the asked tickers, and those that the list does not have.
///
/// # Errors
/// When it is no list of tickers; says why.
pub(super) fn read(body: &[u8], ask: &Ask) -> Result<(Vec<u32>, Vec<String>), String> {
    let file: Value = serde_json::from_slice(body).map_err(|e| format!("no list of tickers: {e}"))?;
    let rows = match file.get("data").and_then(Value::as_array) {
        Some(data) => by_fields(&file, data)?,
        None => by_number(&file)?,
    };
    let open: Vec<&String> = ask.tickers.iter().filter(|t| !ask.resolved.iter().any(|(r, _)| r == *t)).collect();
    let (mut ciks, mut missing) = (Vec::new(), Vec::new());
    for ticker in open {
        match rows.iter().find(|(_, t)| same(t, ticker)) {
            Some((cik, _)) if !ciks.contains(cik) => ciks.push(*cik),
            Some(_) => {}
            None => missing.push(ticker.clone()),
        }
    }
    Ok((ciks, missing))
}

/// Whether two tickers are the same: classes are written with a dot or a dash.
pub(super) fn same(a: &str, b: &str) -> bool {
    let plain = |t: &str| t.trim().trim_start_matches('$').to_ascii_uppercase().replace('.', "-");
    plain(a) == plain(b)
}

/// `{"fields":["cik","name","ticker",…],"data":[[…]]}`.
fn by_fields(file: &Value, data: &[Value]) -> Result<Vec<(u32, String)>, String> {
    let names = file.get("fields").and_then(Value::as_array).ok_or("no list of tickers: it has no fields")?;
    let at = |name: &str| names.iter().position(|n| n == name);
    let (Some(cik), Some(ticker)) = (at("cik"), at("ticker")) else {
        return Err("no list of tickers: it has no field cik or ticker".into());
    };
    Ok(data.iter().filter_map(|row| Some((number(row.get(cik)?)?, row.get(ticker)?.as_str()?.to_string()))).collect())
}

/// `{"0":{"cik_str":…,"ticker":…}}`.
fn by_number(file: &Value) -> Result<Vec<(u32, String)>, String> {
    let rows = file.as_object().ok_or("no list of tickers: it is no object")?;
    let row = |row: &Value| Some((number(row.get("cik_str")?)?, row.get("ticker")?.as_str()?.to_string()));
    let found: Vec<_> = rows.values().filter_map(row).collect();
    if found.is_empty() { Err("no list of tickers: no entry names one".into()) } else { Ok(found) }
}

/// A number, or a text of digits.
fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(n) => u32::try_from(n.as_u64()?).ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_the_list() {
        let ask = Ask { tickers: vec!["BRK.B".into(), "tide".into(), "NONE".into()], ..Ask::default() };
        let fields = r#"{"fields":["cik","name","ticker"],"data":[["42","Tide","TIDE"],[1067983,"B","BRK-B"],[null]]}"#;
        let want = Ok((vec![1_067_983, 42], vec!["NONE".to_string()]));
        assert_eq!(read(fields.as_bytes(), &ask), want);
        let numbered =
            r#"{"0":{"cik_str":42,"ticker":"TIDE","title":"Tide"},"1":{"cik_str":1067983,"ticker":"BRK-B"}}"#;
        assert_eq!(read(numbered.as_bytes(), &ask), want);
        assert!(read(b"<html>", &ask).is_err() && read(b"{}", &ask).is_err() && read(b"[]", &ask).is_err());
    }
}
