//! Subjects beside the figure: in its cell or brackets, behind its noun, or as
//! its possessor.

use crate::extract::figure::Figure;
use crate::model::EntityType;

use super::clause::Attach;
use super::scene::{Name, Scene};
use super::subject::{Owners, one, usable};
use super::table::cells;

/// In a table row: a name in the figure's own cell, else the first cell's.
pub(super) fn in_row(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let cells = cells(scene.view, scene.sentence);
    let own = cells.iter().find(|(first, end)| *first <= figure.first && figure.first < *end)?;
    let inside = |cell: &(usize, usize)| -> Vec<usize> {
        (0..scene.names.len())
            .filter(|n| usable(&scene.names[*n]) && scene.names[*n].first >= cell.0 && scene.names[*n].end <= cell.1)
            .collect()
    };
    let here = inside(own);
    let nearest = here.iter().copied().rfind(|n| scene.names[*n].end <= figure.first).or(here.first().copied());
    if let Some(name) = nearest {
        return one(name, "subject.cell");
    }
    let label = inside(cells.first()?);
    if !label.is_empty() {
        return Some(Owners { names: vec![label[0]], rule: "subject.row" });
    }
    let others: Vec<usize> =
        (0..scene.names.len()).filter(|n| usable(&scene.names[*n]) && scene.names[*n].end <= figure.first).collect();
    others.last().and_then(|n| one(*n, "subject.row"))
}

/// "…, which has $2.5 billion": the name in front of "which".
pub(super) fn related(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let clause = scene.clauses.list.get(scene.clause(figure.first))?;
    let barrel = scene.view.is_one_of(figure.end, &["a", "per"])
        && scene.view.is_one_of(figure.end + 1, &["barrel", "ounce", "ton", "tonne", "bushel", "pound"]);
    if barrel {
        // "lifted by oil that averaged $108 a barrel"
        let priced = scene.names.iter().rposition(|n| n.end <= figure.first && n.subject.kind == EntityType::Commodity);
        if let Some(mut place) = priced {
            // "Brent crude" is one thing.
            while place > 0 && scene.names[place - 1].end == scene.names[place].first {
                place -= 1;
            }
            return one(place, "subject.priced");
        }
    }
    if clause.attach != Attach::Relative || !scene.view.is_one_of(clause.first, &["which", "whose"]) {
        return None;
    }
    let place = scene.names.iter().rposition(|n| n.end <= clause.first && clause.first - n.end <= 2)?;
    let own = scene.names.iter().any(|n| n.first >= clause.first && n.end <= figure.first && usable(n));
    if own { None } else { one(place, "subject.relative") }
}

/// "43 S&P 500 stocks": the name that is counted.
pub(super) fn counted(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let place = scene.names.iter().position(|n| n.first == figure.end && usable(n) && n.is_group())?;
    if figure.kind == crate::model::Kind::Count { one(place, "subject.counted") } else { None }
}

/// "utilities (+1.83%)", "(TSMC 73%, SMIC 96%)", "Apple at $90 billion".
pub(super) fn bracketed(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let clause = scene.clause(figure.first);
    let here = scene.clauses.list.get(clause)?;
    let (mut start, paren) = (figure.first, here.attach == Attach::Paren);
    if paren {
        // The nearest name before the figure inside the brackets.
        let inside = scene.names.iter().rposition(|n| n.first > here.first && n.end <= figure.first && usable(n));
        if let Some(name) = inside
            && (scene.names[name].end + 3 >= figure.first
                || scene.figures_between(scene.names[name].end, figure.first) == 0)
        {
            return one(name, "subject.in_brackets");
        }
        // "Lumen (LUMN, +7%)": the bracket is part of the name.
        let around =
            scene.names.iter().position(|n| n.first < here.first && n.end > here.first && n.end <= figure.first);
        if let Some(name) = around.filter(|n| usable(&scene.names[*n])) {
            return one(name, "subject.in_brackets");
        }
        start = here.first;
        let last = scene.names.iter().rposition(|n| n.end <= start && usable(n))?;
        let gap = start - scene.names[last].end;
        let only = (here.first + 1..figure.first).all(|i| {
            !scene.view.is_word(i)
                || scene
                    .view
                    .is_one_of(i, &["up", "down", "about", "over", "nearly", "almost", "around", "approximately"])
        });
        if gap <= 2 && only {
            return one(last, "subject.before_brackets");
        }
    }
    // "Apple at $90 billion, Alphabet at $70 billion"
    let at = start.checked_sub(1).filter(|b| scene.view.is_one_of(*b, &["at", "with", ":", "to"]))?;
    let last = scene.names.iter().rposition(|n| n.end == at && usable(n))?;
    let listed = scene
        .figures
        .iter()
        .filter(|f| {
            f.first > 1
                && scene.view.is(f.first - 1, scene.view.word(at))
                && scene.names.iter().any(|n| n.end == f.first - 1)
        })
        .count()
        >= 2;
    if listed { one(last, "subject.at") } else { None }
}

/// "an 800% gain in Sandisk", "a $1 trillion loss in software stocks", "19 times for the S&P 500".
pub(super) fn attached(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let view = scene.view;
    let end = scene.sentence.end;
    let mut at = figure.end;
    let mut words = 0;
    while at < end && words < 6 {
        // "a $589B single-day NVIDIA loss"
        if let Some(name) =
            scene.name_at(at).filter(|n| at > figure.end && usable(&scene.names[*n]) && scene.names[*n].first == at)
        {
            let noun = scene.names[name].end;
            let moved = scene.moves.iter().any(|m| m.first == noun && m.part == crate::lexicon::Part::Noun);
            return if moved && words <= 3 { one(name, "subject.attached") } else { None };
        }
        let erased = view.is_one_of(at, &["from", "off"])
            && view.any_word(
                figure.first.saturating_sub(3).max(scene.sentence.first),
                figure.first,
                &["erased", "wiped", "shaved", "knocked", "slashed", "erasing", "wiping", "cut", "chopped"],
            );
        if view.is_one_of(at, &["in", "for", "by", "of"]) || erased {
            let mut next = at + 1;
            while next < end
                && next < at + 4
                && view.is_one_of(
                    next,
                    &[
                        "the",
                        "overall",
                        "its",
                        "broader",
                        "shares",
                        "of",
                        "stock",
                        "both",
                        "fellow",
                        "cap",
                        "market",
                        "-",
                        "weighted",
                        "tech",
                        "heavy",
                        "entire",
                        "rival",
                        "a",
                        "chipmaker",
                    ],
                )
            {
                next += 1;
            }
            let name = scene.name_at(next).filter(|n| usable(&scene.names[*n]) && scene.names[*n].first > at)?;
            // "616,000 barrels of oil": what is counted, not whom it is about.
            if view.is(at, "of")
                && view.is_one_of(
                    at - 1,
                    &["barrels", "barrel", "tons", "tonnes", "ounces", "pounds", "gallons", "bushels", "feet"],
                )
            {
                return None;
            }
            let noun = at > figure.end;
            // "89% of Nvidia's revenue": a share of what is the name's.
            let owned = view.is(scene.names[name].end, "'s");
            let share = view.is(at, "of") && !noun && !owned;
            // "a weight of 7.8% in the index": the index is the whole.
            let within = view.is(at, "in")
                && matches!(scene.names[name].subject.kind, EntityType::Index)
                && scene.names.iter().any(|n| {
                    n.end <= figure.first
                        && usable(n)
                        && matches!(n.subject.kind, EntityType::Company | EntityType::Etf)
                });
            let investor = view.is(at, "in") && !noun && figure.kind == crate::model::Kind::Money;
            // "a $5 billion stake in IonQ": the owner is who takes it.
            let stake = (figure.end..at).any(|i| {
                view.is_one_of(i, &["stake", "investment", "interest", "position", "deal", "order", "bet", "contract"])
            }) && view.is_one_of(at, &["in", "for"]);
            let metric_of_other = scene.names[name].subject.kind == EntityType::AssetClass
                && view.is_one_of(at, &["in", "for", "of"])
                && scene.names.iter().any(|n| n.end <= figure.first && n.subject.ticker.is_some());
            return if share || investor || stake || metric_of_other || within {
                None
            } else {
                one(name, "subject.attached")
            };
        }
        if !(view.is_word(at) || view.is(at, "-") && view.glued(at) && view.glued(at + 1))
            || scene.in_figure(at)
            || scene.is_verb(at) && !scene.moves.iter().any(|m| m.first == at)
            || view.is_one_of(at, &["to", "from", "and", "with", "on", "after", "as", "than", "this", "last"])
        {
            return None;
        }
        at += 1;
        words += 1;
    }
    None
}

/// "Meta's $135 billion", "the S&P 500's 1.78% gain".
pub(super) fn possessive(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let last = scene.names.iter().rposition(|n| n.end < figure.first && usable(n) && is_possessive(scene, n))?;
    let name = &scene.names[last];
    let between = name.end + 1..figure.first;
    let same = scene.clause(name.first) == scene.clause(figure.first);
    let closer = scene.names.iter().any(|n| n.first >= name.end && n.end <= figure.first && usable(n));
    let verbs = between.clone().filter(|i| scene.is_verb(*i)).count();
    (same && !closer && (verbs == 0 || between.len() <= 9) && scene.figures_between(name.end, figure.first) == 0)
        .then_some(())?;
    one(last, "subject.possessive")
}

fn is_possessive(scene: &Scene<'_>, name: &Name) -> bool {
    scene.view.is(name.end, "'s") || (scene.view.is(name.end, "'") && scene.view.glued(name.end))
}

/// "the S&P 500 fell 4.6% and the Nasdaq 7.1%": a name right before its figure.
pub(super) fn adjacent(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let view = scene.view;
    let mut start = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    while start > scene.sentence.first && view.is_one_of(start - 1, &["between", "from"]) {
        start -= 1;
    }
    let place = scene.names.iter().rposition(|n| n.end == start && usable(n))?;
    let name = &scene.names[place];
    let mut before = name.first.checked_sub(1)?;
    if view.is(before, "the") {
        before = before.checked_sub(1)?;
    }
    let listed = view.is_one_of(before, &["and", ","])
        && scene.figures.iter().any(|f| f.end <= name.first && f.kind == figure.kind);
    if listed { one(place, "subject.adjacent") } else { None }
}

/// "Profit taking pushed AMD down 5%": the name behind a causing verb.
pub(super) fn caused(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let verbs = &[
        "pushed",
        "sent",
        "drove",
        "lifted",
        "dragged",
        "pulled",
        "sending",
        "pushing",
        "driving",
        "lifting",
        "knocked",
        "helped",
        "left",
        "took",
        "propelled",
    ];
    let clause = scene.clause(figure.first);
    let place = scene.names.iter().rposition(|n| {
        let before = n
            .first
            .checked_sub(1)
            .map_or(0, |b| if scene.view.is_one_of(b, &["the", "shares", "of"]) { b.saturating_sub(1) } else { b });
        n.end <= figure.first
            && usable(n)
            && scene.clause(n.first) == clause
            && scene.view.is_one_of(before, verbs)
            && figure.first - n.end <= 5
    })?;
    let moved = scene.moves.iter().any(|m| m.first >= scene.names[place].end && m.end <= figure.first);
    if moved { one(place, "subject.caused") } else { None }
}

/// "$38 billion was spent on data centers by Meta": the agent of a passive.
pub(super) fn agent(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let view = scene.view;
    let clause = scene.clause(figure.first);
    let passive =
        (figure.end..(figure.end + 4).min(scene.sentence.end)).any(|i| view.is_one_of(i, &["was", "were", "been"]));
    if !passive {
        return None;
    }
    let place = scene.names.iter().position(|n| {
        n.first > figure.end && usable(n) && scene.clause(n.first) == clause && view.is(n.first - 1, "by")
    })?;
    one(place, "subject.agent")
}
