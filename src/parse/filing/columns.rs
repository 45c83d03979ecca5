//! A line of plain text → its cells: pieces two spaces apart or behind dots.

/// A cell and the columns of letters that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// First column.
    pub left: u16,
    /// One past the last.
    pub right: u16,
    /// Its text.
    pub text: String,
}

/// Letters of a line.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// The cells of a line that is a row of a table: several pieces with a number
/// behind the first, or many.
pub(super) fn cells(line: &str) -> Option<Vec<Piece>> {
    let mut letters: Vec<char> = line.trim_end().chars().collect();
    hide_leaders(&mut letters);
    let mut cells: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if letters[at] == ' ' {
            at += 1;
            continue;
        }
        let start = at;
        while at < letters.len() && !(letters[at] == ' ' && letters.get(at + 1).is_none_or(|c| *c == ' ')) {
            at += 1;
        }
        let text: String = letters[start..at].iter().collect();
        add(&mut cells, without_dots(&text), start, at);
    }
    let digits = cells.iter().skip(1).any(|c| c.text.contains(|c: char| c.is_ascii_digit()));
    let years = cells.len() >= 2 && cells.iter().all(|c| is_year(&c.text));
    let words = cells.iter().all(|c| c.text.len() < 90);
    let row = cells.len() >= 2 && digits && words && !line.trim_end().ends_with('.') || cells.len() >= 3 && words;
    // "Three Months Ended     Six Months Ended"
    let heads = cells.len() >= 2 && cells.iter().all(|c| is_time(&c.text));
    (row || years || heads).then_some(cells)
}

/// A piece without the dots of a leader; those of decimals stay.
fn without_dots(text: &str) -> &str {
    let text = text.trim().trim_end_matches('.').trim_end();
    let bare = text.trim_start_matches('.');
    let decimal = bare.starts_with(|c: char| c.is_ascii_digit()) && bare.len() + 1 == text.len();
    if decimal { text } else { bare.trim_start() }
}

/// Adds a piece; a sign goes with its number.
fn add(cells: &mut Vec<Piece>, piece: &str, start: usize, end: usize) {
    if piece.is_empty() {
        return;
    }
    let column = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let number = piece.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '.'));
    match cells.last_mut() {
        Some(last) if matches!(last.text.as_str(), "$" | "(" | "$(") && number => {
            last.text.push_str(piece);
            last.right = column(end);
        }
        Some(last) if matches!(piece, ")" | "%" | ")%") && last.text.ends_with(|c: char| c.is_ascii_digit()) => {
            last.text.push_str(piece);
            last.right = column(end);
        }
        _ => cells.push(Piece { left: column(start), right: column(end), text: piece.replace("$ ", "$") }),
    }
}

fn is_time(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.len() < 40
        && ["months ", "weeks ", "quarter", "year"].iter().any(|w| lower.contains(w))
        && !lower.ends_with('.')
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Dots that lead from a label to its numbers become spaces: three or more in
/// a row, with or without spaces between them.
fn hide_leaders(letters: &mut [char]) {
    let mut at = 0;
    while at < letters.len() {
        if letters[at] != '.' {
            at += 1;
            continue;
        }
        let start = at;
        let mut dots = 0;
        while at < letters.len() && (letters[at] == '.' || letters[at] == ' ') {
            dots += usize::from(letters[at] == '.');
            at += 1;
        }
        // The point of a decimal is none of the leader's.
        let decimal = letters[at - 1] == '.' && letters.get(at).is_some_and(char::is_ascii_digit) && dots > 1;
        if dots >= 3 {
            let end = if decimal && at >= 2 && letters[at - 2] == ' ' { at - 1 } else { at };
            letters[start..end].fill(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        cells(line).unwrap_or_default().into_iter().map(|c| c.text).collect()
    }

    #[test]
    fn rows_and_lines_that_are_none() {
        assert_eq!(texts("Net sales . . . . . . . .   $ 1,250    $  (990)"), ["Net sales", "$1,250", "$(990)"]);
        assert_eq!(texts("Per share.........   .52     .47"), ["Per share", ".52", ".47"]);
        assert_eq!(texts("          1999            1998"), ["1999", "1998"]);
        assert!(texts("The year ended well.  It did in 1998.").is_empty());
        assert!(texts("One piece only, with 12 in it").is_empty());
        let cells = cells("Sales   12   3").unwrap_or_default();
        assert_eq!(cells.iter().map(|c| (c.left, c.right)).collect::<Vec<_>>(), [(0, 5), (8, 10), (13, 14)]);
    }
}
