//! How is it found? tantivy schema, writer, query language.

mod nearest;

pub use nearest::nearest;
