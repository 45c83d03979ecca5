//! Found: an entity named in a text, and the record made of it.

use std::borrow::Cow;

use crate::lexicon::{Entity, EntityId, Lexicon};
use crate::model::{CharIndex, EntityType, Member, Mention, MentionRole, Span, Subject};

/// An entity named in a text.
#[derive(Clone, Debug)]
pub struct Found<'l> {
    /// First token.
    pub first: usize,
    /// One past the last token, a printed ticker with its brackets included.
    pub end: usize,
    /// One past the last token of the name itself; `first` when only a ticker is printed.
    pub name_end: usize,
    /// Bytes of all of it.
    pub span: Span,
    /// Which entity of the lists it is, if it is one.
    pub entity: Option<EntityId>,
    /// The usual name.
    pub canonical: Cow<'l, str>,
    /// Ticker as of the document's date, or as printed.
    pub ticker: Option<Cow<'l, str>>,
    /// Listing exchange, where known.
    pub exchange: Option<Cow<'l, str>>,
    /// SEC Central Index Key, where known.
    pub cik: Option<u32>,
    /// What sort of thing it is.
    pub kind: EntityType,
    /// Members of a group as of the document's date.
    pub members: Option<&'l [EntityId]>,
    /// The ticker itself is printed.
    pub explicit: bool,
    /// It says something here (a rater, an outlet, a speaker's firm).
    pub source: bool,
}

/// The day that lists and texts without a date are read for.
const TODAY: &str = "2026-01-01";

impl<'l> Found<'l> {
    /// An entity of the lists, named by tokens `first..end` on `date`.
    pub(super) fn of(entity: &'l Entity, id: EntityId, range: std::ops::Range<usize>, date: Option<&str>) -> Self {
        let then = date.and_then(|day| entity.former.iter().find(|(_, until)| day <= until.as_ref()));
        let ticker = then.map(|(ticker, _)| ticker).or(entity.ticker.as_ref());
        let date = date.unwrap_or(TODAY);
        let listed = entity.listed.as_deref().is_none_or(|day| date >= day);
        let trades =
            entity.until.is_none_or(|year| date.get(..4).and_then(|y| y.parse::<u16>().ok()).is_none_or(|y| y <= year));
        let members =
            entity.members.iter().rev().find(|(since, _)| date >= since.as_ref()).map(|(_, ids)| ids.as_slice());
        Self {
            first: range.start,
            end: range.end,
            name_end: range.end,
            span: Span::default(),
            entity: Some(id),
            canonical: Cow::Borrowed(&entity.canonical),
            ticker: ticker.filter(|_| listed && trades).map(|t| Cow::Borrowed(t.as_ref())),
            exchange: entity.exchange.as_deref().filter(|_| listed && trades).map(Cow::Borrowed),
            cik: entity.cik,
            kind: entity.kind,
            members,
            explicit: false,
            source: false,
        }
    }

    /// A name that no list has.
    pub(super) fn unlisted(canonical: String, range: std::ops::Range<usize>) -> Self {
        Self {
            first: range.start,
            end: range.end,
            name_end: range.end,
            span: Span::default(),
            entity: None,
            canonical: Cow::Owned(canonical),
            ticker: None,
            exchange: None,
            cik: None,
            kind: EntityType::Company,
            members: None,
            explicit: false,
            source: false,
        }
    }

    /// As a subject of claims and rotations; `text` is the document's text.
    pub fn subject(&self, text: &str, lexicon: &Lexicon) -> Subject {
        let member = |id: &EntityId| {
            let entity = lexicon.entities().get(*id)?;
            Some(Member {
                canonical: entity.canonical.to_string(),
                ticker: entity.ticker.as_deref().map(str::to_string),
            })
        };
        Subject {
            name: self.span.of(text).to_string(),
            canonical: self.canonical.to_string(),
            ticker: self.ticker.as_deref().map(str::to_string),
            exchange: self.exchange.as_deref().map(str::to_string),
            cik: self.cik,
            kind: self.kind,
            members: self.members.map(|ids| ids.iter().filter_map(member).collect()),
        }
    }

    /// As a record, with the role source or context; that it is a subject is
    /// known only once the figures are bound.
    pub fn mention(&self, doc_id: &str, text: &str, chars: &CharIndex<'_>) -> Mention {
        Mention {
            record: "mention".into(),
            doc_id: doc_id.to_string(),
            surface: self.span.of(text).to_string(),
            char_start: chars.chars(self.span.start),
            char_end: chars.chars(self.span.end),
            byte_start: self.span.start,
            byte_end: self.span.end,
            canonical: self.canonical.to_string(),
            ticker: self.ticker.as_deref().map(str::to_string),
            exchange: self.exchange.as_deref().map(str::to_string),
            cik: self.cik,
            kind: self.kind,
            explicit: self.explicit,
            role: if self.source { MentionRole::Source } else { MentionRole::Context },
        }
    }
}
