//! Runs the extractor where it can do no harm: on a thread with a large stack,
//! with a time limit, and with a bound on threads left behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It took longer than the limit.
    Timeout,
    /// It panicked.
    Panic,
    /// Too many earlier pages still run past their limits, or no thread could be started.
    Busy,
}

const RUNNING: u8 = 0;
const DONE: u8 = 1;
const LEFT: u8 = 2;

/// Threads that ran past their limit and have not ended yet.
static LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);

/// At most so many threads may be left behind before pages are refused.
const LEFT_BEHIND_MAX: usize = 8;

/// Ends a job's book-keeping, also when it panics.
struct Ticket(Arc<AtomicU8>);

impl Drop for Ticket {
    fn drop(&mut self) {
        if self.0.swap(DONE, Ordering::AcqRel) == LEFT {
            LEFT_BEHIND.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

/// Runs `job` for at most `limit` on a stack of `stack` bytes.
pub(crate) fn run<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
    stack: usize,
    limit: Duration,
) -> Result<T, Failure> {
    if LEFT_BEHIND.load(Ordering::Acquire) >= LEFT_BEHIND_MAX {
        return Err(Failure::Busy);
    }
    let state = Arc::new(AtomicU8::new(RUNNING));
    let (sender, receiver) = sync_channel(1);
    let ticket = Ticket(Arc::clone(&state));
    let spawned = std::thread::Builder::new().name("parse".into()).stack_size(stack).spawn(move || {
        let _ticket = ticket;
        // Nobody listens any more when the limit has passed.
        let _ = sender.send(job());
    });
    if spawned.is_err() {
        return Err(Failure::Busy);
    }
    match receiver.recv_timeout(limit) {
        Ok(result) => Ok(result),
        Err(RecvTimeoutError::Disconnected) => Err(Failure::Panic),
        Err(RecvTimeoutError::Timeout) => {
            LEFT_BEHIND.fetch_add(1, Ordering::AcqRel);
            if state.compare_exchange(RUNNING, LEFT, Ordering::AcqRel, Ordering::Acquire).is_err() {
                LEFT_BEHIND.fetch_sub(1, Ordering::AcqRel);
            }
            Err(Failure::Timeout)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_panics_and_time_limits() {
        let second = Duration::from_secs(5);
        assert_eq!(run(|| 7, 1 << 20, second), Ok(7));
        assert_eq!(run(|| -> u8 { panic!("on purpose") }, 1 << 20, second), Err(Failure::Panic));
        let slow = || std::thread::sleep(Duration::from_millis(200));
        assert_eq!(run(slow, 1 << 20, Duration::from_millis(5)), Err(Failure::Timeout));
        for _ in 0..500 {
            if LEFT_BEHIND.load(Ordering::Acquire) == 0 {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the thread left behind was never counted out");
    }
}
