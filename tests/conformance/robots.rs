//! robots.txt: Google's, Protego's and reppy's cases, and what Google's parser
//! decides on the files of 2,544 sites.

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::Value;
use tapecheck::fetch::Robots;

use super::{base64, cases, rows, text};

/// Cases of a file that agree, and all; those that differ are printed.
fn agreeing(file: &str) -> Option<(usize, usize)> {
    let rows = rows(&cases("robots")?.join(file));
    let mut same = 0;
    for row in &rows {
        let body = base64(text(row, "robots_b64"));
        let decision = Robots::parse(&body, text(row, "user_agent")).decide(text(row, "url"));
        if row.get("allowed").and_then(Value::as_bool) == Some(decision.allowed) {
            same += 1;
        } else {
            eprintln!("differs: {file} {} {} {decision:?}", text(row, "case"), text(row, "url"));
        }
    }
    eprintln!("robots: {same} of {} cases of {file} agree", rows.len());
    Some((same, rows.len()))
}

/// A case of our own.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    rules: String,
    agent: String,
    may: Vec<String>,
    may_not: Vec<String>,
}

/// What the RFC and Google's cases are about, each in cases of our own.
#[test]
fn all_that_the_rfc_names() {
    #[derive(serde::Deserialize)]
    struct Cases {
        case: Vec<Case>,
    }
    let cases: Cases = toml::from_str(include_str!("robots.toml")).expect("the cases are of their form");
    let (mut all, mut wrong) = (0, Vec::new());
    for case in &cases.case {
        let robots = Robots::parse(case.rules.as_bytes(), &case.agent);
        let urls = case.may.iter().map(|u| (u, true)).chain(case.may_not.iter().map(|u| (u, false)));
        for (url, want) in urls {
            all += 1;
            let got = robots.decide(url);
            if got.allowed != want {
                wrong.push(format!("{}: {url:?} should be {want}: {got:?}", case.about));
            }
        }
    }
    eprintln!("robots: {} of {all} own decisions agree", all - wrong.len());
    assert!(wrong.is_empty() && all >= 200, "{all}\n{}", wrong.join("\n"));
}

/// Cases that are clearer in code: agent, rules, address, whether it may be
/// fetched.
#[test]
fn own_cases() {
    let long = "a".repeat(16_652);
    let cut = format!("user-agent: bot\ndisallow: /x/{long}/end\n");
    let cases: &[(&str, &str, &str, bool)] = &[
        ("bot", "", "/a", true),
        ("", "user-agent: bot\ndisallow: /\n", "/a", true),
        ("bot", "user-agent: bot\ndisallow: /\n", "", false),
        // Lines: with colon, without, of other names.
        ("bot", "user-agent bot\ndisallow /\n", "/a", false),
        ("bot", "who: bot\nno: /\n", "/a", true),
        ("bot", "USER-AGENT: BOT\nDISALLOW: /\n", "/a", false),
        ("bot", "user-agent : bot \n disallow : / \n", "/a", false),
        // Groups.
        ("bot", "user-agent: a\nuser-agent: bot\ndisallow: /x\n", "/x", false),
        ("bot", "user-agent: a\ndisallow: /x\nuser-agent: bot\ndisallow: /y\n", "/x", true),
        ("bot", "user-agent: bot\nother: z\nuser-agent: a\ndisallow: /x\n", "/x", false),
        ("bot", "user-agent: *\ndisallow: /\nuser-agent: bot\nallow: /\n", "/x", true),
        ("bot", "user-agent: bot\ndisallow:\nuser-agent: *\ndisallow: /\n", "/x", true),
        ("else", "user-agent: *\nallow: /\nuser-agent: bot\ndisallow: /\n", "/x", true),
        ("bot", "user-agent: bot/2.1 (x)\ndisallow: /x\n", "/x", false),
        ("bot/2.1", "user-agent: bot\ndisallow: /x\n", "/x", false),
        ("bot", "user-agent: robot\ndisallow: /x\n", "/x", true),
        // Paths are told by case; the longest rule counts.
        ("bot", "user-agent: bot\ndisallow: /X/\n", "/x/a", true),
        ("bot", "user-agent: bot\ndisallow: /x/page\nallow: /x/\n", "/x/page", false),
        ("bot", "user-agent: bot\nallow: /x/page\ndisallow: /x/\n", "/x/page", true),
        ("bot", "user-agent: bot\ndisallow: /x\nallow: /x/\n", "/x", false),
        ("bot", "user-agent: bot\ndisallow: /x\nallow: /x/\n", "/x/", true),
        ("bot", "user-agent: bot\ndisallow: /\nallow: /\n", "/x", true),
        ("bot", "user-agent: bot\nallow: /x/page.\ndisallow: /*.html\n", "/x/page.html", true),
        // Escapes.
        ("bot", "user-agent: bot\ndisallow: /\nallow: /a?q=http://b?c&d\n", "https://x.example/a?q=http://b?c&d", true),
        ("bot", "user-agent: bot\ndisallow: /\nallow: /ツ\n", "https://x.example/%E3%83%84", true),
        ("bot", "user-agent: bot\ndisallow: /\nallow: /ツ\n", "https://x.example/ツ", false),
        ("bot", "user-agent: bot\ndisallow: /\nallow: /%62c\n", "https://x.example/bc", false),
        ("bot", "user-agent: bot\ndisallow: /\nallow: /%62c\n", "https://x.example/%62c", true),
        ("bot", "user-agent: bot\ndisallow: /\nallow: /~me\n", "https://x.example/%7Eme", true),
        // Special characters.
        ("bot", "user-agent: bot\ndisallow: /a/b/c\nallow: /a/*/c\n", "/a/b/c", true),
        ("bot", "user-agent: bot\ndisallow: /a/bb/c\nallow: /a/*/c\n", "/a/bb/c", false),
        ("bot", "user-agent: bot\ndisallow: /a/b$\n", "/a/b", false),
        ("bot", "user-agent: bot\ndisallow: /a/b$\n", "/a/b/", true),
        ("bot", "user-agent: bot\ndisallow: /a/b$c\n", "/a/b$cd", false),
        ("bot", "user-agent: bot\n# disallow: /\ndisallow: /a#b\n", "/a", false),
        ("bot", "user-agent: bot\ndisallow: /*?\n", "/a?b", false),
        ("bot", "user-agent: bot\ndisallow: /*?\n", "https://x.example;p?q", false),
        // Lines are cut where they are too long: nothing else is forbidden.
        ("bot", &cut, "/fux", true),
    ];
    for (agent, robots, url, want) in cases {
        let decision = Robots::parse(robots.as_bytes(), agent).decide(url);
        assert_eq!(decision.allowed, *want, "{agent} {robots:?} {url} {decision:?}");
    }
    // What is left of the line still forbids.
    assert!(!Robots::parse(cut.as_bytes(), "bot").decide(&format!("/x/{long}/other")).allowed);
}

#[test]
fn all_of_googles_cases() {
    if let Some((same, all)) = agreeing("google_robotstxt.jsonl") {
        assert_eq!(same, all);
        assert!(all > 0);
    }
}

/// These follow other conventions where the RFC says otherwise, so not all
/// must agree.
#[test]
fn most_of_other_parsers_cases() {
    for file in ["scrapy_protego.jsonl", "seomoz_reppy.jsonl"] {
        if let Some((same, all)) = agreeing(file) {
            assert!(same * 100 >= all * 85, "{file}: {same} of {all}");
        }
    }
}

#[test]
fn decisions_on_real_files() {
    let Some(folder) = cases("robots") else { return };
    let bodies: HashMap<String, Vec<u8>> = rows(&folder.join("realworld_bodies.jsonl.gz"))
        .iter()
        .map(|b| (text(b, "host").to_string(), base64(text(b, "robots_b64"))))
        .collect();
    let oracle = rows(&folder.join("realworld_google_oracle.jsonl.gz"));
    let mut parsed: HashMap<(&str, &str), Robots> = HashMap::new();
    let (mut same, mut all, mut wrongly) = (0u32, 0u32, 0u32);
    for row in &oracle {
        let (host, agent, url) = (text(row, "host"), text(row, "user_agent"), text(row, "url"));
        let Some(body) = bodies.get(host) else { continue };
        let robots = parsed.entry((host, agent)).or_insert_with(|| Robots::parse(body, agent));
        let want = row.get("allowed").and_then(Value::as_bool) == Some(true);
        let got = robots.decide(url);
        all += 1;
        same += u32::from(got.allowed == want);
        if got.allowed != want {
            eprintln!("differs: {host} {agent} {url}: Google says {want}, we {got:?}");
            wrongly += u32::from(got.allowed);
        }
    }
    eprintln!("robots: {same} of {all} real decisions agree, {wrongly} wrongly allowed");
    assert_eq!(all, 71_520);
    // All that differ ask for /robots.txt itself, which the RFC always allows.
    assert!(same >= 71_513, "{same}");
    assert!(wrongly <= 7, "{wrongly}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_body_is_read(body in proptest::collection::vec(any::<u8>(), 0..2000), url in ".{0,80}", agent in ".{0,20}") {
        let robots = Robots::parse(&body, &agent);
        robots.decide(&url);
    }

    #[test]
    fn anything_like_robots_is_read(
        lines in proptest::collection::vec(
            ("(?i)(user-agent|disallow|allow|sitemap|crawl-delay|dissallow)?[: ]?", "[*/$%a-c#?=é\u{0}-]{0,12}", "(\r|\n|\r\n)"), 0..40),
        url in "(https?://)?(x\\.example)?[/?;#a-c%*$é]{0,20}",
    ) {
        let body: String = lines.iter().map(|(key, value, end)| format!("{key}{value}{end}")).collect();
        let robots = Robots::parse(body.as_bytes(), "a");
        let decision = robots.decide(&url);
        // What decided stands on the line named.
        if let Some((rule, line)) = decision.rule {
            let there: Vec<&str> = body.split('\n').flat_map(|l| l.strip_suffix('\r').unwrap_or(l).split('\r')).collect();
            prop_assert_eq!(there[line - 1].trim(), rule.as_str());
        }
    }
}
