//! The time a figure is about, and what a change is measured from.

use crate::extract::calendar::bounds;
use crate::extract::figure::{Figure, Form};
use crate::extract::period::{Time, TimeClass};
use crate::extract::words::Words;
use crate::lexicon::Cue;
use crate::model::{Kind, Metric, Period, SentenceKind};

use super::clause::Attach;
use super::scene::Scene;
use super::table::cells;

/// The time expression of a figure: in its clause, in the clause it goes on
/// from, or the one that opens the sentence.
pub(crate) fn time<'s>(scene: &'s Scene<'_>, figure: &Figure, metric: Option<Metric>) -> Option<&'s Time> {
    if scene.sentence.kind == SentenceKind::Row {
        return row_time(scene, figure);
    }
    let candidates: Vec<&Time> = scene
        .times
        .iter()
        .filter(|t| {
            let told = t.class == TimeClass::Day && metric.is_some_and(of_a_season);
            let other = t.class == TimeClass::Prior || superlative(scene, t) || is_baseline_time(scene, t);
            !(told || other || of_something_else(scene, t, figure))
        })
        .collect();
    let mut clause = Some(scene.clause(figure.first));
    while let Some(here) = clause {
        let best = candidates
            .iter()
            .filter(|t| scene.clause(t.first) == here)
            .filter_map(|t| cost(scene, figure, t).map(|c| (c, *t)))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, found)) = best {
            // "gained on Tuesday, adding 1.2%, and is now up 9.8% this quarter": the other figure's.
            let theirs = scene.figures_between(figure.end, found.first) > 0
                && found.first > figure.end
                && scene.clauses.attach(here) == Attach::Participle
                && here == scene.clause(figure.first);
            let earlier = candidates
                .iter()
                .rfind(|t| theirs && t.end <= figure.first && scene.figures_between(t.end, figure.first) == 0);
            return Some(earlier.unwrap_or(&found));
        }
        let first = scene.clauses.list.get(here).map_or(0, |c| c.first);
        let goes_on = first > 0 && scene.view.is_one_of(first - 1, &["—", "-", ":"]);
        clause = match scene.clauses.attach(here) {
            // "— a 77% increase", ": Apple at $90 billion"
            Attach::Main if goes_on && here > 0 => Some(here - 1),
            Attach::Main => None,
            _ => scene.clauses.parent(here),
        };
    }
    // "On Wednesday, the Dow lost 0.4%, while the S&P 500 dropped 0.6%."
    let moves = matches!(metric, Some(Metric::PriceMove | Metric::IndexMove | Metric::SectorMove));
    let candidates: Vec<&Time> = candidates
        .into_iter()
        .filter(|t| {
            let own = scene.clause(t.first);
            own == 0 || !matches!(scene.clauses.attach(own), Attach::Relative | Attach::Adjunct)
        })
        .collect();
    let [only] = candidates.as_slice() else {
        return candidates.into_iter().find(|t| moves && t.first <= scene.sentence.first + 2);
    };
    let opens = only.first <= scene.sentence.first + 3 && !matches!(only.class, TimeClass::By);
    let due = only.class == TimeClass::By && !opens;
    let shared = moves && !due && (opens || scene.figures.iter().all(|f| f.kind == figure.kind));
    (shared || opens && scene.clauses.list.first().is_some_and(|c| c.attach == Attach::Adjunct)).then_some(*only)
}

/// Measures of a quarter or year: a day only says when they were told.
fn of_a_season(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::Revenue
            | Metric::NetIncome
            | Metric::EarningsPerShare
            | Metric::Margin
            | Metric::FreeCashFlow
            | Metric::Capex
    )
}

/// In a table row: the figure's own cell, then the row's first cell.
fn row_time<'s>(scene: &'s Scene<'_>, figure: &Figure) -> Option<&'s Time> {
    let cells = cells(scene.view, scene.sentence);
    let own = cells.iter().find(|(first, end)| *first <= figure.first && figure.first < *end)?;
    let label = cells.first()?;
    let inside = |cell: &(usize, usize)| {
        scene.times.iter().find(|t| t.class != TimeClass::Prior && t.first >= cell.0 && t.end <= cell.1)
    };
    inside(own).or_else(|| inside(label))
}

/// A time that belongs to other words: "said on Wednesday that …", "its
/// second-quarter results", and what a multiple is compared with.
fn of_something_else(scene: &Scene<'_>, time: &Time, figure: &Figure) -> bool {
    let view = scene.view;
    let report = view
        .is_one_of(time.end, &["results", "earnings", "report", "release", "reports", "meeting", "filing", "call"])
        && time.first > scene.sentence.first
        && !view.is_one_of(time.end + 1, &["of", "rose", "fell", "per"]);
    let told = time.class == TimeClass::Day
        && time.end <= figure.first
        && scene.cues.iter().any(|c| {
            c.cue == Cue::Attribution
                && c.first >= time.end
                && c.end <= figure.first
                && view.is_one_of(c.first, &["said", "says", "reported", "announced", "told", "disclosed"])
        });
    // "told investors on Thursday it will spend"
    let said = time.class == TimeClass::Day
        && time.end <= figure.first
        && view.is_one_of(time.end, &["it", "that", "they", "he", "she", "its"])
        && scene.cues.iter().any(|c| {
            c.cue == Cue::Attribution
                && c.end <= time.first
                && time.first - c.end <= 3
                && view.is_one_of(c.first, &["told", "said", "announced", "reported"])
        });
    let told = told || said;
    let compared = figure.form == Form::Multiplier
        && time.first > figure.first
        && scene.figures.iter().any(|f| f.first >= figure.end && f.end <= time.first);
    let founded = time.first > 1
        && view.is_one_of(time.first - 1, &["in", "since"])
        && view.is_one_of(time.first - 2, &["founded", "established", "incorporated", "born", "launched"]);
    // "the range it guided to in July"
    let given = time.first > figure.end
        && time.first > 1
        && view.is_one_of(time.first - 1, &["in", "on"])
        && (view.is_one_of(time.first - 2, &["guided", "announced", "gave", "issued", "forecast", "predicted"])
            || view.is(time.first - 2, "to") && view.is_one_of(time.first - 3, &["guided", "committed"]));
    // "a 39% jump in profit and raised its 2025 capital budget": the year is the budget's.
    let budget = scene.metrics.iter().any(|m| {
        m.first == time.end
            && m.first > figure.end
            && scene.figures.iter().any(|f| f.first > m.end && scene.figures_between(m.end, f.first) == 0)
            && (figure.end..time.first).any(|i| scene.is_verb(i))
    });
    // "Shares, up 17% this year, added 5.6%": the aside keeps its time.
    let aside = time.end <= figure.first
        && view.is(time.end, ",")
        && scene.figures.iter().any(|f| f.end <= time.first && time.first - f.end <= 1 && f.kind == figure.kind)
        && (scene.is_verb(time.end + 1) || scene.moves.iter().any(|m| m.first == time.end + 1));
    report || aside || budget || told || compared || founded || given
}

fn cost(scene: &Scene<'_>, figure: &Figure, time: &Time) -> Option<f64> {
    let after = time.first >= figure.end;
    let (from, to) = if after { (figure.end, time.first) } else { (time.end, figure.first) };
    if to < from {
        return None;
    }
    let between = scene.figures_between(from, to);
    // A time behind the next figure belongs to that one; one that opens the sentence serves all.
    let opens = time.first <= scene.sentence.first + 3;
    let cost =
        (to - from) as f64 * 0.5 + if opens { 0.0 } else { 6.0 * between as f64 } + if after { 0.0 } else { 1.0 };
    // "$39bn in 2024 and $72bn in 2025": the nearest behind wins; a time before a figure
    // that has its own figure in front of it is that one's.
    let taken = !after
        && between == 0
        && !opens
        && scene.figures.iter().any(|f| f.end <= time.first && time.first - f.end <= 3 && f.kind == figure.kind)
        && scene
            .times
            .iter()
            .any(|t| t.first >= figure.end && t.first - figure.end <= 3 && t.class != TimeClass::Prior);
    (!taken).then_some(cost)
}

/// "the most since 2022", "its best day since November": how rare it is, not from when on.
pub(super) fn superlative(scene: &Scene<'_>, time: &Time) -> bool {
    const MOST: &[&str] = &[
        "most",
        "least",
        "best",
        "worst",
        "biggest",
        "largest",
        "widest",
        "highest",
        "lowest",
        "fastest",
        "slowest",
        "first",
        "steepest",
        "sharpest",
        "smallest",
        "strongest",
        "weakest",
        "longest",
        "deepest",
        "record",
    ];
    let from = time.first.saturating_sub(9).max(scene.sentence.first);
    time.class == TimeClass::Since
        && (from..time.first)
            .rev()
            .take_while(|i| !scene.in_figure(*i) && !scene.view.is_one_of(*i, &[";", "while", "but"]))
            .any(|i| scene.view.is_one_of(i, MOST))
}

/// "its October all-time high", "2023 highs": the date of a baseline.
fn is_baseline_time(scene: &Scene<'_>, time: &Time) -> bool {
    let peak = scene.cues.iter().any(|c| {
        matches!(c.cue, Cue::Peak | Cue::Low)
            && c.first >= time.end
            && c.first <= time.end + 1
            // "from a November record"
            && (!scene.view.is(c.first, "record")
                || time.first > 1 && scene.view.is_one_of(time.first - 2, &["from", "below", "under"]))
    });
    let held = time.first > 0 && scene.view.is_one_of(time.first - 1, &["its", "their", "the", "a", "an"]);
    // "up 12% from Q4", "slipped 0.1% from May": what it is compared with.
    let compared = time.first > 1
        && scene.view.is_one_of(time.first - 1, &["from", "versus", "vs"])
        && time.class == TimeClass::Span
        && scene.figures.iter().any(|f| f.end == time.first - 1 && f.kind == Kind::Percent);
    if compared {
        return true;
    }
    // "the record it set in September", "its high in March"
    let before = |back: usize, words: Words| time.first >= back && scene.view.is_one_of(time.first - back, words);
    let made = before(1, &["in", "on", "last"]) && before(2, &["set", "hit", "reached", "touched", "made", "notched"]);
    let stood =
        before(1, &["in"]) && before(2, &["high", "highs", "peak", "low", "lows"]) && time.class == TimeClass::Span;
    let set = (made || stood)
        && scene
            .cues
            .iter()
            .any(|c| matches!(c.cue, Cue::Peak | Cue::Low) && c.end <= time.first && time.first - c.end <= 5);
    if set {
        return true;
    }
    let from = time.first > 0
        && scene.view.is_one_of(time.first - 1, &["from", "than", "over", "versus", "vs"])
        && time.class == TimeClass::This;
    (peak && held) || from
}

/// The period record of a time expression.
pub(crate) fn period(scene: &Scene<'_>, time: &Time, inferred: bool) -> Period {
    let (start, end) = bounds(&time.norm)
        .map_or((None, None), |(a, b)| (Some(a).filter(|d| !d.is_empty()), Some(b).filter(|d| !d.is_empty())));
    Period {
        text: Some(scene.view.surface(time.first, time.end).to_string()),
        norm: Some(time.norm.clone()),
        start,
        end,
        inferred,
    }
}

/// "for the quarter", "during the quarter": the one the document reports on.
pub(crate) fn the_quarter(scene: &Scene<'_>, figure: &Figure) -> Option<(usize, usize)> {
    let view = scene.view;
    let at = (scene.sentence.first + 1..scene.sentence.end.saturating_sub(1)).find(|i| {
        view.is(*i, "the")
            && view.is(*i + 1, "quarter")
            && view.is_one_of(*i - 1, &["for", "in", "during", "over", "throughout"])
            && !view.is_one_of(*i + 2, &["ended", "ending", "of", "-", "point", "before"])
    })?;
    let clause = scene.clause(figure.first);
    let opens = at <= scene.sentence.first + 3;
    (opens || scene.clause(at) == clause).then_some((at, at + 2))
}

/// A period known by its normal form, not by the words for it.
pub(crate) fn named(scene: &Scene<'_>, words: (usize, usize), norm: &str) -> Period {
    let (start, end) = bounds(norm).map_or((None, None), |(a, b)| (Some(a), Some(b)));
    Period {
        text: Some(scene.view.surface(words.0, words.1).to_string()),
        norm: Some(norm.to_string()),
        start,
        end,
        inferred: true,
    }
}

/// "up from 74 million a year ago": the year before the document's, as a period.
pub(crate) fn year_ago(scene: &Scene<'_>, figure: &Figure) -> Option<Period> {
    let back = |t: &&Time| {
        t.norm == "yoy" && t.class == TimeClass::Prior
            || t.class == TimeClass::This
                && scene.view.is_one_of(t.end - 1, &["year"])
                && scene.view.any_word(t.first, t.end, &["previous", "prior", "preceding"])
    };
    let time = scene.times.iter().find(|t| t.first == figure.end && back(t))?;
    // The year before the one that the sentence speaks of, else before the document's.
    let said = scene.times.iter().rev().find(|t| t.end <= figure.first && t.norm.len() == 4);
    let norm = match said.and_then(|t| t.norm.parse::<i16>().ok()) {
        Some(year) => (year - 1).to_string(),
        None => (scene.reference.year()? - 1).to_string(),
    };
    let (start, end) = bounds(&norm)?;
    Some(Period {
        text: Some(scene.view.surface(time.first, time.end).to_string()),
        norm: Some(norm),
        start: Some(start),
        end: Some(end),
        inferred: true,
    })
}

/// "from its October all-time high": since then.
pub(crate) fn since_peak(scene: &Scene<'_>, figure: &Figure) -> Option<Period> {
    let time = scene
        .times
        .iter()
        .find(|t| t.first >= figure.end && t.class == TimeClass::Span && is_baseline_time(scene, t))?;
    let mut period = period(scene, time, false);
    period.norm = Some(format!("since:{}", time.norm));
    period.end = None;
    Some(period)
}
