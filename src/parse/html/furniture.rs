//! Lines that belong to the site, not to the article.

use super::title::same;
use crate::parse::compose::{Line, LineKind};

/// Whole lines (lower case, without final punctuation) that are furniture.
#[rustfmt::skip]
const LINES: &[&str] = &[
    "advertisement", "anzeige", "werbung", "read more", "share", "share this", "share this article", "comments",
    "comment", "subscribe", "sign up", "log in", "login", "print", "email", "tweet", "facebook", "twitter",
    "whatsapp", "copy link", "related", "related articles", "related stories", "recommended", "tags", "more",
    "story continues below", "story continues", "article continues below", "loading", "teilen", "drucken",
    "kommentare", "mehr zum thema", "weiterlesen", "leggi anche", "image source", "scroll to continue", "don't miss",
    "in this article", "continue reading", "continue reading the main story", "continue reading below",
    "weiter lesen",
];

/// Starts of short lines that ask the reader for something.
#[rustfmt::skip]
const STARTS: &[&str] = &[
    "sign up for", "subscribe to", "get the latest", "click here to", "follow us on", "follow @", "join our",
    "read more:", "read also:", "also read:", "related:", "see also:", "thanks for signing up",
    "this site uses cookies", "we use cookies", "by clicking", "share this:", "tags:", "tagged:", "schlagworte:",
    "newsletter:", "lesen sie auch:", "mehr zum thema:", "leggi anche:", "photo:", "like us on", "download our app",
    "enable javascript",
];

/// Removes furniture lines, and the title where the text repeats it.
pub(crate) fn tidy(lines: &mut Vec<Line>, title: Option<&str>) {
    if let Some(title) = title {
        // Only at the top: further down a heading may well repeat it.
        let top = lines
            .iter()
            .take(3)
            .position(|l| matches!(l.kind, LineKind::Heading(1 | 2) | LineKind::Text) && repeats(&l.text, title));
        if let Some(at) = top.filter(|_| lines.len() > 1) {
            lines.remove(at);
        }
    }
    lines.retain(|line| !is_furniture(line));
    while lines.last().is_some_and(|l| matches!(l.kind, LineKind::Heading(_))) && lines.len() > 1 {
        lines.pop();
    }
}

/// Whether a line is the title and no more.
fn repeats(line: &str, title: &str) -> bool {
    line.chars().count() <= title.chars().count() * 5 / 4 + 4 && same(line, title)
}

fn is_furniture(line: &Line) -> bool {
    if line.kind == LineKind::Row || line.text.len() > 200 {
        return false;
    }
    let lower = line.text.to_lowercase();
    let lower = lower.trim().trim_end_matches([':', '.', '…', '!', '»', '>', ' ']);
    // A list may well have an item "Facebook" or "More".
    let whole = line.kind != LineKind::Item && LINES.contains(&lower);
    whole || STARTS.iter().any(|s| lower.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: LineKind, text: &str) -> Line {
        Line { kind, text: text.into(), linked: 0 }
    }

    #[test]
    fn title_and_pleas_go() {
        let mut lines = vec![
            line(LineKind::Heading(1), "Harbor fees climb 4%"),
            line(LineKind::Text, "The harbor raised its fees by 4%."),
            line(LineKind::Text, "Advertisement"),
            line(LineKind::Text, "Subscribe to our newsletter for 5 stories a day."),
            line(LineKind::Row, "| Tags | 4"),
            line(LineKind::Item, "Facebook"),
            line(LineKind::Heading(2), "Related stories"),
        ];
        tidy(&mut lines, Some("Harbor fees climb 4%"));
        assert_eq!(
            lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(),
            ["The harbor raised its fees by 4%.", "| Tags | 4", "Facebook"]
        );
    }
}
