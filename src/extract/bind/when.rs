//! The time a figure is about, and what a change is measured from.

use crate::extract::calendar::bounds;
use crate::extract::figure::{Figure, Form};
use crate::extract::period::{Time, TimeClass};
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
    let candidates: Vec<&Time> = scene.times.iter().filter(|t| t.class != TimeClass::Prior && !is_baseline_time(scene, t) && !of_something_else(scene, t, figure)).collect();
    let mut clause = Some(scene.clause(figure.first));
    while let Some(here) = clause {
        let best = candidates
            .iter()
            .filter(|t| scene.clause(t.first) == here)
            .filter_map(|t| cost(scene, figure, t).map(|c| (c, *t)))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, found)) = best {
            return Some(found);
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
    let [only] = candidates.as_slice() else {
        return candidates.into_iter().find(|t| moves && t.first <= scene.sentence.first + 2);
    };
    let opens = only.first <= scene.sentence.first + 3 && !matches!(only.class, TimeClass::By);
    let shared = moves && (opens || scene.figures.iter().all(|f| f.kind == figure.kind));
    (shared || opens && scene.clauses.list.first().is_some_and(|c| c.attach == Attach::Adjunct)).then_some(*only)
}

/// In a table row: the figure's own cell, then the row's first cell.
fn row_time<'s>(scene: &'s Scene<'_>, figure: &Figure) -> Option<&'s Time> {
    let cells = cells(scene.view, scene.sentence);
    let own = cells.iter().find(|(first, end)| *first <= figure.first && figure.first < *end)?;
    let label = cells.first()?;
    let inside = |cell: &(usize, usize)| scene.times.iter().find(|t| t.class != TimeClass::Prior && t.first >= cell.0 && t.end <= cell.1);
    inside(own).or_else(|| inside(label))
}

/// A time that belongs to other words: "said on Wednesday that …", "its
/// second-quarter results", and what a multiple is compared with.
fn of_something_else(scene: &Scene<'_>, time: &Time, figure: &Figure) -> bool {
    let view = scene.view;
    let report = view.is_one_of(time.end, &["results", "earnings", "report", "release", "reports", "meeting", "filing", "call"]) && time.first > scene.sentence.first && !view.is_one_of(time.end + 1, &["of", "rose", "fell", "per"]);
    let told = time.class == TimeClass::Day
        && time.end <= figure.first
        && scene.cues.iter().any(|c| c.cue == Cue::Attribution && c.first >= time.end && c.end <= figure.first && view.is_one_of(c.first, &["said", "says", "reported", "announced", "told", "disclosed"]));
    let compared = figure.form == Form::Multiplier && time.first > figure.first && scene.figures.iter().any(|f| f.first >= figure.end && f.end <= time.first);
    report || told || compared
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
    let cost = (to - from) as f64 * 0.5 + if opens { 0.0 } else { 6.0 * between as f64 } + if after { 0.0 } else { 1.0 };
    // "$39bn in 2024 and $72bn in 2025": the nearest behind wins; a time before a figure
    // that has its own figure in front of it is that one's.
    let taken = !after && between == 0 && !opens && scene.figures.iter().any(|f| f.end <= time.first && time.first - f.end <= 3 && f.kind == figure.kind) && scene.times.iter().any(|t| t.first >= figure.end && t.first - figure.end <= 3 && t.class != TimeClass::Prior);
    (!taken).then_some(cost)
}

/// "its October all-time high", "2023 highs": the date of a baseline.
fn is_baseline_time(scene: &Scene<'_>, time: &Time) -> bool {
    let peak = scene.cues.iter().any(|c| matches!(c.cue, Cue::Peak | Cue::Low) && c.first >= time.end && c.first <= time.end + 1 && !scene.view.is(c.first, "record"));
    let held = time.first > 0 && scene.view.is_one_of(time.first - 1, &["its", "their", "the", "a", "an"]);
    let from = time.first > 0 && scene.view.is_one_of(time.first - 1, &["from", "than", "over", "versus", "vs"]) && time.class == TimeClass::This;
    (peak && held) || from
}

/// The period record of a time expression.
pub(crate) fn period(scene: &Scene<'_>, time: &Time, inferred: bool) -> Period {
    let (start, end) = bounds(&time.norm).map_or((None, None), |(a, b)| (Some(a).filter(|d| !d.is_empty()), Some(b).filter(|d| !d.is_empty())));
    Period { text: Some(scene.view.surface(time.first, time.end).to_string()), norm: Some(time.norm.clone()), start, end, inferred }
}

/// "up from 74 million a year ago": the year before the document's, as a period.
pub(crate) fn year_ago(scene: &Scene<'_>, figure: &Figure) -> Option<Period> {
    let time = scene.times.iter().find(|t| t.norm == "yoy" && t.class == TimeClass::Prior && t.first == figure.end)?;
    let norm = (scene.reference.year()? - 1).to_string();
    let (start, end) = bounds(&norm)?;
    Some(Period { text: Some(scene.view.surface(time.first, time.end).to_string()), norm: Some(norm), start: Some(start), end: Some(end), inferred: true })
}

/// "from its October all-time high": since then.
pub(crate) fn since_peak(scene: &Scene<'_>, figure: &Figure) -> Option<Period> {
    let time = scene.times.iter().find(|t| t.first >= figure.end && t.class == TimeClass::Span && is_baseline_time(scene, t))?;
    let mut period = period(scene, time, false);
    period.norm = Some(format!("since:{}", time.norm));
    period.end = None;
    Some(period)
}

/// Baselines found, and whether the last of them is inferred from the metric.
#[derive(Clone, Debug, Default)]
pub(crate) struct Baselines {
    pub list: Vec<String>,
    pub inferred: bool,
    pub words: Option<(usize, usize)>,
    pub rule: Option<&'static str>,
}

/// What a change is measured from.
pub(crate) fn baseline(scene: &Scene<'_>, figure: &Figure, metric: Option<Metric>, change: bool, period: Option<&Time>) -> Baselines {
    let mut out = Baselines::default();
    let clause = scene.clause(figure.first);
    let near = |at: usize| {
        let own = scene.clause(at);
        own == clause || scene.clauses.parent(own) == Some(clause) || scene.clauses.parent(clause) == Some(own) && at < figure.first
    };
    let price = matches!(metric, Some(Metric::PriceMove | Metric::IndexMove | Metric::SectorMove | Metric::PriceLevel));
    if !change {
        return out;
    }
    let free = |first: usize| !scene.figures.iter().any(|f| f.first != figure.first && f.first >= figure.end && f.end <= first);
    if let Some(cue) = scene.cues.iter().find(|c| matches!(c.cue, Cue::Peak | Cue::Low) && near(c.first) && measured_from(scene, c.first, c.cue) && free(c.first)) {
        out.list.push(if cue.cue == Cue::Peak { "from_peak" } else { "from_low" }.to_string());
        out.words = Some((cue.first, cue.end));
        out.rule = Some("baseline.extreme");
    } else if matches!(metric, Some(Metric::PriceMove | Metric::IndexMove | Metric::SectorMove)) && scene.moves.iter().any(|m| near(m.first) && scene.view.is_one_of(m.first, &["drawdown", "drawdowns", "correction", "corrections"])) {
        out.list.push("from_peak".to_string());
        out.rule = Some("baseline.drawdown");
    }
    if let Some(time) = scene.times.iter().find(|t| t.class == TimeClass::Prior && near(t.first) && t.first >= figure.first && free(t.first)) {
        out.list.push(if time.norm == "qoq" { "prior_quarter" } else { "prior_year" }.to_string());
        out.words = Some((time.first, time.end));
        out.rule = Some("baseline.prior");
    } else if let Some(time) = scene.times.iter().find(|t| matches!(t.norm.as_str(), "yoy" | "qoq") && t.class == TimeClass::Prior && near(t.first)) {
        let against = figure.first - t_end(time, figure) <= 6;
        if against {
            out.list.push(if time.norm == "qoq" { "prior_quarter" } else { "prior_year" }.to_string());
            out.words = Some((time.first, time.end));
            out.rule = Some("baseline.prior");
        }
    } else if let Some(time) = scene.times.iter().find(|t| near(t.first) && t.first > figure.first && t.class == TimeClass::This && t.norm.len() <= 9 && last_year(scene, t)) {
        out.list.push("prior_year".to_string());
        out.words = Some((time.first, time.end));
        out.rule = Some("baseline.last_year");
    }
    if let Some(time) = scene.times.iter().find(|t| t.class == TimeClass::Since && near(t.first)) {
        out.list.push(time.norm.clone());
        out.words = Some((time.first, time.end));
        out.rule = Some("baseline.since");
    }
    // "from the previous trading session"
    let session = (figure.end..(figure.end + 7).min(scene.sentence.end)).find(|i| scene.view.is_one_of(*i, &["session", "close"]) && scene.view.any_word(i.saturating_sub(3), *i, &["previous", "prior", "last"]) && scene.view.any_word(figure.end, *i, &["from", "than"]));
    if let (true, Some(at), true) = (out.list.is_empty(), session, price) {
        out.list.push("prior_close".to_string());
        out.words = Some((at, at + 1));
        out.rule = Some("baseline.session");
    }
    if out.list.is_empty() && price && figure.kind != Kind::Level {
        if let Some(time) = period {
            let words = scene.view.surface(time.first, time.end).to_ascii_lowercase();
            let inferred = match time.class {
                TimeClass::Day => Some(("prior_close", true)),
                TimeClass::Week if words.starts_with("this") => Some(("prior_week_close", false)),
                TimeClass::Week => Some(("prior_week_close", true)),
                TimeClass::This if words.contains("year") && (words.contains("this") || words.contains("to")) => Some(("year_to_date", false)),
                TimeClass::This if words == "ytd" => Some(("year_to_date", false)),
                TimeClass::This if words == "this month" => Some(("month_to_date", false)),
                TimeClass::Span if scene.view.is(time.end, "so") && scene.view.is(time.end + 1, "far") => Some(("year_to_date", false)),
                _ => None,
            };
            if let Some((name, inferred)) = inferred {
                out.list.push(name.to_string());
                out.inferred = inferred;
                out.words = Some((time.first, time.end));
                out.rule = Some("baseline.of_period");
            }
        }
    }
    out
}

fn t_end(time: &Time, figure: &Figure) -> usize {
    time.end.min(figure.first)
}

/// "over last year's record pace", "from last year".
fn last_year(scene: &Scene<'_>, time: &Time) -> bool {
    let words = scene.view.surface(time.first, time.end).to_ascii_lowercase();
    let back = words.ends_with("last year") || words.ends_with("previous year") || words.ends_with("prior year");
    back && (1..=3).any(|b| time.first.checked_sub(b).is_some_and(|i| scene.view.is_one_of(i, &["over", "from", "than", "versus", "vs", "against", "above", "on"])))
}

/// Whether a high or low is what something is measured from: "from its high",
/// "below their peaks", "off the low", "since the March bottom".
fn measured_from(scene: &Scene<'_>, at: usize, cue: Cue) -> bool {
    let view = scene.view;
    if view.is_one_of(at, &["high", "low"]) && view.is(at + 1, "-") || (view.is_one_of(at, &["top", "bottom"]) && !view.is(at - usize::from(at > 0), "the")) {
        return false;
    }
    let mut back = at;
    for _ in 0..7 {
        let Some(before) = back.checked_sub(1).filter(|b| *b >= scene.sentence.first) else { return false };
        back = before;
        if view.is_one_of(before, &["from", "below", "off", "under", "since", "above"]) {
            return true;
        }
        if scene.in_figure(before) || view.is_one_of(before, &[",", ";", "and", "to", "a", "hit", "at", "new"]) {
            return false;
        }
    }
    let _ = cue;
    false
}

/// What a figure is compared with: "three points more than the S&P 500",
/// "outperformed the bottom half by a factor of 2 to 1", "41x vs 30x".
pub(crate) fn versus(scene: &Scene<'_>, figure: &Figure) -> Option<(String, (usize, usize))> {
    let view = scene.view;
    let comparative = (figure.end..figure.end + 3).find(|i| view.is_one_of(*i, &["higher", "lower", "more", "less", "above", "below", "ahead", "behind", "better", "worse", "cheaper", "faster", "greater", "larger"]));
    if let Some(at) = comparative {
        let than = if view.is_one_of(at + 1, &["than", "of"]) { at + 2 } else if view.is_one_of(at, &["above", "below", "behind"]) { at + 1 } else { return None };
        return phrase(scene, than).map(|(text, end)| (text, (than, end)));
    }
    // "outpace the index's growth by about three points"
    let by = figure.hedge.map_or(figure.first, |(first, _)| first.min(figure.first)).checked_sub(1).filter(|b| view.is(*b, "by") || view.is(*b, "of") && view.any_word(b.saturating_sub(3), *b, &["factor"]))?;
    let verb = (scene.sentence.first..by).rev().find(|i| view.is_one_of(*i, &["outpace", "outpaced", "outpacing", "outperform", "outperformed", "outperforming", "beat", "beating", "trail", "trailed", "trailing", "lagged", "lagging", "underperform", "underperformed", "underperforming"]))?;
    phrase(scene, verb + 1).map(|(text, end)| (text, (verb + 1, end)))
}

/// What a share is a share of: the words behind "of".
pub(crate) fn share_of(scene: &Scene<'_>, figure: &Figure) -> Option<(String, (usize, usize))> {
    let view = scene.view;
    let of = figure.end;
    if !view.is(of, "of") {
        return None;
    }
    phrase(scene, of + 1).map(|(text, end)| (text, (of + 1, end)))
}

/// A noun phrase from `at` on: up to a verb, comma, or preposition.
pub(crate) fn phrase(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let view = scene.view;
    let mut first = at;
    while view.is_one_of(first, &["the", "its", "their", "all", "a", "an", "nearly", "about", "roughly", "total", "broader", "overall"]) || scene.in_figure(first) {
        first += 1;
    }
    let mut end = first;
    while end < scene.sentence.end && end < first + 6 {
        let stop = !(view.is_word(end) || view.is_one_of(end, &["-", "&", "'s"]) || view.is_number(end) && scene.name_at(end).is_some())
            || view.is_one_of(end, &["on", "in", "at", "for", "from", "to", "with", "by", "after", "as", "that", "which", "who", "while", "this", "last", "but", "and", "said", "or", "now", "were", "was", "is", "are", "have", "has", "had", "during", "when", "than"])
            || scene.in_figure(end);
        if stop {
            break;
        }
        end += 1;
    }
    (end > first).then(|| (view.surface(first, end).to_string(), end))
}
