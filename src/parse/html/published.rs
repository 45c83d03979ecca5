//! When a page was published and last changed.
//!
//! First publication wins over the newest date seen; a copyright year, the
//! date of a comment or of another story is no date of the article, and a page
//! that prints none stays undated.

use jiff::civil::Date;

use crate::model::PublishedSource;
use crate::parse::dates::{Order, Stamp, find, parse, told_apart};

use super::jsonld::Described;
use super::outline::{Block, Marked, Outline};
use super::title::{Place, holds};
use super::zone::Zone;

/// The dates of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dates {
    /// First publication and where it was read.
    pub published: Option<(Stamp, PublishedSource)>,
    /// Last change.
    pub modified: Option<Stamp>,
}

/// Meta names of the date of publication, the most trusted first.
#[rustfmt::skip]
const PUBLISHED: &[&str] = &[
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "article:published_date", "article.published", "datepublished", "date_published", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "publication_date", "publish_date", "publish-date",
    "publishdate", "published_time", "published-date", "publisheddate", "pubdate", "pub_date", "bt:pubdate",
    "rbpubdate", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "dc:date", "citation_publication_date", "citation_online_date", "citation_date", "article_date_original",
    "originalpublicationdate", "og:pubdate", "og:publish_date", "mediator_published_time", "article:post_date",
    "displaydate", "release_date", "datecreated", "date.created", "created", "creation_date", "last-published",
    "vr:published_time", "shareaholic:article_published_time", "iso-8601-publish-date", "bi3dpubdate", "date",
];

#[rustfmt::skip]
const MODIFIED: &[&str] = &[
    "article:modified_time", "og:updated_time", "article:modified", "article:modified_date", "og:modified_time",
    "datemodified", "date_modified", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified",
    "last-updated", "modified", "revised", "updated_time", "bt:moddate",
];

/// Reads the dates; `urls` are the addresses the page is known under.
pub(crate) fn choose(
    html: &str,
    outline: &Outline<'_>,
    ld: &Described,
    urls: &[&str],
    place: Option<Place>,
    order: Order,
) -> Dates {
    let meta = |names: &[&str]| {
        names.iter().find_map(|n| {
            outline.metas.iter().filter(|(m, _)| m == n).find_map(|(_, v)| declared_date(outline, v, order))
        })
    };
    let from_ld = ld.published.as_deref().and_then(|v| parse(v, order)).map(|s| (s, PublishedSource::JsonLd));
    let from_meta = meta(PUBLISHED).map(|s| (s, PublishedSource::Meta));
    let from_url = urls.iter().find_map(|u| in_url(u)).map(|s| (s, PublishedSource::Url));
    // What the page shows beside its title decides between two declared dates; else the earlier one.
    let shown = shown_beside(outline, place, order);
    let declared =
        [from_ld, from_meta].into_iter().flatten().min_by_key(|(s, _)| (!shown.contains(&s.date), s.earliest()));
    // A date element right beside the title may tell an earlier day than a republished page declares.
    let beside =
        marked(outline, place, order, false).filter(|(_, block)| place.is_some_and(|p| p.block.abs_diff(*block) <= 4));
    let declared = match (declared, beside) {
        (Some((d, _)), Some((b, _))) if days(b, d) > i64::from(d.is_utc()) => Some((b, PublishedSource::Meta)),
        (declared, _) => declared,
    };
    // A line beside the title that tells both days apart.
    let told = outline
        .blocks
        .iter()
        .filter(|b| !b.zone.has(Zone::MUTE) && holds(place, b.zone))
        .filter(|b| place.is_none_or(|p| b.block + 4 >= p.block && b.block <= p.block + 25))
        .find_map(|b| told_apart(&b.text, order));
    let published = declared
        .or_else(|| told.map(|(p, _)| (p, PublishedSource::Text)))
        .or_else(|| marked(outline, place, order, true).map(|(s, _)| (s, PublishedSource::Meta)))
        .or(from_url)
        .or_else(|| {
            best(
                marked(outline, place, order, false).map(|(s, _)| (s, PublishedSource::Meta)),
                printed(outline, place, order),
            )
        });
    let published = published.map(|(stamp, source)| localised(html, stamp, source, from_url));
    let modified = ld.modified.as_deref().and_then(|v| parse(v, order)).or_else(|| meta(MODIFIED)).or_else(|| {
        outline
            .marked
            .iter()
            .find(|m| m.own.has(Zone::MODIFIED) && holds(place, m.zone))
            .and_then(|m| parse(&m.value, order))
            .or(told.map(|(_, changed)| changed))
    });
    Dates { published, modified }
}

/// Days from one date to another.
fn days(from: Stamp, to: Stamp) -> i64 {
    to.date.duration_since(from.date).as_hours() / 24
}

/// The dates in elements and short texts beside the title.
fn shown_beside(outline: &Outline<'_>, place: Option<Place>, order: Order) -> Vec<Date> {
    let Some(place) = place else { return Vec::new() };
    let near = |block: usize| block + 4 >= place.block && block <= place.block + 6;
    let marked = outline.marked.iter().filter(|m| near(m.block)).filter_map(|m| parse(&m.value, order)).map(|s| s.date);
    let printed = outline
        .blocks
        .iter()
        .filter(|b| near(b.block) && b.text.len() < 120)
        .flat_map(|b| find(&b.text, order))
        .map(|f| f.stamp.date);
    marked.chain(printed).collect()
}

/// A declared date; "11/01/2023" is read the way that the page's text confirms.
fn declared_date(outline: &Outline<'_>, value: &str, order: Order) -> Option<Stamp> {
    let read = parse(value, order)?;
    let other = if order == Order::DayFirst { Order::MonthFirst } else { Order::DayFirst };
    let swapped = parse(value, other)?;
    let printed =
        |stamp: Stamp| outline.blocks.iter().any(|b| find(&b.text, order).iter().any(|f| f.stamp.date == stamp.date));
    Some(if swapped != read && printed(swapped) && !printed(read) { swapped } else { read })
}

/// A date element: one that says "published", or the one nearest to the title.
fn marked(outline: &Outline<'_>, place: Option<Place>, order: Order, sure: bool) -> Option<(Stamp, usize)> {
    let usable = |m: &&Marked| {
        let says = m.own.has(Zone::DATE) && !m.own.has(Zone::MODIFIED);
        holds(place, m.zone) && if sure { says } else { !m.own.has(Zone::MODIFIED) }
    };
    let distance = |m: &Marked| {
        let title = place.map_or(0, |p| p.block);
        // Above the title by more than a line or two stands the masthead.
        if m.block + 10 < title { usize::MAX } else { m.block.abs_diff(title) }
    };
    let nearest = outline.marked.iter().filter(usable).min_by_key(|m| distance(m))?;
    let far = place.is_some() && distance(nearest) > if sure { 400 } else { 60 };
    if far {
        return None;
    }
    parse(&nearest.value, order).map(|s| (s, nearest.block))
}

/// Prefers the element, unless the text beside the title is clearer.
fn best(element: Option<(Stamp, PublishedSource)>, text: Option<(Stamp, i32)>) -> Option<(Stamp, PublishedSource)> {
    match (element, text) {
        (Some(_), Some((stamp, score))) if score >= 8 => Some((stamp, PublishedSource::Text)),
        (Some(element), _) => Some(element),
        (None, Some((stamp, score))) if score >= 4 => Some((stamp, PublishedSource::Text)),
        _ => None,
    }
}

/// The best date printed in a short text, with its score.
fn printed(outline: &Outline<'_>, place: Option<Place>, order: Order) -> Option<(Stamp, i32)> {
    let mut best: Option<(Stamp, i32)> = None;
    for block in outline.blocks.iter().filter(|b| !b.zone.has(Zone::MUTE) && holds(place, b.zone)) {
        let dates = find(&block.text, order);
        let Some(first) = dates.first() else { continue };
        let score = score(block, dates.len(), first.span.clone(), place);
        if best.is_none_or(|(_, s)| score > s) {
            best = Some((first.stamp, score));
        }
    }
    best
}

fn score(block: &Block, dates: usize, span: std::ops::Range<usize>, place: Option<Place>) -> i32 {
    let lower = block.text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let rest = block.text.chars().count().saturating_sub(span.len());
    let mut score = match rest {
        0..=20 => 2,
        21..=60 => 1,
        61..=120 => 0,
        _ => -2,
    };
    if block.near.has(Zone::DATE) || block.near.has(Zone::AUTHOR) {
        score += 3;
    }
    if says(&[
        "publish",
        "posted",
        "veröffentlich",
        "erstellt",
        "datum",
        "date:",
        "publié",
        "publiz",
        "publicado",
        "pubblicato",
        "erschienen",
        "gepostet",
        "eingestellt",
        "geschrieben",
        "written on",
    ]) {
        score += 3;
    }
    if span.start == 0 && place.is_some_and(|p| block.block >= p.block && block.block <= p.block + 4) {
        score += 2;
    }
    if wire(&block.text[span.end..]) {
        score += 5;
    }
    if says(&["updated", "aktualisiert", "geändert", "modified", "letzte änderung", "actualizado"]) {
        score -= 2;
    }
    if says(&[
        "©",
        "copyright",
        "all rights",
        "alle rechte",
        "(c)",
        "expires",
        "deadline",
        "gültig",
        "event",
        "anmeld",
        "verfügbar bis",
        "available until",
        "termin",
    ]) {
        score -= 5;
    }
    if dates > 1 {
        score -= 1;
    }
    match place.map(|p| p.block) {
        Some(t) if block.block + 4 >= t && block.block <= t + 6 => score += 3,
        Some(t) if block.block + 4 >= t && block.block <= t + 25 => score += 1,
        Some(t) if block.block + 12 >= t && block.block < t => {}
        Some(_) => score -= 3,
        None if block.block < 30 => score += 1,
        None => {}
    }
    score
}

/// Whether a news wire's mark follows ("February 6, 2026 /PRNewswire/ --").
fn wire(after: &str) -> bool {
    let head = after.get(..after.floor_char_boundary(40)).unwrap_or("");
    ["/PRNewswire", "(BUSINESS WIRE)", "(GLOBE NEWSWIRE)", "/CNW/", "(Newsfile", "(ACCESSWIRE)", "(EQS"]
        .iter()
        .any(|w| head.contains(w))
}

/// A date in an address: "/2026/02/06/", "/2026-02-06-", "/20260206/", "/06-02-2026".
pub(crate) fn in_url(url: &str) -> Option<Stamp> {
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.starts_with("http") {
        return None;
    }
    let path = rest.split(['?', '#']).next()?;
    let path = &path[path.find('/')?..];
    let bytes = path.as_bytes();
    let mut i = 1;
    while i < bytes.len() {
        let boundary = !bytes[i - 1].is_ascii_alphanumeric();
        let run = bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
        if boundary && run == 4 {
            let end = (i + 10).min(bytes.len());
            let parts: Vec<&str> = path[i..path.floor_char_boundary(end)].splitn(3, ['/', '-', '_', '.']).collect();
            if let [year, month, day] = parts[..] {
                let digits = day.bytes().take_while(u8::is_ascii_digit).count();
                let after = bytes.get(i + year.len() + month.len() + 2 + digits);
                if month.len() <= 2 && (1..=2).contains(&digits) && after.is_none_or(|b| !b.is_ascii_digit()) {
                    let iso = format!("{year}-{month:0>2}-{:0>2}", &day[..digits]);
                    if let Some(stamp) = parse(&iso, Order::DayFirst) {
                        return Some(stamp);
                    }
                }
            }
        }
        if boundary && run == 2 && !bytes.get(i + 10).is_some_and(u8::is_ascii_alphanumeric) {
            // "/29-10-2021"
            let day_first = path.get(i..i + 10).filter(|d| {
                d.bytes().enumerate().all(|(n, b)| if n == 2 || n == 5 { b == b'-' } else { b.is_ascii_digit() })
            });
            if let Some(stamp) = day_first.and_then(|d| find(&d.replace('-', "."), Order::DayFirst).into_iter().next())
            {
                return Some(stamp.stamp);
            }
        }
        if boundary
            && run == 8
            && !bytes.get(i + 8).is_some_and(u8::is_ascii_alphabetic)
            && let Some(stamp) = parse(&path[i..i + 8], Order::DayFirst)
        {
            return Some(stamp);
        }
        i += run.max(1);
    }
    None
}

/// The first date among what a publisher's rule says are dates, each with
/// whether it stood in an attribute.
pub(crate) fn ruled(
    html: &str,
    texts: &[(String, bool)],
    urls: &[&str],
    order: Order,
) -> Option<(Stamp, PublishedSource)> {
    let from_url = urls.iter().find_map(|u| in_url(u)).map(|s| (s, PublishedSource::Url));
    let read = |(text, attribute): &(String, bool)| {
        let source = if *attribute { PublishedSource::Meta } else { PublishedSource::Text };
        let stamp = parse(text, order).or_else(|| find(text, order).into_iter().next().map(|f| f.stamp))?;
        Some((stamp, source))
    };
    texts.iter().find_map(read).map(|(stamp, source)| localised(html, stamp, source, from_url))
}

/// A moment given in UTC, as the publisher's own clock shows it where the page
/// says so elsewhere; its address may tell at least the local day.
fn localised(
    html: &str,
    stamp: Stamp,
    source: PublishedSource,
    from_url: Option<(Stamp, PublishedSource)>,
) -> (Stamp, PublishedSource) {
    if !stamp.is_utc() {
        return (stamp, source);
    }
    if let Some(local) = twin(html, stamp) {
        return (local, source);
    }
    match from_url {
        Some((day, url)) if days(day, stamp).abs() == 1 => (day, url),
        _ => (stamp, source),
    }
}

/// The same moment written with an offset from UTC, somewhere in the page.
fn twin(html: &str, stamp: Stamp) -> Option<Stamp> {
    let (time, _) = stamp.time?;
    let mark = format!(":{:02}:{:02}", time.minute(), time.second());
    let mut from = 0;
    for _ in 0..64 {
        let at = from + html.get(from..)?.find(&mark)?;
        from = at + mark.len();
        let Some(start) = at.checked_sub(13) else { continue };
        let end = html.floor_char_boundary((from + 10).min(html.len()));
        let Some(text) = html.get(start..end) else { continue };
        let tail = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+' | ':' | 'T' | '.' | ' ')))
            .unwrap_or(text.len());
        if let Some(other) = parse(&text[..tail], Order::DayFirst)
            && !other.is_utc()
            && other.instant().is_some()
            && other.instant() == stamp.instant()
        {
            return Some(other);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{jsonld, scan};
    use super::*;

    fn dates(html: &str, url: &str) -> Dates {
        let o = scan::read(html, 256);
        let ld = jsonld::read(&o.ld, |_| false);
        let title = o.headings.first().map(|h| Place { block: h.block, zone: h.zone });
        choose(html, &o, &ld, &[url], title, Order::DayFirst)
    }

    fn published(html: &str, url: &str) -> Option<(String, PublishedSource)> {
        dates(html, url).published.map(|(s, p)| (s.text(), p))
    }

    #[test]
    fn first_publication_wins() {
        let html = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-02-07T08:00:00Z","dateModified":"2026-02-09T08:00:00Z"}</script>
            <meta property="article:published_time" content="2026-02-06T18:00:00Z">"#;
        assert_eq!(published(html, "").map(|p| p.0).as_deref(), Some("2026-02-06T18:00:00Z"));
        assert_eq!(dates(html, "").modified.map(|m| m.text()).as_deref(), Some("2026-02-09T08:00:00Z"));
    }

    #[test]
    fn a_line_that_tells_both_days_tells_the_first() {
        for line in [
            "<p>Updated <time datetime='2026-02-09'>Feb. 9, 2026</time>; Published <time datetime='2026-02-04'>Feb. 4, 2026</time></p>",
            "<p>Updated February 9, 2026, first published February 4, 2026</p>",
            "<p>Originally published February 4, 2026. Updated February 9, 2026.</p>",
            "<p>Updated Feb. 9, 2026 10:00 am ET; Published Feb. 4, 2026 9:00 am ET</p>",
        ] {
            let html = format!("<h1>Harbor fees climb</h1>{line}<p>Text</p>");
            let read = dates(&html, "");
            assert_eq!(read.published.map(|(s, _)| s.text()).as_deref(), Some("2026-02-04"), "{line}");
            assert_eq!(read.modified.map(|s| s.text()).as_deref(), Some("2026-02-09"), "{line}");
        }
    }

    #[test]
    fn local_clocks_are_kept() {
        let html = r#"<meta property="article:published_time" content="2026-02-07T02:10:11+00:00"><time datetime="2026-02-06T21:10:11-05:00">x</time>"#;
        assert_eq!(published(html, "").map(|p| p.0).as_deref(), Some("2026-02-06T21:10:11-05:00"));
    }

    #[test]
    fn addresses_and_texts_tell_dates() {
        assert_eq!(
            published("", "https://x.example/news/2026/02/06/harbor"),
            Some(("2026-02-06".into(), PublishedSource::Url))
        );
        assert_eq!(published("", "https://x.example/a-2026-2-6-b"), Some(("2026-02-06".into(), PublishedSource::Url)));
        assert_eq!(published("", "https://x.example/20260206/b"), Some(("2026-02-06".into(), PublishedSource::Url)));
        for line in ["Published February 6, 2026", "Veröffentlicht am 06.02.2026", "6. Februar 2026, 10:15 Uhr"] {
            let html = format!("<h1>Harbor fees climb</h1><p>{line}</p><p>Text</p>");
            assert_eq!(published(&html, ""), Some(("2026-02-06".into(), PublishedSource::Text)), "{line}");
        }
    }

    #[test]
    fn other_dates_leave_a_page_undated() {
        for html in [
            "<h1>Fees</h1><p>Text</p><footer>© 2026-02-06 Tide Ledger</footer>",
            "<h1>Fees</h1><p>Text</p><p>Copyright 06.02.2026</p>",
            "<h1>Fees</h1><ol class='commentlist'><li><time datetime='2026-02-06'>6 Feb 2026</time></ol>",
            "<h1>Fees</h1><div class='related-stories'><p class='date'>6 February 2026</p></div>",
            "<h1>Fees</h1><p>Since it opened on 6 February 2026 the yard has handled more boxes than anyone had planned for at the time, the harbor said, and it plans to go on.</p>",
        ] {
            assert_eq!(published(html, "https://x.example/fees-20260206123"), None, "{html}");
        }
    }
}
