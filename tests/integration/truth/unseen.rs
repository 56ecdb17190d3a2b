//! Rows about what is not there: deleted, hidden, unreadable, elsewhere, cut.

use super::case::*;
use crate::common::directory::Record;

#[test]
fn not_there_while_hidden_objects_of_the_site_are_seen() {
    let case = Case::with([ims(GONE)]);
    case.expect(&EVERYWHERE, ["pass", "fail:dangling", "blocked", "blocked"]);
    let result = |on| case.run(on).expect("runs").json()["results"][1].clone();
    assert_eq!(result(On::Ldif)["confidence"], "inferred");
    assert!(result(On::Ldif)["message"].as_str().expect("text").contains("standard input"), "names what was asked");
    assert!(result(On::Lab)["message"].as_str().expect("text").contains("ldap://127.0.0.1"), "names what was asked");
}

#[test]
fn not_there_while_no_hidden_object_is_seen() {
    let expected = ["pass", "unknown:hidden-unseen", "blocked", "blocked"];
    let case = || Case::with([ims(GONE)]).but("cn=Hidden,cn=Recipients,ou=S,o=Org");
    case().expect(&EVERYWHERE, expected);
    Case::with([ims(GONE)]).expect(&[On::LabUser], expected);
    // the operator knows better
    case().args(["--sees-hidden", "yes"]).expect(&EVERYWHERE, ["pass", "fail:dangling", "blocked", "blocked"]);
    Case::with([ims(GONE)]).args(["--sees-hidden", "no"]).expect(&EVERYWHERE, expected);
    // a hidden mailbox that a user cannot see
    Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Hidden")]).expect(&[On::LabUser], expected);
}

#[test]
fn hidden_objects_of_another_site_prove_nothing() {
    let elsewhere = [
        Record::new("ou=T,o=Org", "organizationalUnit"),
        Record::new("cn=Recipients,ou=T,o=Org", "Container"),
        Record::new("cn=H,cn=Recipients,ou=T,o=Org", "organizationalPerson").with("Hide-From-Address-Book", "TRUE"),
        ims(GONE),
    ];
    let case = Case::with(elsewhere).but("cn=Hidden,cn=Recipients,ou=S,o=Org");
    case.expect(&EVERYWHERE, ["pass", "unknown:hidden-unseen", "blocked", "blocked"]);
}

#[test]
fn many_hidden_objects_elsewhere_do_not_stand_before_those_of_the_site() {
    let mut records = vec![Record::new("ou=A,o=Org", "organizationalUnit"), Record::new("cn=Recipients,ou=A,o=Org", "Container")];
    records.extend((0..150).map(|n| {
        Record::new(&format!("cn=H{n},cn=Recipients,ou=A,o=Org"), "organizationalPerson").with("Hide-From-Address-Book", "TRUE")
    }));
    // they come first from the server
    let mut case = Case::of(frame().into_iter().take(1).chain(records).chain(frame().into_iter().skip(1)));
    case.records.push(ims(GONE));
    case.expect(&EVERYWHERE, ["pass", "fail:dangling", "blocked", "blocked"]);
}

#[test]
fn its_container_is_unreadable_or_its_site_is_elsewhere() {
    let case = Case::with([ims("/o=Org/ou=S/cn=Nowhere/cn=Gone")]);
    case.expect(&EVERYWHERE, ["pass", "unknown:container-unreadable", "blocked", "blocked"]);
    let case = Case::with([ims("/o=Org/ou=Z/cn=Recipients/cn=Gone")]).args(["--sees-hidden", "yes"]);
    case.expect(&EVERYWHERE, ["pass", "unknown:other-site", "blocked", "blocked"]);
}

#[test]
fn a_tombstone_and_a_living_record_of_the_same_name() {
    let dead = || mailbox("Gone").with("Is-Deleted", "TRUE");
    let living = || mailbox("Gone").with("textEncodedORAddress", "c=US;a= ;p=Org;s=Gone;");
    Case::with([ims(GONE), dead()]).expect(&EVERYWHERE, ["pass", "fail:tombstone", "blocked", "blocked"]);
    // a tombstone of the site shows that such objects are seen, even if nothing hidden is there
    let case = Case::with([ims(GONE), mailbox("Dead").with("Is-Deleted", "TRUE")]).but("cn=Hidden,cn=Recipients,ou=S,o=Org");
    case.expect(&EVERYWHERE, ["pass", "fail:dangling", "blocked", "blocked"]);
    Case::with([ims(GONE), dead(), living()]).expect(&[On::Ldif], ALL_PASS);
    Case::with([ims(GONE), living(), dead()]).expect(&[On::Ldif], ALL_PASS);
}

#[test]
fn a_server_that_refuses_the_object() {
    let conf = "access to dn.base=\"cn=Gone,cn=Recipients,ou=S,o=Org\" by * disclose";
    let case = Case::with([ims(GONE), mailbox("Gone")]).slapd_conf(conf);
    case.expect(&[On::Slapd], ["pass", "unknown:access-denied", "blocked", "blocked"]);
}

#[test]
fn a_file_that_was_cut() {
    let cut = "search: 2\nresult: 4 Size limit exceeded\n";
    let incomplete = |case: Case, expected| {
        case.expect(&[On::Ldif], expected);
        assert_eq!(case.run(On::Ldif).expect("ldif").json()["complete"], false);
    };
    incomplete(Case::with([ims(GONE)]).trailer(cut), ["pass", "unknown:truncated", "blocked", "blocked"]);
    // what was read whole is decided
    incomplete(Case::with([ims(ADMIN)]).trailer(cut), ALL_PASS);
    incomplete(Case::with([ims(ADMIN)]).trailer("a record without a name\n"), ALL_PASS);
    incomplete(Case::with([ims(GONE)]).trailer("dn: cn=x\ncn:: ???\n"), ["pass", "unknown:truncated", "blocked", "blocked"]);
    let whole = Case::with([ims(GONE)]).trailer("search: 2\nresult: 0 Success\n");
    whole.expect(&[On::Ldif], ["pass", "fail:dangling", "blocked", "blocked"]);
    assert_eq!(whole.run(On::Ldif).expect("ldif").json()["complete"], true);
}
