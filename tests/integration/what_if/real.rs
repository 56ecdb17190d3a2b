//! A healthy organization of two sites on a real slapd, which the changes are made on for real.

use crate::common::directory::Record;
use crate::common::run::{Ran, whole};
use crate::common::slapd::{BIND_DN, PASSWORD, Slapd};
use exaudit::directory::ldif::{self, Record as Found};
use std::collections::BTreeSet;
use std::process::Command;

/// The password of the account that may write, which only the tests know.
const ROOT_PASSWORD: &str = "root-password";

/// The healthy demo organization, as records.
pub fn healthy() -> Vec<Record> {
    let collected = whole(["collect", "--demo=healthy", "--all"]).run();
    assert_eq!(collected.code, 0, "{}", collected.stderr);
    records(&collected.stdout)
}

/// The entries of a text.
pub fn records(text: &str) -> Vec<Record> {
    let entries = ldif::entries(text.as_bytes()).map(|record| record.expect("LDIF"));
    let entries = entries.filter_map(|record| if let Found::Entry(entry) = record { Some(entry) } else { None });
    let record = |entry: exaudit::directory::entry::Entry| {
        let attributes = entry.attributes().flat_map(|one| one.values.map(move |value| (one.name.to_owned(), value.to_vec())));
        // slapd makes this one itself
        let attributes = attributes.filter(|(name, _)| !name.eq_ignore_ascii_case("distinguishedName")).collect();
        Record { dn: entry.dn.to_string(), attributes }
    };
    entries.map(record).collect()
}

/// A slapd that may be written to.
pub struct Real {
    pub slapd: Slapd,
    root: String,
}

impl Real {
    pub fn start(records: &[Record]) -> Self {
        let root = records.first().expect("a root").dn.clone();
        Self { slapd: Slapd::start(records, &format!("rootpw {ROOT_PASSWORD}")), root }
    }

    /// Makes the changes for real; what ldapmodify said if it did not.
    pub fn modify(&self, change: &str) -> Result<(), String> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("change.ldif");
        std::fs::write(&file, change).expect("written");
        let output = Command::new("ldapmodify")
            .args(["-x", "-H", &self.slapd.uri, "-D", &format!("cn=root,{}", self.root), "-w", ROOT_PASSWORD, "-f"])
            .arg(&file)
            .output()
            .expect("ldapmodify runs");
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    /// Runs a command on it, with JSON.
    pub fn run(&self, command: &str, args: &[&str]) -> Ran {
        let own = [command, "-H", &self.slapd.uri, "-D", BIND_DN, "--format", "json"];
        whole(own.iter().chain(args)).env("EXAUDIT_PASSWORD", PASSWORD).run()
    }

    /// What an audit of it finds.
    pub fn audit(&self) -> Verdicts {
        let ran = self.run("audit", &[]);
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("no report: {}", ran.stderr));
        assert_eq!(report["complete"], true, "{}", ran.stderr);
        Verdicts::of(report["results"].as_array().expect("results"))
    }
}

/// The failures and the undecided results: check and object.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    pub fail: BTreeSet<String>,
    pub unknown: BTreeSet<String>,
}

impl Verdicts {
    pub fn of(results: &[serde_json::Value]) -> Self {
        let mut verdicts = Self::default();
        for result in results {
            let named = name(result);
            match result["verdict"].as_str() {
                Some("fail") => _ = verdicts.fail.insert(named),
                Some("unknown") => _ = verdicts.unknown.insert(named),
                _ => {}
            }
        }
        verdicts
    }
}

/// Check and object of a result.
pub fn name(result: &serde_json::Value) -> String {
    let subject = result["subject"]["dn"].as_str().unwrap_or("-");
    format!("{} {}", result["check"].as_str().unwrap_or_default(), subject.to_lowercase())
}

/// The names of the results in a list of a what-if.
pub fn names(what_if: &serde_json::Value, list: &str) -> BTreeSet<String> {
    what_if[list].as_array().expect("a list").iter().map(name).collect()
}
