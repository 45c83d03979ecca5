//! Fields: the tantivy schema. Days, months, quarters and years stand ready
//! for facets and timelines.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};

use super::words::{NAMES, STEMS};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $kind:ident),+ $(,)?) => {
        /// The fields by name.
        #[derive(Clone, Copy, Debug)]
        pub(super) struct Fields { $($(#[$doc])* pub $name: Field),+ }

        impl Fields {
            /// The schema and its fields.
            pub fn schema() -> (Schema, Fields) {
                let mut schema = Schema::builder();
                let fields = Fields { $($name: $kind(&mut schema, stringify!($name))),+ };
                (schema.build(), fields)
            }
        }
    };
}

fields! {
    /// claim, rotation or document.
    record: word,
    /// Id of the claim, rotation or document.
    id: stored,
    /// The id as a number: the last word where all else is equal.
    order: number,
    /// Id of the document.
    doc: stored,
    /// Sentence of a claim or rotation; text of a document.
    text: text,
    /// Names of the subjects and the metric; title of a document.
    about: text,
    /// Kind of figure, or of document.
    kind: word,
    role: word,
    metric: word,
    direction: word,
    status: word,
    unit: word,
    baseline: word,
    ticker: word,
    source: word,
    has: word,
    /// Names for `subject:`.
    subject: names,
    outlet: names,
    /// Outlet as written, for facets.
    outlet_name: word,
    attribution: names,
    from: names,
    to: names,
    value_lo: float,
    value_hi: float,
    /// Seconds since 1970.
    published: integer,
    day: word,
    month: word,
    quarter: word,
    year: word,
    /// Normal form of the period, in lower case.
    period: word,
    /// Days since 1970.
    period_start: integer,
    period_end: integer,
}

fn word(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_text_field(name, STRING | FAST)
}

fn stored(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_text_field(name, STRING | STORED)
}

fn text(schema: &mut SchemaBuilder, name: &str) -> Field {
    analysed(schema, name, STEMS)
}

fn names(schema: &mut SchemaBuilder, name: &str) -> Field {
    analysed(schema, name, NAMES)
}

fn analysed(schema: &mut SchemaBuilder, name: &str, analyser: &str) -> Field {
    let indexing =
        TextFieldIndexing::default().set_tokenizer(analyser).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

fn float(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_f64_field(name, NumericOptions::from(INDEXED | FAST))
}

fn number(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_u64_field(name, FAST)
}

fn integer(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_i64_field(name, NumericOptions::from(INDEXED | FAST))
}
