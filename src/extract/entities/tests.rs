//! Own sentences: what must be found, and near-misses that must not be.

use std::sync::OnceLock;

use super::{Found, entities};
use crate::lexicon::Lexicon;
use crate::model::{EntityType, Segmented, Sentence, SentenceKind, Tokens};

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::embedded().unwrap_or_default())
}

/// Runs the recogniser; every sign of the end of a sentence ends one.
fn find(text: &str, date: Option<&str>) -> Vec<Found<'static>> {
    let tokens = Tokens::new(text);
    let mut sentences = Vec::new();
    let mut first = 0;
    for i in 0..tokens.len() {
        if matches!(tokens.clean(i), "." | "!" | "?" | "\n") && tokens.get(i + 1).is_none_or(|t| !t.glued)
            || i + 1 == tokens.len()
        {
            let span = tokens.span(first, i + 1);
            sentences.push(Sentence { span, first, end: i + 1, kind: SentenceKind::Prose, paragraph: 0 });
            first = i + 1;
        }
    }
    let text = Segmented { tokens, sentences };
    let ids = lexicon().ids(&text.tokens);
    let mut hits = Vec::new();
    lexicon().trie().scan(&ids, &mut hits);
    entities(&text, &ids, &hits, lexicon(), date)
}

fn tickers(text: &str) -> Vec<String> {
    find(text, Some("2026-02-10")).into_iter().filter_map(|f| f.ticker.map(|t| t.into_owned())).collect()
}

fn kinds(text: &str, kind: EntityType) -> Vec<String> {
    find(text, Some("2026-02-10")).into_iter().filter(|f| f.kind == kind).map(|f| f.canonical.into_owned()).collect()
}

#[track_caller]
fn expect(cases: &[(&str, &[&str])]) {
    for (text, want) in cases {
        assert_eq!(&tickers(text), want, "{text}");
    }
}

#[test]
fn the_lists_compile() {
    assert!(lexicon().entities().all().len() > 9_000, "{:?}", Lexicon::embedded().err());
}

#[test]
fn names_and_aliases() {
    expect(&[
        ("Nvidia rose while Microsoft and Alphabet slipped.", &["NVDA", "MSFT", "GOOGL"]),
        ("Google, Facebook and Coke were mixed.", &["GOOGL", "META", "KO"]),
        ("P&G, J&J and AT&T pay dividends.", &["PG", "JNJ", "T"]),
        ("Analysts at the desk prefer TSMC, ASML and SK Hynix.", &["TSM", "ASML", "000660.KS"]),
        ("JPMorgan Chase & Co. reported before Berkshire Hathaway did.", &["JPM", "BRK.B"]),
        ("McDonald's and Lowe's beat; Kohl's did not.", &["MCD", "LOW", "KSS"]),
        ("Nestlé's sales fell, L'Oréal's rose.", &["NESN.SW", "OR.PA"]),
        ("A filing shows Palo Alto Networks Inc. bought a rival.", &["PANW"]),
        ("AT&amp;T lost subscribers.", &["T"]),
        ("Analysis-Nvidia soars; Sherwin-Williams and Coca-Cola slip.", &["NVDA", "SHW", "KO"]),
        ("3M spun off a unit.", &["MMM"]),
        ("eBay cut its outlook.", &["EBAY"]),
    ]);
}

#[test]
fn printed_tickers() {
    expect(&[
        ("Quarry Robotics (NASDAQ: QRRY) named a chief.", &["QRRY"]),
        ("Micron Technology (NASDAQ:MU) and Newmont Corp. (NYSE: NEM) rose.", &["MU", "NEM"]),
        ("Gartner (IT), Allstate (ALL) and Ford Motor (F) closed higher.", &["IT", "ALL", "F"]),
        ("Chip funds (SMH, SOXX, XSD) lagged.", &["SMH", "SOXX", "XSD"]),
        ("Adding to $TSLA and $AMD; stop at $250.", &["TSLA", "AMD"]),
        ("Alphabet (GOOGL) (GOOG) gained.", &["GOOGL"]),
        ("Berkshire Hathaway (BRKB) sold; BRK.B and BRK-A fell.", &["BRK.B", "BRK.B", "BRK.A"]),
        ("Oracle ORCL –2.40% and Adobe ADBE +1.70% moved.", &["ORCL", "ORCL", "ADBE", "ADBE"]),
        ("Apple (ticker: AAPL) is due.", &["AAPL"]),
        ("They upgraded NYSE:SNOW and NASDAQ:CRWD.", &["SNOW", "CRWD"]),
        ("Keyence (6861.T) and Hua Hong (1347.HK) fell.", &["6861.T", "1347.HK"]),
        ("Murata (TYO: 6981) and Tencent (HKEX: 700) rose.", &["6981.T", "0700.HK"]),
        ("QUARRY INTERNATIONAL <QRY> TO BUY BACK STOCK", &["QRY"]),
        ("Old Mill Metals (TSX: OMM) (NYSE American: OMMX) closed its financing.", &["OMMX"]),
        ("MicrosoftMSFT+1.2% and INTELINTC-- rose.", &["MSFT", "INTC"]),
        ("The index ^GSPC and .SPX closed flat.", &["SPX", "SPX"]),
        ("Verizon (VZ,) fell.", &["VZ"]),
        ("Technology (XLK), energy (XLE) and gold (GLD) rose.", &["XLK", "XLE", "GLD"]),
        ("Cisco Systems Inc (CSCO.O) and the S&P 500 (.SPX) fell.", &["CSCO", "SPX"]),
    ]);
}

#[test]
fn bare_tickers() {
    expect(&[
        ("MU stock jumped, as did shares of AMAT.", &["MU", "AMAT"]),
        ("AAPL and MSFT closed flat.", &["AAPL", "MSFT"]),
        ("Salesforce (CRM) fell. CRM stock is down a fifth.", &["CRM", "CRM"]),
        ("T and F beat estimates.", &["T", "F"]),
        ("SPY, QQQ and IWM rose.", &["SPY", "QQQ", "IWM"]),
        ("Boeing slid early. BA later recovered.", &["BA", "BA"]),
        ("The SPX and the NDX diverged; the VIX rose.", &["SPX", "NDX", "VIX"]),
    ]);
}

#[test]
fn words_that_only_look_like_tickers() {
    for text in [
        "AI and IT budgets grew; the CEO expects EPS growth.",
        "ALL of it depends ON what we do NOW.",
        "GDP, CPI and PPI are due; the IPO of an ETF is not.",
        "The USA and the EU agreed; FY results and YTD gains follow.",
        "Price-to-earnings (PE) ratios and return on equity (ROE) fell.",
        "Artificial intelligence (AI) and electric vehicles (EV) lead.",
        "Initial Public Offering (IPO) rules changed.",
        "The Quarry Land Development Company (QLDC) said so.",
        "The rating is #2 (Hold).",
        "GPT-5 and F-16 and A-10 and B2B.",
        "Class A and Class C shares.",
        "A cut of $5 and $200 and US$30.",
        "PARIS (AP) - Talks went on.",
        "The Big Four accounting firms grew.",
        "WE WILL ALL BE BACK ON TIME",
        "Section 4(a)(2)(C) applies.",
    ] {
        assert_eq!(tickers(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn names_that_are_ordinary_words() {
    expect(&[
        ("Shares of Target fell 4%.", &["TGT"]),
        ("The gap between rich and poor is a target.", &[]),
        ("Gap: what we know so far.", &[]),
        ("Target prices were cut.", &[]),
        ("Late on Monday Target cut its forecast.", &["TGT"]),
        ("Visa applications fell.", &[]),
        ("Payments giant Visa rose.", &["V"]),
        ("The Amazon rainforest shrank.", &[]),
        ("Henry Ford built cars.", &[]),
        ("The note by analyst Meta Jones was read.", &[]),
        ("Unity among members is rare.", &[]),
        ("Block, Inc. rose.", &["XYZ"]),
        ("They met at Union Square to talk.", &[]),
        ("Match Group (MTCH) fell. Match shares are cheap.", &["MTCH", "MTCH"]),
        ("Cooper said it was fine.", &[]),
        ("United States growth slowed.", &[]),
        ("Snap elections follow.", &[]),
        ("Best Buy stock rose.", &["BBY"]),
        ("The firm's Chief Strategy Officer left.", &[]),
        ("On Holding (ON) rose.", &["ONON"]),
        ("Dow (DOW) and Linde (LIN) rose.", &["DOW", "LIN"]),
    ]);
}

#[test]
fn every_listed_lookalike_holds_its_examples() {
    let lists = lexicon().entities();
    let mut tried = 0;
    for (text, yes, name) in lists.examples() {
        let found = find(&text, Some("2026-02-10"));
        let here = found.iter().any(|f| {
            let words = f.span.of(&text);
            f.kind == EntityType::Company && f.entity.is_some() && (words == name || yes && words.contains(name))
        });
        let ids = lexicon().ids(&Tokens::new(name));
        let mut senses = lexicon().trie().senses(&ids);
        let owned = senses.any(|s| {
            s.list == crate::lexicon::List::Entity
                && lists.name(s.index).and_then(|n| lists.get(n.entity)).is_some_and(|e| e.kind == EntityType::Company)
        });
        assert!(if yes { here || !owned } else { !here }, "{text:?}: {found:?}");
        tried += 1;
    }
    assert!(tried > 500);
}

#[test]
fn short_forms_and_new_names() {
    let found = find("Quarry Robotics (NASDAQ: QRRY) rose. Later Quarry shares fell.", None);
    let tickers: Vec<_> = found.iter().filter_map(|f| f.ticker.as_deref()).collect();
    assert_eq!(tickers, ["QRRY", "QRRY"]);
    assert_eq!(found.first().map(|f| f.canonical.as_ref()), Some("Quarry Robotics"));
    expect(&[("Veeva Systems (VEEV) rose. Later Veeva fell.", &["VEEV", "VEEV"])]);
}

#[test]
fn dates_decide_what_was_listed() {
    let on = |text: &str, date| find(text, date).into_iter().next().and_then(|f| f.ticker.map(|t| t.into_owned()));
    assert_eq!(on("Arm Holdings filed for an offering.", Some("2023-08-01")), None);
    assert_eq!(on("Arm Holdings rose.", Some("2025-08-01")).as_deref(), Some("ARM"));
    assert_eq!(on("Twitter fell.", Some("2021-03-01")).as_deref(), Some("TWTR"));
    assert_eq!(on("Twitter fell.", Some("2025-03-01")), None);
    assert_eq!(on("Facebook rose.", Some("2020-03-01")).as_deref(), Some("FB"));
    assert_eq!(on("Facebook rose.", Some("2024-03-01")).as_deref(), Some("META"));
    assert_eq!(on("Facebook (FB) rose.", Some("2020-03-01")).as_deref(), Some("FB"));
    assert_eq!(on("Nordstrom (JWN) rose.", None).as_deref(), Some("JWN"));
}

#[test]
fn indices_and_funds() {
    expect(&[
        ("The S&P 500 rose, the Dow fell, the Nasdaq was flat.", &["SPX", "DJI", "IXIC"]),
        ("The Nasdaq 100 beat the Russell 2000 and the S&P 500 Equal Weight Index.", &["NDX", "RUT", "SPXEW"]),
        ("The S&P 493 and the S&P 500 Dividend Growers Index lagged.", &[]),
        ("MSCI World Banks and the FTSE Emerging Growth Index lagged.", &[]),
        ("The FTSE 100, the DAX and the Nikkei 225 fell.", &["FTSE", "GDAXI", "N225"]),
        ("The VanEck Semiconductor ETF and the SPDR S&P 500 ETF (SPY) rose.", &["SMH", "SPY"]),
        ("Shares began trading on the Nasdaq.", &[]),
        ("S&amp;P 500 futures rose.", &["SPX"]),
        ("S&P Global rose.", &["SPGI"]),
        ("Bitcoin and Ether fell.", &["BTC", "ETH"]),
    ]);
}

#[test]
fn groups_sectors_and_others() {
    assert_eq!(
        kinds("The Magnificent Seven and the Big Four hyperscalers spend.", EntityType::Group),
        ["Magnificent Seven", "Big Four hyperscalers"]
    );
    assert_eq!(
        kinds("Money left tech stocks for utilities and consumer staples.", EntityType::Sector),
        ["information technology", "utilities", "consumer staples"]
    );
    assert_eq!(kinds("The Fed and the ECB met.", EntityType::Government), ["Federal Reserve", "European Central Bank"]);
    assert_eq!(kinds("The Big Four accounting firms grew.", EntityType::Group), Vec::<String>::new());
    assert_eq!(kinds("Brent and gold rose.", EntityType::Commodity), ["Brent crude", "Gold"]);
    assert_eq!(kinds("They trade the new technology-driven way.", EntityType::Sector), Vec::<String>::new());
    let found = find("The Magnificent Seven rose.", None);
    assert_eq!(found.first().and_then(|f| f.members).map(<[_]>::len), Some(7));
}

#[test]
fn firms_that_no_list_has() {
    let names = |text: &str| -> Vec<String> {
        find(text, None).into_iter().filter(|f| f.entity.is_none()).map(|f| f.canonical.into_owned()).collect()
    };
    assert_eq!(names("Jo Roe of Stone Lake Private Wealth said so."), ["Stone Lake Private Wealth"]);
    assert_eq!(
        names("They sold Quillfeather Corp. to Mossbank Partners in May."),
        ["Quillfeather Corp.", "Mossbank Partners"]
    );
    assert_eq!(names("The Company and its Bank did well. Our Group too."), Vec::<String>::new());
}

#[test]
fn sources_are_told_apart() {
    let sources = |text: &str| -> Vec<String> {
        find(text, None).into_iter().filter(|f| f.source).map(|f| f.canonical.into_owned()).collect()
    };
    assert_eq!(
        sources("Citi analysts cut Intel. According to Nasdaq, volume rose."),
        ["Citigroup", "Nasdaq Composite"]
    );
    assert_eq!(sources("Jo Roe of Morgan Stanley said Apple rose, Reuters reported."), ["Morgan Stanley", "Reuters"]);
    assert_eq!(sources("Apple said revenue rose. Morgan Stanley shares fell."), Vec::<String>::new());
    // A rater in a snippet carries no ticker, in a document it does.
    assert_eq!(tickers("Barclays analysts raised Meta."), ["META"]);
    assert_eq!(tickers("Barclays analysts raised Meta. It rose. It was the third day. All was well."), ["BCS", "META"]);
}

#[test]
fn spans_do_not_overlap() {
    let text = "Apple (AAPL), Google (GOOG) and $MSFT; the S&P 500 Equal Weight Index, C3.ai (AI).";
    let found = find(text, None);
    assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{found:?}");
    assert_eq!(found.first().map(|f| f.span.of(text)), Some("Apple (AAPL)"));
    assert_eq!(found.first().map(|f| f.subject(text, lexicon()).name), Some("Apple (AAPL)".to_string()));
}

#[test]
fn nothing_breaks_on_odd_text() {
    for text in [
        "",
        "(",
        "()",
        "($)",
        "$",
        "^",
        "<>",
        "(NASDAQ:)",
        "(NASDAQ: )",
        ":",
        "A:",
        "S&P",
        "Inc.",
        "& Co",
        "\n\n.\n",
        "🙂 (AAPL",
        "((((((",
        "e\u{301} (É)",
        ".T",
        "7203.",
        "(,)",
        "(;;;)",
        "[[ ]]",
    ] {
        let _ = find(text, Some("not a date"));
        let _ = find(text, Some(""));
    }
}
