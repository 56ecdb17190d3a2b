//! Odd directories that once got a wrong verdict, or might have.

use super::case::*;
use crate::common::directory::Record;

fn undecided(set: &'static str) -> Expected {
    [set, "blocked", "blocked", "blocked"]
}

#[test]
fn an_object_that_shows_no_class_exists_and_is_not_of_a_wrong_one() {
    // outputs that name different attributes, one behind the other: recipients came without objectClass
    let classless = mailbox("Plain").without("objectClass").with("textEncodedORAddress", "c=US;a= ;p=Org;s=Plain;");
    let case = Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Plain"), classless]);
    case.expect(&[On::Ldif], ["pass", "pass", "unknown:not-requested", "blocked"]);
}

#[test]
fn a_server_that_answers_the_read_with_nothing_has_such_an_object() {
    // success without the object: it is there, and kept from this bind
    let conf = "access to dn.base=\"cn=Gone,cn=Recipients,ou=S,o=Org\" by * search";
    let case = Case::with([ims(GONE), mailbox("Gone")]).slapd_conf(conf);
    case.expect(&[On::Slapd], ["pass", "unknown:hidden-unseen", "blocked", "blocked"]);
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
fn a_service_whose_class_is_an_oid_is_not_overlooked() {
    let mut oid = ims(GONE);
    oid.attributes[0].1 = b"1.2.840.113556.1.3.51".to_vec();
    Case::with([oid]).expect(&[On::Ldif], ["pass", "fail:dangling", "blocked", "blocked"]);
}

#[test]
fn a_tombstone_in_a_file_that_was_cut() {
    let dead = mailbox("Gone").with("Is-Deleted", "TRUE");
    let case = Case::with([ims(GONE), dead]).trailer("search: 2\nresult: 4 Size limit exceeded\n");
    case.expect(&[On::Ldif], ["pass", "unknown:truncated", "blocked", "blocked"]);
}

#[test]
fn strict_keeps_a_documented_failure_behind_an_inferred_one() {
    let custom = |name: &str| Record::new(&format!("cn={name},cn=Recipients,ou=S,o=Org"), "Remote-Address");
    // another of its kind shows an X.400 address: that this one has none is no inference
    let like = custom("Like").with("textEncodedORAddress", "c=US;a= ;p=Org;s=Like;").with("otherMailbox", "MS$ORG/S/LIKE");
    let case =
        Case::with([bare_ims(), custom("Odd"), like]).args(["--strict", "--ims-admin", "SRV=cn=Odd,cn=Recipients,ou=S,o=Org"]);
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

#[test]
fn a_service_without_its_class_beside_one_that_has_it() {
    let other = Record::new(&format!("cn=Internet Mail Service (TWO),{CONNECTIONS}"), "x").without("objectClass");
    let case = Case::with([ims(ADMIN), other]);
    case.expect(&[On::Ldif], ALL_PASS);
    let report = case.run(On::Ldif).expect("ldif").json();
    assert_eq!(report["complete"], false, "{report}");
}

#[test]
fn no_service_in_a_file_is_inferred() {
    let confidence = |on| Case::with([]).run(on).expect("runs").json()["results"][0]["confidence"].clone();
    assert_eq!((confidence(On::Ldif), confidence(On::Lab)), ("inferred".into(), "documented".into()));
}

/// An own check on the administrator, without `needs`: its result.
fn own(case: Case, filter: &str) -> serde_json::Value {
    let folder = tempfile::tempdir().expect("folder");
    let text = format!(
        "id = \"own\"\ntitle = \"Own\"\nseverity = \"warning\"\nkb = [\"Q300535\"]\nversions = [\"4.0\", \"5.0\", \"5.5\"]\nconfidence = \"documented\"\n\
         why = \"Ours.\"\nfix = [\"Mend it.\"]\n[subject]\neach = \"ims\"\nfollow = \"administrator\"\n[expect]\nfilter = \"{filter}\"\n"
    );
    std::fs::write(folder.path().join("own.toml"), text).expect("check");
    let path = folder.path().to_str().expect("path").to_owned();
    let ran = case.args(["--checks", &path, "--check", "own"]).run(On::Ldif).expect("ldif");
    ran.json()["results"][0].clone()
}

#[test]
fn a_condition_of_ones_own_needs_a_witness_for_its_own_attribute() {
    // nobody in the file shows otherMailbox: it was not asked for, whoever shows textEncodedORAddress
    let case = || {
        let mut case = Case::with([ims(ADMIN)]);
        case.records.iter_mut().for_each(|r| *r = r.clone().without("otherMailbox"));
        case
    };
    let result = own(case(), "(otherMailbox=MS$*)");
    assert_eq!((&result["verdict"], &result["reason"]), (&"unknown".into(), &"not-requested".into()), "{result}");
    let result = own(case(), "(textEncodedORAddress=*)");
    assert_eq!(result["verdict"], "pass", "{result}");
}

#[test]
fn a_condition_of_ones_own_says_why_it_cannot_be_judged() {
    for (record, reason) in [(ims(GONE), "dangling"), (bare_ims(), "not-configured")] {
        let result = own(Case::with([record]), "(uid=*)");
        assert_eq!((&result["verdict"], &result["reason"]), (&"unknown".into(), &reason.into()), "{result}");
        assert_ne!(result["message"], "", "{result}");
    }
}
