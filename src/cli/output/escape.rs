//! Escape: control characters of untrusted text shown as what they are, so
//! that a page cannot steer the terminal.

/// `text` with control and direction-changing characters written as escapes.
/// Line breaks stay.
pub fn escape(text: &str) -> String {
    clean(text, true)
}

/// As [`escape`], on one line: line breaks and tabs become spaces.
pub fn escape_line(text: &str) -> String {
    clean(text, false)
}

fn clean(text: &str, breaks: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if breaks => out.push('\n'),
            '\n' | '\t' | '\r' => out.push(' '),
            c if is_unsafe(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Controls, and marks that reorder or hide text.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_steer_the_terminal() {
        assert_eq!(escape("a\u{1b}[31mred\u{202e}\u{9b}1m\nb"), "a\\u{1b}[31mred\\u{202e}\\u{9b}1m\nb");
        assert_eq!(escape_line("a\tb\nc — $5"), "a b c — $5");
    }
}
