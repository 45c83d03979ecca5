//! Tally: what a stage took, kept and skipped, and why.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Counts of one stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Inputs seen.
    pub took: u64,
    /// Inputs that led to something.
    pub kept: u64,
    /// Inputs passed over, by reason.
    pub skipped: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts one input that led to something.
    pub fn keep(&mut self) {
        self.took += 1;
        self.kept += 1;
    }

    /// Counts one input that was passed over.
    pub fn skip(&mut self, reason: &str) {
        self.took += 1;
        *self.skipped.entry(reason.to_string()).or_default() += 1;
    }

    /// Inputs passed over for `reason`.
    pub fn skipped_for(&self, reason: &str) -> u64 {
        self.skipped.get(reason).copied().unwrap_or(0)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} taken, {} kept", self.took, self.kept)?;
        for (reason, n) in &self.skipped {
            write!(f, ", {n} {reason}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up() {
        let mut tally = Tally::default();
        tally.keep();
        tally.skip("empty");
        tally.skip("empty");
        assert_eq!(tally.to_string(), "3 taken, 1 kept, 2 empty");
        assert_eq!(tally.took, tally.kept + tally.skipped_for("empty"));
    }
}
