//! Addresses: the cases of the Web Platform Tests, and what holds for any.

use proptest::prelude::*;
use serde_json::Value;
use tapecheck::model::address;

use super::{cases, text};

#[test]
fn all_cases_of_http() {
    let Some(folder) = cases("url") else { return };
    let file = std::fs::read(folder.join("urltestdata.json")).expect("the cases can be read");
    let all: Vec<Value> = serde_json::from_slice(&file).expect("the cases are JSON");
    let (mut same, mut count) = (0, 0);
    for row in all.iter().filter(|r| r.is_object()) {
        let base = row.get("base").and_then(Value::as_str);
        let fails = row.get("failure").and_then(Value::as_bool) == Some(true);
        let web = |t: &str| t.starts_with("http://") || t.starts_with("https://");
        // What leads elsewhere than to the web is not ours.
        let input = text(row, "input").trim_start().to_ascii_lowercase();
        let ours = if fails { input.starts_with("http") || base.is_some_and(web) } else { web(text(row, "href")) };
        if !ours {
            continue;
        }
        count += 1;
        let got = address::resolve(base, text(row, "input"));
        let want = (!fails).then(|| text(row, "href"));
        if got.as_ref().map(|u| u.as_str()) == want {
            same += 1;
        } else {
            eprintln!("differs: {base:?} {:?}: {got:?}, not {want:?}", text(row, "input"));
        }
        if let Some(url) = got {
            let normal = address::normalise(url.as_str()).expect("an address of the web has a normal form");
            assert_eq!(address::normalise(&normal).as_ref(), Some(&normal), "{url}");
        }
    }
    eprintln!("addresses: {same} of {count} cases of http and https agree");
    assert!(count >= 250, "{count}");
    assert_eq!(same, count);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn normalising_twice_changes_nothing(
        url in "(?i)https?://([a-z]{1,5}\\.){1,2}[a-z]{2,3}(:80|:443|:99)?(/[a-z.%0-9é]{0,6}){0,4}/?(\\?[a-z_=&%0-9é]{0,20})?(#x)?"
    ) {
        if let Some(normal) = address::normalise(&url) {
            let again = address::normalise(&normal);
            prop_assert_eq!(again.as_ref(), Some(&normal));
            let key = address::key(&url);
            prop_assert_eq!(address::key(&normal), key.clone());
            prop_assert_eq!(key.as_deref().and_then(address::key), key);
        }
    }

    #[test]
    fn any_text_is_read(url in ".{0,60}", base in "https://x\\.example/.{0,20}") {
        address::normalise(&url);
        address::key(&url);
        address::resolve(Some(&base), &url);
    }
}
