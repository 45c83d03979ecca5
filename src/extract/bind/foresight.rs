//! Whose foresight a figure is: the subject's own plan, what analysts had
//! expected, or what was before.

use crate::extract::figure::Figure;
use crate::model::EntityType;

use super::scene::{Scene, Shared};

/// Whether a forecast is the subject's own: "Sony forecast income of …", "raised
/// its outlook to …", "will cut 1,350 jobs".
pub(crate) fn own_plan(scene: &Scene<'_>, figure: &Figure, subjects: &[Shared], words: (usize, usize)) -> bool {
    let view = scene.view;
    let own = |at: usize| {
        let company = at > scene.sentence.first
            && view.is_one_of(
                at - 1,
                &["company", "retailer", "chipmaker", "automaker", "maker", "firm", "it", "management", "giant"],
            )
            && !subjects.is_empty()
            && subjects.iter().all(|s| s.kind == EntityType::Company);
        company
            || scene.names.iter().any(|n| {
                (n.end == at || n.end + 1 == at && view.is_one_of(n.end, &["has", "also", "now", "still", "itself"]))
                    && subjects.iter().any(|s| s.canonical == n.subject.canonical)
            })
    };
    if view.is(words.0, "will") {
        let acts = &[
            "cut",
            "spend",
            "invest",
            "buy",
            "build",
            "open",
            "close",
            "hire",
            "raise",
            "issue",
            "pay",
            "lay",
            "add",
            "sell",
            "repurchase",
            "return",
            "acquire",
            "launch",
            "eliminate",
            "slash",
        ];
        return own(words.0) && view.any_word(words.1, words.1 + 3, acts);
    }
    if view.is_one_of(
        words.0,
        &["forecast", "forecasts", "sees", "expects", "projects", "anticipates", "projected", "projecting"],
    ) && own(words.0)
    {
        return true;
    }
    // "UBS cut its forecast for deliveries": the forecast of who rates it.
    let rater = scene
        .names
        .iter()
        .any(|n| n.broker && n.end <= figure.first && subjects.iter().all(|s| s.canonical != n.subject.canonical));
    if rater && !subjects.is_empty() {
        return false;
    }
    let noun = (scene.sentence.first..figure.first)
        .rev()
        .find(|i| view.is_one_of(*i, &["forecast", "outlook", "projection", "target", "guidance", "range"]));
    // "said it would spend"
    let would = (scene.sentence.first..figure.first).rev().find(|i| view.is(*i, "would"));
    let promised = would.is_some_and(|w| {
        view.any_word(w.saturating_sub(3), w, &["said", "says", "announced"])
            && view.any_word(
                w + 1,
                w + 3,
                &[
                    "spend",
                    "invest",
                    "buy",
                    "build",
                    "cut",
                    "raise",
                    "issue",
                    "pay",
                    "return",
                    "repurchase",
                    "hire",
                    "add",
                ],
            )
    });
    promised
        || noun.is_some_and(|at| {
            view.any_word(at.saturating_sub(6).max(scene.sentence.first), at, &["its", "our", "their"])
                && view.any_word(
                    scene.sentence.first,
                    at,
                    &[
                        "raised",
                        "lifted",
                        "cut",
                        "lowered",
                        "boosted",
                        "maintained",
                        "reaffirmed",
                        "set",
                        "raises",
                        "lifts",
                        "cuts",
                        "lowers",
                        "reiterated",
                        "narrowed",
                        "trimmed",
                        "hiked",
                        "increased",
                        "slashed",
                    ],
                )
        })
}

/// "the 68.2% analysts had expected", "$10.02 billion that economists polled by
/// Reuters were looking for": who foresaw it, as tokens.
pub(crate) fn foreseen_by(scene: &Scene<'_>, figure: &Figure) -> Option<(usize, usize)> {
    let view = scene.view;
    // "whereas the Street was at $11.9 billion"
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    if lead >= scene.sentence.first + 3
        && view.is(lead - 1, "at")
        && view.is_one_of(lead - 2, &["was", "were", "is", "are", "stood", "sat", "stands", "sits"])
        && view.is_one_of(lead - 3, &["street", "analysts", "economists"])
    {
        let first = lead - 3 - usize::from(view.is_one_of(lead.wrapping_sub(4), &["the", "wall"]));
        return Some((first, lead - 2));
    }
    let first = figure.end + usize::from(view.is(figure.end, "that"));
    let who = first + usize::from(view.is(first, "the"));
    if !view.is_one_of(
        who,
        &["analysts", "economists", "strategists", "investors", "forecasters", "traders", "street", "wall"],
    ) {
        return None;
    }
    let foresaw = &[
        "expected",
        "expect",
        "penciled",
        "pencilled",
        "forecast",
        "estimated",
        "predicted",
        "projected",
        "looking",
        "anticipated",
        "modeled",
        "modelled",
        "hoped",
        "wanted",
        "sought",
        "estimate",
    ];
    let verb = (who + 1..(who + 8).min(scene.sentence.end))
        .take_while(|i| !view.is_one_of(*i, &[",", ";", "."]))
        .find(|i| view.is_one_of(*i, foresaw))?;
    let mut end = verb;
    while end > who + 1 && view.is_one_of(end - 1, &["had", "have", "were", "was", "been", "are"]) {
        end -= 1;
    }
    Some((first, end))
}

/// "up from $131 billion in 2025", "1.5 times the $131 billion it spent".
pub(super) fn was_before(scene: &Scene<'_>, figure: &Figure) -> bool {
    let view = scene.view;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let from = lead > 0 && view.is_one_of(lead - 1, &["from", "than"]);
    let spent =
        view.any_word(figure.end, (figure.end + 3).min(scene.sentence.end), &["spent", "earned", "paid", "made"])
            && view.is_one_of(figure.end, &["it", "they", "the", "was"]);
    let past = {
        let now = scene.reference.year().unwrap_or(i16::MAX);
        scene.times.iter().any(|t| {
            t.first >= figure.end
                && t.first - figure.end <= 3
                && t.norm.get(..4).and_then(|y| y.parse::<i16>().ok()).is_some_and(|y| y < now)
        })
    };
    spent || from && past
}
