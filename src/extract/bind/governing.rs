//! The subject that governs a figure's clause.

use crate::extract::figure::Figure;
use crate::lexicon::Cue;
use crate::model::EntityType;

use super::clause::Attach;
use super::scene::{Name, Scene};
use super::subject::{Owners, joined, one, usable};

/// The name that governs the figure's clause: its subject.
pub(super) fn governing(scene: &Scene<'_>, figure: &Figure) -> Option<Owners> {
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
    // "its Taiwan sibling (EWT) raked in": the bracket stands for what it follows.
    let alone = name.first > scene.sentence.first + 1
        && view.is(name.first - 1, "(")
        && view.is(name.end, ")")
        && view.is_word(name.first - 2)
        && name.subject.ticker.is_some();
    let own = scene.clause(if alone { name.first - 2 } else { name.first });
    let mut score = 10.0 - 0.08 * (figure.first - name.end) as f64;
    // "Gartner forecasts that chip sales …": who says so is not who it is about.
    let says = scene.cues.iter().any(|c| {
        c.cue == Cue::Attribution && (c.first == name.end || c.first == name.end + 1) && view.is(c.end, "that")
    });
    if says || modifies(scene, name) || possessor(scene, name) {
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
        score -= if headed {
            1.0
        } else if parent == Some(own) {
            cost
        } else {
            cost + 2.0
        };
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
        while before > scene.sentence.first
            && view.is_one_of(
                before,
                &["the", "its", "overall", "a", "giant", "rival", "broader", "tech", "-", "heavy", "both"],
            )
        {
            before -= 1;
        }
        let shares_of = view.is(before, "of")
            && before > 0
            && view.is_one_of(
                before - 1,
                &["shares", "stock", "share", "price", "revenue", "sales", "at", "units", "value", "hares"],
            );
        if !shares_of
            && view.is_one_of(
                before,
                &[
                    "in",
                    "of",
                    "with",
                    "to",
                    "from",
                    "on",
                    "by",
                    "against",
                    "than",
                    "like",
                    "including",
                    "over",
                    "versus",
                    "vs",
                    "behind",
                    "into",
                    "via",
                    "through",
                    "between",
                    "about",
                    "at",
                ],
            )
        {
            // "supplies engines to Boeing" in an aside is not what the rest is about.
            if own != clause && scene.clauses.attach(own) == Attach::Relative {
                return None;
            }
            score -= 3.0;
        }
        let left_out = (scene.sentence.first..before + 1)
            .rev()
            .take(8)
            .take_while(|i| !scene.is_verb(*i) && !view.is_one_of(*i, &[";", "("]))
            .any(|i| view.is_one_of(i, &["excluding", "except", "unlike", "besides"]));
        if left_out {
            score -= 6.0;
        }
        if view.is_one_of(
            before,
            &[
                "outperforming",
                "outperformed",
                "lagging",
                "lagged",
                "beating",
                "trailing",
                "topping",
                "than",
                "versus",
                "compared",
                "excluding",
                "except",
                "ex",
                "unlike",
                "besides",
                "minus",
            ],
        ) {
            // "It had lagged the S&P 500": who did so is spoken of before.
            let here = scene.clauses.list.get(clause).map_or(scene.sentence.first, |c| c.first);
            if view.is_one_of(here, &["it", "they"]) {
                return None;
            }
            score -= 6.0;
        }
    }
    // Another figure that stands between and belongs to the name takes nothing away;
    // another name with its own verb does.
    let nearer = scene.names.iter().any(|n| {
        n.first >= name.end && n.end <= figure.first && usable(n) && scene.clause(n.first) == clause && own != clause
    });
    if nearer {
        score -= 3.0;
    }
    if matches!(name.subject.kind, EntityType::AssetClass | EntityType::Indicator | EntityType::Commodity)
        && scene.names.iter().any(|n| n.subject.ticker.is_some() && scene.clause(n.first) == clause && usable(n))
    {
        score -= 1.5;
    }
    Some(score)
}

/// Whether a clause has no subject of its own: "and fell 3%", "up 36%", "its …".
fn elliptic(scene: &Scene<'_>, clause: usize) -> bool {
    let view = scene.view;
    let Some(here) = scene.clauses.list.get(clause) else { return false };
    let mut at = here.first;
    while at < here.end
        && (view.is_one_of(
            at,
            &[
                "and", "but", "or", "while", "though", "although", "then", "yet", "also", "still", "even", "a", "an",
                "the", "nearly", "almost", "about", "roughly", "more", "than", "over", "some", "another", "with",
                "for", "only", "just", "because", "as", "|",
            ],
        ) || !view.is_word(at) && !scene.in_figure(at))
    {
        at += 1;
    }
    scene.is_verb(at)
        || scene.in_figure(at)
        || scene.moves.iter().any(|m| m.first == at)
        || scene.metrics.iter().any(|m| m.first == at)
        || view.is_one_of(
            at,
            &[
                "it",
                "its",
                "they",
                "their",
                "both",
                "that",
                "this",
                "which",
                "all",
                "each",
                "shares",
                "stock",
                "in",
                "to",
                "by",
                "at",
                "on",
                "since",
                "after",
                "representing",
                "record",
                "gross",
                "net",
                "total",
                "annual",
                "quarterly",
                "full",
                "capital",
                "operating",
                "free",
                "combined",
                "collective",
            ],
        )
}

/// Activities and parts of a company that are named after what they deal in.
const DOINGS: &[&str] = &[
    "trading",
    "desk",
    "desks",
    "business",
    "businesses",
    "unit",
    "units",
    "division",
    "arm",
    "segment",
    "revenue",
    "revenues",
    "sales",
    "fees",
    "lending",
    "operations",
    "underwriting",
    "traders",
];

/// "Vanguard's Information Technology ETF (VGT)": the house is not the fund.
fn possessor(scene: &Scene<'_>, name: &Name) -> bool {
    let view = scene.view;
    if !view.is(name.end, "'s") {
        return false;
    }
    scene.names.iter().any(|n| {
        n.first > name.end
            && n.first - name.end <= 8
            && matches!(n.subject.kind, EntityType::Etf | EntityType::Index)
            && !(name.end..n.first).any(|i| scene.is_verb(i) || view.is_one_of(i, &[",", "and", ";"]))
    })
}

/// "Dow Jones aerospace giant Boeing", "the Nasdaq 100 tracker Invesco QQQ": an
/// index or group that only says what kind of company the next name is.
fn modifies(scene: &Scene<'_>, name: &Name) -> bool {
    if name.subject.kind == EntityType::Commodity && scene.view.is_one_of(name.end, &["sales", "revenue", "revenues"]) {
        return true;
    }
    if !matches!(name.subject.kind, EntityType::Index | EntityType::Group | EntityType::Sector | EntityType::AssetClass)
    {
        return false;
    }
    // "the aerospace and defense giant": a description of a company.
    if scene.view.is_one_of(
        name.end,
        &[
            "giant",
            "maker",
            "company",
            "firm",
            "titan",
            "heavyweight",
            "provider",
            "behemoth",
            "specialist",
            "leader",
            "startup",
            "developer",
            "supplier",
            "producer",
            "retailer",
            "contractor",
            "conglomerate",
        ],
    ) {
        return true;
    }
    // "Energy Products made $1.37 billion": part of a proper name.
    if name.subject.kind == EntityType::Sector
        && name.end == name.first + 1
        && scene.view.shape(name.first) == crate::model::Shape::Title
        && scene.view.is_word(name.end)
        && scene.view.shape(name.end) == crate::model::Shape::Title
        && scene.name_at(name.end).is_none()
        && !scene.view.is_one_of(name.end, &["ETF", "Index", "Fund", "Select", "Sector", "Stocks", "Shares"])
    {
        return true;
    }
    // "equities trading", "oil sales": what a company does with it.
    if matches!(name.subject.kind, EntityType::Sector | EntityType::AssetClass)
        && scene.view.is_one_of(name.end, DOINGS)
        && scene.view.shape(name.end) == crate::model::Shape::Lower
    {
        return true;
    }
    let mut at = name.end;
    while at < name.end + 5 {
        if at > name.end
            && scene
                .names
                .iter()
                .any(|n| n.first == at && matches!(n.subject.kind, EntityType::Company | EntityType::Etf))
        {
            return true;
        }
        let word = scene.view.is_word(at)
            && scene.view.shape(at) == crate::model::Shape::Lower
            && !scene.is_verb(at)
            && !scene.view.is_one_of(
                at,
                &[
                    "and",
                    "or",
                    "with",
                    "to",
                    "in",
                    "of",
                    "by",
                    "for",
                    "from",
                    "while",
                    "as",
                    "like",
                    "such",
                    "including",
                    "than",
                ],
            );
        if !(word || scene.view.is(at, "-")) {
            return false;
        }
        at += 1;
    }
    false
}
