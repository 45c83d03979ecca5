//! Ctrl-C: the first asks the work to end cleanly, the second ends it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::exit::Exit;

static STOPPED: AtomicBool = AtomicBool::new(false);

/// Whether Ctrl-C was pressed.
pub fn stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

/// The flag itself, for work that asks it often.
pub fn flag() -> &'static AtomicBool {
    &STOPPED
}

/// Listens in a thread of its own.
pub fn listen() {
    thread::spawn(|| {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_err() {
                return;
            }
            STOPPED.store(true, Ordering::Relaxed);
            eprintln!("tapecheck: stopping; press Ctrl-C again to stop at once");
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(i32::from(Exit::Interrupted.code()));
            }
        });
    });
}
