//! Writing: captures are added to the last file until it is large enough.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fastwarc::warc::record::WarcRecordType;

use super::error::{ArchiveError, At};
use super::member::{pack, unpack};
use crate::model::Page;

/// A file is closed when it is this long.
const FILE_SIZE: u64 = 256 << 20;

/// What is archived of one page.
#[derive(Clone, Copy, Debug)]
pub struct Capture<'c> {
    /// See [`super::key`].
    pub key: &'c str,
    /// The input's name.
    pub uri: &'c str,
    /// The page.
    pub page: &'c Page,
    /// What was known beside its bytes, as JSON; empty for nothing.
    pub about: &'c str,
    /// The request's headers, for fetched pages.
    pub request: Option<&'c [(String, String)]>,
    /// The body is as it was sent, and perhaps not all of it.
    pub sent: Option<AsSent>,
}

/// A body that is kept as it was sent, because it could not be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AsSent {
    /// Why not all of it is there, in the words of WARC: length, time,
    /// disconnect, unspecified.
    pub truncated: Option<&'static str>,
}

/// A capture packed for the archive. Packing is most of the work; it can be
/// done beside the thread that writes.
#[derive(Clone, Debug)]
pub struct Packed {
    before: Vec<u8>,
    main: Vec<u8>,
    digest: String,
}

impl Packed {
    /// Packs a capture.
    ///
    /// # Errors
    /// When memory cannot be had.
    pub fn of(capture: &Capture<'_>, now: &str) -> std::io::Result<Self> {
        let digest = super::digest(&capture.page.body);
        let (before, main) = records(capture, &digest, now)?;
        Ok(Self { before, main, digest })
    }
}

/// Where a capture is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// File name in the archive.
    pub file: String,
    /// First byte of its main record.
    pub start: u64,
    /// One past its last byte.
    pub end: u64,
    /// Digest of its payload.
    pub digest: String,
}

/// A capture that the archive has but the store was not told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its key.
    pub key: String,
    /// Its address.
    pub uri: String,
    /// What was known beside its bytes, as JSON; empty for nothing.
    pub about: String,
    /// Where it is.
    pub place: Place,
}

/// An archive open for adding.
#[derive(Debug)]
pub struct Archive {
    dir: PathBuf,
    number: u32,
    file: Option<File>,
    length: u64,
    file_size: u64,
}

impl Archive {
    /// Opens the archive. `known` are the ends of the last known records in
    /// its files; whole captures beyond are returned, halves are cut off.
    ///
    /// # Errors
    /// When the folder or a file cannot be read or written, or a file is
    /// shorter than known.
    pub fn open(dir: &Path, known: &[(String, u64)]) -> Result<(Self, Vec<Found>), ArchiveError> {
        fs::create_dir_all(dir).at(dir)?;
        let mut numbers = Vec::new();
        for entry in fs::read_dir(dir).at(dir)? {
            let name = entry.at(dir)?.file_name();
            numbers.extend(name.to_str().and_then(number_of));
        }
        numbers.sort_unstable();
        let mut archive = Self {
            dir: dir.to_path_buf(),
            number: numbers.last().copied().unwrap_or(0),
            file: None,
            length: 0,
            file_size: FILE_SIZE,
        };
        let mut found = Vec::new();
        for number in numbers {
            let name = name_of(number);
            let start = known.iter().find(|(n, _)| *n == name).map_or(0, |(_, end)| *end);
            archive.recover(&name, start, &mut found)?;
        }
        Ok((archive, found))
    }

    /// Looks at what stands in a file beyond `start`.
    fn recover(&mut self, name: &str, start: u64, found: &mut Vec<Found>) -> Result<(), ArchiveError> {
        let path = self.dir.join(name);
        let file = File::open(&path).at(&path)?;
        let length = file.metadata().at(&path)?.len();
        if length < start {
            return Err(ArchiveError::Short { path, found: length, known: start });
        }
        let mut reader = BufReader::with_capacity(1 << 16, file);
        reader.seek(SeekFrom::Start(start)).at(&path)?;
        let (mut at, mut whole) = (start, start);
        let mut about = (String::new(), String::new());
        while !reader.fill_buf().at(&path)?.is_empty() {
            let Ok(Some(member)) = unpack(&mut reader) else { break };
            let end = reader.stream_position().at(&path)?;
            let main = matches!(member.kind, WarcRecordType::Resource | WarcRecordType::Response);
            if main
                && let (Some(key), Some(uri), Some(digest)) =
                    (member.key(), member.field("WARC-Target-URI"), member.field("WARC-Payload-Digest"))
            {
                let place = Place { file: name.to_string(), start: at, end, digest: digest.to_string() };
                let known = std::mem::take(&mut about);
                let about = if known.0 == key { known.1 } else { String::new() };
                found.push(Found { key: key.to_string(), uri: uri.to_string(), about, place });
            }
            if member.kind == WarcRecordType::Metadata
                && let Some(of) = member.refers_to()
            {
                about = (of.to_string(), String::from_utf8_lossy(&member.block).into_owned());
            }
            if main || member.kind == WarcRecordType::WarcInfo {
                whole = end;
            }
            at = end;
        }
        if whole < length {
            let file = OpenOptions::new().write(true).open(&path).at(&path)?;
            file.set_len(whole).at(&path)?;
            file.sync_all().at(&path)?;
        }
        Ok(())
    }

    /// Adds a capture. It is safe on disk only after [`Archive::sync`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, capture: &Capture<'_>, now: &str) -> Result<Place, ArchiveError> {
        let packed = Packed::of(capture, now).at(&self.dir)?;
        self.add_packed(&packed, now)
    }

    /// Adds a packed capture. It is safe on disk only after [`Archive::sync`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_packed(&mut self, packed: &Packed, now: &str) -> Result<Place, ArchiveError> {
        let Packed { before, main, digest } = packed;
        let mut file = self.make_room(now)?;
        let start = self.length + before.len() as u64;
        let written = file.write_all(before).and_then(|()| file.write_all(main));
        if let Err(source) = written {
            // Half a record must not stand before the next one. Should this
            // fail too, the next opening of the archive cuts it off.
            let _ = file.set_len(self.length);
            return Err(ArchiveError::Io { path: self.path(), source });
        }
        self.file = Some(file);
        self.length = start + main.len() as u64;
        Ok(Place { file: name_of(self.number), start, end: self.length, digest: digest.clone() })
    }

    /// Brings everything added to disk.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn sync(&mut self) -> Result<(), ArchiveError> {
        let path = self.path();
        self.file.as_mut().map_or(Ok(()), |f| f.sync_data()).at(&path)
    }

    fn path(&self) -> PathBuf {
        self.dir.join(name_of(self.number))
    }

    /// The file to add to: the last one, or a new one when there is none or it
    /// is long enough.
    fn make_room(&mut self, now: &str) -> Result<File, ArchiveError> {
        let mut last = self.file.take();
        if self.number > 0 && last.is_none() {
            let path = self.path();
            let file = OpenOptions::new().append(true).open(&path).at(&path)?;
            self.length = file.metadata().at(&path)?.len();
            last = Some(file);
        }
        if let Some(file) = last {
            if self.length < self.file_size {
                return Ok(file);
            }
            file.sync_data().at(&self.path())?;
        }
        self.number += 1;
        let path = self.path();
        let mut file = OpenOptions::new().append(true).create_new(true).open(&path).at(&path)?;
        let name = name_of(self.number);
        let id = format!("<urn:uuid:{}>", super::key(&name, now, b"warcinfo"));
        let about = concat!("software: tapecheck/", env!("CARGO_PKG_VERSION"), "\r\nformat: WARC File Format 1.1\r\n");
        let block = super::digest(about.as_bytes());
        let fields = [
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", id.as_str()),
            ("WARC-Date", now),
            ("WARC-Filename", name.as_str()),
            ("WARC-Block-Digest", block.as_str()),
            ("Content-Type", "application/warc-fields"),
        ];
        let record = pack(&fields, &[about.as_bytes()]).at(&path)?;
        file.write_all(&record).at(&path)?;
        file.sync_all().at(&path)?;
        File::open(&self.dir).and_then(|d| d.sync_all()).at(&path)?;
        self.length = record.len() as u64;
        Ok(file)
    }
}

/// The records of a capture: those that go before, and the main one, which
/// comes last so that a capture is whole when it is there.
fn records(capture: &Capture<'_>, digest: &str, now: &str) -> std::io::Result<(Vec<u8>, Vec<u8>)> {
    let page = capture.page;
    let id = format!("<urn:uuid:{}>", capture.key);
    let part = |what: &str| format!("<urn:uuid:{}>", super::key(capture.key, what, b""));
    let date = page.fetched.as_deref().unwrap_or(now);
    let uri = if capture.request.is_some() { page.url.as_str() } else { capture.uri };
    let mut before = Vec::new();
    if let Some(request) = capture.request {
        let target = url::Url::parse(uri).map(|u| u[url::Position::BeforePath..url::Position::AfterQuery].to_string());
        let head = http_head(&format!("GET {} HTTP/1.1", target.unwrap_or_else(|_| "/".to_string())), request, None);
        let block = super::digest(head.as_bytes());
        let own = part("request");
        let fields = [
            ("WARC-Type", "request"),
            ("WARC-Record-ID", own.as_str()),
            ("WARC-Concurrent-To", id.as_str()),
            ("WARC-Date", date),
            ("WARC-Target-URI", uri),
            ("WARC-Block-Digest", block.as_str()),
            ("Content-Type", "application/http;msgtype=request"),
        ];
        before.extend(pack(&fields, &[head.as_bytes()])?);
    }
    if !capture.about.is_empty() {
        let own = part("metadata");
        let block = super::digest(capture.about.as_bytes());
        let fields = [
            ("WARC-Type", "metadata"),
            ("WARC-Record-ID", own.as_str()),
            ("WARC-Refers-To", id.as_str()),
            ("WARC-Date", date),
            ("WARC-Target-URI", uri),
            ("WARC-Block-Digest", block.as_str()),
            ("Content-Type", "application/json"),
        ];
        before.extend(pack(&fields, &[capture.about.as_bytes()])?);
    }
    let fetched = capture.request.is_some();
    let head = if fetched {
        http_head(&format!("HTTP/1.1 {}", page.status), &page.headers, capture.sent)
    } else {
        String::new()
    };
    let block = if fetched { super::digest_of(&[head.as_bytes(), &page.body]) } else { digest.to_string() };
    let mut fields = vec![
        ("WARC-Type", if fetched { "response" } else { "resource" }),
        ("WARC-Record-ID", id.as_str()),
        ("WARC-Date", date),
        ("WARC-Target-URI", uri),
        ("WARC-Payload-Digest", digest),
        ("WARC-Block-Digest", block.as_str()),
        (
            "Content-Type",
            if fetched {
                "application/http;msgtype=response"
            } else {
                page.header("content-type").unwrap_or("text/plain")
            },
        ),
    ];
    fields.extend(capture.sent.and_then(|s| s.truncated).map(|why| ("WARC-Truncated", why)));
    Ok((before, pack(&fields, &[head.as_bytes(), &page.body])?))
}

/// Headers as sent; those that were true of the body as sent but not of the
/// one kept here get a prefix, as in other archives.
fn http_head(first: &str, headers: &[(String, String)], sent: Option<AsSent>) -> String {
    let clean = |t: &str| t.replace(['\r', '\n'], " ");
    let mut head = format!("{}\r\n", clean(first));
    for (name, value) in headers {
        // A body as sent is still packed, but not in chunks any more.
        let still = sent.is_some() && name == "content-encoding";
        if super::OF_BODY_AS_SENT.contains(&name.as_str()) && !still {
            head.push_str(super::AS_SENT);
        }
        head.push_str(&format!("{}: {}\r\n", clean(name), clean(value)));
    }
    head + "\r\n"
}

/// The name of a file of the archive.
pub(super) fn name_of(number: u32) -> String {
    format!("tapecheck-{number:05}.warc.gz")
}

/// The number in the name of a file of the archive.
pub(super) fn number_of(name: &str) -> Option<u32> {
    name.strip_prefix("tapecheck-")?.strip_suffix(".warc.gz")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-02-06T12:00:00Z";

    type Test = Result<(), Box<dyn std::error::Error>>;

    fn add(archive: &mut Archive, name: &str, text: &str) -> Result<Place, ArchiveError> {
        let page = Page { url: name.into(), status: 200, body: text.as_bytes().to_vec(), ..Page::default() };
        let key = super::super::key(name, "{}", &page.body);
        archive.add(&Capture { key: &key, uri: name, page: &page, about: "{}", request: None, sent: None }, NOW)
    }

    #[test]
    fn adds_and_reads_back() -> Test {
        let dir = tempfile::tempdir()?;
        let (mut archive, _) = Archive::open(dir.path(), &[])?;
        let a = add(&mut archive, "file:///a", "first text")?;
        let mut page =
            Page { url: "http://x.example/a?b=1".into(), status: 200, body: b"<p>x</p>".to_vec(), ..Page::default() };
        page.headers = vec![("content-type".into(), "text/html".into())];
        page.fetched = Some(NOW.into());
        let capture = Capture {
            key: "k",
            uri: "u",
            page: &page,
            about: "",
            request: Some(&[("host".into(), "x.example".into())]),
            sent: None,
        };
        let b = archive.add(&capture, NOW)?;
        archive.sync()?;
        assert_eq!(super::super::read(dir.path(), &a.file, a.start)?.page.body, b"first text");
        assert_eq!(super::super::read(dir.path(), &b.file, b.start)?.page, page);
        assert!(super::super::read(dir.path(), &a.file, a.start + 1).is_err());
        Ok(())
    }

    #[test]
    fn a_half_written_end_is_cut_off_and_whole_captures_are_found() -> Test {
        let dir = tempfile::tempdir()?;
        let (mut archive, _) = Archive::open(dir.path(), &[])?;
        let a = add(&mut archive, "file:///a", "first")?;
        let b = add(&mut archive, "file:///b", "second")?;
        let c = add(&mut archive, "file:///c", "third")?;
        drop(archive);
        let path = dir.path().join(&a.file);
        for end in b.end + 1..c.end {
            let copy = tempfile::tempdir()?;
            fs::write(copy.path().join(&a.file), &fs::read(&path)?[..end as usize])?;
            let (mut archive, found) = Archive::open(copy.path(), &[(a.file.clone(), a.end)])?;
            assert_eq!(found.iter().map(|f| &f.place).collect::<Vec<_>>(), [&b], "{end}");
            let again = add(&mut archive, "file:///c", "third")?;
            assert_eq!(again, c);
        }
        assert!(matches!(Archive::open(dir.path(), &[(a.file, c.end + 1)]), Err(ArchiveError::Short { .. })));
        Ok(())
    }

    #[test]
    fn files_rotate_by_size() -> Test {
        let dir = tempfile::tempdir()?;
        let (mut archive, _) = Archive::open(dir.path(), &[])?;
        archive.file_size = 700;
        let places: Vec<Place> =
            (0..6).map(|i| add(&mut archive, &format!("file:///{i}"), "text")).collect::<Result<_, _>>()?;
        assert_ne!(places[0].file, places[5].file);
        for place in places {
            assert_eq!(super::super::read(dir.path(), &place.file, place.start)?.page.body, b"text");
        }
        Ok(())
    }
}
