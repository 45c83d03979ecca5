//! How much a page may cost.

use std::time::Duration;

/// Limits of parsing one page. Beyond them the page is read in a plainer way
/// or refused, and the document's diagnostics say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes a compressed body may decompress to; larger ones are refused.
    pub decompressed_bytes: usize,
    /// Bytes of HTML given to the extractor; larger pages are read plainly.
    pub html_bytes: usize,
    /// Depth of nested elements; deeper pages are read plainly.
    pub depth: usize,
    /// Elements of a page; pages with more are read plainly.
    pub elements: usize,
    /// Time for extracting one page; slower pages are read plainly.
    pub time: Duration,
    /// Stack of the thread that extracts, in bytes.
    pub stack: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            decompressed_bytes: 256 << 20,
            html_bytes: 16 << 20,
            depth: 256,
            elements: 250_000,
            time: Duration::from_secs(5),
            stack: 64 << 20,
        }
    }
}
