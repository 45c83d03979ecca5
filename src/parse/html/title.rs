//! The title of the article, without the outlet's name.

use std::collections::HashSet;

use super::outline::{Heading, Outline};
use super::zone::Zone;

/// Titles as the page gives them, best first.
#[derive(Debug, Default)]
pub(crate) struct Titles {
    /// The article's title.
    pub title: Option<String>,
    /// What follows or precedes it in `title`: the outlet's name, perhaps.
    pub site: Option<String>,
    /// Where the title stands in the page.
    pub place: Option<Place>,
}

/// Where the title stands: what is near it and in the same part of the page
/// belongs to the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// Number of text blocks before it.
    pub block: usize,
    /// The part of the page.
    pub zone: Zone,
}

/// Whether text in `zone` belongs to the title at `place`: it stands in no
/// other part of the page.
pub(crate) fn holds(place: Option<Place>, zone: Zone) -> bool {
    !zone.beyond(place.map(|p| p.zone).unwrap_or_default())
}

/// Chooses the title. `headline` is that of the structured data, `site` the
/// outlet where it is known.
pub(crate) fn choose(outline: &Outline<'_>, headline: Option<&str>, site: Option<&str>) -> Titles {
    let metas = [
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "headline",
        "title",
    ];
    let meta: Vec<String> = metas.iter().filter_map(|m| outline.meta(m)).map(one_line).collect();
    let page = one_line(&outline.title);
    let named: Vec<&str> = meta
        .iter()
        .map(String::as_str)
        .chain(headline)
        .chain([page.as_str()])
        .filter(|t| !t.trim().is_empty())
        .collect();
    let (stripped_page, cut) = strip_site(&page, site, &meta);
    let heading = best_heading(&outline.headings, &named, site);
    let title = match heading {
        Some(h) => Some(one_line(&h.text)),
        None => {
            let declared = meta.first().map(String::as_str).or(headline).filter(|t| Some(*t) != site);
            match declared {
                Some(t) => Some(strip_site(t, site.or(cut.as_deref()), &[]).0),
                None => Some(stripped_page).filter(|t| !t.is_empty()),
            }
        }
    };
    let place = heading.map(|h| Place { block: h.block, zone: h.zone });
    let echo = outline
        .echoes
        .iter()
        .min_by_key(|(_, zone)| zone.has(Zone::ELSEWHERE))
        .map(|&(block, zone)| Place { block, zone });
    Titles { title: title.filter(|t| !t.is_empty()), site: cut, place: place.or(echo) }
}

/// The heading that says what the page's declared titles say.
fn best_heading<'h>(headings: &'h [Heading], named: &[&str], site: Option<&str>) -> Option<&'h Heading> {
    let wanted: Vec<HashSet<String>> = named.iter().map(|n| words(n)).collect();
    let site_words = site.map(words).unwrap_or_default();
    let mut best: Option<(f64, &Heading)> = None;
    for heading in headings.iter().filter(|h| h.text.len() < 400) {
        let own = words(&heading.text);
        if own.is_empty() || own == site_words {
            continue;
        }
        // How much of the heading the declared title holds, and how much of that title it covers.
        let score = wanted.iter().map(|w| {
            let common = own.intersection(w).count() as f64;
            let held = common / own.len() as f64;
            let covered = common / w.len().max(1) as f64;
            if held >= 0.7 { held + covered } else { 0.0 }
        });
        let mut score = score.fold(0.0, f64::max);
        let single = headings.iter().filter(|h| h.level == 1 && !h.zone.has(Zone::ELSEWHERE)).count() == 1;
        if heading.level == 1 && single && !heading.zone.has(Zone::ELSEWHERE) && own.len() >= 3 {
            score += 0.75;
        }
        score += [0.2, 0.1, 0.0][usize::from(heading.level.clamp(1, 3)) - 1];
        if heading.zone.has(Zone::ARTICLE) {
            score += 0.1;
        }
        if heading.zone.has(Zone::ELSEWHERE) {
            score -= 0.3;
        }
        if best.is_none_or(|(s, _)| score > s + 1e-9) {
            best = Some((score, heading));
        }
    }
    best.filter(|(score, h)| *score >= [0.9, 1.2, 1.5][usize::from(h.level.clamp(1, 3)) - 1]).map(|(_, h)| h)
}

/// Takes the outlet's name off either end of a title; gives what was cut.
fn strip_site(title: &str, site: Option<&str>, others: &[String]) -> (String, Option<String>) {
    let parts = split(title);
    if parts.len() < 2 {
        return (title.trim().to_string(), None);
    }
    let squash = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let known = site.map(squash).filter(|s| s.len() > 1);
    let is_site = |part: &str| {
        let part = squash(part);
        known.as_ref().is_some_and(|k| {
            part == *k || (k.len() > 3 && part.contains(k.as_str())) || (part.len() > 3 && k.contains(&part))
        })
    };
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    // Another declared title that is one end of this one says what the rest is.
    for other in others {
        let other = squash(other);
        for end in (1..parts.len()).rev() {
            let head = title[..offset(title, parts[end - 1]) + parts[end - 1].len()].trim();
            if squash(head) == other {
                return (head.to_string(), Some(last.to_string()));
            }
        }
        let tail = title[offset(title, parts[1])..].trim();
        if squash(tail) == other {
            return (tail.to_string(), Some(first.to_string()));
        }
    }
    if is_site(last) || known.is_none() && last.split_whitespace().count() <= 4 && last.len() * 2 < title.len() {
        let kept = title[..offset(title, parts[parts.len() - 2]) + parts[parts.len() - 2].len()].trim();
        return (kept.to_string(), Some(last.to_string()));
    }
    if is_site(first) {
        return (title[offset(title, parts[1])..].trim().to_string(), Some(first.to_string()));
    }
    (title.trim().to_string(), None)
}

/// The parts of a title between spaced separators.
fn split(title: &str) -> Vec<&str> {
    const SEPARATORS: &[&str] =
        &[" | ", " - ", " – ", " — ", " · ", " • ", " « ", " » ", " :: ", " |", " › ", "｜", "_"];
    let mut parts = vec![title];
    for separator in SEPARATORS.iter().filter(|s| **s != "_") {
        parts = parts.iter().flat_map(|p| p.split(separator)).collect();
    }
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// Where `part`, a slice of `whole`, begins.
fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

/// Its words in lower case.
pub(crate) fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Whether two titles say the same.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let common = a.intersection(&b).count();
    common > 0 && common * 10 >= a.len().max(b.len()) * 7
}

/// Line breaks as spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::scan;
    use super::*;

    fn title(html: &str, site: Option<&str>) -> Option<String> {
        choose(&scan::read(html, 256), None, site).title
    }

    #[test]
    fn the_heading_wins_over_decorated_titles() {
        let html = "<title>Harbor fees climb 4% | Tide Ledger</title><h1>Tide Ledger</h1><h1>Harbor fees climb 4%</h1>";
        assert_eq!(title(html, Some("Tide Ledger")).as_deref(), Some("Harbor fees climb 4%"));
    }

    #[test]
    fn the_outlet_is_taken_off() {
        let og = r#"<meta property="og:title" content="Harbor fees climb - Tide Ledger"><h1>Menu</h1><h1>Search</h1>"#;
        assert_eq!(title(og, Some("Tide Ledger")).as_deref(), Some("Harbor fees climb"));
        assert_eq!(
            title("<title>Harbor fees – what now? | Tide Ledger</title>", None).as_deref(),
            Some("Harbor fees – what now?")
        );
        assert_eq!(title("<title>Tide Ledger: notes</title>", None).as_deref(), Some("Tide Ledger: notes"));
        assert_eq!(title("<p>no title at all</p>", None), None);
    }
}
