use super::*;
use crate::check::catalogue::Catalogue;
use crate::output::{Style, explanation};

fn text(name: &str, width: usize) -> Option<String> {
    let style = Style { width, colour: false, unicode: false, interactive: false };
    explain(&Catalogue::embedded().expect("embedded"), name).map(|found| explanation::text(&found, &style))
}

#[test]
fn explains_a_check() {
    insta::assert_snapshot!("check", text("ims-admin-recipient", 80).expect("known"));
    insta::assert_snapshot!("manual_check", text("IMS-admin-repoint", 100).expect("known"));
}

#[test]
fn explains_an_article() {
    insta::assert_snapshot!("article", text("300535", 80).expect("known"));
    insta::assert_snapshot!("article_only_named", text("Q316616", 80).expect("named"));
    assert_eq!(text("KB300535", 80), text("300535", 80));
    assert!(text("Q253619", 80).expect("known").contains("Fixed in 5.5 SP4."));
}

#[test]
fn explains_events_and_errors() {
    insta::assert_snapshot!("event", text("MSExchangeIMC 4071", 80).expect("known"));
    insta::assert_snapshot!("event_and_error", text("2140", 80).expect("known"));
    insta::assert_snapshot!("error", text("0xC002041D", 80).expect("known"));
    insta::assert_snapshot!("event_not_covered", text("4018", 60).expect("known"));
    assert_eq!(text("4071", 80), text("MSExchangeIMC 4071", 80));
    assert!(text("1067", 80).expect("known").starts_with("Error 1067"));
}

#[test]
fn says_nothing_of_what_it_does_not_know() {
    let catalogue = Catalogue::embedded().expect("embedded");
    for name in ["", " ", "9999", "Q999999", "ims", "0xdeadbeef", "Perflib 4071", "\u{1b}[31m"] {
        assert_eq!(explain(&catalogue, name), None, "{name}");
    }
    assert_eq!(suggest(&catalogue, "ims-admin-x40"), Some("ims-admin-x400".to_owned()));
    assert_eq!(suggest(&catalogue, "300553"), Some("Q300535".to_owned()));
    assert_eq!(suggest(&catalogue, "0xc002041e"), Some("0xc002041d".to_owned()));
    assert_eq!(suggest(&catalogue, "routing"), None);
}

#[test]
fn keeps_to_the_width_and_never_breaks_a_filter() {
    let text = text("ims-admin-x400", 40).expect("known");
    let filter = "    (|(textEncodedORAddress=*)(otherMailbox=X400$*)(Proxy-Addresses=X400:*))";
    assert!(text.lines().any(|line| line == filter), "{text}");
    for line in text.lines().filter(|line| *line != filter) {
        assert!(line.chars().count() <= 40, "{line}");
    }
}
