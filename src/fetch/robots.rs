//! robots.txt by RFC 9309: the longest matching rule wins, allow wins ties;
//! where the RFC is silent, as Google's parser does it.
//!
//! - Groups for the own name are joined and stand in place of those for all.
//!   Lines that are not understood, `Crawl-delay` and `Sitemap` included, do
//!   not end a group.
//! - `/robots.txt` itself may always be fetched, as the RFC has it.
//! - A missing file (all of 4xx) allows all, a failing server (5xx) nothing.

mod lines;
mod pattern;

use lines::{Key, lines, own_name, product};
use pattern::{Pattern, Target};

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    pattern: Pattern,
    /// The folder whose index page is allowed.
    folder: Option<Pattern>,
    /// Its line, counted from 1.
    line: usize,
    /// As written.
    text: String,
}

/// The rules of one site for one agent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// Nothing may be fetched (the server failed to answer).
    closed: bool,
    /// Seconds between requests, where asked for.
    pub crawl_delay: Option<f64>,
    /// Sitemaps named.
    pub sitemaps: Vec<String>,
}

/// Whether an address may be fetched, and which line says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether it may.
    pub allowed: bool,
    /// The rule as written, and its line; null where no rule matches.
    pub rule: Option<(String, usize)>,
}

impl Robots {
    /// Everything may be fetched: the site has no robots.txt.
    pub fn open() -> Self {
        Self::default()
    }

    /// Nothing may be fetched: the server could not say.
    pub fn closed() -> Self {
        Self { closed: true, ..Self::default() }
    }

    /// By the answer to the request for robots.txt: what is missing allows
    /// all, a failing server allows nothing.
    pub fn of_answer(status: u16, body: &[u8], agent: &str) -> Self {
        match status {
            200..=299 => Self::parse(body, agent),
            400..=499 => Self::open(),
            _ => Self::closed(),
        }
    }

    /// Reads the rules for `agent`, which may be a name or a whole User-Agent.
    pub fn parse(body: &[u8], agent: &str) -> Self {
        let agent = own_name(agent);
        let mut sitemaps = Vec::new();
        let (mut own, mut any) = (Group::default(), Group::default());
        let (mut for_own, mut for_any) = (false, false);
        // Whether the last line of a group was a name.
        let mut named = false;
        let mut own_seen = false;
        for line in lines(body) {
            match line.key {
                Key::Agent => {
                    if !named {
                        (for_own, for_any) = (false, false);
                    }
                    named = true;
                    match line.value {
                        [b'*'] | [b'*', b' ' | b'\t' | 0x0B | 0x0C, ..] => for_any = true,
                        value => {
                            for_own |= agent.is_some_and(|a| a.eq_ignore_ascii_case(product(value)));
                        }
                    }
                    own_seen |= for_own;
                }
                Key::Allow | Key::Disallow => {
                    named = false;
                    // An empty rule matches nothing.
                    if line.value.is_empty() {
                        continue;
                    }
                    let allow = line.key == Key::Allow;
                    let pattern = Pattern::new(line.value);
                    let rule = Rule {
                        allow,
                        folder: Some(&pattern).filter(|_| allow).and_then(Pattern::folder),
                        pattern,
                        line: line.number,
                        text: String::from_utf8_lossy(line.whole).trim().to_string(),
                    };
                    if for_own {
                        own.rules.push(rule.clone());
                    }
                    if for_any {
                        any.rules.push(rule);
                    }
                }
                Key::Delay => {
                    let delay = std::str::from_utf8(line.value).ok().and_then(|v| v.parse().ok());
                    let delay = delay.filter(|d: &f64| d.is_finite() && *d >= 0.0);
                    if for_own {
                        own.delay = own.delay.or(delay);
                    }
                    if for_any {
                        any.delay = any.delay.or(delay);
                    }
                }
                Key::Sitemap if line.value.is_empty() => {}
                Key::Sitemap => sitemaps.push(String::from_utf8_lossy(line.value).into_owned()),
            }
        }
        let group = if own_seen { own } else { any };
        Self { rules: group.rules, closed: false, crawl_delay: group.delay, sitemaps }
    }

    /// Whether the address (or path) may be fetched.
    pub fn decide(&self, url: &str) -> Decision {
        let target = Target::new(url);
        if self.closed {
            return Decision { allowed: target.is_robots(), rule: None };
        }
        let mut best: Option<(&Rule, usize)> = None;
        for rule in &self.rules {
            let Some(weight) = rule.weight(&target) else { continue };
            if best.is_none_or(|(b, most)| weight > most || (weight == most && rule.allow && !b.allow)) {
                best = Some((rule, weight));
            }
        }
        match best {
            None => Decision { allowed: true, rule: None },
            Some((rule, _)) => {
                Decision { allowed: rule.allow || target.is_robots(), rule: Some((rule.text.clone(), rule.line)) }
            }
        }
    }
}

impl Rule {
    /// How much it weighs for this target; nothing where it does not match.
    fn weight(&self, target: &Target) -> Option<usize> {
        if !self.allow {
            return self.pattern.forbids(target).then(|| self.pattern.len());
        }
        if self.pattern.allows(target) {
            return Some(self.pattern.len());
        }
        self.folder.as_ref().filter(|f| f.allows(target)).map(Pattern::len)
    }
}

#[derive(Default)]
struct Group {
    rules: Vec<Rule>,
    delay: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(robots: &str, url: &str) -> bool {
        Robots::parse(robots.as_bytes(), "tapecheck/0.1").decide(url).allowed
    }

    #[test]
    fn the_longest_rule_wins_and_allow_wins_ties() {
        let robots = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /*.gif$\nAllow: /tie\nDisallow: /tie\n";
        assert!(!allowed(robots, "https://x.example/a/c"));
        assert!(allowed(robots, "https://x.example/a/b/c"));
        assert!(!allowed(robots, "https://x.example/img/x.gif"));
        assert!(allowed(robots, "https://x.example/img/x.gif?size=1"));
        assert!(allowed(robots, "/tie"));
        let decision = Robots::parse(robots.as_bytes(), "x").decide("/a/c");
        assert_eq!(decision.rule, Some(("Disallow: /a".to_string(), 2)));
    }

    #[test]
    fn own_group_before_the_common_one_and_groups_are_joined() {
        let robots = "\u{feff}user-agent: other\ndisallow: /\n\nUser-Agent: TAPECHECK/2\nCrawl-delay: 2\nDisallow: /x\r\nfoo: bar\nUser-agent: *\nDisallow: /y\n\nuser-agent: tapecheck\ndisallow: /z";
        assert!(!allowed(robots, "/x") && allowed(robots, "/y") && !allowed(robots, "/z"));
        assert_eq!(Robots::parse(robots.as_bytes(), "tapecheck").crawl_delay, Some(2.0));
    }

    #[test]
    fn spellings_of_a_path_are_one() {
        assert!(!allowed("user-agent: *\ndisallow: /caf%c3%a9", "https://x.example/caf\u{e9}"));
        assert!(!allowed("user-agent: *\ndisallow: /%61b", "https://x.example/ab"));
        assert!(allowed("user-agent: *\ndisallow:", "https://x.example/"));
        assert!(
            allowed("user-agent: *\ndisallow: /$", "https://x.example/a")
                && !allowed("user-agent: *\ndisallow: /$", "https://x.example")
        );
    }

    #[test]
    fn answers() {
        assert!(Robots::of_answer(404, b"user-agent: *\ndisallow: /", "x").decide("/a").allowed);
        assert!(!Robots::of_answer(503, b"", "x").decide("/a").allowed);
    }

    #[test]
    fn rules_before_any_name_are_for_nobody() {
        assert!(allowed("disallow: /\nuser-agent: *\ndisallow: /x", "/a"));
        // Names without rules between them share what follows, whatever else stands there.
        let robots = "user-agent: tapecheck\ncrawl-delay: 3\nsitemap: https://x.example/s\nuser-agent: b\ndisallow: /x";
        assert!(!allowed(robots, "/x"));
        assert_eq!(Robots::parse(robots.as_bytes(), "tapecheck").sitemaps, ["https://x.example/s"]);
        assert!(!allowed("user-agent: * and others\ndisallow: /x", "/x"));
        assert!(allowed("user-agent: tapechecker\ndisallow: /x", "/x"));
        // A name with a space is none; a group is known by its first word.
        let robots = b"user-agent: *\ndisallow: /\nuser-agent: Tape Check\nallow: /x/\ndisallow: /";
        assert!(Robots::parse(robots, "tape").decide("/x/y").allowed);
        assert!(!Robots::parse(robots, "Tape Check").decide("/x/y").allowed);
    }

    #[test]
    fn who_allows_an_index_page_means_its_folder() {
        let robots = "user-agent: *\nallow: /in/index.html\ndisallow: /";
        assert!(allowed(robots, "/in/") && allowed(robots, "/in/index.html") && !allowed(robots, "/in/x"));
    }

    #[test]
    fn the_file_itself_may_always_be_fetched() {
        assert!(allowed("user-agent: *\ndisallow: /", "https://x.example/robots.txt"));
        assert!(Robots::closed().decide("/robots.txt").allowed);
    }
}
