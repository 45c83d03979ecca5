//! Names of months in the languages of the pages.

/// Stems that begin a month's name and no other common word; January first.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari", "jan", "ene", "gen"],
    &[
        "february",
        "februar",
        "feber",
        "février",
        "fevrier",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
        "feb",
        "févr",
        "fév",
        "fev",
    ],
    &["march", "märz", "maerz", "mars", "marzo", "março", "marco", "maart", "mar", "mär", "mrz"],
    &["april", "avril", "abril", "aprile", "apr", "avr", "abr"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "maj"],
    &["june", "juni", "juin", "junio", "giugno", "junho", "jun", "giu"],
    &["july", "juli", "juillet", "julio", "luglio", "julho", "jul", "juil", "lug"],
    &["august", "août", "aout", "agosto", "augustus", "augusti", "aug", "ago"],
    &["september", "septembre", "septiembre", "settembre", "setembro", "sep", "sept"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "outubro", "oct", "okt", "ott"],
    &["november", "novembre", "noviembre", "novembro", "nov"],
    &["december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro", "dec", "dez", "déc", "dic"],
];

/// The month (1–12) a lower-case word names.
pub(crate) fn month(word: &str) -> Option<i8> {
    if word.len() < 3 || word.len() > 12 {
        return None;
    }
    MONTHS.iter().zip(1i8..).find(|(names, _)| names.contains(&word)).map(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn no_name_stands_for_two_months() {
        let all: Vec<&str> = super::MONTHS.iter().flat_map(|names| names.iter().copied()).collect();
        for name in &all {
            assert_eq!(all.iter().filter(|other| *other == name).count(), 1, "{name}");
        }
        assert_eq!((month("märz"), month("sept"), month("der")), (Some(3), Some(9), None));
    }
}
