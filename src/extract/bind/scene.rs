//! Scene: one sentence with everything the binding rules look at.

use crate::extract::figure::Figure;
use crate::extract::period::Time;
use crate::extract::view::View;
use crate::lexicon::{Cue, List, MetricWords, Movement, Part};
use crate::model::{Direction, EntityType, Metric, Sentence, Subject};

use super::clause::{Clauses, clauses};

/// A named entity of the sentence.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub first: usize,
    pub end: usize,
    pub subject: Subject,
    /// It says something rather than being spoken of.
    pub source: bool,
}

impl Name {
    pub fn is_group(&self) -> bool {
        matches!(self.subject.kind, EntityType::Group | EntityType::Sector)
    }
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
    pub figures: &'v [Figure],
    pub names: &'v [Name],
    pub times: Vec<Time>,
    pub metrics: Vec<MetricHit>,
    pub moves: Vec<MoveHit>,
    pub cues: Vec<CueHit>,
    pub clauses: Clauses,
}

impl<'v> Scene<'v> {
    pub fn new(view: &'v View<'v>, sentence: &'v Sentence, figures: &'v [Figure], names: &'v [Name], times: Vec<Time>) -> Self {
        let mut scene = Self { view, sentence, figures, names, times, metrics: Vec::new(), moves: Vec::new(), cues: Vec::new(), clauses: Clauses::default() };
        scene.collect();
        scene.clauses = clauses(&scene);
        scene
    }

    /// Sorts the sentence's phrases; of overlapping metric phrases the longest stays.
    fn collect(&mut self) {
        let named = |at: usize| self.names.iter().any(|n| n.first <= at && at < n.end);
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
                    self.moves.push(MoveHit { first: hit.first, end: hit.end, direction: movement.direction, part: movement.part });
                }
                List::Cue => {
                    let Some(cue) = Cue::of(hit.sense) else { continue };
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

    /// Whether a cue stands in tokens `first..end`.
    pub fn cue_in(&self, cue: Cue, first: usize, end: usize) -> Option<&CueHit> {
        self.cues.iter().find(|c| c.cue == cue && c.first >= first && c.end <= end)
    }

    /// Whether a cue stands in the clause.
    pub fn cue_in_clause(&self, cue: Cue, clause: usize) -> Option<&CueHit> {
        self.cues.iter().find(|c| c.cue == cue && self.clause(c.first) == clause)
    }

    /// Whether a verb of movement, or any common finite verb, stands at `at`.
    pub fn is_verb(&self, at: usize) -> bool {
        self.moves.iter().any(|m| m.first == at && m.part == Part::Verb) || self.view.is_one_of(at, VERBS)
    }
}

/// Finite verbs and auxiliaries that show where a clause has its verb.
pub(crate) const VERBS: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "could", "should", "may", "might", "can", "reported", "said", "says",
    "expects", "expect", "expected", "plans", "plan", "spent", "spend", "spends", "posted", "announced", "closed", "ended", "finished",
    "traded", "trades", "came", "comes", "stands", "stood", "hit", "hits", "reached", "reaches", "reach", "saw", "sees", "generated", "brought", "guided",
    "projects", "projected", "accounts", "accounted", "represents", "amounted", "remains", "remained", "showed", "shows", "delivered",
    "booked", "earned", "borrowed", "bought", "sold", "invested", "committed", "managed", "demonstrated", "holds", "held", "outperformed",
    "underperformed", "lagged", "trailed", "beat", "topped", "missed", "paid", "pays", "totaled", "totalled", "averaged", "means", "makes", "made",
    "needs", "faces", "suggests", "signals", "operates", "operating", "yields", "yielded", "opened", "settled", "did", "does", "do",
];
