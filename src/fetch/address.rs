//! Address rules: where a request may go. The host of an address and every
//! network address that a name leads to are checked, at every hop.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use url::{Host, Url};

use super::error::FetchError;

/// A range of network addresses, such as `10.0.0.0/8` or `::1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    first: IpAddr,
    bits: u8,
}

impl Range {
    /// Whether the range holds the address.
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same(u32::from(a).into(), u32::from(b).into(), self.bits, 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => same(a.into(), b.into(), self.bits, 128),
            _ => false,
        }
    }
}

/// Whether the first `bits` of two numbers of `width` bits are the same.
fn same(a: u128, b: u128, bits: u8, width: u8) -> bool {
    let rest = u32::from(width - bits.min(width));
    rest >= 128 || (a ^ b) >> rest == 0
}

impl FromStr for Range {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no range of addresses; write it like 10.0.0.0/8 or 127.0.0.1");
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let first: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let width = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(width);
        if bits > width { Err(wrong()) } else { Ok(Self { first, bits }) }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

/// Which addresses may be asked: public ones, and private ones that the
/// configuration names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Private ranges that are allowed.
    pub allowed: Vec<Range>,
}

/// Ports below 1024 that pages are served on.
const PORTS: [u16; 2] = [80, 443];

impl Rules {
    /// Checks everything that can be seen in an address itself.
    ///
    /// # Errors
    /// When it is no web address, names a user, a port of another service, or
    /// a network address that is not allowed, however that is written.
    pub fn check(&self, url: &Url) -> Result<(), FetchError> {
        let refuse = |problem: &str| FetchError::BadUrl { url: url.to_string(), problem: problem.to_string() };
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::Scheme { url: url.to_string(), scheme: url.scheme().to_string() });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("it carries a user name"));
        }
        if url.port_or_known_default().is_none_or(|p| p == 0 || (p < 1024 && !PORTS.contains(&p))) {
            return Err(refuse("its port belongs to another service than the web"));
        }
        match url.host() {
            None => Err(refuse("it names no host")),
            Some(Host::Ipv4(address)) => self.admit(url.as_str(), address.into()),
            Some(Host::Ipv6(address)) => self.admit(url.as_str(), address.into()),
            // What is written like a number but is none to the parser is no name either.
            Some(Host::Domain(name)) => match name.trim_end_matches('.').parse::<IpAddr>() {
                Ok(address) => self.admit(url.as_str(), address),
                Err(_) if name.trim_end_matches('.').is_empty() => Err(refuse("it names no host")),
                Err(_) => Ok(()),
            },
        }
    }

    /// Whether a network address may be asked.
    pub fn allows(&self, address: IpAddr) -> bool {
        let inner = embedded(address);
        if self.allowed.iter().any(|r| r.holds(address) || inner.is_some_and(|i| r.holds(i.into()))) {
            return true;
        }
        match (address, inner) {
            (IpAddr::V4(v4), _) => public4(v4),
            (IpAddr::V6(_), Some(v4)) => public4(v4),
            (IpAddr::V6(v6), None) => public6(v6),
        }
    }

    /// Refuses a network address that may not be asked.
    ///
    /// # Errors
    /// Names address and reason.
    pub fn admit(&self, url: &str, address: IpAddr) -> Result<(), FetchError> {
        if self.allows(address) {
            Ok(())
        } else {
            Err(FetchError::Forbidden { url: url.to_string(), address: address.to_string() })
        }
    }
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible,
/// translated (NAT64) or tunnelled (6to4).
fn embedded(address: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(v6) = address else { return None };
    let s = v6.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        [0, 0, 0, 0, 0, 0xffff, high, low] => Some(v4(high, low)),
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => Some(v4(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(v4(high, low)),
        [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => None,
    }
}

/// Reserved ranges of IPv4: first address and bits.
const RESERVED4: &[(u32, u8)] = &[
    (0x0000_0000, 8),  // this network
    (0x0A00_0000, 8),  // private
    (0x6440_0000, 10), // carriers' own
    (0x7F00_0000, 8),  // loopback
    (0xA9FE_0000, 16), // link-local, with the metadata service of clouds
    (0xAC10_0000, 12), // private
    (0xC000_0000, 24), // protocols
    (0xC000_0200, 24), // documentation
    (0xC058_6300, 24), // 6to4 relays
    (0xC0A8_0000, 16), // private
    (0xC612_0000, 15), // measuring
    (0xC633_6400, 24), // documentation
    (0xCB00_7100, 24), // documentation
    (0xE000_0000, 4),  // multicast
    (0xF000_0000, 4),  // reserved, broadcast
];

fn public4(address: Ipv4Addr) -> bool {
    let value = u32::from(address);
    !RESERVED4.iter().any(|(first, bits)| same((*first).into(), value.into(), *bits, 32))
}

/// Only global unicast (2000::/3) is public, without what is set apart in it.
fn public6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    s[0] & 0xE000 == 0x2000
        && !(s[0] == 0x2001 && s[1] < 0x0200) // protocols, Teredo
        && !(s[0] == 0x2001 && s[1] == 0x0db8) // documentation
        && s[0] & 0xFFF0 != 0x3FF0 // documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(rules: &Rules, url: &str) -> bool {
        Url::parse(url).is_err() || Url::parse(url).is_ok_and(|u| rules.check(&u).is_err())
    }

    #[test]
    fn every_way_of_writing_a_private_address_is_refused() {
        let rules = Rules::default();
        for url in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://0/",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[64:ff9b:1::1]/",
            "http://[2002:7f00:1::]/",
            "http://[2001:0:1::1]/",
            "http://[fe80::1]/",
            "http://[fd00:ec2::254]/",
            "http://127.0.0.1./",
            "http://\u{2460}\u{2461}\u{2466}.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://10.1.2.3/",
            "http://172.31.0.1/",
            "http://192.168.1.1/",
            "http://100.64.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "file:///etc/passwd",
            "ftp://x.example/",
            "http://user:pass@x.example/",
            "http://x.example:22/",
            "http://x.example:6379@10.0.0.1/",
        ] {
            assert!(refused(&rules, url), "{url}");
        }
        for url in ["http://x.example/", "https://8.8.8.8/", "http://[2606:4700::1]/", "https://x.example:8443/a"] {
            assert!(!refused(&rules, url), "{url}");
        }
    }

    #[test]
    fn ranges_of_the_configuration_open_what_they_name_alone() -> Result<(), String> {
        let rules = Rules { allowed: vec!["127.0.0.1".parse()?, "10.0.0.0/8".parse()?] };
        assert!(!refused(&rules, "http://127.0.0.1:8080/"));
        assert!(!refused(&rules, "http://[::ffff:127.0.0.1]:8080/"));
        assert!(!refused(&rules, "http://10.200.0.1/"));
        assert!(refused(&rules, "http://127.0.0.2/") && refused(&rules, "http://192.168.0.1/"));
        for text in ["10.0.0.0/33", "x", "::1/129", "10/8"] {
            assert!(text.parse::<Range>().is_err(), "{text}");
        }
        assert_eq!("::1/128".parse::<Range>()?.to_string(), "::1/128");
        assert!("0.0.0.0/0".parse::<Range>()?.holds("9.9.9.9".parse().map_err(|_| "address")?));
        Ok(())
    }
}
