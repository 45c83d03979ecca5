//! The same fact tagged several times → one of them.

use std::collections::HashMap;

use crate::model::Fact;

/// For each fact the place of the occurrence that stands for it: the most
/// accurate of those that ask the same, shown before hidden, the first of equals.
/// Also how many say different values beyond what their accuracy allows.
pub fn distinct(facts: &[Fact]) -> (Vec<usize>, usize) {
    let mut groups: HashMap<Key<'_>, usize> = HashMap::with_capacity(facts.len());
    let mut stands: Vec<usize> = Vec::with_capacity(facts.len());
    let mut conflicts = 0;
    for (at, fact) in facts.iter().enumerate() {
        let best = groups.entry(Key::of(fact)).or_insert(at);
        let other = &facts[*best];
        if *best != at && fact.numeric && conflict(fact, other) {
            conflicts += 1;
        }
        let rank = |f: &Fact| (f.value.is_some(), f.decimals, !f.hidden);
        if rank(fact) > rank(other) {
            *best = at;
        }
        stands.push(at);
    }
    for (at, fact) in facts.iter().enumerate() {
        if let Some(best) = groups.get(&Key::of(fact)) {
            stands[at] = *best;
        }
    }
    (stands, conflicts)
}

/// Whether two values cannot both be true.
fn conflict(a: &Fact, b: &Fact) -> bool {
    match (a.value, b.value) {
        (Some(x), Some(y)) => (x.to_f64() - y.to_f64()).abs() > a.tolerance() + b.tolerance(),
        _ => false,
    }
}

/// What a fact is about.
#[derive(PartialEq, Eq, Hash)]
struct Key<'f> {
    concept: &'f str,
    entity: Option<u32>,
    unit: Option<&'f str>,
    start: Option<&'f str>,
    end: Option<&'f str>,
    dimensions: Vec<(&'f str, &'f str)>,
}

impl<'f> Key<'f> {
    fn of(fact: &'f Fact) -> Self {
        let mut dimensions: Vec<_> = fact.dimensions.iter().map(|d| (d.axis.as_str(), d.member.as_str())).collect();
        dimensions.sort_unstable();
        Self {
            concept: &fact.concept,
            entity: fact.entity,
            unit: fact.unit.as_deref(),
            start: fact.start.as_deref(),
            end: fact.end.as_deref(),
            dimensions,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Decimals;

    #[test]
    fn the_most_accurate_stands_for_all() {
        let fact = |value: &str, places: i32, hidden: bool| Fact {
            concept: "x:Y".into(),
            numeric: true,
            value: value.parse().ok(),
            decimals: Some(Decimals::Places(places)),
            hidden,
            ..Fact::default()
        };
        let facts = [fact("5400", -2, false), fact("5369", 0, false), fact("5369", 0, true), fact("7000", 0, false)];
        assert_eq!(distinct(&facts[..3]), (vec![1, 1, 1], 0));
        assert_eq!(distinct(&facts), (vec![1; 4], 1));
        assert_eq!(distinct(&[]), (vec![], 0));
    }
}
