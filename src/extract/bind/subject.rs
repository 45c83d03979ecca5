//! Whom a figure is about.

use crate::extract::figure::Figure;
use crate::model::EntityType;

use crate::model::SentenceKind;

use super::governing::governing;
use super::nearby::{adjacent, agent, attached, bracketed, caused, counted, in_row, possessive, related};
use super::scene::{Name, Scene, Shared};

/// The names chosen for a figure, and by which rule.
#[derive(Clone, Debug)]
pub(crate) struct Owners {
    /// Places in the scene's names.
    pub names: Vec<usize>,
    pub rule: &'static str,
}

/// The names a figure is about, as far as its own sentence says.
pub(crate) fn owners(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    if scene.sentence.kind == SentenceKind::Row {
        return in_row(scene, figure);
    }
    let found = related(scene, figure)
        .or_else(|| bracketed(scene, figure))
        .or_else(|| adjacent(scene, figure))
        .or_else(|| counted(scene, figure))
        .or_else(|| caused(scene, figure))
        .or_else(|| agent(scene, figure))
        .or_else(|| attached(scene, figure))
        .or_else(|| possessive(scene, figure))
        .or_else(|| governing(scene, figure))?;
    let names = coordinated(scene, found.names[0], figure);
    Some(Owners { names, rule: found.rule })
}

pub(super) fn one(name: usize, rule: &'static str) -> Option<Owners> {
    Some(Owners { names: vec![name], rule })
}

pub(crate) fn usable(name: &Name) -> bool {
    !name.source && name.subject.kind != EntityType::Government
}

/// The list a name stands in: "Tesla, Amazon, Nvidia, and Alphabet".
pub(crate) fn coordinated(scene: &Scene<'_>, place: usize, figure: &Figure) -> Vec<usize> {
    let mut out = vec![place];
    let mut at = place;
    while let Some(before) = at.checked_sub(1) {
        if !joined(scene, before, at) || !usable(&scene.names[before]) {
            break;
        }
        out.insert(0, before);
        at = before;
    }
    at = place;
    while at + 1 < scene.names.len() && joined(scene, at, at + 1) && usable(&scene.names[at + 1]) {
        if figure.first < scene.names[at + 1].first && figure.first >= scene.names[at].end {
            break;
        }
        out.push(at + 1);
        at += 1;
    }
    // "Hyperscalers, including Microsoft and Amazon, will spend": the group and whom it names.
    let head = scene.names[out[0]].first;
    let view = scene.view;
    let names = head > 1
        && (view.is(head - 1, "including") || view.is(head - 1, "as") && view.is(head - 2, "such"))
        && out[0] > 0;
    if names {
        let group = out[0] - 1;
        let gap = head - scene.names[group].end;
        if scene.names[group].is_group() && gap <= 4 && scene.figures_between(scene.names[group].end, head) == 0 {
            out.insert(0, group);
            return out;
        }
    }
    // A group that the list spells out stands for nothing beside its members.
    if out.len() > 2 && scene.names[out[0]].is_group() && !out[1..].iter().any(|n| scene.names[*n].is_group()) {
        out.remove(0);
    }
    out
}

/// Whether two names are neighbours in one list.
pub(super) fn joined(scene: &Scene<'_>, left: usize, right: usize) -> bool {
    let view = scene.view;
    let (a, b) = (&scene.names[left], &scene.names[right]);
    if a.end > b.first || b.first - a.end > 12 {
        return false;
    }
    let mut separator = false;
    let mut at = a.end;
    while at < b.first {
        if view.is(at, "(") {
            // a ticker in brackets
            match (at..b.first).find(|i| view.is(*i, ")")) {
                Some(close) if close - at <= 6 && scene.figures_between(at, close) == 0 => at = close + 1,
                _ => return false,
            }
            continue;
        }
        if view.is_one_of(at, &[",", "and", "or", "&", "/", "plus", "—"])
            || (view.is_one_of(at, &["as", "well"]) && view.is_one_of(at + 1, &["well", "as"]))
        {
            separator = true;
        } else if !view.is_one_of(
            at,
            &["the", "both", "even", "also", "-", "like", "as", "stocks", "shares", "companies", "sectors"],
        ) || scene.in_figure(at)
        {
            // Each of "materials fell 1%, industrials 2%" has its own figure.
            return false;
        }
        at += 1;
    }
    separator
}

/// Subjects as records.
pub(crate) fn records(scene: &Scene<'_>, names: &[usize]) -> Vec<Shared> {
    let mut out: Vec<Shared> = Vec::new();
    for name in names {
        let subject = &scene.names[*name].subject;
        let known = out.iter().any(|s| s.canonical == subject.canonical && s.ticker == subject.ticker);
        if !known {
            out.push(subject.clone());
        }
    }
    out
}
