//! What a change is measured from, and what a share is a share of.

use crate::extract::figure::Figure;
use crate::extract::period::{Time, TimeClass};
use crate::lexicon::Cue;
use crate::model::{Kind, Metric};

use super::scene::Scene;
use super::when::superlative;

/// Baselines found, and whether the last of them is inferred from the metric.
#[derive(Clone, Debug, Default)]
pub(crate) struct Baselines {
    pub list: Vec<String>,
    pub inferred: bool,
    pub words: Option<(usize, usize)>,
    pub rule: Option<&'static str>,
}

/// What a change is measured from.
pub(crate) fn baseline(
    scene: &Scene<'_>,
    figure: &Figure,
    metric: Option<Metric>,
    change: bool,
    period: Option<&Time>,
) -> Baselines {
    let mut out = Baselines::default();
    let clause = scene.clause(figure.first);
    let near = |at: usize| {
        let own = scene.clause(at);
        own == clause
            || scene.clauses.parent(own) == Some(clause)
            || scene.clauses.parent(clause) == Some(own) && at < figure.first
    };
    let price = matches!(metric, Some(Metric::PriceMove | Metric::IndexMove | Metric::SectorMove | Metric::PriceLevel));
    if !change {
        return out;
    }
    let free = |first: usize| {
        !scene.figures.iter().any(|f| f.first != figure.first && f.first >= figure.end && f.end <= first)
    };
    if let Some(cue) = scene.cues.iter().find(|c| {
        matches!(c.cue, Cue::Peak | Cue::Low) && near(c.first) && measured_from(scene, c.first, c.cue) && free(c.first)
    }) {
        out.list.push(if cue.cue == Cue::Peak { "from_peak" } else { "from_low" }.to_string());
        out.words = Some((cue.first, cue.end));
        out.rule = Some("baseline.extreme");
    } else if matches!(metric, Some(Metric::PriceMove | Metric::IndexMove | Metric::SectorMove))
        && scene.moves.iter().any(|m| {
            near(m.first) && scene.view.is_one_of(m.first, &["drawdown", "drawdowns", "correction", "corrections"])
        })
    {
        out.list.push("from_peak".to_string());
        out.rule = Some("baseline.drawdown");
    }
    if let Some(time) = scene
        .times
        .iter()
        .find(|t| t.class == TimeClass::Prior && near(t.first) && t.first >= figure.first && free(t.first))
    {
        out.list.push(if time.norm == "qoq" { "prior_quarter" } else { "prior_year" }.to_string());
        out.words = Some((time.first, time.end));
        out.rule = Some("baseline.prior");
    } else if let Some((name, time)) = from_time(scene, figure) {
        out.list.push(name);
        out.words = Some((time.first, time.end));
        out.rule = Some("baseline.from_time");
    } else if figure.kind == Kind::Percent && a_year_apart(scene, figure) {
        out.list.push("prior_year".to_string());
        out.rule = Some("baseline.a_year_apart");
    } else if let Some(time) = scene
        .times
        .iter()
        .find(|t| matches!(t.norm.as_str(), "yoy" | "qoq") && t.class == TimeClass::Prior && near(t.first))
    {
        let against = figure.first - t_end(time, figure) <= 6;
        if against {
            out.list.push(if time.norm == "qoq" { "prior_quarter" } else { "prior_year" }.to_string());
            out.words = Some((time.first, time.end));
            out.rule = Some("baseline.prior");
        }
    } else if let Some(time) = scene.times.iter().find(|t| {
        near(t.first)
            && t.first > figure.first
            && t.class == TimeClass::This
            && t.norm.len() <= 9
            && last_year(scene, t)
    }) {
        out.list.push("prior_year".to_string());
        out.words = Some((time.first, time.end));
        out.rule = Some("baseline.last_year");
    }
    if let Some(time) =
        scene.times.iter().find(|t| t.class == TimeClass::Since && near(t.first) && !superlative(scene, t))
    {
        out.list.push(time.norm.clone());
        out.words = Some((time.first, time.end));
        out.rule = Some("baseline.since");
    }
    // "from the previous trading session"
    let session = (figure.end..(figure.end + 7).min(scene.sentence.end)).find(|i| {
        scene.view.is_one_of(*i, &["session", "close"])
            && scene.view.any_word(i.saturating_sub(3), *i, &["previous", "prior", "last"])
            && scene.view.any_word(figure.end, *i, &["from", "than"])
    });
    if let (true, Some(at), true) = (out.list.is_empty(), session, price) {
        out.list.push("prior_close".to_string());
        out.words = Some((at, at + 1));
        out.rule = Some("baseline.session");
    }
    if out.list.is_empty()
        && price
        && figure.kind != Kind::Level
        && let Some(time) = period
    {
        let words = scene.view.surface(time.first, time.end).to_ascii_lowercase();
        let inferred = match time.class {
            TimeClass::Day => Some(("prior_close", true)),
            TimeClass::Week if words.starts_with("this") => Some(("prior_week_close", false)),
            TimeClass::Week => Some(("prior_week_close", true)),
            TimeClass::This if words.contains("year") && (words.contains("this") || words.contains("to")) => {
                Some(("year_to_date", false))
            }
            TimeClass::This if words.starts_with("since") => Some(("year_to_date", false)),
            TimeClass::This if words == "ytd" => Some(("year_to_date", false)),
            TimeClass::This if words == "this month" => Some(("month_to_date", false)),
            TimeClass::Span if scene.view.is(time.end, "so") && scene.view.is(time.end + 1, "far") => {
                Some(("year_to_date", false))
            }
            _ => None,
        };
        if let Some((name, inferred)) = inferred {
            out.list.push(name.to_string());
            out.inferred = inferred;
            out.words = Some((time.first, time.end));
            out.rule = Some("baseline.of_period");
        }
    }
    out
}

/// "up 12% from Q4", "slipped 0.1% from May", "up 8% from 2024": the time right
/// behind "from".
fn from_time<'s>(scene: &'s Scene<'_>, figure: &Figure) -> Option<(String, &'s Time)> {
    let at = figure.end;
    if figure.kind != Kind::Percent || !scene.view.is_one_of(at, &["from", "versus", "vs"]) {
        return None;
    }
    let time = scene.times.iter().find(|t| t.first == at + 1 && t.class == TimeClass::Span)?;
    let name = if time.norm.contains("-Q") {
        "prior_quarter".to_string()
    } else if time.norm.trim_start_matches("FY").len() == 4 {
        "prior_year".to_string()
    } else {
        format!("since:{}", time.norm)
    };
    Some((name, time))
}

/// "decreased 3.2% to $294 million for the quarter ended November 2, 2024,
/// compared to $304 million for the quarter ended October 28, 2023".
fn a_year_apart(scene: &Scene<'_>, figure: &Figure) -> bool {
    let view = scene.view;
    let Some(link) =
        (figure.end..scene.sentence.end).find(|i| view.is_one_of(*i, &["from", "compared", "versus", "against"]))
    else {
        return false;
    };
    let only_sums = scene.figures.iter().all(|f| f.first < figure.end || f.first > link || f.kind != figure.kind);
    let year = |t: &Time| {
        let norm = t.norm.strip_prefix("FY").unwrap_or(&t.norm);
        norm.get(..4).and_then(|y| y.parse::<i32>().ok()).filter(|_| t.class == TimeClass::Span)
    };
    let now = scene.times.iter().filter(|t| t.first < link).find_map(year);
    let then = scene.times.iter().filter(|t| t.first > link).find_map(year);
    // "up 12% from the previous quarter and up 69% from a year ago" compares twice.
    let mine = |at: usize| !scene.figures.iter().any(|f| f.first >= figure.end && f.end <= at && f.kind == figure.kind);
    let said =
        scene.times.iter().any(|t| t.first > link && t.class == TimeClass::Prior && t.norm == "yoy" && mine(t.first))
            || (link..(link + 12).min(scene.sentence.end)).any(|i| {
                view.is_one_of(i, &["prior", "previous", "preceding"]) && view.is(i + 1, "year")
                    || view.is(i, "last") && view.is(i + 1, "year")
            });
    only_sums && (said || now.zip(then).is_some_and(|(a, b)| a == b + 1))
}

fn t_end(time: &Time, figure: &Figure) -> usize {
    time.end.min(figure.first)
}

/// "over last year's record pace", "from last year".
fn last_year(scene: &Scene<'_>, time: &Time) -> bool {
    let words = scene.view.surface(time.first, time.end).to_ascii_lowercase();
    let back = words.ends_with("last year") || words.ends_with("previous year") || words.ends_with("prior year");
    back && (1..=3).any(|b| {
        time.first.checked_sub(b).is_some_and(|i| {
            scene.view.is_one_of(i, &["over", "from", "than", "versus", "vs", "against", "above", "on"])
        })
    })
}

/// Whether a high or low is what something is measured from: "from its high",
/// "below their peaks", "off the low", "since the March bottom".
pub(super) fn measured_from(scene: &Scene<'_>, at: usize, cue: Cue) -> bool {
    let view = scene.view;
    if view.is_one_of(at, &["high", "low"]) && view.is(at + 1, "-")
        || (view.is_one_of(at, &["top", "bottom"]) && !view.is(at - usize::from(at > 0), "the"))
    {
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
    let comparative = (figure.end..figure.end + 3).find(|i| {
        view.is_one_of(
            *i,
            &[
                "higher", "lower", "more", "less", "above", "below", "ahead", "behind", "better", "worse", "cheaper",
                "faster", "greater", "larger",
            ],
        )
    });
    if let Some(at) = comparative {
        let than = if view.is_one_of(at + 1, &["than", "of"]) {
            at + 2
        } else if view.is_one_of(at, &["above", "below", "behind"]) {
            at + 1
        } else {
            return None;
        };
        return phrase(scene, than).map(|(text, end)| (text, (than, end)));
    }
    // "a 35% discount to American banks", "a 60% premium over value stocks"
    if view.is_one_of(figure.end, &["discount", "premium"]) && view.is_one_of(figure.end + 1, &["to", "over", "versus"])
    {
        return phrase(scene, figure.end + 2).map(|(text, end)| (text, (figure.end + 2, end)));
    }
    // "outpace the index's growth by about three points"
    let by =
        figure.hedge.map_or(figure.first, |(first, _)| first.min(figure.first)).checked_sub(1).filter(|b| {
            view.is(*b, "by") || view.is(*b, "of") && view.any_word(b.saturating_sub(3), *b, &["factor"])
        })?;
    let verb = (scene.sentence.first..by).rev().find(|i| {
        view.is_one_of(
            *i,
            &[
                "outpace",
                "outpaced",
                "outpacing",
                "outperform",
                "outperformed",
                "outperforming",
                "beat",
                "beating",
                "trail",
                "trailed",
                "trailing",
                "lagged",
                "lagging",
                "underperform",
                "underperformed",
                "underperforming",
            ],
        )
    })?;
    phrase(scene, verb + 1).map(|(text, end)| (text, (verb + 1, end)))
}

/// What a share is a share of: the words behind "of".
pub(crate) fn share_of(scene: &Scene<'_>, figure: &Figure) -> Option<(String, (usize, usize))> {
    let view = scene.view;
    let mut of = figure.end;
    // "a 51% stake in the company"
    if let Some(stake) = (of..of + 3).find(|i| {
        view.is_one_of(*i, &["stake", "interest", "ownership", "position", "holding"])
            && view.is_one_of(i + 1, &["in", "position"])
    }) {
        let next = stake + 1 + usize::from(view.is(stake + 1, "position"));
        if view.is(next, "in") {
            of = next;
        }
    }
    // "half its cash"
    let own = figure.rule == "figure.part" && view.is_one_of(of, &["its", "their", "his"]);
    if !view.is(of, "of") && of == figure.end && !own {
        return None;
    }
    let first = of + usize::from(!own);
    let whole = phrase(scene, first).map(|(text, end)| (text, (first, end)));
    // "half of the $30 billion in revenue"
    let sum = scene.figures.iter().find(|f| f.first >= first && f.first <= first + 1);
    whole.or_else(|| sum.map(|f| (view.surface(f.first, f.end).to_string(), (first, f.end))))
}

/// A noun phrase from `at` on: up to a verb, comma, or preposition.
pub(crate) fn phrase(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let view = scene.view;
    let mut first = at;
    while view.is_one_of(
        first,
        &[
            "the", "its", "their", "that", "these", "those", "all", "a", "an", "nearly", "about", "roughly", "total",
            "broader", "overall",
        ],
    ) || scene.in_figure(first)
    {
        first += 1;
    }
    let mut end = first;
    while end < scene.sentence.end && end < first + 6 {
        let stop = !(view.is_word(end)
            || view.is_one_of(end, &["-", "&", "'s"])
            || view.is_number(end) && scene.name_at(end).is_some())
            || view.is_one_of(
                end,
                &[
                    "on", "in", "at", "for", "from", "to", "with", "by", "after", "as", "that", "which", "who",
                    "while", "this", "last", "but", "and", "said", "or", "now", "were", "was", "is", "are", "have",
                    "has", "had", "during", "when", "than",
                ],
            )
            || scene.in_figure(end);
        if stop {
            break;
        }
        end += 1;
    }
    (end > first).then(|| (view.surface(first, end).to_string(), end))
}
