//! Columns: the fields of each record in the order of the contract.

use super::record::RecordKind;

const DOCUMENT: &[&str] = &[
    "record",
    "doc_id",
    "url",
    "canonical_url",
    "source",
    "outlet",
    "author",
    "title",
    "lang",
    "published",
    "published_source",
    "modified",
    "fetched",
    "kind",
    "form",
    "cik",
    "accession",
    "period_of_report",
    "items",
    "text",
    "sections",
    "item_sections",
    "references",
    "content_hash",
    "duplicate_of",
    "archive",
    "diagnostics",
];

const CLAIM: &[&str] = &[
    "record",
    "claim_id",
    "doc_id",
    "figure_text",
    "char_start",
    "char_end",
    "byte_start",
    "byte_end",
    "quote",
    "quote_start",
    "quote_end",
    "kind",
    "role",
    "value_lo",
    "value_hi",
    "unit",
    "negative_value",
    "qualifier",
    "qualifier_text",
    "metric",
    "metric_text",
    "direction",
    "subjects",
    "collective",
    "counterparty",
    "period",
    "baseline",
    "baseline_inferred",
    "status",
    "attribution",
    "citations",
    "mention",
    "negated",
    "hypothetical",
    "vague",
    "confidence",
    "evidence",
];

const ROTATION: &[&str] = &[
    "record",
    "rotation_id",
    "doc_id",
    "trigger_text",
    "char_start",
    "char_end",
    "byte_start",
    "byte_end",
    "quote",
    "quote_start",
    "quote_end",
    "from",
    "to",
    "period",
    "status",
    "attribution",
    "negated",
    "mention",
    "confidence",
    "evidence",
];

const MENTION: &[&str] = &[
    "record",
    "doc_id",
    "surface",
    "char_start",
    "char_end",
    "byte_start",
    "byte_end",
    "canonical",
    "ticker",
    "exchange",
    "cik",
    "type",
    "explicit",
    "role",
];

const FACT: &[&str] = &[
    "record",
    "fact_id",
    "context_id",
    "entity",
    "concept",
    "numeric",
    "nil",
    "value",
    "text",
    "unit",
    "decimals",
    "scale",
    "sign",
    "format",
    "start",
    "end",
    "instant",
    "dimensions",
    "hidden",
    "byte_start",
    "byte_end",
    "accession",
    "form",
    "filed",
];

/// The fields of a record, in order.
pub fn columns(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Document => DOCUMENT,
        RecordKind::Claim => CLAIM,
        RecordKind::Rotation => ROTATION,
        RecordKind::Mention => MENTION,
        RecordKind::Fact => FACT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Claim, Document, Fact, Mention, Rotation};

    #[test]
    fn are_those_of_the_schemas() {
        let schemas = [
            (RecordKind::Document, schemars::schema_for!(Document)),
            (RecordKind::Claim, schemars::schema_for!(Claim)),
            (RecordKind::Rotation, schemars::schema_for!(Rotation)),
            (RecordKind::Mention, schemars::schema_for!(Mention)),
            (RecordKind::Fact, schemars::schema_for!(Fact)),
        ];
        for (kind, schema) in schemas {
            let mut want: Vec<String> = schema
                .get("properties")
                .and_then(|p| p.as_object())
                .map(|p| p.keys().cloned().collect())
                .unwrap_or_default();
            let mut have: Vec<String> = columns(kind).iter().map(ToString::to_string).collect();
            want.sort();
            have.sort();
            assert_eq!(have, want, "{kind:?}");
        }
    }
}
