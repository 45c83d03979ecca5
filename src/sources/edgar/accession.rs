//! Accession numbers: `0001045810-26-000024`.

/// The accession number in a file's name or address, where there is one.
pub(super) fn in_name(text: &str) -> Option<String> {
    let name = text.rsplit('/').next().unwrap_or(text);
    let number = name.get(..20)?;
    is(number).then(|| number.to_string())
}

/// Whether a text is one.
pub(super) fn is(text: &str) -> bool {
    text.len() == 20
        && text.bytes().enumerate().all(|(at, b)| if at == 10 || at == 13 { b == b'-' } else { b.is_ascii_digit() })
}

/// Without its dashes, as folders are named.
pub(super) fn plain(accession: &str) -> String {
    accession.chars().filter(char::is_ascii_digit).collect()
}

/// The Central Index Key in a path such as `edgar/data/320193/…`.
pub(super) fn cik_in_path(path: &str) -> Option<u32> {
    path.split("edgar/data/").nth(1)?.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_found_in_names() {
        let found = in_name("edgar/data/1045810/0001045810-26-000024.txt");
        assert_eq!(found.as_deref(), Some("0001045810-26-000024"));
        assert_eq!(in_name("0001045810-26-000024-index.htm"), found);
        for none in ["a.txt", "0001045810_26_000024.txt", "éééééééééééé"] {
            assert_eq!(in_name(none), None);
        }
        assert_eq!(plain("0001045810-26-000024"), "000104581026000024");
        assert_eq!(cik_in_path("/Archives/edgar/data/320193/0001.txt"), Some(320_193));
    }
}
