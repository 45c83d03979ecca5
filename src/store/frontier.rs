//! The frontier: every address that is to be asked, was asked, or is not to be
//! asked, and why. A request in flight stands here as queued, so that nothing
//! is lost when the program is killed.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::error::{Doing, StoreError};
use super::queue::{plan, settle};
use super::read::PageRef;
use super::{Store, write};

/// State of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// To be asked.
    Queued,
    /// To be asked when its time has come: a retry, or a list that is read again.
    Waiting,
    /// Archived, but not yet read.
    Archived,
    /// Asked and read.
    Done,
    /// Asked in vain; not asked again before its time.
    Failed,
    /// Not to be asked.
    Skipped,
}

impl State {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Waiting => "waiting",
            Self::Archived => "archived",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// An address to be put into the frontier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// The address, in its normal form.
    pub url: String,
    /// Host and port.
    pub host: String,
    /// Name of the source that led to it; empty for the command line.
    pub source: String,
    /// What is expected there: a list's kind, or `page`.
    pub kind: String,
    /// Larger ones first.
    pub priority: i64,
    /// Steps from the source.
    pub depth: u32,
    /// What is known of it, as JSON.
    pub known: String,
    /// To be asked even if it was asked lately.
    pub now: bool,
}

/// What became of a planned address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It was not known.
    New,
    /// It was asked before and is to be asked again.
    Again,
    /// It is in the frontier, and not due.
    Known,
}

/// An address to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Its number.
    pub id: i64,
    /// The address.
    pub url: String,
    /// Host and port.
    pub host: String,
    /// Name of its source.
    pub source: String,
    /// What is expected there.
    pub kind: String,
    /// Steps from the source.
    pub depth: u32,
    /// Failed tries in a row.
    pub attempts: u32,
    /// What is known of it, as JSON.
    pub known: String,
    /// `ETag` of the last capture.
    pub etag: Option<String>,
    /// `Last-Modified` of the last capture.
    pub modified: Option<String>,
    /// The last capture.
    pub key: Option<String>,
    /// Seconds between two askings.
    pub pace: i64,
    /// When it may be asked again, in Unix seconds.
    pub due: i64,
    /// Status of the last answer; 0 for none.
    pub status: u16,
}

/// What became of an address that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Its number.
    pub id: i64,
    /// Its state now.
    pub state: State,
    /// Why, where it was not read.
    pub reason: Option<String>,
    /// Status of the answer; 0 for none.
    pub status: u16,
    /// Failed tries in a row.
    pub attempts: u32,
    /// When it may be asked again, in Unix seconds.
    pub due: i64,
    /// Seconds between two askings.
    pub pace: i64,
    /// The capture, with what the server gave to ask for changes.
    pub capture: Option<Captured>,
}

/// What the frontier keeps of a capture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    /// Its key.
    pub key: String,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// What is written together: whole or not at all.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Captures in the archive: key, address, place.
    pub pages: Vec<(String, String, PageRef)>,
    /// Addresses that were asked.
    pub settled: Vec<Settled>,
    /// Addresses found.
    pub planned: Vec<Planned>,
    /// Hosts that are left in peace until a time in Unix seconds, and why.
    pub pauses: Vec<(String, i64, String)>,
    /// Sources of the crawl: what others left in the queue and is found again
    /// belongs to it from now on. With none, all belong to it.
    pub sources: Vec<String>,
}

impl Step {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.settled.is_empty() && self.planned.is_empty() && self.pauses.is_empty()
    }
}

const FIELDS: &str =
    "id, url, host, source, kind, depth, attempts, known, etag, modified, key, pace, due, coalesce(status, 0)";

fn target(row: &Row<'_>) -> rusqlite::Result<Target> {
    Ok(Target {
        id: row.get(0)?,
        url: row.get(1)?,
        host: row.get(2)?,
        source: row.get(3)?,
        kind: row.get(4)?,
        depth: row.get(5)?,
        attempts: row.get(6)?,
        known: row.get(7)?,
        etag: row.get(8)?,
        modified: row.get(9)?,
        key: row.get(10)?,
        pace: row.get(11)?,
        due: row.get(12)?,
        status: row.get(13)?,
    })
}

impl Store {
    /// Writes a step; says of each planned address what became of it.
    ///
    /// # Errors
    /// When the store cannot be written; then nothing of the step is.
    pub fn advance(&mut self, step: &Step, now: i64) -> Result<Vec<Queued>, StoreError> {
        self.advance_with(step, now, &mut [], "").map(|(queued, _)| queued)
    }

    /// Writes a step together with the documents that were read, as
    /// [`Store::put`] does.
    ///
    /// # Errors
    /// When the store cannot be written; then nothing of it is.
    pub fn advance_with(
        &mut self,
        step: &Step,
        now: i64,
        entries: &mut [write::Entry],
        extractor: &str,
    ) -> Result<(Vec<Queued>, Vec<write::Outcome>), StoreError> {
        let path = self.path.clone();
        let work = |tx: &Transaction<'_>| -> rusqlite::Result<Vec<Queued>> {
            for (key, uri, page) in &step.pages {
                write::put_page(tx, key, uri, page)?;
            }
            for settled in &step.settled {
                settle(tx, settled, now)?;
            }
            for (host, until, cause) in &step.pauses {
                tx.prepare_cached("INSERT OR REPLACE INTO hosts(host, paused_until, cause) VALUES (?1, ?2, ?3)")?
                    .execute(params![host, until, cause])?;
            }
            step.planned.iter().map(|p| plan(tx, p, &step.sources, now)).collect()
        };
        let tx = self.db.transaction().doing(&path)?;
        let outcomes = write::put_all(&tx, entries, extractor, &path)?;
        let queued = work(&tx).doing(&path)?;
        tx.commit().doing(&path)?;
        Ok((queued, outcomes))
    }

    /// Hosts with queued addresses of these sources, and how many each has.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn frontier_hosts(&self, sources: &[String]) -> Result<Vec<(String, u64)>, StoreError> {
        let mut query = self
            .db
            .prepare_cached(
                "SELECT host, count(*) FROM frontier
                 WHERE state = 'queued' AND source IN (SELECT value FROM json_each(?1)) GROUP BY host",
            )
            .doing(&self.path)?;
        let rows = query.query_map([json(sources)], |r| Ok((r.get(0)?, r.get::<_, i64>(1)? as u64)));
        rows.doing(&self.path)?.collect::<Result<_, _>>().doing(&self.path)
    }

    /// The next addresses of a host, the most urgent first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn frontier_next(&self, host: &str, sources: &[String], limit: usize) -> Result<Vec<Target>, StoreError> {
        let sql = format!(
            "SELECT {FIELDS} FROM frontier WHERE state = 'queued' AND host = ?1
             AND source IN (SELECT value FROM json_each(?2)) ORDER BY priority DESC, id LIMIT ?3"
        );
        let mut query = self.db.prepare_cached(&sql).doing(&self.path)?;
        let rows = query.query_map(params![host, json(sources), limit as i64], target).doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }

    /// Addresses that are archived but were not read: few, because no more are
    /// read at a time.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn frontier_unread(&self) -> Result<Vec<Target>, StoreError> {
        let sql = format!("SELECT {FIELDS} FROM frontier WHERE state = 'archived' ORDER BY id");
        let mut query = self.db.prepare_cached(&sql).doing(&self.path)?;
        let rows = query.query_map([], target).doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }

    /// Queues what has waited long enough, retries only or all; says for which
    /// hosts. What was asked in what is now the future is due as well: the
    /// clock was put back.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn frontier_ripen(&mut self, now: i64, lists: bool) -> Result<Vec<String>, StoreError> {
        let mut query = self
            .db
            .prepare_cached(
                "UPDATE frontier SET state = 'queued' WHERE state = 'waiting' AND (due <= ?1 OR asked > ?1 + 3600)
                 AND (?2 OR attempts > 0) RETURNING host",
            )
            .doing(&self.path)?;
        let rows = query.query_map(params![now, lists], |r| r.get::<_, String>(0)).doing(&self.path)?;
        let mut hosts: Vec<String> = rows.collect::<Result<_, _>>().doing(&self.path)?;
        hosts.sort();
        hosts.dedup();
        Ok(hosts)
    }

    /// When the next waiting address of these sources is due, retries only or all.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn frontier_due(&self, sources: &[String], lists: bool) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT min(due) FROM frontier WHERE state = 'waiting' AND (?2 OR attempts > 0)
                   AND source IN (SELECT value FROM json_each(?1))";
        self.db.query_row(sql, params![json(sources), lists], |r| r.get(0)).doing(&self.path)
    }

    /// The address asked for, if it stands in the frontier and was not read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn frontier_open(&self, url: &str) -> Result<Option<Target>, StoreError> {
        let sql = format!("SELECT {FIELDS} FROM frontier WHERE url = ?1 AND state IN ('queued', 'waiting')");
        self.db.query_row(&sql, [url], target).optional().doing(&self.path)
    }

    /// Sources, other than these, with addresses that are still to be asked,
    /// and how many each has.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn frontier_left(&self, sources: &[String]) -> Result<Vec<(String, u64)>, StoreError> {
        let sql = "SELECT source, count(*) FROM frontier WHERE (state = 'queued' OR state = 'waiting' AND attempts > 0)
                   AND source NOT IN (SELECT value FROM json_each(?1)) GROUP BY source ORDER BY source";
        let mut query = self.db.prepare_cached(sql).doing(&self.path)?;
        let rows = query.query_map([json(sources)], |r| Ok((r.get(0)?, r.get::<_, i64>(1)? as u64)));
        rows.doing(&self.path)?.collect::<Result<_, _>>().doing(&self.path)
    }

    /// Hosts that are left in peace, until when and why.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn host_pauses(&self, now: i64) -> Result<Vec<(String, i64, String)>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("SELECT host, paused_until, cause FROM hosts WHERE paused_until > ?1")
            .doing(&self.path)?;
        let rows = query.query_map([now], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }

    /// How many addresses stand in each state.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn frontier_counts(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let mut query =
            self.db.prepare("SELECT state, count(*) FROM frontier GROUP BY state ORDER BY state").doing(&self.path)?;
        let rows = query.query_map([], |r| Ok((r.get(0)?, r.get::<_, i64>(1)? as u64))).doing(&self.path)?;
        rows.collect::<Result<_, _>>().doing(&self.path)
    }
}

fn json(sources: &[String]) -> String {
    serde_json::Value::from(sources.to_vec()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::FILE;

    type Test = Result<(), Box<dyn std::error::Error>>;

    fn planned(n: u32, host: &str) -> Planned {
        Planned {
            url: format!("http://{host}/{n}"),
            host: host.into(),
            source: "s".into(),
            kind: "page".into(),
            known: "{}".into(),
            ..Planned::default()
        }
    }

    fn settled(id: i64, state: State, due: i64) -> Settled {
        Settled { id, state, reason: None, status: 200, attempts: 0, due, pace: 60, capture: None }
    }

    #[test]
    fn goes_through_its_states_and_nothing_in_flight_is_lost() -> Test {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join(FILE);
        let mut store = Store::open(&path)?;
        let all = ["s".to_string()];
        let mut step = Step { planned: (0..5).map(|n| planned(n, "a")).collect(), ..Step::default() };
        step.planned.push(Planned { priority: 9, ..planned(7, "b") });
        assert_eq!(store.advance(&step, 100)?, [Queued::New; 6]);
        assert_eq!(store.advance(&step, 100)?, [Queued::Known; 6]);
        // Named by another crawl's source while it waits in the queue: that one's now, and back.
        let other = Planned { source: "t".into(), ..planned(0, "a") };
        let taken = |s: &mut Store, p: Planned| {
            let sources = vec![p.source.clone()];
            s.advance(&Step { planned: vec![p], sources, ..Step::default() }, 100)
        };
        assert_eq!(taken(&mut store, other)?, [Queued::Again]);
        assert_eq!(store.frontier_hosts(&["t".to_string()])?, [("a".to_string(), 1)]);
        assert_eq!(taken(&mut store, planned(0, "a"))?, [Queued::Again]);
        assert_eq!(store.frontier_hosts(&all)?, [("a".to_string(), 5), ("b".to_string(), 1)]);
        assert!(store.frontier_hosts(&["t".to_string()])?.is_empty());
        let next = store.frontier_next("a", &all, 2)?;
        assert_eq!(next.iter().map(|t| t.url.as_str()).collect::<Vec<_>>(), ["http://a/0", "http://a/1"]);
        // Killed here: all are still queued.
        drop(store);
        let mut store = Store::open(&path)?;
        assert_eq!(store.frontier_next("a", &all, 9)?.len(), 5);
        let mut retry = settled(2, State::Waiting, 150);
        retry.attempts = 1;
        let list = settled(3, State::Waiting, 150);
        let done = [settled(1, State::Done, 500), retry, list, settled(4, State::Archived, 0)];
        store.advance(&Step { settled: done.into(), ..Step::default() }, 100)?;
        assert_eq!(store.frontier_next("a", &all, 9)?.len(), 1);
        assert_eq!(store.frontier_unread()?.len(), 1);
        assert_eq!((store.frontier_due(&all, false)?, store.frontier_ripen(149, true)?.len()), (Some(150), 0));
        assert_eq!(store.frontier_ripen(150, false)?, ["a"]);
        assert_eq!((store.frontier_ripen(150, false)?.len(), store.frontier_ripen(150, true)?.len()), (0, 1));
        // Asked again when its time has come, or at once when told so.
        let again = |s: &mut Store, p: Planned, now| s.advance(&Step { planned: vec![p], ..Step::default() }, now);
        assert_eq!(again(&mut store, planned(0, "a"), 499)?, [Queued::Known]);
        assert_eq!(again(&mut store, planned(0, "a"), 500)?, [Queued::Again]);
        store.advance(&Step { settled: vec![settled(1, State::Done, 500)], ..Step::default() }, 100)?;
        assert_eq!(again(&mut store, Planned { now: true, ..planned(0, "a") }, 101)?, [Queued::Again]);
        Ok(())
    }

    #[test]
    fn a_clock_that_jumps_back_holds_nothing_up() -> Test {
        let dir = tempfile::tempdir()?;
        let mut store = Store::open(&dir.path().join(FILE))?;
        let day = 86_400;
        store.advance(&Step { planned: vec![planned(0, "a")], ..Step::default() }, 10 * day)?;
        store
            .advance(&Step { settled: vec![settled(1, State::Waiting, 10 * day + 60)], ..Step::default() }, 10 * day)?;
        assert!(store.frontier_ripen(10 * day + 30, true)?.is_empty());
        assert_eq!(store.frontier_ripen(9 * day, true)?, ["a"]);
        Ok(())
    }

    #[test]
    fn a_hundred_thousand_addresses_are_queued_and_taken() -> Test {
        let dir = tempfile::tempdir()?;
        let mut store = Store::open(&dir.path().join(FILE))?;
        let all = ["s".to_string()];
        for part in 0..20u32 {
            let planned = (0..5000).map(|n| planned(part * 5000 + n, &format!("h{}", n % 50))).collect();
            store.advance(&Step { planned, ..Step::default() }, 1)?;
        }
        let hosts = store.frontier_hosts(&all)?;
        assert_eq!((hosts.len(), hosts.iter().map(|h| h.1).sum::<u64>()), (50, 100_000));
        assert_eq!(store.frontier_next("h7", &all, 32)?.len(), 32);
        Ok(())
    }
}
