//! Gzip-compressed bodies, decompressed under a cap.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

/// A body without compression, and what went wrong.
#[derive(Debug)]
pub(crate) struct Inflated<'b> {
    /// The bytes; empty when refused.
    pub bytes: Cow<'b, [u8]>,
    /// The body was cut short, damaged or refused.
    pub problem: Option<String>,
}

/// Decompresses `body` if it is gzip.
pub(crate) fn inflate(body: &[u8], cap: usize) -> Inflated<'_> {
    if !body.starts_with(&[0x1f, 0x8b, 0x08]) {
        return Inflated { bytes: Cow::Borrowed(body), problem: None };
    }
    let mut out = Vec::with_capacity(body.len().saturating_mul(4).min(cap).min(1 << 24));
    let limit = u64::try_from(cap).unwrap_or(u64::MAX).saturating_add(1);
    let read = MultiGzDecoder::new(body).take(limit).read_to_end(&mut out);
    if out.len() > cap {
        return Inflated {
            bytes: Cow::Owned(Vec::new()),
            problem: Some(format!("gzip body refused: more than {cap} bytes when decompressed")),
        };
    }
    let problem = read.err().map(|e| format!("gzip body damaged after {} bytes: {e}", out.len()));
    Inflated { bytes: Cow::Owned(out), problem }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("in memory");
        encoder.finish().expect("in memory")
    }

    #[test]
    fn inflates_members_and_refuses_bombs() {
        let mut two = gzip(b"one ");
        two.extend(gzip(b"two"));
        assert_eq!(&*inflate(&two, 100).bytes, b"one two");
        assert_eq!(&*inflate(b"plain", 2).bytes, b"plain");
        let bomb = gzip(&vec![0; 1 << 20]);
        let refused = inflate(&bomb, 1 << 16);
        assert!(refused.bytes.is_empty() && refused.problem.is_some_and(|p| p.contains("refused")));
    }

    #[test]
    fn keeps_what_a_cut_body_holds() {
        let whole = gzip(b"The harbor raised its fees by 4% this week.");
        let cut = inflate(&whole[..whole.len() - 6], 1000);
        assert!(cut.problem.is_some() && cut.bytes.starts_with(b"The harbor"));
    }
}
