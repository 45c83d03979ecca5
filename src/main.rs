//! The `tapecheck` command.

use tapecheck::cli::{Exit, run};

/// Extraction makes many short-lived strings; this allocator takes a fifth off
/// its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Exit {
    run(std::env::args_os())
}
