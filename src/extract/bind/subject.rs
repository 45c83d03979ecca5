//! Whom a figure is about.

use crate::extract::figure::Figure;
use crate::model::{EntityType, Subject};

use crate::model::SentenceKind;

use super::bound::Bound;
use super::clause::Attach;
use super::memory::Memory;
use super::resolve::is_plural;
use super::scene::{Name, Scene};
use super::table::cells;

/// The names chosen for a figure, and by which rule.
#[derive(Clone, Debug)]
pub(crate) struct Owners {
    /// Places in the scene's names.
    pub names: Vec<usize>,
    pub rule: &'static str,
}

/// The names a figure is about, as far as its own sentence says.
pub(crate) fn owners(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    if scene.sentence.kind == SentenceKind::Row {
        return in_row(scene, figure);
    }
    let found = related(scene, figure).or_else(|| bracketed(scene, figure)).or_else(|| counted(scene, figure)).or_else(|| attached(scene, figure)).or_else(|| possessive(scene, figure)).or_else(|| governing(scene, figure))?;
    let names = coordinated(scene, found.names[0], figure);
    Some(Owners { names, rule: found.rule })
}

/// In a table row: a name in the figure's own cell, else the first cell's.
fn in_row(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let cells = cells(scene.view, scene.sentence);
    let own = cells.iter().find(|(first, end)| *first <= figure.first && figure.first < *end)?;
    let inside = |cell: &(usize, usize)| -> Vec<usize> { (0..scene.names.len()).filter(|n| usable(&scene.names[*n]) && scene.names[*n].first >= cell.0 && scene.names[*n].end <= cell.1).collect() };
    let here = inside(own);
    let nearest = here.iter().copied().filter(|n| scene.names[*n].end <= figure.first).next_back().or(here.first().copied());
    if let Some(name) = nearest {
        return one(name, "subject.cell");
    }
    let label = inside(cells.first()?);
    if !label.is_empty() {
        return Some(Owners { names: vec![label[0]], rule: "subject.row" });
    }
    let others: Vec<usize> = (0..scene.names.len()).filter(|n| usable(&scene.names[*n]) && scene.names[*n].end <= figure.first).collect();
    others.last().and_then(|n| one(*n, "subject.row"))
}

fn one(name: usize, rule: &'static str) -> Option<Owners> {
    Some(Owners { names: vec![name], rule })
}

/// "…, which has $2.5 billion": the name in front of "which".
fn related(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let clause = scene.clauses.list.get(scene.clause(figure.first))?;
    if clause.attach != Attach::Relative || !scene.view.is_one_of(clause.first, &["which", "who", "whose"]) {
        return None;
    }
    let place = scene.names.iter().rposition(|n| n.end <= clause.first && clause.first - n.end <= 2)?;
    let own = scene.names.iter().any(|n| n.first >= clause.first && n.end <= figure.first && usable(n));
    if own { None } else { one(place, "subject.relative") }
}

/// "43 S&P 500 stocks": the name that is counted.
fn counted(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let place = scene.names.iter().position(|n| n.first == figure.end && usable(n) && n.is_group())?;
    if figure.kind == crate::model::Kind::Count { one(place, "subject.counted") } else { None }
}

pub(crate) fn usable(name: &Name) -> bool {
    !name.source && name.subject.kind != EntityType::Government
}

/// "utilities (+1.83%)", "(TSMC 73%, SMIC 96%)", "Apple at $90 billion".
fn bracketed(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let clause = scene.clause(figure.first);
    let here = scene.clauses.list.get(clause)?;
    let (mut start, paren) = (figure.first, here.attach == Attach::Paren);
    if paren {
        // The nearest name before the figure inside the brackets.
        let inside = scene.names.iter().rposition(|n| n.first > here.first && n.end <= figure.first && usable(n));
        if let Some(name) = inside {
            if scene.names[name].end + 3 >= figure.first || scene.figures_between(scene.names[name].end, figure.first) == 0 {
                return one(name, "subject.in_brackets");
            }
        }
        start = here.first;
        let last = scene.names.iter().rposition(|n| n.end <= start && usable(n))?;
        let gap = start - scene.names[last].end;
        let only = (here.first + 1..figure.first).all(|i| !scene.view.is_word(i) || scene.view.is_one_of(i, &["up", "down", "about", "over", "nearly", "almost", "around", "approximately"]));
        if gap <= 2 && only {
            return one(last, "subject.before_brackets");
        }
    }
    // "Apple at $90 billion, Alphabet at $70 billion"
    let at = start.checked_sub(1).filter(|b| scene.view.is_one_of(*b, &["at", "with", ":", "to"]))?;
    let last = scene.names.iter().rposition(|n| n.end == at && usable(n))?;
    let listed = scene.figures.iter().filter(|f| f.first > 1 && scene.view.is(f.first - 1, scene.view.word(at)) && scene.names.iter().any(|n| n.end == f.first - 1)).count() >= 2;
    if listed { one(last, "subject.at") } else { None }
}

/// "an 800% gain in Sandisk", "a $1 trillion loss in software stocks", "19 times for the S&P 500".
fn attached(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let view = scene.view;
    let end = scene.sentence.end;
    let mut at = figure.end;
    let mut words = 0;
    while at < end && words < 6 {
        // "a $589B single-day NVIDIA loss"
        if let Some(name) = scene.name_at(at).filter(|n| at > figure.end && usable(&scene.names[*n]) && scene.names[*n].first == at) {
            let noun = scene.names[name].end;
            let moved = scene.moves.iter().any(|m| m.first == noun && m.part == crate::lexicon::Part::Noun);
            return if moved && words <= 3 { one(name, "subject.attached") } else { None };
        }
        if view.is_one_of(at, &["in", "for", "by", "of"]) {
            let mut next = at + 1;
            while next < end && next < at + 4 && view.is_one_of(next, &["the", "overall", "its", "broader", "shares", "of", "stock", "both", "fellow", "rival", "a", "chipmaker"]) {
                next += 1;
            }
            let name = scene.name_at(next).filter(|n| usable(&scene.names[*n]) && scene.names[*n].first > at)?;
            let noun = at > figure.end;
            let share = view.is(at, "of") && !noun;
            let investor = view.is(at, "in") && !noun && figure.kind == crate::model::Kind::Money;
            // "a $5 billion stake in IonQ": the owner is who takes it.
            let stake = (figure.end..at).any(|i| view.is_one_of(i, &["stake", "investment", "interest", "position", "deal", "order", "bet", "contract"])) && view.is_one_of(at, &["in", "for"]);
            let metric_of_other = scene.names[name].subject.kind == EntityType::AssetClass && view.is_one_of(at, &["in", "for", "of"]) && scene.names.iter().any(|n| n.end <= figure.first && n.subject.ticker.is_some());
            return if share || investor || stake || metric_of_other { None } else { one(name, "subject.attached") };
        }
        if !(view.is_word(at) || view.is(at, "-") && view.glued(at) && view.glued(at + 1)) || scene.in_figure(at) || scene.is_verb(at) && !scene.moves.iter().any(|m| m.first == at) || view.is_one_of(at, &["to", "from", "and", "with", "on", "after", "as", "than", "this", "last"]) {
            return None;
        }
        at += 1;
        words += 1;
    }
    None
}

/// "Meta's $135 billion", "the S&P 500's 1.78% gain".
fn possessive(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let last = scene.names.iter().rposition(|n| n.end < figure.first && usable(n) && is_possessive(scene, n))?;
    let name = &scene.names[last];
    let between = name.end + 1..figure.first;
    let same = scene.clause(name.first) == scene.clause(figure.first);
    let closer = scene.names.iter().any(|n| n.first >= name.end && n.end <= figure.first && usable(n));
    let verbs = between.clone().filter(|i| scene.is_verb(*i)).count();
    (same && !closer && (verbs == 0 || between.len() <= 9) && scene.figures_between(name.end, figure.first) == 0).then_some(())?;
    one(last, "subject.possessive")
}

fn is_possessive(scene: &Scene<'_>, name: &Name) -> bool {
    scene.view.is(name.end, "'s") || (scene.view.is(name.end, "'") && scene.view.glued(name.end))
}

/// The name that governs the figure's clause: its subject.
fn governing(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
    let clause = scene.clause(figure.first);
    let mut best: Option<(f64, usize)> = None;
    for (place, name) in scene.names.iter().enumerate() {
        if !usable(name) || name.end > figure.first {
            continue;
        }
        let Some(score) = score(scene, figure, clause, name) else { continue };
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, place));
        }
    }
    let (_, place) = best.filter(|(score, _)| *score > 0.0)?;
    one(place, "subject.governs")
}

fn score(scene: &Scene<'_>, figure: &Figure, clause: usize, name: &Name) -> Option<f64> {
    let view = scene.view;
    let own = scene.clause(name.first);
    let mut score = 10.0 - 0.08 * (figure.first - name.end) as f64;
    if modifies(scene, name) {
        return None;
    }
    if own != clause {
        // A clause that goes on with the same subject looks to its parent, and to the statement before it.
        let parent = scene.clauses.parent(clause);
        let attach = scene.clauses.attach(clause);
        let cost = match attach {
            Attach::Participle | Attach::Paren => 2.0,
            Attach::Relative => 2.5,
            Attach::Adjunct => 4.0,
            Attach::Main => 5.0,
        };
        // "Corning Inc.: target raised …" speaks of the name before the colon.
        let here = scene.clauses.list.get(clause).map_or(0, |c| c.first);
        let headed = here > 0 && view.is(here - 1, ":") && here.checked_sub(name.end).is_some_and(|gap| gap <= 8);
        if attach == Attach::Main && !headed && !elliptic(scene, clause) {
            return None;
        }
        score -= if headed { 1.0 } else if parent == Some(own) { cost } else { cost + 2.0 };
        if scene.clauses.attach(own) == Attach::Paren || scene.clauses.attach(own) == Attach::Relative {
            score -= 4.0;
        }
    }
    // The first name of a clause is its subject more often than the later ones.
    let first = !scene.names.iter().any(|n| n.end <= name.first && scene.clause(n.first) == own && usable(n));
    if first {
        score += 1.5;
    }
    if matches!(name.subject.kind, EntityType::Currency) {
        score -= 1.5;
    }
    // A list is governed by what stands before its first name.
    let place = scene.names.iter().position(|n| n.first == name.first)?;
    let mut head = place;
    while head > 0 && joined(scene, head - 1, head) {
        head -= 1;
    }
    if let Some(before) = scene.names[head].first.checked_sub(1).filter(|b| *b >= scene.sentence.first) {
        let mut before = before;
        while before > scene.sentence.first && view.is_one_of(before, &["the", "its", "overall", "a", "giant", "rival", "broader", "tech", "-", "heavy", "both"]) {
            before -= 1;
        }
        let shares_of = view.is(before, "of") && before > 0 && view.is_one_of(before - 1, &["shares", "stock", "share", "price", "revenue", "sales", "at", "units", "value", "hares"]);
        if !shares_of && view.is_one_of(before, &["in", "of", "with", "to", "from", "on", "by", "against", "than", "like", "including", "over", "versus", "vs", "behind", "into", "via", "through", "between", "about", "at"]) {
            score -= 3.0;
        }
        if view.is_one_of(before, &["outperforming", "outperformed", "lagging", "lagged", "beating", "trailing", "topping", "than", "versus", "compared", "excluding", "except", "ex", "unlike", "besides", "minus"]) {
            score -= 6.0;
        }
    }
    // Another figure that stands between and belongs to the name takes nothing away;
    // another name with its own verb does.
    let nearer = scene.names.iter().any(|n| n.first >= name.end && n.end <= figure.first && usable(n) && scene.clause(n.first) == clause && own != clause);
    if nearer {
        score -= 3.0;
    }
    if matches!(name.subject.kind, EntityType::AssetClass | EntityType::Indicator | EntityType::Commodity) && scene.names.iter().any(|n| n.subject.ticker.is_some() && scene.clause(n.first) == clause && usable(n)) {
        score -= 1.5;
    }
    Some(score)
}

/// Whether a clause has no subject of its own: "and fell 3%", "up 36%", "its …".
fn elliptic(scene: &Scene<'_>, clause: usize) -> bool {
    let view = scene.view;
    let Some(here) = scene.clauses.list.get(clause) else { return false };
    let mut at = here.first;
    while at < here.end && (view.is_one_of(at, &["and", "but", "or", "while", "though", "although", "then", "yet", "also", "still", "even", "a", "an", "the", "nearly", "almost", "about", "roughly", "more", "than", "over", "some", "another", "with", "for", "only", "just", "because", "as", "|"]) || !view.is_word(at) && !scene.in_figure(at)) {
        at += 1;
    }
    scene.is_verb(at) || scene.in_figure(at) || scene.moves.iter().any(|m| m.first == at) || scene.metrics.iter().any(|m| m.first == at) || view.is_one_of(at, &["it", "its", "they", "their", "both", "that", "this", "which", "all", "each", "shares", "stock", "in", "to", "by", "at", "on", "since", "after", "representing", "record", "gross", "net", "total", "annual", "quarterly", "full", "capital", "operating", "free", "combined", "collective"])
}

/// "Dow Jones aerospace giant Boeing", "the Nasdaq 100 tracker Invesco QQQ": an
/// index or group that only says what kind of company the next name is.
fn modifies(scene: &Scene<'_>, name: &Name) -> bool {
    if !matches!(name.subject.kind, EntityType::Index | EntityType::Group | EntityType::Sector | EntityType::AssetClass) {
        return false;
    }
    // "the aerospace and defense giant": a description of a company.
    if scene.view.is_one_of(name.end, &["giant", "maker", "company", "firm", "titan", "heavyweight", "provider", "behemoth", "specialist", "leader", "startup", "developer", "supplier", "producer", "retailer", "contractor", "conglomerate"]) {
        return true;
    }
    let mut at = name.end;
    while at < name.end + 5 {
        if at > name.end && scene.names.iter().any(|n| n.first == at && matches!(n.subject.kind, EntityType::Company | EntityType::Etf)) {
            return true;
        }
        let word = scene.view.is_word(at) && scene.view.shape(at) == crate::model::Shape::Lower && !scene.is_verb(at) && !scene.view.is_one_of(at, &["and", "or", "with", "to", "in", "of", "by", "for", "from", "while", "as", "like", "such", "including", "than"]);
        if !(word || scene.view.is(at, "-")) {
            return false;
        }
        at += 1;
    }
    false
}

/// The list a name stands in: "Tesla, Amazon, Nvidia, and Alphabet".
pub(crate) fn coordinated(scene: &Scene<'_>, place: usize, figure: &Figure) -> Vec<usize> {
    let mut out = vec![place];
    let mut at = place;
    while let Some(before) = at.checked_sub(1) {
        if !joined(scene, before, at) || !usable(&scene.names[before]) {
            break;
        }
        out.insert(0, before);
        at = before;
    }
    at = place;
    while at + 1 < scene.names.len() && joined(scene, at, at + 1) && usable(&scene.names[at + 1]) {
        if figure.first < scene.names[at + 1].first && figure.first >= scene.names[at].end {
            break;
        }
        out.push(at + 1);
        at += 1;
    }
    // A group that the list spells out stands for nothing beside its members.
    if out.len() > 2 && scene.names[out[0]].is_group() && !out[1..].iter().any(|n| scene.names[*n].is_group()) {
        out.remove(0);
    }
    out
}

/// Whether two names are neighbours in one list.
fn joined(scene: &Scene<'_>, left: usize, right: usize) -> bool {
    let view = scene.view;
    let (a, b) = (&scene.names[left], &scene.names[right]);
    if a.end > b.first || b.first - a.end > 12 {
        return false;
    }
    let mut separator = false;
    let mut at = a.end;
    while at < b.first {
        if view.is(at, "(") {
            // a ticker in brackets
            match (at..b.first).find(|i| view.is(*i, ")")) {
                Some(close) if close - at <= 6 && !scene.figures.iter().any(|f| f.first > at && f.end <= close && f.kind != crate::model::Kind::Percent) => at = close + 1,
                _ => return false,
            }
            continue;
        }
        if view.is_one_of(at, &[",", "and", "or", "&", "/", "plus", "—"]) || (view.is_one_of(at, &["as", "well"]) && view.is_one_of(at + 1, &["well", "as"])) {
            separator = true;
        } else if !view.is_one_of(at, &["the", "both", "even", "also", "-", "like", "as", "stocks", "shares", "companies", "sectors"]) && !scene.in_figure(at) {
            return false;
        } else if scene.in_figure(at) && !widget(scene, at) {
            return false;
        }
        at += 1;
    }
    separator
}

/// A quote widget glued into the text: "Nvidia NVDA +0.09% (ticker: NVDA)".
fn widget(scene: &Scene<'_>, at: usize) -> bool {
    scene.figures.iter().any(|f| f.first <= at && at < f.end && f.sign != crate::model::Direction::None)
}

/// Subjects as records.
pub(crate) fn records(scene: &Scene<'_>, names: &[usize]) -> Vec<Subject> {
    let mut out: Vec<Subject> = Vec::new();
    for name in names {
        let subject = &scene.names[*name].subject;
        let known = out.iter().any(|s| s.canonical == subject.canonical && s.ticker == subject.ticker);
        if !known {
            out.push(subject.clone());
        }
    }
    out
}

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
pub(crate) fn carried(scene: &Scene<'_>, figure: &Figure, before: &[Bound], memory: &Memory) -> Option<(Vec<Subject>, &'static str)> {
    let view = scene.view;
    let paragraph = scene.sentence.paragraph;
    let (first, end) = (scene.sentence.first, figure.first);
    let has = |words: &[&str]| view.any_word(first, end, words);
    if let Some(previous) = before.last().filter(|b| !b.subjects.is_empty()) {
        return Some((previous.subjects.clone(), "subject.figure_before"));
    }
    if has(&["index", "benchmark", "gauge"]) && !scene.names.iter().any(usable) {
        if let Some(index) = memory.index() {
            return Some((vec![index.clone()], "subject.anaphora"));
        }
    }
    // "these totals" are figures, "these companies" subjects.
    let these = (first..end).any(|i| view.is_one_of(i, &["these", "those"]) && view.any_word(i + 1, i + 4, &["companies", "stocks", "firms", "names", "shares", "giants", "groups", "tech", "four", "five", "three", "seven", "banks", "chipmakers", "funds", "hyperscalers", "retailers"]));
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
    let descriptions = ["company", "stock", "shares", "firm", "chipmaker", "giant", "maker", "retailer", "fund", "we", "our", "automaker", "business", "designer", "titan", "heavyweight", "lender", "parent", "group", "leader", "manufacturer", "drugmaker", "developer", "provider"];
    if has(&["it", "its"]) || has(&descriptions) {
        let last = memory.last(paragraph).filter(|l| l.len() == 1 && matches!(l[0].kind, EntityType::Company | EntityType::Etf | EntityType::Crypto));
        if let Some(last) = last {
            return Some((last.to_vec(), "subject.anaphora"));
        }
        if has(&descriptions) {
            if let Some(company) = memory.company() {
                return Some((vec![company.clone()], "subject.anaphora"));
            }
        }
    }
    if !memory.heading_names().is_empty() && memory.heading_names().len() <= 2 && scene.sentence.kind == SentenceKind::Row {
        return Some((memory.heading_names().to_vec(), "subject.heading"));
    }
    let free = !matches!(scene.sentence.kind, SentenceKind::Heading | SentenceKind::Row) && !scene.names.iter().any(usable) && opens_with_figure(scene, figure);
    if free {
        if let Some(last) = memory.last(paragraph) {
            return Some((last.to_vec(), "subject.carried"));
        }
    }
    let bare = !scene.names.iter().any(usable) && scene.sentence.kind == SentenceKind::Bullet;
    if bare || free {
        return memory.main().map(|main| (vec![main.clone()], "subject.main"));
    }
    None
}

/// Whether the sentence has no other subject: the figure, a metric, or a time
/// stands before its first verb.
fn opens_with_figure(scene: &Scene<'_>, figure: &Figure) -> bool {
    let view = scene.view;
    let verb = (scene.sentence.first..scene.sentence.end).find(|i| scene.is_verb(*i)).unwrap_or(scene.sentence.end);
    let metric = scene.metrics.iter().any(|m| m.end <= verb);
    let others = view.any_word(scene.sentence.first, verb, &["investors", "analysts", "consumers", "economists", "traders", "strategists", "government", "officials", "customers", "competitors", "rivals"]);
    !others && (figure.end <= verb || metric)
}

/// Where nothing in the sentence names a subject: the company the document is
/// about, for what only a company has.
pub(crate) fn fallback(scene: &Scene<'_>, bound: &Bound, memory: &Memory) -> Option<(Vec<Subject>, &'static str)> {
    use crate::model::Metric::{Backlog, Buybacks, Capex, Dividend, EarningsPerShare, FreeCashFlow, Guidance, Margin, NetIncome, Revenue};
    let companys = matches!(bound.metric, Some(Backlog | Buybacks | Capex | Dividend | EarningsPerShare | FreeCashFlow | Guidance | Margin | NetIncome | Revenue));
    if !companys || scene.names.iter().any(|n| usable(n) && n.subject.kind == EntityType::Company) {
        return None;
    }
    memory.main().map(|main| (vec![main.clone()], "subject.main"))
}
