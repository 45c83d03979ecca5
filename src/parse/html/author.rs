//! Who wrote it: names, without roles, agencies' addresses and "By".

use super::outline::{Block, Outline, begins_like_byline};
use super::title::{Place, holds, one_line};

/// The authors in order; `declared` are those of the structured data. A person
/// named beside the title is better than the outlet's own name.
pub(crate) fn choose(
    outline: &Outline<'_>,
    declared: &[String],
    outlet: Option<&str>,
    place: Option<Place>,
) -> Vec<String> {
    let from_metas = METAS.iter().map(|name| {
        let values = outline.metas.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str());
        clean_all(values.flat_map(split_names))
    });
    let mut given = std::iter::once(clean_all(declared.iter().map(String::as_str)))
        .chain(from_metas)
        .filter(|names| !names.is_empty());
    let first = given.next().unwrap_or_default();
    if first.iter().any(|n| !is_outlet(n, outlet)) {
        return first;
    }
    if let Some(names) = given.find(|names| names.iter().all(|n| !is_outlet(n, outlet) && looks_like_person(n))) {
        return names;
    }
    match printed(outline, place) {
        names
            if first.is_empty()
                || (!names.is_empty() && names.iter().all(|n| looks_like_person(n) && !is_outlet(n, outlet))) =>
        {
            names
        }
        _ => first,
    }
}

/// The names in texts that a publisher's rule says are names.
pub(crate) fn named(texts: &[String]) -> Vec<String> {
    clean_all(texts.iter().flat_map(|t| split_names(t)))
}

/// Meta names of authors, the most trusted first.
#[rustfmt::skip]
const METAS: &[&str] = &[
    "author", "authors", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor", "byl",
    "citation_author", "creator", "article.author", "og:author",
];

/// Whether a name is the outlet's, or an address.
fn is_outlet(name: &str, outlet: Option<&str>) -> bool {
    let squash = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let name_squashed = squash(name);
    let domain = !name.contains(' ') && name.rsplit_once('.').is_some_and(|(_, tld)| (2..=4).contains(&tld.len()));
    domain || outlet.map(squash).is_some_and(|o| !o.is_empty() && (o == name_squashed || name_squashed.starts_with(&o)))
}

/// The names in byline elements and "By …" lines.
fn printed(outline: &Outline<'_>, place: Option<Place>) -> Vec<String> {
    let visible = |b: &&Block| holds(place, b.zone);
    // An element that names the author, the nearest to the title first.
    let title = place.map_or(0, |p| p.block);
    let mut marked: Vec<&Block> = outline.authors.iter().filter(visible).collect();
    marked.sort_by_key(|b| (b.block + 1 < title, b.block.abs_diff(title)));
    for block in marked {
        let names = from_lines(&block.text);
        if !names.is_empty() {
            return names;
        }
    }
    let near = |b: &&Block| place.is_none_or(|p| b.block + 3 > p.block && b.block < p.block + 12);
    for block in outline.blocks.iter().filter(visible).filter(near).filter(|b| begins_like_byline(&b.text)) {
        let names = from_lines(&block.text);
        if !names.is_empty() && names.iter().all(|n| looks_like_person(n)) {
            return names;
        }
    }
    Vec::new()
}

/// Reads names off the lines of a byline element.
fn from_lines(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    // "By" may stand on a line of its own.
    for (i, line) in lines.iter().enumerate().take(4) {
        let alone = strip_lead(line).is_empty() || line.ends_with(':');
        if alone {
            continue;
        }
        let names = clean_all(split_names(line));
        if !names.is_empty() && (i == 0 || names.iter().all(|n| looks_like_person(n))) {
            return names;
        }
    }
    Vec::new()
}

fn split_names(line: &str) -> impl Iterator<Item = &str> {
    let line = strip_lead(line);
    let line = line.split([';', '|', '•', '·']).collect::<Vec<_>>();
    line.into_iter().flat_map(|p| p.split(',')).flat_map(split_and)
}

fn split_and(part: &str) -> Vec<&str> {
    let mut parts = vec![part];
    for word in [" and ", " und ", " & ", " et ", " y ", " / ", " AND "] {
        parts = parts.iter().flat_map(|p| p.split(word)).collect();
    }
    parts
}

/// What may stand before a name.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "written by", "posted by", "published by", "reported by", "story by", "report by", "reporting by", "view all posts by", "posts by",
    "alle beiträge von", "zeige alle beiträge von", "by:", "by", "von:", "von", "autorin", "autor", "author", "authors", "par", "por", "text",
    "ein artikel von", "ein beitrag von", "geschrieben von", "veröffentlicht von", "eingestellt von", "publié par", "post author", "de", "di",
    "door", "av", "af",
];

/// Words that stand where names do and are none.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "admin", "author", "autor", "null", "undefined", "unknown author", "posted", "published", "publiziert am", "veröffentlicht am", "share",
    "comments", "updated", "contributor", "staff writer", "senior writer", "correspondent", "follow", "editor", "posted on", "published on",
];

/// Takes "By", "Von", "Posted by" off the front.
fn strip_lead(line: &str) -> &str {
    let mut line = line.trim();
    for _ in 0..2 {
        let found = LEADS.iter().find(|lead| {
            line.get(..lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead))
                && line[lead.len()..].chars().next().is_none_or(|c| c.is_whitespace() || c == ':')
        });
        match found {
            Some(lead) => line = line[lead.len()..].trim_start_matches([':', ' ', '\u{a0}', '\n']),
            None => break,
        }
    }
    line
}

fn clean_all<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names.filter_map(clean) {
        if !out.iter().any(|o| o.eq_ignore_ascii_case(&name)) && out.len() < 12 {
            out.push(name);
        }
    }
    out
}

/// A name as it is kept; null for what is none.
fn clean(name: &str) -> Option<String> {
    let mut name = one_line(strip_lead(name));
    if let Some(cut) =
        name.find(" am ").or_else(|| name.find(" on ")).filter(|c| name[*c..].bytes().any(|b| b.is_ascii_digit()))
    {
        name.truncate(cut);
    }
    if let Some(cut) = name.find(['(', '<', '|', '@']).filter(|c| *c > 0) {
        // "Jo Low (Reuters)", "Jo Low <jo@x.example>"; an address alone is no name.
        name.truncate(cut);
    }
    let name = name
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | ':' | '*' | '|' | '"'))
        .to_string();
    let lower = name.to_lowercase();
    let words = name.split_whitespace().count();
    let bad = name.len() < 2
        || name.chars().count() > 70
        || words > 7
        || lower.contains("://")
        || lower.starts_with('@')
        || lower.contains("www.")
        || name.chars().filter(char::is_ascii_digit).count() > 2
        || !name.chars().any(char::is_alphabetic)
        || NO_NAMES.contains(&lower.as_str());
    (!bad).then_some(name)
}

/// Two to five words, each with a capital or a particle.
fn looks_like_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    const PARTICLES: &[&str] =
        &["de", "der", "den", "van", "von", "zu", "da", "di", "del", "la", "le", "bin", "al", "y", "dos", "du"];
    (2..=5).contains(&words.len())
        && words.iter().all(|w| w.chars().next().is_some_and(char::is_uppercase) || PARTICLES.contains(w))
        && !name.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::scan;
    use super::*;

    fn authors(html: &str) -> Vec<String> {
        choose(&scan::read(html, 256), &[], Some("Tide Ledger"), None)
    }

    #[test]
    fn splits_and_cleans_names() {
        assert_eq!(authors(r#"<meta name="author" content="By Ida Moor and Ute Brandt">"#), ["Ida Moor", "Ute Brandt"]);
        assert_eq!(authors(r#"<p class="byline">Von <a>Ida Moor</a>, Ute Brandt</p>"#), ["Ida Moor", "Ute Brandt"]);
        assert_eq!(authors(r#"<meta name="author" content="https://x.example/ida"><p>By Ida Moor</p>"#), ["Ida Moor"]);
        assert_eq!(authors(r#"<span class="author">By<br>Ida Moor<br>Staff writer</span>"#), ["Ida Moor"]);
    }

    #[test]
    fn a_person_is_better_than_the_outlet() {
        let meta = r#"<meta name="author" content="Tide Ledger">"#;
        assert_eq!(authors(&format!("{meta}<p class=byline>By Ida Moor</p>")), ["Ida Moor"]);
        assert_eq!(authors(&format!("{meta}<p class=byline>Our newsroom</p>")), ["Tide Ledger"]);
    }

    #[test]
    fn commenters_and_phrases_are_no_authors() {
        assert!(authors(r#"<div class="comments"><b class="comment-author">Troll Face</b></div>"#).is_empty());
        assert!(authors("<p>By the end of 2026 it was over</p>").is_empty());
    }
}
