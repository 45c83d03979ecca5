//! Metrics from what was said before.

use super::{Phenomenon, Rule};

pub(super) const METRIC_BEFORE: Phenomenon = Phenomenon {
    name: "metric",
    heading: "Metrics from what was said before",
    field: "metric",
    about: "What a figure measures where its own sentence does not say: the statement before, the title, or a forecast that it is held against.",
    rules: &[
        Rule {
            id: "metric.parallel",
            carries: true,
            does: "an amount of another company, with nothing but empty words between, after one whose measure was named",
            why: "Parallel statements name the measure once.",
            example: "Amazon plans capital expenditures of $200 billion this year. Meta says $115 billion to $135 billion.",
            near_miss: "Amazon plans capital expenditures of $200 billion this year. Meta owes regulators $2 billion.",
        },
        Rule {
            id: "metric.headed",
            carries: true,
            does: "large amounts of companies under a title or heading that names one measure",
            why: "A title or heading says what its figures measure.",
            example: "# Capital spending in 2026\n\nMicrosoft $123 billion, Meta $125 billion",
            near_miss: "# Big numbers in 2026\n\nMicrosoft $123 billion, Meta $125 billion",
        },
        Rule {
            id: "metric.flow_goes_on",
            carries: true,
            does: "a sum of the flows just spoken of",
            why: "\"That makes\" and \"their haul\" add up what flowed before.",
            example: "Investors put $60 billion into cash funds last week. That makes $231 billion in five weeks.",
            near_miss: "Cash funds hold Treasury bills. That makes $231 billion in five weeks.",
        },
        Rule {
            id: "metric.it_moves",
            carries: true,
            does: "a pronoun behind a verb of foresight stands for the measure just spoken of",
            why: "Who sees \"it\" falling speaks of what the sentence before measured.",
            example: "Revenue at Wells Fargo dropped 11%. Management now sees it falling 9% in 2026.",
            near_miss: "Shares of Wells Fargo dropped 11%. Management now sees it falling 9% in 2026.",
        },
        Rule {
            id: "metric.against_foreseen",
            carries: true,
            does: "what analysts had foreseen, beside the figure that came",
            why: "A forecast that a result is held against measures the same.",
            example: "Revenue at Home Depot edged up 0.3%, short of the 1.3% analysts had expected.",
            near_miss: "Shares of Home Depot edged up 0.3%, unlike the 1.3% analysts had expected.",
        },
    ],
};
