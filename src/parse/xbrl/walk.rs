//! The elements of a file, one after the other: no tree, no entities expanded,
//! and on again behind what cannot be read.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::parse::html::decode_references;

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open<'x> {
    /// Name with prefix, as written.
    pub name: &'x str,
    /// What stands behind the name.
    pub attrs: &'x str,
    /// Byte behind the tag.
    pub end: usize,
}

/// What hears of the elements.
pub(crate) trait Sink {
    /// A start tag.
    fn open(&mut self, tag: &Open<'_>);
    /// An end tag, or the end of an empty element; `at` is its first byte.
    fn close(&mut self, name: &str, at: usize);
    /// Text with references decoded; one run of text may come in pieces.
    fn text(&mut self, text: &str);
}

/// Places that cannot be read before the rest is given up: each may cost a
/// look through the whole file.
const DAMAGES_MAX: usize = 100;

/// Reads `text` to its end; returns what could not be read, in words.
pub(crate) fn walk(text: &str, sink: &mut impl Sink) -> Vec<String> {
    let mut problems = Vec::new();
    let mut damages = 0;
    let mut references = References::default();
    // What stands before the first tag is none of the document's.
    let mut base = text.find('<').unwrap_or(text.len());
    loop {
        let (stop, damage) = run(text, base, sink, &mut references);
        match damage {
            None if stop >= text.len() => break,
            None => base = stop, // behind a script
            Some(problem) => {
                damages += 1;
                if problems.len() < 5 {
                    problems.push(format!("unreadable markup at byte {stop}: {problem}"));
                }
                if damages == DAMAGES_MAX {
                    problems.push(format!("{DAMAGES_MAX} unreadable places: the rest from byte {stop} is not read"));
                    break;
                }
                base =
                    text.as_bytes().iter().skip(stop + 1).position(|b| *b == b'<').map_or(text.len(), |p| stop + 1 + p);
            }
        }
    }
    problems
}

/// Reads from `base` to the end, to a script, or to damage; the byte where it
/// stopped and the damage.
fn run(text: &str, base: usize, sink: &mut impl Sink, references: &mut References) -> (usize, Option<String>) {
    let rest = &text[base..];
    let mut reader = Reader::from_str(rest);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        let before = base + place(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let end = base + place(reader.buffer_position());
                let name = tag.name().0;
                sink.open(&Open { name, attrs: tag.attributes_raw(), end });
                if let Some(closing) = opaque(name) {
                    let skipped = find_ignoring_case(&text.as_bytes()[end..], closing).map_or(text.len(), |p| end + p);
                    return (skipped, None);
                }
            }
            Ok(Event::Empty(tag)) => {
                let end = base + place(reader.buffer_position());
                let name = tag.name().0;
                sink.open(&Open { name, attrs: tag.attributes_raw().trim_end_matches('/'), end });
                sink.close(name, end);
            }
            Ok(Event::End(tag)) => sink.close(tag.name().0, before),
            Ok(Event::Text(part)) => sink.text(&part),
            Ok(Event::CData(part)) => sink.text(&part),
            Ok(Event::GeneralRef(name)) => sink.text(&references.decode(&name)),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) => return (text.len(), None),
            Err(e) => {
                return ((base + place(reader.error_position())).max(before).min(text.len()), Some(e.to_string()));
            }
        }
    }
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// References that were looked up: rare ones cost time.
#[derive(Debug, Default)]
struct References {
    known: HashMap<String, String>,
}

/// Different references of one file that are looked up; beyond them they stay as written.
const REFERENCES_MAX: usize = 2000;

impl References {
    /// The character a reference stands for; one that is not known stays as written.
    fn decode(&mut self, name: &str) -> Cow<'_, str> {
        match name {
            "#160" | "nbsp" => return Cow::Borrowed("\u{a0}"),
            "amp" => return Cow::Borrowed("&"),
            "#8217" => return Cow::Borrowed("\u{2019}"),
            _ => {}
        }
        if self.known.len() >= REFERENCES_MAX && !self.known.contains_key(name) {
            return Cow::Owned(format!("&{name};"));
        }
        let decode = || decode_references(&format!("&{name};")).into_owned();
        Cow::Borrowed(self.known.entry(name.to_string()).or_insert_with(decode))
    }
}

/// The end of an element whose content is no markup.
fn opaque(name: &str) -> Option<&'static [u8]> {
    match name.len() {
        6 if name.eq_ignore_ascii_case("script") => Some(b"</script"),
        5 if name.eq_ignore_ascii_case("style") => Some(b"</style"),
        _ => None,
    }
}

fn find_ignoring_case(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Log(String);

    impl Sink for Log {
        fn open(&mut self, tag: &Open<'_>) {
            self.0.push_str(&format!("<{}{}>", tag.name, tag.attrs));
        }

        fn close(&mut self, name: &str, at: usize) {
            self.0.push_str(&format!("</{name}@{at}>"));
        }

        fn text(&mut self, text: &str) {
            self.0.push_str(text);
        }
    }

    fn log(text: &str) -> (String, usize) {
        let mut log = Log::default();
        let problems = walk(text, &mut log);
        (log.0, problems.len())
    }

    #[test]
    fn reads_on_behind_damage() {
        assert_eq!(
            log("\n<?xml version='1.0'?><a b='1'>x&#160;y&amp;z &lol; & </a>").0,
            "<a b='1'>x\u{a0}y&z &lol; & </a@54>"
        );
        assert_eq!(log("<a><b></a></b><c/>").0, "<a><b></a@6></b@10><c></c@18>");
        assert_eq!(log("<script>if (a<b) x='</p>'</script>y").0, "<script></script@25>y");
        let (read, problems) = log("<a>1</a><b c='2'>3<!-- never closed <d>4</d>");
        assert!(problems == 1 && read.contains("<d>4</d"), "{read}");
        let (read, problems) = log("<a>1</a><b c=\"cut");
        assert!(problems == 1 && read.starts_with("<a>1</a"), "{read}");
        assert_eq!(log("no markup"), (String::new(), 0));
    }

    #[test]
    fn entities_are_never_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>";
        assert_eq!(log(bomb).0, "<a>&y;</a@57>");
    }

    #[test]
    fn many_damages_are_given_up() {
        let began = std::time::Instant::now();
        let (_, problems) = log(&"<!--<".repeat(200_000));
        assert!(problems > 0 && began.elapsed().as_secs() < 20);
    }
}
