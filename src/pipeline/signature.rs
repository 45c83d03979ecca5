//! Signature of a text for finding copies: MinHash over runs of four words.

use crate::model::{TokenKind, Tokens};

/// Places of a signature.
const PLACES: usize = 126;

/// Words in a run.
const RUN: usize = 4;

/// Runs looked at: enough for any article, bounded for filings.
const RUNS: usize = 20_000;

/// Texts with fewer runs have no signature: chance would make them alike.
const FEWEST: usize = 24;

/// The signature of a text; empty for short texts.
pub fn signature(text: &str) -> Vec<u32> {
    let tokens = Tokens::new(text);
    let words: Vec<u64> = (0..tokens.len())
        .filter(|i| tokens.get(*i).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number)))
        .take(RUNS + RUN)
        .map(|i| hash(tokens.clean(i).bytes().map(|b| u64::from(b.to_ascii_lowercase()))))
        .collect();
    if words.len() < FEWEST + RUN {
        return Vec::new();
    }
    let mut least = vec![u32::MAX; PLACES];
    for run in words.windows(RUN).take(RUNS) {
        let base = hash(run.iter().copied());
        let (mut value, step) = (base, base.rotate_left(29) | 1);
        for place in &mut least {
            value = value.wrapping_add(step);
            *place = (*place).min((mix(value) >> 32) as u32);
        }
    }
    least
}

fn hash(parts: impl Iterator<Item = u64>) -> u64 {
    mix(parts.fold(0xcbf2_9ce4_8422_2325, |h, p| (h ^ p).wrapping_mul(0x0100_0000_01b3).rotate_left(23)))
}

/// Finaliser of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> f64 {
        let (a, b) = (signature(a), signature(b));
        a.iter().zip(&b).filter(|(x, y)| x == y).count() as f64 / PLACES as f64
    }

    #[test]
    fn copies_are_alike_and_others_are_not() {
        let words: Vec<String> = (0..400).map(|i| format!("w{}", i * 7919 % 601)).collect();
        let text = words.join(" ");
        let mut edited = words.clone();
        for word in edited.iter_mut().step_by(25) {
            *word = "changed".to_string();
        }
        let other: Vec<String> = (0..400).map(|i| format!("v{}", i * 7919 % 601)).collect();
        assert!(alike(&text, &text.to_uppercase()) == 1.0);
        assert!(alike(&text, &edited.join(", ")) > 0.55);
        assert!(alike(&text, &other.join(" ")) < 0.1);
        assert!(signature("too short to tell").is_empty());
    }
}
