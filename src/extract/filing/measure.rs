//! Measure: a number of a row → a figure with its fields.

use std::collections::HashSet;

use jiff::civil::Date;

use super::amount::{Amount, Unit};
use super::head;
use super::reading::{Entry, Reading};
use super::when::{Length, When, Years};
use crate::extract::bind::{Bound, Shared};
use crate::extract::figure::{Figure, Form};
use crate::extract::quantity::tidy;
use crate::extract::view::View;
use crate::model::{Direction, Fact, Kind, Layout, Metric, Period, Place, Qualifier, Role, Span, Status};

/// Makes figures of the numbers of one document's tables.
pub(super) struct Measurer<'v, 'd> {
    view: &'v View<'v>,
    layout: &'d Layout,
    whom: Option<(&'d Shared, &'static str)>,
    years: Years,
    /// The scale of all tables that name one, where they agree.
    scale: Option<i32>,
    /// Sums that were said before.
    said: HashSet<(Metric, u64, String, Role)>,
}

/// A figure's value and what it is.
struct Value {
    kind: Kind,
    unit: Option<&'static str>,
    value: f64,
    upper: Option<f64>,
    role: Role,
    direction: Direction,
    negative: bool,
    baseline: Option<&'static str>,
}

/// Amounts from here on are printed in full.
const FULL: f64 = 1e6;

impl<'v, 'd> Measurer<'v, 'd> {
    pub fn new(
        view: &'v View<'v>,
        layout: &'d Layout,
        whom: Option<(&'d Shared, &'static str)>,
        years: Years,
        readings: &[Reading],
    ) -> Self {
        let mut scales = readings.iter().filter_map(|r| r.caption.scale.map(|s| s.0));
        let first = scales.next();
        let scale = first.filter(|first| scales.all(|s| s == *first));
        Self { view, layout, whom, years, scale, said: HashSet::new() }
    }

    /// The figure of an entry; none where the text does not say what it is.
    pub fn measure(&mut self, reading: &Reading, entry: &Entry) -> Option<(Figure<'v>, Bound)> {
        let tag = self.layout.facts_at(entry.span).map(|(fact, _)| fact).find(|f| f.value.is_some());
        // What is tagged as a part is not the whole company's.
        if tag.is_some_and(|f| is_part(f, entry.item.per_share))
            || entry.head.part && !entry.head.whole && tag.is_none()
        {
            return None;
        }
        // What falls due in years to come is a sum at a day, not a flow.
        if tag.is_some_and(|f| f.instant) && !entry.item.instant {
            return None;
        }
        let scale = self.scale_of(reading, entry);
        let mut value = match scale {
            Some(scale) => self.value(reading, entry, scale)?,
            None => self.value(reading, entry, tag?.scale.unwrap_or(0))?,
        };
        let tagged = tag.and_then(|f| f.value).map(|v| v.to_f64().abs());
        let mut by_tag = scale.is_none();
        if let Some(tagged) =
            tagged.filter(|t| value.kind == Kind::Money && value.upper.is_none() && (t - value.value).abs() > t * 1e-9)
        {
            (value.value, by_tag) = (tagged, true);
        }
        let head = entry.compared.as_ref().filter(|_| entry.head.year.is_none()).unwrap_or(&entry.head);
        let when = head.when(&self.years, entry.item.instant && entry.head.length.is_none());
        let (when, rule, words) = match tag.and_then(|f| of_fact(f, &self.years)) {
            Some(told) if when.is_none_or(|w| !agree(&w, &told)) => (Some(told), "period.tagged", None),
            Some(told) => {
                (Some(When { first: told.first, last: told.last, ..when? }), "period.column", entry.head_span)
            }
            None => (when, "period.column", entry.head_span),
        };
        if when.is_none() && !entry.head.outlook || when.is_some_and(|w| self.is_to_come(&w) && !entry.head.outlook) {
            return None;
        }
        let words = words.map(|s: Span| (s, s.of(self.view.tokens().text).to_string()));
        let period = when.map(|w| head::period(w, w.norm(), words.as_ref().map(|(_, w)| w.clone())));
        let (figure, bound) = self.bound(reading, entry, value, period, (rule, words.map(|(s, _)| s)), by_tag)?;
        Some((figure, bound))
    }

    /// A time behind the one that the document reports on.
    fn is_to_come(&self, when: &When) -> bool {
        self.years.reported.is_some_and(|day| day.until(when.last).is_ok_and(|s| s.get_days() > 100))
    }

    /// The power of ten of an entry: printed beside it, none for amounts per
    /// share, else the caption's.
    fn scale_of(&self, reading: &Reading, entry: &Entry) -> Option<i32> {
        if entry.amount.unit != Unit::Plain || entry.item.per_share {
            return Some(0);
        }
        if let Some(scale) = entry.amount.scale.or(reading.caption.scale.map(|s| s.0)) {
            return Some(scale);
        }
        if reading.largest >= FULL { Some(0) } else { self.scale }
    }

    fn value(&self, reading: &Reading, entry: &Entry, scale: i32) -> Option<Value> {
        let Entry { amount, item, head, .. } = entry;
        let signed = if amount.below { Direction::Down } else { Direction::Up };
        let moved = if amount.direction == Direction::None { signed } else { amount.direction };
        let baseline = if head.sequential { "prior_quarter" } else { "prior_year" };
        let change = head.change || amount.direction != Direction::None;
        let out = |kind, unit, value| Value {
            kind,
            unit,
            value,
            upper: amount.upper.map(|u| if kind == Kind::Money { tidy(u * 10f64.powi(scale)) } else { u }),
            role: if change { Role::Change } else { Role::Amount },
            direction: if change { moved } else { item.direction },
            negative: !change && item.signed && amount.below,
            baseline: change.then_some(baseline),
        };
        match amount.unit {
            // Among percentages that print their sign once.
            Unit::Plain if reading.percents > 0 && !reading.dollars && reading.largest < 100.0 && !item.per_share => {
                None
            }
            Unit::Plain => {
                let unit = self.currency(reading, amount);
                Some(out(Kind::Money, unit, tidy(amount.value * 10f64.powi(scale))))
            }
            Unit::Points => Some(out(Kind::Percent, Some("pp"), amount.value)).filter(|_| change),
            Unit::Percent if change => Some(out(Kind::Percent, Some("%"), amount.value)),
            Unit::Percent if item.percent => {
                Some(Value { role: Role::Level, ..out(Kind::Percent, Some("%"), amount.value) })
            }
            Unit::Percent if head.share => Some(Value {
                role: Role::Share,
                baseline: Some("share_of:revenue"),
                ..out(Kind::Percent, Some("%"), amount.value)
            }),
            Unit::Percent | Unit::Times => None,
        }
    }

    /// The currency: printed, in the caption, or that of the country of the form.
    fn currency(&self, reading: &Reading, amount: &Amount) -> Option<&'static str> {
        let form = self.layout.filing.form.as_deref().unwrap_or("");
        let domestic = ["10-", "8-K"].iter().any(|f| form.starts_with(f));
        let printed = amount.currency.or(reading.caption.currency);
        printed.or((domestic || reading.dollars).then_some("USD"))
    }

    fn bound(
        &mut self,
        reading: &Reading,
        entry: &Entry,
        value: Value,
        period: Option<Period>,
        because: (&'static str, Option<Span>),
        by_tag: bool,
    ) -> Option<(Figure<'v>, Bound)> {
        let tokens = self.view.tokens();
        let (first, end) = (tokens.at_byte(entry.span.start), tokens.at_byte(entry.span.end - 1) + 1);
        // A figure is made of whole words.
        if tokens.span(first, end) != entry.span {
            return None;
        }
        let figure = Figure {
            first,
            end,
            kind: value.kind,
            lo: Some(value.value),
            hi: value.upper.or(Some(value.value)),
            unit: value.unit,
            qualifier: if entry.amount.about { Qualifier::Approx } else { Qualifier::Exact },
            hedge: None,
            sign: Direction::None,
            vague: false,
            form: Form::Quantity,
            rule: "figure.cell",
        };
        let mut bound = Bound::new(&figure);
        bound.because("value", figure.rule, Some(entry.span));
        if let Some((_, span)) = reading.caption.scale.filter(|_| value.kind == Kind::Money && !entry.item.per_share) {
            bound.because("value", "figure.caption", Some(span));
        }
        bound.role = value.role;
        bound.direction = value.direction;
        bound.negative_value = value.negative;
        bound.metric = Some(entry.item.metric);
        let label = entry.label.of(tokens.text);
        bound.metric_text = Some(label.to_string());
        bound.because("metric", "metric.line", Some(entry.label));
        if let Some((issuer, rule)) = self.whom {
            bound.subjects = vec![issuer.clone()];
            bound.because("subjects", rule, None);
        }
        if period.is_some() {
            bound.because("period", because.0, because.1);
        }
        if let Some(baseline) = value.baseline {
            bound.baseline = vec![baseline.to_string()];
            bound.because("baseline", "baseline.column", None);
        }
        if entry.head.outlook {
            bound.status = Status::Planned;
            bound.because("status", "status.outlook", entry.head_span);
        }
        let norm = period.as_ref().and_then(|p| p.norm.clone()).unwrap_or_default();
        let again = !self.said.insert((entry.item.metric, value.value.to_bits(), norm, value.role));
        bound.mention = if again { Place::Restatement } else { Place::Primary };
        bound.period = period;
        let unsure = f64::from(u8::from(bound.subjects.is_empty())) * 0.25 + f64::from(u8::from(by_tag)) * 0.05;
        bound.confidence = (95.0 - 100.0 * unsure).round() / 100.0;
        Some((figure, bound))
    }
}

/// Whether a fact is of a part of the company; each class of stock has its own
/// earnings per share.
fn is_part(fact: &Fact, per_share: bool) -> bool {
    const WHOLE: &[&str] = &["LegalEntityAxis", "ConsolidationItemsAxis", "ScenarioAxis"];
    let class = |axis: &str| per_share && axis.ends_with("ClassOfStockAxis");
    fact.dimensions.iter().any(|d| !WHOLE.iter().any(|axis| d.axis.ends_with(axis)) && !class(&d.axis))
}

/// The time of a fact.
pub(super) fn of_fact(fact: &Fact, years: &Years) -> Option<When> {
    let last: Date = fact.end.as_deref()?.parse().ok()?;
    if fact.instant {
        return Some(When { first: last, last, length: None, fiscal: None });
    }
    let first: Date = fact.start.as_deref()?.parse().ok()?;
    let days = i64::from(first.until(last).ok()?.get_days()) + 1;
    let length = match days {
        20..=40 => Length::Months(1),
        80..=100 => Length::Months(3),
        170..=190 => Length::Months(6),
        260..=285 => Length::Months(9),
        350..=380 => Length::Months(12),
        other => Length::Weeks((other + 3) / 7),
    };
    let fiscal = (length.is_year() && !years.is_calendar()).then(|| (years.named(last).0, None));
    Some(When { first, last, length: Some(length), fiscal })
}

/// Whether two times are the same but for a few days.
fn agree(a: &When, b: &When) -> bool {
    let near = |x: Date, y: Date| x.until(y).is_ok_and(|s| s.get_days().abs() <= 10);
    near(a.first, b.first) && near(a.last, b.last) && a.length.is_some() == b.length.is_some()
}
