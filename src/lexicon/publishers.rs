//! The declarations of publishers' markup: `publishers/*.toml`, one file each.

use jiff::civil::Date;

use super::{Files, LexiconError};
use crate::model::publisher::Rule;
use crate::model::{Publisher, Publishers};

/// Reads and checks all declarations, shipped ones and those of the user.
///
/// # Errors
/// When one cannot be read, is not of its form, or speaks for a host or a time
/// that another one speaks for.
pub fn publishers(files: &Files) -> Result<Publishers, LexiconError> {
    let mut list: Vec<Publisher> = Vec::new();
    for name in files.publishers()? {
        let publisher: Publisher = files.toml(&name)?;
        check(&publisher, &name).map_err(|problem| LexiconError::form(&name, problem))?;
        let twice = publisher.hosts.iter().find(|h| list.iter().any(|p| p.hosts.contains(h)));
        if let Some(host) = twice {
            return Err(LexiconError::form(&name, format!("another publisher has the host {host:?} already")));
        }
        list.push(publisher);
    }
    Ok(Publishers::new(list))
}

fn check(publisher: &Publisher, file: &str) -> Result<(), String> {
    let Publisher { name, known, hosts, signs, rules } = publisher;
    if format!("publishers/{name}.toml") != file {
        return Err(format!("its name is {name:?}; it must be that of the file"));
    }
    if known.trim().is_empty() {
        return Err("known is empty; say how the markup is known, and since when".into());
    }
    if hosts.is_empty() == signs.is_empty() {
        return Err("a publisher has hosts, a content system has signs; one of both".into());
    }
    let plain = |h: &String| h.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b));
    if let Some(host) = hosts.iter().find(|h| h.is_empty() || h.starts_with(['.', '-']) || !plain(h)) {
        return Err(format!("{host:?} is no host; write it like tide.example"));
    }
    if signs.iter().any(|s| s.len() < 6) {
        return Err("a sign has six characters or more".into());
    }
    if rules.is_empty() {
        return Err("it has no rule".into());
    }
    for (at, rule) in rules.iter().enumerate() {
        if rule.body.is_empty() && rule.date.is_empty() && rule.author.is_empty() {
            return Err(format!("rule {} selects neither body, date nor author", at + 1));
        }
        if matches!((rule.from, rule.to), (Some(from), Some(to)) if to < from) {
            return Err(format!("rule {} ends before it begins", at + 1));
        }
        if let Some(other) = rules[..at].iter().position(|r| both(r, rule)) {
            return Err(format!("rules {} and {} hold at the same time", other + 1, at + 1));
        }
    }
    Ok(())
}

/// Whether there is a day on which both hold.
fn both(a: &Rule, b: &Rule) -> bool {
    let first = |r: &Rule| r.from.unwrap_or(Date::MIN);
    let last = |r: &Rule| r.to.unwrap_or(Date::MAX);
    first(a) <= last(b) && first(b) <= last(a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(dir.path().join("publishers")).expect("a folder");
        std::fs::write(dir.path().join("publishers/tide.toml"), text).expect("a file");
        publishers(&Files::overridden_by(dir.path())).err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_is_wrong_is_named() {
        let head = "name = 'tide'\nknown = 'written for a test'\n";
        let good = format!("{head}hosts = ['tide.example']\n[[rule]]\nfrom = '2026-01-01'\nbody = ['main']\n");
        assert_eq!(problem(&good), "");
        for (text, said) in [
            (good.replace("'tide'", "'ebb'"), "must be that of the file"),
            (good.replace("written for a test", " "), "known is empty"),
            (good.replace("['tide.example']", "[]"), "one of both"),
            (good.replace("tide.example", "https://tide.example/"), "is no host"),
            (good.replace("tide.example", "bbc.com"), "another publisher has the host"),
            (good.replace("hosts = ['tide.example']", "signs = ['x']"), "six characters"),
            (good.replace("['main']", "['main >']"), "is no CSS selector"),
            (good.replace("['main']", "[]"), "neither body, date nor author"),
            (good.replace("body", "bodies"), "bodies"),
            (good.replace("2026-01-01", "January"), "January"),
            (format!("{good}to = '2025-01-01'\n"), "ends before it begins"),
            (format!("{good}[[rule]]\nbody = ['p']\n"), "rules 1 and 2 hold at the same time"),
        ] {
            let problem = problem(&text);
            assert!(problem.contains(said) && problem.contains("publishers/tide.toml"), "{said}: {problem}");
        }
    }
}
