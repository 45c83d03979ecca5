//! What do we talk about? One noun per file; the serde types carry the names
//! of the public records.

pub mod address;
pub mod charref;
pub mod claim;
pub mod css;
pub mod decimal;
pub mod document;
pub mod entity;
pub mod fact;
pub mod filing;
pub mod layout;
pub mod page;
pub mod publisher;
pub mod rotation;
pub mod segmented;
pub mod span;
mod split;
pub mod submission;
pub mod token;
mod typography;

pub use claim::{Citation, Claim, Direction, Evidence, Kind, Metric, Period, Place, Qualifier, Role, Status};
pub use css::Css;
pub use decimal::Decimal;
pub use document::{ArchiveRef, Document, DocumentKind, PublishedSource, Reference, Section};
pub use entity::{EntityType, Member, Mention, MentionRole, Subject};
pub use fact::{Decimals, Dimension, Fact};
pub use filing::Filing;
pub use layout::{Grid, GridCell, GridRow, Layout};
pub use page::Page;
pub use publisher::{Publisher, Publishers};
pub use rotation::Rotation;
pub use segmented::{Segmented, Sentence, SentenceKind};
pub use span::{CharIndex, Span};
pub use submission::Submission;
pub use token::{Shape, Token, TokenKind, Tokens};
