//! Address: one spelling for the many addresses of one page.
//!
//! [`normalise`] keeps an address that can be fetched in place of the given
//! one; [`key`] goes further and is only for telling whether two addresses
//! are the same page.

use std::borrow::Cow;

use url::Url;

/// Parameters that say where a reader came from, not what is read.
const TRACKING: &[&str] = &[
    // Advertising networks
    "dclid",
    "fbclid",
    "gad_campaignid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "li_fat_id",
    "msclkid",
    "rdt_cid",
    "srsltid",
    "ttclid",
    "twclid",
    "wbraid",
    "yclid",
    "ysclid",
    // Newsletters and campaigns
    "__hsfp",
    "__hssc",
    "__hstc",
    "_hsenc",
    "_hsmi",
    "cmpid",
    "dm_i",
    "elqtrack",
    "elqtrackid",
    "hsctatracking",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "s_cid",
    "sc_cid",
    "vero_conv",
    "vero_id",
    "wickedid",
    // Publishers' own
    "at_campaign",
    "at_medium",
    "emc",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "ns_campaign",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",
    "ref_src",
    "ref_url",
    "smid",
    "smtyp",
    "taid",
    "xtor",
];

/// Beginnings of such parameters.
const TRACKING_PREFIXES: &[&str] = &["utm_", "pk_", "mtm_", "matomo_", "hsa_", "piwik_"];

/// Parameters that ask for the page for phones.
const AMP: &[(&str, &[&str])] =
    &[("amp", &["", "1", "true"]), ("outputtype", &["amp"]), ("amp_js_v", &[]), ("amp_gsa", &[]), ("usqp", &[])];

/// Reads an address; a relative one needs its base. Only `http` and `https`.
pub fn resolve(base: Option<&str>, href: &str) -> Option<Url> {
    let url = match base.and_then(|b| Url::parse(b).ok()) {
        Some(base) => base.join(href).ok()?,
        None => Url::parse(href).ok()?,
    };
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The address to fetch in place of `url`: without fragment, tracking
/// parameters, user name and password; scheme and host in lower case, without
/// the default port; dot segments followed; escapes in capitals and only where
/// needed; out of the caches that show other sites' pages (AMP). `None` when
/// it is no address of the web.
pub fn normalise(url: &str) -> Option<String> {
    let mut url = resolve(None, url.trim())?;
    // Caches do not nest; twice is generous.
    for _ in 0..2 {
        match uncached(&url) {
            Some(inner) => url = inner,
            None => break,
        }
    }
    tidy(&mut url);
    Some(url.into())
}

/// What is equal for addresses of the same page: as [`normalise`], with
/// `https`, without the mark of the page for phones, `www.`, a final slash or
/// index page, and with the parameters in order. It need not lead anywhere.
pub fn key(url: &str) -> Option<String> {
    let mut url = Url::parse(&normalise(url)?).ok()?;
    if url.port().is_none() {
        // From http to https the default port goes along.
        url.set_scheme("https").ok()?;
    }
    if let Some(host) = url.host_str().and_then(|h| h.strip_prefix("www.")).map(str::to_string)
        && host.contains('.')
    {
        url.set_host(Some(&host)).ok()?;
    }
    let path = url.path().to_string();
    let mut path = path.as_str();
    if let Some(rest) = path.strip_prefix("/amp/").filter(|r| !r.is_empty()) {
        path = &path[path.len() - rest.len() - 1..];
    }
    path = path.trim_end_matches('/');
    for index in ["/index.html", "/index.htm", "/index.php", "/amp"] {
        path = path.strip_suffix(index).unwrap_or(path);
    }
    let path = match path.strip_suffix(".amp.html") {
        Some(page) => Cow::Owned(format!("{page}.html")),
        None => Cow::Borrowed(path.strip_suffix(".amp").unwrap_or(path)),
    };
    url.set_path(&path);
    let mut pairs: Vec<&str> = url.query().unwrap_or_default().split('&').filter(|p| !p.is_empty()).collect();
    pairs.sort_unstable();
    let query = pairs.join("&");
    url.set_query((!query.is_empty()).then_some(query.as_str()));
    Some(url.into())
}

/// The address that a cache of pages for phones shows.
fn uncached(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let rest = if host.ends_with(".cdn.ampproject.org") || host == "cdn.ampproject.org" {
        // /c/s/host/path: a page (c, v), over TLS (s).
        let rest = url.path().strip_prefix("/c/").or_else(|| url.path().strip_prefix("/v/"))?;
        rest.to_string()
    } else if host.starts_with("www.google.") {
        url.path().strip_prefix("/amp/")?.to_string()
    } else {
        return None;
    };
    let (scheme, rest) = match rest.strip_prefix("s/") {
        Some(rest) => ("https", rest),
        None => ("http", rest.as_str()),
    };
    if !rest.split('/').next().unwrap_or_default().contains('.') {
        return None;
    }
    let mut inner = resolve(None, &format!("{scheme}://{rest}"))?;
    inner.set_query(url.query());
    Some(inner)
}

fn tidy(url: &mut Url) {
    url.set_fragment(None);
    // Neither can fail for an address with a host; if so, it stays as it is.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if let Some(host) = url.host_str().and_then(|h| h.strip_suffix('.')).map(str::to_string)
        && !host.is_empty()
    {
        let _ = url.set_host(Some(&host));
    }
    let path = plain_escapes(url.path()).into_owned();
    if path != url.path() {
        url.set_path(&path);
    }
    if let Some(query) = url.query() {
        let kept: Vec<Cow<'_, str>> = query.split('&').filter(|p| says_what(p)).map(plain_escapes).collect();
        let query = kept.join("&");
        url.set_query((!query.is_empty()).then_some(query.as_str()));
    }
}

/// Whether a parameter may say what is read.
fn says_what(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    let tracking = TRACKING.contains(&name.as_str()) || TRACKING_PREFIXES.iter().any(|p| name.starts_with(p));
    let amp = AMP
        .iter()
        .any(|(n, values)| *n == name && (values.is_empty() || values.iter().any(|v| v.eq_ignore_ascii_case(value))));
    !pair.is_empty() && !tracking && !amp
}

/// Escapes of letters, digits and `-._~` undone, others in capitals.
fn plain_escapes(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let hex = rest.get(at + 1..at + 3).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        match hex.map(|h| (h, u8::from_str_radix(h, 16))) {
            Some((_, Ok(b))) if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => out.push(char::from(b)),
            Some((hex, _)) => out.extend(['%'].into_iter().chain(hex.to_ascii_uppercase().chars())),
            None => out.push('%'),
        }
        rest = &rest[at + 1 + hex.map_or(0, str::len)..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(url: &str) -> String {
        normalise(url).unwrap_or_default()
    }

    #[test]
    fn one_spelling() {
        for (given, want) in [
            ("HTTP://News.Example:80/a/../b/./c?x=1#top", "http://news.example/b/c?x=1"),
            ("https://news.example:443", "https://news.example/"),
            ("https://news.example:8443/", "https://news.example:8443/"),
            ("https://news.example./a", "https://news.example/a"),
            ("https://me:secret@news.example/a", "https://news.example/a"),
            ("https://news.example/%7euser/caf%c3%a9/a%2fb", "https://news.example/~user/caf%C3%A9/a%2Fb"),
            ("https://news.example/caf\u{e9}?q=\u{e9}", "https://news.example/caf%C3%A9?q=%C3%A9"),
            ("https://news.example/100%/a", "https://news.example/100%/a"),
            ("https://b\u{fc}cher.example/", "https://xn--bcher-kva.example/"),
            ("  https://news.example/a?utm_source=x&id=7&UTM_Medium=y&fbclid=z ", "https://news.example/a?id=7"),
            ("https://news.example/a?utm_source=x", "https://news.example/a"),
            ("https://news.example/a?", "https://news.example/a"),
            ("https://news.example/a?b=2&a=1&b=2", "https://news.example/a?b=2&a=1&b=2"),
            ("https://news.example/a?amp=1&id=7", "https://news.example/a?id=7"),
            ("https://news.example/a?amp=2", "https://news.example/a?amp=2"),
            ("https://news-example.cdn.ampproject.org/c/s/news.example/a/b?id=7", "https://news.example/a/b?id=7"),
            ("https://www.google.com/amp/s/news.example/a.amp.html", "https://news.example/a.amp.html"),
            ("https://www.google.com/amp/about", "https://www.google.com/amp/about"),
        ] {
            assert_eq!(normal(given), want, "{given}");
            assert_eq!(normal(want), want, "{want}");
        }
        for none in ["mailto:a@b.example", "/a", "ftp://a.example/", "http://", "javascript:alert(1)", "news"] {
            assert_eq!(normalise(none), None, "{none}");
        }
    }

    #[test]
    fn one_key_for_a_page() {
        let same = [
            "https://news.example/a/b?x=1&y=2",
            "http://www.news.example/a/b/?y=2&x=1#c",
            "https://news.example/a/b/amp/?x=1&y=2",
            "https://news.example/amp/a/b?x=1&y=2&utm_source=z",
            "https://news.example/a/b/index.html?x=1&y=2",
        ];
        for url in same {
            assert_eq!(key(url), key(same[0]), "{url}");
        }
        assert_eq!(key("https://news.example/a.amp.html"), key("https://news.example/a.html"));
        assert_ne!(key("https://news.example/a"), key("https://news.example/b"));
        assert_ne!(key("https://news.example/amp/"), key("https://news.example/b"));
        assert_ne!(key("https://news.example:8443/a"), key("https://news.example/a"));
        assert_ne!(key("https://news.example/a?x=1"), key("https://news.example/a?x=2"));
    }

    #[test]
    fn relative_addresses() {
        let on = |href| resolve(Some("https://news.example/a/b?c"), href).map(String::from);
        assert_eq!(on("../d").as_deref(), Some("https://news.example/d"));
        assert_eq!(on("//other.example/d").as_deref(), Some("https://other.example/d"));
        assert_eq!(on("?e").as_deref(), Some("https://news.example/a/b?e"));
        assert_eq!(on("mailto:a@b.example"), None);
        assert_eq!(resolve(None, "/d"), None);
    }
}
