//! The demo organization: live, collected, collected whole, and as tables.

use crate::common::directory::Record;
use crate::common::export::csv;
use crate::common::run::{Ran, exaudit};
use exaudit::directory::ldif::{self, Record as Read};

/// The demo organization as records.
pub fn records() -> Vec<Record> {
    let text = include_str!("../../../src/lab/demo/demo.ldif");
    let records = ldif::entries(text.as_bytes()).map(|record| match record.expect("well-formed") {
        Read::Entry(entry) => {
            let values = |name: &str| entry.values(name).to_vec();
            let attributes = entry.attributes().flat_map(|a| values(a.name).into_iter().map(|value| (a.name.to_owned(), value)));
            Record { dn: entry.dn.to_string(), attributes: attributes.collect() }
        }
        other => panic!("{other:?}"),
    });
    records.collect()
}

/// Every result without what a source may say in its own words.
fn results(ran: &Ran, keys: &[&str]) -> Vec<String> {
    let report = ran.json();
    let all = report["results"].as_array().expect("results").iter();
    all.map(|result| keys.iter().map(|key| format!("{key}={} ", result[key])).collect()).collect()
}

const VERDICTS: [&str; 6] = ["check", "subject", "verdict", "reason", "severity", "fingerprint"];

fn audit(bytes: impl Into<Vec<u8>>) -> Ran {
    exaudit(["audit", "--format", "json", "--from", "-"]).stdin(bytes).run()
}

#[test]
fn every_form_of_it_says_the_same() {
    let live = exaudit(["audit", "--demo", "--format", "json"]).run();
    let all_keys = [VERDICTS.as_slice(), &["confidence", "object", "evidence"]].concat();
    for args in [&["collect", "--demo"][..], &["collect", "--demo", "--all"]] {
        let file = exaudit(args).run();
        assert_eq!(file.code, 0, "{}", file.stderr);
        let ran = audit(file.stdout);
        assert_eq!(results(&ran, &all_keys), results(&live, &all_keys), "{args:?}");
        assert_eq!((ran.code, &ran.json()["complete"]), (live.code, &true.into()), "{args:?}: {}", ran.stderr);
        assert_eq!(ran.json()["targets"][0]["problems"], serde_json::json!([]));
    }
    let table = audit(csv(&records()));
    assert_eq!(results(&table, &VERDICTS), results(&live, &VERDICTS), "{}", table.stderr);
    assert_eq!(table.json()["targets"][0]["source"], "csv");
    assert_eq!(table.code, live.code);
}

#[test]
fn a_collected_file_is_plain_ldif_and_deterministic() {
    let lab = exaudit::lab::start(std::sync::Arc::new(exaudit::lab::demo().expect("demo"))).expect("lab");
    let uri = format!("ldap://{}", lab.address());
    let collect = || {
        let args = ["collect", "-H", &uri, "-D", exaudit::lab::ADMIN_DN, "--all"];
        let ran = exaudit(args).env("EXAUDIT_PASSWORD", exaudit::lab::PASSWORD).run();
        let is_time = |line: &&str| !line.starts_with("#: time: ");
        ran.stdout.lines().filter(is_time).collect::<Vec<_>>().join("\n")
    };
    let text = collect();
    assert_eq!(text, collect());
    let names: Vec<String> = ldif::entries(text.as_bytes())
        .map(|record| match record.expect("well-formed") {
            Read::Entry(entry) => entry.dn.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names.len(), 99, "everything");
    assert_eq!(names[0], "o=Example", "the root first");
    for (index, name) in names.iter().enumerate() {
        let parent =
            name.split_once(",").map(|_| exaudit::directory::dn::Dn::parse(name.as_bytes()).expect("dn").parent().to_string());
        let before = |parent: String| names[..index].contains(&parent);
        assert!(parent.is_none_or(before), "{name} stands behind its container");
    }
    assert!(text.contains("Extension-Data::") && text.contains("Is-Deleted: TRUE"), "operational attributes too");
}
