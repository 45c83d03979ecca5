//! The `tapecheck` command.

use tapecheck::cli::{Exit, run};

fn main() -> Exit {
    run(std::env::args_os())
}
