//! Periods.

use super::{Phenomenon, Rule};

pub(super) const PERIOD: Phenomenon = Phenomenon {
    name: "period",
    heading: "Periods",
    field: "period",
    about: "The time a figure is about, resolved against the document's date.",
    rules: &[
        Rule {
            id: "period.clause",
            carries: false,
            does: "a time in the figure's clause, in the clause it hangs on, or opening the sentence",
            why: "Times belong to clauses: the nearest one inside the clause wins, one that opens the sentence serves all.",
            example: "Oracle's revenue rose 14% in 2025.",
            near_miss: "Oracle's revenue rose 14%.",
        },
        Rule {
            id: "period.column",
            carries: true,
            does: "the head of the table column is a time",
            why: "Tables print years above the figures.",
            example: "| Revenue | 2024 | 2025 |\n| Oracle | $53 billion | $57 billion |",
            near_miss: "Oracle's revenue was $57 billion in 2025.",
        },
        Rule {
            id: "period.comparison",
            carries: false,
            does: "\"year over year\" and the like behind a change",
            why: "The comparison itself says over which time the change ran.",
            example: "Oracle's revenue rose 14% year over year.",
            near_miss: "Oracle's revenue rose 14%.",
        },
        Rule {
            id: "period.year_ago",
            carries: false,
            does: "an amount \"a year ago\": the year before the document's date",
            why: "The amount is of the earlier year, not of the one the sentence speaks of.",
            example: "Oracle earned $3 billion, up from $2 billion a year ago.",
            near_miss: "Oracle earned $3 billion.",
        },
        Rule {
            id: "period.since_peak",
            carries: false,
            does: "a change from a dated high or low runs since that date",
            why: "\"From its October high\" says when the fall began.",
            example: "Bitcoin has lost 40% from its October high.",
            near_miss: "Bitcoin has lost 40% from its high.",
        },
        Rule {
            id: "period.equal",
            carries: true,
            does: "the period of the statement that is said once more",
            why: "A figure in brackets or behind \"or\" belongs to the same time.",
            example: "Revenue rose 12% from a year ago (up 14% in constant currency).",
            near_miss: "Revenue rose 12% in the third quarter of 2025, and Apple slid 14%.",
        },
        Rule {
            id: "period.respectively",
            carries: false,
            does: "each amount takes its own year in turn",
            why: "Two lists of the same length are read side by side.",
            example: "Analysts see revenue at Rivian of $6.1 billion and $9 billion in 2026 and 2027, respectively.",
            near_miss: "Analysts see revenue at Rivian of $6.1 billion in 2026.",
        },
        Rule {
            id: "period.the_quarter",
            carries: true,
            does: "\"the quarter\": the one that was named last",
            why: "A report names its quarter once.",
            example: "Revenue at Nvidia rose in the third quarter of 2025. For the quarter, Nvidia earned $1.30 per share.",
            near_miss: "Revenue at Nvidia rose. For the quarter, Nvidia earned $1.30 per share.",
        },
        Rule {
            id: "period.carried",
            carries: true,
            does: "the day or year of the moves before it in the paragraph",
            why: "A market report names the day once.",
            example: "The S&P 500 lost 0.8% on Tuesday. The Dow dropped 0.5%.",
            near_miss: "The S&P 500 lost 0.8% on Tuesday. The Dow gained 0.5%.",
        },
    ],
};
