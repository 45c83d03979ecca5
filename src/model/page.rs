//! Page: bytes as they were fetched or read, before any parsing.

/// A fetched page, a file, or a record of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Address after redirects; a `file:` path for local files.
    pub url: String,
    /// HTTP status; 200 for files.
    pub status: u16,
    /// Response headers in order, names in lower case; empty for files.
    pub headers: Vec<(String, String)>,
    /// Body with transfer and content encodings removed.
    pub body: Vec<u8>,
    /// When it was fetched, RFC 3339; null for files.
    pub fetched: Option<String>,
}

impl Page {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}
