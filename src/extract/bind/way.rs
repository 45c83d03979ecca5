//! Which way: a figure's role and direction.

use crate::extract::figure::{Figure, Form};
use crate::model::{Direction, Kind, Metric, Role};

use super::again::again;
use super::bound::Bound;
use super::scene::Scene;
use super::what::Moved;

/// Role and direction.
pub(super) fn which_way(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) {
    match bound.kind {
        Kind::Percent => percent_way(scene, figure, bound, moved),
        Kind::Multiple => {
            // "double the $39 billion it spent" compares, "doubled" changes.
            let compares = scene.view.is_one_of(figure.first, &["double", "triple", "quadruple", "twice"])
                && scene.view.is_one_of(figure.end, &["the", "what", "as", "that", "its", "their", "$"]);
            bound.role = if figure.form == Form::Multiplier && !compares { Role::Change } else { Role::Ratio };
            if let (Some((direction, words)), false) =
                (moved, figure.form == Form::Multiplier || bound.metric == Some(Metric::Valuation))
            {
                bound.direction = direction;
                bound.because("direction", "direction.movement", Some(scene.view.span(words.0, words.1)));
            }
            if scene.view.is_one_of(figure.end, &["higher", "above", "greater", "larger", "more", "bigger", "faster"]) {
                bound.direction = Direction::Up;
            }
            // "its price-to-sales ratio fell to 13x": a valuation that arrives somewhere moved.
            if bound.direction == Direction::None && figure.form != Form::Multiplier {
                arrived(scene, figure, bound, moved);
            }
        }
        _ => amount_way(scene, figure, bound, moved),
    }
    let view = scene.view;
    bound.negative_value = bound.metric == Some(Metric::FreeCashFlow)
        && (figure.sign == Direction::Down
            || scene
                .metrics
                .iter()
                .any(|m| view.is(m.first, "negative") || m.first > 0 && view.is(m.first - 1, "negative")));
    if bound.negative_value && figure.sign == Direction::Down {
        bound.direction = Direction::None;
    }
}

fn percent_way(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) {
    let view = scene.view;
    // "lost 55% of its value" is a change, not a share.
    let owner = figure.end + usize::from(view.is(figure.end, "of"));
    let owned = view.is_one_of(owner, &["its", "their", "his"]);
    let own_value = owned && view.any_word(owner + 1, owner + 3, &["value", "worth"]);
    // "half its cash", "one in five companies"
    let part = figure.rule == "figure.one_in" || figure.rule == "figure.part" && owned;
    let of = (view.is(figure.end, "of") || part) && !own_value;
    // "a 10% stake in Intel", "a stake of 9%"
    let stake = &["stake", "stakes", "interest", "ownership", "holding", "shareholding"];
    let held = (figure.end..figure.end + 3)
        .take_while(|i| view.is_word(*i) && !view.is_one_of(*i, &["in", "on", "of", "and", "rate", "rates"]))
        .any(|i| view.is_one_of(i, stake) && !view.is_one_of(i + 1, &["rate", "rates", "payments"]))
        || figure.first > 1 && view.is(figure.first - 1, "of") && view.is_one_of(figure.first - 2, stake);
    if held && figure.sign == Direction::None {
        bound.role = Role::Share;
        return;
    }
    let whole = matches!(bound.metric, Some(Metric::Margin | Metric::Weight | Metric::Breadth));
    let near = moved.is_some_and(|(_, w)| {
        w.1 == figure.first
            || w.1 < figure.first && figure.first - w.1 <= 2
            || w.0 >= figure.end && w.0 - figure.end <= 2
            || w.1 < figure.first
                && figure.first - w.1 <= 8
                && view.is(lead(scene, figure, w.1).wrapping_sub(1), "by")
                && scene.figures_between(w.1, figure.first) == 0
    });
    if (of || whole && !near) && figure.sign == Direction::None {
        bound.role = Role::Share;
        arrived(scene, figure, bound, moved);
        return;
    }
    if matches!(bound.metric, Some(Metric::InterestRate)) && bound.unit.as_deref() == Some("%")
        || bound.metric == Some(Metric::EconomicIndicator) && !near
    {
        bound.role = Role::Level;
        arrived(scene, figure, bound, moved);
        return;
    }
    // "27 pct of capital, down from 34 pct": the other end of a level.
    let from = lead(scene, figure, 0)
        .checked_sub(1)
        .is_some_and(|i| view.is(i, "from") && i > 0 && view.is_one_of(i - 1, &["up", "down"]));
    let level = scene.figures.iter().any(|f| f.end <= figure.first && f.kind == Kind::Percent);
    if from && level {
        bound.role = Role::Share;
        return;
    }
    if let Some((direction, (first, end))) = moved {
        bound.role = Role::Change;
        bound.direction = direction;
        bound.because("direction", "direction.movement", Some(view.span(first, end)));
    } else if bound.metric == Some(Metric::Other) {
        bound.role = Role::Share;
    }
}

/// "58.31 points, or 0.12%", "up 8.3%, compared with 0.4% for the S&P 500": the
/// figure goes the way of the one before.
pub(super) fn as_before(scene: &Scene<'_>, figure: &Figure, before: &[Bound]) -> Option<Moved> {
    let view = scene.view;
    let previous = before.last().filter(|b| b.direction != Direction::None)?;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let same = again(scene, figure, before).is_some();
    let measured = figure.kind == previous.kind && figure.kind == Kind::Percent;
    let compared = measured
        && previous.role == Role::Change
        && view.is_one_of(figure.end, &["for", "in"])
        && lead >= 2
        && (view.is_one_of(lead - 1, &["versus", "vs", "against"])
            || view.is_one_of(lead - 1, &["with", "to"]) && view.is(lead - 2, "compared"));
    // "sales soared 51% to $3.2 billion, and those of Rinvoq 45% to $1.6 billion"
    let repeats = figure.kind == Kind::Percent
        && view.is(figure.end, "to")
        && before.iter().zip(scene.figures).rev().take(2).any(|(b, f)| {
            b.kind == Kind::Percent
                && b.role == Role::Change
                && b.direction == previous.direction
                && view.is(f.end, "to")
                && !scene.moves.iter().any(|m| m.first >= f.end && m.end <= lead)
        });
    // "rose 7% to $10.4 billion, or 6% on an organic basis"
    let or = figure.kind == Kind::Percent && view.is(lead.wrapping_sub(1), "or") && view.is(lead.wrapping_sub(2), ",");
    let earlier = before.iter().rev().take(2).find(|b| or && b.kind == Kind::Percent && b.role == Role::Change);
    if let Some(change) = earlier.filter(|b| b.direction != Direction::None) {
        return Some((change.direction, (figure.first, figure.end)));
    }
    (same && previous.role == Role::Change || compared || repeats)
        .then_some((previous.direction, (figure.first, figure.end)))
}

/// "1,900 stocks rose and 850 fell", "more stocks (271) are down than up": what
/// is counted moved the way its verb says.
fn counted_way(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    if bound.metric != Some(Metric::Breadth) || figure.kind != Kind::Count {
        return false;
    }
    let until = scene.figures.iter().map(|f| f.first).find(|f| *f >= figure.end).unwrap_or(scene.sentence.end);
    let behind = scene.moves.iter().find(|m| {
        m.first >= figure.end
            && m.end <= until
            && m.part != crate::lexicon::Part::Noun
            && scene.clause(m.first) == scene.clause(figure.end)
    });
    let Some(hit) = behind else { return false };
    bound.direction = hit.direction;
    bound.because("direction", "direction.counted", Some(scene.view.span(hit.first, hit.end)));
    true
}

/// "an increase in Google Services revenues of $19.0 billion": the noun's amount.
fn in_noun(scene: &Scene<'_>, figure: &Figure, first: usize, end: usize) -> bool {
    let view = scene.view;
    let noun = scene.moves.iter().any(|m| m.first == first && m.part == crate::lexicon::Part::Noun);
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    noun && end < lead
        && view.is(end, "in")
        && view.is_one_of(lead - 1, &["of", "to"])
        && scene.figures_between(end, lead) == 0
        && !(end..lead).any(|i| scene.is_verb(i) || view.is(i, ","))
}

/// "slipped from 44% to 41%", "expanded at an annual pace of 2.8%": a level that
/// was reached, or a pace that was kept, goes the way of its verb.
fn arrived(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) {
    let view = scene.view;
    let Some((direction, (first, end))) = moved.filter(|(_, w)| w.1 <= figure.first) else { return };
    let before = lead(scene, figure, end);
    // "fell to 4.22% from 4.32%": where it came from moves nowhere.
    if before > 0 && view.is(before - 1, "from") {
        return;
    }
    let to = before > end && view.is(before - 1, "to")
        || (end..figure.first).any(|i| view.is(i, "to")) && bound.role == Role::Level;
    let pace =
        before > end && view.is_one_of(before - 1, &["pace", "rate", "clip"]) && view.is_one_of(end, &["at", "by"]);
    if (bound.role == Role::Level || scene.clause(first) == scene.clause(figure.first)) && to || pace {
        bound.direction = direction;
        bound.because("direction", "direction.movement", Some(view.span(first, end)));
    }
}

/// The first token of a figure's lead, back to `end`: its hedge, articles,
/// "a range of", "a record".
fn lead(scene: &Scene<'_>, figure: &Figure, end: usize) -> usize {
    let mut before = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    while before > end
        && scene.view.is_one_of(
            before - 1,
            &["a", "an", "range", "of", "between", "about", "around", "roughly", "nearly", "just", "the", "record"],
        )
    {
        before -= 1;
    }
    before
}

/// Money moves only where the words say so: "fell to $60,017", "lost $589B",
/// "a $1 trillion loss".
fn amount_way(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) {
    let view = scene.view;
    if bound.metric == Some(Metric::MarketValueLoss) {
        bound.direction = Direction::Down;
        bound.role = Role::Change;
    }
    if counted_way(scene, figure, bound) {
        return;
    }
    // "returned $5.6 billion to shareholders"
    if moved.is_some_and(|(_, (first, _))| view.is_one_of(first, &["returned", "returning", "return"]))
        && view.any_word(figure.end, figure.end + 3, &["shareholders", "investors", "owners", "stockholders"])
    {
        return;
    }
    // "shaves $700 million off this year's income"
    let off = moved.filter(|(d, (_, end))| {
        *d == Direction::Down && *end == lead(scene, figure, 0) && view.is_one_of(figure.end, &["off", "from"])
    });
    if let Some((way, (first, end))) = off.filter(|_| figure.kind == Kind::Money) {
        bound.direction = way;
        bound.role = Role::Change;
        bound.because("direction", "direction.movement", Some(view.span(first, end)));
        return;
    }
    // "added $15 billion to its budget"
    let added = moved.filter(|(d, (first, end))| {
        *d == Direction::Up
            && *end == lead(scene, figure, 0)
            && view.is_one_of(*first, &["added", "adds", "add", "adding"])
            && view.is(figure.end, "to")
            && view.is_one_of(figure.end + 1, &["its", "the", "their", "his"])
    });
    if let Some((way, (first, end))) = added {
        bound.direction = way;
        bound.because("direction", "direction.movement", Some(view.span(first, end)));
        return;
    }
    // "$400 million above where it stood"
    let than = view.is_one_of(figure.end + 1, &["than", "where", "its", "the", "what"]);
    let beside = match view.lower(figure.end) {
        b"above" | b"higher" | b"more" if than => Some(Direction::Up),
        b"below" | b"lower" | b"less" if than => Some(Direction::Down),
        _ => None,
    };
    if let Some(way) = beside.filter(|_| figure.kind == Kind::Money) {
        bound.direction = way;
        bound.because("direction", "direction.movement", Some(view.span(figure.end, figure.end + 1)));
        return;
    }
    let Some((direction, (first, end))) = moved else { return };
    if first == figure.first || in_noun(scene, figure, first, end) {
        bound.direction = direction;
        bound.role = if bound.role == Role::Amount { Role::Change } else { bound.role };
        bound.because("direction", "direction.movement", Some(view.span(first, end)));
        return;
    }
    let from = figure.first > 0 && view.is_one_of(figure.first - 1, &["from", "than"]);
    // "rose 5% year over year to $6.1 billion", "reduced to a range of $21.70"
    let before = lead(scene, figure, end);
    let arrives = end < before
        && view.is(before - 1, "to")
        && figure.first - end <= 16
        && scene.clause(first) == scene.clause(figure.first);
    let by =
        end <= figure.first && view.is_one_of(first, &["up", "down", "higher", "lower"]) && figure.first - end <= 2;
    let point = figure.unit == Some("points");
    // "raised the low end of its full-year range by $2 billion"
    let step = before > end
        && view.is(before - 1, "by")
        && before - end <= 12
        && scene.clause(first) == scene.clause(figure.first)
        && scene.figures_between(end, before) == 0;
    let by = by || step;
    let to = arrives
        || by
        || point
        || end <= figure.first
            && (end..before).any(|i| view.is_one_of(i, &["to", "by", "above", "below", "past"]))
            && figure.first - end <= 5
            && scene.figures_between(end, figure.first) <= 1;
    let noun = first >= figure.end
        && first - figure.end <= 4
        && view.any_word(
            first,
            end,
            &["loss", "losses", "drop", "decline", "increase", "gain", "cut", "rise", "jump", "reduction"],
        );
    let lost = end == figure.first
        && (figure.kind == Kind::Count
            || bound.metric.is_none_or(|m| {
                matches!(m, Metric::MarketCap | Metric::MarketValueLoss | Metric::PriceMove | Metric::Other)
            }) && !view.any_word(first, end, &["raised", "raise", "raises", "up", "added"]));
    if to && !from || noun || lost {
        bound.direction = direction;
        if (noun || lost || by || point) && bound.role == Role::Amount {
            bound.role = Role::Change;
        }
        bound.because("direction", "direction.movement", Some(view.span(first, end)));
    }
}

/// Prices and targets are levels.
pub(super) fn level(figure: &Figure, bound: &mut Bound) {
    let price = matches!(bound.metric, Some(Metric::PriceTarget | Metric::PriceLevel));
    if price && matches!(figure.kind, Kind::Money | Kind::Count) {
        bound.kind = Kind::Level;
        bound.role = Role::Level;
    }
    if bound.kind == Kind::Level && bound.role == Role::Amount {
        bound.role = Role::Level;
    }
}

/// "moved to $85 from $76": the end says which way, where no word does.
pub(super) fn from_and_to(scene: &Scene<'_>, out: &mut [Bound]) {
    let view = scene.view;
    for at in 1..out.len() {
        let (left, right) = (&scene.figures[at - 1], &scene.figures[at]);
        if left.kind != right.kind || right.first - left.end > 3 {
            continue;
        }
        let lead = |f: &Figure| f.first.checked_sub(1).map_or("", |i| view.word(i)).to_ascii_lowercase();
        let (end, start, place) = match (lead(left).as_str(), lead(right).as_str()) {
            ("to", "from") => (left, right, at - 1),
            ("from", "to") => (right, left, at),
            _ => continue,
        };
        let (Some(to), Some(from)) = (end.lo, start.lo) else { continue };
        if out[place].direction == Direction::None && to != from && out[place].kind != Kind::Percent {
            out[place].direction = if to > from { Direction::Up } else { Direction::Down };
            out[place].because("direction", "direction.from_and_to", Some(view.span(left.first, right.end)));
        }
    }
}
