//! Words: the index's analyser is the token stream of the extractor, in lower
//! case, signs left out; with stems for running text, without for names.

use tantivy::tokenizer::{
    Language, LowerCaser, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager,
};

use crate::model::{TokenKind, Tokens};

/// Analyser of running text.
pub(super) const STEMS: &str = "tape_stems";
/// Analyser of names.
pub(super) const NAMES: &str = "tape_names";

/// Longest word that is indexed, in bytes.
const LONGEST: usize = 200;

/// Makes the analysers known to an index.
pub(super) fn register(manager: &TokenizerManager) {
    manager.register(STEMS, stems());
    manager.register(NAMES, names());
}

fn stems() -> TextAnalyzer {
    TextAnalyzer::builder(Words).filter(LowerCaser).filter(Stemmer::new(Language::English)).build()
}

fn names() -> TextAnalyzer {
    TextAnalyzer::builder(Words).filter(LowerCaser).build()
}

/// The stems of the words of `text`, in order.
pub fn stems_of(text: &str) -> Vec<String> {
    all(stems(), text).into_iter().map(|t| t.text).collect()
}

/// The words of `text` in lower case, in order.
pub fn names_of(text: &str) -> Vec<String> {
    all(names(), text).into_iter().map(|t| t.text).collect()
}

/// The stems of the words of `text` with their bytes.
pub fn places_of(text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    all(stems(), text).into_iter().map(|t| (t.text, t.offset_from..t.offset_to)).collect()
}

fn all(mut analyzer: TextAnalyzer, text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    analyzer.token_stream(text).process(&mut |t| found.push(t.clone()));
    found
}

/// The words and numbers of the token stream.
#[derive(Clone, Debug, Default)]
struct Words;

struct Stream {
    tokens: std::vec::IntoIter<Token>,
    current: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let tokens = Tokens::new(text);
        let mut list = Vec::with_capacity(tokens.len());
        for (i, token) in tokens.list().iter().enumerate() {
            let word = tokens.clean(i);
            let kept = matches!(token.kind, TokenKind::Word | TokenKind::Number)
                && !word.eq_ignore_ascii_case("'s")
                && word.len() <= LONGEST;
            if kept {
                let span = token.span();
                list.push(Token {
                    offset_from: span.start,
                    offset_to: span.end,
                    position: list.len(),
                    text: word.to_string(),
                    position_length: 1,
                });
            }
        }
        Stream { tokens: list.into_iter(), current: Token::default() }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.current = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.current
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_words_keeps_numbers_and_skips_signs() {
        assert_eq!(
            stems_of("Meta's spending rose 12.5% — to $725bn"),
            ["meta", "spend", "rose", "12.5", "to", "725", "bn"]
        );
        assert_eq!(names_of("Nestl\u{e9}'s shares"), ["nestle", "shares"]);
        assert_eq!(places_of("ro\u{200b}se 5")[0].1, 0..7);
    }
}
