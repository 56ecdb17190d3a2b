//! Odd directories that once got a wrong verdict, or might have.

use super::case::*;
use crate::common::directory::Record;

fn undecided(set: &'static str) -> Expected {
    [set, "blocked", "blocked", "blocked"]
}

#[test]
fn strict_keeps_a_documented_failure_behind_an_inferred_one() {
    let odd = Record::new("cn=Odd,cn=Recipients,ou=S,o=Org", "Remote-Address");
    let case = Case::with([bare_ims(), odd]).args(["--strict", "--ims-admin", "SRV=cn=Odd,cn=Recipients,ou=S,o=Org"]);
    case.expect(&EVERYWHERE, ["pass", "pass", "unknown:wrong-class", "fail:no-x400"]);
}

#[test]
fn a_line_to_paste_runs_nothing_else() {
    let name = "Own-$(reboot)`x`";
    let case = Case::with([bare_ims().with(name, "cn=Admin,cn=Recipients,ou=S,o=Org")]);
    let line = case.run(On::Ldif).expect("ldif").json()["results"][0]["reproduce"].as_str().expect("text").to_owned();
    assert!(line.contains(&format!("'{name}'")), "{line}");
}
