//! Decimal: a number exactly as reported, without binary rounding.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `digits` × 10^`exponent`, with the fewest digits.
///
/// Records write it as a JSON number: whole numbers digit by digit, others with
/// the digits they were reported with (up to the 17 that a double holds).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Decimal {
    digits: i128,
    exponent: i32,
}

/// Exponents beyond these are no reported number.
const EXPONENT_MAX: i32 = 400;

impl Decimal {
    /// `digits` × 10^`exponent`; none beyond what a reported number can be.
    pub fn new(digits: i128, exponent: i32) -> Option<Self> {
        let (mut digits, mut exponent) = (digits, exponent);
        if digits == 0 {
            return Some(Self::default());
        }
        while exponent < 0 && digits % 10 == 0 {
            digits /= 10;
            exponent += 1;
        }
        while exponent > 0 {
            let Some(more) = digits.checked_mul(10) else { break };
            digits = more;
            exponent -= 1;
        }
        (exponent.abs() <= EXPONENT_MAX).then_some(Self { digits, exponent })
    }

    /// Times 10^`scale`.
    pub fn scaled(self, scale: i32) -> Option<Self> {
        Self::new(self.digits, self.exponent.checked_add(scale)?)
    }

    /// With the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { digits: self.digits.saturating_neg(), exponent: self.exponent }
    }

    /// The sum; none where it has too many digits.
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let at = |n: Self| {
            let places = u32::try_from(n.exponent.checked_sub(exponent)?).ok()?;
            n.digits.checked_mul(10i128.checked_pow(places)?)
        };
        Self::new(at(self)?.checked_add(at(other)?)?, exponent)
    }

    /// The difference; none where it has too many digits.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        match self.exponent {
            // Both exact in a double: one correctly rounded step.
            0 if self.digits.unsigned_abs() <= 1 << 53 => self.digits as f64,
            _ => format!("{}e{}", self.digits, self.exponent).parse().unwrap_or(f64::NAN),
        }
    }

    /// The whole number, where it is one.
    pub fn to_integer(self) -> Option<i128> {
        (self.exponent == 0).then_some(self.digits)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs().to_string();
        match usize::try_from(self.exponent) {
            Ok(zeros) => write!(f, "{sign}{digits}{:0<zeros$}", ""),
            Err(_) => {
                let places = self.exponent.unsigned_abs() as usize;
                let digits = format!("{digits:0>width$}", width = places + 1);
                let (whole, rest) = digits.split_at(digits.len() - places);
                write!(f, "{sign}{whole}.{rest}")
            }
        }
    }
}

/// What is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no decimal number")
    }
}

impl FromStr for Decimal {
    type Err = NotANumber;

    /// Reads `-12.50` or `1.2e3`.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().map_err(|_| NotANumber)?),
            None => (text, 0),
        };
        let (negative, number) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
        let rest = rest.trim_end_matches('0');
        if whole.is_empty() && rest.is_empty() && !number.contains('0') {
            return Err(NotANumber);
        }
        let mut digits = 0i128;
        for b in whole.bytes().chain(rest.bytes()) {
            let digit = (b as char).to_digit(10).ok_or(NotANumber)?;
            digits = digits.checked_mul(10).and_then(|d| d.checked_add(digit.into())).ok_or(NotANumber)?;
        }
        let places = i32::try_from(rest.len()).map_err(|_| NotANumber)?;
        let exponent = exponent.checked_sub(places).ok_or(NotANumber)?;
        Self::new(if negative { -digits } else { digits }, exponent).ok_or(NotANumber)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_integer().map(i64::try_from) {
            Some(Ok(whole)) => serializer.serialize_i64(whole),
            Some(Err(_)) => serializer.serialize_i128(self.digits),
            None => serializer.serialize_f64(self.to_f64()),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Decimal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Decimal, E> {
                Decimal::new(value.into(), 0).ok_or_else(|| E::custom(NotANumber))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Decimal, E> {
                Decimal::new(value.into(), 0).ok_or_else(|| E::custom(NotANumber))
            }

            fn visit_i128<E: Error>(self, value: i128) -> Result<Decimal, E> {
                Decimal::new(value, 0).ok_or_else(|| E::custom(NotANumber))
            }

            // The shortest digits that give the double are the ones it was written with.
            fn visit_f64<E: Error>(self, value: f64) -> Result<Decimal, E> {
                format!("{value:e}").parse().map_err(E::custom)
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Decimal, E> {
                value.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Number)
    }
}

impl JsonSchema for Decimal {
    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        text.parse::<Decimal>().map_or("none".into(), |d| d.to_string())
    }

    #[test]
    fn reads_and_writes() {
        assert_eq!(
            ["1.50", "-0.05", "+7", "120e3", "1.2e-3", ".5", "0.0", "5."].map(show),
            ["1.5", "-0.05", "7", "120000", "0.0012", "0.5", "0", "5"]
        );
        assert_eq!(
            ["", ".", "-", "1,5", "1.2.3", "٣", "1e999999", &"9".repeat(60)].map(show),
            ["none"; 8].map(String::from)
        );
    }

    #[test]
    fn scales_and_adds_exactly() {
        let d = |t: &str| t.parse::<Decimal>().expect("a number");
        assert_eq!(d("159.2").scaled(9), Some(d("159200000000")));
        assert_eq!(d("50").scaled(-2), Some(d("0.5")));
        assert_eq!(d("0.1").plus(d("0.2")), Some(d("0.3")));
        assert_eq!(d("37256e6").minus(d("1969000000")).map(|v| v.to_string()).as_deref(), Some("35287000000"));
        assert_eq!(d("0.1").plus(d("0.2")).map(Decimal::to_f64), Some(0.3));
        assert!(d("-1e60").is_negative() && d("-1e60").to_f64() == -1e60);
        assert_eq!(Decimal::new(i128::MAX, 0).and_then(|m| m.plus(d("1"))), None);
    }

    #[test]
    fn json_keeps_the_digits() {
        let json = |t: &str| serde_json::to_string(&t.parse::<Decimal>().expect("a number")).expect("JSON");
        assert_eq!(
            ["14935826000", "0.5", "123456789012345678901", "-4.85"].map(json),
            ["14935826000", "0.5", "123456789012345678901", "-4.85"]
        );
        let back = |t: &str| serde_json::from_str::<Decimal>(t).map(|d| d.to_string()).unwrap_or_default();
        assert_eq!(["-4.85", "1e3", "19", "\"0.25\""].map(back), ["-4.85", "1000", "19", "0.25"]);
    }
}
