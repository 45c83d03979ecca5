//! Words that bind figures: metrics, movement, and cues of status and source.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Builder, Files, LexiconError, List, Sense};
use crate::model::{Direction, Kind, Metric};

/// A movement word: which way, and what part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Up or down.
    pub direction: Direction,
    /// How it is used.
    pub part: Part,
}

/// How a movement word is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// "rose".
    Verb,
    /// "decline".
    Noun,
    /// "up", "lower".
    Adverb,
}

impl Movement {
    const ALL: [Movement; 6] = [
        Movement { direction: Direction::Up, part: Part::Verb },
        Movement { direction: Direction::Up, part: Part::Noun },
        Movement { direction: Direction::Up, part: Part::Adverb },
        Movement { direction: Direction::Down, part: Part::Verb },
        Movement { direction: Direction::Down, part: Part::Noun },
        Movement { direction: Direction::Down, part: Part::Adverb },
    ];

    /// The meaning of a [`List::Movement`] sense.
    pub fn of(sense: Sense) -> Option<Movement> {
        Self::ALL.get(sense.index as usize).copied()
    }
}

/// What a cue word tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// The subject's own plan.
    Planned,
    /// Looking forward.
    Projected,
    /// An estimate of past or present.
    Estimated,
    /// Imagined.
    Hypothetical,
    /// Denied.
    Negation,
    /// Somebody says so.
    Attribution,
    /// A high.
    Peak,
    /// A low.
    Low,
    /// All together.
    Collective,
    /// Each by itself.
    Distributive,
    /// Part of a whole.
    Share,
    /// Against a benchmark.
    Relative,
}

impl Cue {
    const ALL: [Cue; 12] = [
        Cue::Planned,
        Cue::Projected,
        Cue::Estimated,
        Cue::Hypothetical,
        Cue::Negation,
        Cue::Attribution,
        Cue::Peak,
        Cue::Low,
        Cue::Collective,
        Cue::Distributive,
        Cue::Share,
        Cue::Relative,
    ];

    /// The meaning of a [`List::Cue`] sense.
    pub fn of(sense: Sense) -> Option<Cue> {
        Self::ALL.get(sense.index as usize).copied()
    }
}

/// What the metric words mean.
#[derive(Debug, Default)]
pub struct MetricWords {
    /// By place in [`Metric::ALL`]: the kinds of figure the metric takes.
    kinds: Vec<Vec<Kind>>,
}

impl MetricWords {
    /// The meaning of a [`List::Metric`] sense.
    pub fn of(sense: Sense) -> Option<Metric> {
        Metric::ALL.get(sense.index as usize).copied()
    }

    /// Whether a figure of this kind can measure the metric.
    pub fn takes(&self, metric: Metric, kind: Kind) -> bool {
        let place = Metric::ALL.iter().position(|m| *m == metric);
        place.and_then(|p| self.kinds.get(p)).is_none_or(|kinds| kinds.is_empty() || kinds.contains(&kind))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricFile {
    metric: Vec<MetricEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricEntry {
    id: Metric,
    words: Vec<String>,
    #[serde(default)]
    kinds: Vec<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MovementEntry {
    verbs: Vec<String>,
    nouns: Vec<String>,
    adverbs: Vec<String>,
}

/// Reads the three lists.
pub(super) fn load(files: &Files, builder: &mut Builder) -> Result<MetricWords, LexiconError> {
    let mut out = MetricWords { kinds: vec![Vec::new(); Metric::ALL.len()] };
    let file: MetricFile = files.toml("metrics.toml")?;
    for entry in file.metric {
        let Some(place) = Metric::ALL.iter().position(|m| *m == entry.id) else { continue };
        if entry.words.is_empty() {
            return Err(LexiconError::form("metrics.toml", format!("{} has no words", entry.id.as_str())));
        }
        out.kinds[place] =
            if entry.kinds.is_empty() { vec![Kind::Money, Kind::Percent, Kind::Multiple] } else { entry.kinds };
        for word in entry.words {
            builder.add("metrics.toml", &word, Sense { list: List::Metric, index: place as u32 })?;
        }
    }
    let file: BTreeMap<String, MovementEntry> = files.toml("movement.toml")?;
    for (name, entry) in file {
        let base = match name.as_str() {
            "up" => 0,
            "down" => 3,
            other => return Err(LexiconError::form("movement.toml", format!("[{other}] is neither up nor down"))),
        };
        for (offset, words) in [entry.verbs, entry.nouns, entry.adverbs].into_iter().enumerate() {
            for word in words {
                builder.add("movement.toml", &word, Sense { list: List::Movement, index: base + offset as u32 })?;
            }
        }
    }
    let file: BTreeMap<Cue, Vec<String>> = files.toml("cues.toml")?;
    for (name, words) in file {
        let Some(place) = Cue::ALL.iter().position(|c| *c == name) else { continue };
        if words.is_empty() {
            return Err(LexiconError::form("cues.toml", format!("{name:?} has no words")));
        }
        for word in words {
            builder.add("cues.toml", &word, Sense { list: List::Cue, index: place as u32 })?;
        }
    }
    Ok(out)
}
