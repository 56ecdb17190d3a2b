//! Rows about how the administrator is found, or not found.

use super::case::*;
use crate::common::directory::Record;

const UNDECIDED: [&str; 3] = ["blocked", "blocked", "blocked"];

fn undecided(set: &'static str) -> Expected {
    [set, UNDECIDED[0], UNDECIDED[1], UNDECIDED[2]]
}

#[test]
fn extension_data_asked_for_and_visible_and_none() {
    let case = Case::with([bare_ims()]);
    case.expect(&EVERYWHERE, undecided("fail:not-configured"));
    assert_eq!(case.run(On::Lab).expect("lab").json()["results"][0]["confidence"], "inferred");
    let strict = Case::with([bare_ims()]).args(["--strict"]);
    strict.expect(&EVERYWHERE, undecided("unknown:not-configured"));
}

#[test]
fn extension_data_not_asked_for_or_not_visible() {
    // nobody in the file shows it: Routing-List alone proves that Routing-List was named
    let case = Case::with([bare_ims()]).but("cn=Witness,cn=Recipients,ou=S,o=Org");
    case.expect(&[On::Ldif], undecided("unknown:not-requested"));
    let message = case.run(On::Ldif).expect("ldif").json()["results"][0]["advice"].as_str().expect("text").to_owned();
    assert!(message.contains("ldapsearch -x -o ldif-wrap=no") && message.contains("Obj-Class,Obj-Dist-Name"), "{message}");
    // no operational attribute of the service came back, whoever else shows one
    let blind = Case::with([bare_ims().without("Routing-List")]);
    let over_ldap: Vec<On> = EVERYWHERE.into_iter().filter(|on| *on != On::Csv).collect();
    blind.expect(&over_ldap, undecided("unknown:not-visible"));
    // a table is of the directory itself: what a column holds of another row it would hold of this one
    blind.expect(&[On::Csv], undecided("fail:not-configured"));
    let conf = "access to attrs=Extension-Data,Routing-List by * none";
    Case::with([ims(ADMIN)]).slapd_conf(conf).expect(&[On::Slapd], undecided("unknown:not-visible"));
    // a deleted object is no witness that it was asked for
    let dead = mailbox("Dead").with("Extension-Data", "x").with("Is-Deleted", "TRUE");
    let case = Case::with([bare_ims(), dead]).but("cn=Witness,cn=Recipients,ou=S,o=Org");
    case.expect(&[On::Ldif], undecided("unknown:not-requested"));
}

#[test]
fn extension_data_without_a_name() {
    Case::with([ims("no name here")]).expect(&EVERYWHERE, undecided("unknown:no-pointer"));
    // the only name is that of the server's MTA: not taken for the administrator
    let mta = Record::new("cn=MTA,cn=Configuration,ou=S,o=Org", "MTA");
    Case::with([ims("/o=Org/ou=S/cn=Configuration/cn=MTA"), mta]).expect(&EVERYWHERE, undecided("unknown:no-pointer"));
}

#[test]
fn several_candidates() {
    let two = |a: &str, b: &str| ims(&format!("{a}\0{b}"));
    let ambiguous = undecided("unknown:ambiguous-candidates");
    Case::with([two(GONE, "/o=Org/ou=S/cn=Recipients/cn=Away")]).expect(&EVERYWHERE, ambiguous);
    let mta = Record::new("cn=MTA,cn=Configuration,ou=S,o=Org", "MTA");
    Case::with([two(GONE, "/o=Org/ou=S/cn=Configuration/cn=MTA"), mta.clone()]).expect(&EVERYWHERE, ambiguous);
    // one that leads to a mailbox is the pointer, whatever stands beside it
    Case::with([two(GONE, ADMIN)]).expect(&EVERYWHERE, ALL_PASS);
    Case::with([two("/o=Org/ou=S/cn=Configuration/cn=MTA", ADMIN), mta]).expect(&EVERYWHERE, ALL_PASS);
    // equal names are one
    Case::with([two(&GONE.to_uppercase(), GONE)]).expect(&EVERYWHERE, ["pass", "fail:dangling", "blocked", "blocked"]);
    // the worst counts, and all are named
    let case = Case::with([two(ADMIN, "/o=Org/ou=S/cn=Recipients/cn=Bare"), mailbox("Bare")]);
    case.expect(&EVERYWHERE, ["pass", "pass", "pass", "fail:no-x400"]);
    let evidence = case.run(On::Ldif).expect("ldif").json()["results"][3]["evidence"].to_string();
    assert!(evidence.contains("cn=Admin,") && evidence.contains("cn=Bare,"), "{evidence}");
}

#[test]
fn declared_by_the_operator() {
    let declared = |text: &str| Case::with([bare_ims()]).args(["--ims-admin", text]);
    declared("SRV=").expect(&EVERYWHERE, undecided("fail:declared-empty"));
    for text in [
        "SRV=Admin",
        "srv=ADMIN@example.com",
        "SRV=cn=admin,cn=recipients,ou=s,o=org",
        "SRV=/o=Org/ou=S/cn=Recipients/cn=Admin",
        "cn=Internet Mail Connector (SRV),cn=Connections,cn=Configuration,ou=S,o=Org=Admin",
    ] {
        declared(text).expect(&EVERYWHERE, ALL_PASS);
    }
    declared("SRV=Nobody").expect(&EVERYWHERE, ["pass", "unknown:declared-not-found", "blocked", "blocked"]);
    let gone = "SRV=cn=Gone,cn=Recipients,ou=S,o=Org";
    declared(gone).expect(&EVERYWHERE, ["pass", "fail:dangling", "blocked", "blocked"]);
    let case = declared(gone);
    assert_eq!(case.run(On::Lab).expect("lab").json()["results"][1]["confidence"], "documented");
    // a declaration beats what Extension-Data says
    Case::with([ims(GONE)]).args(["--ims-admin", "SRV=Admin"]).expect(&EVERYWHERE, ALL_PASS);
}

#[test]
fn declared_by_display_name() {
    let named = mailbox("Admin2").with("cn", "Mail Administrator").with("textEncodedORAddress", "c=US;a= ;p=Org;s=A;");
    // in slapd cn is the naming attribute, so this is for those that keep the display name there
    Case::with([bare_ims(), named]).args(["--ims-admin", "SRV=mail administrator"]).expect(&[On::Lab, On::Ldif], ALL_PASS);
}

#[test]
fn a_declared_name_that_fits_several() {
    let there = |site: &str| {
        Record::new(&format!("cn=Twin,cn=Recipients,ou={site},o=Org"), "organizationalPerson")
            .with("uid", "Twin")
            .with("textEncodedORAddress", format!("c=US;a= ;p=Org;o={site};s=Twin;"))
    };
    let other_site = |site: &str| {
        [
            Record::new(&format!("ou={site},o=Org"), "organizationalUnit"),
            Record::new(&format!("cn=Recipients,ou={site},o=Org"), "Container"),
        ]
    };
    let args = ["--ims-admin", "SRV=Twin"];
    let own_wins = Case::with(other_site("T").into_iter().chain([there("S"), there("T"), bare_ims()])).args(args);
    own_wins.expect(&EVERYWHERE, ALL_PASS);
    let away = other_site("T").into_iter().chain(other_site("U")).chain([there("T"), there("U"), bare_ims()]);
    Case::with(away).args(args).expect(&EVERYWHERE, ["pass", "unknown:ambiguous", "blocked", "blocked"]);
    let one = Case::with(other_site("T").into_iter().chain([there("T"), bare_ims()])).args(args);
    one.expect(&EVERYWHERE, ALL_PASS);
}

#[test]
fn declared_or_named_and_no_recipient() {
    let server = Record::new("cn=SRV,cn=Configuration,ou=S,o=Org", "Computer");
    let expected = ["pass", "pass", "fail:wrong-class", "blocked"];
    let args = ["--ims-admin", "SRV=cn=SRV,cn=Configuration,ou=S,o=Org"];
    let case = Case::with([bare_ims(), server.clone()]).args(args);
    case.expect(&EVERYWHERE, expected);
    assert_eq!(case.run(On::Lab).expect("lab").json()["results"][2]["severity"], "critical");
    let named = bare_ims().with("Admin-Mailbox", "cn=SRV,cn=Configuration,ou=S,o=Org");
    Case::with([named, server]).args(["--ims-admin-attribute", "admin-mailbox"]).expect(&EVERYWHERE, expected);
}

#[test]
fn an_attribute_that_names_the_administrator() {
    for value in ["cn=Admin,cn=Recipients,ou=S,o=Org", "/o=Org/ou=S/cn=Recipients/cn=Admin"] {
        let case = Case::with([bare_ims().with("Admin-Mailbox", value)]);
        // outside the published schema and leads to a recipient: found without being told
        case.expect(&EVERYWHERE, ALL_PASS);
        assert_eq!(case.run(On::Lab).expect("lab").json()["results"][0]["confidence"], "inferred");
        let told = Case::with([bare_ims().with("Admin-Mailbox", value)]).args(["--ims-admin-attribute", "Admin-Mailbox"]);
        told.expect(&EVERYWHERE, ALL_PASS);
        assert_eq!(told.run(On::Lab).expect("lab").json()["results"][0]["confidence"], "documented");
    }
    // one of the published schema is a known other reference
    let known = bare_ims().with("Import-Container", "cn=Admin,cn=Recipients,ou=S,o=Org");
    Case::with([known]).expect(&EVERYWHERE, undecided("fail:not-configured"));
    // nor is one that an LDAP server keeps for itself
    let kept = bare_ims().with("modifiersName", "cn=Admin,cn=Recipients,ou=S,o=Org");
    Case::with([kept]).expect(&[On::Ldif], undecided("fail:not-configured"));
    // one that leads nowhere is not the pointer
    let astray = bare_ims().with("Admin-Mailbox", "cn=Gone,cn=Recipients,ou=S,o=Org");
    Case::with([astray]).expect(&EVERYWHERE, undecided("fail:not-configured"));
}
