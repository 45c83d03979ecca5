//! How do the rooms work together, in parallel and resumable?

mod batch;
mod corpus;
pub mod crawl;
mod error;
mod ingest;
mod process;
mod reprocess;
mod signature;
mod stages;
mod tagged;
mod tally;

pub use batch::{Batch, ordered};
pub use corpus::{Corpus, Indexing};
pub use error::PipelineError;
pub use ingest::{Event, Fetched, Ingest, Report};
pub use process::{Processed, process, read};
pub use reprocess::{Reprocessed, reprocess};
pub use signature::signature;
pub use tagged::{Tagged, tagged};
pub use tally::Tally;

/// The current time, RFC 3339 in UTC, whole seconds.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
