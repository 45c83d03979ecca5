//! Money that flows in and out of funds: "value funds took in $3.9 billion",
//! "investors pulled $2.6 billion from technology funds".

use crate::extract::figure::Figure;
use crate::extract::words::Words;
use crate::model::{Direction, EntityType, Kind, Metric};

use super::bound::Bound;
use super::described::subject;
use super::memory::Memory;
use super::scene::Scene;

const FUNDS: &[&str] = &["funds", "fund", "etfs", "etf"];

/// What else money is moved into or out of.
const HELD: &[&str] =
    &["funds", "fund", "etfs", "etf", "stocks", "equities", "shares", "bonds", "treasuries", "credit", "bills"];

/// Verbs by which funds themselves gain or lose money.
const GAIN: &[&str] = &[
    "took",
    "take",
    "takes",
    "attracted",
    "attract",
    "drew",
    "gathered",
    "raked",
    "pulled",
    "saw",
    "hauled",
    "received",
    "absorbed",
    "absorbing",
    "soaked",
    "sucked",
    "hoovered",
    "lured",
    "added",
    "collected",
    "amassed",
    "garnered",
];
const LOSE: &[&str] = &["losing", "lost", "shed", "bled", "suffered", "saw"];
/// Verbs by which somebody puts money in or takes it out.
const PUT: &[&str] = &[
    "put",
    "poured",
    "plowed",
    "ploughed",
    "added",
    "moved",
    "shoveled",
    "funneled",
    "steered",
    "pumped",
    "parked",
    "stashed",
    "shifted",
    "shift",
    "move",
    "channeled",
    "channelled",
    "directed",
    "pour",
    "park",
    "put",
    "pouring",
    "parking",
    "sank",
    "stuffed",
    "piled",
];
const TAKE: &[&str] =
    &["pulled", "yanked", "withdrew", "withdrawn", "pulling", "withdrawing", "redeemed", "moved", "took"];

/// Binds a flow: metric, direction, and the funds as subject.
pub(super) fn flow(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money {
        return false;
    }
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let clause = scene.clause(figure.first);
    let from = scene.clauses.list.get(clause).map_or(scene.sentence.first, |c| c.first);
    let verb = |words: Words| (lead.saturating_sub(4).max(from)..lead).rev().find(|i| view.is_one_of(*i, words));
    // "… into technology funds", "… from value ETFs"
    let behind = |words: Words| -> Option<(usize, usize)> {
        // Over a conversion in brackets: "Rs 85,790 crore (about $10.2 billion) from Indian equities"
        let mut end = figure.end;
        if view.is(end, "(") {
            end = (end..(end + 8).min(scene.sentence.end)).find(|i| view.is(*i, ")")).map_or(end, |c| c + 1);
        }
        let at = (end..end + 3)
            .find(|i| view.is_one_of(*i, words))
            .or_else(|| (end..end + 5).find(|i| words.contains(&"into") && view.is(*i, "into")))?;
        let head = (at + 1..(at + 8).min(scene.sentence.end))
            .take_while(|i| view.is_word(*i) || view.is_one_of(*i, &["-", "&", "."]))
            .find(|i| {
                view.is_one_of(*i, FUNDS) || view.is_one_of(at, &["into", "from", "out"]) && view.is_one_of(*i, HELD)
            })?;
        let mut first = at + 1;
        while view.is_one_of(first, &["the", "of", "its", "their"]) {
            first += 1;
        }
        Some((first, head + 1))
    };
    // "U.S. value funds took in …"
    let before = |verb: usize| -> Option<(usize, usize)> {
        // "technology funds, which lost $4.4 billion"
        let which = verb >= 3 && view.is(verb - 1, "which") && view.is(verb - 2, ",");
        let (from, verb) = if which { (scene.sentence.first, verb - 2) } else { (from, verb) };
        // "value funds also took in"; a fund manager is no fund.
        const BETWEEN: &[&str] =
            &[",", "also", "alone", "together", "still", "again", "meanwhile", "have", "has", "had", "now"];
        let head = (from..verb).rev().find(|i| !view.is_one_of(*i, BETWEEN)).filter(|i| view.is_one_of(*i, FUNDS))?;
        let mut first = head;
        while first > from
            && head - first < 5
            && (view.is_word(first - 1) || view.is_one_of(first - 1, &["-", "."]))
            && !view.is_one_of(first - 1, &["the", "and", "that", "while", "but", "as", "of", "in", "into", "from"])
        {
            first -= 1;
        }
        Some((first, head + 1))
    };
    let found = verb(PUT)
        .zip(behind(&["into", "in", "to"]))
        .map(|(at, funds)| (at, funds, Direction::Up))
        .or_else(|| verb(TAKE).zip(behind(&["from", "out"])).map(|(at, funds)| (at, funds, Direction::Down)))
        .or_else(|| verb(GAIN).and_then(|at| before(at).map(|funds| (at, funds, Direction::Up))))
        .or_else(|| verb(LOSE).and_then(|at| before(at).map(|funds| (at, funds, Direction::Down))));
    let found = found.or_else(|| gone(scene, figure)).or_else(|| by_noun(scene, figure, from));
    let Some((at, (first, end), direction)) = found else { return of_sector(scene, bound, lead, from) };
    // "saw outflows of $2 billion" says which way by its noun.
    let out = view.any_word(at, figure.end + 3, &["outflow", "outflows", "redemptions", "withdrawals"])
        || view.is(at, "saw")
            && view.is_one_of(
                figure.end,
                &["walk", "flow", "pour", "leave", "flee", "exit", "drain", "pulled", "withdrawn"],
            )
            && !view.is_one_of(figure.end + 1, &["in", "into"]);
    bound.metric = Some(Metric::FundFlow);
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.flow", Some(view.span(at, at + 1)));
    bound.direction = if out { Direction::Down } else { direction };
    bound.because("direction", "direction.flow", Some(view.span(at, at + 1)));
    let named = scene.names.iter().any(|n| {
        n.subject.kind == EntityType::Etf && bound.subjects.iter().any(|s| s.canonical == n.subject.canonical)
    });
    let behind_it = scene.names.iter().find(|n| n.first == first && n.subject.kind == EntityType::Etf);
    if let Some(name) = behind_it.filter(|n| n.first >= figure.end) {
        bound.subjects = vec![name.subject.clone()];
        bound.because("subjects", "subject.flow", Some(view.span(name.first, name.end)));
    } else if !named {
        bound.subjects = vec![subject(scene, first, end, EntityType::Group)];
        bound.because("subjects", "subject.flow", Some(view.span(first, end)));
    }
    true
}

/// "That makes $231 billion in five weeks", "lifts their haul to $82.5 billion":
/// the sum of the flows just spoken of.
pub(super) fn flow_goes_on(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &mut Bound,
    before: &[Bound],
    memory: &Memory,
) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money || !before.is_empty() || figure.lo.is_none_or(|v| v < 1e5) {
        return false;
    }
    let Some(previous) = memory.previous().iter().rev().find(|b| b.metric == Some(Metric::FundFlow)) else {
        return false;
    };
    let first = scene.sentence.first;
    let sum =
        (first..figure.first).find(|i| view.is_one_of(*i, &["haul", "tally", "total", "intake", "sum", "streak"]));
    let that = view.is_one_of(first, &["that", "this", "it", "which"])
        && view.is_one_of(first + 1, &["makes", "made", "brings", "brought", "lifts", "lifted", "takes", "took"]);
    if !(that || sum.is_some()) || !scene.metrics.is_empty() || scene.names.iter().any(|n| n.subject.ticker.is_some()) {
        return false;
    }
    let at = sum.unwrap_or(first);
    bound.metric = Some(Metric::FundFlow);
    bound.because("metric", "metric.flow_goes_on", Some(view.span(at, at + 1)));
    bound.direction = previous.direction;
    bound.because("direction", "direction.flow_before", None);
    bound.subjects = previous.subjects.clone();
    bound.because("subjects", "subject.anaphora", None);
    true
}

/// Verbs of those who hold securities.
const SOLD: &[&str] = &["sold", "dumped", "offloaded", "unloaded", "selling", "dumping", "unloading", "offloading"];
const BOUGHT: &[&str] = &["bought", "purchased", "buying", "purchasing"];

/// "Overseas investors sold a net 3.2 trillion won of South Korean shares": what
/// was sold or bought, by whoever holds it.
pub(super) fn traded_by(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money || figure.lo.is_none_or(|v| v < 1e6) {
        return false;
    }
    let first = scene.sentence.first;
    let mut lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    while lead > first && view.is_one_of(lead - 1, &["a", "net", "an", "another"]) {
        lead -= 1;
    }
    const WHO: &[&str] = &[
        "investors",
        "foreigners",
        "funds",
        "institutions",
        "households",
        "traders",
        "they",
        "managers",
        "clients",
        "individuals",
    ];
    // "bought shares worth Rs 57,724 crore"
    let worth = view.is(lead.wrapping_sub(1), "worth")
        && view.is_one_of(lead.wrapping_sub(2), &["shares", "stocks", "stock", "equities", "bonds"]);
    let bought = if worth { lead.saturating_sub(2) } else { lead };
    let Some(verb) = bought.checked_sub(1).filter(|v| {
        (view.is_one_of(*v, SOLD) || view.is_one_of(*v, BOUGHT)) && (first..*v).any(|i| view.is_one_of(i, WHO))
    }) else {
        return false;
    };
    // Over a conversion in brackets: "3.2 trillion won ($2.3 billion) of …"
    let mut at = figure.end;
    if view.is(at, "(") {
        at = (at..(at + 8).min(scene.sentence.end)).find(|i| view.is(*i, ")")).map_or(at, |c| c + 1);
    }
    while view.is_one_of(at, &["'s", "'", "worth"]) {
        at += 1;
    }
    if !worth && !view.is_one_of(at, &["of", "in"]) {
        return false;
    }
    let begin = if worth { bought } else { at + 1 };
    let Some(head) = (begin..(begin + 5).min(scene.sentence.end))
        .take_while(|i| view.is_word(*i) || view.is_one_of(*i, &["-", ".", "&"]))
        .find(|i| view.is_one_of(*i, HELD) || view.is(*i, "stock"))
    else {
        return false;
    };
    let out = view.is_one_of(verb, SOLD);
    bound.metric = Some(Metric::FundFlow);
    bound.metric_text = Some(view.surface(verb, verb + 1).to_string());
    bound.because("metric", "metric.flow", Some(view.span(verb, verb + 1)));
    bound.direction = if out { Direction::Down } else { Direction::Up };
    bound.because("direction", "direction.flow", Some(view.span(verb, verb + 1)));
    bound.subjects = vec![subject(scene, begin, head + 1, EntityType::Group)];
    bound.because("subjects", "subject.flow", Some(view.span(begin, head + 1)));
    true
}

/// An exchange-traded fund gains or loses millions by what is put into it.
fn fund_alone(bound: &Bound, value: Option<f64>) -> bool {
    !bound.subjects.is_empty()
        && bound.subjects.iter().all(|s| s.kind == EntityType::Etf)
        && value.is_some_and(|v| v >= 1e6)
}

/// "$4.4 billion came out of the Invesco QQQ Trust": the sum itself moves.
fn gone(scene: &Scene<'_>, figure: &Figure) -> Option<(usize, (usize, usize), Direction)> {
    const WENT: &[&str] = &[
        "came", "went", "flowed", "poured", "moved", "drained", "left", "flooded", "streamed", "flew", "leaked",
        "leaving", "exiting", "coming", "going", "flowing", "pouring", "moving",
    ];
    let view = scene.view;
    let at = (figure.end..figure.end + 3).find(|i| view.is_one_of(*i, WENT))?;
    let out = view.is_one_of(at, &["left", "leaving", "exiting"]) || view.is_one_of(at + 1, &["out", "from"]);
    let into = view.is_one_of(at + 1, &["into", "to"]);
    let mut first = at + 1;
    while view.is_one_of(first, &["out", "of", "from", "into", "to", "the"]) {
        first += 1;
    }
    if !(out || into) {
        return None;
    }
    let name = scene.names.iter().find(|n| {
        n.first == first && matches!(n.subject.kind, EntityType::Etf | EntityType::Group | EntityType::Sector)
    });
    let end = name.map(|n| n.end).or_else(|| {
        (first..(first + 6).min(scene.sentence.end))
            .take_while(|i| view.is_word(*i) || view.is(*i, "-"))
            .find(|i| view.is_one_of(*i, HELD))
            .map(|i| i + 1)
    })?;
    Some((at, (first, end), if out { Direction::Down } else { Direction::Up }))
}

/// "$27 billion of inflows into small-cap funds", "Sector funds bucked the trend
/// with $1.46 billion of inflows": the noun says which way.
fn by_noun(scene: &Scene<'_>, figure: &Figure, from: usize) -> Option<(usize, (usize, usize), Direction)> {
    let view = scene.view;
    let at = figure.end + usize::from(view.is(figure.end, "of"));
    let at = at + usize::from(view.is_one_of(at, &["net", "fresh", "new"]));
    let way = match view.lower(at) {
        b"inflows" | b"inflow" => Direction::Up,
        b"outflows" | b"outflow" | b"redemptions" => Direction::Down,
        _ => return None,
    };
    let words = |first: usize, end: usize| {
        (first..end)
            .take_while(|i| view.is_word(*i) && !scene.is_verb(*i) || view.is_one_of(*i, &["-", "&", "."]))
            .find(|i| view.is_one_of(*i, FUNDS))
            .map(|head| (first, head + 1))
    };
    let into = view.is_one_of(at + 1, &["into", "from", "to", "in", "for"]);
    let behind = into.then(|| words(at + 2 + usize::from(view.is(at + 2, "the")), (at + 9).min(scene.sentence.end)));
    let phrase = behind.flatten().or_else(|| words(from, figure.first))?;
    Some((at, phrase, way))
}

/// "Among sector funds, technology shed $2.8 billion", "large-cap funds bore the
/// brunt, with net sales of $7.3 billion": funds are spoken of, a sector or a
/// noun says which way.
fn of_sector(scene: &Scene<'_>, bound: &mut Bound, lead: usize, from: usize) -> bool {
    let view = scene.view;
    let first = scene.sentence.first;
    let spoken =
        || view.any_word(first, scene.sentence.end, &["funds", "etfs", "inflows", "outflows", "outflow", "inflow"]);
    let sectors = !bound.subjects.is_empty()
        && bound.subjects.iter().all(|s| matches!(s.kind, EntityType::Sector | EntityType::Group | EntityType::Etf));
    let at = |words: Words| lead.checked_sub(1).filter(|i| *i >= from && view.is_one_of(*i, words));
    let noun = |words: Words| {
        lead >= 3 && view.is(lead - 1, "of") && view.is(lead - 3, "net") && view.is_one_of(lead - 2, words)
    };
    let (place, direction) = if noun(&["sales", "selling", "redemptions", "withdrawals"]) && spoken() {
        (lead - 3, Direction::Down)
    } else if noun(&["purchases", "buying", "subscriptions"]) && spoken() {
        (lead - 3, Direction::Up)
    } else if let Some(at) = at(&["attracted", "gathered", "drew", "received"]).filter(|_| sectors) {
        (at, Direction::Up)
    } else if let Some(at) = fund_alone(bound, scene.figures.iter().find(|f| f.first >= lead).and_then(|f| f.lo))
        .then(|| {
            at(GAIN).or_else(|| {
                lead.checked_sub(2).filter(|i| *i >= from && view.is_one_of(*i, GAIN) && view.is(*i + 1, "in"))
            })
        })
        .flatten()
    {
        (at, Direction::Up)
    } else if let Some(at) =
        fund_alone(bound, scene.figures.iter().find(|f| f.first >= lead).and_then(|f| f.lo)).then(|| at(LOSE)).flatten()
    {
        (at, Direction::Down)
    } else if let Some(at) = at(&["shed", "lost", "bled"]).filter(|_| {
        let assets = bound.subjects.iter().all(|s| s.kind == EntityType::AssetClass) && !bound.subjects.is_empty();
        let outflow = || view.any_word(first, scene.sentence.end, &["outflow", "outflows"]);
        sectors && spoken() || assets && outflow()
    }) {
        (at, Direction::Down)
    } else {
        return false;
    };
    bound.metric = Some(Metric::FundFlow);
    bound.metric_text = Some(view.surface(place, lead).to_string());
    bound.because("metric", "metric.flow", Some(view.span(place, lead)));
    bound.direction = direction;
    bound.because("direction", "direction.flow", Some(view.span(place, lead)));
    true
}
