//! Nearest: the known name a mistyped one was meant to be.

/// The known name nearest to `typed`, if one is near enough to be meant.
pub fn nearest<'n>(typed: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let typed = typed.to_lowercase();
    let allowed = 1 + typed.chars().count() / 4;
    known
        .into_iter()
        .map(|name| (distance(&typed, &name.to_lowercase()), name))
        .filter(|(d, name)| *d <= allowed || (typed.len() >= 3 && name.starts_with(&typed)))
        .min_by_key(|(d, _)| *d)
        .map(|(_, name)| name)
}

/// Edits between two words: insert, delete, replace, or swap of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_what_is_near() {
        let names = ["metric", "ticker", "subject", "published", "direction"];
        let near = |t: &str| nearest(t, names);
        assert_eq!(
            [near("tikcer"), near("metrics"), near("publish"), near("zzz"), near("")],
            [Some("ticker"), Some("metric"), Some("published"), None, None]
        );
    }
}
