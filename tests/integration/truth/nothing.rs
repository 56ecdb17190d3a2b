//! Rows without an Internet Mail Service, or with several.

use super::case::*;
use crate::common::directory::Record;

const NONE: Expected = ["not-applicable:no-ims", "not-applicable:no-ims", "not-applicable:no-ims", "not-applicable:no-ims"];

#[test]
fn no_service_and_a_connections_container() {
    let case = Case::with([]);
    case.expect(&EVERYWHERE, NONE);
    let report = case.run(On::Lab).expect("lab").json();
    assert!(report["results"].as_array().expect("results").iter().all(|r| r["subject"].is_null()));
    // other connectors are no IMS, and a deleted one is none
    let x400 = Record::new(&format!("cn=X400 (SRV),{CONNECTIONS}"), "X400-Link").with("Extension-Name", "SMTP");
    let msmail = Record::new(&format!("cn=MS Mail Connector (SRV),{CONNECTIONS}"), "Mail-Connector");
    let gateway = Record::new(&format!("cn=Fax (SRV),{CONNECTIONS}"), "Mail-Gateway");
    Case::with([x400, msmail, gateway, ims(ADMIN).with("Is-Deleted", "TRUE")]).expect(&EVERYWHERE, NONE);
}

#[test]
fn no_service_and_no_configuration() {
    let expected = ["unknown:config-unreadable", "blocked", "blocked", "blocked"];
    Case::with([ims(ADMIN)]).expect(&[On::LabAnonymous], expected);
    let case = Case::with([]).but(CONNECTIONS);
    case.expect(&EVERYWHERE, expected);
    assert!(case.run(On::Ldif).expect("ldif").json()["results"][0]["subject"].is_null());
}

#[test]
fn no_service_where_one_site_shows_its_connectors_and_another_does_not() {
    // what another site has is not known: that this one has none is no all-clear
    let elsewhere = [
        Record::new("ou=T,o=Org", "organizationalUnit"),
        Record::new("cn=Recipients,ou=T,o=Org", "Container"),
        Record::new("cn=A,cn=Recipients,ou=T,o=Org", "organizationalPerson"),
    ];
    let case = Case::with(elsewhere);
    case.expect(&EVERYWHERE, ["unknown:config-unreadable", "blocked", "blocked", "blocked"]);
    let report = case.run(On::Lab).expect("lab").json();
    assert!(report["results"][0]["message"].as_str().expect("text").contains("site T"), "{report}");
}

#[test]
fn a_service_without_its_class_is_not_overlooked() {
    let expected = ["unknown:not-requested", "blocked", "blocked", "blocked"];
    Case::with([ims(ADMIN).without("objectClass")]).expect(&[On::Ldif], expected);
}

#[test]
fn no_service_in_a_file_that_was_cut() {
    let case = Case::with([]).trailer("search: 2\nresult: 3 Time limit exceeded\n");
    case.expect(&[On::Ldif], ["unknown:truncated", "blocked", "blocked", "blocked"]);
}

#[test]
fn each_service_has_its_own_results() {
    let other =
        Record::new(&format!("cn=INTERNET MAIL SERVICE (TWO),{CONNECTIONS}"), "Mail-Gateway").with("Routing-List", "SMTP:*");
    for on in EVERYWHERE {
        let Some(ran) = Case::with([ims(ADMIN), other.clone()]).run(on) else { continue };
        let report = ran.json();
        let results = report["results"].as_array().expect("results");
        assert_eq!(results.len(), 10, "on {on:?}");
        let of = |server: &str, check: &str| {
            let found: Vec<_> = results.iter().filter(|r| r["subject"]["server"] == server && r["check"] == check).collect();
            assert_eq!(found.len(), 1, "{server} {check} on {on:?}");
            found[0]["verdict"].as_str().expect("verdict").to_owned()
        };
        assert_eq!(
            [of("SRV", "ims-admin-x400"), of("TWO", "ims-admin-set"), of("TWO", "ims-admin-x400")],
            ["pass", "fail", "blocked"]
        );
        assert_eq!(results[0]["subject"]["site"], "S");
        assert_eq!(ran.code, 1);
    }
}

#[test]
fn the_same_service_twice_in_a_file_is_one() {
    let case = Case::with([ims(ADMIN), ims(ADMIN)]);
    case.expect(&[On::Ldif], ALL_PASS);
    let report = case.run(On::Ldif).expect("ldif").json();
    assert_eq!(report["targets"][0]["problems"], serde_json::json!([]), "identical records are one");
}
