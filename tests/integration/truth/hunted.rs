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
