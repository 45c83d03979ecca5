//! Ours: in a filing "we" and "the Company" are the issuer, whoever was named
//! before, and what only a company has is the issuer's where nobody is named.

use crate::extract::bind::{Bound, Scene, Shared};
use crate::extract::figure::Figure;
use crate::extract::view::View;
use crate::extract::words::Words;
use crate::model::{EntityType, Metric, Sentence, Shape, Status};

/// Names that issuers give themselves.
const SELVES: Words = &["company", "registrant", "corporation", "partnership", "bank", "firm", "trust", "issuer"];

/// "In the range of $66 billion to $72 billion, narrowed from our prior range of
/// $64 billion to $72 billion": the range before is of the same.
pub(crate) fn prior_range(scene: &Scene<'_>, out: &mut [Bound]) {
    const BEFORE: Words = &["prior", "previous", "previously", "earlier", "original", "initial"];
    const RANGES: Words = &[
        "range",
        "outlook",
        "guidance",
        "estimate",
        "forecast",
        "expectation",
        "expectations",
        "view",
        "target",
        "plan",
        "projection",
        "announced",
        "provided",
        "expected",
        "guided",
        "estimated",
        "forecasted",
    ];
    let view = scene.view;
    for at in 1..out.len() {
        let (known, rest) = out.split_at_mut(at);
        let (Some(model), Some(bound)) = (known.last(), rest.first_mut()) else { continue };
        let (from, to) = (scene.figures[at - 1].end, scene.figures[at].first);
        let prior = (from..to).rev().take(9).find(|i| view.is_one_of(*i, BEFORE));
        let Some(prior) = prior.filter(|p| view.any_word(*p, to, RANGES)) else { continue };
        let forward = matches!(model.status, Status::Planned | Status::Projected);
        let own = scene.metrics.iter().any(|m| from <= m.first && m.end <= to && m.metric != Metric::Guidance);
        let dated = scene.times.iter().any(|t| prior <= t.first && t.end <= to);
        if !forward || own || model.kind != bound.kind || model.metric.is_none() {
            continue;
        }
        let span = Some(view.span(prior, prior + 1));
        bound.metric = model.metric;
        bound.metric_text.clone_from(&model.metric_text);
        bound.status = model.status;
        bound.subjects.clone_from(&model.subjects);
        bound.evidence.retain(|e| !matches!(e.field.as_ref(), "metric" | "subjects" | "status"));
        bound.because("metric", "metric.prior_range", span);
        bound.because("subjects", "subject.prior_range", span);
        bound.because("status", "status.prior_range", span);
        if !dated {
            bound.period.clone_from(&model.period);
            bound.evidence.retain(|e| e.field != "period");
            bound.because("period", "period.prior_range", span);
        }
    }
}

/// Gives figures that nothing in their sentence owns to the issuer.
pub(crate) fn ours(scene: &Scene<'_>, out: &mut [Bound], issuer: &Shared) {
    let first = scene.sentence.first;
    let end = scene.sentence.end;
    let own = (first..end).find(|at| is_own(scene.view, *at));
    let named = scene
        .names
        .iter()
        .any(|n| !n.source && n.subject.kind == EntityType::Company && n.subject.canonical != issuer.canonical);
    for at in 0..out.len() {
        let rule = out[at].evidence.iter().find(|e| e.field == "subjects").map(|e| e.rule.clone());
        let before = at
            .checked_sub(1)
            .map(|b| (out[b].subjects.clone(), out[b].evidence.iter().any(|e| e.rule == "subject.issuer")));
        let bound = &mut out[at];
        let weak = match rule.as_deref() {
            None => bound.subjects.is_empty(),
            Some("subject.anaphora" | "subject.carried" | "subject.main" | "subject.restated") => true,
            Some("subject.figure_before") => {
                before.is_some_and(|(subjects, issuers)| issuers || subjects != bound.subjects)
            }
            Some(_) => false,
        };
        let others = matches!(
            bound.metric,
            Some(
                Metric::PriceMove
                    | Metric::IndexMove
                    | Metric::SectorMove
                    | Metric::EconomicIndicator
                    | Metric::InterestRate
                    | Metric::GovernmentDebt
            )
        );
        // Who files speaks for himself: what he expects is his guidance.
        let said = bound.attribution.is_none() && bound.status == Status::Projected;
        let fits = own.is_some() || !named && bound.metric.is_some_and(is_companys);
        if weak && fits && !(others && own.is_none()) {
            bound.subjects = vec![issuer.clone()];
            bound.evidence.retain(|e| e.field != "subjects");
            let words = own.map(|at| scene.view.span(at, at + 1));
            bound.because("subjects", "subject.issuer", words);
        }
        if said
            && bound.subjects.iter().all(|s| s.canonical == issuer.canonical)
            && !bound.subjects.is_empty()
            && !others
        {
            bound.status = Status::Planned;
            bound.because("status", "status.issuer", None);
        }
    }
}

/// "we", "our", "the Company".
fn is_own(view: &View<'_>, at: usize) -> bool {
    if view.is_one_of(at, &["we", "our", "us"]) {
        // "US" is a country.
        return view.shape(at) != Shape::Upper || view.is(at, "we");
    }
    at > 0 && view.is(at - 1, "the") && view.is_one_of(at, SELVES) && view.shape(at) == Shape::Title
}

/// Measures that a company reports of itself.
fn is_companys(metric: Metric) -> bool {
    use Metric::{
        Backlog, Buybacks, Capex, DebtIssuance, Dividend, EarningsPerShare, FreeCashFlow, Guidance, InterestExpense,
        Margin, NetIncome, Revenue, Spending,
    };
    matches!(
        metric,
        Backlog
            | Buybacks
            | Capex
            | DebtIssuance
            | Dividend
            | EarningsPerShare
            | FreeCashFlow
            | Guidance
            | InterestExpense
            | Margin
            | NetIncome
            | Revenue
            | Spending
    )
}

/// "Item 9C", "Note 12": the number of a heading is no figure.
pub(crate) fn is_number_of_part(view: &View<'_>, sentence: &Sentence, figure: &Figure<'_>) -> bool {
    const PARTS: Words = &[
        "item",
        "items",
        "note",
        "notes",
        "part",
        "exhibit",
        "section",
        "rule",
        "form",
        "page",
        "schedule",
        "article",
        "topic",
        "regulation",
        "act",
    ];
    figure.first > sentence.first && view.is_one_of(figure.first - 1, PARTS)
}
