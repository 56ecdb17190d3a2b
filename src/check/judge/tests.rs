//! What was seen of an object, but not enough of it.

use crate::check::{Catalogue, engine, wants};
use crate::directory::dn::Dn;
use crate::directory::source::{Kind, Origin};
use crate::exchange::declaration::Hints;
use crate::exchange::fake;
use crate::exchange::questions::Questions;

/// What a check says, object by object: the verdict, and the first part of the name.
fn judged(check: &str, text: &str) -> Vec<String> {
    let catalogue = Catalogue::embedded().expect("catalogue");
    let selected = catalogue.select(&[check.to_owned()], &[], &[]).expect("known");
    let wanted = wants::of(&catalogue.with_needs(&selected));
    let directory = fake::directory(&[("export.ldif", text)]);
    let questions = Questions::of(directory, Dn::default(), Hints::default(), wanted.all());
    let origin = Origin { kind: Kind::Ldif, location: "export.ldif".into(), bind_dn: None, taken: None, collected: None };
    let options = engine::Options { each: true, ..engine::Options::default() };
    let findings = engine::judge(&catalogue, &selected, &questions, &origin, 0, options);
    let told = findings.iter().map(|finding| {
        let name = finding.subject.as_ref().map(|subject| subject.dn.leaf().into_owned()).unwrap_or_default();
        format!("{} {name}", finding.verdict.word())
    });
    told.collect()
}

/// A file with a header that says what was asked for.
fn asked(names: &str, objects: &[(&str, &str, &[&str])]) -> String {
    let mut text = format!("# extended LDIF\n#\n# requesting: {names}\n#\n\n");
    for (dn, class, lines) in objects {
        text += &format!("dn: {dn},ou=S,o=Org\nobjectClass: {class}\n{}\n\n", lines.join("\n"));
    }
    text + "search: 2\nresult: 0 Success\n"
}

const BLANK: (&str, &str, &[&str]) = ("cn=a,cn=Recipients", "organizationalPerson", &["uid: a b", "Object-Version: 1"]);

/// A server of a release that the check is for.
const SERVER: (&str, &str, &[&str]) = (
    "cn=A,cn=Servers,cn=Configuration",
    "Computer",
    &["serialNumber: Version 5.0 (Build 1460.13: Service Pack 2)", "Object-Version: 1"],
);

#[test]
fn what_may_be_deleted_fails_nothing() {
    let of = |names: &str| judged("alias-with-space-or-comma", &asked(names, &[BLANK, SERVER]));
    assert!(of("* serialNumber Object-Version Is-Deleted").contains(&"fail a".to_owned()));
    assert!(of("* serialNumber Object-Version").contains(&"unknown a".to_owned()));
}

#[test]
fn where_no_release_is_seen_a_pass_stands_and_a_failure_is_not_known() {
    let plain = ("cn=b,cn=Recipients", "organizationalPerson", &["uid: ab", "Object-Version: 1"][..]);
    let of = |objects: &[(&str, &str, &[&str])]| {
        let mut said = judged("alias-with-space-or-comma", &asked("* serialNumber Object-Version Is-Deleted", objects));
        said.sort();
        said
    };
    assert_eq!(of(&[BLANK, plain]), ["pass b", "unknown a"]);
    assert_eq!(of(&[BLANK, plain, SERVER]), ["fail a", "pass b"]);
    let of_4 = (SERVER.0, SERVER.1, &["serialNumber: Version 4.0 (Build 996.62: Service Pack 5)", "Object-Version: 1"][..]);
    assert_eq!(of(&[BLANK, plain, of_4]), ["not-applicable "], "no subject");
    // which service pack it is does not matter
    let without_pack = (SERVER.0, SERVER.1, &["serialNumber: Version 5.0", "Object-Version: 1"][..]);
    assert_eq!(of(&[BLANK, plain, without_pack]), ["fail a", "pass b"]);
    // one server that it is for is enough
    let other = ("cn=B,cn=Servers,cn=Configuration", of_4.1, of_4.2);
    assert_eq!(of(&[BLANK, plain, SERVER, other]), ["fail a", "pass b"]);
}

#[test]
fn what_may_be_deleted_is_not_there_for_others() {
    let addressing = ("cn=Site-Addressing,cn=Configuration", "Site-Addressing", &["Gateway-Proxy: SMTP:@x.example"][..]);
    let generators = "cn=E-Mail Address Generators,cn=Addressing,cn=Configuration";
    let generator = (&*format!("cn=SMTP:i386,{generators}"), "Addr-Type", &["Object-Version: 1"][..]);
    let of = |names: &str| judged("site-address-without-generator", &asked(names, &[addressing, generator]));
    assert_eq!(of("* Gateway-Proxy Object-Version Is-Deleted"), ["pass Site-Addressing"]);
    assert_eq!(of("* Gateway-Proxy Object-Version"), ["unknown Site-Addressing"]);
}

#[test]
fn one_that_does_not_show_what_is_compared_is_not_well() {
    let hidden = &["Hide-From-Address-Book: TRUE", "Object-Version: 1"][..];
    for (check, class) in
        [("dirsync-orphan-system-recipient", "Remote-Address"), ("ims-admin-postmaster-shadow", "organizationalPerson")]
    {
        let text =
            asked("objectClass Hide-From-Address-Book Is-Deleted Object-Version", &[("cn=a,cn=Recipients", class, hidden)]);
        let said = judged(check, &text);
        assert!(said.contains(&"unknown a".to_owned()) && !said.contains(&"pass a".to_owned()), "{check}: {said:?}");
    }
}

#[test]
fn an_address_may_be_held_in_a_site_that_was_not_seen() {
    let class = "organizationalPerson";
    let hidden = ("cn=h,cn=Recipients", class, &["otherMailbox: MS$ORG/S/H", "Hide-From-Address-Book: TRUE"][..]);
    let of = |site: &str| {
        let leads = format!("Alt-Recipient: cn=h,cn=Recipients,ou={site},o=Org");
        let lines = ["otherMailbox: MS$ORG/S/A", "mail: a@b", "textEncodedORAddress: c=US;a= ;p=Org;s=a;", &leads];
        let names = "* otherMailbox Is-Deleted Hide-From-Address-Book Alt-Recipient";
        // the objects of servers hold addresses too
        let servers = ["cn=Configuration", "cn=Servers,cn=Configuration", SERVER.0].map(|dn| (dn, "Container", SERVER.2));
        let recipients = [hidden, ("cn=a,cn=Recipients", class, &lines)];
        judged("duplicate-proxy", &asked(names, &[&servers[..], &recipients[..]].concat()))
    };
    assert_eq!(of("S"), ["pass h", "pass a"]);
    assert_eq!(of("T"), ["unknown h", "unknown a"]);
}
