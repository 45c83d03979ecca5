//! A publisher's declared rule, applied to a page: its main text, date and
//! authors as the rule says where they stand.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Node};

use super::render::Renderer;
use super::repair::has_figure;
use super::tokens::{Tokens, is_void};
use crate::model::publisher::{Field, Rule};
use crate::parse::compose::Line;

/// What a rule found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// The main text as markup, without furniture; empty where the rule finds none.
    pub body: String,
    /// What stands where the date does, and whether in an attribute.
    pub dates: Vec<(String, bool)>,
    /// What stands where the authors do, those of one field together.
    pub authors: Vec<Vec<String>>,
}

/// Most elements that a field looks at.
const MOST: usize = 24;

/// Longest text of a field.
const LONGEST: usize = 300;

/// Elements that hold no text of an article, whatever the rule says.
#[rustfmt::skip]
const MUTE: &[&str] = &[
    "script", "style", "template", "noscript", "form", "button", "select", "textarea", "svg", "iframe", "nav", "dialog", "head",
];

/// Asks a page for what the rule selects.
pub(crate) fn apply(html: &str, rule: &Rule) -> Found {
    let page = Html::parse_document(html);
    let skip: HashSet<_> =
        rule.furniture.iter().flat_map(|css| page.select(css.selector())).map(|element| element.id()).collect();
    let mut body = String::new();
    for css in &rule.body {
        let chosen: HashSet<_> = page.select(css.selector()).map(|element| element.id()).collect();
        let outermost = |element: &ElementRef<'_>| !element.ancestors().any(|a| chosen.contains(&a.id()));
        let inside = |element: &ElementRef<'_>| element.ancestors().any(|a| skip.contains(&a.id()));
        for element in page.select(css.selector()).filter(outermost).filter(|e| !inside(e)) {
            write(element, &|e| skip.contains(&e.id()), &mut body);
        }
        if !lines(&body).is_empty() {
            break;
        }
        body.clear();
    }
    let texts = |field: &Field| -> Vec<String> {
        let chosen = page.select(field.select.selector()).take(MOST);
        chosen.filter_map(|element| text(element, field.attribute.as_deref())).collect()
    };
    let dates = |field: &Field| texts(field).into_iter().map(|t| (t, field.attribute.is_some())).collect::<Vec<_>>();
    Found {
        body,
        dates: rule.date.iter().flat_map(dates).collect(),
        authors: rule.author.iter().map(texts).filter(|t| !t.is_empty()).collect(),
    }
}

/// The lines of markup.
pub(crate) fn lines(markup: &str) -> Vec<Line> {
    let mut renderer = Renderer::default();
    for tok in Tokens::new(markup) {
        renderer.feed(&tok);
    }
    renderer.finish()
}

/// The text of an element, or its attribute.
fn text(element: ElementRef<'_>, attribute: Option<&str>) -> Option<String> {
    let text = match attribute {
        Some(name) => element.attr(name)?.to_string(),
        None => element.text().collect::<Vec<_>>().join(" "),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.len() <= LONGEST).then_some(text)
}

/// Writes an element and what is under it as markup, without what is skipped.
/// Of the attributes only those stay that tell what an element is for. Pages that nest too deeply do not come here.
fn write(element: ElementRef<'_>, skip: &impl Fn(ElementRef<'_>) -> bool, out: &mut String) {
    let name = element.value().name();
    // Captions go with their pictures; one that states a figure is text.
    let caption = name == "figcaption" && !has_figure(&element.text().collect::<String>());
    if MUTE.contains(&name) || caption || element.attr("hidden").is_some() || skip(element) {
        // What stood apart stays apart.
        out.push(' ');
        return;
    }
    let name = if name == "figcaption" { "p" } else { name };
    out.extend(["<", name]);
    for (key, value) in element.value().attrs().filter(|(key, _)| matches!(*key, "class" | "id" | "href")) {
        out.extend([" ", key, "=\"", &value.replace('&', "&amp;").replace('"', "&quot;"), "\""]);
    }
    out.push('>');
    if is_void(name) {
        return;
    }
    for child in element.children() {
        if let Some(child) = ElementRef::wrap(child) {
            write(child, skip, out);
        } else if let Node::Text(text) = child.value() {
            out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
        }
    }
    out.extend(["</", name, ">"]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Css;
    use crate::parse::compose::Composed;

    fn css(list: &[&str]) -> Vec<Css> {
        list.iter().map(|text| Css::read(text).expect("a selector")).collect()
    }

    fn body(html: &str, body: &[&str], furniture: &[&str]) -> String {
        let rule = Rule { body: css(body), furniture: css(furniture), ..Rule::default() };
        Composed::from_lines(&lines(&apply(html, &rule).body)).text
    }

    #[test]
    fn takes_what_is_selected_and_leaves_furniture() {
        let html = "<div class=x><h2>Fees &amp; tolls</h2><p>Up 4% &lt; 5%<br>now</p><aside><p>Read this</p></aside><script>1</script>
            <form><p>Mail</p></form><div class=x><p>Inner</p></div><figure><img><figcaption>A crane</figcaption></figure></div>
            <div class=x hidden><p>Secret</p></div><p>Outside</p>";
        assert_eq!(body(html, &[".x"], &["aside"]), "Fees & tolls\nUp 4% < 5%\nnow\nInner");
        assert_eq!(body(html, &[".gone", ".x p"], &["aside", ".x .x"]), "Up 4% < 5%\nnow\nMail\nSecret");
        assert_eq!(body(html, &[".gone"], &[]), "");
        assert_eq!(body("<div class=x>Costs <b>rose</b> 4%</div>", &[".x"], &[]), "Costs rose 4%");
    }

    #[test]
    fn fields_are_texts_or_attributes() {
        let field = |select: &str, attribute: Option<&str>| Field {
            select: Css::read(select).expect("a selector"),
            attribute: attribute.map(str::to_string),
        };
        let rule = Rule {
            date: vec![field("time", Some("datetime")), field(".day", None)],
            author: vec![field(".gone", None), field(".by a", None)],
            ..Rule::default()
        };
        let html = "<p class=by><a>Ida  Moor</a> and <a>Ute Brandt</a></p><time datetime=2026-02-06>today</time><i class=day>6 February 2026</i>";
        let found = apply(html, &rule);
        assert_eq!(found.dates, [("2026-02-06".to_string(), true), ("6 February 2026".to_string(), false)]);
        assert_eq!(found.authors, [["Ida Moor", "Ute Brandt"]]);
    }
}
