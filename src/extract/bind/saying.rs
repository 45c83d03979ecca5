//! Verbs of saying and foreseeing: which words make a source of what stands
//! before them.

use super::scene::Scene;
use super::source::noun_start;
use crate::extract::figure::Figure;

/// Verbs of speech, whose reach is the whole sentence.
pub(super) fn speech(scene: &Scene<'_>, at: usize) -> bool {
    scene.view.is_one_of(
        at,
        &[
            "said",
            "says",
            "say",
            "told",
            "wrote",
            "writes",
            "noted",
            "notes",
            "found",
            "finds",
            "reported",
            "argued",
            "argues",
            "argue",
            "warned",
            "observed",
            "estimates",
            "added",
            "stated",
            "commented",
        ],
    )
}

/// Whether the word is used as a verb of saying or foreseeing here.
pub(super) fn is_saying(scene: &Scene<'_>, at: usize, end: usize, figure: &Figure) -> bool {
    let view = scene.view;
    // "It goes without saying" says nobody's words.
    if at > 0 && view.is(at - 1, "without") {
        return false;
    }
    // "Moody's Analytics puts the odds at 35%"
    if view.is_one_of(at, &["puts", "put", "pegs", "pegged"])
        && view.is_one_of(end, &["the", "its"])
        && scene.names.iter().any(|n| {
            n.end == at || n.end + 1 == at && view.is_one_of(n.end, &["analysts", "strategists", "economists"])
        })
    {
        return true;
    }
    if view.is(at, "see") {
        let who = &["analysts", "strategists", "economists", "traders", "investors", "bankers", "forecasters"];
        return at > scene.sentence.first && view.any_word(at.saturating_sub(2), at, who);
    }
    if view.is_one_of(
        at,
        &[
            "according",
            "per",
            "notes",
            "claims",
            "data",
            "in",
            "show",
            "shows",
            "showed",
            "put",
            "puts",
            "added",
            "adds",
            "reports",
            "suggests",
        ],
    ) {
        return view.is_one_of(at, &["showed", "shows", "show"])
            && view.any_word(
                at.saturating_sub(3).max(scene.sentence.first),
                at,
                &[
                    "report",
                    "data",
                    "survey",
                    "estimates",
                    "figures",
                    "research",
                    "filings",
                    "analysis",
                    "poll",
                    "study",
                ],
            );
    }
    if view.is(end, "that")
        && view.is_one_of(
            at,
            &[
                "estimates",
                "forecasts",
                "expects",
                "projects",
                "predicts",
                "reckons",
                "believes",
                "estimate",
                "expect",
                "forecast",
                "project",
                "predict",
                "reckon",
                "believe",
                "estimated",
                "predicted",
                "argued",
                "argues",
            ],
        )
    {
        return true;
    }
    // "reported revenue of": a company's own report is no attribution of its figure.
    if view.is_one_of(
        at,
        &["reported", "announced", "disclosed", "expects", "expect", "expecting", "guided", "forecasts", "projects"],
    ) {
        let subject = noun_start(scene, at).and_then(|f| (f..at).find_map(|i| scene.name_at(i)));
        let own = subject.is_some_and(|n| !scene.names[n].source);
        let analysts = view.any_word(
            at.saturating_sub(3),
            at,
            &["analysts", "strategists", "economists", "estimates", "consensus", "company", "bank"],
        );
        return analysts || (!own && subject.is_some());
    }
    if view.is_one_of(
        at,
        &[
            "estimated",
            "projected",
            "predicted",
            "anticipated",
            "expected",
            "forecast",
            "estimate",
            "estimates",
            "projections",
        ],
    ) {
        // Passive or adjective: nobody is named.
        let passive = at > scene.sentence.first
            && view.is_one_of(
                at - 1,
                &[
                    "is", "are", "was", "were", "be", "been", "an", "the", "a", "its", "their", "than", "of", "as",
                    "had", "with", "for", "except", "and", "or", "in", "by", "to",
                ],
            );
        let noun = view.is_one_of(at, &["estimates", "estimate", "projections", "forecast"]);
        if passive || noun {
            return noun && view.any_word(at + 1, at + 3, &["calling", "reaching", "projecting", "putting"]);
        }
    }
    let _ = (end, figure);
    true
}
