//! Reader: questions about words and their places that all parts ask.

use crate::lexicon::{Entities, EntityCue as Cue};
use crate::model::{Segmented, Shape, Token, TokenKind};

/// How the capitals of a line are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Capitals mean something.
    Running,
    /// Most words begin with a capital.
    Title,
    /// Most words are capitals.
    Shouted,
}

/// A text, its words and the entity lists.
pub(super) struct Reader<'a, 't> {
    pub(super) text: &'a Segmented<'t>,
    pub(super) lists: &'a Entities,
    list: &'a [Token],
    /// See [`Self::capitals`].
    capitals: Vec<u32>,
}

impl<'a, 't> Reader<'a, 't> {
    pub(super) fn new(text: &'a Segmented<'t>, lists: &'a Entities) -> Self {
        let list = text.tokens.list();
        let capital = |t: &Token| t.shape != Shape::Lower;
        let capitals = (0u32..).zip(list).filter(|(_, t)| capital(t)).map(|(i, _)| i).collect();
        Self { text, lists, list, capitals }
    }

    /// The tokens with a capital, in order.
    pub(super) fn capitals(&self) -> impl Iterator<Item = usize> {
        self.capitals.iter().map(|i| *i as usize)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn word(&self, i: usize) -> &'a str {
        self.text.tokens.clean(i)
    }

    pub(super) fn is(&self, i: usize, sign: &str) -> bool {
        self.text.tokens.bytes(i) == sign.as_bytes()
    }

    pub(super) fn kind(&self, i: usize) -> Option<TokenKind> {
        self.list.get(i).map(|t| t.kind)
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Word)
    }

    pub(super) fn shape(&self, i: usize) -> Shape {
        self.list.get(i).map_or(Shape::Lower, |t| t.shape)
    }

    /// A word with a capital.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.is_word(i) && self.shape(i) != Shape::Lower
    }

    /// No white space between this token and the one before it.
    pub(super) fn glued(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|t| t.glued)
    }

    pub(super) fn cue(&self, i: usize) -> Cue {
        if self.is_word(i) { self.lists.cues().of(self.word(i)) } else { Cue::default() }
    }

    /// The token before, when there is one on the same line.
    pub(super) fn before(&self, i: usize) -> Option<usize> {
        let prev = i.checked_sub(1)?;
        (self.kind(prev) != Some(TokenKind::Break)).then_some(prev)
    }

    /// Whether a sentence, heading, quotation or list item begins at `i`.
    pub(super) fn starts(&self, i: usize) -> bool {
        let mut at = i;
        while let Some(prev) = self.before(at) {
            match self.kind(prev) {
                Some(TokenKind::Word) => return false,
                Some(TokenKind::Number) => {}
                _ => match self.word(prev) {
                    "." | "!" | "?" => return !self.abbreviation(prev),
                    ":" => return true,
                    "," | ";" | "-" | "—" | "/" | "&" | "$" | "%" | ")" | "'" | "[" | "(" => return false,
                    _ => {}
                },
            }
            at = prev;
        }
        true
    }

    /// Whether the point at `i` belongs to an abbreviation ("Inc.", "U.S.").
    fn abbreviation(&self, i: usize) -> bool {
        let Some(prev) = self.before(i) else { return false };
        let word = self.word(prev);
        self.glued(i)
            && self.is_word(prev)
            && (word.len() == 1
                || self.cue(prev).has(Cue::LEGAL)
                || matches!(word, "Mr" | "Ms" | "Mrs" | "Dr" | "St" | "vs" | "No"))
    }

    /// How the capitals of the line around `i` are to be read.
    pub(super) fn case(&self, i: usize) -> Case {
        let near = |k: usize| self.kind(k) != Some(TokenKind::Break);
        let first = (i.saturating_sub(30)..i).rev().take_while(|k| near(*k)).last().unwrap_or(i);
        let (mut words, mut lower, mut upper) = (0, 0, 0);
        for k in (first..self.len().min(i + 30)).take_while(|k| near(*k)) {
            let Some(token) = self.list.get(k).filter(|t| t.kind == TokenKind::Word && t.clean_len() >= 4) else {
                continue;
            };
            if token.shape == Shape::Upper && !self.lists.symbols(self.word(k)).is_empty() {
                continue;
            }
            words += 1;
            match token.shape {
                Shape::Lower => lower += 1,
                Shape::Upper => upper += 1,
                _ => {}
            }
        }
        // A heading has no full stop.
        let end = (i..self.len().min(i + 30)).find(|k| !near(*k)).or((i + 30 >= self.len()).then_some(self.len()));
        let heading = end.is_some_and(|e| e == 0 || !self.is(e - 1, "."));
        if words >= 3 && upper * 10 >= words * 7 {
            Case::Shouted
        } else if heading && words >= 4 && lower * 5 <= words {
            Case::Title
        } else {
            Case::Running
        }
    }

    /// Steps over a legal form after a name: its end, and whether there is one.
    pub(super) fn over_legal(&self, end: usize) -> (usize, bool) {
        let (mut at, mut legal) = (end, false);
        for _ in 0..3 {
            let comma = usize::from(self.is(at, ","));
            if !self.cue(at + comma).has(Cue::LEGAL) || !self.capital(at + comma) && !self.is(at + comma, "plc") {
                break;
            }
            legal = true;
            at += comma + 1;
            if self.is(at, ".") && self.glued(at) && self.word(at - 1).len() <= 4 {
                at += 1;
            }
        }
        (at, legal)
    }

    /// A sign that closes a name.
    pub(super) fn glued_sign(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Symbol) && !matches!(self.word(i), "&" | "/" | "-")
    }

    /// Steps over a possessive.
    pub(super) fn over_possessive(&self, end: usize) -> usize {
        let possessive =
            self.word(end).eq_ignore_ascii_case("'s") || (self.is(end, "'") && self.glued(end) && !self.glued(end + 1));
        if possessive { end + 1 } else { end }
    }
}
