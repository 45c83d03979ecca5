//! WARC files in, our own and foreign ones: each captured page is an item.

mod payload;

use std::cell::RefMut;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use fastwarc::warc::iter::ArchiveIterator;
use fastwarc::warc::record::{AutoDecode, WarcRecord, WarcRecordType};

use super::error::SourceError;
use super::file::Limits;
use super::item::{Item, Known};
use super::submission::parts;
use crate::model::Page;

/// Most bytes of an answer's headers.
const LONGEST_HEAD: usize = 256 << 10;

/// Captures read ahead.
const AHEAD: usize = 4;

/// The pages of a WARC file, in order. The file is read in a thread of its own.
pub struct Captures {
    receive: Receiver<Result<Item, SourceError>>,
}

impl Captures {
    /// Opens a WARC file, packed or not.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path, given: &str, limits: Limits) -> Result<Self, SourceError> {
        let failed = |source| SourceError::Read { path: given.to_string(), source };
        let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?);
        if file.fill_buf().map_err(failed)?.starts_with(b"filedesc://") {
            return Err(SourceError::Binary { path: given.to_string(), what: "an ARC file, the format before WARC" });
        }
        let given = given.to_string();
        let (send, receive) = sync_channel(AHEAD);
        thread::spawn(move || {
            // What this program knew of the page that follows.
            let mut known = None;
            for record in ArchiveIterator::new(file).with_parse_http(false) {
                let found = match record {
                    Ok(record) => {
                        let mut record = record.borrow_mut();
                        if record.record_type() == WarcRecordType::Metadata {
                            known = about(&mut record);
                            continue;
                        }
                        let known = known.take();
                        let found = item(record, &given, limits, known.as_ref()).map(|found| {
                            found.map(|mut found| {
                                if let Some((_, known)) = known.filter(|(key, _)| *key == found.record_id) {
                                    found.item.known = known;
                                }
                                found.item
                            })
                        });
                        // A whole submission is several pages.
                        if let Some(Ok(item)) = found {
                            if parts(item).into_iter().any(|part| send.send(Ok(part)).is_err()) {
                                return;
                            }
                            continue;
                        }
                        found
                    }
                    Err(source) => {
                        let error = SourceError::Unpack { path: given.clone(), source };
                        Some(Err(Trouble { error, lost: true }))
                    }
                };
                // Nothing after a damaged record can be trusted to begin where a record begins.
                let lost = matches!(found, Some(Err(Trouble { lost: true, .. })));
                let found = found.map(|f| f.map_err(|trouble| trouble.error));
                if found.is_some_and(|f| send.send(f).is_err()) || lost {
                    return;
                }
            }
        });
        Ok(Self { receive })
    }
}

impl Iterator for Captures {
    type Item = Result<Item, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.receive.recv().ok()
    }
}

/// Why a record gives no item.
struct Trouble {
    error: SourceError,
    /// The record itself is damaged, so that what follows it is lost.
    lost: bool,
}

impl From<SourceError> for Trouble {
    fn from(error: SourceError) -> Self {
        Self { error, lost: false }
    }
}

/// What a metadata record of this program's archive says, and of which record.
fn about(record: &mut WarcRecord) -> Option<(String, Known)> {
    const LARGEST: u64 = 1 << 20;
    let of = record.headers().get("WARC-Refers-To")?.into_owned();
    let json = record.headers().get("Content-Type").is_some_and(|t| t == "application/json");
    if !json || record.content_length() > LARGEST || record.freeze().is_err() {
        return None;
    }
    let known = serde_json::from_slice(record.frozen_payload_bytes()?).ok()?;
    Some((of, known))
}

/// An item and the id of its record.
struct Captured {
    item: Item,
    record_id: String,
}

/// The page of a record; `None` for records that hold no page. `known` is what
/// this program's archive says of the record that follows.
fn item(
    mut record: RefMut<'_, WarcRecord>,
    given: &str,
    limits: Limits,
    known: Option<&(String, Known)>,
) -> Option<Result<Captured, Trouble>> {
    let response = match record.record_type() {
        WarcRecordType::Response => true,
        WarcRecordType::Resource => false,
        _ => return None,
    };
    let field =
        |record: &WarcRecord, name: &str| record.headers().get(name).map(|v| v.trim_matches(['<', '>']).to_string());
    let uri = field(&record, "WARC-Target-URI")?;
    let date = field(&record, "WARC-Date");
    let record_id = record.record_id().map(|id| id.into_owned()).unwrap_or_default();
    let place = format!("{given}: {uri}");
    if let Some(why) = field(&record, "WARC-Truncated") {
        let what = format!("it was cut short when it was archived ({why})");
        return Some(Err(SourceError::NotAPage { path: place, what }.into()));
    }
    if known.is_some_and(|(key, known)| *key == record_id && known.aside) {
        let what = "it was fetched on the way to others".into();
        return Some(Err(SourceError::NotAPage { path: place, what }.into()));
    }
    if record.content_length() > limits.bytes {
        return Some(Err(limits.refuse(&place, Some(record.content_length())).into()));
    }
    let damaged =
        |source, lost| Some(Err(Trouble { error: SourceError::Unpack { path: place.clone(), source }, lost }));
    let (status, headers, body) = match answer(&mut record, response, limits) {
        Ok(read) => read,
        Err(source) => return damaged(source, true),
    };
    let body = match payload::decode(body, headers.as_deref().unwrap_or_default(), limits.bytes) {
        Ok(body) => body,
        Err(source) => return damaged(source, false),
    };
    let headers = headers.unwrap_or_default();
    if body.len() as u64 > limits.bytes {
        return Some(Err(limits.refuse(&format!("{place}, unpacked,"), None).into()));
    }
    let page = Page { url: uri.clone(), status, headers, body, fetched: date };
    let kind = page.header("content-type").map(str::to_ascii_lowercase);
    let readable = kind.as_ref().is_none_or(|k| k.starts_with("text/") || k.contains("html") || k.contains("markdown"));
    if status != 200 || !readable {
        let what = if status == 200 { kind.unwrap_or_default() } else { format!("the server answered {status}") };
        return Some(Err(SourceError::NotAPage { path: place, what }.into()));
    }
    if let Err(e) = super::file::check_text(&page.body, &place) {
        return Some(Err(e.into()));
    }
    let item = Item { path: given.to_string(), uri, page, known: Known::default() };
    Some(Ok(Captured { item, record_id }))
}

/// Status, headers where there are any, and body as it is kept.
type Kept = (u16, Option<Vec<(String, String)>>, Vec<u8>);

fn answer(record: &mut WarcRecord, response: bool, limits: Limits) -> io::Result<Kept> {
    let promised = record.content_length();
    record.freeze()?;
    if record.frozen_payload_bytes().map_or(0, <[u8]>::len) as u64 != promised {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the record is shorter than its Content-Length"));
    }
    // Digests of a kind that is not known here are no reason to refuse it.
    if let Ok(false) = record.verify_block_digest(false) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "its digest is not that of its block"));
    }
    let (mut status, mut headers) = (200, None);
    let http = response && record.is_http();
    if http {
        record.parse_http_with_opts(AutoDecode::None, LONGEST_HEAD, true)?;
        if let Some(http) = record.http_headers() {
            status = http.status_code().unwrap_or(0);
            headers = Some(http.items().map(|(n, v)| (n.to_ascii_lowercase(), v.into_owned())).collect());
        }
    }
    let mut body = Vec::new();
    let reader = record.reader_mut().ok_or_else(|| io::Error::other("the record has no block"))?;
    reader.take(limits.bytes + 1).read_to_end(&mut body)?;
    Ok((status, headers, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pages_and_notices_damage() -> io::Result<()> {
        let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Sales rose 5%.</p>";
        let record = |kind: &str, block: &str| {
            format!(
                "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\nWARC-Date: 2026-02-06T00:00:00Z\r\n\
                 WARC-Target-URI: http://x.example/{kind}\r\nContent-Type: application/http;msgtype={kind}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
                block.len()
            )
        };
        let missing = http.replace("200 OK", "404 Not Found");
        let file =
            record("request", "GET / HTTP/1.1\r\n\r\n") + &record("response", http) + &record("response", &missing);
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("a.warc");
        let read = |text: &str| -> io::Result<Vec<Result<String, &'static str>>> {
            std::fs::write(&path, text)?;
            let captures = Captures::open(&path, "a.warc", Limits::default()).map_err(io::Error::other)?;
            Ok(captures
                .map(|c| c.map(|i| String::from_utf8_lossy(&i.page.body).into_owned()).map_err(|e| e.reason()))
                .collect())
        };
        assert_eq!(read(&file)?, [Ok("<p>Sales rose 5%.</p>".to_string()), Err("no page")]);
        let cut = &file[..file.len() - 30];
        assert_eq!(read(cut)?.last(), Some(&Err("damaged")));
        Ok(())
    }

    /// As the news crawl of Common Crawl and other archives write them.
    #[test]
    fn reads_foreign_archives() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("a.warc");
        let read = |fields: &str, block: &str| -> io::Result<Vec<Result<String, &'static str>>> {
            let record = format!(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-02-06T00:00:00Z\r\n\
                 WARC-Target-URI: <https://x.example/a>\r\nContent-Type: application/http; msgtype=response\r\n{fields}\
                 Content-Length: {}\r\n\r\n{block}\r\n\r\n",
                block.len()
            );
            std::fs::write(&path, record)?;
            let captures = Captures::open(&path, "a.warc", Limits::default()).map_err(io::Error::other)?;
            let show = |i: Item| format!("{} {}", i.uri, String::from_utf8_lossy(&i.page.body));
            Ok(captures.map(|c| c.map(show).map_err(|e| e.reason())).collect())
        };
        let page = || Ok("https://x.example/a <p>5%</p>".to_string());
        let answer =
            |headers: &str, body: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n{body}");
        // Decoded, with the headers as sent set aside or left as they were.
        let aside = answer("X-Crawl-Content-Encoding: br\r\nContent-Length: 9\r\n", "<p>5%</p>");
        assert_eq!(read("", &aside)?, [page()]);
        let left = answer("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", "<p>5%</p>");
        assert_eq!(read("", &left)?, [page()]);
        let chunked = answer("transfer-encoding: chunked\r\n", "4\r\n<p>5\r\n5\r\n%</p>\r\n0\r\n\r\n");
        assert_eq!(read("", &chunked)?, [page()]);
        // Line feeds alone.
        assert_eq!(read("", &aside.replace("\r\n", "\n"))?, [page()]);
        // Cut by who archived it; damaged since.
        assert_eq!(read("WARC-Truncated: length\r\n", &aside)?, [Err("no page")]);
        let wrong = format!("WARC-Block-Digest: sha1:{}\r\n", "A".repeat(32));
        assert_eq!(read(&wrong, &aside)?, [Err("damaged")]);
        assert_eq!(read("WARC-Block-Digest: own:77\r\n", &aside)?, [page()]);
        assert_eq!(read("", &aside.replace("200 OK", "301 Moved"))?, [Err("no page")]);
        Ok(())
    }
}
