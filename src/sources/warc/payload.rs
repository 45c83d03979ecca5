//! Payload: the body of a captured answer without its codings.
//!
//! Foreign archives keep bodies as sent, or decode them and leave the headers
//! as they were: a coding is only taken off where the bytes show it. One cap
//! holds for what comes out of each layer.

use std::io::{self, Cursor, Read};

use fastwarc::stream_io::brotli::BrotliReader;
use fastwarc::stream_io::zstd::ZstdReader;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Most layers that are taken off.
const LAYERS: usize = 4;

/// Takes transfer and content codings off. At most `limit` + 1 bytes come out,
/// so that the caller sees when it is more.
pub(super) fn decode(body: Vec<u8>, headers: &[(String, String)], limit: u64) -> io::Result<Vec<u8>> {
    let mut body = body;
    let mut layers = 0;
    for name in ["transfer-encoding", "content-encoding"] {
        let values = headers.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str());
        // The last one was put on last.
        for coding in values.flat_map(|v| v.split(',')).map(|c| c.trim().to_ascii_lowercase()).rev() {
            layers += 1;
            if layers > LAYERS {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "it is packed too many times"));
            }
            body = undo(&coding, body, limit)?;
        }
    }
    Ok(body)
}

fn undo(coding: &str, body: Vec<u8>, limit: u64) -> io::Result<Vec<u8>> {
    let gzip = body.starts_with(&[0x1F, 0x8B]);
    match coding {
        "chunked" if chunk(&body).is_ok_and(|c| c.is_some()) => whole(&body, limit),
        "gzip" | "x-gzip" if gzip => all(MultiGzDecoder::new(body.as_slice()), limit),
        // Some servers say deflate and send gzip, or the bare stream.
        "deflate" if gzip => all(MultiGzDecoder::new(body.as_slice()), limit),
        "deflate" if zlib(&body) => all(ZlibDecoder::new(body.as_slice()), limit),
        "deflate" => Ok(all(DeflateDecoder::new(body.as_slice()), limit).unwrap_or(body)),
        "zstd" if body.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => all(ZstdReader::new(Cursor::new(body)), limit),
        // Brotli has no mark: what is text already was decoded.
        "br" if std::str::from_utf8(&body).is_err() || !looks_like_text(&body) => {
            all(BrotliReader::new(Cursor::new(body)), limit)
        }
        "chunked" | "gzip" | "x-gzip" | "zstd" | "br" | "identity" | "" | "none" | "utf-8" => Ok(body),
        other => Err(io::Error::new(io::ErrorKind::InvalidData, format!("its coding {other} is not known"))),
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(256)];
    head.iter().all(|b| *b >= 0x20 || b.is_ascii_whitespace())
}

fn zlib(body: &[u8]) -> bool {
    matches!(body, [cmf, flags, ..] if cmf & 0x0F == 8 && (u16::from(*cmf) << 8 | u16::from(*flags)) % 31 == 0)
}

fn all(reader: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    reader.take(limit + 1).read_to_end(&mut out)?;
    Ok(out)
}

/// The pieces of a chunked body put together; its trailer is left out.
fn whole(body: &[u8], limit: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while out.len() as u64 <= limit {
        let Some((piece, after)) = chunk(rest)? else { return Ok(out) };
        out.extend_from_slice(piece);
        rest = after;
    }
    Ok(out)
}

/// A chunk and what follows it; `None` for the last one.
fn chunk(body: &[u8]) -> io::Result<Option<(&[u8], &[u8])>> {
    let cut = || io::Error::new(io::ErrorKind::UnexpectedEof, "its chunks are cut short");
    let end = body.iter().take(1024).position(|b| *b == b'\n').ok_or_else(cut)?;
    let line = String::from_utf8_lossy(&body[..end]);
    let size = line.split(';').next().unwrap_or_default().trim();
    let size = usize::from_str_radix(size, 16)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a chunk has no size"))?;
    if size == 0 {
        return Ok(None);
    }
    let rest = &body[end + 1..];
    let (piece, after) = rest.split_at_checked(size).ok_or_else(cut)?;
    let after = after.strip_prefix(b"\r\n").or(after.strip_prefix(b"\n")).unwrap_or(after);
    Ok(Some((piece, after)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const PAGE: &[u8] = b"<p>Sales rose 5%.</p>";

    fn read(body: &[u8], transfer: &str, content: &str) -> Result<Vec<u8>, io::ErrorKind> {
        let headers = [("transfer-encoding", transfer), ("content-encoding", content)];
        let headers: Vec<_> = headers.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        decode(body.to_vec(), &headers, 1000).map_err(|e| e.kind())
    }

    fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
        gz.write_all(bytes)?;
        gz.finish()
    }

    fn chunked(bytes: &[u8]) -> Vec<u8> {
        let (a, b) = bytes.split_at(bytes.len() / 2);
        let mut out = format!("{:x}\r\n", a.len()).into_bytes();
        out.extend([a, b"\r\n", format!("{:X};x=y\r\n", b.len()).as_bytes(), b, b"\r\n0\r\n\r\n"].concat());
        out
    }

    #[test]
    fn each_coding_and_headers_that_are_no_longer_true() -> io::Result<()> {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(PAGE)?;
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
        bare.write_all(PAGE)?;
        let zipped = gzip(PAGE)?;
        for (body, transfer, content) in [
            (zipped.clone(), "", "gzip"),
            (zlib.finish()?, "", "deflate"),
            (bare.finish()?, "", "deflate"),
            (zipped.clone(), "", "deflate"),
            (chunked(PAGE), "chunked", ""),
            (chunked(&zipped), "Chunked", "gzip"),
            (gzip(&zipped)?, "", "gzip, gzip"),
            (PAGE.to_vec(), "chunked", "gzip"),
            (PAGE.to_vec(), "", "br"),
            (PAGE.to_vec(), "", "zstd"),
        ] {
            assert_eq!(read(&body, transfer, content), Ok(PAGE.to_vec()), "{transfer} {content}");
        }
        Ok(())
    }

    #[test]
    fn damage_and_bombs() -> io::Result<()> {
        let zipped = gzip(PAGE)?;
        assert_eq!(read(&zipped[..zipped.len() - 9], "", "gzip"), Err(io::ErrorKind::UnexpectedEof));
        let cut = chunked(PAGE);
        assert_eq!(read(&cut[..cut.len() - 9], "chunked", ""), Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(read(PAGE, "", "lzma"), Err(io::ErrorKind::InvalidData));
        assert_eq!(read(PAGE, "", "gzip, gzip, gzip, gzip, gzip"), Err(io::ErrorKind::InvalidData));
        let bomb = gzip(&gzip(&vec![0; 50 << 20])?)?;
        assert!(read(&bomb, "", "gzip, gzip").is_ok_and(|b| b.len() <= 1001) || read(&bomb, "", "gzip, gzip").is_err());
        let bomb = gzip(&vec![0; 1 << 20])?;
        assert_eq!(read(&bomb, "", "gzip").map(|b| b.len()), Ok(1001));
        Ok(())
    }
}
