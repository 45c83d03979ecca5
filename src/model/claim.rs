//! Claim: one figure bound to what it says.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entity::Subject;

macro_rules! word_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word used in records, queries and columns.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The value a word stands for.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

word_enum! {
    /// What sort of figure.
    Kind {
        /// An amount of money.
        Money = "money",
        /// Percent or percentage points.
        Percent = "percent",
        /// Times: multiples, ratios, "doubled".
        Multiple = "multiple",
        /// A number of things.
        Count = "count",
        /// A printed price, target, index or survey level.
        Level = "level",
    }
}

word_enum! {
    /// What the figure does in its statement.
    Role {
        /// How much.
        Amount = "amount",
        /// By how much it moved.
        Change = "change",
        /// x % of a whole.
        Share = "share",
        /// Against a benchmark.
        Relative = "relative",
        /// One quantity over another.
        Ratio = "ratio",
        /// A level reached or held.
        Level = "level",
        /// Defines a class ("rounds of $500 million or more").
        Threshold = "threshold",
    }
}

word_enum! {
    /// How exactly the figure is meant.
    Qualifier {
        /// As printed.
        Exact = "exact",
        /// About.
        Approx = "approx",
        /// Almost.
        Nearly = "nearly",
        /// This or more.
        AtLeast = "at_least",
        /// More than this.
        MoreThan = "more_than",
        /// This or less.
        UpTo = "up_to",
    }
}

word_enum! {
    /// What the figure measures.
    Metric {
        /// Capital expenditure.
        Capex = "capex",
        /// Spending other than capital expenditure.
        Spending = "spending",
        /// Move of a share, fund, coin or commodity price.
        PriceMove = "price_move",
        /// Move of an index.
        IndexMove = "index_move",
        /// Move of a sector or group.
        SectorMove = "sector_move",
        /// Performance against a benchmark.
        RelativePerformance = "relative_performance",
        /// A price or index level.
        PriceLevel = "price_level",
        /// Market value lost.
        MarketValueLoss = "market_value_loss",
        /// Market capitalisation.
        MarketCap = "market_cap",
        /// Share repurchases.
        Buybacks = "buybacks",
        /// Dividends.
        Dividend = "dividend",
        /// Debt raised or owed by companies.
        DebtIssuance = "debt_issuance",
        /// Free cash flow.
        FreeCashFlow = "free_cash_flow",
        /// Revenue or sales.
        Revenue = "revenue",
        /// Net income, profit.
        NetIncome = "net_income",
        /// Earnings per share.
        EarningsPerShare = "earnings_per_share",
        /// A margin.
        Margin = "margin",
        /// Guidance with no other metric named.
        Guidance = "guidance",
        /// Order backlog, remaining performance obligations.
        Backlog = "backlog",
        /// Government debt, deficits.
        GovernmentDebt = "government_debt",
        /// Interest paid.
        InterestExpense = "interest_expense",
        /// Venture funding of a market.
        VentureFunding = "venture_funding",
        /// One company's funding round or offering.
        FundingRound = "funding_round",
        /// Raised in an initial public offering.
        IpoRaise = "ipo_raise",
        /// A deal, contract, acquisition or investment commitment.
        DealCommitment = "deal_commitment",
        /// How many of a group do something.
        Breadth = "breadth",
        /// Price to earnings and the like.
        Valuation = "valuation",
        /// A price target.
        PriceTarget = "price_target",
        /// Trading volume.
        Volume = "volume",
        /// An interest rate or yield.
        InterestRate = "interest_rate",
        /// A macroeconomic indicator.
        EconomicIndicator = "economic_indicator",
        /// Units made or sold, capacity, utilisation.
        UnitsOrCapacity = "units_or_capacity",
        /// Money into or out of funds.
        FundFlow = "fund_flow",
        /// Assets under management.
        AssetsUnderManagement = "assets_under_management",
        /// Weight in an index or portfolio.
        Weight = "weight",
        /// None of these.
        Other = "other",
    }
}

word_enum! {
    /// What the text says of the figure's movement.
    Direction {
        /// Rising.
        Up = "up",
        /// Falling.
        Down = "down",
        /// Neither.
        None = "none",
    }
}

word_enum! {
    /// How real the figure is.
    Status {
        /// It happened or holds.
        Actual = "actual",
        /// The subject's own plan or guidance.
        Planned = "planned",
        /// Forward-looking, by others.
        Projected = "projected",
        /// An estimate of the past or present.
        Estimated = "estimated",
        /// Imagined: if-clauses, questions.
        Hypothetical = "hypothetical",
    }
}

word_enum! {
    /// Where in the document the claim stands.
    Place {
        /// First statement in running text.
        Primary = "primary",
        /// Said before in the document.
        Restatement = "restatement",
        /// Title or heading.
        Headline = "headline",
    }
}

/// The time a figure is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// The words, where printed.
    pub text: Option<String>,
    /// Normal form, e.g. `2026`, `2025-Q3`, `since:2023-12` (see RECORDS).
    pub norm: Option<String>,
    /// First day, ISO 8601, where the normal form can be resolved.
    pub start: Option<String>,
    /// Last day, inclusive.
    pub end: Option<String>,
    /// Carried over from context.
    pub inferred: bool,
}

/// A `[n]` marker resolved to the reference it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// The number in the brackets.
    pub number: u32,
    /// The reference's title.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its date, ISO 8601.
    pub date: Option<String>,
}

/// Why a field has its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The field bound.
    pub field: Cow<'static, str>,
    /// Stable id of the rule.
    pub rule: Cow<'static, str>,
    /// First byte of the words used; null when the rule used no words.
    pub byte_start: Option<usize>,
    /// One past the last byte.
    pub byte_end: Option<usize>,
    /// The tagged number of a filing that these words print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<Box<FactLink>>,
}

/// Which record `fact` a figure prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactLink {
    /// What it measures.
    pub concept: String,
    /// The fact's own id, where it has one.
    pub fact_id: Option<String>,
    /// Id of its context.
    pub context_id: Option<String>,
    /// First byte of the printed value in the file as given.
    pub byte_start: Option<usize>,
    /// One past its last byte.
    pub byte_end: Option<usize>,
}

/// Record `claim`: one figure bound to what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Always `claim`.
    pub record: Cow<'static, str>,
    /// Stable id.
    pub claim_id: String,
    /// The document it stands in.
    pub doc_id: String,
    /// The exact substring.
    pub figure_text: String,
    /// First code point of `figure_text`.
    pub char_start: usize,
    /// One past the last code point.
    pub char_end: usize,
    /// First byte.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// The sentence, heading, bullet or table row.
    pub quote: String,
    /// First code point of `quote`.
    pub quote_start: usize,
    /// One past the last code point.
    pub quote_end: usize,
    /// What sort of figure.
    pub kind: Kind,
    /// What it does in the statement.
    pub role: Role,
    /// Lower bound in base units, ≥ 0.
    pub value_lo: Option<f64>,
    /// Upper bound; null for "more than".
    pub value_hi: Option<f64>,
    /// ISO 4217 code, `%`, `pp`, `x`, `points` or the counted noun.
    pub unit: Option<String>,
    /// The level itself is below zero (negative free cash flow).
    pub negative_value: bool,
    /// How exactly it is meant.
    pub qualifier: Qualifier,
    /// The hedge as worded.
    pub qualifier_text: Option<String>,
    /// What it measures.
    pub metric: Option<Metric>,
    /// The words for it.
    pub metric_text: Option<String>,
    /// What the text says of its movement.
    pub direction: Direction,
    /// Whom it is about.
    pub subjects: Vec<Subject>,
    /// One combined figure over all subjects.
    pub collective: bool,
    /// The other party of a deal.
    pub counterparty: Option<String>,
    /// The time it is about.
    pub period: Option<Period>,
    /// What a change is measured from.
    pub baseline: Vec<String>,
    /// The baseline is carried over from context.
    pub baseline_inferred: bool,
    /// How real it is.
    pub status: Status,
    /// Who says so, as worded.
    pub attribution: Option<String>,
    /// Resolved `[n]` markers.
    pub citations: Vec<Citation>,
    /// Where in the document it stands.
    pub mention: Place,
    /// The statement is denied.
    pub negated: bool,
    /// The statement is imagined.
    pub hypothetical: bool,
    /// A magnitude word without a number ("billions").
    pub vague: bool,
    /// 0–1.
    pub confidence: f64,
    /// Why each field has its value.
    pub evidence: Vec<Evidence>,
}
