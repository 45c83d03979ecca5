//! Printed tickers: "(NASDAQ: MU)", "(SNDK)", "$MSFT", "<GM.N>", "7203.T".

use super::reader::Reader;
use crate::lexicon::{Suffix, Venue};
use crate::model::{Shape, TokenKind};

/// One ticker as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// First token of the ticker itself.
    pub(super) first: usize,
    /// One past its last token.
    pub(super) end: usize,
    /// As records give it, before share classes are joined.
    pub(super) ticker: String,
    /// The exchange printed before it.
    pub(super) venue: Option<Venue>,
    /// It carries the suffix of a home listing, or "$", "^".
    pub(super) marked: bool,
}

/// A bracket with tickers, or a single marked one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) items: Vec<Item>,
    pub(super) bracket: bool,
    pub(super) cashtag: bool,
}

const LONGEST: usize = 40;

/// All printed forms, in order, not overlapping; which are believed is decided later.
pub(super) fn scan(r: &Reader<'_, '_>) -> Vec<Printed> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < r.len() {
        let found = match r.kind(i) {
            Some(TokenKind::Symbol) => match r.text.tokens.bytes(i) {
                b"(" => bracket(r, i, ")"),
                b"<" => bracket(r, i, ">").filter(|p| r.glued(p.first + 1) && p.items.len() == 1),
                b"$" | b"^" if r.glued(i + 1) && r.shape(i + 1) == Shape::Upper => marked(r, i),
                b":" => after_colon(r, i),
                b"." if r.glued(i) && r.glued(i + 1) => suffixed(r, i),
                b"." if r.glued(i + 1) && r.shape(i + 1) == Shape::Upper => marked(r, i).filter(|p| is_index(r, p)),
                _ => None,
            },
            _ => None,
        };
        match found {
            Some(printed) => {
                i = printed.end.max(i + 1);
                out.push(printed);
            }
            None => i += 1,
        }
    }
    out
}

/// A bracket that holds nothing but tickers.
fn bracket(r: &Reader<'_, '_>, open: usize, close: &str) -> Option<Printed> {
    let end =
        (open + 1..r.len().min(open + LONGEST)).find(|i| r.is(*i, close) || r.kind(*i) == Some(TokenKind::Break))?;
    if !r.is(end, close) || end == open + 1 {
        return None;
    }
    let mut items: Vec<Item> = Vec::new();
    let mut moved = None;
    let mut at = open + 1;
    let mut venue = None;
    while at < end {
        let stop = (at..end).find(|i| matches!(r.word(*i), "," | ";" | "|" | "and")).unwrap_or(end);
        // "(LUMN, +7%)": a move behind the ticker.
        let move_only = !items.is_empty() && stop > at + 1 && (at..stop).all(|i| moves(r, i));
        if move_only {
            moved = moved.or(items.last().map(|i: &Item| i.end));
        } else if stop > at {
            let (item, said) = piece(r, at, stop, venue.clone())?;
            venue = said;
            items.push(item);
        }
        at = stop + 1;
    }
    // A move behind a comma is a figure: it is not the name's.
    let end = moved.unwrap_or(end + 1);
    (!items.is_empty()).then_some(Printed { first: open, end, items, bracket: true, cashtag: false })
}

/// "NASDAQ: MU", "MU", "GOOG 0.42%".
fn piece(r: &Reader<'_, '_>, from: usize, to: usize, inherited: Option<Venue>) -> Option<(Item, Option<Venue>)> {
    let colon = (from..to).rev().find(|i| r.is(*i, ":"));
    let (venue, start) = match colon {
        None => (inherited, from),
        Some(colon) => (Some(venue(r, from, colon)?), colon + 1),
    };
    let item = ticker(r, start, to, venue.clone())?;
    // What may follow a ticker inside brackets: a move or a price.
    let rest = (item.end..to).all(|i| moves(r, i));
    // "(GLP-1)" is no ticker with a move.
    let part = r.glued(item.end) && r.is(item.end, "-") && !r.is(to - 1, "%");
    (rest && !part).then_some((item, venue))
}

/// A part of a move or a price.
fn moves(r: &Reader<'_, '_>, i: usize) -> bool {
    r.kind(i) == Some(TokenKind::Number) || matches!(r.word(i), "+" | "-" | "%" | "$" | "." | "▲" | "▼")
}

/// The exchange named by tokens `from..to`; a US one wins.
fn venue(r: &Reader<'_, '_>, from: usize, to: usize) -> Option<Venue> {
    let cues = r.lists.cues();
    let mut found = None;
    for i in (from..to).filter(|i| r.is_word(*i)) {
        match cues.venue(r.word(i)) {
            Some(Venue::Us) if matches!((r.word(i + 1), i + 1 < to), ("CA" | "Canada", true)) => {
                found = Some(Venue::Abroad("".into()))
            }
            Some(Venue::Us) => return Some(Venue::Us),
            Some(abroad) => found = found.or_else(|| Some(abroad.clone())),
            None => {}
        }
    }
    found
}

/// A ticker at `at`, with share class or suffix.
fn ticker(r: &Reader<'_, '_>, at: usize, limit: usize, venue: Option<Venue>) -> Option<Item> {
    let mut first = at;
    let mut marked = false;
    while first < limit && matches!(r.word(first), "$" | "^" | "." | "#") {
        marked = true;
        first += 1;
    }
    let root = r.word(first);
    let letters = r.is_word(first) && r.shape(first) == Shape::Upper && root.len() <= 6 && root.is_ascii();
    let digits =
        r.kind(first) == Some(TokenKind::Number) && root.len() <= 6 && root.bytes().all(|b| b.is_ascii_digit());
    if first >= limit || (!letters && !digits) {
        return None;
    }
    let mut name = root.to_string();
    let mut end = first + 1;
    // "285A", "A17U": letters and digits in one code.
    while end < limit
        && r.glued(end)
        && name.len() < 6
        && (r.kind(end) == Some(TokenKind::Number)
            || r.shape(end) == Shape::Upper && r.kind(end) == Some(TokenKind::Word))
    {
        name.push_str(r.word(end));
        end += 1;
    }
    // "NOVO-B.CO": the class before the suffix.
    let class = end + 3 < limit
        && r.is(end, "-")
        && r.is(end + 2, ".")
        && (end..end + 4).all(|i| r.glued(i))
        && r.word(end + 1).len() == 1;
    if class && r.shape(end + 1) == Shape::Upper && r.lists.cues().suffix(r.word(end + 3)) == Some(Suffix::Home) {
        name = format!("{name}-{}.{}", r.word(end + 1), r.word(end + 3));
        marked = true;
        end += 4;
    }
    let separator = end + 1 < limit && r.glued(end) && r.glued(end + 1) && matches!(r.word(end), "." | "-" | "/");
    if separator && r.is_word(end + 1) && r.shape(end + 1) == Shape::Upper {
        let tail = r.word(end + 1);
        match r.lists.cues().suffix(tail).filter(|_| r.is(end, ".")) {
            Some(Suffix::Home)
                if digits || tail.len() > 1 || !r.lists.symbols(&format!("{name}.{tail}")).is_empty() =>
            {
                name = home(&name, &format!(".{tail}"));
                marked = true;
                end += 2;
            }
            Some(Suffix::Agency) if r.lists.symbols(&format!("{name}.{tail}")).is_empty() => end += 2,
            _ if tail.len() == 1 => {
                name = format!("{name}.{tail}");
                end += 2;
            }
            _ => return None,
        }
    }
    if let (Some(Venue::Abroad(suffix)), true) = (&venue, digits) {
        if suffix.is_empty() && !marked {
            return Some(Item { first, end, ticker: name, venue, marked: false });
        }
        if !marked {
            name = home(&name, suffix);
            marked = true;
        }
    } else if digits && !marked {
        return None;
    }
    Some(Item { first, end, ticker: name, venue, marked })
}

/// A home listing's ticker: codes of Hong Kong have four digits.
fn home(root: &str, suffix: &str) -> String {
    if suffix == ".HK" { format!("{:0>4}{suffix}", root.trim_start_matches('0')) } else { format!("{root}{suffix}") }
}

/// "$MSFT", "^GSPC".
fn marked(r: &Reader<'_, '_>, sign: usize) -> Option<Printed> {
    let limit = (sign + 1..r.len()).find(|i| !r.glued(*i)).unwrap_or(r.len());
    let item = ticker(r, sign + 1, limit, None)?;
    // "$US", "$AUD5": money.
    if r.kind(item.end) == Some(TokenKind::Number) && r.glued(item.end)
        || matches!(item.ticker.as_str(), "US" | "USD" | "AUD" | "CAD" | "NZD" | "B" | "M" | "K" | "T" | "BN" | "MM")
    {
        return None;
    }
    let end = item.end;
    Some(Printed { first: sign, end, items: vec![Item { marked: true, ..item }], bracket: false, cashtag: true })
}

/// ".SPX" at the beginning of a word: an agency's code of an index.
fn is_index(r: &Reader<'_, '_>, printed: &Printed) -> bool {
    let kind = |s: &crate::lexicon::Symbol| r.lists.get(s.entity).map(|e| e.kind);
    printed
        .items
        .iter()
        .any(|i| r.lists.symbols(&i.ticker).iter().any(|s| kind(s) == Some(crate::model::EntityType::Index)))
}

/// "NYSE:TSM" and "ticker: NVDA" outside brackets.
fn after_colon(r: &Reader<'_, '_>, colon: usize) -> Option<Printed> {
    let from = colon.checked_sub(1)?;
    let venue = r.lists.cues().venue(r.word(from)).cloned()?;
    let item = ticker(r, colon + 1, r.len().min(colon + 6), Some(venue))?;
    let end = item.end;
    Some(Printed { first: from, end, items: vec![item], bracket: false, cashtag: false })
}

/// "7203.T" outside brackets.
fn suffixed(r: &Reader<'_, '_>, point: usize) -> Option<Printed> {
    let tail = r.word(point + 1);
    if r.lists.cues().suffix(tail) != Some(Suffix::Home) || r.glued(point + 2) && r.is_word(point + 2) {
        return None;
    }
    let mut first = point.checked_sub(1)?;
    while first > 0
        && r.glued(first)
        && (r.is_word(first - 1) && r.shape(first - 1) == Shape::Upper || r.kind(first - 1) == Some(TokenKind::Number))
    {
        first -= 1;
    }
    let digits = r.kind(first) == Some(TokenKind::Number) && r.word(first).len() >= 4;
    let item = ticker(r, first, point + 2, None).filter(|i| i.end == point + 2)?;
    // "SAP.DE": of a root that is a ticker.
    let address = r.glued(first) && first > 0 && matches!(r.word(first - 1), "." | "/" | "@" | "-" | "_");
    let root = tail.len() == 2
        && !matches!(tail, "IS" | "AT" | "CO" | "ST" | "TO" | "SA")
        && item.ticker.len() >= 6
        && !r.lists.symbols(r.word(first)).is_empty();
    if !digits && (address || r.lists.symbols(&item.ticker).is_empty() && !root) {
        return None;
    }
    Some(Printed { first, end: point + 2, items: vec![item], bracket: false, cashtag: false })
}
