//! HTML → main text and metadata.
//!
//! One linear pass reads the outline: metadata, and how deep the page nests.
//! Then the extractor reads the main text behind its guards; where it may not
//! or cannot, a plain linear extraction stands in. Metadata is never lost with
//! the text.

mod author;
mod declared;
mod furniture;
mod jsonld;
mod linear;
mod metadata;
mod outline;
mod published;
mod render;
mod repair;
mod ruled;
mod scan;
mod title;
mod tokens;
mod worker;
mod zone;

pub(crate) use crate::model::charref::decode as decode_references;
pub(crate) use metadata::Metadata;
pub(crate) use tokens::{Attrs, Tok, Tokens, is_block};

use std::sync::Arc;

use jiff::civil::Date;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::Limits;
use super::compose::{Composed, Line, LineKind};
use crate::model::{Publishers, charref as entities};
use worker::Failure;

/// What a page of HTML says.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// Its main text.
    pub composed: Composed,
    /// What it says about itself.
    pub metadata: Metadata,
    /// What could not be done.
    pub diagnostics: Vec<String>,
}

/// Reads a page; `url` is where it was found, `day` when.
pub(crate) fn read(html: String, url: &str, day: Option<Date>, publishers: &Publishers, limits: &Limits) -> Read {
    let outline = scan::read(&html, limits.depth);
    let mut metadata = metadata::read(&html, &outline, url);
    let mut diagnostics = Vec::new();
    let refused = if outline.too_deep {
        Some(format!("elements nest deeper than {}", limits.depth))
    } else if outline.elements > limits.elements {
        Some(format!("more than {} elements", limits.elements))
    } else {
        (html.len() > limits.html_bytes).then(|| format!("HTML is larger than {} bytes", limits.html_bytes))
    };
    let order = metadata::order(&outline);
    let mut lines = match refused {
        Some(reason) => {
            diagnostics.push(format!("{reason}: plain extraction"));
            linear::lines(&html)
        }
        None => {
            let html = Arc::new(html);
            let asked = declared::Asked { html: &html, url, day, order };
            match declared::read(&asked, publishers, limits, &mut metadata, &mut diagnostics) {
                Some(lines) if bytes(&lines) >= LITTLE => lines,
                Some(lines) => more(lines, main_lines(&html, limits, &mut diagnostics), &mut diagnostics),
                None => main_lines(&html, limits, &mut diagnostics),
            }
        }
    };
    if lines.is_empty()
        && let Some(body) = metadata.body.take()
    {
        diagnostics.push("text taken from structured data".into());
        lines = body.lines().map(|l| Line { kind: LineKind::Text, text: l.to_string(), linked: 0 }).collect();
    }
    furniture::tidy(&mut lines, metadata.title.as_deref());
    let composed = Composed::from_lines(&lines);
    if composed.text.is_empty() {
        diagnostics.push("no main text found".into());
    }
    Read { composed, metadata, diagnostics }
}

/// Bytes of text below which a publisher's rule may have found a part only.
const LITTLE: usize = 300;

fn bytes(lines: &[Line]) -> usize {
    lines.iter().map(|l| l.text.len()).sum()
}

/// What a rule found, unless the general way finds several times as much.
fn more(ruled: Vec<Line>, general: Vec<Line>, diagnostics: &mut Vec<String>) -> Vec<Line> {
    if bytes(&general) < 4 * bytes(&ruled) {
        return ruled;
    }
    diagnostics.push("the publisher's rule finds a small part of the text: general way".into());
    general
}

/// Runs the extractor behind its guards.
fn main_lines(html: &Arc<String>, limits: &Limits, diagnostics: &mut Vec<String>) -> Vec<Line> {
    let given = Arc::clone(html);
    match worker::run(move || extract(&given), limits.stack, limits.time) {
        Ok(lines) => lines,
        Err(failure) => {
            diagnostics.push(match failure {
                Failure::Timeout => {
                    format!("extraction took longer than {} ms: plain extraction", limits.time.as_millis())
                }
                Failure::Panic => "extraction failed: plain extraction".into(),
                Failure::Busy => "too many pages over their time limit: plain extraction".into(),
            });
            linear::lines(html)
        }
    }
}

/// Main text of a page as lines; empty when there is none.
fn extract(html: &str) -> Vec<Line> {
    let mut doc = trafilatura::dom::Document::parse(&repair::lean(html));
    repair::repair(&mut doc);
    let options = Options::default()
        .with_fallback(true)
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    let Ok(result) = trafilatura::extract_document(doc, &options) else { return Vec::new() };
    let mut renderer = render::Renderer::default();
    for tok in Tokens::new(&result.content_html) {
        renderer.feed(&tok);
    }
    renderer.finish()
}
