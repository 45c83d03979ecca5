//! A page and its hints → a document.

use jiff::civil::Date;

use crate::model::document::ItemSection;
use crate::model::{Document, Filing, Grid, Page, PublishedSource, Publishers, Span};

use super::compose::Composed;
use super::filing::Tagged;
use super::html::{self, Metadata};
use super::source_text::SourceText;
use super::{
    Format, Hints, Limits, Tags, charset, dates, filing, format, front::Front, gzip, identity, kind, language,
    markdown, plain, references, xbrl,
};

/// Reads a page within limits.
pub(super) fn read(page: &Page, hints: &Hints, publishers: &Publishers, limits: &Limits) -> Document {
    read_tagged(page, hints, publishers, limits).0
}

/// Reads a page and the facts it tags, in one pass where it can be.
pub(super) fn read_with_facts(page: &Page, hints: &Hints, publishers: &Publishers, limits: &Limits) -> Tags {
    let (document, Beside { filing, grid, tagged }) = read_tagged(page, hints, publishers, limits);
    // What was decoded otherwise than byte by byte has its places elsewhere.
    let text = std::str::from_utf8(&page.body).ok().filter(|t| !t.starts_with('\u{feff}'));
    let (Some(tagged), Some(text)) = (tagged, text) else {
        let facts =
            if filing.is_some() { xbrl::facts(&page.body, xbrl::Ask::default()) } else { xbrl::Facts::default() };
        return Tags { document, facts, places: Vec::new(), grid, filing: filing.unwrap_or_default() };
    };
    let source = SourceText::new(text.as_bytes());
    let (found, diagnostics) = xbrl::of_reader(tagged.reader, &source, tagged.offset);
    let mut kept = vec![None; found.len()];
    let mut facts = Vec::with_capacity(found.len());
    for (at, fact) in found.into_iter().enumerate() {
        if let Some(fact) = fact.filter(|f| f.numeric) {
            kept[at] = Some(facts.len());
            facts.push(fact);
        }
    }
    let place = |(fact, span): (usize, Span)| Some((kept.get(fact).copied().flatten()?, span));
    let mut places: Vec<(usize, Span)> = tagged.places.into_iter().filter_map(place).collect();
    // Text between the cells of a table is shown before it.
    places.sort_by_key(|(_, span)| span.start);
    let facts = xbrl::Facts { facts, diagnostics };
    Tags { document, facts, places, grid, filing: filing.unwrap_or_default() }
}

/// What a filing's page tells beside its text.
struct Beside {
    /// Cover and envelope; none for other pages.
    filing: Option<Filing>,
    grid: Grid,
    tagged: Option<Tagged>,
}

fn read_tagged(page: &Page, hints: &Hints, publishers: &Publishers, limits: &Limits) -> (Document, Beside) {
    let mut diagnostics = Vec::new();
    let inflated = gzip::inflate(&page.body, limits.decompressed_bytes);
    diagnostics.extend(inflated.problem);
    let body = &*inflated.bytes;
    let web = |u: &&str| u.starts_with("http://") || u.starts_with("https://");
    let url = Some(page.url.as_str()).filter(web).or_else(|| hints.url.as_deref().filter(web)).map(str::to_string);
    if body.is_empty() && diagnostics.is_empty() {
        diagnostics.push("empty input".into());
    }
    let said = if let Some(what) = charset::binary(body) {
        diagnostics.push(format!("not a text: {what}"));
        Said::default()
    } else {
        let format = format::detect(page, hints, body);
        let host = url.as_deref().and_then(|u| url::Url::parse(u).ok()).and_then(|u| u.host_str().map(str::to_string));
        let decoded = charset::decode(body, page.header("content-type"), format == Format::Html, host.as_deref());
        let bad = decoded.text.matches('\u{fffd}').count();
        if decoded.replaced && bad * 10 > decoded.text.chars().count() {
            diagnostics.push("not a text: most bytes are malformed".into());
            Said::default()
        } else {
            if decoded.replaced {
                diagnostics.push(format!("{bad} malformed sequences replaced ({})", decoded.encoding));
            }
            let known = Around {
                url: url.as_deref().unwrap_or(""),
                fetched: page.fetched.as_deref().and_then(|f| f.get(..10)?.parse().ok()),
                filing: hints.filing.as_ref(),
                publishers,
            };
            said(decoded.text, format, &known, limits, &mut diagnostics)
        }
    };
    let mut said = said;
    // The envelope, and what the cover adds.
    let filing = said.filing.as_ref().map(|cover| {
        let mut known = hints.filing.clone().unwrap_or_default();
        known.fill(cover);
        known
    });
    let beside = Beside { filing, grid: std::mem::take(&mut said.grid), tagged: said.tagged.take() };
    (compose(page, hints, url, said, diagnostics), beside)
}

/// What a page says, whatever its format.
#[derive(Default)]
struct Said {
    composed: Composed,
    metadata: Metadata,
    kind: Option<String>,
    url: Option<String>,
    items: Vec<ItemSection>,
    filing: Option<Filing>,
    tagged: Option<Tagged>,
    grid: Grid,
}

/// What is known around a page's text.
struct Around<'a> {
    url: &'a str,
    fetched: Option<Date>,
    filing: Option<&'a Filing>,
    publishers: &'a Publishers,
}

fn said(text: String, format: Format, known: &Around<'_>, limits: &Limits, diagnostics: &mut Vec<String>) -> Said {
    match format {
        Format::Filing => {
            let read = filing::read(&text, known.filing);
            diagnostics.extend(read.diagnostics);
            let (composed, items, filing) = (read.composed, read.items, Some(read.cover));
            Said { composed, items, filing, tagged: read.tagged, grid: read.grid, ..Said::default() }
        }
        Format::Html => {
            let read = html::read(text, known.url, known.fetched, known.publishers, limits);
            diagnostics.extend(read.diagnostics);
            Said { composed: read.composed, metadata: read.metadata, ..Said::default() }
        }
        Format::Text => {
            let plain = plain::read(text);
            let mut said = with_front(plain.front, plain.composed);
            said.metadata.title = said.metadata.title.or(plain.title);
            date_from_text(&mut said.metadata, plain.published);
            said
        }
        Format::Markdown => {
            let (front, start) = super::front::split(&text);
            let composed = markdown::read(&text[start..]);
            let first = composed
                .sections()
                .first()
                .filter(|s| s.byte_start == 0 && s.level == 1)
                .map(|s| composed.text[..s.byte_end].to_string());
            let dated = plain::published(&composed.text);
            let mut said = with_front(front, composed);
            said.metadata.title = said.metadata.title.or(first);
            date_from_text(&mut said.metadata, dated);
            said
        }
    }
}

fn with_front(front: Front, composed: Composed) -> Said {
    let metadata = Metadata {
        title: front.title,
        author: (!front.authors.is_empty()).then(|| front.authors.join("; ")),
        outlet: front.outlet,
        published_source: front.published.as_ref().map(|_| PublishedSource::Meta),
        published: front.published,
        modified: front.modified,
        lang: front.lang,
        canonical_url: front.canonical.clone(),
        ..Metadata::default()
    };
    Said { composed, metadata, kind: front.kind, url: front.url.or(front.canonical), ..Said::default() }
}

fn date_from_text(metadata: &mut Metadata, published: Option<String>) {
    if metadata.published.is_none() && published.is_some() {
        metadata.published = published;
        metadata.published_source = Some(PublishedSource::Text);
    }
}

/// "TIDE CORP 8-K EX-99.1": what a filing is called that prints no title of its own.
fn filing_title(filing: &Filing) -> Option<String> {
    let kind = filing.document_type.as_deref().filter(|k| Some(*k) != filing.form.as_deref());
    let words: Vec<&str> = [filing.company.as_deref(), filing.form.as_deref(), kind].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Puts the document together; hints fill what the page does not say.
fn compose(page: &Page, hints: &Hints, url: Option<String>, said: Said, mut diagnostics: Vec<String>) -> Document {
    let Said { composed, metadata, kind: declared, url: front_url, items, filing: cover, .. } = said;
    // The envelope, or what the cover says of itself.
    let known =
        hints.filing.as_ref().or_else(|| cover.as_ref().filter(|c| c.form.is_some() || c.document_type.is_some()));
    let sections = composed.sections();
    let text = composed.text;
    let url = url.or(front_url);
    let title = metadata.title.or_else(|| hints.title.clone()).or_else(|| known.and_then(filing_title));
    let given = hints.published.as_deref().and_then(|p| {
        let read = dates::normalise(p);
        if read.is_none() {
            diagnostics.push(format!("given publication date {p:?} is no full date"));
        }
        read
    });
    // A date read off the address or the text is weaker than one that is given.
    let weak = matches!(metadata.published_source, None | Some(PublishedSource::Url | PublishedSource::Text));
    let (published, published_source) = match given {
        Some(date) if weak || metadata.published.is_none() => {
            (Some(date), Some(hints.published_source.unwrap_or(PublishedSource::Sidecar)))
        }
        _ => (metadata.published, metadata.published_source),
    };
    let accepted = known.and_then(|f| f.accepted.clone().or_else(|| f.filed.clone()));
    let (published, published_source) = match accepted {
        Some(time) => (Some(time), Some(PublishedSource::FilingHeader)),
        None => (published, published_source),
    };
    Document {
        record: "document".into(),
        doc_id: match &hints.doc_id {
            Some(id) => id.clone(),
            None => identity::doc_id(metadata.canonical_url.as_deref(), url.as_deref(), &page.url, &text),
        },
        kind: match known {
            Some(filing) => filing.kind(),
            None => kind::detect(url.as_deref(), title.as_deref(), &text, declared.as_deref()),
        },
        form: known.and_then(|f| f.form.clone()),
        cik: known.and_then(|f| f.cik),
        accession: known.and_then(|f| f.accession.clone()),
        period_of_report: known.and_then(|f| f.period_of_report.clone()),
        items: known.map(|f| f.items.clone()).unwrap_or_default(),
        item_sections: items,
        lang: metadata.lang.or_else(|| language::detect(&text)),
        canonical_url: metadata.canonical_url,
        outlet: metadata.outlet.or_else(|| hints.outlet.clone()),
        author: metadata.author.or_else(|| known.and_then(|f| f.company.clone())),
        title,
        published,
        published_source,
        modified: metadata.modified,
        fetched: page.fetched.clone(),
        content_hash: identity::content_hash(&text),
        references: references::read(&text),
        url,
        sections,
        text,
        diagnostics,
        ..Document::default()
    }
}
