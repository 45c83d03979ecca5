//! Records: bound figures → claims with stable ids.

use std::rc::Rc;

use crate::model::{
    CharIndex, Citation, Claim, Document, Evidence, Mention, Place, Rotation, Segmented, Sentence, SentenceKind, Span,
};

use super::bind::{Bound, Scene};
use super::entities;
use super::figure::Figure;
use super::rotation::{self, Found};
use super::view::View;

/// Makes the records of one document.
pub(crate) struct Emitter<'a> {
    document: &'a Document,
    text: &'a str,
    chars: CharIndex<'a>,
}

impl<'a> Emitter<'a> {
    pub fn new(document: &'a Document, text: &'a Segmented<'a>) -> Self {
        Self { document, text: text.tokens.text, chars: CharIndex::new(text.tokens.text) }
    }

    /// A stable id: the document, the record's kind and its place.
    pub fn id(&self, kind: &str, span: Span) -> String {
        let mut told = Vec::with_capacity(128);
        for part in [kind.as_bytes(), self.document.doc_id.as_bytes(), span.of(self.text).as_bytes()] {
            told.extend_from_slice(&(part.len() as u64).to_le_bytes());
            told.extend_from_slice(part);
        }
        told.extend_from_slice(&(span.start as u64).to_le_bytes());
        let hash = blake3::hash(&told);
        let digits = hash.as_bytes()[..8].iter().flat_map(|b| [b >> 4, b & 15]);
        digits.map(|d| char::from(b"0123456789abcdef"[d as usize])).collect()
    }

    /// The code points of a byte span.
    pub fn chars(&self, span: Span) -> (usize, usize) {
        (self.chars.chars(span.start), self.chars.chars(span.end))
    }

    pub fn claim(&self, view: &View<'_>, sentence: &Sentence, figure: &Figure, bound: Bound) -> Claim {
        let span = view.span(figure.first, figure.end);
        let (char_start, char_end) = self.chars(span);
        let (quote_start, quote_end) = self.chars(sentence.span);
        Claim {
            record: "claim".into(),
            claim_id: self.id("claim", span),
            doc_id: self.document.doc_id.clone(),
            figure_text: span.of(self.text).to_string(),
            char_start,
            char_end,
            byte_start: span.start,
            byte_end: span.end,
            quote: sentence.span.of(self.text).to_string(),
            quote_start,
            quote_end,
            kind: bound.kind,
            role: bound.role,
            value_lo: figure.lo,
            value_hi: figure.hi,
            unit: bound.unit,
            negative_value: bound.negative_value,
            qualifier: figure.qualifier,
            qualifier_text: figure.hedge.map(|(first, end)| view.surface(first, end).to_string()),
            metric: bound.metric,
            metric_text: bound.metric_text,
            direction: bound.direction,
            subjects: bound.subjects.into_iter().map(Rc::unwrap_or_clone).collect(),
            collective: bound.collective,
            counterparty: bound.counterparty,
            period: bound.period,
            baseline: bound.baseline,
            baseline_inferred: bound.baseline_inferred,
            status: bound.status,
            attribution: bound.attribution,
            citations: self.citations(view, sentence, figure),
            mention: bound.mention,
            negated: bound.negated,
            hypothetical: bound.hypothetical,
            vague: figure.vague,
            confidence: bound.confidence,
            evidence: bound.evidence,
        }
    }

    /// The `[n]` markers of a figure: those behind it in its sentence, up to the
    /// next figure's own sentence end, joined to the reference list.
    fn citations(&self, view: &View<'_>, sentence: &Sentence, figure: &Figure) -> Vec<Citation> {
        let marker = |at: usize| {
            let number = view.is(at, "[") && view.is_number(at + 1) && view.is(at + 2, "]");
            number.then(|| view.word(at + 1).parse::<u32>().ok()).flatten()
        };
        let mut out: Vec<Citation> = Vec::new();
        for number in (figure.end..sentence.end).filter_map(marker) {
            let reference = self.document.references.iter().find(|r| r.number == number);
            if out.iter().all(|c| c.number != number) {
                out.push(Citation {
                    number,
                    title: reference.and_then(|r| r.title.clone()),
                    url: reference.and_then(|r| r.url.clone()),
                    date: reference.and_then(|r| r.date.clone()),
                });
            }
        }
        out
    }

    pub fn mention(&self, found: &entities::Found<'_>) -> Mention {
        found.mention(&self.document.doc_id, self.text, &self.chars)
    }

    pub fn rotation(&self, scene: &Scene<'_>, found: Found) -> Rotation {
        let (view, sentence) = (scene.view, scene.sentence);
        let span = view.span(found.trigger.0, found.trigger.1);
        let (char_start, char_end) = self.chars(span);
        let (quote_start, quote_end) = self.chars(sentence.span);
        let both = !found.from.is_empty() && !found.to.is_empty();
        let told = rotation::told(scene, &found);
        let evidence = self.evidence(view, &found, &told);
        Rotation {
            record: "rotation".into(),
            rotation_id: self.id("rotation", span),
            doc_id: self.document.doc_id.clone(),
            trigger_text: span.of(self.text).to_string(),
            char_start,
            char_end,
            byte_start: span.start,
            byte_end: span.end,
            quote: sentence.span.of(self.text).to_string(),
            quote_start,
            quote_end,
            from: found.from.subjects,
            to: found.to.subjects,
            period: told.period.map(|(period, _)| period),
            status: found.status,
            attribution: told.source.map(|(words, ..)| words),
            negated: found.negated.is_some(),
            mention: if sentence.kind == SentenceKind::Heading { Place::Headline } else { Place::Primary },
            confidence: if both { 0.9 } else { 0.7 },
            evidence,
        }
    }

    /// Why each field of a rotation has its value.
    fn evidence(&self, view: &View<'_>, found: &Found, told: &rotation::Told) -> Vec<Evidence> {
        let piece = |field: &'static str, rule: &'static str, (first, end): (usize, usize)| {
            let span = view.span(first, end);
            Evidence {
                field: field.into(),
                rule: rule.into(),
                byte_start: Some(span.start),
                byte_end: Some(span.end),
                fact: None,
            }
        };
        let mut out = vec![piece("trigger", found.rule, found.trigger)];
        out.extend(found.from.span.map(|span| piece("from", found.from.rule, span)));
        out.extend(found.to.span.map(|span| piece("to", found.to.rule, span)));
        out.extend(told.period.as_ref().map(|(_, span)| piece("period", "rotation.when", *span)));
        out.extend(found.status_words.map(|(first, end, rule)| piece("status", rule, (first, end))));
        out.extend(found.negated.map(|span| piece("negated", "rotation.denied", span)));
        out.extend(told.source.as_ref().map(|(_, span, rule)| piece("attribution", rule, *span)));
        out
    }
}
