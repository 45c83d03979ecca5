//! Contexts and units: who, when, which part, measured in what.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::Dimension;
use crate::parse::html::{Attrs, decode_references};

/// Who, when and which part.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Context {
    pub entity: Option<u32>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub instant: bool,
    pub dimensions: Vec<Dimension>,
}

/// All contexts and units of a file.
#[derive(Debug, Default)]
pub(super) struct Resources {
    pub contexts: HashMap<String, Context>,
    pub units: HashMap<String, String>,
    context: Option<(String, Context)>,
    unit: Option<(String, Unit)>,
    /// Text of the innermost element.
    text: String,
    axis: Option<(String, bool)>,
    /// Names without prefix are those of instances: `pure`, `shares`.
    pub plain_measures: bool,
}

#[derive(Debug, Default)]
struct Unit {
    above: Vec<String>,
    below: Vec<String>,
    dividing: bool,
}

impl Resources {
    /// Whether a context or unit is being read.
    pub fn is_open(&self) -> bool {
        self.context.is_some() || self.unit.is_some()
    }

    /// A start tag of the instance or dimension namespace.
    pub fn open(&mut self, local: &str, attrs: &str) {
        self.text.clear();
        let attr = |wanted: &str| {
            Attrs::new(attrs).find(|(n, _)| *n == wanted).map(|(_, v)| decode_references(v).into_owned())
        };
        match local {
            "context" => self.context = attr("id").map(|id| (id, Context::default())),
            "unit" => self.unit = attr("id").map(|id| (id, Unit::default())),
            "unitDenominator" => {
                if let Some((_, unit)) = &mut self.unit {
                    unit.dividing = true;
                }
            }
            "explicitMember" | "typedMember" => {
                self.axis = attr("dimension").map(|axis| (axis, local == "typedMember"));
            }
            _ => {}
        }
    }

    /// Text inside a context or unit.
    pub fn text(&mut self, text: &str) {
        const LONGEST: usize = 4096;
        if self.text.len() + text.len() <= LONGEST {
            self.text.push_str(text);
        }
    }

    /// An end tag inside a context or unit, of any namespace.
    pub fn close(&mut self, local: &str) {
        match local {
            "context" => self.contexts.extend(self.context.take()),
            "unit" => {
                if let Some((id, unit)) = self.unit.take() {
                    let (above, below) = (unit.above.join("*"), unit.below.join("*"));
                    self.units.insert(id, if below.is_empty() { above } else { format!("{above}/{below}") });
                }
            }
            "measure" => {
                let measure = self.measure();
                if let Some((_, unit)) = &mut self.unit {
                    if unit.dividing { &mut unit.below } else { &mut unit.above }.push(measure);
                }
            }
            "unitDenominator" => {
                if let Some((_, unit)) = &mut self.unit {
                    unit.dividing = false;
                }
            }
            "explicitMember" | "typedMember" => {
                if let (Some((axis, typed)), Some((_, context))) = (self.axis.take(), &mut self.context) {
                    context.dimensions.push(Dimension { axis, member: self.text.trim().to_string(), typed });
                }
            }
            _ => self.close_period(local),
        }
    }

    fn close_period(&mut self, local: &str) {
        let text = self.text.trim();
        let Some((_, context)) = &mut self.context else { return };
        match local {
            "identifier" => context.entity = text.trim_start_matches('0').parse().ok(),
            "startDate" => context.start = day(text, false),
            "endDate" => context.end = day(text, true),
            "instant" => {
                context.end = day(text, true);
                context.instant = true;
            }
            _ => {}
        }
    }

    fn measure(&self) -> String {
        let text = self.text.trim();
        if self.plain_measures && !text.contains(':') { format!("xbrli:{text}") } else { text.to_string() }
    }
}

/// The day of a date or time; the end of a period at midnight is the day before.
fn day(text: &str, ends: bool) -> Option<String> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let day: Date = date.get(..10).unwrap_or(date).parse().ok()?;
    let day = if ends && time.starts_with("00:00:00") { day.yesterday().ok()? } else { day };
    Some(day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_times() {
        assert_eq!(day("2024-12-31", true).as_deref(), Some("2024-12-31"));
        assert_eq!(day("2025-01-01T00:00:00", true).as_deref(), Some("2024-12-31"));
        assert_eq!(day("2025-01-01T00:00:00", false).as_deref(), Some("2025-01-01"));
        assert_eq!(day("2025-13-01", false), None);
    }
}
