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
    // the 213 sites of one check would be all that anybody sees of the others; its cases have them
    let automated = catalogue.checks().iter().filter(|check| check.kind() == "automated" && check.id != "too-many-sites");
    let missing: Vec<&str> = automated.map(|check| check.id.as_str()).filter(|id| !failing.contains(id)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(report["complete"], true, "{}", ran.stderr);
}

/// A release of Exchange as the directory shows it.
struct Release {
    version: &'static str,
    /// What the directory says of the versions of inproxy.dll and of its fellows, bytes in hexadecimal (Q158336).
    files: [&'static str; 2],
    /// The checks that fail because the release itself is the fault.
    faults: &'static [&'static str],
}

const RELEASES: [Release; 9] = [
    Release { version: "4.0 (Build 837.10)", files: ["0300450300000400", "0A00450300000400"], faults: &[] },
    Release { version: "4.0 (Build 996.72: Service Pack 5)", files: ["3E00E40300000400", "4800E40300000400"], faults: &[] },
    Release { version: "5.0 (Build 1457.11)", files: ["0300B10500000500"; 2], faults: &[] },
    Release { version: "5.0 (Build 1460.8: Service Pack 2)", files: ["0800B40500000500"; 2], faults: &[] },
    Release { version: "5.5 (Build 1960.5)", files: ["0500A80705000500"; 2], faults: &["ldap-build", "ldap-service-pack"] },
    Release {
        version: "5.5 (Build 2232.18: Service Pack 1)",
        files: ["0500A80705000500"; 2],
        faults: &["ldap-build", "ldap-service-pack"],
    },
    Release {
        version: "5.5 (Build 2448.8: Service Pack 2)",
        files: ["0800900905000500"; 2],
        faults: &["ldap-build", "ldap-service-pack"],
    },
    Release { version: "5.5 (Build 2650.24: Service Pack 3)", files: ["18005A0A05000500"; 2], faults: &["ldap-service-pack"] },
    Release { version: "5.5 (Build 2653.23: Service Pack 4)", files: ["17005D0A05000500"; 2], faults: &[] },
];

/// Bytes as LDIF has them.
fn base64(hexadecimal: &str) -> String {
    use base64::Engine as _;
    let digits = hexadecimal.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("ASCII"));
    let bytes: Vec<u8> = digits.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal")).collect();
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// What holds in a healthy organization of one release holds in that of every other: no check fails but those about the release.
#[test]
fn nothing_fails_in_a_healthy_organization_of_any_release() {
    let [.., newest] = &RELEASES;
    let healthy = Demo::Healthy.ldif();
    let file = |bytes: &str| format!("File-Version:: {}", base64(bytes));
    let first = |files: &[&str; 2]| format!("inproxy.dll\n{}", file(files[0]));
    for Release { version, files, faults } in &RELEASES {
        let text = healthy.replace(newest.version, version).replace(&first(&newest.files), &first(files));
        let text = text.replace(&file(newest.files[1]), &file(files[1]));
        assert!(text.contains(version) && text.contains(&first(files)), "the demo has changed");
        let ran = whole(["audit", "--format", "json", "--from", "-"]).stdin(text).run();
        let report = ran.json();
        let results = report["results"].as_array().expect("results").iter();
        let failing = results.filter(|result| result["verdict"] == "fail").filter_map(|result| result["check"].as_str());
        let failing: Vec<&str> = failing.collect::<BTreeSet<_>>().into_iter().collect();
        assert_eq!(failing, *faults, "{version}: {:?}", of(&ran, "fail"));
    }
}
