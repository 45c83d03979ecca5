//! Binding: what each figure says, sentence by sentence, with what the
//! document has said before.

mod bound;
mod clause;
mod memory;
mod metric;
mod resolve;
mod scene;
mod source;
mod status;
mod subject;
mod when;

pub(crate) use bound::Bound;
pub(crate) use memory::Memory;
pub(crate) use resolve::resolve;
pub(crate) use scene::{Name, Scene};
