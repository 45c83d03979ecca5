//! Listed: "$34.1 billion and $34.3 billion as of December 31, 2023 and 2024":
//! amounts in a list take the times of a list in turn.

use crate::extract::bind::{Bound, Scene, period_of};
use crate::extract::period::{Time, TimeClass};
use crate::model::SentenceKind;

/// Gives each of several listed figures its own of as many listed times.
pub(crate) fn listed(scene: &Scene<'_>, out: &mut [Bound]) {
    if out.len() < 2 || scene.times.len() < 2 || scene.sentence.kind == SentenceKind::Row {
        return;
    }
    let lists = times(scene);
    if lists.is_empty() {
        return;
    }
    let mut first = 0;
    while first < out.len() {
        let mut end = first + 1;
        while end < out.len()
            && (out[end].kind, &out[end].unit, out[end].role) == (out[first].kind, &out[first].unit, out[first].role)
            && joined(scene, scene.figures[end - 1].end, scene.figures[end].first)
        {
            end += 1;
        }
        let place = scene.figures[first].first;
        let told = |b: &Bound| b.evidence.iter().any(|e| e.rule == "period.respectively");
        if out[first..end].iter().any(told) {
            first = end;
            continue;
        }
        // The next list of times behind the figures, else the one before them.
        let mut fitting = lists.iter().filter(|l| l.len() == end - first);
        let behind = fitting.clone().find(|l| l[0].first >= place);
        if let Some(list) = behind.or_else(|| fitting.rfind(|l| l[0].first < place)).filter(|_| end - first > 1) {
            for (bound, time) in out[first..end].iter_mut().zip(list) {
                bound.period = Some(period_of(scene, time, false));
                bound.evidence.retain(|e| e.field != "period");
                bound.because("period", "period.listed", Some(scene.view.span(time.first, time.end)));
            }
        }
        first = end;
    }
}

/// The lists of times: "December 31, 2022, 2023, and 2024".
fn times(scene: &Scene<'_>) -> Vec<Vec<Time>> {
    let fits = |t: &&Time| matches!(t.class, TimeClass::Day | TimeClass::Span);
    let mut lists: Vec<Vec<Time>> = Vec::new();
    for time in scene.times.iter().filter(fits) {
        let goes_on = lists.last().and_then(|l| l.last()).is_some_and(|last| joined(scene, last.end, time.first));
        match lists.last_mut() {
            Some(list) if goes_on => {
                let like = list.last().and_then(|last| as_before(last, time)).unwrap_or_else(|| time.clone());
                list.push(like);
            }
            _ => lists.push(vec![time.clone()]),
        }
    }
    lists.retain(|l| l.len() > 1 && l.windows(2).all(|w| w[0].norm != w[1].norm && w[0].norm.len() == w[1].norm.len()));
    lists
}

/// A bare year behind a day, a quarter or a fiscal year is one like it.
fn as_before(last: &Time, time: &Time) -> Option<Time> {
    let year: i16 = time.norm.parse().ok().filter(|_| time.norm.len() == 4)?;
    let norm = if let Some((from, to)) = last.norm.split_once("..") {
        let (from, to) = (from.get(4..)?, to.get(4..)?);
        format!("{year}{from}..{year}{to}")
    } else if last.norm.starts_with("FY") {
        format!("FY{year}{}", last.norm.get(6..)?)
    } else {
        format!("{year}{}", last.norm.get(4..)?)
    };
    Some(Time { norm, class: last.class, ..time.clone() })
}

/// Whether only a comma or "and" stands between.
fn joined(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let view = scene.view;
    (1..=2).contains(&to.saturating_sub(from)) && (from..to).all(|i| view.is_one_of(i, &[",", "and", "or"]))
}
