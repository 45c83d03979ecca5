//! Where are filings? EDGAR's lists → filings, their documents, company facts.
//!
//! What is asked for ([`Ask`]) leads to lists: an issuer's submissions, indexes
//! of a day or a quarter, the feed of current filings, the full-text search.
//! Each list is read by a file of its own into [`Found`] filings; those that
//! are wanted go on to the filing's index, and that to its documents, chosen
//! by type. Nothing here makes requests.

mod accession;
mod ask;
mod current;
mod facts;
mod filing;
mod folder;
mod found;
mod fulltext;
mod index;
mod listing;
mod places;
mod range;
mod seeds;
mod sort;
mod submissions;
mod tickers;

pub use ask::Ask;
pub use found::Found;
pub use listing::{documents, listing, whole};
pub use places::Places;
pub use sort::{Sort, age};
