//! The thread of a paragraph: from when, or from what, the moves of prices are
//! measured, until something else is said.
//!
//! "Microsoft has fallen 33% from its recent highs. Meta is down 28%." What is
//! carried over is marked as inferred; when anything speaks against it, nothing
//! is carried.

use crate::extract::period::{Time, TimeClass};
use crate::extract::view::View;
use crate::lexicon::Cue;
use crate::model::{Direction, Kind, Metric, Period, Role, Sentence, SentenceKind};

use super::baseline::measured_from;
use super::bound::Bound;
use super::scene::Scene;
use super::when::period;

/// What the last moves of prices were measured from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Thread {
    baseline: Vec<String>,
    period: Option<Period>,
    direction: Option<Direction>,
    /// A heading said so.
    heading: bool,
    /// A line that introduces the list below it said so.
    lead: bool,
    paragraph: usize,
}

/// A move of a price in percent.
fn is_move(bound: &Bound) -> bool {
    bound.kind == Kind::Percent
        && bound.role == Role::Change
        && bound.direction != Direction::None
        && matches!(bound.metric, Some(Metric::PriceMove | Metric::IndexMove | Metric::SectorMove))
}

/// Whether a sentence ends with a colon.
fn leads(view: &View<'_>, sentence: &Sentence) -> bool {
    sentence.end > sentence.first && view.is(sentence.end - 1, ":")
}

/// Whether a sentence can say what the moves below it are measured from.
pub(crate) fn may_open(view: &View<'_>, sentence: &Sentence) -> bool {
    let stocks = &["stocks", "shares", "equities", "indexes", "indices", "markets", "names", "prices"];
    sentence.kind == SentenceKind::Heading
        || leads(view, sentence)
        || view.any_word(sentence.first, sentence.end, stocks)
}

impl Thread {
    /// Gives a figure the baseline and period of the moves before it.
    pub fn carry(&self, scene: &Scene<'_>, bound: &mut Bound) {
        let paragraph = scene.sentence.paragraph;
        let near = paragraph == self.paragraph
            || self.heading && paragraph == self.paragraph + 1
            || scene.sentence.kind == SentenceKind::Bullet && paragraph <= self.paragraph + 1 + usize::from(self.lead);
        let own = !scene.times.is_empty() || scene.cues.iter().any(|c| matches!(c.cue, Cue::Peak | Cue::Low));
        let fits = is_move(bound) && bound.period.is_none() && bound.baseline.is_empty();
        if self.baseline.is_empty() || !near || own || !fits || Some(bound.direction) != self.direction {
            return;
        }
        bound.baseline = self.baseline.clone();
        bound.baseline_inferred = true;
        bound.because("baseline", "baseline.carried", None);
        if let Some(period) = &self.period {
            bound.period = Some(Period { inferred: true, ..period.clone() });
            bound.because("period", "period.carried", None);
        }
    }

    /// "Stocks slid on Tuesday.", "Down from their peaks": a sentence or heading
    /// without figures that says what the moves below it are measured from.
    pub fn open(&mut self, scene: &Scene<'_>) {
        let view = scene.view;
        let Some(moved) = scene.moves.first() else { return };
        let heading = scene.sentence.kind == SentenceKind::Heading;
        if !may_open(view, scene.sentence) {
            return;
        }
        let extreme =
            scene.cues.iter().find(|c| matches!(c.cue, Cue::Peak | Cue::Low) && measured_from(scene, c.first, c.cue));
        let time = scene.times.iter().find(|t| matches!(t.class, TimeClass::Day | TimeClass::This));
        let year = |t: &Time| {
            let words = view.surface(t.first, t.end).to_ascii_lowercase();
            words == "this year" || words == "ytd" || words.contains("to date")
        };
        let baseline = match (extreme, time) {
            (Some(cue), _) if cue.cue == Cue::Peak => "from_peak",
            (Some(_), _) => "from_low",
            (None, Some(t)) if t.class == TimeClass::Day => "prior_close",
            (None, Some(t)) if year(t) => "year_to_date",
            _ => return,
        };
        self.baseline = vec![baseline.to_string()];
        self.period = time.map(|t| period(scene, t, true));
        self.direction = Some(moved.direction);
        self.paragraph = scene.sentence.paragraph;
        self.heading = heading;
        self.lead = leads(view, scene.sentence);
    }

    /// Which way the bare figures of a list go: as the line that introduces it says.
    pub fn led(&self, scene: &Scene<'_>) -> Option<Direction> {
        // A blank line counts as a paragraph of its own.
        let near = scene.sentence.paragraph <= self.paragraph + 2;
        let bare = scene.sentence.kind == SentenceKind::Bullet && scene.moves.is_empty() && scene.metrics.is_empty();
        self.direction.filter(|_| self.lead && near && bare)
    }

    /// Keeps what a sentence's moves were measured from.
    pub fn keep(&mut self, scene: &Scene<'_>, bounds: &[Bound]) {
        let Some(last) = bounds.iter().rfind(|b| is_move(b)) else {
            // Another statement about figures ends the thread.
            if !bounds.is_empty() {
                self.baseline.clear();
                self.lead = false;
            }
            return;
        };
        // "since the deal" and comparisons hold for their own figure only.
        let general = |name: &String| {
            matches!(
                name.as_str(),
                "from_peak" | "from_low" | "year_to_date" | "prior_close" | "prior_week_close" | "month_to_date"
            )
        };
        self.heading = false;
        self.lead &= scene.sentence.kind == SentenceKind::Bullet;
        self.baseline = last.baseline.iter().filter(|b| general(b)).cloned().collect();
        self.period = last.period.clone();
        self.direction = Some(last.direction);
        self.paragraph = scene.sentence.paragraph;
    }
}
