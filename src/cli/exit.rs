//! Exit codes: the contract with scripts.

use std::process::{ExitCode, Termination};

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine,
    /// Nothing was found (or an audit found a contradiction).
    Nothing,
    /// Something went wrong; stderr says what.
    Error,
    /// Ctrl-C; everything stored is consistent.
    Interrupted,
}

impl Exit {
    /// The number the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Nothing => 1,
            Self::Error => 2,
            Self::Interrupted => 130,
        }
    }

    /// `Fine` when something was found.
    pub fn found(something: bool) -> Self {
        if something { Self::Fine } else { Self::Nothing }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_contract() {
        let codes = [Exit::Fine, Exit::Nothing, Exit::Error, Exit::Interrupted].map(Exit::code);
        assert_eq!(codes, [0, 1, 2, 130]);
        assert_eq!([Exit::found(true), Exit::found(false)], [Exit::Fine, Exit::Nothing]);
    }
}
