//! Subjects from what was said before: pronouns, descriptions, headings, the
//! company a document is about.

use crate::extract::figure::Figure;
use crate::extract::words::Words;
use crate::model::{EntityType, Kind, Metric, Role, SentenceKind};

use super::bound::Bound;
use super::head::is_agent;
use super::memory::Memory;
use super::resolve::is_plural;
use super::scene::{Scene, Shared};
use super::subject::{joined, usable};

/// The list that the first name of a sentence stands in.
pub(crate) fn leading(scene: &Scene<'_>, place: usize) -> Vec<usize> {
    let mut out = vec![place];
    let mut at = place;
    while at + 1 < scene.names.len() && joined(scene, at, at + 1) && usable(&scene.names[at + 1]) {
        out.push(at + 1);
        at += 1;
    }
    out
}

/// Subjects from what was said before: the figure before in the sentence, a
/// pronoun or description, the heading, the statement before.
pub(crate) fn carried(
    scene: &Scene<'_>,
    figure: &Figure,
    before: &[Bound],
    memory: &Memory,
) -> Option<(Vec<Shared>, &'static str)> {
    let view = scene.view;
    let paragraph = scene.sentence.paragraph;
    let (first, end) = (scene.sentence.first, figure.first);
    let has = |words: Words| view.any_word(first, end, words);
    // "Samsung lost 8.5% and SK Hynix 11%, wiping 95 trillion won off their combined value"
    let theirs = (first..(figure.end + 4).min(scene.sentence.end))
        .any(|i| view.is(i, "their") && view.is_one_of(i + 1, &["combined", "collective", "joint", "total"]));
    if theirs {
        let mut all: Vec<Shared> = Vec::new();
        for bound in before {
            all.extend(bound.subjects.iter().filter(|s| !all.contains(s)).cloned().collect::<Vec<_>>());
        }
        if all.len() > 1 {
            return Some((all, "subject.anaphora"));
        }
    }
    if let Some(previous) = before.last().filter(|b| !b.subjects.is_empty()) {
        return Some((previous.subjects.clone(), "subject.figure_before"));
    }
    if has(&["index", "benchmark", "gauge"])
        && !scene.names.iter().any(usable)
        && let Some(index) = memory.index()
    {
        return Some((vec![index.clone()], "subject.anaphora"));
    }
    // "these totals" are figures, "these companies" subjects.
    let these = (first..end).any(|i| {
        view.is_one_of(i, &["these", "those"])
            && view.any_word(
                i + 1,
                i + 4,
                &[
                    "companies",
                    "stocks",
                    "firms",
                    "names",
                    "shares",
                    "giants",
                    "groups",
                    "tech",
                    "four",
                    "five",
                    "three",
                    "seven",
                    "banks",
                    "chipmakers",
                    "funds",
                    "hyperscalers",
                    "retailers",
                ],
            )
    });
    // "92% of the group's cash flow", "at the four companies"
    let whole = |from: usize, to: usize| {
        (from..to).any(|i| {
            view.is(i, "all") && view.is_one_of(i + 1, &["three", "four", "five", "six", "seven"])
                || view.is(i, "the")
                    && (view.is(i + 1, "group")
                        || view.is_one_of(i + 1, &["two", "three", "four", "five", "six", "seven", "big", "other"])
                            && view.is_one_of(i + 2, &["companies", "firms", "stocks", "giants", "banks", "retailers"])
                        || view.is_one_of(i + 1, &["two", "three", "four", "five", "six", "seven"])
                            && (scene.is_verb(i + 2)
                                || view.is_one_of(i + 2, &["of", "could", "together", "'s", ",", "now"]))
                        || view.is_one_of(i + 1, &["pair", "duo", "trio", "quartet"]))
        })
    };
    // "the four companies" are four: a list of two is not them.
    let number = (first..end).find_map(|i| {
        let n = ["two", "three", "four", "five", "six", "seven"].iter().position(|w| view.is(i, w))?;
        (view.is(i.wrapping_sub(1), "the") || view.is(i.wrapping_sub(1), "all")).then_some(n + 2)
    });
    let fits = |group: &[Shared]| number.is_none_or(|n| group.len() == n || group.len() == 1);
    if (whole(first, end) || view.is(figure.end, "of") && whole(figure.end + 1, figure.end + 2))
        && let Some(group) = memory.group().filter(|g| fits(g))
    {
        return Some((group.to_vec(), "subject.anaphora"));
    }
    // "The latter is hardly stretched": one of the two named before.
    if let Some(at) = (first..(end + 6).min(scene.sentence.end))
        .find(|i| view.is_one_of(*i, &["latter", "former"]) && view.is(i.wrapping_sub(1), "the"))
        && let Some((former, latter)) = memory.two()
    {
        let one = if view.is(at, "latter") { latter } else { former };
        return Some((vec![one.clone()], "subject.anaphora"));
    }
    if these || has(&["they", "both", "their", "group"]) {
        if let Some(last) = memory.last(paragraph).filter(|l| is_plural(l)) {
            return Some((last.to_vec(), "subject.anaphora"));
        }
        if let Some(group) = memory.group().filter(|_| these || has(&["both"])) {
            return Some((group.to_vec(), "subject.anaphora"));
        }
        if let Some(last) = memory.last(paragraph).filter(|_| has(&["they"]) && !scene.names.iter().any(usable)) {
            return Some((last.to_vec(), "subject.anaphora"));
        }
    }
    // "When Meta warned of higher outlays, the stock lost 11%": the one company named before.
    let clause = scene.clauses.list.get(scene.clause(end)).map_or(first, |c| c.first);
    let stock = (clause..(clause + 4).min(end))
        .any(|i| view.is_one_of(i, &["the", "its"]) && view.is_one_of(i + 1, &["stock", "shares", "company"]));
    if stock {
        let mut named =
            scene.names.iter().filter(|n| usable(n) && n.end <= clause && n.subject.kind == EntityType::Company);
        if let (Some(one), None) = (named.next(), named.next()) {
            return Some((vec![one.subject.clone()], "subject.anaphora"));
        }
    }
    let descriptions = &[
        "company",
        "stock",
        "shares",
        "firm",
        "chipmaker",
        "giant",
        "maker",
        "retailer",
        "fund",
        "we",
        "our",
        "automaker",
        "business",
        "designer",
        "titan",
        "heavyweight",
        "lender",
        "parent",
        "group",
        "leader",
        "manufacturer",
        "drugmaker",
        "developer",
        "provider",
    ];
    // "The carrier now expects", "the online brokerage soared"
    let clause_first = scene.clauses.list.get(scene.clause(end)).map_or(first, |c| c.first);
    let described = view.is(clause_first, "the")
        && (clause_first + 1..(clause_first + 5).min(end))
            .take_while(|i| view.is_word(*i) && !scene.is_verb(*i) || view.is(*i, "-"))
            .any(|i| {
                view.shape(i) == crate::model::Shape::Lower
                    && (is_agent(scene, i) && !view.word(i).ends_with('s')
                        || view.is_one_of(
                            i,
                            &[
                                "brokerage",
                                "platform",
                                "conglomerate",
                                "startup",
                                "airline",
                                "bank",
                                "chain",
                                "utility",
                            ],
                        ))
                    && (scene.is_verb(i + 1)
                        || scene.moves.iter().any(|m| m.first == i + 1)
                        || view.is_one_of(i + 1, &["now", "also", "'s", "has"]))
            });
    // "Shares of Chase fell": a name that is not known is nobody known.
    let unknown = (first..end).any(|i| {
        view.is_one_of(i, &["shares", "stock"])
            && view.is(i + 1, "of")
            && view.shape(i + 2) != crate::model::Shape::Lower
            && scene.name_at(i + 2).is_none()
    });
    if unknown {
        return None;
    }
    // "we", "our": who publishes the text speaks.
    if has(&["we", "our", "us"])
        && !quoted(scene)
        && let Some(main) = memory.main()
    {
        return Some((vec![main.clone()], "subject.main"));
    }
    // "The stock climbed 6.8%" in a text about one company is that company's.
    let its_stock = view.is_one_of(first, &["the", "its"]) && view.is_one_of(first + 1, &["stock", "shares"]);
    if its_stock && let Some(main) = memory.main() {
        return Some((vec![main.clone()], "subject.main"));
    }
    if has(&["it", "its"]) || has(descriptions) || described {
        let last = memory.last(paragraph).filter(|l| {
            l.len() == 1
                && matches!(l[0].kind, EntityType::Company | EntityType::Etf | EntityType::Crypto | EntityType::Index)
        });
        if let Some(last) = last {
            return Some((last.to_vec(), "subject.anaphora"));
        }
        if has(descriptions)
            && let Some(company) = memory.company()
        {
            return Some((vec![company.clone()], "subject.anaphora"));
        }
    }
    if !memory.heading_names().is_empty()
        && memory.heading_names().len() <= 2
        && scene.sentence.kind == SentenceKind::Row
    {
        return Some((memory.heading_names().to_vec(), "subject.heading"));
    }
    let free = !matches!(scene.sentence.kind, SentenceKind::Heading | SentenceKind::Row)
        && !scene.names.iter().any(usable)
        && !view.any_word(first, first + 2, &["if", "were", "should"])
        && opens_with_figure(scene, figure);
    // A group that was only described ("the market") is not what the next sentence is about.
    let named = |s: &Shared| {
        s.kind != EntityType::Group
            || s.ticker.is_some()
            || s.canonical != s.name
            || s.name.starts_with(char::is_uppercase)
    };
    if free && let Some(last) = memory.last(paragraph).filter(|l| l.iter().any(named)) {
        return Some((last.to_vec(), "subject.carried"));
    }
    let bare = !scene.names.iter().any(usable) && scene.sentence.kind == SentenceKind::Bullet;
    if bare || free {
        return memory.main().map(|main| (vec![main.clone()], "subject.main"));
    }
    None
}

/// Whether the sentence holds somebody's words in quotation marks.
fn quoted(scene: &Scene<'_>) -> bool {
    (scene.sentence.first..scene.sentence.end).any(|i| scene.view.is_one_of(i, &["\"", "“", "”"]))
}

/// Whether the sentence has no other subject: the figure, a metric, or a time
/// stands before its first verb.
fn opens_with_figure(scene: &Scene<'_>, figure: &Figure) -> bool {
    let view = scene.view;
    let verb = (scene.sentence.first..scene.sentence.end).find(|i| scene.is_verb(*i)).unwrap_or(scene.sentence.end);
    let metric = scene.metrics.iter().any(|m| m.end <= verb);
    let others = view.any_word(
        scene.sentence.first,
        verb,
        &[
            "investors",
            "analysts",
            "consumers",
            "economists",
            "traders",
            "strategists",
            "government",
            "officials",
            "customers",
            "competitors",
            "rivals",
        ],
    );
    !others && (figure.end <= verb || metric)
}

/// Where nothing in the sentence names a subject: the company the document is
/// about, for what only a company has.
pub(crate) fn fallback(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &Bound,
    memory: &Memory,
) -> Option<(Vec<Shared>, &'static str)> {
    let phrase =
        bound.evidence.iter().any(|e| matches!(e.rule.as_ref(), "metric.of" | "metric.follows" | "metric.near"));
    let companys = bound.metric.is_some_and(|m| {
        is_companys(m) || phrase && matches!(m, Metric::Other | Metric::Spending | Metric::InterestExpense)
    });
    if bound.metric == Some(Metric::PriceTarget) {
        let rated = scene.names.iter().any(|n| usable(n) && !n.broker && n.subject.kind == EntityType::Company);
        return memory.company().filter(|_| !rated).map(|c| (vec![c.clone()], "subject.anaphora"));
    }
    let main = memory.main()?;
    let other = scene.names.iter().any(|n| {
        usable(n)
            && n.first < figure.first
            && n.subject.kind == EntityType::Company
            && n.subject.canonical != main.canonical
    });
    if !companys && !plainly_its(scene, figure, bound, memory, main) || other {
        return None;
    }
    memory.main().map(|main| (vec![main.clone()], "subject.main"))
}

/// "Deposits stood at $1.34 trillion" in the middle of a company's results: nobody
/// else is spoken of, and the statement before was about the company too.
fn plainly_its(scene: &Scene<'_>, figure: &Figure, bound: &Bound, memory: &Memory, main: &Shared) -> bool {
    let metric = matches!(
        bound.metric,
        Some(Metric::Other | Metric::Spending | Metric::DebtIssuance | Metric::UnitsOrCapacity) | None
    );
    let sum = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v >= 1e5)
        || figure.kind == Kind::Count && bound.metric == Some(Metric::UnitsOrCapacity)
        || figure.kind == Kind::Percent
            && (bound.role == Role::Change || scene.view.any_word(scene.sentence.first, figure.first, &["ratio"]));
    let alone = !scene
        .names
        .iter()
        .any(|n| n.subject.canonical != main.canonical && !n.source && n.subject.kind != EntityType::Commodity);
    // A blank line counts as a paragraph of its own.
    let near = memory
        .last(scene.sentence.paragraph.saturating_sub(1))
        .is_some_and(|last| last.len() == 1 && last[0].canonical == main.canonical);
    let others = scene.view.any_word(
        scene.sentence.first,
        scene.sentence.end,
        &[
            "market",
            "markets",
            "industry",
            "sector",
            "global",
            "worldwide",
            "analysts",
            "investors",
            "economists",
            "consumers",
            "rivals",
            "competitors",
            "customers",
            "americans",
            "peers",
            "world",
            "everyone",
            "i",
            "you",
            "he",
            "she",
            "government",
            "economy",
            "americas",
        ],
    );
    metric && sum && alone && near && !others && !quoted(scene)
}

/// Measures that only a company has.
pub(super) fn is_companys(metric: Metric) -> bool {
    use Metric::{
        Backlog, Buybacks, Capex, Dividend, EarningsPerShare, FreeCashFlow, Guidance, Margin, NetIncome, Revenue,
    };
    matches!(
        metric,
        Backlog
            | Buybacks
            | Capex
            | Dividend
            | EarningsPerShare
            | FreeCashFlow
            | Guidance
            | Margin
            | NetIncome
            | Revenue
    )
}
