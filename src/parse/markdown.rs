//! Markdown → text: marks go, words stay.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::compose::{Composed, Line, LineKind, push_folded};

/// The lines of a Markdown text (without its front matter).
pub(crate) fn read(text: &str) -> Composed {
    Composed::from_lines(&lines(text))
}

#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    text: String,
    kind: Option<LineKind>,
    row: Option<Vec<String>>,
    images: u32,
    code: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let mut r = Reader::default();
    for event in Parser::new_ext(
        text,
        Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_WIKILINKS,
    ) {
        match event {
            Event::Start(tag) => r.start(&tag),
            Event::End(tag) => r.end(tag),
            Event::Text(t) | Event::Code(t) => r.text(&t),
            Event::FootnoteReference(name) => r.text(&format!("[{name}]")),
            Event::SoftBreak => r.text(" "),
            Event::HardBreak | Event::Rule => r.flush(),
            Event::InlineHtml(t) if t.to_ascii_lowercase().starts_with("<br") => r.flush(),
            _ => {}
        }
    }
    r.flush();
    r.lines
}

impl Reader {
    fn text(&mut self, text: &str) {
        if self.images > 0 {
            return;
        }
        if self.code {
            for line in text.lines() {
                push_folded(&mut self.text, line);
                self.flush();
            }
            return;
        }
        match self.row.as_mut().and_then(|row| row.last_mut()) {
            Some(cell) => push_folded(cell, text),
            None => push_folded(&mut self.text, text),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.kind = Some(LineKind::Heading(depth(*level)));
            }
            Tag::Item => {
                self.flush();
                self.kind = Some(LineKind::Item);
            }
            Tag::TableHead | Tag::TableRow => self.row = Some(Vec::new()),
            Tag::TableCell => {
                if let Some(row) = &mut self.row {
                    row.push(String::new());
                }
            }
            Tag::Image { .. } => self.images += 1,
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::Paragraph if self.kind != Some(LineKind::Item) || !self.text.is_empty() => self.flush(),
            Tag::BlockQuote(_) | Tag::List(_) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::Paragraph | TagEnd::BlockQuote(_) => {
                self.flush();
                self.kind = None;
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells: Vec<String> =
                    self.row.take().unwrap_or_default().iter().map(|c| c.trim().to_string()).collect();
                if cells.iter().any(|c| !c.is_empty()) {
                    self.lines.push(Line { kind: LineKind::Row, text: format!("| {}", cells.join(" | ")), linked: 0 });
                }
            }
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::CodeBlock => self.code = false,
            _ => {}
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if !text.is_empty() {
            let kind = self.kind.unwrap_or(LineKind::Text);
            self.lines.push(Line { kind, text: text.to_string(), linked: 0 });
            if kind == LineKind::Item {
                self.kind = None;
            }
        }
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_words_stay() {
        let text = "# Fees *rose*\n\nBy **4%** in [Kiel](https://x.example/9),\nsays `who` of [[Tide Corp]]. ![alt 7%](i.png)\n\n- one\n- two\n  - three\n\n> quoted\n\n| Item | 2025 |\n|---|---|\n| Tolls | $5 |\n\n<div>html</div>\n\n---\n";
        let composed = read(text);
        assert_eq!(
            composed.text,
            "Fees rose\nBy 4% in Kiel, says who of Tide Corp.\n- one\n- two\n- three\nquoted\n| Item | 2025\n| Tolls | $5"
        );
        assert_eq!(composed.sections().len(), 1);
    }
}
