//! robots.txt by RFC 9309: the longest matching rule wins, allow wins ties;
//! where the RFC is silent, as Google's parser does it.

/// Bytes of a robots.txt that are read.
const LARGEST: usize = 500 << 10;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// Percent-encoded in one way; `*` and a final `$` keep their meaning.
    pattern: String,
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

    /// Reads the rules for `agent`.
    pub fn parse(body: &[u8], agent: &str) -> Self {
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let text = String::from_utf8_lossy(&body[..body.len().min(LARGEST)]);
        let agent = product(agent);
        let mut sitemaps = Vec::new();
        let (mut own, mut any) = (Group::default(), Group::default());
        let (mut for_own, mut for_any) = (false, false);
        let mut in_agents = false;
        let mut own_seen = false;
        for (number, line) in (1..).zip(text.split('\n').flat_map(|l| l.strip_suffix('\r').unwrap_or(l).split('\r'))) {
            let Some((key, value)) = key_value(line) else { continue };
            match key {
                Key::Agent => {
                    if !in_agents {
                        (for_own, for_any) = (false, false);
                    }
                    in_agents = true;
                    let star = value == "*" || value.starts_with("* ") || value.starts_with("*\t");
                    let named = !star && !product(value).is_empty() && product(value).eq_ignore_ascii_case(agent);
                    for_own |= named;
                    own_seen |= named;
                    for_any |= star;
                }
                Key::Allow | Key::Disallow => {
                    in_agents = false;
                    // An empty rule matches nothing.
                    if value.is_empty() {
                        continue;
                    }
                    let rule = Rule {
                        allow: key == Key::Allow,
                        pattern: normal(value),
                        line: number,
                        text: line.trim().to_string(),
                    };
                    if for_own {
                        own.rules.push(rule.clone());
                    }
                    if for_any {
                        any.rules.push(rule);
                    }
                }
                Key::Delay => {
                    let delay = value.parse().ok().filter(|d: &f64| d.is_finite() && *d >= 0.0);
                    if for_own {
                        own.delay = own.delay.or(delay);
                    }
                    if for_any {
                        any.delay = any.delay.or(delay);
                    }
                }
                Key::Sitemap => sitemaps.push(value.to_string()),
            }
        }
        let group = if own_seen { own } else { any };
        Self { rules: group.rules, closed: false, crawl_delay: group.delay, sitemaps }
    }

    /// Whether the address (or path) may be fetched.
    pub fn decide(&self, url: &str) -> Decision {
        let path = path_of(url);
        if self.closed {
            return Decision { allowed: path == "/robots.txt", rule: None };
        }
        let mut best: Option<&Rule> = None;
        for rule in self.rules.iter().filter(|r| matches(&r.pattern, &path)) {
            let better = best.is_none_or(|b| {
                rule.pattern.len() > b.pattern.len()
                    || (rule.pattern.len() == b.pattern.len() && rule.allow && !b.allow)
            });
            if better {
                best = Some(rule);
            }
        }
        match best {
            None => Decision { allowed: true, rule: None },
            Some(rule) => {
                Decision { allowed: rule.allow || path == "/robots.txt", rule: Some((rule.text.clone(), rule.line)) }
            }
        }
    }
}

#[derive(Default)]
struct Group {
    rules: Vec<Rule>,
    delay: Option<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Agent,
    Allow,
    Disallow,
    Delay,
    Sitemap,
}

/// Key and value of a line, comments off; common misspellings are understood.
fn key_value(line: &str) -> Option<(Key, &str)> {
    let line = line.split('#').next().unwrap_or("").trim_matches([' ', '\t', '\0', '\u{b}', '\u{c}']);
    let (key, value) = match line.split_once(':') {
        Some(parts) => parts,
        // "disallow /x": two words without a colon.
        None => {
            let parts = line.split_once([' ', '\t'])?;
            if parts.1.trim().contains([' ', '\t']) {
                return None;
            }
            parts
        }
    };
    let key = match key.trim().to_ascii_lowercase().as_str() {
        "user-agent" | "useragent" | "user agent" => Key::Agent,
        "allow" => Key::Allow,
        "disallow" | "dissallow" | "dissalow" | "disalow" | "diasllow" | "disallaw" => Key::Disallow,
        "crawl-delay" | "crawldelay" => Key::Delay,
        "sitemap" | "site-map" => Key::Sitemap,
        _ => return None,
    };
    Some((key, value.trim()))
}

/// The product token of an agent: letters, `-` and `_` before anything else.
fn product(agent: &str) -> &str {
    let agent = agent.trim();
    let end = agent.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')).unwrap_or(agent.len());
    &agent[..end]
}

/// Path and query of an address; `/` where there is none.
fn path_of(url: &str) -> String {
    let rest = match url.find("//") {
        Some(at) if url[..at].is_empty() || (url[..at].ends_with(':') && !url[..at].contains('/')) => &url[at + 2..],
        _ if url.starts_with('/') => return normal(url.split('#').next().unwrap_or("/")),
        _ => url,
    };
    let rest = rest.split('#').next().unwrap_or("");
    match rest.find(['/', '?', ';']) {
        Some(at) if rest[at..].starts_with('/') => normal(&rest[at..]),
        Some(at) => normal(&format!("/{}", &rest[at..])),
        None => "/".to_string(),
    }
}

/// One spelling of percent-encoding: escapes in capitals, other bytes beyond
/// ASCII escaped, plain characters not.
fn normal(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        let escape =
            (b == b'%').then(|| bytes.get(i + 1..i + 3)).flatten().filter(|h| h.iter().all(u8::is_ascii_hexdigit));
        match escape {
            Some(hex) => {
                let value = u8::from_str_radix(&String::from_utf8_lossy(hex), 16).unwrap_or(b'%');
                // Letters, digits and -._~ mean the same escaped or not.
                if value.is_ascii_alphanumeric() || b"-._~".contains(&value) {
                    out.push(char::from(value));
                } else {
                    out.push_str(&format!("%{value:02X}"));
                }
                i += 3;
            }
            None if b.is_ascii() => {
                out.push(char::from(b));
                i += 1;
            }
            None => {
                out.push_str(&format!("%{b:02X}"));
                i += 1;
            }
        }
    }
    out
}

/// Whether a pattern matches the beginning of a path: `*` is any run, a final
/// `$` the end. All reachable ends are kept, so no pattern is slow.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let path = path.as_bytes();
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or("").as_bytes();
    if !path.starts_with(first) {
        return false;
    }
    let mut at = first.len();
    let rest: Vec<&[u8]> = pieces.map(str::as_bytes).collect();
    for (i, piece) in rest.iter().enumerate() {
        if anchored && i + 1 == rest.len() {
            // The last piece must stand at the end.
            return path.len() >= at + piece.len() && path.ends_with(piece);
        }
        match find(&path[at..], piece) {
            Some(found) => at += found + piece.len(),
            None => return false,
        }
    }
    !anchored || at == path.len()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    haystack.windows(needle.len()).position(|w| w == needle)
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

    /// Agreement with other programs' cases, where the folder of cases is there.
    #[test]
    fn agrees_with_the_cases_of_others() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/crawl/robots");
        let Ok(text) = std::fs::read_to_string(folder.join("google_robotstxt.jsonl")) else {
            eprintln!("skipped: {} is not there", folder.display());
            return;
        };
        let more = ["scrapy_protego.jsonl", "seomoz_reppy.jsonl"]
            .map(|f| std::fs::read_to_string(folder.join(f)).unwrap_or_default());
        let (mut same, mut all) = (0, 0);
        for line in text.lines().chain(more.iter().flat_map(|t| t.lines())) {
            let Ok(case) = serde_json::from_str::<serde_json::Value>(line.trim_matches(['\0', ' '])) else { continue };
            let field = |name: &str| case.get(name).and_then(|v| v.as_str()).unwrap_or("");
            let robots = Robots::parse(&base64(field("robots_b64")), field("user_agent"));
            let want = case.get("allowed").and_then(serde_json::Value::as_bool);
            all += 1;
            if Some(robots.decide(field("url")).allowed) == want {
                same += 1;
            } else if field("source") == "google/robotstxt" {
                eprintln!(
                    "differs: {} {} {}\n{}",
                    field("case"),
                    field("user_agent"),
                    field("url"),
                    String::from_utf8_lossy(&base64(field("robots_b64")))
                );
            }
        }
        eprintln!("robots: {same} of {all} cases agree");
        assert!(same * 100 >= all * 90, "{same} of {all}");
    }

    /// Agreement with Google's parser on real files, where they are there.
    #[test]
    fn agrees_with_googles_parser_on_real_files() {
        use std::io::Read;
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/crawl/robots");
        let read = |name: &str| {
            let file = std::fs::File::open(folder.join(name)).ok()?;
            let mut text = String::new();
            flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).ok().map(|_| text)
        };
        let (Some(bodies), Some(oracle)) =
            (read("realworld_bodies.jsonl.gz"), read("realworld_google_oracle.jsonl.gz"))
        else {
            eprintln!("skipped: {} is not there", folder.display());
            return;
        };
        let values = |text: &str| -> Vec<serde_json::Value> {
            text.lines().filter_map(|l| serde_json::from_str(l).ok()).collect()
        };
        let field =
            |case: &serde_json::Value, name: &str| case.get(name).and_then(|v| v.as_str()).unwrap_or("").to_string();
        let bodies: std::collections::HashMap<String, Vec<u8>> =
            values(&bodies).iter().map(|b| (field(b, "host"), base64(&field(b, "robots_b64")))).collect();
        let mut parsed: std::collections::HashMap<(String, String), Robots> = std::collections::HashMap::new();
        let (mut same, mut all, mut wrongly) = (0u32, 0u32, 0u32);
        for case in values(&oracle) {
            let (host, agent, url) = (field(&case, "host"), field(&case, "user_agent"), field(&case, "url"));
            let Some(body) = bodies.get(&host) else { continue };
            let robots = parsed.entry((host, agent.clone())).or_insert_with(|| Robots::parse(body, &agent));
            let want = case.get("allowed").and_then(serde_json::Value::as_bool) == Some(true);
            let got = robots.decide(&url).allowed;
            all += 1;
            same += u32::from(got == want);
            wrongly += u32::from(got && !want);
            if got != want && all - same < 12 {
                eprintln!(
                    "differs: {} {agent} {url} google says {want}, we {:?}",
                    field(&case, "host"),
                    robots.decide(&url)
                );
            }
        }
        eprintln!("robots: {same} of {all} real decisions agree, {wrongly} wrongly allowed");
        assert!(f64::from(same) >= f64::from(all) * 0.998, "{same} of {all}");
    }

    fn base64(text: &str) -> Vec<u8> {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = Vec::new();
        let (mut bits, mut count) = (0u32, 0);
        for b in text.bytes() {
            let Some(value) = LETTERS.iter().position(|l| *l == b) else { continue };
            bits = bits << 6 | value as u32;
            count += 6;
            if count >= 8 {
                count -= 8;
                out.push((bits >> count) as u8);
                bits &= (1 << count) - 1;
            }
        }
        out
    }
}
