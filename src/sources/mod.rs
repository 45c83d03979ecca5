//! Where is news? Declared sources, local files and folders, JSON Lines, WARC
//! files, EDGAR submissions, feeds, sitemaps, pages of links → addresses to
//! ask, items to read.

mod config;
pub mod edgar;
mod error;
mod feed;
mod file;
mod item;
mod jsonl;
mod links;
mod listing;
mod sitemap;
mod submission;
mod walk;
mod warc;
mod xml;

pub use config::{Kind, Source, check_all};
pub use error::SourceError;
pub use feed::{
    About, Basics, Category, Entry as FeedEntry, Feed, Generator, Image, Link, Listed, Moment, Person, Text, feed,
    read_feed,
};
pub use file::{Limits, read_file, read_stdin, sidecar_of};
pub use item::{Form, Item, Known};
pub use jsonl::{Line, Lines, item_of_line};
pub use links::{links, selector};
pub use listing::{Listing, listing};
pub use sitemap::{Sitemap, sitemap};
pub use submission::parts;
pub use walk::{Entry, Input, Inputs, inputs};
pub use warc::Captures;
