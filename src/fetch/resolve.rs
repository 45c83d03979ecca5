//! Names → network addresses, each checked. The client connects to exactly
//! the addresses that were checked, so a name that answers differently the
//! next time gains nothing. One forbidden address among several refuses all.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::Rules;
use super::proxy::Proxies;

/// The addresses of a name.
pub type Answer = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Looks names up; the system's resolver unless a test puts in another.
pub type Lookup = Arc<dyn Fn(String) -> Answer + Send + Sync>;

/// The system's resolver.
pub fn system() -> Lookup {
    Arc::new(|name: String| {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|a| a.ip()).collect())
        })
    })
}

/// Looks up and checks.
pub(super) struct Checked {
    pub rules: Rules,
    pub lookup: Lookup,
    /// Their own hosts may stand on this network; no page there is asked for.
    pub proxies: Proxies,
}

/// A name leads where it must not.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no public address")]
pub(super) struct ForbiddenAddress(pub IpAddr);

/// A name is not known.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct UnknownName(pub String);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let (rules, found) = (self.rules.clone(), (self.lookup)(name.as_str().to_string()));
        let own = self.proxies.is_own(name.as_str());
        Box::pin(async move {
            let found = found.await.map_err(|e| UnknownName(e.to_string()))?;
            if found.is_empty() {
                return Err(UnknownName("the name has no address".into()).into());
            }
            if let Some(wrong) = found.iter().find(|a| !own && !rules.allows(**a)) {
                return Err(ForbiddenAddress(*wrong).into());
            }
            Ok(Box::new(found.into_iter().map(|a| SocketAddr::new(a, 0))) as Addrs)
        })
    }
}
