//! How is it found? tantivy schema, writer, search, query language.
//!
//! One index holds claims, rotations and documents, told apart by the field
//! `record`. It can always be rebuilt from the store.

mod dates;
mod entries;
mod error;
mod fields;
mod nearest;
pub mod query;
mod search;
mod words;
mod writer;

pub use error::IndexError;
pub use nearest::nearest;
pub use query::{QueryError, Scope};
pub use search::{Answer, FACETS, Hit, Question, Sort};
pub use words::places_of;
pub use writer::{Prepared, SearchIndex, Writer};
