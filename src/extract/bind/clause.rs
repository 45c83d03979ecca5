//! Clauses: which words belong together inside a sentence.

use crate::extract::classes::Class;
use crate::extract::view::View;
use crate::extract::words::Words;
use crate::lexicon::{Cue, Part};

use super::scene::Scene;

/// How a clause is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attach {
    /// The sentence itself, or a clause beside it with its own subject.
    Main,
    /// In parentheses.
    Paren,
    /// "which …", "who …", or an apposition.
    Relative,
    /// "…, representing …", "…, up 36%": goes on with the same subject.
    Participle,
    /// "despite …", "after …", "compared with …", "with …".
    Adjunct,
}

/// A clause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clause {
    pub first: usize,
    pub end: usize,
    pub parent: Option<usize>,
    pub attach: Attach,
}

/// The clauses of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    pub list: Vec<Clause>,
    first: usize,
    of: Vec<u16>,
}

impl Clauses {
    /// The clause of a token.
    pub fn of(&self, at: usize) -> usize {
        at.checked_sub(self.first).and_then(|i| self.of.get(i)).map_or(0, |c| *c as usize)
    }

    /// How a clause is attached.
    pub fn attach(&self, clause: usize) -> Attach {
        self.list.get(clause).map_or(Attach::Main, |c| c.attach)
    }

    pub fn parent(&self, clause: usize) -> Option<usize> {
        self.list.get(clause).and_then(|c| c.parent)
    }
}

/// Most clauses told apart in one sentence.
const MOST: usize = 200;

/// Cuts a sentence into clauses.
pub(crate) fn clauses(scene: &Scene<'_>) -> Clauses {
    let (first, end) = (scene.sentence.first, scene.sentence.end);
    // "If you excluded …, the index would be down": an opening clause that leads to the main one.
    let leads = scene.view.is_one_of(
        first,
        &[
            "if",
            "when",
            "after",
            "despite",
            "while",
            "although",
            "though",
            "following",
            "because",
            "unless",
            "since",
            "whereas",
        ],
    );
    let opening = if leads { Attach::Adjunct } else { Attach::Main };
    let mut out = Clauses {
        list: vec![Clause { first, end, parent: None, attach: opening }],
        first,
        of: Vec::with_capacity(end - first),
    };
    // Where to go back to when a bracket or an inserted clause closes.
    let mut open: Vec<(usize, Closer)> = Vec::new();
    let mut current = 0;
    for at in first..end {
        while let Some((outer, closer)) = open.last().copied() {
            let closes = match closer {
                Closer::Bracket => at > first && scene.view.is(at - 1, ")"),
                Closer::Comma => scene.view.is(at, ",") && at > out.list[current].first && resumes(scene, at + 1),
            };
            if !closes {
                break;
            }
            current = outer;
            open.pop();
        }
        if out.list.len() < MOST
            && let Some((attach, closer)) = begins(scene, at, current, &out)
        {
            let beside = attach == Attach::Main;
            let parent = if beside { out.list[current].parent } else { Some(current) };
            out.list.push(Clause { first: at, end, parent, attach });
            match closer {
                Some(closer) => open.push((current, closer)),
                None if beside => open.retain(|(_, c)| *c == Closer::Bracket),
                None => {}
            }
            current = out.list.len() - 1;
        }
        out.of.push(current as u16);
        if let Some(clause) = out.list.get_mut(current) {
            clause.end = at + 1;
        }
    }
    out
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closer {
    Bracket,
    Comma,
}

/// Whether the main clause goes on behind a comma: a verb follows.
fn resumes(scene: &Scene<'_>, at: usize) -> bool {
    (at..(at + 3).min(scene.sentence.end)).any(|i| scene.is_verb(i))
        && !scene.view.is_one_of(at, &["and", "but", "which", "who", "while", "a", "an", "the"])
}

/// Signs behind which a clause may begin.
pub(crate) const BREAKS: Words = &[",", ";", "—", "|", "-", ":"];

/// Words and signs that a clause may begin with where none of [`BREAKS`] stands
/// in front: all that [`begins`] asks for.
pub(crate) const LINKS: Words = &[
    "(",
    "while",
    "whereas",
    "but",
    "although",
    "though",
    "because",
    "however",
    "yet",
    "despite",
    "compared",
    "versus",
    "vs",
    "amid",
    "following",
    "than",
    "after",
    "when",
    "if",
    "unless",
    "as",
    "that",
    "and",
    "or",
];

/// Whether a clause begins at `at`.
fn begins(scene: &Scene<'_>, at: usize, current: usize, out: &Clauses) -> Option<(Attach, Option<Closer>)> {
    let view = scene.view;
    let first = scene.sentence.first;
    if at == first {
        return None;
    }
    if !view.is_a(at, Class::Link) && !view.is_a(at - 1, Class::Break) {
        return None;
    }
    if view.is(at, "(") {
        return Some((Attach::Paren, Some(Closer::Bracket)));
    }
    let before = at - 1;
    if view.is_one_of(before, &[";", "—", "|"])
        || (view.is(before, "-") && !view.glued(before) && !view.glued(at))
        || (view.is(before, ":") && at > first + 1 && !view.glued(at) && out.attach(current) != Attach::Paren)
    {
        return Some((Attach::Main, None));
    }
    let comma = view.is(before, ",");
    if comma && view.is_one_of(at, &["which", "who", "whose", "where"]) {
        return Some((Attach::Relative, Some(Closer::Comma)));
    }
    if comma && view.is_one_of(at, &["a", "an", "the"]) && apposition(scene, at) {
        return Some((Attach::Relative, Some(Closer::Comma)));
    }
    if view.is_one_of(at, &["while", "whereas", "but", "although", "though", "because", "however", "yet"]) {
        return Some((Attach::Main, None));
    }
    if view.is_one_of(at, &["despite", "compared", "versus", "vs", "amid", "following", "than"])
        && !(view.is(at, "than") && scene.in_figure(at + 1))
        && !hedge_than(scene, at)
    {
        return Some((Attach::Adjunct, None));
    }
    if view.is(at, "after") && !view.is(at + 1, "-") || view.is_one_of(at, &["when", "if", "unless"]) {
        return Some((Attach::Adjunct, None));
    }
    if comma && view.is(at, "with") {
        return Some((Attach::Adjunct, None));
    }
    if view.is(at, "as")
        && has_clause(scene, at + 1)
        && !view
            .is_one_of(at + 1, &["much", "many", "well", "high", "low", "of", "a", "an", "part", "far", "long", "soon"])
    {
        return Some((Attach::Main, None));
    }
    // "A projection suggests that the market will be …": what is said has its own subject.
    if view.is(at, "that")
        && out.attach(current) == Attach::Main
        && scene.cues.iter().any(|c| c.cue == Cue::Attribution && c.end == at)
        && own_subject(scene, at + 1)
    {
        return Some((Attach::Main, None));
    }
    if view.is_one_of(at, &["and", "or"]) && has_clause(scene, at + 1) {
        return Some((Attach::Main, None));
    }
    if comma
        && (view.word(at).len() > 5 && view.word(at).ends_with("ing") && view.shape(at) == crate::model::Shape::Lower)
        && scene.name_at(at).is_none()
    {
        return Some((Attach::Participle, None));
    }
    // The first comma closes an opening "If …,", unless it stands in a list of names.
    let listed = scene.names.iter().any(|n| n.end == before) && scene.name_at(at).is_some() && !has_clause(scene, at);
    if comma && current == 0 && out.attach(current) == Attach::Adjunct && !listed {
        return Some((Attach::Main, None));
    }
    // ", Nvidia rose …" behind another statement
    (comma
        && has_clause(scene, at)
        && (scene.moves.iter().any(|m| m.part == Part::Verb && m.end <= at && m.first >= out.list[current].first)))
    .then_some((Attach::Main, None))
}

/// "more than" and the like in front of a figure.
fn hedge_than(scene: &Scene<'_>, at: usize) -> bool {
    scene.view.is(at, "than")
        && at > 0
        && scene.view.is_one_of(at - 1, &["more", "less", "fewer", "greater", "better", "higher", "lower"])
        && (at + 1..at + 4).any(|i| scene.in_figure(i))
}

/// Whether a noun phrase and a verb follow.
fn own_subject(scene: &Scene<'_>, at: usize) -> bool {
    (at + 1..(at + 12).min(scene.sentence.end))
        .take_while(|i| !scene.in_figure(*i) && !scene.view.is_one_of(*i, &[",", ";", "("]))
        .any(|i| scene.is_verb(i))
}

/// Whether a subject of its own and a verb follow: a name, then a verb within
/// a few words.
fn has_clause(scene: &Scene<'_>, at: usize) -> bool {
    let view: &View<'_> = scene.view;
    let mut from = at;
    while view.is_one_of(from, &["the", "its", "their", "shares", "of", "stock", "an", "a"]) && from < at + 3 {
        from += 1;
    }
    let pronoun = view
        .is_one_of(at, &["it", "they", "he", "she", "we", "that", "this", "shares", "analysts", "investors"])
        && (scene.is_verb(at + 1)
            || view.is_one_of(at + 1, &["now", "also", "still", "then", "only"]) && scene.is_verb(at + 2));
    let plain = view.is_one_of(at, &["the", "its", "their"])
        && view.is_one_of(at + 1, &["stock", "company", "index", "shares", "fund", "group", "stocks", "price"])
        && scene.is_verb(at + 2);
    let metric = from > at || scene.metrics.iter().any(|m| m.first == at);
    let measured = scene.metrics.iter().any(|m| {
        m.first == from
            && metric
            && (m.end..(m.end + 3).min(scene.sentence.end)).any(|i| scene.is_verb(i))
            && scene.figures_between(m.end, m.end + 3) == 0
    });
    let Some(name) = scene.name_at(from) else { return pronoun || plain || measured };
    let mut next = scene.names[name].end;
    // Over a ticker in brackets, "stock", "shares", "'s … index".
    while next < scene.sentence.end && next < from + 14 {
        if scene.is_verb(next) {
            return true;
        }
        // "and the Nasdaq, a tech-heavy index, lost"
        if view.is(next, ",") && view.is_one_of(next + 1, &["a", "an", "the"]) {
            return (next + 1..scene.sentence.end)
                .find(|i| view.is(*i, ","))
                .is_some_and(|c| c - next < 12 && resumes(scene, c + 1));
        }
        if scene.in_figure(next) || view.is_one_of(next, &[",", ";", "and", "or", "—"]) {
            return false;
        }
        next += 1;
    }
    false
}

/// ", a memory-chip maker that …, has surged": an inserted description.
fn apposition(scene: &Scene<'_>, at: usize) -> bool {
    let view = scene.view;
    let after_name = scene
        .names
        .iter()
        .any(|n| n.end + 1 == at || (n.end + 4 >= at && n.end < at && view.is_one_of(at - 2, &[")"])));
    let after_name = after_name || scene.metrics.iter().any(|m| m.end + 1 == at);
    let closing = (at + 1..scene.sentence.end).find(|i| view.is(*i, ","));
    after_name
        && closing.is_some_and(|c| resumes(scene, c + 1))
        && !scene.figures.iter().any(|f| f.first >= at && closing.is_some_and(|c| f.end <= c))
}
