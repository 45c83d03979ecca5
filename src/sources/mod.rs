//! Where is news? Local files and folders, JSON Lines, feeds, sitemaps → items
//! to read.

mod error;
mod file;
mod item;
mod jsonl;
mod walk;

pub use error::SourceError;
pub use file::{Limits, read_file, read_stdin, sidecar_of};
pub use item::{Form, Item, Known};
pub use jsonl::{Line, Lines, item_of_line};
pub use walk::{Entry, Input, Inputs, inputs};
