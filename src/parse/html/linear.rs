//! Plain-text extraction in linear time, for pages that the extractor may not
//! or could not read: too deep, too large, too slow.

use super::render::Renderer;
use super::tokens::{Tok, Tokens, is_void};
use super::zone::Zone;
use crate::parse::compose::{Line, LineKind};

/// Elements remembered as open; deeper ones count as part of the deepest.
const OPEN_MAX: usize = 128;

/// The lines of a page without what is plainly not its text.
pub(crate) fn lines(html: &str) -> Vec<Line> {
    let mut renderer = Renderer::default();
    let mut open: Vec<(&str, bool)> = Vec::new();
    for tok in Tokens::new(html) {
        let skipping = open.last().is_some_and(|(_, skip)| *skip);
        match &tok {
            Tok::Open(tag) if !is_void(tag.name) => {
                if open.len() < OPEN_MAX {
                    let name = tag.name.to_ascii_lowercase();
                    let attr = |n: &str| tag.attr(n).unwrap_or_default();
                    let zone = Zone::of(&name, &attr("class"), &attr("id"), "", "");
                    let skip = skipping
                        || zone.has(Zone::ELSEWHERE.and(Zone::MUTE))
                        || matches!(name.as_str(), "noscript" | "head");
                    if !tag.closed {
                        open.push((tag.name, skip));
                    }
                    if !skip {
                        renderer.feed(&tok);
                    }
                } else if !skipping {
                    renderer.feed(&tok);
                }
            }
            Tok::Close(name) => {
                if !skipping {
                    renderer.feed(&tok);
                }
                if let Some(at) = open.iter().rposition(|(n, _)| n.eq_ignore_ascii_case(name)) {
                    open.truncate(at);
                }
            }
            _ if !skipping => renderer.feed(&tok),
            _ => {}
        }
    }
    keep_text(renderer.finish())
}

/// Leaves out lines of links and headings with nothing under them.
fn keep_text(lines: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::new();
    for line in lines {
        let links = line.linked * 2 > line.text.len();
        let sentence = line.text.chars().count() >= 40 || line.text.ends_with(['.', '!', '?', ':', '"', '”']);
        let keep = match line.kind {
            LineKind::Heading(_) | LineKind::Row => true,
            LineKind::Item => !links,
            LineKind::Text => !links && sentence,
        };
        if keep {
            if matches!((kept.last().map(|l| l.kind), line.kind), (Some(LineKind::Heading(a)), LineKind::Heading(b)) if a >= b)
            {
                kept.pop();
            }
            kept.push(line);
        }
    }
    while kept.last().is_some_and(|l| matches!(l.kind, LineKind::Heading(_))) {
        kept.pop();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::compose::Composed;

    #[test]
    fn keeps_text_and_drops_furniture() {
        let html = "<head><title>x</title></head><nav><p>Home, a long line of navigation that is no text.</p></nav><h1>Fees</h1>
            <p>The harbor raised its fees by 4% this week.</p><p><a>Another story about the fees of the harbor</a></p>
            <div class='comments'><p>First! I say the harbor is wrong here.</p></div><h2>Empty</h2>";
        assert_eq!(Composed::from_lines(&lines(html)).text, "Fees\nThe harbor raised its fees by 4% this week.");
    }

    #[test]
    fn deep_pages_are_linear() {
        let html = format!("{}<p>The harbor raised its fees by 4% this week.</p>", "<div>".repeat(400_000));
        assert_eq!(lines(&html).len(), 1);
    }
}
