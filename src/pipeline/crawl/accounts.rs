//! Accounts: what became of every address a crawl took up. They add up.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Document, DocumentKind};

/// Counts by reason.
pub type Reasons = BTreeMap<String, u64>;

/// What a crawl did. Every address taken up stands in exactly one of the
/// groups that [`Accounts::groups`] names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Accounts {
    /// Addresses taken up.
    pub taken: u64,
    /// Lists read: feeds, sitemaps, pages of links.
    pub lists: u64,
    /// Lists that the archive holds and that are young enough.
    pub kept_lists: u64,
    /// Indexes of filings, which name their documents.
    pub indexes: u64,
    /// Files of company facts.
    pub facts: u64,
    /// Pages read and stored as articles, releases, notes.
    pub articles: u64,
    /// Pages read and stored as filings.
    pub filings: u64,
    /// Pages archived and not to be read.
    pub archived_only: u64,
    /// Not changed since the last time.
    pub unchanged: u64,
    /// Fetched whole, but no article, by reason.
    pub no_article: Reasons,
    /// Forbidden by robots.txt.
    pub robots: u64,
    /// Passed over for other reasons.
    pub skipped: Reasons,
    /// Not fetched, by reason.
    pub failed: Reasons,
    /// To be tried again later, by reason.
    pub put_off: Reasons,
    /// Requests that were repeated after a failure.
    pub retries: u64,
    /// Captures added to the archive, with robots.txt, redirects and lists.
    pub captures: u64,
    /// Pages that look whole but end without closing; stored all the same.
    pub flagged: u64,
    /// Addresses that lists and pages named.
    pub named: u64,
    /// Of those: new ones, and known ones to be asked again.
    pub queued: u64,
    /// Of those: known already, and not due.
    pub known: u64,
    /// Of those: left out, by reason.
    pub left_out: Reasons,
    /// Addresses still in the queue at the end.
    pub still_queued: u64,
    /// Addresses of other crawls and sources that are still to be asked.
    pub left_of_others: u64,
    /// Documents that are new.
    pub new_documents: u64,
    /// Documents that were there and have changed.
    pub changed_documents: u64,
    /// Documents that repeat another.
    pub copies: u64,
    /// Claims stored.
    pub claims: u64,
    /// Rotations stored.
    pub rotations: u64,
    /// Mentions stored.
    pub mentions: u64,
    /// Stopped before the end.
    pub interrupted: bool,
}

impl Accounts {
    /// Every group an address can end in, with its count.
    pub fn groups(&self) -> Vec<(String, u64)> {
        let named = |name: &str, n: u64| (name.to_string(), n);
        let mut groups = vec![
            named("lists read", self.lists),
            named("lists used from the archive", self.kept_lists),
            named("indexes of filings", self.indexes),
            named("company facts", self.facts),
            named("articles", self.articles),
            named("filings", self.filings),
            named("archived only", self.archived_only),
            named("unchanged", self.unchanged),
        ];
        let reasons = |what: &str, list: &Reasons| -> Vec<(String, u64)> {
            list.iter().map(|(reason, n)| (format!("{what}: {reason}"), *n)).collect()
        };
        groups.extend(reasons("no article", &self.no_article));
        groups.push(named("skipped: robots.txt", self.robots));
        groups.extend(reasons("skipped", &self.skipped));
        groups.extend(reasons("failed", &self.failed));
        groups.extend(reasons("put off", &self.put_off));
        groups.retain(|(_, n)| *n > 0);
        groups
    }

    /// Whether every address stands in one group, and every address named was
    /// queued, known or left out.
    pub fn add_up(&self) -> bool {
        let ended: u64 = self.groups().iter().map(|(_, n)| n).sum();
        let left: u64 = self.left_out.values().sum();
        ended == self.taken && self.named == self.queued + self.known + left
    }

    pub(super) fn document(&mut self, document: &Document) {
        match document.kind {
            DocumentKind::Filing => self.filings += 1,
            _ => self.articles += 1,
        }
    }
}

/// Counts one more for a reason.
pub(super) fn count(reasons: &mut Reasons, reason: &str) {
    *reasons.entry(reason.to_string()).or_default() += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up() {
        let mut accounts = Accounts { taken: 4, lists: 1, robots: 1, named: 3, queued: 2, ..Accounts::default() };
        count(&mut accounts.failed, "timeout");
        count(&mut accounts.no_article, "paywall");
        assert!(!accounts.add_up());
        count(&mut accounts.left_out, "too deep");
        assert!(accounts.add_up());
        let names: Vec<String> = accounts.groups().into_iter().map(|g| g.0).collect();
        assert_eq!(names, ["lists read", "no article: paywall", "skipped: robots.txt", "failed: timeout"]);
    }
}
