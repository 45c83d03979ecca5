//! Scene: one sentence with everything the binding rules look at.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use crate::extract::calendar::Reference;
use crate::extract::classes::Class;
use crate::extract::entities::Found;
use crate::extract::figure::Figure;
use crate::extract::period::Time;
use crate::extract::view::View;
use crate::lexicon::{Cue, EntityId, List, MetricWords, Movement, Part, WordHasher};
use crate::model::{Direction, EntityType, Metric, Sentence, Shape, Subject};

use super::clause::{Clauses, clauses};
use super::table::Table;

/// A subject, shared by all that speak of it: names, bound figures, memory.
pub(crate) type Shared = Rc<Subject>;

/// A named entity of the sentence.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub first: usize,
    pub end: usize,
    pub subject: Shared,
    /// It says something rather than being spoken of.
    pub source: bool,
    /// It rates stocks.
    pub broker: bool,
    /// Printed with its ticker in brackets: the text presents it.
    pub presented: bool,
}

impl Name {
    /// A found entity as the binding rules see it. An index followed by
    /// "stocks" or "companies" stands for its members as a group.
    pub fn new(view: &View<'_>, found: &Found<'_>, mut subject: Shared) -> Self {
        let mut end = found.end;
        if subject.kind == EntityType::Index
            && view.is_one_of(end, &["stocks", "companies", "members", "constituents", "firms", "names"])
        {
            end += 1;
            let name = view.surface(found.first, end).to_string();
            subject = Shared::new(Subject {
                canonical: name.clone(),
                name,
                ticker: None,
                exchange: None,
                cik: None,
                kind: EntityType::Group,
                members: None,
            });
        }
        let broker = found.entity.and_then(|id| view.lexicon.entities().get(id)).is_some_and(|e| e.broker);
        let bracket = view.is(end, "(") && view.is(end + 2, ")") && view.shape(end + 1) == Shape::Upper;
        let presented = bracket || subject.name.contains('(');
        Self { first: found.first, end, subject, source: found.source, broker, presented }
    }

    pub fn is_group(&self) -> bool {
        matches!(self.subject.kind, EntityType::Group | EntityType::Sector)
    }
}

/// The subjects made so far, by their entity and how the text has it.
type Known<'v> = HashMap<(EntityId, &'v str), Shared, BuildHasherDefault<WordHasher>>;

/// An entity as a subject; one that is named the same way again is the same.
fn subject<'v>(view: &View<'v>, found: &Found<'_>, known: &mut Known<'v>) -> Shared {
    let text = view.tokens().text;
    let make = || Shared::new(found.subject(text, view.lexicon));
    let Some(entity) = found.entity else { return make() };
    let subject = known.entry((entity, found.span.of(text))).or_insert_with(make);
    let same = subject.ticker.as_deref() == found.ticker.as_deref()
        && subject.exchange.as_deref() == found.exchange.as_deref()
        && subject.canonical == found.canonical
        && (subject.kind, subject.cik) == (found.kind, found.cik)
        && subject.members.is_some() == found.members.is_some();
    if !same {
        *subject = make();
    }
    subject.clone()
}

/// The found entities as names; the parts of a quote widget ("Nvidia NVDA
/// +0.09% (NVDA)") become one.
pub(crate) fn names(view: &View<'_>, found: &[Found<'_>]) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::with_capacity(found.len());
    let mut known = Known::default();
    for entity in found {
        let name = Name::new(view, entity, subject(view, entity, &mut known));
        if let Some(last) = out.last_mut() {
            let between = last.end..name.first;
            let widget = between.len() <= 4
                && between.clone().all(|i| view.is_number(i) || view.is_one_of(i, &["+", "-", "%", ".", "("]));
            let same = last.subject.canonical == name.subject.canonical
                || last.subject.ticker.is_some() && last.subject.ticker == name.subject.ticker;
            if same && widget {
                last.end = name.end;
                continue;
            }
        }
        out.push(name);
    }
    out
}

/// The one company a document is about: named three times or more, and as often
/// as all other companies together.
pub(crate) fn dominant(names: &[Name]) -> Option<Shared> {
    let mut counts: Vec<(&Shared, usize)> = Vec::new();
    for name in names.iter().filter(|n| !n.source && n.subject.kind == EntityType::Company) {
        match counts.iter().position(|(s, _)| s.canonical == name.subject.canonical) {
            Some(at) => counts[at].1 += 1,
            None => counts.push((&name.subject, 1)),
        }
        if counts.len() > 100 {
            return None;
        }
    }
    let total: usize = counts.iter().map(|(_, n)| n).sum();
    // The only company of a text, presented with its ticker, needs no repetition.
    let presented = names.iter().any(|n| n.presented && n.subject.kind == EntityType::Company);
    let enough = match counts.as_slice() {
        [_] if presented => 1,
        _ => 2,
    };
    counts.into_iter().find(|(_, n)| *n >= enough && 2 * n >= total).map(|(s, _)| s.clone())
}

/// A metric phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MetricHit {
    pub first: usize,
    pub end: usize,
    pub metric: Metric,
}

/// A movement word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MoveHit {
    pub first: usize,
    pub end: usize,
    pub direction: Direction,
    pub part: Part,
}

/// A cue word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CueHit {
    pub first: usize,
    pub end: usize,
    pub cue: Cue,
}

/// A sentence and what stands in it.
pub(crate) struct Scene<'v> {
    pub view: &'v View<'v>,
    pub sentence: &'v Sentence,
    pub figures: &'v [Figure<'v>],
    pub names: &'v [Name],
    pub times: Vec<Time>,
    pub metrics: Vec<MetricHit>,
    pub moves: Vec<MoveHit>,
    pub cues: Vec<CueHit>,
    pub clauses: Clauses,
    /// For each token of the sentence, whether it is a verb; see [`Self::is_verb`].
    verbs: Vec<bool>,
    pub table: &'v Table,
    pub reference: Reference,
}

impl<'v> Scene<'v> {
    pub fn new(
        view: &'v View<'v>,
        sentence: &'v Sentence,
        figures: &'v [Figure<'v>],
        names: &'v [Name],
        times: Vec<Time>,
        table: &'v Table,
        reference: Reference,
    ) -> Self {
        let mut scene = Self {
            view,
            sentence,
            figures,
            names,
            times,
            metrics: Vec::new(),
            moves: Vec::new(),
            cues: Vec::new(),
            clauses: Clauses::default(),
            verbs: Vec::new(),
            table,
            reference,
        };
        scene.collect();
        if !figures.is_empty() {
            scene.divide();
        }
        scene
    }

    /// Finds the clauses; [`Self::new`] does so where there are figures to bind.
    pub fn divide(&mut self) {
        let (first, end) = (self.sentence.first, self.sentence.end);
        self.verbs = (first..end).map(|at| self.view.is_a(at, Class::Verb)).collect();
        for hit in self.moves.iter().filter(|m| m.part == Part::Verb) {
            self.verbs[hit.first - first] = true;
        }
        self.clauses = clauses(self);
    }

    /// Sorts the sentence's phrases; of overlapping metric phrases the longest stays.
    fn collect(&mut self) {
        // Bonds and notes are sold as well as named.
        let named = |at: usize| {
            self.names.iter().any(|n| n.first <= at && at < n.end && n.subject.kind != EntityType::AssetClass)
        };
        for hit in self.view.hits_in(self.sentence.first, self.sentence.end) {
            let inside_name = named(hit.first) && named(hit.end - 1);
            match hit.sense.list {
                List::Metric if !inside_name => {
                    let Some(metric) = MetricWords::of(hit.sense) else { continue };
                    self.metrics.retain(|m| !(hit.first <= m.first && m.end <= hit.end));
                    if !self.metrics.iter().any(|m| m.first <= hit.first && hit.end <= m.end) {
                        self.metrics.push(MetricHit { first: hit.first, end: hit.end, metric });
                    }
                }
                List::Movement if !inside_name => {
                    let Some(movement) = Movement::of(hit.sense) else { continue };
                    // "gave up" goes down: the longer phrase holds.
                    self.moves.retain(|m| {
                        !(hit.first <= m.first && m.end <= hit.end && m.end - m.first < hit.end - hit.first)
                    });
                    if self
                        .moves
                        .iter()
                        .any(|m| m.first <= hit.first && hit.end <= m.end && m.end - m.first > hit.end - hit.first)
                    {
                        continue;
                    }
                    self.moves.push(MoveHit {
                        first: hit.first,
                        end: hit.end,
                        direction: movement.direction,
                        part: movement.part,
                    });
                }
                List::Cue => {
                    let Some(cue) = Cue::of(hit.sense) else { continue };
                    // The "Budget" of the Congressional Budget Office plans nothing.
                    if matches!(cue, Cue::Planned | Cue::Projected) && inside_title(self.view, hit.first, hit.end) {
                        continue;
                    }
                    self.cues.push(CueHit { first: hit.first, end: hit.end, cue });
                }
                _ => {}
            }
        }
    }

    /// Whether token `at` belongs to a figure.
    pub fn in_figure(&self, at: usize) -> bool {
        self.figures.iter().any(|f| f.first <= at && at < f.end)
    }

    /// The figures between tokens `first..end`.
    pub fn figures_between(&self, first: usize, end: usize) -> usize {
        self.figures.iter().filter(|f| f.first >= first && f.end <= end).count()
    }

    /// The name that covers token `at`.
    pub fn name_at(&self, at: usize) -> Option<usize> {
        self.names.iter().position(|n| n.first <= at && at < n.end)
    }

    /// The clause of a token.
    pub fn clause(&self, at: usize) -> usize {
        self.clauses.of(at)
    }

    /// Whether a cue stands in the clause.
    pub fn cue_in_clause(&self, cue: Cue, clause: usize) -> Option<&CueHit> {
        self.cues.iter().find(|c| c.cue == cue && self.clause(c.first) == clause)
    }

    /// Whether a verb of movement, or any common finite verb, stands at `at`.
    pub fn is_verb(&self, at: usize) -> bool {
        match at.checked_sub(self.sentence.first).and_then(|i| self.verbs.get(i)) {
            Some(verb) => *verb,
            None => self.moves.iter().any(|m| m.first == at && m.part == Part::Verb) || self.view.is_a(at, Class::Verb),
        }
    }
}

/// Whether a capitalised word stands between capitalised words.
fn inside_title(view: &View<'_>, first: usize, end: usize) -> bool {
    let title = |at: usize| view.is_word(at) && view.shape(at) == crate::model::Shape::Title;
    end == first + 1 && title(first) && first > 0 && title(first - 1) && title(end)
}
