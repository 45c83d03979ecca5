//! Content encodings off a body: gzip, deflate, br and zstd in any order, with
//! one cap on all that comes out of all layers. A stream that ends early is
//! an error.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::{Decompress, FlushDecompress, Status};

/// Most layers; more are refused.
const LAYERS: usize = 4;

/// Largest window of zstd, as RFC 9659 has it: 8 MiB.
const WINDOW: u32 = 23;

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// More came out than allowed.
    TooLarge,
    /// The stream ends early.
    Short,
    /// It is not of that form.
    Wrong(String),
}

/// Takes the layers that `encodings` names off `body`; at most `cap` bytes may
/// come out of them together.
pub fn decode(body: &[u8], encodings: &[String], cap: u64) -> Result<Vec<u8>, Trouble> {
    if encodings.is_empty() {
        return Ok(body.to_vec());
    }
    let mut out = Vec::new();
    unpacked(body, encodings, cap)?.read_to_end(&mut out).map_err(trouble)?;
    Ok(out)
}

/// As [`decode`] for what may be large: looks at what comes out before there is
/// room for it, so that nothing is held of what is too large.
pub fn decode_large(body: &[u8], encodings: &[String], cap: u64) -> Result<Vec<u8>, Trouble> {
    let mut reader = unpacked(body, encodings, cap)?;
    let mut piece = vec![0; 1 << 16];
    let mut length = 0;
    loop {
        match reader.read(&mut piece).map_err(trouble)? {
            0 => break,
            read => length += read,
        }
    }
    drop(reader);
    let mut out = Vec::with_capacity(length);
    unpacked(body, encodings, cap)?.take(length as u64).read_to_end(&mut out).map_err(trouble)?;
    Ok(out)
}

fn unpacked<'b>(body: &'b [u8], encodings: &[String], cap: u64) -> Result<Box<dyn Read + 'b>, Trouble> {
    if encodings.len() > LAYERS {
        return Err(Trouble::Wrong(format!("it is packed {} times", encodings.len())));
    }
    let left = Rc::new(Cell::new(cap));
    let mut reader: Box<dyn Read + 'b> = Box::new(body);
    // The last one named was put on last.
    for name in encodings.iter().rev() {
        reader = Box::new(Capped { inner: layer(name, reader)?, left: Rc::clone(&left) });
    }
    Ok(reader)
}

fn trouble(e: io::Error) -> Trouble {
    match e.kind() {
        io::ErrorKind::FileTooLarge => Trouble::TooLarge,
        io::ErrorKind::UnexpectedEof => Trouble::Short,
        _ => Trouble::Wrong(e.to_string()),
    }
}

/// The encodings a header names, in its order.
pub fn encodings<'h>(values: impl Iterator<Item = &'h str>) -> Vec<String> {
    let names = values.flat_map(|v| v.split(',')).map(|n| n.trim().to_ascii_lowercase());
    names.filter(|n| !n.is_empty() && n != "identity").collect()
}

fn layer<'b>(name: &str, inner: Box<dyn Read + 'b>) -> Result<Box<dyn Read + 'b>, Trouble> {
    let buffered = BufReader::with_capacity(1 << 14, inner);
    Ok(match name {
        "gzip" | "x-gzip" => Box::new(Gzip { member: Some(flate2::bufread::GzDecoder::new(buffered)) }),
        "deflate" => Box::new(Deflate { inner: buffered, state: None, done: false }),
        "br" => {
            let ended = Rc::new(Cell::new(false));
            let inner = Watched { inner: buffered, ended: Rc::clone(&ended) };
            Box::new(Brotli { inner: brotli_decompressor::Decompressor::new(inner, 1 << 14), ended })
        }
        "zstd" => {
            let wrong = |e: io::Error| Trouble::Wrong(e.to_string());
            let mut decoder = zstd::stream::read::Decoder::with_buffer(buffered).map_err(wrong)?;
            decoder.window_log_max(WINDOW).map_err(wrong)?;
            Box::new(decoder)
        }
        other => return Err(Trouble::Wrong(format!("its encoding {other:?} is not known"))),
    })
}

/// Counts what comes out of a layer against the cap of all.
struct Capped<'b> {
    inner: Box<dyn Read + 'b>,
    left: Rc<Cell<u64>>,
}

impl Read for Capped<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?);
        Ok(read)
    }
}

/// One gzip member after the other; what follows and is none is left.
struct Gzip<R> {
    member: Option<flate2::bufread::GzDecoder<R>>,
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = member.read(buf)?;
            if read > 0 || buf.is_empty() {
                return Ok(read);
            }
            let Some(member) = self.member.take() else { break };
            let mut rest = member.into_inner();
            if rest.fill_buf()?.starts_with(&[0x1F]) {
                self.member = Some(flate2::bufread::GzDecoder::new(rest));
            }
        }
        Ok(0)
    }
}

/// The decoder of brotli calls a stream that ends early invalid.
struct Brotli<R: Read> {
    inner: brotli_decompressor::Decompressor<R>,
    ended: Rc<Cell<bool>>,
}

impl<R: Read> Read for Brotli<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buf).map_err(|e| match (e.kind(), self.ended.get()) {
            (io::ErrorKind::InvalidData, true) => io::ErrorKind::UnexpectedEof.into(),
            _ => e,
        })
    }
}

/// Notes that its reader has come to its end.
struct Watched<R> {
    inner: R,
    ended: Rc<Cell<bool>>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        self.ended.set(read == 0 && !buf.is_empty());
        Ok(read)
    }
}

/// "deflate" is zlib, but bare deflate is sent under the name as well.
struct Deflate<R> {
    inner: R,
    state: Option<Decompress>,
    done: bool,
}

impl<R: BufRead> Read for Deflate<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while !self.done && !buf.is_empty() {
            let input = self.inner.fill_buf()?;
            let state = self.state.get_or_insert_with(|| Decompress::new(is_zlib(input)));
            let (before_in, before_out) = (state.total_in(), state.total_out());
            let status = state
                .decompress(input, buf, FlushDecompress::None)
                .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))?;
            let (taken, given) = (state.total_in() - before_in, state.total_out() - before_out);
            let ended = input.is_empty() && given == 0;
            self.inner.consume(usize::try_from(taken).unwrap_or(0));
            self.done = status == Status::StreamEnd;
            if given > 0 {
                return Ok(usize::try_from(given).unwrap_or(0));
            }
            if ended && !self.done {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(0)
    }
}

fn is_zlib(start: &[u8]) -> bool {
    let head = (start.first().copied().unwrap_or(0), start.get(1).copied().unwrap_or(0));
    head.0 & 0x0F == 8 && (u32::from(head.0) * 256 + u32::from(head.1)).is_multiple_of(31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;

    fn pack(name: &str, body: &[u8]) -> Vec<u8> {
        let level = Compression::fast();
        match name {
            "gzip" => {
                let mut e = GzEncoder::new(Vec::new(), level);
                e.write_all(body).expect("packed");
                e.finish().expect("packed")
            }
            "zlib" => {
                let mut e = ZlibEncoder::new(Vec::new(), level);
                e.write_all(body).expect("packed");
                e.finish().expect("packed")
            }
            "raw" => {
                let mut e = DeflateEncoder::new(Vec::new(), level);
                e.write_all(body).expect("packed");
                e.finish().expect("packed")
            }
            _ => zstd::encode_all(body, 1).expect("packed"),
        }
    }

    fn names(list: &str) -> Vec<String> {
        encodings(std::iter::once(list))
    }

    #[test]
    fn whole_streams_are_unpacked_and_cut_ones_are_errors() {
        let body: Vec<u8> = (0..40_000u32).flat_map(|i| format!("{} ", i * 7919 % 4001).into_bytes()).collect();
        for (how, name) in [("gzip", "gzip"), ("zlib", "deflate"), ("raw", "deflate"), ("zstd", "zstd")] {
            let packed = pack(how, &body);
            assert_eq!(decode(&packed, &names(name), 1 << 20).as_ref(), Ok(&body), "{how}");
            for end in [packed.len() / 2, packed.len() - 1, 20, 5] {
                let cut = decode(&packed[..end], &names(name), 1 << 20);
                assert_eq!(cut, Err(Trouble::Short), "{how} {end}");
            }
            assert_eq!(decode_large(&packed, &names(name), 1 << 20).as_ref(), Ok(&body), "{how}");
            for read in [decode, decode_large] {
                assert_eq!(read(&packed, &names(name), 1000), Err(Trouble::TooLarge), "{how}");
            }
        }
        let twice = pack("gzip", &pack("zlib", &body));
        assert_eq!(decode(&twice, &names("deflate, gzip"), 1 << 20).as_ref(), Ok(&body));
        let members = [pack("gzip", b"one "), pack("gzip", b"two"), b"\0\0\0".to_vec()].concat();
        assert_eq!(decode(&members, &names("gzip"), 100), Ok(b"one two".to_vec()));
        assert!(matches!(decode(b"plain", &names("gzip"), 100), Err(Trouble::Wrong(_) | Trouble::Short)));
        assert!(matches!(decode(b"plain", &names("rot13"), 100), Err(Trouble::Wrong(_))));
        assert!(matches!(decode(b"", &names("gzip,gzip,gzip,gzip,gzip"), 9), Err(Trouble::Wrong(_))));
        assert_eq!(names(" Identity ,GZip"), ["gzip"]);
    }

    #[test]
    fn real_bodies_of_all_kinds() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/crawl/compressed");
        if !folder.is_dir() {
            eprintln!("skipped: {} is not there", folder.display());
            return;
        }
        let read = |name: &str| std::fs::read(folder.join(name)).expect("a file");
        let plain = |body: &[u8]| String::from_utf8_lossy(body).contains("<html");
        for (file, name) in [
            ("html-br.bin", "br"),
            ("html-gzip-deflate.bin", "gzip, deflate"),
            ("html-gzip-deflate-gzip.bin", "gzip, deflate, gzip"),
            ("html-zlibdeflate.bin", "deflate"),
            ("html-zstd-static-content-size.bin", "zstd"),
            ("html-zstd-static-no-content-size.bin", "zstd"),
            ("html-zstd-streaming-no-content-size.bin", "zstd"),
        ] {
            let body = decode(&read(file), &names(name), 1 << 20).unwrap_or_else(|e| panic!("{file}: {e:?}"));
            assert!(plain(&body), "{file}");
        }
        let br = read("html-br.bin");
        assert_eq!(decode(&br[..br.len() / 2], &names("br"), 1 << 20), Err(Trouble::Short));
        assert_eq!(decode(&read("truncated-crc-error-short.gz"), &names("gzip"), 1 << 20), Err(Trouble::Short));
        for (file, name) in [("bomb-gzip.bin", "gzip"), ("bomb-deflate.bin", "deflate")] {
            assert_eq!(decode(&read(file), &names(name), 1 << 20), Err(Trouble::TooLarge), "{file}");
        }
    }
}
