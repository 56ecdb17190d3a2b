//! Whatever the program does, it only reads: what the servers say they were asked.

use crate::common::lab::wait_for_unbinds;
use crate::common::run::exaudit;
use crate::common::slapd::{self, Slapd};
use crate::truth::case::{Case, GONE, ims};
use exaudit::lab;

/// Every command that talks to a server, with what it needs beside the server.
const COMMANDS: [&[&str]; 5] = [
    &["audit", "--format", "json"],
    &["doctor"],
    &["collect", "--all"],
    &["checklist"],
    &["audit", "--pipeline", "8", "--check", "ims-admin-set"],
];

/// What a request may be (RFC 4511): the first word of the lab's log.
const IN_THE_LAB: [&str; 5] = ["bind", "search", "abandon", "unbind", "extended 1.3.6.1.4.1.1466.20037"];

/// The same as slapd writes it; `EXT` is looked at more closely.
const IN_SLAPD: [&str; 5] = ["BIND", "SRCH", "ABANDON", "UNBIND", "EXT"];

#[test]
fn the_lab_is_asked_nothing_else() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let uri = handle.uri();
    for command in COMMANDS {
        for bind in [&["-D", lab::ADMIN_DN][..], &["-D", lab::ACCOUNT_DN], &[], &["-Z"]] {
            let args = command.iter().copied().chain(["-H", &uri]).chain(bind.iter().copied());
            exaudit(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
        }
    }
    let requests = handle.log().requests();
    assert!(requests.len() > 50, "{}", requests.len());
    for request in &requests {
        assert!(IN_THE_LAB.iter().any(|fine| request.starts_with(fine)), "{request}");
    }
    wait_for_unbinds(handle.log(), 4 * COMMANDS.len());
    assert_eq!(handle.log().count("extended"), COMMANDS.len(), "StartTLS is asked for when it is wanted");
    assert_eq!(handle.log().count("unbind"), 4 * COMMANDS.len(), "every session takes its leave (Q222622)");
}

#[test]
fn slapd_is_asked_nothing_else() {
    if !slapd::is_installed() {
        return;
    }
    let slapd = Slapd::start(&Case::with([ims(GONE)]).records, "");
    for command in COMMANDS {
        let args = command.iter().copied().chain(["-H", &slapd.uri, "-D", slapd::BIND_DN]);
        exaudit(args).env("EXAUDIT_PASSWORD", slapd::PASSWORD).run();
        exaudit(command.iter().copied().chain(["-H", &slapd.uri, "-Z"])).run();
    }
    let log = slapd.log();
    let mut seen = 0;
    for line in log.lines() {
        // `conn=1000 op=1 SRCH base=...`; answers say RESULT, or SEARCH RESULT, and remarks are not in capitals
        let Some((_, operation)) = line.split_once(" op=").and_then(|(_, rest)| rest.split_once(' ')) else { continue };
        let answer = ["RESULT", "SEARCH RESULT", "STARTTLS"].iter().any(|answer| operation.starts_with(answer));
        if answer || !operation.starts_with(|first: char| first.is_ascii_uppercase()) {
            continue;
        }
        seen += 1;
        assert!(IN_SLAPD.iter().any(|fine| operation.starts_with(fine)), "{line}");
        assert!(!operation.starts_with("EXT") || operation.contains("oid=1.3.6.1.4.1.1466.20037"), "{line}");
    }
    assert!(seen > 20, "{seen}\n{log}");
}
