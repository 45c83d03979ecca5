//! Bare numbers: what their context makes of them.
//!
//! "a P/E ratio of 79.47" is a multiple, "claims rose to 232,000" a count, "a
//! 52.66 buy point" a price, "the Dow closed at 50,115" an index level, "43
//! stocks" a count. A number without such a context is no figure.

use crate::lexicon::{List, MetricWords, UnitWord};
use crate::model::{EntityType, Kind, Metric, Sentence};

use super::bind::Name;
use super::counts::{change_in_points, counted, other_end};
use super::figure::{Figure, Form};
use super::hedge::hedge;
use super::period::Time;
use super::quantity::quantity;
use super::view::View;

/// Adds the bare numbers of a sentence that are figures, keeping text order.
pub(crate) fn bare<'l>(
    view: &View<'l>,
    sentence: &Sentence,
    names: &[Name],
    times: &[Time],
    out: &mut Vec<Figure<'l>>,
) {
    let mut found = Vec::new();
    let mut at = sentence.first;
    while at < sentence.end {
        if !view.is_number(at) && view.longest(at, List::Number).is_none() {
            at += 1;
            continue;
        }
        let covered = out.iter().any(|f| f.first <= at && at < f.end)
            || names.iter().any(|n| n.first <= at && at < n.end)
            || times.iter().any(|t| t.first <= at && at < t.end);
        if covered {
            at += 1;
            continue;
        }
        if let Some(figure) = change_in_points(view, sentence, names, at) {
            at = figure.end;
            found.push(figure);
            continue;
        }
        let like = out.iter().chain(&found).rfind(|f| f.kind == Kind::Count && f.end <= at).cloned();
        match classify(view, sentence, names, at).or_else(|| other_end(view, at, like.as_ref())) {
            Some(figure) if figure.end <= sentence.end => {
                at = figure.end;
                found.push(figure);
            }
            _ => at = skip_number(view, at),
        }
    }
    if !found.is_empty() {
        out.append(&mut found);
        out.sort_by_key(|f| f.first);
    }
}

fn skip_number(view: &View<'_>, at: usize) -> usize {
    quantity(view, at).map_or(at + 1, |q| q.end.max(at + 1))
}

fn classify<'l>(view: &View<'l>, sentence: &Sentence, names: &[Name], at: usize) -> Option<Figure<'l>> {
    if marks(view, at) {
        return None;
    }
    let range = super::figure::figure(view, at)?;
    let q = quantity(view, at)?;
    if range.first != at || !matches!(range.form, Form::Bare | Form::Quantity) || !matches!(range.kind, Kind::Count) {
        return None;
    }
    let decimal = view.word(at).contains('.');
    if glued_after(view, range.end) {
        return None;
    }
    // "40 times earnings, much higher than AMD's 29"
    let compared = at > 1
        && view.is(at - 1, "'s")
        && view.any_word(at.saturating_sub(8).max(sentence.first), at, &["than", "versus", "vs", "to"])
        && has_metric(view, sentence, Metric::Valuation).is_some();
    let multiples = (sentence.first..at).any(|i| view.is(i, "times") || view.is(i, "x") && view.glued(i));
    if at > 1
        && view.is(at - 1, "'s")
        && (compared || multiples)
        && view.any_word(at.saturating_sub(8).max(sentence.first), at, &["than", "versus", "vs"])
        && counted_noun(view, range.end).is_none()
    {
        return Some(set(view, range, Kind::Multiple, "x", "figure.multiple_compared"));
    }
    if counted_points(view, &range) {
        return points(view, sentence, names, range);
    }
    // "15 times forward earnings, compared with a five-year average of 34"
    let average = at > 1
        && view.is(at - 1, "of")
        && view.any_word(at.saturating_sub(4).max(sentence.first), at, &["average", "median", "mean", "norm"])
        && view.any_word(sentence.first, at, &["earnings", "sales", "revenue", "book", "ebitda", "profit", "profits"]);
    // "a PEG ratio of 0.95, compared with 1.27 for the industry"
    let against = at > 1
        && decimal
        && (view.is_one_of(at - 1, &["versus", "vs", "against"])
            || view.is_one_of(at - 1, &["with", "to"]) && view.is(at - 2, "compared"))
        && has_metric(view, sentence, Metric::Valuation).is_some_and(|(_, end)| end < at);
    // "21 times expected earnings, against 24 for Rockwell"
    let beside = at > 1
        && multiples
        && view.is_one_of(range.end, &["for", "at"])
        && (view.is_one_of(at - 1, &["versus", "vs", "against"])
            || view.is_one_of(at - 1, &["with", "to"]) && view.is(at - 2, "compared"));
    if (against || beside) && counted_noun(view, range.end).is_none() {
        return Some(set(view, range, Kind::Multiple, "x", "figure.multiple_compared"));
    }
    if average && multiples && counted_noun(view, range.end).is_none() {
        return Some(set(view, range, Kind::Multiple, "x", "figure.multiple_compared"));
    }
    if !q.number.words && (valuation(view, sentence, &range)) {
        return Some(set(view, range, Kind::Multiple, "x", "figure.multiple_in_context"));
    }
    // "a core workforce of 75,000"
    let staff = at > 2
        && view.is_one_of(at - 1, &["of", "to", "at"])
        && view.any_word(at.saturating_sub(3).max(sentence.first), at - 1, &["workforce", "headcount", "staff"])
        && range.lo.is_some_and(|v| v >= 10.0);
    if staff && counted_noun(view, range.end).is_none() {
        return Some(set(view, range, Kind::Count, "employees", "figure.count"));
    }
    if bare_target(view, sentence, &range) && counted_noun(view, range.end).is_none() {
        return Some(set(view, range, Kind::Level, "USD", "figure.target"));
    }
    if let Some(unit) = chart_price(view, &range, decimal) {
        return Some(set(view, range, Kind::Level, unit, "figure.chart_level"));
    }
    if let Some((kind, unit)) = indicator(view, sentence, names, &range, decimal) {
        return Some(set(view, range, kind, unit, "figure.indicator"));
    }
    if index_level(view, sentence, names, &range) {
        return Some(set(view, range, Kind::Level, "points", "figure.index_level"));
    }
    counted(view, names, &q, range)
}

pub(super) fn set<'l>(
    view: &View<'l>,
    mut figure: Figure<'l>,
    kind: Kind,
    unit: &'l str,
    rule: &'static str,
) -> Figure<'l> {
    figure.kind = kind;
    figure.unit = Some(unit);
    figure.form = Form::Bare;
    figure.rule = rule;
    hedge(view, &mut figure, false);
    figure
}

/// Signs that make a number a label: "#1", "No. 3", "[2]", "10-K", "Fig. 3", "3.".
pub(super) fn marks(view: &View<'_>, at: usize) -> bool {
    let before = at.checked_sub(1);
    before.is_some_and(|b| {
        view.is_one_of(
            b,
            &[
                "#", "[", "no", "figure", "fig", "page", "chapter", "section", "item", "note", "vol", "rank", "top",
                "q", "version", "grade", "level", "phase", "tier", "part", "rule", "article", "ages", "aged",
            ],
        )
    }) || before.is_some_and(|b| view.is(b, ".") && b > 0 && view.is_one_of(b - 1, &["no", "fig", "vol", "pp", "p"]))
        || (view.is(at + 1, "]"))
        || (view.glued(at) && before.is_some_and(|b| view.is_word(b)))
        // "A350-900 jets"
        || (view.glued(at)
            && before.is_some_and(|b| view.is(b, "-") && view.glued(b) && b > 0 && (view.is_word(b - 1) || view.is_number(b - 1))))
        || (view.is_one_of(at + 1, &["st", "nd", "rd", "th", "s"]) && view.glued(at + 1))
}

/// "50-day", "3D", "10:30", "5/8".
pub(super) fn glued_after(view: &View<'_>, end: usize) -> bool {
    view.glued(end)
        && (view.is_word(end)
            || view.is_number(end)
            || (view.is_one_of(end, &["-", ":", "/", "."])
                && view.glued(end + 1)
                && (view.is_word(end + 1) || view.is_number(end + 1))))
}

pub(super) fn counted_noun<'l>(view: &View<'l>, at: usize) -> Option<(&'l str, usize)> {
    let hit = view.longest(at, List::Unit)?;
    match &view.lexicon.figures().units[hit.sense.index as usize] {
        UnitWord::Counted(noun) => Some((noun, hit.end)),
        _ => None,
    }
}

fn counted_points(view: &View<'_>, figure: &Figure) -> bool {
    view.is_one_of(figure.end, &["points", "point"])
}

/// "fell 345 points": of an index; "five points higher": of a multiple.
fn points<'l>(view: &View<'l>, sentence: &Sentence, names: &[Name], figure: Figure<'l>) -> Option<Figure<'l>> {
    let multiple = has_metric(view, sentence, Metric::Valuation).is_some();
    let mut figure = if multiple { figure } else { Figure { end: figure.end + 1, ..figure } };
    if multiple {
        figure.end += 1;
        return Some(set(view, figure, Kind::Multiple, "x", "figure.points_of_multiple"));
    }
    let index = names.iter().any(|n| n.subject.kind == EntityType::Index);
    index.then(|| set(view, figure, Kind::Count, "points", "figure.index_points"))
}

fn has_metric(view: &View<'_>, sentence: &Sentence, metric: Metric) -> Option<(usize, usize)> {
    view.hits_in(sentence.first, sentence.end)
        .filter(|h| h.sense.list == List::Metric && MetricWords::of(h.sense) == Some(metric))
        .map(|h| (h.first, h.end))
        .last()
}

/// "P/E ratio of 79.47", "a forward multiple around 19.3".
fn valuation(view: &View<'_>, sentence: &Sentence, figure: &Figure) -> bool {
    let before = view
        .hits_in(sentence.first, figure.first)
        .filter(|h| h.sense.list == List::Metric && MetricWords::of(h.sense) == Some(Metric::Valuation))
        .map(|h| h.end)
        .max();
    let Some(end) = before else { return false };
    let links = &[
        "of", "at", "is", "was", "to", "ratio", "ratios", "multiple", "stands", "sits", "near", "around", "about",
        "nearly", "roughly", "just", "over", "under", "from", "average", "median", "an", "a", "forward", "trailing",
        "and", "with", ":", "|", "(", "=", "above", "below", "than", "more",
    ];
    let value = figure.lo.unwrap_or(0.0);
    // The word in front of the number (hedges aside) shows that it is the ratio's value.
    let mut before = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    while before > end
        && view.is_one_of(
            before - 1,
            &["about", "more", "than", "nearly", "just", "roughly", "around", "over", "under", "currently", "an", "a"],
        )
    {
        before -= 1;
    }
    let led =
        before > end && view.is_one_of(before - 1, &["of", "at", "to", "is", "was", "near", "from", ":", "|", "("]);
    let near = (end..figure.first).all(|i| view.is_one_of(i, links))
        || led && !(end..figure.first).any(|i| view.is_one_of(i, &[",", ";", "and"]));
    figure.first - end <= 7
        && value > 0.0
        && value < 1000.0
        && near
        && counted_noun(view, figure.end).is_none()
        && figure.lo.is_some_and(|v| !(1900.0..2101.0).contains(&v) || v.fract() != 0.0)
}

/// "a 52.66 buy point", "entries at 194.01 and 200.10".
fn chart_price(view: &View<'_>, figure: &Figure, decimal: bool) -> Option<&'static str> {
    if !decimal {
        return None;
    }
    let words =
        &["buy", "entry", "entries", "support", "resistance", "pivot", "breakout", "strike", "handle", "neckline"];
    let after = (figure.end..figure.end + 5)
        .take_while(|i| view.is_word(*i) || view.is_one_of(*i, &["-"]))
        .any(|i| view.is_one_of(i, words));
    let first = figure.first;
    let before = (first.saturating_sub(5)..first).any(|i| view.is_one_of(i, words))
        && first > 0
        && view.is_one_of(first - 1, &["at", "of", "near", "and", "or", "above", "below"]);
    // "FTNT stock closed at 75.30"
    let closed = first > 3
        && view.is(first - 1, "at")
        && view.any_word(
            first.saturating_sub(6),
            first - 1,
            &["closed", "closing", "ended", "finished", "traded", "trading", "opened", "settled"],
        )
        && view.any_word(first.saturating_sub(8), first, &["stock", "shares"]);
    (after || before || closed).then_some("USD")
}

/// "hiked her target to 125 from 90": a price target without a currency sign.
fn bare_target(view: &View<'_>, sentence: &Sentence, figure: &Figure) -> bool {
    let first = figure.first;
    let from = first.saturating_sub(7).max(sentence.first);
    let target = (from..first).rev().find(|i| view.is(*i, "target"));
    let rated = view.any_word(
        sentence.first,
        sentence.end,
        &["rating", "rated", "buy", "overweight", "outperform", "neutral", "underweight", "analyst", "hold"],
    );
    rated
        && first > 0
        && target.is_some_and(|t| view.is_one_of(t + 1, &["to", "of", "at"]) && first - t <= 5)
        && view.is_one_of(first - 1, &["to", "of", "at", "from"])
        && figure.lo.is_some_and(|v| (1.0..10_000.0).contains(&v))
}

/// "claims rose to 232,000", "the index came in at 48.4, below the 48.5 estimate".
fn indicator(
    view: &View<'_>,
    sentence: &Sentence,
    names: &[Name],
    figure: &Figure,
    decimal: bool,
) -> Option<(Kind, &'static str)> {
    let named = has_metric(view, sentence, Metric::EconomicIndicator).is_some()
        || names.iter().any(|n| n.subject.kind == EntityType::Indicator);
    let value = figure.lo?;
    if !named || (!decimal && value < 1000.0) {
        return None;
    }
    let first = figure.first;
    let noun_behind = view.is_one_of(
        figure.end,
        &[
            "estimate",
            "estimates",
            "forecast",
            "reading",
            "figure",
            "number",
            "consensus",
            "expected",
            "print",
            "level",
            "mark",
        ],
    );
    let led = first > 0
        && view.is_one_of(
            first - 1,
            &[
                "to", "at", "of", "expected", "by", "from", "vs", ".", "versus", "'s", "the", "for", "was", "than",
                "above", "below", "about", "around", "added",
            ],
        );
    if !(noun_behind || led) {
        return None;
    }
    if decimal && value < 1000.0 {
        return Some((Kind::Level, "points"));
    }
    let noun = if view.any_word(sentence.first, sentence.end, &["claims"]) { "claims" } else { "jobs" };
    Some((Kind::Count, noun))
}

/// "closed at 50,115.67", "above 7,000": beside an index.
fn index_level(view: &View<'_>, sentence: &Sentence, names: &[Name], figure: &Figure) -> bool {
    let value = figure.lo.unwrap_or(0.0);
    let printed = view.word(figure.first);
    let grouped = printed.contains(',') || printed.contains('.');
    let index = names.iter().any(|n| n.subject.kind == EntityType::Index && n.end <= figure.first + 12);
    let fear = names.iter().any(|n| n.subject.ticker.as_deref() == Some("VIX"));
    if value < 100.0 && !fear || !grouped || !index || figure.first == sentence.first {
        return false;
    }
    let mut before = figure.first - 1;
    while before > sentence.first
        && (view.is_one_of(
            before,
            &["the", "a", "record", "just", "about", "nearly", "around", "roughly", "of", "mark", "level"],
        ) || view.hits_at(before).iter().any(|h| {
            h.sense.list == List::Hedge
                && h.end <= figure.first
                && !view.is_one_of(before, &["above", "below", "over", "under", "past"])
        }))
    {
        before -= 1;
    }
    view.is_one_of(
        before,
        &[
            "at",
            "to",
            "above",
            "below",
            "past",
            "near",
            "over",
            "under",
            "crossed",
            "topped",
            "hit",
            "reached",
            "touched",
            "through",
            "from",
            "toward",
            "towards",
            "surpassed",
            "breached",
            "crosses",
            "|",
        ],
    ) && counted_noun(view, figure.end).is_none()
}
