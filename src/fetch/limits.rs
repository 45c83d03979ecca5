//! Limits: how long a page may take and how large it may be.

use std::time::Duration;

/// Limits of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time until there is a connection.
    pub connect: Duration,
    /// Time until the header of the answer is there.
    pub header: Duration,
    /// Time between two pieces of the body.
    pub read: Duration,
    /// Time of the whole answer.
    pub total: Duration,
    /// Least bytes a second, once `grace` is over.
    pub rate: u64,
    /// Time before the rate is looked at.
    pub grace: Duration,
    /// Most bytes of a body, as sent and over all layers of its packing.
    pub bytes: u64,
    /// Most redirects.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            header: Duration::from_secs(30),
            read: Duration::from_secs(20),
            total: Duration::from_secs(120),
            rate: 256,
            grace: Duration::from_secs(10),
            bytes: 32 << 20,
            redirects: 8,
        }
    }
}

impl Limits {
    /// Those of robots.txt, as RFC 9309 has it: five redirects.
    pub(super) fn of_robots(self) -> Self {
        Self { redirects: 5, ..self }
    }
}
