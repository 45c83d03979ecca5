//! A page and its hints → a document.

use crate::model::{Document, Page, PublishedSource};

use super::compose::Composed;
use super::html::{self, Metadata};
use super::{
    Format, Hints, Limits, charset, dates, format, front::Front, gzip, identity, kind, language, markdown, plain,
    references,
};

/// Reads a page within limits.
pub(super) fn read(page: &Page, hints: &Hints, limits: &Limits) -> Document {
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
            said(decoded.text, format, url.as_deref().unwrap_or(""), limits, &mut diagnostics)
        }
    };
    compose(page, hints, url, said, diagnostics)
}

/// What a page says, whatever its format.
#[derive(Default)]
struct Said {
    composed: Composed,
    metadata: Metadata,
    kind: Option<String>,
    url: Option<String>,
}

fn said(text: String, format: Format, url: &str, limits: &Limits, diagnostics: &mut Vec<String>) -> Said {
    match format {
        Format::Html => {
            let read = html::read(text, url, limits);
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
        ..Metadata::default()
    };
    Said { composed, metadata, kind: front.kind, url: front.url }
}

fn date_from_text(metadata: &mut Metadata, published: Option<String>) {
    if metadata.published.is_none() && published.is_some() {
        metadata.published = published;
        metadata.published_source = Some(PublishedSource::Text);
    }
}

/// Puts the document together; hints fill what the page does not say.
fn compose(page: &Page, hints: &Hints, url: Option<String>, said: Said, mut diagnostics: Vec<String>) -> Document {
    let Said { composed, metadata, kind: declared, url: front_url } = said;
    let sections = composed.sections();
    let text = composed.text;
    let url = url.or(front_url);
    let title = metadata.title.or_else(|| hints.title.clone());
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
    Document {
        record: "document".into(),
        doc_id: match &hints.doc_id {
            Some(id) => id.clone(),
            None => identity::doc_id(metadata.canonical_url.as_deref(), url.as_deref(), &page.url, &text),
        },
        kind: kind::detect(url.as_deref(), title.as_deref(), &text, declared.as_deref()),
        lang: metadata.lang.or_else(|| language::detect(&text)),
        canonical_url: metadata.canonical_url,
        outlet: metadata.outlet.or_else(|| hints.outlet.clone()),
        author: metadata.author,
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
