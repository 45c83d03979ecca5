//! Status.

use super::{Phenomenon, Rule};

pub(super) const STATUS: Phenomenon = Phenomenon {
    name: "status",
    heading: "Status",
    field: "status",
    about: "How real a figure is. A cue counts where it reaches the figure: in its clause, or in the clause it hangs on; a verb in the past between the two ends its reach.",
    rules: &[
        Rule {
            id: "status.default",
            carries: false,
            does: "no word says otherwise: it happened, or holds",
            why: "Texts state facts plainly; every other status needs a word.",
            example: "Oracle spent $21 billion in 2025.",
            near_miss: "Oracle plans to spend $35 billion in 2026.",
        },
        Rule {
            id: "status.planned",
            carries: false,
            does: "plans, guides, will spend, budget, approved: the subject's own intention",
            why: "A plan is not a fact, and is worth more than a stranger's forecast.",
            example: "Oracle plans to spend $35 billion in 2026.",
            near_miss: "Oracle spent $21 billion in 2025.",
        },
        Rule {
            id: "status.projected",
            carries: false,
            does: "expected, forecast, could, likely: looking forward, by others",
            why: "A forecast must not be counted as a fact.",
            example: "Revenue at Oracle could reach $85 billion in 2027.",
            near_miss: "Revenue at Oracle reached $57 billion in 2025.",
        },
        Rule {
            id: "status.estimated",
            carries: false,
            does: "an estimated, estimated at: an estimate of past or present",
            why: "The amount is not known exactly; it is no forecast either.",
            example: "The outage cost Amazon an estimated $500 million.",
            near_miss: "The outage cost Amazon $500 million.",
        },
        Rule {
            id: "status.hypothetical",
            carries: false,
            does: "if, would, suppose, needs to: an imagined case",
            why: "What follows from an if has not happened.",
            example: "If Oracle fell 20%, the fund would sell.",
            near_miss: "Oracle fell 20% and the fund sold.",
        },
        Rule {
            id: "status.target",
            carries: false,
            does: "a price target is a projection",
            why: "A target is an opinion about a later price whatever the verb's tense.",
            example: "The broker has a price target of $285 on Oracle.",
            near_miss: "Oracle closed at $285.",
        },
        Rule {
            id: "status.by_date",
            carries: false,
            does: "a date \"by\" which, or an e behind the figure",
            why: "\"$1 trillion by 2030\" lies ahead without a verb that says so.",
            example: "Data centers represent an opportunity of $1 trillion by 2030.",
            near_miss: "Data centers represented an opportunity of $1 trillion in 2024.",
        },
        Rule {
            id: "status.own",
            carries: false,
            does: "a forecast of the subject about itself",
            why: "What a company expects of its own spending or sales is its plan or guidance, not a stranger's forecast.",
            example: "Oracle expects $85 billion in revenue next year.",
            near_miss: "Analysts expect $85 billion in revenue at Oracle next year.",
        },
        Rule {
            id: "status.foreseen_by",
            carries: false,
            does: "what analysts had expected",
            why: "An expectation stays one after the fact.",
            example: "The margin of 66% fell short of the 68.2% analysts had expected.",
            near_miss: "The margin of 66% pleased analysts.",
        },
    ],
};
