//! What is measured, and which way: the metric where no phrase beside the
//! figure names it, role and direction.

use crate::extract::figure::{Figure, Form};
use crate::model::{Direction, EntityType, Kind, Metric, Role, SentenceKind};

use super::bound::Bound;
use super::clause::Attach;
use super::memory::Memory;
use super::metric::Chosen;
use super::resolve::{can_move, way};
use super::scene::Scene;

/// A direction and the words (tokens) that give it.
pub(super) type Moved = (Direction, (usize, usize));

/// Sets the metric.
pub(super) fn measure(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, chosen: Option<Chosen>, moved: Option<Moved>, before: &[Bound], memory: &Memory) {
    let found = printed_level(figure, bound)
        || per_share(scene, figure, bound)
        || continued(scene, figure, bound, before)
        || shares_moved(scene, figure, bound, moved)
        || multiple_of(scene, figure, bound)
        || phrase(scene, figure, bound, chosen, moved)
        || column(scene, figure, bound)
        || price(scene, figure, bound)
        || same_statement(scene, figure, bound, before)
        || growth(scene, figure, bound, moved, memory)
        || loss(scene, figure, bound)
        || counted(scene, figure, bound)
        || restated(figure, bound, moved, memory);
    if !found {
        by_subject(figure, bound, moved);
    }
}

/// "to $70 from $73", "from 40% to 39%": both ends measure the same.
fn continued(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    let view = scene.view;
    let at = figure.first.wrapping_sub(1);
    let Some(previous) = before.last() else { return false };
    let earlier = &scene.figures[before.len() - 1];
    let pair = view.is(at, "from") && view.is(earlier.first.wrapping_sub(1), "to") || view.is(at, "to") && view.is(earlier.first.wrapping_sub(1), "from");
    let like = previous.unit == figure.unit || previous.kind == figure.kind;
    if !(pair && like && figure.first - earlier.end <= 3 && previous.metric.is_some_and(|m| m != Metric::Other)) {
        return false;
    }
    bound.metric = previous.metric;
    bound.metric_text = previous.metric_text.clone();
    if bound.subjects.is_empty() {
        bound.subjects = previous.subjects.clone();
    }
    bound.because("metric", "metric.other_end", None);
    true
}

/// "its stock has more than tripled", "shares jumped 10%": the price, whatever
/// else the sentence speaks of.
fn shares_moved(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) -> bool {
    let view = scene.view;
    let verb = match (figure.form, moved) {
        (Form::Multiplier, _) => figure.first,
        (_, Some((_, (first, _)))) if figure.kind == Kind::Percent && first < figure.first => first,
        _ => return false,
    };
    let clause = scene.clause(verb);
    let first = scene.clauses.list.get(clause).map_or(scene.sentence.first, |c| c.first);
    let Some(share) = (first..verb).rev().find(|i| view.is_one_of(*i, &["stock", "shares", "stocks"])) else { return false };
    let other = scene.metrics.iter().any(|m| m.first >= share && m.end <= figure.first) || scene.metrics.iter().any(|m| m.first >= figure.end && m.first - figure.end <= 2 && scene.clause(m.first) == scene.clause(figure.first));
    if other || verb - share > 6 || share > 0 && view.is_one_of(share - 1, &["outstanding", "market", "of", "in"]) && !view.is(share, "shares") {
        return false;
    }
    let kind = bound.subjects.first().map(|s| s.kind);
    bound.metric = Some(match kind {
        Some(EntityType::Sector | EntityType::Group) => Metric::SectorMove,
        _ => Metric::PriceMove,
    });
    bound.metric_text = Some(view.surface(share, share + 1).to_string());
    bound.because("metric", "metric.shares_moved", Some(view.span(share, share + 1)));
    true
}

/// An index or chart level.
fn printed_level(figure: &Figure, bound: &mut Bound) -> bool {
    if !matches!(figure.rule, "figure.index_level" | "figure.chart_level") {
        return false;
    }
    bound.metric = Some(Metric::PriceLevel);
    bound.because("metric", "metric.level", None);
    true
}

/// "$1.46 per diluted share": earnings per share, unless a dividend or a price is spoken of.
fn per_share(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let small = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v < 10_000.0);
    if !small || !view.is_one_of(figure.end, &["per", "a", "each"]) {
        return false;
    }
    let Some(share) = (figure.end + 1..figure.end + 4).find(|i| view.is(*i, "share")) else { return false };
    let (first, end) = (scene.sentence.first, scene.sentence.end);
    let paid = view.any_word(first, figure.first, &["dividend", "dividends", "payout", "distribution", "distributions"]) || view.any_word(share, (share + 4).min(end), &["dividend"]);
    let priced = view.any_word(first, figure.first, &["closed", "traded", "trading", "price", "priced", "offer", "offered", "tender", "acquire", "buy", "bid", "paid", "pay", "sold", "sell", "opened", "target", "shares", "stock"]);
    let earned = view.any_word(first, figure.first, &["earnings", "earned", "profit", "eps", "loss", "income", "net", "lost"]) || !priced;
    let metric = if paid { Metric::Dividend } else if earned { Metric::EarningsPerShare } else { return false };
    bound.metric = Some(metric);
    bound.metric_text = Some(view.surface(figure.end, share + 1).to_string());
    bound.because("metric", "metric.per_share", Some(view.span(figure.end, share + 1)));
    true
}

/// "40 times the consensus earnings", "3 times sales": a valuation.
fn multiple_of(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Multiple || figure.form != Form::Quantity || view.is_one_of(figure.end, &["more", "greater", "higher", "larger", "faster", "that", "what", "as"]) {
        return false;
    }
    let nouns = ["earnings", "sales", "revenue", "ebitda", "book", "profit", "profits", "earning"];
    let Some(at) = (figure.end..(figure.end + 6).min(scene.sentence.end)).take_while(|i| view.is_word(*i) || view.is_one_of(*i, &["-", "'s"]) || view.is_number(*i)).find(|i| view.is_one_of(*i, &nouns)) else { return false };
    bound.metric = Some(Metric::Valuation);
    bound.metric_text = Some(view.surface(figure.end, at + 1).to_string());
    bound.because("metric", "metric.multiple_of", Some(view.span(figure.end, at + 1)));
    true
}

/// A metric phrase near enough.
fn phrase(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, chosen: Option<Chosen>, moved: Option<Moved>) -> bool {
    let Some(chosen) = chosen else { return false };
    // A price move needs no word: a weak, far word does not outrank it.
    let price_subject = bound.subjects.iter().any(|s| !matches!(s.kind, EntityType::Indicator | EntityType::Government));
    if moved.is_some() && figure.kind == Kind::Percent && price_subject && chosen.score < 6.5 && chosen.rule == "metric.near" {
        return false;
    }
    let mut metric = chosen.hit.metric;
    if metric == Metric::Valuation && figure.kind == Kind::Money {
        metric = Metric::MarketCap;
    }
    // Spending on plants, data centres and chips is capital spending.
    let built = scene.view.any_word(scene.sentence.first, scene.sentence.end, &["infrastructure", "datacenters", "servers", "gpus", "fabs", "factories"]) || scene.metrics.iter().any(|m| m.metric == Metric::Capex);
    if metric == Metric::Spending && built && figure.kind == Kind::Money {
        metric = Metric::Capex;
    }
    if metric == Metric::PriceMove && figure.kind == Kind::Money {
        metric = Metric::PriceLevel;
    }
    bound.metric = Some(metric);
    bound.metric_text = Some(scene.view.surface(chosen.hit.first, chosen.hit.end).to_string());
    bound.because("metric", chosen.rule, Some(scene.view.span(chosen.hit.first, chosen.hit.end)));
    true
}

/// The header of the table column, or of the table.
fn column(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    if scene.sentence.kind != SentenceKind::Row {
        return false;
    }
    let column = scene.table.column(scene.view, scene.sentence, figure.first);
    if let Some((metric, first, end)) = column.and_then(|c| c.metric) {
        if scene.view.lexicon.metrics().takes(metric, figure.kind) {
            bound.metric = Some(metric);
            bound.metric_text = Some(scene.view.surface(first, end).to_string());
            bound.because("metric", "metric.column", Some(scene.view.span(first, end)));
            return true;
        }
    }
    false
}

/// A share price, index level or coin price: an amount without magnitude word
/// where something trades, closes, or moves to it.
fn price(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let small = figure.kind == Kind::Money && figure.lo.is_some_and(|v| v < 1_000_000.0) && figure.hi.is_none_or(|v| v < 1_000_000.0);
    let quoted = bound.subjects.iter().any(|s| matches!(s.kind, EntityType::Company | EntityType::Etf | EntityType::Crypto | EntityType::Commodity | EntityType::Index | EntityType::AssetClass | EntityType::Currency));
    if !small || !quoted || view.is_one_of(figure.end, &["a", "per"]) && view.is_one_of(figure.end + 1, &["month", "year", "user", "seat", "hour"]) {
        return false;
    }
    let clause = scene.clause(figure.first);
    let first = scene.clauses.list.get(clause).map_or(scene.sentence.first, |c| c.first);
    let trades = ["closed", "close", "closing", "traded", "trades", "trading", "opened", "settled", "finished", "ended", "priced", "changed"];
    let to = (1..=4).any(|b| figure.first.checked_sub(b).is_some_and(|i| i >= first && view.is_one_of(i, &["to", "at", "above", "below", "past", "near", "between", "around"])));
    let moves = scene.moves.iter().any(|m| scene.clause(m.first) == clause && m.end <= figure.first);
    let close = view.is_one_of(figure.end, &["close", "price", "level", "mark"]);
    let found = view.any_word(first, figure.first, &trades) && to || moves && to || close;
    if found {
        bound.metric = Some(Metric::PriceLevel);
        bound.because("metric", "metric.price", None);
    }
    found
}

/// "$725 billion …, a 77% increase", "to $70 from $73", "45 times … 19 times":
/// the same thing as the figure before.
fn same_statement(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, before: &[Bound]) -> bool {
    // Of two amounts the one of like size: "$342 million, or $1.46 per share, from $1.6 billion".
    let size = |value: Option<f64>| value.is_some_and(|v| v >= 1e5);
    let place = (0..before.len()).rev().find(|i| figure.kind != Kind::Money || before[*i].kind != Kind::Money || size(scene.figures[*i].lo) == size(figure.lo));
    let Some(place) = place.or_else(|| before.len().checked_sub(1)) else { return false };
    let previous = &before[place];
    let earlier = &scene.figures[place];
    let (a, b) = (scene.clause(earlier.first), scene.clause(figure.first));
    let apart = scene.names.iter().any(|n| n.first >= earlier.end && n.end <= figure.first);
    let near = a == b || scene.clauses.parent(b) == Some(a) || scene.clauses.attach(b) == Attach::Adjunct || !apart;
    let joined = scene.view.is_one_of(figure.first.wrapping_sub(1), &["to", "from"]);
    let compared = match (previous.kind, figure.kind) {
        (Kind::Money | Kind::Count, Kind::Percent) => true,
        (_, Kind::Multiple) if figure.form == Form::Multiplier => true,
        (a, b) if a == b && !matches!(a, Kind::Percent) => true,
        (Kind::Level, Kind::Money | Kind::Count) => true,
        (Kind::Percent, Kind::Percent) => matches!(previous.metric, Some(Metric::InterestRate | Metric::Margin | Metric::EconomicIndicator)) || scene.view.is(figure.first.wrapping_sub(1), "from") || scene.view.is_one_of(figure.first.wrapping_sub(2), &["another", "further"]) || scene.view.is_one_of(figure.first.wrapping_sub(1), &["another", "then"]),
        (Kind::Percent, Kind::Money) => joined,
        _ => false,
    };
    let useful = previous.metric.is_some_and(|m| m != Metric::Other && !(m == Metric::PriceLevel && figure.kind == Kind::Percent));
    if !(near && compared && useful) {
        return false;
    }
    bound.metric = previous.metric;
    bound.metric_text = previous.metric_text.clone();
    if bound.subjects.is_empty() {
        bound.subjects = previous.subjects.clone();
    }
    bound.because("metric", "metric.figure_before", None);
    true
}

/// A company "grows": its revenue, unless something else was spoken of.
fn growth(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>, memory: &Memory) -> bool {
    let Some((_, (first, end))) = moved.filter(|_| figure.kind == Kind::Percent) else { return false };
    let grows = scene.view.any_word(first, end, &["growth", "grew", "grow", "grows", "growing", "grown", "deceleration"]) || scene.view.any_word(first.saturating_sub(4), first, &["growth"]);
    let company = bound.subjects.iter().all(|s| s.kind == EntityType::Company);
    if !grows || !company {
        return false;
    }
    let near = memory.metric_near(scene.sentence.paragraph).filter(|m| matches!(m, Metric::Revenue | Metric::NetIncome | Metric::EarningsPerShare | Metric::Capex | Metric::FreeCashFlow | Metric::Backlog));
    bound.metric = Some(near.unwrap_or(Metric::Revenue));
    bound.metric_text = Some(scene.view.surface(first, end).to_string());
    bound.because("metric", "metric.growth", Some(scene.view.span(first, end)));
    true
}

/// "a $1 trillion loss in software stocks": value lost by the market.
fn loss(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if figure.kind != Kind::Money {
        return false;
    }
    let lost = (figure.end..(figure.end + 5).min(scene.sentence.end)).find(|i| view.is_one_of(*i, &["loss", "wipeout", "rout", "selloff", "losses"]));
    let Some(at) = lost.filter(|at| !(figure.end..*at).any(|i| view.is_one_of(i, &[",", "and", "net", "operating", "quarterly"]))) else {
        return quarter(scene, figure, bound);
    };
    let group = bound.subjects.iter().any(|s| matches!(s.kind, EntityType::Sector | EntityType::Group | EntityType::Index | EntityType::Crypto));
    let market = view.any_word(scene.sentence.first, scene.sentence.end, &["single", "market", "stock", "shares", "shareholders", "day", "selloff"]);
    bound.metric = Some(if group || market { Metric::MarketValueLoss } else { Metric::NetIncome });
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.loss", Some(view.span(at, at + 1)));
    true
}

/// "an $81 billion quarter", "generated nearly $60 billion": revenue.
fn quarter(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    let named = view.is_one_of(figure.end, &["quarter"]) && figure.lo.is_some_and(|v| v > 1e6);
    let verb = (figure.first.saturating_sub(5)..figure.first).find(|i| view.is_one_of(*i, &["generated", "generates", "generate", "generating", "raked"]));
    let Some(at) = verb.or(named.then_some(figure.end)) else { return false };
    bound.metric = Some(Metric::Revenue);
    bound.metric_text = Some(view.surface(at, at + 1).to_string());
    bound.because("metric", "metric.takings", Some(view.span(at, at + 1)));
    true
}

/// "43 stocks are down", "70% of providers admit": how many of a group.
fn counted(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) -> bool {
    let view = scene.view;
    if let Some(unit) = figure.unit.as_deref().filter(|_| figure.kind == Kind::Count) {
        let made = matches!(
            unit,
            "MW" | "GW" | "gigawatts" | "megawatts" | "gigawatt" | "megawatt" | "TWh" | "GWh" | "MWh" | "vehicles" | "cars" | "units" | "deliveries" | "barrels" | "wafers" | "chips" | "GPUs" | "tons" | "tonnes" | "trucks"
                | "SUVs" | "phones" | "smartphones" | "servers" | "subscribers" | "users" | "customers" | "members" | "stores" | "locations" | "restaurants" | "aircraft" | "planes" | "jets" | "homes" | "data centers" | "data centres" | "bpd"
                | "barrels per day" | "barrels a day" | "satellites" | "racks" | "employees" | "workers" | "square feet"
        );
        let bought = unit == "shares" && view.any_word(scene.sentence.first, scene.sentence.end, &["buyback", "buybacks", "repurchase", "repurchases", "repurchased", "repurchasing"]);
        let points = unit == "points" && bound.subjects.iter().any(|s| s.kind == EntityType::Index);
        if made || bought || points {
            bound.metric = Some(if points { Metric::IndexMove } else if bought { Metric::Buybacks } else { Metric::UnitsOrCapacity });
            bound.because("metric", "metric.counted_noun", None);
            return true;
        }
    }
    let stocks = figure.kind == Kind::Count && figure.unit.as_deref().is_some_and(|u| matches!(u, "stocks" | "companies" | "issues" | "sectors" | "funds"));
    let part = figure.kind == Kind::Percent && view.is(figure.end, "of") && bound.evidence.iter().any(|e| e.rule == "subject.counted");
    if !(stocks || part) {
        return false;
    }
    bound.metric = Some(Metric::Breadth);
    bound.because("metric", "metric.breadth", None);
    true
}

/// The first time the figure was printed.
fn restated(figure: &Figure, bound: &mut Bound, moved: Option<Moved>, memory: &Memory) -> bool {
    let Some(same) = memory.same(figure.lo, bound.unit.as_deref(), bound.kind) else { return false };
    let fits = bound.subjects.is_empty() || bound.subjects == same.subjects;
    if !fits || bound.subjects.is_empty() && moved.is_none_or(|(d, _)| d != same.direction) && same.direction != Direction::None {
        return false;
    }
    bound.metric = same.metric;
    bound.metric_text = same.metric_text.clone();
    bound.because("metric", "metric.restated", None);
    if bound.subjects.is_empty() {
        bound.subjects = same.subjects.clone();
        bound.because("subjects", "subject.restated", None);
    }
    same.metric.is_some()
}

/// A change without a metric word is a move of the subject's price.
fn by_subject(figure: &Figure, bound: &mut Bound, moved: Option<Moved>) {
    let metric = match (can_move(figure), way(moved), bound.subjects.first().map(|s| s.kind)) {
        (false, ..) | (true, None, _) => Metric::Other,
        (true, _, Some(EntityType::Index)) => Metric::IndexMove,
        (true, _, Some(EntityType::Sector | EntityType::Group)) => Metric::SectorMove,
        (true, _, Some(EntityType::Indicator)) => Metric::EconomicIndicator,
        (true, _, Some(EntityType::Government)) => Metric::Other,
        (true, ..) => Metric::PriceMove,
    };
    bound.metric = Some(metric);
    bound.because("metric", "metric.price_by_subject", None);
}

/// Role and direction.
pub(super) fn which_way(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) {
    match bound.kind {
        Kind::Percent => percent_way(scene, figure, bound, moved),
        Kind::Multiple => {
            bound.role = if figure.form == Form::Multiplier { Role::Change } else { Role::Ratio };
            if let (Some((direction, words)), false) = (moved, figure.form == Form::Multiplier || bound.metric == Some(Metric::Valuation)) {
                bound.direction = direction;
                bound.because("direction", "direction.movement", Some(scene.view.span(words.0, words.1)));
            }
            if scene.view.is_one_of(figure.end, &["higher", "above", "greater", "larger", "more", "bigger", "faster"]) {
                bound.direction = Direction::Up;
            }
        }
        _ => amount_way(scene, figure, bound, moved),
    }
    let view = scene.view;
    bound.negative_value = bound.metric == Some(Metric::FreeCashFlow) && (figure.sign == Direction::Down || scene.metrics.iter().any(|m| view.is(m.first, "negative") || m.first > 0 && view.is(m.first - 1, "negative")));
    if bound.negative_value && figure.sign == Direction::Down {
        bound.direction = Direction::None;
    }
}

fn percent_way(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) {
    let view = scene.view;
    let of = view.is(figure.end, "of");
    let whole = matches!(bound.metric, Some(Metric::Margin | Metric::Weight | Metric::Breadth));
    let near = moved.is_some_and(|(_, w)| w.1 == figure.first || w.1 < figure.first && figure.first - w.1 <= 2 || w.0 >= figure.end && w.0 - figure.end <= 2);
    if (of || whole && !near) && figure.sign == Direction::None {
        bound.role = Role::Share;
        return;
    }
    if matches!(bound.metric, Some(Metric::InterestRate)) && bound.unit.as_deref() == Some("%") || bound.metric == Some(Metric::EconomicIndicator) && !near {
        bound.role = Role::Level;
        if let Some((direction, (_, end))) = moved.filter(|(_, w)| w.1 <= figure.first) {
            if (end..figure.first).any(|i| view.is(i, "to")) {
                bound.direction = direction;
            }
        }
        return;
    }
    if let Some((direction, (first, end))) = moved {
        bound.role = Role::Change;
        bound.direction = direction;
        bound.because("direction", "direction.movement", Some(view.span(first, end)));
    } else if bound.metric == Some(Metric::Other) {
        bound.role = Role::Share;
    }
}

/// Money moves only where the words say so: "fell to $60,017", "lost $589B",
/// "a $1 trillion loss".
fn amount_way(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound, moved: Option<Moved>) {
    let view = scene.view;
    if bound.metric == Some(Metric::MarketValueLoss) {
        bound.direction = Direction::Down;
        bound.role = Role::Change;
    }
    let Some((direction, (first, end))) = moved else { return };
    let from = figure.first > 0 && view.is_one_of(figure.first - 1, &["from", "than"]);
    // "rose 5% year over year to $6.1 billion", "reduced to a range of $21.70"
    let mut before = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    while before > end && view.is_one_of(before - 1, &["a", "an", "range", "of", "between", "about", "around", "roughly", "nearly", "just", "the", "record"]) {
        before -= 1;
    }
    let arrives = end < before && view.is(before - 1, "to") && figure.first - end <= 16 && scene.clause(first) == scene.clause(figure.first);
    let by = end <= figure.first && view.is_one_of(first, &["up", "down", "higher", "lower"]) && figure.first - end <= 2;
    let point = figure.unit.as_deref() == Some("points");
    let to = arrives || by || point || end <= figure.first && (end..figure.first).any(|i| view.is_one_of(i, &["to", "by", "above", "below", "past"])) && figure.first - end <= 5 && scene.figures_between(end, figure.first) <= 1;
    let noun = first >= figure.end && first - figure.end <= 4 && view.any_word(first, end, &["loss", "losses", "drop", "decline", "increase", "gain", "cut", "rise", "jump", "reduction"]);
    let lost = end == figure.first && bound.metric.is_none_or(|m| matches!(m, Metric::MarketCap | Metric::MarketValueLoss | Metric::Other)) && !view.any_word(first, end, &["raised", "raise", "raises", "up", "added"]);
    if to && !from || noun || lost {
        bound.direction = direction;
        if (noun || lost || by || point) && bound.role == Role::Amount {
            bound.role = Role::Change;
        }
        bound.because("direction", "direction.movement", Some(view.span(first, end)));
    }
}

/// Prices and targets are levels.
pub(super) fn level(figure: &Figure, bound: &mut Bound) {
    let price = matches!(bound.metric, Some(Metric::PriceTarget | Metric::PriceLevel));
    if price && matches!(figure.kind, Kind::Money | Kind::Count) {
        bound.kind = Kind::Level;
        bound.role = Role::Level;
    }
}

/// "$1.56 per share and revenue of $560bn, … changes of +119% and +9%,
/// respectively": the changes take their metrics in turn, from the amounts of
/// the sentence, of the sentence before, or from a list of metric words.
pub(super) fn respectively(scene: &Scene<'_>, out: &mut [Bound], previous: &[Bound]) {
    let view = scene.view;
    let Some(at) = (scene.sentence.first..scene.sentence.end).find(|i| view.is(*i, "respectively")) else { return };
    let before = |kind: Kind| -> Vec<usize> { (0..out.len()).filter(|i| scene.figures[*i].end <= at && out[*i].kind == kind).collect() };
    let changes = before(Kind::Percent);
    let Some(first) = changes.first().map(|i| scene.figures[*i].first).filter(|_| changes.len() >= 2) else { return };
    let span = Some(view.span(at, at + 1));
    let amounts: Vec<Bound> = before(Kind::Money).into_iter().map(|i| out[i].clone()).collect();
    let earlier: Vec<Bound> = previous.iter().filter(|b| b.kind == Kind::Money).cloned().collect();
    let models = if amounts.len() == changes.len() { amounts } else { earlier };
    if models.len() == changes.len() {
        for (change, model) in changes.into_iter().zip(models) {
            let bound = &mut out[change];
            bound.metric = model.metric;
            bound.metric_text = model.metric_text;
            bound.subjects = model.subjects;
            bound.because("metric", "metric.respectively", span);
        }
        return;
    }
    // "operating profit and earnings per share, up 28% and 27%, respectively"
    let words: Vec<_> = scene.metrics.iter().filter(|m| m.end <= first && first - m.end <= 12).collect();
    if words.len() >= changes.len() {
        let last = &words[words.len() - changes.len()..];
        for (change, hit) in changes.into_iter().zip(last) {
            let bound = &mut out[change];
            bound.metric = Some(hit.metric);
            bound.metric_text = Some(view.surface(hit.first, hit.end).to_string());
            bound.because("metric", "metric.respectively", span);
        }
    }
}

/// "moved to $85 from $76": the end says which way, where no word does.
pub(super) fn from_and_to(scene: &Scene<'_>, out: &mut [Bound]) {
    let view = scene.view;
    for at in 1..out.len() {
        let (left, right) = (&scene.figures[at - 1], &scene.figures[at]);
        if left.kind != right.kind || right.first - left.end > 3 {
            continue;
        }
        let lead = |f: &Figure| f.first.checked_sub(1).map_or("", |i| view.word(i)).to_ascii_lowercase();
        let (end, start, place) = match (lead(left).as_str(), lead(right).as_str()) {
            ("to", "from") => (left, right, at - 1),
            ("from", "to") => (right, left, at),
            _ => continue,
        };
        let (Some(to), Some(from)) = (end.lo, start.lo) else { continue };
        if out[place].direction == Direction::None && to != from && out[place].kind != Kind::Percent {
            out[place].direction = if to > from { Direction::Up } else { Direction::Down };
            out[place].because("direction", "direction.from_and_to", Some(view.span(left.first, right.end)));
        }
    }
}
