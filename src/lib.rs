//! tapecheck reads market articles and filings, binds every figure to what it
//! says, and makes the claims searchable and checkable.
//!
//! Data flows one way through these rooms; see `ARCHITECTURE.md`.

#![warn(missing_docs)]

pub mod model;

pub mod lexicon;

pub mod sources;

pub mod fetch;

pub mod archive;

pub mod parse;

pub mod extract;

pub mod store;

pub mod index;

pub mod audit;

pub mod pipeline;

pub mod cli;
