//! Bytes → text: by byte order mark, header, meta element, else by detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::prescan;

/// A decoded body.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// Its text, without byte order mark.
    pub text: String,
    /// Name of the encoding used.
    pub encoding: &'static str,
    /// Malformed sequences were replaced.
    pub replaced: bool,
}

/// Decodes `bytes`; `header` is the `content-type` header, `host` guides detection.
pub(crate) fn decode(bytes: &[u8], header: Option<&str>, html: bool, host: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return finish(encoding, &bytes[mark..]);
    }
    let declared = header
        .and_then(header_charset)
        .or_else(|| utf16(bytes))
        .or_else(|| html.then(|| meta_charset(bytes)).flatten());
    // Valid UTF-8 beyond ASCII does not come about by chance: a stale declaration is overruled.
    let utf8 = std::str::from_utf8(bytes);
    if let Ok(text) = utf8
        && (declared.is_none_or(|d| d == UTF_8) || text.chars().filter(|c| !c.is_ascii()).nth(2).is_some())
    {
        return Decoded { text: text.to_string(), encoding: UTF_8.name(), replaced: false };
    }
    if let Some(encoding) = declared {
        let decoded = finish(encoding, bytes);
        // A page that breaks its own declaration all over is written otherwise.
        if !decoded.replaced || few_replaced(&decoded.text) {
            return decoded;
        }
    }
    finish(detect(bytes, host), bytes)
}

fn finish(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

fn few_replaced(text: &str) -> bool {
    let bad = text.matches('\u{fffd}').count();
    let other = text.chars().filter(|c| !c.is_ascii()).count();
    bad <= 3 || bad * 20 < other
}

/// `charset=…` of a content-type value.
fn header_charset(value: &str) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let label = lower.split("charset").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let label = label.trim_start_matches(['"', '\'']).split(['"', '\'', ';', ' ']).next()?;
    Encoding::for_label(label.as_bytes())
}

/// What the page's `meta` or XML declaration says, as browsers read it.
fn meta_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let label = prescan::charset(&bytes[..bytes.len().min(16 << 10)])?;
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    if encoding == UTF_16LE || encoding == UTF_16BE {
        // The declaration was read as ASCII, so it cannot be true.
        return Some(UTF_8);
    }
    Some(if encoding.name() == "x-user-defined" { WINDOWS_1252 } else { encoding })
}

/// UTF-16 without a mark: every other byte of the start is NUL.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(200)];
    if head.len() < 8 {
        return None;
    }
    let nul = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count() * 4 >= head.len() / 2 * 3;
    match (nul(0), nul(1)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

fn detect(bytes: &[u8], host: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let tld =
        host.and_then(|h| h.rsplit('.').next()).filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_lowercase()));
    detector.guess(tld.map(str::as_bytes), Utf8Detection::Allow)
}

/// Whether the bytes are no text at all: a known signature, NULs, control characters.
pub(crate) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"%PDF-", "PDF"),
        (b"\x89PNG\r\n", "PNG image"),
        (b"\xff\xd8\xff", "JPEG image"),
        (b"GIF8", "GIF image"),
        (b"PK\x03\x04", "ZIP archive"),
        (b"PK\x05\x06", "ZIP archive"),
        (b"\x7fELF", "executable"),
        (b"MZ\x90", "executable"),
        (b"RIFF", "media file"),
        (b"OggS", "media file"),
        (b"ID3", "media file"),
        (b"\x1f\x8b", "gzip data"),
        (b"BZh", "bzip2 data"),
        (b"\xfd7zXZ", "xz data"),
        (b"\x28\xb5\x2f\xfd", "zstd data"),
        (b"7z\xbc\xaf", "7z archive"),
        (b"Rar!", "RAR archive"),
        (b"SQLite format", "database"),
        (b"\xd0\xcf\x11\xe0", "office document"),
        (b"wOFF", "font"),
        (b"wOF2", "font"),
        (b"\0asm", "executable"),
    ];
    if let Some((_, name)) = SIGNATURES.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(name);
    }
    if Encoding::for_bom(bytes).is_some() || utf16(bytes).is_some() {
        return None;
    }
    let head = &bytes[..bytes.len().min(8192)];
    let control = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    (head.contains(&0) || control * 20 > head.len()).then_some("binary data")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "Die Gebühren für Häfen stiegen überall um vier Prozent, sagte der Sprecher der Behörde.";

    #[test]
    fn each_way_to_know_the_charset() {
        let latin = encoding_rs::WINDOWS_1252.encode(GERMAN).0.into_owned();
        assert_eq!(decode(b"\xef\xbb\xbfabc", Some("text/html; charset=latin1"), true, None).text, "abc");
        assert_eq!(decode(&latin, Some("text/html; charset=ISO-8859-1"), true, None).text, GERMAN);
        let mut meta = b"<meta charset='iso-8859-1'>".to_vec();
        meta.extend(&latin);
        assert!(decode(&meta, None, true, None).text.ends_with(GERMAN));
        let mut equiv = b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>".to_vec();
        equiv.extend(&latin);
        assert!(decode(&equiv, None, true, None).text.ends_with(GERMAN));
        assert_eq!(decode(&latin, None, true, Some("hafen.de")).text, GERMAN);
        assert_eq!(decode(GERMAN.as_bytes(), None, false, None).text, GERMAN);
        let stale = format!("<meta charset=iso-8859-1>{GERMAN}");
        assert_eq!(decode(stale.as_bytes(), None, true, None).text, stale);
        let wide: Vec<u8> = GERMAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, None, true, None).text, GERMAN);
    }

    #[test]
    fn invalid_utf8_is_replaced_and_said() {
        let decoded = decode(b"fees \xff rose \xc3\xa9 4%", Some("text/plain; charset=utf-8"), false, None);
        assert_eq!((decoded.text.as_str(), decoded.replaced), ("fees \u{fffd} rose é 4%", true));
    }

    #[test]
    fn binary_is_recognised() {
        assert_eq!(binary(b"%PDF-1.7 ..."), Some("PDF"));
        assert_eq!(binary(b"abc\0def\x01\x02"), Some("binary data"));
        assert_eq!(binary("Häfen".as_bytes()), None);
        assert_eq!(binary(b"a\0b\0c\0d\0e\0"), None);
        assert_eq!(binary(b""), None);
    }
}
