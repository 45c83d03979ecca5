//! Digests of records, as other programs write and check them: SHA-1 in
//! base 32. What tells captures apart is [`super::key`], which rests on another
//! hash; older archives of this program have digests of that one.

use sha1::{Digest, Sha1};

/// Digest of a payload or a block.
pub fn digest(bytes: &[u8]) -> String {
    digest_of(&[bytes])
}

/// Digest of bytes that stand in several pieces.
pub(super) fn digest_of(parts: &[&[u8]]) -> String {
    let mut hash = Sha1::new();
    for part in parts {
        hash.update(part);
    }
    format!("sha1:{}", base32(&hash.finalize()))
}

/// Whether a digest is that of the bytes; `None` where its kind is not known.
pub(super) fn fits(written: &str, bytes: &[u8]) -> Option<bool> {
    match written.split_once(':')?.0 {
        "sha1" => Some(written == digest(bytes)),
        "blake3" => Some(written == format!("blake3:{}", blake3::hash(bytes).to_hex())),
        _ => None,
    }
}

/// RFC 4648, in capitals; 20 bytes need no padding.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut value, mut bits) = (0u32, 0u32);
    for byte in bytes {
        value = value << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[(value >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(LETTERS[(value << (5 - bits) & 31) as usize]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_others() {
        // The digest of nothing, as it stands in many archives.
        assert_eq!(digest(b""), "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
        assert_eq!(digest_of(&[b"ab", b"", b"c"]), digest(b"abc"));
        assert_eq!((base32(b"f"), base32(b"foobar")), ("MY".to_string(), "MZXW6YTBOI".to_string()));
    }

    #[test]
    fn digests_of_before_are_still_checked() {
        let old = format!("blake3:{}", blake3::hash(b"text").to_hex());
        assert_eq!((fits(&old, b"text"), fits(&old, b"next")), (Some(true), Some(false)));
        assert_eq!((fits(&digest(b"text"), b"text"), fits(&digest(b"text"), b"next")), (Some(true), Some(false)));
        assert_eq!((fits("md5:x", b"text"), fits("text", b"text")), (None, None));
    }
}
