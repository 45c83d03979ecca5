//! Stable ids: the same page gives the same id on every run.

use url::Url;

use crate::model::address::normalise;

/// The id of a document: by canonical address, else by address, else by the
/// file's name and the text.
pub(crate) fn doc_id(canonical: Option<&str>, url: Option<&str>, path: &str, text: &str) -> String {
    let own = url.and_then(normalise);
    // A canonical address that is only the site's front page says nothing of the article.
    let canonical = canonical
        .and_then(normalise)
        .filter(|c| own.is_none() || !is_front_page(c) || own.as_deref().is_some_and(is_front_page));
    let hash = match canonical.or(own) {
        Some(address) => blake3::hash(address.as_bytes()),
        None => {
            // "file:note.txt" and "file:./note.txt" are the same file.
            let path = path.strip_prefix("file:").unwrap_or(path);
            let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
            blake3::Hasher::new().update(name.as_bytes()).update(&[0]).update(text.as_bytes()).finalize()
        }
    };
    hash.to_hex()[..16].to_string()
}

fn is_front_page(url: &str) -> bool {
    Url::parse(url).is_ok_and(|u| u.path() == "/" && u.query().is_none())
}

/// Hash of the text with white space folded: equal for copies that differ in layout only.
pub(crate) fn content_hash(text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for (i, word) in text.split_whitespace().enumerate() {
        if i > 0 {
            hasher.update(b" ");
        }
        hasher.update(word.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_normalised() {
        assert_eq!(
            normalise("https://X.example/a?utm_source=f&b=1&fbclid=2#c").as_deref(),
            Some("https://x.example/a?b=1")
        );
        assert_eq!(normalise("https://x.example/a?gclid=2").as_deref(), Some("https://x.example/a"));
        assert_eq!(normalise("file:///a"), None);
    }

    #[test]
    fn ids_follow_canonical_url_file() {
        let id = |c, u, p, t| doc_id(c, u, p, t);
        let one = id(Some("https://x.example/a"), Some("https://y.example/b"), "", "");
        assert_eq!(one, id(Some("https://x.example/a#top"), None, "z", "other"));
        assert_eq!(one.len(), 16);
        assert_eq!(
            id(Some("https://x.example/"), Some("https://x.example/b"), "", ""),
            id(None, Some("https://x.example/b"), "", "")
        );
        assert_eq!(id(None, None, "dir/a.txt", "t"), id(None, None, "a.txt", "t"));
        assert_eq!(id(None, None, "file:./a.txt", "t"), id(None, None, "file:a.txt", "t"));
        assert_ne!(id(None, None, "a.txt", "t"), id(None, None, "b.txt", "t"));
        assert_eq!(content_hash("a  b\nc"), content_hash("a b c "));
        assert_eq!(content_hash("").len(), 32);
    }
}
