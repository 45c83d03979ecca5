//! Probe: what a host shows for a page that cannot exist. A page that looks
//! the same is missing, whatever its status says.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use url::Url;

use super::visible::{text, visible};
use crate::model::Page;

/// What a host shows for a page that is not there, where it says 200.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    words: HashSet<u64>,
    /// Where the request was led to.
    target: Option<String>,
}

/// Share of words that two pages that look the same have in common.
const ALIKE: f64 = 0.9;

/// Bytes looked at.
const LOOKED: usize = 512 << 10;

/// An address that no site has: its last part is made of `seed`.
pub fn nowhere(url: &Url, seed: &str) -> Option<Url> {
    let hash = blake3::hash(format!("{seed} {url}").as_bytes()).to_hex();
    url.join(&format!("/{}-{}", &hash[..12], &hash[12..24])).ok()
}

impl Missing {
    /// By the answer for an address that no site has; `None` where the host
    /// says honestly that it is missing.
    pub fn of(asked: &Url, page: &Page) -> Option<Self> {
        if page.status != 200 {
            return None;
        }
        let target = (page.url != asked.as_str()).then(|| page.url.clone());
        Some(Self { words: words(page, asked), target })
    }

    /// Whether a page is what the host shows for missing ones. `asked` is the
    /// address before redirects.
    pub fn is(&self, asked: &Url, page: &Page) -> bool {
        if let Some(target) = &self.target
            && *target == page.url
            && page.url != asked.as_str()
        {
            return true;
        }
        let other = words(page, asked);
        let both = self.words.intersection(&other).count();
        let all = self.words.len() + other.len() - both;
        all == 0 || both as f64 >= ALIKE * all as f64
    }
}

/// The words a reader sees, without numbers and without those of the address,
/// which such pages like to repeat.
fn words(page: &Page, asked: &Url) -> HashSet<u64> {
    let low = text(&page.body[..page.body.len().min(LOOKED)]).to_lowercase();
    let path = asked.path().to_lowercase();
    let own: HashSet<&str> = path.split(|c: char| !c.is_alphanumeric()).collect();
    let mut found = HashSet::new();
    visible(&low, |piece| {
        for word in piece.split(|c: char| !c.is_alphanumeric()) {
            if word.len() > 1 && !own.contains(word) && !word.bytes().any(|b| b.is_ascii_digit()) {
                let mut hasher = DefaultHasher::new();
                word.hash(&mut hasher);
                found.insert(hasher.finish());
            }
        }
        true
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(url: &str, body: &str) -> Page {
        Page { url: url.into(), status: 200, body: body.into(), ..Page::default() }
    }

    #[test]
    fn the_page_for_missing_ones_is_known_again() {
        let url = |path: &str| Url::parse(&format!("http://x.example{path}")).expect("an address");
        let gone = |path: &str| {
            format!(
                "<h1>Nothing at {path}</h1><p>Sorry, we looked everywhere. Error 17{path}</p><ul><li>Home</li></ul>"
            )
        };
        let asked = nowhere(&url("/a"), "seed").expect("an address");
        let missing = Missing::of(&asked, &page(asked.as_str(), &gone(asked.path()))).expect("it says 200");
        assert!(
            missing.is(&url("/news/old-story"), &page("http://x.example/news/old-story", &gone("/news/old-story")))
        );
        let article = format!("<ul><li>Home</li></ul><h1>Oil slips</h1><p>{}</p>", "Crude fell two percent on Friday.");
        assert!(!missing.is(&url("/news/oil"), &page("http://x.example/news/oil", &article)));
        // All that is missing is led to the front page.
        let front = page("http://x.example/", "<h1>Front</h1>");
        let led = Missing::of(&asked, &front).expect("it says 200");
        assert!(led.is(&url("/old"), &front) && !led.is(&url("/oil"), &page("http://x.example/oil", &article)));
        assert!(Missing::of(&asked, &Page { status: 404, ..Page::default() }).is_none());
    }
}
