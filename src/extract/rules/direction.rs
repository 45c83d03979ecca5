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
        Rule {
            id: "direction.counted",
            carries: false,
            does: "the verb behind a count of stocks says which way they moved",
            why: "What is counted is the subject of the verb that follows.",
            example: "About 1,900 stocks rose on Monday.",
            near_miss: "About 1,900 stocks are listed in New York.",
        },
        Rule {
            id: "direction.flow",
            carries: false,
            does: "money put into funds is up, money taken out is down",
            why: "The verb and its preposition say which way the money went.",
            example: "Investors pulled $2.6 billion from technology funds.",
            near_miss: "Investors hold $2.6 billion of technology funds.",
        },
        Rule {
            id: "direction.respectively",
            carries: false,
            does: "what one verb moves goes one way",
            why: "The verb or adverb stands once for the whole list.",
            example: "Nvidia, AMD and Intel fell 2%, 3% and 4%, respectively.",
            near_miss: "Nvidia and AMD hold 60% and 30% of the market, respectively.",
        },
        Rule {
            id: "direction.judged",
            carries: false,
            does: "cents above or below what was expected",
            why: "Above the consensus is up, below is down.",
            example: "Ross earned $3.00 a share, nine cents above consensus.",
            near_miss: "Ross earned $3.00 a share, nine cents of it from land.",
        },
        Rule {
            id: "direction.flow_before",
            carries: true,
            does: "a flow goes the way of the flow before it",
            why: "A list of flows, or their sum, names the way once.",
            example: "Bond funds attracted $9.5 billion and equity funds $3 billion.",
            near_miss: "Equity funds hold $3 billion.",
        },
    ],
};
