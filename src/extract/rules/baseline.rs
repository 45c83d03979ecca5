//! Baselines.

use super::{Phenomenon, Rule};

pub(super) const BASELINE: Phenomenon = Phenomenon {
    name: "baseline",
    heading: "Baselines",
    field: "baseline",
    about: "What a change is measured from, and what a share is a share of.",
    rules: &[
        Rule {
            id: "baseline.extreme",
            carries: false,
            does: "from, below, off or since a high or low",
            why: "A fall from the peak is another figure than a fall on the day.",
            example: "Microsoft is down 33% from its peak.",
            near_miss: "Microsoft rose 3% to a record high.",
        },
        Rule {
            id: "baseline.drawdown",
            carries: false,
            does: "drawdown or correction: measured from the peak",
            why: "The word itself means a distance from the last high.",
            example: "The S&P 500 suffered a 12% correction.",
            near_miss: "The S&P 500 suffered a 12% drop.",
        },
        Rule {
            id: "baseline.prior",
            carries: false,
            does: "year over year, from a year earlier, from the prior quarter",
            why: "The words name what the change is measured against.",
            example: "Oracle's revenue rose 14% from a year earlier.",
            near_miss: "Oracle's revenue rose 14%.",
        },
        Rule {
            id: "baseline.last_year",
            carries: false,
            does: "over, from or above last year",
            why: "Behind such a word \"last year\" is no period but what is compared with.",
            example: "Capital spending rose 40% over last year.",
            near_miss: "Capital spending rose 40% last year.",
        },
        Rule {
            id: "baseline.since",
            carries: false,
            does: "since a date",
            why: "The date is where the change begins.",
            example: "Microsoft has gained 40% since December 2023.",
            near_miss: "Microsoft gained 40% in 2023.",
        },
        Rule {
            id: "baseline.session",
            carries: false,
            does: "from the previous session or close",
            why: "It is the close of the day before.",
            example: "Oracle rose 2% from the previous close.",
            near_miss: "Oracle rose 2% before the close.",
        },
        Rule {
            id: "baseline.of_period",
            carries: false,
            does: "a price move over a day, week or year begins at its start",
            why: "A move \"on Friday\" is measured from the close before; the baseline is marked as inferred where no word says so.",
            example: "Microsoft fell 3% on Thursday.",
            near_miss: "Microsoft fell 3%.",
        },
        Rule {
            id: "baseline.versus",
            carries: false,
            does: "more than, higher than, or by which something was beaten",
            why: "A comparison names its other side; the figure means nothing without it.",
            example: "Growth stocks returned 5% more than value stocks.",
            near_miss: "Growth stocks returned 5%.",
        },
        Rule {
            id: "baseline.share_of",
            carries: false,
            does: "the words behind \"of\" name the whole of a share",
            why: "\"27% of revenue\": the whole is what the percentage is taken of.",
            example: "Advertising makes up 97% of total revenue at Meta.",
            near_miss: "Advertising revenue at Meta rose 22%.",
        },
    ],
};
