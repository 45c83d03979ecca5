//! Repairs to the tree before the extractor sees it: furniture it would keep
//! goes, text it would lose is put where it looks for it.

use trafilatura::dom::{Document, NodeId};

use super::tokens::{Tok, Tokens, is_block};

/// Words in a class or id that tell furniture the extractor does not know.
#[rustfmt::skip]
const FURNITURE: &[&str] = &[
    "newsletter", "signup", "sign-up", "subscribe", "recirc", "rollover", "tooltiptext", "tooltip-text", "tooltip-content", "tooltip__", "popover", "gdpr", "cookie",
    "consent", "related", "read-next", "readnext", "more-stories", "morestories", "also-read", "alsoread", "readmore",
    "read-more", "recommended", "sr-only", "screen-reader", "visually-hidden", "visuallyhidden", "latest-box",
    "most-read", "mostread", "trending", "outbrain", "taboola", "disqus", "advert", "promo-", "-promo",
    "in-article-promo", "story-links", "see-also", "seealso",
];

/// Leads of a block that only points elsewhere.
#[rustfmt::skip]
const POINTERS: &[&str] = &[
    "read more", "read also", "also read", "more", "related", "related stories", "related articles", "related story",
    "related article", "related news", "related content", "see also", "don't miss", "don’t miss", "recommended",
    "more from", "more on", "more news", "you may also like", "you might also like", "watch", "further reading",
    "mehr zum thema", "lesen sie auch", "lesen sie mehr", "auch interessant", "mehr dazu", "siehe auch",
    "weiterlesen", "leggi anche", "leia mais", "leia também", "lea también", "lire aussi", "à lire aussi", "lees ook",
    "read next", "up next", "must read", "top stories", "most read",
];

/// Repairs the page's tree in place.
pub(crate) fn repair(doc: &mut Document) {
    let Some(body) = doc.body() else { return };
    wrap_loose_text(doc, body);
    let elements = doc.get_elements_by_tag_name(body, "*");
    let total = prose(doc, body);
    let mut budget = 400usize;
    for &id in &elements {
        let tag = doc.tag_name(id).to_string();
        match tag.as_str() {
            "figcaption" | "caption" => keep_caption(doc, id, &tag),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "strong" => drop_pointer(doc, id),
            "div" | "section" | "aside" | "ul" | "ol" | "span" | "dl" => {
                let names = format!("{} {}", doc.class_name(id), doc.id_attr(id)).to_ascii_lowercase();
                if names.len() < 2 {
                    continue;
                }
                if tag == "div"
                    && (names.contains("subhead") || names.contains("subtitle") || names.contains("crosshead"))
                {
                    doc.set_tag_name(id, "h3");
                } else if FURNITURE.iter().any(|w| names.contains(w)) && budget > 0 {
                    budget -= 1;
                    let held = prose(doc, id);
                    if held < 300 || held * 5 < total {
                        doc.remove(id, true);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Bytes of text in paragraphs under an element.
fn prose(doc: &Document, id: NodeId) -> usize {
    doc.iter(id, &["p"]).iter().map(|p| doc.text_content(*p).trim().len()).sum()
}

/// Whether a short text states a figure: an amount or a percentage.
pub(super) fn has_figure(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        && ["%", "$", "€", "£", "¥", " billion", " million", " trillion", " percent", "bn", "Mrd", "Mio"]
            .iter()
            .any(|m| text.contains(m))
}

/// Captions go with their pictures; one that states a figure is text.
fn keep_caption(doc: &mut Document, id: NodeId, tag: &str) {
    if tag == "caption" || !has_figure(&doc.text_content(id)) {
        return;
    }
    doc.set_tag_name(id, "p");
    doc.clear_attributes(id);
    if let Some(parent) = doc.parent(id).filter(|p| doc.tag_name(*p) == "figure") {
        doc.set_tag_name(parent, "div");
        doc.clear_attributes(parent);
    }
}

/// Removes "Read more: …" with the links it leads to.
fn drop_pointer(doc: &mut Document, id: NodeId) {
    let text = doc.text_content(id);
    if text.len() > 300 || doc.parent(id).is_none() {
        return;
    }
    let text = text.trim();
    let lower = text.to_lowercase();
    let lead = lower.split([':', '|', '–', '>', '»']).next().unwrap_or("").trim();
    if !POINTERS.contains(&lead) {
        return;
    }
    let links: usize = doc.get_elements_by_tag_name(id, "a").iter().map(|a| doc.text_content(*a).trim().len()).sum();
    let rest = text.len().saturating_sub(lead.len() + links);
    if links > 0 && rest <= 8 {
        doc.remove(id, true);
    } else if links == 0 && lead.len() + 3 >= text.len() {
        // The label stands alone: what follows are the links.
        let mut next = doc.next_element_sibling(id);
        let mut removed = false;
        while let Some(sibling) = next.filter(|s| only_links(doc, *s)) {
            next = doc.next_element_sibling(sibling);
            doc.remove(sibling, true);
            removed = true;
        }
        if removed {
            doc.remove(id, true);
        }
    }
}

/// Whether an element's text stands in links.
fn only_links(doc: &Document, id: NodeId) -> bool {
    let all = doc.text_content(id).split_whitespace().map(str::len).sum::<usize>();
    let links: usize = doc
        .get_elements_by_tag_name(id, "a")
        .iter()
        .map(|a| doc.text_content(*a).split_whitespace().map(str::len).sum::<usize>())
        .sum();
    all > 0 && all < 1500 && links * 10 >= all * 9
}

/// Puts text that stands loose between line breaks and blocks into paragraphs;
/// the extractor loses what precedes the first tag inside it.
fn wrap_loose_text(doc: &mut Document, body: NodeId) {
    let mut stack = vec![body];
    while let Some(id) = stack.pop() {
        let container = matches!(
            doc.tag_name(id),
            "body" | "div" | "section" | "article" | "main" | "td" | "center" | "span" | "blockquote"
        );
        if !container {
            continue;
        }
        let nodes = doc.child_nodes(id);
        let loose: usize = nodes
            .iter()
            .filter(|n| doc.is_text(**n))
            .map(|n| doc.outer_html(*n).split_whitespace().map(str::len).sum::<usize>())
            .sum();
        let inline =
            nodes.iter().any(|n| doc.is_element(*n) && !is_block(doc.tag_name(*n)) && doc.tag_name(*n) != "script");
        let breaks = nodes.iter().any(|n| doc.is_element(*n) && is_block(doc.tag_name(*n)));
        if loose > 80 && inline && breaks {
            let wrapped = wrapped(&doc.inner_html(id));
            doc.set_inner_html(id, &wrapped);
            continue;
        }
        stack.extend(doc.children(id));
    }
}

/// `html` without what no extractor reads: scripts, styles, comments, and the
/// head, whose place takes just enough to keep the library from searching the
/// page for metadata that is not asked of it. Half of a news page is that.
pub(super) fn lean(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2 + 512);
    let mut tokens = Tokens::new(html);
    let mut dropped = false;
    let mut head = false;
    while let Some(tok) = tokens.next() {
        match tok {
            Tok::Open(tag) if tag.is("script") || tag.is("style") => dropped = true,
            Tok::Close(name) if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") => {
                dropped = false
            }
            Tok::Raw(_) if dropped => {}
            Tok::Open(tag) if tag.is("meta") || tag.is("link") => {}
            Tok::Open(tag) if tag.is("head") && !head => {
                head = true;
                out.push_str(tokens.source());
                out.push_str(HEAD);
            }
            _ => out.push_str(tokens.source()),
        }
    }
    out
}

/// Stands in for a page's metadata.
const HEAD: &str = r#"<meta property="og:title" content="Title"><meta property="og:site_name" content="Site"><meta property="og:description" content="Text"><meta property="og:author" content="Jane Doe"><meta property="article:author" content="Jane Doe"><meta name="author" content="Jane Doe"><meta property="og:type" content="article"><meta property="article:section" content="News"><meta name="keywords" content="news"><meta property="og:url" content="https://site.example/page">"#;

/// `html` with its top-level runs of text and inline elements in paragraphs.
fn wrapped(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let mut run = String::new();
    let mut depth = 0usize;
    let mut tokens = Tokens::new(html);
    let end_run = |run: &mut String, out: &mut String| {
        if run.trim().is_empty() {
            out.push_str(run);
        } else {
            out.push_str("<p>");
            out.push_str(run.trim());
            out.push_str("</p>");
        }
        run.clear();
    };
    while let Some(tok) = tokens.next() {
        let source = tokens.source();
        match tok {
            Tok::Open(tag) if is_block(tag.name) => {
                if depth == 0 {
                    end_run(&mut run, &mut out);
                }
                if tag.is("br") || tag.is("hr") {
                    if depth > 0 {
                        out.push_str(source);
                    }
                } else {
                    depth += 1;
                    out.push_str(source);
                }
            }
            Tok::Close(name) if is_block(name) => {
                depth = depth.saturating_sub(1);
                out.push_str(source);
            }
            _ if depth == 0 => run.push_str(source),
            _ => out.push_str(source),
        }
    }
    end_run(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(html: &str) -> String {
        let mut doc = Document::parse(html);
        repair(&mut doc);
        let body = doc.body().expect("a body");
        doc.inner_html(body)
    }

    #[test]
    fn lean_pages_keep_their_text() {
        let html = "<html><head><meta name=a><title>t</title><style>x{}</style></head><body><!-- c --><p>One<script>1</script> two</p>";
        let out = lean(html);
        assert!(
            out.starts_with("<html><head><meta property")
                && out.ends_with("<title>t</title></head><body><p>One two</p>"),
            "{out}"
        );
    }

    #[test]
    fn loose_text_is_wrapped() {
        assert_eq!(
            wrapped("a <b>b</b><br><br>c<div>d<br>e</div>f"),
            "<p>a <b>b</b></p><p>c</p><div>d<br>e</div><p>f</p>"
        );
    }

    #[test]
    fn pointers_and_furniture_go() {
        let filler = "<p>The harbor raised its fees by 4% this week, the third rise in a row.</p>".repeat(40);
        let html = format!(
            "{filler}<p><b>Read more:</b> <a>Yard cuts 9% of posts</a></p><h4>More:</h4><ul><li><a>Boxes pile up 8%</a></li></ul>
             <div id='Newsletter'><h3>Get 5 stories a day</h3></div><p>More: fees rose <a>again</a>, the yard said on Tuesday.</p>"
        );
        let out = repaired(&html);
        assert!(!out.contains("9%") && !out.contains("8%") && !out.contains("5 stories"), "{out}");
        assert!(out.contains("the yard said on Tuesday") && out.contains("raised its fees"));
    }

    #[test]
    fn captions_with_figures_stay() {
        let out = repaired(
            "<figure><img><figcaption>Fees rose 4%</figcaption></figure><figure><figcaption>A crane</figcaption></figure>",
        );
        assert!(out.contains("<p>Fees rose 4%</p>") && out.contains("<figcaption>A crane"));
    }
}
