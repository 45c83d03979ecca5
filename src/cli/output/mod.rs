//! Output: records as JSON Lines, JSON, CSV, Markdown or a table.

pub mod cells;
mod columns;
pub mod escape;
pub mod hits;
mod record;
mod table;
mod writer;

pub use record::{Record, RecordKind};
pub use table::Look;
pub use writer::Writer;
