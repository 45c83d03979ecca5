//! Bytes of a feed or sitemap → text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded body and the name of its encoding.
#[derive(Debug)]
pub(crate) struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub encoding: &'static str,
}

/// Decodes `body`: by byte order mark, as UTF-8 where it is valid, by the XML
/// declaration, by the `content-type` header, else by detection. A declaration
/// that the bytes break is not believed.
pub(crate) fn decode<'b>(body: &'b [u8], content_type: Option<&str>) -> Decoded<'b> {
    let done = |encoding: &'static Encoding, text| Decoded { text, encoding: encoding.name() };
    if let Some((encoding, mark)) = Encoding::for_bom(body) {
        return done(encoding, encoding.decode_without_bom_handling(&body[mark..]).0);
    }
    let declared = declaration(body);
    // Valid UTF-8 beyond ASCII does not come about by chance.
    if let Ok(text) = std::str::from_utf8(body) {
        let plain = declared.filter(|_| text.is_ascii()).filter(|e| e.is_ascii_compatible()).unwrap_or(UTF_8);
        if !wide(body) {
            return done(plain, Cow::Borrowed(text));
        }
    }
    let header = content_type.and_then(|t| {
        let lower = t.to_ascii_lowercase();
        let label = lower.split_once("charset=")?.1.trim_start_matches(['"', '\'']);
        Encoding::for_label(label.split(['"', '\'', ';', ' ']).next()?.as_bytes())
    });
    for encoding in [declared, header].into_iter().flatten() {
        let (text, broken) = encoding.decode_without_bom_handling(body);
        if !broken || (encoding == UTF_8 && mostly_whole(&text)) {
            return done(encoding, text);
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&body[..body.len().min(1 << 20)], true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    done(encoding, encoding.decode_without_bom_handling(body).0)
}

/// Whether more sequences are whole than malformed.
fn mostly_whole(text: &str) -> bool {
    let bad = text.matches('\u{fffd}').count();
    text.chars().filter(|c| !c.is_ascii()).count() >= bad * 2
}

/// Whether every other byte at the start is NUL: UTF-16 without a mark.
fn wide(body: &[u8]) -> bool {
    body.starts_with(b"<\0") || body.starts_with(b"\0<")
}

/// The encoding that the XML declaration names, or that its bytes show.
fn declaration(body: &[u8]) -> Option<&'static Encoding> {
    if body.starts_with(b"<\0") {
        return Some(UTF_16LE);
    }
    if body.starts_with(b"\0<") {
        return Some(UTF_16BE);
    }
    let head = String::from_utf8_lossy(&body[..body.len().min(400)]);
    let inside = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let label = inside.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = label.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    // Read as ASCII, it cannot be UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<r>Die Gebühren für Häfen stiegen</r>";

    fn read(body: &[u8], content_type: Option<&str>) -> (String, &'static str) {
        let decoded = decode(body, content_type);
        (decoded.text.into_owned(), decoded.encoding)
    }

    #[test]
    fn each_way_to_know() {
        let latin = |head: &str| {
            let text = format!("{head}{TEXT}");
            (encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(), text)
        };
        let (bytes, text) = latin("<?xml version='1.0' encoding=\"iso-8859-1\"?>");
        assert_eq!(read(&bytes, None), (text, "windows-1252"));
        let (bytes, text) = latin("");
        assert_eq!(read(&bytes, Some("text/xml; charset=latin1")), (text.clone(), "windows-1252"));
        assert_eq!(read(&bytes, Some("text/xml; charset=utf-8")).0, text);
        // A wrong declaration over valid UTF-8.
        let wrong = format!("<?xml version='1.0' encoding='iso-8859-1'?>{TEXT}");
        assert_eq!(read(wrong.as_bytes(), None), (wrong.clone(), "UTF-8"));
        let wide: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&wide, None), (TEXT.to_string(), "UTF-16BE"));
        assert_eq!(read(b"\xEF\xBB\xBF<r/>", Some("x; charset=latin1")), ("<r/>".to_string(), "UTF-8"));
    }

    #[test]
    fn a_few_bad_bytes_do_not_change_the_encoding() {
        let bytes = b"<?xml version='1.0' encoding='utf-8'?><r>\xe9 caf\xc3\xa9</r>";
        assert_eq!(read(bytes, None).1, "UTF-8");
        assert!(read(bytes, None).0.contains("café"));
    }
}
