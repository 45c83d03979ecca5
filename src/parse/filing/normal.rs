//! The text in NFC, and its places with it.

use unicode_normalization::is_nfc;

use super::text::Text;
use crate::model::Span;
use crate::parse::compose::nfc;

/// The text in NFC; it is so already but for rare marks. Lines are normalised
/// one by one, for places keep their lines.
pub(super) fn normal(mut read: Text) -> Text {
    if is_nfc(&read.text) {
        return read;
    }
    let old = std::mem::take(&mut read.text);
    let mut new = String::with_capacity(old.len());
    // Where lines begin, before and after.
    let mut lines: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for line in old.split_inclusive('\n') {
        lines.push((at, new.len()));
        at += line.len();
        if is_nfc(line) { new.push_str(line) } else { new.push_str(&nfc(line.to_string())) }
    }
    let place = |byte: usize| {
        let line = lines.partition_point(|(before, _)| *before <= byte).max(1) - 1;
        let Some((before, after)) = lines.get(line) else { return byte };
        let ahead = old.get(*before..byte).unwrap_or("");
        after + if is_nfc(ahead) { ahead.len() } else { nfc(ahead.to_string()).len() }
    };
    let span = |s: Span| Span::new(place(s.start), place(s.end));
    read.headings.iter_mut().for_each(|(_, s)| *s = span(*s));
    read.links.iter_mut().for_each(|s| *s = span(*s));
    read.places.iter_mut().for_each(|(_, s)| *s = span(*s));
    read.breaks.iter_mut().for_each(|b| b.at = place(b.at));
    read.grid.map(span);
    let fits = |s: &Span| new.get(s.start..s.end).is_some();
    read.headings.retain(|(_, s)| fits(s));
    read.links.retain(fits);
    read.places.retain(|(_, s)| fits(s));
    read.breaks.retain(|b| new.is_char_boundary(b.at));
    if !read.grid.cells.iter().all(|c| fits(&c.span)) || !read.grid.rows.iter().all(|r| fits(&r.span)) {
        read.grid = Default::default();
    }
    read.text = new;
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_move_with_their_lines() {
        let text = "cafe\u{301} 12\nand 345\n";
        let at = |words: &str| text.find(words).map(|p| Span::new(p, p + words.len())).unwrap_or_default();
        let read = Text { text: text.into(), places: vec![(0, at("12")), (1, at("345"))], ..Text::default() };
        let read = normal(read);
        assert_eq!(read.text, "caf\u{e9} 12\nand 345\n");
        assert_eq!(read.places.iter().map(|(_, s)| s.of(&read.text)).collect::<Vec<_>>(), ["12", "345"]);
    }
}
