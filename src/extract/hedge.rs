//! Hedges: how exactly a figure is meant.

use crate::lexicon::List;
use crate::model::Qualifier;

use super::figure::Figure;
use super::view::View;

/// Reads the hedge in front of, or behind, a figure.
pub(crate) fn hedge(view: &View<'_>, figure: &mut Figure, range: bool) {
    let mut at = figure.first;
    let mut found: Option<(Qualifier, usize, usize)> = None;
    // "almost a 90% drop", "about the 5%": an article may stand between.
    for step in 0..4 {
        // "slightly below the 48.5 estimate" compares, it does not hedge.
        let definite = at < figure.first && view.is(at, "the");
        if let Some((qualifier, first)) =
            hedge_before(view, at).filter(|(q, _)| !definite || matches!(q, Qualifier::Approx | Qualifier::Nearly))
        {
            found = Some(match found {
                Some((inner, _, end)) => (stronger(qualifier, inner), first, end),
                None => (qualifier, first, at),
            });
            at = first;
            continue;
        }
        // "up to an additional $70 billion"
        let more = at > 0 && step == 0 && view.is_one_of(at - 1, &["additional", "extra", "further"]);
        let over = step == 1 && at < figure.first && view.is_one_of(at, &["additional", "extra", "further"]);
        let article =
            at > 0 && view.is_one_of(at - 1, &["a", "an", "the", "another", "between", "from", "combined", "total"]);
        if found.is_some() || !(step == 0 && (article || more) || over && article) {
            break;
        }
        at -= 1;
    }
    if found.is_none()
        && let Some(hit) = view.longest(figure.end, List::Hedge)
    {
        let word = view.lexicon.figures().hedges[hit.sense.index as usize];
        let adds = view.is(hit.first, "+")
            || plus_other(view, hit.first, hit.end)
            || view.is(hit.first, "plus") && view.is(hit.first + 1, "or");
        if word.after && !adds {
            found = Some((word.qualifier, hit.first, hit.end));
        }
    }
    // "between 40% and about 200%": the inner hedge counts for the whole.
    if found.is_none() && range {
        found = (figure.first..figure.end).find_map(|i| {
            let hit = view.longest(i, List::Hedge)?;
            let word = view.lexicon.figures().hedges[hit.sense.index as usize];
            (hit.end <= figure.end && word.before && !view.is(i, "+")).then_some((word.qualifier, hit.first, hit.end))
        });
    }
    let Some((qualifier, first, end)) = found else { return };
    figure.qualifier = qualifier;
    figure.hedge = Some((first, end));
    if matches!(qualifier, Qualifier::MoreThan | Qualifier::AtLeast) && figure.lo == figure.hi {
        figure.hi = None;
    }
}

/// "$5 billion plus interest": the plus adds something.
fn plus_other(view: &View<'_>, first: usize, end: usize) -> bool {
    view.is(first, "plus") && (view.is_word(end) || view.is_number(end) || view.is(end, "$"))
}

/// The hedge that ends right before token `at`: what it means and where it begins.
fn hedge_before(view: &View<'_>, at: usize) -> Option<(Qualifier, usize)> {
    (1..=5).rev().find_map(|back| {
        let first = at.checked_sub(back)?;
        if !view.begins(first, &[List::Hedge]) {
            return None;
        }
        let hit = view.hits_at(first).iter().find(|h| h.sense.list == List::Hedge && h.end == at)?;
        let word = view.lexicon.figures().hedges[hit.sense.index as usize];
        // "expectations have gone up to $14 billion": up belongs to the verb.
        let gone = view.is(first, "up")
            && view.is(first + 1, "to")
            && first > 0
            && view.is_one_of(
                first - 1,
                &[
                    "gone", "went", "go", "goes", "going", "rose", "climbed", "moved", "move", "pushed", "bumped",
                    "came", "ticked", "edged", "crept", "inched", "jumped", "ran", "run", "brought", "drove",
                ],
            );
        if gone {
            return None;
        }
        // "will not exceed": a bound denied is the other bound.
        if word.qualifier == Qualifier::MoreThan
            && (1..=2).any(|b| {
                first
                    .checked_sub(b)
                    .is_some_and(|i| view.is_one_of(i, &["not", "won't", "never", "don't", "didn't", "doesn't"]))
            })
        {
            return Some((Qualifier::UpTo, first));
        }
        if !word.before
            || (view.is(first, "over") && overlooks(view, first))
            || (view.is(first, "around") && first > 0 && view.is_one_of(first - 1, &["turned", "turn"]))
        {
            return None;
        }
        Some((word.qualifier, first))
    })
}

/// "over" that is no hedge: "carried over", "over 2025", "increase over".
fn overlooks(view: &View<'_>, at: usize) -> bool {
    at > 0
        && view.is_one_of(
            at - 1,
            &["increase", "gain", "growth", "rise", "took", "take", "taken", "carried", "advantage", "premium"],
        )
}

/// Of two hedges the bound outranks the approximation ("about at least").
fn stronger(outer: Qualifier, inner: Qualifier) -> Qualifier {
    if inner == Qualifier::Approx { outer } else { inner }
}
