//! How do the rooms work together, in parallel and resumable?

mod batch;
mod process;
mod tally;

pub use batch::{Batch, ordered};
pub use process::{Processed, process};
pub use tally::Tally;
