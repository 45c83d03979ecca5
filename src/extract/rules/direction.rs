//! Directions.

use super::{Phenomenon, Rule};

pub(super) const DIRECTION: Phenomenon = Phenomenon {
    name: "direction",
    heading: "Directions",
    field: "direction",
    about: "What the text says of the figure: up, down or neither. The sign of a printed number counts first.",
    rules: &[
        Rule {
            id: "direction.movement",
            carries: false,
            does: "a word of movement says up or down of this figure",
            why: "Verbs, nouns and adverbs of movement reach the figure of their clause, by part of speech and place.",
            example: "Microsoft fell 3%.",
            near_miss: "Microsoft holds a 3% stake.",
        },
        Rule {
            id: "direction.from_and_to",
            carries: false,
            does: "the two ends of a move show its direction",
            why: "\"Moved to $85 from $76\" has no word for rising; the values say it.",
            example: "The analyst moved the price target on Oracle to $285 from $276.",
            near_miss: "The analyst has a price target of $285 on Oracle.",
        },
    ],
};
