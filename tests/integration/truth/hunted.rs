//! Odd directories that once got a wrong verdict, or might have.

use super::case::*;
use crate::common::directory::Record;

fn undecided(set: &'static str) -> Expected {
    [set, "blocked", "blocked", "blocked"]
}

#[test]
fn text_behind_a_name_does_not_make_it_dangle() {
    for text in [";x=1", "\"", "|more", "<Admin>", &"x".repeat(65)] {
        let case = Case::with([ims(&format!("{ADMIN}{text}"))]);
        case.expect(&[On::Ldif], undecided("unknown:no-pointer"));
    }
    let long = format!("{ADMIN}{}", "/cn=abcdefgh".repeat(200));
    Case::with([ims(&long)]).expect(&[On::Ldif], undecided("unknown:no-pointer"));
}

#[test]
fn a_name_below_configuration_that_leads_nowhere_is_no_mailbox() {
    let servers = Record::new("cn=Servers,cn=Configuration,ou=S,o=Org", "Container");
    let case = Case::with([ims("/o=Org/ou=S/cn=Configuration/cn=Servers/cn=SRV"), servers]);
    case.expect(&EVERYWHERE, undecided("unknown:no-pointer"));
}

#[test]
fn strict_keeps_a_documented_failure_behind_an_inferred_one() {
    let odd = Record::new("cn=Odd,cn=Recipients,ou=S,o=Org", "Remote-Address");
    let case = Case::with([bare_ims(), odd]).args(["--strict", "--ims-admin", "SRV=cn=Odd,cn=Recipients,ou=S,o=Org"]);
    case.expect(&EVERYWHERE, ["pass", "pass", "unknown:wrong-class", "fail:no-x400"]);
}

#[test]
fn what_a_server_writes_about_itself_is_no_administrator() {
    let made = bare_ims()
        .with("creatorsName", "cn=Admin,cn=Recipients,ou=S,o=Org")
        .with("modifiersName", "cn=Admin,cn=Recipients,ou=S,o=Org");
    Case::with([made]).expect(&[On::Ldif], undecided("fail:not-configured"));
}

#[test]
fn two_names_side_by_side_are_two() {
    let two = "cn=Admin,cn=Recipients,ou=S,o=Org,cn=Bare,cn=Recipients,ou=S,o=Org";
    let case = Case::with([ims(two), mailbox("Bare")]);
    case.expect(&[On::Ldif], ["pass", "pass", "pass", "fail:no-x400"]);
    let back = "cn=Bare,cn=Recipients,ou=S,o=Org,cn=Admin,cn=Recipients,ou=S,o=Org";
    let case = Case::with([ims(back), mailbox("Bare")]);
    case.expect(&[On::Ldif], ["pass", "pass", "pass", "fail:no-x400"]);
}

#[test]
fn a_line_to_paste_runs_nothing_else() {
    let name = "Own-$(reboot)`x`";
    let case = Case::with([bare_ims().with(name, "cn=Admin,cn=Recipients,ou=S,o=Org")]);
    let line = case.run(On::Ldif).expect("ldif").json()["results"][0]["reproduce"].as_str().expect("text").to_owned();
    assert!(line.contains(&format!("'{name}'")), "{line}");
}
