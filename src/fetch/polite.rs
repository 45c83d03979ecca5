//! Politeness: how soon a host may be asked again. Every outgoing request of
//! the program waits here for its turn; times are those of the monotonic clock.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use super::error::FetchError;

/// How polite to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// Time between two requests to a host.
    pub delay: Duration,
    /// Requests to a host at the same time.
    pub at_once: usize,
    /// A pause longer than this is not waited for.
    pub patience: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self { delay: Duration::from_secs(1), at_once: 2, patience: Duration::from_secs(60) }
    }
}

/// All hosts of the SEC are one: at most ten requests a second in total, so
/// that eleven never fall into the same second.
const SEC: &str = "sec.gov";
const SEC_DELAY: Duration = Duration::from_millis(112);

/// Requests to the SEC within a span that is a little longer than a second,
/// as they are really sent: late ones do not crowd with those after them.
const SEC_MOST: usize = 9;
const SEC_SPAN: Duration = Duration::from_millis(1050);

/// A `Crawl-delay` longer than this is shortened to it.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// Longest pause that a server may ask for.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// Failures in a row after which a host is left in peace.
const FAILURES: u32 = 5;

/// First pause of a host that fails; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_secs(30);

/// Whether the host is one of the SEC's.
fn is_sec(host: &str) -> bool {
    let host = host.split(':').next().unwrap_or(host).trim_end_matches('.');
    host == SEC || host.strip_suffix(SEC).is_some_and(|h| h.ends_with('.'))
}

/// Keeps the time between requests, host by host.
#[derive(Debug)]
pub struct Polite {
    manners: Manners,
    /// Hosts that stand for the SEC's: another place where EDGAR is served.
    stands_in: Vec<String>,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

#[derive(Debug)]
struct Host {
    slots: Arc<Semaphore>,
    clock: Mutex<Clock>,
}

#[derive(Debug)]
struct Clock {
    next: Instant,
    delay: Duration,
    paused: Option<(Instant, String)>,
    /// Failures in a row.
    failures: u32,
    /// Pauses since the last success.
    pauses: u32,
    /// When the last requests were sent, where they are counted.
    sent: VecDeque<Instant>,
}

impl Clock {
    /// How long to wait so that not too many are sent within the span; when
    /// that is over, the request counts as sent.
    fn crowded(&mut self, now: Instant) -> Option<Instant> {
        while self.sent.front().is_some_and(|first| now.duration_since(*first) >= SEC_SPAN) {
            self.sent.pop_front();
        }
        if self.sent.len() >= SEC_MOST {
            return self.sent.front().map(|first| *first + SEC_SPAN);
        }
        self.sent.push_back(now);
        None
    }
}

/// A turn to ask; another one can be taken when it is dropped.
#[derive(Debug)]
pub struct Turn {
    _slot: OwnedSemaphorePermit,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a panicking holder left is a time or a count: still usable.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Polite {
    /// With these manners.
    pub fn new(manners: Manners) -> Self {
        Self { manners, stands_in: Vec::new(), hosts: Mutex::default() }
    }

    /// These hosts (name and port) are served as the SEC's are.
    pub fn with_sec(self, stands_in: Vec<String>) -> Self {
        Self { stands_in, ..self }
    }

    /// Whom a host shares its limit with: itself, but all hosts of the SEC are one.
    pub fn group<'h>(&self, host: &'h str) -> &'h str {
        if self.is_sec(host) { SEC } else { host }
    }

    /// Whether the host is one of the SEC's, or stands for one.
    pub fn is_sec(&self, host: &str) -> bool {
        is_sec(host) || host == SEC || self.stands_in.iter().any(|h| h == host)
    }

    fn host(&self, host: &str) -> Arc<Host> {
        let key = self.group(host);
        let sec = key == SEC;
        let mut hosts = lock(&self.hosts);
        if let Some(host) = hosts.get(key) {
            return Arc::clone(host);
        }
        let delay = if sec { SEC_DELAY } else { self.manners.delay };
        let clock = Clock { next: Instant::now(), delay, paused: None, failures: 0, pauses: 0, sent: VecDeque::new() };
        let slots = Arc::new(Semaphore::new(self.manners.at_once.max(1)));
        let host = Arc::new(Host { slots, clock: Mutex::new(clock) });
        hosts.insert(key.to_string(), Arc::clone(&host));
        host
    }

    /// Asks for no more than one request in `delay` of this host.
    pub fn slow_down(&self, host: &str, delay: Duration) {
        let host = self.host(host);
        let mut clock = lock(&host.clock);
        clock.delay = clock.delay.max(delay.min(LONGEST_DELAY));
    }

    /// Leaves a host in peace for at least `wait`.
    pub fn pause(&self, host: &str, wait: Duration, cause: &str) {
        let host = self.host(host);
        let until = Instant::now() + wait.min(LONGEST_PAUSE);
        let mut clock = lock(&host.clock);
        if clock.paused.as_ref().is_none_or(|(there, _)| *there < until) {
            clock.paused = Some((until, cause.to_string()));
        }
    }

    /// How long a host is left in peace still, and why.
    pub fn paused(&self, host: &str) -> Option<(Duration, String)> {
        let host = self.host(host);
        let clock = lock(&host.clock);
        let (until, cause) = clock.paused.as_ref()?;
        let wait = until.saturating_duration_since(Instant::now());
        (!wait.is_zero()).then(|| (wait, cause.clone()))
    }

    /// Waits for the turn to ask this host.
    ///
    /// # Errors
    /// When the host is left in peace for longer than is waited for.
    pub async fn turn(&self, url: &str, host: &str) -> Result<Turn, FetchError> {
        let counted = self.is_sec(host);
        let host = self.host(host);
        // Fails only when the semaphore is closed, which it never is.
        let slot = Arc::clone(&host.slots).acquire_owned().await;
        let slot = slot.map_err(|_| FetchError::Stopped { url: url.to_string() })?;
        loop {
            let at = {
                let mut clock = lock(&host.clock);
                let now = Instant::now();
                let paused = clock.paused.take_if(|(until, _)| *until > now);
                match paused {
                    Some((until, cause)) => {
                        clock.paused = Some((until, cause.clone()));
                        let wait = until - now;
                        if wait > self.manners.patience {
                            return Err(FetchError::Paused { url: url.to_string(), wait, cause });
                        }
                        Err(until)
                    }
                    None => {
                        clock.paused = None;
                        let at = clock.next.max(now);
                        clock.next = at + clock.delay;
                        Ok(at)
                    }
                }
            };
            match at {
                Ok(at) => {
                    tokio::time::sleep_until(at).await;
                    let crowded = || counted.then(|| lock(&host.clock).crowded(Instant::now())).flatten();
                    while let Some(until) = crowded() {
                        tokio::time::sleep_until(until).await;
                    }
                    // The host may have been paused while this turn was waited for.
                    if lock(&host.clock).paused.as_ref().is_none_or(|(until, _)| *until <= Instant::now()) {
                        return Ok(Turn { _slot: slot });
                    }
                }
                Err(until) => tokio::time::sleep_until(until).await,
            }
        }
    }

    /// Notes that the host answered properly.
    pub fn succeeded(&self, host: &str) {
        let host = self.host(host);
        let mut clock = lock(&host.clock);
        (clock.failures, clock.pauses) = (0, 0);
    }

    /// Notes that the host failed; after some failures in a row it is paused,
    /// each time longer.
    pub fn failed(&self, host: &str, cause: &str) {
        let wait = {
            let host = self.host(host);
            let mut clock = lock(&host.clock);
            clock.failures += 1;
            if clock.failures < FAILURES {
                return;
            }
            clock.failures = 0;
            clock.pauses += 1;
            FIRST_PAUSE.saturating_mul(1 << (clock.pauses - 1).min(6))
        };
        self.pause(host, wait, &format!("{FAILURES} failures in a row, the last: {cause}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manners(delay: u64, patience: u64) -> Manners {
        Manners { delay: Duration::from_millis(delay), at_once: 2, patience: Duration::from_millis(patience) }
    }

    fn run(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime").block_on(test);
    }

    #[test]
    fn requests_to_a_host_keep_their_distance_and_others_do_not_wait() {
        run(async {
            let polite = Polite::new(manners(40, 0));
            let began = Instant::now();
            for _ in 0..4 {
                polite.turn("u", "a.example").await.expect("a turn");
                polite.turn("u", "b.example").await.expect("a turn");
            }
            let took = began.elapsed();
            assert!(took >= Duration::from_millis(120) && took < Duration::from_millis(400), "{took:?}");
            polite.slow_down("b.example", Duration::from_millis(200));
            polite.turn("u", "b.example").await.expect("a turn");
            let began = Instant::now();
            polite.turn("u", "b.example").await.expect("a turn");
            assert!(began.elapsed() >= Duration::from_millis(150));
        });
    }

    #[test]
    fn all_hosts_of_the_sec_share_ten_requests_a_second() {
        let polite = Polite::new(manners(0, 0)).with_sec(vec!["127.0.0.1:8080".into()]);
        let same = ["www.sec.gov", "data.sec.gov:443", "sec.gov", "127.0.0.1:8080"].map(|h| polite.group(h));
        assert_eq!(same, [SEC; 4]);
        assert_eq!([polite.group("notsec.gov"), polite.group("127.0.0.1:80")], ["notsec.gov", "127.0.0.1:80"]);
        run(async {
            let polite = Polite::new(manners(0, 0));
            let began = Instant::now();
            for n in 0..10 {
                polite.turn("u", ["www.sec.gov", "data.sec.gov", "efts.sec.gov"][n % 3]).await.expect("a turn");
            }
            assert!(began.elapsed() >= Duration::from_millis(1000), "{:?}", began.elapsed());
        });
    }

    #[test]
    fn what_is_late_does_not_crowd() {
        run(async {
            let polite = Polite::new(Manners { at_once: 40, ..manners(0, 0) });
            let mut at = Vec::new();
            for n in 0..24 {
                polite.turn("u", "data.sec.gov").await.expect("a turn");
                at.push(Instant::now());
                if n == 3 {
                    // Nothing runs for a while: what waits is late.
                    std::thread::sleep(Duration::from_millis(700));
                }
            }
            for (n, first) in at.iter().enumerate() {
                let within = at[n..].iter().filter(|t| t.duration_since(*first) < Duration::from_secs(1)).count();
                assert!(within <= 10, "{within} from the {n}. on");
            }
        });
    }

    #[test]
    fn a_failing_host_is_left_in_peace_longer_and_longer() {
        run(async {
            let polite = Polite::new(manners(0, 50));
            for _ in 0..4 {
                polite.failed("a.example", "503");
            }
            polite.turn("u", "a.example").await.expect("a turn");
            polite.failed("a.example", "503");
            let refused = polite.turn("u", "a.example").await.expect_err("paused");
            assert!(matches!(&refused, FetchError::Paused { wait, .. } if wait.as_secs() >= 29), "{refused}");
            polite.turn("u", "b.example").await.expect("others go on");
            for _ in 0..5 {
                polite.failed("a.example", "503");
            }
            assert!(polite.paused("a.example").is_some_and(|(wait, _)| wait.as_secs() >= 59));
            polite.pause("c.example", Duration::from_millis(30), "asked for it");
            let began = Instant::now();
            polite.turn("u", "c.example").await.expect("a short pause is waited for");
            assert!(began.elapsed() >= Duration::from_millis(28));
            polite.pause("d.example", Duration::from_secs(400_000_000), "ten years");
            assert!(polite.paused("d.example").is_some_and(|(wait, _)| wait <= LONGEST_PAUSE));
        });
    }
}
