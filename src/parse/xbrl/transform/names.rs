//! Formats of names: a state, an exchange, the category of a filer → its code.

type List = &'static [(&'static str, &'static str)];

/// The list of a format; none when it is no format of names.
pub(super) fn list(format: &str) -> Option<List> {
    match format {
        "stateprovnameen" => Some(STATES),
        "exchnameen" => Some(EXCHANGES),
        "entityfilercategoryen" => Some(FILERS),
        _ => None,
    }
}

/// The code of a lower-case name.
pub(super) fn code(list: List, name: &str) -> Option<&'static str> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !matches!(*w, "" | "the" | "llc" | "inc"));
    let name = words.collect::<Vec<_>>().join(" ");
    list.iter().find(|(n, _)| *n == name).map(|(_, code)| *code)
}

#[rustfmt::skip]
const STATES: List = &[
    ("alabama", "AL"), ("alaska", "AK"), ("arizona", "AZ"), ("arkansas", "AR"), ("california", "CA"),
    ("colorado", "CO"), ("connecticut", "CT"), ("delaware", "DE"), ("district of columbia", "DC"),
    ("washington d c", "DC"), ("florida", "FL"), ("georgia", "GA"), ("guam", "GU"), ("hawaii", "HI"), ("idaho", "ID"),
    ("illinois", "IL"), ("indiana", "IN"), ("iowa", "IA"), ("kansas", "KS"), ("kentucky", "KY"), ("louisiana", "LA"),
    ("maine", "ME"), ("maryland", "MD"), ("massachusetts", "MA"), ("michigan", "MI"), ("minnesota", "MN"),
    ("mississippi", "MS"), ("missouri", "MO"), ("montana", "MT"), ("nebraska", "NE"), ("nevada", "NV"),
    ("new hampshire", "NH"), ("new jersey", "NJ"), ("new mexico", "NM"), ("new york", "NY"),
    ("north carolina", "NC"), ("north dakota", "ND"), ("ohio", "OH"), ("oklahoma", "OK"), ("oregon", "OR"),
    ("pennsylvania", "PA"), ("puerto rico", "PR"), ("rhode island", "RI"), ("south carolina", "SC"),
    ("south dakota", "SD"), ("tennessee", "TN"), ("texas", "TX"), ("utah", "UT"), ("vermont", "VT"),
    ("virgin islands", "VI"), ("virginia", "VA"), ("washington", "WA"), ("west virginia", "WV"), ("wisconsin", "WI"),
    ("wyoming", "WY"), ("alberta", "AB"), ("british columbia", "BC"), ("manitoba", "MB"), ("new brunswick", "NB"),
    ("newfoundland", "NL"), ("newfoundland and labrador", "NL"), ("nova scotia", "NS"), ("ontario", "ON"),
    ("prince edward island", "PE"), ("quebec", "QC"), ("québec", "QC"), ("saskatchewan", "SK"), ("yukon", "YT"),
];

#[rustfmt::skip]
const EXCHANGES: List = &[
    ("nasdaq", "NASDAQ"), ("nasdaq stock market", "NASDAQ"), ("nasdaq global select market", "NASDAQ"),
    ("nasdaq global market", "NASDAQ"), ("nasdaq capital market", "NASDAQ"), ("new york stock exchange", "NYSE"),
    ("nyse", "NYSE"), ("nyse american", "NYSEAMER"), ("nyse arca", "NYSEArca"), ("nyse texas", "NYSETX"),
    ("nyse chicago", "CHX"), ("chicago stock exchange", "CHX"), ("cboe bzx exchange", "CboeBZX"),
    ("cboe byx exchange", "CboeBYX"), ("cboe exchange", "CBOE"), ("investors exchange", "IEX"),
    ("boston stock exchange", "BOX"), ("nasdaq bx", "BX"), ("nasdaq phlx", "PHLX"), ("nyse national", "NYSENAT"),
    ("long term stock exchange", "LTSE"),
];

#[rustfmt::skip]
const FILERS: List = &[
    ("large accelerated filer", "Large Accelerated Filer"), ("accelerated filer", "Accelerated Filer"),
    ("non accelerated filer", "Non-accelerated Filer"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_codes() {
        let read = |format: &str, name: &str| list(format).and_then(|l| code(l, name));
        assert_eq!(read("exchnameen", "the nasdaq stock market llc"), Some("NASDAQ"));
        assert_eq!(read("entityfilercategoryen", "non-accelerated  filer"), Some("Non-accelerated Filer"));
        assert_eq!(read("stateprovnameen", "atlantis"), None);
        assert_eq!(read("durwordsen", "nasdaq"), None);
    }
}
