//! Who says so, and over which figures it reaches.

use crate::extract::figure::Figure;
use crate::lexicon::Cue;
use crate::model::Shape;

use super::clause::Attach;
use super::foresight::foreseen_by;
use super::saying::{is_saying, speech};
use super::scene::{CueHit, Scene};

/// A speaker as worded: tokens `first..end`, and the verb or phrase behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    pub first: usize,
    pub end: usize,
    pub rule: &'static str,
}

/// Who a figure is attributed to.
pub(crate) fn source(scene: &Scene<'_>, figure: &Figure) -> Option<Source> {
    // "…, according to Dealogic, and JPMorgan's strategists see": who speaks in the figure's clause.
    let told = according(scene);
    let near = told
        .filter(|a| scene.clause(a.first) != scene.clause(figure.first))
        .and_then(|_| speaker(scene, figure))
        .filter(|s| scene.clause(s.first) == scene.clause(figure.first) && !scene.in_figure(s.first));
    near.or(told)
        .or_else(|| {
            foreseen_by(scene, figure).map(|(first, end)| Source { first, end, rule: "attribution.foreseen_by" })
        })
        .or_else(|| forecaster(scene, figure))
        .or_else(|| speaker(scene, figure))
        .or_else(|| speaker_after(scene, figure))
}

/// "according to X" covers its sentence.
fn according(scene: &Scene<'_>) -> Option<Source> {
    let view = scene.view;
    let at = (scene.sentence.first..scene.sentence.end).find(|i| {
        view.is(*i, "according") && view.is(*i + 1, "to")
            || view.is(*i, "per")
                && view.is_word(*i + 1)
                && view.shape(*i + 1) != Shape::Lower
                && scene.name_at(*i + 1).is_some()
    })?;
    let first = if view.is(at, "per") { at + 1 } else { at + 2 };
    let end = noun_end(scene, first);
    (end > first).then_some(Source { first, end, rule: "attribution.according_to" })
}

/// "IDC's 13% growth forecast", "consensus has crept above it at $34.66B".
fn forecaster(scene: &Scene<'_>, figure: &Figure) -> Option<Source> {
    let view = scene.view;
    let noun = (figure.end..figure.end + 4)
        .take_while(|i| view.is_word(*i))
        .any(|i| view.is_one_of(i, &["forecast", "estimate", "projection", "estimates", "forecasts"]));
    let owner =
        scene.names.iter().rev().find(|n| n.end < figure.first && figure.first - n.end <= 2 && view.is(n.end, "'s"));
    if let (true, Some(name)) = (noun, owner) {
        return Some(Source { first: name.first, end: name.end, rule: "attribution.forecaster" });
    }
    let clause = scene.clause(figure.first);
    let at = (scene.sentence.first..figure.first).find(|i| view.is(*i, "consensus") && scene.clause(*i) == clause)?;
    // "Our most recent consensus mark for revenue is", "the consensus calls for"
    let verbs =
        &["has", "is", "was", "calls", "call", "had", "stands", "sits", "expects", "points", "looks", "implies"];
    let verb = (at + 1..(at + 7).min(figure.first)).find(|i| view.is_one_of(*i, verbs))?;
    let mut first = at;
    while first > scene.sentence.first
        && (view.is_one_of(first - 1, &["our", "the", "most", "recent", "current", "latest"])
            || view.is_word(first - 1) && view.shape(first - 1) == Shape::Title && at - first < 3)
    {
        first -= 1;
    }
    Some(Source { first, end: verb, rule: "attribution.consensus" })
}

/// "X said …", "X analysts anticipating …", "WSTS projecting $975B".
fn speaker(scene: &Scene<'_>, figure: &Figure) -> Option<Source> {
    let clause = scene.clause(figure.first);
    scene
        .cues
        .iter()
        .rev()
        .filter(|c| c.cue == Cue::Attribution && c.end <= figure.first && !scene.in_figure(c.first))
        .filter(|c| is_saying(scene, c.first, c.end, figure))
        .filter(|c| {
            let own = scene.clause(c.first);
            // The verb's clause holds the figure, or the figure's clause hangs on it.
            own == clause
                || scene.clauses.parent(clause) == Some(own) && scene.clauses.attach(clause) != Attach::Adjunct
                || scene.clauses.list.get(clause).is_some_and(|here| here.first == c.end)
                || speech(scene, c.first)
        })
        // "GM said it expects": behind the pronoun stands who spoke first.
        .map(|verb| spoken(scene, figure, verb))
        .find(|s| !matches!(s, Spoken::Pronoun))
        .and_then(|s| if let Spoken::By(source) = s { Some(source) } else { None })
}

/// What stands in front of a verb of saying.
enum Spoken {
    By(Source),
    Pronoun,
    Nobody,
}

fn spoken(scene: &Scene<'_>, figure: &Figure, verb: &CueHit) -> Spoken {
    let view = scene.view;
    // "some estimates reaching $700 billion": the noun itself speaks, of the next figure only.
    let noun = view.is_one_of(verb.first, &["estimates", "estimate", "projections", "forecasts"])
        && !scene.is_verb(verb.first);
    if noun && scene.figures_between(verb.end, figure.first) > 0 {
        return Spoken::Nobody;
    }
    let mut end = if noun { verb.end } else { verb.first };
    let Some(first) = noun_start(scene, verb.first) else { return Spoken::Nobody };
    // Adverbs between the noun and the verb stay out: "traders now see".
    while end > first + 1 && view.is_one_of(end - 1, &["now", "still", "also", "already", "generally", "currently"]) {
        end -= 1;
    }
    if is_pronoun(view.word(end - 1)) {
        return Spoken::Pronoun;
    }
    if view.surface(first, end).is_empty() {
        return Spoken::Nobody;
    }
    Spoken::By(Source { first, end, rule: "attribution.speaker" })
}

/// "…, said King Lip, chief strategist at …", "…, Silverblatt found."
fn speaker_after(scene: &Scene<'_>, figure: &Figure) -> Option<Source> {
    let view = scene.view;
    let printed = |at: usize| {
        view.is_one_of(at, &["show", "shows", "showed"])
            && view.any_word(
                at.saturating_sub(5).max(figure.end),
                at,
                &["data", "figures", "numbers", "estimates", "statistics"],
            )
    };
    // "Software estimates are down": a noun.
    let noun = |c: &CueHit| view.is_one_of(c.first, &["estimates", "notes", "finds"]) && scene.is_verb(c.end);
    let verb =
        scene.cues.iter().filter(|c| !noun(c)).find(|c| {
            c.cue == Cue::Attribution && c.first >= figure.end && (speech(scene, c.first) || printed(c.first))
        })?;
    let before = verb.first.checked_sub(1)?;
    if view.is_one_of(before, &[",", "\""]) {
        // "The bank, which also cut its target …, said": the sentence's subject speaks.
        let inserted = (scene.sentence.first..before)
            .find(|i| view.is(*i, ","))
            .filter(|c| view.is_one_of(*c + 1, &["which", "who"]) && *c < before);
        if let Some(comma) = inserted {
            return Some(Source { first: scene.sentence.first, end: comma, rule: "attribution.speaker" });
        }
        let end = noun_end(scene, verb.end);
        // "$6.85 per share, reported a year ago" names nobody.
        let when = scene.times.iter().any(|t| t.first == verb.end);
        // "…, said roughly half of it went on land": what was said follows, not who.
        let who = view.shape(verb.end) != Shape::Lower
            || view.is_one_of(
                verb.end,
                &[
                    "analysts",
                    "economists",
                    "strategists",
                    "a",
                    "an",
                    "the",
                    "chief",
                    "one",
                    "people",
                    "officials",
                    "sources",
                    "researchers",
                    "executives",
                    "traders",
                    "investors",
                    "company",
                    "portfolio",
                    "senior",
                ],
            );
        return (end > verb.end && !when && who).then_some(Source {
            first: verb.end,
            end,
            rule: "attribution.said_by",
        });
    }
    let first = noun_start(scene, verb.first)?;
    let comma = first > scene.sentence.first && view.is_one_of(first - 1, &[",", "\""]);
    (comma && !is_pronoun(view.word(first))).then_some(Source {
        first,
        end: verb.first,
        rule: "attribution.speaker_last",
    })
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "he" | "she" | "they" | "it" | "we" | "i" | "that" | "this" | "who" | "which" | "and" | "but" | "also"
    )
}

/// Where the noun phrase that ends before `end` begins: at the clause's or
/// quote's start, or behind a comma, "with", "and".
pub(super) fn noun_start(scene: &Scene<'_>, end: usize) -> Option<usize> {
    let view = scene.view;
    let mut first = end;
    while first > scene.sentence.first && end - first < 14 {
        let before = first - 1;
        let stop = view.is_one_of(
            before,
            &[",", ";", "\"", "—", ":", "with", "but", "while", "as", "that", "when", "because", "some", "(", "|"],
        ) || scene.in_figure(before);
        // ", an analyst at X, thinks": the comma in front of the verb closes an aside.
        if before + 1 == end && view.is(before, ",") {
            first = before;
            continue;
        }
        if stop && !(view.is_one_of(before, &["some"])) {
            // ", chief economist at X, said": the name stands before the comma.
            let aside = view.is(before, ",")
                && view.is(end - 1, ",")
                && first < end
                && view.shape(first) == Shape::Lower
                && before > scene.sentence.first + 1;
            if !aside {
                break;
            }
        }
        first = before;
    }
    while first < end
        && view.is_one_of(first, &["meanwhile", "however", "still", "and", "also", "but", ",", "-", "*", "#"])
    {
        first += 1;
    }
    (first < end).then_some(first)
}

/// Where the noun phrase that begins at `first` ends: at the sentence's end, a
/// quote, a bracket, or a comma that opens a new statement.
fn noun_end(scene: &Scene<'_>, first: usize) -> usize {
    let view = scene.view;
    let mut end = first;
    while end < scene.sentence.end && end - first < 24 {
        if view.is_one_of(end, &[".", ";", "\"", "[", "(", "—", ":"]) && !(view.is(end, ".") && view.glued(end + 1)) {
            break;
        }
        if view.is(end, ",") {
            // "Howard Silverblatt, senior index analyst at …" goes on; ", which" does not.
            let title = view.is_one_of(
                end + 1,
                &[
                    "chief",
                    "senior",
                    "an",
                    "a",
                    "the",
                    "head",
                    "analyst",
                    "director",
                    "index",
                    "portfolio",
                    "managing",
                    "co",
                    "founder",
                    "president",
                    "global",
                    "lead",
                    "equity",
                    "economist",
                    "strategist",
                ],
            );
            if !title {
                break;
            }
        }
        if view.is_one_of(end, &["while", "but", "which", "who", "and", "with", "when", "as", "to", "than"])
            && end > first
            && !(view.is(end, "and") && view.shape(end + 1) != Shape::Lower)
        {
            break;
        }
        if scene.in_figure(end) {
            break;
        }
        end += 1;
    }
    end
}

/// "He said …": whether a pronoun speaks, so that the last named speaker is meant.
pub(crate) fn pronoun_speaks(scene: &Scene<'_>, figure: &Figure) -> bool {
    let view = scene.view;
    scene.cues.iter().any(|c| {
        c.cue == Cue::Attribution
            && c.end <= figure.first
            && speech(scene, c.first)
            && c.first > scene.sentence.first
            && view.is_one_of(c.first - 1, &["he", "she", "we", "i"])
    })
}

/// The speaker a sentence names, figures or not: a capitalised name before or
/// behind a verb of speech.
pub(crate) fn named_speaker(scene: &Scene<'_>) -> Option<(usize, usize)> {
    let view = scene.view;
    let verb = scene.cues.iter().find(|c| {
        c.cue == Cue::Attribution
            && view.is_one_of(c.first, &["said", "says", "told", "wrote", "noted", "added", "warned"])
    })?;
    let before = verb.first.checked_sub(1).filter(|b| *b >= scene.sentence.first)?;
    let capital = |at: usize| view.is_word(at) && view.shape(at) != Shape::Lower && !is_pronoun(view.word(at));
    if capital(before) {
        let mut first = before;
        while first > scene.sentence.first && capital(first - 1) {
            first -= 1;
        }
        return Some((first, verb.first));
    }
    let mut end = verb.end;
    while capital(end) && end < scene.sentence.end {
        end += 1;
    }
    (end > verb.end).then_some((verb.end, end))
}
