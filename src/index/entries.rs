//! Entries: records → what the index holds of them.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;

use super::dates;
use super::fields::Fields;
use crate::model::{Claim, Document, DocumentKind, Period, Rotation, Subject};

/// The names `has:` knows.
pub(super) const HAS: &[&str] = &[
    "subject",
    "ticker",
    "metric",
    "unit",
    "value",
    "range",
    "period",
    "baseline",
    "attribution",
    "counterparty",
    "citation",
    "hedge",
    "negated",
    "hypothetical",
    "vague",
    "collective",
    "published",
    "outlet",
    "from",
    "to",
];

/// A document's kind as a word.
pub(super) fn kind_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Article => "article",
        DocumentKind::PressRelease => "press_release",
        DocumentKind::Filing => "filing",
        DocumentKind::Transcript => "transcript",
        DocumentKind::Note => "note",
    }
}

/// Every kind of document.
pub(super) const KINDS: &[&str] = &["article", "press_release", "filing", "transcript", "note"];

/// The entries of a document and its statements.
pub(super) fn entries(
    fields: &Fields,
    document: &Document,
    claims: &[Claim],
    rotations: &[Rotation],
) -> Vec<TantivyDocument> {
    let maker = Maker { fields, document };
    let mut list = vec![maker.document(claims, rotations)];
    list.extend(claims.iter().map(|c| maker.claim(c)));
    list.extend(rotations.iter().map(|r| maker.rotation(r)));
    list
}

/// An id as a number that any index gives it.
fn order(id: &str) -> u64 {
    u64::from_str_radix(id, 16).unwrap_or_else(|_| {
        let hash = blake3::hash(id.as_bytes());
        hash.as_bytes().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    })
}

struct Maker<'m> {
    fields: &'m Fields,
    document: &'m Document,
}

impl Maker<'_> {
    /// What every entry has of its document.
    fn start(&self, record: &str, id: &str) -> TantivyDocument {
        let (f, d) = (self.fields, self.document);
        let mut entry = TantivyDocument::default();
        entry.add_text(f.record, record);
        entry.add_text(f.id, id);
        entry.add_u64(f.order, order(id));
        entry.add_text(f.doc, &d.doc_id);
        if let Some(outlet) = &d.outlet {
            entry.add_text(f.outlet, outlet);
            entry.add_text(f.outlet_name, outlet);
            entry.add_text(f.has, "outlet");
        }
        if let Some(source) = &d.source {
            entry.add_text(f.source, source.to_lowercase());
        }
        if let Some((at, day)) = d.published.as_deref().and_then(dates::published) {
            entry.add_i64(f.published, at);
            entry.add_text(f.day, day.to_string());
            entry.add_text(f.month, day.strftime("%Y-%m").to_string());
            entry.add_text(f.quarter, dates::quarter(day));
            entry.add_text(f.year, day.year().to_string());
            entry.add_text(f.has, "published");
        }
        entry
    }

    fn claim(&self, claim: &Claim) -> TantivyDocument {
        let f = self.fields;
        let mut entry = self.start("claim", &claim.claim_id);
        entry.add_text(f.text, &claim.quote);
        entry.add_text(f.kind, claim.kind.as_str());
        entry.add_text(f.role, claim.role.as_str());
        entry.add_text(f.direction, claim.direction.as_str());
        entry.add_text(f.status, claim.status.as_str());
        if let Some(metric) = claim.metric {
            entry.add_text(f.metric, metric.as_str());
            entry.add_text(f.about, metric.as_str().replace('_', " "));
            entry.add_text(f.has, "metric");
        }
        if let Some(unit) = &claim.unit {
            entry.add_text(f.unit, unit.to_lowercase());
            entry.add_text(f.has, "unit");
        }
        for baseline in &claim.baseline {
            entry.add_text(f.baseline, baseline.to_lowercase());
        }
        self.subjects(&mut entry, &claim.subjects);
        self.period(&mut entry, claim.period.as_ref());
        if let Some(attribution) = &claim.attribution {
            entry.add_text(f.attribution, attribution);
        }
        // An open end is taken as the end that is known.
        if let (Some(lo), Some(hi)) = (claim.value_lo.or(claim.value_hi), claim.value_hi.or(claim.value_lo)) {
            entry.add_f64(f.value_lo, lo);
            entry.add_f64(f.value_hi, hi);
            entry.add_text(f.has, "value");
        }
        let flags = [
            ("range", claim.value_lo != claim.value_hi),
            ("baseline", !claim.baseline.is_empty()),
            ("attribution", claim.attribution.is_some()),
            ("counterparty", claim.counterparty.is_some()),
            ("citation", !claim.citations.is_empty()),
            ("hedge", claim.qualifier_text.is_some()),
            ("negated", claim.negated),
            ("hypothetical", claim.hypothetical),
            ("vague", claim.vague),
            ("collective", claim.collective),
        ];
        for (name, _) in flags.iter().filter(|(_, there)| *there) {
            entry.add_text(f.has, name);
        }
        entry
    }

    fn rotation(&self, rotation: &Rotation) -> TantivyDocument {
        let f = self.fields;
        let mut entry = self.start("rotation", &rotation.rotation_id);
        entry.add_text(f.text, &rotation.quote);
        entry.add_text(f.status, rotation.status.as_str());
        for (field, name, side) in [(f.from, "from", &rotation.from), (f.to, "to", &rotation.to)] {
            self.subjects(&mut entry, side);
            for subject in side {
                self.names(&mut entry, field, subject);
            }
            if !side.is_empty() {
                entry.add_text(f.has, name);
            }
        }
        self.period(&mut entry, rotation.period.as_ref());
        if let Some(attribution) = &rotation.attribution {
            entry.add_text(f.attribution, attribution);
            entry.add_text(f.has, "attribution");
        }
        if rotation.negated {
            entry.add_text(f.has, "negated");
        }
        entry
    }

    fn document(&self, claims: &[Claim], rotations: &[Rotation]) -> TantivyDocument {
        let (f, d) = (self.fields, self.document);
        let mut entry = self.start("document", &d.doc_id);
        entry.add_text(f.text, &d.text);
        entry.add_text(f.kind, kind_word(d.kind));
        if let Some(title) = &d.title {
            entry.add_text(f.about, title);
        }
        let subjects = claims.iter().flat_map(|c| &c.subjects);
        let sides = rotations.iter().flat_map(|r| r.from.iter().chain(&r.to));
        let mut seen = BTreeSet::new();
        let once: Vec<Subject> =
            subjects.chain(sides).filter(|s| seen.insert((&s.name, &s.canonical))).cloned().collect();
        self.subjects(&mut entry, &once);
        let metrics: BTreeSet<&str> = claims.iter().filter_map(|c| c.metric).map(|m| m.as_str()).collect();
        for metric in &metrics {
            entry.add_text(f.metric, metric);
        }
        if !metrics.is_empty() {
            entry.add_text(f.has, "metric");
        }
        entry
    }

    fn subjects(&self, entry: &mut TantivyDocument, subjects: &[Subject]) {
        let f = self.fields;
        let mut tickers = BTreeSet::new();
        for subject in subjects {
            self.names(entry, f.subject, subject);
            self.names(entry, f.about, subject);
            let members = subject.members.iter().flatten().filter_map(|m| m.ticker.as_deref());
            tickers.extend(subject.ticker.as_deref().into_iter().chain(members).map(str::to_uppercase));
        }
        if !subjects.is_empty() {
            entry.add_text(f.has, "subject");
        }
        if !tickers.is_empty() {
            entry.add_text(f.has, "ticker");
        }
        for ticker in tickers {
            entry.add_text(f.ticker, ticker);
        }
    }

    fn names(&self, entry: &mut TantivyDocument, field: tantivy::schema::Field, subject: &Subject) {
        entry.add_text(field, &subject.name);
        if subject.canonical != subject.name {
            entry.add_text(field, &subject.canonical);
        }
        if let Some(ticker) = &subject.ticker {
            entry.add_text(field, ticker);
        }
    }

    fn period(&self, entry: &mut TantivyDocument, period: Option<&Period>) {
        let f = self.fields;
        let Some(period) = period else { return };
        entry.add_text(f.has, "period");
        if let Some(norm) = &period.norm {
            entry.add_text(f.period, norm.to_lowercase());
        }
        let day = |d: &Option<String>| d.as_deref().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let printed = period.norm.as_deref().and_then(dates::range_of);
        let start = day(&period.start).or(printed.map(|(s, _)| s));
        let end = day(&period.end).or(printed.map(|(_, e)| e));
        if let Some(start) = start {
            entry.add_i64(f.period_start, dates::days(start));
        }
        if let Some(end) = end {
            entry.add_i64(f.period_end, dates::days(end));
        }
    }
}
