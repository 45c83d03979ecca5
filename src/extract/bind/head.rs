//! The head noun of what moved.
//!
//! "Renewal rates at Costco slipped" speaks of rates and "Netflix raised its
//! prices by 8%" of prices: a change without a metric word is a move of a
//! share's price only where the thing that moved is traded.

use crate::extract::figure::Figure;
use crate::lexicon::Part;
use crate::model::Shape;

use super::scene::Scene;
use super::what::Moved;

/// Whether what changed is a plain thing (costs, orders, jobs), not a security,
/// an index, a group of companies or a company.
pub(super) fn plain_thing(scene: &Scene<'_>, figure: &Figure, moved: Option<Moved>) -> bool {
    let Some((_, (first, end))) = moved.filter(|(_, w)| w.1 <= figure.first) else { return false };
    if object(scene, first, end, figure) {
        return true;
    }
    let noun = scene.moves.iter().any(|m| m.first == first && m.part == Part::Noun);
    !noun && subject_head(scene, verb_before(scene, first)).is_some_and(|head| is_plain(scene, head))
}

/// The finite verb that leads up to the words of movement: "is down 7%" → "is".
fn verb_before(scene: &Scene<'_>, at: usize) -> usize {
    let mut verb = at;
    while verb > scene.sentence.first
        && (scene.is_verb(verb - 1)
            || scene.view.is_one_of(verb - 1, ADVERBS)
            || scene.view.is_one_of(verb - 1, &["be", "been", "being", "to", "not"])
            || scene.view.word(verb - 1).len() > 5 && scene.view.word(verb - 1).ends_with("ing"))
    {
        verb -= 1;
    }
    verb
}

/// The head of the noun phrase in front of a verb, over what hangs on it:
/// "order volume in Europe" → "volume".
fn subject_head(scene: &Scene<'_>, verb: usize) -> Option<usize> {
    let view = scene.view;
    let clause = scene.clause(verb);
    let from = scene.clauses.list.get(clause)?.first;
    let mut head = None;
    let mut words = 0;
    for at in (from..verb).rev().filter(|i| scene.clause(*i) == clause) {
        if scene.times.iter().any(|t| t.first <= at && at < t.end) {
            continue;
        }
        let inner = view.is_one_of(at, &["-", "&", "'s", "/", "the", "a", "an", "its", "their"]);
        if view.is_one_of(at, PREPOSITIONS) {
            // What stands in front of the preposition carries the phrase.
            head = None;
        } else if view.is_word(at) && !view.is_one_of(at, STOPS) && !scene.is_verb(at) {
            head = head.or(Some(at));
        } else if !inner && !scene.in_figure(at) {
            break;
        }
        words += 1;
        if words > 12 {
            break;
        }
    }
    head
}

/// "raised its prices by 8%", "reduce costs 25%": the change is the object's.
fn object(scene: &Scene<'_>, first: usize, end: usize, figure: &Figure) -> bool {
    let view = scene.view;
    let verb = scene.moves.iter().any(|m| m.first == first && m.part == Part::Verb);
    if !verb || !view.is_one_of(first, TRANSITIVE) {
        return false;
    }
    let mut until = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    if until > end && view.is(until - 1, "by") {
        until -= 1;
    }
    let Some(last) = until.checked_sub(1).filter(|l| *l >= end && *l - end <= 5) else { return false };
    let timed = scene.times.iter().any(|t| t.first <= last && last < t.end);
    let broken = (end..=last).any(|i| {
        view.is_one_of(i, STOPS)
            || view.is_one_of(i, PREPOSITIONS)
            || !view.is_word(i) && !view.is_one_of(i, &["-", "'s"])
    });
    !timed && !broken && is_plain(scene, last) && !view.is_one_of(last, ADVERBS)
}

/// Whether a noun is neither a name nor something that is traded or listed.
fn is_plain(scene: &Scene<'_>, at: usize) -> bool {
    let view = scene.view;
    let word = view.word(at);
    // "the brewer", "chipmakers": who does something is a company.
    let agent = word.len() > 4
        && ["er", "ers", "or", "ors"].iter().any(|e| word.ends_with(e))
        && !view.is_one_of(at, NO_AGENTS);
    let lower = view.shape(at) == Shape::Lower && !word.ends_with("ly");
    let measured = scene.metrics.iter().any(|m| m.first <= at && at < m.end);
    lower
        && !agent
        && !measured
        && scene.name_at(at).is_none()
        && !scene.is_verb(at)
        && !view.is_one_of(at, TRADED)
        && !view.is_one_of(at, ADVERBS)
}

const PREPOSITIONS: &[&str] = &["of", "in", "on", "at", "for", "from", "to", "with", "by", "across", "within"];

const STOPS: &[&str] = &[
    "as",
    "that",
    "which",
    "who",
    "since",
    "after",
    "over",
    "during",
    "than",
    "like",
    "including",
    "such",
    "amid",
    "between",
    "into",
    "per",
    "and",
    "or",
    "but",
    "while",
    "when",
    "if",
    "although",
    "though",
    "because",
    "why",
    "how",
    "where",
    "until",
    "before",
    "not",
    "so",
];

const ADVERBS: &[&str] = &[
    "also", "already", "now", "then", "still", "even", "only", "just", "once", "again", "later", "recently", "too",
    "much", "more", "further", "nearly", "almost", "about", "roughly", "another", "each", "all", "both", "overall",
    "alone", "together", "combined", "instead", "first", "last", "so", "far", "ever", "never", "soon", "well", "today",
];

/// Verbs that change something else than themselves.
const TRANSITIVE: &[&str] = &[
    "raised",
    "raise",
    "raises",
    "cut",
    "cuts",
    "cutting",
    "reduce",
    "reduced",
    "reduces",
    "reducing",
    "lowered",
    "lower",
    "lowers",
    "increased",
    "increase",
    "increases",
    "boosted",
    "boost",
    "boosts",
    "lifted",
    "lifts",
    "hiked",
    "trimmed",
    "trim",
    "trims",
    "slashed",
    "slash",
    "slashes",
    "expanded",
    "expand",
    "expands",
    "improved",
    "improve",
    "improves",
    "bumped",
    "shrank",
    "shrink",
    "halved",
    "grew",
    "grow",
    "grown",
];

/// Words in -er and -or that do nothing.
const NO_AGENTS: &[&str] = &[
    "number",
    "numbers",
    "order",
    "orders",
    "power",
    "offer",
    "offers",
    "paper",
    "papers",
    "water",
    "tower",
    "towers",
    "labor",
    "chapter",
    "quarter",
    "quarters",
    "letter",
    "letters",
    "member",
    "members",
    "matter",
    "error",
    "errors",
    "floor",
    "floors",
    "factor",
    "factors",
    "semiconductor",
    "layer",
    "layers",
    "timber",
    "copper",
    "rubber",
    "silver",
    "server",
    "servers",
    "transfer",
    "transfers",
    "turnover",
    "container",
    "containers",
    "computer",
    "computers",
    "cover",
    "fever",
    "filter",
    "color",
    "motor",
    "motors",
    "reactor",
    "transformer",
    "transformers",
    "sector",
    "customer",
    "customers",
    "subscriber",
    "subscribers",
    "worker",
    "workers",
    "user",
    "users",
    "visitors",
    "visitor",
    "consumer",
    "consumers",
    "either",
    "other",
    "others",
    "whether",
    "former",
    "latter",
];

/// Nouns of what is traded, listed, or stands for companies.
const TRADED: &[&str] = &[
    "shares",
    "share",
    "stock",
    "stocks",
    "price",
    "prices",
    "index",
    "indexes",
    "indices",
    "benchmark",
    "benchmarks",
    "gauge",
    "gauges",
    "average",
    "averages",
    "futures",
    "contract",
    "contracts",
    "company",
    "companies",
    "firm",
    "firms",
    "name",
    "names",
    "giant",
    "giants",
    "bank",
    "banks",
    "airline",
    "airlines",
    "group",
    "groups",
    "sector",
    "sectors",
    "industry",
    "industries",
    "fund",
    "funds",
    "etf",
    "etfs",
    "market",
    "markets",
    "equities",
    "equity",
    "cap",
    "caps",
    "coin",
    "coins",
    "token",
    "tokens",
    "cryptocurrency",
    "cryptocurrencies",
    "crypto",
    "currency",
    "currencies",
    "metal",
    "metals",
    "commodity",
    "commodities",
    "crude",
    "oil",
    "gold",
    "silver",
    "copper",
    "gas",
    "securities",
    "bond",
    "bonds",
    "note",
    "notes",
    "one",
    "ones",
    "it",
    "they",
    "both",
    "each",
    "all",
    "others",
    "other",
    "latter",
    "former",
    "peers",
    "peer",
    "constituents",
    "members",
    "seven",
    "four",
    "five",
    "ten",
    "portfolio",
    "portfolios",
    "position",
    "holdings",
    "holding",
    "basket",
    "trade",
    "complex",
    "space",
    "cohort",
    "tech",
    "technology",
    "titan",
    "titans",
    "heavyweight",
    "heavyweights",
    "startup",
    "startups",
    "conglomerate",
    "utilities",
    "staples",
    "discretionary",
    "energy",
    "materials",
    "industrials",
    "financials",
    "healthcare",
    "semiconductors",
    "semiconductor",
    "software",
    "chips",
    "chip",
    "hyperscalers",
    "small",
    "large",
    "growth",
    "value",
    "momentum",
    "assets",
    "asset",
    "debt",
    "dollar",
    "euro",
    "yen",
    "pound",
    "peso",
    "yuan",
    "franc",
    "ruble",
    "rupee",
    "investment",
    "investments",
    "issue",
    "issues",
    "business",
    "brand",
    "chain",
    "chains",
    "franchise",
    "stake",
    "units",
    "unit",
    "plays",
    "play",
    "laggards",
    "rest",
    "half",
    "top",
    "bottom",
    "he",
    "she",
    "this",
    "that",
    "these",
    "those",
    "which",
    "who",
    "we",
    "rally",
    "selloff",
    "sell",
    "off",
    "run",
    "losses",
    "gains",
    "session",
    "day",
    "week",
    "month",
    "year",
    "bitcoin",
    "ether",
    "treasury",
    "treasuries",
    "yields",
    "weighted",
    "equal",
    "complexes",
    "corporation",
    "pair",
    "duo",
    "trio",
    "quartet",
    "club",
    "darling",
    "darlings",
    "favorite",
    "favorites",
    "favourites",
    "composite",
    "tape",
    "complex",
    "winner",
    "leader",
    "leaders",
    "list",
    "listing",
    "security",
    "utility",
];
