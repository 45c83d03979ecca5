//! The words of movement that reach a figure, and which way they say.

use crate::extract::figure::Figure;
use crate::lexicon::Part;
use crate::model::{Direction, Kind};

use super::metric::stopped;
use super::scene::Scene;

/// The direction the text gives a figure, and the words for it.
pub(crate) fn direction(scene: &Scene<'_>, figure: &Figure) -> Option<(Direction, (usize, usize))> {
    if figure.sign != Direction::None {
        return Some((figure.sign, (figure.first, figure.first + 1)));
    }
    let clause = scene.clause(figure.first);
    let mut best: Option<(f64, Direction, (usize, usize))> = None;
    for hit in &scene.moves {
        let hedged = figure.hedge.is_some_and(|(a, b)| a <= hit.first && hit.end <= b);
        if hit.first < figure.end && hit.end > figure.first || hedged {
            continue;
        }
        let after = hit.first >= figure.end;
        let (from, to) = if after { (figure.end, hit.first) } else { (hit.end, figure.first) };
        let timed: usize = scene.times.iter().filter(|t| t.first >= from && t.end <= to).map(|t| t.end - t.first).sum();
        let gap = (to - from).saturating_sub(timed);
        let mut score = 10.0 - 0.6 * gap as f64;
        score -= 4.0 * scene.figures_between(from, to) as f64;
        if scene.clause(hit.first) != clause {
            score -= if scene.clauses.parent(clause) == Some(scene.clause(hit.first)) { 4.0 } else { 7.0 };
        }
        if stopped(scene, from, to) {
            score -= 2.0;
        }
        match (hit.part, after) {
            // "down 7%", "up about 140%"
            (Part::Adverb, false) => {
                // "signed up for $1.4 trillion": no direction.
                let phrasal = scene.view.is_one_of(
                    hit.first.wrapping_sub(1),
                    &[
                        "signed", "sign", "made", "make", "makes", "set", "ended", "end", "ends", "eats", "eat",
                        "opened", "open", "snapped", "bought", "buy", "put", "took", "take", "backed", "lined",
                        "scooped", "gobbled", "soaked", "adds", "add", "added",
                    ],
                );
                if phrasal || gap > 4 || scene.view.is_one_of(hit.end, &["to"]) && gap > 3 {
                    continue;
                }
                if scene
                    .view
                    .is_one_of(hit.first, &["more", "less", "fewer", "under", "off", "ahead", "behind", "below"])
                    && !(scene.view.is(hit.first, "off") && gap <= 1)
                    // "the fund is ahead 4.4%"
                    && !(scene.view.is(hit.first, "ahead")
                        && gap == 0
                        && figure.kind == Kind::Percent
                        && scene.view.is_one_of(hit.first.wrapping_sub(1), &["is", "are", "was", "were", "'s"]))
                {
                    continue;
                }
                score += 3.0;
            }
            // "moved 1.3% higher", "10% below their peaks"
            (Part::Adverb, true) => {
                if gap > 1
                    || scene.view.is_one_of(hit.first, &["up", "off", "ahead", "under", "less", "fewer"]) && gap > 0
                {
                    continue;
                }
                if scene.view.is(hit.first, "more") && figure.kind != Kind::Percent {
                    continue;
                }
                score += 3.5;
            }
            // "a 90% drop", "a 77% increase"
            (Part::Noun, true) => {
                let other = scene.view.any_word(
                    from,
                    to,
                    &[
                        "as", "after", "on", "amid", "because", "while", "and", "but", "despite", "with", "from", "to",
                        "since", "before",
                    ],
                );
                if gap > 4 || other || stopped(scene, from, to) {
                    continue;
                }
                score += 4.0 - 0.3 * gap as f64;
            }
            // "a gain of 20%", "declines of 30-45%"
            (Part::Noun, false) => {
                let owned = scene.view.is(hit.end, "in")
                    && gap <= 12
                    && scene.view.is_one_of(to.wrapping_sub(1), &["of", "to"])
                    && !(from..to).any(|i| scene.is_verb(i));
                if owned {
                    score += 0.5 * gap as f64;
                }
                if gap > 6 && !owned {
                    continue;
                }
                score += if scene.view.is_one_of(hit.end, &["of", "to", "exceeding", "reaching", "by", "(", ":"]) {
                    2.5
                } else {
                    -1.0
                };
            }
            (Part::Verb, false) => score += 1.5,
            (Part::Verb, true) => {
                // "20% gains", "a 9% cut"; or "shares of which fell".
                if gap > 1 {
                    continue;
                }
            }
        }
        if best.is_none_or(|(s, _, _)| score > s) {
            best = Some((score, hit.direction, (hit.first, hit.end)));
        }
    }
    best.filter(|(score, _, _)| *score > 3.0).map(|(_, direction, words)| (direction, words))
}
