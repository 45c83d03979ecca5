//! An article to read.

/// A short article with figures, as HTML.
pub fn article(n: usize) -> String {
    format!(
        "<html><head><title>Company {n} lifts spending</title><link rel=\"canonical\" href=\"https://tape.example/a/{n}\"></head>\
         <body><article><h1>Company {n} lifts spending</h1><p>Microsoft raised its capital spending to ${n}.5 billion in 2025, the company said on Thursday.</p>\
         <p>Its shares fell {n}% after the report, while the wider market rose 1.2% on hopes of lower interest rates this year.</p>\
         <p>Analysts of the firm numbered {n} expect revenue of ${n}0 billion in the coming fiscal year and a margin of 41%.</p></article></body></html>"
    )
}
