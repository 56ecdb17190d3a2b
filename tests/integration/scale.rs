//! Many services: how often a server is asked, that it is only ever read, and that every source says the same.

use crate::common::directory::{Record, ldif};
use crate::common::run::{Ran, exaudit};
use crate::common::slapd::{self, Slapd};
use exaudit::lab;
use std::collections::BTreeMap;

const SITES: [&str; 4] = ["NORTH", "SOUTH", "EAST", "WEST"];
/// Recipients in all; each 50th has no X.400 address.
const RECIPIENTS: usize = 1000;
/// Services share so many recipients as administrators.
const ADMINISTRATORS: usize = 120;

/// Four sites with so many services: each 20th has no Extension-Data, the 7th of each 20 points to nobody (every other of
/// them in a container that is not there either), the rest share the first recipients.
fn directory(services: usize) -> Vec<Record> {
    let container = |dn: String| Record::new(&dn, "Container");
    let mut records = vec![Record::new("o=Org", "organization")];
    for site in SITES {
        records.push(Record::new(&format!("ou={site},o=Org"), "organizationalUnit"));
        records.push(container(format!("cn=Recipients,ou={site},o=Org")));
        records.push(container(format!("cn=Configuration,ou={site},o=Org")));
        records.push(container(format!("cn=Connections,cn=Configuration,ou={site},o=Org")));
        let hidden = Record::new(&format!("cn=Hidden,cn=Recipients,ou={site},o=Org"), "organizationalPerson");
        records.push(hidden.with("Hide-From-Address-Book", "TRUE"));
    }
    for n in 0..RECIPIENTS {
        let site = SITES[n % SITES.len()];
        let recipient = Record::new(&format!("cn=user{n},cn=Recipients,ou={site},o=Org"), "organizationalPerson")
            .with("uid", format!("user{n}"))
            .with("mail", format!("user{n}@example.com"))
            .with("otherMailbox", format!("MS$ORG/{site}/USER{n}"));
        let has_x400 = n % 50 != 0;
        let x400 = |record: Record| record.with("textEncodedORAddress", format!("c=US;a= ;p=Org;o={site};s=user{n};"));
        records.push(if has_x400 { x400(recipient) } else { recipient });
    }
    for n in 0..services {
        let site = SITES[n % SITES.len()];
        let dn = format!("cn=Internet Mail Connector (SRV{n}),cn=Connections,cn=Configuration,ou={site},o=Org");
        let ims = Record::new(&dn, "Mail-Gateway").with("Computer-Name", format!("SRV{n}")).with("Routing-List", "SMTP:*");
        let admin = n % ADMINISTRATORS;
        let name = match n % 20 {
            0 => None,
            7 if n % 40 == 7 => Some(format!("/o=Org/ou={site}/cn=Lost/cn=gone{n}")),
            7 => Some(format!("/o=Org/ou={site}/cn=Recipients/cn=gone{n}")),
            _ => Some(format!("/o=Org/ou={}/cn=Recipients/cn=user{admin}", SITES[admin % SITES.len()])),
        };
        records.push(match name {
            Some(name) => ims.with("Extension-Data", format!("t\0e\0s\0t\0\0\0{name}\0")),
            None => ims,
        });
    }
    records
}

/// How many results of each check have each verdict and reason.
fn counts(ran: &Ran) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for result in ran.json()["results"].as_array().expect("results") {
        let text = |key: &str| result[key].as_str().unwrap_or_default().to_owned();
        *counts.entry(format!("{} {} {}", text("check"), text("verdict"), text("reason"))).or_default() += 1;
    }
    counts
}

/// Each result: check, service, verdict and reason.
fn verdicts(ran: &Ran) -> Vec<[String; 4]> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let report = ran.json();
    let results = report["results"].as_array().expect("results").iter();
    results.map(|r| [text(&r["check"]), text(&r["subject"]["dn"]), text(&r["verdict"]), text(&r["reason"])]).collect()
}

fn audit_slapd(services: usize) -> (Ran, Vec<String>) {
    let slapd = Slapd::start(&directory(services), "");
    let args = ["audit", "-H", &slapd.uri, "-D", slapd::BIND_DN, "--format", "json"];
    let ran = exaudit(args).env("EXAUDIT_PASSWORD", slapd::PASSWORD).run();
    let log = slapd.log();
    let operations = log.lines().filter_map(|line| line.split_once(" op=")).map(|(_, rest)| rest.to_owned());
    (ran, operations.collect())
}

#[test]
fn two_hundred_services_are_audited_with_few_searches() {
    if !slapd::is_installed() {
        return;
    }
    let (ran, operations) = audit_slapd(200);
    // 200 services: each 20th is bare (10), the 7th of each 20 points to nobody (10), 180 lead to a recipient. Recipients
    // 0, 50, 100... lack X.400; of the first 120 only user50 is pointed to (0 and 100 stand where services are bare), by
    // SRV50 and SRV170
    let counts = counts(&ran);
    let count = |key: &str| counts.get(key).copied().unwrap_or(0);
    assert_eq!(count("ims-admin-set fail not-configured"), 10, "{counts:?}");
    assert_eq!(count("ims-admin-exists fail dangling"), 5, "{counts:?}");
    assert_eq!(count("ims-admin-exists unknown container-unreadable"), 5, "{counts:?}");
    assert_eq!(count("ims-admin-recipient pass met"), 180, "{counts:?}");
    assert_eq!(count("ims-admin-x400 fail no-x400"), 2, "{counts:?}");
    assert_eq!(count("ims-admin-x400 pass met"), 178, "{counts:?}");
    assert_eq!(counts.values().sum::<usize>(), 5 * 200);

    let searches: Vec<&String> = operations.iter().filter(|line| line.contains("SRCH base=")).collect();
    let reads = searches.iter().filter(|line| line.contains("SRCH base=\"cn=") && line.contains("scope=0")).count();
    // one read for each of the 108 recipients that are pointed to (120 less 6 and 6), for 10 that are gone, and for the
    // one parent that was not seen with the containers
    assert_eq!(reads, 119);
    // the rootDSE, 3 pages of services, 1 page of containers, 1 look for hidden objects, 1 for servers and their versions,
    // 1 whether it is true that there are none; X.400 was seen on the way
    assert_eq!(searches.len() - reads, 8, "{searches:#?}");

    let known = ["BIND", "SRCH", "SEARCH RESULT", "RESULT", "UNBIND", "ABANDON"];
    for line in &operations {
        let operation = line.split_once(' ').map_or("", |(_, rest)| rest);
        assert!(known.iter().any(|name| operation.starts_with(name)), "only read: {line}");
    }
    assert!(operations.iter().any(|line| line.contains("UNBIND")));

    let file = exaudit(["audit", "--from", "-", "--format", "json"]).stdin(ldif(&directory(200))).run();
    assert_eq!(verdicts(&ran), verdicts(&file));

    // as many services again that share the same administrators cost pages, and reads of those that are gone
    let (_, twice) = audit_slapd(400);
    let more = twice.iter().filter(|line| line.contains("SRCH base=")).count() - searches.len();
    assert_eq!(more, 2 + 10, "2 pages of services, 10 more that are gone");
}

#[test]
fn every_source_says_the_same_of_two_hundred_services() {
    let text = ldif(&directory(200));
    let file = exaudit(["audit", "--from", "-", "--format", "json"]).stdin(text.clone()).run();
    let handle = lab::start(lab::load(text.as_bytes()).expect("loads")).expect("lab");
    let uri = handle.uri();
    let args = ["audit", "-H", &uri, "-D", lab::ADMIN_DN, "--format", "json"];
    let live = exaudit(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
    assert_eq!(verdicts(&live), verdicts(&file));
    assert_eq!(live.json()["complete"], true);
    assert_eq!(handle.log().count("search"), 119 + 8);
}

/// Writes the directory as LDIF and as a slapd configuration for tests/bench; see there.
#[test]
#[ignore = "writes files for tests/bench/run"]
fn dump() {
    let folder = std::env::var_os("EXAUDIT_BENCH_FOLDER").expect("EXAUDIT_BENCH_FOLDER names a folder");
    slapd::write(std::path::Path::new(&folder), &directory(200), "");
}
