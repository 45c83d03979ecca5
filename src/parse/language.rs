//! The language of a text, where the page does not declare it.

use whatlang::{Lang, detect as guess};

/// The two-letter code of the text's language; null when it is not clear.
pub(crate) fn detect(text: &str) -> Option<String> {
    let sample = &text[..text.floor_char_boundary(4000)];
    let info = guess(sample).filter(|i| i.is_reliable() && sample.len() >= 40)?;
    code(info.lang()).map(str::to_string)
}

fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Bul => "bg",
        Lang::Ell => "el",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Tur => "tr",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Tha => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn tells_english_from_german() {
        assert_eq!(
            detect(
                "The harbor raised its fees by four percent this week, the third rise in a row, and the yards complain."
            )
            .as_deref(),
            Some("en")
        );
        assert_eq!(
            detect("Der Hafen hat seine Gebühren in dieser Woche um vier Prozent erhöht, zum dritten Mal in Folge.")
                .as_deref(),
            Some("de")
        );
        assert_eq!(detect("4%"), None);
    }
}
