//! Binding: what each figure says, sentence by sentence, with what the
//! document has said before.

mod again;
mod against;
mod baseline;
mod bound;
mod carry;
mod clause;
mod described;
mod echo;
mod flow;
mod foresight;
mod governing;
mod head;
mod implied;
mod indicator;
mod memory;
mod metric;
mod movement;
mod nearby;
mod nouns;
mod parallel;
mod prices;
mod resolve;
mod respectively;
mod saying;
mod scene;
mod source;
mod status;
mod subject;
mod table;
mod takings;
mod thread;
mod verbs;
mod way;
mod what;
mod when;

pub(crate) use bound::Bound;
pub(crate) use clause::{BREAKS, LINKS};
pub(crate) use echo::measure_named;
pub(crate) use memory::Memory;
pub(crate) use resolve::resolve;
pub(crate) use scene::{Name, Scene, Shared, dominant, names};
pub(crate) use table::Table;
pub(crate) use thread::may_open;
pub(crate) use verbs::VERBS;
pub(crate) use when::period as period_of;
