//! A normal audit of a healthy organization ends with 0: live with the admin view, collected, and from the export line of docs/exports.md.

use crate::common::ldapsearch;
use crate::common::run::{Ran, whole};
use exaudit::lab::{self, Demo, Ways};

const BIND: [&str; 2] = ["-D", lab::ADMIN_DN];

/// The records of the healthy organization that `keep` keeps, as `change` changes them.
fn healthy(keep: impl Fn(&str) -> bool, change: impl Fn(&str) -> String) -> String {
    let text = Demo::Healthy.ldif();
    let records = text.split("\n\n").filter(|record| keep(record)).map(change);
    records.collect::<Vec<_>>().join("\n\n")
}

/// Audits a directory in the three ways, and returns the reports with what they are of.
fn audits(ldif: &str, ways: &[&str], more: &[&str]) -> Vec<(&'static str, Ran)> {
    let ways = Ways::of(None, ways.iter().map(|way| way.parse().expect(way)));
    let handle = lab::start_as(lab::load(ldif.as_bytes()).expect("the lab takes it"), ways).expect("the lab starts");
    let uri = handle.uri();
    let of_server = |args: &[&str]| whole(args.iter().chain(&["-H", &uri]).chain(&BIND)).env("EXAUDIT_PASSWORD", lab::PASSWORD);
    let audit: Vec<&str> = ["audit", "--format", "json"].iter().chain(more).copied().collect();
    let of_file = |bytes: Vec<u8>| whole(audit.iter().chain(&["--from", "-"])).stdin(bytes).run();
    let collected = of_server(&["collect"]).run().stdout.into_bytes();
    let mut all = vec![("live", of_server(&audit).run()), ("collected", of_file(collected))];
    all.extend(ldapsearch::export(&handle, "Healthy").map(|export| ("exported", of_file(export))));
    all
}

fn expect_clean(what: &str, all: &[(&str, Ran)], unknown: u64) {
    for (how, ran) in all {
        let report = ran.json();
        assert_eq!((ran.code, report["complete"].as_bool()), (0, Some(true)), "{what}, {how}: {}{}", ran.stdout, ran.stderr);
        let summary = &report["summary"];
        assert_eq!([summary["fail"].as_u64(), summary["unknown"].as_u64()], [Some(0), Some(unknown)], "{what}, {how}: {summary}");
    }
}

#[test]
fn two_sites() {
    expect_clean("two sites", &audits(&Demo::Healthy.ldif(), &[], &[]), 0);
}

#[test]
fn one_site() {
    let only_north = |record: &str| !record.contains("ou=SOUTH,o=Healthy") && !record.contains("to SOUTH");
    expect_clean("one site", &audits(&healthy(only_north, str::to_owned), &[], &[]), 0);
}

#[test]
fn no_hidden_object() {
    let living = |record: &str| !record.contains("Is-Deleted: TRUE");
    let shown = |record: &str| {
        let lines = record.lines().filter(|line| !line.starts_with("Hide-From-Address-Book"));
        lines.collect::<Vec<_>>().join("\n")
    };
    expect_clean("no hidden object", &audits(&healthy(living, shown), &[], &["--sees-hidden", "yes"]), 0);
}

/// What is not replicated between sites is not known of the other one, and is not asked of this server.
#[test]
fn two_sites_at_one_of_their_servers() {
    let all = audits(&Demo::Healthy.ldif(), &["site=NORTH"], &[]);
    expect_clean("at one server", &all, 5);
    for (how, ran) in &all {
        let report = ran.json();
        let unknown = report["results"].as_array().expect("results").iter().filter(|result| result["verdict"] == "unknown");
        for result in unknown {
            assert_eq!(result["causes"][0]["kind"], "not-replicated", "{how}: {result}");
        }
    }
}
