//! Member: one gzip member, one record.

use std::io::{self, BufRead, Read, Write};

use fastwarc::warc::record::{WarcRecord, WarcRecordType};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;

/// Largest record that is read back, unpacked.
const LARGEST: u64 = 2 << 30;

/// How hard records are packed: pages are written faster than they can be
/// packed well.
const LEVEL: u32 = 2;

/// A record with its fields and its whole block.
#[derive(Debug)]
pub(super) struct Member {
    pub kind: WarcRecordType,
    pub headers: Vec<(String, String)>,
    pub block: Vec<u8>,
}

impl Member {
    /// The first field of that name, any case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The UUID of its id.
    pub fn key(&self) -> Option<&str> {
        uuid(self.field("WARC-Record-ID")?)
    }

    /// The UUID of the record it is about.
    pub fn refers_to(&self) -> Option<&str> {
        uuid(self.field("WARC-Refers-To")?)
    }
}

fn uuid(id: &str) -> Option<&str> {
    id.strip_prefix("<urn:uuid:")?.strip_suffix('>')
}

/// Packs fields and block as one gzip member.
pub(super) fn pack(fields: &[(&str, &str)], block: &[&[u8]]) -> io::Result<Vec<u8>> {
    let length: usize = block.iter().map(|b| b.len()).sum();
    let mut gz = GzEncoder::new(Vec::with_capacity(length / 3 + 512), Compression::new(LEVEL));
    gz.write_all(b"WARC/1.1\r\n")?;
    for (name, value) in fields {
        write!(gz, "{name}: {}\r\n", one_line(value))?;
    }
    write!(gz, "Content-Length: {length}\r\n\r\n")?;
    for part in block {
        gz.write_all(part)?;
    }
    gz.write_all(b"\r\n\r\n")?;
    gz.finish()
}

/// Field values hold no line breaks.
fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Reads the member at the reader's place, and leaves it at the next one.
/// `None` at the end of the file.
///
/// A member that is cut short, or whose block is shorter than its
/// Content-Length says, is an error.
pub(super) fn unpack(reader: &mut impl BufRead) -> io::Result<Option<Member>> {
    if reader.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let mut plain = Vec::new();
    GzDecoder::new(reader).take(LARGEST).read_to_end(&mut plain)?;
    let wrong = |problem: &str| io::Error::new(io::ErrorKind::InvalidData, problem.to_string());
    let total = plain.len() as u64;
    let mut record = WarcRecord::from_reader(io::Cursor::new(plain))?;
    let promised = record.content_length();
    if promised > total {
        return Err(wrong("its block is shorter than its Content-Length"));
    }
    record.freeze()?;
    let block = record.frozen_payload_bytes().ok_or_else(|| wrong("it has no block"))?;
    if block.len() as u64 != promised {
        return Err(wrong("its block is shorter than its Content-Length"));
    }
    let headers = record.headers().items().map(|(n, v)| (n.into_owned(), v.into_owned())).collect();
    Ok(Some(Member { kind: record.record_type(), headers, block: block.to_vec() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_out_and_in() -> io::Result<()> {
        let fields = [("WARC-Type", "resource"), ("WARC-Record-ID", "<urn:uuid:1>"), ("WARC-Target-URI", "a\r\nb")];
        let mut bytes = pack(&fields, &[b"one ", b"two"])?;
        bytes.extend(pack(&fields, &[b""])?);
        let mut reader = bytes.as_slice();
        let first = unpack(&mut reader)?.ok_or_else(|| io::Error::other("no record"))?;
        assert_eq!(
            (first.block.as_slice(), first.key(), first.field("warc-target-uri")),
            (&b"one two"[..], Some("1"), Some("a  b"))
        );
        assert_eq!(first.kind, WarcRecordType::Resource);
        assert!(unpack(&mut reader)?.is_some_and(|m| m.block.is_empty()));
        assert!(unpack(&mut reader)?.is_none());
        Ok(())
    }

    #[test]
    fn notices_what_is_cut_short() -> io::Result<()> {
        let whole = pack(&[("WARC-Type", "resource")], &[&b"text ".repeat(1000)])?;
        for end in [1, 12, whole.len() / 2, whole.len() - 1] {
            assert!(unpack(&mut &whole[..end]).is_err(), "{end}");
        }
        // A whole member around a record that is not.
        let mut gz = GzEncoder::new(Vec::new(), Compression::default());
        gz.write_all(b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 99\r\n\r\nshort")?;
        assert!(unpack(&mut gz.finish()?.as_slice()).is_err());
        Ok(())
    }
}
