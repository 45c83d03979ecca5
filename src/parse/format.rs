//! What the bytes of a page are.

use super::{Format, Hints};
use crate::model::Page;

/// The format by the caller's word, the header, the extension, the content.
pub(crate) fn detect(page: &Page, hints: &Hints, body: &[u8]) -> Format {
    // A filing is told by its content: names say no more than HTML or text.
    let weak = matches!(hints.format, None | Some(Format::Html | Format::Text));
    if weak && super::filing::looks_like(body) {
        return Format::Filing;
    }
    if let Some(format) = hints.format {
        return format;
    }
    let sniffed = sniff(body);
    let header = page.header("content-type").and_then(|v| v.split(';').next()).map(|v| v.trim().to_ascii_lowercase());
    match header.as_deref() {
        Some("text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml") => return Format::Html,
        Some("text/markdown" | "text/x-markdown") => return Format::Markdown,
        // Servers call everything they do not know "text/plain".
        Some("text/plain") if sniffed != Some(Format::Html) => return by_extension(&page.url).unwrap_or(Format::Text),
        _ => {}
    }
    match by_extension(&page.url) {
        Some(Format::Text) if sniffed == Some(Format::Html) => Format::Html,
        Some(format) => format,
        None => sniffed.unwrap_or(Format::Text),
    }
}

/// By the extension of an address or path (".gz" set aside).
fn by_extension(url: &str) -> Option<Format> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "html" | "htm" | "xhtml" | "shtml" => Some(Format::Html),
        "md" | "markdown" | "mkd" => Some(Format::Markdown),
        "txt" | "text" => Some(Format::Text),
        _ => None,
    }
}

/// By the first bytes.
fn sniff(body: &[u8]) -> Option<Format> {
    let head: Vec<u8> = body.iter().filter(|b| **b != 0).take(2048).map(u8::to_ascii_lowercase).collect();
    let head = String::from_utf8_lossy(&head);
    let start = head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    let first = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<!--",
        "<meta",
        "<title",
        "<script",
        "<div",
        "<p>",
        "<h1",
        "<article",
        "<table",
    ];
    if first.iter().any(|s| start.starts_with(s)) || start.starts_with("<?xml") && head.contains("<html") {
        return Some(Format::Html);
    }
    if start.starts_with('<') && ["<html", "<body", "<div", "<p>", "<p "].iter().any(|s| head.contains(s)) {
        return Some(Format::Html);
    }
    (start.starts_with("---\n") || start.starts_with("---\r\n")).then_some(Format::Markdown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(url: &str, header: Option<&str>, body: &str) -> Format {
        let headers = header.map(|h| ("content-type".to_string(), h.to_string())).into_iter().collect();
        detect(&Page { url: url.into(), headers, ..Page::default() }, &Hints::default(), body.as_bytes())
    }

    #[test]
    fn header_extension_and_content() {
        assert_eq!(format("https://x.example/a", Some("text/html; charset=utf-8"), "plain"), Format::Html);
        assert_eq!(format("https://x.example/a", Some("text/plain"), "plain"), Format::Text);
        assert_eq!(format("https://x.example/a", Some("text/plain"), "<!DOCTYPE html><p>x"), Format::Html);
        assert_eq!(format("file:a/b.md.gz", None, "x"), Format::Markdown);
        assert_eq!(format("b.txt", None, "---\ntitle: x\n---\n"), Format::Text);
        assert_eq!(format("b", None, "  <html><p>x"), Format::Html);
        assert_eq!(format("b", None, "1 < 2"), Format::Text);
        let forced = Hints { format: Some(Format::Text), ..Hints::default() };
        assert_eq!(detect(&Page::default(), &forced, b"<html>"), Format::Text);
    }
}
