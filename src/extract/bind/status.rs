//! How real a figure is: planned, projected, estimated, imagined, denied.

use crate::extract::figure::Figure;
use crate::extract::period::TimeClass;
use crate::lexicon::Cue;
use crate::model::{Metric, Status};

use super::clause::Attach;
use super::foresight::{foreseen_by, was_before};
use super::scene::Scene;

/// Status, polarity and the words they rest on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reality {
    pub status: Status,
    pub negated: bool,
    pub hypothetical: bool,
    pub words: Option<(usize, usize)>,
    pub rule: &'static str,
}

/// How real a figure is.
pub(crate) fn reality(scene: &Scene<'_>, figure: &Figure, metric: Option<Metric>) -> Reality {
    let clause = scene.clause(figure.first);
    let mut out =
        Reality { status: Status::Actual, negated: false, hypothetical: false, words: None, rule: "status.default" };
    let mut set = |status: Status, words: (usize, usize), rule: &'static str| {
        out.status = status;
        out.words = Some(words);
        out.rule = rule;
    };
    if let Some(words) = imagined(scene, figure, clause) {
        set(Status::Hypothetical, words, "status.hypothetical");
        out.hypothetical = true;
    } else if let Some((first, end)) = foreseen_by(scene, figure) {
        set(Status::Projected, (first, end), "status.foreseen_by");
    } else if let Some(words) = forward(scene, figure, clause, Cue::Estimated) {
        set(Status::Estimated, words, "status.estimated");
    } else if let Some(words) = forward(scene, figure, clause, Cue::Planned) {
        set(Status::Planned, words, "status.planned");
    } else if let Some(words) = forward(scene, figure, clause, Cue::Projected) {
        set(Status::Projected, words, "status.projected");
    } else if metric == Some(Metric::PriceTarget) {
        set(Status::Projected, (figure.first, figure.end), "status.target");
    } else if scene.view.is_one_of(figure.end, &["e"])
        || scene.times.iter().any(|t| t.class == TimeClass::By && t.first >= figure.end && t.first <= figure.end + 3)
            && !scene.view.any_word(
                figure.first.saturating_sub(4).max(scene.sentence.first),
                figure.first,
                &["had", "has", "have"],
            )
    {
        set(Status::Projected, (figure.first, figure.end), "status.by_date");
    }
    // "to $200 billion in 2026, up from $131 billion in 2025": what it rises from was.
    if matches!(out.status, Status::Planned | Status::Projected) && was_before(scene, figure) {
        out = Reality { status: Status::Actual, words: None, rule: "status.default", ..out };
    }
    // "$640 billion (2026E)"
    let marked = scene.times.iter().any(|t| {
        t.first >= figure.end && t.first <= figure.end + 2 && t.end > t.first + 1 && scene.view.is(t.end - 1, "e")
    });
    if marked && out.status == Status::Actual {
        out = Reality {
            status: Status::Projected,
            words: Some((figure.end, figure.end + 1)),
            rule: "status.by_date",
            ..out
        };
    }
    out.negated = denied(scene, figure, clause);
    out
}

/// A cue of the clause, or of the clause it goes on from, that reaches the figure.
fn forward(scene: &Scene<'_>, figure: &Figure, clause: usize, cue: Cue) -> Option<(usize, usize)> {
    let reaches = |first: usize, end: usize| {
        let own = scene.clause(first);
        if own == clause {
            // Behind the figure only close by ("$81bn expected").
            let behind =
                first <= figure.end + 4 && !scene.figures.iter().any(|f| f.first >= figure.end && f.end <= first);
            let noun = scene.view.is_one_of(
                first,
                &[
                    "expected",
                    "projected",
                    "forecast",
                    "estimate",
                    "planned",
                    "consensus",
                    "estimated",
                    "target",
                    "plan",
                    "budget",
                    "guidance",
                ],
            );
            return end <= figure.first || behind && noun;
        }
        let parent = scene.clauses.parent(clause) == Some(own);
        parent && matches!(scene.clauses.attach(clause), Attach::Participle | Attach::Paren) && end <= figure.first
    };
    let best = scene
        .cues
        .iter()
        .filter(|c| c.cue == cue && reaches(c.first, c.end))
        .filter(|c| !blocked(scene, c.first, figure))
        .max_by_key(|c| (c.first < figure.first, c.first))?;
    // "spent $72bn after planned …": a past verb nearer to the figure wins.
    let spent = scene
        .view
        .is_one_of(figure.end, &["spent", "raised", "recorded", "reported", "lost", "earned", "booked", "posted"]);
    if spent {
        return None;
    }
    let past = scene.view.any_word(best.end.min(figure.first), figure.first, PAST) && best.end <= figure.first;
    let passive = best.end < figure.first && scene.view.is_one_of(best.end, &["by", "from"]);
    (!past && !passive).then_some((best.first, best.end))
}

/// Verbs that say it has happened.
const PAST: &[&str] = &[
    "spent",
    "rose",
    "fell",
    "dropped",
    "declined",
    "gained",
    "lost",
    "climbed",
    "grew",
    "reported",
    "posted",
    "raised",
    "borrowed",
    "invested",
    "generated",
    "was",
    "were",
    "surged",
    "jumped",
    "totaled",
    "totalled",
    "announced",
    "helped",
    "had",
    "shrunk",
];

/// What a result does to a forecast that it is held against.
const BEATEN: &[&str] = &[
    "ahead",
    "above",
    "below",
    "beat",
    "beats",
    "beating",
    "topped",
    "topping",
    "missed",
    "missing",
    "exceeded",
    "exceeding",
    "than",
    "past",
    "trailed",
    "short",
    "versus",
    "vs",
    "surpassed",
    "surpassing",
];

/// Words that are no cue where they stand.
fn blocked(scene: &Scene<'_>, at: usize, figure: &Figure) -> bool {
    let view = scene.view;
    // "May" as a month, "see" in "saw", "the expected 160,000" is a projection and stays one.
    (view.is(at, "may") && view.shape(at) != crate::model::Shape::Lower)
        || (view.is(at, "will") && view.shape(at) != crate::model::Shape::Lower && at > scene.sentence.first)
        || (view.is_one_of(at, &["estimates", "estimate", "consensus", "forecast", "forecasts", "outlook"])
            && at > figure.end
            && !(view.is_one_of(at, &["estimate", "forecast", "consensus"]) && at <= figure.end + 1))
        || (at + 2 < figure.first
            && view.is_one_of(at, &["consensus", "estimates", "estimate", "forecasts", "forecast", "expected"])
            && view.any_word(at.saturating_sub(4).max(scene.sentence.first), at, BEATEN))
        || (view.is_one_of(at, &["announced", "approved", "unveiled", "outlined"]) && !plan_like(scene, figure))
        || (view.is_one_of(at, &["target", "goal"]) && view.any_word(at.saturating_sub(2), at, &["price", "stock"]))
        || (view.is_one_of(at, &["estimates", "estimate", "estimated"])
            && view.is_one_of(at.saturating_sub(1), &["analyst", "analysts", "topped", "beat", "missed", "earnings"])
            && at > figure.end)
}

/// Announcing makes a plan of buybacks, spending and deals only.
fn plan_like(scene: &Scene<'_>, figure: &Figure) -> bool {
    super::metric::metric(scene, figure).is_some_and(|m| {
        matches!(
            m.hit.metric,
            Metric::Buybacks
                | Metric::Capex
                | Metric::Spending
                | Metric::FundingRound
                | Metric::DealCommitment
                | Metric::DebtIssuance
        )
    })
}

/// If-clauses, "would", "whether".
fn imagined(scene: &Scene<'_>, figure: &Figure, clause: usize) -> Option<(usize, usize)> {
    let view = scene.view;
    let first = scene.sentence.first;
    // "Will Micron shares gain another 50%?"
    let asked = view.is_one_of(
        first,
        &["will", "could", "would", "can", "should", "might", "may", "is", "are", "does", "do", "what", "how"],
    ) && view.is(scene.sentence.end - 1, "?");
    // "Suppose an investor puts …, and the stock rises 10%."
    let supposed = view.is_one_of(first, &["suppose", "imagine", "assume"]);
    if asked && view.is_one_of(first, &["will", "could", "would", "can", "should", "might", "may"]) || supposed {
        return Some((first, first + 1));
    }
    let cue = scene
        .cues
        .iter()
        .filter(|c| {
            // "as if nothing had happened"
            c.cue == Cue::Hypothetical && c.end <= figure.first && !view.is(c.first.wrapping_sub(1), "as")
        })
        .rfind(|c| scene.clause(c.first) == clause || scene.clauses.parent(clause) == Some(scene.clause(c.first)))?;
    // "which would represent": what follows from a projection, not an imagined case.
    let follows = view.is(cue.first, "would")
        && view.is_one_of(cue.first + 1, &["represent", "mark", "be", "bring", "mean"])
        && !scene.cues.iter().any(|c| c.cue == Cue::Hypothetical && view.is_one_of(c.first, &["if", "were"]));
    // "said it would spend $185 billion": reported speech, not an imagined case.
    let reported = view.is(cue.first, "would")
        && scene.cues.iter().any(|c| {
            c.cue == Cue::Attribution
                && c.end <= cue.first
                && (cue.first - c.end <= 3 || view.is(c.end, "that") && scene.clause(cue.first) == scene.clause(c.end))
                && view.is_one_of(c.first, &["said", "says", "told", "announced"])
                || matches!(c.cue, Cue::Projected | Cue::Attribution)
                    && c.end <= cue.first
                    && view.is_one_of(
                        c.first,
                        &[
                            "projected",
                            "projects",
                            "predicted",
                            "predicts",
                            "forecast",
                            "forecasts",
                            "estimated",
                            "estimates",
                        ],
                    )
                    && view.any_word(c.end, cue.first, &["that"])
        });
    if reported {
        return None;
    }
    let instead = view.any_word(cue.end, figure.first, &["instead"]);
    (!(follows || instead || view.is(cue.first, "scenario") && figure.first - cue.end > 8))
        .then_some((cue.first, cue.end))
}

/// "not", "never", "did not fall 5%" close before the figure in its clause.
fn denied(scene: &Scene<'_>, figure: &Figure, clause: usize) -> bool {
    let view = scene.view;
    scene.cues.iter().any(|c| {
        c.cue == Cue::Negation
            && scene.clause(c.first) == clause
            && c.end <= figure.first
            && figure.first - c.end <= 6
            && scene.figures_between(c.end, figure.first) == 0
            && !view.is_one_of(
                c.end,
                &["only", "just", "quite", "less", "more", "fewer", "least", "including", "counting", "surprisingly"],
            )
            && !(view.is(c.first, "not") && view.any_word(c.end, figure.first, &["but", "because"]))
            && !view.is(c.first, "without")
    })
}
