//! `exaudit lab` as a program of its own, audited by another.

use super::child::{Ran, run};
use exaudit::lab::{ADMIN_DN, PASSWORD};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A lab in the foreground, ended by its own process id.
struct Lab {
    child: Child,
    uri: String,
}

impl Lab {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_exaudit"))
            .args(["lab", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("exaudit starts");
        // it says where it listens, or why it does not; either is a line
        let mut line = String::new();
        BufReader::new(child.stderr.take().expect("piped")).read_line(&mut line).expect("a line");
        let uri = line.split(['"', ' ', ';']).find(|word| word.starts_with("ldap://")).unwrap_or_default().to_owned();
        let lab = Self { child, uri };
        assert!(!lab.uri.is_empty(), "{line}");
        lab
    }

    fn audit(&self) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_exaudit"));
        command.args(["audit", "-H", &self.uri, "-D", ADMIN_DN, "--format", "json"]).env("EXAUDIT_PASSWORD", PASSWORD);
        run(&mut command).expect("exaudit runs")
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// The verdicts of one check, by server.
fn verdicts(ran: &Ran, check: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {} {}", ran.out, ran.err));
    let results = report["results"].as_array().unwrap().iter().filter(|result| result["check"] == check);
    let mut all: Vec<String> =
        results.map(|r| format!("{} {}", r["subject"]["server"].as_str().unwrap(), r["verdict"].as_str().unwrap())).collect();
    all.sort();
    all
}

#[test]
fn an_early_service_pack_that_withholds_addresses() {
    let lab = Lab::start(&["--service-pack", "sp1", "--way", "withhold=Proxy-Addresses", "--way", "size-limit=7"]);
    let ran = lab.audit();
    assert_eq!(ran.code, 1, "{}", ran.err);
    let unseen = ["KYOTO1 unknown", "LYON1 unknown", "LYON2 blocked", "OSLO1 blocked", "OSLO2 unknown"];
    assert_eq!(verdicts(&ran, "ims-admin-x400"), unseen);
    assert_eq!(verdicts(&ran, "ims-admin-set"), ["KYOTO1 pass", "LYON1 pass", "LYON2 fail", "OSLO1 pass", "OSLO2 pass"]);
}

#[test]
fn a_server_of_5_0() {
    let lab = Lab::start(&["--service-pack", "5.0"]);
    let ran = lab.audit();
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(verdicts(&ran, "ims-admin-set").is_empty(), "nothing is judged: {}", ran.out);
    assert!(ran.err.contains("LDAPv2 only"), "{}", ran.err);
}

#[test]
fn a_way_that_is_none_is_usage() {
    for way in ["sp3", "withhold=Extension-Data"] {
        let ran = run(Command::new(env!("CARGO_BIN_EXE_exaudit")).args(["lab", "--way", way])).expect("exaudit runs");
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("--way"), "{}", ran.err);
    }
}

#[test]
fn the_help_and_the_page_list_every_way() {
    let help = run(Command::new(env!("CARGO_BIN_EXE_exaudit")).args(["lab", "--help"])).expect("exaudit runs").out;
    let page = include_str!("../../docs/lab.md");
    for (name, what) in exaudit::lab::WAYS {
        assert!(help.lines().any(|line| line.trim_start().starts_with(name)), "{name} in {help}");
        assert!(help.contains(what), "{what}");
        assert!(page.contains(&format!("`{name}`")), "{name} in docs/lab.md");
    }
}
