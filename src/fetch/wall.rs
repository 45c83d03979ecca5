//! Walls: pages that look like success and are none. What stands for an
//! article behind a paywall, a challenge to robots, or a throttling page.

use super::visible::{text, visible};
use crate::model::Page;

/// What stands before the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wall {
    /// Only subscribers read on.
    Paywall,
    /// The server wants to see a human.
    Bots,
    /// The SEC's page for those who ask too often or do not name themselves.
    Throttle,
}

impl Wall {
    /// A name for counting.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paywall => "paywall",
            Self::Bots => "bot wall",
            Self::Throttle => "throttled",
        }
    }
}

/// Bytes looked at.
const LOOKED: usize = 256 << 10;

/// A page with more visible text than this is no challenge, whatever it names.
const LITTLE_TEXT: usize = 2_000;

/// A page with more visible text than this is read in spite of its words.
const TEASER: usize = 2_500;

const THROTTLED: &[&str] = &["request rate threshold exceeded", "undeclared automated tool"];

/// Words and scripts of challenges; any of them on a page of little text.
const CHALLENGES: &[&str] = &[
    "cf-chl-",
    "/cdn-cgi/challenge-platform",
    "challenge-error-title",
    "captcha-delivery.com",
    "px-captcha",
    "_incapsula_resource",
    "incapsula incident id",
    "awswafcookiedomainlist",
    "token.awswaf.com",
    "/_sec/cp_challenge",
    "kpsdk",
    "verify you are human",
    "verify that you are human",
    "verifying you are human",
    "are you a robot",
    "prove you are not a robot",
    "unusual traffic from your",
    "checking your browser",
    "enable javascript and cookies to continue",
    "press & hold",
    "press &amp; hold",
    "pardon our interruption",
    "access to this page has been denied",
    "automated access",
    "bot detection",
];

/// Data that says that the page is not free.
const NOT_FREE: &[&str] = &["\"isaccessibleforfree\":false", "\"isaccessibleforfree\":\"false\""];

/// Words of an offer to read on; any of them on a page of little text.
const OFFERS: &[&str] = &[
    "subscribe to continue reading",
    "subscribe to read",
    "subscribe to unlock",
    "subscribe now to read",
    "to continue reading, subscribe",
    "to continue reading this article",
    "to read the full article",
    "to read the full story",
    "sign in to continue reading",
    "log in to continue reading",
    "register to continue reading",
    "this article is for subscribers",
    "this content is for subscribers",
    "exclusive to subscribers",
    "available to subscribers only",
    "already a subscriber?",
    "you have reached your limit of free articles",
    "you've reached your article limit",
    "become a member to read",
];

/// The wall a page is, if it is one.
pub fn wall(page: &Page) -> Option<Wall> {
    let bytes = &page.body[..page.body.len().min(LOOKED)];
    if page.status < 400 && !looks_like_html(page, bytes) {
        return None;
    }
    let text = text(bytes);
    let challenged = page.header("cf-mitigated").is_some_and(|v| v.eq_ignore_ascii_case("challenge"))
        || page.header("x-amzn-waf-action").is_some();
    if challenged {
        return Some(Wall::Bots);
    }
    if page.status < 400 && text.contains("isAccessibleForFree") && is_not_free(&text) {
        return Some(Wall::Paywall);
    }
    // Most pages say too much to be a wall, and are not looked at further.
    let mut seen = 0;
    visible(&text, |piece| {
        seen += piece.split_whitespace().map(|w| w.len() + 1).sum::<usize>();
        seen < TEASER
    });
    if seen >= TEASER {
        return None;
    }
    let low = text.to_ascii_lowercase();
    let names = |words: &[&str]| words.iter().any(|w| low.contains(w));
    if page.status >= 400 && names(THROTTLED) {
        Some(Wall::Throttle)
    } else if seen < LITTLE_TEXT && matches!(page.status, 200..=299 | 401 | 403 | 405 | 429 | 503) && names(CHALLENGES)
    {
        Some(Wall::Bots)
    } else if page.status < 400 && names(OFFERS) {
        Some(Wall::Paywall)
    } else {
        None
    }
}

/// JSON-LD with its white space off; only where the page as a whole is meant.
fn is_not_free(text: &str) -> bool {
    let low = text.to_ascii_lowercase();
    let mut rest = low.as_str();
    while let Some(at) = rest.find("application/ld+json") {
        let from = &rest[at..];
        let end = from.find("</script").unwrap_or(from.len());
        let data: String = from[..end].chars().filter(|c| !c.is_whitespace()).collect();
        // A part that is not free (`hasPart`) means the rest of the page is not.
        if NOT_FREE.iter().any(|w| data.contains(w)) {
            return true;
        }
        rest = &from[end..];
    }
    false
}

fn looks_like_html(page: &Page, bytes: &[u8]) -> bool {
    match page.header("content-type") {
        Some(kind) => kind.to_ascii_lowercase().contains("html"),
        None => bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(status: u16, headers: &[(&str, &str)], body: &str) -> Page {
        let headers = headers.iter().map(|(n, v)| ((*n).to_string(), (*v).to_string()));
        let kind = std::iter::once(("content-type".to_string(), "text/html".to_string()));
        Page { status, headers: headers.chain(kind).collect(), body: body.into(), ..Page::default() }
    }

    #[test]
    fn walls_are_told_from_articles() {
        let article = format!("<html><body><p>{}</p></body></html>", "Revenue rose 5% in the quarter. ".repeat(200));
        let short = "<html><body><h1>Oil slips</h1><p>Crude fell 2%.</p></body></html>";
        for (status, body, want) in [
            (200, article.clone(), None),
            (200, short.to_string(), None),
            (404, short.to_string(), None),
            (403, "<html><title>SEC.gov | Request Rate Threshold Exceeded</title></html>".into(), Some(Wall::Throttle)),
            (
                200,
                "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>".into(),
                Some(Wall::Bots),
            ),
            (403, "<p>Please verify you are human to go on.</p>".into(), Some(Wall::Bots)),
            (200, format!("{short}<div class=offer>Subscribe to continue reading</div>"), Some(Wall::Paywall)),
            (200, format!("{article}<footer>Already a subscriber? Sign in</footer>"), None),
            (200, format!("{article}<p>The site asks whether you verify you are human.</p>"), None),
            (
                200,
                format!(
                    "<script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\",\n \"isAccessibleForFree\" : false}}</script>{article}"
                ),
                Some(Wall::Paywall),
            ),
            (
                200,
                format!("<script type=\"application/ld+json\">{{\"isAccessibleForFree\": true}}</script>{article}"),
                None,
            ),
        ] {
            assert_eq!(wall(&page(status, &[], &body)), want, "{status} {}", &body[..body.len().min(80)]);
        }
        assert_eq!(wall(&page(403, &[("cf-mitigated", "challenge")], "")), Some(Wall::Bots));
        let mut text = page(200, &[], "press & hold");
        text.headers = vec![("content-type".into(), "text/plain".into())];
        assert_eq!(wall(&text), None);
    }
}
