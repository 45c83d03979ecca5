//! What the network library says → [`FetchError`].

use std::error::Error;
use std::time::Duration;

use url::Url;

use super::error::FetchError;
use super::resolve::{ForbiddenAddress, UnknownName};

/// The causes of an error, from the outside in.
fn causes<'e>(e: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    let mut next = Some(e);
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}

/// The cause at the bottom says most.
fn innermost(e: &(dyn Error + 'static)) -> String {
    causes(e).last().map(ToString::to_string).unwrap_or_default()
}

/// Before the header of the answer was there.
pub(super) fn of_sending(url: &Url, e: &reqwest::Error, connect: Duration) -> FetchError {
    let url = url.to_string();
    for cause in causes(e) {
        if let Some(ForbiddenAddress(address)) = cause.downcast_ref() {
            return FetchError::Forbidden { url, address: address.to_string() };
        }
        if let Some(UnknownName(problem)) = cause.downcast_ref() {
            return FetchError::Dns { url, problem: problem.clone() };
        }
    }
    if e.is_timeout() {
        FetchError::Timeout { url, what: "could not be connected to", limit: connect }
    } else if e.is_connect() {
        FetchError::Connect { url, problem: innermost(e) }
    } else {
        FetchError::Protocol { url, problem: innermost(e) }
    }
}

/// While the body was read.
pub(super) fn of_reading(url: &Url, e: &reqwest::Error, found: usize, promised: Option<u64>) -> FetchError {
    let problem = match promised {
        Some(promised) => format!("{found} of {promised} bytes came"),
        None => format!("it broke off after {found} bytes: {}", innermost(e)),
    };
    FetchError::Truncated { url: url.to_string(), problem }
}
