//! Reading back: one capture by its place.

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};
use std::path::Path;

use fastwarc::warc::record::WarcRecordType;

use super::error::{ArchiveError, At};
use super::member::{self, Member};
use crate::model::Page;

/// A capture read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// Its address.
    pub uri: String,
    /// When it was archived.
    pub date: String,
    /// The digest written with it; checked.
    pub digest: String,
    /// Why it is not whole, where it is not.
    pub truncated: Option<String>,
    /// What was fetched or read.
    pub page: Page,
}

/// Reads the capture whose record begins at `offset` of `file`.
///
/// # Errors
/// When the file cannot be read, or the record is damaged or of another digest.
pub fn read(dir: &Path, file: &str, offset: u64) -> Result<Captured, ArchiveError> {
    let path = dir.join(file);
    let mut reader = BufReader::new(File::open(&path).at(&path)?);
    reader.seek(SeekFrom::Start(offset)).at(&path)?;
    let damaged = |problem: String| ArchiveError::Damaged { path: path.clone(), offset, problem };
    let member = member::unpack(&mut reader).map_err(|e| damaged(e.to_string()))?;
    let member = member.ok_or_else(|| damaged("the file ends before it".to_string()))?;
    let captured = captured(member).map_err(damaged)?;
    match super::fits(&captured.digest, &captured.page.body) {
        Some(true) => Ok(captured),
        Some(false) => Err(damaged("its digest is not that of its payload".to_string())),
        None => Err(damaged(format!("its digest {:?} is of a kind this program does not know", captured.digest))),
    }
}

/// The page of a record.
pub(super) fn captured(member: Member) -> Result<Captured, String> {
    let field = |name: &str| member.field(name).map(str::to_string).ok_or_else(|| format!("it has no {name}"));
    let (uri, date, digest) = (field("WARC-Target-URI")?, field("WARC-Date")?, field("WARC-Payload-Digest")?);
    let truncated = field("WARC-Truncated").ok();
    let mut page = Page { url: uri.clone(), status: 200, ..Page::default() };
    match member.kind {
        WarcRecordType::Resource => page.body = member.block,
        WarcRecordType::Response => {
            page.fetched = Some(date.clone());
            let end = member.block.windows(4).position(|w| w == b"\r\n\r\n").ok_or("its HTTP headers do not end")?;
            let head = String::from_utf8_lossy(&member.block[..end]).into_owned();
            let mut lines = head.split("\r\n");
            let status = lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok());
            page.status = status.ok_or("it has no HTTP status")?;
            let headers = lines.filter_map(|l| l.split_once(": "));
            let name = |n: &str| {
                let name = n.to_ascii_lowercase();
                let sent = name.strip_prefix(super::AS_SENT).filter(|n| super::OF_BODY_AS_SENT.contains(n));
                sent.map(str::to_string).unwrap_or(name)
            };
            page.headers = headers.map(|(n, v)| (name(n), v.to_string())).collect();
            page.body = member.block[end + 4..].to_vec();
        }
        other => return Err(format!("it is a {} record", other.as_str())),
    }
    Ok(Captured { uri, date, digest, truncated, page })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captures_of_before_are_read_and_unknown_digests_are_named() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let old = format!("blake3:{}", blake3::hash(b"text").to_hex());
        let read_with = |digest: &str| -> std::io::Result<_> {
            let fields = [
                ("WARC-Type", "resource"),
                ("WARC-Record-ID", "<urn:uuid:1>"),
                ("WARC-Date", "2026-02-06T12:00:00Z"),
                ("WARC-Target-URI", "file:///a"),
                ("WARC-Payload-Digest", digest),
            ];
            std::fs::write(dir.path().join("a.warc.gz"), member::pack(&fields, &[b"text"])?)?;
            Ok(read(dir.path(), "a.warc.gz", 0))
        };
        let captured = read_with(&old)?.map_err(std::io::Error::other)?;
        assert_eq!((captured.page.body.as_slice(), captured.digest.as_str()), (&b"text"[..], old.as_str()));
        assert!(read_with(&super::super::digest(b"text"))?.is_ok());
        assert!(
            read_with(&super::super::digest(b"next"))?
                .is_err_and(|e| e.to_string().contains("not that of its payload"))
        );
        assert!(read_with("md5:1")?.is_err_and(|e| e.to_string().contains("of a kind")));
        Ok(())
    }
}
