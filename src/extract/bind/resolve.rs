//! Resolve: runs the binding rules over a sentence in their order.

use crate::extract::figure::{Figure, Form};
use crate::extract::period::TimeClass;
use crate::lexicon::Cue;
use crate::model::{Direction, EntityType, Kind, Metric, Place, Role, SentenceKind, Span, Status};

use super::bound::Bound;
use super::described::described;
use super::memory::Memory;
use super::scene::{Name, Scene, Shared};
use super::what::{self, Moved};
use super::{
    again, baseline, carry, echo, foresight, metric, movement, parallel, prices, respectively, source, status, subject,
    way, when,
};

/// Binds every figure of a sentence.
pub(crate) fn resolve(scene: &Scene<'_>, memory: &mut Memory) -> Vec<Bound> {
    let mut out: Vec<Bound> = Vec::with_capacity(scene.figures.len());
    let paragraph = scene.sentence.paragraph;
    if scene.metrics.iter().any(|m| m.metric == Metric::Capex) {
        memory.speaks_of_capex();
    }
    for figure in scene.figures {
        let bound = bind(scene, figure, &out, memory);
        memory.keep(figure.lo, &bound, paragraph);
        out.push(bound);
    }
    if let Some(time) = scene.times.iter().find(|t| t.class == TimeClass::Span && t.norm.contains("-Q")) {
        memory.quarter_named(&time.norm);
    }
    respectively::respectively(scene, &mut out, memory.previous());
    way::from_and_to(scene, &mut out);
    if let Some((first, end)) = source::named_speaker(scene) {
        memory.spoke(scene.view.surface(first, end));
    }
    memory.thread.keep(scene, &out);
    memory.sentence(&out);
    if scene.sentence.kind == SentenceKind::Heading {
        let named: Vec<usize> = (0..scene.names.len()).filter(|n| subject::usable(&scene.names[*n])).collect();
        memory.heading(&subject::records(scene, &named), paragraph == 0);
        memory.about_metric(echo::measure_named(scene.view, scene.sentence), paragraph == 0);
    }
    let usable: Vec<Shared> = scene.names.iter().filter(|n| subject::usable(n)).map(|n| n.subject.clone()).collect();
    if !usable.is_empty() {
        memory.named(&usable);
    }
    // What the sentence was about: its first figure's subjects, else its first names.
    match out.iter().find(|b| !b.subjects.is_empty()) {
        Some(bound) => memory.said(&bound.subjects, paragraph),
        None => {
            let rated = prices::rates(scene);
            let about = |n: &Name| subject::usable(n) && !(rated && n.broker);
            if let Some(place) = scene.names.iter().position(about) {
                let listed = carry::leading(scene, place);
                memory.said(&subject::records(scene, &listed), paragraph);
            }
        }
    }
    out
}

fn bind(scene: &Scene<'_>, figure: &Figure, before: &[Bound], memory: &Memory) -> Bound {
    let mut bound = Bound::new(figure);
    let span = |(first, end): (usize, usize)| -> Option<Span> { Some(scene.view.span(first, end)) };
    bound.because("value", figure.rule, span((figure.first, figure.end)));
    let chosen = metric::metric(scene, figure);
    whom(scene, figure, &mut bound, chosen.map(|c| c.hit.metric), before, memory);
    // A figure that only repeats the pattern before it moves the same way.
    let gapped = bound.evidence.iter().any(|e| matches!(e.rule.as_ref(), "subject.adjacent" | "subject.gapped"))
        || gap(scene, figure, before);
    let moved = movement::direction(scene, figure).or_else(|| {
        let previous = before.last().filter(|b| gapped && b.direction != Direction::None)?;
        Some((previous.direction, (figure.first, figure.end)))
    });
    let moved = moved.or_else(|| way::as_before(scene, figure, before)).or_else(|| {
        let led = memory.thread.led(scene).filter(|_| figure.kind == Kind::Percent)?;
        Some((led, (figure.first, figure.end)))
    });
    what::measure(scene, figure, &mut bound, chosen, moved, before, memory);
    if bound.metric == Some(Metric::FundFlow)
        && bound.direction == Direction::None
        && let Some(previous) = before.last().filter(|b| b.metric == Some(Metric::FundFlow))
    {
        bound.direction = previous.direction;
        bound.because("direction", "direction.flow_before", None);
    }
    if bound.subjects.is_empty()
        && let Some((subjects, rule)) = carry::fallback(scene, figure, &bound, memory)
    {
        bound.subjects = subjects;
        bound.because("subjects", rule, None);
    }
    way::which_way(scene, figure, &mut bound, moved);
    way::level(figure, &mut bound);
    since_when(scene, figure, &mut bound);
    if bound.period.is_none()
        && let Some((words, norm)) = when::the_quarter(scene, figure).zip(memory.quarter())
    {
        bound.period = Some(when::named(scene, words, norm));
        bound.because("period", "period.the_quarter", span(words));
    }
    if let Some(same) = again::again(scene, figure, before) {
        if bound.baseline.is_empty()
            && !same.baseline.is_empty()
            && bound.role == Role::Change
            && same.role == Role::Change
        {
            bound.baseline = same.baseline.clone();
            bound.baseline_inferred = true;
            bound.because("baseline", "baseline.equal", None);
        }
        if bound.period.is_none() && same.period.is_some() {
            bound.period = same.period.clone();
            bound.because("period", "period.equal", None);
        }
    }
    memory.thread.carry(scene, &mut bound);
    let reality = status::reality(scene, figure, bound.metric);
    bound.status = reality.status;
    if bound.status == Status::Actual && bound.evidence.iter().any(|e| e.rule == "metric.hoped") {
        bound.status = Status::Projected;
        bound.because("status", "status.hoped", None);
    }
    let words = reality.words.unwrap_or((figure.first, figure.end));
    if matches!(bound.status, Status::Projected | Status::Actual)
        && foresight::own_plan(scene, figure, &bound.subjects, words)
    {
        bound.status = Status::Planned;
        bound.because("status", "status.own", span(words));
    }
    bound.negated = reality.negated;
    bound.hypothetical = reality.hypothetical;
    if let Some(words) = reality.words {
        bound.because("status", reality.rule, span(words));
    }
    parallel::same_standing(scene, figure, &mut bound, before, memory);
    if let Some(mut source) = source::source(scene, figure) {
        // "after the company said": the conjunction is nobody.
        while source.first + 1 < source.end
            && scene
                .view
                .is_one_of(source.first, &["after", "as", "while", "when", "because", "since", "although", "but"])
        {
            source.first += 1;
        }
        bound.attribution =
            Some(scene.view.surface(source.first, source.end).trim_matches([' ', ',', '“', '”', '"', '*']).to_string());
        bound.because("attribution", source.rule, span((source.first, source.end)));
    } else if let Some(speaker) = memory.speaker().filter(|_| source::pronoun_speaks(scene, figure)) {
        bound.attribution = Some(speaker.to_string());
        bound.because("attribution", "attribution.pronoun", None);
    }
    bound.collective = collective(scene, figure, &bound);
    let restated = memory
        .same(figure.lo, bound.unit.as_deref(), bound.kind)
        .is_some_and(|b| b.subjects == bound.subjects && b.metric == bound.metric);
    bound.mention = match scene.sentence.kind {
        SentenceKind::Heading => Place::Headline,
        _ if restated => Place::Restatement,
        _ => Place::Primary,
    };
    bound.confidence = confidence(&bound);
    bound
}

/// "XLP is ahead 4.4% and the utilities fund (XLU) 3.1%": nothing but a bracket
/// stands between a name and a figure that goes on with the one before.
fn gap(scene: &Scene<'_>, figure: &Figure, before: &[Bound]) -> bool {
    let view = scene.view;
    let lead = figure.hedge.map_or(figure.first, |(h, _)| h.min(figure.first));
    let Some((previous, name)) = before.last().zip(scene.names.iter().rfind(|n| n.end <= lead)) else { return false };
    let earlier = &scene.figures[before.len() - 1];
    let bracket = name.end < lead && view.is(lead - 1, ")") && lead - name.end <= 2;
    previous.role == Role::Change
        && previous.kind == figure.kind
        && figure.kind == Kind::Percent
        && name.first >= earlier.end
        && (name.end == lead && view.is(name.end - 1, ")") || bracket)
        && (earlier.end..name.first).any(|i| view.is_one_of(i, &["and", ",", ";", "while"]))
        && !(earlier.end..lead).any(|i| scene.is_verb(i))
}

/// Subjects: by name, by description, or from what was said before.
fn whom(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &mut Bound,
    metric: Option<Metric>,
    before: &[Bound],
    memory: &Memory,
) {
    // Who rates a stock does not own the target.
    if let Some(subject) = of_column(scene, figure) {
        bound.subjects = vec![subject];
        bound.because("subjects", "subject.column", None);
        return;
    }
    let target = metric == Some(Metric::PriceTarget) || metric.is_none() && prices::is_target(scene, figure);
    let rater = |o: &subject::Owners| target && o.names.iter().all(|n| scene.names[*n].broker);
    let owners = subject::owners(scene, figure).filter(|o| !rater(o));
    let firm = owners.as_ref().is_some_and(|o| !matches!(o.rule, "subject.governs" | "subject.possessive"));
    if !firm && let Some((subject, words, rule)) = described(scene, figure, metric) {
        bound.subjects = vec![subject];
        bound.because("subjects", rule, Some(scene.view.span(words.0, words.1)));
        return;
    }
    if let Some(owners) = owners {
        bound.subjects = subject::records(scene, &owners.names);
        if let (Some(first), Some(last)) = (owners.names.first(), owners.names.last()) {
            bound.because(
                "subjects",
                owners.rule,
                Some(scene.view.span(scene.names[*first].first, scene.names[*last].end)),
            );
        }
        return;
    }
    let companys = metric.is_some_and(carry::is_companys);
    let carried = carry::carried(scene, figure, before, memory);
    // What only a company has is not carried over from a sector or index.
    if target && !carried.as_ref().is_some_and(|(s, _)| s.iter().all(|s| s.kind == EntityType::Company)) {
        if let Some(company) = memory.main().or(memory.company()) {
            bound.subjects = vec![company.clone()];
            bound.because("subjects", "subject.anaphora", None);
        }
        return;
    }
    let fits = |subjects: &[Shared]| {
        !companys || subjects.iter().all(|s| matches!(s.kind, EntityType::Company | EntityType::Group))
    };
    if let Some((subjects, rule)) = carried.filter(|(subjects, rule)| *rule != "subject.carried" || fits(subjects)) {
        bound.subjects = subjects;
        bound.because("subjects", rule, None);
    }
}

/// "| | Small caps | Large caps |": whom a column is about, where its row names nobody.
fn of_column(scene: &Scene<'_>, figure: &Figure) -> Option<Shared> {
    if scene.sentence.kind != SentenceKind::Row {
        return None;
    }
    let subject = scene.table.column(scene.view, scene.sentence, figure.first)?.subject.as_ref()?;
    let named = scene.names.iter().any(|n| n.end <= figure.end && subject::usable(n));
    (!named).then(|| subject.clone())
}

/// Period and baseline.
fn since_when(scene: &Scene<'_>, figure: &Figure, bound: &mut Bound) {
    let span = |first: usize, end: usize| Some(scene.view.span(first, end));
    let time = when::time(scene, figure, bound.metric);
    if matches!(figure.kind, Kind::Money | Kind::Count)
        && let Some(period) = when::year_ago(scene, figure)
    {
        bound.period = Some(period);
        bound.because("period", "period.year_ago", None);
    } else if let Some(time) = time {
        bound.period = Some(when::period(scene, time, false));
        bound.because("period", "period.clause", span(time.first, time.end));
    } else if scene.sentence.kind == SentenceKind::Row
        && let Some(time) = scene.table.column(scene.view, scene.sentence, figure.first).and_then(|c| c.time.clone())
    {
        bound.period = Some(when::period(scene, &time, true));
        bound.because("period", "period.column", span(time.first, time.end));
    } else if bound.role == Role::Change {
        let prior = |norm: &str| matches!(norm, "yoy" | "qoq");
        if let Some(time) = scene.times.iter().find(|t| {
            t.class == TimeClass::Prior && prior(&t.norm) && t.first >= figure.end && t.first - figure.end <= 6
        }) {
            bound.period = Some(when::period(scene, time, false));
            bound.because("period", "period.comparison", span(time.first, time.end));
        }
    }
    if bound.period.is_none()
        && bound.role == Role::Change
        && let Some(period) = when::since_peak(scene, figure)
    {
        bound.period = Some(period);
        bound.because("period", "period.since_peak", None);
    }
    let change = bound.role == Role::Change || figure.form == Form::Multiplier;
    let baselines = baseline::baseline(scene, figure, bound.metric, change, time);
    bound.baseline = baselines.list;
    bound.baseline_inferred = baselines.inferred;
    if let Some(rule) = baselines.rule {
        bound.because("baseline", rule, baselines.words.and_then(|(a, b)| span(a, b)));
    }
    if bound.baseline.is_empty()
        && matches!(figure.kind, Kind::Percent | Kind::Multiple)
        && let Some((other, (first, end))) = baseline::versus(scene, figure)
    {
        if scene.view.is_one_of(figure.end, &["discount", "premium"]) {
            bound.role = Role::Relative;
        }
        bound.baseline.push(format!("vs:{other}"));
        bound.because("baseline", "baseline.versus", span(first, end));
    }
    if bound.role == Role::Share
        && let Some((whole, (first, end))) = baseline::share_of(scene, figure)
    {
        bound.baseline.push(format!("share_of:{whole}"));
        bound.because("baseline", "baseline.share_of", span(first, end));
    }
}

/// One combined figure over all subjects, or each for itself.
fn collective(scene: &Scene<'_>, figure: &Figure, bound: &Bound) -> bool {
    let group = bound.subjects.iter().any(|s| matches!(s.kind, EntityType::Group | EntityType::Sector));
    let many = bound.subjects.len() > 1;
    if !group && !many {
        return false;
    }
    // A count of those that rose is one figure over the group.
    if bound.metric == Some(Metric::Breadth) {
        return true;
    }
    let clause = scene.clause(figure.first);
    if scene.cue_in_clause(Cue::Distributive, clause).is_some() {
        return false;
    }
    let moves = matches!(
        bound.metric,
        Some(
            Metric::PriceMove
                | Metric::IndexMove
                | Metric::SectorMove
                | Metric::RelativePerformance
                | Metric::PriceLevel
                | Metric::PriceTarget
        )
    );
    !moves
}

/// How sure: what is bound, and how it was found.
fn confidence(bound: &Bound) -> f64 {
    let mut score: f64 = 0.95;
    if bound.subjects.is_empty() {
        score -= 0.25;
    }
    if matches!(bound.metric, None | Some(Metric::Other)) {
        score -= 0.25;
    }
    for evidence in &bound.evidence {
        score -= match evidence.rule.as_ref() {
            "metric.near" => 0.1,
            "metric.restated" | "metric.figure_before" => 0.05,
            "subject.governs" => 0.03,
            "subject.carried" | "subject.main" | "subject.heading" => 0.2,
            "subject.anaphora" | "subject.restated" => 0.1,
            _ => 0.0,
        };
    }
    (score.clamp(0.05, 0.99) * 100.0).round() / 100.0
}

/// Whether a list of subjects is plural: several, or a group.
pub(super) fn is_plural(subjects: &[Shared]) -> bool {
    subjects.len() > 1 || subjects.iter().any(|s| matches!(s.kind, EntityType::Group | EntityType::Sector))
}

/// Whether a figure's movement says up or down.
pub(super) fn up_or_down(moved: Option<Moved>) -> Option<Direction> {
    moved.map(|(direction, _)| direction)
}

/// Whether a kind of figure can be a change of a price.
pub(super) fn can_move(figure: &Figure) -> bool {
    figure.kind == Kind::Percent || figure.form == Form::Multiplier || figure.unit == Some("points")
}
