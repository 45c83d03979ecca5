//! Attributions.

use super::{Phenomenon, Rule};

pub(super) const ATTRIBUTION: Phenomenon = Phenomenon {
    name: "attribution",
    heading: "Attributions",
    field: "attribution",
    about: "Who says so, and over which figures it reaches. A company that reports its own results is no attribution.",
    rules: &[
        Rule {
            id: "attribution.according_to",
            carries: false,
            does: "according to X, or per X",
            why: "The phrase names the source of the whole sentence.",
            example: "Chip sales rose 12%, according to Harbor Research.",
            near_miss: "Chip sales rose 12%.",
        },
        Rule {
            id: "attribution.speaker",
            carries: false,
            does: "X said, X expects: the noun before a verb of saying",
            why: "Who foresees or says it is part of the claim; a company's own report of its results is not an attribution.",
            example: "Strategists at Harbor Research said chip sales rose 12%.",
            near_miss: "Oracle reported revenue of $16 billion.",
        },
        Rule {
            id: "attribution.speaker_last",
            carries: false,
            does: "\"…, X found.\": the speaker stands behind the statement",
            why: "Reports often name the speaker last.",
            example: "Chip sales rose 12%, the researchers said.",
            near_miss: "Chip sales rose 12%.",
        },
        Rule {
            id: "attribution.said_by",
            carries: false,
            does: "\"…, said X\": the speaker stands behind the verb",
            why: "Inverted speech names the speaker after the verb.",
            example: "Chip sales rose 12%, said Jane Miller, an analyst at Harbor Research.",
            near_miss: "Chip sales rose 12%.",
        },
        Rule {
            id: "attribution.forecaster",
            carries: false,
            does: "X's forecast or estimate",
            why: "The owner of a forecast is who says it, not whom it is about.",
            example: "The market should live up to IDC's 13% growth forecast.",
            near_miss: "The market should live up to a 13% growth forecast.",
        },
        Rule {
            id: "attribution.consensus",
            carries: false,
            does: "the consensus stands at, expects, calls for",
            why: "The consensus is a source of its own.",
            example: "For the year, consensus is at $34.7 billion.",
            near_miss: "For the year, sales were $34.7 billion.",
        },
        Rule {
            id: "attribution.pronoun",
            carries: true,
            does: "he or she said: the speaker named before",
            why: "A pronoun carries the source on to the next sentence.",
            example: "Jane Miller said Nvidia looks tired. She said Intel could lose 10%.",
            near_miss: "Nvidia lost 20%. Intel lost 10%.",
        },
        Rule {
            id: "attribution.foreseen_by",
            carries: false,
            does: "those who had expected the figure, named behind it",
            why: "The clause behind the figure says whose expectation it was.",
            example: "The margin of 66% fell short of the 68.2% analysts had expected.",
            near_miss: "The margin of 66% pleased analysts.",
        },
    ],
};
