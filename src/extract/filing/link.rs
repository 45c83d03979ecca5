//! Link: a figure whose number the filing tags is tied to the fact, and years
//! that only their issuer counts get their days.

use jiff::civil::Date;

use super::measure::of_fact;
use super::when::{Length, When, Years};
use crate::model::claim::FactLink;
use crate::model::{Claim, Evidence, Fact, Layout, Period, Span, Status};

/// What the document knows of its figures beside their words.
pub(crate) fn settle(claims: &mut [Claim], layout: &Layout, years: &Years) {
    for claim in claims {
        let facts = link(claim, layout);
        if claim.evidence.iter().all(|e| e.rule != "figure.cell") {
            date(claim, &facts, years);
        }
        fiscal(claim, years);
    }
}

/// Adds the facts that a claim's figure prints to its evidence.
fn link<'l>(claim: &mut Claim, layout: &'l Layout) -> Vec<&'l Fact> {
    const MOST: usize = 4;
    let span = Span::new(claim.byte_start, claim.byte_end);
    let mut out = Vec::new();
    for (fact, place) in layout.facts_at(span).take(MOST) {
        claim.evidence.push(Evidence {
            field: "value".into(),
            rule: "figure.tagged".into(),
            byte_start: Some(place.start),
            byte_end: Some(place.end),
            fact: Some(Box::new(FactLink {
                concept: fact.concept.clone(),
                fact_id: fact.fact_id.clone(),
                context_id: fact.context_id.clone(),
                byte_start: fact.byte_start,
                byte_end: fact.byte_end,
            })),
        });
        out.push(fact);
    }
    out
}

/// The tag says which time a number of the running text is of.
fn date(claim: &mut Claim, facts: &[&Fact], years: &Years) {
    let mut told = facts.iter().map(|f| of_fact(f, years));
    let Some(first) = told.next().flatten() else { return };
    if !told.all(|t| t.is_some_and(|t| (t.first, t.last) == (first.first, first.last)))
        || claim.status != Status::Actual
    {
        return;
    }
    let day = |text: Option<&String>| text.and_then(|t| t.parse::<Date>().ok());
    let known = claim.period.as_ref().map(|p| (day(p.start.as_ref()), day(p.end.as_ref())));
    let keep = match known {
        Some((Some(start), Some(end))) if first.length.is_none() => {
            // A point in time inside of what the text says, or before it.
            start > first.last || first.last <= end && start != end
        }
        Some((Some(start), Some(end))) => near(start, first.first) && near(end, first.last),
        _ => false,
    };
    if !keep {
        let text = claim.period.take().and_then(|p| p.text);
        claim.period = Some(Period { text, ..super::head::period(first, first.norm(), None) });
        claim.evidence.retain(|e| e.field != "period");
        claim.evidence.push(Evidence {
            field: "period".into(),
            rule: "period.tagged".into(),
            byte_start: Some(claim.byte_start),
            byte_end: Some(claim.byte_end),
            fact: None,
        });
    }
}

fn near(a: Date, b: Date) -> bool {
    a.until(b).is_ok_and(|s| s.get_days().abs() <= 10)
}

/// "FY2025" and "FY2025-Q3" get their days where the issuer's years are known.
fn fiscal(claim: &mut Claim, years: &Years) {
    let Some(period) = claim.period.as_mut().filter(|p| p.start.is_none() && years.end.is_some()) else { return };
    let Some(rest) = period.norm.as_deref().and_then(|n| n.strip_prefix("FY")) else { return };
    let (year, quarter) = rest.split_once("-Q").map_or((rest, None), |(y, q)| (y, q.parse::<i8>().ok()));
    let Ok(year) = year.parse::<i16>() else { return };
    let (last, length) = match quarter {
        Some(quarter) if (1..=4).contains(&quarter) => (years.quarter_end(year, quarter), Length::Months(3)),
        Some(_) => return,
        None => (years.year_end(year), Length::Months(12)),
    };
    if let Some(when) = last
        .and_then(|last| Some(When { first: super::head::first_day(length, last)?, last, length: None, fiscal: None }))
    {
        (period.start, period.end) = (Some(when.first.to_string()), Some(when.last.to_string()));
    }
}
