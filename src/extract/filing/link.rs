//! Link: a figure whose number the filing tags is tied to the fact.

use crate::model::claim::FactLink;
use crate::model::{Claim, Evidence, Layout, Span};

/// Adds the facts that a claim's figure prints to its evidence.
pub(crate) fn link(claims: &mut [Claim], layout: &Layout) {
    if layout.places.is_empty() {
        return;
    }
    for claim in claims {
        let span = Span::new(claim.byte_start, claim.byte_end);
        for (fact, place) in layout.facts_at(span).take(4) {
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
        }
    }
}
