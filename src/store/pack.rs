//! Pack: records as they are stored. The records of a document are JSON Lines,
//! compressed as one block: their names and most of their values repeat from
//! line to line.

use std::io::{self, Read};

use crate::model::{Claim, Document, Mention, Rotation};

use super::duplicates;

/// Fast, and already a tenth of the size.
const LEVEL: i32 = 1;

/// Largest block that is unpacked, in bytes: no document comes near it.
const LARGEST: u64 = 4 << 30;

/// A document and what it says.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// The document.
    pub document: Document,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// Its rotations.
    pub rotations: Vec<Rotation>,
    /// Its mentions.
    pub mentions: Vec<Mention>,
}

/// Records written out: the document in one block, all that it says in another.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    /// A hash over all that matters of them.
    pub fingerprint: String,
    pub document: Vec<u8>,
    /// Claims, then rotations, then mentions: one a line.
    pub statements: Vec<u8>,
    /// Ids of claims and rotations in the order of the lines.
    pub ids: Vec<i64>,
    /// Bands of the text's signature.
    pub bands: Vec<i64>,
}

impl Packed {
    /// Writes records out. Where and when a document was seen, and which other it
    /// repeats, does not make it another one: that stands in columns, not in its block.
    pub fn of(
        document: &mut Document,
        claims: &[Claim],
        rotations: &[Rotation],
        mentions: &[Mention],
        signature: &[u32],
    ) -> serde_json::Result<Self> {
        (document.archive, document.duplicate_of) = (None, None);
        let fetched = document.fetched.take();
        let mut lines = serde_json::to_vec(document)?;
        document.fetched = fetched;
        let end = lines.len();
        let mut ids = Vec::with_capacity(claims.len() + rotations.len());
        for claim in claims {
            line(&mut lines, claim)?;
            ids.extend(number(&claim.claim_id));
        }
        for rotation in rotations {
            line(&mut lines, rotation)?;
            ids.extend(number(&rotation.rotation_id));
        }
        for mention in mentions {
            line(&mut lines, mention)?;
        }
        let statements = lines.get(end + 1..).unwrap_or_default();
        Ok(Self {
            fingerprint: blake3::hash(&lines).to_hex()[..32].to_string(),
            document: pack(&lines[..end]).map_err(serde_json::Error::io)?,
            statements: pack(statements).map_err(serde_json::Error::io)?,
            ids,
            bands: duplicates::bands(signature).collect(),
        })
    }
}

fn line(lines: &mut Vec<u8>, record: &impl serde::Serialize) -> serde_json::Result<()> {
    lines.push(b'\n');
    serde_json::to_writer(lines, record)
}

/// Compresses a block.
pub(super) fn pack(text: &[u8]) -> io::Result<Vec<u8>> {
    zstd::bulk::compress(text, LEVEL)
}

/// The text of a block.
pub(super) fn unpack(block: &[u8]) -> serde_json::Result<String> {
    let mut text = String::new();
    let read = zstd::Decoder::with_buffer(block).and_then(|d| d.take(LARGEST).read_to_string(&mut text));
    read.map(|_| text).map_err(serde_json::Error::io)
}

/// Some lines of a block's text as records.
pub(super) fn records<'t, T: serde::Deserialize<'t>>(
    lines: &mut std::str::Lines<'t>,
    count: u32,
) -> serde_json::Result<Vec<T>> {
    lines.take(count as usize).map(serde_json::from_str).collect()
}

/// The ids that the lines of a block name.
pub(super) fn ids(text: &str) -> Vec<i64> {
    #[derive(serde::Deserialize)]
    struct Named<'a> {
        claim_id: Option<&'a str>,
        rotation_id: Option<&'a str>,
    }
    let named = text.lines().filter_map(|line| serde_json::from_str::<Named<'_>>(line).ok());
    named.filter_map(|n| number(n.claim_id.or(n.rotation_id)?)).collect()
}

/// Ids of claims and rotations are 16 hexadecimal digits: as a number that
/// sorts the way the digits do.
pub(super) fn number(id: &str) -> Option<i64> {
    let digits = id.len() == 16 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let bits = u64::from_str_radix(id, 16).ok().filter(|_| digits)?;
    Some((bits ^ 1 << 63) as i64)
}

/// The id of a number.
pub(super) fn id(number: i64) -> String {
    format!("{:016x}", number as u64 ^ 1 << 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_the_ids_do() {
        let ids = ["0000000000000000", "00000000000000ff", "7fffffffffffffff", "8000000000000000", "ffffffffffffffff"];
        let numbers: Vec<i64> = ids.iter().filter_map(|i| number(i)).collect();
        assert!(numbers.is_sorted() && numbers.len() == ids.len());
        assert_eq!(numbers.into_iter().map(id).collect::<Vec<_>>(), ids);
        assert_eq!([number("ff"), number("FF00000000000000"), number("+fffffffffffffff")], [None; 3]);
    }

    #[test]
    fn blocks_come_back_and_damaged_ones_are_noticed() {
        let text = "{\"a\":1}\n".repeat(1000);
        let block = pack(text.as_bytes()).unwrap_or_default();
        assert!(block.len() * 20 < text.len());
        assert_eq!(unpack(&block).ok().as_deref(), Some(text.as_str()));
        assert!(unpack(&block[..block.len() / 2]).is_err());
        assert!(unpack(b"no block").is_err());
    }
}
