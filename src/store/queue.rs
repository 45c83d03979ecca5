//! How the queue of addresses changes: planned, settled.

use rusqlite::{OptionalExtension, Transaction, params};

use super::frontier::{Planned, Queued, Settled};

/// Keeps what became of an address.
pub(super) fn settle(tx: &Transaction<'_>, settled: &Settled, now: i64) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE frontier SET state = ?2, reason = ?3, status = ?4, attempts = ?5, due = ?6, pace = ?7, asked = ?8
         WHERE id = ?1",
    )?
    .execute(params![
        settled.id,
        settled.state.as_str(),
        settled.reason,
        settled.status,
        settled.attempts,
        settled.due,
        settled.pace,
        now
    ])?;
    if let Some(capture) = &settled.capture {
        tx.prepare_cached("UPDATE frontier SET key = ?2, etag = ?3, modified = ?4 WHERE id = ?1")?.execute(params![
            settled.id,
            capture.key,
            capture.etag,
            capture.modified
        ])?;
    }
    Ok(())
}

/// Queues a planned address, or says why it is there already; `sources` are those
/// of the crawl: an address that waits for another crawl's source is taken over.
pub(super) fn plan(tx: &Transaction<'_>, planned: &Planned, sources: &[String], now: i64) -> rusqlite::Result<Queued> {
    let there: Option<(i64, String, i64, String)> = tx
        .prepare_cached("SELECT id, state, due, source FROM frontier WHERE url = ?1")?
        .query_row([&planned.url], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?;
    let Planned { url, host, source, kind, priority, depth, known, .. } = planned;
    let Some((id, state, due, of)) = there else {
        tx.prepare_cached(
            "INSERT INTO frontier(url, host, source, kind, state, priority, depth, attempts, due, pace, known)
             VALUES (?1, ?2, ?3, ?4, 'queued', ?5, ?6, 0, 0, 0, ?7)",
        )?
        .execute(params![url, host, source, kind, priority, depth, known])?;
        return Ok(Queued::New);
    };
    let foreign = !sources.is_empty() && !sources.contains(&of);
    let open = state == "archived" || state == "queued" && !foreign;
    let retry = state == "waiting" && !planned.now;
    if retry && foreign {
        tx.prepare_cached("UPDATE frontier SET source = ?2 WHERE id = ?1")?.execute(params![id, source])?;
    }
    let early = !planned.now && due > now && state != "queued";
    if open && !planned.now || retry || early || state == "archived" {
        return Ok(Queued::Known);
    }
    tx.prepare_cached(
        "UPDATE frontier SET state = 'queued', attempts = 0, priority = max(priority, ?2), depth = min(depth, ?3),
             source = ?4, kind = ?5 WHERE id = ?1",
    )?
    .execute(params![id, priority, depth, source, kind])?;
    Ok(Queued::Again)
}
