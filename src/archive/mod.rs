//! What exactly did we see? WARC 1.1 out and in, each record a gzip member of
//! its own. Every later stage can be rerun from here without the network.
//!
//! Records are only ever added. What a killed program left half written at the
//! end of the last file is cut off when the archive is opened again.

mod digest;
mod error;
mod member;
mod reader;
mod scan;
mod writer;

pub use digest::digest;
use digest::{digest_of, fits};
pub use error::ArchiveError;
pub use reader::{Captured, read};
pub use scan::{Scan, Scanned};
pub use writer::{Archive, AsSent, Capture, Found, Packed, Place};

/// The archive's folder in a corpus folder.
pub const FOLDER: &str = "archive";

/// Headers that tell of the body as it was sent: the one kept is decoded.
const OF_BODY_AS_SENT: [&str; 3] = ["content-encoding", "transfer-encoding", "content-length"];

/// Stands before such a header.
const AS_SENT: &str = "x-crawl-";

/// Names a capture: the same input with the same bytes and the same known
/// facts beside them has the same key, in the form of a UUID.
pub fn key(uri: &str, about: &str, body: &[u8]) -> String {
    let mut hash = blake3::Hasher::new();
    for part in [uri.as_bytes(), about.as_bytes(), body] {
        hash.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    uuid(hash.finalize().as_bytes())
}

/// The first 16 bytes of a hash as a UUID of version 8 (own construction).
fn uuid(hash: &[u8; 32]) -> String {
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_inputs_apart() {
        let a = key("file:///a", "{}", b"text");
        assert_eq!(a, key("file:///a", "{}", b"text"));
        assert_ne!(a, key("file:///a", "{", b"}text"));
        assert_eq!((a.len(), &a[14..15]), (36, "8"));
    }
}
