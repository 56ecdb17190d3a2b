//! `exaudit explain` and `exaudit list`, as an operator types them.

use crate::common::run::{Ran, exaudit};
use exaudit::check::Catalogue;

fn explain(words: &[&str]) -> Ran {
    exaudit(["explain"].iter().chain(words)).run()
}

/// The first lines of what was explained.
fn headings(ran: &Ran) -> Vec<&str> {
    let rule = format!("\n{}\n\n", "-".repeat(80));
    ran.stdout.split(rule.as_str()).filter_map(|text| text.lines().next()).collect()
}

#[test]
fn one_thing_by_every_name() {
    for (words, heading, word) in [
        (&["ims-admin-x400"][..], "ims-admin-x400: ", "Q300535"),
        (&["Q300535"], "Q300535: ", "ims-admin-x400"),
        (&["300535"], "Q300535: ", "0xc002041d"),
        (&["KB", "300535"], "Q300535: ", "0xc002041d"),
        (&["4071"], "Event MSExchangeIMC 4071", "Q183178"),
        (&["event", "4071"], "Event MSExchangeIMC 4071", "Q183178"),
        (&["Event ID: 4071"], "Event MSExchangeIMC 4071", "Q183178"),
        (&["MSExchangeIMC 4071"], "Event MSExchangeIMC 4071", "ims-admin-set"),
        (&["MSExchangeMTA", "178"], "Event MSExchangeMTA 178", "Q155104"),
        (&["MSExchangeMTA 178"], "Event MSExchangeMTA 178", "Q155104"),
        (&["mta", "3150"], "Event MSExchangeMTA 3150", "Q253619"),
        (&["0xC002041D"], "Error 0xc002041d", "Q300535"),
        (&["C002041D"], "Error 0xc002041d", "Q300535"),
        (&["c002041d"], "Error 0xc002041d", "Q300535"),
        (&["error", "1067"], "Error 1067", "Q149542"),
        (&["1067"], "Error 1067", "Q149542"),
        (&["MSExchangeMTA"], "MSExchangeMTA, a source of events", "3150"),
        (&["Q185475"], "Q185475", "exaudit doctor"),
        (&["Q224447"], "Q224447", "port 389 is Active Directory's"),
        (&["Q182507"], "Q182507", "cn=ACCOUNT,cn=DOMAIN"),
    ] {
        let ran = explain(words);
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.stderr);
        assert!(matches!(headings(&ran)[..], [only] if only.starts_with(heading)), "{words:?}: {}", ran.stdout);
        let unwrapped = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(unwrapped.contains(word), "{words:?}: {}", ran.stdout);
        assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ran.stdout);
    }
}

/// A code that no text of the program holds, in every spelling.
#[test]
fn a_code_of_an_operators_own_list() {
    let folder = tempfile::tempdir().expect("folder");
    let text = "[[error]]\ncode = \"0xC103FFFF\"\nmeaning = \"Ours.\"\nkb = [\"Q999100\"]\n";
    std::fs::write(folder.path().join("events.toml"), text).expect("file");
    let dir = folder.path().display().to_string();
    for code in ["c103ffff", "0xC103FFFF", "C103FFFF", "0xc103ffff"] {
        let ran = explain(&[code, "--checks", &dir]);
        assert!(ran.code == 0 && ran.stdout.starts_with("Error 0xc103ffff\n\nOurs.\n"), "{code}: {}", ran.stdout);
        assert!(
            ran.stdout.contains("Q999100 (not described here)") && ran.stdout.contains("No check covers this yet."),
            "{code}: {}",
            ran.stdout
        );
    }
}

#[test]
fn several_things_at_once() {
    let ran = explain(&["Q300535", "4071"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        matches!(headings(&ran)[..], [first, "Event MSExchangeIMC 4071"] if first.starts_with("Q300535: ")),
        "{}",
        ran.stdout
    );
    let ran = explain(&["ims-admin-set", "event 178 MSExchangeMTA", "3150", "Q300535,", "q300535", "KB300535"]);
    let starts = ["ims-admin-set: ", "Event MSExchangeMTA 178", "Event MSExchangeMTA 3150", "Q300535: "];
    assert_eq!(headings(&ran).len(), starts.len(), "{}", ran.stdout);
    assert!(headings(&ran).iter().zip(starts).all(|(heading, start)| heading.starts_with(start)), "{}", ran.stdout);
}

#[test]
fn what_is_not_known_is_told_beside_what_is() {
    let ran = explain(&["ims-admin-x4000"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("did you mean ims-admin-x400?"), "{}", ran.stderr);
    let ran = explain(&["Q999999", "4071", "Perflib 4071", "\u{1b}[31m"]);
    assert_eq!(ran.code, 2);
    assert_eq!(headings(&ran), ["Event MSExchangeIMC 4071"]);
    assert_eq!(ran.stderr.lines().count(), 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("unknown check, article, event or error code: Q999999")
            && ran.stderr.contains("did you mean MSExchangeIMC 4071?"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains('\u{1b}'));
    for words in [&[][..], &[""], &[","]] {
        assert_eq!(explain(words).code, 2, "{words:?}");
    }
}

#[test]
fn a_symptom_leads_to_the_check() {
    let ran = explain(&["--symptom", "Could not start the IMS: error C002041D, it did not respond in a timely fashion"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut lines = ran.stdout.lines();
    assert!(lines.next().is_some_and(|line| line.starts_with("1. check ims-admin-x400: ")), "{}", ran.stdout);
    assert!(lines.any(|line| line.starts_with("   strong; shares: C002041D, ")), "{}", ran.stdout);
    assert!(ran.stdout.ends_with("\nNext: exaudit explain ims-admin-x400\n"), "{}", ran.stdout);
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ran.stdout);
    let ran = explain(&["--symptom", "the coffee machine is out of beans"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("nothing known here matches that text"), "{}", ran.stderr);
    assert_eq!(explain(&["--symptom", "-- event 4071 --"]).code, 0);
    assert_eq!(explain(&["4071", "--symptom", "4071"]).code, 2, "one or the other");
}

/// Without `--symptom` a sentence is one all the same.
#[test]
fn plain_words_are_a_symptom() {
    for words in [&["IMS will not start"][..], &["IMS", "will", "not", "start"]] {
        let ran = explain(words);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let first: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).take(3).collect();
        let expected = ["ims-admin-set", "ims-admin-exists", "ims-admin-x400"];
        assert!(first.iter().zip(expected).all(|(line, id)| line[3..].starts_with(&format!("check {id}: "))), "{}", ran.stdout);
    }
    let ran = explain(&["a loop of non-delivery reports"]);
    assert!(ran.code == 0 && ran.stderr.is_empty() && ran.stdout.starts_with("1. check "), "{}{}", ran.stdout, ran.stderr);
    let ran = explain(&["event", "4071", "comes", "after", "every", "reboot"]);
    assert!(ran.code == 0 && ran.stdout.starts_with("Event MSExchangeIMC 4071\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\n1. check ims-admin-set: "), "{}", ran.stdout);
    let ran = explain(&["the", "coffee", "machine", "is", "out", "of", "beans"]);
    assert!(
        ran.code == 2 && ran.stdout.is_empty() && ran.stderr.contains("nothing known here matches that text"),
        "{}",
        ran.stderr
    );
}

/// A match that may be chance is not printed as if it were the answer.
#[test]
fn a_weak_match_says_so_first() {
    for text in ["an outage of all our mail servers for hours because of a worm", "100 people cannot print"] {
        let ran = explain(&["--symptom", text]);
        assert_eq!(ran.stdout, explain(&[text]).stdout, "without --symptom");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.starts_with("Nothing known here matches that well. "), "{}", ran.stdout);
        assert!(!ran.stdout.contains("strong") && !ran.stdout.contains("Next:"), "{}", ran.stdout);
    }
}

#[test]
fn lists_fit_80_columns_and_count() {
    let catalogue = Catalogue::embedded().expect("embedded");
    let manual = catalogue.checks().iter().filter(|check| check.kind() == "manual").count();
    let automated = catalogue.checks().len() - manual;
    for (args, last) in [
        (&["list"][..], format!("{automated} automated and {manual} manual check")),
        (&["list", "--articles"], format!("{} articles are described; checks cite ", catalogue.articles().len())),
    ] {
        let ran = exaudit(args).env("COLUMNS", "80").run();
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ran.stdout);
        assert!(ran.stdout.lines().last().is_some_and(|line| line.starts_with(&last)), "{}", ran.stdout);
    }
    let articles: serde_json::Value =
        serde_json::from_str(&exaudit(["list", "--articles", "--format", "json"]).run().stdout).expect("JSON");
    let article = articles.as_array().expect("array").iter().find(|row| row["kb"] == "Q300535").expect("Q300535");
    assert_eq!(article["modified"], "09-JUL-2001");
    assert!(article["checks"].as_array().expect("checks").iter().any(|id| id == "ims-admin-x400"), "{article}");
    let checks = exaudit(["list", "--format", "json"]).run().stdout;
    let keys = ["id", "title", "severity", "kind", "kb", "versions", "needs", "subject", "confidence", "folder"];
    let at: Vec<Option<usize>> = keys.iter().map(|key| checks.find(&format!("\"{key}\":"))).collect();
    assert!(at.is_sorted() && at.iter().all(Option::is_some), "{at:?}");
    let checks: serde_json::Value = serde_json::from_str(&checks).expect("JSON");
    assert_eq!((&checks[0]["subject"], &checks[0]["folder"]), (&"ims".into(), &"ims".into()));
}
