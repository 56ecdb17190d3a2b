use super::*;
use crate::check::catalogue::Catalogue;
use crate::check::fixture;
use crate::output::{Style, explanation};
use std::collections::BTreeSet;

fn text(name: &str, width: usize) -> Option<String> {
    text_of(&Catalogue::embedded().expect("embedded"), name, width)
}

/// From the texts that stay as they are.
fn small(name: &str) -> String {
    text_of(&fixture::small(), name, 80).expect("known")
}

fn text_of(catalogue: &Catalogue, name: &str, width: usize) -> Option<String> {
    let style = Style { width, colour: false, unicode: false, interactive: false };
    explain(catalogue, name).map(|found| explanation::text(&found, &style))
}

#[test]
fn explains_a_check() {
    insta::assert_snapshot!("check", text("ims-admin-recipient", 80).expect("known"));
    insta::assert_snapshot!("manual_check", text("IMS-admin-repoint", 100).expect("known"));
}

#[test]
fn explains_an_article() {
    insta::assert_snapshot!("article", text("300535", 80).expect("known"));
    insta::assert_snapshot!("article_with_all", small("Q100001"));
    insta::assert_snapshot!("article_only_named", small("Q100009"));
    assert_eq!(text("KB300535", 80), text("300535", 80));
    assert!(text("Q253619", 80).expect("known").contains("Fixed in 5.5 SP4."));
}

/// All checks that cite it pass in the state that it describes.
#[test]
fn a_check_that_cites_an_article_for_what_to_do_does_not_cover_it() {
    for (kb, check) in [
        ("Q252869", "mailbox-home-one-server"),
        ("Q162012", "routing-calc-server"),
        ("Q196793", "ims-address-space-useless"),
        ("Q198772", "x400-connectors-one-address"),
    ] {
        let found = text(kb, 1000).expect(kb);
        let (_, named_by) = found.split_once("\nNamed by\n").expect("named by a check");
        assert!(named_by.contains(&format!("- {check}: ")) && !found.contains("Covered by"), "{found}");
    }
    let code = text("c1040b00", 1000).expect("known");
    assert!(code.contains("No check covers this yet.") && !code.contains("mailbox-home"), "{code}");
    // the fault of this one a check finds
    let found = text("Q156896", 1000).expect("known");
    let (_, covered_by) = found.split_once("\nCovered by\n").expect("covered");
    assert!(covered_by.contains("- recipient-no-x400: "), "{found}");
}

#[test]
fn a_number_names_every_cause_that_its_articles_name() {
    for (number, causes) in [
        ("9405", &["server that is not in the site any more", "Q246608"][..]),
        ("c1031662", &["no templates", "SMTP domain of their own", "Q179346", "Q188636"]),
        ("MSExchangeSA 5004", &["Home-MDB", "no templates", "SMTP domain of their own"]),
    ] {
        let found = text(number, 1000).expect(number);
        assert!(causes.iter().all(|cause| found.contains(cause)), "{found}");
    }
}

#[test]
fn explains_events_and_errors() {
    insta::assert_snapshot!("event", text("MSExchangeIMC 4071", 80).expect("known"));
    insta::assert_snapshot!("event_and_error", small("9001"));
    insta::assert_snapshot!("error", text("0xC002041D", 80).expect("known"));
    insta::assert_snapshot!("event_not_covered", small("event 9002"));
    insta::assert_snapshot!("source", small("mta"));
    assert_eq!(text("4071", 80), text("MSExchangeIMC 4071", 80));
    assert!(text("1067", 80).expect("known").starts_with("Error 1067"));
}

/// The words are those of the catalogue's own table, or our message's.
#[test]
fn an_article_that_only_a_message_names_says_which() {
    let catalogue = fixture::small();
    for (kb, says) in [
        ("Q185475", "the admin view (,cn=admin) shows hidden and deleted objects"),
        ("Q224447", "port 389 is Active Directory's"),
        ("182507", "the form of a bind name is cn=ACCOUNT,cn=DOMAIN"),
        ("Q246567", "exaudit doctor, as a fault that concerns the audit: a paged search whose filter names a DN"),
    ] {
        let text = text_of(&catalogue, kb, 1000).expect(kb);
        assert!(
            text.contains(says) && text.contains("No check covers this yet.") && text.contains("not described here"),
            "{text}"
        );
        assert!(explain(&Catalogue::embedded().expect("embedded"), kb).is_some(), "{kb}");
    }
    assert!(text_of(&catalogue, "Q185475", 80).expect("known").contains("Q100001 \"XADM: The First Article\""));
    assert!(text_of(&catalogue, "Q100003", 80).expect("known").contains("a-first: The first thing holds"));
    assert_eq!(only_named(&catalogue).last().map(String::as_str), Some("Q312501"));
    assert_eq!(only_named(&catalogue).first().map(String::as_str), Some("Q100009"));
}

/// Every text in checks/ is within reach of whoever asks.
#[test]
fn everything_in_the_catalogue_is_found() {
    for catalogue in [Catalogue::embedded().expect("embedded"), fixture::small(), fixture::large()] {
        let found = |name: &str| {
            let explanation = explain(&catalogue, name).unwrap_or_else(|| panic!("{name} is not found"));
            for section in &explanation.sections {
                assert!(!section.blocks.is_empty(), "{name}: {}", section.title);
                let is_empty = |block: &Block| match block {
                    Block::Text(text) | Block::Item(text) | Block::Step(text) | Block::Code(text) => text.trim().is_empty(),
                    Block::Check { id, title } => id.is_empty() || title.is_empty(),
                    Block::Article { kb, title } => kb.is_empty() || title.as_ref().is_some_and(String::is_empty),
                };
                assert!(!section.blocks.iter().any(is_empty), "{name}: {section:?}");
            }
            explanation
        };
        for check in catalogue.checks() {
            assert!(found(&check.id).heading.starts_with(&check.id));
        }
        for article in catalogue.articles() {
            assert!(found(&article.kb).heading.starts_with(&article.kb));
        }
        for kb in only_named(&catalogue) {
            assert_eq!(found(&kb).heading, kb);
        }
        let named: BTreeSet<&String> = catalogue.signs().iter().flat_map(|sign| &sign.kb).collect();
        named.into_iter().for_each(|kb| _ = found(kb));
        for sign in catalogue.signs() {
            for name in [sign.code.clone(), query_for(sign), query_for(sign).to_uppercase()] {
                let explanation = found(&name);
                let heading = explanation.heading;
                assert!(heading.split("; ").any(|part| part == sign.to_string()), "{name}: {heading}");
                let asked = queries(&catalogue, &[name.clone(), "Q100001".to_owned()]);
                assert_eq!(
                    asked.first().map(|query| explain(&catalogue, query).map(|e| e.heading)),
                    Some(Some(heading)),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn says_nothing_of_what_it_does_not_know() {
    let catalogue = Catalogue::embedded().expect("embedded");
    for name in ["", " ", "9999", "Q999999", "worm", "0xdeadbeef", "Perflib 4071", "\u{1b}[31m"] {
        assert_eq!(explain(&catalogue, name), None, "{name}");
    }
    assert_eq!(suggest(&catalogue, "ims-admin-x40"), Some("ims-admin-x400".to_owned()));
    assert_eq!(suggest(&catalogue, "300553"), Some("Q300535".to_owned()));
    assert_eq!(suggest(&catalogue, "0xc002041e"), Some("0xc002041d".to_owned()));
    assert_eq!(suggest(&catalogue, "C002041E"), Some("0xc002041d".to_owned()));
    assert_eq!(suggest(&catalogue, "Perflib 4071"), Some("MSExchangeIMC 4071".to_owned()));
    assert_eq!(suggest(&catalogue, "quagmire"), None);
}

#[test]
fn explains_the_words_of_the_report() {
    insta::assert_snapshot!("word_unknown", text("unknown", 80).expect("known"));
    insta::assert_snapshot!("word_attribute", text("Extension-Data", 80).expect("known"));
    let small = fixture::small();
    for (word, says) in [
        ("blocked", "A check that this one needs did not pass"),
        ("skipped", "A check that this one needs did not pass"),
        ("Undecided", "A verdict"),
        ("inferred", "no document states it"),
        ("Critical", "Mail stops, or is lost."),
        ("container-unreadable", "A reason, of the verdict unknown"),
        ("needs:a-first", "a-first did not pass."),
        ("mailbox", "Every mailbox. objectClass: organizationalPerson."),
        ("mta", "MSExchangeMTA, a source of events"),
        ("site-affinity", "Site-Affinity in raw mode of the Administrator program. Objects of these classes have it"),
        ("Site-Affinity", "Information-Store-Cfg. No page about the attribute itself was found"),
    ] {
        let found = text_of(&small, word, 1000).expect(word);
        assert!(found.contains(says), "{found}");
    }
    // an id comes first
    assert!(text("ims-admin-set", 80).expect("known").starts_with("ims-admin-set: "));
    assert_eq!(suggest(&small, "unknwon"), Some("unknown".to_owned()));
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
