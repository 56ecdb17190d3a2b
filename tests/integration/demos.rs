//! The demo organizations: in the healthy one nothing fails, however it is read; in the other everything does at least once.

use crate::common::directory::Record;
use crate::common::export::csv;
use crate::common::run::{Ran, whole};
use exaudit::directory::ldif;
use exaudit::lab::{self, Demo};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The results of a verdict, in words.
fn of(ran: &Ran, verdict: &str) -> Vec<String> {
    let report = ran.json();
    let results = report["results"].as_array().expect("results").iter().filter(|result| result["verdict"] == verdict);
    results.map(|result| format!("{}: {} {}", result["check"], result["reason"], result["message"])).collect()
}

fn healthy() -> Vec<Record> {
    let text = Demo::Healthy.ldif();
    let entries = ldif::entries(text.as_bytes()).filter_map(|record| match record.expect("LDIF") {
        ldif::Record::Entry(entry) => Some(entry),
        _ => None,
    });
    let record = |entry: exaudit::directory::entry::Entry| {
        let classes: Vec<String> = entry.texts("objectClass").collect();
        let mut record = Record::new(&entry.dn.to_string(), &classes[0]);
        for class in &classes[1..] {
            record = record.with("objectClass", class.as_str());
        }
        for attribute in entry.attributes().filter(|a| !a.name.eq_ignore_ascii_case("objectClass")) {
            for value in entry.values(attribute.name) {
                record = record.with(attribute.name, value);
            }
        }
        record
    };
    entries.map(record).collect()
}

#[test]
fn nothing_fails_in_the_healthy_organization_however_it_is_read() {
    let demo = whole(["audit", "--demo=healthy", "--format", "json"]).run();
    assert_eq!((of(&demo, "fail"), of(&demo, "unknown")), (Vec::new(), Vec::new()), "{}", demo.stderr);
    assert_eq!(demo.code, 0, "{}", demo.stderr);

    let handle = lab::start(Arc::new(Demo::Healthy.load().expect("loads"))).expect("starts");
    let uri = handle.uri();
    for bind in [&["-D", lab::ADMIN_DN][..], &["-D", lab::ACCOUNT_DN], &[]] {
        let args = ["audit", "--format", "json", "-H", &uri].into_iter().chain(bind.iter().copied());
        let ran = whole(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
        assert_eq!(of(&ran, "fail"), Vec::<String>::new(), "{bind:?}");
        let collect = ["collect", "-H", &uri].into_iter().chain(bind.iter().copied());
        let file = whole(collect).env("EXAUDIT_PASSWORD", lab::PASSWORD).run().stdout;
        let ran = whole(["audit", "--format", "json", "--from", "-"]).stdin(file).run();
        assert_eq!(of(&ran, "fail"), Vec::<String>::new(), "collected as {bind:?}");
    }
    let file = whole(["audit", "--format", "json", "--from", "-"]).stdin(Demo::Healthy.ldif()).run();
    assert_eq!(of(&file, "fail"), Vec::<String>::new(), "LDIF");
    let table = whole(["audit", "--format", "json", "--from", "-"]).stdin(csv(&healthy())).run();
    assert_eq!(of(&table, "fail"), Vec::<String>::new(), "table");
    assert!(!of(&table, "pass").is_empty(), "the table is read: {}", table.stderr);
}

#[test]
fn every_automated_check_fails_in_the_organization_for_that() {
    let catalogue = exaudit::check::Catalogue::embedded().expect("catalogue");
    let ran = whole(["audit", "--demo=everything", "--format", "json"]).run();
    let report = ran.json();
    let failing: BTreeSet<&str> = report["results"]
        .as_array()
        .expect("results")
        .iter()
        .filter(|result| result["verdict"] == "fail")
        .filter_map(|result| result["check"].as_str())
        .collect();
    let automated = catalogue.checks().iter().filter(|check| check.kind() == "automated");
    let missing: Vec<&str> = automated.map(|check| check.id.as_str()).filter(|id| !failing.contains(id)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(report["complete"], true, "{}", ran.stderr);
}
